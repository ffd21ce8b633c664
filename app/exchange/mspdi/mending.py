"""What a plan says against its own sense is put right while it is read, each time with a finding."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.people import Assignment, Availability, Rate
from app.domain.values import Split, TaskId
from app.domain.work import Task
from app.exchange.mspdi.fields import Fields
from app.text import tr


def mended_task(task: Task, fields: Fields) -> Task:
    """The task without dates that end before they begin and without negative work."""
    if (task.work or 0) < 0 or task.actual_work < 0:
        fields.warn(tr("Its work is negative and was left out."))
        task = replace(
            task, work=None if (task.work or 0) < 0 else task.work, actual_work=max(task.actual_work, 0)
        )
    for first, last in (
        ("manual_start", "manual_finish"),
        ("actual_start", "actual_finish"),
        ("stop", "resume"),
    ):
        begin, end = getattr(task, first), getattr(task, last)
        if begin is not None and end is not None and end < begin:
            fields.warn(tr("One of its dates lies before the date it should follow and was left out."))
            lost: dict[str, Any] = {last: None}
            task = replace(task, **lost)
    return task


def mended_splits(splits: tuple[Split, ...], duration: int) -> tuple[Split, ...]:
    """The rests that lie within the duration, each after some work of its own."""
    kept: list[Split] = []
    for split in splits:
        after = kept[-1].work_before if kept else 0
        if after < split.work_before < duration and split.gap > 0:
            kept.append(split)
        elif kept and split.work_before == after:
            kept[-1] = Split(after, kept[-1].gap + split.gap)
    return tuple(kept)


def mended_assignment(assignment: Assignment, fields: Fields) -> Assignment:
    """The assignment with no negative units or work."""
    if assignment.units >= 0 and assignment.work >= 0 and assignment.actual_work >= 0:
        return assignment
    fields.warn(tr("Its units or work are negative and were taken for none."))
    return replace(
        assignment,
        units=max(assignment.units, 0.0),
        work=max(assignment.work, 0),
        actual_work=max(assignment.actual_work, 0),
    )


def mended_rate(rate: Rate, fields: Fields) -> Rate:
    """The rate without an end before its beginning."""
    if rate.rates_from is not None and rate.rates_to is not None and rate.rates_to < rate.rates_from:
        fields.warn(tr("A rate ends before it begins; its end was left out."))
        return replace(rate, rates_to=None)
    return rate


def mended_availability(period: Availability, fields: Fields) -> Availability:
    """The period without an end before its beginning, its units not negative."""
    first, last = period.available_from, period.available_to
    if first is not None and last is not None and last < first:
        fields.warn(tr("A period of availability ends before it begins; its end was left out."))
        period = replace(period, available_to=None)
    if period.units < 0:
        fields.warn(tr("An availability is negative and was taken for none."))
        period = replace(period, units=0.0)
    return period


def lies_inside(task: TaskId, other: TaskId, parents: dict[TaskId, TaskId | None]) -> bool:
    """Whether one of two tasks is a summary that holds the other."""
    for inner, outer in ((task, other), (other, task)):
        above = parents.get(inner)
        while above is not None:
            if above == outer:
                return True
            above = parents.get(above)
    return False
