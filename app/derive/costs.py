"""Work and cost of a plan, task by task and rolled up; minutes and minor units of the project's currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.derive.memo import Reader, remember
from app.derive.plan_rows import PlanRows, rows_of
from app.derive.schedule import schedule_of
from app.domain.document import Document
from app.domain.people import Assignment, Rate, Resource, ResourceType
from app.domain.values import DurationFormat, ProjectId, ResourceId


@dataclass(frozen=True, slots=True)
class Costs:
    """By task in outline order; ``cost`` holds fixed cost, summaries hold all that is inside them.

    Inactive tasks count nowhere but in their own line.
    """

    work: tuple[int, ...]
    actual_work: tuple[int, ...]
    cost: tuple[int, ...]


def costs_of(document: Document | Reader, project: ProjectId) -> Costs:
    """Work and cost of one project."""
    return remember(document, ("costs", project), lambda reader, last: _costs(reader, project))


def _costs(reader: Reader, project: ProjectId) -> Costs:
    rows = rows_of(reader, project)
    size = len(rows.tasks)
    work, actual, cost = [0] * size, [0] * size, [0] * size
    assigned = [False] * size
    rates = _rates(reader, rows)
    starts: Sequence[int] = schedule_of(reader, project).start.tolist() if rates else ()
    for assignment in rows.assignments:
        place = rows.outline.places.get(assignment.task)
        if place is None:
            continue
        resource = None if assignment.resource is None else reader.document.resources.get(assignment.resource)
        if resource is None or resource.type is ResourceType.WORK:
            work[place] += assignment.work
            actual[place] += assignment.actual_work
            assigned[place] = True
        if resource is not None:
            cost[place] += _cost(assignment, resource, rates, starts[place] if rates else 0)
    for place, task in enumerate(rows.tasks):
        cost[place] += task.fixed_cost
        if not assigned[place] and not rows.outline.is_summary(task.id):
            work[place] += task.work or 0
            actual[place] += task.actual_work
    for place in range(size - 1, -1, -1):
        above = rows.outline.parents[place]
        if above >= 0 and rows.tasks[place].active:
            work[above] += work[place]
            actual[above] += actual[place]
            cost[above] += cost[place]
    return Costs(tuple(work), tuple(actual), tuple(cost))


def _rates(reader: Reader, rows: PlanRows) -> Mapping[ResourceId, list[Rate]]:
    wanted = {one.resource for one in rows.assignments if one.resource is not None}
    found: dict[ResourceId, list[Rate]] = {}
    for scope in (None, rows.project.id):
        for rate in reader.document.rates.of(scope).values():
            if rate.resource in wanted:
                found.setdefault(rate.resource, []).append(rate)
    for id in wanted:
        reader.note(id)
    return found


def _cost(
    assignment: Assignment, resource: Resource, rates: Mapping[ResourceId, list[Rate]], start: int
) -> int:
    """What an assignment costs: its own figure where it has one, else work at the rate of its start."""
    if resource.type is ResourceType.COST:
        return assignment.cost or 0
    fitting = [
        rate
        for rate in rates.get(resource.id, ())
        if rate.table == assignment.cost_rate_table
        and (rate.rates_from is None or rate.rates_from <= start)
        and (rate.rates_to is None or start < rate.rates_to)
    ]
    if not fitting:
        return assignment.cost or 0
    rate = fitting[-1]
    if resource.type is ResourceType.MATERIAL:
        return round(rate.standard_rate * assignment.units) + rate.cost_per_use
    regular = assignment.work - assignment.overtime_work
    minutes, overtime = _MINUTES.get(rate.standard_format, 60), _MINUTES.get(rate.overtime_format, 60)
    worked = regular * rate.standard_rate / minutes + assignment.overtime_work * rate.overtime_rate / overtime
    return round(worked) + (rate.cost_per_use if assignment.work else 0)


_MINUTES = {
    DurationFormat.MINUTES: 1,
    DurationFormat.HOURS: 60,
    DurationFormat.DAYS: 480,
    DurationFormat.WEEKS: 2400,
    DurationFormat.MONTHS: 9600,
}
