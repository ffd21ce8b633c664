"""Calendars as they are seen: the list, the week, the exceptions, and a month with every day's hours."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date, get_day_names, get_month_names

from app.derive.memo import Reader
from app.derive.worktimes import chain_of, exception_days, pattern_of
from app.domain.calendars import Calendar, CalendarException, Recurrence
from app.domain.document import Document
from app.domain.holiday_sets import countries, holidays_of
from app.domain.numerals import locale_of
from app.domain.values import CalendarId, ProjectId, Shifts, day_number
from app.text import mark, tr, trn
from app.views.formats import clock_text, day_text, hours_text, weekday_text
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
    return ", ".join(f"{clock_text(shift.start)}–{clock_text(shift.end)}" for shift in shifts)


def _minutes(shifts: Shifts) -> int:
    return sum(shift.end - shift.start for shift in shifts)


def calendar_list(document: Document, project: ProjectId | None, ask: Ask) -> TableView:
    """The calendars of the portfolio and, with a project, of that project as well; people's come last."""
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
    found.sort(key=lambda one: (not one.is_base_calendar, one.project is not None, one.name.casefold()))
    rows = tuple(_calendar_row(document, calendar, ask.locale) for calendar in found)
    words = ask.filter.casefold().split()
    kept = tuple(row for row in rows if all(word in "\n".join(row.cells).casefold() for word in words))
    return _chosen(TableView(columns, kept, empty="" if kept else tr("No calendars yet.")), ask.columns)


def _chosen(view: TableView, keys: tuple[str, ...]) -> TableView:
    """The view with the columns asked for only; all of them where none were."""
    places = [at for at, column in enumerate(view.columns) if not keys or column.key in keys]
    if len(places) == len(view.columns):
        return view
    rows = tuple(Row(row.key, tuple(row.cells[at] for at in places)) for row in view.rows)
    return TableView(tuple(view.columns[at] for at in places), rows, note=view.note, empty=view.empty)


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
        _scope_text(document, calendar),
        hours_text(sum(_minutes(shifts) for shifts in pattern.week), locale),
        str(len(exceptions)) if exceptions else "",
        str(used) if used else "",
    )
    return Row(calendar.id, cells)


def _scope_text(document: Document, calendar: Calendar) -> str:
    if not calendar.is_base_calendar:
        return tr("One person")
    return tr("All projects") if calendar.project is None else document.projects[calendar.project].code


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
        repeats_in_full(one, locale),
        one.source,
    )
    is_own = owner.id == shown
    base = "" if is_own else tr("From the base calendar {name}.", name=owner.name)
    days = {1: weekday_text(one.from_date, locale), 2: weekday_text(one.to_date, locale)}
    hints = tuple("\n".join(part for part in (days.get(at, ""), base) if part) for at in range(len(cells)))
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


_POSITIONS = (mark("first"), mark("second"), mark("third"), mark("fourth"), mark("last"))
_DAY_KINDS = (mark("day"), mark("weekday"), mark("weekend day"))


def position_words() -> tuple[str, ...]:
    """How the positions 1 to 5 in a month are called."""
    return tuple(tr(word) for word in _POSITIONS)


def position_day_words(locale: str) -> tuple[str, ...]:
    """How the kinds of days 0 to 9 are called that have a position: Monday to Sunday, any, week, weekend."""
    names = get_day_names("wide", locale=locale_of(locale))
    return (*(str(names[day]) for day in range(7)), *(tr(word) for word in _DAY_KINDS))


def repeats_in_full(one: CalendarException, locale: str) -> str:
    """How an exception comes back, with the days on which it does; nothing for one that does not."""
    said = [repeats_text(one)] if one.recurrence is not Recurrence.ONCE else []
    kind, language = one.recurrence, locale_of(locale)
    if kind is Recurrence.WEEKLY:
        names = get_day_names("abbreviated", locale=language)
        said.append(" ".join(str(names[day]) for day in range(7) if one.weekdays >> day & 1))
    if kind is Recurrence.MONTHLY_DAY:
        said.append(tr("day {number}", number=one.month_day))
    if kind in (Recurrence.MONTHLY_POSITION, Recurrence.YEARLY_POSITION):
        position = position_words()[min(max(one.position, 1), 5) - 1]
        said.append(f"{position} {position_day_words(locale)[min(one.position_day, 9)]}")
    if kind is Recurrence.YEARLY_DAY:
        said.append(f"{one.month_day} {get_month_names('wide', locale=language)[max(one.month, 1)]}")
    if kind is Recurrence.YEARLY_POSITION:
        said.append(str(get_month_names("wide", locale=language)[max(one.month, 1)]))
    if one.occurrences:
        said.append(trn("{count} time", "{count} times", one.occurrences))
    return ", ".join(said)


