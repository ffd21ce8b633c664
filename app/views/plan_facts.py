"""Everything the lines of a plan speak of, in outline order, and which lines differ from an earlier time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import is_, is_not
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.derive.baselines import BaselineResult, baseline_of, project_worktime
from app.derive.costs import Costs, costs_of
from app.derive.memo import Reader, remember
from app.derive.network_rows import LINK_TYPES
from app.derive.plan_rows import PlanRows, rows_of
from app.derive.schedule import ScheduleResult, schedule_of
from app.domain.calendars import Calendar
from app.domain.document import Document
from app.domain.durations import Measure, measure_of
from app.domain.people import Assignment, Resource
from app.domain.portfolio import CustomField, OwnerKind, Project
from app.domain.values import CalendarId, CustomFieldId, LinkId, ProjectId, ResourceId, TaskId
from app.domain.work import Link, Task
from app.engine.worktime import Worktime

Ints = NDArray[np.int64]
S = TypeVar("S")

_DATES = (
    "start finish early_start early_finish late_start late_finish auto_start duration percent_complete "
    "total_slack free_slack start_slack finish_slack critical start_driver start_driver_index"
).split()


@dataclass(frozen=True, eq=False)
class PlanFacts:
    """One project's plan as the columns read it; every list is in outline order.

    ``fields`` are the custom columns a task may have, ``values`` their texts by field and owner; ``codes`` is
    how tasks of other projects are written; ``worktime`` is that of the project's calendar.
    """

    project: Project
    rows: PlanRows
    result: ScheduleResult
    baseline: BaselineResult
    costs: Costs
    measure: Measure
    resources: Mapping[ResourceId, Resource]
    calendars: Mapping[CalendarId, Calendar]
    fields: tuple[CustomField, ...]
    values: Mapping[CustomFieldId, Mapping[str, str]]
    codes: Mapping[TaskId, str]
    worktime: Worktime

    @property
    def tasks(self) -> list[Task]:
        return self.rows.tasks

    @property
    def size(self) -> int:
        return len(self.rows.tasks)

    @cached_property
    def start(self) -> list[int]:
        found: list[int] = self.result.start.tolist()
        return found

    @cached_property
    def finish(self) -> list[int]:
        found: list[int] = self.result.finish.tolist()
        return found

    @cached_property
    def summary(self) -> list[bool]:
        found: list[bool] = self.rows.summary.tolist()
        return found

    @cached_property
    def labels(self) -> list[str]:
        """The names of those who work on each task, for the bars' labels."""
        names = [""] * self.size
        for task, found in self.assigned.items():
            place = self.rows.outline.places.get(task)
            if place is not None:
                names[place] = resources_text(found, self.resources)
        return names

    @cached_property
    def link_ends(self) -> LinkEnds:
        """The links inside the project by the places of their ends."""
        return _link_ends(self.rows, self.result)

    @cached_property
    def critical(self) -> list[bool]:
        found: list[bool] = self.result.critical.tolist()
        return found

    @cached_property
    def percent(self) -> list[int]:
        found: list[int] = self.result.percent_complete.tolist()
        return found

    def numbers(self, name: str) -> list[int]:
        """A column of the schedule, or of another fact as ``baseline:start`` or ``costs:work``, as a list."""
        if name not in self._lists:
            where, _, column = name.rpartition(":")
            source = getattr(self, where or "result")
            self._lists[name] = getattr(source, column).tolist()
        return self._lists[name]

    @cached_property
    def _lists(self) -> dict[str, list[int]]:
        return {}

    @cached_property
    def links_in(self) -> dict[TaskId, list[Link]]:
        """The links into each task."""
        found: dict[TaskId, list[Link]] = {}
        for link in self.rows.links:
            found.setdefault(link.successor, []).append(link)
        return found

    @cached_property
    def links_out(self) -> dict[TaskId, list[Link]]:
        """The links from each task to others of its project."""
        found: dict[TaskId, list[Link]] = {}
        for link in self.rows.links:
            found.setdefault(link.predecessor, []).append(link)
        return found

    @cached_property
    def assigned(self) -> dict[TaskId, list[Assignment]]:
        """The assignments of each task."""
        found: dict[TaskId, list[Assignment]] = {}
        for assignment in self.rows.assignments:
            found.setdefault(assignment.task, []).append(assignment)
        return found

    def number_of(self, task: TaskId) -> str:
        """How a link's other end is written: its row number, in another project ``CODE/row``."""
        place = self.rows.outline.places.get(task)
        return str(place + 1) if place is not None else self.codes.get(task, "?")


