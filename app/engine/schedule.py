"""The output of the scheduling arithmetic: dates, slack and reasons by activity, part and link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from app.engine.network import Bools, Ints


class Driver(IntEnum):
    """Why a date is what it is; the driver index names the link, part or activity meant, or is -1."""

    PROJECT_START = 0
    LINK = 1
    CONSTRAINT = 2
    CALENDAR = 3
    ACTUAL = 4
    REMAINING = 5
    MANUAL = 6
    SUMMARY = 7
    LEVELLING = 8
    STATUS = 9
    PROJECT_FINISH = 10
    AS_LATE_AS_POSSIBLE = 11
    DURATION = 12
    PART = 13
    CHILD = 14


@dataclass(frozen=True, slots=True)
class Schedule:
    """What follows from a network and a policy; every array is read-only.

    By activity (n): moments `start`, `finish` (the dates shown), `early_*`, `late_*`, and `auto_*` (what
    its links would give a manual activity, else equal to start and finish); slack in working minutes of its
    own worktime (a summary: the project's), where total slack is the smaller of start and finish slack;
    `duration` in working minutes of its own worktime (a summary: rolled up in the project's); `complete` in
    hundredths of a percent. `*_driver` is a `Driver`, `*_driver_index` the link (LINK), part (PART) or
    activity (SUMMARY, CHILD) meant. By part (p): moments. By link (m): `link_slack`, the working minutes of
    the predecessor before the link would bite (NO_MOMENT where it has no say), and `link_driving` where it
    sets the successor's date.
    `segments` holds the worked stretches of split activities only.
    """

    start: Ints
    finish: Ints
    early_start: Ints
    early_finish: Ints
    late_start: Ints
    late_finish: Ints
    auto_start: Ints
    auto_finish: Ints
    duration: Ints
    complete: Ints
    total_slack: Ints
    free_slack: Ints
    start_slack: Ints
    finish_slack: Ints
    critical: Bools
    longest_path: Bools
    start_driver: Ints
    start_driver_index: Ints
    finish_driver: Ints
    finish_driver_index: Ints
    part_start: Ints
    part_finish: Ints
    link_slack: Ints
    link_driving: Bools
    segments: Mapping[int, tuple[tuple[int, int], ...]]
    project_start: int
    project_finish: int
