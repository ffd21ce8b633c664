"""What the packaged command line starts with; no Qt is loaded here."""

from __future__ import annotations

import multiprocessing
import sys

from frozen import keep_chart_fonts


def main() -> int:
    """Run one command; the result is the exit code."""
    multiprocessing.freeze_support()
    keep_chart_fonts()
    from app.cli import main as command_line

    return command_line()


if __name__ == "__main__":
    sys.exit(main())
