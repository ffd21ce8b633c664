"""What can be worked out about a network once and used for many solutions: order, neighbours, worktimes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.engine.network import Network, changed
from app.engine.order import Order, order
from app.engine.policy import Policy
from app.engine.worktime import Worktime

STRUCTURE = frozenset(
    {"parent", "worktimes", "worktime", "elapsed", "link_pred", "link_succ", "part_activity", "part_worktime"}
)
"""Columns whose change needs a new preparation; all others can be patched."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A network in workable order, with the links and parts of each activity at hand.

    `links_in` and `links_out` hold link numbers, `parts` part numbers by activity (only where there are any).
    """

    network: Network
    order: Order
    links_in: Mapping[int, tuple[int, ...]]
    links_out: Mapping[int, tuple[int, ...]]
    parts: Mapping[int, tuple[int, ...]]
    elapsed_worktime: Worktime

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
    return Prepared(
        network=network,
        order=order(network),
        links_in=_grouped(network.link_succ.tolist()),
        links_out=_grouped(network.link_pred.tolist()),
        parts=_grouped(network.part_activity.tolist()),
        elapsed_worktime=Worktime(np.array([first]), np.array([last]), first, last),
    )


def _grouped(keys: list[int]) -> dict[int, tuple[int, ...]]:
    groups: dict[int, list[int]] = {}
    for index, key in enumerate(keys):
        groups.setdefault(key, []).append(index)
    return {key: tuple(group) for key, group in groups.items()}
