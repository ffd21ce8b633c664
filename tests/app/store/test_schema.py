"""The tables say what the records say, and SQLite holds everybody to it."""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from pathlib import Path

import pytest

from app.domain.records import KINDS, RecordKind
from app.store.connection import MEMORY, driver_connection
from app.store.opening import schema_statements
from app.store.schema import METADATA, columns_of


@pytest.fixture
def driver() -> sqlite3.Connection:
    driver = driver_connection(MEMORY, writes=True)
    for statement in schema_statements():
        driver.execute(statement)
    return driver


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_every_record_field_has_a_column_in_its_place(kind: RecordKind, driver: sqlite3.Connection) -> None:
    there = [row[1] for row in driver.execute(f"PRAGMA table_info({kind.table})")]
    assert there == [field.name for field in fields(kind.type)]
    driver.close()


def test_all_tables_are_strict_and_all_checks_and_references_have_names(driver: sqlite3.Connection) -> None:
    for name, table in METADATA.tables.items():
        (sql,) = driver.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
        assert sql.rstrip().endswith("STRICT")
        for constraint in table.constraints:
            assert constraint.name or not constraint.columns or "PRIMARY" in type(constraint).__name__.upper()
        assert sql.count("CHECK (") == sql.count("CONSTRAINT ck_")
        assert sql.count("FOREIGN KEY") == sql.count("CONSTRAINT fk_") == sql.count("INITIALLY DEFERRED")
    driver.close()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_references_are_the_typed_ids_of_the_records(kind: RecordKind) -> None:
    for column in columns_of(kind.type):
        named = {"project": "projects", "task": "tasks", "calendar": "calendars", "resource": "resources"}
        if column.name in named:
            assert column.refers_to == named[column.name]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("tasks", "active", 2),
        ("tasks", "duration", "soon"),
        ("tasks", "duration", 1.5),
        ("tasks", "constraint", "whenever"),
        ("tasks", "deadline", "2027-01-04"),
        ("tasks", "deadline", "2027-01-04T8:00"),
        ("tasks", "name", None),
        ("tasks", "splits", "480"),
    ],
)
def test_a_cell_that_no_record_can_hold_is_not_taken(
    table: str, column: str, value: object, tmp_path: Path
) -> None:
    from tests.app.store.portfolios import made

    with made(tmp_path / "a.pmpf", tasks=1):
        pass
    driver = driver_connection(tmp_path / "a.pmpf", writes=True)
    with pytest.raises(sqlite3.IntegrityError):
        driver.execute(f'UPDATE {table} SET "{column}" = ?', (value,))
    driver.close()
