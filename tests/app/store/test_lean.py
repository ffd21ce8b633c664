"""Records read without the columns hardly any row sets are the records read whole."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import fields, replace
from typing import Any

import pytest

from app.domain.people import Assignment
from app.domain.records import KINDS, Record
from app.domain.values import (
    AssignmentId,
    LinkId,
    ProjectId,
    Split,
    TaskId,
    moment,
)
from app.domain.work import ConstraintType, Link, LinkType, Task
from app.store.codec import codec_of
from app.store.lean import read_records
from app.store.opening import schema_statements
from app.store.rows import insert_sql, read_rows

MANY = 3_000
SET = (
    {"notes": "it's “so”"},
    {"constraint": ConstraintType.SNET, "constraint_date": moment(2027, 2, 1, 8)},
    {"active": False},
    {"splits": (Split(60, 30),)},
    {"fixed_cost": -5, "work": 0},
    {"priority": 501, "recurring": True},
    {"duration": 0},
)


@pytest.fixture
def driver() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as found:
        for statement in schema_statements():
            found.execute(statement)
        yield found


def put(driver: sqlite3.Connection, table: str, records: Iterable[Record]) -> None:
    driver.executemany(insert_sql(table), codec_of(table).encode(list(records)))


def task(number: int, **more: Any) -> Task:
    id = TaskId(f"{number * 7919 % MANY:05}")  # ids in another order than rows
    return replace(Task(id, ProjectId("P"), number, None, f"{number:05}1", f"Task {number}"), **more)


def whole(driver: sqlite3.Connection, table: str) -> list[Any]:
    return codec_of(table).decode(read_rows(driver, table))


def exactly(records: list[Any]) -> list[tuple[tuple[type, Any], ...]]:
    """The records with the kinds of their values, so that True is not 1."""
    return [
        tuple((type(getattr(record, field.name)), getattr(record, field.name)) for field in fields(record))
        for record in records
    ]


@pytest.mark.parametrize("share", [0.0, 0.003, 0.2, 1.0])
def test_tasks_are_the_same_however_many_set_what_hardly_any_sets(
    driver: sqlite3.Connection, share: float
) -> None:
    dice = random.Random(4)
    put(
        driver,
        "tasks",
        [task(n, **(dice.choice(SET) if dice.random() < share else {})) for n in range(1, MANY + 1)],
    )
    found = read_records(driver, "tasks")
    assert exactly(found) == exactly(whole(driver, "tasks"))
    assert [record.uid for record in found] == list(range(1, MANY + 1))
    assert all(type(record) is Task for record in found)


def test_a_single_task_that_no_sample_saw_keeps_all_it_sets(driver: sqlite3.Connection) -> None:
    for odd in (2, MANY - 3):
        driver.execute("DELETE FROM tasks")
        put(driver, "tasks", [task(n, **(SET[1] | SET[3] if n == odd else {})) for n in range(1, MANY + 1)])
        found = read_records(driver, "tasks")
        assert exactly(found) == exactly(whole(driver, "tasks"))
        assert found[odd - 1].splits == (Split(60, 30),)


def test_rows_keep_their_order_where_many_were_dropped(driver: sqlite3.Connection) -> None:
    put(driver, "tasks", [task(n, notes="x" * (n % 900 == 1)) for n in range(1, MANY + 1)])
    driver.execute("DELETE FROM tasks WHERE rowid % 13 IN (0, 1)")
    assert exactly(read_records(driver, "tasks")) == exactly(whole(driver, "tasks"))
    driver.execute("DELETE FROM tasks WHERE rowid < ?", (MANY,))
    assert exactly(read_records(driver, "tasks")) == exactly(whole(driver, "tasks"))


def test_links_and_fractions_are_the_same(driver: sqlite3.Connection) -> None:
    project, one = ProjectId("P"), TaskId("1")
    put(
        driver,
        "links",
        [
            Link(LinkId(str(n)), project, one, one, LinkType.SS if n == 5 else LinkType.FS, 60 * (n == 77))
            for n in range(MANY)
        ],
    )
    put(
        driver,
        "assignments",
        [
            Assignment(AssignmentId(str(n)), project, one, None, units=-0.0 if n % 2 else 1.0)
            for n in range(MANY)
        ],
    )
    assert exactly(read_records(driver, "links")) == exactly(whole(driver, "links"))
    assert list(map(repr, read_records(driver, "assignments"))) == list(
        map(repr, whole(driver, "assignments"))
    )


def test_a_record_read_lean_is_frozen_and_hashes_like_one_that_was_made(driver: sqlite3.Connection) -> None:
    put(driver, "tasks", [task(n) for n in range(1, MANY + 1)])
    found = read_records(driver, "tasks")[4]
    assert found == task(5)
    assert hash(found) == hash(task(5))
    with pytest.raises(AttributeError):
        found.name = "other"


def test_a_row_that_no_record_can_hold_is_told(driver: sqlite3.Connection) -> None:
    put(driver, "tasks", [task(n) for n in range(1, MANY + 1)])
    driver.execute("PRAGMA ignore_check_constraints = ON")
    driver.execute("UPDATE tasks SET task_type = 'nonsense' WHERE rowid = 2")
    with pytest.raises((ValueError, KeyError)):
        read_records(driver, "tasks")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_an_empty_table_gives_nothing(driver: sqlite3.Connection, kind: Any) -> None:
    assert read_records(driver, kind.table) == []
