"""Scheduling anew after a small change: only what the change reaches, by the rules, in workable order.

A heap over the order of the steps is worked off; a step whose dates come out as they were wakes nobody. What
reaches far (another project finish, a summary's own values, as-late-as-possible work, a plan scheduled from
its finish) is left to a full solution, by telling the caller so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np

from app.engine import backward as rules_back
from app.engine import forward as rules_ahead
from app.engine import levels
from app.engine.forward import Dates, Ground, Work, paired
from app.engine.lanes import Lanes, lanes, special_summaries
from app.engine.network import NO_MOMENT, Bools, Constraint, Ints, Network
from app.engine.policy import Policy
from app.engine.prepared import Prepared
from app.engine.rollup import roll_up_dates
from app.engine.slack import Slacks
from app.engine.standing import rest_done
from app.engine.walk import Walk

SCALARS = ("project_worktime", "project_start", "from_finish", "status")
"""What reaches every activity when it changes."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a solution leaves behind for the next one: its ground, its dates and its slack."""

    ground: Ground
    dates: Dates
    slack: Slacks
    anchor: int


@dataclass(frozen=True, slots=True)
class Renewed:
    """Dates brought up to date; `touched` are the activities whose dates or values may be others."""

    dates: Dates
    touched: Bools


class _Worked(dict[int, Any]):
    """What summaries pass on to their inside, worked out by a rule when first asked for."""

    def __init__(self, special: frozenset[int], rule: Callable[..., None], walk: Walk) -> None:
        super().__init__()
        self._special = special
        self._rule = rule
        self._walk = walk

    def get(self, summary: int, default: Any = None) -> Any:
        if summary not in self._special:
            return default
        if summary not in self:
            self._rule(self._walk.ground, self._walk.dates, summary, self)
        return self[summary]


class _Heap:
    """Steps by rank, each at most once at a time; `left` is how many may still be taken."""

    def __init__(self, ranks: Iterable[int], most: int) -> None:
        self._waiting = set(ranks)
        self._ranks = list(self._waiting)
        heapify(self._ranks)
        self.left = most

    def __bool__(self) -> bool:
        return bool(self._ranks) and self.left > 0

    @property
    def is_spent(self) -> bool:
        """True when more was reached than may be taken."""
        return bool(self._ranks)

    def take(self) -> int:
        """The lowest rank."""
        self.left -= 1
        rank = heappop(self._ranks)
        self._waiting.discard(rank)
        return rank

    def wake(self, rank: int) -> None:
        """Let a rank wait for its turn."""
        if rank not in self._waiting:
            self._waiting.add(rank)
            heappush(self._ranks, rank)


def is_near(prepared: Prepared, policy: Policy, last: Trace) -> bool:
    """True when a network differs from the last solved one in nothing but values."""
    return last.ground.policy == policy and last.ground.prepared.order is prepared.order


def again(ground: Ground, last: Trace, extent: Callable[[Ground, Ints], int]) -> Renewed | None:
    """The dates of `ground`, worked out from those of a similar one; None where that would not pay."""
    prepared = ground.prepared
    changed = changed_activities(last.ground.prepared, prepared)
    most = 60 + prepared.network.size // 16
    if changed is None or len(changed) > most:
        return None
    dates = Dates(*(getattr(last.dates, entry.name).copy() for entry in fields(Dates)[:-1]))
    reach = _Reach(ground, dates)
    if not reach.forward(changed, most):
        return None
    anchor = extent(ground, dates.finish)
    if anchor != last.anchor or not reach.backward(changed, anchor, most):
        lines = lanes(ground)
        rest_done(lines, dates)
        dates.work = Work(np.zeros(prepared.network.size, np.bool_), *_works(last))
        levels.backward(ground, lines, dates, anchor)
        roll_up_dates(ground, dates)
        return _renewed(ground, dates, last, changed, lines)
    roll_up_dates(ground, dates)
    return _renewed(ground, dates, last, changed)


