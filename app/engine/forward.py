"""The forward pass: the earliest dates of every activity, and what set them."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.engine.network import NO_MOMENT, Constraint, LinkType
from app.engine.policy import Policy, Progress, StartedDates
from app.engine.prepared import Prepared
from app.engine.schedule import Driver
from app.engine.spans import Spans
from app.engine.worktime import Worktime

FAR = 1 << 60
Reason = tuple[int, int]
"""A `Driver` and the index it speaks of, or -1."""
Floor = tuple[int, Driver, int]


@dataclass(slots=True)
class Dates:
    """The working lists of one solution, by activity; the passes fill them in turn."""

    size: int
    early_start: list[int] = field(init=False)
    early_finish: list[int] = field(init=False)
    start: list[int] = field(init=False)
    finish: list[int] = field(init=False)
    auto_start: list[int] = field(init=False)
    auto_finish: list[int] = field(init=False)
    late_start: list[int] = field(init=False)
    late_finish: list[int] = field(init=False)
    rest_start: list[int] = field(init=False)
    rest_late_start: list[int] = field(init=False)
    start_reason: list[Reason] = field(init=False)
    finish_reason: list[Reason] = field(init=False)

    def __post_init__(self) -> None:
        self.early_start = [NO_MOMENT] * self.size
        self.early_finish = [NO_MOMENT] * self.size
        self.start = [NO_MOMENT] * self.size
        self.finish = [NO_MOMENT] * self.size
        self.auto_start = [NO_MOMENT] * self.size
        self.auto_finish = [NO_MOMENT] * self.size
        self.late_start = [NO_MOMENT] * self.size
        self.late_finish = [NO_MOMENT] * self.size
        self.rest_start = [NO_MOMENT] * self.size
        self.rest_late_start = [NO_MOMENT] * self.size
        self.start_reason = [(Driver.PROJECT_START, -1)] * self.size
        self.finish_reason = [(Driver.DURATION, -1)] * self.size


@dataclass(frozen=True, slots=True)
class Ground:
    """All that a pass reads: the prepared network, its spans, the policy and plain lists of its columns."""

    prepared: Prepared
    spans: Spans
    policy: Policy
    parent: list[int]
    constraint: list[int]
    constraint_moment: list[int]
    deadline: list[int]
    manual: list[bool]
    active: list[bool]
    actual_start: list[int]
    actual_finish: list[int]
    pred: list[int]
    succ: list[int]
    kind: list[int]
    moment: list[int]


def ground(prepared: Prepared, policy: Policy, spans: Spans) -> Ground:
    """Lay out a prepared network for the passes."""
    network = prepared.network
    manual = network.manual.tolist() if policy.manual_dates else [False] * network.size
    return Ground(
        prepared=prepared,
        spans=spans,
        policy=policy,
        parent=network.parent.tolist(),
        constraint=network.constraint.tolist(),
        constraint_moment=network.constraint_moment.tolist(),
        deadline=network.deadline.tolist(),
        manual=manual,
        active=network.active.tolist(),
        actual_start=network.actual_start.tolist(),
        actual_finish=network.actual_finish.tolist(),
        pred=network.link_pred.tolist(),
        succ=network.link_succ.tolist(),
        kind=network.link_type.tolist(),
        moment=network.link_moment.tolist(),
    )


def forward(ground: Ground, dates: Dates, anchor: int, *, late_ones: bool = False) -> None:
    """Fill the early dates from `anchor`, the project's start.

    With `late_ones` the as-late-as-possible activities stand on the late dates already in `dates`, and push
    their successors there.
    """
    order = ground.prepared.order
    size = len(order.summary)
    floors: dict[int, tuple[list[Floor], list[Floor]]] = {}
    for step in order.steps:
        if step >= size:
            _roll_up(ground, dates, step - size, order.children[step - size])
        elif order.summary[step]:
            floors[step] = _floors(ground, dates, step, floors.get(ground.parent[step]))
            constraint = ground.constraint[step]
            if constraint == Constraint.SNET:
                floors[step][0].append((ground.constraint_moment[step], Driver.SUMMARY, step))
        else:
            asked = _floors(ground, dates, step, floors.get(ground.parent[step]))
            _place(ground, dates, step, asked, anchor, late_ones)


def _floors(
    ground: Ground, dates: Dates, node: int, inherited: tuple[list[Floor], list[Floor]] | None
) -> tuple[list[Floor], list[Floor]]:
    """What the links into `node`, and into the summaries above it, demand of its start and of its finish."""
    starts: list[Floor] = []
    finishes: list[Floor] = []
    if inherited is not None:
        above = ground.parent[node]
        starts.extend((moment, Driver.SUMMARY, above) for moment, _, _ in inherited[0])
        finishes.extend((moment, Driver.SUMMARY, above) for moment, _, _ in inherited[1])
    for link in ground.prepared.links_in.get(node, ()):
        moment = pushed(ground, dates, link)
        if moment != NO_MOMENT:
            into = starts if ground.kind[link] in (LinkType.FS, LinkType.SS) else finishes
            into.append((moment, Driver.LINK, link))
    return starts, finishes


def pushed(ground: Ground, dates: Dates, link: int) -> int:
    """The moment a link demands of its successor, or NO_MOMENT when it has no say."""
    pred = ground.pred[link]
    if pred < 0:
        moment = ground.moment[link]
    elif not ground.active[pred] or (not ground.policy.summary_links and touches_summary(ground, link)):
        return NO_MOMENT
    elif ground.kind[link] in (LinkType.FS, LinkType.FF):
        moment = dates.finish[pred]
    else:
        moment = dates.start[pred]
    return moment if moment == NO_MOMENT else ground.spans.lagged(link, moment)


def touches_summary(ground: Ground, link: int) -> bool:
    """True when either end of a link is a summary."""
    summary = ground.prepared.order.summary
    pred, succ = ground.pred[link], ground.succ[link]
    return (pred >= 0 and summary[pred]) or (succ >= 0 and summary[succ])


def _place(
    ground: Ground, dates: Dates, node: int, floors: tuple[list[Floor], list[Floor]], anchor: int, late: bool
) -> None:
    """Give one activity its dates."""
    if ground.actual_start[node] != NO_MOMENT:
        _place_started(ground, dates, node, floors)
    else:
        start, reason = _earliest(ground, node, floors, anchor)
        dates.early_start[node] = start
        dates.early_finish[node] = _faced(ground, node, ground.spans.finish_from(node, start), floors[1])
        dates.start_reason[node] = reason
        dates.finish_reason[node] = (Driver.DURATION, -1)
    begun = ground.actual_start[node] != NO_MOMENT
    dates.start[node] = ground.actual_start[node] if begun else dates.early_start[node]
    dates.auto_start[node] = dates.start[node]
    dates.finish[node] = dates.auto_finish[node] = dates.early_finish[node]
    if ground.manual[node]:
        _pin(ground, dates, node)
    elif late and goes_late(ground, node):
        dates.start[node], dates.finish[node] = dates.late_start[node], dates.late_finish[node]
        dates.auto_start[node], dates.auto_finish[node] = dates.start[node], dates.finish[node]
        dates.start_reason[node] = (Driver.AS_LATE_AS_POSSIBLE, -1)


def goes_late(ground: Ground, node: int) -> bool:
    """True for an unstarted activity that stands as late as it can."""
    return (
        ground.constraint[node] == Constraint.ALAP
        and ground.actual_start[node] == NO_MOMENT
        and not ground.manual[node]
    )


def _earliest(
    ground: Ground, node: int, floors: tuple[list[Floor], list[Floor]], anchor: int
) -> tuple[int, Reason]:
    """The start of an unstarted activity and what set it."""
    spans, policy, network = ground.spans, ground.policy, ground.prepared.network
    constraint, date = ground.constraint[node], ground.constraint_moment[node]
    best, driver, index = anchor, Driver.PROJECT_START, -1
    if constraint in (Constraint.SNET, Constraint.FNET):
        best = NO_MOMENT
    for moment, source, number in floors[0]:
        if moment > best:
            best, driver, index = moment, source, number
    for moment, source, number in floors[1]:
        moment = spans.floor_before(node, moment)
        if moment > best:
            best, driver, index = moment, source, number
    if policy.reschedule_unstarted and network.status > best:
        best, driver, index = network.status, Driver.STATUS, -1
    floor = _constrained(ground, node, best, constraint, date)
    if floor != best:
        best, driver, index = floor, Driver.CONSTRAINT, -1
    delay = int(network.levelling_delay[node]) if policy.levelling_delay else 0
    start = spans.snap_start(node, best)
    if delay:
        start, driver, index = spans.snap_start(node, start + delay), Driver.LEVELLING, -1
    return start, (driver, index)


def _faced(ground: Ground, node: int, finish: int, floors: list[Floor]) -> int:
    """The finish on the clock face of the start that a start-to-finish link takes it from.

    Microsoft Project and P6 both show such a finish as Monday 08:00 where others show Friday 17:00.
    """
    for moment, source, link in floors:
        at_start = source == Driver.LINK and ground.kind[link] == LinkType.SF
        if at_start and moment > finish and not own_worktime(ground, node).between(finish, moment):
            finish = moment
    return finish


def own_worktime(ground: Ground, node: int) -> Worktime:
    """The worktime in which an activity's slack is counted: its own, a summary's the project's."""
    network = ground.prepared.network
    if ground.prepared.order.summary[node]:
        return network.worktimes[network.project_worktime]
    return ground.prepared.worktime(node, ground.policy)


