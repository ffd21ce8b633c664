"""What no document may hold, whoever puts it there: each rule says no in one plain sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from app.domain.calendars import Calendar, CalendarException, Recurrence, WorkWeek
from app.domain.changes import ChangeSet, Label
from app.domain.document import Document
from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.people import Assignment, Availability, Rate
from app.domain.portfolio import (
    Baseline,
    BaselineValue,
    CustomField,
    CustomValue,
    FieldKind,
    OwnerKind,
    Portfolio,
    ProjectState,
    SavedView,
)
from app.domain.records import Record
from app.domain.rules import RULES, check
from app.domain.rules.facts import value_fits
from app.domain.rules.links import loop_of
from app.domain.values import (
    AssignmentId,
    AvailabilityId,
    BaselineId,
    BaselineValueId,
    CalendarId,
    CustomFieldId,
    CustomValueId,
    ExceptionId,
    LinkId,
    PortfolioId,
    ProjectId,
    RateId,
    ResourceId,
    SavedViewId,
    Shift,
    Split,
    TaskId,
    WorkWeekId,
)
from app.domain.work import ConstraintType, Link
from app.operations import links, projects
from tests.builders import NOW, after, at, busy, by_name, plan

BUSY = busy()
PROJECT = next(each for each in BUSY.projects if each.code == "BUSY")
OTHER = next(each for each in BUSY.projects if each.code == "NEXT")
TASK = next(task for task in BUSY.tasks.of(PROJECT.id).values() if task.name == "F")
SUMMARY = next(task for task in BUSY.tasks.of(PROJECT.id).values() if task.name == "A")
FOREIGN = next(iter(BUSY.tasks.of(OTHER.id).values()))
RESOURCE = next(each for each in BUSY.resources if each.name == "Ann")
BOB = next(each for each in BUSY.resources if each.name == "Bob")
CALENDAR = next(iter(BUSY.calendars.of(None).values()))
NIGHT = next(each for each in BUSY.calendars if each.name == "Night")
EXCEPTION = next(iter(BUSY.calendar_exceptions))
WEEK = next(iter(BUSY.work_weeks))
RISK = next(each for each in BUSY.custom_fields if each.alias == "Risk")
SIZE = next(each for each in BUSY.custom_fields if each.alias == "Size")
VALUE = next(each for each in BUSY.custom_values if each.field == RISK.id)
BASELINE = next(iter(BUSY.baselines))
ASSIGNMENT = next(iter(BUSY.assignments))
VIEW = next(iter(BUSY.saved_views))
DAY = date(2027, 1, 5)

BROKEN: dict[str, Record] = {
    "a second portfolio": Portfolio(PortfolioId("x"), "Other"),
    "a code twice": replace(OTHER, code="busy"),
    "no code": replace(OTHER, code=""),
    "a code with a slash": replace(OTHER, code="A/B"),
    "a project without a name": replace(PROJECT, name=" "),
    "a backward plan without a finish": replace(PROJECT, schedule_from_start=False),
    "a day of no minutes": replace(PROJECT, minutes_per_day=0),
    "a week of nine days": replace(PROJECT, minutes_per_week=20000),
    "a month of no days": replace(PROJECT, days_per_month=0),
    "an eighth weekday": replace(PROJECT, week_start_day=7),
    "a start after the day": replace(PROJECT, default_start_time=1440),
    "a finish before the day": replace(PROJECT, default_finish_time=0),
    "baseline eleven shown": replace(PROJECT, baseline_shown=11),
    "a calendar that is gone": replace(PROJECT, calendar=CalendarId("gone")),
    "another project's calendar": replace(OTHER, calendar=NIGHT.id),
    "a number twice": replace(TASK, uid=SUMMARY.uid),
    "a project that is gone": replace(TASK, id=TaskId("x"), project=ProjectId("gone")),
    "inside itself": replace(SUMMARY, parent=by_name(BUSY, "C")),
    "inside nothing": replace(TASK, parent=TaskId("gone")),
    "inside another project": replace(TASK, parent=FOREIGN.id),
    "a negative duration": replace(TASK, duration=-1),
    "a duration in percent": replace(TASK, duration_format=type(TASK.duration_format)("%")),
    "negative remaining": replace(TASK, remaining_duration=-1),
    "negative work": replace(TASK, work=-1),
    "splits in disorder": replace(TASK, splits=(Split(960, 10), Split(480, 10))),
    "a split without a gap": replace(TASK, splits=(Split(480, 0),)),
    "a split behind the end": replace(TASK, splits=(Split(99999, 10),)),
    "over a hundred percent": replace(TASK, percent_complete=101),
    "under no percent": replace(TASK, physical_percent_complete=-1),
    "done before begun": replace(TASK, actual_start=at(5), actual_finish=at(4)),
    "resumed before stopped": replace(TASK, stop=at(5), resume=at(4)),
    "a constraint without a date": replace(TASK, constraint=ConstraintType.MSO),
    "too much priority": replace(TASK, priority=1001),
    "a task calendar that is gone": replace(TASK, calendar=CalendarId("gone")),
    "a manual finish before its start": replace(TASK, manual_start=at(5), manual_finish=at(4)),
    "a link to nothing": Link(LinkId("x"), PROJECT.id, TaskId("gone"), TASK.id),
    "a link in the wrong project": Link(LinkId("x"), OTHER.id, SUMMARY.id, TASK.id),
    "a link to itself": Link(LinkId("x"), PROJECT.id, TASK.id, TASK.id),
    "a link into the own summary": Link(LinkId("x"), PROJECT.id, by_name(BUSY, "C"), SUMMARY.id),
    "a calendar without a name": replace(CALENDAR, name=""),
    "a week of six days": replace(CALENDAR, week=CALENDAR.week[:6]),
    "a base that is gone": replace(CALENDAR, base=CalendarId("gone")),
    "a base of one project": replace(CALENDAR, base=NIGHT.id),
    "a base of itself": replace(CALENDAR, base=CALENDAR.id),
    "hours that overlap": replace(CALENDAR, week=((Shift(480, 720), Shift(600, 900)), *CALENDAR.week[1:])),
    "hours beyond the day": replace(CALENDAR, week=((Shift(480, 1500),), *CALENDAR.week[1:])),
    "an exception that ends before": replace(EXCEPTION, to_date=date(2026, 1, 1)),
    "an exception of no calendar": replace(EXCEPTION, calendar=CalendarId("gone")),
    "a repetition of nothing": replace(EXCEPTION, every=0),
    "a week without days": replace(EXCEPTION, recurrence=Recurrence.WEEKLY),
    "a month without a day": replace(EXCEPTION, recurrence=Recurrence.MONTHLY_DAY),
    "a month without a position": replace(EXCEPTION, recurrence=Recurrence.MONTHLY_POSITION),
    "a year without a month": replace(EXCEPTION, recurrence=Recurrence.YEARLY_DAY, month_day=3),
    "a work week of six days": replace(WEEK, week=WEEK.week[:6]),
    "a work week with bad hours": replace(WEEK, week=((Shift(9, 3),), *WEEK.week[1:])),
    "a work week backwards": replace(WEEK, to_date=date(2026, 1, 1)),
    "negative units": replace(RESOURCE, max_units=-1),
    "a resource calendar that is gone": replace(RESOURCE, calendar=CalendarId("gone")),
    "a resource calendar of one project": replace(RESOURCE, calendar=NIGHT.id),
    "a rate table F": Rate(RateId("x"), None, RESOURCE.id, "F"),
    "a rate of nobody": Rate(RateId("x"), None, ResourceId("gone")),
    "a rate backwards": Rate(RateId("x"), None, RESOURCE.id, "A", at(5), at(4)),
    "an availability of nobody": Availability(AvailabilityId("x"), None, ResourceId("gone"), None, None, 1),
    "an availability backwards": Availability(AvailabilityId("x"), None, RESOURCE.id, at(5), at(4), 1),
    "an assignment of no task": Assignment(AssignmentId("x"), PROJECT.id, TaskId("gone"), RESOURCE.id),
    "an assignment elsewhere": Assignment(AssignmentId("x"), OTHER.id, TASK.id, RESOURCE.id),
    "somebody of another project": Assignment(AssignmentId("x"), OTHER.id, FOREIGN.id, BOB.id),
    "an assignment of nobody": replace(ASSIGNMENT, resource=ResourceId("gone")),
    "negative units of work": replace(ASSIGNMENT, units=-1.0),
    "baseline eleven": Baseline(BaselineId("x"), PROJECT.id, 11),
    "a baseline twice": Baseline(BaselineId("x"), PROJECT.id, 0),
    "a value of no baseline": BaselineValue(
        BaselineValueId("x"), PROJECT.id, BaselineId("gone"), OwnerKind.TASK, TASK.id
    ),
    "a column without a heading": replace(RISK, alias=""),
    "a choice twice": replace(RISK, choices=("Low", "Low")),
    "a value of no column": CustomValue(CustomValueId("x"), PROJECT.id, CustomFieldId("gone"), TASK.id, "1"),
    "a value that does not fit": replace(VALUE, value="Medium"),
    "a value twice": CustomValue(CustomValueId("x"), VALUE.project, VALUE.field, VALUE.owner, "Low"),
    "a value of another's column": CustomValue(CustomValueId("x"), OTHER.id, SIZE.id, FOREIGN.id, "1"),
    "a view without a name": replace(VIEW, name=" "),
    "a view twice": SavedView(SavedViewId("x"), "plan", "MINE"),
}


def with_record(document: Document, record: Record) -> tuple[Document, ChangeSet]:
    draft = Draft(document, NOW)
    draft.put(record)
    return draft.result(), draft.changes()


@pytest.mark.parametrize("wrong", BROKEN)
def test_what_breaks_a_rule_is_refused_in_one_sentence(wrong: str) -> None:
    with pytest.raises(Refusal) as no:
        check(*with_record(BUSY, BROKEN[wrong]))
    assert no.value.sentence.endswith(".")
    assert "\n" not in no.value.sentence


@pytest.mark.parametrize(
    "record",
    [SUMMARY, TASK, RESOURCE, CALENDAR, RISK, BASELINE, next(iter(BUSY.tasks))],
    ids=lambda record: type(record).__name__,
)
def test_what_others_need_is_not_dropped_alone(record: Record) -> None:
    draft = Draft(BUSY, NOW)
    draft.drop(record)
    if record is TASK:
        draft.put(Link(LinkId("x"), PROJECT.id, SUMMARY.id, TASK.id))
    with pytest.raises(Refusal):
        check(draft.result(), draft.changes())


def test_a_whole_sound_document_keeps_every_rule() -> None:
    draft = Draft(Document.holding(()), NOW)
    for record in BUSY.records():
        draft.put(record)
    check(draft.result(), draft.changes())
    assert len(RULES) >= 20


def test_an_archived_project_rests_until_it_is_brought_back() -> None:
    document, project, (a, b, _c) = plan()
    document = after(document, projects.archive(project))
    task = document.tasks[a]
    for record in (
        replace(task, name="New"),
        Link(LinkId("x"), project, a, b),
        replace(document.projects[project], name="New"),
    ):
        with pytest.raises(Refusal, match="archived"):
            check(*with_record(document, record))
    check(*with_record(document, replace(document.projects[project], rank="z")))
    check(*with_record(document, replace(document.projects[project], state=ProjectState.ACTIVE)))
    assert not len(after(document, projects.delete(project)).tasks)


def test_a_loop_that_is_there_can_be_found() -> None:
    document, project, (a, b, c) = plan()
    document = after(document, links.link((a, b, c)))
    assert loop_of(document, project) == ()
    broken, _ = with_record(document, Link(LinkId("x"), project, c, a))
    assert set(loop_of(broken, project)) == {a, b, c}


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (FieldKind.FLAG, "1", "yes"),
        (FieldKind.NUMBER, "-3.5", "3,5"),
        (FieldKind.COST, "12", "12 EUR"),
        (FieldKind.DURATION, "480|d", "480"),
        (FieldKind.DURATION, "480|d?", "480|x"),
        (FieldKind.DATE, "2027-01-04T08:00", "4 jan"),
        (FieldKind.CHOICE, "Low", "Medium"),
        (FieldKind.TEXT, "anything", None),
    ],
)
def test_values_fit_their_column_or_not(kind: FieldKind, good: str, bad: Any) -> None:
    field = CustomField(CustomFieldId("f"), None, OwnerKind.TASK, "", "F", kind, "V", ("Low",))
    assert value_fits(field, good)
    assert bad is None or not value_fits(field, bad)


def test_an_exception_may_not_be_put_beside_its_calendars_project() -> None:
    stray = CalendarException(ExceptionId("x"), NIGHT.id, None, "Stray", DAY, DAY)
    lone = WorkWeek(WorkWeekId("x"), NIGHT.id, None, "Stray", DAY, DAY)
    for record in (stray, lone):
        with pytest.raises(Refusal):
            check(*with_record(BUSY, record))
    twice = Calendar(CalendarId("x"), None, 9, "Loop", CALENDAR.id)
    looped, _ = with_record(BUSY, twice)
    with pytest.raises(Refusal, match="itself"):
        check(*with_record(looped, replace(CALENDAR, base=twice.id)))


def test_a_change_set_that_touches_nothing_breaks_nothing() -> None:
    check(BUSY, ChangeSet(Label("Nothing"), ()))
