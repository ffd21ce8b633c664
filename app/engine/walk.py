"""The short cut through the rules for ordinary activities, in plain integers.

Ordinary is what is unstarted, scheduled automatically, without delays, bound by nothing but links, the
project and a deadline, and under no summary that passes demands on. All others go by the rules themselves.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import is_

import numpy as np

from app.engine import backward as rules_back
from app.engine import forward as rules_ahead
from app.engine.axis import SPAN
from app.engine.forward import FAR, Dates, Floors, Ground, viewed
from app.engine.lanes import lags, special_summaries
from app.engine.network import NO_MOMENT, Bools, Constraint, Face, Ints, LagKind, LinkType
from app.engine.schedule import Driver
from app.engine.worktime import HorizonExceeded, Worktime

LAGGED, TURNED = 2, 1
"""What is added to four times a link's number where it has a lag, and where it bounds the farther end."""

_BY_PROJECT, _BY_LINK, _BY_DURATION = int(Driver.PROJECT_START), int(Driver.LINK), int(Driver.DURATION)


@dataclass(frozen=True, slots=True)
class Rows:
    """The links into or out of activities, those of a from `at[a]` to `at[a + 1]`, the nearer bounds first.

    `other` is the activity at the other end, `source` the place of the date to read there, and `code` the
    link with what is to be done to that date; `lag` and its `calendar` are minutes and a worktime's number.
    """

    at: list[int]
    other: list[int]
    source: list[int]
    code: list[int]
    lag: list[int]
    calendar: list[int]
    read_columns: tuple[object, ...]