def work_weeks_table(document: Document, calendar: CalendarId, ask: Ask) -> TableView:
    """The periods in which a calendar has another week."""
    columns = _columns(
        Column("name", mark("Name"), editable=True, width=200, help=mark("What the period is called.")),
        Column("from", mark("From"), "right", "date", True, width=110, help=mark("The first day.")),
        Column("to", mark("To"), "right", "date", True, width=110, help=mark("The last day.")),
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
            cells = (one.name, first, last, "; ".join(said))
            hints = ("", weekday_text(one.from_date, ask.locale), weekday_text(one.to_date, ask.locale), "")
            rows.append((one.from_date, Row(one.id, cells, (), hints)))
    rows.sort(key=lambda pair: pair[0])
    return TableView(
        columns, tuple(row for _, row in rows), empty="" if rows else tr("The week is the same all year.")
    )


def days_of_exception(one: CalendarException, first: date, last: date) -> tuple[date, ...]:
    """The days of a (recurring) exception within a period."""
    horizon = (day_number(first), day_number(last))
    return tuple(first + timedelta(days=day - horizon[0]) for day in exception_days(one, horizon))


def holiday_sets(document: Document, calendar: CalendarId) -> tuple[tuple[str, int, int], ...]:
    """(source, year, days) of the holidays that were copied into a calendar."""
    record = document.calendars[calendar]
    counts: dict[tuple[str, int], int] = {}
    for one in document.calendar_exceptions.of(record.project).values():
        if one.calendar == calendar and one.source:
            key = (one.source, one.from_date.year)
            counts[key] = counts.get(key, 0) + 1
    return tuple((source, year, count) for (source, year), count in sorted(counts.items()))


def country_choices(locale: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the countries whose holidays are known, by name."""
    territories = locale_of(locale).territories
    named = ((code, str(territories.get(code, code))) for code in countries())
    return tuple(sorted(named, key=lambda one: one[1]))


def holidays_table(
    document: Document, calendar: CalendarId, country: str, region: str, years: tuple[int, int], locale: str
) -> TableView:
    """The public holidays that would be copied into a calendar; days that already differ are muted.

    Raises:
        Refusal: the country, region or years are not known.
    """
    columns = _columns(
        Column("day", mark("Day"), "right", "date", width=130, help=mark("The day.")),
        Column("name", mark("Holiday"), width=240, help=mark("What the day is called.")),
        Column("there", mark("Calendar"), width=110, help=mark("Whether the day differs already.")),
    )
    record = document.calendars[calendar]
    here = {
        one.from_date
        for one in document.calendar_exceptions.of(record.project).values()
        if one.calendar == calendar and one.recurrence is Recurrence.ONCE and one.from_date == one.to_date
    }
    rows = []
    for day, name in holidays_of(country, region, *years):
        said = weekday_text(day, locale)
        is_there = day in here
        cells = (said, name, tr("already there") if is_there else "")
        rows.append(Row(day.isoformat(), cells, ("muted",) * 3 if is_there else ()))
    fresh = sum(1 for row in rows if not row.marks)
    return TableView(columns, tuple(rows), note=trn("{count} new day", "{count} new days", fresh))


def calendars_answer(document: Document, project: ProjectId | None) -> str:
    """One line about the calendars that may be used here."""
    shared = sum(1 for one in document.calendars.of(None).values() if one.is_base_calendar)
    said = [trn("{count} calendar for all projects", "{count} calendars for all projects", shared)]
    if project is not None:
        own = sum(1 for one in document.calendars.of(project).values() if one.is_base_calendar)
        if own:
            said.append(tr("{count} of {code} alone", count=own, code=document.projects[project].code))
    return " · ".join(said)


def _columns(*columns: Column) -> tuple[Column, ...]:
    return tuple(
        Column(
            one.key, tr(one.title), one.align, one.kind, one.editable, one.choices, one.width, tr(one.help)
        )
        for one in columns
    )
