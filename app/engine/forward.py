"""The forward pass: the earliest dates of every activity, and what set them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from app.engine.network import NO_MOMENT, Constraint, Ints, LinkType
from app.engine.pieces import Pieces, pieces
from app.engine.policy import Policy, Progress, StartedDates
from app.engine.prepared import Prepared
from app.engine.schedule import Driver
from app.engine.spans import Spans

FAR = 1 << 60
Reason = tuple[int, int]
"""A `Driver` and the index it speaks of, or -1."""
Floor = tuple[int, int, int]
Floors = tuple[list[Floor], list[Floor]]
"""What is demanded of a start and of a finish."""
Column = Any
"""An array or a view of integers (or flags), one for each activity, part or link."""

# Members of an enumeration take long to look up, and the rules ask for them all the time.
_ALAP = int(Constraint.ALAP)
_FNET = int(Constraint.FNET)
_FNLT = int(Constraint.FNLT)
_MFO = int(Constraint.MFO)
_MSO = int(Constraint.MSO)
_SNET = int(Constraint.SNET)
_FF = int(LinkType.FF)
_FS = int(LinkType.FS)
_SF = int(LinkType.SF)
_SS = int(LinkType.SS)
_BY_ACTUAL = int(Driver.ACTUAL)
_BY_AS_LATE_AS_POSSIBLE = int(Driver.AS_LATE_AS_POSSIBLE)
_BY_CHILD = int(Driver.CHILD)
_BY_CONSTRAINT = int(Driver.CONSTRAINT)
_BY_DURATION = int(Driver.DURATION)
_BY_LEVELLING = int(Driver.LEVELLING)
_BY_LINK = int(Driver.LINK)
_BY_MANUAL = int(Driver.MANUAL)
_BY_PROJECT_START = int(Driver.PROJECT_START)
_BY_REMAINING = int(Driver.REMAINING)
_BY_STATUS = int(Driver.STATUS)
_BY_SUMMARY = int(Driver.SUMMARY)


@dataclass(frozen=True, slots=True)
class Work:
    """Work before the dates that a pass already knows, on the axis; `known` says for which activities.

    `late_known` says so for the late dates where that differs; `piece_start` and `piece_finish` are the
    moments between which the pieces of `pieces_known` run.
    """

    known: Any
    start: Any
    finish: Any
    late_start: Any
    late_finish: Any
    late_known: Any = None
    pieces_known: Any = None
    piece_start: Any = None
    piece_finish: Any = None


@dataclass(slots=True)
class Dates:
    """The working columns of one solution, by activity; the passes fill them in turn.

    Passes by levels work on arrays; the rules, which take one activity at a time, see the same memory
    through views, which give and take plain integers.
    """

    early_start: Column
    early_finish: Column
    start: Column
    finish: Column
    auto_start: Column
    auto_finish: Column
    late_start: Column
    late_finish: Column
    rest_start: Column
    rest_late_start: Column
    start_driver: Column
    start_index: Column
    finish_driver: Column
    finish_index: Column
    work: Work | None = None

    def drive_start(self, node: int, reason: Reason) -> None:
        """Note what set a start."""
        self.start_driver[node], self.start_index[node] = reason

    def drive_finish(self, node: int, reason: Reason) -> None:
        """Note what set a finish."""
        self.finish_driver[node], self.finish_index[node] = reason


def array_dates(size: int) -> Dates:
    """Empty columns as arrays."""
    return _dates(lambda value: np.full(size, value, np.int64))


def paired(dates: Dates) -> tuple[Ints, Ints]:
    """Lay starts and finishes, and late starts of what is left and late finishes, end to end."""
    size = len(dates.start)
    moments = np.concatenate((dates.start, dates.finish))
    lates = np.concatenate((dates.rest_late_start, dates.late_finish))
    dates.start, dates.finish = moments[:size], moments[size:]
    dates.rest_late_start, dates.late_finish = lates[:size], lates[size:]
    return moments, lates


def viewed(dates: Dates) -> Dates:
    """The same columns as views of plain integers."""
    return Dates(**{entry.name: getattr(dates, entry.name).data for entry in fields(Dates)[:-1]})


def _dates(column: Callable[[int], Column]) -> Dates:
    return Dates(
        early_start=column(NO_MOMENT),
        early_finish=column(NO_MOMENT),
        start=column(NO_MOMENT),
        finish=column(NO_MOMENT),
        auto_start=column(NO_MOMENT),
        auto_finish=column(NO_MOMENT),
        late_start=column(NO_MOMENT),
        late_finish=column(NO_MOMENT),
        rest_start=column(NO_MOMENT),
        rest_late_start=column(NO_MOMENT),
        start_driver=column(Driver.PROJECT_START),
        start_index=column(-1),
        finish_driver=column(Driver.DURATION),
        finish_index=column(-1),
    )


@dataclass(frozen=True, slots=True)
class Ground:
    """All that a pass reads: the prepared network, its spans, the policy and columns of it."""

    prepared: Prepared
    spans: Spans
    table: Pieces
    policy: Policy
    parent: Column
    constraint: Column
    constraint_moment: Column
    deadline: Column
    manual: Column
    manual_start: Column
    manual_finish: Column
    active: Column
    actual_start: Column
    actual_finish: Column
    resume: Column
    levelling_delay: Column
    pred: Column
    succ: Column
    kind: Column
    moment: Column


def ground(prepared: Prepared, policy: Policy, spans: Spans) -> Ground:
    """Lay out a prepared network for the rules, in views that give plain integers."""
    network = prepared.network
    columns = (
        network.parent,
        network.constraint,
        network.constraint_moment,
        network.deadline,
        network.manual if policy.manual_dates else np.zeros(network.size, np.bool_),
        network.manual_start,
        network.manual_finish,
        network.active,
        network.actual_start,
        network.actual_finish,
        network.resume,
        network.levelling_delay,
        network.link_pred,
        network.link_succ,
        network.link_type,
        network.link_moment,
    )
    table = pieces(prepared, policy, spans)
    return Ground(prepared, spans, table, policy, *(column.data for column in columns))


def forward(ground: Ground, dates: Dates, anchor: int, *, late_ones: bool = False) -> None:
    """Fill the early dates from `anchor`, the project's start.

    With `late_ones` the as-late-as-possible activities stand on the late dates already in `dates`, and push
    their successors there.
    """
    order = ground.prepared.order
    size = len(order.summary)
    floors: dict[int, Floors] = {}
    for step in order.steps.tolist():
        if step >= size:
            roll_up(ground, dates, step - size)
        elif order.summary[step]:
            open_summary(ground, dates, step, floors)
        else:
            place(ground, dates, step, floors, anchor, late_ones)


def open_summary(ground: Ground, dates: Dates, summary: int, floors: dict[int, Floors]) -> None:
    """Work out what the links into a summary demand of everything inside it."""
    floors[summary] = _floors(ground, dates, summary, floors.get(ground.parent[summary]))
    if ground.constraint[summary] == _SNET:
        floors[summary][0].append((ground.constraint_moment[summary], _BY_SUMMARY, summary))


def _floors(ground: Ground, dates: Dates, node: int, inherited: Floors | None) -> Floors:
    """What the links into `node`, and into the summaries above it, demand of its start and of its finish."""
    starts: list[Floor] = []
    finishes: list[Floor] = []
    if inherited is not None:
        above = ground.parent[node]
        starts.extend((moment, _BY_SUMMARY, above) for moment, _, _ in inherited[0])
        finishes.extend((moment, _BY_SUMMARY, above) for moment, _, _ in inherited[1])
    for link in ground.prepared.links_in.inside(node):
        moment = pushed(ground, dates, link)
        if moment != NO_MOMENT:
            into = starts if ground.kind[link] in (_FS, _SS) else finishes
            into.append((moment, _BY_LINK, link))
    return starts, finishes


def pushed(ground: Ground, dates: Dates, link: int) -> int:
    """The moment a link demands of its successor, or NO_MOMENT when it has no say."""
    pred = ground.pred[link]
    if pred < 0:
        moment = ground.moment[link]
    elif not ground.active[pred] or (not ground.policy.summary_links and touches_summary(ground, link)):
        return NO_MOMENT
    elif ground.kind[link] in (_FS, _FF):
        moment = dates.finish[pred]
    else:
        moment = dates.start[pred]
    return moment if moment == NO_MOMENT else ground.spans.lagged(link, moment)


def touches_summary(ground: Ground, link: int) -> bool:
    """True when either end of a link is a summary."""
    summary = ground.prepared.order.summary
    pred, succ = ground.pred[link], ground.succ[link]
    return bool((pred >= 0 and summary[pred]) or (succ >= 0 and summary[succ]))


def place(
    ground: Ground, dates: Dates, node: int, inherited: dict[int, Floors], anchor: int, late: bool
) -> None:
    """Give one activity its dates."""
    floors = _floors(ground, dates, node, inherited.get(ground.parent[node]))
    if ground.actual_start[node] != NO_MOMENT:
        _place_started(ground, dates, node, floors)
    else:
        start, reason = _earliest(ground, node, floors, anchor)
        dates.early_start[node] = start
        dates.early_finish[node] = _faced(ground, node, ground.spans.finish_from(node, start), floors[1])
        dates.drive_start(node, reason)
        dates.drive_finish(node, (_BY_DURATION, -1))
    begun = ground.actual_start[node] != NO_MOMENT
    dates.start[node] = ground.actual_start[node] if begun else dates.early_start[node]
    dates.auto_start[node] = dates.start[node]
    dates.finish[node] = dates.auto_finish[node] = dates.early_finish[node]
    if ground.manual[node]:
        pin(ground, dates, node)
    elif late and goes_late(ground, node):
        dates.start[node], dates.finish[node] = dates.late_start[node], dates.late_finish[node]
        dates.auto_start[node], dates.auto_finish[node] = dates.start[node], dates.finish[node]
        dates.drive_start(node, (_BY_AS_LATE_AS_POSSIBLE, -1))


def goes_late(ground: Ground, node: int) -> bool:
    """True for an unstarted activity that stands as late as it can."""
    return bool(
        ground.constraint[node] == _ALAP
        and ground.actual_start[node] == NO_MOMENT
        and not ground.manual[node]
    )


def _earliest(ground: Ground, node: int, floors: Floors, anchor: int) -> tuple[int, Reason]:
    """The start of an unstarted activity and what set it."""
    spans, policy, network = ground.spans, ground.policy, ground.prepared.network
    constraint, date = ground.constraint[node], ground.constraint_moment[node]
    best, driver, index = anchor, _BY_PROJECT_START, -1
    if constraint in (_SNET, _FNET):
        best = NO_MOMENT
    for moment, source, number in floors[0]:
        if moment > best:
            best, driver, index = moment, source, number
    for moment, source, number in floors[1]:
        moment = spans.floor_before(node, moment)
        if moment > best:
            best, driver, index = moment, source, number
    if policy.reschedule_unstarted and network.status > best:
        best, driver, index = network.status, _BY_STATUS, -1
    floor = _constrained(ground, node, best, constraint, date)
    if floor != best:
        best, driver, index = floor, _BY_CONSTRAINT, -1
    delay = ground.levelling_delay[node] if policy.levelling_delay else 0
    start = spans.snap_start(node, best)
    if delay:
        start, driver, index = spans.snap_start(node, start + delay), _BY_LEVELLING, -1
    return start, (driver, index)


def _faced(ground: Ground, node: int, finish: int, floors: list[Floor]) -> int:
    """The finish on the clock face of the start that a start-to-finish link takes it from.

    Microsoft Project and P6 both show such a finish as Monday 08:00 where others show Friday 17:00.
    """
    worktime = ground.spans.pieces[node][0][0]
    for moment, source, link in floors:
        keeps = ground.policy.start_to_finish_keeps_face
        at_start = keeps and source == _BY_LINK and ground.kind[link] == _SF
        if at_start and moment > finish and not worktime.between(finish, moment):
            finish = moment
    return finish


def _constrained(ground: Ground, node: int, floor: int, constraint: int, date: int) -> int:
    """The floor under an activity after its date constraint has spoken."""
    if constraint <= _ALAP:
        return floor
    if constraint in (_MFO, _FNET, _FNLT):
        date = ground.spans.floor_before(node, date)
    if constraint in (_SNET, _FNET):
        return max(floor, date)
    if constraint in (_MSO, _MFO):
        return date if ground.policy.honor_constraints else max(floor, date)
    return min(floor, date) if ground.policy.honor_constraints else floor


def _place_started(ground: Ground, dates: Dates, node: int, floors: Floors) -> None:
    """Dates of an activity that has begun: history stands, what is left goes on as the policy says."""
    spans = ground.spans
    start, finish = ground.actual_start[node], ground.actual_finish[node]
    dates.early_start[node] = start
    dates.drive_start(node, (_BY_ACTUAL, -1))
    if finish != NO_MOMENT:
        dates.early_finish[node] = finish
        dates.drive_finish(node, (_BY_ACTUAL, -1))
        return
    goes_on, reason = _goes_on(ground, node, floors, start)
    dates.drive_finish(node, reason)
    stood = spans.stood_at(node, start)
    dates.rest_start[node] = stood if goes_on == NO_MOMENT else goes_on
    if goes_on == NO_MOMENT:
        dates.early_finish[node] = spans.finish_from(node, start)
    else:
        dates.early_finish[node] = max(start, spans.rest_from(node, goes_on))
    if ground.policy.started_dates == StartedDates.REMAINING:
        goes_on = spans.pieces[node][0][0].next_start(dates.rest_start[node])
        dates.early_start[node] = max(start, goes_on)
    if ground.constraint[node] == _FNET:
        dates.early_finish[node] = max(dates.early_finish[node], ground.constraint_moment[node])


def _goes_on(ground: Ground, node: int, floors: Floors, start: int) -> tuple[int, Reason]:
    """When the open work of a started activity goes on, NO_MOMENT for "it never stopped"."""
    spans, policy, network = ground.spans, ground.policy, ground.prepared.network
    moment, reason = NO_MOMENT, (_BY_REMAINING, -1)
    resume = ground.resume[node] if policy.resume_dates else NO_MOMENT
    status = network.status
    if resume != NO_MOMENT and resume > spans.snap_start(node, spans.stood_at(node, start)):
        moment = resume
    if policy.progress == Progress.HOLD:
        if policy.reschedule_remaining and status > max(moment, spans.stood_at(node, start)):
            moment, reason = status, (_BY_STATUS, -1)
        return moment, reason
    if status > moment:
        moment, reason = max(status, start), (_BY_STATUS, -1)
    if policy.progress == Progress.RETAINED:
        for floor, source, index in floors[0]:
            if floor > moment:
                moment, reason = floor, (source, index)
        for floor, source, index in floors[1]:
            floor = spans.rest_before(node, floor)
            if floor > moment:
                moment, reason = floor, (source, index)
    return moment, reason


def pin(ground: Ground, dates: Dates, node: int) -> None:
    """Put a manual activity on the dates it was given; a missing one follows from its duration."""
    spans = ground.spans
    start, finish = ground.manual_start[node], ground.manual_finish[node]
    if start == NO_MOMENT and finish == NO_MOMENT:
        return
    if start == NO_MOMENT:
        start = spans.start_before(node, finish)
    elif finish == NO_MOMENT:
        finish = spans.finish_from(node, start)
    dates.start[node] = dates.early_start[node] = start
    dates.finish[node] = dates.early_finish[node] = finish
    dates.drive_start(node, (_BY_MANUAL, -1))
    dates.drive_finish(node, (_BY_MANUAL, -1))


def roll_up(ground: Ground, dates: Dates, summary: int) -> None:
    """The dates of a summary: from the first start to the last finish among its active children."""
    children = ground.prepared.order.children[summary]
    inside = [child for child in children if ground.active[child]] or children
    first = min(inside, key=dates.start.__getitem__)
    last = max(inside, key=dates.finish.__getitem__)
    dates.start[summary] = dates.auto_start[summary] = dates.start[first]
    dates.finish[summary] = dates.auto_finish[summary] = dates.finish[last]
    dates.early_start[summary] = min(dates.early_start[child] for child in inside)
    dates.early_finish[summary] = max(dates.early_finish[child] for child in inside)
    dates.drive_start(summary, (_BY_CHILD, first))
    dates.drive_finish(summary, (_BY_CHILD, last))
    if ground.manual[summary]:
        pin(ground, dates, summary)
