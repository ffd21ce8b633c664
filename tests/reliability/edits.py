"""Numbered edits of a real portfolio, and the proof that a file holds the first n of them and nothing else.

Edit n sets the portfolio's notes to n, adds a project with three tasks in a row that all carry n,
or changes such a project whole, by turns; every seventh step before it is undone and redone. So a
torn edit shows as tasks without their project or with different numbers.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.domain.draft import Draft
from app.domain.errors import FileTrouble
from app.domain.portfolio import Project
from app.domain.values import LinkId, ProjectId, TaskId, moment
from app.domain.work import Link, Task
from app.operations.operation import Operation
from app.workspace import Who, Workspace, examine

WRITER = Who("writer", "lab")
TASKS = 3


def _edit(draft: Draft, number: int, seed: int) -> None:
    rnd = random.Random(seed * 1_000_003 + number)
    (portfolio,) = draft.portfolio
    draft.put(replace(portfolio, notes=str(number)))
    projects = sorted(draft.projects, key=lambda project: project.code)
    if len(projects) < 40:
        _add(draft, number, rnd)
    elif number % 3:
        _renumber(draft, rnd.choice(projects), number, rnd)
    else:
        gone = rnd.choice(projects)
        for record in (*draft.links.of(gone.id).values(), *draft.tasks.of(gone.id).values(), gone):
            draft.drop(record)


def _add(draft: Draft, number: int, rnd: random.Random) -> None:
    project = Project(ProjectId(draft.new_id()), f"P{number}", str(number), "1", moment(2027, 1, 4, 8))
    draft.put(project)
    notes = "x" * rnd.randint(10, 6000)
    tasks = [
        Task(TaskId(draft.new_id()), project.id, uid, None, f"{uid}1", str(number), notes=notes)
        for uid in range(1, TASKS + 1)
    ]
    for task in tasks:
        draft.put(task)
    for uid in range(1, TASKS):
        draft.put(Link(LinkId(draft.new_id()), project.id, tasks[uid - 1].id, tasks[uid].id))


def _renumber(draft: Draft, project: Project, number: int, rnd: random.Random) -> None:
    draft.put(replace(project, name=str(number)))
    notes = "y" * rnd.randint(10, 6000)
    for task in draft.tasks.of(project.id).values():
        draft.put(replace(task, name=str(number), notes=notes))


edit = Operation("reliability.edit", "Edit", _edit)


def number_of(workspace: Workspace) -> int:
    """How many edits the portfolio holds."""
    (portfolio,) = workspace.document.portfolio
    return int(portfolio.notes or 0)


def write(db: str, seed: int, ack: Callable[[int], object], edits: int | None = None) -> None:
    """Edit the portfolio at ``db`` for ever, or so many times; acknowledge each edit once it is saved."""
    place = Path(db)
    if place.exists():
        workspace = Workspace.open(place, owner=WRITER)
    else:
        workspace = Workspace.create(place, owner=WRITER)
    with workspace:
        if workspace.redo_label is not None:  # killed between undo and redo
            workspace.redo()
        first = number_of(workspace)
        while edits is None or number_of(workspace) - first < edits:
            number = number_of(workspace) + 1
            workspace.run(edit(number, seed))
            ack(number)
            if number % 7 == 0:
                workspace.undo()
                workspace.redo()


def check(db: str) -> tuple[int, list[str]]:
    """The number of edits that were saved (one of them may be undone), and everything that is wrong."""
    place = Path(db)
    try:
        with Workspace.open(place, owner=WRITER) as workspace:
            undone = workspace.redo_label is not None
            number = number_of(workspace) + undone
            problems = _torn(workspace, number)
        problems += [f"{problem.place}: {problem.sentence}" for problem in examine(place, full=True)]
    except FileTrouble as trouble:
        return -1, [f"{trouble.kind}: {trouble.sentence}"]
    return number, problems


def _torn(workspace: Workspace, number: int) -> list[str]:
    document = workspace.document
    problems: list[str] = []
    for project in document.projects:
        tasks = document.tasks.of(project.id)
        whole = len(tasks) == TASKS and len(document.links.of(project.id)) == TASKS - 1
        alike = {project.name} == {task.name for task in tasks.values()}
        if not whole or not alike or int(project.name) > number:
            problems.append(f"project {project.code} is torn")
    steps = sum(1 for entry in workspace.history() if entry.kind == "do")
    if steps != number:
        problems.append(f"{steps} steps in the history of {number} edits")
    return problems
