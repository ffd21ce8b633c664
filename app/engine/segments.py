"""Where the work lies: the stretches of split activities and the dates of each part."""

from __future__ import annotations

import numpy as np

from app.engine.forward import Dates, Ground
from app.engine.network import NO_MOMENT, Ints
from app.engine.worktime import Worktime


def segments(ground: Ground, dates: Dates) -> dict[int, tuple[tuple[int, int], ...]]:
    """The worked stretches, as (start, finish) moments, of every activity that is interrupted."""
    network = ground.prepared.network
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for node in sorted(set(network.splits) | _in_progress(ground)):
        if ground.prepared.is_summary[node] or dates.start[node] >= dates.finish[node]:
            continue
        stretches = _stretches(ground, dates, node)
        if len(stretches) > 1:
            found[node] = tuple(stretches)
    return found


def _in_progress(ground: Ground) -> set[int]:
    """Activities whose open work may have moved away from what is done."""
    network = ground.prepared.network
    begun = (network.actual_start != NO_MOMENT) & (network.actual_finish == NO_MOMENT)
    return set(np.flatnonzero(begun & ~ground.prepared.is_summary).tolist())


def _stretches(ground: Ground, dates: Dates, node: int) -> list[tuple[int, int]]:
    worktime, _, minutes, left, _ = ground.spans.pieces[node][0]
    network = ground.prepared.network
    start, finish = int(dates.start[node]), int(dates.finish[node])
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
    if done_until and stretches and stretches[-1][1] < finish:
        return _broken_off(ground, node, worktime, start, finish, done_until, left)
    return stretches


def _broken_off(
    ground: Ground, node: int, worktime: Worktime, start: int, finish: int, done: int, left: int
) -> list[tuple[int, int]]:
    """The done stretch and the open one of an activity whose open work goes on later."""
    stood = worktime.add(start, done)
    goes_on = worktime.add(finish, -left)
    return [(start, stood), (goes_on, finish)] if goes_on > stood else [(start, finish)]


def parts_placed(ground: Ground, dates: Dates) -> tuple[Ints, Ints]:
    """The start and finish of every part within its activity's dates."""
    network, spans = ground.prepared.network, ground.spans
    starts, finishes = dates.start[network.part_activity], dates.finish[network.part_activity]
    if not (ground.policy.parts and network.parts):
        return starts, finishes
    several = np.bincount(network.part_activity) > 1
    for node in np.flatnonzero(several).tolist():
        if ground.manual[node] or ground.actual_finish[node] != NO_MOMENT:
            continue
        begun = ground.actual_start[node] != NO_MOMENT
        for part, piece in zip(ground.prepared.parts[node], spans.pieces[node], strict=True):
            worktime, _, minutes, left, _ = piece
            starts[part] = spans.begin_of(node, piece, int(dates.start[node]))
            if begun and left and dates.rest_start[node] != NO_MOMENT:
                finishes[part] = worktime.add(int(dates.rest_start[node]), left)
            else:
                finishes[part] = worktime.add(int(starts[part]), minutes)
    return starts, np.minimum(finishes, dates.finish[network.part_activity])