def _works(last: Trace) -> Iterator[Ints]:
    """The work before the last dates, to be written on."""
    return (column.copy() for column in last.slack.works)


def changed_activities(old: Prepared, new: Prepared) -> list[int] | None:
    """Activities of which a value is another, the ends of such links included; None for "too much"."""
    before, after = old.network, new.network
    if after.from_finish or any(getattr(before, name) != getattr(after, name) for name in SCALARS):
        return None
    if ((after.constraint == Constraint.ALAP) & ~new.is_summary).any():
        return None
    found: set[int] = set()
    for entry in fields(Network):
        one, other = getattr(before, entry.name), getattr(after, entry.name)
        if one is other or not isinstance(one, np.ndarray):
            continue
        places = np.flatnonzero(one != other)
        if entry.name.startswith("part_"):
            places = after.part_activity[places]
        elif entry.name.startswith("link_"):
            places = np.concatenate((after.link_pred[places], after.link_succ[places]))
            places = places[places >= 0]
        found.update(places.tolist())
    if before.splits is not after.splits:
        nodes = before.splits.keys() | after.splits.keys()
        found.update(node for node in nodes if before.splits.get(node) != after.splits.get(node))
    return None if any(new.is_summary[node] for node in found) else sorted(found)


class _Reach:
    """One renewal: the dates seen as plain integers, and who wakes whom."""

    def __init__(self, ground: Ground, dates: Dates) -> None:
        prepared = ground.prepared
        self.ground = ground
        self.walk = Walk(ground, dates, *paired(dates))
        self.dates = self.walk.dates
        self.size = prepared.network.size
        self.steps, self.rank = _ranks(prepared)
        self.summary = prepared.order.summary.data
        self.special = special_summaries(ground)
        self.reached: set[int] = set()
        self.moved_summaries: set[int] = set()

    def forward(self, changed: list[int], most: int) -> bool:
        """Bring the early dates up to date; False when too much is reached."""
        ground, dates, rank, size = self.ground, self.dates, self.rank, self.size
        anchor, out = ground.prepared.network.project_start, self.walk.rows_out
        floors = _Worked(self.special, rules_ahead.open_summary, self.walk)
        heap = _Heap((rank[node] for node in self._followed(changed)), most)
        while heap:
            step = self.steps[heap.take()]
            if step < size and self.summary[step]:
                rules_ahead.open_summary(ground, dates, step, floors)
                for child in ground.prepared.order.children[step]:
                    heap.wake(rank[child])
                continue
            node = step % size
            old = dates.start[node], dates.finish[node], dates.early_start[node], dates.early_finish[node]
            if step >= size:
                rules_ahead.roll_up(ground, dates, node)
            elif self.walk.ahead[node]:
                dates.rest_start[node] = NO_MOMENT
                self.walk.early(node, anchor)
                self.reached.add(node)
            else:
                dates.rest_start[node], dates.start_index[node], dates.finish_index[node] = NO_MOMENT, -1, -1
                rules_ahead.place(ground, dates, node, floors, anchor, False)
                self.reached.add(node)
            new = dates.start[node], dates.finish[node], dates.early_start[node], dates.early_finish[node]
            if new == old:
                continue
            if step >= size and new[0] != old[0]:
                self.moved_summaries.add(node)
            for succ in out.other[out.at[node] : out.at[node + 1]]:
                if succ >= 0:
                    heap.wake(rank[succ])
            if ground.parent[node] in self.special:
                heap.wake(rank[size + ground.parent[node]])
        return not heap.is_spent

    def _followed(self, changed: list[int]) -> set[int]:
        """The changed activities, what follows them, and the summaries above that others look at."""
        ground = self.ground
        found = set(changed)
        for node in changed:
            links = ground.prepared.links_out.inside(node)
            found.update(succ for link in links if (succ := ground.succ[link]) >= 0)
            if ground.parent[node] in self.special:
                found.add(self.size + ground.parent[node])
        return found

    def backward(self, changed: list[int], anchor: int, most: int) -> bool:
        """Bring the late dates up to date; False when too much is reached."""
        ground, dates, rank, size = self.ground, self.dates, self.rank, self.size
        into = self.walk.rows_in
        ceilings = _Worked(self.special, rules_back.enter_summary, self.walk)
        heap = _Heap((-rank[step] for step in self._led(changed)), most)
        while heap:
            step = self.steps[-heap.take()]
            node = step % size
            if step >= size:
                rules_back.enter_summary(ground, dates, node, ceilings)
                for child in ground.prepared.order.children[node]:
                    heap.wake(-rank[self._end(child)])
                continue
            old = dates.late_start[node], dates.late_finish[node], dates.rest_late_start[node]
            if self.summary[node]:
                rules_back.close_summary(ground, dates, node)
            elif self.walk.back[node]:
                self.walk.late(node, anchor)
            else:
                rules_back.place(ground, dates, node, ceilings, anchor)
            if old == (dates.late_start[node], dates.late_finish[node], dates.rest_late_start[node]):
                continue
            for pred in into.other[into.at[node] : into.at[node + 1]]:
                if pred >= 0:
                    heap.wake(-rank[size + pred if self.summary[pred] else pred])
            if ground.parent[node] in self.special:
                heap.wake(-rank[ground.parent[node]])
        return not heap.is_spent

    def _led(self, changed: list[int]) -> set[int]:
        """Whatever was reached, what leads to it, and the summaries about it."""
        ground = self.ground
        found = {self.size + node for node in self.moved_summaries}
        for node in self.reached | set(changed):
            found.add(node)
            links = ground.prepared.links_in.inside(node)
            found.update(self._end(pred) for link in links if (pred := ground.pred[link]) >= 0)
            if ground.parent[node] in self.special:
                found.add(ground.parent[node])
        return found

    def _end(self, node: int) -> int:
        """The step in which an activity's links out are looked at."""
        return self.size + node if self.summary[node] else node


