"""Verbs for the lines of a plan: add, rename, give a duration, set facts, split, delete."""

from __future__ import annotations

from dataclasses import replace

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.portfolio import Project, TaskType
from app.domain.values import CalendarId, Moment, ProjectId, Span, Split, TaskId
from app.domain.work import ConstraintType, Task
from app.operations import effort
from app.operations.lines import (
    branches,
    drop_tasks,
    in_order,
    is_summary,
    next_sibling,
    next_uid,
    project_of,
    ranks_at,
    refuse_summary,
    roots,
    task_of,
)
from app.operations.operation import operation
from app.operations.planned import dates_of, work_after, work_between
from app.text import mark, tr

Tasks = tuple[TaskId, ...]


@operation(mark("Add task"))
def add(
    draft: Draft,
    project: ProjectId,
    name: str = "",
    after: TaskId | None = None,
    inside: TaskId | None = None,
    before: TaskId | None = None,
    duration: Span | None = None,
) -> TaskId:
    """Add a task: after or before another, last inside a summary, or at the end of the plan."""
    made = add_many.within(draft, project, (name,), after, inside, before)[0]
    if duration is not None:
        set_duration.within(draft, made, duration)
    return made


@operation(mark("Add tasks"))
def add_many(
    draft: Draft,
    project: ProjectId,
    names: tuple[str, ...],
    after: TaskId | None = None,
    inside: TaskId | None = None,
    before: TaskId | None = None,
) -> Tasks:
    """Add tasks of these names one below the other, in the place asked for."""
    if not names:
        raise Refusal(tr("There is no task to add."))
    frame = project_of(draft, project)
    parent, following = _place(draft, project, after, inside, before)
    ranks = ranks_at(draft, project, parent, following, len(names))
    first = next_uid(draft.tasks.of(project))
    made: list[TaskId] = []
    for number, (name, rank) in enumerate(zip(names, ranks, strict=True)):
        task = _new(frame, TaskId(draft.new_id()), first + number, parent, rank, name)
        draft.put(task)
        made.append(task.id)
    if len(made) > 1:
        draft.name(mark("Add {count} tasks"), count=len(made))
    return tuple(made)


def _place(
    draft: Draft, project: ProjectId, after: TaskId | None, inside: TaskId | None, before: TaskId | None
) -> tuple[TaskId | None, TaskId | None]:
    for asked in (after, inside, before):
        if asked is not None and task_of(draft, asked).project != project:
            raise Refusal(tr("That task lies in another project."))
    if before is not None:
        return task_of(draft, before).parent, before
    if after is not None and inside is None:
        task = task_of(draft, after)
        return task.parent, next_sibling(draft, task)
    if after is not None:
        task = task_of(draft, after)
        if task.parent == inside:
            return inside, next_sibling(draft, task)
    return inside, None


def _new(frame: Project, id: TaskId, uid: int, parent: TaskId | None, rank: str, name: str) -> Task:
    return Task(
        id,
        frame.id,
        uid,
        parent,
        rank,
        name.strip(),
        duration=frame.minutes_per_day,
        estimated=frame.new_tasks_estimated,
        manual=frame.new_tasks_manual,
        task_type=frame.default_task_type,
        effort_driven=frame.new_tasks_effort_driven,
        constraint=ConstraintType.ASAP if frame.schedule_from_start else ConstraintType.ALAP,
    )


@operation(mark("Rename task"), merges=True)
def rename(draft: Draft, task: TaskId, name: str) -> None:
    """Give a task another name."""
    draft.put(replace(task_of(draft, task), name=" ".join(name.split())))


