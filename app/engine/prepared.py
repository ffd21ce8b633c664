"""What can be worked out about a network once and used for many solutions: order, neighbours, worktimes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from app.engine.axis import Axis, axis
from app.engine.network import Bools, Ints, Network, changed
from app.engine.order import Order, order
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
    links_in: Mapping[int, tuple[int, ...]]
    links_out: Mapping[int, tuple[int, ...]]
    parts: Mapping[int, tuple[int, ...]]
    elapsed_worktime: Worktime
    axis: Axis
    is_summary: Bools
    level: Ints
    by_level: Ints
    families: tuple[Family, ...]
    kept: dict[Policy, object] = field(default_factory=dict, compare=False, repr=False)

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
    level = np.array(sorted_steps.level, np.int64)
    summary = np.array(sorted_steps.summary, np.bool_)
    leaves = np.flatnonzero(~summary)
    return Prepared(
        network=network,
        order=sorted_steps,
        axis=axis((*network.worktimes, elapsed)),
        is_summary=summary,
        level=level,
        by_level=leaves[np.lexsort((network.worktime[leaves], level[leaves]))],
        families=_families(sorted_steps),
        links_in=_grouped(network.link_succ.tolist()),
        links_out=_grouped(network.link_pred.tolist()),
        parts=_grouped(network.part_activity.tolist()),
        elapsed_worktime=elapsed,
    )


def _families(sorted_steps: Order) -> tuple[Family, ...]:
    children, size = sorted_steps.children, len(sorted_steps.children)
    height = [0] * size
    for step in sorted_steps.steps:
        if step >= size:
            height[step - size] = 1 + max(height[child] for child in children[step - size])
    by_height: dict[int, list[int]] = {}
    for node in range(size):
        if children[node]:
            by_height.setdefault(height[node], []).append(node)
    found: list[Family] = []
    for _, summaries in sorted(by_height.items()):
        counts = np.array([len(children[node]) for node in summaries], np.int64)
        inside = np.array([child for node in summaries for child in children[node]], np.int64)
        found.append(Family(np.array(summaries, np.int64), inside, np.cumsum(counts) - counts, counts))
    return tuple(found)


def _grouped(keys: list[int]) -> dict[int, tuple[int, ...]]:
    groups: dict[int, list[int]] = {}
    for index, key in enumerate(keys):
        groups.setdefault(key, []).append(index)
    return {key: tuple(group) for key, group in groups.items()}
