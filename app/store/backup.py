"""Backups: whole, verified when made, kept on a ladder, and put back without losing what is there.

A backup is made by SQLite's own backup call and named by time, edit counter, the start of its
SHA-256 and why it was made. Each portfolio has its own folder below the backup folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from app.domain.errors import FileTrouble
from app.domain.history import Backup
from app.store.care import assert_checked
from app.store.connection import driver_connection
from app.store.copies import assert_whole, copy_whole, discard, fresh_uuid, read_meta, sync_folder
from app.store.schema import EXTENSION
from app.store.trouble import told

NEWEST, DAYS, WEEKS, MONTHS = 24, 14, 8, 12
MOST_BYTES = 1 << 30
_NAME = re.compile(r"(\d{8}T\d{6}Z)-c(\d+)-([0-9a-f]{12})-([a-z-]*)\.pmpf")


WHERE = "portfolio.txt"
"""Beside the backups: the path of the portfolio they are of, for when it can no longer say so itself."""


def folder_of(backups: Path, file_uuid: str) -> Path:
    """Where the backups of one portfolio lie."""
    return backups / file_uuid


def folder_for(backups: Path, path: Path) -> Path | None:
    """The folder with the backups of the portfolio at a path, whether it can be read or not."""
    with (
        contextlib.suppress(sqlite3.Error, ValueError, OSError, FileTrouble),
        contextlib.closing(driver_connection(path, writes=False)) as driver,
    ):
        return folder_of(backups, read_meta(driver).file_uuid)
    wanted = str(path.resolve())
    found = (note.parent for note in backups.glob(f"*/{WHERE}") if note.read_text(encoding="utf-8") == wanted)
    return next(found, None)


def listed(folder: Path) -> tuple[Backup, ...]:
    """The backups in a portfolio's folder, newest first; anything else there is left alone."""
    found: list[Backup] = []
    if not folder.is_dir():
        return ()
    for place in folder.iterdir():
        parts = _NAME.fullmatch(place.name)
        if parts is not None:
            made_at = datetime.strptime(parts[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            size = place.stat().st_size
            found.append(Backup(place, made_at, int(parts[2]), parts[3], parts[4], size))
    found.sort(key=lambda backup: (backup.made_at, backup.counter, backup.place.name), reverse=True)
    return tuple(found)


def back_up(source: sqlite3.Connection, path: Path, folder: Path, now: datetime, reason: str) -> Backup:
    """Copy an open file into its backup folder, see that the copy is whole, and thin the ladder.

    No older backup goes before the file has passed a full check within the week.

    Raises:
        FileTrouble: the copy cannot be written, or is not whole, which means that the file is not.
    """
    with told(path):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".{fresh_uuid()}{EXTENSION}"
        try:
            copy_whole(source, draft)
            with contextlib.closing(driver_connection(draft, writes=False)) as copy:
                assert_whole(copy, path)
                assert_checked(copy, path, folder, now)  # before any older one goes
                counter = read_meta(copy).counter
            digest = hashlib.sha256(draft.read_bytes()).hexdigest()[:12]
            word = re.sub(r"[^a-z]+", "-", reason.lower()).strip("-")
            stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
            place = folder / f"{stamp}-c{counter}-{digest}-{word}{EXTENSION}"
            os.replace(draft, place)
            (folder / WHERE).write_text(str(path.resolve()), encoding="utf-8")
            sync_folder(folder)
        finally:
            discard(draft)
    for backup in to_drop(listed(folder)):
        with contextlib.suppress(OSError):
            backup.place.unlink()
    return Backup(
        place, now.astimezone(UTC).replace(microsecond=0), counter, digest, word, place.stat().st_size
    )


def to_drop(backups: Sequence[Backup]) -> tuple[Backup, ...]:
    """The backups that no rung of the ladder keeps, given newest first; never the newest one."""
    kept: dict[Path, Backup] = {backup.place: backup for backup in backups[:NEWEST]}
    rungs: tuple[tuple[int, str], ...] = ((DAYS, "%Y-%j"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m"))
    for count, form in rungs:
        newest_of: dict[str, Backup] = {}
        for backup in backups:
            newest_of.setdefault(backup.made_at.strftime(form), backup)
        kept.update({backup.place: backup for backup in list(newest_of.values())[:count]})
    room = MOST_BYTES
    dropped: list[Backup] = []
    for place, backup in enumerate(backups):
        room -= backup.size if backup.place in kept else 0
        if place > 0 and (backup.place not in kept or room < 0):
            dropped.append(backup)
    return tuple(dropped)
