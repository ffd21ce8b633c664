"""Records read without the columns that hardly any row sets.

A task has forty fields, most of which stand at their defaults in most plans. To carry those out of
SQLite would take most of the time it takes to open a portfolio, while SQLite itself says quickly of
which rows they are true. Which columns these are is seen from a sample of the table's rows.
"""

from __future__ import annotations

import sqlite3
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from app.domain.records import BY_TABLE
from app.store.codec import Row, codec_of, lean_decoder, stored

_FEW = 1_000
"""So many rows, and fewer, are simply read."""

_SAMPLE = 200
_FEWEST_COLUMNS = 2


def read_records(driver: sqlite3.Connection, table: str) -> list[Any]:
    """All records of a table, in the order they were first saved.

    Raises:
        ValueError, KeyError, TypeError: a row holds what no record can.
        sqlite3.Error: the file cannot be read.
    """
    codec = codec_of(table)
    at_default = _left_out(driver, table)
    if len(at_default) < _FEWEST_COLUMNS:
        return codec.decode(driver.execute(_select(table, range(len(codec.names)))).fetchall())
    is_default = " AND ".join(f'"{codec.names[place]}" IS {_defaults(table)[place]}' for place in at_default)
    wanted = [place for place in range(len(codec.names)) if place not in at_default]
    mark = f"CASE WHEN {is_default} THEN 0 ELSE 1 END"
    rows = driver.execute(_select(table, wanted, mark)).fetchall()
    others: list[Row] = []
    if any(row[-1] for row in rows):
        whole = _select(table, range(len(codec.names)), where=f"NOT ({is_default})")
        others = driver.execute(whole).fetchall()
    return lean_decoder(table, frozenset(at_default))(rows, codec.decode(others))


def _select(table: str, places: Any, mark: str = "", where: str = "TRUE") -> str:
    names = [f'"{codec_of(table).names[place]}"' for place in places]
    listed = ", ".join([*names, mark] if mark else names)
    return f'SELECT {listed} FROM "{table}" WHERE {where} ORDER BY rowid'


def _left_out(driver: sqlite3.Connection, table: str) -> list[int]:
    """The places of the columns that stand at their defaults in every row of a sample."""
    if not _defaults(table):
        return []
    last = driver.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()[0] or 0
    if last <= _FEW:
        return []
    numbers = ", ".join(str(1 + number * last // _SAMPLE) for number in range(_SAMPLE))
    tests = ", ".join(
        f'min("{codec_of(table).names[place]}" IS {default})' for place, default in _defaults(table).items()
    )
    sample = driver.execute(f'SELECT {tests} FROM "{table}" WHERE rowid IN ({numbers})').fetchone()
    return [place for place, is_default in zip(_defaults(table), sample, strict=True) if is_default]


@cache
def _defaults(table: str) -> dict[int, str]:
    """By place, the words for the default of each field that has one, as its column holds it.

    Fractions are left out: of them ``0.0`` and ``-0.0`` would be the same.
    """
    found: dict[int, str] = {}
    columns = codec_of(table).columns
    for place, (column, field) in enumerate(zip(columns, fields(BY_TABLE[table].type), strict=True)):
        if field.default is not MISSING and column.kind != "real":
            value = stored(column, field.default)
            found[place] = "NULL" if value is None else _words(value)
    return found


def _words(value: int | str) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(int(value))
