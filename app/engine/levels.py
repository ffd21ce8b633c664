"""Both passes by levels: all ordinary activities of a level at once, the odd ones one by one.

An activity is ordinary when it is one unbroken piece of unstarted, automatically scheduled work; everything
else (progress, several assignments, splits, manual dates) goes through the functions of the plain passes, on
the same columns, so that both ways agree by construction where rules are many and by test where they are few.
"""

from __future__ import annotations

import numpy as np

from app.engine import backward as plain_back
from app.engine import forward as plain_ahead
from app.engine.axis import Axis
from app.engine.forward import FAR, Dates, Floors, Ground, Work
from app.engine.lanes import Lanes, LinkLane
from app.engine.network import NO_MOMENT, Constraint, Ints, LinkType
from app.engine.schedule import Driver


def forward(ground: Ground, lanes: Lanes, axis: Axis, dates: Dates, anchor: int, *, late_ones: bool) -> None:
    """Fill the early dates from `anchor`; the columns of `dates` are arrays."""
    size, nodes, lane = ground.prepared.network.size, lanes.nodes, lanes.ahead
    reached = np.concatenate((dates.start, dates.finish))
    dates.start, dates.finish = reached[:size], reached[size:]
    _stand_done(ground, lanes, dates)
    base, least, most = _bounds_ahead(ground, lanes, axis, anchor)
    demanded = np.empty(len(lane.link), np.int64)
    asked = base.copy()
    start, finish, works = (np.empty(len(nodes), np.int64) for _ in range(3))
    floors: dict[int, Floors] = {}
    heads = np.full(size + 1, NO_MOMENT, np.int64)
    above = ground.parent[nodes]
    for level, singles in enumerate(lanes.singles):
        for step in singles:
            if step >= size:
                plain_ahead.roll_up(ground, dates, step - size)
            elif step in lanes.special:
                plain_ahead.open_summary(ground, dates, step, floors)
                heads[step] = max((moment for moment, _, _ in floors[step][0]), default=NO_MOMENT)
            else:
                plain_ahead.place(ground, dates, step, floors, anchor, late_ones)
        begin, end = lanes.node_at[level], lanes.node_at[level + 1]
        if begin == end:
            continue
        floor = asked[begin:end]
        if floors:
            np.maximum(floor, heads[above[begin:end]], out=floor)
        faced = _demand(lane, lanes, axis, reached, demanded, floor, level, begin)
        floor = np.minimum(np.maximum(floor, least[begin:end]), most[begin:end])
        calendar, minutes = lanes.calendar[begin:end], lanes.minutes[begin:end]
        at, work = axis.next_starts(calendar, floor)
        until = axis.finishes_at(calendar, work + minutes)
        zero = lanes.zero[lanes.zero_at[level] : lanes.zero_at[level + 1]] - begin
        if len(zero):
            stays = axis.touches(calendar[zero], floor[zero])
            at[zero] = until[zero] = np.where(stays, floor[zero], at[zero])
        if faced is not None and ground.policy.start_to_finish_keeps_face:
            _face(axis, lanes, lane, faced, work, until, level, begin)
        start[begin:end], finish[begin:end], works[begin:end] = at, until, work
        dates.start[nodes[begin:end]] = at
        dates.finish[nodes[begin:end]] = until
    for column in (dates.early_start, dates.auto_start):
        column[nodes] = start
    for column in (dates.early_finish, dates.auto_finish):
        column[nodes] = finish
    known = dates.work or _unknown(size)
    known.known[nodes] = True
    known.start[nodes], known.finish[nodes] = works, works + lanes.minutes
    dates.work = known
    _explain(ground, lanes, dates, anchor, asked, demanded, heads, least, most)


