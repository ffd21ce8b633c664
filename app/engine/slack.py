"""Slack, critical activities, the longest path and the say of each link, from the dates of both passes."""

from __future__ import annotations

from dataclasses import dataclass
from operator import is_

import numpy as np

from app.engine.axis import SPAN
from app.engine.forward import FAR, Dates, Ground
from app.engine.lanes import lags
from app.engine.network import NO_MOMENT, Bools, Constraint, Ints, LagKind, LinkType
from app.engine.pieces import own_calendars
from app.engine.policy import CriticalBy, SlackBy
from app.engine.rollup import any_inside
from app.engine.schedule import Driver


@dataclass(frozen=True, slots=True)
class Slacks:
    """Slack in working minutes by activity and by link, and the flags that follow from it.

    `works` is the work before start, finish, late start and late finish, on the axis.
    """

    start: Ints
    finish: Ints
    total: Ints
    free: Ints
    critical: Bools
    longest: Bools
    link: Ints
    driving: Bools
    works: tuple[Ints, Ints, Ints, Ints]
    ties: _Ties
    say: _Say


@dataclass(frozen=True, slots=True)
class _Ties:
    """The links that have a say, sorted by predecessor.

    `here` and `there` are the places of the dates at their ends, in starts and finishes end to end; `simple`
    are those without lag within one worktime; `first` is where each predecessor's begin.
    """

    link: Ints
    pred: Ints
    succ: Ints
    here: Ints
    there: Ints
    lag: Ints
    shift: Ints
    simple: Bools
    first: Ints
    read_columns: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Say:
    """By tie: what it leaves its predecessor, whether it sets its successor, the latest date it allows."""

    slack: Ints
    driving: Bools
    allowed: Ints


_BINDING = np.isin(np.arange(len(Driver)), (Driver.LINK, Driver.SUMMARY, Driver.CHILD))


def slack_calendars(ground: Ground) -> Ints:
    """The worktime on the axis in which each slack is counted: its own, a summary's the project's."""
    own = own_calendars(ground.prepared, ground.policy)
    return np.where(ground.prepared.is_summary, ground.prepared.network.project_worktime, own)


def slacks(
    ground: Ground, own: Ints, dates: Dates, project_finish: int, last: Slacks | None = None
) -> Slacks:
    """Work out every slack; total slack is the smaller of start and finish slack unless a policy differs.

    With `last`, an earlier answer for the same links, what `dates.work` knows of it is taken over.
    """
    network = ground.prepared.network
    started, finished = network.actual_start != NO_MOMENT, network.actual_finish != NO_MOMENT
    works = _works(ground, own, dates)
    begin, end, late_begin, late_end = works
    early_begin = _moved(ground, own, dates.start, dates.early_start, begin)
    early_end = _moved(ground, own, dates.finish, dates.early_finish, end)
    start, finish = late_begin - early_begin, late_end - early_end
    late = (network.constraint == Constraint.ALAP) & ~started & ~np.asarray(ground.manual, np.bool_)
    late &= ~ground.prepared.is_summary
    start[late] = finish[late] = 0
    total = _total(ground, started, finished, start, finish)
    ties = _ties(ground, own)
    say = _say(
        ground, ties, own, dates, begin, end, last.say if last is not None and last.ties is ties else None
    )
    slack = np.full(network.links, NO_MOMENT, np.int64)
    slack[ties.link] = say.slack
    driving = _driving(ground, dates, ties, say)
    longest = _longest(ground, dates, driving, project_finish)
    return Slacks(
        start=start,
        finish=finish,
        total=total,
        free=_free(ground, own, finished, total, ties, say, end),
        critical=_critical(ground, finished, total, longest),
        longest=longest,
        link=slack,
        driving=driving,
        works=works,
        ties=ties,
        say=say,
    )


