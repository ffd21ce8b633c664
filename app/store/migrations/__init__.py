"""From an older schema to the present one: after a verified backup, on a copy, in one transaction.

``user_version`` says where a file stands; ``STEPS`` lists what leads from each version to the
next, as modules written with Alembic's operations. They are ordinary modules and not found by
path, so that the packaged program has them. Alembic is imported only when a file needs it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from app.domain.errors import FileTrouble, TroubleKind
from app.store.backup import back_up, folder_of
from app.store.connection import connected, disconnect, driver_connection, driver_of, keep_journal
from app.store.copies import copy_whole, read_meta, replace_by, sync_file
from app.store.rows import first_control
from app.store.schema import MIN_READER_VERSION, SCHEMA_VERSION
from app.store.trouble import told, trouble_of
from app.text import tr

if TYPE_CHECKING:
    from alembic.operations import Operations
    from sqlalchemy.engine import Connection

SUFFIX = ".update"


def migrate(path: Path, backups: Path, now: datetime) -> Path:
    """Bring an older file, whose lock is held, to the present schema; the backup made first is returned.

    Raises:
        FileTrouble: it cannot be done; the file is as it was.
    """
    with told(path), contextlib.closing(driver_connection(path, writes=True)) as source:
        folder = folder_of(backups, read_meta(source).file_uuid)
        backup = back_up(source, path, folder, now, "before update")
        draft = path.with_name(path.name + SUFFIX)
        draft.unlink(missing_ok=True)  # left behind by a crash
        try:
            copy_whole(source, draft)
            _migrate_copy(draft, path, backup.place)
        except BaseException:
            for leftover in ("", "-journal"):
                path.with_name(path.name + SUFFIX + leftover).unlink(missing_ok=True)
            raise
    with told(path):
        replace_by(path, draft)
    return backup.place


def migrated_in_memory(source: sqlite3.Connection, memory: Connection) -> None:
    """Fill a connection in memory with an older file as it would be in the present schema."""
    source.backup(driver_of(memory))
    climb(memory)


def _migrate_copy(draft: Path, path: Path, backup: Path) -> None:
    """Migrate the copy and prove it: nothing fewer, nothing broken.

    Raises:
        FileTrouble: it cannot be done.
    """
    failed = FileTrouble(
        TroubleKind.DAMAGED,
        tr(
            "{file} could not be brought up to date and is as it was; a backup is at {place}.",
            file=path.name,
            place=backup,
        ),
    )
    connection = connected(draft, writes=True)
    try:
        driver = driver_of(connection)
        keep_journal(driver, "TRUNCATE")
        before = _row_counts(driver)
        climb(connection)
        after = _row_counts(driver)
        lost = [name for name, count in before.items() if after.get(name, 0) < count]
        if lost or driver.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise failed
        keep_journal(driver, "DELETE")
    except (sqlite3.Error, DBAPIError) as error:
        found = trouble_of(error, path)
        if found is not None and found.kind in (TroubleKind.FULL, TroubleKind.READ_ONLY):
            raise found from error
        raise failed from error
    finally:
        disconnect(connection)
    sync_file(draft)


def climb(connection: Connection, to: int = SCHEMA_VERSION) -> None:
    """Take every step from the version a connection's file is at, in one transaction.

    Foreign keys are off meanwhile: a table that is made anew would take its rows' children along.

    Raises:
        sqlite3.Error, sqlalchemy.exc.DBAPIError: a step failed; nothing was changed.
    """
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    driver = driver_of(connection)
    driver.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            version = driver.execute("PRAGMA user_version").fetchone()[0]
            operations = Operations(MigrationContext.configure(connection))
            for step in _steps()[version - 1 : to - 1]:
                step(operations)
            driver.execute(f"PRAGMA user_version = {to}")
            driver.execute("UPDATE meta SET min_reader_version = ?", (min(to, MIN_READER_VERSION),))
            if driver.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise sqlite3.IntegrityError("a step left references that lead nowhere")
            if to == SCHEMA_VERSION:
                first_control(driver)
    finally:
        driver.execute("PRAGMA foreign_keys = ON")


def _steps() -> tuple[Callable[[Operations], None], ...]:
    """What leads from version 1 to 2, from 2 to 3, and so on."""
    from app.store.migrations import to_2

    return (to_2.upgrade,)


def _row_counts(driver: sqlite3.Connection) -> dict[str, int]:
    names = [name for (name,) in driver.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: driver.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