def _constrained(ground: Ground, node: int, floor: int, constraint: int, date: int) -> int:
    """The floor under an activity after its date constraint has spoken."""
    if constraint <= Constraint.ALAP:
        return floor
    if constraint in (Constraint.MFO, Constraint.FNET, Constraint.FNLT):
        date = ground.spans.floor_before(node, date)
    if constraint in (Constraint.SNET, Constraint.FNET):
        return max(floor, date)
    if constraint in (Constraint.MSO, Constraint.MFO):
        return date if ground.policy.honor_constraints else max(floor, date)
    return min(floor, date) if ground.policy.honor_constraints else floor


def _place_started(
    ground: Ground, dates: Dates, node: int, floors: tuple[list[Floor], list[Floor]]
) -> None:
    """Dates of an activity that has begun: history stands, what is left goes on as the policy says."""
    spans = ground.spans
    start, finish = ground.actual_start[node], ground.actual_finish[node]
    dates.early_start[node] = start
    dates.start_reason[node] = (Driver.ACTUAL, -1)
    if finish != NO_MOMENT:
        dates.early_finish[node] = finish
        dates.finish_reason[node] = (Driver.ACTUAL, -1)
        return
    goes_on, reason = _goes_on(ground, node, floors, start)
    dates.finish_reason[node] = reason
    stood = spans.stood_at(node, start)
    dates.rest_start[node] = stood if goes_on == NO_MOMENT else goes_on
    if goes_on == NO_MOMENT:
        dates.early_finish[node] = spans.finish_from(node, start)
    else:
        dates.early_finish[node] = max(start, spans.rest_from(node, goes_on))
    if ground.policy.started_dates == StartedDates.REMAINING:
        dates.early_start[node] = max(start, dates.rest_start[node])
    if ground.constraint[node] == Constraint.FNET:
        dates.early_finish[node] = max(dates.early_finish[node], ground.constraint_moment[node])