def _works(ground: Ground, own: Ints, dates: Dates) -> tuple[Ints, Ints, Ints, Ints]:
    """Work before start, finish, late start and late finish; what the passes know is not looked up again."""
    columns = (dates.start, dates.finish, dates.late_start, dates.late_finish)
    axis, work = ground.prepared.axis, dates.work
    if work is None:
        begin, end, late_begin, late_end = (axis.works_before(own, column) for column in columns)
        return begin, end, late_begin, late_end
    found = (work.start, work.finish, work.late_start, work.late_finish)
    unknown = np.flatnonzero(~work.known)
    later = unknown if work.late_known is None else np.flatnonzero(~work.late_known)
    for column, works, missing in zip(columns, found, (unknown, unknown, later, later), strict=True):
        if len(missing):
            works[missing] = axis.works_before(own[missing], column[missing])
    return found


def _moved(ground: Ground, own: Ints, shown: Ints, early: Ints, work: Ints) -> Ints:
    """Work before the early dates, looked up only where they differ from the dates shown."""
    differ = np.flatnonzero(shown != early)
    if not len(differ):
        return work
    moved = work.copy()
    moved[differ] = ground.prepared.axis.works_before(own[differ], early[differ])
    return moved


def _total(ground: Ground, started: Bools, finished: Bools, start: Ints, finish: Ints) -> Ints:
    policy = ground.policy
    if policy.slack_by == SlackBy.FINISH:
        total = finish.copy()
    else:
        smaller = start if policy.slack_by == SlackBy.START else np.minimum(start, finish)
        total = np.where(started, finish, smaller)
    if policy.completed_have_no_slack:
        total[finished] = 0
    return total


def _ties(ground: Ground, own: Ints) -> _Ties:
    """The links that have a say, sorted anew only when a column they hang on has changed."""
    network, policy = ground.prepared.network, ground.policy
    by_length = bool((network.link_lag_kind >= LagKind.PERCENT).any())
    columns = (
        network.active,
        network.link_type,
        network.link_lag,
        network.link_lag_kind,
        network.link_worktime,
        network.project_worktime,
        network.duration if by_length else None,
    )
    kept = ground.prepared.kept.get((policy, "ties"))
    if isinstance(kept, _Ties) and all(map(is_, kept.read_columns, columns)):
        return kept
    summary, pred, succ = ground.prepared.is_summary, network.link_pred, network.link_succ
    live = (pred >= 0) & (succ >= 0) & network.active[pred] & network.active[succ]
    if not policy.summary_links:
        live &= ~(summary[pred] | summary[succ])
    link = ground.prepared.links_out.places
    link = link[live[link]]
    pred, succ, kind = pred[link], succ[link], network.link_type[link]
    lag, calendar = lags(ground, link)
    size = network.size
    ties = _Ties(
        link=link,
        pred=pred,
        succ=succ,
        here=pred + size * ((kind == LinkType.FS) | (kind == LinkType.FF)),
        there=succ + size * ((kind == LinkType.FF) | (kind == LinkType.SF)),
        lag=lag,
        shift=calendar * SPAN,
        simple=(own[pred] == own[succ]) & (lag == 0),
        first=np.flatnonzero(np.diff(pred, prepend=-1)),
        read_columns=columns,
    )
    ground.prepared.kept[policy, "ties"] = ties
    return ties


def _say(
    ground: Ground, ties: _Ties, own: Ints, dates: Dates, begin: Ints, end: Ints, last: _Say | None
) -> _Say:
    """What each link leaves its predecessor before it bites, and whether it meets its successor's date."""
    ruler = ground.prepared.axis.ruler
    works, moments = np.concatenate((begin, end)), np.concatenate((dates.start, dates.finish))
    there, here = works.take(ties.there), works.take(ties.here)
    left, met = there - here, there == here
    allowed = moments.take(ties.there)
    search = ~ties.simple
    if last is not None and dates.work is not None:
        stale = np.concatenate((~dates.work.known, ~dates.work.known))
        fresh = stale.take(ties.there) | stale.take(ties.here)
        old = np.flatnonzero(search & ~fresh)
        left[old], met[old], allowed[old] = last.slack[old], last.driving[old], last.allowed[old]
        search &= fresh
    place = np.flatnonzero(search)
    if len(place):
        lag, shift = ties.lag[place], ties.shift[place]
        held, reached = moments[ties.here[place]], allowed[place]
        freed = ruler.starts_at(ruler.works_before(shift, reached) - lag)
        allowed[place] = reached = np.where(lag == 0, reached, freed)
        demanded = ruler.moved(shift, held, lag)
        before, after = own[ties.pred[place]] * SPAN, own[ties.succ[place]] * SPAN
        left[place] = ruler.works_before(before, reached) - works[ties.here[place]]
        met[place] = ruler.works_before(after, demanded) == works[ties.there[place]]
    return _Say(left, met, allowed)


