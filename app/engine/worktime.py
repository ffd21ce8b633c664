"""Working time as sorted intervals with their cumulative work: the one place where clock and work meet.

Every position in working time has two clock faces: Friday 17:00 and Monday 08:00 are the same amount of
work. `finish_at` gives the earlier one (a finish), `start_at` the later one (a start).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Shifts = Sequence[tuple[int, int]]

DAY = 1440
WEEK = 7 * DAY
MONDAY = -3 * DAY
"""1969-12-29, the Monday of the week in which moments begin."""


class HorizonExceeded(ValueError):
    """A result would lie outside the compiled stretch of time; compile a wider one and ask again."""


class Worktime:
    """Immutable sorted, disjoint intervals of work between two horizon moments.

    `starts` and `ends` are moments, `before` is the work done before each start; all int64 and read-only.
    """

    def __init__(self, starts: Ints, ends: Ints, first: int, last: int) -> None:
        self.starts = _frozen(starts)
        self.ends = _frozen(ends)
        self.first = first
        self.last = last
        lengths = self.ends - self.starts
        self.before = _frozen(np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))[:-1])
        self.total = int(lengths.sum())

    @cached_property
    def lists(self) -> tuple[list[int], list[int], list[int]]:
        """Starts, ends and work before each start as plain integers, for one question at a time."""
        return self.starts.tolist(), self.ends.tolist(), self.before.tolist()

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Worktime)
            and (self.first, self.last) == (other.first, other.last)
            and np.array_equal(self.starts, other.starts)
            and np.array_equal(self.ends, other.ends)
        )

    def __hash__(self) -> int:
        return hash((self.first, self.last, self.total, len(self.starts)))

    def __repr__(self) -> str:
        return f"Worktime({len(self.starts)} intervals, {self.total} min, {self.first}..{self.last})"

    def work_before(self, moment: int) -> int:
        """Working minutes from the horizon's beginning to `moment`."""
        if not self.first <= moment <= self.last:
            raise HorizonExceeded(f"moment {moment} outside {self.first}..{self.last}")
        starts, ends, before = self.lists
        index = bisect_right(starts, moment) - 1
        if index < 0:
            return 0
        return before[index] + min(moment, ends[index]) - starts[index]

    def start_at(self, work: int) -> int:
        """The moment at which work minute number `work` begins (the later face of a position)."""
        if not 0 <= work < self.total:
            raise HorizonExceeded(f"work {work} outside 0..{self.total}")
        starts, _, before = self.lists
        index = bisect_right(before, work) - 1
        return starts[index] + work - before[index]

    def finish_at(self, work: int) -> int:
        """The moment at which `work` minutes have just been done (the earlier face of a position)."""
        if not 0 < work <= self.total:
            raise HorizonExceeded(f"work {work} outside 0..{self.total}")
        starts, _, before = self.lists
        index = bisect_left(before, work) - 1
        return starts[index] + work - before[index]

    def add(self, moment: int, minutes: int) -> int:
        """The moment `minutes` of work later (a finish) or, when negative, earlier (a start)."""
        if minutes > 0:
            return self.finish_at(self.work_before(moment) + minutes)
        if minutes < 0:
            return self.start_at(self.work_before(moment) + minutes)
        return moment

    def between(self, begin: int, end: int) -> int:
        """Working minutes from `begin` to `end`, negative when `end` is earlier."""
        return self.work_before(end) - self.work_before(begin)

    def next_start(self, moment: int) -> int:
        """The first moment at or after `moment` at which work can begin."""
        starts, ends, _ = self.lists
        index = bisect_right(ends, moment)
        if index == len(ends) or moment < self.first:
            raise HorizonExceeded(f"no work after {moment}")
        return max(starts[index], moment)

    def previous_finish(self, moment: int) -> int:
        """The last moment at or before `moment` at which work can end."""
        starts, ends, _ = self.lists
        index = bisect_left(starts, moment) - 1
        if index < 0 or moment > self.last:
            raise HorizonExceeded(f"no work before {moment}")
        return min(ends[index], moment)

    def is_working(self, moment: int) -> bool:
        """True when the minute that begins at `moment` is worked."""
        starts, ends, _ = self.lists
        index = bisect_right(starts, moment) - 1
        return index >= 0 and moment < ends[index]

    def touches(self, moment: int) -> bool:
        """True when work happens just before or just after `moment`, so that a milestone may stand there."""
        starts, ends, _ = self.lists
        index = bisect_right(starts, moment) - 1
        return index >= 0 and moment <= ends[index]

    def works_before(self, moments: Ints) -> Ints:
        """`work_before` for many moments."""
        if len(moments) and (int(moments.min()) < self.first or int(moments.max()) > self.last):
            raise HorizonExceeded("a moment lies outside the horizon")
        if not len(self.starts):
            return np.zeros(len(moments), np.int64)
        index = np.maximum(np.searchsorted(self.starts, moments, side="right") - 1, 0)
        inside = np.minimum(moments, self.ends[index]) - self.starts[index]
        return np.asarray(self.before[index] + np.maximum(inside, 0), np.int64)

    def starts_at(self, works: Ints) -> Ints:
        """`start_at` for many positions."""
        if len(works) and not (int(works.min()) >= 0 and int(works.max()) < self.total):
            raise HorizonExceeded("a position lies outside the horizon")
        index = np.searchsorted(self.before, works, side="right") - 1
        return np.asarray(self.starts[index] + works - self.before[index], np.int64)

    def finishes_at(self, works: Ints) -> Ints:
        """`finish_at` for many positions."""
        if len(works) and not (int(works.min()) > 0 and int(works.max()) <= self.total):
            raise HorizonExceeded("a position lies outside the horizon")
        index = np.searchsorted(self.before, works, side="left") - 1
        return np.asarray(self.starts[index] + works - self.before[index], np.int64)


