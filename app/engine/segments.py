"""Where the work lies: the stretches of split activities and the dates of each part."""

from __future__ import annotations

import numpy as np

from app.engine.forward import Dates, Ground
from app.engine.network import NO_MOMENT, Bools, Ints
from app.engine.worktime import Worktime


def segments(ground: Ground, dates: Dates) -> dict[int, tuple[tuple[int, int], ...]]:
    """The worked stretches, as (start, finish) moments, of every activity that is interrupted."""
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    for node in sorted(set(ground.prepared.network.splits) | _broken(ground, dates)):
        if ground.prepared.is_summary[node] or dates.start[node] >= dates.finish[node]:
            continue
        stretches = _stretches(ground, dates, node)
        if len(stretches) > 1:
            found[node] = tuple(stretches)
    return found


def _broken(ground: Ground, dates: Dates) -> set[int]:
    """Activities in progress whose open work has moved away from what is done."""
    network, table, ruler = ground.prepared.network, ground.table, ground.prepared.axis.ruler
    begun = (network.actual_start != NO_MOMENT) & (network.actual_finish == NO_MOMENT)
    nodes = np.flatnonzero(begun & ~ground.prepared.is_summary & (dates.start < dates.finish))
    first = table.at[nodes]
    open_work = table.minutes[first] > table.left[first]
    nodes, first = nodes[open_work], first[open_work]
    if not len(nodes):
        return set()
    shift, minutes, left = table.shift[first], table.minutes[first], table.left[first]
    start, finish = dates.start[nodes], dates.finish[nodes]
    stood = ruler.moved(shift, start, minutes - left)
    apart = ruler.moved(shift, start, minutes) < finish
    apart &= ruler.moved(shift, finish, -left) > stood
    return set(nodes[apart].tolist())


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


def parts_placed(
    ground: Ground, dates: Dates, last: tuple[Ints, Ints] | None = None, touched: Bools | None = None
) -> tuple[Ints, Ints]:
    """The start and finish of every part within its activity's dates, of all but `touched` ones as `last`."""
    network, table = ground.prepared.network, ground.table
    owner = network.part_activity
    starts, finishes = dates.start[owner], dates.finish[owner]
    if not len(table.of_part):
        return starts, finishes
    apart = np.diff(table.at) > 1
    if last is not None and touched is not None:
        apart &= touched
        stays = ~touched[owner]
        starts, finishes = np.where(stays, last[0], starts), np.where(stays, last[1], finishes)
    apart &= ~np.asarray(ground.manual, np.bool_) & (network.actual_finish == NO_MOMENT)
    flat = (apart & ~table.lumpy)[owner]
    if dates.work is not None and dates.work.pieces_known is not None:
        known = flat & dates.work.pieces_known[table.of_part]
        flat &= ~known
        place = np.flatnonzero(known)
        starts[place] = dates.work.piece_start[table.of_part[place]]
        finishes[place] = dates.work.piece_finish[table.of_part[place]]
    place = np.flatnonzero(flat)
    if len(place):
        starts[place], finishes[place] = _flat_parts(ground, dates, place)
    for node in np.flatnonzero(apart & table.lumpy).tolist():
        _place_parts(ground, dates, node, starts, finishes)
    return starts, np.minimum(finishes, dates.finish[owner])


def _flat_parts(ground: Ground, dates: Dates, parts: Ints) -> tuple[Ints, Ints]:
    """The dates of parts that begin with their activity."""
    network, table, ruler = ground.prepared.network, ground.table, ground.prepared.axis.ruler
    owner, piece = network.part_activity[parts], table.of_part[parts]
    shift, minutes, left = table.shift[piece], table.minutes[piece], table.left[piece]
    start, work = ruler.next_starts(shift, dates.start[owner])
    finish = np.where(minutes == 0, start, ruler.finishes_at(work + minutes))
    rest = dates.rest_start[owner]
    open_ones = np.flatnonzero((network.actual_start[owner] != NO_MOMENT) & (left != 0) & (rest != NO_MOMENT))
    if len(open_ones):
        finish[open_ones] = ruler.moved(shift[open_ones], rest[open_ones], left[open_ones])
    return start, finish


def _place_parts(ground: Ground, dates: Dates, node: int, starts: Ints, finishes: Ints) -> None:
    """The dates of the parts of one activity, delays and all."""
    spans = ground.spans
    begun = ground.actual_start[node] != NO_MOMENT
    for part, piece in zip(ground.prepared.parts.inside(node), spans.pieces[node], strict=True):
        worktime, _, minutes, left, _ = piece
        starts[part] = spans.begin_of(node, piece, int(dates.start[node]))
        if begun and left and dates.rest_start[node] != NO_MOMENT:
            finishes[part] = worktime.add(int(dates.rest_start[node]), left)
        else:
            finishes[part] = worktime.add(int(starts[part]), minutes)
