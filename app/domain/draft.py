"""The draft: a document being changed by one gesture, and nothing else sees it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from app.domain.calendars import Calendar, CalendarException, WorkWeek
from app.domain.changes import Change, ChangeSet, Label
from app.domain.document import Document, Scope, Table
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
from app.domain.records import KINDS, ORDER, Record, scope_of, table_of
from app.domain.values import (
    AssignmentId,
    AvailabilityId,
    BaselineId,
    BaselineValueId,
    CalendarId,
    CustomFieldId,
    CustomValueId,
    ExceptionId,
    LinkId,
    Moment,
    PortfolioId,
    ProjectId,
    RateId,
    ResourceId,
    SavedViewId,
    SourceTaskId,
    TaskId,
    TimephasedId,
    WorkWeekId,
)
from app.domain.work import Link, SourceTask, Task, Timephased

K = TypeVar("K", bound=str)
R = TypeVar("R", bound=Record)


def fresh_id() -> str:
    """A new id that no other laptop will make."""
    return str(uuid.uuid4())


class DraftTable(Generic[K, R]):
    """A table as it would be: reads through to the document and remembers what was put or dropped.

    ``shape`` counts how often a record came, went or was put under another parent, so that what was
    worked out about who lies where can be kept as long as it stands still.
    """

    __slots__ = ("_base", "_changed", "_scopes", "shape")

    def __init__(self, base: Table[K, R]) -> None:
        self._base = base
        self._changed: dict[K, R | None] = {}
        self._scopes: dict[Scope, dict[K, R]] = {}
        self.shape = 0

    def __getitem__(self, id: K) -> R:
        if id in self._changed:
            record = self._changed[id]
            if record is None:
                raise KeyError(id)
            return record
        return self._base[id]

    def __contains__(self, id: object) -> bool:
        if id in self._changed:
            return self._changed[id] is not None
        return id in self._base

    def __len__(self) -> int:
        gone = sum(1 for id, record in self._changed.items() if record is None and id in self._base)
        come = sum(1 for id, record in self._changed.items() if record is not None and id not in self._base)
        return len(self._base) - gone + come

    def __iter__(self) -> Iterator[R]:
        if not self._changed:
            return iter(self._base)
        return iter(self._merged())

    def _merged(self) -> list[R]:
        kept: list[R] = []
        for record in self._base:
            id: Any = record.id
            now = self._changed.get(id, record)
            if now is not None:
                kept.append(now)
        kept.extend(r for id, r in self._changed.items() if r is not None and id not in self._base)
        return kept

    def get(self, id: K | None) -> R | None:
        """The record, or ``None`` where there is none of that id."""
        if id is None:
            return None
        return self._changed[id] if id in self._changed else self._base.get(id)

    def of(self, scope: Scope) -> Mapping[K, R]:
        """The records of one project, or with ``None`` those the whole portfolio shares."""
        own = self._scopes.get(scope)
        return self._base.of(scope) if own is None else own

    def _own(self, scope: Scope) -> dict[K, R]:
        found = self._scopes.get(scope)
        if found is None:
            found = dict(self._base.of(scope))
            self._scopes[scope] = found
        return found

    def set(self, id: K, record: R | None) -> None:
        """Put or (with ``None``) drop a record. Only the draft calls this."""
        before = self.get(id)
        if (
            before is None
            or record is None
            or getattr(before, "parent", None) != getattr(record, "parent", None)
        ):
            self.shape += 1
        if before is not None and (record is None or scope_of(before) != scope_of(record)):
            self._own(scope_of(before)).pop(id, None)
        if record is not None:
            self._own(scope_of(record))[id] = record
        self._changed[id] = record

    def changes(self, name: str) -> Iterator[Change]:
        """What differs from the document, in the order it was first touched."""
        for id, after in self._changed.items():
            before = self._base.get(id)
            if before != after:
                yield Change(name, id, before, after)


class Draft:
    """One gesture's view of the document: read it, put and drop records, and take the change set.

    ``now`` is the civil moment of the gesture; ``new_id`` makes ids. ``label`` names the step.
    """

    portfolio: DraftTable[PortfolioId, Portfolio]
    projects: DraftTable[ProjectId, Project]
    calendars: DraftTable[CalendarId, Calendar]
    calendar_exceptions: DraftTable[ExceptionId, CalendarException]
    work_weeks: DraftTable[WorkWeekId, WorkWeek]
    resources: DraftTable[ResourceId, Resource]
    rates: DraftTable[RateId, Rate]
    availabilities: DraftTable[AvailabilityId, Availability]
    tasks: DraftTable[TaskId, Task]
    links: DraftTable[LinkId, Link]
    assignments: DraftTable[AssignmentId, Assignment]
    baselines: DraftTable[BaselineId, Baseline]
    baseline_values: DraftTable[BaselineValueId, BaselineValue]
    custom_fields: DraftTable[CustomFieldId, CustomField]
    custom_values: DraftTable[CustomValueId, CustomValue]
    saved_views: DraftTable[SavedViewId, SavedView]
    source_tasks: DraftTable[SourceTaskId, SourceTask]
    timephased: DraftTable[TimephasedId, Timephased]

    def __init__(self, document: Document, now: Moment, new_id: Callable[[], str] = fresh_id) -> None:
        self.document = document
        self.now = now
        self.new_id = new_id
        self.label = Label("")
        self._tables: dict[str, DraftTable[Any, Any]] = {}
        self._result: Document | None = None
        for kind in KINDS:
            table: DraftTable[Any, Any] = DraftTable(document.table(kind.table))
            self._tables[kind.table] = table
            setattr(self, kind.table, table)

    def table(self, name: str) -> DraftTable[Any, Any]:
        """The table of that name."""
        return self._tables[name]

    def put(self, record: Record) -> None:
        """Have this record in the document, new or in place of the one with its id."""
        self._tables[table_of(record)].set(record.id, record)
        self._result = None

    def drop(self, record: Record) -> None:
        """Have no record of this id any more; dropping what is not there does nothing."""
        table = self._tables[table_of(record)]
        if record.id in table:
            table.set(record.id, None)
            self._result = None

    def name(self, message: str, /, **arguments: object) -> None:
        """Name the step more closely than the operation's own label does ("Link {count} tasks")."""
        self.label = Label(message, tuple((key, str(value)) for key, value in arguments.items()))

    def changes(self) -> ChangeSet:
        """What this draft changes: first what came or stayed, parents before children, then what went."""
        found = [change for kind in KINDS for change in self._tables[kind.table].changes(kind.table)]
        kept = [change for change in found if change.after is not None]
        gone = [change for change in found if change.after is None]
        gone.sort(key=lambda change: -ORDER[change.table])
        return ChangeSet(self.label, tuple(kept + gone))

    def result(self) -> Document:
        """The document as it would be; the same object until something else is put or dropped."""
        if self._result is None:
            self._result = self.document.after(self.changes())
        return self._result
