"""Recurring exceptions of calendars expanded to days.

Days are day numbers since 1970-01-01, weekdays count from Monday = 0. The codes are those of Microsoft
Project's XML: exception types 1..9, days of the week as a bit mask from Sunday = 1, months from January = 0,
month items 0..9 (day, weekday, weekend day, Sunday..Saturday), month positions 0..4 (first..fourth, last).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

EPOCH = date(1970, 1, 1).toordinal()
LAST_POSITION = 4


class Repeat(IntEnum):
    """Exception types of Microsoft Project's XML."""

    DAILY = 1
    YEARLY_BY_DAY = 2
    YEARLY_BY_POSITION = 3
    MONTHLY_BY_DAY = 4
    MONTHLY_BY_POSITION = 5
    WEEKLY = 6
    DAY_COUNT = 7
    WEEKDAY_COUNT = 8
    NONE = 9


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Some days between `first` and `last` by a pattern, at most `occurrences` of them (0: all that fit)."""

    first: int
    last: int
    repeat: Repeat = Repeat.DAILY
    occurrences: int = 0
    period: int = 1
    days_of_week: int = 0
    month: int = 0
    month_day: int = 1
    month_item: int = 0
    month_position: int = 0


def weekday_of(day: int) -> int:
    """Monday = 0."""
    return (day + 3) % 7


def days_of(recurrence: Recurrence) -> list[int]:
    """The days of a recurrence in order."""
    found: list[int] = []
    for day in _candidates(recurrence):
        full = recurrence.occurrences and len(found) == recurrence.occurrences
        if day > recurrence.last or full:
            break
        if day >= recurrence.first:
            found.append(day)
    return found


def _candidates(recurrence: Recurrence) -> Iterator[int]:
    """All days of the pattern from about its first day on, ascending, past its last day or without end."""
    repeat = recurrence.repeat
    if repeat in (Repeat.DAILY, Repeat.DAY_COUNT):
        yield from range(recurrence.first, recurrence.last + 1, max(1, recurrence.period))
    elif repeat == Repeat.WEEKDAY_COUNT:
        yield from (day for day in range(recurrence.first, recurrence.last + 1) if weekday_of(day) < 5)
    elif repeat == Repeat.WEEKLY:
        yield from _weekly(recurrence)
    elif repeat != Repeat.NONE:
        yield from _by_month(recurrence)


def _weekly(recurrence: Recurrence) -> Iterator[int]:
    sunday = recurrence.first - (weekday_of(recurrence.first) + 1) % 7
    for begin in range(sunday, recurrence.last + 1, 7 * max(1, recurrence.period)):
        yield from (begin + bit for bit in range(7) if recurrence.days_of_week >> bit & 1)


def _by_month(recurrence: Recurrence) -> Iterator[int]:
    """One day in each month (or year) of the pattern; the 31st of a short month is its last day."""
    begin = date.fromordinal(recurrence.first + EPOCH)
    end = date.fromordinal(recurrence.last + EPOCH)
    yearly = recurrence.repeat in (Repeat.YEARLY_BY_DAY, Repeat.YEARLY_BY_POSITION)
    step = 12 if yearly else max(1, recurrence.period)
    month = begin.year * 12 + (recurrence.month if yearly else begin.month - 1)
    while month <= end.year * 12 + end.month - 1:
        year, index = divmod(month, 12)
        if recurrence.repeat in (Repeat.YEARLY_BY_DAY, Repeat.MONTHLY_BY_DAY):
            length = monthrange(year, index + 1)[1]
            yield date(year, index + 1, min(recurrence.month_day, length)).toordinal() - EPOCH
        else:
            yield _positioned(year, index + 1, recurrence.month_item, recurrence.month_position)
        month += step


def _positioned(year: int, month: int, item: int, position: int) -> int:
    """The first to fourth, or the last, such day of a month."""
    begin = date(year, month, 1).toordinal() - EPOCH
    fitting = [day for day in range(begin, begin + monthrange(year, month)[1]) if _is_item(day, item)]
    return fitting[-1] if position >= LAST_POSITION else fitting[position]


def _is_item(day: int, item: int) -> bool:
    weekday = weekday_of(day)
    if item == 0:
        return True
    if item == 1:
        return weekday < 5
    if item == 2:
        return weekday >= 5
    return (weekday + 1) % 7 == item - 3
