"""How duration, units and work of an assigned task follow one another (Microsoft Project's task types).

work = duration × units for each assignment of a working resource. Fixed units: of duration and work the
other follows; fixed duration: units or work follow; fixed work: duration or units follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.domain.draft import Draft
from app.domain.people import Assignment, ResourceType
from app.domain.portfolio import TaskType
from app.domain.work import Task
from app.operations.lines import assignments_on


def workers(draft: Draft, task: Task) -> list[Assignment]:
    """The assignments of a task that carry work: people and machines, or work given to nobody yet."""
    found: list[Assignment] = []
    for each in assignments_on(draft, task):
        resource = draft.resources.get(each.resource)
        if resource is None or resource.type is ResourceType.WORK:
            found.append(each)
    return found


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` in whole parts as the weights say, by largest remainder, so that they add up."""
    weight = sum(weights)
    if weight <= 0:
        weights, weight = [1.0] * len(weights), float(len(weights))
    exact = [total * each / weight for each in weights]
    parts = [int(each) for each in exact]
    behind = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in behind[: total - sum(parts)]:
        parts[place] += 1
    return parts


def put_work(draft: Draft, assignment: Assignment, work: int, units: float | None = None) -> None:
    """Put an assignment with other work; what is done stays done, the rest remains."""
    work = max(work, 0)
    left = None if assignment.remaining_work is None else max(work - assignment.actual_work, 0)
    draft.put(
        replace(
            assignment,
            work=work,
            remaining_work=left,
            units=assignment.units if units is None else units,
        )
    )


def put_duration(draft: Draft, task: Task) -> None:
    """Put a task whose duration a person changed, and let work (fixed work: units) of its people follow."""
    for each in workers(draft, task):
        if task.task_type is TaskType.FIXED_WORK:
            if task.duration:
                put_work(draft, each, each.work, round(each.work / task.duration, 4))
        else:
            put_work(draft, each, round(task.duration * each.units))
    put_total(draft, task)


def put_total(draft: Draft, task: Task) -> None:
    """Put a task, its own figure of work following its people where it has one."""
    people = workers(draft, task)
    if task.work is not None and people:
        task = replace(task, work=sum(each.work for each in people))
    draft.put(task)


def follow_work(draft: Draft, task: Task) -> None:
    """Let the duration follow from its people's work and units: the one who takes longest counts."""
    people = [each for each in workers(draft, task) if each.units > 0]
    if people:
        duration = max(round(each.work / each.units) for each in people)
        task = _with_length(task, duration)
    put_total(draft, task)


def _with_length(task: Task, duration: int) -> Task:
    """The task with another duration; what is done stays, interruptions behind its end go."""
    if duration == task.duration:
        return task
    splits = tuple(split for split in task.splits if split.work_before < duration)
    remaining = task.remaining_duration
    if remaining is not None:
        remaining = max(duration - (task.duration - remaining), 0)
    return replace(task, duration=duration, splits=splits, remaining_duration=remaining)


def with_duration(task: Task, minutes: int) -> Task:
    """The task with a duration a person gave it: what is done of it stays done, its percentage follows.

    Shorter than what is done means done (Microsoft Project's rule for durations of started tasks).
    """
    done = actual_duration(task)
    splits = tuple(split for split in task.splits if split.work_before < minutes)
    task = replace(task, splits=splits, duration=minutes)
    if not done or task.percent_complete == 100:
        return replace(task, remaining_duration=None)
    if done >= minutes:
        return replace(task, percent_complete=100, remaining_duration=None)
    return replace(
        task, percent_complete=min(round(done * 100 / minutes), 99), remaining_duration=minutes - done
    )


def length_of(task: Task) -> int:
    """The minutes from a task's start to its finish: its duration with the interruptions in it."""
    return task.duration + sum(split.gap for split in task.splits)


def worked_in(task: Task, passed: int) -> int:
    """How much of a task is worked in the first ``passed`` minutes, which its interruptions take from."""
    for split in task.splits:
        if split.work_before + split.gap <= passed:
            passed -= split.gap
        elif split.work_before < passed:
            passed = split.work_before
    return passed


def actual_duration(task: Task) -> int:
    """How much of a task's duration is done, in minutes."""
    if task.remaining_duration is not None and task.percent_complete < 100:
        return max(task.duration - task.remaining_duration, 0)
    return round(task.duration * task.percent_complete / 100)


def share_out(draft: Draft, task: Task, total: int, weights: Sequence[float]) -> None:
    """Share work among a task's people by weights; duration follows, or units where the duration is fixed."""
    people = workers(draft, task)
    parts = shared_out(total, weights)
    fixed = task.task_type is TaskType.FIXED_DURATION and task.duration > 0
    for each, part in zip(people, parts, strict=True):
        put_work(draft, each, part, round(part / task.duration, 4) if fixed else None)
    if fixed:
        put_total(draft, task)
    else:
        follow_work(draft, task)
