"""What can still be read of a damaged file, in a new file, with a report of what cannot."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from dataclasses import MISSING, fields, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.domain.errors import Problem, Severity
from app.domain.history import Who
from app.domain.portfolio import Portfolio
from app.domain.records import BY_TABLE, KINDS, Record, table_of
from app.domain.values import PortfolioId
from app.store.codec import Row, codec_of, stored
from app.store.connection import driver_connection
from app.store.copies import Meta, fresh_uuid, read_meta
from app.store.opening import create
from app.store.rows import first_control, insert_sql
from app.store.schema import JOURNAL, columns_of
from app.store.trouble import told
from app.text import tr

_MOST_LOST = 20_000
"""Single rows of a table that are tried in vain before the rest that cannot be read is given up."""
_MOST_ROWS = 1 << 22
_COUNTER_JUMP = 1000
PAGE = 4096
"""SQLite's own page size, which our files have (see the file format: sqlite.org/fileformat2.html)."""


def salvage(path: Path, target: Path, who: Who, now: datetime) -> tuple[Problem, ...]:
    """Write all that can be read of a damaged file into a new one, and tell what could not be.

    Raises:
        FileTrouble: nothing at all can be read, or the new file cannot be written.
    """
    with (
        told(path),
        TemporaryDirectory(prefix=".salvage-", dir=target.parent) as folder,
        contextlib.closing(driver_connection(_readable_copy(path, Path(folder)), writes=False)) as source,
    ):
        found: dict[str, list[Any]] = {}
        problems: list[Problem] = []
        for kind in KINDS:
            records, lost = _records(source, kind.table)
            found[kind.table] = records
            expected = _expected(source, kind.table)
            missing = lost if expected is None else expected - len(records)
            if missing > 0:
                sentence = tr("{kept} rows could be read, {lost} could not.", kept=len(records), lost=missing)
                problems.append(Problem(Severity.WARNING, kind.table, sentence))
        if not any(found.values()):
            source.execute("SELECT count(*) FROM tasks")  # says what is wrong, if SQLite knows
        if not found["portfolio"]:
            found["portfolio"] = [Portfolio(PortfolioId(fresh_uuid()), path.stem, owner=who.name)]
        problems.extend(_mend(found))
        entries, lost = _rows(source, "journal", [column.name for column in JOURNAL.columns])
        if lost:
            sentence = tr("{lost} entries of the history could not be read.", lost=lost)
            problems.append(Problem(Severity.WARNING, "journal", sentence))
        meta = None
        with contextlib.suppress(sqlite3.Error, ValueError):
            meta = read_meta(source)
    with contextlib.closing(create(target, who, now, (r for rows in found.values() for r in rows))) as file:
        file.within(lambda driver: _carry(driver, meta, entries))
    return tuple(problems)


