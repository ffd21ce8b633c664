"""The tables of a portfolio file, derived from the records: one STRICT table a kind, one column a field.

Ids are UUID texts, moments and dates ISO texts, flags 0 or 1, choices their words, tuples JSON.
Every column says so in a named CHECK, and references are deferred foreign keys, so that a file
that breaks its own rules cannot be committed.
"""

from __future__ import annotations

import types
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from sqlalchemy import (
    BLOB,
    REAL,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

from app.domain.history import EntryKind
from app.domain.records import KINDS
from app.domain.values import (
    BaselineId,
    CalendarId,
    CustomFieldId,
    Moment,
    ProjectId,
    ResourceId,
    TaskId,
)

APPLICATION_ID = 0x706D7066
"""``pmpf`` in the file's header."""

SCHEMA_VERSION = 2
"""The number in ``user_version``: 1 had no saved views and no near-critical limit."""

MIN_READER_VERSION = 2
"""The oldest schema number a program must know to read what this one writes."""

EXTENSION = ".pmpf"

_REFERENCES: dict[Any, str] = {
    ProjectId: "projects",
    CalendarId: "calendars",
    TaskId: "tasks",
    ResourceId: "resources",
    BaselineId: "baselines",
    CustomFieldId: "custom_fields",
}

_LOOKED_UP = ("tasks",)
"""References that get an index: tasks are dropped often, and each drop asks who still points at it."""

_DAY = "[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]"
_CHECKS = {
    "moment": f"{{0}} GLOB '{_DAY}T[0-2][0-9]:[0-5][0-9]'",
    "date": f"{{0}} GLOB '{_DAY}'",
    "flag": "{0} IN (0, 1)",
    "json": "{0} GLOB '[[]*]'",  # an array; json_valid is not allowed while the schema is not trusted
}
_TYPES: dict[str, Any] = {"number": Integer, "flag": Integer, "real": REAL}


@dataclass(frozen=True, slots=True)
class FieldColumn:
    """How one record field lies in its table.

    ``kind`` is ``id``, ``reference``, ``text``, ``number``, ``real``, ``flag``, ``moment``,
    ``date``, ``choice`` or ``json``; ``python`` is the field's type without ``None``, ``choices``
    the words a choice may be.
    """

    name: str
    kind: str
    python: Any
    optional: bool
    refers_to: str | None = None
    choices: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The column in one line, as ``migrations`` writes down what a version had."""
        more = self.refers_to or "|".join(self.choices)
        return f"{self.name} {self.kind}{'?' if self.optional else ''} {more}".rstrip()


@cache
def columns_of(record: type) -> tuple[FieldColumn, ...]:
    """The columns of a record class, in the order of its fields."""
    hints = get_type_hints(record)
    return tuple(_column_of(field.name, hints[field.name]) for field in fields(record))


def _column_of(name: str, hint: Any) -> FieldColumn:
    optional = get_origin(hint) in (Union, types.UnionType) and type(None) in get_args(hint)
    python = next(part for part in get_args(hint) if part is not type(None)) if optional else hint
    if name == "id":
        return FieldColumn(name, "id", python, optional)
    if python in _REFERENCES:
        return FieldColumn(name, "reference", python, optional, _REFERENCES[python])
    kind = _kind_of(python)
    choices = tuple(member.value for member in python) if kind == "choice" else ()
    return FieldColumn(name, kind, python, optional, choices=choices)


def _kind_of(python: Any) -> str:
    if python is Moment:
        return "moment"
    if get_origin(python) is tuple:
        return "json"
    if isinstance(python, type) and issubclass(python, StrEnum):
        return "choice"
    plain = {bool: "flag", int: "number", float: "real", date: "date", str: "text"}
    return plain[getattr(python, "__supertype__", python)]


def _sql_column(table: str, column: FieldColumn) -> Column[Any]:
    parts: list[Any] = []
    check = _CHECKS.get(column.kind)
    if column.kind == "choice":
        check = "{0} IN (" + ", ".join(f"'{word}'" for word in column.choices) + ")"
    if check is not None:
        parts.append(CheckConstraint(check.format(f'"{column.name}"'), f"ck_{table}_{column.name}"))
    if column.refers_to is not None:
        parts.append(
            ForeignKey(
                f"{column.refers_to}.id",
                name=f"fk_{table}_{column.name}",
                deferrable=True,
                initially="DEFERRED",
            )
        )
    return Column(
        column.name,
        _TYPES.get(column.kind, Text),
        *parts,
        primary_key=column.kind == "id",
        nullable=column.optional,
    )


def table_of_columns(name: str, metadata: MetaData, columns: Iterable[FieldColumn]) -> Table:
    """A record table of these columns, with its checks, references and indexes."""
    listed = tuple(columns)
    table = Table(name, metadata, *(_sql_column(name, column) for column in listed), sqlite_strict=True)
    for column in listed:
        if column.refers_to in _LOOKED_UP:
            Index(f"ix_{name}_{column.name}", table.c[column.name])
    return table


METADATA = MetaData()
for _kind in KINDS:
    table_of_columns(_kind.table, METADATA, columns_of(_kind.type))

META = Table(
    "meta",
    METADATA,
    Column("id", Integer, CheckConstraint("id = 1", "ck_meta_single"), primary_key=True),
    Column("file_uuid", Text, nullable=False),
    Column("branch_id", Text, nullable=False),
    Column("edit_counter", Integer, nullable=False),
    Column("created_by", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("min_reader_version", Integer, nullable=False),
    sqlite_strict=True,
)
"""One row: which file this is, on which branch of its copies, and how many commits it has seen."""

CONTROL = Table(
    "control",
    METADATA,
    Column("name", Text, primary_key=True, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("digest", Integer, nullable=False),
    sqlite_strict=True,
)
"""Control sums by table, kept up by every commit: what no structure check can see, they see."""

_KINDS = ", ".join(f"'{kind.value}'" for kind in EntryKind)

JOURNAL = Table(
    "journal",
    METADATA,
    Column("counter", Integer, primary_key=True, nullable=False),
    Column("uuid", Text, nullable=False),
    Column("branch", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("display", Text, nullable=False),
    Column("machine", Text, nullable=False),
    Column("utc", Text, nullable=False),
    Column("kind", Text, CheckConstraint(f"kind IN ({_KINDS})", "ck_journal_kind"), nullable=False),
    Column("target", Text),
    Column("message", Text, nullable=False),
    Column("arguments", Text, nullable=False),
    Column("operation", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("body", BLOB),
    sqlite_strict=True,
)
"""Every step, oldest first. ``body`` is described in ``journal``; undo and redo have none of their own."""

Index("ix_journal_uuid", JOURNAL.c.uuid, unique=True)
