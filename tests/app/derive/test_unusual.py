"""What a schedule makes of links between projects, of knots, and of records that say nothing of dates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from app.derive.schedule import Driver, schedule_of
from app.derive.why import LONGEST_GAP, Reasons, chain_of_reasons
from app.derive.worktimes import crossed, exception_days, pattern_of, worktime_of
from app.domain.calendars import CalendarException, Recurrence
from app.domain.document import Document
from app.domain.durations import parse_lag, parse_span
from app.domain.people import Assignment
from app.domain.portfolio import LagCalendar
from app.domain.values import (
    EIGHT_HOURS,
    AssignmentId,
    CalendarId,
    ExceptionId,
    LinkId,
    ProjectId,
    TaskId,
    day_number,
    iso,
)
from app.domain.work import ConstraintType, Link
from app.engine.spans import share_of
from app.operations import arrange, calendars, dates, links, people, progress, projects, tasks
from tests.app.derive.test_costs import put
from tests.app.derive.test_schedule import same
from tests.builders import after, at, done, person, plan, shared_calendar

YEAR = (day_number(date(2027, 1, 1)), day_number(date(2027, 12, 31)))


def start(document: Document, task: TaskId) -> str:
    result = schedule_of(document, document.tasks[task].project)
    return iso(int(result.start[result.places[task]]))


def same_as_anew(document: Document) -> None:
    """Whatever was remembered on the way here, the schedules are those of the document read anew."""
    fresh = Document.holding(document.records())
    for project in document.projects:
        ours, theirs = schedule_of(document, project.id), schedule_of(fresh, project.id)
        assert same(ours, theirs)
        assert (ours.problems, ours.links, ours.parts) == (theirs.problems, theirs.links, theirs.parts)


def two_projects(lag: str = "") -> tuple[Document, ProjectId, TaskId, TaskId]:
    """B of the second project waits for A of the first."""
    document, _, (a, *_) = plan(("1d",), "ONE")
    document, second, (b, *_) = plan(("1d",), "TWO", document)
    return after(document, links.add(a, b, lag=parse_lag(lag) if lag else None)), second, a, b


@pytest.mark.parametrize(
    ("length", "hundredths", "share"),
    [
        (480, 5000, 240),
        (480, -5000, -240),
        (3, 5000, 2),
        (3, -5000, -2),
        (100, 49, 0),
        (100, 50, 1),
        (0, 9, 0),
    ],
)
def test_a_share_of_a_length_is_rounded_alike_in_both_directions(
    length: int, hundredths: int, share: int
) -> None:
    assert share_of(length, hundredths) == share


@pytest.mark.parametrize(
    ("lag", "begins"),
    [
        ("50%", "2027-01-05T13:00"),
        ("-50%", "2027-01-04T13:00"),
        ("-100%", "2027-01-04T08:00"),
        ("-50e%", "2027-01-04T13:00"),
    ],
)
def test_a_lag_in_percent_is_of_the_predecessor_wherever_that_lies(lag: str, begins: str) -> None:
    document, _, (a, b) = plan(("1d", "1d"))
    assert start(after(document, links.add(a, b, lag=parse_lag(lag))), b) == begins
    document, _, a, b = two_projects(lag)
    assert start(document, b) == begins


def test_a_lag_in_percent_follows_the_length_of_another_project_s_task() -> None:
    document, second, a, b = two_projects("50%")
    document = after(document, projects.set_start(second, at(4)))
    assert start(document, b) == "2027-01-05T13:00"
    document = after(document, tasks.set_duration(a, parse_span("2d")))
    assert start(document, b) == "2027-01-07T08:00"
    same_as_anew(document)


def test_the_why_of_a_percent_lag_names_the_moment_it_gives() -> None:
    document, second, _a, b = two_projects("-25%")
    assert Reasons(document, second).held(b).start_reason.date == at(4, 15)


@pytest.mark.parametrize("lag", ["1ed", "-1d", "2d"])
def test_the_why_of_a_lag_counts_it_as_it_runs(lag: str) -> None:
    document, project, (a, b) = plan(("2d", "1d"))
    document = after(document, links.add(a, b, lag=parse_lag(lag)))
    held = Reasons(document, project).held(b)
    assert held.start_reason.kind is Driver.LINK
    assert {"1ed": at(6, 17), "-1d": at(5), "2d": at(7, 17)}[lag] == held.start_reason.date


def knot() -> tuple[Document, TaskId, TaskId, TaskId]:
    """Two projects that wait for each other: A, then X in the other one, then B."""
    document, one, (a, b) = plan(("2d", "1d"), "ONE")
    document, _, (x, *_) = plan(("3d",), "TWO", document)
    document = after(document, links.add(a, x), links.add(x, b))
    schedule_of(document, one)
    return document, a, x, b


def test_a_knot_of_projects_follows_every_edit() -> None:
    document, a, x, b = knot()
    assert start(document, b) == "2027-01-11T08:00"
    document = after(document, tasks.set_duration(a, parse_span("3d")))
    assert start(document, b) == "2027-01-12T08:00"
    document = after(document, tasks.set_duration(x, parse_span("1d")))
    assert start(document, b) == "2027-01-08T08:00"
    same_as_anew(document)


def test_in_a_knot_a_later_project_holds_its_tasks_at_its_own_start() -> None:
    document, _, x, _ = knot()
    project = document.tasks[x].project
    document, free = done(document, tasks.add(project, "Free"))
    document = after(document, projects.set_start(project, at(18)))
    assert (start(document, free), start(document, x)) == ("2027-01-18T08:00", "2027-01-18T08:00")
    reason = Reasons(document, project).held(free).start_reason
    assert (reason.kind, reason.date, reason.link) == (Driver.PROJECT_START, at(18), None)
    assert [held.task for held in chain_of_reasons(document, project, free)] == [free]


def test_a_circle_across_projects_leaves_its_links_out_and_says_so() -> None:
    document, _, x, b = knot()
    project = document.tasks[b].project
    broken = put(document, Link(LinkId("back"), document.tasks[x].project, b, x))
    result = schedule_of(broken, project)
    assert len(result.problems) == 1
    assert "circle" in result.problems[0].sentence
    assert start(broken, x) == "2027-01-06T08:00"
    same_as_anew(broken)
    assert schedule_of(document, project).problems == ()


def test_a_circle_that_comes_with_an_edit_and_goes_again_is_no_longer_told() -> None:
    document, project, (a, b, c) = plan()
    document = after(document, links.link((a, b, c)))
    schedule_of(document, project)
    broken = put(document, Link(LinkId("back"), project, c, a))
    assert schedule_of(broken, project).problems
    longer = put(broken, replace(broken.tasks[b], duration=960))
    same_as_anew(longer)
    whole = after(longer, links.drop(LinkId("back")))
    assert schedule_of(whole, project).problems == ()
    same_as_anew(whole)


def test_a_link_from_an_inactive_or_vanished_task_holds_nothing() -> None:
    document, project, a, b = two_projects()
    assert start(document, b) == "2027-01-05T08:00"
    inactive = after(document, tasks.set_active((a,), False))
    assert start(inactive, b) == "2027-01-04T08:00"
    assert start(after(inactive, tasks.set_active((a,), True)), b) == "2027-01-05T08:00"
    same_as_anew(inactive)
    stray = put(document, Link(LinkId("stray"), project, TaskId("gone"), b))
    assert start(stray, b) == "2027-01-05T08:00"
    same_as_anew(put(stray, replace(stray.tasks[b], duration=960)))


def test_a_constraint_without_its_date_constrains_nothing() -> None:
    document, _, (a, *_) = plan(("1d",))
    document = put(document, replace(document.tasks[a], constraint=ConstraintType.MSO))
    assert start(document, a) == "2027-01-04T08:00"


@pytest.mark.parametrize(
    "other",
    [{"task": TaskId("gone")}, {"units": 0.0}, {"work": 0}, {"resource": None}],
    ids=["of a task that is gone", "of no units", "of no work", "of nobody"],
)
def test_an_assignment_that_says_nothing_holds_nothing(other: dict[str, Any]) -> None:
    document, project, (a, b) = plan(("2d", "1d"))
    document, ann = person(document, "Ann")
    fields: dict[str, Any] = {"task": a, "resource": ann, "units": 1.0, "work": 9600, **other}
    row = Assignment(AssignmentId("x"), project, uid=1, **fields)
    document = put(after(document, links.add(a, b)), row)
    assert start(document, b) == "2027-01-06T08:00"
    assert schedule_of(document, project).parts == ()
    edited = after(document, tasks.rename(a, "A again"), progress.set_percent((a,), 50))
    same_as_anew(edited)


def test_who_works_half_the_time_takes_twice_as_long_until_the_edit_that_says_otherwise() -> None:
    document, project, (a, b) = plan(("2d", "1d"))
    document, ann = person(document, "Ann")
    row = Assignment(AssignmentId("x"), project, a, ann, 1, units=0.5, work=960)
    document = put(after(document, links.add(a, b)), row)
    assert start(document, b) == "2027-01-08T08:00"
    for edit in (
        replace(document.tasks[a], manual=True, manual_start=at(4), manual_finish=at(5, 17)),
        replace(document.tasks[a], duration_format=parse_span("2ed").unit, duration=2880),
    ):
        same_as_anew(put(document, edit))


def test_crossed_hours_are_the_same_object_while_neither_calendar_changes() -> None:
    document, project, (a, *_) = plan(("2d",))
    document, night = done(document, calendars.create("Night", project))
    found = crossed(document, night, shared_calendar(document), YEAR)
    renamed = after(document, tasks.rename(a, "Other"))
    assert crossed(renamed, night, shared_calendar(document), YEAR) is found
    holiday = after(document, calendars.add_exception(night, "Off", date(2027, 1, 5)))
    other = crossed(holiday, night, shared_calendar(document), YEAR)
    assert other is not found
    assert found.between(at(5), at(6)) - other.between(at(5), at(6)) == 480


def test_a_calendar_that_is_gone_means_office_hours() -> None:
    document, _, _ = plan(())
    gone = worktime_of(document, CalendarId("gone"), YEAR)
    assert gone.between(at(4), at(11)) == 5 * 480
    assert pattern_of(document, CalendarId("gone"), YEAR).name == ""


@pytest.mark.parametrize(
    ("pattern", "days"),
    [
        ({"recurrence": Recurrence.DAILY, "every": 3}, [1, 4, 7, 10]),
        ({"recurrence": Recurrence.WEEKLY, "weekdays": 0b1000001}, [3, 4, 10, 11]),
        ({"recurrence": Recurrence.MONTHLY_DAY, "month_day": 5}, [5]),
        ({"recurrence": Recurrence.MONTHLY_POSITION, "position": 2, "position_day": 8}, [4]),
        ({"recurrence": Recurrence.MONTHLY_POSITION, "position": 1, "position_day": 9}, [2]),
        ({"recurrence": Recurrence.MONTHLY_POSITION, "position": 1, "position_day": 7}, [1]),
        ({"recurrence": Recurrence.YEARLY_POSITION, "position": 1, "position_day": 6, "month": 1}, [3]),
    ],
)
def test_days_that_come_back_are_expanded_from_the_first_day_on(
    pattern: dict[str, Any], days: list[int]
) -> None:
    row = CalendarException(
        ExceptionId("e"), CalendarId("c"), None, "Off", date(2027, 1, 1), date(2027, 1, 11), **pattern
    )
    assert list(exception_days(row, YEAR)) == [day_number(date(2027, 1, day)) for day in days]


def test_an_exception_counts_within_the_days_asked_for_alone() -> None:
    row = CalendarException(
        ExceptionId("e"), CalendarId("c"), None, "Off", date(2026, 12, 30), date(2028, 1, 5)
    )
    found = list(exception_days(row, YEAR))
    assert (found[0], found[-1]) == YEAR
    daily = list(exception_days(replace(row, recurrence=Recurrence.DAILY), YEAR))
    assert (daily[0], daily[-1]) == YEAR


def test_a_gap_of_years_is_not_combed_for_single_days_off() -> None:
    document, project, (a, b) = plan(("1d", "1d"))
    off = calendars.add_exception(shared_calendar(document), "Off", date(2027, 1, 5))
    document = after(document, off, dates.set_start(a, at(5)), dates.set_start(b, at(5)))
    reasons = Reasons(document, project)
    task = document.tasks[a]
    assert [day.name for day in reasons.days_off(task, at(4), at(4) + LONGEST_GAP * 1440)] == ["Off"]
    assert reasons.days_off(task, at(4), at(4) + (LONGEST_GAP + 1) * 1440) == ()
    assert reasons.days_off(task, at(6), at(7)) == ()
    assert reasons.days_off(task, at(5), at(5)) == ()


def test_a_day_of_more_hours_is_no_day_off() -> None:
    document, project, (a, *_) = plan(("3d",))
    long = calendars.add_exception(shared_calendar(document), "Long", date(2027, 1, 5), shifts=EIGHT_HOURS)
    assert Reasons(after(document, long), project).held(a).finish_reason.days_off == ()


def test_of_several_links_into_the_summaries_above_the_one_that_asks_the_most_is_named() -> None:
    document, project, (early, late, top, inner) = plan(("1d", "3d", "1d", "1d"))
    document = after(
        document, arrange.indent((inner,)), links.add(late, top), links.add(early, top, links.LinkType.FS)
    )
    reason = Reasons(document, project).held(inner).start_reason
    assert (reason.kind, reason.other, reason.through, reason.date) == (Driver.SUMMARY, late, top, at(6, 17))


@pytest.mark.parametrize("which", list(LagCalendar))
def test_a_lag_between_projects_runs_on_the_calendar_the_project_names(which: LagCalendar) -> None:
    document, second, _a, b = two_projects("3h")
    document = after(document, projects.set_field(second, "lag_calendar", which.value))
    runs_at_night = which is LagCalendar.ALWAYS
    assert start(document, b) == ("2027-01-05T08:00" if runs_at_night else "2027-01-05T11:00")
    same_as_anew(document)


def test_people_of_a_knot_are_parts_of_their_own_project() -> None:
    document, a, x, _b = knot()
    document, ann = person(document, "Ann")
    document = after(document, people.assign(a, ann), people.assign(x, ann))
    for task in (a, x):
        result = schedule_of(document, document.tasks[task].project)
        assert len(result.parts) == 2
        assert np.isin(result.start[result.places[task]], result.part_start)
    same_as_anew(document)
