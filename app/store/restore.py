"""Putting a backup in a portfolio's place, without losing what is there now."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from app.domain.errors import FileTrouble, TroubleKind
from app.domain.history import Who
from app.store import lock as locks
from app.store.backup import back_up, folder_for, folder_of
from app.store.connection import assert_ours, driver_connection, version_of
from app.store.copies import (
    Meta,
    assert_whole,
    copy_bytes,
    copy_whole,
    discard,
    fresh_uuid,
    read_meta,
    replace_by,
)
from app.store.schema import EXTENSION, SCHEMA_VERSION
from app.store.trouble import assert_there, told, trouble
from app.text import tr

COUNTER_JUMP = 1000
"""How far a restored file's counter jumps, so that no copy of the old line has the same one."""
SUFFIX = ".restore"


def restore(path: Path, backup: Path, who: Who, now: datetime, backups: Path) -> Path | None:
    """Put a backup in a portfolio's place; the file as it was is kept as a backup, whose place is returned.

    Raises:
        FileTrouble: the portfolio is open somewhere, or the backup is damaged, newer, not there or
            of another portfolio. Nothing was changed then.
    """
    with told(backup), contextlib.closing(_sound(backup)) as source:
        wanted = read_meta(source)
        with told(path):
            lock = locks.take(path, who, now)
            try:
                now_there, kept = _kept(path, wanted, now, backups)
                draft = path.with_name(path.name + SUFFIX)
                discard(draft)
                counter = max(wanted.counter, now_there.counter) + COUNTER_JUMP

                def renamed(copy: sqlite3.Connection) -> None:
                    copy.execute("UPDATE meta SET branch_id = ?, edit_counter = ?", (fresh_uuid(), counter))

                try:
                    copy_whole(source, draft, renamed)
                    replace_by(path, draft)
                finally:
                    discard(draft)
            finally:
                lock.release()
    return kept


def _sound(backup: Path) -> sqlite3.Connection:
    """A connection to a backup that is whole and of a version this program knows."""
    assert_there(backup)
    source = driver_connection(backup, writes=False)
    try:
        assert_ours(source, backup)
        if version_of(source) > SCHEMA_VERSION:
            raise trouble(TroubleKind.NEWER, backup)
        assert_whole(source, backup)
    except BaseException:
        source.close()
        raise
    return source


def _kept(path: Path, wanted: Meta, now: datetime, backups: Path) -> tuple[Meta, Path | None]:
    """Who the file in that place is, and where it was kept; a damaged one is put aside as it is."""
    if not path.exists():
        return wanted, None
    try:
        with contextlib.closing(driver_connection(path, writes=True)) as there:
            assert_ours(there, path)
            meta = read_meta(there)
            if meta.file_uuid != wanted.file_uuid:
                raise FileTrouble(
                    TroubleKind.INPUT,
                    tr("That is a backup of another portfolio than {file}.", file=path.name),
                )
            return meta, back_up(there, path, folder_of(backups, meta.file_uuid), now, "before restore").place
    except (sqlite3.Error, ValueError):
        pass
    except FileTrouble as found:
        if found.kind is not TroubleKind.DAMAGED and found.kind is not TroubleKind.NOT_OURS:
            raise
    folder = folder_for(backups, path) or folder_of(backups, wanted.file_uuid)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    place, number = folder / f"damaged-{stamp}{EXTENSION}", 1
    while place.exists():
        number += 1
        place = folder / f"damaged-{stamp}-{number}{EXTENSION}"
    copy_bytes(path, place)
    return wanted, place
