"""The second journey through documents, and what a schedule does with loops, knots and far dates."""

from __future__ import annotations

import dataclasses
from datetime import date

from app.derive.schedule import Driver, ScheduleResult, schedule_of, schedules
from app.derive.why import chain_of_reasons
from app.domain.changes import Change, ChangeSet, Label
from app.domain.document import Document
from app.domain.durations import parse_span
from app.domain.values import LinkId, ProjectId, iso, moment
from app.domain.work import Link
from app.operations import arrange, calendars, dates, links, projects, tasks
from tests.app.derive.journey import journey
from tests.builders import after, at, done, plan

TABLE = {
    "A": ("2027-01-04T08:00", "2027-01-11T17:00", 0, 0, True),
    "B": ("2027-01-12T08:00", "2027-01-15T17:00", 0, 0, True),
    "C": ("2027-01-07T08:00", "2027-01-14T17:00", 11, 0, False),
    "D": ("2027-01-18T08:00", "2027-01-29T17:00", 0, 0, True),
    "E": ("2027-01-15T08:00", "2027-01-19T17:00", 11, 11, False),
    "F": ("2027-01-27T08:00", "2027-02-02T17:00", 0, 0, True),
    "G": ("2027-02-02T08:00", "2027-02-03T17:00", 0, 0, True),
    "H": ("2027-02-03T17:00", "2027-02-03T17:00", 0, 0, True),
    "I": ("2027-02-01T08:00", "2027-02-03T17:00", 0, 0, True),
}


def shown(document: Document, project: ProjectId) -> dict[str, tuple[str, str, float, float, bool]]:
    result = schedule_of(document, project)
    return {
        document.tasks[id].name: (
            iso(result.start[place]),
            iso(result.finish[place]),
            int(result.total_slack[place]) / 480,
            int(result.free_slack[place]) / 480,
            bool(result.critical[place]),
        )
        for place, id in enumerate(result.outline.tasks)
    }


def slack_of(document: Document, project: ProjectId) -> dict[str, float]:
    return {name: row[2] for name, row in shown(document, project).items()}


def put(document: Document, *records: Link) -> Document:
    """The document with links that no rule was asked about."""
    changes = tuple(Change("links", record.id, None, record) for record in records)
    return document.after(ChangeSet(Label("put"), changes))


def same(one: ScheduleResult, other: ScheduleResult) -> bool:
    arrays = [field.name for field in dataclasses.fields(one) if hasattr(getattr(one, field.name), "dtype")]
    return all((getattr(one, name) == getattr(other, name)).all() for name in arrays)


def test_the_journeys_table_comes_out_as_printed() -> None:
    document, project, _ = journey()
    assert shown(document, project) == TABLE


def test_the_finish_to_finish_link_holds_f() -> None:
    document, project, task = journey()
    held = chain_of_reasons(document, project, task["F"])[0]
    assert held.start_reason.link is not None
    assert (held.start_reason.link.predecessor, held.start_reason.link.type.value) == (task["D"], "FF")


def test_a_deadline_takes_slack_from_all_before_it_and_moves_nothing() -> None:
    document, project, task = journey()
    warned = after(document, dates.set_deadline(task["H"], at(2, 17, month=2)))
    slack = slack_of(warned, project)
    assert slack == {"A": -1, "B": -1, "C": 10, "D": -1, "E": 10, "F": -1, "G": -1, "H": -1, "I": 0}
    assert [row[:2] for row in shown(warned, project).values()] == [row[:2] for row in TABLE.values()]
    assert shown(document, project) == TABLE


def test_longer_work_moves_the_finish_and_the_older_document_keeps_its_own() -> None:
    document, project, task = journey()
    longer = after(document, tasks.set_duration(task["D"], parse_span("12d")))
    assert iso(schedule_of(longer, project).project_finish) == "2027-02-05T17:00"
    assert shown(document, project) == TABLE


def test_half_a_day_ends_at_noon() -> None:
    document, project, task = journey()
    half = after(document, tasks.set_duration(task["E"], parse_span("4h")))
    row = shown(half, project)["E"]
    assert (row[1], row[2]) == ("2027-01-15T12:00", 13.5)


