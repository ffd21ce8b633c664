"""What a project holds that the source used to hold and no longer does.

What people added to an imported plan here never was in the source, so it cannot vanish from it: a
task that no source brought stays, with all that hangs on it or that it leans on.
"""

from __future__ import annotations

from app.domain.document import Document
from app.domain.people import Assignment
from app.domain.records import ORDER, Record, table_of
from app.domain.work import Link, Task
from app.exchange.mspdi.intake import Intake, records_of


def vanished_of(document: Document, intake: Intake) -> tuple[Record, ...]:
    """The records that may go, children before what they hang on."""
    ours = _ours(document, intake)
    found = [
        record
        for record in records_of(document, intake.project)
        if record.id not in intake.ids.taken and record.id not in ours and not _hangs_on(record, ours)
    ]
    found.sort(key=lambda record: -ORDER[table_of(record)])
    return tuple(found)


def _ours(document: Document, intake: Intake) -> set[str]:
    """Tasks added here, and the people and calendars they need."""
    imported = {source.task for source in document.source_tasks.of(intake.project).values()}
    if not imported:
        return set()
    tasks = document.tasks.of(intake.project)
    found: set[str] = set()
    calendars: list[str | None] = []
    for task in tasks.values():
        if task.id not in imported and task.id not in intake.ids.taken:
            found.add(task.id)
            calendars.append(task.calendar)
            parent = task.parent
            while parent is not None:
                found.add(parent)
                parent = tasks[parent].parent
    for assignment in document.assignments.of(intake.project).values():
        resource = document.resources.get(assignment.resource)
        if assignment.task in found and resource is not None:
            found.add(resource.id)
            calendars.append(resource.calendar)
    while calendars:
        calendar = document.calendars.get(calendars.pop())  # type: ignore[arg-type]
        if calendar is not None and calendar.id not in found:
            found.add(calendar.id)
            calendars.append(calendar.base)
    return found


def _hangs_on(record: Record, ours: set[str]) -> bool:
    if isinstance(record, Link):
        return record.predecessor in ours or record.successor in ours
    if isinstance(record, Assignment):
        return record.task in ours
    if isinstance(record, Task):
        return False
    owners = (getattr(record, name, None) for name in ("task", "owner", "resource", "calendar"))
    return any(owner in ours for owner in owners)
