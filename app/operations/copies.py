"""Verbs that make more of what is there: duplicate branches, paste them elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.records import Record
from app.domain.values import ProjectId, TaskId
from app.domain.work import Task
from app.operations.lines import branches, next_sibling, next_uid, project_of, ranks_at, roots, task_of
from app.operations.operation import operation
from app.text import mark, tr

R = TypeVar("R", bound=Record)

POINTERS = frozenset(
    {"project", "parent", "predecessor", "successor", "task", "resource", "calendar", "base", "baseline",
     "owner", "field"}
)  # fmt: skip
"""The fields by which records point at others."""


@operation(mark("Duplicate task"))
def duplicate(draft: Draft, tasks: tuple[TaskId, ...]) -> tuple[TaskId, ...]:
    """Copy tasks with all inside them, right below the last of them; links among them are copied too."""
    tops = roots(draft, tasks)
    last = tops[-1]
    if any(top.project != last.project for top in tops):
        raise Refusal(tr("Duplicate tasks of one project at a time."))
    return _copied(draft, tops, last.project, last.parent, next_sibling(draft, last))


@operation(mark("Paste tasks"))
def paste(
    draft: Draft,
    sources: tuple[TaskId, ...],
    project: ProjectId,
    inside: TaskId | None = None,
    before: TaskId | None = None,
) -> tuple[TaskId, ...]:
    """Copy tasks with all inside them to a place in this or another project."""
    project_of(draft, project)
    if before is not None:
        inside = task_of(draft, before).parent
    for place in (inside, before):
        if place is not None and task_of(draft, place).project != project:
            raise Refusal(tr("That task lies in another project."))
    return _copied(draft, roots(draft, sources), project, inside, before)


def _copied(
    draft: Draft, tops: list[Task], project: ProjectId, inside: TaskId | None, before: TaskId | None
) -> tuple[TaskId, ...]:
    rows = branches(draft, tops)
    fresh: dict[str, str] = {task.id: draft.new_id() for task in rows}
    ranks = dict(
        zip((top.id for top in tops), ranks_at(draft, project, inside, before, len(tops)), strict=True)
    )
    uid = next_uid(draft.tasks.of(project))
    for number, task in enumerate(rows):
        top = task.id in ranks
        copy = replace(
            task,
            id=TaskId(fresh[task.id]),
            project=project,
            uid=uid + number,
            parent=inside if top else TaskId(fresh[str(task.parent)]),
            rank=ranks.get(task.id, task.rank),
            guid="",
            calendar=_calendar_there(draft, task, project),
        )
        draft.put(copy)
    _copy_attached(draft, rows, project, fresh)
    return tuple(TaskId(fresh[top.id]) for top in tops)


def _calendar_there(draft: Draft, task: Task, project: ProjectId) -> Any:
    calendar = draft.calendars.get(task.calendar)
    return calendar.id if calendar is not None and calendar.project in (None, project) else None


def _copy_attached(draft: Draft, rows: list[Task], project: ProjectId, fresh: dict[str, str]) -> None:
    scopes = {task.project for task in rows}
    for scope in scopes:
        for assignment in list(draft.assignments.of(scope).values()):
            resource = draft.resources.get(assignment.resource)
            foreign = resource is not None and resource.project not in (None, project)
            if assignment.task in fresh and not foreign:
                fresh[assignment.id] = draft.new_id()
                draft.put(replace(repointed(assignment, fresh), project=project, guid=""))
        for value in list(draft.custom_values.of(scope).values()):
            shared = draft.custom_fields[value.field].project is None
            if value.owner in fresh and (shared or scope == project):
                draft.put(replace(repointed(value, {**fresh, value.id: draft.new_id()}), project=project))
    for link in list(draft.links):
        if link.successor in fresh and (link.predecessor in fresh):
            draft.put(replace(repointed(link, {**fresh, link.id: draft.new_id()}), project=project))


def repointed(record: R, fresh: Mapping[str, str]) -> R:
    """The record under its new id, pointing at the new ids of what was copied with it."""
    changed: dict[str, Any] = {"id": fresh[record.id]} if record.id in fresh else {}
    for field in fields(record):
        if field.name in POINTERS and (value := getattr(record, field.name)) in fresh:
            changed[field.name] = fresh[value]
    return replace(record, **changed)
