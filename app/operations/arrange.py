"""Verbs for the shape of the outline: indent, outdent, move."""

from __future__ import annotations

from dataclasses import replace

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.outline import siblings
from app.domain.values import TaskId
from app.domain.work import Task
from app.operations.lines import next_sibling, ranks_at, roots, task_of
from app.operations.operation import operation
from app.text import mark, tr

Tasks = tuple[TaskId, ...]


@operation(mark("Indent"))
def indent(draft: Draft, tasks: Tasks) -> None:
    """Put tasks inside the one above them, which becomes a summary.

    Raises:
        Refusal: there is no task above on the same level.
    """
    moved = 0
    for task in roots(draft, tasks):
        above = _sibling_above(draft, draft.tasks[task.id])
        if above is not None:
            rank = ranks_at(draft, task.project, above.id, None, 1)[0]
            draft.put(replace(draft.tasks[task.id], parent=above.id, rank=rank))
            moved += 1
    if not moved:
        raise Refusal(tr("There is no task above on this level for it to lie inside."))


def _sibling_above(draft: Draft, task: Task) -> Task | None:
    row = siblings(draft.tasks.of(task.project), task.parent)
    place = [each.id for each in row].index(task.id)
    return row[place - 1] if place else None


@operation(mark("Outdent"))
def outdent(draft: Draft, tasks: Tasks) -> None:
    """Take tasks out of the summary they lie in; those below them on their level come to lie inside them.

    Raises:
        Refusal: they are on the top level.
    """
    moved = 0
    for task in roots(draft, tasks):
        now = draft.tasks[task.id]
        if now.parent is None:
            continue
        summary = draft.tasks[now.parent]
        row = siblings(draft.tasks.of(now.project), now.parent)
        below = row[[each.id for each in row].index(now.id) + 1 :]
        rank = ranks_at(draft, now.project, summary.parent, next_sibling(draft, summary), 1)[0]
        draft.put(replace(now, parent=summary.parent, rank=rank))
        ranks = ranks_at(draft, now.project, now.id, None, len(below))
        for each, place in zip(below, ranks, strict=True):
            draft.put(replace(each, parent=now.id, rank=place))
        moved += 1
    if not moved:
        raise Refusal(tr("This task is on the top level already."))


@operation(mark("Move task"))
def move(draft: Draft, tasks: Tasks, inside: TaskId | None, before: TaskId | None = None) -> None:
    """Move tasks with all inside them to another place: inside a summary (or the top), before a task or last.

    Raises:
        Refusal: the place lies inside one of them, or in another project.
    """
    moving = roots(draft, tasks)
    project = moving[0].project
    if before is not None:
        inside = task_of(draft, before).parent
    places = [task for task in (inside, before) if task is not None]
    if any(task.project != project for task in moving) or any(
        task_of(draft, place).project != project for place in places
    ):
        raise Refusal(tr("Tasks move within their own project; copy them to bring them to another."))
    ids = frozenset(task.id for task in moving)
    above = inside
    while above is not None:
        if above in ids:
            raise Refusal(tr("“{name}” would lie inside itself.", name=draft.tasks[above].name))
        above = draft.tasks[above].parent
    while before in ids:
        before = next_sibling(draft, task_of(draft, before)) if before is not None else None
    ranks = ranks_at(draft, project, inside, before, len(moving), leaving=ids)
    for task, rank in zip(moving, ranks, strict=True):
        draft.put(replace(draft.tasks[task.id], parent=inside, rank=rank))
    if len(moving) > 1:
        draft.name(mark("Move {count} tasks"), count=len(moving))


@operation(mark("Move up"))
def move_up(draft: Draft, tasks: Tasks) -> None:
    """Move tasks above their neighbour on the same level.

    Raises:
        Refusal: they are the first already.
    """
    _shift(draft, roots(draft, tasks), up=True)


@operation(mark("Move down"))
def move_down(draft: Draft, tasks: Tasks) -> None:
    """Move tasks below their neighbour on the same level.

    Raises:
        Refusal: they are the last already.
    """
    _shift(draft, roots(draft, tasks), up=False)


def _shift(draft: Draft, moving: list[Task], *, up: bool) -> None:
    ids = frozenset(task.id for task in moving)
    moved = 0
    for task in moving if up else reversed(moving):
        row = [each.id for each in siblings(draft.tasks.of(task.project), task.parent)]
        place = row.index(task.id)
        beside = place - 1 if up else place + 1
        if not 0 <= beside < len(row) or row[beside] in ids:
            continue
        before = row[beside] if up else (row[place + 2] if place + 2 < len(row) else None)
        rank = ranks_at(draft, task.project, task.parent, before, 1, leaving=frozenset({task.id}))[0]
        draft.put(replace(draft.tasks[task.id], rank=rank))
        moved += 1
    if not moved:
        raise Refusal(
            tr("There is nothing above on this level.") if up else tr("There is nothing below on this level.")
        )
