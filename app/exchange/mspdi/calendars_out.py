"""Calendars written: weeks, exceptions in the new style, and work weeks."""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element

from app.domain.calendars import Calendar, CalendarException, Recurrence, Week, WorkWeek
from app.domain.document import Document
from app.domain.values import Shifts, day_number
from app.exchange.mspdi.calendars_in import POSITION_DAYS
from app.exchange.mspdi.outgo import Outgo
from app.exchange.mspdi.units import day_minute_text
from app.exchange.mspdi.xml_out import element, rows

TYPES = {
    Recurrence.ONCE: 1,
    Recurrence.DAILY: 1,
    Recurrence.YEARLY_DAY: 2,
    Recurrence.YEARLY_POSITION: 3,
    Recurrence.MONTHLY_DAY: 4,
    Recurrence.MONTHLY_POSITION: 5,
    Recurrence.WEEKLY: 6,
}


def calendar_elements(document: Document, outgo: Outgo) -> list[Element]:
    """The calendars a project uses, its own first."""
    return [_calendar(calendar, document, outgo) for calendar in outgo.calendars]


def _calendar(calendar: Calendar, document: Document, outgo: Outgo) -> Element:
    scope = calendar.project
    exceptions = [
        one for one in document.calendar_exceptions.of(scope).values() if one.calendar == calendar.id
    ]
    weeks = [one for one in document.work_weeks.of(scope).values() if one.calendar == calendar.id]
    exceptions.sort(key=lambda one: (one.from_date, one.to_date, one.name, one.id))
    weeks.sort(key=lambda one: (one.from_date, one.to_date, one.name, one.id))
    base = None if calendar.base is None else outgo.calendar_uids.get(calendar.base)
    return element(
        "Calendar",
        "Calendars/Calendar",
        {
            "UID": outgo.calendar_uids[calendar.id],
            "Name": calendar.name,
            "IsBaseCalendar": calendar.is_base_calendar,
            "BaseCalendarUID": -1 if base is None else base,
            "WeekDays": rows("WeekDays", _week_days(calendar.week)),
            "Exceptions": rows("Exceptions", [_exception(one) for one in exceptions]),
            "WorkWeeks": rows("WorkWeeks", [_work_week(one) for one in weeks]),
        },
    )


def _week_days(week: Week) -> list[Element]:
    """Sunday first, as Project counts; days that follow the base calendar are left out."""
    found: list[Element] = []
    for number in range(1, 8):
        shifts = week[(number - 2) % 7]
        if shifts is not None:
            found.append(
                element(
                    "WeekDay",
                    "WeekDays/WeekDay",
                    {"DayType": number, "DayWorking": bool(shifts), "WorkingTimes": _times(shifts)},
                )
            )
    return found


def _times(shifts: Shifts) -> Element | None:
    return rows(
        "WorkingTimes",
        [
            element(
                "WorkingTime",
                "WorkingTimes/WorkingTime",
                {"FromTime": day_minute_text(shift.start), "ToTime": day_minute_text(shift.end)},
            )
            for shift in shifts
        ],
    )


def _period(first: date, last: date) -> Element:
    return element(
        "TimePeriod",
        "TimePeriod",
        {"FromDate": f"{first.isoformat()}T00:00:00", "ToDate": f"{last.isoformat()}T23:59:00"},
    )


def _exception(one: CalendarException) -> Element:
    by_position = one.recurrence in (Recurrence.MONTHLY_POSITION, Recurrence.YEARLY_POSITION)
    by_day = one.recurrence in (Recurrence.MONTHLY_DAY, Recurrence.YEARLY_DAY)
    yearly = one.recurrence in (Recurrence.YEARLY_DAY, Recurrence.YEARLY_POSITION)
    is_once = one.recurrence is Recurrence.ONCE
    days = day_number(one.to_date) - day_number(one.from_date) + 1
    return element(
        "Exception",
        "Exceptions/Exception",
        {
            "EnteredByOccurrences": bool(one.occurrences),
            "TimePeriod": _period(one.from_date, one.to_date),
            "Occurrences": days if is_once else one.occurrences or 1,
            "Name": one.name,
            "Type": TYPES[one.recurrence],
            "Period": None if is_once else one.every,
            "DaysOfWeek": ((one.weekdays & 63) << 1) | (one.weekdays >> 6)
            if one.recurrence is Recurrence.WEEKLY
            else None,
            "MonthItem": POSITION_DAYS.index(one.position_day) if by_position else None,
            "MonthPosition": max(one.position - 1, 0) if by_position else None,
            "Month": max(one.month - 1, 0) if yearly else None,
            "MonthDay": one.month_day if by_day else None,
            "DayWorking": bool(one.shifts),
            "WorkingTimes": _times(one.shifts),
        },
    )


def _work_week(one: WorkWeek) -> Element:
    return element(
        "WorkWeek",
        "WorkWeeks/WorkWeek",
        {
            "TimePeriod": _period(one.from_date, one.to_date),
            "Name": one.name,
            "WeekDays": rows("WeekDays", _week_days(one.week)),
        },
    )
