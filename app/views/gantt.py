"""A plan's chart: one entry of each column for every row that the grid beside it shows."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.derive.memo import Reader, remember
from app.derive.schedule import NO_MOMENT
from app.domain.document import Document
from app.domain.values import ProjectId, TaskId
from app.views.formats import date_text
from app.views.gantt_shapes import (
    NO_LINKS,
    NOWHERE,
    BarKind,
    GanttBars,
    GanttLinks,
    GanttView,
)
from app.views.plan import plan
from app.views.plan_facts import PlanFacts, facts_of
from app.views.plan_filter import is_filtered
from app.views.tables import Ask, Row

Ints = NDArray[np.int64]
S = TypeVar("S", bound=np.generic)

MARGIN = 400 * 1440
"""How long before the plan and after it non-working time is given at least, in minutes."""
STRIDE = 512 * 1440
"""Non-working time is given between multiples of this, so that it stays the same when a plan's end moves."""


def gantt(document: Document, project: ProjectId, ask: Ask, labels: str = "resources") -> GanttView:
    """The chart beside ``plan(document, project, ask)``, row for row.

    ``labels`` says what stands beside the bars: ``none``, ``name``, ``resources`` or ``finish``.

    Raises:
        KeyError: there is no such project.
    """
    if is_filtered(ask):
        return _gantt(Reader(document), project, ask, labels, None)
    place = ("gantt", project, ask, labels)
    return remember(document, place, lambda reader, last: _gantt(reader, project, ask, labels, last))


def _gantt(reader: Reader, project: ProjectId, ask: Ask, labels: str, last: GanttView | None) -> GanttView:
    shown = plan(reader, project, ask)
    rows = shown.rows
    facts = facts_of(reader, project)
    at = _places(facts, rows)
    bars = _bars(facts, rows, at, _labels(facts, labels, ask.locale))
    begin, end = _extent(facts, bars)
    rest_start, rest_finish = _rest(facts, begin, end, last)
    record = facts.project
    return GanttView(
        bars=bars,
        links=_links(facts, at),
        rest_start=rest_start,
        rest_finish=rest_finish,
        plan_start=begin,
        plan_finish=end,
        status_date=record.status_date,
        day_open=record.default_start_time,
        day_close=record.default_finish_time,
        week_start=record.week_start_day,
        empty="" if facts.size else shown.empty,
        project_start=int(facts.result.project_start),
        project_finish=int(facts.result.project_finish),
    )


def _labels(facts: PlanFacts, labels: str, locale: str) -> Sequence[str]:
    """What stands beside the bar of each task, in outline order."""
    if labels == "name":
        return [task.name for task in facts.tasks]
    if labels == "finish":
        return [date_text(moment, locale) if moment != NO_MOMENT else "" for moment in facts.finish]
    return facts.labels if labels == "resources" else [""] * facts.size


def _bars(facts: PlanFacts, rows: Sequence[Row], at: Ints, names: Sequence[str]) -> GanttBars:
    # A plan shown whole takes its keys and names over as they are, so that two charts compare at a glance.
    is_whole = len(at) == facts.size and bool((at == np.arange(len(at))).all())
    here = at >= 0
    result, baseline, decided = facts.result, facts.baseline, facts.rows.decided
    summary = _picked(facts.rows.summary, at)
    active = _picked(decided.active, at) & here
    kind = np.where(_picked(decided.lasting, at), BarKind.TASK, BarKind.MILESTONE)
    kind = np.where(summary, BarKind.SUMMARY, kind)
    percent = np.where(here, _picked(result.percent_complete, at), 0)
    late = _picked(result.late_finish, at)
    no_float = ~active | summary | _picked(decided.finished, at) | (_picked(result.total_slack, at) == 0)
    return GanttBars(
        keys=facts.rows.outline.tasks if is_whole else tuple([row.key for row in rows]),
        kind=np.where(here, kind, BarKind.NOTHING).astype(np.int64),
        start=_moments(result.start, at),
        finish=_moments(result.finish, at),
        percent=percent,
        done_until=_done(facts, at, percent),
        float_until=np.where(no_float | (late == NO_MOMENT), NOWHERE, late),
        deadline=_moments(decided.deadline, at),
        baseline_start=_moments(baseline.start, at),
        baseline_finish=_moments(baseline.finish, at),
        critical=_picked(result.critical, at) & active,
        manual=_picked(decided.manual, at) & here,
        inactive=here & ~active,
        movable=here & ~summary,
        labels=tuple(names) if is_whole else tuple(["" if n < 0 else names[n] for n in at.tolist()]),
        segments=_segments(facts, at),
    )


