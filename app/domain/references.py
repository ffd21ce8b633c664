"""References as people write them: a UUID, ``CODE``, ``CODE/uid:12``, ``CODE/1.2.3``, ``kind:code``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from app.domain.document import Reading
from app.domain.errors import Ambiguous, Refusal
from app.domain.outline import outline_of
from app.domain.portfolio import Project
from app.domain.records import Record
from app.domain.values import ProjectId, TaskId
from app.domain.work import Task
from app.text import tr

F = TypeVar("F")

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)

KINDS: Mapping[str, str] = {
    "portfolio": "portfolio",
    "project": "projects",
    "task": "tasks",
    "link": "links",
    "calendar": "calendars",
    "exception": "calendar_exceptions",
    "work_week": "work_weeks",
    "resource": "resources",
    "rate": "rates",
    "availability": "availabilities",
    "assignment": "assignments",
    "baseline": "baselines",
    "field": "custom_fields",
    "view": "saved_views",
}
"""The word for a kind in ``kind:code``, and the table it lies in."""


def project_named(reading: Reading, text: str) -> Project:
    """The project of that code or id; a name serves where it names one alone.

    Raises:
        Refusal: there is none.
        Ambiguous: several have the name.
    """
    plain = text.strip().removeprefix("project:")
    found = reading.projects.get(ProjectId(plain))
    if found is not None:
        return found
    folded = plain.casefold()
    by_code = [each for each in reading.projects if each.code.casefold() == folded]
    if by_code:
        return by_code[0]
    by_name = [each for each in reading.projects if each.name.casefold() == folded]
    return _only(by_name, plain, tr("There is no project {text}.", text=plain), lambda each: each.code)


def task_named(
    reading: Reading, text: str, project: ProjectId | None = None, *, by_row: bool = False
) -> Task:
    """The task of an id, ``CODE/uid:12``, ``CODE/1.2.3`` (WBS or outline number), or ``CODE/Name``.

    Without a code it is looked for in ``project``, or in the only project there is. ``by_row`` takes
    a plain number for the row in the plan, as the predecessors column does.

    Raises:
        Refusal: there is none.
        Ambiguous: several fit.
    """
    plain = text.strip().removeprefix("task:")
    found = reading.tasks.get(TaskId(plain))
    if found is not None:
        return found
    code, slash, rest = plain.partition("/")
    if slash:
        try:
            project = project_named(reading, code).id
        except Refusal:
            if project is None:
                raise
            rest = plain
    else:
        rest = plain
    if project is None:
        project = _only_project(reading, plain, by_row)
    return _task_in(reading, project, rest.strip(), by_row)


def _only_project(reading: Reading, text: str, by_row: bool) -> ProjectId:
    """The only project there is; where there are several, those with such a task may be meant."""
    projects = list(reading.projects)
    if len(projects) == 1:
        return projects[0].id
    fits: list[str] = []
    for each in projects:
        try:
            _task_in(reading, each.id, text, by_row)
        except Ambiguous:
            pass
        except Refusal:
            continue
        fits.append(f"{each.code}/{text}")
    if not fits:
        raise Refusal(tr("There is no task {text} in any project.", text=text))
    raise Ambiguous(
        tr("Write which project “{text}” lies in, as {example}.", text=text, example=fits[0]), tuple(fits)
    )


def _task_in(reading: Reading, project: ProjectId, text: str, by_row: bool) -> Task:
    rows = reading.tasks.of(project)
    code = reading.projects[project].code
    nothing = tr("There is no task {text} in {code}.", text=text, code=code)
    if text.casefold().startswith("uid:"):
        wanted = text[4:].strip()
        return _only(
            [each for each in rows.values() if str(each.uid) == wanted], text, nothing, _uid_of(code)
        )
    if by_row and text.isdecimal():
        order = outline_of(rows).tasks
        if not 1 <= int(text) <= len(order):
            raise Refusal(nothing)
        return rows[order[int(text) - 1]]
    coded = [each for each in rows.values() if each.wbs == text]
    if not coded:
        outline = outline_of(rows)
        coded = [
            rows[id]
            for id, number in zip(outline.tasks, outline.numbers, strict=True)
            if number == text and not rows[id].wbs
        ] or [rows[id] for id, number in zip(outline.tasks, outline.numbers, strict=True) if number == text]
    if not coded:
        folded = text.casefold()
        coded = [each for each in rows.values() if each.name.casefold() == folded]
    return _only(coded, text, nothing, _uid_of(code))


def _uid_of(code: str) -> Callable[[Task], str]:
    return lambda task: f"{code}/uid:{task.uid}"


def find(reading: Reading, kind: str, text: str, project: ProjectId | None = None) -> Record:
    """The record of a kind (``task``, ``calendar`` …) by reference: an id, or what it is called.

    ``CODE/name`` looks among what belongs to that project alone.

    Raises:
        Refusal: there is none, or no such kind.
        Ambiguous: several fit.
    """
    table = KINDS.get(kind)
    if table is None:
        raise Refusal(tr("There is no kind of record “{kind}”.", kind=kind))
    if kind == "project":
        return project_named(reading, text)
    if kind == "task":
        return task_named(reading, text, project)
    plain = text.strip().removeprefix(f"{kind}:")
    rows: Any = getattr(reading, table)
    found: Record | None = rows.get(plain)
    if found is not None:
        return found
    nothing = tr("There is no {kind} {text}.", kind=kind, text=plain)
    if _UUID.fullmatch(plain):
        raise Refusal(nothing)
    if kind == "link":
        return _link(reading, plain, nothing)
    return _called(reading, kind, rows, plain, project, nothing)


def _called(
    reading: Reading, kind: str, rows: Any, plain: str, project: ProjectId | None, nothing: str
) -> Record:
    code, slash, rest = plain.partition("/")
    scope: ProjectId | None = project
    candidates: list[Any] = list(rows)
    if slash:
        try:
            scope = project_named(reading, code).id
            plain, candidates = rest.strip(), list(rows.of(scope).values())
        except Refusal:
            pass
    folded = plain.casefold()
    fits: list[Record] = [each for each in candidates if folded in _names(each)]
    near = [each for each in fits if getattr(each, "project", None) in (None, scope)]
    return _only(near or fits, plain, nothing, lambda each: f"{kind}:{each.id}")


def _names(record: Any) -> set[str]:
    words = (getattr(record, field, None) for field in ("name", "code", "alias", "number", "uid"))
    return {str(word).casefold() for word in words if word not in (None, "")}


def _link(reading: Reading, text: str, nothing: str) -> Record:
    """A link written as ``CODE/3>CODE/5``: its two tasks."""
    first, arrow, last = text.partition(">")
    if not arrow:
        raise Refusal(nothing)
    successor = task_named(reading, last)
    predecessor = task_named(reading, first, successor.project)
    fits = [
        each
        for each in reading.links.of(successor.project).values()
        if each.successor == successor.id and each.predecessor == predecessor.id
    ]
    return _only(fits, text, nothing, lambda each: each.id)


def _only(found: Iterable[F], text: str, nothing: str, written: Callable[[F], str]) -> F:
    fits = list(found)
    if not fits:
        raise Refusal(nothing)
    if len(fits) > 1:
        candidates = tuple(written(each) for each in fits)
        raise Ambiguous(
            tr(
                "“{text}” may mean {candidates}; write one of these.",
                text=text,
                candidates=", ".join(candidates),
            ),
            candidates,
        )
    return fits[0]
