"""The real workspace for ``kill_test.py --module``: forked warm, killed at random moments."""

from __future__ import annotations

from collections.abc import Callable

from app.workspace import Workspace
from tests.reliability.edits import WRITER, check, edit, write

__all__ = ["check", "writer"]

with Workspace.in_memory(owner=WRITER) as warm:  # what is imported and written once, a fork need not do again
    warm.run(edit(1, 1))
    warm.undo()


def writer(db: str, seed: int, ack: Callable[[int], object]) -> None:
    """Edit for ever."""
    write(db, seed, ack)
