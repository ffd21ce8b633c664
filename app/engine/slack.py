"""Slack, critical activities, the longest path and the say of each link, from the dates of both passes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.forward import FAR, Dates, Ground
from app.engine.lanes import lags
from app.engine.network import NO_MOMENT, Bools, Constraint, Ints, LinkType
from app.engine.pieces import own_calendars
from app.engine.policy import CriticalBy, SlackBy
from app.engine.rollup import any_inside
from app.engine.schedule import Driver


@dataclass(frozen=True, slots=True)
class Slacks:
    """Slack in working minutes by activity and by link, and the flags that follow from it."""

    start: Ints
    finish: Ints
    total: Ints
    free: Ints
    critical: Bools
    longest: Bools
    link: Ints
    driving: Bools


@dataclass(frozen=True, slots=True)
class _Links:
    """The links that have a say, with what they ask of their successor and leave to their predecessor."""

    link: Ints
    pred: Ints
    succ: Ints
    from_finish: Bools
    to_finish: Bools
    slack: Ints
    driving: Bools
    allowed: Ints


def slack_calendars(ground: Ground) -> Ints:
    """The worktime on the axis in which each slack is counted: its own, a summary's the project's."""
    own = own_calendars(ground.prepared, ground.policy)
    return np.where(ground.prepared.is_summary, ground.prepared.network.project_worktime, own)


def slacks(ground: Ground, own: Ints, dates: Dates, project_finish: int) -> Slacks:
    """Work out every slack; total slack is the smaller of start and finish slack unless a policy differs."""
    network = ground.prepared.network
    started, finished = network.actual_start != NO_MOMENT, network.actual_finish != NO_MOMENT
    begin, end, late_begin, late_end = _works(ground, own, dates)
    early_begin = _moved(ground, own, dates.start, dates.early_start, begin)
    early_end = _moved(ground, own, dates.finish, dates.early_finish, end)
    start, finish = late_begin - early_begin, late_end - early_end
    late = (network.constraint == Constraint.ALAP) & ~started & ~np.asarray(ground.manual, np.bool_)
    late &= ~ground.prepared.is_summary
    start[late] = finish[late] = 0
    total = _total(ground, started, finished, start, finish)
    links = _links(ground, own, dates, begin, end)
    slack = np.full(network.links, NO_MOMENT, np.int64)
    slack[links.link] = links.slack
    driving = _driving(ground, dates, links)
    longest = _longest(ground, dates, driving, project_finish)
    return Slacks(
        start=start,
        finish=finish,
        total=total,
        free=_free(ground, own, finished, total, links, end),
        critical=_critical(ground, finished, total, longest),
        longest=longest,
        link=slack,
        driving=driving,
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
    if len(unknown):
        for column, works in zip(columns, found, strict=True):
            works[unknown] = axis.works_before(own[unknown], column[unknown])
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


def _links(ground: Ground, own: Ints, dates: Dates, begin: Ints, end: Ints) -> _Links:
    """What each link leaves its predecessor before it bites, and whether it meets its successor's date."""
    network, axis, summary = ground.prepared.network, ground.prepared.axis, ground.prepared.is_summary
    live = (network.link_pred >= 0) & (network.link_succ >= 0)
    live[live] = network.active[network.link_pred[live]] & network.active[network.link_succ[live]]
    if not ground.policy.summary_links:
        live[live] = ~(summary[network.link_pred[live]] | summary[network.link_succ[live]])
    link = np.flatnonzero(live)
    pred, succ, kind = network.link_pred[link], network.link_succ[link], network.link_type[link]
    from_finish = (kind == LinkType.FS) | (kind == LinkType.FF)
    to_finish = (kind == LinkType.FF) | (kind == LinkType.SF)
    reached = np.where(to_finish, dates.finish[succ], dates.start[succ])
    held = np.where(from_finish, dates.finish[pred], dates.start[pred])
    lag, calendar = lags(ground, link)
    lagged = np.flatnonzero(lag)
    allowed, demanded = reached.copy(), held.copy()
    if len(lagged):
        lag, calendar = lag[lagged], calendar[lagged]
        allowed[lagged] = axis.starts_at(calendar, axis.works_before(calendar, reached[lagged]) - lag)
        demanded[lagged] = axis.moved(calendar, held[lagged], lag)
    # Within one worktime and without lag, work before both dates is known already.
    known = own[pred] == own[succ]
    known[lagged] = False
    there = np.where(to_finish, end[succ], begin[succ])
    here = np.where(from_finish, end[pred], begin[pred])
    left, met = there - here, there == here
    search = np.flatnonzero(~known)
    if len(search):
        left[search] = axis.works_before(own[pred[search]], allowed[search]) - here[search]
        met[search] = axis.works_before(own[succ[search]], demanded[search]) == there[search]
    return _Links(link, pred, succ, from_finish, to_finish, left, met, allowed)


def _driving(ground: Ground, dates: Dates, links: _Links) -> Bools:
    """The links that set their successor's date, ties included."""
    network = ground.prepared.network
    driving = np.zeros(network.links, np.bool_)
    bound = np.isin(dates.start_driver, (Driver.LINK, Driver.SUMMARY, Driver.CHILD))
    driving[links.link] = links.driving & bound[links.succ]
    for driver, index in ((dates.start_driver, dates.start_index), (dates.finish_driver, dates.finish_index)):
        driving[index[driver == Driver.LINK]] = True
    return driving


def _longest(ground: Ground, dates: Dates, driving: Bools, project_finish: int) -> Bools:
    """Everything that leads to the last finish through driving links (P6's longest path)."""
    prepared = ground.prepared
    summary, parent = prepared.is_summary, prepared.network.parent
    longest = np.zeros(len(summary), np.bool_)
    at_end = ~summary & prepared.network.active & (dates.finish == project_finish)
    ends: list[int] = np.flatnonzero(at_end).tolist()
    while ends:
        node = ends.pop()
        if longest[node]:
            continue
        longest[node] = True
        if summary[node]:
            inside = prepared.order.children[node]
            ends.extend(child for child in inside if dates.finish[child] == dates.finish[node])
            continue
        above = node
        while above >= 0:
            leading = (link for link in prepared.links_in.inside(above) if driving[link])
            ends.extend(end for link in leading if (end := int(ground.pred[link])) >= 0)
            above = int(parent[above]) if dates.start_driver[node] == Driver.SUMMARY else -1
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


def _free(ground: Ground, own: Ints, finished: Bools, total: Ints, links: _Links, end: Ints) -> Ints:
    """What an activity may slip before any successor moves; without successors its total slack.

    A link out of a summary holds everything inside it.
    """
    prepared = ground.prepared
    free = np.full(len(total), FAR, np.int64)
    open_ended = ~finished[links.succ]
    np.minimum.at(free, links.pred[open_ended], links.slack[open_ended])
    binding = open_ended & links.from_finish & prepared.is_summary[links.pred]
    if binding.any():
        roof = np.full(len(total), FAR, np.int64)
        np.minimum.at(roof, links.pred[binding], links.allowed[binding])
        for family in reversed(prepared.families):
            above = np.repeat(roof[family.summaries], family.counts)
            roof[family.children] = np.minimum(roof[family.children], above)
        held = np.flatnonzero(roof != FAR)
        room = prepared.axis.works_before(own[held], roof[held]) - end[held]
        free[held] = np.minimum(free[held], room)
    free = np.maximum(np.where(free == FAR, total, free), 0)
    free[finished] = 0
    return free
