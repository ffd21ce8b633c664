"""How a file is made, and the steps by which one is opened: ours? free? whole? of which version?"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateIndex, CreateTable

from app import __version__
from app.domain.errors import TroubleKind
from app.domain.history import Who
from app.domain.records import Record, table_of
from app.store import lock as locks
from app.store.codec import codec_of
from app.store.connection import (
    MEMORY,
    assert_ours,
    connected,
    disconnect,
    driver_of,
    keep_journal,
    version_of,
    writing,
)
from app.store.copies import discard, fresh_uuid, sync_folder
from app.store.file import PortfolioFile
from app.store.rows import first_control, insert_sql
from app.store.schema import APPLICATION_ID, METADATA, MIN_READER_VERSION, SCHEMA_VERSION
from app.store.trouble import assert_there, told, trouble
from app.text import tr

SUFFIX = ".new"
"""What a file's name ends in while it is being made."""


def create(path: Path, who: Who, now: datetime, records: Iterable[Record]) -> PortfolioFile:
    """Make a new portfolio file holding these records, open for writing.

    It is made under another name and gets its own when it is complete, so that whatever happens
    there is either a portfolio of that name or nothing.

    Raises:
        FileTrouble: there is something of that name, or nothing can be written there.
    """
    if path == MEMORY:
        connection = connected(path, writes=True)
        with writing(connection):
            build(connection, who, now, records)
        return PortfolioFile(path, connection, None)
    with told(path):
        lock = locks.take(path, who, now)
        try:
            _make(path, who, now, records)
            connection, why = _connected(path, "")
            try:
                return PortfolioFile(path, connection, lock, why)
            except BaseException:
                disconnect(connection)
                raise
        except BaseException:
            lock.release()
            raise


def _make(path: Path, who: Who, now: datetime, records: Iterable[Record]) -> None:
    """Put a complete new file at a path whose lock is held."""
    if path.exists():
        raise trouble(TroubleKind.EXISTS, path)
    draft = path.with_name(path.name + SUFFIX)
    discard(draft)  # left behind by a crash
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = connected(draft, writes=True)
        try:
            with writing(connection):
                build(connection, who, now, records)
        finally:
            disconnect(connection)
        os.rename(draft, path)
        sync_folder(path.parent)
    finally:
        discard(draft)


def build(connection: Connection, who: Who, now: datetime, records: Iterable[Record]) -> None:
    """Make all tables and the first rows, within the transaction that is open."""
    driver = driver_of(connection)
    for statement in schema_statements():
        driver.execute(statement)
    driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    driver.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    driver.execute(
        insert_sql("meta"),
        (
            1,
            fresh_uuid(),
            fresh_uuid(),
            0,
            f"pm-portfolio {__version__}",
            now.isoformat(timespec="seconds"),
            MIN_READER_VERSION,
        ),
    )
    by_table: dict[str, list[Any]] = {}
    for record in records:
        by_table.setdefault(table_of(record), []).append(record)
    for table, found in by_table.items():
        driver.executemany(insert_sql(table), codec_of(table).encode(found))
    first_control(driver)


def schema_statements() -> list[str]:
    """The statements that make a new file's tables and indexes."""
    from sqlalchemy.dialects import sqlite

    dialect = sqlite.dialect()
    made = [str(CreateTable(table).compile(dialect=dialect)) for table in METADATA.tables.values()]
    for table in METADATA.tables.values():
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made.extend(str(CreateIndex(index).compile(dialect=dialect)) for index in indexes)
    return [statement.strip() for statement in made]


def open_file(path: Path, who: Who, now: datetime, *, read_only: bool, backups: Path) -> PortfolioFile:
    """Open a portfolio file; one of an older schema is brought up to date, after a backup of it.

    A medium that cannot be written opens read-only by itself, and the file says why. An older file
    opened for reading is read from a copy in memory.

    Raises:
        FileTrouble: MISSING, NOT_OURS, HELD (only for writing), NEWER, DAMAGED, or the disk's own.
    """
    with told(path):
        assert_there(path)
        holder = locks.holder_words(path) if read_only else ""
        lock, why = (None, _looking_only(path, holder)) if read_only else _lock(path, who, now)
        try:
            connection, why = _connected(path, why)
            try:
                if version_of(driver_of(connection)) < SCHEMA_VERSION:
                    connection = _updated(path, connection, why, backups, now)
                return PortfolioFile(path, connection, lock, why, holder)
            except BaseException:
                disconnect(connection)
                raise
        except BaseException:
            if lock is not None:
                lock.release()
            raise


def _connected(path: Path, why: str) -> tuple[Connection, str]:
    """A connection to a file that is ours and of a version we know, and why it can only be read."""
    connection = connected(path, writes=not why)
    try:
        driver = driver_of(connection)
        assert_ours(driver, path)
        if not why and not _takes_writing(driver):
            why = _no_writing(path)
        elif not why:
            keep_journal(driver, "TRUNCATE")
        _assert_version(driver, path, writes=not why)
    except BaseException:
        disconnect(connection)
        raise
    return connection, why


def _updated(path: Path, old: Connection, why: str, backups: Path, now: datetime) -> Connection:
    """A connection to an older file as it is in the present schema: on the disk, or just in memory."""
    from app.store.migrations import migrate, migrated_in_memory

    if not why:
        disconnect(old)
        migrate(path, backups, now)
        return _connected(path, "")[0]
    memory = connected(MEMORY, writes=True)
    try:
        migrated_in_memory(driver_of(old), memory)
    except BaseException:
        disconnect(memory)
        raise
    disconnect(old)
    return memory


def _assert_version(driver: sqlite3.Connection, path: Path, *, writes: bool) -> None:
    found = version_of(driver)
    if found > SCHEMA_VERSION:
        oldest = driver.execute("SELECT min_reader_version FROM meta").fetchone()
        if writes or oldest is None or oldest[0] > SCHEMA_VERSION:
            raise trouble(TroubleKind.NEWER, path)
    elif found < 1:
        raise trouble(TroubleKind.DAMAGED, path)


def _lock(path: Path, who: Who, now: datetime) -> tuple[locks.OwnerLock | None, str]:
    """The lock, or the sentence why the file can only be read."""
    if not os.access(path, os.W_OK):
        return None, _no_writing(path)
    try:
        return locks.take(path, who, now), ""
    except OSError:
        return None, _no_writing(path)


def _takes_writing(driver: sqlite3.Connection) -> bool:
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode & 0xFF) == sqlite3.SQLITE_READONLY:
            return False
        raise
    driver.execute("ROLLBACK")
    return True


def _no_writing(path: Path) -> str:
    return trouble(TroubleKind.READ_ONLY, path).sentence


def _looking_only(path: Path, holder: str) -> str:
    if holder:
        return tr(
            "{holder} is working on {file}. You see what they save; to change something, save a copy.",
            holder=holder,
            file=path.name,
        )
    return tr("{file} was opened for reading only.", file=path.name)
