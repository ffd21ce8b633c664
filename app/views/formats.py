"""How dates, lengths, figures and money read; fast, because whole columns pass through here."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from babel.dates import format_date, get_day_names, get_month_names
from babel.numbers import format_decimal, format_percent, get_currency_precision

from app.domain.durations import Measure, format_span
from app.domain.numerals import locale_of
from app.domain.values import DurationFormat, Span, date_of, datetime_of
from app.text import tr

NOTHING = ""
"""What a cell shows where there is nothing to say."""

NONE = "–"
"""What a key figure shows where there is nothing."""

MINUS = "\u2212"


@lru_cache(maxsize=65536)
def _day_text(day: int, locale: str) -> str:
    return format_date(date_of(day * 1440), "medium", locale=locale_of(locale))


def date_text(moment: int, locale: str) -> str:
    """``12 Mar 2027`` as the language writes it."""
    return _day_text(moment // 1440, locale)


def day_text(day: date, locale: str) -> str:
    """A civil date as the language writes it."""
    return format_date(day, "medium", locale=locale_of(locale))


def weekday_text(day: date, locale: str) -> str:
    """``Fri 12 Mar 2027``: a civil date with its weekday, for hints and lists of days."""
    weekday = get_day_names("abbreviated", locale=locale_of(locale))[day.weekday()]
    return f"{weekday} {day_text(day, locale)}"


def weekday_names(locale: str, *, is_short: bool = False) -> tuple[str, ...]:
    """The seven days' names from Monday on."""
    names = get_day_names("abbreviated" if is_short else "wide", locale=locale_of(locale))
    return tuple(str(names[day]) for day in range(7))


def month_names(locale: str, *, is_short: bool = False) -> tuple[str, ...]:
    """The twelve months' names as they stand alone, from January on."""
    width: Literal["abbreviated", "wide"] = "abbreviated" if is_short else "wide"
    names = get_month_names(width, context="stand-alone", locale=locale_of(locale))
    return tuple(str(names[month]) for month in range(1, 13))


@lru_cache(maxsize=32768)
def moment_text(moment: int, locale: str) -> str:
    """``Fri 12 Mar 2027, 17:00``: weekday, date and time, for hints and explanations."""
    when = datetime_of(moment)
    weekday = get_day_names("abbreviated", locale=locale_of(locale))[when.weekday()]
    return f"{weekday} {date_text(moment, locale)}, {time_text(when)}"


def when_text(moment: int, locale: str, *, is_timed: bool) -> str:
    """A moment with its weekday, and with its time where hours matter."""
    return moment_text(moment, locale) if is_timed else weekday_text(date_of(moment), locale)


def clock_text(minute: int) -> str:
    """A time of day: ``08:00``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def time_text(when: datetime) -> str:
    """The time of day of a moment of the clock: ``08:00``."""
    return clock_text(when.hour * 60 + when.minute)


def size_text(size: int, locale: str) -> str:
    """How much room a file takes: ``412 kB``, ``1.3 MB``; a thousand bytes are a kilobyte."""
    kilobytes = max(1, round(size / 1000))
    if kilobytes < 1000:
        return tr("{count} kB", count=kilobytes)
    return tr(
        "{count} MB", count=format_decimal(size / 1_000_000, format="#,##0.#", locale=locale_of(locale))
    )


def stamp_text(when: datetime, locale: str) -> str:
    """A date and time of the clock: the date as everywhere else, and the time."""
    return f"{day_text(when.date(), locale)}, {time_text(when)}"


def span_text(
    minutes: int, unit: DurationFormat, measure: Measure, locale: str, *, estimated: bool = False
) -> str:
    """A length as people type it, with a true minus sign."""
    return signed(format_span(Span(minutes, unit, estimated), measure, locale))


@lru_cache(maxsize=32768)
def days_text(minutes: int, measure: Measure, locale: str) -> str:
    """Working minutes in days, rounded to hundredths: for what is worked out and never typed."""
    rounded = round(minutes / measure.minutes_per_day, 2)
    return signed(f"{number_text(rounded, locale)}d")


@lru_cache(maxsize=32768)
def hours_text(minutes: int, locale: str) -> str:
    """Work in hours, rounded to hundredths."""
    return signed(f"{number_text(round(minutes / 60, 2), locale)}h")


@lru_cache(maxsize=8192)
def number_text(value: float, locale: str) -> str:
    """A figure with the language's marks and as few decimals as it needs, two at most."""
    return signed(format_decimal(value, format="#,##0.##", locale=locale_of(locale)))


@lru_cache(maxsize=512)
def percent_text(value: int, locale: str) -> str:
    """``45%`` or, where the language writes it so, ``45 %``."""
    return signed(format_percent(value / 100, locale=locale_of(locale)))


@lru_cache(maxsize=8192)
def money_text(minor: int, currency: str, locale: str, *, exact: bool = False) -> str:
    """An amount without its currency; with minor units only where ``exact`` asks for them."""
    digits = currency_digits(currency)
    amount = Decimal(minor).scaleb(-digits)
    pattern = "#,##0." + "0" * digits if exact and digits else "#,##0"
    return signed(format_decimal(amount, format=pattern, locale=locale_of(locale)))


@lru_cache(maxsize=256)
def currency_digits(currency: str) -> int:
    """How many digits a currency's minor unit has (JPY 0, KWD 3)."""
    return get_currency_precision(currency) if currency else 2


def signed(text: str) -> str:
    """The text with a true minus sign in place of a hyphen."""
    return text.replace("-", MINUS) if "-" in text else text
