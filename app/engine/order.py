"""The order in which activities can be worked out, summaries included, and the proof that there is one.

A summary is visited twice: as its *head*, before its children (links into it floor them), and as its *tail*,
after them (its dates roll up, links out of it start here). Steps are numbered: activity i is step i, and the
tail of summary i is step n + i.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from app.engine.network import BadLink, Bools, Ints, Loop, Network

CROWD = 24
"""Steps that are free at once from which on arrays count them off faster than a loop does."""


class Groups(Mapping[int, list[int]]):
    """The positions at which each key stands in a column of keys, in rising order; keys below 0 are left out.

    `places` are the positions sorted by key, `at[k]` to `at[k + 1]` bound those of key k.
    """

    __slots__ = ("_at", "_places", "at", "places")

    def __init__(self, keys: Ints, count: int) -> None:
        sort = np.argsort(keys, kind="stable")
        self.places: Ints = sort[np.count_nonzero(keys < 0) :]
        self.at: Ints = np.concatenate(([0], np.cumsum(np.bincount(keys[self.places], minlength=count))))
        self._places, self._at = self.places.data, self.at.data

    def __getitem__(self, key: int) -> list[int]:
        found = self.inside(key)
        if not found:
            raise KeyError(key)
        return found

    def inside(self, key: int) -> list[int]:
        """The positions of a key, none where it does not stand in the column."""
        return self._places[self._at[key] : self._at[key + 1]].tolist()

    def __contains__(self, key: object) -> bool:
        return isinstance(key, int) and 0 <= key < len(self.at) - 1 and self._at[key] < self._at[key + 1]

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero(np.diff(self.at)).tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(np.diff(self.at)))


@dataclass(frozen=True, slots=True)
class Order:
    """`steps` in a workable order and the `level` of each step (longest chain of steps before it)."""

    steps: Ints
    level: Ints
    summary: Bools
    children: Groups


def order(network: Network) -> Order:
    """Sort the steps of a network so that each comes after all it waits for.

    Raises:
        BadLink: a link leads from a task to itself, to its own summary, or to a number that is not there.
        Loop: the activities wait for each other in a circle, nesting included.
    """
    size, parent = network.size, network.parent
    _check_nesting(parent)
    children = Groups(parent, size)
    summary = np.diff(children.at) > 0
    _check_links(network, summary)
    inside = np.flatnonzero(parent >= 0)
    above = parent[inside]
    live = (network.link_pred >= 0) & (network.link_succ >= 0)
    pred, succ = network.link_pred[live], network.link_succ[live]
    before = np.concatenate((above, inside + size * summary[inside], pred + size * summary[pred]))
    after = np.concatenate((inside, size + above, succ))
    followers = Groups(before, 2 * size)
    beyond = after[followers.places]
    waits = np.bincount(after, minlength=2 * size)
    free = np.flatnonzero(waits == 0)
    free = free[(free < size) | summary[free - size]]
    steps, level = _counted_off(free, followers.at, beyond, waits)
    if len(steps) < size + int(summary.sum()):
        raise Loop(_circle(followers.at, beyond, waits, size))
    return Order(steps, level, summary, children)


def _counted_off(free: Ints, at: Ints, beyond: Ints, waits: Ints) -> tuple[Ints, Ints]:
    """The steps in rounds, each of those that wait for nothing any more; `waits` is counted down."""
    level = np.zeros(len(waits), np.int64)
    rounds: list[Ints] = []
    waiting, following, bounds = waits.data, beyond.data, at.data
    levels = level.data
    number = 0
    while len(free):
        rounds.append(free)
        number += 1
        if len(free) < CROWD:
            fresh: list[int] = []
            for step in free.tolist():
                for later in following[bounds[step] : bounds[step + 1]].tolist():
                    waiting[later] -= 1
                    if not waiting[later]:
                        fresh.append(later)
                        levels[later] = number
            free = np.array(fresh, np.int64)
            continue
        begin, counts = at[free], at[free + 1] - at[free]
        ends = np.cumsum(counts)
        reached = beyond[np.repeat(begin - ends + counts, counts) + np.arange(int(ends[-1]))]
        np.subtract.at(waits, reached, 1)
        free = reached[waits[reached] == 0]
        if len(free):
            free.sort()
            free = free[np.concatenate(([True], free[1:] != free[:-1]))]
            level[free] = number
    return np.concatenate(rounds) if rounds else np.zeros(0, np.int64), level


def _check_nesting(parent: Ints) -> None:
    if bool((parent < np.arange(len(parent))).all()):
        return
    above = parent.tolist()
    settled = [False] * len(above)
    for node in range(len(above)):
        path: list[int] = []
        here = node
        while here >= 0 and not settled[here]:
            if here in path:
                raise Loop(path[path.index(here) :])
            path.append(here)
            here = above[here]
        for seen in path:
            settled[seen] = True


def _check_links(network: Network, summary: Bools) -> None:
    """Refuse the first link that can never be kept."""
    pred, succ, size = network.link_pred, network.link_succ, network.size
    nowhere = (np.minimum(pred, succ) < -1) | (np.maximum(pred, succ) >= size) | ((pred == -1) & (succ == -1))
    doubtful = nowhere | (pred == succ)
    inside = np.flatnonzero(~doubtful)
    doubtful[inside] = summary[pred[inside]] | summary[succ[inside]]
    parent = network.parent.data
    for link in np.flatnonzero(doubtful).tolist():
        _check_link(link, int(pred[link]), int(succ[link]), parent)


def _check_link(link: int, pred: int, succ: int, parent: memoryview[int]) -> None:
    size = len(parent)
    if not (-1 <= pred < size and -1 <= succ < size) or pred == succ == -1:
        raise BadLink(link, "it leads nowhere")
    if pred == succ:
        raise BadLink(link, "an activity cannot wait for itself")
    for inner, outer in ((pred, succ), (succ, pred)):
        while inner >= 0 and outer >= 0:
            inner = parent[inner]
            if inner == outer:
                raise BadLink(link, "an activity cannot wait for its own summary, nor the summary for it")


def _circle(at: Ints, beyond: Ints, waits: Ints, size: int) -> list[int]:
    """One circle among the steps that never became free, as activities in order, each once."""
    before: dict[int, int] = {}
    for step in np.flatnonzero(waits).tolist():
        for following in beyond[at[step] : at[step + 1]].tolist():
            if waits[following]:
                before.setdefault(following, step)
    here = next(iter(before))
    seen: list[int] = []
    while here not in seen:
        seen.append(here)
        here = before[here]
    circle = [step % size for step in reversed(seen[seen.index(here) :])]
    return list(dict.fromkeys(circle))
