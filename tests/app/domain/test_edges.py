"""References in several projects, typed hours and dates, and rules of the domain at their edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from app.domain.calendars import CalendarException, WorkWeek
from app.domain.changes import ChangeSet
from app.domain.document import Document
from app.domain.draft import Draft
from app.domain.durations import Measure, format_lag, parse_lag, parse_span
from app.domain.errors import Ambiguous, Refusal
from app.domain.numerals import locale_of, parse_number, rounded, written
from app.domain.people import Assignment, Availability, Rate
from app.domain.portfolio import CustomField, CustomValue, FieldKind, OwnerKind
from app.domain.records import Record
from app.domain.references import task_named
from app.domain.rules import check
from app.domain.typed import parse_moment, parse_shifts, parse_time
from app.domain.values import (
    AssignmentId,
    AvailabilityId,
    CustomFieldId,
    CustomValueId,
    DurationFormat,
    ExceptionId,
    LinkId,
    RateId,
    Shift,
    Span,
    WorkWeekId,
    iso,
)
from app.domain.work import Link, LinkType
from app.operations import arrange, calendars, links, projects, tasks
from tests.builders import NOW, after, at, done, person, plan, portfolio, shared_calendar

DAY = date(2027, 1, 5)


def put(document: Document, *records: Record, without: tuple[Record, ...] = ()) -> tuple[Document, ChangeSet]:
    draft = Draft(document, NOW)
    for record in records:
        draft.put(record)
    for record in without:
        draft.drop(record)
    return draft.result(), draft.changes()


def keeps(document: Document, *records: Record, without: tuple[Record, ...] = ()) -> None:
    check(*put(document, *records, without=without))


def refuses(document: Document, *records: Record, match: str, without: tuple[Record, ...] = ()) -> None:
    with pytest.raises(Refusal, match=match):
        check(*put(document, *records, without=without))


def test_a_task_without_its_project_may_be_meant_in_each_that_has_one() -> None:
    document, _, (a, b, _c) = plan(code="WEB")
    document, _, (x, *_) = plan(("1d",), "APP", document)
    document = after(document, tasks.rename(b, "A"), tasks.rename(x, "Only here"))
    with pytest.raises(Ambiguous) as no:
        task_named(document, "A")
    assert no.value.candidates == ("WEB/A",)
    with pytest.raises(Ambiguous) as no:
        task_named(document, "Only here")
    assert no.value.candidates == ("APP/Only here",)
    with pytest.raises(Refusal, match="in any project"):
        task_named(document, "nowhere")
    assert task_named(document, "WEB/uid:1").id == a


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("8:00-12:00 13:00-17:00", (Shift(480, 720), Shift(780, 1020))),
        ("08:00–12:00, 13:00 – 17:00", (Shift(480, 720), Shift(780, 1020))),
        ("22-24", (Shift(1320, 1440),)),
        ("22:00-24:00", (Shift(1320, 1440),)),
        ("", ()),
        ("-", ()),
        ("Not working", ()),
    ],
)
def test_hours_of_a_day_are_read(text: str, shifts: tuple[Shift, ...]) -> None:
    assert parse_shifts(text) == shifts


@pytest.mark.parametrize("text", ["8:00", "12-8", "9-9", "8-25", "a-b"])
def test_what_are_no_hours_of_one_day_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_shifts(text)


def test_times_run_from_midnight_to_midnight() -> None:
    assert [parse_time(text) for text in ("0:00", "17", "23:59", "24:00")] == [0, 1020, 1439, 1440]
    for text in ("24:01", "25", "12:60", "-1", "soon"):
        with pytest.raises(Refusal):
            parse_time(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+1mo", "2027-02-28"),
        ("-1mo", "2026-12-31"),
        ("+1y", "2028-01-31"),
        ("+11mo", "2027-12-31"),
        ("next mon", "2027-02-01"),
        ("last sun", "2027-01-24"),
        ("this sun", "2027-01-31"),
        ("sun", "2027-01-31"),
    ],
)
def test_steps_and_weekdays_are_counted_from_today(text: str, found: str) -> None:
    sunday = at(31, 9)
    assert iso(parse_moment(text, sunday, 0))[:10] == found


@pytest.mark.parametrize("text", ["+99999999d", "+99999y", "+999999w"])
def test_a_step_out_of_the_calendar_is_no_date(text: str) -> None:
    with pytest.raises(Refusal):
        parse_moment(text, NOW, 0)


def test_a_hundred_years_are_the_longest_length() -> None:
    longest = parse_span("52560000m")
    assert longest == Span(52_560_000, DurationFormat.MINUTES)
    with pytest.raises(Refusal, match="hundred years"):
        parse_span("52560001m")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("1ew", 10080),
        ("1emo", 43200),
        ("1eh", 60),
        ("1em", 1),
        ("1ed", 1440),
        ("1mo", 7 * 60 * 18),
        ("1w", 2000),
    ],
)
def test_each_unit_has_its_length(text: str, minutes: int) -> None:
    assert parse_span(text, Measure(420, 2000, 18)).minutes == minutes


def test_a_lag_is_written_with_its_sign() -> None:
    assert [format_lag(parse_lag(text)) for text in ("2d", "-50%", "0d", "50e%")] == [
        "+2d",
        "-50%",
        "",
        "+50e%",
    ]


def test_numbers_of_an_unknown_language_are_read_as_english() -> None:
    assert str(locale_of("xx_YY")) == str(locale_of("")) == "en_GB"
    assert parse_number("1,250.5", "xx_YY") == parse_number("1250.5")
    assert [rounded(parse_number(text)) for text in ("2.5", "-2.5", "2.49", "0")] == [3, -3, 2, 0]


def test_a_number_finer_than_ten_decimals_is_cut() -> None:
    third = written(Fraction(1, 3), 10**12)
    assert third == "0.333333333"


def test_a_calendar_in_use_by_days_alone_is_not_dropped_without_them() -> None:
    document, calendar = done(portfolio(), calendars.create("Night"))
    row = document.calendars[calendar]
    off = CalendarException(ExceptionId("e"), calendar, None, "Off", DAY, DAY)
    week = WorkWeek(WorkWeekId("w"), calendar, None, "Winter", DAY, DAY)
    for day in (off, week):
        with_day, _ = put(document, day)
        refuses(with_day, without=(row,), match="left behind")
        keeps(with_day, without=(row, day))


def test_a_value_may_be_changed_and_a_second_one_may_not_come() -> None:
    document, project, (a, *_) = plan()
    field = CustomField(CustomFieldId("f"), None, OwnerKind.TASK, "", "Size", FieldKind.NUMBER, "V")
    value = CustomValue(CustomValueId("v"), project, field.id, a, "1")
    document, _ = put(document, field, value)
    keeps(document, replace(value, value="2"))
    refuses(document, replace(value, id=CustomValueId("w")), match="one value")
    refuses(document, without=(field,), match="leave its values")
    keeps(document, without=(field, value))


def test_a_link_may_change_its_kind_but_not_become_the_double_of_another() -> None:
    document, project, (a, b, _c) = plan()
    first = Link(LinkId("1"), project, a, b)
    second = Link(LinkId("2"), project, a, b, LinkType.FF)
    document, changes = put(document, first, second)
    check(document, changes)
    keeps(document, replace(first, lag=480))
    keeps(document, replace(first, type=LinkType.SS))
    refuses(document, replace(first, type=LinkType.FF), match="already")


def test_a_task_that_goes_takes_its_links_and_assignments_along() -> None:
    document, project, (a, b, _c) = plan()
    document, ann = person(document, "Ann")
    link = Link(LinkId("1"), project, a, b)
    work = Assignment(AssignmentId("x"), project, a, ann)
    document, _ = put(document, link, work)
    task = document.tasks[a]
    refuses(document, without=(task,), match="one end")
    refuses(document, without=(task, link), match="assignments behind")
    keeps(document, without=(task, link, work))
    refuses(document, without=(document.tasks[b],), match="one end")


def test_a_task_moved_into_a_chain_may_not_close_a_circle() -> None:
    document, _, (a, b, c) = plan()
    document = after(document, links.link((a, b, c)))
    refuses(document, replace(document.tasks[c], parent=a), match="circle")
    keeps(document, replace(document.tasks[c], name="Other"))
    refuses(document, replace(document.tasks[b], parent=a), match="inside")


def test_a_summary_that_lies_deep_is_not_linked_to_what_it_holds() -> None:
    document, project, (top, middle, inner) = plan()
    document = after(document, arrange.indent((middle, inner)), arrange.indent((inner,)))
    for ends in ((top, inner), (inner, top), (middle, inner), (inner, middle)):
        refuses(document, Link(LinkId("x"), project, *ends), match="lies inside")


def test_open_ends_of_rates_and_periods_are_free() -> None:
    document, ann = person(portfolio(), "Ann")
    keeps(
        document,
        Rate(RateId("r"), None, ann, "E", None, at(4)),
        Rate(RateId("s"), None, ann, "A", at(4), at(4)),
    )
    keeps(document, Availability(AvailabilityId("a"), None, ann, None, at(4), 0.0))
    refuses(document, Availability(AvailabilityId("a"), None, ann, None, None, -0.1), match="not negative")
    refuses(document, Rate(RateId("r"), None, ann, "A", at(5), at(4)), match="before it begins")


def test_an_archived_project_may_lie_elsewhere_in_the_list_but_take_nothing_new() -> None:
    document, project, (a, *_) = plan()
    document, _, (x, *_) = plan(("1d",), "Q", document)
    document = after(document, projects.archive(project))
    keeps(document, replace(document.projects[project], rank="zz"))
    keeps(document, replace(document.tasks[x], name="Free"))
    refuses(document, replace(document.tasks[a], name="Held"), match="archived")
    refuses(document, without=(document.tasks[a],), match="archived")
    assert shared_calendar(document) in {each.id for each in document.calendars}