def _goes_on(
    ground: Ground, node: int, floors: tuple[list[Floor], list[Floor]], start: int
) -> tuple[int, Reason]:
    """When the open work of a started activity goes on, NO_MOMENT for "it never stopped"."""
    spans, policy, network = ground.spans, ground.policy, ground.prepared.network
    moment, reason = NO_MOMENT, (Driver.REMAINING, -1)
    resume = int(network.resume[node]) if policy.resume_dates else NO_MOMENT
    status = network.status
    if resume != NO_MOMENT and resume > spans.snap_start(node, spans.stood_at(node, start)):
        moment = resume
    if policy.progress == Progress.HOLD:
        if policy.reschedule_remaining and status > max(moment, spans.stood_at(node, start)):
            moment, reason = status, (Driver.STATUS, -1)
        return moment, reason
    if status > moment:
        moment, reason = max(status, start), (Driver.STATUS, -1)
    if policy.progress == Progress.RETAINED:
        for floor, source, index in floors[0]:
            if floor > moment:
                moment, reason = floor, (source, index)
        for floor, source, index in floors[1]:
            floor = spans.rest_before(node, floor)
            if floor > moment:
                moment, reason = floor, (source, index)
    return moment, reason


def _pin(ground: Ground, dates: Dates, node: int) -> None:
    """Put a manual activity on the dates it was given; a missing one follows from its duration."""
    network, spans = ground.prepared.network, ground.spans
    start, finish = int(network.manual_start[node]), int(network.manual_finish[node])
    if start == NO_MOMENT and finish == NO_MOMENT:
        return
    if start == NO_MOMENT:
        start = spans.start_before(node, finish)
    elif finish == NO_MOMENT:
        finish = spans.finish_from(node, start)
    dates.start[node] = dates.early_start[node] = start
    dates.finish[node] = dates.early_finish[node] = finish
    dates.start_reason[node] = dates.finish_reason[node] = (Driver.MANUAL, -1)


def _roll_up(ground: Ground, dates: Dates, summary: int, children: tuple[int, ...]) -> None:
    """The dates of a summary: from the first start to the last finish among its active children."""
    inside = [child for child in children if ground.active[child] and dates.start[child] != NO_MOMENT]
    if not inside:
        inside = [child for child in children if dates.start[child] != NO_MOMENT]
    first = min(inside, key=dates.start.__getitem__)
    last = max(inside, key=dates.finish.__getitem__)
    dates.start[summary] = dates.auto_start[summary] = dates.start[first]
    dates.finish[summary] = dates.auto_finish[summary] = dates.finish[last]
    dates.early_start[summary] = min(dates.early_start[child] for child in inside)
    dates.early_finish[summary] = max(dates.early_finish[child] for child in inside)
    dates.start_reason[summary] = (Driver.CHILD, first)
    dates.finish_reason[summary] = (Driver.CHILD, last)
    if ground.manual[summary]:
        _pin(ground, dates, summary)
