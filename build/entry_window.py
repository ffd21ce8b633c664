"""What the packaged window starts with; `--selfcheck [FILE]` proves the package instead of opening it."""

from __future__ import annotations

import multiprocessing
import sys

from frozen import keep_chart_fonts


def main() -> int:
    """Open the window, or run the self-check; the result is the exit code."""
    # A child process of ours starts this same program again and must go no further than here.
    multiprocessing.freeze_support()
    keep_chart_fonts()
    if sys.argv[1:2] == ["--selfcheck"]:
        from ui.selfcheck import selfcheck

        return selfcheck(*sys.argv[2:3])
    from ui.main import main as open_window

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
