"""Calendars of a plan: weeks, work weeks, and exceptions in the old style and the new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree.ElementTree import Element

from app.domain.calendars import INHERITED_WEEK, Calendar, CalendarException, Recurrence, Week, WorkWeek
from app.domain.values import (
    EIGHT_HOURS,
    STANDARD_WEEK,
    CalendarId,
    ExceptionId,
    Shift,
    Shifts,
    WorkWeekId,
    date_of,
)
from app.exchange.mspdi.fields import Fields
from app.exchange.mspdi.intake import Intake
from app.exchange.mspdi.units import day_minute_of
from app.text import tr

RECURRENCES = {
    1: Recurrence.ONCE,
    2: Recurrence.YEARLY_DAY,
    3: Recurrence.YEARLY_POSITION,
    4: Recurrence.MONTHLY_DAY,
    5: Recurrence.MONTHLY_POSITION,
    6: Recurrence.WEEKLY,
    7: Recurrence.ONCE,
    8: Recurrence.ONCE,
    9: Recurrence.ONCE,
}
"""Exception types; 7, 8 and 9 (by day count, by weekday count, none) cover their whole period."""

POSITION_DAYS = (7, 8, 9, 6, 0, 1, 2, 3, 4, 5)
"""MonthItem 0 any day, 1 weekday, 2 weekend day, 3 Sunday … 9 Saturday, in our numbers."""


def read_calendars(root: Element, intake: Intake) -> None:
    """Put every calendar of the plan; resource calendars stand among them."""
    elements = root.findall("Calendars/Calendar")
    intake.count("calendars", len(elements))
    read: list[tuple[Fields, int]] = []
    for element in elements:
        fields = Fields(element, tr("Calendar"), intake.problems)
        uid = fields.uid()
        if uid is None or uid in intake.calendars:
            fields.warn(tr("A calendar without a number of its own was left out."))
            continue
        fields.place = tr("Calendar {name}", name=fields.line("Name") or uid)
        intake.calendars[uid] = CalendarId(intake.ids.of("calendars", uid))
        read.append((fields, uid))
    bases = _bases(read, intake)
    for fields, uid in read:
        _put_calendar(fields, uid, bases[uid], intake)


def _bases(read: list[tuple[Fields, int]], intake: Intake) -> dict[int, int | None]:
    bases: dict[int, int | None] = {}
    for fields, uid in read:
        base = fields.uid("BaseCalendarUID")
        is_none = base is None or base == -1 or (base == 0 and 0 not in intake.calendars)
        if not is_none and (base not in intake.calendars or base == uid):
            fields.warn(tr("Its base calendar is not in the plan."))
            is_none = True
        bases[uid] = None if is_none else base
    for fields, uid in read:
        seen = {uid}
        above = bases[uid]
        while above is not None and above not in seen:
            seen.add(above)
            above = bases[above]
        if above is not None:
            fields.warn(tr("Its base calendars lead back to itself; it stands alone now."))
            bases[uid] = None
    return bases


def _put_calendar(fields: Fields, uid: int, base: int | None, intake: Intake) -> None:
    id = intake.calendars[uid]
    week = _week(fields, fields.element.find("WeekDays"))
    if base is None:
        whole = week == INHERITED_WEEK
        week = STANDARD_WEEK if whole else tuple(() if day is None else day for day in week)
    intake.put(
        Calendar(
            id=id,
            project=intake.project,
            uid=uid,
            name=fields.line("Name") or tr("Calendar {name}", name=uid),
            base=None if base is None else intake.calendars[base],
            week=week,
            is_base_calendar=fields.flag("IsBaseCalendar", True),
        )
    )
    exceptions = [
        found
        for element in fields.element.findall("Exceptions/Exception")
        if (found := _exception(Fields(element, fields.place, intake.problems), id, intake)) is not None
    ]
    intake.count("calendar_exceptions", len(exceptions))
    for old in _old_style(fields, id, intake):
        if not any(_covers(found, old) for found in exceptions):
            exceptions.append(old)
    for found in exceptions:
        key = intake.ids.of("calendar_exceptions", id, found.from_date, found.recurrence)
        intake.put(replace(found, id=ExceptionId(key)))
    for element in fields.element.findall("WorkWeeks/WorkWeek"):
        _put_work_week(Fields(element, fields.place, intake.problems), id, intake)


def _week(fields: Fields, days: Element | None) -> Week:
    week: list[Shifts | None] = [None] * 7
    for element in () if days is None else days.findall("WeekDay"):
        day = Fields(element, fields.place, fields.problems)
        number = day.integer("DayType")
        if 1 <= number <= 7:
            week[(number - 2) % 7] = _shifts(day)
        elif number != 0:
            fields.warn(tr("A week day with the unknown number {number} was left out.", number=number))
    return tuple(week)


def _shifts(day: Fields) -> Shifts:
    """What is worked on a day; a working day that names no times has the usual eight hours."""
    if not day.flag("DayWorking"):
        return ()
    spans: list[tuple[int, int]] = []
    for element in day.element.iterfind("WorkingTimes/WorkingTime"):
        time = Fields(element, day.place, day.problems)
        if not time.values:
            continue
        try:
            start, end = day_minute_of(time.values["FromTime"]), day_minute_of(time.values["ToTime"])
        except (KeyError, ValueError):
            day.warn(tr("A working time cannot be read and was left out."))
            continue
        if end == 0:
            end = 1440
        if end < start:
            day.warn(tr("A working time that runs past midnight was cut at midnight."))
            end = 1440
        if end > start:
            spans.append((start, end))
    if not spans:
        return EIGHT_HOURS
    spans.sort()
    merged = [spans[0]]
    for start, end in spans[1:]:
        if start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(Shift(start, end) for start, end in merged)


def _period(fields: Fields) -> tuple[date, date] | None:
    element = fields.element.find("TimePeriod")
    if element is None:
        fields.warn(tr("An exception without dates was left out."))
        return None
    period = Fields(element, fields.place, fields.problems)
    first, last = period.moment("FromDate"), period.moment("ToDate")
    if first is None:
        fields.warn(tr("An exception without dates was left out."))
        return None
    start = date_of(first)
    end = start if last is None else date_of(last)
    if end < start:
        fields.warn(tr("An exception ends before it begins; it was taken for one day."))
        end = start
    return start, end


def _exception(fields: Fields, calendar: CalendarId, intake: Intake) -> CalendarException | None:
    period = _period(fields)
    if period is None:
        return None
    recurrence = fields.choice("Type", RECURRENCES, Recurrence.ONCE)
    every = max(1, min(fields.integer("Period", 1), 999))
    if fields.integer("Type", 1) == 1 and every > 1:
        recurrence = Recurrence.DAILY
    mask = fields.integer("DaysOfWeek") & 127
    item, position = fields.integer("MonthItem"), fields.integer("MonthPosition")
    by_position = recurrence in (Recurrence.MONTHLY_POSITION, Recurrence.YEARLY_POSITION)
    by_day = recurrence in (Recurrence.MONTHLY_DAY, Recurrence.YEARLY_DAY)
    yearly = recurrence in (Recurrence.YEARLY_DAY, Recurrence.YEARLY_POSITION)
    is_once = recurrence is Recurrence.ONCE
    return CalendarException(
        id=ExceptionId(""),
        calendar=calendar,
        project=intake.project,
        name=fields.line("Name"),
        from_date=period[0],
        to_date=period[1],
        shifts=_shifts(fields),
        recurrence=recurrence,
        every=1 if is_once else every,
        weekdays=_weekdays(mask, period[0]) if recurrence is Recurrence.WEEKLY else 0,
        month_day=max(1, min(fields.integer("MonthDay", 1), 31)) if by_day else 0,
        position=max(0, min(position, 4)) + 1 if by_position else 0,
        position_day=POSITION_DAYS[max(0, min(item, 9))] if by_position else 0,
        month=max(0, min(fields.integer("Month"), 11)) + 1 if yearly else 0,
        occurrences=max(0, min(fields.integer("Occurrences"), 999))
        if fields.flag("EnteredByOccurrences") and not is_once
        else 0,
    )


def _weekdays(mask: int, first: date) -> int:
    """Our bit mask of Project's, which begins with Sunday; the first day's own where none is set."""
    return ((mask >> 1) | ((mask & 1) << 6)) or 1 << first.weekday()


def _old_style(fields: Fields, calendar: CalendarId, intake: Intake) -> list[CalendarException]:
    """Exceptions as Project 2003 and older write them: week days of type 0 with a period."""
    found: list[CalendarException] = []
    for element in fields.element.iterfind("WeekDays/WeekDay"):
        if element.findtext("DayType", "").strip() != "0":
            continue
        day = Fields(element, fields.place, intake.problems)
        period = _period(day)
        if period is None:
            continue
        intake.count("old_style_exception_days")
        found.append(
            CalendarException(
                ExceptionId(""), calendar, intake.project, day.line("Name"), *period, shifts=_shifts(day)
            )
        )
    return found


def _covers(new: CalendarException, old: CalendarException) -> bool:
    """Whether a new-style exception says what an old-style one says a second time."""
    return new.shifts == old.shifts and new.from_date <= old.from_date and old.to_date <= new.to_date


def _put_work_week(fields: Fields, calendar: CalendarId, intake: Intake) -> None:
    if not fields.element.findall("TimePeriod/FromDate"):
        return
    period = _period(fields)
    if period is None:
        return
    intake.count("work_weeks")
    days = fields.element.find("WeekDays")
    key = intake.ids.of("work_weeks", calendar, period[0])
    intake.put(
        WorkWeek(
            WorkWeekId(key),
            calendar,
            intake.project,
            fields.line("Name"),
            *period,
            week=_week(fields, days if days is not None else fields.element),
        )
    )