class Walk:
    """Places ordinary activities one at a time; `ahead` and `back` say which those are.

    The starts and finishes of `dates` must lie end to end in one array, and so must the late starts of what
    is left and the late finishes.
    """

    def __init__(self, ground: Ground, dates: Dates, moments: Ints, lates: Ints) -> None:
        network, table = ground.prepared.network, ground.table
        self.ground = ground
        self.dates = viewed(dates)
        self.moments, self.lates = moments.data, lates.data
        ahead, back = _ordinary(ground)
        self.ahead, self.back = ahead.data, back.data
        self.at, self.minutes = table.at.data, table.minutes.data
        self.calendar = (table.shift // SPAN).data
        self.worktimes: list[Worktime] = [*network.worktimes, ground.prepared.elapsed_worktime]
        self.lists = [worktime.lists for worktime in self.worktimes]
        self.limit_late = ground.policy.deadlines_limit_late_dates
        self.keeps_face = ground.policy.start_to_finish_keeps_face
        self.rows_in, self.rows_out = rows_of(ground, ahead=True), rows_of(ground, ahead=False)
        self.size = network.size

    def early(self, node: int, anchor: int) -> None:
        """Give an ordinary activity its early dates."""
        first, moments = self.at[node], self.moments
        minutes, number, single = self.minutes[first], self.calendar[first], self.at[node + 1] - first == 1
        rows, best, why = self.rows_in, anchor, -1
        codes, sources = rows.code, rows.source
        for row in range(rows.at[node], rows.at[node + 1]):
            moment, code = moments[sources[row]], codes[row]
            if code & LAGGED:
                moment = self.worktimes[rows.calendar[row]].add(moment, rows.lag[row])
            if code & TURNED:
                moment = self._started_before(node, moment)
            if moment > best:
                best, why = moment, code >> 2
        starts, ends, before = self.lists[number]
        if minutes and single:
            place = bisect_right(ends, best)
            if place == len(ends) or best < self.worktimes[number].first:
                raise HorizonExceeded(f"no work after {best}")
            begin = starts[place]
            if begin > best:
                best = begin
            finish = best + minutes
            if finish > ends[place]:
                work = before[place] + finish - begin
                if work > self.worktimes[number].total:
                    raise HorizonExceeded(f"work {work} outside the worktime")
                place = bisect_left(before, work, place) - 1
                finish = starts[place] + work - before[place]
        else:
            best, finish = self._run_from(node, best)
        dates = self.dates
        moments[node] = dates.early_start[node] = dates.auto_start[node] = best
        moments[self.size + node] = dates.early_finish[node] = dates.auto_finish[node] = finish
        dates.start_driver[node], dates.start_index[node] = (_BY_PROJECT if why < 0 else _BY_LINK), why
        dates.finish_driver[node], dates.finish_index[node] = _BY_DURATION, -1

    def late(self, node: int, anchor: int) -> None:
        """Give an ordinary activity its late dates."""
        first, lates = self.at[node], self.lates
        minutes, number, single = self.minutes[first], self.calendar[first], self.at[node + 1] - first == 1
        rows, latest_start, finish = self.rows_out, FAR, anchor
        codes, sources = rows.code, rows.source
        for row in range(rows.at[node], rows.at[node + 1]):
            moment, code = lates[sources[row]], codes[row]
            if code & LAGGED:
                worktime = self.worktimes[rows.calendar[row]]
                moment = worktime.start_at(worktime.work_before(moment) - rows.lag[row])
            if code & TURNED:
                latest_start = min(latest_start, moment)
            elif moment < finish:
                finish = moment
        if latest_start != FAR:
            finish = min(finish, self._run_from(node, latest_start)[1])
        if self.limit_late:
            deadline = self.ground.deadline[node]
            if deadline != NO_MOMENT and deadline < finish:
                finish = deadline
        begin = finish
        if not single:
            begin, finish = self._run_until(node, finish)
        elif minutes:
            starts, ends, before = self.lists[number]
            place = bisect_left(starts, finish) - 1
            if place < 0 or finish > self.worktimes[number].last:
                raise HorizonExceeded(f"no work before {finish}")
            if finish > ends[place]:
                finish = ends[place]
            begin = finish - minutes
            if begin < starts[place]:
                work = before[place] + begin - starts[place]
                if work < 0:
                    raise HorizonExceeded(f"work {work} outside the worktime")
                place = bisect_right(before, work, 0, place) - 1
                begin = starts[place] + work - before[place]
        early_face = latest_start < begin and self.keeps_face
        if early_face and not self.worktimes[number].between(latest_start, begin):
            begin = latest_start
        self.dates.late_start[node] = lates[node] = begin
        lates[self.size + node] = finish

    def _pieces(self, node: int) -> list[tuple[Worktime, int]]:
        """The worktime and the minutes of each piece."""
        worktimes, calendar, minutes = self.worktimes, self.calendar, self.minutes
        return [(worktimes[calendar[n]], minutes[n]) for n in range(self.at[node], self.at[node + 1])]

    def _run_from(self, node: int, moment: int) -> tuple[int, int]:
        """Start and finish of an activity that may begin from a moment on."""
        pieces = self._pieces(node)
        worktime, minutes = pieces[0]
        if not minutes:
            moment = moment if worktime.touches(moment) else worktime.next_start(moment)
            return moment, moment
        begin = min([worktime.next_start(moment) for worktime, _ in pieces])
        return begin, max([worktime.add(moment, minutes) for worktime, minutes in pieces])

    def _run_until(self, node: int, moment: int) -> tuple[int, int]:
        """Start and finish of an activity in several pieces that must end by a moment."""
        pieces = self._pieces(node)
        finish = max([worktime.previous_finish(moment) for worktime, _ in pieces])
        return min([worktime.add(finish, -minutes) for worktime, minutes in pieces]), finish

    def _started_before(self, node: int, finish: int) -> int:
        """The floor under an activity from which it ends at a finish."""
        return min([worktime.add(finish, -minutes) for worktime, minutes in self._pieces(node)])


def walk_ahead(walk: Walk, anchor: int, *, late_ones: bool) -> None:
    """Fill the early dates from `anchor`, as `forward.forward` does."""
    ground, dates = walk.ground, walk.dates
    size, summary, ordinary, early = walk.size, ground.prepared.order.summary.data, walk.ahead, walk.early
    floors: dict[int, Floors] = {}
    for step in ground.prepared.order.steps.tolist():
        if step >= size:
            rules_ahead.roll_up(ground, dates, step - size)
        elif ordinary[step]:
            early(step, anchor)
        elif summary[step]:
            rules_ahead.open_summary(ground, dates, step, floors)
        else:
            rules_ahead.place(ground, dates, step, floors, anchor, late_ones)


def walk_back(walk: Walk, anchor: int) -> None:
    """Fill the late dates from `anchor`, as `backward.backward` does."""
    ground, dates = walk.ground, walk.dates
    size, summary, ordinary, late = walk.size, ground.prepared.order.summary.data, walk.back, walk.late
    ceilings: dict[int, rules_back.Ceilings] = {}
    for step in reversed(ground.prepared.order.steps.tolist()):
        if step >= size:
            rules_back.enter_summary(ground, dates, step - size, ceilings)
        elif ordinary[step]:
            late(step, anchor)
        elif summary[step]:
            rules_back.close_summary(ground, dates, step)
        else:
            rules_back.place(ground, dates, step, ceilings, anchor)


def rows_of(ground: Ground, *, ahead: bool) -> Rows:
    """The links into (ahead) or out of each activity, kept as long as the columns they hang on."""
    network, prepared = ground.prepared.network, ground.prepared
    columns = (
        network.link_type,
        network.link_lag,
        network.link_lag_kind,
        network.link_worktime,
        network.project_worktime,
        network.duration if (network.link_lag_kind >= LagKind.PERCENT).any() else None,
    )
    kept = prepared.kept.get((ground.policy, "rows", ahead))
    if isinstance(kept, Rows) and all(map(is_, kept.read_columns, columns)):
        return kept
    groups = prepared.links_in if ahead else prepared.links_out
    own, other = (network.link_succ, network.link_pred) if ahead else (network.link_pred, network.link_succ)
    kind = network.link_type
    turned = (kind == LinkType.SF) | (kind == (LinkType.FF if ahead else LinkType.SS))
    by_finish = (kind == LinkType.FF) | (kind == (LinkType.FS if ahead else LinkType.SF))
    link = groups.places[np.argsort(own[groups.places] * 2 + turned[groups.places], kind="stable")]
    lag, calendar = lags(ground, link)
    rows = Rows(
        at=groups.at.tolist(),
        other=other[link].tolist(),
        source=(other + network.size * by_finish)[link].tolist(),
        code=(link * 4 + LAGGED * (lag != 0) + turned[link]).tolist(),
        lag=lag.tolist(),
        calendar=calendar.tolist(),
        read_columns=columns,
    )
    prepared.kept[ground.policy, "rows", ahead] = rows
    return rows


def _ordinary(ground: Ground) -> tuple[Bools, Bools]:
    """Which activities are ordinary on the way ahead, and on the way back."""
    prepared, table, policy = ground.prepared, ground.table, ground.policy
    network, summary = prepared.network, prepared.is_summary
    odd = summary | table.lumpy | (network.constraint != Constraint.ASAP)
    started = network.actual_start != NO_MOMENT
    finished = network.actual_finish != NO_MOMENT
    odd |= started | finished | np.asarray(ground.manual, np.bool_)
    if policy.levelling_delay:
        odd |= network.levelling_delay != 0
    faces = np.asarray(ground.spans.faces)
    if faces.any():
        odd |= (faces != Face.EITHER) & (table.minutes[table.at[:-1]] == 0)
    special = special_summaries(ground)
    if special:
        odd |= np.isin(network.parent, sorted(special))
    ahead, back = ~odd, ~odd
    if policy.reschedule_unstarted:
        ahead[:] = False
    if policy.multiple_critical_paths:
        back[:] = False
    pred, succ = network.link_pred, network.link_succ
    outside = (pred < 0) | (succ < 0)
    touching = (summary[pred] | summary[succ]) & (not policy.summary_links)
    hard = outside | ~network.active[pred] | (network.link_type == LinkType.SF) | touching
    ends = succ[hard]
    ahead[ends[ends >= 0]] = False
    hard = outside | ~network.active[succ] | finished[succ] | touching
    hard |= started[succ] & (network.link_type == LinkType.SS)
    ends = pred[hard]
    back[ends[ends >= 0]] = False
    return ahead, back