def _stand_done(ground: Ground, lanes: Lanes, dates: Dates) -> None:
    """Put finished activities where they were, early and late."""
    network, done = ground.prepared.network, lanes.done
    for column in (dates.start, dates.early_start, dates.auto_start, dates.late_start, dates.rest_late_start):
        column[done] = network.actual_start[done]
    for column in (dates.finish, dates.early_finish, dates.auto_finish, dates.late_finish):
        column[done] = network.actual_finish[done]
    for column in (dates.start_driver, dates.finish_driver):
        column[done] = Driver.ACTUAL


def _unknown(size: int) -> Work:
    blank = (np.zeros(size, np.int64) for _ in range(4))
    return Work(np.zeros(size, np.bool_), *blank)


def _bounds_ahead(ground: Ground, lanes: Lanes, axis: Axis, anchor: int) -> tuple[Ints, Ints, Ints]:
    """The floor without links, and the earliest and latest floor that date constraints allow."""
    network, nodes = ground.prepared.network, lanes.nodes
    constraint, date = network.constraint[nodes], network.constraint_moment[nodes]
    loose = (constraint == Constraint.SNET) | (constraint == Constraint.FNET)
    base = np.where(loose, NO_MOMENT, anchor)
    if ground.policy.reschedule_unstarted:
        base = np.maximum(base, network.status)
    least = np.full(len(nodes), NO_MOMENT, np.int64)
    most = np.full(len(nodes), FAR, np.int64)
    if not (constraint > Constraint.ALAP).any():
        return base, least, most
    by_finish = np.flatnonzero(np.isin(constraint, (Constraint.MFO, Constraint.FNET, Constraint.FNLT)))
    date = date.copy()
    date[by_finish] = _started_before(axis, lanes, by_finish, date[by_finish])
    fixed = (constraint == Constraint.MSO) | (constraint == Constraint.MFO)
    least = np.where(loose | fixed, date, least)
    if ground.policy.honor_constraints:
        most = np.where((constraint >= Constraint.MSO) & ~loose, date, most)
    return base, least, most


def _started_before(axis: Axis, lanes: Lanes, place: Ints, finish: Ints) -> Ints:
    """The starts from which activities end at given finishes."""
    calendar, minutes = lanes.calendar[place], lanes.minutes[place]
    start = axis.starts_at(calendar, axis.works_before(calendar, finish) - minutes)
    return np.where(minutes == 0, finish, start)


def _demand(
    lane: LinkLane,
    lanes: Lanes,
    axis: Axis,
    reached: Ints,
    demanded: Ints,
    floor: Ints,
    level: int,
    begin: int,
) -> Ints | None:
    """Raise the floors of a level to what its links demand; the raw demands on finishes are returned."""
    low, high = lane.at[level], lane.at[level + 1]
    if low == high:
        return None
    asks = reached[lane.read[low:high]]
    one, two = lane.lagged_at[level], lane.lagged_at[level + 1]
    if one < two:
        place, lag, calendar = lane.lagged[one:two] - low, lane.lag[one:two], lane.lag_calendar[one:two]
        asks[place] = axis.moved(calendar, asks[place], lag)
    raw = None
    one, two = lane.turned_at[level], lane.turned_at[level + 1]
    if one < two:
        place = lane.turned[one:two] - low
        raw = asks[place]
        asks[place] = _started_before(axis, lanes, lane.turned_owner[one:two], raw)
    demanded[low:high] = asks
    one, two = lane.first_at[level], lane.first_at[level + 1]
    owner = lane.owner[one:two] - begin
    floor[owner] = np.maximum(floor[owner], np.maximum.reduceat(asks, lane.first[one:two] - low))
    return raw


def _face(
    axis: Axis, lanes: Lanes, lane: LinkLane, raw: Ints, work: Ints, until: Ints, level: int, begin: int
) -> None:
    """Put finishes on the clock face of the start that a start-to-finish link takes them from."""
    turned = slice(lane.turned_at[level], lane.turned_at[level + 1])
    at_start = np.flatnonzero(lane.turned_kind[turned] == LinkType.SF)
    if not len(at_start):
        return
    owner = lane.turned_owner[turned][at_start]
    moment, calendar = raw[at_start], lanes.calendar[owner]
    place = owner - begin
    same = axis.works_before(calendar, moment) == work[place] + lanes.minutes[owner]
    np.maximum.at(until, place[same], moment[same])