@operation(mark("Change duration"))
def set_duration(draft: Draft, task: TaskId, duration: Span) -> None:
    """Give a task a new duration; its dates follow, and the work of its people by its type.

    Raises:
        Refusal: the task is a summary, which takes its length from the tasks inside it.
    """
    row = task_of(draft, task)
    refuse_summary(draft, row, "duration", tr("A summary task takes its length from the tasks inside it."))
    if duration.unit.is_percent or duration.minutes < 0:
        raise Refusal(tr("A duration is a length of time such as 3d or 4h."), at=(task, "duration"))
    was_point = row.milestone and row.duration == 0
    row = replace(row, duration_format=duration.unit, estimated=duration.estimated)
    if duration.minutes != row.duration:
        row = replace(effort.with_duration(row, duration.minutes), manual_finish=None)
        row = replace(row, milestone=duration.minutes == 0 or (row.milestone and not was_point))
        if row.actual_start is not None and row.percent_complete == 100:
            finish = work_after(draft, row, row.actual_start, effort.length_of(row))
            row = replace(row, actual_finish=finish)
        effort.put_duration(draft, row)
    else:
        draft.put(row)


@operation(mark("Change estimate mark"))
def set_estimated(draft: Draft, task: TaskId, estimated: bool) -> None:
    """Mark a duration as an estimate, or as settled."""
    draft.put(replace(task_of(draft, task), estimated=estimated))


@operation(mark("Delete task"))
def delete(draft: Draft, tasks: Tasks) -> None:
    """Delete tasks with all that lies inside them, their links, assignments and values."""
    gone = branches(draft, roots(draft, tasks))
    drop_tasks(draft, gone)
    if len(gone) > 1:
        draft.name(mark("Delete {count} tasks"), count=len(gone))


@operation(mark("Change activity"))
def set_active(draft: Draft, tasks: Tasks, active: bool) -> None:
    """Make tasks inactive (they stay in the plan and move nothing) or active again, with all inside them."""
    for task in branches(draft, roots(draft, tasks)):
        draft.put(replace(task, active=active))
    draft.name(mark("Activate tasks") if active else mark("Inactivate tasks"))


@operation(mark("Change milestone mark"))
def set_milestone(draft: Draft, tasks: Tasks, milestone: bool) -> None:
    """Show tasks as milestones, or no longer; their duration stays."""
    for task in in_order(draft, tasks):
        draft.put(replace(task, milestone=milestone))


@operation(mark("Change task calendar"))
def set_calendar(draft: Draft, tasks: Tasks, calendar: CalendarId | None) -> None:
    """Let tasks be worked on by a calendar of their own, or by the project's again."""
    for task in in_order(draft, tasks):
        draft.put(replace(task, calendar=calendar))


@operation(mark("Change calendar rule"))
def set_ignore_resource_calendar(draft: Draft, task: TaskId, ignore: bool) -> None:
    """Let a task with its own calendar ignore those of its people, or not."""
    draft.put(replace(task_of(draft, task), ignore_resource_calendar=ignore))


@operation(mark("Change task type"))
def set_type(draft: Draft, task: TaskId, task_type: TaskType) -> None:
    """Say what stays fixed when a task's people change: units, duration or work."""
    row = task_of(draft, task)
    driven = True if task_type is TaskType.FIXED_WORK else row.effort_driven
    draft.put(replace(row, task_type=task_type, effort_driven=driven))


@operation(mark("Change effort rule"))
def set_effort_driven(draft: Draft, task: TaskId, effort_driven: bool) -> None:
    """Say whether more people share a task's work, or each brings their own.

    Raises:
        Refusal: a task of fixed work is always effort-driven.
    """
    row = task_of(draft, task)
    if row.task_type is TaskType.FIXED_WORK and not effort_driven:
        raise Refusal(tr("A task of fixed work is always effort-driven."), at=(task, "effort_driven"))
    draft.put(replace(row, effort_driven=effort_driven))


@operation(mark("Change priority"), merges=True)
def set_priority(draft: Draft, task: TaskId, priority: int) -> None:
    """Give a task a priority from 0 to 1000; 1000 is never levelled."""
    draft.put(replace(task_of(draft, task), priority=priority))


