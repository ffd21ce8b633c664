"""``python -m app``: the program without a window."""

import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main())
