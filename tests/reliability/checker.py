"""The checker of the reliability testers: ``python -m tests.reliability.checker FILE``."""

from __future__ import annotations

import sys

from tests.reliability.edits import check

if __name__ == "__main__":
    number, problems = check(sys.argv[1])
    print(f"MAX {number}")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
