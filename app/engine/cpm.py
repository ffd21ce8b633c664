"""Critical path scheduling: one call from a network and a policy to dates, slack and reasons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.engine import backward as rules_back
from app.engine import forward as rules_ahead
from app.engine import levels
from app.engine.again import Renewed, Trace, again, is_near
from app.engine.forward import Dates, Ground, array_dates, ground, paired, viewed
from app.engine.lanes import lanes
from app.engine.network import Constraint, Network
from app.engine.policy import MICROSOFT_PROJECT, Policy
from app.engine.prepared import Prepared, prepare
from app.engine.rollup import lengths, roll_up_dates
from app.engine.schedule import Schedule
from app.engine.segments import parts_placed, segments
from app.engine.slack import slack_calendars, slacks
from app.engine.spans import spans
from app.engine.walk import Walk, walk_ahead, walk_back

Method = Literal["auto", "rules", "plain", "arrays"]
FEW = 8
"""Activities to a level below which plain Python beats arrays."""

Ahead = Callable[[int, bool], None]
Back = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Solved(Schedule):
    """A schedule with what the next solution may take over from it."""

    trace: Trace = field(repr=False, compare=False)


def solve(
    network: Network | Prepared,
    policy: Policy = MICROSOFT_PROJECT,
    *,
    method: Method = "auto",
    previous: Schedule | None = None,
) -> Schedule:
    """Schedule a network; neither the method nor a previous answer changes this one, only the time it takes.

    `previous` is the answer before a change, for the network that `prepared` was made from by `with_changes`;
    where few values differ, only what they reach is worked out.

    Raises:
        Loop, BadLink: the network cannot be ordered.
        HorizonExceeded: a date lies outside the compiled worktimes.
    """
    prepared = network if isinstance(network, Prepared) else prepare(network)
    if isinstance(previous, Solved) and is_near(prepared, policy, previous.trace):
        land = ground(prepared, policy, spans(prepared, policy))
        renewed = again(land, previous.trace, lambda land, finish: _extent(land, finish, np.max))
        if renewed is not None:
            return _schedule(land, renewed.dates, previous, renewed)
    if method == "plain" or (method == "auto" and _is_thin(prepared)):
        land, dates = _by_walking(prepared, policy)
    elif method == "rules":
        land, dates = _by_rules(prepared, policy)
    else:
        land, dates = _by_levels(prepared, policy)
    return _schedule(land, dates)


def _is_thin(prepared: Prepared) -> bool:
    """True when levels hold so few activities that arrays would not pay."""
    return len(prepared.by_level) < FEW * (int(prepared.level.max(initial=0)) + 1)


def _by_rules(prepared: Prepared, policy: Policy) -> tuple[Ground, Dates]:
    """Both passes one activity at a time, by nothing but the rules."""
    land = ground(prepared, policy, spans(prepared, policy))
    dates = array_dates(prepared.network.size)
    slow = viewed(dates)

    def ahead(anchor: int, late: bool) -> None:
        rules_ahead.forward(land, slow, anchor, late_ones=late)

    def back(anchor: int) -> None:
        rules_back.backward(land, slow, anchor)

    _passes(land, dates, ahead, back)
    return land, dates


def _by_walking(prepared: Prepared, policy: Policy) -> tuple[Ground, Dates]:
    """Both passes one activity at a time, ordinary ones by the short cut."""
    land = ground(prepared, policy, spans(prepared, policy))
    dates = array_dates(prepared.network.size)
    walk = Walk(land, dates, *paired(dates))

    def ahead(anchor: int, late: bool) -> None:
        walk_ahead(walk, anchor, late_ones=late)

    def back(anchor: int) -> None:
        walk_back(walk, anchor)

    _passes(land, dates, ahead, back)
    return land, dates


def _by_levels(prepared: Prepared, policy: Policy) -> tuple[Ground, Dates]:
    """Both passes one level at a time."""
    land = ground(prepared, policy, spans(prepared, policy))
    dates = array_dates(prepared.network.size)
    lines = lanes(land)

    def ahead(anchor: int, late: bool) -> None:
        levels.forward(land, lines, dates, anchor, late_ones=late)

    def back(anchor: int) -> None:
        levels.backward(land, lines, dates, anchor)

    _passes(land, dates, ahead, back)
    roll_up_dates(land, dates)
    prepared.axis.check(dates.late_start)
    prepared.axis.check(dates.finish)
    prepared.axis.check(dates.late_finish)
    return land, dates


def _passes(land: Ground, dates: Dates, ahead: Ahead, back: Back) -> None:
    """Forward and backward from the end the project is scheduled from, and once more for late ones."""
    network = land.prepared.network
    if network.from_finish:
        ahead(network.project_finish, False)
        back(network.project_finish)
        ahead(_extent(land, dates.late_start, np.min), True)
        return
    ahead(network.project_start, False)
    back(_extent(land, dates.finish, np.max))
    if (network.constraint[~land.prepared.is_summary] == Constraint.ALAP).any():
        ahead(network.project_start, True)


def _extent(land: Ground, column: Any, pick: Callable[[Any], Any]) -> int:
    """The first or last moment among the active leaves (all leaves where none is active)."""
    leaves = ~land.prepared.is_summary
    counted = leaves & land.prepared.network.active
    values = np.asarray(column, np.int64)[counted if counted.any() else leaves]
    return int(pick(values)) if len(values) else land.prepared.network.project_start


def _schedule(
    land: Ground, dates: Dates, previous: Solved | None = None, renewed: Renewed | None = None
) -> Schedule:
    network = land.prepared.network
    own = slack_calendars(land)
    start, finish = network.project_start, network.project_finish
    if network.from_finish:
        start = _extent(land, dates.start, np.min)
    else:
        finish = _extent(land, dates.finish, np.max)
    last = None if previous is None else (previous.part_start, previous.part_finish)
    slack = slacks(land, own, dates, finish, None if previous is None else previous.trace.slack)
    part_start, part_finish = parts_placed(land, dates, last, None if renewed is None else renewed.touched)
    duration, complete = lengths(land, own, dates)
    return Solved(
        start=_frozen(dates.start),
        finish=_frozen(dates.finish),
        early_start=_frozen(dates.early_start),
        early_finish=_frozen(dates.early_finish),
        late_start=_frozen(dates.late_start),
        late_finish=_frozen(dates.late_finish),
        auto_start=_frozen(dates.auto_start),
        auto_finish=_frozen(dates.auto_finish),
        duration=_frozen(duration),
        complete=_frozen(complete),
        total_slack=_frozen(slack.total),
        free_slack=_frozen(slack.free),
        start_slack=_frozen(slack.start),
        finish_slack=_frozen(slack.finish),
        critical=_frozen(slack.critical),
        longest_path=_frozen(slack.longest),
        start_driver=_frozen(dates.start_driver),
        start_driver_index=_frozen(dates.start_index),
        finish_driver=_frozen(dates.finish_driver),
        finish_driver_index=_frozen(dates.finish_index),
        part_start=_frozen(part_start),
        part_finish=_frozen(part_finish),
        link_slack=_frozen(slack.link),
        link_driving=_frozen(slack.driving),
        segments=MappingProxyType(segments(land, dates)),
        project_start=start,
        project_finish=finish,
        trace=Trace(land, replace(dates, work=None), slack, _extent(land, dates.finish, np.max)),
    )


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.setflags(write=False)
    return array
