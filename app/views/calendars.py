"""Calendars as they are seen: the list, the week, the exceptions, and a month with every day's hours."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date, get_day_names

from app.derive.memo import Reader
from app.derive.worktimes import chain_of, exception_days, pattern_of
from app.domain.calendars import Calendar, CalendarException, Recurrence
from app.domain.document import Document
from app.domain.numerals import locale_of
from app.domain.values import CalendarId, ProjectId, Shifts, day_number
from app.text import mark, tr, trn
from app.views.formats import day_text, hours_text
from app.views.tables import Ask, Column, Row, TableView


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day of a month: its hours as text (empty where nothing is worked) and why it differs, if it does.

    ``kind`` is ``usual``, ``exception`` or ``work_week``; ``is_inherited`` where a base calendar says so.
    """

    day: date
    is_in_month: bool
    is_working: bool
    hours: str
    name: str
    kind: str
    is_inherited: bool


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month in weeks of seven days, beginning with the weekday asked for."""

    title: str
    weekdays: tuple[str, ...]
    weeks: tuple[tuple[CalendarDay, ...], ...]
    working_days: int
    hours: str


def month_grid(
    document: Document, calendar: CalendarId | None, year: int, month: int, locale: str, week_start: int = 0
) -> CalendarMonth:
    """One month of a calendar, bases and exceptions included."""
    first = date(year, month, 1)
    length = monthrange(year, month)[1]
    begin = first - timedelta(days=(first.weekday() - week_start) % 7)
    count = -(-((first - begin).days + length) // 7)
    horizon = (day_number(begin), day_number(begin) + count * 7)
    pattern = pattern_of(document, calendar, horizon)
    days: list[CalendarDay] = []
    minutes = 0
    for number in range(horizon[0], horizon[1]):
        day = begin + timedelta(days=number - horizon[0])
        said = pattern.days.get(number)
        shifts = pattern.week[day.weekday()] if said is None else said.shifts
        kind = "usual" if said is None else "exception" if said.is_exception else "work_week"
        is_in_month = day.month == month
        if is_in_month:
            minutes += _minutes(shifts)
        days.append(
            CalendarDay(
                day,
                is_in_month,
                bool(shifts),
                shifts_text(shifts),
                "" if said is None else said.name,
                kind,
                said is not None and said.calendar != calendar,
            )
        )
    names = get_day_names("abbreviated", locale=locale_of(locale))
    return CalendarMonth(
        format_date(first, "LLLL y", locale=locale_of(locale)),
        tuple(str(names[(week_start + n) % 7]) for n in range(7)),
        tuple(tuple(days[n : n + 7]) for n in range(0, len(days), 7)),
        sum(1 for day in days if day.is_in_month and day.is_working),
        hours_text(minutes, locale),
    )


def shifts_text(shifts: Shifts) -> str:
    """``08:00–12:00, 13:00–17:00``; nothing for a day that is not worked."""
    return ", ".join(f"{_clock(shift.start)}–{_clock(shift.end)}" for shift in shifts)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _minutes(shifts: Shifts) -> int:
    return sum(shift.end - shift.start for shift in shifts)


def calendar_list(document: Document, project: ProjectId | None, ask: Ask) -> TableView:
    """The calendars of the portfolio and, with a project, of that project as well."""
    columns = _columns(
        Column("name", mark("Name"), editable=True, width=220, help=mark("What the calendar is called.")),
        Column(
            "base", mark("Based on"), "left", "choice", True, width=160, help=mark("Whose days it takes.")
        ),
        Column("scope", mark("For"), width=110, help=mark("Whether all projects may use it or one.")),
        Column("week", mark("Hours a week"), "right", width=110, help=mark("Working hours of its week.")),
        Column(
            "exceptions", mark("Exceptions"), "right", "number", width=100, help=mark("Days that differ.")
        ),
        Column(
            "used", mark("Used by"), "right", "number", width=90, help=mark("Tasks and people that use it.")
        ),
    )
    scopes = (None,) if project is None else (None, project)
    found = [calendar for scope in scopes for calendar in document.calendars.of(scope).values()]
    found.sort(key=lambda calendar: (calendar.project is not None, calendar.name.casefold()))
    rows = tuple(_calendar_row(document, calendar, ask.locale) for calendar in found)
    words = ask.filter.casefold().split()
    kept = tuple(row for row in rows if all(word in "\n".join(row.cells).casefold() for word in words))
    return TableView(columns, kept, empty="" if kept else tr("No calendars yet."))


def _calendar_row(document: Document, calendar: Calendar, locale: str) -> Row:
    base = document.calendars.get(calendar.base)
    pattern = pattern_of(document, calendar.id, (0, 0))
    exceptions = [
        row
        for row in document.calendar_exceptions.of(calendar.project).values()
        if row.calendar == calendar.id
    ]
    used = sum(1 for task in document.tasks if task.calendar == calendar.id)
    used += sum(1 for resource in document.resources if resource.calendar == calendar.id)
    cells = (
        calendar.name,
        "" if base is None else base.name,
        tr("All projects") if calendar.project is None else document.projects[calendar.project].code,
        hours_text(sum(_minutes(shifts) for shifts in pattern.week), locale),
        str(len(exceptions)) if exceptions else "",
        str(used) if used else "",
    )
    return Row(calendar.id, cells)


def week_table(document: Document, calendar: CalendarId, ask: Ask) -> TableView:
    """The seven days of a calendar's usual week; inherited ones are muted. Keys are 0 for Monday to 6."""
    columns = _columns(
        Column("day", mark("Day"), width=120, help=mark("The weekday.")),
        Column("hours", mark("Working hours"), editable=True, width=240, help=mark("Such as 08:00–12:00.")),
        Column("total", mark("Hours"), "right", width=80, help=mark("How long the day is.")),
    )
    record = document.calendars[calendar]
    pattern = pattern_of(document, calendar, (0, 0))
    names = get_day_names("wide", locale=locale_of(ask.locale))
    rows = []
    for weekday, shifts in enumerate(pattern.week):
        is_inherited = record.week[weekday] is None
        said = shifts_text(shifts) or tr("not working")
        cells = (str(names[weekday]), said, hours_text(_minutes(shifts), ask.locale) if shifts else "")
        hint = tr("As in the base calendar.") if is_inherited else ""
        rows.append(Row(str(weekday), cells, ("", "muted", "muted") if is_inherited else (), ("", hint, "")))
    return TableView(columns, tuple(rows))


