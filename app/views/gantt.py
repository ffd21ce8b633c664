"""A plan's chart: one entry of each column for every row that the grid beside it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.derive.schedule import NO_MOMENT
from app.domain.document import Document
from app.domain.values import ProjectId, TaskId
from app.views.gantt_shapes import (
    NO_LINKS,
    NOWHERE,
    BarKind,
    GanttBars,
    GanttLinks,
    GanttView,
    LinkKind,
)
from app.views.plan import plan
from app.views.plan_cells import resources_text
from app.views.plan_facts import PlanFacts, facts_of
from app.views.tables import Ask, Row

Ints = NDArray[np.int64]
S = TypeVar("S", bound=np.generic)

MARGIN = 400 * 1440
"""How long before the plan and after it non-working time is given, in minutes."""


def gantt(document: Document, project: ProjectId, ask: Ask) -> GanttView:
    """The chart beside ``plan(document, project, ask)``, row for row.

    Raises:
        KeyError: there is no such project.
    """
    rows = plan(document, project, ask).rows
    facts = facts_of(document, project)
    bars = _bars(facts, rows, ask.locale)
    begin, end = _extent(facts, bars)
    rest_start, rest_finish = _rest(facts, begin, end)
    record = facts.project
    return GanttView(
        bars=bars,
        links=_links(facts, rows),
        rest_start=rest_start,
        rest_finish=rest_finish,
        plan_start=begin,
        plan_finish=end,
        status_date=record.status_date,
        day_open=record.default_start_time,
        day_close=record.default_finish_time,
        week_start=record.week_start_day,
        empty="" if facts.size else plan(document, project, ask).empty,
    )


def _bars(facts: PlanFacts, rows: Sequence[Row], locale: str) -> GanttBars:
    places = facts.rows.outline.places
    at = np.array([places.get(TaskId(row.key), -1) for row in rows], np.int64)
    here = at >= 0
    result, baseline = facts.result, facts.baseline
    tasks = [facts.tasks[n] if n >= 0 else None for n in at.tolist()]
    summary = _picked(result.summary, at)
    lasting = np.array(
        [task is not None and task.duration > 0 and not task.milestone for task in tasks], np.bool_
    )
    kind = np.where(summary, BarKind.SUMMARY, np.where(lasting, BarKind.TASK, BarKind.MILESTONE))
    percent = _picked(result.percent_complete, at)
    late = _picked(result.late_finish, at)
    started = np.array([task is not None and task.actual_finish is None for task in tasks], np.bool_)
    active = np.array([task is not None and task.active for task in tasks], np.bool_)
    no_float = ~here | summary | ~started | ~active | (_picked(result.total_slack, at) == 0)
    deadline = [NOWHERE if task is None or task.deadline is None else task.deadline for task in tasks]
    place_of_row = {place: row for row, place in enumerate(at.tolist()) if place >= 0}
    return GanttBars(
        keys=tuple(row.key for row in rows),
        kind=np.where(here, kind, BarKind.NOTHING).astype(np.int64),
        start=_moments(result.start, at),
        finish=_moments(result.finish, at),
        percent=np.where(here, percent, 0),
        done_until=_done(facts, at, percent),
        float_until=np.where(no_float | (late == NO_MOMENT), NOWHERE, late),
        deadline=np.array(deadline, np.int64),
        baseline_start=_moments(baseline.start, at),
        baseline_finish=_moments(baseline.finish, at),
        critical=_picked(result.critical, at) & here & active,
        manual=np.array([task is not None and task.manual for task in tasks], np.bool_),
        inactive=np.array([task is not None and not task.active for task in tasks], np.bool_),
        movable=here & ~summary,
        labels=tuple("" if n < 0 else resources_text(facts, n, locale) for n in at.tolist()),
        segments={
            place_of_row[place]: cuts
            for place, cuts in result.segments.items()
            if place in place_of_row and len(cuts) > 1
        },
    )


def _picked(column: NDArray[S], at: Ints) -> NDArray[S]:
    """The values at those places; where there is no place, whatever stands last."""
    return column[at] if len(column) else np.zeros(len(at), column.dtype)


def _moments(column: Ints, at: Ints) -> Ints:
    picked = _picked(column, at)
    return np.asarray(np.where((at < 0) | (picked == NO_MOMENT), NOWHERE, picked), np.int64)


def _done(facts: PlanFacts, at: Ints, percent: Ints) -> Ints:
    """Until when each bar is done: its share of the working time between start and finish."""
    start, finish = _picked(facts.result.start, at), _picked(facts.result.finish, at)
    begun = (at >= 0) & (percent > 0)
    found = np.full(len(at), NOWHERE, np.int64)
    whole = begun & (percent >= 100)
    found[whole] = finish[whole]
    partly = np.flatnonzero(begun & ~whole)
    if len(partly):
        worktime = facts.worktime
        before = worktime.works_before(start[partly])
        minutes = (worktime.works_before(finish[partly]) - before) * percent[partly] // 100
        some = minutes > 0
        found[partly[some]] = worktime.finishes_at(before[some] + minutes[some])
        found[partly[~some]] = start[partly[~some]]
    return found


def _links(facts: PlanFacts, rows: Sequence[Row]) -> GanttLinks:
    row_of = {row.key: number for number, row in enumerate(rows)}
    place = {id: n for n, id in enumerate(facts.result.links)}
    drives, critical = facts.result.link_driving, facts.result.critical
    ids, pred, succ, kind, driving, hot = [], [], [], [], [], []
    places = facts.rows.outline.places
    for link in facts.rows.links:
        one, other = row_of.get(link.predecessor), row_of.get(link.successor)
        if one is None or other is None:
            continue
        number = place.get(link.id, -1)
        is_driving = number >= 0 and bool(drives[number])
        ids.append(link.id)
        pred.append(one)
        succ.append(other)
        kind.append(LinkKind[link.type.value])
        driving.append(is_driving)
        ends = (places[link.predecessor], places[link.successor])
        hot.append(is_driving and bool(critical[ends[0]]) and bool(critical[ends[1]]))
    if not ids:
        return NO_LINKS
    return GanttLinks(
        tuple(ids),
        np.array(pred, np.int64),
        np.array(succ, np.int64),
        np.array(kind, np.int64),
        np.array(driving, np.bool_),
        np.array(hot, np.bool_),
    )


def _extent(facts: PlanFacts, bars: GanttBars) -> tuple[int, int]:
    """From the first moment that anything is drawn at to the last."""
    begin, end = facts.result.project_start, facts.result.project_finish
    for column in (bars.start, bars.finish, bars.baseline_start, bars.baseline_finish, bars.deadline):
        said = column[column != NOWHERE]
        if len(said):
            begin, end = min(begin, int(said.min())), max(end, int(said.max()))
    return begin, max(end, begin + 1440)


def _rest(facts: PlanFacts, begin: int, end: int) -> tuple[Ints, Ints]:
    """The non-working stretches of the project's calendar around the plan."""
    worktime = facts.worktime
    first, last = max(worktime.first, begin - MARGIN), min(worktime.last, end + MARGIN)
    low = int(np.searchsorted(worktime.ends, first))
    high = int(np.searchsorted(worktime.starts, last))
    starts = np.concatenate(([first], worktime.ends[low:high]))
    finishes = np.concatenate((worktime.starts[low:high], [last]))
    kept = finishes > starts
    return starts[kept], finishes[kept]
