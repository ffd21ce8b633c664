"""Where the command palette can jump to: projects and tasks by their names."""

from __future__ import annotations

from dataclasses import dataclass

from app.derive.memo import Reader, remember
from app.derive.plan_rows import rows_of
from app.domain.document import Document
from app.domain.portfolio import ProjectState
from app.domain.values import ProjectId, TaskId


@dataclass(frozen=True, slots=True)
class Jump:
    """A place to go to: a project, or with ``task`` a task in it; ``where`` names its project and branch."""

    project: ProjectId
    task: TaskId | None
    title: str
    where: str


_Known = tuple[tuple[str, Jump], ...]


def jumps(document: Document, text: str, limit: int = 50) -> tuple[Jump, ...]:
    """The projects and tasks that fit what was typed, the best first.

    Every word must occur; names that begin with the text come first, then words that do, projects before
    tasks and active projects before the others.
    """
    words = text.casefold().split()
    plain = " ".join(words)
    found: list[tuple[int, int, int, Jump]] = []
    for number, project in enumerate(sorted(document.projects, key=_standing)):
        for key, jump in _known(document, project.id):
            if all(word in key for word in words):
                found.append((_rank(key, plain), 0 if jump.task is None else 1, number, jump))
    found.sort(key=lambda entry: entry[:3])
    return tuple(entry[3] for entry in found[:limit])


def _standing(project: object) -> tuple[bool, str]:
    state, rank = getattr(project, "state", None), getattr(project, "rank", "")
    return state is not ProjectState.ACTIVE, rank


def _rank(key: str, plain: str) -> int:
    if key.startswith(plain):
        return 0
    return 1 if f" {plain}" in key else 2


def _known(document: Document, project: ProjectId) -> _Known:
    return remember(document, ("jumps", project), lambda reader, last: _made(reader, project))


def _made(reader: Reader, project: ProjectId) -> _Known:
    rows = rows_of(reader, project)
    record = rows.project
    found = [(f"{record.name} {record.code}".casefold(), Jump(project, None, record.name, record.code))]
    for place, task in enumerate(rows.tasks):
        above = rows.outline.parents[place]
        where = record.code if above < 0 else f"{record.code} › {rows.tasks[above].name}"
        found.append((f"{task.name} {task.wbs}".casefold(), Jump(project, task.id, task.name, where)))
    return tuple(found)
