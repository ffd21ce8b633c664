"""The writer of the reliability testers: ``python -m tests.reliability.writer FILE [SEED] [EDITS]``."""

from __future__ import annotations

import os
import sys

from tests.reliability.edits import write

EDITS = 150


def acknowledge(number: int) -> None:
    """Say that an edit is saved, in one write."""
    os.write(1, b"ACK %d\n" % number)


if __name__ == "__main__":
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    write(sys.argv[1], seed, acknowledge, int(sys.argv[3]) if len(sys.argv) > 3 else EDITS)
