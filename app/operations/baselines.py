"""Verbs for baselines: take a named snapshot of the plan, clear it, rename it, show it."""

from __future__ import annotations

from dataclasses import replace

from app.derive.costs import costs_of
from app.derive.schedule import ScheduleResult
from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.outline import branch
from app.domain.people import Assignment
from app.domain.portfolio import Baseline, BaselineValue, OwnerKind
from app.domain.values import BaselineId, BaselineValueId, Moment, ProjectId, TaskId
from app.domain.work import Task
from app.operations.lines import in_order, project_of
from app.operations.operation import operation
from app.operations.planned import schedule_now
from app.text import mark, tr

LAST = 10


@operation(mark("Set baseline"))
def take(
    draft: Draft, project: ProjectId, number: int = 0, name: str = "", tasks: tuple[TaskId, ...] = ()
) -> BaselineId:
    """Keep dates, durations, work and costs of now as a baseline, of all tasks or of some with their inside.

    Raises:
        Refusal: the number is not 0 to 10, or the plan has no dates.
    """
    project_of(draft, project)
    if not 0 <= number <= LAST:
        raise Refusal(tr("Baselines have the numbers 0 to 10."))
    rows = draft.tasks.of(project)
    chosen = branch(rows, [task.id for task in in_order(draft, tasks)]) if tasks else list(rows.values())
    old = _numbered(draft, project, number)
    result = schedule_now(draft, project)
    made = Baseline(BaselineId(draft.new_id()), project, number) if old is None else old
    title = name.strip() or made.name
    draft.put(replace(made, name=title, taken_at=draft.now))
    _drop_values(draft, made.id, project, {task.id for task in chosen} if tasks else None)
    costs = costs_of(draft.result(), project)
    for task in chosen:
        place = result.places[task.id]
        draft.put(_value(draft, made.id, result, task, int(costs.work[place]), int(costs.cost[place])))
    ids = {task.id for task in chosen}
    for assignment in draft.assignments.of(project).values():
        if assignment.task in ids:
            draft.put(_assignment_value(draft, made.id, result, assignment))
    draft.name(mark("Set baseline {number}"), number=number)
    return made.id


def _numbered(draft: Draft, project: ProjectId, number: int) -> Baseline | None:
    return next((each for each in draft.baselines.of(project).values() if each.number == number), None)


def _value(
    draft: Draft, baseline: BaselineId, result: ScheduleResult, task: Task, work: int, cost: int
) -> BaselineValue:
    place = result.places[task.id]
    return BaselineValue(
        BaselineValueId(draft.new_id()),
        task.project,
        baseline,
        OwnerKind.TASK,
        task.id,
        Moment(int(result.start[place])),
        Moment(int(result.finish[place])),
        int(result.duration[place]),
        task.duration_format,
        work,
        cost,
        task.fixed_cost,
    )


def _assignment_value(
    draft: Draft, baseline: BaselineId, result: ScheduleResult, assignment: Assignment
) -> BaselineValue:
    place = result.parts.index(assignment.id) if assignment.id in result.parts else -1
    task = result.places[assignment.task]
    start = result.part_start[place] if place >= 0 else result.start[task]
    finish = result.part_finish[place] if place >= 0 else result.finish[task]
    return BaselineValue(
        BaselineValueId(draft.new_id()),
        assignment.project,
        baseline,
        OwnerKind.ASSIGNMENT,
        assignment.id,
        Moment(int(start)),
        Moment(int(finish)),
        work=assignment.work,
        cost=assignment.cost,
    )


def _drop_values(draft: Draft, baseline: BaselineId, project: ProjectId, tasks: set[TaskId] | None) -> None:
    owners: set[str] | None = None
    if tasks is not None:
        owners = set(tasks)
        owners |= {each.id for each in draft.assignments.of(project).values() if each.task in tasks}
    for value in list(draft.baseline_values.of(project).values()):
        if value.baseline == baseline and (owners is None or value.owner in owners):
            draft.drop(value)


@operation(mark("Clear baseline"))
def clear(draft: Draft, project: ProjectId, number: int = 0, tasks: tuple[TaskId, ...] = ()) -> None:
    """Throw a baseline away, of all tasks or of some with their inside.

    Raises:
        Refusal: there is no baseline of that number.
    """
    found = _baseline(draft, project, number)
    if not tasks:
        _drop_values(draft, found.id, project, None)
        draft.drop(found)
    else:
        chosen = branch(draft.tasks.of(project), [task.id for task in in_order(draft, tasks)])
        _drop_values(draft, found.id, project, {task.id for task in chosen})
    draft.name(mark("Clear baseline {number}"), number=number)


def _baseline(draft: Draft, project: ProjectId, number: int) -> Baseline:
    project_of(draft, project)
    found = _numbered(draft, project, number)
    if found is None:
        raise Refusal(tr("There is no baseline {number} yet.", number=number))
    return found


@operation(mark("Rename baseline"))
def rename(draft: Draft, project: ProjectId, number: int, name: str) -> None:
    """Give a baseline another name."""
    draft.put(replace(_baseline(draft, project, number), name=name.strip()))


@operation(mark("Show baseline"))
def show(draft: Draft, project: ProjectId, number: int) -> None:
    """Compare the plan with the baseline of that number from now on."""
    draft.put(replace(project_of(draft, project), baseline_shown=number))
