"""The backward pass: the latest dates that would not move the project's end or break a date set by hand."""

from __future__ import annotations

from app.engine.forward import FAR, Dates, Ground, touches_summary
from app.engine.network import NO_MOMENT, Constraint, LinkType
from app.engine.policy import StartedDates

Ceilings = tuple[int, int]
"""The latest start and the latest finish that are asked of an activity."""

# Members of an enumeration take long to look up, and the rules ask for them all the time.
_FNLT = int(Constraint.FNLT)
_MFO = int(Constraint.MFO)
_MSO = int(Constraint.MSO)
_SNLT = int(Constraint.SNLT)
_FF = int(LinkType.FF)
_FS = int(LinkType.FS)
_SF = int(LinkType.SF)
_SS = int(LinkType.SS)


def backward(ground: Ground, dates: Dates, anchor: int) -> None:
    """Fill the late dates from `anchor`, the project's finish.

    `rest_late_start` is the late start of what is left of an activity: the same as `late_start` before it has
    begun, later once it has.
    """
    order = ground.prepared.order
    size = len(order.summary)
    ceilings: dict[int, Ceilings] = {}
    for step in reversed(order.steps.tolist()):
        if step >= size:
            enter_summary(ground, dates, step - size, ceilings)
        elif order.summary[step]:
            close_summary(ground, dates, step)
        else:
            place(ground, dates, step, ceilings, anchor)


def pulled(ground: Ground, dates: Dates, link: int) -> int:
    """The latest moment a link leaves its predecessor (FAR when it has no say).

    It bounds the predecessor's finish for FS and FF, its start for SS and SF.
    """
    succ, pred = ground.succ[link], ground.pred[link]
    kind = ground.kind[link]
    if succ < 0:
        return ground.spans.unlagged(link, ground.moment[link])
    if not ground.active[succ] or ground.actual_finish[succ] != NO_MOMENT:
        return FAR
    if kind in (_SS, _SF) and ground.actual_start[pred] != NO_MOMENT:
        return FAR
    if not ground.policy.summary_links and touches_summary(ground, link):
        return FAR
    if kind == _SS and ground.actual_start[succ] != NO_MOMENT:
        return FAR
    late = dates.rest_late_start[succ] if kind in (_FS, _SS) else dates.late_finish[succ]
    from_summary = kind == _FS and ground.prepared.order.summary[pred]
    stands = ground.policy.summaries_end_where_started_work_stands and dates.rest_start[succ] != NO_MOMENT
    if from_summary and stands:
        late = min(late, dates.rest_start[succ])
    return ground.spans.unlagged(link, late)


def _ceilings(ground: Ground, dates: Dates, node: int, ceilings: dict[int, Ceilings]) -> Ceilings:
    """What the links out of `node`, and of the summaries above it, leave to its start and to its finish."""
    latest_start, latest_finish = FAR, FAR
    above = ground.parent[node]
    if above >= 0:
        latest_start, latest_finish = ceilings.get(above, (FAR, FAR))
        if latest_start != FAR and dates.start[node] != dates.start[above]:
            latest_start = FAR
    for link in ground.prepared.links_out.inside(node):
        moment = pulled(ground, dates, link)
        if ground.kind[link] in (_FS, _FF):
            latest_finish = min(latest_finish, moment)
        else:
            latest_start = min(latest_start, moment)
    return latest_start, latest_finish


def enter_summary(ground: Ground, dates: Dates, summary: int, ceilings: dict[int, Ceilings]) -> None:
    """Work out what the links out of a summary leave to everything inside it."""
    latest_start, latest_finish = _ceilings(ground, dates, summary, ceilings)
    if ground.constraint[summary] == _FNLT:
        latest_finish = min(latest_finish, ground.constraint_moment[summary])
    ceilings[summary] = latest_start, latest_finish


def place(ground: Ground, dates: Dates, node: int, ceilings: dict[int, Ceilings], anchor: int) -> None:
    """Give one activity its late dates.

    Milestones and manual activities keep the clock face their successors leave them (Monday 08:00), all
    others end where work ends (Friday 17:00); so does Microsoft Project.
    """
    spans = ground.spans
    if ground.actual_finish[node] != NO_MOMENT:
        dates.late_start[node] = dates.early_start[node]
        dates.late_finish[node] = dates.early_finish[node]
        dates.rest_late_start[node] = dates.late_start[node]
        return
    latest_start, latest_finish = _ceilings(ground, dates, node, ceilings)
    started = ground.actual_start[node] != NO_MOMENT
    if latest_start != FAR and not started:
        latest_finish = min(latest_finish, spans.finish_from(node, spans.snap_start(node, latest_start)))
    if ground.policy.multiple_critical_paths and latest_finish == FAR:
        latest_finish = dates.early_finish[node]
    finish = _bounded(ground, node, min(latest_finish, anchor), started)
    if not (ground.manual[node] and ground.policy.manual_late_finish_as_left):
        finish = spans.snap_finish(node, finish)
    dates.late_finish[node] = finish
    dates.rest_late_start[node] = spans.rest_before(node, finish)
    if started and ground.policy.started_dates == StartedDates.ACTUAL:
        dates.late_start[node] = dates.early_start[node]
    elif started:
        dates.late_start[node] = dates.rest_late_start[node]
    else:
        late = spans.start_before(node, finish)
        keeps = ground.policy.start_to_finish_keeps_face
        if latest_start < late and keeps and not spans.pieces[node][0][0].between(latest_start, late):
            late = latest_start
        dates.late_start[node] = late
        dates.rest_late_start[node] = dates.late_start[node]


def _bounded(ground: Ground, node: int, finish: int, started: bool) -> int:
    """The latest finish after the date constraint and the deadline have spoken."""
    constraint, date = ground.constraint[node], ground.constraint_moment[node]
    if not ground.manual[node]:
        if constraint in (_MSO, _SNLT) and not started:
            date = ground.spans.finish_from(node, ground.spans.snap_start(node, date))
            finish = date if constraint == _MSO else min(finish, date)
        elif constraint == _MFO:
            finish = date
        elif constraint == _FNLT:
            finish = min(finish, date)
    deadline = ground.deadline[node]
    if deadline != NO_MOMENT and ground.policy.deadlines_limit_late_dates:
        finish = min(finish, deadline)
    return finish


def close_summary(ground: Ground, dates: Dates, summary: int) -> None:
    """The late dates of a summary: from the first late start to the last late finish inside it."""
    children = ground.prepared.order.children[summary]
    inside = [child for child in children if ground.active[child]] or list(children)
    dates.late_start[summary] = min(dates.late_start[child] for child in inside)
    dates.late_finish[summary] = max(dates.late_finish[child] for child in inside)
    dates.rest_late_start[summary] = dates.late_start[summary]
    deadline = ground.deadline[summary]
    if deadline != NO_MOMENT and ground.policy.deadlines_limit_late_dates:
        dates.late_finish[summary] = min(dates.late_finish[summary], deadline)
