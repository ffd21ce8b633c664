"""Natural keys: how a thing of a plan is known again when the plan is read a second time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.domain.calendars import Calendar, CalendarException, WorkWeek
from app.domain.document import Document
from app.domain.people import Assignment, Availability, Rate, Resource
from app.domain.portfolio import Baseline, BaselineValue, CustomField, CustomValue
from app.domain.records import Record
from app.domain.values import ProjectId, TaskId
from app.domain.work import Link, SourceTask, Task, Timephased

Key = tuple[object, ...]

_KEYS: dict[type, Callable[[Any], Key]] = {
    Calendar: lambda record: (record.uid,),
    CalendarException: lambda record: (record.calendar, record.from_date, record.recurrence),
    WorkWeek: lambda record: (record.calendar, record.from_date),
    Resource: lambda record: (record.uid,),
    Rate: lambda record: (record.resource, record.table, record.rates_from),
    Availability: lambda record: (record.resource, record.available_from),
    Task: lambda record: (record.uid,),
    Link: lambda record: (record.predecessor, record.successor),
    Assignment: lambda record: (record.task, record.resource),
    Baseline: lambda record: (record.number,),
    BaselineValue: lambda record: (record.baseline, record.owner_kind, record.owner),
    CustomField: lambda record: (record.owner_kind, record.code),
    CustomValue: lambda record: (record.field, record.owner),
    SourceTask: lambda record: (record.task,),
    Timephased: lambda record: (record.owner_kind, record.owner),
}


def key_of(record: Record) -> Key:
    """The natural key of a record within its project and table."""
    return _KEYS[type(record)](record)


class KnownTasks:
    """The tasks a project has already, to be found by GUID or by UID, each once.

    ``local`` are tasks by UID that people added to an imported plan: a source's UID means one of
    those only where the name says so too.
    """

    def __init__(self, tasks: list[Task], imported: set[TaskId]) -> None:
        theirs = [task for task in tasks if task.id in imported] if imported else tasks
        self.by_guid = {task.guid: task.id for task in theirs if task.guid}
        self.by_uid = {task.uid: task.id for task in theirs}
        self.local = {task.uid: task for task in tasks if task.id not in imported} if imported else {}
        self._reserved: set[TaskId] = set()

    def reserve(self, guids: set[str]) -> None:
        """Keep the tasks with these GUIDs for whoever comes with the GUID."""
        self._reserved = {id for guid, id in self.by_guid.items() if guid in guids}

    def take(self, uid: int, guid: str, name: str) -> TaskId | None:
        """The task with this GUID, else the one with this UID that no GUID claims."""
        by_guid = self.by_guid.pop(guid, None) if guid else None
        if by_guid is not None:
            return by_guid
        local = self.local.get(uid)
        if local is not None and local.name == name:
            return self.local.pop(uid).id
        by_uid = self.by_uid.get(uid)
        if by_uid is None or by_uid in self._reserved:
            return None
        self._reserved.add(by_uid)
        return by_uid


def known_tasks(document: Document, project: ProjectId) -> KnownTasks:
    """The tasks of a project, told apart by whether a source brought them."""
    imported = {source.task for source in document.source_tasks.of(project).values()}
    return KnownTasks(list(document.tasks.of(project).values()), imported)
