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


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """One behaviour that may explain a difference: its field, the values to try, and what it says."""

    field: str
    alternatives: tuple[bool | IntEnum, ...]
    sentence: str


# The sentences are marked for translation where they are shown.
POLICY_RULES: tuple[PolicyRule, ...] = (
    PolicyRule(
        "parts",
        (False, True),
        "Tasks last as long as their own duration, whatever their assignments need.",
    ),
    PolicyRule(
        "part_worktimes",
        (False, True),
        "Assignments run on the task's own calendar instead of the resource's.",
    ),
    PolicyRule("part_delay", (False, True), "Delays of single assignments are left out."),
    PolicyRule("levelling_delay", (False, True), "Delays set by levelling are left out."),
    PolicyRule("splits", (False, True), "Split tasks run in one piece."),
    PolicyRule(
        "resume_dates",
        (False, True),
        "Open work goes on where it stopped, and the resume date is left out.",
    ),
    PolicyRule(
        "progress",
        (Progress.HOLD, Progress.RETAINED, Progress.OVERRIDE),
        "Open work of started tasks waits for the status date, for its predecessors, or for neither.",
    ),
    PolicyRule(
        "started_dates",
        (StartedDates.ACTUAL, StartedDates.REMAINING),
        "Early and late start of a started task are those of its open work instead of its actual start.",
    ),
    PolicyRule(
        "reschedule_unstarted", (True, False), "Tasks that have not begun start after the status date."
    ),
    PolicyRule(
        "reschedule_remaining", (True, False), "Open work of started tasks goes on after the status date."
    ),
    PolicyRule(
        "lag_calendar",
        (LagCalendar.PREDECESSOR, LagCalendar.SUCCESSOR, LagCalendar.PROJECT, LagCalendar.ELAPSED),
        "Lag is counted in the working time of another calendar, or in elapsed time.",
    ),
    PolicyRule("elapsed_durations", (False, True), "Elapsed durations are counted as working time."),
    PolicyRule("honor_constraints", (False, True), "Links win over date constraints."),
    PolicyRule("manual_dates", (False, True), "Manually scheduled tasks follow their links."),
    PolicyRule(
        "manual_late_finish_as_left",
        (False, True),
        "The late finish of a manual task falls on the end of a working period.",
    ),
    PolicyRule("summary_links", (False, True), "Links to and from summary tasks are left out."),
    PolicyRule(
        "summaries_end_where_started_work_stands",
        (False, True),
        "A summary before started work may end as late as the slack of that work allows.",
    ),
    PolicyRule("deadlines_limit_late_dates", (False, True), "Deadlines do not limit late dates."),
    PolicyRule(
        "milestones_keep_finish_side",
        (False, True),
        "A milestone falls on the start of the next working period, not on the end of the last one.",
    ),
    PolicyRule(
        "start_to_finish_keeps_face",
        (False, True),
        "A finish set by another task's start falls on the end of the working period before it.",
    ),
    PolicyRule(
        "slack_by",
        (SlackBy.FINISH, SlackBy.START, SlackBy.SMALLEST),
        "Total slack is read at the finish, at the start, or at the smaller of both.",
    ),
    PolicyRule("completed_have_no_slack", (False, True), "Completed tasks keep the slack of their dates."),
    PolicyRule(
        "multiple_critical_paths",
        (True, False),
        "Every chain of tasks has a critical path of its own.",
    ),
    PolicyRule(
        "critical_by",
        (CriticalBy.LONGEST_PATH, CriticalBy.SLACK),
        "Critical is what lies on the longest path instead of what has little slack.",
    ),
)
