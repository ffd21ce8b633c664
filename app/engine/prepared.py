"""What can be worked out about a network once and used for many solutions: order, neighbours, worktimes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from app.engine.axis import Axis, axis
from app.engine.network import Bools, Ints, Network, changed
from app.engine.order import Groups, Order, order
from app.engine.policy import Policy
from app.engine.worktime import Worktime

STRUCTURE = frozenset(
    {"parent", "worktimes", "worktime", "elapsed", "link_pred", "link_succ", "part_activity", "part_worktime"}
)
"""Columns whose change needs a new preparation; all others can be patched."""


@dataclass(frozen=True, slots=True)
class Family:
    """Summaries of one depth, their children end to end, and where each summary's children begin."""

    summaries: Ints
    children: Ints
    first: Ints
    counts: Ints


@dataclass(frozen=True, slots=True)
class Prepared:
    """A network in workable order, with the links and parts of each activity at hand.

    `links_in` and `links_out` hold link numbers, `parts` part numbers by activity (only where there are any).
    `axis` holds all worktimes and, last, the elapsed one. `level` is by step; `by_level` are the leaves in
    level order; `families` go from the deepest summaries up. `kept` is what solving has sorted already.
    """

    network: Network
    order: Order
    links_in: Groups
    links_out: Groups
    parts: Groups
    elapsed_worktime: Worktime
    axis: Axis
    is_summary: Bools
    level: Ints
    by_level: Ints
    families: tuple[Family, ...]
    kept: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def with_changes(self, **columns: Any) -> Prepared:
        """The same preparation for a network with other values; a change of structure prepares anew."""
        network = changed(self.network, **columns)
        if STRUCTURE & columns.keys():
            return prepare(network)
        return replace(self, network=network)

    def worktime(self, activity: int, policy: Policy) -> Worktime:
        """The worktime an activity's duration runs on."""
        if policy.elapsed_durations and self.network.elapsed[activity]:
            return self.elapsed_worktime
        return self.network.worktimes[int(self.network.worktime[activity])]


def prepare(network: Network) -> Prepared:
    """Order and index a network.

    Raises:
        BadLink: a link can never be kept.
        Loop: activities wait for each other in a circle.
    """
    first = min(worktime.first for worktime in network.worktimes)
    last = max(worktime.last for worktime in network.worktimes)
    sorted_steps = order(network)
    elapsed = Worktime(np.array([first]), np.array([last]), first, last)
    leaves = np.flatnonzero(~sorted_steps.summary)
    return Prepared(
        network=network,
        order=sorted_steps,
        axis=axis((*network.worktimes, elapsed)),
        is_summary=sorted_steps.summary,
        level=sorted_steps.level,
        by_level=leaves[np.lexsort((network.worktime[leaves], sorted_steps.level[leaves]))],
        families=_families(sorted_steps, network.parent),
        links_in=Groups(network.link_succ, network.size),
        links_out=Groups(network.link_pred, network.size),
        parts=Groups(network.part_activity, network.size),
        elapsed_worktime=elapsed,
    )


def _families(sorted_steps: Order, parent: Ints) -> tuple[Family, ...]:
    """The summaries by depth, the deepest first."""
    children = sorted_steps.children
    summaries = np.flatnonzero(sorted_steps.summary)
    depth = np.zeros(len(summaries), np.int64)
    climbing, above = np.arange(len(summaries)), parent[summaries]
    while len(climbing):
        inside = above >= 0
        climbing, above = climbing[inside], above[inside]
        depth[climbing] += 1
        above = parent[above]
    found: list[Family] = []
    for level in range(int(depth.max(initial=-1)), -1, -1):
        here = summaries[depth == level]
        counts = children.at[here + 1] - children.at[here]
        ends = np.cumsum(counts)
        place = np.repeat(children.at[here] - ends + counts, counts) + np.arange(int(ends[-1]))
        found.append(Family(here, children.places[place], ends - counts, counts))
    return tuple(found)
