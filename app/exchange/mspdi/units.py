"""The units of Microsoft Project XML and ours, both ways.

Sources: Microsoft Office Project 2007 XML Data Interchange Schema (mspdi_pj12) and files saved by
Project 2003 to 2019. Lags, slack and delays are tenths of a minute; durations are ``PT8H0M0S``;
costs are hundredths of the currency unit; rates are currency units per hour whatever unit they are
shown in; accrual is 1 start, 2 end, 3 prorated (as Project writes it; the schema's text differs).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from babel.numbers import get_currency_precision

from app.domain.durations import LONGEST
from app.domain.people import AccrueAt, ResourceType
from app.domain.portfolio import TaskType
from app.domain.values import EPOCH, DurationFormat, Moment, datetime_of, moment_of
from app.domain.work import ConstraintType, FixedCostAccrual, LinkType

FORMAT_OF_NUMBER: dict[int, DurationFormat] = {
    3: DurationFormat.MINUTES,
    4: DurationFormat.ELAPSED_MINUTES,
    5: DurationFormat.HOURS,
    6: DurationFormat.ELAPSED_HOURS,
    7: DurationFormat.DAYS,
    8: DurationFormat.ELAPSED_DAYS,
    9: DurationFormat.WEEKS,
    10: DurationFormat.ELAPSED_WEEKS,
    11: DurationFormat.MONTHS,
    12: DurationFormat.ELAPSED_MONTHS,
    19: DurationFormat.PERCENT,
    20: DurationFormat.ELAPSED_PERCENT,
}
NUMBER_OF_FORMAT = {unit: number for number, unit in FORMAT_OF_NUMBER.items()}
ESTIMATED = 32
"""Added to a duration format's number for a question mark."""

RATE_FORMATS: dict[int, DurationFormat] = {
    1: DurationFormat.MINUTES,
    2: DurationFormat.HOURS,
    3: DurationFormat.DAYS,
    4: DurationFormat.WEEKS,
    5: DurationFormat.MONTHS,
}
YEAR_RATE = 7
MATERIAL_RATE = 8
NUMBER_OF_RATE_FORMAT = {unit: number for number, unit in RATE_FORMATS.items()}

TASK_TYPES = (TaskType.FIXED_UNITS, TaskType.FIXED_DURATION, TaskType.FIXED_WORK)
LINK_TYPES = (LinkType.FF, LinkType.FS, LinkType.SF, LinkType.SS)
CONSTRAINTS = (
    ConstraintType.ASAP,
    ConstraintType.ALAP,
    ConstraintType.MSO,
    ConstraintType.MFO,
    ConstraintType.SNET,
    ConstraintType.SNLT,
    ConstraintType.FNET,
    ConstraintType.FNLT,
)
ACCRUALS = {1: AccrueAt.START, 2: AccrueAt.END, 3: AccrueAt.PRORATED}
FIXED_COST_ACCRUALS = {1: FixedCostAccrual.START, 2: FixedCostAccrual.END, 3: FixedCostAccrual.PRORATED}
RESOURCE_TYPES = {0: ResourceType.MATERIAL, 1: ResourceType.WORK, 2: ResourceType.COST}

FIRST_YEAR, LAST_YEAR = 1900, 2199
OPEN_START = moment_of(datetime(1984, 1, 1))
OPEN_FINISH_DAY = datetime(2049, 12, 31)
"""Project writes an open end of rates and availability as these two dates."""

MAX_NUMBER = 10**15
MAX_MINUTES = 2 * LONGEST
"""Nothing is planned longer than a hundred years; work of several people may be more."""
_SPAN = re.compile(
    r"(?P<sign>-)?P(?:(?P<days>\d{1,9}(?:\.\d{1,9})?)D)?"
    r"(?:T(?:(?P<hours>\d{1,12}(?:\.\d{1,9})?)H)?(?:(?P<minutes>\d{1,12}(?:\.\d{1,9})?)M)?"
    r"(?:(?P<seconds>\d{1,12}(?:\.\d{1,9})?)S)?)?\Z"
)
_PARTS = (("days", 1440.0), ("hours", 60.0), ("minutes", 1.0), ("seconds", 1 / 60))


