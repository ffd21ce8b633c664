"""What a project takes with it when it leaves: its own records and the shared ones it leans on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from app.domain.calendars import Calendar
from app.domain.document import Document
from app.domain.outline import Outline, outline_of
from app.domain.people import Assignment, Resource
from app.domain.portfolio import (
    Baseline,
    BaselineValue,
    CustomField,
    CustomValue,
    FieldKind,
    OwnerKind,
    Project,
)
from app.domain.values import (
    BaselineId,
    CustomFieldId,
    ProjectId,
)
from app.domain.work import Task, TimephasedRow
from app.exchange.mspdi.field_names import CODES, name_of_code
from app.exchange.mspdi.units import currency_digits


class Numbered(Protocol):
    """A record with a number of its own."""

    @property
    def id(self) -> str: ...
    @property
    def uid(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Outgo:
    """A project ready to be written: records in order, with the numbers the file gives them."""

    project: Project
    digits: int
    outline: Outline
    tasks: tuple[Task, ...]
    calendars: tuple[Calendar, ...]
    calendar_uids: Mapping[str, int]
    resources: tuple[Resource, ...]
    resource_uids: Mapping[str, int]
    assignments: tuple[Assignment, ...]
    assignment_uids: Mapping[str, int]
    fields: tuple[CustomField, ...]
    codes: dict[CustomFieldId, str]
    values: dict[str, list[CustomValue]]
    baselines: dict[str, list[tuple[int, BaselineValue]]]
    timephased: dict[str, tuple[TimephasedRow, ...]]


def outgo_of(document: Document, project: ProjectId) -> Outgo:
    """Gather and number what belongs to a project."""
    own = document.projects[project]
    tasks = document.tasks.of(project)
    outline = outline_of(tasks)
    rows = tuple(tasks[id] for id in outline.tasks)
    places = outline.places
    assignments = sorted(
        (one for one in document.assignments.of(project).values() if one.task in places),
        key=lambda one: (one.uid or 1_000_000_000, places[one.task], one.id),
    )
    resources = _resources(document, project, assignments)
    calendars = _calendars(document, own, rows, resources)
    fields = _fields(document, project)
    numbers = {baseline.id: baseline for baseline in document.baselines.of(project).values()}
    return Outgo(
        project=own,
        digits=currency_digits(own.currency),
        outline=outline,
        tasks=rows,
        calendars=tuple(calendars),
        calendar_uids=_numbered(calendars),
        resources=tuple(resources),
        resource_uids=_numbered(resources, 1),
        assignments=tuple(assignments),
        assignment_uids=_numbered(assignments),
        fields=tuple(fields),
        codes=_codes(fields),
        values=_values(document, project),
        baselines=_baselines(document, project, numbers),
        timephased={one.owner: one.rows for one in document.timephased.of(project).values()},
    )


def _numbered(records: Sequence[Numbered], lowest: int = 0) -> dict[str, int]:
    """Each record's own number, or the next free one where it has none or another has it already."""
    taken: set[int] = set()
    numbers: dict[str, int] = {}
    waiting: list[str] = []
    for record in records:
        if record.uid >= lowest and record.uid not in taken:
            taken.add(record.uid)
            numbers[record.id] = record.uid
        else:
            waiting.append(record.id)
    following = max(taken, default=0)
    for id in waiting:
        following += 1
        numbers[id] = following
    return numbers


def _resources(document: Document, project: ProjectId, assignments: Iterable[Assignment]) -> list[Resource]:
    found = dict(document.resources.of(project))
    for assignment in assignments:
        shared = document.resources.get(assignment.resource)
        if shared is not None:
            found.setdefault(shared.id, shared)
    return sorted(found.values(), key=lambda one: (one.project is None, one.uid, one.id))


def _calendars(
    document: Document, project: Project, tasks: Iterable[Task], resources: Iterable[Resource]
) -> list[Calendar]:
    found = dict(document.calendars.of(project.id))
    wanted = [project.calendar, *(task.calendar for task in tasks), *(one.calendar for one in resources)]
    if project.calendar is None:
        wanted += [portfolio.calendar for portfolio in document.portfolio]
    while wanted:
        calendar = document.calendars.get(wanted.pop())
        if calendar is not None:
            if calendar.id not in found:
                wanted.append(calendar.base)
            found.setdefault(calendar.id, calendar)
    for own in list(found.values()):
        base = document.calendars.get(own.base)
        while base is not None and base.id not in found:
            found[base.id] = base
            base = document.calendars.get(base.base)
    return sorted(found.values(), key=lambda one: (one.project is None, one.uid, one.id))


def _fields(document: Document, project: ProjectId) -> list[CustomField]:
    own = list(document.custom_fields.of(project).values())
    used = {value.field for value in document.custom_values.of(project).values()}
    own += [field for field in document.custom_fields.of(None).values() if field.id in used]
    return sorted(own, key=lambda field: (field.rank, field.id))


_WORDS: dict[FieldKind, tuple[str, int]] = {
    FieldKind.TEXT: ("Text", 30),
    FieldKind.CHOICE: ("Text", 30),
    FieldKind.NUMBER: ("Number", 20),
    FieldKind.DATE: ("Date", 10),
    FieldKind.DURATION: ("Duration", 10),
    FieldKind.FLAG: ("Flag", 20),
    FieldKind.COST: ("Cost", 10),
}


def _codes(fields: Iterable[CustomField]) -> dict[CustomFieldId, str]:
    """The FieldID of each column; one made here takes the first free field of Project's of its kind."""
    codes: dict[CustomFieldId, str] = {}
    taken: set[str] = set()
    waiting: list[CustomField] = []
    for field in fields:
        if field.code.isdigit() and field.code not in taken:
            taken.add(field.code)
            codes[field.id] = field.code
        else:
            waiting.append(field)
    for field in waiting:
        word, count = _WORDS[field.kind]
        owner = OwnerKind.TASK if field.owner_kind is OwnerKind.PROJECT else field.owner_kind
        for number in range(1, count + 1):
            code = CODES.get((owner, f"{word}{number}"), "")
            if code and code not in taken:
                taken.add(code)
                codes[field.id] = code
                break
    return codes


def field_name(field: CustomField, code: str) -> str:
    """Project's own name of the column."""
    return field.field_name or name_of_code(code)


def _values(document: Document, project: ProjectId) -> dict[str, list[CustomValue]]:
    found: dict[str, list[CustomValue]] = {}
    for value in document.custom_values.of(project).values():
        found.setdefault(value.owner, []).append(value)
    return found


def _baselines(
    document: Document, project: ProjectId, numbers: Mapping[BaselineId, Baseline]
) -> dict[str, list[tuple[int, BaselineValue]]]:
    found: dict[str, list[tuple[int, BaselineValue]]] = {}
    for value in document.baseline_values.of(project).values():
        baseline = numbers.get(value.baseline)
        if baseline is not None:
            found.setdefault(value.owner, []).append((baseline.number, value))
    for rows in found.values():
        rows.sort(key=lambda row: row[0])
    return found
