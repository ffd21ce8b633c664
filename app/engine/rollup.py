"""What summaries take from the activities inside them: dates, lengths, progress, criticality."""

from __future__ import annotations

import numpy as np

from app.engine import forward as plain
from app.engine.forward import FAR, Dates, Ground
from app.engine.network import NO_MOMENT, Bools, Ints
from app.engine.prepared import Family
from app.engine.schedule import Driver


def roll_up_dates(ground: Ground, dates: Dates) -> None:
    """Fill every date of every summary, deepest first; the columns of `dates` are arrays."""
    network = ground.prepared.network
    for family in ground.prepared.families:
        counted = _counted(ground, family)
        first = _lowest(family, counted, dates.start)
        last = _highest(family, counted, dates.finish)
        at = family.summaries
        for column, values in (
            (dates.start, dates.start[first]),
            (dates.auto_start, dates.start[first]),
            (dates.finish, dates.finish[last]),
            (dates.auto_finish, dates.finish[last]),
            (dates.early_start, _least(family, counted, dates.early_start)),
            (dates.early_finish, _most(family, counted, dates.early_finish)),
            (dates.late_start, _least(family, counted, dates.late_start)),
            (dates.rest_late_start, _least(family, counted, dates.late_start)),
            (dates.late_finish, _most(family, counted, dates.late_finish)),
            (dates.start_driver, Driver.CHILD),
            (dates.start_index, first),
            (dates.finish_driver, Driver.CHILD),
            (dates.finish_index, last),
        ):
            column[at] = values
        deadline = network.deadline[at]
        if ground.policy.deadlines_limit_late_dates:
            bounded = np.where(deadline == NO_MOMENT, FAR, deadline)
            dates.late_finish[at] = np.minimum(dates.late_finish[at], bounded)
        for summary in at[np.asarray(ground.manual, np.bool_)[at]].tolist():
            plain.pin(ground, dates, summary)


def any_inside(ground: Ground, flags: Bools) -> None:
    """Set the flag of every summary that has a flagged child."""
    for family in ground.prepared.families:
        flags[family.summaries] = np.logical_or.reduceat(flags[family.children], family.first)


def lengths(ground: Ground, own: Ints, dates: Dates) -> tuple[Ints, Ints]:
    """Durations in working minutes, and percent complete in hundredths, weighted by duration in summaries."""
    network, prepared = ground.prepared.network, ground.prepared
    begun = network.actual_start != NO_MOMENT
    finished = network.actual_finish != NO_MOMENT
    planned = network.duration.copy()
    done = np.where(finished, planned, np.where(begun, planned - network.remaining, 0))
    whole = finished.copy()
    for family in prepared.families:
        counted = network.active[family.children]
        planned[family.summaries] = np.add.reduceat(
            np.where(counted, planned[family.children], 0), family.first
        )
        done[family.summaries] = np.add.reduceat(np.where(counted, done[family.children], 0), family.first)
        every = np.logical_and.reduceat(whole[family.children] | ~counted, family.first)
        whole[family.summaries] = every & np.logical_or.reduceat(counted, family.first)
    complete = np.where(whole, 10000, 0)
    some = planned > 0
    complete[some] = done[some] * 10000 // planned[some]
    duration = network.duration.copy()
    at = np.flatnonzero(prepared.is_summary)
    axis = prepared.axis
    spread = axis.works_before(own[at], dates.finish[at]) - axis.works_before(own[at], dates.start[at])
    duration[at] = spread
    return duration, complete


def _counted(ground: Ground, family: Family) -> Bools:
    """The children that count: the active ones, or all where none is active."""
    active = np.asarray(ground.prepared.network.active[family.children])
    some = np.logical_or.reduceat(active, family.first)
    return np.asarray(active | np.repeat(~some, family.counts), np.bool_)


def _least(family: Family, counted: Bools, column: Ints) -> Ints:
    return np.asarray(np.minimum.reduceat(np.where(counted, column[family.children], FAR), family.first))


def _most(family: Family, counted: Bools, column: Ints) -> Ints:
    return np.asarray(np.maximum.reduceat(np.where(counted, column[family.children], -FAR), family.first))


def _lowest(family: Family, counted: Bools, column: Ints) -> Ints:
    return _which(family, counted, column, _least(family, counted, column))


def _highest(family: Family, counted: Bools, column: Ints) -> Ints:
    return _which(family, counted, column, _most(family, counted, column))


def _which(family: Family, counted: Bools, column: Ints, value: Ints) -> Ints:
    """The first counted child of each summary that holds the value."""
    holds = counted & (column[family.children] == np.repeat(value, family.counts))
    place = np.flatnonzero(holds)[::-1]
    owner = np.repeat(np.arange(len(family.summaries)), family.counts)
    found = np.empty(len(family.summaries), np.int64)
    found[owner[place]] = family.children[place]
    return found
