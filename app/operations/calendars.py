"""Verbs for working time: calendars, their weeks, exceptions, work weeks and public holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.calendars import (
    INHERITED_WEEK,
    Calendar,
    CalendarException,
    Recurrence,
    Week,
    WorkWeek,
)
from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.holiday_sets import holidays_of, source_of
from app.domain.typed import parse_shifts
from app.domain.values import STANDARD_WEEK, CalendarId, ExceptionId, ProjectId, Shifts, WorkWeekId
from app.operations.lines import project_of
from app.operations.operation import operation
from app.text import mark, tr


@operation(mark("Create calendar"))
def create(
    draft: Draft, name: str = "", project: ProjectId | None = None, base: CalendarId | None = None
) -> CalendarId:
    """Make a calendar, Monday to Friday 8 to 17 or with a base's week, for all projects or for one.

    Without a name it gets one that no other calendar has.
    """
    if project is not None:
        project_of(draft, project)
    week = STANDARD_WEEK if base is None else INHERITED_WEEK
    plain = name.strip() or _free_name(draft)
    made = Calendar(CalendarId(draft.new_id()), project, _next_uid(draft, project), plain, base, week)
    draft.put(made)
    return made.id


def _free_name(draft: Draft) -> str:
    taken = {each.name.casefold() for each in draft.calendars}
    number, name = 1, tr("New calendar")
    while name.casefold() in taken:
        number += 1
        name = tr("New calendar {number}", number=number)
    return name


def _next_uid(draft: Draft, project: ProjectId | None) -> int:
    return max((each.uid for each in draft.calendars.of(project).values()), default=0) + 1


@operation(mark("Duplicate calendar"))
def duplicate(draft: Draft, calendar: CalendarId, name: str = "") -> CalendarId:
    """Copy a calendar with its exceptions and work weeks."""
    row = calendar_of(draft, calendar)
    made = replace(
        row,
        id=CalendarId(draft.new_id()),
        uid=_next_uid(draft, row.project),
        name=name.strip() or tr("Copy of {name}", name=row.name),
    )
    draft.put(made)
    for each in list(draft.calendar_exceptions.of(row.project).values()):
        if each.calendar == calendar:
            draft.put(replace(each, id=ExceptionId(draft.new_id()), calendar=made.id))
    for week in list(draft.work_weeks.of(row.project).values()):
        if week.calendar == calendar:
            draft.put(replace(week, id=WorkWeekId(draft.new_id()), calendar=made.id))
    return made.id


def calendar_of(draft: Draft, calendar: CalendarId) -> Calendar:
    """The calendar of that id.

    Raises:
        Refusal: it is not there (any more).
    """
    found = draft.calendars.get(calendar)
    if found is None:
        raise Refusal(tr("That calendar is no longer there."))
    return found


@operation(mark("Rename calendar"), merges=True)
def rename(draft: Draft, calendar: CalendarId, name: str) -> None:
    """Give a calendar another name."""
    draft.put(replace(calendar_of(draft, calendar), name=name.strip()))


@operation(mark("Change base calendar"))
def set_base(draft: Draft, calendar: CalendarId, base: CalendarId | None) -> None:
    """Let a calendar take from another what it does not say itself, or stand alone."""
    draft.put(replace(calendar_of(draft, calendar), base=base))


@operation(mark("Change working week"))
def set_week(draft: Draft, calendar: CalendarId, week: Week) -> None:
    """Set all seven days of a calendar's week, from Monday; ``None`` takes the base calendar's day."""
    draft.put(replace(calendar_of(draft, calendar), week=week))


@operation(mark("Change working day"))
def set_day(draft: Draft, calendar: CalendarId, weekday: int, shifts: Shifts | None) -> None:
    """Set the working hours of one weekday (0 Monday); none for a free day, ``None`` for the base's."""
    if not 0 <= weekday <= 6:
        raise Refusal(tr("A weekday is a number from 0, Monday, to 6, Sunday."))
    row = calendar_of(draft, calendar)
    week = tuple(shifts if day == weekday else old for day, old in enumerate(row.week))
    draft.put(replace(row, week=week))


@operation(mark("Change working day"))
def set_hours(draft: Draft, calendar: CalendarId, weekday: int, text: str) -> None:
    """Set the hours of one weekday (0 Monday) as typed; emptied, they are the base's, where there is one.

    Raises:
        Refusal: the hours cannot be read.
    """
    is_base = not text.strip() and calendar_of(draft, calendar).base is not None
    set_day.within(draft, calendar, weekday, None if is_base else parse_shifts(text))


@operation(mark("Delete calendar"))
def delete(draft: Draft, calendar: CalendarId) -> None:
    """Delete a calendar that nothing uses, with its exceptions and work weeks."""
    row = calendar_of(draft, calendar)
    for each in list(draft.calendar_exceptions.of(row.project).values()):
        if each.calendar == calendar:
            draft.drop(each)
    for week in list(draft.work_weeks.of(row.project).values()):
        if week.calendar == calendar:
            draft.drop(week)
    draft.drop(row)


