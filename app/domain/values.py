"""The small values that records are made of: ids, civil moments, spans, shifts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

PortfolioId = NewType("PortfolioId", str)
ProjectId = NewType("ProjectId", str)
CalendarId = NewType("CalendarId", str)
ExceptionId = NewType("ExceptionId", str)
WorkWeekId = NewType("WorkWeekId", str)
TaskId = NewType("TaskId", str)
LinkId = NewType("LinkId", str)
ResourceId = NewType("ResourceId", str)
RateId = NewType("RateId", str)
AvailabilityId = NewType("AvailabilityId", str)
AssignmentId = NewType("AssignmentId", str)
BaselineId = NewType("BaselineId", str)
BaselineValueId = NewType("BaselineValueId", str)
CustomFieldId = NewType("CustomFieldId", str)
CustomValueId = NewType("CustomValueId", str)
SavedViewId = NewType("SavedViewId", str)
SourceTaskId = NewType("SourceTaskId", str)
TimephasedId = NewType("TimephasedId", str)

Moment = NewType("Moment", int)
"""Whole civil minutes since 1970-01-01T00:00 on the plan's own wall clock."""

MINUTES_A_DAY = 1440
EPOCH = datetime(1970, 1, 1)
EPOCH_DAY = date(1970, 1, 1)


def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> Moment:
    """The moment of a civil date and time."""
    return moment_of(datetime(year, month, day, hour, minute))


def moment_of(value: datetime) -> Moment:
    """The moment of a naive date and time; seconds are dropped.

    Raises:
        ValueError: the date and time carries a zone.
    """
    if value.tzinfo is not None:
        raise ValueError("A civil moment has no time zone.")
    gap = value - EPOCH
    return Moment(gap.days * MINUTES_A_DAY + gap.seconds // 60)


def datetime_of(value: int) -> datetime:
    """The naive date and time of a moment."""
    return EPOCH + timedelta(minutes=int(value))


def date_of(value: int) -> date:
    """The civil date a moment falls on."""
    return EPOCH_DAY + timedelta(days=int(value) // MINUTES_A_DAY)


def start_of(day: date) -> Moment:
    """Midnight at the start of a civil date."""
    return Moment((day - EPOCH_DAY).days * MINUTES_A_DAY)


def day_number(day: date) -> int:
    """Whole days since 1970-01-01, as the engine counts them."""
    return (day - EPOCH_DAY).days


def iso(value: int) -> str:
    """``2027-01-04T08:00``, the form moments have in files and JSON."""
    return datetime_of(value).isoformat(timespec="minutes")


def from_iso(text: str) -> Moment:
    """The moment written as ``2027-01-04T08:00`` (seconds are dropped).

    Raises:
        ValueError: not such a text.
    """
    return moment_of(datetime.fromisoformat(text))


class DurationFormat(StrEnum):
    """The unit in which a duration or a lag was typed and is shown (MSPDI DurationFormat).

    An elapsed unit (``em`` … ``emo``) runs round the clock; the others count working time.
    Percent units serve lags only: percent of the predecessor's duration.
    """

    MINUTES = "m"
    HOURS = "h"
    DAYS = "d"
    WEEKS = "w"
    MONTHS = "mo"
    ELAPSED_MINUTES = "em"
    ELAPSED_HOURS = "eh"
    ELAPSED_DAYS = "ed"
    ELAPSED_WEEKS = "ew"
    ELAPSED_MONTHS = "emo"
    PERCENT = "%"
    ELAPSED_PERCENT = "e%"

    @property
    def is_elapsed(self) -> bool:
        return self.value.startswith("e")

    @property
    def is_percent(self) -> bool:
        return self.value.endswith("%")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as a person typed it: minutes, the unit it was said in, and "about".

    ``minutes`` are working minutes, or round-the-clock minutes for an elapsed unit; for a percent
    unit they are the percentage itself.
    """

    minutes: int
    unit: DurationFormat = DurationFormat.DAYS
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """Working time within one day: minutes after midnight, ``0 <= start < end <= 1440``."""

    start: int
    end: int


Shifts = tuple[Shift, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """An interruption: after ``work_before`` working minutes of the task, ``gap`` working minutes rest."""

    work_before: int
    gap: int


EIGHT_HOURS: Shifts = (Shift(480, 720), Shift(780, 1020))
STANDARD_WEEK: tuple[Shifts, ...] = (EIGHT_HOURS,) * 5 + ((), ())
