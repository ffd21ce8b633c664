"""Who works on a file: the operating system's lock decides, the record inside the lock file informs.

The record starts at the second byte, because Windows keeps the locked first one from other readers.
A record whose lock is free is left over from a crash and means nothing.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from app.domain.errors import FileTrouble, TroubleKind
from app.domain.history import Who
from app.domain.numerals import locale_of
from app.settings import Settings
from app.text import tr

SUFFIX = ".lock"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a file, on which machine, in which process, since when (UTC)."""

    name: str
    machine: str
    pid: int
    since: datetime

    @property
    def words(self) -> str:
        """``Anna on LAPTOP-7 since 4 Jan 2027, 08:15`` in the reader's own time and way of writing it."""
        from babel.dates import format_date

        when = self.since.astimezone()
        day = format_date(when.date(), "medium", locale=locale_of(Settings().locale))
        since = f"{day}, {when:%H:%M}"
        return tr("{name} on {machine} since {since}", name=self.name, machine=self.machine, since=since)


class OwnerLock:
    """The lock of one open portfolio; ``release`` removes the lock file."""

    def __init__(self, path: Path, lock: FileLock) -> None:
        self._place = place_of(path)
        self._lock = lock

    def release(self) -> None:
        """Let others write; releasing twice does nothing."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):  # Windows keeps open files; the next opener takes it over
                self._place.unlink(missing_ok=True)
            self._lock.release()


def place_of(path: Path) -> Path:
    """The lock file beside a portfolio."""
    return path.with_name(path.name + SUFFIX)


def take(path: Path, who: Who, now: datetime) -> OwnerLock:
    """Take the lock of a portfolio.

    Raises:
        FileTrouble: somebody else has it (HELD), named with machine and time; or the folder is MISSING.
        OSError: no lock file can be made in that folder.
    """
    place = place_of(path)
    if not place.parent.is_dir():  # the library would make the folder
        raise FileTrouble(
            TroubleKind.MISSING, tr("The folder {folder} is not there.", folder=place.parent.name)
        )
    lock = FileLock(str(place), timeout=0, thread_local=False, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        raise held(path) from None
    record = {
        "name": who.name,
        "machine": who.machine,
        "pid": os.getpid(),
        "since": now.astimezone(UTC).isoformat(timespec="seconds"),
    }
    with contextlib.suppress(OSError), open(place, "r+b") as file:  # the record only informs
        file.truncate(1)
        file.seek(1)
        file.write(json.dumps(record).encode())
    return OwnerLock(path, lock)


def held(path: Path) -> FileTrouble:
    """The trouble of a file that somebody else works on."""
    holder = holder_of(path)
    words = tr("somebody else") if holder is None else holder.words
    sentence = tr(
        "{file} is being worked on by {holder}. Open it read-only, or try again later.",
        file=path.name,
        holder=words,
    )
    return FileTrouble(TroubleKind.HELD, sentence)


def holder_of(path: Path) -> Holder | None:
    """What the record says, whether or not the lock is still held; ``None`` where there is none."""
    try:
        with open(place_of(path), "rb") as file:
            file.seek(1)
            found = json.loads(file.read(4096))
        return Holder(
            str(found["name"]),
            str(found["machine"]),
            int(found["pid"]),
            datetime.fromisoformat(found["since"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def holder_words(path: Path) -> str:
    """Who holds the file just now, in words; empty where nobody does."""
    if not is_held(path):
        return ""
    holder = holder_of(path)
    return tr("somebody else") if holder is None else holder.words


def is_held(path: Path) -> bool:
    """Whether some process holds the lock just now."""
    place = place_of(path)
    if not place.exists():
        return False
    lock = FileLock(str(place), timeout=0, thread_local=False, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False
