"""The canonical dump: equal for equal content, whatever ids and ranks were given."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from app.domain.calendars import Calendar
from app.domain.document import Document
from app.domain.portfolio import Portfolio, Project, SavedView
from app.domain.records import Record
from app.domain.values import (
    CalendarId,
    LinkId,
    PortfolioId,
    ProjectId,
    SavedViewId,
    Split,
    TaskId,
    moment,
)
from app.domain.work import Link, Task
from app.views.dump import dump


def plan(first: str = "a", second: str = "b") -> list[Record]:
    calendar = Calendar(CalendarId(str(uuid4())), None, 1, "Standard")
    project = Project(ProjectId(str(uuid4())), "P1", "Relaunch", "1", moment(2027, 1, 4, 8))
    one = Task(TaskId(str(uuid4())), project.id, 9, None, first, "Draft", deadline=moment(2027, 2, 1, 17))
    two = Task(TaskId(str(uuid4())), project.id, 10, None, second, "Review", splits=(Split(480, 960),))
    link = Link(LinkId(str(uuid4())), project.id, one.id, two.id)
    portfolio = Portfolio(PortfolioId(str(uuid4())), "IT", calendar=calendar.id)
    return [portfolio, project, calendar, two, one, link]


def test_equal_content_under_other_ids_and_ranks_dumps_alike() -> None:
    assert dump(Document.holding(plan())) == dump(Document.holding(plan("x1", "x2")[::-1]))


def test_what_was_decided_shows_and_defaults_do_not() -> None:
    text = dump(Document.holding(plan()))
    assert text.splitlines() == [
        'portfolio - {"name": "IT", "calendar": "calendar:Standard"}',
        'project P1 {"place": 1, "code": "P1", "name": "Relaunch", "start": "2027-01-04T08:00"}',
        'calendar calendar:Standard {"uid": 1, "name": "Standard"}',
        (
            'task P1/uid:9 {"place": 1, "project": "P1", "uid": 9, "name": "Draft", '
            '"deadline": "2027-02-01T17:00"}'
        ),
        'task P1/uid:10 {"place": 2, "project": "P1", "uid": 10, "name": "Review", "splits": [[480, 960]]}',
        'link P1/uid:9->P1/uid:10 {"project": "P1", "predecessor": "P1/uid:9", "successor": "P1/uid:10"}',
    ]


def test_a_change_of_any_field_or_of_the_order_changes_the_dump() -> None:
    records = plan()
    text = dump(Document.holding(records))
    task = next(r for r in records if isinstance(r, Task))
    for other in (
        replace(task, name="Review "),
        replace(task, parent=None, rank="A"),
        replace(task, splits=()),
    ):
        changed = Document.holding([other if r is task else r for r in records])
        assert dump(changed) != text


def test_ids_and_views_appear_only_when_asked_for() -> None:
    view = SavedView(SavedViewId("v"), "plan", "Mine")
    records = [*plan(), view]
    assert "view plan:Mine" not in dump(Document.holding(records))
    assert 'view plan:Mine {"id": "v"' in dump(Document.holding(records), ids=True)


def test_calendars_of_one_name_are_told_apart() -> None:
    twins = [Calendar(CalendarId(str(n)), None, n, "Standard") for n in (1, 2)]
    assert "calendar calendar:Standard#2" in dump(Document.holding(twins))