def _explain(
    ground: Ground,
    lanes: Lanes,
    dates: Dates,
    anchor: int,
    asked: Ints,
    demanded: Ints,
    heads: Ints,
    least: Ints,
    most: Ints,
) -> None:
    """Note what set each start, in the order in which the plain pass would have found it."""
    network, nodes, lane = ground.prepared.network, lanes.nodes, lanes.ahead
    loose = np.isin(network.constraint[nodes], (Constraint.SNET, Constraint.FNET))
    driver = np.full(len(nodes), int(Driver.PROJECT_START), np.int64)
    index = np.full(len(nodes), -1, np.int64)
    moved = asked > np.where(loose, NO_MOMENT, anchor)
    if ground.policy.reschedule_unstarted:
        driver[moved] = Driver.STATUS
    counts = np.diff(np.append(lane.first, len(lane.link)))
    owner = np.repeat(lane.owner, counts)
    setting = np.flatnonzero((demanded == asked[owner]) & moved[owner])[::-1]
    driver[owner[setting]] = Driver.LINK
    index[owner[setting]] = lane.link[setting]
    above = ground.parent[nodes]
    inherited = moved & (heads[above] == asked)
    driver[inherited], index[inherited] = Driver.SUMMARY, above[inherited]
    held = np.minimum(np.maximum(asked, least), most) != asked
    driver[held], index[held] = Driver.CONSTRAINT, -1
    dates.start_driver[nodes], dates.start_index[nodes] = driver, index
    dates.finish_driver[nodes], dates.finish_index[nodes] = Driver.DURATION, -1


def backward(ground: Ground, lanes: Lanes, axis: Axis, dates: Dates, anchor: int) -> None:
    """Fill the late dates from `anchor`; the columns of `dates` are arrays."""
    size, nodes, lane = ground.prepared.network.size, lanes.nodes, lanes.back
    left = np.concatenate((dates.rest_late_start, dates.late_finish))
    dates.rest_late_start, dates.late_finish = left[:size], left[size:]
    least, most = _bounds_back(ground, lanes, axis)
    late_start, works = np.empty(len(nodes), np.int64), np.empty(len(nodes), np.int64)
    ceilings: dict[int, plain_back.Ceilings] = {}
    roofs = np.full(size + 1, FAR, np.int64)
    above = ground.parent[nodes]
    for level in range(len(lanes.singles) - 1, -1, -1):
        for step in lanes.singles[level]:
            if step >= size:
                plain_back.enter_summary(ground, dates, step - size, ceilings)
                roofs[step - size] = ceilings[step - size][1]
            elif step in lanes.special:
                plain_back.close_summary(ground, dates, step)
            else:
                plain_back.place(ground, dates, step, ceilings, anchor)
        begin, end = lanes.node_at[level], lanes.node_at[level + 1]
        if begin == end:
            continue
        roof = roofs[above[begin:end]] if ceilings else np.full(end - begin, FAR, np.int64)
        latest = _leave(lane, lanes, axis, left, roof, level, begin)
        if ground.policy.multiple_critical_paths:
            roof = np.where(roof == FAR, dates.early_finish[nodes[begin:end]], roof)
        roof = np.minimum(roof, anchor)
        roof = np.minimum(np.maximum(roof, least[begin:end]), most[begin:end])
        calendar, minutes = lanes.calendar[begin:end], lanes.minutes[begin:end]
        until, work = axis.previous_finishes(calendar, roof)
        at = axis.starts_at(calendar, work - minutes)
        zero = lanes.zero[lanes.zero_at[level] : lanes.zero_at[level + 1]] - begin
        if len(zero):
            at[zero] = until[zero] = roof[zero]
        if latest is not None and ground.policy.start_to_finish_keeps_face:
            place, moment = latest
            earlier = moment < at[place]
            place, moment = place[earlier], moment[earlier]
            same = axis.works_before(calendar[place], moment) == work[place] - minutes[place]
            at[place[same]] = moment[same]
        late_start[begin:end], works[begin:end] = at, work
        dates.rest_late_start[nodes[begin:end]] = at
        dates.late_finish[nodes[begin:end]] = until
        if ceilings:
            dates.late_start[nodes[begin:end]] = at
    dates.late_start[nodes] = late_start
    if dates.work is not None:
        dates.work.late_start[nodes], dates.work.late_finish[nodes] = works - lanes.minutes, works


