"""What the plan says now, for operations that need a computed date or a stretch of working time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from app.derive.schedule import ScheduleResult, schedule_of
from app.derive.worktimes import HORIZONS, horizon_around, worktime_of
from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.values import Moment, ProjectId
from app.domain.work import Task
from app.engine.worktime import HorizonExceeded, Worktime
from app.text import tr

T = TypeVar("T")


def schedule_for(draft: Draft, task: Task) -> ScheduleResult:
    """The schedule in which a task's dates are to be read: the one on the screen while it is untouched.

    Raises:
        Refusal: the plan's dates cannot be worked out.
    """
    if draft.document.tasks.get(task.id) is task:
        return _reckoned(schedule_of(draft.document, task.project))
    return _reckoned(schedule_of(draft.result(), task.project))


def schedule_now(draft: Draft, project: ProjectId) -> ScheduleResult:
    """The schedule of a project as drafted.

    Raises:
        Refusal: its dates cannot be worked out.
    """
    return _reckoned(schedule_of(draft.result() if draft.changes() else draft.document, project))


def _reckoned(result: ScheduleResult) -> ScheduleResult:
    """A result whose dates may be kept: the stand-ins of a plan without dates never become facts."""
    if not result.is_reckoned:
        raise Refusal(tr("The dates of this plan cannot be worked out; mend its problems first."))
    return result


def dates_of(draft: Draft, task: Task) -> tuple[Moment, Moment]:
    """The computed start and finish of a task.

    Raises:
        Refusal: the plan's dates cannot be worked out.
    """
    result = schedule_for(draft, task)
    place = result.places[task.id]
    return Moment(int(result.start[place])), Moment(int(result.finish[place]))


def duration_of(draft: Draft, task: Task) -> int:
    """The computed duration of a task in minutes, of a summary as rolled up.

    Raises:
        Refusal: the plan's dates cannot be worked out.
    """
    result = schedule_for(draft, task)
    return int(result.duration[result.places[task.id]])


def work_between(draft: Draft, task: Task, start: int, finish: int) -> int:
    """Minutes of the task's own time from one moment to another: working, or all where it is elapsed."""
    if task.duration_format.is_elapsed:
        return finish - start
    return _on(draft, task, lambda time: time.between(start, finish))


def work_after(draft: Draft, task: Task, start: int, minutes: int) -> Moment:
    """The moment at which ``minutes`` of the task's own time have passed since ``start``."""
    if task.duration_format.is_elapsed:
        return Moment(start + minutes)
    return Moment(_on(draft, task, lambda time: time.add(start, minutes)))


def next_work(draft: Draft, task: Task, moment: int) -> Moment:
    """The first moment at or after ``moment`` at which the task can be worked on."""
    if task.duration_format.is_elapsed:
        return Moment(moment)
    return Moment(_on(draft, task, lambda time: time.next_start(moment)))


def _on(draft: Draft, task: Task, asked: Callable[[Worktime], T]) -> T:
    project = draft.projects[task.project]
    calendar = task.calendar or project.calendar
    document = draft.result() if _calendars_touched(draft) else draft.document
    for width in range(len(HORIZONS)):
        try:
            return asked(worktime_of(document, calendar, horizon_around(project.start, width)))
        except HorizonExceeded:
            continue
    raise Refusal(
        tr("That lies too far from the start of the project to be worked out."), at=(task.id, "start")
    )


def _calendars_touched(draft: Draft) -> bool:
    tables = ("calendars", "calendar_exceptions", "work_weeks")
    return any(next(draft.table(name).changes(name), None) is not None for name in tables)
