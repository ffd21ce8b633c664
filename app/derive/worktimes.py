"""Calendars compiled to working time, remembered by their own and their bases' stamps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from app.derive.memo import Reader, remember
from app.domain.calendars import Calendar, CalendarException, Recurrence, WorkWeek
from app.domain.document import Document
from app.domain.records import Record
from app.domain.values import STANDARD_WEEK, CalendarId, Shifts, day_number
from app.engine import recurrence
from app.engine.worktime import Worktime, compile_worktime, intersect

Horizon = tuple[int, int]
"""First and last day number, inclusive."""

HORIZONS: tuple[tuple[int, int], ...] = ((10, 40), (60, 140), (300, 900))
"""Years before and after a project's start that are compiled, widened when a date falls outside."""

DECADE = 3653


@dataclass(frozen=True, slots=True)
class Day:
    """What a calendar says of one day beside its week: the shifts, the name it goes by, and who says so."""

    shifts: Shifts
    name: str
    calendar: CalendarId
    is_exception: bool


@dataclass(frozen=True, slots=True)
class Pattern:
    """A calendar with all it inherits: the week that holds, and every day that differs from it.

    ``sources`` are the records it was made from, to see whether it is still true.
    """

    name: str
    week: tuple[Shifts, ...]
    days: dict[int, Day]
    sources: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class _Compiled:
    made_from: tuple[object, ...]
    worktime: Worktime


def horizon_around(moment: int, width: int) -> Horizon:
    """The days that are compiled for a project that starts at ``moment``; the same for a whole decade."""
    day = moment // 1440 // DECADE * DECADE
    before, after = HORIZONS[width]
    return max(day - before * 366, -700_000), min(day + after * 366, 2_900_000)


def worktime_of(source: Document | Reader, calendar: CalendarId | None, horizon: Horizon) -> Worktime:
    """The compiled working time of a calendar; ``None`` or a missing one means Monday to Friday, 8 to 17.

    As long as no record of the calendar changes it is the same object.
    """

    def make(reader: Reader, last: _Compiled | None) -> _Compiled:
        pattern = pattern_of(reader, calendar, horizon)
        if last is not None and last.made_from[0] is pattern:
            return last
        week = [[(shift.start, shift.end) for shift in shifts] for shifts in pattern.week]
        days = {n: [(shift.start, shift.end) for shift in day.shifts] for n, day in pattern.days.items()}
        return _Compiled((pattern,), compile_worktime(week, days, horizon))

    return remember(source, ("worktime", calendar, horizon), make).worktime


def crossed(
    source: Document | Reader, one: CalendarId | None, other: CalendarId | None, horizon: Horizon
) -> Worktime:
    """The time worked in both calendars."""
    if one == other:
        return worktime_of(source, one, horizon)

    def make(reader: Reader, last: _Compiled | None) -> _Compiled:
        both = (worktime_of(reader, one, horizon), worktime_of(reader, other, horizon))
        if last is not None and last.made_from[0] is both[0] and last.made_from[1] is both[1]:
            return last
        return _Compiled(both, intersect(*both))

    return remember(source, ("crossed", one, other, horizon), make).worktime


def pattern_of(source: Document | Reader, calendar: CalendarId | None, horizon: Horizon) -> Pattern:
    """The week and the differing days of a calendar within the horizon, bases included.

    An exception wins over everything, the calendar's own over its base's (a holiday of the base counts
    although the calendar sets its own hours for that weekday); then its own work weeks, its own week, and
    at last the base's.
    """
    return remember(
        source,
        ("pattern", calendar, horizon),
        lambda reader, last: _pattern(reader, calendar, horizon, last),
    )


