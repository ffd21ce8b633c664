"""What the history says: who did what, when, and which fields it changed."""

from __future__ import annotations

import getpass
import socket
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from app.domain.changes import Label


@dataclass(frozen=True, slots=True)
class Who:
    """The person at the keyboard: the operating system's names, and the name they want to be shown."""

    user: str
    machine: str
    display: str = ""

    @property
    def name(self) -> str:
        """The name to show."""
        return self.display or self.user

    @classmethod
    def here(cls, display: str | None = None) -> Who:
        """The person logged in on this machine, shown as ``display`` where that is given."""
        try:
            user = getpass.getuser()
        except (OSError, KeyError):  # no login name at all, as in some containers
            user = "unknown"
        return cls(user, socket.gethostname(), display or "")


class EntryKind(StrEnum):
    DO = "do"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """The head of one journal entry.

    ``counter`` orders entries (never the clock, which may be set back); ``branch`` names the line
    of copies it was made on; ``target`` is the entry that an undo or redo speaks about. ``sealed``
    says, where it is not empty, what takes the step back instead of undo.
    """

    uuid: str
    counter: int
    branch: str
    who: Who
    utc: datetime
    kind: EntryKind
    target: str | None
    label: Label
    operation: str
    sealed: str = ""

    @property
    def user(self) -> str:
        """The name of who did it, as it is shown."""
        return self.who.name

    @property
    def machine(self) -> str:
        """The machine it was done on."""
        return self.who.machine


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of one record before and after, as domain values.

    ``field`` is ``*`` where the whole record came or went; the value is then the record or ``None``.
    """

    table: str
    id: str
    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup of a portfolio: where it is, when it was made (UTC), of which edit, and why."""

    place: Path
    made_at: datetime
    counter: int
    digest: str
    reason: str
    size: int
