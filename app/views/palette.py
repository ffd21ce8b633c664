"""Where the command palette can jump to: projects and tasks by their names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from app.derive.memo import Reader, remember
from app.derive.plan_rows import rows_of
from app.domain.document import Document
from app.domain.portfolio import ProjectState
from app.domain.values import ProjectId, TaskId
from app.text import tr


@dataclass(frozen=True, slots=True)
class Jump:
    """A place to go to: a project, or with ``task`` a task in it; ``where`` says which branch."""

    project: ProjectId
    task: TaskId | None
    title: str
    where: str


def jumps(document: Document, most: int = 20_000) -> tuple[Jump, ...]:
    """Every project that is no template, active ones first, and then their tasks, at most so many."""
    shown = [project for project in document.projects if project.state is not ProjectState.TEMPLATE]
    shown.sort(key=lambda project: (project.state is not ProjectState.ACTIVE, project.rank))
    known = [_known(document, project.id) for project in shown]
    projects, tasks = [one[0] for one in known], (task for one in known for task in one[1:])
    return (*projects, *islice(tasks, most))


def _known(document: Document, project: ProjectId) -> tuple[Jump, ...]:
    return remember(document, ("jumps", project), lambda reader, last: _made(reader, project))


def _made(reader: Reader, project: ProjectId) -> tuple[Jump, ...]:
    rows = rows_of(reader, project)
    record = rows.project
    found = [Jump(project, None, f"{record.code} · {record.name}", tr("Project"))]
    for place, task in enumerate(rows.tasks):
        above = rows.outline.parents[place]
        where = record.code if above < 0 else f"{record.code} › {rows.tasks[above].name}"
        found.append(Jump(project, task.id, task.name, where))
    return tuple(found)