def exceptions_table(document: Document, calendar: CalendarId, ask: Ask) -> TableView:
    """The days on which a calendar differs from its week, its own and (muted) its bases'."""
    columns = _columns(
        Column("name", mark("Name"), editable=True, width=220, help=mark("What the day is called.")),
        Column("from", mark("From"), "right", "date", True, width=110, help=mark("The first day.")),
        Column("to", mark("To"), "right", "date", True, width=110, help=mark("The last day.")),
        Column("hours", mark("Hours"), editable=True, width=180, help=mark("What is worked on these days.")),
        Column("repeats", mark("Repeats"), width=180, help=mark("How the day comes back.")),
        Column("source", mark("Source"), width=90, help=mark("The holiday set it was copied from.")),
    )
    rows: list[tuple[date, Row]] = []
    for record in chain_of(Reader(document), calendar):
        rows.extend(
            (one.from_date, _exception_row(one, record, calendar, ask.locale))
            for one in document.calendar_exceptions.of(record.project).values()
            if one.calendar == record.id
        )
    rows.sort(key=lambda pair: pair[0])
    words = ask.filter.casefold().split()
    kept = tuple(row for _, row in rows if all(word in "\n".join(row.cells).casefold() for word in words))
    return TableView(columns, kept, empty="" if kept else tr("No days differ from the week."))


def _exception_row(one: CalendarException, owner: Calendar, shown: CalendarId, locale: str) -> Row:
    cells = (
        one.name,
        day_text(one.from_date, locale),
        day_text(one.to_date, locale),
        shifts_text(one.shifts) or tr("not working"),
        repeats_text(one),
        one.source,
    )
    is_own = owner.id == shown
    hints = () if is_own else (tr("From the base calendar {name}.", name=owner.name),) * len(cells)
    locked = () if is_own else tuple(range(len(cells)))
    return Row(one.id, cells, () if is_own else ("muted",) * len(cells), hints, locked)


def repeats_text(one: CalendarException) -> str:
    """How an exception comes back, in words."""
    if one.recurrence is Recurrence.ONCE:
        return ""
    if one.recurrence is Recurrence.DAILY:
        return trn("every day", "every {count} days", one.every)
    if one.recurrence is Recurrence.WEEKLY:
        return trn("every week", "every {count} weeks", one.every)
    if one.recurrence in (Recurrence.MONTHLY_DAY, Recurrence.MONTHLY_POSITION):
        return trn("every month", "every {count} months", one.every)
    return tr("every year")


def work_weeks_table(document: Document, calendar: CalendarId, ask: Ask) -> TableView:
    """The periods in which a calendar has another week."""
    columns = _columns(
        Column("name", mark("Name"), width=200, help=mark("What the period is called.")),
        Column("from", mark("From"), "right", "date", width=110, help=mark("The first day.")),
        Column("to", mark("To"), "right", "date", width=110, help=mark("The last day.")),
        Column("days", mark("Days that differ"), width=320, help=mark("The weekdays and their hours.")),
    )
    record = document.calendars[calendar]
    names = get_day_names("abbreviated", locale=locale_of(ask.locale))
    rows = []
    for one in document.work_weeks.of(record.project).values():
        if one.calendar == calendar:
            said = [
                f"{names[n]} {shifts_text(shifts) or tr('not working')}"
                for n, shifts in enumerate(one.week)
                if shifts is not None
            ]
            first, last = day_text(one.from_date, ask.locale), day_text(one.to_date, ask.locale)
            rows.append((one.from_date, Row(one.id, (one.name, first, last, "; ".join(said)))))
    rows.sort(key=lambda pair: pair[0])
    return TableView(
        columns, tuple(row for _, row in rows), empty="" if rows else tr("The week is the same all year.")
    )


def days_of_exception(one: CalendarException, first: date, last: date) -> tuple[date, ...]:
    """The days of a (recurring) exception within a period."""
    horizon = (day_number(first), day_number(last))
    return tuple(first + timedelta(days=day - horizon[0]) for day in exception_days(one, horizon))


def _columns(*columns: Column) -> tuple[Column, ...]:
    return tuple(
        Column(
            one.key, tr(one.title), one.align, one.kind, one.editable, one.choices, one.width, tr(one.help)
        )
        for one in columns
    )
