"""What a Gantt chart shows, ready for a painter: columns of numbers, one entry a visible row.

A painter looks at forty rows of a plan of a hundred thousand, so a chart is a handful of arrays and
never an object per bar. `ui` draws them on the screen, on paper and in pictures alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

NOWHERE = np.iinfo(np.int64).min
"""Stands in a column of moments where there is no such date."""


class BarKind(IntEnum):
    """What a row draws: nothing (a heading of a group, an empty row), or one of the three signs."""

    NOTHING = 0
    TASK = 1
    SUMMARY = 2
    MILESTONE = 3


class LinkKind(IntEnum):
    """Which ends a link ties (MSPDI's numbers)."""

    FF = 0
    FS = 1
    SF = 2
    SS = 3


@dataclass(frozen=True, slots=True, eq=False)
class GanttBars:
    """The signs of the visible rows; every array has one entry a row, moments may be `NOWHERE`.

    `keys` are the row keys of the grid beside the chart, `kind` is a `BarKind`. `done_until` is the
    moment up to which the bar is done, `float_until` the moment to which the task could finish late
    (later than `finish`, or earlier for negative slack). `labels` stand right of the bar; `segments`
    lists the worked stretches (start, finish) of split rows by row number. `movable` says whether a
    person may drag the bar (no summary, no heading, not read-only).
    """

    keys: tuple[str, ...]
    kind: Ints
    start: Ints
    finish: Ints
    percent: Ints
    done_until: Ints
    float_until: Ints
    deadline: Ints
    baseline_start: Ints
    baseline_finish: Ints
    critical: Bools
    manual: Bools
    inactive: Bools
    movable: Bools
    labels: tuple[str, ...]
    segments: Mapping[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True, slots=True, eq=False)
class GanttLinks:
    """The links of which both ends are visible; arrays with one entry a link.

    `predecessor` and `successor` are row numbers, `kind` is a `LinkKind`; `driving` says that the
    link sets its successor's date, `critical` that both ends are critical and the link drives.
    """

    ids: tuple[str, ...]
    predecessor: Ints
    successor: Ints
    kind: Ints
    driving: Bools
    critical: Bools

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True, eq=False)
class GanttView:
    """One project's chart.

    `plan_start` and `plan_finish` hold all that is drawn, baselines and deadlines too; `project_start` and
    `project_finish` are the project's own dates, `NOWHERE` where nobody said them.
    `rest_start` and `rest_finish` are the non-working stretches of the project's calendar, sorted and
    disjoint, from some time before `plan_start` until some time after `plan_finish`. `day_open` and
    `day_close` are the project's usual working hours (minutes after midnight): in zooms where a day is
    narrow they are stretched over the day's whole width, so that a day's work fills its cell.
    `week_start` is 0 for Monday. `empty` says why there is nothing to draw.
    """

    bars: GanttBars
    links: GanttLinks
    rest_start: Ints
    rest_finish: Ints
    plan_start: int
    plan_finish: int
    status_date: int | None = None
    day_open: int = 480
    day_close: int = 1020
    week_start: int = 0
    empty: str = ""
    project_start: int = NOWHERE
    project_finish: int = NOWHERE

    @property
    def span(self) -> tuple[int, int]:
        """The project's own first and last moment."""
        return (
            self.plan_start if self.project_start == NOWHERE else self.project_start,
            self.plan_finish if self.project_finish == NOWHERE else self.project_finish,
        )


def _ints() -> Ints:
    return np.zeros(0, dtype=np.int64)


def _bools() -> Bools:
    return np.zeros(0, dtype=np.bool_)


NO_BARS = GanttBars(
    (), _ints(), _ints(), _ints(), _ints(), _ints(), _ints(), _ints(), _ints(), _ints(),
    _bools(), _bools(), _bools(), _bools(), (),
)  # fmt: skip
NO_LINKS = GanttLinks((), _ints(), _ints(), _ints(), _bools(), _bools())
NO_CHART = GanttView(NO_BARS, NO_LINKS, _ints(), _ints(), 0, 0)
