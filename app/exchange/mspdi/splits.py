"""Interruptions of work, found in the time-phased rows that a plan carries instead of segments.

Microsoft Project writes no row value where nothing could be worked anyway and ``PT0H0M0S`` where
work rests; so a rest is working time between two worked rows that such a row tells of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.derive.worktimes import worktime_of
from app.domain.calendars import Calendar, CalendarException, WorkWeek
from app.domain.document import Document
from app.domain.people import Assignment, Resource
from app.domain.portfolio import Project
from app.domain.values import AssignmentId, CalendarId, Moment, Split, TaskId
from app.domain.work import SourceTask, Task, TimephasedRow
from app.engine.worktime import HorizonExceeded, Worktime
from app.exchange.mspdi.intake import Intake
from app.exchange.mspdi.mending import mended_splits
from app.exchange.mspdi.units import minutes_of
from app.text import tr

REMAINING_WORK, ACTUAL_WORK = 1, 2
"""Types of time-phased rows that say when an assignment works."""
CONTOURED = 8

Rows = tuple[TimephasedRow, ...]


def find_splits(
    project: Project, assignments: list[Assignment], rows: dict[AssignmentId, Rows], intake: Intake
) -> list[Assignment]:
    """The assignments with their splits; the tasks among ``intake.records`` get theirs as well."""
    clock = _Clock(project, intake)
    sources = {record.task: record for record in intake.records if isinstance(record, SourceTask)}
    by_task: dict[TaskId, list[Assignment]] = {}
    found: list[Assignment] = []
    for assignment in assignments:
        own = rows.get(assignment.id, ())
        if any(_is_rest(row) for row in own):
            splits = splits_between(own, clock.of_assignment(assignment))
            assignment = replace(assignment, splits=splits)
        by_task.setdefault(assignment.task, []).append(assignment)
        found.append(assignment)
    for place, record in enumerate(intake.records):
        if not isinstance(record, Task) or record.id not in by_task:
            continue
        splits = _task_splits(record, sources.get(record.id), by_task[record.id], rows, clock, intake)
        splits = mended_splits(splits, record.duration)
        if splits:
            intake.records[place] = replace(record, splits=splits)
    return found


def _task_splits(
    task: Task,
    source: SourceTask | None,
    assignments: list[Assignment],
    rows: dict[AssignmentId, Rows],
    clock: _Clock,
    intake: Intake,
) -> tuple[Split, ...]:
    """A task rests where all who work on it do."""
    if task.id in clock.summaries:
        return ()
    worktime = clock.of(task.calendar)
    if all(assignment.splits for assignment in assignments):
        together = [row for assignment in assignments for row in rows.get(assignment.id, ())]
        return splits_between(together, worktime)
    is_told = any(rows.get(assignment.id) for assignment in assignments)
    if is_told or task.percent_complete or not all(one.contour == CONTOURED for one in assignments):
        return ()
    return _untold_split(task, source, worktime, intake)


def _untold_split(
    task: Task, source: SourceTask | None, worktime: Worktime, intake: Intake
) -> tuple[Split, ...]:
    """The one rest of a contoured task that takes longer than its duration, where the file tells no rows."""
    if source is None or source.start is None or source.finish is None or task.duration_format.is_elapsed:
        return ()
    try:
        gap = worktime.between(source.start, source.finish) - task.duration
    except HorizonExceeded:
        return ()
    before = task.duration // 2 // intake.per_day * intake.per_day or task.duration // 2
    if gap <= 0 or before <= 0:
        return ()
    intake.note(
        tr("Task {uid} {name}", uid=task.uid, name=task.name),
        tr("The plan says how long it rests but not when; the rest was put in its middle."),
    )
    return (Split(before, gap),)


def splits_between(rows: Iterable[TimephasedRow], worktime: Worktime) -> tuple[Split, ...]:
    """The rests between worked stretches, as working minutes done before each and rested in it."""
    busy = sorted((row.start, row.finish) for row in rows if _is_worked(row))
    splits: list[Split] = []
    worked = 0
    end: Moment | None = None
    try:
        for start, finish in busy:
            if end is not None and start > end:
                gap = worktime.between(end, start)
                if gap > 0:
                    splits.append(Split(worked, gap))
            begin = start if end is None else max(start, end)
            if finish > begin:
                worked += worktime.between(begin, finish)
                end = finish
    except HorizonExceeded:
        return ()
    return tuple(split for split in splits if split.work_before > 0)


def _is_worked(row: TimephasedRow) -> bool:
    return row.type in (REMAINING_WORK, ACTUAL_WORK) and _minutes(row) > 0


def _is_rest(row: TimephasedRow) -> bool:
    return row.type == REMAINING_WORK and bool(row.value) and _minutes(row) == 0


def _minutes(row: TimephasedRow) -> int:
    try:
        return minutes_of(row.value) if row.value else 0
    except ValueError:
        return 0


class _Clock:
    """Working time of the plan's calendars around its dates."""

    def __init__(self, project: Project, intake: Intake) -> None:
        kept = (Calendar, CalendarException, WorkWeek)
        self.document = Document.holding(record for record in intake.records if isinstance(record, kept))
        self.calendars = {
            record.id: record.calendar for record in intake.records if isinstance(record, Resource)
        }
        self.default = project.calendar
        self.tasks = {task.id: task for task in intake.task_records}
        self.summaries = {task.parent for task in intake.task_records}
        day = project.start // 1440
        self.horizon = (day - 20 * 366, day + 60 * 366)

    def of(self, calendar: CalendarId | None) -> Worktime:
        """The working time of a calendar, of the project's where none is named."""
        return worktime_of(self.document, calendar or self.default, self.horizon)

    def of_assignment(self, assignment: Assignment) -> Worktime:
        """When somebody works on a task: in the task's calendar, else in their own."""
        task = self.tasks.get(assignment.task)
        own = None if assignment.resource is None else self.calendars.get(assignment.resource)
        return self.of((task.calendar if task is not None else None) or own)
