"""Slack, critical activities, the longest path and the say of each link, from the dates of both passes."""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.forward import Dates, Ground, goes_late, own_worktime, pushed
from app.engine.network import NO_MOMENT, LinkType
from app.engine.policy import CriticalBy, SlackBy
from app.engine.schedule import Driver
from app.engine.worktime import Worktime


@dataclass(frozen=True, slots=True)
class Slacks:
    """Slack in working minutes by activity and by link, and the flags that follow from it."""

    start: list[int]
    finish: list[int]
    total: list[int]
    free: list[int]
    critical: list[bool]
    longest: list[bool]
    link: list[int]
    driving: list[bool]


def slacks(ground: Ground, dates: Dates, project_finish: int) -> Slacks:
    """Work out every slack; total slack is the smaller of start and finish slack unless the policy differs."""
    size = len(dates.start)
    worktimes = [own_worktime(ground, node) for node in range(size)]
    start = [worktimes[node].between(dates.early_start[node], dates.late_start[node]) for node in range(size)]
    finish = [worktimes[node].between(dates.early_finish[node], dates.late_finish[node]) for node in range(size)]
    total = [0] * size
    for node in range(size):
        if goes_late(ground, node):
            start[node] = finish[node] = 0
        total[node] = _total(ground, node, start[node], finish[node])
    link, driving = _links(ground, dates, worktimes)
    longest = _longest(ground, dates, driving, project_finish)
    critical = _critical(ground, total, longest)
    free = _free(ground, dates, worktimes, total)
    return Slacks(start, finish, total, free, critical, longest, link, driving)


def _total(ground: Ground, node: int, start: int, finish: int) -> int:
    if ground.actual_finish[node] != NO_MOMENT and ground.policy.completed_have_no_slack:
        return 0
    if ground.policy.slack_by == SlackBy.FINISH or ground.actual_start[node] != NO_MOMENT:
        return finish
    return start if ground.policy.slack_by == SlackBy.START else min(start, finish)


def _links(ground: Ground, dates: Dates, worktimes: list[Worktime]) -> tuple[list[int], list[bool]]:
    """What each link leaves its predecessor before it bites, and whether it sets its successor's date."""
    slack = [NO_MOMENT] * len(ground.kind)
    driving = [False] * len(ground.kind)
    for link, kind in enumerate(ground.kind):
        pred, succ = ground.pred[link], ground.succ[link]
        demanded = pushed(ground, dates, link)
        if demanded == NO_MOMENT or pred < 0 or succ < 0 or not ground.active[succ]:
            driving[link] = succ >= 0 and demanded != NO_MOMENT and (dates.start_driver[succ], dates.start_index[succ]) == (Driver.LINK, link)
            continue
        at_start = kind in (LinkType.FS, LinkType.SS)
        reached = dates.start[succ] if at_start else dates.finish[succ]
        allowed = ground.spans.unlagged(link, reached)
        held = dates.finish[pred] if kind in (LinkType.FS, LinkType.FF) else dates.start[pred]
        slack[link] = worktimes[pred].between(held, allowed)
        driving[link] = _drives(ground, dates, link, demanded)
    return slack, driving


def _drives(ground: Ground, dates: Dates, link: int, demanded: int) -> bool:
    succ = ground.succ[link]
    if (dates.start_driver[succ], dates.start_index[succ]) == (Driver.LINK, link) or (dates.finish_driver[succ], dates.finish_index[succ]) == (Driver.LINK, link):
        return True
    if ground.prepared.order.summary[succ]:
        return ground.spans.snap_start(succ, demanded) == dates.start[succ]
    if dates.start_driver[succ] not in (Driver.LINK, Driver.SUMMARY):
        return False
    if ground.kind[link] in (LinkType.FF, LinkType.SF):
        demanded = ground.spans.floor_before(succ, demanded)
    return ground.spans.snap_start(succ, demanded) == dates.start[succ]


def _longest(ground: Ground, dates: Dates, driving: list[bool], project_finish: int) -> list[bool]:
    """Everything that leads to the last finish through driving links (P6's longest path)."""
    summary = ground.prepared.order.summary
    longest = [False] * len(summary)
    ends = [
        node
        for node in range(len(summary))
        if not summary[node] and ground.active[node] and dates.finish[node] == project_finish
    ]
    while ends:
        node = ends.pop()
        if longest[node]:
            continue
        longest[node] = True
        if summary[node]:
            inside = ground.prepared.order.children[node]
            ends.extend(child for child in inside if dates.finish[child] == dates.finish[node])
            continue
        above = node
        while above >= 0:
            ends.extend(ground.pred[link] for link in ground.prepared.links_in.get(above, ()) if driving[link])
            above = ground.parent[above] if dates.start_driver[node] == Driver.SUMMARY else -1
        ends = [end for end in ends if end >= 0]
    return longest


def _critical(ground: Ground, total: list[int], longest: list[bool]) -> list[bool]:
    """Critical leaves by the policy's measure; a summary is critical when something inside it is."""
    order = ground.prepared.order
    size = len(total)
    critical = [False] * size
    for node in range(size):
        if order.summary[node] or not ground.active[node] or ground.actual_finish[node] != NO_MOMENT:
            continue
        if ground.policy.critical_by == CriticalBy.LONGEST_PATH:
            critical[node] = longest[node]
        else:
            critical[node] = total[node] <= ground.policy.critical_slack_limit
    for step in order.steps:
        if step >= size:
            critical[step - size] = any(critical[child] for child in order.children[step - size])
    return critical


def _free(ground: Ground, dates: Dates, worktimes: list[Worktime], total: list[int]) -> list[int]:
    """What an activity may slip before any successor moves; without successors its total slack.

    A link out of a summary holds everything inside it.
    """
    free = list(total)
    allowed = [_allowed(ground, dates, link) for link in range(len(ground.kind))]
    for node in range(len(total)):
        if ground.actual_finish[node] != NO_MOMENT:
            free[node] = 0
            continue
        worktime = worktimes[node]
        found: list[int] = []
        above = node
        while above >= 0:
            for link in ground.prepared.links_out.get(above, ()):
                if allowed[link] == NO_MOMENT:
                    continue
                if ground.kind[link] in (LinkType.FS, LinkType.FF):
                    found.append(worktime.between(dates.finish[node], allowed[link]))
                elif above == node:
                    found.append(worktime.between(dates.start[node], allowed[link]))
            above = ground.parent[above]
        free[node] = max(0, min(found) if found else total[node])
    return free


def _allowed(ground: Ground, dates: Dates, link: int) -> int:
    """The latest date of its predecessor at which a link does not move its successor, or NO_MOMENT."""
    pred, succ = ground.pred[link], ground.succ[link]
    if pred < 0 or succ < 0 or not (ground.active[pred] and ground.active[succ]):
        return NO_MOMENT
    if ground.actual_finish[succ] != NO_MOMENT:
        return NO_MOMENT
    at_start = ground.kind[link] in (LinkType.FS, LinkType.SS)
    return ground.spans.unlagged(link, dates.start[succ] if at_start else dates.finish[succ])