def compile_worktime(
    week: Sequence[Shifts], overrides: Mapping[int, Shifts], horizon: tuple[int, int]
) -> Worktime:
    """The working time of a week pattern and its overriding days, over whole days first..last inclusive.

    `week` holds the shifts of Monday to Sunday, `overrides` those of single day numbers; shifts are
    (start, end) minutes of the day, sorted and disjoint.
    """
    first_day, last_day = horizon
    first, last = first_day * DAY, (last_day + 1) * DAY
    pattern = [
        (day * DAY + begin, day * DAY + end) for day, shifts in enumerate(week) for begin, end in shifts
    ]
    first_week, last_week = (first - MONDAY) // WEEK, (last - MONDAY) // WEEK
    monday = (np.arange(first_week, last_week + 1, dtype=np.int64) * WEEK + MONDAY)[:, None]
    bounds = np.array(pattern, np.int64).reshape(-1, 2)
    starts, ends = (monday + bounds[:, 0]).ravel(), (monday + bounds[:, 1]).ravel()
    keep = (starts >= first) & (starts < last)
    special = sorted(day for day in overrides if first_day <= day <= last_day)
    if special:
        plain = np.ones(last_day - first_day + 1, np.bool_)
        plain[np.array(special, np.int64) - first_day] = False
        keep[keep] = plain[starts[keep] // DAY - first_day]
    starts, ends = starts[keep], ends[keep]
    extra = [(day * DAY + begin, day * DAY + end) for day in special for begin, end in overrides[day]]
    if extra:
        added = np.array(extra, np.int64)
        place = np.searchsorted(starts, added[:, 0])
        starts, ends = np.insert(starts, place, added[:, 0]), np.insert(ends, place, added[:, 1])
    return _joined(starts, ends, first, last)


def always(horizon: tuple[int, int]) -> Worktime:
    """Every minute of every day: the worktime of elapsed durations and lags."""
    first, last = horizon[0] * DAY, (horizon[1] + 1) * DAY
    return Worktime(np.array([first], np.int64), np.array([last], np.int64), first, last)


def intersect(one: Worktime, other: Worktime) -> Worktime:
    """The time worked in both, over the stretch they share."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    edges = np.sort(np.concatenate((one.starts, one.ends, other.starts, other.ends)), kind="stable")
    edges = edges[(edges >= first) & (edges <= last) & np.concatenate(([True], edges[1:] != edges[:-1]))]
    if len(edges) < 2:
        return Worktime(np.zeros(0, np.int64), np.zeros(0, np.int64), first, last)
    both = _worked(one, edges[:-1]) & _worked(other, edges[:-1])
    return _joined(edges[:-1][both], edges[1:][both], first, last)


def _worked(worktime: Worktime, moments: Ints) -> NDArray[np.bool_]:
    if not len(worktime.starts):
        return np.zeros(len(moments), np.bool_)
    index = np.searchsorted(worktime.starts, moments, side="right") - 1
    return np.asarray((index >= 0) & (moments < worktime.ends[np.maximum(index, 0)]), np.bool_)


def _joined(starts: Ints, ends: Ints, first: int, last: int) -> Worktime:
    if len(starts) > 1:
        apart = starts[1:] != ends[:-1]
        if not apart.all():
            starts = starts[np.concatenate(([True], apart))]
            ends = ends[np.concatenate((apart, [True]))]
    return Worktime(starts, ends, first, last)


def _frozen(values: Any) -> Ints:
    array = np.array(values, dtype=np.int64)
    array.setflags(write=False)
    return array