def _driving(ground: Ground, dates: Dates, ties: _Ties, say: _Say) -> Bools:
    """The links that set their successor's date, ties included."""
    driving = np.zeros(ground.prepared.network.links, np.bool_)
    driving[ties.link] = say.driving & _BINDING[dates.start_driver][ties.succ]
    for driver, index in ((dates.start_driver, dates.start_index), (dates.finish_driver, dates.finish_index)):
        driving[index[driver == Driver.LINK]] = True
    return driving


def _longest(ground: Ground, dates: Dates, driving: Bools, project_finish: int) -> Bools:
    """Everything that leads to the last finish through driving links (P6's longest path)."""
    prepared = ground.prepared
    summary = prepared.is_summary
    longest = np.zeros(len(summary), np.bool_)
    at_end = ~summary & prepared.network.active & (dates.finish == project_finish)
    ends: list[int] = np.flatnonzero(at_end).tolist()
    seen, rolled, leads, finish = longest.data, summary.data, driving.data, dates.finish.data
    by_summary = (dates.start_driver == Driver.SUMMARY).data
    while ends:
        node = ends.pop()
        if seen[node]:
            continue
        seen[node] = True
        if rolled[node]:
            inside = prepared.order.children[node]
            ends.extend(child for child in inside if finish[child] == finish[node])
            continue
        above = node
        while above >= 0:
            leading = (link for link in prepared.links_in.inside(above) if leads[link])
            ends.extend(end for link in leading if (end := ground.pred[link]) >= 0)
            above = ground.parent[above] if by_summary[node] else -1
    return longest


def _critical(ground: Ground, finished: Bools, total: Ints, longest: Bools) -> Bools:
    """Critical leaves by the policy's measure; a summary is critical when something inside it is."""
    network, policy = ground.prepared.network, ground.policy
    critical = longest.copy()
    if policy.critical_by == CriticalBy.SLACK:
        critical = total <= policy.critical_slack_limit
    critical &= ~ground.prepared.is_summary & network.active & ~finished
    any_inside(ground, critical)
    return critical


def _free(ground: Ground, own: Ints, finished: Bools, total: Ints, ties: _Ties, say: _Say, end: Ints) -> Ints:
    """What an activity may slip before any successor moves; without successors its total slack.

    A link out of a summary holds everything inside it.
    """
    prepared, size = ground.prepared, len(total)
    free = np.full(size, FAR, np.int64)
    open_ended = ~finished[ties.succ]
    if len(ties.link):
        room = np.where(open_ended, say.slack, FAR)
        free[ties.pred[ties.first]] = np.minimum.reduceat(room, ties.first)
    binding = open_ended & (ties.here >= size) & prepared.is_summary[ties.pred]
    if binding.any():
        roof = np.full(size, FAR, np.int64)
        np.minimum.at(roof, ties.pred[binding], say.allowed[binding])
        for family in reversed(prepared.families):
            above = np.repeat(roof[family.summaries], family.counts)
            roof[family.children] = np.minimum(roof[family.children], above)
        held = np.flatnonzero(roof != FAR)
        room = prepared.axis.works_before(own[held], roof[held]) - end[held]
        free[held] = np.minimum(free[held], room)
    free = np.maximum(np.where(free == FAR, total, free), 0)
    free[finished] = 0
    return free
