"""Verbs for how far the work is: percentages, actual dates, what remains, and putting off what is left."""

from __future__ import annotations

from dataclasses import replace

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.outline import branch
from app.domain.values import Moment, ProjectId, Span, TaskId
from app.domain.work import ConstraintType, Task
from app.operations import effort
from app.operations.lines import assignments_on, in_order, is_summary, project_of, task_of
from app.operations.operation import operation
from app.operations.planned import dates_of, next_work, work_after, work_between
from app.text import mark, tr


@operation(mark("Change progress"), merges=True)
def set_percent(draft: Draft, tasks: tuple[TaskId, ...], percent: int) -> None:
    """Say how much of some tasks is done; 100 finishes them on the dates they have now, 0 unstarts them.

    A summary hands 0 and 100 down to the tasks inside it.

    Raises:
        Refusal: a summary and anything between, or no percentage.
    """
    if not 0 <= percent <= 100:
        raise Refusal(tr("A percentage lies between 0 and 100."))
    for row in in_order(draft, tasks):
        if not is_summary(draft, row):
            _put_percent(draft, row, percent)
        elif percent in (0, 100):
            _hand_down(draft, row, percent)
        else:
            raise Refusal(
                tr(
                    "A summary task takes its progress from the tasks inside it; it can be set to 0% or 100%."
                ),
                at=(row.id, "percent"),
            )


def _hand_down(draft: Draft, summary: Task, percent: int) -> None:
    inside = branch(draft.tasks.of(summary.project), [summary.id])
    parents = {task.parent for task in inside}
    for task in inside:
        if task.id not in parents:
            _put_percent(draft, task, percent)


def _put_percent(draft: Draft, row: Task, percent: int) -> None:
    if percent == 0:
        row = replace(row, actual_start=None, actual_finish=None)
    else:
        start, finish = dates_of(draft, row)
        row = replace(row, actual_start=row.actual_start if row.actual_start is not None else start)
        if percent == 100:
            row = replace(row, actual_finish=row.actual_finish if row.actual_finish is not None else finish)
        else:
            row = replace(row, actual_finish=None)
    put_progress(
        draft, replace(row, percent_complete=percent, remaining_duration=None, stop=None, resume=None)
    )


def put_progress(draft: Draft, row: Task) -> None:
    """Put a task whose progress changed; the work done of its people goes along."""
    percent = row.percent_complete
    for each in assignments_on(draft, row):
        done = round(each.work * percent / 100)
        begun = each.actual_start if each.actual_start is not None and percent else None
        draft.put(
            replace(
                each,
                actual_work=done,
                remaining_work=each.work - done,
                actual_start=begun,
                actual_finish=row.actual_finish if percent == 100 else None,
            )
        )
    if row.work is not None:
        row = replace(row, actual_work=round(row.work * percent / 100))
    draft.put(row)


@operation(mark("Change physical progress"), merges=True)
def set_physical_percent(draft: Draft, task: TaskId, percent: int) -> None:
    """Say how much of a task's result is there, whatever time it took."""
    draft.put(replace(task_of(draft, task), physical_percent_complete=percent))


@operation(mark("Change actual start"))
def set_actual_start(draft: Draft, task: TaskId, start: Moment | None) -> None:
    """Say when a task really started; without a date it has not started and has no progress.

    Raises:
        Refusal: the task is a summary.
    """
    row = task_of(draft, task)
    _refuse_inside(draft, row, "actual_start")
    if start is None:
        _put_percent(draft, row, 0)
        return
    row = replace(row, actual_start=start)
    if row.actual_finish is not None:
        if row.actual_finish < start:
            raise Refusal(
                tr("“{name}” cannot have finished before it started.", name=row.name),
                at=(task, "actual_start"),
            )
        _put_length(draft, row, _worked_between(draft, row, start, row.actual_finish))
    else:
        draft.put(row)


@operation(mark("Change actual finish"))
def set_actual_finish(draft: Draft, task: TaskId, finish: Moment | None) -> None:
    """Say when a task was really done; its duration becomes what it took. Without a date it is not done.

    Raises:
        Refusal: the task is a summary, or finishes before it started.
    """
    row = task_of(draft, task)
    _refuse_inside(draft, row, "actual_finish")
    if finish is None:
        if row.actual_finish is not None:
            _put_percent(draft, row, 99 if row.percent_complete == 100 else row.percent_complete)
        return
    if row.actual_start is None:
        begin, _ = dates_of(draft, row)
        begin = min(begin, finish) if row.duration == 0 else begin
        row = replace(row, actual_start=begin)
    assert row.actual_start is not None
    if finish < row.actual_start:
        raise Refusal(
            tr("“{name}” cannot have finished before it started; set its actual start first.", name=row.name),
            at=(task, "actual_finish"),
        )
    minutes = _worked_between(draft, row, row.actual_start, finish)
    row = replace(
        row, actual_finish=finish, percent_complete=100, remaining_duration=None, stop=None, resume=None
    )
    _put_length(draft, row, minutes)


def _worked_between(draft: Draft, row: Task, start: Moment, finish: Moment) -> int:
    return effort.worked_in(row, work_between(draft, row, start, finish))


def _put_length(draft: Draft, row: Task, minutes: int) -> None:
    if minutes != row.duration:
        splits = tuple(split for split in row.splits if split.work_before < minutes)
        effort.put_duration(draft, replace(row, duration=minutes, splits=splits))
        row = draft.tasks[row.id]
    put_progress(draft, row)


