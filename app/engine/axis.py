"""All worktimes of a network end to end on one axis, so that one search answers for many calendars at once.

Calendar c's moments are shifted by c spans and its work by c strides; before and after its own intervals
stand two huge ones, so that an answer outside the horizon is a moment outside it, found once, at the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from app.engine.network import Bools, Ints
from app.engine.worktime import HorizonExceeded, Worktime

BEYOND = 1 << 36
"""Minutes of the intervals that stand for "outside the horizon"; far more than any plan is long."""
STRIDE = 1 << 42
SPAN = 1 << 40


@dataclass(frozen=True, slots=True)
class Ruler:
    """The searches on an axis, for calendars given by their `shift`: the number times SPAN.

    `starts` and `ends` are those of all intervals, `before` the work before each. `offset` turns a shifted
    moment inside an interval into work, `clock` turns work into a moment; the arrays whose names end in
    `_then` begin one interval earlier, as a search that gives the place behind the interval wants them.
    """

    starts: Ints
    ends: Ints
    before: Ints
    offset: Ints
    ends_then: Ints
    offset_then: Ints
    clock_then: Ints

    def works_before(self, shift: Ints, moments: Ints) -> Ints:
        """Work before each moment, on the axis; only differences within one calendar mean anything."""
        at = moments + shift
        index = self.starts.searchsorted(at, "right")
        np.minimum(at, self.ends_then.take(index), out=at)
        at += self.offset_then.take(index)
        return at

    def next_starts(self, shift: Ints, moments: Ints) -> tuple[Ints, Ints]:
        """The first moments at which work can begin, and the work before them."""
        at = moments + shift
        index = self.ends.searchsorted(at, "right")
        np.maximum(at, self.starts.take(index), out=at)
        return at - shift, self.offset.take(index) + at

    def previous_finishes(self, shift: Ints, moments: Ints) -> tuple[Ints, Ints]:
        """The last moments at which work can end, and the work before them."""
        at = moments + shift
        index = self.starts.searchsorted(at, "left")
        np.minimum(at, self.ends_then.take(index), out=at)
        return at - shift, self.offset_then.take(index) + at

    def finishes_at(self, works: Ints) -> Ints:
        """The moments at which so much work has just been done."""
        return works + self.clock_then.take(self.before.searchsorted(works, "left"))

    def starts_at(self, works: Ints) -> Ints:
        """The moments at which work number so and so begins."""
        return works + self.clock_then.take(self.before.searchsorted(works, "right"))

    def moved(self, shift: Ints, moments: Ints, minutes: Ints) -> Ints:
        """The moments so much work later (finishes) or earlier (starts); where it is none, they stay."""
        works = self.works_before(shift, moments) + minutes
        if int(minutes.min(initial=1)) > 0:
            return self.finishes_at(works)
        found = np.where(minutes > 0, self.finishes_at(works), self.starts_at(works))
        return np.where(minutes == 0, moments, found)

    def touches(self, shift: Ints, moments: Ints) -> Bools:
        """True where work happens just before or just after a moment."""
        at = moments + shift
        return np.asarray(at <= self.ends_then.take(self.starts.searchsorted(at, "right")), np.bool_)


@dataclass(frozen=True, slots=True)
class Axis:
    """The same searches for calendars given by number; `first`, `last` bound the horizons of all."""

    ruler: Ruler
    first: int
    last: int

    def works_before(self, calendar: Ints, moments: Ints) -> Ints:
        """Work before each moment, on the axis; only differences within one calendar mean anything."""
        return self.ruler.works_before(calendar * SPAN, moments)

    def next_starts(self, calendar: Ints, moments: Ints) -> tuple[Ints, Ints]:
        """The first moments at which work can begin, and the work before them."""
        return self.ruler.next_starts(calendar * SPAN, moments)

    def previous_finishes(self, calendar: Ints, moments: Ints) -> tuple[Ints, Ints]:
        """The last moments at which work can end, and the work before them."""
        return self.ruler.previous_finishes(calendar * SPAN, moments)

    def finishes_at(self, calendar: Ints, works: Ints) -> Ints:
        """The moments at which so much work has just been done; the work says in which calendar."""
        return self.ruler.finishes_at(works)

    def starts_at(self, calendar: Ints, works: Ints) -> Ints:
        """The moments at which work number so and so begins; the work says in which calendar."""
        return self.ruler.starts_at(works)

    def moved(self, calendar: Ints, moments: Ints, minutes: Ints) -> Ints:
        """The moments so much work later (finishes) or earlier (starts); where it is none, they stay."""
        return self.ruler.moved(calendar * SPAN, moments, minutes)

    def touches(self, calendar: Ints, moments: Ints) -> Bools:
        """True where work happens just before or just after a moment."""
        return self.ruler.touches(calendar * SPAN, moments)

    def check(self, moments: Ints) -> None:
        """Refuse moments that only the intervals beyond the horizon could give."""
        if len(moments) and (int(moments.min()) < self.first or int(moments.max()) > self.last):
            raise HorizonExceeded("the plan leaves the compiled worktimes")


@lru_cache(maxsize=4)
def axis(worktimes: tuple[Worktime, ...]) -> Axis:
    """Lay worktimes end to end; remembered, because an edit seldom changes working time."""
    first = min(worktime.first for worktime in worktimes)
    last = max(worktime.last for worktime in worktimes)
    starts, ends = [], []
    for calendar, worktime in enumerate(worktimes):
        shift = calendar * SPAN
        early, late = worktime.first - 1 + shift, worktime.last + 1 + shift
        starts.append(np.concatenate(([early - BEYOND], worktime.starts + shift, [late])))
        ends.append(np.concatenate(([early], worktime.ends + shift, [late + BEYOND])))
    before: list[Ints] = []
    for calendar in range(len(worktimes)):
        lengths = ends[calendar] - starts[calendar]
        before.append(np.cumsum(lengths) - lengths + calendar * STRIDE)
    begin, end, work = np.concatenate(starts), np.concatenate(ends), np.concatenate(before)
    shifts = np.repeat(np.arange(len(worktimes)) * SPAN, [len(own) for own in starts])
    offset, clock = work - begin, begin - shifts - work
    ruler = Ruler(begin, end, work, offset, _then(end), _then(offset), _then(clock))
    return Axis(ruler, first, last)


def _then(column: Ints) -> Ints:
    """A column one place later, so that the place behind an interval finds the interval."""
    return np.concatenate((column[-1:], column))
