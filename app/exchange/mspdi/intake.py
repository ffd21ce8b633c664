"""What is gathered while a plan is read: ids, conventions, findings, and the records themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from app.domain.document import Document
from app.domain.errors import Problem, Severity
from app.domain.portfolio import CustomField
from app.domain.records import Record, table_of
from app.domain.values import BaselineId, CalendarId, ProjectId, ResourceId, TaskId
from app.domain.work import Task
from app.exchange.mspdi.keys import key_of, known_tasks


class Ids:
    """Ids for what a plan holds: those the document gave the same things already, new ones otherwise.

    A thing is known again by its natural key (``keys.key_of``); equal keys are told apart by their
    order. ``taken`` are the ids that were handed out.
    """

    def __init__(self, document: Document, project: ProjectId, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self._known: dict[tuple[object, ...], str] = {}
        self._seen: dict[tuple[object, ...], int] = {}
        self.taken: set[str] = set()
        seen: dict[tuple[object, ...], int] = {}
        for record in sorted(records_of(document, project), key=lambda found: found.id):
            key = (table_of(record), *key_of(record))
            place = seen[key] = seen.get(key, 0) + 1
            self._known[(*key, place)] = record.id
        self.tasks = known_tasks(document, project)

    def of(self, table: str, *key: object) -> str:
        """The id of the next thing of that table with that natural key."""
        place = self._seen[(table, *key)] = self._seen.get((table, *key), 0) + 1
        found = self._known.get((table, *key, place)) or self._new_id()
        self.taken.add(found)
        return found

    def task(self, uid: int, guid: str, name: str) -> TaskId:
        """The id of a task by GUID, else by UID."""
        found = self.tasks.take(uid, guid, name) or TaskId(self._new_id())
        self.taken.add(found)
        return found


def records_of(document: Document, project: ProjectId) -> Iterator[Record]:
    """Every record that lies in one project, without the project itself, in the register's order."""
    for name in (
        "calendars",
        "calendar_exceptions",
        "work_weeks",
        "resources",
        "rates",
        "availabilities",
        "tasks",
        "links",
        "assignments",
        "baselines",
        "baseline_values",
        "custom_fields",
        "custom_values",
        "source_tasks",
        "timephased",
    ):
        yield from document.table(name).of(project).values()


@dataclass(slots=True)
class Intake:
    """A plan on its way in. Maps are by the source's UIDs and FieldIDs."""

    project: ProjectId
    ids: Ids
    digits: int = 2
    per_day: int = 480
    per_week: int = 2400
    days_per_month: int = 20
    problems: list[Problem] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    calendars: dict[int, CalendarId] = field(default_factory=dict)
    tasks: dict[int, TaskId] = field(default_factory=dict)
    task_records: list[Task] = field(default_factory=list)
    resources: dict[int, ResourceId] = field(default_factory=dict)
    baselines: dict[int, BaselineId] = field(default_factory=dict)
    custom_fields: dict[str, CustomField] = field(default_factory=dict)
    choices_by_id: dict[str, dict[str, str]] = field(default_factory=dict)
    used_fields: set[str] = field(default_factory=set)
    cells: set[tuple[str, str]] = field(default_factory=set)
    not_used: dict[tuple[str, str], int] = field(default_factory=dict)
    computed: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    blank_rows: int = 0

    def put(self, record: Record) -> None:
        """Add a record to the plan."""
        self.records.append(record)

    def warn(self, place: str, sentence: str) -> None:
        """Note a finding."""
        self.problems.append(Problem(Severity.WARNING, place, sentence))

    def note(self, place: str, sentence: str) -> None:
        """Note something worth knowing that is no fault."""
        self.problems.append(Problem(Severity.NOTE, place, sentence))

    def count(self, what: str, number: int = 1) -> None:
        """Count something the source holds."""
        self.counts[what] = self.counts.get(what, 0) + number

    def leave(self, name: str, where: str, number: int = 1) -> None:
        """Count something the source holds and we do not use."""
        if number:
            self.not_used[(where, name)] = self.not_used.get((where, name), 0) + number