@operation(mark("Change notes"), merges=True)
def set_notes(draft: Draft, task: TaskId, notes: str) -> None:
    """Write the notes of a task."""
    draft.put(replace(task_of(draft, task), notes=notes))


@operation(mark("Change hyperlink"))
def set_hyperlink(draft: Draft, task: TaskId, address: str, title: str = "") -> None:
    """Point a task at a page or file; nothing takes the pointer away."""
    place = address.strip()
    draft.put(replace(task_of(draft, task), hyperlink_address=place, hyperlink=(title.strip() or place)))


@operation(mark("Change WBS code"))
def set_wbs(draft: Draft, task: TaskId, wbs: str) -> None:
    """Give a task a WBS code of its own; nothing means its outline number."""
    draft.put(replace(task_of(draft, task), wbs=wbs.strip()))


@operation(mark("Change contact"))
def set_contact(draft: Draft, task: TaskId, contact: str) -> None:
    """Name who to ask about a task."""
    draft.put(replace(task_of(draft, task), contact=contact.strip()))


@operation(mark("Change fixed cost"))
def set_fixed_cost(draft: Draft, task: TaskId, fixed_cost: int) -> None:
    """Give a task a cost of its own, in minor units of the project's currency."""
    draft.put(replace(task_of(draft, task), fixed_cost=fixed_cost))


@operation(mark("Change work"))
def set_work(draft: Draft, task: TaskId, work: Span) -> None:
    """Give a task another amount of work; duration follows, or the units where the duration is fixed.

    Raises:
        Refusal: the task is a summary, or the work is no length of time.
    """
    row = task_of(draft, task)
    refuse_summary(draft, row, "work", tr("A summary task takes its work from the tasks inside it."))
    if work.unit.is_percent or work.minutes < 0:
        raise Refusal(tr("Work is a length of time such as 16h or 3d."), at=(task, "work"))
    people = effort.workers(draft, row)
    if not people:
        draft.put(replace(row, work=work.minutes))
        return
    has_work = any(each.work for each in people)
    effort.share_out(draft, row, work.minutes, [each.work if has_work else each.units for each in people])


@operation(mark("Split task"))
def split(draft: Draft, task: TaskId, work_before: int, gap: int) -> None:
    """Interrupt a task for ``gap`` working minutes after ``work_before`` minutes of its work.

    Raises:
        Refusal: a summary or a milestone, or outside the task's duration.
    """
    row = task_of(draft, task)
    if is_summary(draft, row):
        raise Refusal(tr("A summary task is not split; split the tasks inside it."), at=(task, "splits"))
    if not 0 < work_before < row.duration or gap <= 0:
        raise Refusal(tr("An interruption lies within the task and lasts some time."), at=(task, "splits"))
    gaps = {each.work_before: each.gap for each in row.splits}
    gaps[work_before] = gaps.get(work_before, 0) + gap
    draft.put(replace(row, splits=tuple(Split(at, gaps[at]) for at in sorted(gaps))))


@operation(mark("Split task"))
def interrupt(draft: Draft, task: TaskId, stop: Moment, resume: Moment) -> None:
    """Interrupt a task from one moment to another, as it lies now.

    Raises:
        Refusal: a summary or a milestone, or the interruption does not lie within the task.
    """
    row = task_of(draft, task)
    if is_summary(draft, row):
        raise Refusal(tr("A summary task is not split; split the tasks inside it."), at=(task, "splits"))
    start, _ = dates_of(draft, row)
    passed = effort.worked_in(row, work_between(draft, row, start, stop))
    split.within(draft, task, passed, work_between(draft, row, stop, resume))


@operation(mark("Remove split"))
def unsplit(draft: Draft, task: TaskId) -> None:
    """Take all interruptions of a task away, so that it is worked in one go."""
    draft.put(replace(task_of(draft, task), splits=(), stop=None, resume=None))
