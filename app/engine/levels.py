"""Both passes by levels: the activities of a level at once, the odd ones one by one.

Taken at once are activities in one or several pieces that begin together, whatever their constraint, manual
dates, levelling delay or (backward) progress. All others go by the rules of `forward` and `backward`, on the
same columns, so that both ways agree by construction where rules are many and by test where they are few.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from app.engine import backward as rules_back
from app.engine import forward as rules_ahead
from app.engine.axis import Ruler
from app.engine.forward import FAR, Dates, Floors, Ground, Work, viewed
from app.engine.lanes import BASES, Lanes, Row, Side
from app.engine.network import NO_MOMENT, Constraint, Ints
from app.engine.pieces import finished_from, spread, started_before
from app.engine.policy import StartedDates
from app.engine.schedule import Driver
from app.engine.standing import pins, stand


def forward(ground: Ground, lanes: Lanes, dates: Dates, anchor: int, *, late_ones: bool) -> None:
    """Fill the early dates from `anchor`; the columns of `dates` are arrays."""
    axis, side, size = ground.prepared.axis.ruler, lanes.ahead, ground.prepared.network.size
    nodes, policy, status = side.nodes, ground.policy, ground.prepared.network.status
    held = status if policy.reschedule_unstarted else NO_MOMENT
    heads = np.full(size, NO_MOMENT, np.int64)
    reached = np.concatenate((dates.start, dates.finish, [max(anchor, held), held], heads))
    dates.start, dates.finish, heads = reached[:size], reached[size : 2 * size], reached[2 * size + BASES :]
    stand(ground, lanes, dates)
    slow, heading = viewed(dates), heads.data
    least, most = _bounds_ahead(ground, lanes)
    pin_start, pin_finish = _pinned(ground, side)
    minutes = ground.table.minutes[side.spread.piece]
    turned_minutes = ground.table.minutes[side.turned_piece]
    zero, zero_at = _zeros(minutes, side)
    demanded = np.empty(len(side.link), np.int64)
    asked, start, finish = (np.empty(len(nodes), np.int64) for _ in range(3))
    works, begun, ended = np.empty((3, len(minutes)), np.int64)
    floors: dict[int, Floors] = {}
    for level, row in enumerate(side.rows):
        for step in row.singles:
            if step >= size:
                rules_ahead.roll_up(ground, slow, step - size)
            elif step in lanes.special:
                rules_ahead.open_summary(ground, slow, step, floors)
                heading[step] = max((moment for moment, _, _ in floors[step][0]), default=NO_MOMENT)
            else:
                rules_ahead.place(ground, slow, step, floors, anchor, late_ones)
        if row.begin == row.end:
            continue
        begin, end, low, high = row.begin, row.end, row.low, row.high
        asks = demanded[row.link_low : row.link_high]
        reached.take(row.read, out=asks, mode="clip")
        if len(row.lagged):
            asks[row.lagged] = axis.moved(row.lag_shift, asks.take(row.lagged), row.lag)
        raw = _turn_ahead(axis, row, asks, turned_minutes) if len(row.turned) else None
        floor = np.maximum.reduceat(asks, row.first, out=asked[begin:end])
        if row.bounded:
            floor = np.minimum(np.maximum(floor, least[begin:end]), most[begin:end])
        nothing = zero[zero_at[level] : zero_at[level + 1]] - begin
        if len(row.delayed):
            floor = _delayed(axis, row, floor, nothing)
        at, work = axis.next_starts(row.shift, floor if row.single else floor.take(row.owner))
        works[low:high] = work
        work += minutes[low:high]
        until = axis.finishes_at(work)
        if not row.single:
            begun[low:high], ended[low:high] = at, until
            at = np.minimum.reduceat(at, row.first_piece)
            until = np.maximum.reduceat(until, row.first_piece)
        if len(nothing):
            stood = floor[nothing]
            stays = axis.touches(row.shift[row.first_piece[nothing]], stood)
            at[nothing] = until[nothing] = np.where(stays, stood, at[nothing])
        if raw is not None and len(row.at_start) and policy.start_to_finish_keeps_face:
            _face(axis, row, raw, until)
        start[begin:end], finish[begin:end] = at, until
        dates.start[row.nodes], dates.finish[row.nodes] = at, until
        if len(row.manual):
            place = row.nodes[row.manual]
            dates.start[place], dates.finish[place] = pin_start[place], pin_finish[place]
        if late_ones and len(row.late):
            place = row.nodes[row.late]
            dates.start[place], dates.finish[place] = dates.late_start[place], dates.late_finish[place]
    dates.early_start[nodes] = dates.auto_start[nodes] = start
    dates.early_finish[nodes] = dates.auto_finish[nodes] = finish
    dates.work = _known(ground, lanes, dates.work, works, minutes)
    if side.spread.first is not None:
        dates.work = _with_pieces(ground, side, dates.work, begun, ended, late_ones)
    _explain(ground, lanes, dates, anchor, asked, demanded, heads, least, most)
    _overridden(ground, lanes, dates, late_ones)


def _zeros(minutes: Ints, side: Side) -> tuple[Ints, list[int]]:
    """The places of the milestones of a side, and where those of each level begin."""
    zero = side.spread.owner[np.flatnonzero(minutes == 0)]
    return zero, zero.searchsorted([*(row.begin for row in side.rows), len(side.nodes)]).tolist()


def _turn_ahead(axis: Ruler, row: Row, asks: Ints, minutes: Ints) -> Ints:
    """Turn demands on finishes into demands on starts; the former are returned."""
    raw = asks.take(row.turned)
    each = raw.take(row.turned_source)
    begun = started_before(axis, row.turned_shift, minutes[row.turned_low : row.turned_high], each)
    asks[row.turned] = begun if row.turned_first is None else np.minimum.reduceat(begun, row.turned_first)
    return raw


def _delayed(axis: Ruler, row: Row, floor: Ints, nothing: Ints) -> Ints:
    """Floors moved on by the levelling delay, which runs from where activities could have begun."""
    at, _ = axis.next_starts(row.shift, floor.take(row.owner))
    at = np.minimum.reduceat(at, row.first_piece)
    if len(nothing):
        stays = axis.touches(row.shift[row.first_piece[nothing]], floor[nothing])
        at[nothing] = np.where(stays, floor[nothing], at[nothing])
    moved = floor.copy()
    moved[row.delayed] = at[row.delayed] + row.delay
    return moved


def _face(axis: Ruler, row: Row, raw: Ints, until: Ints) -> None:
    """Put finishes on the clock face of the start that a start-to-finish link takes them from."""
    place = row.turned_owner[row.at_start]
    moment, shift = raw[row.at_start], row.shift[row.first_piece[place]]
    same = axis.works_before(shift, moment) == axis.works_before(shift, until[place])
    np.maximum.at(until, place[same], moment[same])


def _pinned(ground: Ground, side: Side) -> tuple[Ints, Ints]:
    """The dates given to manual activities, by activity."""
    places = [row.nodes[row.manual] for row in side.rows if len(row.manual)]
    begin, end = np.zeros(0, np.int64), np.zeros(0, np.int64)
    if places:
        nodes = np.concatenate(places)
        begin, end = np.empty((2, ground.prepared.network.size), np.int64)
        begin[nodes], end[nodes] = pins(ground, nodes)
    return begin, end


def _known(ground: Ground, lanes: Lanes, last: Work | None, works: Ints, minutes: Ints) -> Work:
    """The work before the dates of activities in one piece on their own worktime."""
    size, side = ground.prepared.network.size, lanes.ahead
    begin, end, late_begin, late_end = np.empty((4, size), np.int64)
    if last is not None:
        late_begin, late_end = last.late_start, last.late_finish
    work = Work(np.zeros(size, np.bool_), begin, end, late_begin, late_end)
    first = works if side.spread.first is None else works[side.spread.first]
    length = minutes if side.spread.first is None else minutes[side.spread.first]
    work.known[side.nodes] = True
    work.start[side.nodes], work.finish[side.nodes] = first, first + length
    if ground.prepared.network.parts:
        work.known[ground.prepared.network.part_activity] = False
    for row in side.rows:
        for changed in (row.manual, row.late):
            if len(changed):
                work.known[row.nodes[changed]] = False
    return work


def _with_pieces(ground: Ground, side: Side, work: Work, begun: Ints, ended: Ints, late_ones: bool) -> Work:
    """The same with the moments between which the pieces run of activities in several."""
    known = np.zeros(len(ground.table.shift), np.bool_)
    start, finish = np.empty((2, len(known)), np.int64)
    known[side.spread.piece] = np.repeat(np.array([not row.single for row in side.rows]), _widths(side))
    if late_ones:
        late = [row.low + np.flatnonzero(np.isin(row.owner, row.late)) for row in side.rows if len(row.late)]
        if late:
            known[side.spread.piece[np.concatenate(late)]] = False
    start[side.spread.piece], finish[side.spread.piece] = begun, ended
    return replace(work, pieces_known=known, piece_start=start, piece_finish=finish)


def _widths(side: Side) -> list[int]:
    return [row.high - row.low for row in side.rows]


def _overridden(ground: Ground, lanes: Lanes, dates: Dates, late_ones: bool) -> None:
    """Note levelling, manual dates and late starts, which come after what the links ask."""
    for row in lanes.ahead.rows:
        if len(row.delayed):
            place = row.nodes[row.delayed]
            dates.start_driver[place], dates.start_index[place] = Driver.LEVELLING, -1
        if len(row.manual):
            place = row.nodes[row.manual]
            dates.early_start[place], dates.early_finish[place] = dates.start[place], dates.finish[place]
            dates.start_driver[place], dates.start_index[place] = Driver.MANUAL, -1
            dates.finish_driver[place], dates.finish_index[place] = Driver.MANUAL, -1
        if late_ones and len(row.late):
            place = row.nodes[row.late]
            dates.auto_start[place], dates.auto_finish[place] = dates.start[place], dates.finish[place]
            dates.start_driver[place], dates.start_index[place] = Driver.AS_LATE_AS_POSSIBLE, -1


def _bounds_ahead(ground: Ground, lanes: Lanes) -> tuple[Ints, Ints]:
    """The earliest and latest floor that date constraints allow."""
    network, nodes = ground.prepared.network, lanes.ahead.nodes
    constraint, date = network.constraint[nodes], network.constraint_moment[nodes]
    least = np.full(len(nodes), NO_MOMENT, np.int64)
    most = np.full(len(nodes), FAR, np.int64)
    if not (constraint > Constraint.ALAP).any():
        return least, most
    by_finish = np.flatnonzero(np.isin(constraint, (Constraint.MFO, Constraint.FNET, Constraint.FNLT)))
    if len(by_finish):
        own, table = spread(ground.table, nodes[by_finish]), ground.table
        shift, minutes = table.shift[own.piece], table.minutes[own.piece]
        begun = started_before(ground.prepared.axis.ruler, shift, minutes, date[by_finish][own.owner])
        date[by_finish] = own.lowest(begun)
    loose = (constraint == Constraint.SNET) | (constraint == Constraint.FNET)
    fixed = (constraint == Constraint.MSO) | (constraint == Constraint.MFO)
    least = np.where(loose | fixed, date, least)
    if ground.policy.honor_constraints:
        most = np.where((constraint >= Constraint.MSO) & ~loose, date, most)
    return least, most


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
    """Note what set each start, in the order in which the rules would have found it."""
    network, side = ground.prepared.network, lanes.ahead
    nodes = side.nodes
    loose = (network.constraint == Constraint.SNET) | (network.constraint == Constraint.FNET)
    driver = np.full(len(nodes), int(Driver.PROJECT_START), np.int64)
    index = np.full(len(nodes), -1, np.int64)
    moved = asked > np.where(loose[nodes], NO_MOMENT, anchor)
    if ground.policy.reschedule_unstarted:
        driver[moved] = Driver.STATUS
    setting = np.flatnonzero((demanded == asked[side.owner]) & moved[side.owner] & (side.link >= 0))[::-1]
    owner = side.owner[setting]
    driver[owner], index[owner] = Driver.LINK, side.link[setting]
    if lanes.special:
        above = network.parent[nodes]
        inherited = np.flatnonzero(moved & (above >= 0))
        inherited = inherited[heads[above[inherited]] == asked[inherited]]
        driver[inherited], index[inherited] = Driver.SUMMARY, above[inherited]
    held = np.minimum(np.maximum(asked, least), most) != asked
    driver[held], index[held] = Driver.CONSTRAINT, -1
    dates.start_driver[nodes], dates.start_index[nodes] = driver, index
    dates.finish_driver[nodes], dates.finish_index[nodes] = Driver.DURATION, -1


def backward(ground: Ground, lanes: Lanes, dates: Dates, anchor: int) -> None:
    """Fill the late dates from `anchor`; the columns of `dates` are arrays."""
    axis, side, size = ground.prepared.axis.ruler, lanes.back, ground.prepared.network.size
    nodes, policy, table = side.nodes, ground.policy, ground.table
    each_own = policy.multiple_critical_paths
    roofs = np.full(size, FAR, np.int64)
    base = [FAR if each_own else anchor] * BASES
    left = np.concatenate((dates.rest_late_start, dates.late_finish, base, roofs))
    dates.rest_late_start, dates.late_finish = left[:size], left[size : 2 * size]
    roofs = left[2 * size + BASES :]
    slow, roofing = viewed(dates), roofs.data
    least, most, bounded = _bounds_back(ground, lanes)
    began = ground.prepared.network.actual_start[nodes] != NO_MOMENT
    whole = table.minutes[side.spread.piece]
    minutes = np.where(began[side.spread.owner], table.left[side.spread.piece], whole)
    turned_minutes = table.minutes[side.turned_piece]
    zero, zero_at = _zeros(whole, side)
    empty = np.flatnonzero((minutes == 0) & (whole != 0))
    empty_at = empty.searchsorted([*(row.low for row in side.rows), len(minutes)]).tolist()
    shown_early = began & (policy.started_dates == StartedDates.ACTUAL)
    late_start, works = np.empty(len(nodes), np.int64), np.empty(len(minutes), np.int64)
    ceilings: dict[int, rules_back.Ceilings] = {}
    for level in range(len(side.rows) - 1, -1, -1):
        row = side.rows[level]
        for step in row.singles:
            if step >= size:
                rules_back.enter_summary(ground, slow, step - size, ceilings)
                roofing[step - size] = ceilings[step - size][1]
            elif step in lanes.special:
                rules_back.close_summary(ground, slow, step)
            else:
                rules_back.place(ground, slow, step, ceilings, anchor)
        if row.begin == row.end:
            continue
        begin, end, low, high = row.begin, row.end, row.low, row.high
        leaves = left.take(row.read)
        if len(row.lagged):
            work = axis.works_before(row.lag_shift, leaves.take(row.lagged)) - row.lag
            leaves[row.lagged] = axis.starts_at(work)
        bound = _turn_back(axis, row, leaves, turned_minutes) if len(row.turned) else None
        roof = np.minimum.reduceat(leaves, row.first)
        if each_own:
            roof = np.minimum(np.where(roof == FAR, dates.early_finish[row.nodes], roof), anchor)
        if bounded:
            roof = np.minimum(np.maximum(roof, least[begin:end]), most[begin:end])
        until, work = axis.previous_finishes(row.shift, roof if row.single else roof.take(row.owner))
        works[low:high] = work
        work -= minutes[low:high]
        at = axis.starts_at(work)
        if not row.single:
            until = np.maximum.reduceat(until, row.first_piece)
        if len(row.manual) and policy.manual_late_finish_as_left:
            until[row.manual] = roof[row.manual]
        nothing = empty[empty_at[level] : empty_at[level + 1]] - low
        if len(nothing):
            at[nothing] = until[row.owner[nothing]]
        if not row.single:
            at = np.minimum.reduceat(at, row.first_piece)
        nothing = zero[zero_at[level] : zero_at[level + 1]] - begin
        if len(nothing):
            at[nothing] = until[nothing] = roof[nothing]
        if bound is not None and policy.start_to_finish_keeps_face:
            _keep_face(axis, row, bound, at)
        late_start[begin:end] = at
        dates.rest_late_start[row.nodes], dates.late_finish[row.nodes] = at, until
        if ceilings:
            early = dates.early_start[row.nodes]
            dates.late_start[row.nodes] = np.where(shown_early[begin:end], early, at)
    dates.late_start[nodes] = np.where(shown_early, dates.early_start[nodes], late_start)
    if dates.work is not None:
        first = side.spread.first
        if first is not None:
            works, minutes = works[first], minutes[first]
        dates.work.late_start[nodes], dates.work.late_finish[nodes] = works - minutes, works


def _turn_back(axis: Ruler, row: Row, leaves: Ints, minutes: Ints) -> Ints:
    """Turn bounds on starts into bounds on finishes; the former are returned."""
    raw = leaves.take(row.turned)
    each = raw.take(row.turned_source)
    ended = finished_from(axis, row.turned_shift, minutes[row.turned_low : row.turned_high], each)
    leaves[row.turned] = ended if row.turned_first is None else np.maximum.reduceat(ended, row.turned_first)
    return raw


def _keep_face(axis: Ruler, row: Row, bound: Ints, at: Ints) -> None:
    """Leave late starts on the clock face their start is bound to, where no work lies between."""
    if not (bound < at[row.turned_owner]).any():
        return
    latest = np.full(len(at), FAR, np.int64)
    np.minimum.at(latest, row.turned_owner, bound)
    place = np.flatnonzero(latest < at)
    shift = row.shift[row.first_piece[place]]
    same = place[axis.works_before(shift, latest[place]) == axis.works_before(shift, at[place])]
    at[same] = latest[same]


def _bounds_back(ground: Ground, lanes: Lanes) -> tuple[Ints, Ints, bool]:
    """The earliest and latest late finish that constraints and deadlines allow, and whether any do."""
    network, nodes, table = ground.prepared.network, lanes.back.nodes, ground.table
    manual = np.asarray(ground.manual, np.bool_)[nodes]
    constraint, date = np.where(manual, 0, network.constraint[nodes]), network.constraint_moment[nodes]
    least = np.full(len(nodes), NO_MOMENT, np.int64)
    most = np.full(len(nodes), FAR, np.int64)
    bounded = bool((constraint > Constraint.ALAP).any())
    if bounded:
        began = network.actual_start[nodes] != NO_MOMENT
        by_start = (constraint == Constraint.MSO) | (constraint == Constraint.SNLT)
        constraint = np.where(by_start & began, 0, constraint)
        places = np.flatnonzero(by_start & ~began)
        if len(places):
            own = spread(table, nodes[places])
            shift, each = table.shift[own.piece], date[places][own.owner]
            ended = finished_from(ground.prepared.axis.ruler, shift, table.minutes[own.piece], each)
            date[places] = own.highest(ended)
        fixed = (constraint == Constraint.MSO) | (constraint == Constraint.MFO)
        limited = (constraint == Constraint.SNLT) | (constraint == Constraint.FNLT)
        least, most = np.where(fixed, date, least), np.where(fixed | limited, date, most)
    deadline = network.deadline[nodes]
    due = deadline != NO_MOMENT
    if ground.policy.deadlines_limit_late_dates and due.any():
        most = np.where(due, np.minimum(most, deadline), most)
        bounded = True
    return least, most, bounded
