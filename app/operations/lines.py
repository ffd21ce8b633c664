"""The lines of a plan as operations find them: a task that must be there, its neighbours, a free place."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.outline import Outline, branch, outline_of, siblings
from app.domain.people import Assignment
from app.domain.portfolio import BaselineValue, CustomValue, Project
from app.domain.ranks import ranks_between
from app.domain.values import AssignmentId, ProjectId, TaskId
from app.domain.work import Task, Timephased
from app.text import tr


def task_of(draft: Draft, task: TaskId) -> Task:
    """The task of that id.

    Raises:
        Refusal: it is not there (any more).
    """
    found = draft.tasks.get(task)
    if found is None:
        raise Refusal(tr("That task is no longer there."))
    return found


def project_of(draft: Draft, project: ProjectId) -> Project:
    """The project of that id.

    Raises:
        Refusal: it is not there (any more).
    """
    found = draft.projects.get(project)
    if found is None:
        raise Refusal(tr("That project is no longer there."))
    return found


def is_summary(draft: Draft, task: Task) -> bool:
    """Whether tasks lie inside this one."""
    return task.id in parents_in(draft, task.project)


_parents: WeakKeyDictionary[Draft, dict[ProjectId, tuple[int, frozenset[TaskId | None]]]] = (
    WeakKeyDictionary()
)
_assigned: WeakKeyDictionary[Draft, dict[ProjectId, tuple[int, dict[TaskId, list[AssignmentId]]]]] = (
    WeakKeyDictionary()
)


def parents_in(draft: Draft, project: ProjectId) -> frozenset[TaskId | None]:
    """The tasks of a project that others lie in; worked out once as long as the outline stands still."""
    kept = _parents.setdefault(draft, {})
    shape, found = kept.get(project, (-1, frozenset[TaskId | None]()))
    if shape != draft.tasks.shape:
        found = frozenset(task.parent for task in draft.tasks.of(project).values())
        kept[project] = (draft.tasks.shape, found)
    return found


def refuse_summary(draft: Draft, task: Task, field: str, sentence: str) -> None:
    """Say no where a summary that is scheduled automatically would be given what it takes from inside.

    Raises:
        Refusal: with the sentence, at that field.
    """
    if not task.manual and is_summary(draft, task):
        raise Refusal(sentence, at=(task.id, field))


def outline(draft: Draft, project: ProjectId) -> Outline:
    """The outline of a project as drafted."""
    return outline_of(draft.tasks.of(project))


def in_order(draft: Draft, tasks: Iterable[TaskId]) -> list[Task]:
    """The tasks in outline order, project by project, each once.

    Raises:
        Refusal: one is not there, or none was given.
    """
    wanted: dict[ProjectId, dict[TaskId, Task]] = {}
    for id in tasks:
        task = task_of(draft, id)
        wanted.setdefault(task.project, {})[task.id] = task
    if not wanted:
        raise Refusal(tr("Select a task first."))
    found: list[Task] = []
    for project, chosen in wanted.items():
        if len(chosen) == 1:
            found.extend(chosen.values())
        else:
            places = outline(draft, project).places
            found.extend(sorted(chosen.values(), key=lambda task: places[task.id]))
    return found


def roots(draft: Draft, tasks: Iterable[TaskId]) -> list[Task]:
    """The tasks in outline order without those that lie inside another of them."""
    chosen = in_order(draft, tasks)
    ids = {task.id for task in chosen}
    found: list[Task] = []
    for task in chosen:
        parent = task.parent
        while parent is not None and parent not in ids:
            parent = draft.tasks[parent].parent
        if parent is None:
            found.append(task)
    return found


def branches(draft: Draft, tops: Iterable[Task]) -> list[Task]:
    """The tasks with all that lies inside them, parents first."""
    found: list[Task] = []
    by_project: dict[ProjectId, list[TaskId]] = {}
    for task in tops:
        by_project.setdefault(task.project, []).append(task.id)
    for project, ids in by_project.items():
        found.extend(branch(draft.tasks.of(project), ids))
    return found


def next_uid(rows: Mapping[TaskId, Task]) -> int:
    """The next free number of a project; 0 is kept for the project itself, as in MSPDI."""
    return max((task.uid for task in rows.values()), default=0) + 1


def ranks_at(
    draft: Draft, project: ProjectId, parent: TaskId | None, before: TaskId | None, count: int,
    leaving: frozenset[TaskId] = frozenset(),
) -> list[str]:  # fmt: skip
    """Ranks for ``count`` tasks inside ``parent`` right before ``before`` (``None``: at the end).

    ``leaving`` are tasks that will not stay where they are, and so do not count as neighbours.
    """
    row = [task for task in siblings(draft.tasks.of(project), parent) if task.id not in leaving]
    ids = [task.id for task in row]
    place = ids.index(before) if before in ids else len(row)
    low = row[place - 1].rank if place else None
    high = row[place].rank if place < len(row) else None
    if low is not None and high is not None and low >= high:
        return _reranked(draft, row, place, count)
    return ranks_between(low, high, count)


def _reranked(draft: Draft, row: list[Task], place: int, count: int) -> list[str]:
    """Room between two siblings of one rank, which merged files may have: all get new ranks."""
    fresh = ranks_between(None, None, len(row) + count)
    for number, task in enumerate(row):
        draft.put(replace(task, rank=fresh[number if number < place else number + count]))
    return fresh[place : place + count]


def next_sibling(draft: Draft, task: Task) -> TaskId | None:
    """The task that follows in the same summary."""
    row = siblings(draft.tasks.of(task.project), task.parent)
    place = [each.id for each in row].index(task.id) + 1
    return row[place].id if place < len(row) else None


def assignments_on(draft: Draft, task: Task) -> list[Assignment]:
    """The assignments of a task, in the order they were made."""
    kept = _assigned.setdefault(draft, {})
    shape, by_task = kept.get(task.project, (-1, {}))
    if shape != draft.assignments.shape:
        by_task = {}
        for each in draft.assignments.of(task.project).values():
            by_task.setdefault(each.task, []).append(each.id)
        kept[task.project] = (draft.assignments.shape, by_task)
    found = [draft.assignments[id] for id in by_task.get(task.id, ())]
    return sorted(found, key=lambda each: (each.uid, each.id))


def drop_tasks(draft: Draft, tasks: Iterable[Task]) -> None:
    """Drop tasks with their links, assignments, values and what their source said of them."""
    gone: set[str] = set()
    scopes: set[ProjectId] = set()
    for task in tasks:
        gone.add(task.id)
        scopes.add(task.project)
    for link in list(draft.links):
        if link.predecessor in gone or link.successor in gone:
            draft.drop(link)
    for scope in scopes:
        for assignment in list(draft.assignments.of(scope).values()):
            if assignment.task in gone:
                drop_assignment(draft, assignment)
        drop_owned(draft, scope, gone)
        for source in list(draft.source_tasks.of(scope).values()):
            if source.task in gone:
                draft.drop(source)
    for id in gone:
        draft.drop(draft.tasks[TaskId(id)])


def drop_assignment(draft: Draft, assignment: Assignment) -> None:
    """Drop an assignment with its values."""
    drop_owned(draft, assignment.project, {assignment.id})
    draft.drop(assignment)


def drop_owned(draft: Draft, project: ProjectId | None, owners: Collection[str]) -> None:
    """Drop the baseline values, custom values and time-phased rows of these owners."""
    found: list[BaselineValue | CustomValue | Timephased] = [
        *draft.baseline_values.of(ProjectId(project or "")).values(),
        *draft.custom_values.of(project).values(),
        *draft.timephased.of(project).values(),
    ]
    for value in found:
        if value.owner in owners:
            draft.drop(value)
