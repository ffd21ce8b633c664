"""Tasks to which a plan gives dates but no length, as conversions from Primavera P6 do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.derive.worktimes import horizon_around, worktime_of
from app.domain.calendars import Calendar, CalendarException, WorkWeek
from app.domain.document import Document
from app.domain.portfolio import Project
from app.domain.work import Task
from app.engine.worktime import HorizonExceeded
from app.exchange.mspdi.fields import Fields
from app.exchange.mspdi.intake import Intake
from app.text import tr


def with_lengths(
    tasks: Sequence[Task], rows: Sequence[Fields], project: Project, intake: Intake
) -> list[Task]:
    """The tasks, those of no duration that are no milestones and have not begun as long as their dates lie
    apart on their own calendar; each of these is told.

    ``rows`` are the tasks' fields, in the same order.
    """
    above = {task.parent for task in tasks}
    calendars: Document | None = None
    found: list[Task] = []
    for task, fields in zip(tasks, rows, strict=True):
        if task.duration or task.milestone or task.manual or task.actual_start or task.id in above:
            found.append(task)
            continue
        calendars = calendars or _calendars(intake)
        length = _between(task, fields, project, calendars)
        if length:
            fields.warn(tr("It has dates but no duration; its duration was taken from its dates."))
        found.append(replace(task, duration=length))
    return found


def _calendars(intake: Intake) -> Document:
    kinds = (Calendar, CalendarException, WorkWeek)
    return Document.holding(record for record in intake.records if isinstance(record, kinds))


def _between(task: Task, fields: Fields, project: Project, calendars: Document) -> int:
    start, finish = fields.moment("Start"), fields.moment("Finish")
    if start is None or finish is None or finish <= start:
        return 0
    try:
        clock = worktime_of(calendars, task.calendar or project.calendar, horizon_around(start, 0))
        return max(0, clock.between(start, finish))
    except HorizonExceeded:
        return 0
