"""The document: one immutable value that holds everything people decided, by table.

Whoever holds a document can read it for ever, on any thread, without a lock. A commit makes a new
one that shares all it did not change.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Generic, Protocol, TypeVar

from app.domain.calendars import Calendar, CalendarException, WorkWeek
from app.domain.changes import ChangeSet
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
from app.domain.records import KINDS, Record, scope_getter, scope_of, stamp_key, table_of
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
Seen = TypeVar("Seen", bound=Record, covariant=True)
Scope = str | None

_NOTHING: Mapping[Any, Any] = {}
_MOST_BESIDE = 200
"""How many records a table keeps beside its rows before it writes all rows anew."""
_stamps = itertools.count(1)


class Rows(Protocol[K, Seen]):
    """What can be asked of a table, of a document's and of a draft's alike."""

    def __getitem__(self, id: K, /) -> Seen: ...
    def __contains__(self, id: object, /) -> bool: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Seen]: ...
    def get(self, id: K | None, /) -> Seen | None: ...
    def of(self, scope: Scope, /) -> Mapping[K, Seen]: ...


class Table(Generic[K, R]):
    """The records of one kind, by id and by the project they belong to. Iterating gives records.

    A record put in the place of another of its project is kept beside ``rows``, in ``newer``, until there
    are many: to copy a dictionary of 30,000 for each keystroke would cost more than all else in memory.
    """

    __slots__ = ("_newer", "_rows", "_scopes")

    def __init__(
        self, rows: dict[K, R], scopes: dict[Scope, dict[K, R]], newer: dict[K, R] | None = None
    ) -> None:
        self._rows = rows
        self._scopes = scopes
        self._newer = {} if newer is None else newer

    @classmethod
    def holding(cls, records: Sequence[R]) -> Table[K, R]:
        """A table of the given records of one kind, in their order."""
        rows: dict[Any, R] = {record.id: record for record in records}
        scopes: dict[Scope, dict[Any, R]] = {}
        if records:  # a project's records mostly lie side by side
            for scope, run in groupby(records, scope_getter(type(records[0]))):
                scopes.setdefault(scope, {}).update({record.id: record for record in run})
        return cls(rows, scopes)

    def stamp_keys(self) -> Iterator[str]:
        """Whose stamps the records stand under: ``records.stamp_key`` of each, some of them repeated."""
        for scope, rows in self._scopes.items():
            if scope is None:
                yield from map(stamp_key, rows.values())
            else:
                yield scope

    def __getitem__(self, id: K) -> R:
        found = self._newer.get(id)
        return self._rows[id] if found is None else found

    def __contains__(self, id: object) -> bool:
        return id in self._rows

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self._whole().values())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._whole() == other._whole()

    __hash__ = None  # type: ignore[assignment]

    def get(self, id: K | None) -> R | None:
        """The record, or ``None`` where there is none of that id."""
        if id is None:
            return None
        return self._newer.get(id) or self._rows.get(id)

    def of(self, scope: Scope) -> Mapping[K, R]:
        """The records of one project, or with ``None`` those the whole portfolio shares."""
        return self._scopes.get(scope, _NOTHING)

    def after(self, changes: Iterable[tuple[str, Record | None, Record | None]]) -> Table[K, R]:
        """The table with (id, before, after) changes made; what is untouched is shared."""
        changes = list(changes)
        scopes = self._scopes.copy()
        fresh: set[Scope] = set()
        rows, newer = self._rows, self._newer
        only_others = all(after is not None and key in rows for key, _, after in changes)
        if only_others and len(newer) + len(changes) <= _MOST_BESIDE:
            target = newer = newer.copy()
        else:
            target, newer = {**rows, **newer}, {}
            rows = target
        for key, before, after in changes:
            for record in (before, after):
                if record is not None and (scope := scope_of(record)) not in fresh:
                    scopes[scope] = dict(scopes.get(scope, _NOTHING))
                    fresh.add(scope)
            id: Any = key
            if after is None:
                target.pop(id, None)
            else:
                target[id] = after  # type: ignore[assignment]
            if before is not None and (after is None or scope_of(before) != scope_of(after)):
                scopes[scope_of(before)].pop(id, None)
            if after is not None:
                scopes[scope_of(after)][id] = after  # type: ignore[assignment]
        return Table(rows, scopes, newer)

    def _whole(self) -> dict[K, R]:
        """Every record by id, in the order in which they came; not to be written on."""
        return {**self._rows, **self._newer} if self._newer else self._rows


class Pocket:
    """A place that documents of one lineage hand on, in which results may be remembered.

    It is no part of a document's value. ``lock`` guards ``kept`` for readers on other threads.
    """

    __slots__ = ("kept", "lock")

    def __init__(self) -> None:
        self.kept: dict[Hashable, Any] = {}
        self.lock = threading.RLock()


class Reading(Protocol):
    """What pure functions over records need: the tables, of a document or of a draft."""

    @property
    def portfolio(self) -> Rows[PortfolioId, Portfolio]: ...
    @property
    def projects(self) -> Rows[ProjectId, Project]: ...
    @property
    def calendars(self) -> Rows[CalendarId, Calendar]: ...
    @property
    def calendar_exceptions(self) -> Rows[ExceptionId, CalendarException]: ...
    @property
    def work_weeks(self) -> Rows[WorkWeekId, WorkWeek]: ...
    @property
    def resources(self) -> Rows[ResourceId, Resource]: ...
    @property
    def rates(self) -> Rows[RateId, Rate]: ...
    @property
    def availabilities(self) -> Rows[AvailabilityId, Availability]: ...
    @property
    def tasks(self) -> Rows[TaskId, Task]: ...
    @property
    def links(self) -> Rows[LinkId, Link]: ...
    @property
    def assignments(self) -> Rows[AssignmentId, Assignment]: ...
    @property
    def baselines(self) -> Rows[BaselineId, Baseline]: ...
    @property
    def baseline_values(self) -> Rows[BaselineValueId, BaselineValue]: ...
    @property
    def custom_fields(self) -> Rows[CustomFieldId, CustomField]: ...
    @property
    def custom_values(self) -> Rows[CustomValueId, CustomValue]: ...
    @property
    def saved_views(self) -> Rows[SavedViewId, SavedView]: ...
    @property
    def source_tasks(self) -> Rows[SourceTaskId, SourceTask]: ...
    @property
    def timephased(self) -> Rows[TimephasedId, Timephased]: ...


class Document:
    """Everything people decided, as one value; equal when all tables are equal.

    ``stamps`` say when each project and each shared record last changed: a derived result
    remembers the stamps it read. A stamp is never used twice, in whatever document.
    """

    __slots__ = (
        "assignments",
        "availabilities",
        "baseline_values",
        "baselines",
        "calendar_exceptions",
        "calendars",
        "custom_fields",
        "custom_values",
        "links",
        "pocket",
        "portfolio",
        "projects",
        "rates",
        "resources",
        "saved_views",
        "source_tasks",
        "stamps",
        "tasks",
        "timephased",
        "work_weeks",
    )

    portfolio: Table[PortfolioId, Portfolio]
    projects: Table[ProjectId, Project]
    calendars: Table[CalendarId, Calendar]
    calendar_exceptions: Table[ExceptionId, CalendarException]
    work_weeks: Table[WorkWeekId, WorkWeek]
    resources: Table[ResourceId, Resource]
    rates: Table[RateId, Rate]
    availabilities: Table[AvailabilityId, Availability]
    tasks: Table[TaskId, Task]
    links: Table[LinkId, Link]
    assignments: Table[AssignmentId, Assignment]
    baselines: Table[BaselineId, Baseline]
    baseline_values: Table[BaselineValueId, BaselineValue]
    custom_fields: Table[CustomFieldId, CustomField]
    custom_values: Table[CustomValueId, CustomValue]
    saved_views: Table[SavedViewId, SavedView]
    source_tasks: Table[SourceTaskId, SourceTask]
    timephased: Table[TimephasedId, Timephased]

    def __init__(
        self, tables: Mapping[str, Table[Any, Any]], stamps: Mapping[str, int], pocket: Pocket
    ) -> None:
        for kind in KINDS:
            object.__setattr__(self, kind.table, tables[kind.table])
        object.__setattr__(self, "stamps", stamps)
        object.__setattr__(self, "pocket", pocket)

    stamps: Mapping[str, int]
    pocket: Pocket

    @classmethod
    def holding(cls, records: Iterable[Record]) -> Document:
        """A document of the given records."""
        sorted_out: dict[str, list[Any]] = {}
        for record in records:
            sorted_out.setdefault(table_of(record), []).append(record)
        return cls.of_tables(sorted_out)

    @classmethod
    def of_tables(cls, records: Mapping[str, Sequence[Any]]) -> Document:
        """A document of records that are sorted out by table already; tables left out are empty."""
        tables: dict[str, Table[Any, Any]] = {
            kind.table: Table.holding(records.get(kind.table, ())) for kind in KINDS
        }
        stamp = next(_stamps)
        stamps = {key: stamp for table in tables.values() for key in table.stamp_keys()}
        return cls(tables, stamps, Pocket())

    def __reduce__(self) -> tuple[Any, ...]:
        """A document travels to another process as its records; results stay behind."""
        return Document.holding, (tuple(self.records()),)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Document):
            return NotImplemented
        return all(getattr(self, kind.table) == getattr(other, kind.table) for kind in KINDS)

    __hash__ = None  # type: ignore[assignment]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("A document never changes; commit a change set to have a new one.")

    def table(self, name: str) -> Table[Any, Any]:
        """The table of that name."""
        found: Table[Any, Any] = getattr(self, name)
        return found

    def stamp(self, key: str) -> int:
        """When the project or shared record last changed; 0 where it never was."""
        return self.stamps.get(key, 0)

    def records(self) -> Iterator[Record]:
        """Every record, table by table in the register's order."""
        for kind in KINDS:
            yield from self.table(kind.table)

    def after(self, changes: ChangeSet) -> Document:
        """The document with the change set made; the stamps of all it touches are bumped."""
        by_table: dict[str, list[tuple[str, Record | None, Record | None]]] = {}
        stamps = dict(self.stamps)
        stamp = next(_stamps)
        for change in changes.changes:
            by_table.setdefault(change.table, []).append((change.id, change.before, change.after))
            for record in (change.before, change.after):
                if record is not None:
                    stamps[stamp_key(record)] = stamp
        tables: dict[str, Table[Any, Any]] = {kind.table: self.table(kind.table) for kind in KINDS}
        for name, found in by_table.items():
            tables[name] = tables[name].after(found)
        return Document(tables, stamps, self.pocket)


EMPTY = Document.holding(())