def test_an_answer_is_the_same_object_until_something_it_read_changes() -> None:
    document, project, _ = journey()
    document, other, _ = plan(["1d"], "Q", document)
    first = schedule_of(document, project)
    renamed = after(document, projects.rename(other, "Other"))
    assert schedule_of(renamed, project) is first
    calendar = renamed.projects[project].calendar or next(iter(renamed.calendars)).id
    closed = after(renamed, calendars.add_exception(calendar, "Closed", date(2027, 1, 7)))
    assert schedule_of(closed, project) is not first


def test_a_circle_of_links_still_gives_dates_and_names_the_tasks() -> None:
    document, project, (a, b, c) = plan(["1d", "2d", "3d"])
    document = after(document, links.link((a, b, c)))
    looped = put(document, Link(LinkId("loop"), project, c, a))
    result = schedule_of(looped, project)
    assert len(result.problems) == 1
    assert "circle" in result.problems[0].sentence
    assert "A" in result.problems[0].sentence
    assert iso(result.project_finish) == "2027-01-06T17:00"
    assert schedule_of(document, project).problems == ()


def test_a_link_to_the_own_summary_is_left_out_with_a_problem() -> None:
    document, project, (a, b, _) = plan(["1d", "2d", "3d"])
    document = after(document, arrange.indent((b,)))
    bad = put(document, Link(LinkId("bad"), project, a, b))
    result = schedule_of(bad, project)
    assert [problem.sentence for problem in result.problems if "summary" in problem.sentence]
    assert LinkId("bad") not in result.links


def test_a_date_centuries_away_is_said_and_not_raised() -> None:
    document, project, (a, *_) = plan(["1d"])
    far = after(document, dates.set_constraint(a, document.tasks[a].constraint.SNET, moment(9000, 1, 1)))
    result = schedule_of(far, project)
    assert result.problems
    assert result.finish.tolist() == [result.project_start]


def test_dates_decades_away_widen_the_horizon() -> None:
    document, project, (a, *_) = plan(["1d"])
    snet = document.tasks[a].constraint.SNET
    far = after(document, dates.set_constraint(a, snet, moment(2101, 1, 3, 8)))
    assert iso(schedule_of(far, project).finish[0]) == "2101-01-03T17:00"


def test_a_link_from_another_project_waits_for_its_date_and_follows_it() -> None:
    document, one, (a, _) = plan(["3d", "1d"], "ONE")
    document, two, (c, d) = plan(["2d", "1d"], "TWO", document)
    document = after(document, links.add(a, c))
    assert iso(schedule_of(document, two).start[0]) == "2027-01-07T08:00"
    longer = after(document, tasks.set_duration(a, parse_span("5d")))
    assert iso(schedule_of(longer, two).start[0]) == "2027-01-11T08:00"
    assert iso(schedule_of(document, two).start[0]) == "2027-01-07T08:00"
    chain = chain_of_reasons(longer, two, c)
    assert [(held.project, held.task) for held in chain] == [(two, c), (one, a)]
    assert d in schedule_of(longer, two).places


def test_projects_that_wait_for_each_other_are_worked_out_as_one() -> None:
    document, one, (a, b) = plan(["3d", "1d"], "ONE")
    document, two, (c, d) = plan(["2d", "1d"], "TWO", document)
    document = after(document, links.add(a, c), links.add(c, b), links.add(b, d))
    found = schedules(document)
    assert [iso(moment) for moment in found[one].start.tolist()] == ["2027-01-04T08:00", "2027-01-11T08:00"]
    assert [iso(moment) for moment in found[two].start.tolist()] == ["2027-01-07T08:00", "2027-01-12T08:00"]
    assert found[one].start_driver.tolist() == [Driver.PROJECT_START, Driver.LINK]
    assert iso(found[one].project_finish) == "2027-01-11T17:00"


def test_a_project_without_tasks_starts_and_ends_at_its_start() -> None:
    document, project, _ = plan([])
    result = schedule_of(document, project)
    assert result.project_start == result.project_finish == document.projects[project].start


def test_a_document_read_anew_gives_equal_answers() -> None:
    document, project, _ = journey()
    assert same(schedule_of(document, project), schedule_of(Document.holding(document.records()), project))
    edited, _ = done(document, tasks.add(project, "J"))
    assert same(schedule_of(edited, project), schedule_of(Document.holding(edited.records()), project))