def _readable_copy(path: Path, folder: Path) -> Path:
    """A copy on which a cut end or a damaged header does not keep SQLite from reading the rest.

    An interrupted commit is rolled back first, where that can be done.
    """
    copy = folder / "copy"
    shutil.copyfile(path, copy)
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        shutil.copyfile(journal, folder / "copy-journal")
        with contextlib.suppress(sqlite3.Error), contextlib.closing(sqlite3.connect(copy)) as driver:
            driver.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (folder / "copy-journal").unlink(missing_ok=True)
    with open(copy, "r+b") as file:
        header = bytearray(file.read(100).ljust(100, b"\0"))
        pages = int.from_bytes(header[28:32], "big")
        size = max(copy.stat().st_size, PAGE)
        pages = pages if size <= pages * PAGE < 4 * size else -(-size // PAGE)
        header[:24] = b"SQLite format 3\0" + PAGE.to_bytes(2, "big") + b"\1\1\0\x40\x20\x20"
        header[24:40] = (1).to_bytes(4, "big") + pages.to_bytes(4, "big") + bytes(8)
        header[44:60] = (4).to_bytes(4, "big") + bytes(8) + (1).to_bytes(4, "big")
        header[64:68] = bytes(4)
        header[72:96] = bytes(20) + (1).to_bytes(4, "big")
        file.seek(0)
        file.write(header)
        file.truncate(pages * PAGE)
    return copy


def _carry(driver: sqlite3.Connection, meta: Meta | None, entries: list[Row]) -> None:
    """Take the history over, and the name of the file, on a branch of its own."""
    if meta is not None:
        counter = meta.counter + _COUNTER_JUMP
        driver.execute("UPDATE meta SET file_uuid = ?, edit_counter = ?", (meta.file_uuid, counter))
    for entry in entries:
        with contextlib.suppress(sqlite3.IntegrityError):  # an entry whose own cells are damaged
            driver.execute(insert_sql("journal"), entry)
    highest = driver.execute("SELECT coalesce(max(counter), 0) FROM journal").fetchone()[0]
    driver.execute("UPDATE meta SET edit_counter = max(edit_counter, ?)", (highest,))
    first_control(driver)


def _expected(source: sqlite3.Connection, table: str) -> int | None:
    with contextlib.suppress(sqlite3.Error):
        row = source.execute("SELECT rows FROM control WHERE name = ?", (table,)).fetchone()
        return None if row is None else row[0]
    return None


def _records(source: sqlite3.Connection, table: str) -> tuple[list[Record], int]:
    """The records of a table that can be read, and how many rows could not."""
    codec = codec_of(table)
    there = _columns_there(source, table)
    names = [name for name in codec.names if there is None or name in there]
    rows, lost = _rows(source, table, names)
    blank = _blank(table)
    records: dict[str, Record] = {}
    for row in rows:
        values = {**blank, **dict(zip(names, row, strict=True))}
        try:
            (record,) = codec.decode([tuple(values[name] for name in codec.names)])
            codec.encode([record])
            if any(values[c.name] is None and not c.optional for c in codec.columns):
                raise ValueError(f"{table}: a cell is empty")
        except (ValueError, KeyError, TypeError, AttributeError):
            lost += 1
        else:
            records.setdefault(record.id, record)
    return list(records.values()), lost


def _blank(table: str) -> dict[str, Any]:
    """What a column holds that an older file did not have."""
    defaults = {field.name: field.default for field in fields(BY_TABLE[table].type)}
    return {
        column.name: None if defaults[column.name] is MISSING else stored(column, defaults[column.name])
        for column in columns_of(BY_TABLE[table].type)
    }


def _columns_there(source: sqlite3.Connection, table: str) -> set[str] | None:
    with contextlib.suppress(sqlite3.Error):
        return {row[1] for row in source.execute(f"PRAGMA table_info({table})")} or None
    return None


def _rows(source: sqlite3.Connection, table: str, names: list[str]) -> tuple[list[Row], int]:
    """The rows that can be read, halving what cannot until single rows are left, and how many those are."""
    quoted = ", ".join(f'"{name}"' for name in names)
    sql = f'SELECT {quoted} FROM "{table}" WHERE rowid BETWEEN ? AND ?'
    rows: list[Row] = []
    lost = 0
    todo = [(1, _highest(source, table))]
    while todo:
        low, high = todo.pop()
        try:
            rows.extend(source.execute(sql, (low, high)).fetchall())
        except (sqlite3.Error, UnicodeError):
            if low == high or lost > _MOST_LOST:
                lost += high - low + 1
            else:
                middle = (low + high) // 2
                todo += [(middle + 1, high), (low, middle)]
    return rows, lost


def _highest(source: sqlite3.Connection, table: str) -> int:
    """A row number no row is above: asked from both ends, for either may be damaged."""
    for sql in (f'SELECT max(rowid) FROM "{table}"', f"SELECT rows * 4 FROM control WHERE name = '{table}'"):
        with contextlib.suppress(sqlite3.Error):
            row = source.execute(sql).fetchone()
            if row is not None and isinstance(row[0], int) and row[0] < _MOST_ROWS:
                return max(1, row[0])
    return 1 << 16


def _mend(found: dict[str, list[Any]]) -> list[Problem]:
    """Drop what leans on something lost, and cut references that may be empty, until all holds together."""
    dropped: dict[str, int] = {}
    cut: dict[str, int] = {}
    changed = True
    while changed:
        changed = False
        ids = {name: {record.id for record in records} for name, records in found.items()}
        for name, records in found.items():
            mended = [_mended(record, ids) for record in records]
            kept = [record for record in mended if record is not None]
            gone = len(records) - len(kept)
            loose = sum(
                1 for old, new in zip(records, mended, strict=True) if new is not None and new is not old
            )
            if gone or loose:
                dropped[name] = dropped.get(name, 0) + gone
                cut[name] = cut.get(name, 0) + loose
                found[name] = kept
                changed = True
    return [
        Problem(
            Severity.WARNING,
            name,
            tr(
                "{dropped} rows were left out and {cut} cut loose, because what they point at is lost.",
                dropped=dropped[name],
                cut=cut[name],
            ),
        )
        for name in dropped
    ]


def _mended(record: Any, ids: dict[str, set[str]]) -> Any:
    """The record with lost optional references cut; ``None`` where a needed one is lost."""
    loose: dict[str, None] = {}
    for column in codec_of(table_of(record)).columns:
        if column.refers_to is None:
            continue
        value = getattr(record, column.name)
        if value is not None and value not in ids[column.refers_to]:
            if not column.optional or column.name == "project":
                return None
            loose[column.name] = None
    return replace(record, **loose) if loose else record
