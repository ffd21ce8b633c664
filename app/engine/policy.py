"""Named choices in which scheduling tools differ; the defaults are Microsoft Project's."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class LagCalendar(IntEnum):
    """Whose working time a working lag is counted in (P6: calendar for scheduling relationship lag)."""

    SUCCESSOR = 0
    PREDECESSOR = 1
    PROJECT = 2
    ELAPSED = 3


class Progress(IntEnum):
    """How open work of a started activity relates to its predecessors.

    HOLD: it continues where it stood (Microsoft Project). RETAINED: it waits for the status date and for its
    predecessors (P6 retained logic). OVERRIDE: it waits for the status date only (P6 progress override).
    """

    HOLD = 0
    RETAINED = 1
    OVERRIDE = 2


class CriticalBy(IntEnum):
    """What makes an activity critical: little total slack, or lying on the longest path (P6)."""

    SLACK = 0
    LONGEST_PATH = 1


class SlackBy(IntEnum):
    """Which end total slack is read at (P6: compute total float as)."""

    SMALLEST = 0
    START = 1
    FINISH = 2


class StartedDates(IntEnum):
    """Which start the early and late dates of a started activity show: its own, or that of what is left."""

    ACTUAL = 0
    REMAINING = 1


@dataclass(frozen=True, slots=True)
class Policy:
    """One value for each behaviour in which tools differ; durations are working minutes."""

    critical_slack_limit: int = 0
    critical_by: CriticalBy = CriticalBy.SLACK
    slack_by: SlackBy = SlackBy.SMALLEST
    multiple_critical_paths: bool = False
    honor_constraints: bool = True
    lag_calendar: LagCalendar = LagCalendar.SUCCESSOR
    progress: Progress = Progress.HOLD
    started_dates: StartedDates = StartedDates.ACTUAL
    reschedule_unstarted: bool = False
    reschedule_remaining: bool = False
    parts: bool = True
    part_worktimes: bool = True
    part_delay: bool = True
    levelling_delay: bool = True
    splits: bool = True
    resume_dates: bool = True
    manual_dates: bool = True
    manual_late_finish_as_left: bool = True
    summary_links: bool = True
    summaries_end_where_started_work_stands: bool = True
    deadlines_limit_late_dates: bool = True
    elapsed_durations: bool = True
    milestones_keep_finish_side: bool = True
    start_to_finish_keeps_face: bool = True
    completed_have_no_slack: bool = True


MICROSOFT_PROJECT = Policy()
PRIMAVERA = Policy(
    lag_calendar=LagCalendar.PREDECESSOR,
    progress=Progress.RETAINED,
    started_dates=StartedDates.REMAINING,
    reschedule_unstarted=True,
    slack_by=SlackBy.FINISH,
    deadlines_limit_late_dates=False,
    summaries_end_where_started_work_stands=False,
)