@dataclass(frozen=True, slots=True)
class LinkEnds:
    """The links of which both ends lie in the project: places, MSPDI type numbers, and places in the result.

    ``numbers`` is -1 for a link that the schedule left out.
    """

    ids: tuple[LinkId, ...]
    predecessors: Ints
    successors: Ints
    types: Ints
    numbers: Ints


def _link_ends(rows: PlanRows, result: ScheduleResult) -> LinkEnds:
    places = rows.outline.places
    number = {id: n for n, id in enumerate(result.links)}
    kept = [link for link in rows.links if link.predecessor in places and link.successor in places]
    return LinkEnds(
        tuple(link.id for link in kept),
        np.array([places[link.predecessor] for link in kept], np.int64),
        np.array([places[link.successor] for link in kept], np.int64),
        np.array([LINK_TYPES[link.type] for link in kept], np.int64),
        np.array([number.get(link.id, -1) for link in kept], np.int64),
    )


def resources_text(assignments: Sequence[Assignment], resources: Mapping[ResourceId, Resource]) -> str:
    """``Ann; Bob[50%]``, as it is typed."""
    found = []
    for assignment in assignments:
        resource = None if assignment.resource is None else resources.get(assignment.resource)
        if resource is not None:
            share = round(assignment.units * 100)
            found.append(resource.name if share == 100 else f"{resource.name}[{share}%]")
    return "; ".join(found)


def facts_of(document: Document | Reader, project: ProjectId) -> PlanFacts:
    """The facts of one project's plan.

    Raises:
        KeyError: there is no such project.
    """
    return remember(document, ("facts", project), lambda reader, last: _facts(reader, project, last))


def _facts(reader: Reader, project: ProjectId, last: PlanFacts | None) -> PlanFacts:
    document = reader.document
    rows = rows_of(reader, project)
    fields = tuple(
        sorted(
            (
                field
                for scope in (None, project)
                for field in document.custom_fields.of(scope).values()
                if field.owner_kind is OwnerKind.TASK
            ),
            key=lambda field: (field.rank, field.alias),
        )
    )
    result = schedule_of(reader, project)
    baseline = baseline_of(reader, project)
    facts = PlanFacts(
        project=rows.project,
        rows=rows,
        result=result,
        baseline=baseline,
        costs=costs_of(reader, project),
        measure=measure_of(rows.project),
        resources=_resources(reader, rows),
        calendars=_calendars(reader, rows),
        fields=fields,
        values=_values(reader, project, fields),
        codes=_codes(reader, rows),
        worktime=project_worktime(reader, project, baseline),
    )
    if last is not None and last.rows.links is rows.links:
        for name in ("links_in", "links_out"):
            if name in last.__dict__:
                facts.__dict__[name] = last.__dict__[name]
    if last is not None and last.rows.assignments is rows.assignments:
        if "assigned" in last.__dict__:
            facts.__dict__["assigned"] = last.__dict__["assigned"]
        same = last.rows.outline is rows.outline and last.resources == facts.resources
        if same and "labels" in last.__dict__:
            facts.__dict__["labels"] = last.__dict__["labels"]
    if last is not None and last.result.links is result.links and last.rows.outline is rows.outline:
        same_links = last.rows.links is rows.links
        if same_links and "link_ends" in last.__dict__:
            facts.__dict__["link_ends"] = last.__dict__["link_ends"]
    return facts


def _resources(reader: Reader, rows: PlanRows) -> dict[ResourceId, Resource]:
    found: dict[ResourceId, Resource] = {}
    for id in {one.resource for one in rows.assignments}:
        record = reader.document.resources.get(id)
        if record is not None:
            found[record.id] = record
            if record.project is None:
                reader.note(record.id)
    return found


def _calendars(reader: Reader, rows: PlanRows) -> dict[CalendarId, Calendar]:
    found: dict[CalendarId, Calendar] = {}
    for id in {task.calendar for task in rows.tasks if task.calendar is not None}:
        reader.note(id)
        record = reader.document.calendars.get(id)
        if record is not None:
            found[id] = record
    return found


