"""Where a moment lies on a Gantt chart's width, and what the two header rows say there.

Pixels count from 1970-01-01; a painter takes its own scroll position off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from babel.dates import format_date, format_skeleton

from app.domain.values import MINUTES_A_DAY, date_of, start_of
from app.text import tr
from app.views.gantt_shapes import Ints

Floats = npt.NDArray[np.float64]

NARROWEST, WIDEST = 0.1, 2880.0
HOURLY_FROM = 104.0
"""Pixels a day from which the clock is drawn as it is; below, the working day fills its cell."""
_USUAL_DAY, _SMALLEST_DAY = 24.0, 5.0
"""Between these a day's width is chosen when a plan is shown first."""


@dataclass(frozen=True, slots=True)
class TimeScale:
    """How wide a day is, and which hours of it are stretched over that width while it is narrow."""

    day_width: float = 24.0
    day_open: int = 480
    day_close: int = 1020

    @property
    def is_hourly(self) -> bool:
        """Whether days are wide enough for bars to stand at their hour instead of filling their days."""
        return self.day_width >= HOURLY_FROM

    def x(self, moment: int) -> float:
        """The place of a moment, in pixels."""
        if self.is_hourly:
            return moment / MINUTES_A_DAY * self.day_width
        day, minute = divmod(int(moment), MINUTES_A_DAY)
        part = (minute - self.day_open) / max(1, self.day_close - self.day_open)
        return (day + min(1.0, max(0.0, part))) * self.day_width

    def xs(self, moments: Ints) -> Floats:
        """The places of many moments."""
        if self.is_hourly:
            return np.asarray(moments / MINUTES_A_DAY * self.day_width)
        day, minute = np.divmod(moments, MINUTES_A_DAY)
        part = (minute - self.day_open) / max(1, self.day_close - self.day_open)
        return np.asarray((day + part.clip(0.0, 1.0)) * self.day_width)

    def moment(self, x: float) -> int:
        """The moment at a place; in narrow days it lies in the working hours."""
        days = x / self.day_width
        if self.is_hourly:
            return round(days * MINUTES_A_DAY)
        day = int(days // 1)
        return day * MINUTES_A_DAY + self.day_open + round((days - day) * (self.day_close - self.day_open))

    def zoomed(self, factor: float) -> TimeScale:
        """The scale so many times wider, within what can be read."""
        wanted = min(WIDEST, max(NARROWEST, self.day_width * factor))
        return TimeScale(wanted, self.day_open, self.day_close)

    @property
    def step(self) -> int:
        """The minutes in which a drag moves at this zoom."""
        if not self.is_hourly:
            return MINUTES_A_DAY
        return 60 if self.day_width < 960 else 15

    def snapped_shift(self, pixels: float) -> int:
        """The minutes a drag over so many pixels means."""
        step = self.step
        return round(pixels / self.day_width * MINUTES_A_DAY / step) * step

    def snapped_finish(self, x: float) -> int:
        """The end of work that a right edge let go at this place means."""
        if self.is_hourly:
            return round(self.moment(x) / self.step) * self.step
        day = round(x / self.day_width - 0.001) - 1
        return day * MINUTES_A_DAY + self.day_close


class Unit(Enum):
    """What one cell of a header row is: its usual length in days, and how wide it must be."""

    HOUR = (1 / 24, 30)
    TWO_HOURS = (2 / 24, 30)
    SIX_HOURS = (6 / 24, 26)
    DAY = (1, 20)
    WEEK = (7, 30)
    MONTH = (30.4, 32)
    QUARTER = (91.3, 28)
    YEAR = (365.25, 36)
    DECADE = (3652.5, 0)


_OVER = {
    Unit.HOUR: Unit.DAY,
    Unit.TWO_HOURS: Unit.DAY,
    Unit.SIX_HOURS: Unit.DAY,
    Unit.DAY: Unit.MONTH,
    Unit.WEEK: Unit.MONTH,
    Unit.MONTH: Unit.YEAR,
    Unit.QUARTER: Unit.YEAR,
    Unit.YEAR: Unit.DECADE,
    Unit.DECADE: Unit.DECADE,
}


def tiers(scale: TimeScale) -> tuple[Unit, Unit]:
    """The units of the upper and the lower header row at this zoom."""
    for unit in Unit:
        days, room = unit.value
        if days * scale.day_width >= room:
            return _OVER[unit], unit
    return Unit.DECADE, Unit.DECADE


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a header row: civil days (with fractions) since 1970, and its text."""

    first: float
    last: float
    text: str


@lru_cache(maxsize=32)
def cells(
    scale: TimeScale, unit: Unit, left: float, right: float, locale: str, week_start: int
) -> tuple[Cell, ...]:
    """The cells of a unit that meet the stretch from `left` to `right` pixels, in order."""
    first_day = left / scale.day_width
    last_day = right / scale.day_width
    if unit in (Unit.HOUR, Unit.TWO_HOURS, Unit.SIX_HOURS):
        return tuple(_hours(round(unit.value[0] * 24), first_day, last_day))
    begin = date_of(int(first_day // 1) * MINUTES_A_DAY)
    found: list[Cell] = []
    wide = unit.value[0] * scale.day_width
    for start, end in _periods(unit, begin, week_start):
        a, b = start_of(start) / MINUTES_A_DAY, start_of(end) / MINUTES_A_DAY
        if a > last_day:
            break
        found.append(Cell(a, b, _text(unit, start, wide, locale)))
    return tuple(found)


def _hours(step: int, first_day: float, last_day: float) -> list[Cell]:
    found: list[Cell] = []
    hour = int(first_day * 24 // step) * step
    while hour / 24 <= last_day:
        found.append(Cell(hour / 24, (hour + step) / 24, f"{hour % 24:02d}"))
        hour += step
    return found


def _periods(unit: Unit, day: date, week_start: int) -> Iterator[tuple[date, date]]:
    if unit in (Unit.DAY, Unit.WEEK):
        length = 7 if unit is Unit.WEEK else 1
        if unit is Unit.WEEK:
            day -= timedelta(days=(day.weekday() - week_start) % 7)
        while True:
            following = day + timedelta(days=length)
            yield day, following
            day = following
    months = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.YEAR: 12, Unit.DECADE: 120}[unit]
    count = (day.year * 12 + day.month - 1) // months * months
    while True:
        year, month = divmod(count, 12)
        after, after_month = divmod(count + months, 12)
        yield date(year, month + 1, 1), date(after, after_month + 1, 1)
        count += months


@lru_cache(maxsize=4096)
def _text(unit: Unit, start: date, wide: float, locale: str) -> str:
    if unit is Unit.DAY:
        if wide >= 200:
            return str(format_date(start, "full", locale=locale))
        if wide >= HOURLY_FROM:
            return str(format_skeleton("MMMEd", _noon(start), locale=locale))
        return str(format_date(start, "EEE d" if wide >= 46 else "d", locale=locale))
    if unit is Unit.WEEK:
        return str(format_date(start, "d", locale=locale))
    if unit is Unit.MONTH:
        if wide >= 129:
            # So wide only over a row of weeks or days, where no row above says the year.
            return str(format_skeleton("yMMMM", _noon(start), locale=locale))
        if wide >= 76:
            return str(format_date(start, "LLLL", locale=locale))
        return str(format_date(start, "LLL", locale=locale))
    if unit is Unit.QUARTER:
        return tr("Q{number}", number=(start.month + 2) // 3)
    if unit is Unit.YEAR:
        return str(start.year)
    return f"{start.year}–{start.year + 9}"


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12)


def scale_for(first: int, last: int, width: float, like: TimeScale) -> TimeScale:
    """The scale at which the stretch of time fills so many pixels."""
    days = max(1.0, (last - first) / MINUTES_A_DAY + 1)
    return TimeScale(like.day_width, like.day_open, like.day_close).zoomed(
        width / days / like.day_width if like.day_width else 1.0
    )


def first_scale(first: int, last: int, width: float, usual: TimeScale) -> TimeScale:
    """The scale for a first look at a plan: between weeks and days, with much of it in sight."""
    fitting = scale_for(first, last, width, usual).day_width
    return usual.zoomed(min(_USUAL_DAY, max(_SMALLEST_DAY, fitting)) / usual.day_width)
