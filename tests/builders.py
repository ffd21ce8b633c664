"""Small documents for tests, built by the program's own operations."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from app.domain.document import EMPTY, Document
from app.domain.draft import Draft
from app.domain.durations import parse_span
from app.domain.portfolio import FieldKind, OwnerKind, Portfolio
from app.domain.rules import check
from app.domain.values import (
    CalendarId,
    Moment,
    PortfolioId,
    ProjectId,
    ResourceId,
    Shift,
    TaskId,
    datetime_of,
    moment,
)
from app.operations import (
    arrange,
    baselines,
    calendars,
    custom_fields,
    dates,
    links,
    people,
    progress,
    projects,
    saved_views,
    tasks,
)
from app.operations.operation import Step

T = TypeVar("T")

NOW = moment(2026, 12, 1, 9)
"""The civil moment at which test steps are made: a Tuesday morning."""
MONDAY = moment(2027, 1, 4, 8)
"""The start of test projects."""


def at(day: int, hour: int = 8, minute: int = 0, month: int = 1) -> Moment:
    """A moment of the first months of 2027, in which test projects lie."""
    return moment(2027, month, day, hour, minute)


def done(document: Document, step: Step[T], now: Moment = NOW) -> tuple[Document, T]:
    """The document after a step that keeps the rules, and what the step returned."""
    draft = Draft(document, now)
    result = step.apply(draft)
    changes = draft.changes()
    after = document.after(changes)
    check(after, changes)
    return after, result


def after(document: Document, *steps: Step[object]) -> Document:
    """The document after some steps, each of which keeps the rules."""
    for step in steps:
        document, _ = done(document, step)
    return document


def portfolio(name: str = "Portfolio") -> Document:
    """A portfolio with a standard calendar and nothing else."""
    document, calendar = done(EMPTY, calendars.create("Standard"))
    draft = Draft(document, NOW)
    draft.put(Portfolio(PortfolioId(draft.new_id()), name, calendar=calendar))
    return draft.result()


def plan(
    durations: Sequence[str] = ("1d", "1d", "1d"), code: str = "P", document: Document | None = None
) -> tuple[Document, ProjectId, tuple[TaskId, ...]]:
    """A document with one more project of tasks A, B, C … of these durations, not linked."""
    base = portfolio() if document is None else document
    base, project = done(base, projects.create(f"Project {code}", code, MONDAY))
    made: list[TaskId] = []
    for name, duration in zip(names(), durations, strict=False):
        base, task = done(base, tasks.add(project, name, duration=parse_span(duration)))
        made.append(task)
    return base, project, tuple(made)


def names() -> itertools.chain[str]:
    """A, B, … Z, AA, AB …"""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return itertools.chain(letters, (a + b for a in letters for b in letters))


def by_name(document: Document, name: str) -> TaskId:
    """The one task of that name."""
    (found,) = [task.id for task in document.tasks if task.name == name]
    return found


def person(document: Document, name: str, project: ProjectId | None = None) -> tuple[Document, ResourceId]:
    """The document with one more person."""
    return done(document, people.add_resource(name, project))


def shared_calendar(document: Document) -> CalendarId:
    """The first calendar that all projects share."""
    return next(iter(document.calendars.of(None)))


class TestClock:
    """A clock that moves on by some seconds every time the instant is asked for."""

    __test__ = False

    def __init__(self, step: float = 5.0) -> None:
        self._ticks = itertools.count()
        self._step = step

    def utc(self) -> datetime:
        return datetime(2026, 12, 1, 9, tzinfo=UTC) + timedelta(seconds=self._step * next(self._ticks))

    def civil(self) -> datetime:
        return datetime_of(NOW)


def counting() -> Callable[[], str]:
    """A maker of ids that are the same in every run."""
    numbers = itertools.count(1)
    return lambda: f"00000000-0000-4000-8000-{next(numbers):012d}"


def busy() -> Document:
    """A document with something of every kind a person can make, for tests of all operations."""
    document, project, made = plan(["3d", "5d", "2d", "4h", "0d", "1w", "2ed"], "BUSY")
    one, two, three, four, five, six, seven = made
    document = after(
        document,
        arrange.indent((two, three)),
        links.add(two, three),
        links.link((three, four, five)),
        dates.set_deadline(six, at(29, 17)),
        dates.set_manual((seven,), True),
        tasks.set_notes(two, "Ask the vendor."),
        tasks.split(six, 480, 960),
    )
    document, other, others = plan(["2d", "3d"], "NEXT", document)
    document = after(document, links.add(five, others[0]), links.add(others[0], others[1]))
    document, ann = person(document, "Ann")
    document, bob = person(document, "Bob", project)
    document = after(
        document,
        people.assign(two, ann),
        people.assign(two, bob, 0.5),
        people.assign(others[1], ann),
        people.set_rate(ann, 9000),
        people.add_availability(ann, 0.5, at(1), at(31)),
        people.add_leave(ann, "Leave", date(2027, 1, 12), date(2027, 1, 13)),
        calendars.add_exception(
            shared_calendar(document), "Closing", date(2027, 1, 6), shifts=(Shift(480, 720),)
        ),
        calendars.add_work_week(
            shared_calendar(document), "Winter", date(2027, 2, 1), date(2027, 2, 28), (None,) * 7
        ),
        calendars.create("Night", project),
        progress.set_percent((two,), 40),
        baselines.take(project, 0, "Approved"),
        baselines.take(project, 1),
    )
    document, risk = done(
        document,
        custom_fields.create("Risk", FieldKind.CHOICE, OwnerKind.TASK, None, ("Low", "High")),
    )
    document, size = done(document, custom_fields.create("Size", FieldKind.NUMBER, OwnerKind.TASK, project))
    document, flag = done(document, custom_fields.create("Board", FieldKind.FLAG, OwnerKind.PROJECT))
    return after(
        document,
        custom_fields.set_value(risk, one, "High"),
        custom_fields.set_value(size, two, "3.5"),
        custom_fields.set_value(flag, project, "yes"),
        saved_views.save("plan", "Mine", ("name", "start"), filter="vendor"),
        projects.save_as_template(other),
        projects.set_status_date(project, at(8, 17)),
    )
