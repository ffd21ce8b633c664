"""The records of one project in the order its results are in, taken over from one edit to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from operator import is_not
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.derive.memo import Reader, remember
from app.domain.document import Document
from app.domain.outline import Outline, outline_of
from app.domain.people import Assignment
from app.domain.portfolio import Project
from app.domain.values import AssignmentId, LinkId, ProjectId, TaskId
from app.domain.work import Link, Task

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


NO_DATE = -(1 << 60)
"""Stands in a column of moments where there is none (the engine's ``NO_MOMENT``)."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of the tasks, as columns in outline order, for arithmetic over whole plans."""

    duration: Ints
    percent: Ints
    deadline: Ints
    active: Bools
    manual: Bools
    lasting: Bools
    finished: Bools
    work: Ints
    actual_work: Ints
    fixed_cost: Ints


@dataclass(frozen=True, slots=True)
class PlanRows:
    """A project's tasks in outline order, with its links (those into its tasks) and assignments.

    ``foreign`` are the tasks of other projects that its links start from. Lists are the same objects as long
    as none of their records changes. ``summary`` says of each place whether tasks lie inside.
    """

    project: Project
    outline: Outline
    summary: Bools
    tasks: list[Task]
    decided: Decided
    links: list[Link]
    assignments: list[Assignment]
    foreign: frozenset[TaskId]
    made_from: tuple[Mapping[LinkId, Link], Mapping[AssignmentId, Assignment]]


def rows_of(source: Document | Reader, project: ProjectId) -> PlanRows:
    """The project's rows; the outline is the same object as long as nobody moves, comes or goes.

    Raises:
        KeyError: there is no such project.
    """
    return remember(source, ("rows", project), lambda reader, last: _rows(reader, project, last))


def _rows(reader: Reader, project: ProjectId, last: PlanRows | None) -> PlanRows:
    document = reader.document
    reader.note(project)
    record = document.projects[project]
    by_id = document.tasks.of(project)
    made_from = (document.links.of(project), document.assignments.of(project))
    links = last.links if last and last.made_from[0] is made_from[0] else list(made_from[0].values())
    assignments = (
        last.assignments if last and last.made_from[1] is made_from[1] else list(made_from[1].values())
    )
    if last is not None and len(last.tasks) == len(by_id):
        tasks = [by_id[id] for id in last.outline.tasks if id in by_id]
        if len(tasks) == len(by_id) and all(
            new.parent == old.parent and new.rank == old.rank
            for new, old in zip(tasks, last.tasks, strict=True)
            if new is not old
        ):
            foreign = last.foreign if links is last.links else _foreign(links, by_id)
            decided = _patched(last.decided, tasks, changed_places(last.tasks, tasks))
            return PlanRows(
                record, last.outline, last.summary, tasks, decided, links, assignments, foreign, made_from
            )
    outline = outline_of(by_id)
    tasks = [by_id[id] for id in outline.tasks]
    summary = np.array([id in outline.children for id in outline.tasks], np.bool_)
    summary.setflags(write=False)
    foreign = _foreign(links, by_id)
    return PlanRows(record, outline, summary, tasks, _decided(tasks), links, assignments, foreign, made_from)


def _decided(tasks: list[Task]) -> Decided:
    table = np.array([_values(task) for task in tasks], np.int64).reshape(len(tasks), len(_COLUMNS))
    columns = (table[:, n].astype(kind) for n, kind in enumerate(_COLUMNS.values()))
    return Decided(**dict(zip(_COLUMNS, columns, strict=True)))


def _patched(old: Decided, tasks: list[Task], places: list[int]) -> Decided:
    """The columns with some places read anew; a column in which nothing differs is the old one."""
    if not places:
        return old
    fresh: dict[str, Any] = {}
    rows = [_values(tasks[place]) for place in places]
    for name, values in zip(_COLUMNS, zip(*rows, strict=True), strict=True):
        column = getattr(old, name)
        if any(column[place] != value for place, value in zip(places, values, strict=True)):
            column = column.copy()
            column[places] = values
            fresh[name] = column
    return replace(old, **fresh) if fresh else old


def _values(task: Task) -> tuple[int, ...]:
    return (
        task.duration,
        task.percent_complete,
        NO_DATE if task.deadline is None else task.deadline,
        task.active,
        task.manual,
        task.duration > 0 and not task.milestone,
        task.actual_finish is not None,
        task.work or 0,
        task.actual_work,
        task.fixed_cost,
    )


_COLUMNS: dict[str, type[np.generic]] = {
    "duration": np.int64,
    "percent": np.int64,
    "deadline": np.int64,
    "active": np.bool_,
    "manual": np.bool_,
    "lasting": np.bool_,
    "finished": np.bool_,
    "work": np.int64,
    "actual_work": np.int64,
    "fixed_cost": np.int64,
}


def _foreign(links: list[Link], tasks: Mapping[TaskId, Task]) -> frozenset[TaskId]:
    return frozenset(link.predecessor for link in links if link.predecessor not in tasks)


def changed_places(old: list[Task], new: list[Task]) -> list[int]:
    """Where two lists of the same length hold different objects."""
    return [place for place, differs in enumerate(map(is_not, old, new)) if differs]


def projects_before(source: Document | Reader, project: ProjectId) -> frozenset[ProjectId]:
    """The other projects whose tasks this project's links start from."""
    document = source.document if isinstance(source, Reader) else source
    rows = rows_of(source, project)
    found: set[ProjectId] = set()
    for id in rows.foreign:
        task = document.tasks.get(id)
        if task is not None:
            found.add(task.project)
            if isinstance(source, Reader):
                source.note(task.project)
    return frozenset(found)


def knot_of(source: Document | Reader, project: ProjectId) -> tuple[ProjectId, ...]:
    """The project with all that it both waits for and is waited for by, directly or round other projects.

    Such projects are worked out as one network. Sorted; most projects are alone in theirs.
    """
    reach: dict[ProjectId, frozenset[ProjectId]] = {}
    todo = [project]
    while todo:
        here = todo.pop()
        if here not in reach:
            reach[here] = projects_before(source, here)
            todo.extend(reach[here])
    return tuple(sorted(other for other in reach if other == project or _leads(reach, other, project)))


def _leads(before: dict[ProjectId, frozenset[ProjectId]], start: ProjectId, goal: ProjectId) -> bool:
    seen: set[ProjectId] = set()
    todo = [start]
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            todo.extend(before[here])
    return False