@operation(mark("Add calendar exception"))
def add_exception(
    draft: Draft,
    calendar: CalendarId,
    name: str,
    from_date: date,
    to_date: date | None = None,
    shifts: Shifts = (),
    recurrence: Recurrence = Recurrence.ONCE,
    every: int = 1,
    weekdays: int = 0,
    month_day: int = 0,
    position: int = 0,
    position_day: int = 0,
    month: int = 0,
    occurrences: int = 0,
) -> ExceptionId:
    """Have days differ from the week: free, or worked at other hours; once, or coming back."""
    row = calendar_of(draft, calendar)
    made = CalendarException(
        ExceptionId(draft.new_id()),
        calendar,
        row.project,
        name.strip(),
        from_date,
        from_date if to_date is None else to_date,
        shifts,
        recurrence,
        every,
        weekdays,
        month_day,
        position,
        position_day,
        month,
        occurrences,
    )
    draft.put(made)
    return made.id


@operation(mark("Change calendar exception"))
def change_exception(
    draft: Draft,
    exception: ExceptionId,
    name: str | None = None,
    from_date: date | None = None,
    to_date: date | None = None,
    shifts: Shifts | None = None,
    recurrence: Recurrence | None = None,
    every: int | None = None,
    weekdays: int | None = None,
    month_day: int | None = None,
    position: int | None = None,
    position_day: int | None = None,
    month: int | None = None,
    occurrences: int | None = None,
) -> None:
    """Change what is given of an exception; the rest stays. One from a holiday set becomes your own.

    A single day that is moved stays one, and none ends before it begins.
    """
    asked = {
        "name": name,
        "from_date": from_date,
        "to_date": to_date,
        "shifts": shifts,
        "recurrence": recurrence,
        "every": every,
        "weekdays": weekdays,
        "month_day": month_day,
        "position": position,
        "position_day": position_day,
        "month": month,
        "occurrences": occurrences,
    }
    given = {field: value for field, value in asked.items() if value is not None}
    row = _exception_of(draft, exception)
    if (
        from_date is not None
        and to_date is None
        and (row.to_date == row.from_date or row.to_date < from_date)
    ):
        given["to_date"] = from_date
    fresh = replace(row, **given)  # type: ignore[arg-type]
    draft.put(fresh if fresh == row else replace(fresh, source=""))


def _exception_of(draft: Draft, exception: ExceptionId) -> CalendarException:
    found = draft.calendar_exceptions.get(exception)
    if found is None:
        raise Refusal(tr("That exception is no longer there."))
    return found


@operation(mark("Delete calendar exception"))
def drop_exception(draft: Draft, exception: ExceptionId) -> None:
    """Let the days of an exception be as the week says again."""
    draft.drop(_exception_of(draft, exception))


@operation(mark("Add work week"))
def add_work_week(
    draft: Draft, calendar: CalendarId, name: str, from_date: date, to_date: date, week: Week
) -> WorkWeekId:
    """Have another working week for a period; ``None`` days stay as they are."""
    row = calendar_of(draft, calendar)
    made = WorkWeek(WorkWeekId(draft.new_id()), calendar, row.project, name.strip(), from_date, to_date, week)
    draft.put(made)
    return made.id


@operation(mark("Change work week"))
def change_work_week(
    draft: Draft,
    work_week: WorkWeekId,
    name: str | None = None,
    from_date: date | None = None,
    to_date: date | None = None,
    week: Week | None = None,
) -> None:
    """Change what is given of a work week: its name, its period, its days; the rest stays."""
    row = _work_week_of(draft, work_week)
    draft.put(
        replace(
            row,
            name=row.name if name is None else name.strip(),
            from_date=row.from_date if from_date is None else from_date,
            to_date=row.to_date if to_date is None else to_date,
            week=row.week if week is None else week,
        )
    )


def _work_week_of(draft: Draft, work_week: WorkWeekId) -> WorkWeek:
    found = draft.work_weeks.get(work_week)
    if found is None:
        raise Refusal(tr("That work week is no longer there."))
    return found


@operation(mark("Delete work week"))
def drop_work_week(draft: Draft, work_week: WorkWeekId) -> None:
    """Let the usual week hold again in a period."""
    draft.drop(_work_week_of(draft, work_week))


@operation(mark("Add public holidays"))
def add_holidays(
    draft: Draft, calendar: CalendarId, country: str, region: str, first_year: int, last_year: int
) -> tuple[ExceptionId, ...]:
    """Copy the public holidays of a country and region for some years; those already there are left alone.

    Raises:
        Refusal: the country or region is not known, or the years are not 1990 to 2100 in order.
    """
    row = calendar_of(draft, calendar)
    here = {
        each.from_date
        for each in draft.calendar_exceptions.of(row.project).values()
        if each.calendar == calendar and each.recurrence is Recurrence.ONCE and each.from_date == each.to_date
    }
    source = source_of(country, region)
    made: list[ExceptionId] = []
    for day, name in holidays_of(country, region, first_year, last_year):
        if day not in here:
            each = CalendarException(
                ExceptionId(draft.new_id()), calendar, row.project, name, day, day, source=source
            )
            draft.put(each)
            made.append(each.id)
    draft.name(mark("Add public holidays of {place}"), place=source)
    return tuple(made)


@operation(mark("Remove public holidays"))
def drop_holidays(draft: Draft, calendar: CalendarId, source: str, year: int | None = None) -> None:
    """Take the holidays away that were copied from a set such as ``DE-BY``, all of them or a year's."""
    row = calendar_of(draft, calendar)
    for each in list(draft.calendar_exceptions.of(row.project).values()):
        if each.calendar == calendar and each.source == source and year in (None, each.from_date.year):
            draft.drop(each)
    draft.name(mark("Remove public holidays of {place}"), place=source)
