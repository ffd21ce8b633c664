"""Domain calendars become working time: inheritance, work weeks, exceptions and what comes back."""

from __future__ import annotations

from datetime import date

from app.derive.worktimes import crossed, horizon_around, pattern_of, worktime_of
from app.domain.calendars import INHERITED_WEEK, Calendar, CalendarException, Recurrence, WorkWeek
from app.domain.document import Document
from app.domain.values import EIGHT_HOURS, CalendarId, ExceptionId, Shift, WorkWeekId, day_number, moment
from app.engine.worktime import Worktime

BASE, OWN = CalendarId("base"), CalendarId("own")
YEAR = (day_number(date(2027, 1, 1)), day_number(date(2027, 12, 31)))
MORNING = (Shift(480, 720),)


def exception(calendar: CalendarId, first: date, last: date, **other: object) -> CalendarException:
    return CalendarException(ExceptionId(f"{calendar}{first}"), calendar, None, "Off", first, last, **other)  # type: ignore[arg-type]


def document(*records: CalendarException | WorkWeek, own_week: object = INHERITED_WEEK) -> Document:
    own = Calendar(OWN, None, 2, "Own", BASE, own_week)  # type: ignore[arg-type]
    return Document.holding([Calendar(BASE, None, 1, "Base"), own, *records])


def worked(worktime: Worktime, day: date) -> int:
    begin = day_number(day) * 1440
    return worktime.between(begin, begin + 1440)


def test_a_calendar_takes_days_and_holidays_from_its_base() -> None:
    found = worktime_of(document(exception(BASE, date(2027, 1, 6), date(2027, 1, 6))), OWN, YEAR)
    assert worked(found, date(2027, 1, 5)) == 480
    assert worked(found, date(2027, 1, 6)) == 0
    assert worked(found, date(2027, 1, 9)) == 0


def test_its_own_exception_wins_over_the_bases() -> None:
    day = date(2027, 1, 6)
    both = document(exception(BASE, day, day), exception(OWN, day, day, shifts=MORNING))
    assert worked(worktime_of(both, OWN, YEAR), day) == 240
    assert worked(worktime_of(both, BASE, YEAR), day) == 0


def test_a_base_holiday_counts_although_the_calendar_sets_its_own_hours() -> None:
    day = date(2027, 1, 6)
    own = document(exception(BASE, day, day), own_week=(MORNING,) * 7)
    assert worked(worktime_of(own, OWN, YEAR), day) == 0
    assert worked(worktime_of(own, OWN, YEAR), date(2027, 1, 10)) == 240


def test_a_work_week_counts_in_its_period_only() -> None:
    week = WorkWeek(
        WorkWeekId("w"), BASE, None, "Summer", date(2027, 7, 1), date(2027, 7, 31), (MORNING,) + (None,) * 6
    )
    found = worktime_of(document(week), BASE, YEAR)
    assert worked(found, date(2027, 7, 5)) == 240
    assert worked(found, date(2027, 7, 6)) == 480
    assert worked(found, date(2027, 8, 2)) == 480


def test_recurring_exceptions_come_back() -> None:
    last_friday = exception(
        BASE, date(2027, 1, 1), date(2027, 6, 30),
        recurrence=Recurrence.MONTHLY_POSITION, position=5, position_day=4,
    )  # fmt: skip
    found = pattern_of(document(last_friday), BASE, YEAR)
    days = [date(2027, 1, 29), date(2027, 2, 26), date(2027, 3, 26), date(2027, 4, 30)]
    assert sorted(found.days)[:4] == [day_number(day) for day in days]
    mondays = exception(
        BASE, date(2027, 1, 4), date(2027, 1, 31), recurrence=Recurrence.WEEKLY, weekdays=1, every=2
    )
    found = pattern_of(document(mondays), BASE, YEAR)
    assert sorted(found.days) == [day_number(date(2027, 1, 4)), day_number(date(2027, 1, 18))]
    christmas = exception(
        BASE, date(2027, 1, 1), date(2040, 1, 1), recurrence=Recurrence.YEARLY_DAY, month=12, month_day=25
    )
    found = pattern_of(document(christmas), BASE, (YEAR[0], YEAR[1] + 366))
    assert sorted(found.days) == [day_number(date(2027, 12, 25)), day_number(date(2028, 12, 25))]


def test_both_calendars_must_work() -> None:
    half = document(own_week=(MORNING,) * 7)
    assert worked(crossed(half, BASE, OWN, YEAR), date(2027, 1, 5)) == 240
    assert worked(crossed(half, BASE, OWN, YEAR), date(2027, 1, 9)) == 0
    assert crossed(half, BASE, BASE, YEAR) is worktime_of(half, BASE, YEAR)


def test_a_missing_calendar_is_office_hours_and_a_circle_of_bases_ends() -> None:
    empty = Document.holding([])
    assert worked(worktime_of(empty, None, YEAR), date(2027, 1, 5)) == 480
    looped = Document.holding(
        [Calendar(BASE, None, 1, "Base", OWN), Calendar(OWN, None, 2, "Own", BASE, INHERITED_WEEK)]
    )
    assert worked(worktime_of(looped, OWN, YEAR), date(2027, 1, 5)) == 480


def test_projects_of_one_decade_share_a_horizon() -> None:
    one = horizon_around(moment(2024, 3, 1), 0)
    assert one == horizon_around(moment(2027, 12, 1), 0)
    wider = horizon_around(moment(2027, 1, 1), 1)
    assert wider[0] < one[0]
    assert one[1] < wider[1]


def test_hours_a_calendar_sets_itself_win_over_a_work_week_of_its_base_on_that_weekday_alone() -> None:
    week = WorkWeek(
        WorkWeekId("w"),
        BASE,
        None,
        "Short",
        date(2027, 1, 4),
        date(2027, 1, 10),
        (MORNING,) * 5 + (None,) * 2,
    )
    own = document(week, own_week=(EIGHT_HOURS, *INHERITED_WEEK[1:]))
    found = worktime_of(own, OWN, YEAR)
    assert [worked(found, date(2027, 1, day)) for day in (4, 5, 8)] == [480, 240, 240]