def minutes_of(text: str) -> int:
    """Whole minutes of ``PT8H30M0S``, the nearest where seconds are given.

    Raises:
        ValueError: not such a text.
    """
    found = _SPAN.match(text.strip())
    if found is None or text.strip() in ("P", "PT", "-P"):
        raise ValueError(text)
    total = sum(float(part) * worth for name, worth in _PARTS if (part := found[name]))
    whole = int(total + 0.5)
    if whole > MAX_MINUTES:
        raise ValueError(text)
    return -whole if found["sign"] else whole


def span_text(minutes: int) -> str:
    """``PT8H30M0S`` of minutes."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else ''}PT{hours}H{rest}M0S"


def moment_of_text(text: str) -> Moment | None:
    """The moment of ``2027-01-04T08:00:00``; ``None`` for ``NA`` and for nothing at all.

    Raises:
        ValueError: no date and time between 1900 and 2199.
    """
    plain = text.strip()
    if plain in ("", "NA", "N/A"):
        return None
    found = datetime.fromisoformat(plain).replace(tzinfo=None)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(text)
    return moment_of(found)


def moment_text(value: int) -> str:
    """``2027-01-04T08:00:00`` of a moment."""
    return datetime_of(value).isoformat(timespec="seconds")


def day_minute_of(text: str) -> int:
    """Minutes after midnight of ``08:00:00`` (or of a whole date and time).

    Raises:
        ValueError: not a time of day.
    """
    plain = text.strip().rpartition("T")[2]
    hours, minutes = plain.split(":")[:2]
    value = int(hours) * 60 + int(minutes)
    if not 0 <= value <= 1440:
        raise ValueError(text)
    return value


def day_minute_text(minute: int) -> str:
    """``08:00:00`` of minutes after midnight; the day's end is ``00:00:00``."""
    return (EPOCH + timedelta(minutes=minute % 1440)).strftime("%H:%M:%S")


def decimal_of(text: str) -> Decimal:
    """The number a text holds.

    Raises:
        ValueError: not a number, or one beyond a thousand million million.
    """
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite() or abs(value) > MAX_NUMBER:
        raise ValueError(text)
    return value


def rounded(value: Decimal) -> int:
    """The nearest whole number, halves away from zero."""
    return int(value.to_integral_value(ROUND_HALF_UP))


def number_text(value: Decimal | float | int) -> str:
    """A plain decimal text without an exponent or trailing zeros."""
    text = format(value if isinstance(value, Decimal) else Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def currency_digits(currency: str) -> int:
    """Digits after the point of a currency (ISO 4217 as Babel knows it)."""
    return get_currency_precision(currency)


def minor_of_hundredths(text: str, digits: int) -> int:
    """Minor units of a cost written in hundredths.

    Raises:
        ValueError: not a number.
    """
    return rounded(decimal_of(text).scaleb(digits - 2))


def hundredths_text(minor: int, digits: int) -> str:
    """A cost in minor units, written in hundredths."""
    return number_text(Decimal(minor).scaleb(2 - digits))


def unit_minutes(unit: DurationFormat, per_day: int, per_week: int, days_per_month: int) -> int:
    """Working minutes of one unit (round-the-clock minutes of an elapsed one)."""
    return {
        DurationFormat.MINUTES: 1,
        DurationFormat.HOURS: 60,
        DurationFormat.DAYS: per_day,
        DurationFormat.WEEKS: per_week,
        DurationFormat.MONTHS: per_day * days_per_month,
        DurationFormat.ELAPSED_MINUTES: 1,
        DurationFormat.ELAPSED_HOURS: 60,
        DurationFormat.ELAPSED_DAYS: 1440,
        DurationFormat.ELAPSED_WEEKS: 10080,
        DurationFormat.ELAPSED_MONTHS: 43200,
        DurationFormat.PERCENT: 1,
        DurationFormat.ELAPSED_PERCENT: 1,
    }[unit]
