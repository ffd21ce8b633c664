"""The input of the scheduling arithmetic: activities, parts and links as arrays, and nothing about a project.

All moments are civil local minutes since 1970-01-01T00:00; all durations are whole minutes. Activities are
numbered 0..n-1 in outline order. A node that is somebody's parent is a summary; its dates roll up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.engine.worktime import Worktime

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NO_MOMENT = -(1 << 60)
"""Stands in every moment array for "not given"; earlier than any date."""


class Constraint(IntEnum):
    """Date constraints by their MSPDI numbers."""

    ASAP = 0
    ALAP = 1
    MSO = 2
    MFO = 3
    SNET = 4
    SNLT = 5
    FNET = 6
    FNLT = 7


class LinkType(IntEnum):
    """Dependencies by their MSPDI numbers: end of the predecessor, then end of the successor."""

    FF = 0
    FS = 1
    SF = 2
    SS = 3


class LagKind(IntEnum):
    """What a lag is measured in; percents are of the predecessor's duration, in hundredths of a percent."""

    WORKING = 0
    ELAPSED = 1
    PERCENT = 2
    ELAPSED_PERCENT = 3


class Face(IntEnum):
    """Which end of a pause a milestone stands at: whichever it is pushed to, the later, or the earlier."""

    EITHER = 0
    START = 1
    FINISH = 2


class Loop(ValueError):
    """The network runs in a circle; `cycle` lists its activities, each waiting for the one before."""

    def __init__(self, cycle: Sequence[int]) -> None:
        self.cycle = tuple(cycle)
        super().__init__("loop: " + " > ".join(str(node) for node in self.cycle))


class BadLink(ValueError):
    """Link number `link` can never be kept: to itself, between a summary and its inside, or to nowhere."""

    def __init__(self, link: int, reason: str) -> None:
        self.link = link
        self.reason = reason
        super().__init__(f"link {link}: {reason}")


@dataclass(frozen=True, slots=True)
class Network:
    """Everything the passes need, by position; build it with `network(...)`, which fills the defaults.

    Shapes: n activities, p parts, m links. `elapsed` durations run through nights and holidays. `remaining`
    is the open part of `duration`. `splits` maps an activity to (work before the gap, gap) pairs in working
    minutes on its own worktime. `levelling_delay` is elapsed minutes. `milestone_face` is a `Face`: where
    an activity without duration may stand when work stops. A part is the share of one assignment:
    `part_work` minutes on its own worktime, of which `part_done` are done, begun `part_delay` working
    minutes (and `part_levelling_delay` elapsed ones) after the activity. A link whose predecessor (or
    successor) is -1 leads out of the network; `link_moment` then holds the date at its other end (the
    latest one the successor there can bear). `link_worktime` -1 means "as the policy says". `link_lag` is
    minutes, or hundredths of a percent where its kind says so.
    """

    worktimes: tuple[Worktime, ...]
    project_worktime: int
    project_start: int
    project_finish: int
    from_finish: bool
    status: int
    parent: Ints
    duration: Ints
    elapsed: Bools
    worktime: Ints
    constraint: Ints
    constraint_moment: Ints
    deadline: Ints
    manual: Bools
    manual_start: Ints
    manual_finish: Ints
    active: Bools
    actual_start: Ints
    actual_finish: Ints
    remaining: Ints
    stop: Ints
    resume: Ints
    levelling_delay: Ints
    milestone_face: Ints
    part_activity: Ints
    part_worktime: Ints
    part_work: Ints
    part_done: Ints
    part_delay: Ints
    part_levelling_delay: Ints
    link_pred: Ints
    link_succ: Ints
    link_type: Ints
    link_lag: Ints
    link_lag_kind: Ints
    link_worktime: Ints
    link_moment: Ints
    splits: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def size(self) -> int:
        """The number of activities, summaries included."""
        return len(self.parent)

    @property
    def links(self) -> int:
        """The number of links."""
        return len(self.link_pred)

    @property
    def parts(self) -> int:
        """The number of parts."""
        return len(self.part_activity)