def _pattern(reader: Reader, calendar: CalendarId | None, horizon: Horizon, last: Pattern | None) -> Pattern:
    chain = chain_of(reader, calendar)
    rows = [_rows_of(reader, record) for record in chain]
    sources: tuple[Record, ...] = (
        *chain,
        *(row for weeks, _ in rows for row in weeks),
        *(row for _, exceptions in rows for row in exceptions),
    )
    if last is not None and last.sources == sources:
        return last
    week = list(STANDARD_WEEK)
    spoken: dict[int, Day] = {}
    excepted: dict[int, Day] = {}
    for record, (weeks, exceptions) in zip(reversed(chain), reversed(rows), strict=True):
        for weekday, shifts in enumerate(record.week):
            if shifts is not None:
                week[weekday] = shifts
                spoken = {n: day for n, day in spoken.items() if (n + 3) % 7 != weekday}
        spoken.update(_work_week_days(weeks, horizon))
        excepted.update(_exception_days(exceptions, horizon))
    name = chain[0].name if chain else ""
    return Pattern(name, tuple(week), spoken | excepted, sources)


def chain_of(reader: Reader, calendar: CalendarId | None) -> list[Calendar]:
    """The calendar and its bases, the nearest first; what is missing or runs in a circle ends the chain."""
    found: list[Calendar] = []
    here = calendar
    while here is not None and all(seen.id != here for seen in found):
        record = reader.document.calendars.get(here)
        reader.note(here)
        if record is None:
            break
        if record.project is not None:
            reader.note(record.project)
        found.append(record)
        here = record.base
    return found


def exception_days(exception: CalendarException, horizon: Horizon) -> Iterable[int]:
    """The day numbers an exception covers within the horizon, recurring ones expanded."""
    first, last = day_number(exception.from_date), day_number(exception.to_date)
    if exception.recurrence is Recurrence.ONCE:
        return range(max(first, horizon[0]), min(last, horizon[1]) + 1)
    pattern = recurrence.Recurrence(
        first=first,
        last=min(last, horizon[1]),
        repeat=_REPEATS[exception.recurrence],
        occurrences=exception.occurrences,
        period=exception.every,
        days_of_week=(exception.weekdays << 1 | exception.weekdays >> 6) & 127,
        month=max(exception.month, 1) - 1,
        month_day=exception.month_day or 1,
        month_item=_item(exception.position_day),
        month_position=max(exception.position, 1) - 1,
    )
    return [day for day in recurrence.days_of(pattern) if day >= horizon[0]]


_REPEATS = {
    Recurrence.DAILY: recurrence.Repeat.DAILY,
    Recurrence.WEEKLY: recurrence.Repeat.WEEKLY,
    Recurrence.MONTHLY_DAY: recurrence.Repeat.MONTHLY_BY_DAY,
    Recurrence.MONTHLY_POSITION: recurrence.Repeat.MONTHLY_BY_POSITION,
    Recurrence.YEARLY_DAY: recurrence.Repeat.YEARLY_BY_DAY,
    Recurrence.YEARLY_POSITION: recurrence.Repeat.YEARLY_BY_POSITION,
}


def _item(position_day: int) -> int:
    """The engine's number of a kind of day: 0 any, 1 weekday, 2 weekend day, then Sunday to Saturday."""
    if position_day >= 7:
        return position_day - 7
    return (position_day + 1) % 7 + 3


def _work_week_days(weeks: Iterable[WorkWeek], horizon: Horizon) -> dict[int, Day]:
    found: dict[int, Day] = {}
    for row in weeks:
        first = max(day_number(row.from_date), horizon[0])
        for day in range(first, min(day_number(row.to_date), horizon[1]) + 1):
            shifts = row.week[(day + 3) % 7]
            if shifts is not None:
                found[day] = Day(shifts, row.name, row.calendar, False)
    return found


def _exception_days(exceptions: Iterable[CalendarException], horizon: Horizon) -> dict[int, Day]:
    found: dict[int, Day] = {}
    for row in exceptions:
        for day in exception_days(row, horizon):
            found[day] = Day(row.shifts, row.name, row.calendar, True)
    return found


def _rows_of(reader: Reader, record: Calendar) -> tuple[list[WorkWeek], list[CalendarException]]:
    document = reader.document
    by_date = attrgetter("from_date", "id")
    weeks = [row for row in document.work_weeks.of(record.project).values() if row.calendar == record.id]
    exceptions = [
        row for row in document.calendar_exceptions.of(record.project).values() if row.calendar == record.id
    ]
    return sorted(weeks, key=by_date), sorted(exceptions, key=by_date)
