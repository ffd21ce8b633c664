"""The one way to open a SQLite file, with every pragma the reliability paper asks for.

SQLAlchemy and Python's driver would otherwise begin transactions late and commit DDL on their own:
the driver is told to leave transactions alone, and BEGIN is sent here. A writer begins IMMEDIATE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool

from app.domain.errors import FileTrouble, TroubleKind
from app.store.schema import APPLICATION_ID
from app.store.trouble import trouble
from app.text import tr

MEMORY = Path(":memory:")
BUSY_SECONDS = 5.0
_PRAGMAS: tuple[tuple[str, str, Any], ...] = (
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("temp_store", "MEMORY", 2),
    ("busy_timeout", str(int(BUSY_SECONDS * 1000)), int(BUSY_SECONDS * 1000)),
    ("recursive_triggers", "OFF", 0),
)
_LIMITS: tuple[tuple[int, int], ...] = (
    (sqlite3.SQLITE_LIMIT_LENGTH, 512 * 1024 * 1024),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 1024 * 1024),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 200),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
    (sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH, 10),
)


def driver_connection(path: Path, *, writes: bool, create: bool = False) -> sqlite3.Connection:
    """A connection of the driver with our pragmas; ``writes=False`` cannot change the file.

    A step that a crash interrupted is rolled back first, as every opener has to.

    Raises:
        FileTrouble: there is such a step, and it cannot be rolled back where the file lies.
        sqlite3.Error: the file is not there, not a database, or cannot be opened.
        RuntimeError: a pragma did not take: this SQLite cannot keep a file safe.
    """
    mode = "rwc" if create else "rw" if writes else "ro"
    place = ":memory:" if path == MEMORY else path.resolve().as_uri() + f"?mode={mode}"
    connection = sqlite3.connect(
        place,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
        uri=path != MEMORY,
    )
    try:
        if not writes and _has_journal(path) and _is_interrupted(connection):
            _roll_back(path)
        for category, limit in _LIMITS:
            connection.setlimit(category, limit)
        defensive = getattr(sqlite3, "SQLITE_DBCONFIG_DEFENSIVE", None)
        if defensive is not None:  # Python 3.12 and newer
            connection.setconfig(defensive, True)  # type: ignore[attr-defined]
        for name, value, expected in _PRAGMAS:
            connection.execute(f"PRAGMA {name}={value}")
            _assert_took(connection, name, expected)
    except BaseException:
        connection.close()
        raise
    return connection


def _has_journal(path: Path) -> bool:
    try:
        return path.with_name(path.name + "-journal").stat().st_size > 0
    except (OSError, ValueError):
        return False


def _is_interrupted(connection: sqlite3.Connection) -> bool:
    """Whether SQLite would have to write before it can read: a journal that nobody is writing lies there."""
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        return error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK
    except (sqlite3.Error, UnicodeDecodeError):
        pass  # whoever asks next is told
    return False


def _roll_back(path: Path) -> None:
    """Have SQLite bring the file back to its last saved step.

    Raises:
        FileTrouble: nothing can be written there.
    """
    try:
        with closing(sqlite3.connect(path.resolve().as_uri() + "?mode=rw", uri=True)) as driver:
            driver.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        kind = error.sqlite_errorcode & 0xFF
        if kind not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
            raise
        sentence = tr(
            "{file} was being saved when the program stopped. Copy it with {journal} to a folder that can "
            "be written and open it there; everything saved before is in it.",
            file=path.name,
            journal=path.name + "-journal",
        )
        raise FileTrouble(TroubleKind.READ_ONLY, sentence) from error


def keep_journal(connection: sqlite3.Connection, mode: str) -> None:
    """Have rollback journals kept in ``mode`` (TRUNCATE at work, DELETE before a clean close).

    A file that somebody switched to WAL leaves it here.
    """
    got = connection.execute(f"PRAGMA journal_mode={mode}").fetchone()[0]
    if got != mode.lower():
        raise RuntimeError(f"journal_mode is {got}, not {mode}")


def _assert_took(connection: sqlite3.Connection, name: str, expected: Any) -> None:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    if row is not None and row[0] != expected:  # a build without the pragma answers nothing
        raise RuntimeError(f"PRAGMA {name} is {row[0]}, not {expected}")


def connected(path: Path, *, writes: bool, create: bool = False) -> Connection:
    """The SQLAlchemy connection to a file, the only one of its engine.

    Raises:
        sqlite3.Error, sqlalchemy.exc.DBAPIError: as ``driver_connection``.
    """
    engine = create_engine(
        "sqlite+pysqlite://",
        creator=lambda: driver_connection(path, writes=writes, create=create),
        poolclass=StaticPool,
    )
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    try:
        return engine.connect()
    except BaseException:
        engine.dispose()
        raise


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The driver's own connection beneath, for bulk reading and for copies."""
    found = connection.connection.driver_connection
    assert isinstance(found, sqlite3.Connection)
    return found


@contextmanager
def reading(connection: Connection) -> Iterator[sqlite3.Connection]:
    """A short read transaction in which everything seen belongs together."""
    driver = driver_of(connection)
    driver.execute("BEGIN")
    try:
        yield driver
    finally:
        if driver.in_transaction:
            driver.execute("ROLLBACK")


@contextmanager
def writing(connection: Connection) -> Iterator[sqlite3.Connection]:
    """A write transaction: committed at the end, rolled back when anything is raised."""
    driver = driver_of(connection)
    driver.execute("BEGIN IMMEDIATE")
    try:
        yield driver
        driver.execute("COMMIT")
    except BaseException:
        if driver.in_transaction:
            with suppress(sqlite3.Error):
                driver.execute("ROLLBACK")
        raise


def disconnect(connection: Connection) -> None:
    """Close the file for good."""
    engine = connection.engine
    connection.close()
    engine.dispose()


def assert_ours(driver: sqlite3.Connection, path: Path) -> None:
    """See that a file is a portfolio, before anything else is asked of it.

    Raises:
        FileTrouble: it is something else.
        sqlite3.DatabaseError: it is no SQLite file, or its first page is damaged.
    """
    if driver.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise trouble(TroubleKind.NOT_OURS, path)


def version_of(driver: sqlite3.Connection) -> int:
    """The schema number of a file."""
    found: int = driver.execute("PRAGMA user_version").fetchone()[0]
    return found
