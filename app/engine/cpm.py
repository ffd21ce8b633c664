"""Critical path scheduling: one call from a network and a policy to dates, slack and reasons."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.backward import backward
from app.engine.forward import Dates, Ground, forward, goes_late, ground, listed_dates, own_worktime
from app.engine.network import NO_MOMENT, Network
from app.engine.policy import MICROSOFT_PROJECT, Policy
from app.engine.prepared import Prepared, prepare
from app.engine.schedule import Schedule
from app.engine.segments import parts_placed, segments
from app.engine.slack import slacks
from app.engine.spans import spans


def solve(network: Network | Prepared, policy: Policy = MICROSOFT_PROJECT, *, method: str = "auto") -> Schedule:
    """Schedule a network.

    Raises:
        Loop, BadLink: the network cannot be ordered.
        HorizonExceeded: a date lies outside the compiled worktimes.
    """
    prepared = network if isinstance(network, Prepared) else prepare(network)
    return _plain(prepared, policy)


def _plain(prepared: Prepared, policy: Policy) -> Schedule:
    network = prepared.network
    land = ground(prepared, policy, spans(prepared, policy), lists=True)
    dates = listed_dates(network.size)
    goers = [node for node in range(network.size) if goes_late(land, node) and not prepared.order.summary[node]]
    if network.from_finish:
        forward(land, dates, network.project_finish)
        backward(land, dates, network.project_finish)
        start = min(dates.late_start[node] for node in _counted(land))
        forward(land, dates, start, late_ones=True)
        finish = network.project_finish
    else:
        start = network.project_start
        forward(land, dates, start)
        finish = max((dates.finish[node] for node in _counted(land)), default=start)
        backward(land, dates, finish)
        if goers:
            forward(land, dates, start, late_ones=True)
    return _schedule(land, dates, start, finish)


def _counted(land: Ground) -> list[int]:
    """The activities that stretch the project: active leaves."""
    summary = land.prepared.order.summary
    found = [node for node in range(len(summary)) if not summary[node] and land.active[node]]
    return found or [node for node in range(len(summary)) if not summary[node]]


def _schedule(land: Ground, dates: Dates, start: int, finish: int) -> Schedule:
    slack = slacks(land, dates, finish)
    part_start, part_finish = parts_placed(land, dates)
    duration, complete = _lengths(land, dates)
    return Schedule(
        start=_ints(dates.start),
        finish=_ints(dates.finish),
        early_start=_ints(dates.early_start),
        early_finish=_ints(dates.early_finish),
        late_start=_ints(dates.late_start),
        late_finish=_ints(dates.late_finish),
        auto_start=_ints(dates.auto_start),
        auto_finish=_ints(dates.auto_finish),
        duration=_ints(duration),
        complete=_ints(complete),
        total_slack=_ints(slack.total),
        free_slack=_ints(slack.free),
        start_slack=_ints(slack.start),
        finish_slack=_ints(slack.finish),
        critical=_flags(slack.critical),
        longest_path=_flags(slack.longest),
        start_driver=_ints(dates.start_driver),
        start_driver_index=_ints(dates.start_index),
        finish_driver=_ints(dates.finish_driver),
        finish_driver_index=_ints(dates.finish_index),
        part_start=_ints(part_start),
        part_finish=_ints(part_finish),
        link_slack=_ints(slack.link),
        link_driving=_flags(slack.driving),
        segments=MappingProxyType(segments(land, dates)),
        project_start=start,
        project_finish=finish,
    )


def _lengths(land: Ground, dates: Dates) -> tuple[list[int], list[int]]:
    """Durations in working minutes, and percent complete in hundredths, weighted by duration in summaries."""
    order, network = land.prepared.order, land.prepared.network
    size = len(order.summary)
    duration, left = network.duration.tolist(), network.remaining.tolist()
    planned, done = list(duration), [0] * size
    complete = [0] * size
    for step in order.steps:
        node = step - size if step >= size else step
        if step >= size:
            inside = [child for child in order.children[node] if land.active[child]]
            planned[node] = sum(planned[child] for child in inside)
            done[node] = sum(done[child] for child in inside)
            duration[node] = own_worktime(land, node).between(dates.start[node], dates.finish[node])
        elif not order.summary[node]:
            begun = land.actual_start[node] != NO_MOMENT
            finished = land.actual_finish[node] != NO_MOMENT
            done[node] = duration[node] if finished else (duration[node] - left[node] if begun else 0)
            complete[node] = 10000 if finished else 0
        if planned[node]:
            complete[node] = done[node] * 10000 // planned[node]
        elif step >= size:
            inside = [child for child in order.children[node] if land.active[child]]
            complete[node] = 10000 if inside and all(complete[child] == 10000 for child in inside) else 0
    return duration, complete


def _ints(values: list[int]) -> NDArray[np.int64]:
    return _frozen(np.array(values, np.int64))


def _flags(values: list[bool]) -> NDArray[np.bool_]:
    return _frozen(np.array(values, np.bool_))


def _frozen(array: NDArray[Any]) -> NDArray[Any]:
    array.setflags(write=False)
    return array
