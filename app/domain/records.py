"""The register of record kinds: their tables, where they belong, and whose results they touch.

Order matters: a table stands after the tables its records point at, so that rows may be saved in
this order and dropped in the opposite one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from app.domain.calendars import Calendar, CalendarException, WorkWeek
from app.domain.people import Assignment, Availability, Rate, Resource
from app.domain.portfolio import (
    Baseline,
    BaselineValue,
    CustomField,
    CustomValue,
    Portfolio,
    Project,
    SavedView,
)
from app.domain.work import Link, SourceTask, Task, Timephased

Record = (
    Portfolio
    | Project
    | Calendar
    | CalendarException
    | WorkWeek
    | Resource
    | Rate
    | Availability
    | Task
    | Link
    | Assignment
    | Baseline
    | BaselineValue
    | CustomField
    | CustomValue
    | SavedView
    | SourceTask
    | Timephased
)


@dataclass(frozen=True, slots=True)
class RecordKind:
    """A kind of record: its table, its class, and the field whose stamp its change bumps.

    A record that lies in a project bumps that project's stamp. A shared one bumps the stamp of
    the record named by ``owner`` (the calendar of an exception), or its own.
    """

    table: str
    type: type
    owner: str = "id"


KINDS: tuple[RecordKind, ...] = (
    RecordKind("portfolio", Portfolio),
    RecordKind("projects", Project),
    RecordKind("calendars", Calendar),
    RecordKind("calendar_exceptions", CalendarException, "calendar"),
    RecordKind("work_weeks", WorkWeek, "calendar"),
    RecordKind("resources", Resource),
    RecordKind("rates", Rate, "resource"),
    RecordKind("availabilities", Availability, "resource"),
    RecordKind("tasks", Task),
    RecordKind("links", Link),
    RecordKind("assignments", Assignment),
    RecordKind("baselines", Baseline),
    RecordKind("baseline_values", BaselineValue),
    RecordKind("custom_fields", CustomField),
    RecordKind("custom_values", CustomValue, "field"),
    RecordKind("saved_views", SavedView),
    RecordKind("source_tasks", SourceTask),
    RecordKind("timephased", Timephased),
)

BY_TABLE: dict[str, RecordKind] = {kind.table: kind for kind in KINDS}
BY_TYPE: dict[type, RecordKind] = {kind.type: kind for kind in KINDS}
ORDER: dict[str, int] = {kind.table: place for place, kind in enumerate(KINDS)}


def table_of(record: Record) -> str:
    """The table a record lies in."""
    return BY_TYPE[type(record)].table


def scope_of(record: Record) -> str | None:
    """The project a record belongs to; ``None`` for what the whole portfolio shares."""
    project: str | None = getattr(record, "project", None)
    return record.id if isinstance(record, Project) else project


def scope_getter(kind: type) -> Callable[[Any], str | None]:
    """``scope_of`` for the records of one kind: quick, for whole portfolios."""
    if kind is Project:
        return attrgetter("id")
    if any(field.name == "project" for field in fields(kind)):
        return attrgetter("project")
    return lambda record: None


def stamp_key(record: Record) -> str:
    """Whose stamp a change of this record bumps: its project's, its owner's, or its own."""
    scope = scope_of(record)
    if scope is not None:
        return scope
    key: str = getattr(record, BY_TYPE[type(record)].owner)
    return key
