"""Calendars: the working week, work weeks for a period, and exceptions, one-off and recurring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.values import (
    STANDARD_WEEK,
    CalendarId,
    ExceptionId,
    ProjectId,
    Shifts,
    WorkWeekId,
)

Week = tuple[Shifts | None, ...]
"""Seven days from Monday; ``None`` takes the base calendar's day, ``()`` is not working."""

INHERITED_WEEK: Week = (None,) * 7


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar; with ``project`` it belongs to that project alone, without it to the portfolio."""

    id: CalendarId
    project: ProjectId | None
    uid: int
    name: str
    base: CalendarId | None = None
    week: Week = STANDARD_WEEK
    is_base_calendar: bool = True


class Recurrence(StrEnum):
    """How an exception comes back (MSPDI exception types)."""

    ONCE = "once"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY_DAY = "monthly_day"
    MONTHLY_POSITION = "monthly_position"
    YEARLY_DAY = "yearly_day"
    YEARLY_POSITION = "yearly_position"


@dataclass(frozen=True, slots=True)
class CalendarException:
    """Days that differ from the week: ``shifts`` is what is worked then, ``()`` for a holiday.

    ``ONCE`` covers every day from ``from_date`` to ``to_date``. A recurring one starts at
    ``from_date``, comes every ``every`` units and ends at ``to_date`` or after ``occurrences``
    (0: no such limit). ``weekdays`` is a bit mask with Monday as bit 0; ``position`` is 1 to 4 or
    5 for the last; ``position_day`` is 0 Monday to 6 Sunday, 7 any day, 8 a weekday, 9 a weekend
    day; ``month`` is 1 to 12. ``source`` names the holiday set it was copied from (``DE-BY``).
    """

    id: ExceptionId
    calendar: CalendarId
    project: ProjectId | None
    name: str
    from_date: date
    to_date: date
    shifts: Shifts = ()
    recurrence: Recurrence = Recurrence.ONCE
    every: int = 1
    weekdays: int = 0
    month_day: int = 0
    position: int = 0
    position_day: int = 0
    month: int = 0
    occurrences: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Another working week from ``from_date`` to ``to_date``; ``None`` days stay as they were."""

    id: WorkWeekId
    calendar: CalendarId
    project: ProjectId | None
    name: str
    from_date: date
    to_date: date
    week: Week = INHERITED_WEEK