def _places(facts: PlanFacts, rows: Sequence[Row]) -> Ints:
    """The place of each row's task; -1 for a heading."""
    tasks = facts.rows.outline.tasks
    if len(rows) == len(tasks) and all(map(operator.eq, tasks, [row.key for row in rows])):
        return np.arange(len(tasks))
    places = facts.rows.outline.places
    return np.array([places.get(TaskId(row.key), -1) for row in rows], np.int64)


def _segments(facts: PlanFacts, at: Ints) -> dict[int, tuple[tuple[int, int], ...]]:
    split = {place: cuts for place, cuts in facts.result.segments.items() if len(cuts) > 1}
    if not split:
        return {}
    return {row: split[place] for row, place in enumerate(at.tolist()) if place in split}


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


def _links(facts: PlanFacts, at: Ints) -> GanttLinks:
    """The links whose ends are both among the places shown."""
    ends = facts.link_ends
    if not len(ends.ids):
        return NO_LINKS
    row_of = np.full(facts.size, -1, np.int64)
    shown = at >= 0
    row_of[at[shown]] = np.flatnonzero(shown)
    pred, succ = row_of[ends.predecessors], row_of[ends.successors]
    kept = (pred >= 0) & (succ >= 0)
    if not kept.any():
        return NO_LINKS
    drives, critical = facts.result.link_driving, facts.result.critical
    known = ends.numbers >= 0
    driving = np.zeros(len(ends.ids), np.bool_)
    driving[known] = drives[ends.numbers[known]]
    hot = driving & critical[ends.predecessors] & critical[ends.successors]
    if kept.all():
        return GanttLinks(ends.ids, pred, succ, ends.types, driving, hot)
    ids = tuple([ends.ids[n] for n in np.flatnonzero(kept).tolist()])
    return GanttLinks(ids, pred[kept], succ[kept], ends.types[kept], driving[kept], hot[kept])


def _extent(facts: PlanFacts, bars: GanttBars) -> tuple[int, int]:
    """From the first moment that anything is drawn at to the last."""
    begin, end = facts.result.project_start, facts.result.project_finish
    for column in (bars.start, bars.finish, bars.baseline_start, bars.baseline_finish, bars.deadline):
        said = column[column != NOWHERE]
        if len(said):
            begin, end = min(begin, int(said.min())), max(end, int(said.max()))
    return begin, max(end, begin + 1440)


def _rest(facts: PlanFacts, begin: int, end: int, last: GanttView | None) -> tuple[Ints, Ints]:
    """The non-working stretches of the project's calendar around the plan; the last ones while they hold."""
    worktime = facts.worktime
    first = max(worktime.first, (begin - MARGIN) // STRIDE * STRIDE)
    final = min(worktime.last, -((end + MARGIN) // -STRIDE) * STRIDE)
    low = int(np.searchsorted(worktime.ends, first))
    high = int(np.searchsorted(worktime.starts, final))
    starts = np.concatenate(([first], worktime.ends[low:high]))
    finishes = np.concatenate((worktime.starts[low:high], [final]))
    kept = finishes > starts
    found = starts[kept], finishes[kept]
    before = found if last is None else (last.rest_start, last.rest_finish)
    return before if all(map(np.array_equal, before, found)) else found
