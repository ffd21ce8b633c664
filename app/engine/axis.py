"""All worktimes of a network end to end on one axis, so that one search answers for many calendars at once.

Calendar c's moments are shifted by c spans and its work by c strides; before and after its own intervals
stand two huge ones, so that an answer outside the horizon is a moment outside it, found once, at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.engine.network import Bools, Ints
from app.engine.worktime import HorizonExceeded, Worktime

BEYOND = 1 << 36
"""Minutes of the intervals that stand for "outside the horizon"; far more than any plan is long."""
STRIDE = 1 << 42
SPAN = 1 << 40


@dataclass(frozen=True, slots=True)
class Axis:
    """Interval starts, ends and work before each start, of all calendars; `first`, `last` bound them all."""

    starts: Ints
    ends: Ints
    before: Ints
    first: int
    last: int

    def works_before(self, calendar: Ints, moments: Ints) -> Ints:
        """Work before each moment, on the axis; only differences within one calendar mean anything."""
        at = moments + calendar * SPAN
        index = self.starts.searchsorted(at, side="right") - 1
        return np.asarray(
            self.before[index] + np.minimum(at, self.ends[index]) - self.starts[index], np.int64
        )

    def next_starts(self, calendar: Ints, moments: Ints) -> tuple[Ints, Ints]:
        """The first moments at which work can begin, and the work before them."""
        shift = calendar * SPAN
        at = moments + shift
        index = self.ends.searchsorted(at, side="right")
        begin = self.starts[index]
        at = np.maximum(at, begin)
        return at - shift, self.before[index] + at - begin

    def previous_finishes(self, calendar: Ints, moments: Ints) -> tuple[Ints, Ints]:
        """The last moments at which work can end, and the work before them."""
        shift = calendar * SPAN
        at = moments + shift
        index = self.starts.searchsorted(at, side="left") - 1
        at = np.minimum(at, self.ends[index])
        return at - shift, self.before[index] + at - self.starts[index]

    def finishes_at(self, calendar: Ints, works: Ints) -> Ints:
        """The moments at which so much work has just been done."""
        index = self.before.searchsorted(works, side="left") - 1
        return np.asarray(self.starts[index] + works - self.before[index] - calendar * SPAN, np.int64)

    def starts_at(self, calendar: Ints, works: Ints) -> Ints:
        """The moments at which work number so and so begins."""
        index = self.before.searchsorted(works, side="right") - 1
        return np.asarray(self.starts[index] + works - self.before[index] - calendar * SPAN, np.int64)

    def moved(self, calendar: Ints, moments: Ints, minutes: Ints) -> Ints:
        """The moments so much work later (finishes) or, where negative, earlier (starts)."""
        works = self.works_before(calendar, moments) + minutes
        later = minutes > 0
        if later.all():
            return self.finishes_at(calendar, works)
        return np.where(later, self.finishes_at(calendar, works), self.starts_at(calendar, works))

    def touches(self, calendar: Ints, moments: Ints) -> Bools:
        """True where work happens just before or just after a moment."""
        at = moments + calendar * SPAN
        index = self.starts.searchsorted(at, side="right") - 1
        return np.asarray(at <= self.ends[index], np.bool_)

    def check(self, moments: Ints) -> None:
        """Refuse moments that only the intervals beyond the horizon could give."""
        if len(moments) and (int(moments.min()) < self.first or int(moments.max()) > self.last):
            raise HorizonExceeded("the plan leaves the compiled worktimes")


def axis(worktimes: Sequence[Worktime]) -> Axis:
    """Lay worktimes end to end."""
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
    return Axis(np.concatenate(starts), np.concatenate(ends), np.concatenate(before), first, last)
