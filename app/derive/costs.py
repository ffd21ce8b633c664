"""Work and cost of a plan, task by task and rolled up; minutes and minor units of the project's currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.derive.memo import Reader, remember
from app.derive.plan_rows import PlanRows, rows_of
from app.derive.schedule import schedule_of
from app.domain.document import Document
from app.domain.durations import Measure, measure_of
from app.domain.people import Assignment, Rate, Resource, ResourceType
from app.domain.values import ProjectId, ResourceId

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Costs:
    """By task in outline order; ``cost`` holds fixed cost, summaries hold all that is inside them.

    Inactive tasks count nowhere but in their own line. ``measure`` says how much time a daily or weekly rate
    pays for. ``made_from`` is what the figures were read from.
    """

    work: Ints
    actual_work: Ints
    cost: Ints
    measure: Measure
    made_from: tuple[object, ...]


def costs_of(document: Document | Reader, project: ProjectId) -> Costs:
    """Work and cost of one project."""
    return remember(document, ("costs", project), lambda reader, last: _costs(reader, project, last))


def _costs(reader: Reader, project: ProjectId, last: Costs | None) -> Costs:
    rows = rows_of(reader, project)
    rates = _rates(reader, rows)
    starts: Ints | None = schedule_of(reader, project).start if _is_dated(rates) else None
    resources = tuple(reader.document.resources.get(id) for id in {one.resource for one in rows.assignments})
    decided = rows.decided
    measure = measure_of(rows.project)
    made_from: tuple[object, ...] = (
        rows.outline,
        rows.assignments,
        decided.work,
        decided.actual_work,
        decided.fixed_cost,
        decided.active,
        starts,
        measure if last is None or measure != last.measure else last.measure,
        *(rate for found in rates.values() for rate in found),
        *resources,
    )
    if last is not None and _same(last.made_from, made_from):
        return last
    size = len(rows.tasks)
    work, actual, cost = np.zeros(size, np.int64), np.zeros(size, np.int64), decided.fixed_cost.copy()
    assigned = rows.summary.copy()
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
            begin = 0 if starts is None else int(starts[place])
            cost[place] += _cost(assignment, resource, rates.get(resource.id, ()), measure, begin)
    work[~assigned] += decided.work[~assigned]
    actual[~assigned] += decided.actual_work[~assigned]
    columns = [column.tolist() for column in (work, actual, cost)]
    active = decided.active.tolist()
    for place in range(size - 1, -1, -1):
        above = rows.outline.parents[place]
        if above >= 0 and active[place]:
            for column in columns:
                column[above] += column[place]
    found = [np.array(column, np.int64) for column in columns]
    return Costs(found[0], found[1], found[2], measure, made_from)


def _same(old: tuple[object, ...], new: tuple[object, ...]) -> bool:
    return len(old) == len(new) and all(one is other for one, other in zip(old, new, strict=True))


def _is_dated(rates: Mapping[ResourceId, list[Rate]]) -> bool:
    """Whether any rate holds for a time only, so that costs depend on dates."""
    return any(
        rate.rates_from is not None or rate.rates_to is not None for found in rates.values() for rate in found
    )


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
    assignment: Assignment, resource: Resource, rates: Sequence[Rate], measure: Measure, start: int
) -> int:
    """What an assignment costs: its own figure where it has one, else work at the rate of its start."""
    if resource.type is ResourceType.COST:
        return assignment.cost or 0
    fitting = [
        rate
        for rate in rates
        if rate.table == assignment.cost_rate_table
        and (rate.rates_from is None or rate.rates_from <= start)
        and (rate.rates_to is None or start < rate.rates_to)
    ]
    if not fitting:
        return assignment.cost or 0
    rate = max(fitting, key=lambda each: -1 if each.rates_from is None else each.rates_from)
    if resource.type is ResourceType.MATERIAL:
        return round(rate.standard_rate * assignment.units) + rate.cost_per_use
    regular = assignment.work - assignment.overtime_work
    minutes, overtime = measure.minutes(rate.standard_format), measure.minutes(rate.overtime_format)
    worked = regular * rate.standard_rate / minutes + assignment.overtime_work * rate.overtime_rate / overtime
    return round(worked) + (rate.cost_per_use if assignment.work else 0)
