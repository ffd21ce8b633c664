"""The one door: open a portfolio file, run an operation, undo, redo, look back, and be told of changes.

Disk first, memory second, screen third: a step is drafted, held against the rules and committed to
the file; only then does ``document`` become the new one and are the listeners told. What is
refused, by the rules or by the disk, leaves file, memory and history as they were.
"""

from __future__ import annotations

from app.domain.history import Backup, EntryKind, FieldChange, JournalEntry, Who
from app.workspace.door import Workspace
from app.workspace.files import backups_of, examine, restore, salvage, warm_up
from app.workspace.places import where_it_lies
from app.workspace.steps import SYSTEM_CLOCK, Clock, Outcome

__all__ = [
    "SYSTEM_CLOCK",
    "Backup",
    "Clock",
    "EntryKind",
    "FieldChange",
    "JournalEntry",
    "Outcome",
    "Who",
    "Workspace",
    "backups_of",
    "examine",
    "restore",
    "salvage",
    "warm_up",
    "where_it_lies",
]
