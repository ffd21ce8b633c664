"""Change sets as rows: the statements of a commit, and the control sums they move.

Statements are written by SQLAlchemy once for each table and set of columns, and sent through the
driver many rows at a time.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import sqlite

from app.domain.changes import Change, ChangeSet
from app.domain.document import Document
from app.domain.records import KINDS, Record
from app.store.codec import DIGEST_RANGE, Row, codec_of, digest_sum
from app.store.lean import read_records
from app.store.schema import METADATA

_DIALECT = sqlite.dialect()
_ROWS_AT_ONCE = 200
_REST = 0.0003


class RowsMissing(Exception):
    """Rows that a change set speaks of were not in the file."""


@cache
def select_sql(table: str) -> str:
    """All rows of a record table, in the order they were first saved."""
    found = METADATA.tables[table]
    columns = [found.c[name] for name in codec_of(table).names]
    return str(select(*columns).compile(dialect=_DIALECT))


@cache
def insert_sql(table: str) -> str:
    """One new row, all columns in their order."""
    return str(insert(METADATA.tables[table]).compile(dialect=_DIALECT))


@cache
def _delete_sql(table: str) -> str:
    found = METADATA.tables[table]
    return str(delete(found).where(found.c.id == bindparam("which")).compile(dialect=_DIALECT))


@cache
def _update_sql(table: str, names: tuple[str, ...]) -> str:
    found = METADATA.tables[table]
    values: dict[Any, Any] = {name: bindparam(f"new_{name}") for name in names}
    statement = update(found).where(found.c.id == bindparam("which")).ordered_values(*values.items())
    return str(statement.compile(dialect=_DIALECT))


def write_rows(driver: sqlite3.Connection, changes: ChangeSet) -> None:
    """Bring the rows and control sums of a change set into the open transaction.

    Raises:
        RowsMissing: a row to be changed or dropped is not there.
        sqlite3.Error: the file does not take it.
    """
    by_table: dict[str, list[Change]] = {}
    for change in changes.changes:
        by_table.setdefault(change.table, []).append(change)
    for table, found in by_table.items():
        came = [c.after for c in found if c.before is None and c.after is not None]
        gone = [c.before for c in found if c.after is None and c.before is not None]
        stayed = [(c.before, c.after) for c in found if c.before is not None and c.after is not None]
        added = _insert(driver, table, came)
        removed = _delete(driver, table, gone)
        old, new = _update(driver, table, stayed)
        moved = digest_sum(added) + digest_sum(new) - digest_sum(removed) - digest_sum(old)
        move_control(driver, table, len(came) - len(gone), moved)


def move_control(driver: sqlite3.Connection, name: str, rows: int, digest: int) -> None:
    """Add to the control sums of a table."""
    driver.execute(
        f"UPDATE control SET rows = rows + ?, digest = (digest + ?) % {DIGEST_RANGE} WHERE name = ?",
        (rows, digest % DIGEST_RANGE, name),
    )


def _insert(driver: sqlite3.Connection, table: str, records: Sequence[Record]) -> list[Row]:
    rows = codec_of(table).encode(records)
    if rows:
        driver.executemany(insert_sql(table), rows)
    return rows


def _delete(driver: sqlite3.Connection, table: str, records: Sequence[Record]) -> list[Row]:
    if records:
        cursor = driver.executemany(_delete_sql(table), [(record.id,) for record in records])
        _assert_count(cursor, table, len(records))
    return codec_of(table).encode(records)


def _update(
    driver: sqlite3.Connection, table: str, pairs: Sequence[tuple[Record, Record]]
) -> tuple[list[Row], list[Row]]:
    codec = codec_of(table)
    old = codec.encode([before for before, _ in pairs])
    new = codec.encode([after for _, after in pairs])
    alike: dict[tuple[int, ...], list[Row]] = {}
    for before, after in zip(old, new, strict=True):
        places = tuple(place for place, value in enumerate(after) if value != before[place])
        if places:
            row = (*(after[place] for place in places), after[codec.names.index("id")])
            alike.setdefault(places, []).append(row)
    for places, rows in alike.items():
        sql = _update_sql(table, tuple(codec.names[place] for place in places))
        cursor = driver.executemany(sql, rows)
        _assert_count(cursor, table, len(rows))
    return old, new


def _assert_count(cursor: sqlite3.Cursor, table: str, expected: int) -> None:
    if cursor.rowcount != expected:
        raise RowsMissing(f"{table}: {cursor.rowcount} rows instead of {expected}")


def read_rows(driver: sqlite3.Connection, table: str) -> list[Row]:
    """All rows of a record table."""
    return driver.execute(select_sql(table)).fetchall()


def document_of(driver: sqlite3.Connection) -> Document:
    """Everything in the file as one document.

    Raises:
        ValueError, KeyError, TypeError: a row holds what no record can.
    """
    return Document.of_tables({kind.table: read_records(driver, kind.table) for kind in KINDS})


def first_control(driver: sqlite3.Connection) -> None:
    """Write the control sums of the file as it is: when it is made, migrated or salvaged."""
    driver.execute("DELETE FROM control")
    for kind in KINDS:
        rows = read_rows(driver, kind.table)
        driver.execute("INSERT INTO control VALUES (?, ?, ?)", (kind.table, len(rows), digest_sum(rows)))
    entries = journal_rows(driver)
    driver.execute("INSERT INTO control VALUES (?, ?, ?)", ("journal", len(entries), digest_sum(entries)))


def journal_rows(driver: sqlite3.Connection) -> list[Row]:
    """All journal rows, whole."""
    return driver.execute(str(select(METADATA.tables["journal"]).compile(dialect=_DIALECT))).fetchall()


def broken_controls(driver: sqlite3.Connection) -> list[str]:
    """The tables whose rows do not add up to their control sums, each read in a transaction of its own."""
    broken: list[str] = []
    for name in [*(kind.table for kind in KINDS), "journal"]:
        driver.execute("BEGIN")
        try:
            control = driver.execute("SELECT rows, digest FROM control WHERE name = ?", (name,)).fetchone()
            rows = journal_rows(driver) if name == "journal" else read_rows(driver, name)
        finally:
            driver.execute("ROLLBACK")
        if control != (len(rows), _digest_sum_gently(rows)):
            broken.append(name)
    return broken


def _digest_sum_gently(rows: list[Row]) -> int:
    """The control sum, with rests in which the window's thread may run: this is done in the background."""
    total = 0
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        total += digest_sum(rows[start : start + _ROWS_AT_ONCE])
        time.sleep(_REST)
    return total % DIGEST_RANGE
