"""One record of a plan as one row of the engine's network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from app.derive.plan_rows import PlanRows
from app.domain.people import Assignment, Resource, ResourceType
from app.domain.portfolio import TaskType
from app.domain.values import CalendarId, ResourceId, TaskId
from app.domain.work import ConstraintType, Link, LinkType, Task
from app.engine.network import NO_MOMENT
from app.engine.spans import share_of
from app.engine.worktime import Worktime

CONSTRAINTS = {
    ConstraintType.ASAP: 0,
    ConstraintType.ALAP: 1,
    ConstraintType.MSO: 2,
    ConstraintType.MFO: 3,
    ConstraintType.SNET: 4,
    ConstraintType.SNLT: 5,
    ConstraintType.FNET: 6,
    ConstraintType.FNLT: 7,
}
LINK_TYPES = {LinkType.FF: 0, LinkType.FS: 1, LinkType.SF: 2, LinkType.SS: 3}

Pair = tuple[CalendarId | None, CalendarId | None]
"""Two calendars that must both work; the same one twice for a single calendar."""

ACTIVITY_COLUMNS = (
    "duration",
    "elapsed",
    "worktime",
    "constraint",
    "constraint_moment",
    "deadline",
    "manual",
    "manual_start",
    "manual_finish",
    "active",
    "actual_start",
    "actual_finish",
    "remaining",
    "stop",
    "resume",
    "levelling_delay",
)
LINK_COLUMNS = ("link_pred", "link_succ", "link_type", "link_lag", "link_lag_kind", "link_moment")
PART_COLUMNS = (
    "part_activity",
    "part_worktime",
    "part_work",
    "part_done",
    "part_delay",
    "part_levelling_delay",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a network needs beside the rows: working time, resources, and of other networks what links ask.

    ``moment`` is the date at the far end of a link, ``length`` the duration there.
    """

    worktime: Callable[[Pair], Worktime]
    moment: Callable[[Link], int | None]
    length: Callable[[Link], int]
    resource: Callable[[ResourceId], Resource | None]


def activity_row(task: Task, plan: PlanRows, number: Callable[..., int]) -> tuple[int, ...]:
    """A task as the values of ``ACTIVITY_COLUMNS``; ``number`` gives the number of a pair of calendars."""
    calendar = task.calendar if task.calendar is not None else plan.project.calendar
    constraint = task.constraint
    is_summary = plan.outline.is_summary(task.id)
    if constraint.needs_date and task.constraint_date is None:
        constraint = ConstraintType.ASAP
    return (
        task.duration,
        task.duration_format.is_elapsed,
        number(calendar, calendar),
        CONSTRAINTS[constraint],
        moment_or_none(task.constraint_date),
        moment_or_none(task.deadline),
        task.manual and not is_summary,
        moment_or_none(task.manual_start),
        moment_or_none(task.manual_finish),
        task.active,
        NO_MOMENT if is_summary else moment_or_none(task.actual_start),
        NO_MOMENT if is_summary else moment_or_none(task.actual_finish),
        _remaining(task),
        moment_or_none(task.stop),
        moment_or_none(task.resume),
        task.leveling_delay,
    )


def moment_or_none(value: int | None) -> int:
    """A moment as the engine writes it, who has a number for none."""
    return NO_MOMENT if value is None else value


def _remaining(task: Task) -> int:
    if task.actual_finish is not None:
        return 0
    if task.remaining_duration is not None:
        return task.remaining_duration
    return task.duration - task.duration * task.percent_complete // 100


def link_row(link: Link, places: Mapping[TaskId, int], setting: Setting) -> tuple[int, ...]:
    """A link as the values of ``LINK_COLUMNS``; ``places`` are the activities of the tasks."""
    pred = places.get(link.predecessor, -1)
    moment = setting.moment(link) if pred < 0 else None
    lag, is_percent = link.lag, link.lag_format.is_percent
    if is_percent:
        lag = link.lag * 100
        if pred < 0:  # of a length the network does not know
            lag, is_percent = share_of(setting.length(link), lag), False
    return (
        pred,
        places[link.successor],
        LINK_TYPES[link.type],
        lag,
        (2 if is_percent else 0) + (1 if link.lag_format.is_elapsed else 0),
        NO_MOMENT if moment is None else moment,
    )


def part_row(
    assignment: Assignment,
    activity: int,
    task: Task,
    plan: PlanRows,
    number: Callable[..., int],
    setting: Setting,
) -> tuple[int, ...] | None:
    """How long one person's share of a task takes and when that person works; ``None`` where it says nothing.

    Working minutes are regular work over units, as Microsoft Project reckons a flat assignment; a contoured
    one is spread over the task's whole duration. A task of fixed duration keeps it whoever works on it.
    """
    resource = None if assignment.resource is None else setting.resource(assignment.resource)
    if resource is None or resource.type is not ResourceType.WORK or resource.is_budget:
        return None
    if task.manual or task.task_type is TaskType.FIXED_DURATION or plan.outline.is_summary(task.id):
        return None
    if assignment.units <= 0 or task.duration_format.is_elapsed or not resource.uid:
        return None
    regular = assignment.work - assignment.overtime_work
    minutes = task.duration if assignment.contour else round(regular / assignment.units)
    if minutes <= 0 or task.duration <= 0:
        return None
    calendar = resource.calendar if resource.calendar is not None else plan.project.calendar
    pair = (calendar, calendar)
    if task.calendar is not None:
        pair = (task.calendar, task.calendar if task.ignore_resource_calendar else calendar)
    return (
        activity,
        number(*pair),
        minutes,
        _done(assignment, task, minutes),
        assignment.delay,
        assignment.leveling_delay,
    )


def _done(assignment: Assignment, task: Task, minutes: int) -> int:
    if task.actual_finish is not None:
        return minutes
    if task.remaining_duration is not None and task.duration > 0:
        return minutes - round(minutes * task.remaining_duration / task.duration)
    if assignment.actual_work and assignment.work > 0:
        return round(minutes * min(assignment.actual_work / assignment.work, 1.0))
    return minutes * task.percent_complete // 100


def columns_of(names: tuple[str, ...], rows: list[tuple[int, ...]]) -> dict[str, Any]:
    """Rows as columns of those names."""
    if not rows:
        return {name: [] for name in names}
    table = np.array(rows, dtype=np.int64)
    return {name: table[:, place] for place, name in enumerate(names)}