def _ranks(prepared: Prepared) -> tuple[list[int], list[int]]:
    """The steps in order, and the place of each step in it."""
    kept = prepared.kept.get("ranks")
    if isinstance(kept, tuple):
        return kept
    ranks = np.full(2 * prepared.network.size, -1, np.int64)
    ranks[prepared.order.steps] = np.arange(len(prepared.order.steps))
    found = prepared.order.steps.tolist(), ranks.tolist()
    prepared.kept["ranks"] = found
    return found


def _renewed(
    ground: Ground, dates: Dates, last: Trace, changed: list[int], lines: Lanes | None = None
) -> Renewed:
    """Check the new dates, and note which works before them are known.

    Known is what the last solution knew of dates that stayed, and after a backward pass by `lines` what that
    has reckoned on activities' own worktimes.
    """
    network, old = ground.prepared.network, last.dates
    for column in (dates.late_start, dates.finish, dates.late_finish):
        ground.prepared.axis.check(column)
    early = (dates.start != old.start) | (dates.finish != old.finish)
    late = (dates.late_start != old.late_start) | (dates.late_finish != old.late_finish)
    touched = early | late | (dates.rest_start != old.rest_start)
    touched[changed] = True
    if lines is None or dates.work is None:
        begin, end, late_begin, late_end = _works(last)
        work = Work(~early, begin, end, late_begin, late_end, late_known=~late)
        return Renewed(replace(dates, work=work), touched)
    known = ~late
    known[lines.back.nodes] = False
    known[lines.ahead.nodes] = True
    known[network.part_activity] = False
    known &= ~np.asarray(ground.manual, np.bool_)
    return Renewed(replace(dates, work=replace(dates.work, known=~early, late_known=known)), touched)
