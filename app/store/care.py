"""What is done for a file once a week: it is checked whole, and one of its backups is restored for a trial.

Both are done on copies in the portfolio's backup folder, so that nobody who saves has to wait for a
reader. ``care.json`` beside the backups says when it was done last; one that cannot be read says never.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.domain.errors import FileTrouble, TroubleKind
from app.domain.history import Backup
from app.store.check import problems_of
from app.store.connection import (
    MEMORY,
    assert_ours,
    connected,
    disconnect,
    driver_connection,
    driver_of,
    version_of,
)
from app.store.copies import copy_whole, discard, fresh_uuid
from app.store.rows import document_of
from app.store.schema import EXTENSION, SCHEMA_VERSION
from app.store.trouble import told, trouble, trouble_of
from app.text import tr

WEEK = timedelta(days=7)
NOTE = "care.json"


@dataclass(frozen=True, slots=True)
class Care:
    """When the file passed its last full check, and which backup was restored for a trial and when (UTC)."""

    checked: str = ""
    restored: str = ""
    backup: str = ""


def care_of(folder: Path) -> Care:
    """What was done last, as the note in a portfolio's backup folder has it."""
    try:
        found = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        return Care(str(found["checked"]), str(found["restored"]), str(found["backup"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Care()


def note(folder: Path, care: Care) -> None:
    """Keep what was done."""
    draft = folder / f".{NOTE}.{fresh_uuid()}"
    try:
        draft.write_text(json.dumps(asdict(care)), encoding="utf-8")
        os.replace(draft, folder / NOTE)
    finally:
        draft.unlink(missing_ok=True)


def is_due(last: str, now: datetime) -> bool:
    """Whether a week has passed since then; also where the clock has gone back or there is no last time."""
    try:
        age = now - datetime.fromisoformat(last)
    except (ValueError, TypeError):
        return True
    return not timedelta(0) <= age < WEEK


def assert_checked(copy: sqlite3.Connection, path: Path, folder: Path, now: datetime) -> None:
    """Check a copy of the file whole, where that has not been done for a week.

    Raises:
        FileTrouble: the copy is damaged, and so is the file.
    """
    if not is_due(care_of(folder).checked, now):
        return
    if version_of(copy) == SCHEMA_VERSION:
        problems = bool(problems_of(copy, path, full=True))
    else:  # an older schema has no control sums of this one's tables
        problems = copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",)
    if problems:
        raise trouble(TroubleKind.DAMAGED, path)
    note(folder, replace(care_of(folder), checked=_text(now)))  # a trial may have been noted meanwhile


def check_weekly(source: sqlite3.Connection, path: Path, folder: Path, now: datetime) -> None:
    """Check the whole file, once a week.

    Raises:
        FileTrouble: it is damaged (DAMAGED), or cannot be copied into the backup folder.
    """
    if not is_due(care_of(folder).checked, now):
        return
    with told(path):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{fresh_uuid()}{EXTENSION}"
        try:
            copy_whole(source, draft)
            with contextlib.closing(driver_connection(draft, writes=False)) as copy:
                assert_checked(copy, path, folder, now)
        finally:
            discard(draft)


def restore_weekly(backups: tuple[Backup, ...], folder: Path, now: datetime) -> FileTrouble | None:
    """Restore one backup for a trial, once a week, each in its turn; one that fails is put aside and told.

    Raises:
        FileTrouble: no copy can be written into the backup folder.
    """
    care = care_of(folder)
    if not backups or not is_due(care.restored, now):
        return None
    names = [backup.place.name for backup in backups]
    turn = (names.index(care.backup) + 1) % len(names) if care.backup in names else 0
    chosen = backups[turn]
    with told(chosen.place):
        failed = None if _restores(chosen.place, folder) else _put_aside(chosen)
        note(folder, replace(care_of(folder), restored=_text(now), backup=chosen.place.name))
    return failed


def _restores(backup: Path, folder: Path) -> bool:
    """Whether a portfolio comes out of a backup, whole and with every record.

    Raises:
        FileTrouble: that cannot be said, for want of room or because the backup went meanwhile.
    """
    draft = folder / f".{fresh_uuid()}{EXTENSION}"
    try:
        with contextlib.closing(driver_connection(backup, writes=False)) as source:
            assert_ours(source, backup)
            copy_whole(source, draft)
        with contextlib.closing(driver_connection(draft, writes=False)) as copy:
            if version_of(copy) < SCHEMA_VERSION:
                return _climbs(copy)
            document_of(copy)
            return not problems_of(copy, backup, full=True)
    except (ValueError, KeyError, TypeError):  # UnicodeDecodeError among them
        return False
    except (FileTrouble, DBAPIError, sqlite3.Error) as error:
        found = trouble_of(error, backup)
        if found is None or found.kind not in (TroubleKind.DAMAGED, TroubleKind.NOT_OURS):
            raise
        return False
    finally:
        discard(draft)


def _climbs(older: sqlite3.Connection) -> bool:
    """Whether an older backup comes up to the present schema, with every record."""
    from app.store.migrations import migrated_in_memory

    memory = connected(MEMORY, writes=True)
    try:
        migrated_in_memory(older, memory)
        document_of(driver_of(memory))
        return True
    finally:
        disconnect(memory)


def _put_aside(backup: Backup) -> FileTrouble:
    """Keep a bad backup under a name that no list offers."""
    os.replace(backup.place, backup.place.with_name(f"damaged-{backup.place.name}"))
    sentence = tr(
        "The backup of {date} cannot be restored and was put aside. Make a new one now.",
        date=backup.made_at.astimezone().strftime("%Y-%m-%d %H:%M"),
    )
    return FileTrouble(TroubleKind.DAMAGED, sentence)


def _text(now: datetime) -> str:
    return now.astimezone(UTC).isoformat(timespec="seconds")