def _values(
    reader: Reader, project: ProjectId, fields: tuple[CustomField, ...]
) -> dict[CustomFieldId, dict[str, str]]:
    found: dict[CustomFieldId, dict[str, str]] = {field.id: {} for field in fields}
    for field in fields:
        reader.note(field.id)
    for scope in (None, project):
        for value in reader.document.custom_values.of(scope).values():
            if value.field in found:
                found[value.field][value.owner] = value.value
    return found


def _codes(reader: Reader, rows: PlanRows) -> dict[TaskId, str]:
    """How tasks of other projects are written here: ``CODE/row``."""
    document = reader.document
    ends = set(rows.foreign)
    found: dict[TaskId, str] = {}
    for id in ends:
        task = document.tasks.get(id)
        if task is not None:
            other = rows_of(reader, task.project)
            found[id] = f"{other.project.code}/{other.outline.places[id] + 1}"
    return found


def differing(old: PlanFacts, new: PlanFacts) -> list[int] | None:
    """The lines that read otherwise than before; ``None`` when the plan changed shape and all may."""
    if old.rows.outline is not new.rows.outline or not _is_same_frame(old, new):
        return None
    touched = np.fromiter(map(is_not, old.tasks, new.tasks), np.bool_, new.size)
    for name in _DATES:
        before, after = getattr(old.result, name), getattr(new.result, name)
        if before is not after:
            touched |= before != after
    if old.baseline is not new.baseline:
        for name in ("start", "finish", "duration", "work", "cost"):
            touched |= getattr(old.baseline, name) != getattr(new.baseline, name)
            touched |= getattr(old.baseline, f"{name}_variance") != getattr(new.baseline, f"{name}_variance")
    for name in ("work", "actual_work", "cost"):
        before, after = getattr(old.costs, name), getattr(new.costs, name)
        if before is not after:
            touched |= before != after
    places = new.rows.outline.places
    for id in _owners(old, new):
        if id in places:
            touched[places[TaskId(id)]] = True
    return np.flatnonzero(touched).tolist()


def carried(old: PlanFacts, new: PlanFacts) -> Ints | None:
    """For each line where it stood when all it says but its place was the same, else -1.

    ``None`` where every line may read otherwise.
    """
    if not old.size or not _is_same_frame(old, new):
        return None
    before = old.rows.outline.places
    came = np.array([before.get(id, -1) for id in new.rows.outline.tasks], np.int64)
    tasks, levels = old.tasks, np.array(old.rows.outline.levels)
    same = np.fromiter(map(is_, new.tasks, [tasks[place] for place in came.tolist()]), np.bool_, new.size)
    same &= levels[came] == np.array(new.rows.outline.levels)
    same &= old.rows.summary[came] == new.rows.summary
    for name in _DATES[:-1]:
        same &= getattr(old.result, name)[came] == getattr(new.result, name)
    for name in ("start", "finish", "duration", "work", "cost"):
        for column in (name, f"{name}_variance"):
            same &= getattr(old.baseline, column)[came] == getattr(new.baseline, column)
    for name in ("work", "actual_work", "cost"):
        same &= getattr(old.costs, name)[came] == getattr(new.costs, name)
    places = new.rows.outline.places
    for owner in _owners(old, new):
        if owner in places:
            same[places[TaskId(owner)]] = False
    return np.where(same & (came >= 0), came, -1)


def _is_same_frame(old: PlanFacts, new: PlanFacts) -> bool:
    return (
        old.project == new.project
        and old.resources == new.resources
        and old.calendars == new.calendars
        and old.fields == new.fields
        and old.codes == new.codes
    )


def _others(old: Sequence[S], new: Sequence[S]) -> list[S]:
    """The objects that are in one list only."""
    one, other = set(map(id, old)), set(map(id, new))
    return [*(x for x in old if id(x) not in other), *(x for x in new if id(x) not in one)]


def _owners(old: PlanFacts, new: PlanFacts) -> set[str]:
    """The tasks whose links, assignments or custom values changed."""
    found: set[str] = set()
    if old.rows.links is not new.rows.links:
        for link in _others(old.rows.links, new.rows.links):
            found.update((link.predecessor, link.successor))
    if old.rows.assignments is not new.rows.assignments:
        found.update(one.task for one in _others(old.rows.assignments, new.rows.assignments))
    if old.values != new.values:
        for id, values in new.values.items():
            before = old.values.get(id, {})
            if before != values:
                found.update(owner for owner, _ in set(before.items()) ^ set(values.items()))
    return found
