"""Working time: weeks, exceptions, work weeks and public holidays move the dates they should."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.calendars import INHERITED_WEEK, Recurrence
from app.domain.errors import Refusal
from app.domain.holiday_sets import countries, holidays_of, regions, source_of
from app.domain.values import EIGHT_HOURS, CalendarId, ExceptionId, Shift, WorkWeekId
from app.operations import calendars, projects, tasks
from tests.app.operations.test_tasks import dates_of
from tests.builders import after, done, plan, shared_calendar


def test_a_free_day_moves_the_finish() -> None:
    document, _, (a, *_) = plan(("5d",))
    shared = shared_calendar(document)
    document, made = done(document, calendars.add_exception(shared, "Epiphany", date(2027, 1, 6)))
    assert dates_of(document, a)[1] == "2027-01-11T17:00"
    document = after(document, calendars.change_exception(made, to_date=date(2027, 1, 7)))
    assert dates_of(document, a)[1] == "2027-01-12T17:00"
    document = after(document, calendars.change_exception(made, shifts=EIGHT_HOURS, name="Worked"))
    assert dates_of(document, a)[1] == "2027-01-08T17:00"
    document = after(document, calendars.drop_exception(made))
    assert not len(document.calendar_exceptions)


def test_weeks_and_days_can_be_set_and_inherited() -> None:
    document, project, (a, *_) = plan(("4d",))
    shared = shared_calendar(document)
    document, own = done(document, calendars.create("Four days", project, shared))
    document = after(
        document, calendars.set_day(own, 4, ()), calendars.set_day(own, 0, (Shift(480, 720),)),
        projects.set_calendar(project, own),
    )  # fmt: skip
    assert dates_of(document, a)[1] == "2027-01-11T12:00"
    document = after(document, calendars.set_week(own, INHERITED_WEEK), calendars.rename(own, "Own"))
    assert dates_of(document, a)[1] == "2027-01-07T17:00"
    document = after(document, calendars.set_base(own, None))
    assert document.calendars[own].base is None
    with pytest.raises(Refusal):
        done(document, calendars.set_day(own, 7, ()))


def test_another_week_holds_for_a_period() -> None:
    document, _, (a, *_) = plan(("5d",))
    shared = shared_calendar(document)
    half = (*tuple((Shift(480, 720),) for _ in range(5)), (), ())
    first, last = date(2027, 1, 4), date(2027, 1, 8)
    document, made = done(document, calendars.add_work_week(shared, "Half days", first, last, half))
    assert dates_of(document, a)[1] == "2027-01-13T12:00"
    document = after(document, calendars.drop_work_week(made))
    assert dates_of(document, a)[1] == "2027-01-08T17:00"


def test_a_copy_has_the_same_days() -> None:
    document, project, _ = plan()
    document, own = done(document, calendars.create("Own", project))
    document = after(
        document,
        calendars.add_exception(
            own, "Weekly", date(2027, 1, 1), date(2027, 6, 1), recurrence=Recurrence.WEEKLY, weekdays=1
        ),
        calendars.add_work_week(own, "Winter", date(2027, 2, 1), date(2027, 2, 7), INHERITED_WEEK),
    )
    document, copy = done(document, calendars.duplicate(own))
    assert document.calendars[copy].name == "Copy of Own"
    assert len(document.calendar_exceptions) == len(document.work_weeks) == 2
    document = after(document, calendars.delete(own))
    assert {each.calendar for each in document.calendar_exceptions} == {copy}


def test_a_calendar_in_use_is_not_deleted() -> None:
    document, _, (a, *_) = plan()
    document, own = done(document, calendars.create("Own"))
    document = after(document, tasks.set_calendar((a,), own))
    with pytest.raises(Refusal, match="is used by"):
        done(document, calendars.delete(own))
    document = after(document, tasks.set_calendar((a,), None), calendars.delete(own))
    assert own not in document.calendars


def test_public_holidays_are_copied_once_and_can_be_taken_away() -> None:
    document, _, _ = plan()
    shared = shared_calendar(document)
    document, made = done(document, calendars.add_holidays(shared, "de", "by", 2027, 2027))
    assert document.calendar_exceptions[made[0]].source == "DE-BY"
    named = {each.from_date: each.name for each in document.calendar_exceptions}
    assert date(2027, 1, 6) in named
    document, again = done(document, calendars.add_holidays(shared, "DE", "", 2027, 2028))
    assert len({each.from_date for each in document.calendar_exceptions}) == len(document.calendar_exceptions)
    assert again
    document = after(document, calendars.drop_holidays(shared, "DE-BY"))
    assert {each.source for each in document.calendar_exceptions} == {"DE"}


def test_a_holiday_that_is_changed_becomes_ones_own() -> None:
    document, _, _ = plan()
    document, made = done(
        document, calendars.add_holidays(shared_calendar(document), "GB", "ENG", 2027, 2027)
    )
    document = after(document, calendars.change_exception(made[0], name="New Year"))
    assert document.calendar_exceptions[made[0]].source == ""


def test_holiday_sets_are_known_by_country_and_region() -> None:
    assert "DE" in countries()
    assert "BY" in regions("de")
    assert source_of("de", "by") == "DE-BY"
    assert (date(2027, 10, 3),) == tuple(
        day for day, _ in holidays_of("DE", "", 2027, 2027) if day.month == 10
    )
    for country, region, first, last in (
        ("XX", "", 2027, 2027),
        ("DE", "ZZ", 2027, 2027),
        ("DE", "", 2027, 2026),
        ("DE", "", 1900, 2027),
    ):
        with pytest.raises(Refusal):
            holidays_of(country, region, first, last)


def test_a_calendar_without_a_name_gets_one_that_no_other_has() -> None:
    document, _, _ = plan()
    names = []
    for _ in range(2):
        document, made = done(document, calendars.create(" "))
        names.append(document.calendars[made].name)
    assert names == ["New calendar", "New calendar 2"]


def test_hours_are_set_as_typed_and_emptied_are_the_bases_where_there_is_one() -> None:
    document, _, _ = plan()
    document, base = done(document, calendars.create("Base"))
    document, own = done(document, calendars.create("Own", base=base))
    for calendar, emptied in ((base, ()), (own, None)):
        document, _ = done(document, calendars.set_hours(calendar, 4, "8:00-12:00"))
        assert document.calendars[calendar].week[4] == (Shift(480, 720),)
        document, _ = done(document, calendars.set_hours(calendar, 4, " "))
        assert document.calendars[calendar].week[4] == emptied


def test_a_single_day_that_is_moved_stays_one_and_none_ends_before_it_begins() -> None:
    document, _, _ = plan()
    document, base = done(document, calendars.create("Base"))
    add = calendars.add_exception
    document, one = done(document, add(base, "Day", date(2027, 3, 1)))
    document, many = done(document, add(base, "Days", date(2027, 4, 1), date(2027, 4, 9)))

    def moved(exception: ExceptionId, day: date) -> tuple[date, date]:
        after, _ = done(document, calendars.change_exception(exception, from_date=day))
        found = after.calendar_exceptions[exception]
        return found.from_date, found.to_date

    assert moved(one, date(2027, 3, 5)) == (date(2027, 3, 5), date(2027, 3, 5))
    assert moved(one, date(2027, 2, 5)) == (date(2027, 2, 5), date(2027, 2, 5))
    assert moved(many, date(2027, 4, 3)) == (date(2027, 4, 3), date(2027, 4, 9))
    assert moved(many, date(2027, 4, 20)) == (date(2027, 4, 20), date(2027, 4, 20))


def test_what_is_gone_is_refused() -> None:
    document, _, _ = plan()
    for step in (
        calendars.rename(CalendarId("gone"), "x"),
        calendars.drop_exception(ExceptionId("gone")),
        calendars.drop_work_week(WorkWeekId("gone")),
        calendars.create("x", base=CalendarId("gone")),
    ):
        with pytest.raises(Refusal):
            done(document, step)
