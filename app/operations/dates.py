"""Verbs for when a task lies: start, finish, stretching, constraints, deadlines, manual or automatic."""

from __future__ import annotations

from dataclasses import replace

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.values import Moment, Span, TaskId
from app.domain.work import ConstraintType, Task
from app.operations import effort, tasks
from app.operations.lines import in_order, is_summary, refuse_summary, task_of
from app.operations.operation import operation
from app.operations.planned import dates_of, duration_of, work_after, work_between
from app.text import mark, tr

START_KINDS = frozenset({ConstraintType.SNET, ConstraintType.SNLT, ConstraintType.MSO})
SUMMARY_KINDS = frozenset(
    {ConstraintType.ASAP, ConstraintType.ALAP, ConstraintType.SNET, ConstraintType.FNLT}
)


@operation(mark("Change start"))
def set_start(draft: Draft, task: TaskId, start: Moment | None) -> None:
    """Have a task start on a date: not earlier (from the finish: not later), or as typed where it is manual.

    A started task gets another actual start. Without a date the task starts as its links allow.

    Raises:
        Refusal: the task is a summary, which takes its dates from the tasks inside it.
    """
    row = task_of(draft, task)
    refuse_summary(draft, row, "start", tr("A summary task takes its dates from the tasks inside it."))
    if row.manual:
        _manual_start(draft, row, start)
    elif row.actual_start is not None:
        if start is None:
            raise Refusal(
                tr("This task has started; clear its actual start to let it move."), at=(task, "start")
            )
        draft.put(_begun(draft, row, start))
    elif start is None:
        draft.put(_free(draft, row))
    else:
        from_start = draft.projects[row.project].schedule_from_start
        kind = ConstraintType.SNET if from_start else ConstraintType.SNLT
        draft.put(replace(row, constraint=kind, constraint_date=start))


def _manual_start(draft: Draft, row: Task, start: Moment | None) -> None:
    moved = replace(row, manual_start=start)
    if row.manual_finish is not None and start is not None:
        if row.manual_start is None:
            _manual_length(draft, moved)
            return
        moved = replace(moved, manual_finish=work_after(draft, row, start, effort.length_of(row)))
    draft.put(moved)


def _begun(draft: Draft, row: Task, start: Moment) -> Task:
    finish = None if row.actual_finish is None else work_after(draft, row, start, effort.length_of(row))
    return replace(row, actual_start=start, actual_finish=finish)


def _free(draft: Draft, row: Task) -> Task:
    from_start = draft.projects[row.project].schedule_from_start
    kind = ConstraintType.ASAP if from_start else ConstraintType.ALAP
    return replace(row, constraint=kind, constraint_date=None)


@operation(mark("Change finish"))
def set_finish(draft: Draft, task: TaskId, finish: Moment | None) -> None:
    """Have a task finish on a date: not earlier (from the finish: not later); manual: its duration follows.

    A finished task gets another actual finish. Without a date the task finishes as its links allow.

    Raises:
        Refusal: the task is a summary, which takes its dates from the tasks inside it.
    """
    row = task_of(draft, task)
    refuse_summary(draft, row, "finish", tr("A summary task takes its dates from the tasks inside it."))
    if row.manual:
        moved = replace(row, manual_finish=finish)
        if finish is not None and row.manual_start is not None:
            _manual_length(draft, moved)
        else:
            draft.put(moved)
    elif row.actual_finish is not None and finish is not None:
        stretch.within(draft, task, finish)
    elif finish is None:
        draft.put(_free(draft, row))
    else:
        from_start = draft.projects[row.project].schedule_from_start
        kind = ConstraintType.FNET if from_start else ConstraintType.FNLT
        draft.put(replace(row, constraint=kind, constraint_date=finish))


def _manual_length(draft: Draft, row: Task) -> None:
    assert row.manual_start is not None
    assert row.manual_finish is not None
    if row.manual_finish < row.manual_start:
        raise Refusal(tr("“{name}” would finish before it starts.", name=row.name), at=(row.id, "finish"))
    minutes = effort.worked_in(row, work_between(draft, row, row.manual_start, row.manual_finish))
    effort.put_duration(draft, effort.with_duration(row, minutes))


@operation(mark("Change duration"))
def stretch(draft: Draft, task: TaskId, finish: Moment) -> None:
    """Lengthen or shorten a task so that it ends at a moment; its start stays (dragging a bar's end).

    Raises:
        Refusal: the task is a summary, or would end before it starts.
    """
    row = task_of(draft, task)
    refuse_summary(draft, row, "duration", tr("A summary task takes its length from the tasks inside it."))
    start, _ = dates_of(draft, row)
    start = row.actual_start or row.manual_start or start
    minutes = effort.worked_in(row, work_between(draft, row, start, finish))
    if finish < start:
        raise Refusal(tr("“{name}” would finish before it starts.", name=row.name), at=(task, "finish"))
    tasks.set_duration.within(draft, task, Span(minutes, row.duration_format, row.estimated))
    changed = draft.tasks[task]
    if changed.manual and row.manual_finish is not None:
        draft.put(replace(changed, manual_finish=finish))
    elif changed.actual_finish is not None:
        draft.put(replace(changed, actual_finish=finish))


@operation(mark("Change constraint"))
def set_constraint(
    draft: Draft, task: TaskId, constraint: ConstraintType, date: Moment | None = None
) -> None:
    """Constrain a task; where a date is needed and none is given, the one it has now is taken.

    Raises:
        Refusal: a summary takes only: as soon or as late as possible, start no earlier, finish no later.
    """
    row = task_of(draft, task)
    if constraint not in SUMMARY_KINDS and is_summary(draft, row):
        raise Refusal(
            tr("A summary task can only start no earlier or finish no later than a date."),
            at=(task, "constraint"),
        )
    if not constraint.needs_date:
        date = None
    elif date is None:
        same_end = (constraint in START_KINDS) == (row.constraint in START_KINDS)
        date = row.constraint_date if same_end else None
        if date is None:
            start, finish = dates_of(draft, row)
            date = start if constraint in START_KINDS else finish
    draft.put(replace(row, constraint=constraint, constraint_date=date))


@operation(mark("Change deadline"))
def set_deadline(draft: Draft, task: TaskId, deadline: Moment | None) -> None:
    """Set the date a task should be done by (nothing moves; its float tells), or take it away."""
    draft.put(replace(task_of(draft, task), deadline=deadline))


@operation(mark("Change scheduling mode"))
def set_manual(draft: Draft, tasks: tuple[TaskId, ...], manual: bool) -> None:
    """Schedule tasks by hand, on the dates they have now, or automatically from their links."""
    for row in in_order(draft, tasks):
        if row.manual == manual:
            continue
        if manual:
            start, finish = dates_of(draft, row)
            length = duration_of(draft, row) if is_summary(draft, row) else row.duration
            draft.put(replace(row, manual=True, manual_start=start, manual_finish=finish, duration=length))
        else:
            draft.put(replace(row, manual=False, manual_start=None, manual_finish=None))
    draft.name(mark("Schedule manually") if manual else mark("Schedule automatically"))