@operation(mark("Change remaining duration"))
def set_remaining(draft: Draft, task: TaskId, remaining: Span) -> None:
    """Say how much time a task still needs; its duration and percentage follow. None left means done.

    Raises:
        Refusal: the task is a summary.
    """
    row = task_of(draft, task)
    _refuse_inside(draft, row, "remaining_duration")
    _length_only(remaining, task, "remaining_duration")
    done = effort.actual_duration(row)
    if remaining.minutes == 0:
        if done and done != row.duration:
            row = replace(row, remaining_duration=None, percent_complete=0, actual_finish=None)
            effort.put_duration(draft, effort.with_duration(row, done))
            row = draft.tasks[task]
        _put_percent(draft, row, 100)
        return
    _put_shares(draft, row, done, remaining.minutes)


@operation(mark("Change actual duration"))
def set_actual_duration(draft: Draft, task: TaskId, actual: Span) -> None:
    """Say how much time a task has taken so far; what remains follows from its duration.

    Raises:
        Refusal: the task is a summary.
    """
    row = task_of(draft, task)
    _refuse_inside(draft, row, "actual_duration")
    _length_only(actual, task, "actual_duration")
    if actual.minutes == 0:
        _put_percent(draft, row, 0)
    elif actual.minutes >= row.duration:
        _put_length(draft, replace(row, percent_complete=0, remaining_duration=None), actual.minutes)
        _put_percent(draft, replace(draft.tasks[task], actual_finish=None), 100)
    else:
        _put_shares(draft, row, actual.minutes, row.duration - actual.minutes)


def _put_shares(draft: Draft, row: Task, done: int, left: int) -> None:
    """Put a task of which ``done`` minutes are done and ``left`` minutes are left."""
    total = done + left
    percent = min(max(round(done * 100 / total), 1 if done else 0), 99)
    if done and row.actual_start is None:
        row = replace(row, actual_start=dates_of(draft, row)[0])
    row = replace(
        row,
        percent_complete=percent,
        remaining_duration=left if done else None,
        actual_finish=None,
        stop=None,
        resume=None,
    )
    if total != row.duration:
        splits = tuple(split for split in row.splits if split.work_before < total)
        effort.put_duration(draft, replace(row, duration=total, splits=splits))
        row = draft.tasks[row.id]
    put_progress(draft, row)


def _length_only(span: Span, task: TaskId, field: str) -> None:
    if span.unit.is_percent or span.minutes < 0:
        raise Refusal(tr("This is a length of time such as 3d or 4h."), at=(task, field))


def _refuse_inside(draft: Draft, row: Task, field: str) -> None:
    if is_summary(draft, row):
        raise Refusal(tr("A summary task takes its progress from the tasks inside it."), at=(row.id, field))


@operation(mark("Mark on track"))
def update_to(
    draft: Draft, project: ProjectId, status_date: Moment | None = None, tasks: tuple[TaskId, ...] = ()
) -> Moment:
    """Record progress as planned up to a date: what should be done then is done, the rest in proportion.

    Without a date it is the project's status date, or now where it has none; returned is which it was.
    """
    status_date = _until(draft, project, status_date)
    for row in _leaves(draft, project, tasks):
        if row.percent_complete == 100 or not row.active:
            continue
        start, finish = dates_of(draft, row)
        if finish <= status_date:
            _put_percent(draft, row, 100)
        elif start < status_date and row.duration:
            done = min(max(work_between(draft, row, start, status_date), 0), row.duration - 1)
            if done > effort.actual_duration(row):
                _put_shares(draft, row, done, row.duration - done)
    return status_date


@operation(mark("Reschedule unfinished work"))
def reschedule_unfinished(
    draft: Draft, project: ProjectId, after: Moment | None = None, tasks: tuple[TaskId, ...] = ()
) -> Moment:
    """Put off what is not done to after a date: started tasks resume then, others start no earlier.

    Without a date it is the project's status date, or now where it has none; returned is which it was.
    """
    after = _until(draft, project, after)
    for row in _leaves(draft, project, tasks):
        if row.percent_complete == 100 or not row.active:
            continue
        start, finish = dates_of(draft, row)
        if row.actual_start is not None or row.percent_complete:
            done = effort.actual_duration(row)
            stop = work_after(draft, row, row.actual_start or start, done) if done else start
            if stop < after and finish > stop:
                resume = next_work(draft, row, after)
                draft.put(replace(row, actual_start=row.actual_start or start, stop=stop, resume=resume))
        elif start < after:
            _start_after(draft, row, next_work(draft, row, after))
    return after


def _until(draft: Draft, project: ProjectId, asked: Moment | None) -> Moment:
    found = project_of(draft, project).status_date if asked is None else asked
    return draft.now if found is None else found


def _start_after(draft: Draft, row: Task, moment: Moment) -> None:
    if row.manual:
        length = effort.length_of(row)
        finish = None if row.manual_finish is None else work_after(draft, row, moment, length)
        draft.put(replace(row, manual_start=moment, manual_finish=finish))
    else:
        draft.put(replace(row, constraint=ConstraintType.SNET, constraint_date=moment))


def _leaves(draft: Draft, project: ProjectId, tasks: tuple[TaskId, ...]) -> list[Task]:
    """The tasks without inside: of the given ones and their branches, or of the whole project."""
    project_of(draft, project)
    rows = draft.tasks.of(project)
    parents = {task.parent for task in rows.values()}
    chosen = branch(rows, [task.id for task in in_order(draft, tasks)]) if tasks else list(rows.values())
    return [task for task in chosen if task.id not in parents]