def _bounds_back(ground: Ground, lanes: Lanes, axis: Axis) -> tuple[Ints, Ints]:
    """The earliest and the latest late finish that date constraints and deadlines allow."""
    network, nodes = ground.prepared.network, lanes.nodes
    constraint, date = network.constraint[nodes], network.constraint_moment[nodes].copy()
    least = np.full(len(nodes), NO_MOMENT, np.int64)
    most = np.full(len(nodes), FAR, np.int64)
    if (constraint > Constraint.ALAP).any():
        by_start = np.flatnonzero((constraint == Constraint.MSO) | (constraint == Constraint.SNLT))
        date[by_start] = _finished_from(axis, lanes, by_start, date[by_start])
        fixed = (constraint == Constraint.MSO) | (constraint == Constraint.MFO)
        limited = (constraint == Constraint.SNLT) | (constraint == Constraint.FNLT)
        least, most = np.where(fixed, date, least), np.where(fixed | limited, date, most)
    deadline = network.deadline[nodes]
    if ground.policy.deadlines_limit_late_dates:
        most = np.where(deadline != NO_MOMENT, np.minimum(most, deadline), most)
    return least, most


def _finished_from(axis: Axis, lanes: Lanes, place: Ints, moment: Ints) -> Ints:
    """The finishes of activities that may begin from given moments on."""
    calendar, minutes = lanes.calendar[place], lanes.minutes[place]
    start, work = axis.next_starts(calendar, moment)
    finish = axis.finishes_at(calendar, work + minutes)
    zero = np.flatnonzero(minutes == 0)
    if len(zero):
        stays = axis.touches(calendar[zero], moment[zero])
        finish[zero] = np.where(stays, moment[zero], start[zero])
    return finish


def _leave(
    lane: LinkLane, lanes: Lanes, axis: Axis, left: Ints, roof: Ints, level: int, begin: int
) -> tuple[Ints, Ints] | None:
    """Lower the roofs of a level to what its links leave; bounds on starts are returned with their places."""
    low, high = lane.at[level], lane.at[level + 1]
    if low == high:
        return None
    leaves = left[lane.read[low:high]]
    one, two = lane.lagged_at[level], lane.lagged_at[level + 1]
    if one < two:
        place, calendar = lane.lagged[one:two] - low, lane.lag_calendar[one:two]
        work = axis.works_before(calendar, leaves[place]) - lane.lag[one:two]
        leaves[place] = axis.starts_at(calendar, work)
    latest = None
    one, two = lane.turned_at[level], lane.turned_at[level + 1]
    if one < two:
        place, owner = lane.turned[one:two] - low, lane.turned_owner[one:two]
        bound = np.full(len(roof), FAR, np.int64)
        np.minimum.at(bound, owner - begin, leaves[place])
        bounded = np.flatnonzero(bound != FAR)
        latest = bounded, bound[bounded]
        leaves[place] = _finished_from(axis, lanes, owner, leaves[place])
    one, two = lane.first_at[level], lane.first_at[level + 1]
    owner = lane.owner[one:two] - begin
    roof[owner] = np.minimum(roof[owner], np.minimum.reduceat(leaves, lane.first[one:two] - low))
    return latest
