"""A baseline beside the plan of now: its dates and how far the plan has moved from them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.derive.costs import costs_of
from app.derive.memo import Reader, remember
from app.derive.plan_rows import rows_of
from app.derive.schedule import NO_MOMENT, schedule_of
from app.derive.worktimes import HORIZONS, horizon_around, worktime_of
from app.domain.document import Document
from app.domain.portfolio import BaselineValue, OwnerKind
from app.domain.values import ProjectId, TaskId
from app.engine.worktime import HorizonExceeded, Worktime

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class BaselineResult:
    """One baseline by task in outline order; ``NO_MOMENT`` stands where it says nothing.

    Variances are now minus baseline: of dates in working minutes of the project's calendar, of duration and
    work in minutes, of cost in minor units. ``finish`` of the whole baseline is ``project_finish``.
    """

    number: int
    has_values: bool
    start: Ints
    finish: Ints
    duration: Ints
    work: Ints
    cost: Ints
    start_variance: Ints
    finish_variance: Ints
    duration_variance: Ints
    work_variance: Ints
    cost_variance: Ints
    project_start: int
    project_finish: int
    project_finish_variance: int
    made_from: tuple[object, ...]


def baseline_of(document: Document | Reader, project: ProjectId, number: int | None = None) -> BaselineResult:
    """The baseline of that number, without one that which the project shows."""
    source = document.document if isinstance(document, Reader) else document
    wanted = source.projects[project].baseline_shown if number is None else number
    return remember(
        document, ("baseline", project, wanted), lambda reader, last: _baseline(reader, project, wanted, last)
    )


def project_worktime(
    source: Document | Reader, project: ProjectId, baseline: BaselineResult | None = None
) -> Worktime:
    """The working time of the project's calendar, over a stretch that holds its schedule and the baseline."""
    result = schedule_of(source, project)
    said = [result.project_start, result.project_finish]
    if len(result.outline.tasks):
        said += [int(result.start.min()), int(result.finish.max())]
    if baseline is not None and baseline.project_finish != NO_MOMENT:
        said.append(baseline.project_finish)
    return _worktime(source if isinstance(source, Reader) else Reader(source), project, said)


def _baseline(reader: Reader, project: ProjectId, number: int, last: BaselineResult | None) -> BaselineResult:
    rows = rows_of(reader, project)
    document = reader.document
    made_from = (rows.outline, document.baselines.of(project), document.baseline_values.of(project))
    if last is not None and all(one is other for one, other in zip(last.made_from, made_from, strict=True)):
        columns = {name: getattr(last, name) for name in _FIELDS}
        kept = last.has_values
    else:
        columns, kept = _columns(reader, project, number)
    if not kept:
        if last is not None and last.start is columns["start"]:
            return last
        return _nothing(number, columns["start"], made_from)
    now = schedule_of(reader, project)
    costs = costs_of(reader, project)
    starts, finishes = columns["start"], columns["finish"]
    moments = [now.project_start, now.project_finish, int(now.start.min()), int(now.finish.max())]
    for column in (starts[starts != NO_MOMENT], finishes[finishes != NO_MOMENT]):
        moments += [int(column.min()), int(column.max())] if len(column) else []
    worktime = _worktime(reader, project, moments)
    said = finishes[finishes != NO_MOMENT]
    begun = starts[starts != NO_MOMENT]
    finish = int(said.max()) if len(said) else NO_MOMENT
    return BaselineResult(
        number=number,
        has_values=True,
        **columns,
        start_variance=_moved(worktime, starts, now.start),
        finish_variance=_moved(worktime, finishes, now.finish),
        duration_variance=_differ(columns["duration"], now.duration),
        work_variance=_differ(columns["work"], costs.work),
        cost_variance=_differ(columns["cost"], costs.cost),
        project_start=int(begun.min()) if len(begun) else NO_MOMENT,
        project_finish=finish,
        project_finish_variance=(
            worktime.between(finish, now.project_finish) if finish != NO_MOMENT else NO_MOMENT
        ),
        made_from=made_from,
    )


def _columns(reader: Reader, project: ProjectId, number: int) -> tuple[dict[str, Ints], bool]:
    """What the baseline says, by field, and whether it says anything."""
    rows = rows_of(reader, project)
    kept = _values(reader, project, number)
    columns = {name: np.full(len(rows.tasks), NO_MOMENT, np.int64) for name in _FIELDS}
    for place, task in enumerate(rows.tasks) if kept else ():
        value = kept.get(task.id)
        if value is not None:
            for name in _FIELDS:
                said = getattr(value, name)
                if said is not None:
                    columns[name][place] = said
    return columns, bool(kept) and bool(len(rows.tasks))


def _nothing(number: int, nowhere: Ints, made_from: tuple[object, ...]) -> BaselineResult:
    """A baseline that was never taken."""
    fields = (*_FIELDS, *(f"{name}_variance" for name in _FIELDS))
    columns = dict.fromkeys(fields, nowhere)
    return BaselineResult(
        number=number,
        has_values=False,
        project_start=NO_MOMENT,
        project_finish=NO_MOMENT,
        project_finish_variance=NO_MOMENT,
        made_from=made_from,
        **columns,
    )


_FIELDS = ("start", "finish", "duration", "work", "cost")


def _values(reader: Reader, project: ProjectId, number: int) -> dict[TaskId, BaselineValue]:
    reader.note(project)
    document = reader.document
    numbered = {row.id for row in document.baselines.of(project).values() if row.number == number}
    return {
        TaskId(row.owner): row
        for row in (document.baseline_values.of(project).values() if numbered else ())
        if row.baseline in numbered and row.owner_kind is OwnerKind.TASK
    }


def _worktime(reader: Reader, project: ProjectId, moments: list[int]) -> Worktime:
    """The project's working time, over a stretch that holds all these moments."""
    record = reader.document.projects[project]
    said = [moment for moment in moments if moment != NO_MOMENT]
    for width in range(len(HORIZONS)):
        worktime = worktime_of(reader, record.calendar, horizon_around(record.start, width))
        if not said or (worktime.first <= min(said) and max(said) <= worktime.last):
            return worktime
    raise HorizonExceeded("the baseline's dates lie centuries from the project")


def _moved(worktime: Worktime, before: Ints, now: Ints) -> Ints:
    found = np.full(len(before), NO_MOMENT, np.int64)
    known = before != NO_MOMENT
    found[known] = worktime.works_before(now[known]) - worktime.works_before(before[known])
    return found


def _differ(before: Ints, now: Ints) -> Ints:
    return np.where(before == NO_MOMENT, NO_MOMENT, now - before)
