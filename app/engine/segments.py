"""Where the work lies: the stretches of split activities and the dates of each part."""

from __future__ import annotations

from app.engine.forward import Dates, Ground
from app.engine.network import NO_MOMENT
from app.engine.worktime import Worktime


def segments(ground: Ground, dates: Dates) -> dict[int, tuple[tuple[int, int], ...]]:
    """The worked stretches, as (start, finish) moments, of every activity that is interrupted."""
    network = ground.prepared.network
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for node in sorted(set(network.splits) | _resumed(ground)):
        if ground.prepared.order.summary[node] or dates.start[node] >= dates.finish[node]:
            continue
        stretches = _stretches(ground, dates, node)
        if len(stretches) > 1:
            found[node] = tuple(stretches)
    return found


def _resumed(ground: Ground) -> set[int]:
    """Activities in progress, whose open work may have moved away from what is done."""
    size = len(ground.active)
    started = [node for node in range(size) if ground.actual_start[node] != NO_MOMENT]
    return {node for node in started if ground.actual_finish[node] == NO_MOMENT}


def _stretches(ground: Ground, dates: Dates, node: int) -> list[tuple[int, int]]:
    worktime, _, minutes, left = ground.spans.pieces[node][0]
    network = ground.prepared.network
    start, finish = dates.start[node], dates.finish[node]
    cuts = network.splits.get(node, ()) if ground.policy.splits else ()
    work = minutes - sum(gap for before, gap in cuts if before < minutes)
    stretches: list[tuple[int, int]] = []
    done_until = minutes - left if ground.actual_start[node] != NO_MOMENT else 0
    at, passed = start, 0
    for before, gap in (*cuts, (work, 0)):
        if before > work or before <= passed:
            continue
        end = worktime.add(at, before - passed)
        stretches.append((at, end))
        at, passed = worktime.next_start(worktime.add(end, gap)), before
    if done_until and stretches[-1][1] < finish:
        return _broken_off(ground, node, worktime, start, finish, done_until, left)
    return stretches


def _broken_off(
    ground: Ground, node: int, worktime: Worktime, start: int, finish: int, done: int, left: int
) -> list[tuple[int, int]]:
    """The done stretch and the open one of an activity whose open work goes on later."""
    stood = worktime.add(start, done)
    goes_on = worktime.add(finish, -left)
    return [(start, stood), (goes_on, finish)] if goes_on > stood else [(start, finish)]


def parts_placed(ground: Ground, dates: Dates) -> tuple[list[int], list[int]]:
    """The start and finish of every part within its activity's dates."""
    network, spans = ground.prepared.network, ground.spans
    starts = [NO_MOMENT] * network.parts
    finishes = [NO_MOMENT] * network.parts
    for node, parts in ground.prepared.parts.items():
        pieces = spans.pieces[node]
        fixed = len(pieces) != len(parts) or ground.manual[node]
        lead = 0 if fixed else spans.lead(node)
        for number, part in enumerate(parts):
            if fixed or ground.actual_finish[node] != NO_MOMENT:
                starts[part], finishes[part] = dates.start[node], dates.finish[node]
                continue
            worktime, delay, minutes, left = pieces[number]
            at = worktime.next_start(dates.start[node])
            starts[part] = worktime.next_start(worktime.add(at, delay - lead)) if delay > lead else at
            finishes[part] = min(worktime.add(starts[part], minutes), dates.finish[node])
            if ground.actual_start[node] != NO_MOMENT and left and finishes[part] < dates.finish[node]:
                finishes[part] = max(finishes[part], min(dates.finish[node], dates.early_finish[node]))
    return starts, finishes
