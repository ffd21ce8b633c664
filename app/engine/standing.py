"""Dates that hang on nothing around an activity: what progress or a manual date says, for many at once."""

from __future__ import annotations

import numpy as np

from app.engine.forward import Dates, Ground
from app.engine.lanes import Lanes
from app.engine.network import NO_MOMENT, Constraint, Ints
from app.engine.pieces import spread
from app.engine.policy import Progress, StartedDates
from app.engine.schedule import Driver


def stand(ground: Ground, lanes: Lanes, dates: Dates) -> None:
    """Put activities whose progress says all where they stand; the columns of `dates` are arrays."""
    network, nodes = ground.prepared.network, lanes.standing
    if not len(nodes):
        return
    start, finish = network.actual_start[nodes], network.actual_finish[nodes].copy()
    early = start.copy()
    dates.start_driver[nodes] = dates.finish_driver[nodes] = Driver.ACTUAL
    open_ones = np.flatnonzero(finish == NO_MOMENT)
    if len(open_ones):
        early[open_ones], finish[open_ones] = _gone_on(ground, dates, nodes[open_ones])
    dates.start[nodes] = dates.auto_start[nodes] = start
    dates.early_start[nodes] = early
    dates.finish[nodes] = dates.auto_finish[nodes] = dates.early_finish[nodes] = finish
    manual = np.asarray(ground.manual, np.bool_)[nodes]
    manual &= ((network.manual_start != NO_MOMENT) | (network.manual_finish != NO_MOMENT))[nodes]
    pinned = nodes[manual]
    if len(pinned):
        begin, end = pins(ground, pinned)
        dates.start[pinned] = dates.early_start[pinned] = begin
        dates.finish[pinned] = dates.early_finish[pinned] = end
        dates.start_driver[pinned] = dates.finish_driver[pinned] = Driver.MANUAL
    rest_done(lanes, dates)


def rest_done(lanes: Lanes, dates: Dates) -> None:
    """Finished activities are as late as they are early."""
    done = lanes.done
    dates.late_start[done] = dates.rest_late_start[done] = dates.early_start[done]
    dates.late_finish[done] = dates.early_finish[done]


def _gone_on(ground: Ground, dates: Dates, nodes: Ints) -> tuple[Ints, Ints]:
    """Early start and finish of activities that have begun, and when their open work goes on."""
    network, policy, axis = ground.prepared.network, ground.policy, ground.prepared.axis.ruler
    table, status = ground.table, ground.prepared.network.status
    own = spread(table, nodes)
    shift, minutes, left = table.shift[own.piece], table.minutes[own.piece], table.left[own.piece]
    start = network.actual_start[nodes]
    each = start[own.owner]
    stood = own.highest(axis.moved(shift, each, minutes - left))
    reason = np.full(len(nodes), int(Driver.REMAINING), np.int64)
    goes_on = np.full(len(nodes), NO_MOMENT, np.int64)
    if policy.resume_dates:
        could = own.lowest(axis.next_starts(shift, stood[own.owner])[0])
        goes_on = np.where(network.resume[nodes] > could, network.resume[nodes], goes_on)
    if policy.progress == Progress.HOLD:
        waits = (status > np.maximum(goes_on, stood)) & policy.reschedule_remaining
        goes_on = np.where(waits, status, goes_on)
    else:
        waits = status > goes_on
        goes_on = np.where(waits, np.maximum(status, start), goes_on)
    reason[waits] = Driver.STATUS
    dates.finish_driver[nodes] = reason
    never = goes_on == NO_MOMENT
    rest = np.where(never, stood, goes_on)
    dates.rest_start[nodes] = rest
    through = own.highest(axis.finishes_at(axis.next_starts(shift, each)[1] + minutes))
    open_end = own.highest(axis.moved(shift, rest[own.owner], left))
    finish = np.where(never, through, np.maximum(start, open_end))
    bound = network.constraint[nodes] == Constraint.FNET
    finish = np.where(bound, np.maximum(finish, network.constraint_moment[nodes]), finish)
    if policy.started_dates == StartedDates.REMAINING:
        first = table.shift[table.at[nodes]]
        start = np.maximum(start, axis.next_starts(first, rest)[0])
    return start, finish


def pins(ground: Ground, nodes: Ints) -> tuple[Ints, Ints]:
    """The dates manual activities were given, a missing one worked out from the other."""
    network, spans = ground.prepared.network, ground.spans
    begin, end = network.manual_start[nodes].copy(), network.manual_finish[nodes].copy()
    for place in np.flatnonzero((begin == NO_MOMENT) | (end == NO_MOMENT)).tolist():
        node = int(nodes[place])
        if begin[place] == NO_MOMENT:
            begin[place] = spans.start_before(node, int(end[place]))
        else:
            end[place] = spans.finish_from(node, int(begin[place]))
    return begin, end