_ACTIVITY_DEFAULTS: dict[str, int] = {
    "parent": -1,
    "elapsed": 0,
    "worktime": 0,
    "constraint": 0,
    "constraint_moment": NO_MOMENT,
    "deadline": NO_MOMENT,
    "manual": 0,
    "manual_start": NO_MOMENT,
    "manual_finish": NO_MOMENT,
    "active": 1,
    "actual_start": NO_MOMENT,
    "actual_finish": NO_MOMENT,
    "stop": NO_MOMENT,
    "resume": NO_MOMENT,
    "levelling_delay": 0,
    "milestone_face": 0,
}
_PART_DEFAULTS: dict[str, int] = {
    "part_activity": 0,
    "part_worktime": 0,
    "part_work": 0,
    "part_done": 0,
    "part_delay": 0,
    "part_levelling_delay": 0,
}
_LINK_DEFAULTS: dict[str, int] = {
    "link_pred": 0,
    "link_succ": 0,
    "link_type": int(LinkType.FS),
    "link_lag": 0,
    "link_lag_kind": 0,
    "link_worktime": -1,
    "link_moment": NO_MOMENT,
}
_FLAGS = frozenset({"elapsed", "manual", "active"})


def network(
    worktimes: Sequence[Worktime],
    duration: Sequence[int] | Ints,
    *,
    project_start: int = NO_MOMENT,
    project_finish: int = NO_MOMENT,
    project_worktime: int = 0,
    from_finish: bool = False,
    status: int = NO_MOMENT,
    splits: Mapping[int, Sequence[tuple[int, int]]] | None = None,
    **columns: Any,
) -> Network:
    """Build a network from whatever columns are known; the others take their defaults.

    Raises:
        ValueError: a column is unknown or has the wrong length, or the anchor of the project is missing.
    """
    known: dict[str, Any] = {"duration": _frozen(duration, np.int64)}
    count = len(known["duration"])
    shape = {
        **dict.fromkeys(_ACTIVITY_DEFAULTS, count),
        "remaining": count,
        **dict.fromkeys(_PART_DEFAULTS, len(columns.get("part_activity", ()))),
        **dict.fromkeys(_LINK_DEFAULTS, len(columns.get("link_pred", ()))),
    }
    unknown = set(columns) - set(shape)
    if unknown:
        raise ValueError(f"unknown columns: {', '.join(sorted(unknown))}")
    defaults = {**_ACTIVITY_DEFAULTS, **_PART_DEFAULTS, **_LINK_DEFAULTS}
    for name, length in shape.items():
        kind = np.bool_ if name in _FLAGS else np.int64
        given = columns.get(name)
        if given is None and name == "remaining":
            given = known["duration"]
        known[name] = _frozen(np.full(length, defaults[name]) if given is None else given, kind)
        if len(known[name]) != length:
            raise ValueError(f"{name} has {len(known[name])} values, not {length}")
    if (project_finish if from_finish else project_start) == NO_MOMENT:
        raise ValueError("a network needs the moment it is scheduled from")
    return Network(
        worktimes=tuple(worktimes),
        project_worktime=project_worktime,
        project_start=project_start,
        project_finish=project_finish,
        from_finish=from_finish,
        status=status,
        splits=MappingProxyType({node: tuple(cuts) for node, cuts in (splits or {}).items()}),
        **known,
    )


def changed(source: Network, **columns: Any) -> Network:
    """The same network with whole columns or scalars replaced.

    New durations without new remaining ones leave what is done as it is.
    """
    fresh: dict[str, Any] = {}
    if "duration" in columns and "remaining" not in columns:
        done = source.duration - source.remaining
        columns["remaining"] = np.maximum(0, np.asarray(columns["duration"], np.int64) - done)
    for name, value in columns.items():
        kind = getattr(source, name)
        fresh[name] = _frozen(value, kind.dtype.type) if isinstance(kind, np.ndarray) else value
    return replace(source, **fresh)


def _frozen(values: Iterable[int] | Ints | Bools, kind: type[np.generic]) -> NDArray[Any]:
    array = np.array(values if isinstance(values, np.ndarray) else list(values), dtype=kind)
    array.setflags(write=False)
    return array
