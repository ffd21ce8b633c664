"""Durations, lags and predecessors as people type them: ``4h``, ``0,5d``, ``1w 2d``, ``3FS+2d;5SS-50%``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NoReturn

from app.domain.errors import Refusal
from app.domain.numerals import marks_of, parse_number, rounded, written
from app.domain.portfolio import Project
from app.domain.values import DurationFormat, Span
from app.domain.work import LinkType
from app.text import tr

NO_LAG = Span(0)
LONGEST = 52_560_000
"""Minutes in a hundred years: nothing is planned longer than that."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How many working minutes a project's day and week have, and how many days its month."""

    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20

    def minutes(self, unit: DurationFormat) -> int:
        """The minutes of one such unit; 1 for a percent, which is counted in itself."""
        if unit.is_elapsed or unit is DurationFormat.MINUTES or unit.is_percent:
            return _FIXED[unit]
        if unit is DurationFormat.HOURS:
            return 60
        if unit is DurationFormat.DAYS:
            return self.minutes_per_day
        if unit is DurationFormat.WEEKS:
            return self.minutes_per_week
        return self.minutes_per_day * self.days_per_month


_FIXED = {
    DurationFormat.MINUTES: 1,
    DurationFormat.ELAPSED_MINUTES: 1,
    DurationFormat.ELAPSED_HOURS: 60,
    DurationFormat.ELAPSED_DAYS: 1440,
    DurationFormat.ELAPSED_WEEKS: 10080,
    DurationFormat.ELAPSED_MONTHS: 43200,
    DurationFormat.PERCENT: 1,
    DurationFormat.ELAPSED_PERCENT: 1,
}

STANDARD = Measure()

_WORDS: dict[str, tuple[str, ...]] = {
    "m": ("m", "min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours", "std"),
    "d": ("d", "dy", "dys", "day", "days", "t", "tag", "tage"),
    "w": ("w", "wk", "wks", "week", "weeks", "woche", "wochen"),
    "mo": ("mo", "mon", "mons", "month", "months", "monat", "monate"),
    "%": ("%",),
}
_UNITS: dict[str, DurationFormat] = {
    prefix + word: DurationFormat(prefix + unit)
    for unit, words in _WORDS.items()
    for word in words
    for prefix in ("", "e")
}
_PART = re.compile(r"(\d[\d.,\u00a0\u202f']*|[.,]\d+)\s*([^\W\d_]+|e?%)?\s*")


def measure_of(project: Project) -> Measure:
    """The measures a project was planned with."""
    return Measure(project.minutes_per_day, project.minutes_per_week, project.days_per_month)


@lru_cache(maxsize=8192)
def parse_span(text: str, measure: Measure = STANDARD, locale: str = "en_GB") -> Span:
    """The length of time somebody typed; without a unit it is days, several parts add up.

    A sum is kept in the unit of its last part (``1w 2d`` is 7 days). ``?`` means estimated.

    Raises:
        Refusal: not a duration, negative, a percentage, mixed working and elapsed, or over a century.
    """
    return _span(text, measure, locale, lag=False)


@lru_cache(maxsize=8192)
def parse_lag(text: str, measure: Measure = STANDARD, locale: str = "en_GB") -> Span:
    """The lag somebody typed, negative for a lead; ``50%`` and ``50e%`` are of the predecessor's duration.

    Raises:
        Refusal: not a lag.
    """
    return _span(text, measure, locale, lag=True)


def _span(text: str, measure: Measure, locale: str, *, lag: bool) -> Span:
    plain = text.strip().casefold().replace("\u2212", "-")
    estimated = plain.endswith("?")
    plain = plain.removesuffix("?").strip()
    sign = 1
    if lag and plain[:1] in ("+", "-"):
        sign = -1 if plain[0] == "-" else 1
        plain = plain[1:].lstrip()
    parts = _parts(plain, text, locale)
    if len({unit.is_elapsed for _, unit in parts}) > 1 or (
        len(parts) > 1 and any(unit.is_percent for _, unit in parts)
    ):
        raise Refusal(tr("“{text}” mixes working and elapsed time; keep to one of them.", text=text.strip()))
    unit = parts[-1][1]
    if unit.is_percent and not lag:
        raise Refusal(tr("A duration is a length of time such as 3d or 4h; a percentage is a lag."))
    exact = sum((amount * measure.minutes(each) for amount, each in parts), Fraction(0))
    if exact > LONGEST:
        raise Refusal(tr("“{text}” is longer than a hundred years.", text=text.strip()))
    if unit.is_percent and exact.denominator != 1:
        raise Refusal(tr("A lag in percent is a whole number, such as 50%."))
    return Span(sign * rounded(exact), unit, estimated and not lag)


def _parts(plain: str, text: str, locale: str) -> list[tuple[Fraction, DurationFormat]]:
    found: list[tuple[Fraction, DurationFormat]] = []
    bare = place = 0
    while place < len(plain):
        match = _PART.match(plain, place)
        if match is None:
            _not_a_duration(text)
        number, word = match.groups()
        if word and word.startswith("e") and plain.startswith("%", match.end()):
            word, place = word + "%", match.end() + 1
        else:
            place = match.end()
        bare += not word
        unit = _UNITS.get(word) if word else DurationFormat.DAYS
        if unit is None:
            raise Refusal(
                tr(
                    "“{word}” is not a unit of time; m, h, d, w and mo are, and ed, eh … for elapsed.",
                    word=word,
                )
            )
        found.append((Fraction(parse_number(number, locale)), unit))
    if not found or (bare and len(found) > 1):
        _not_a_duration(text)
    return found


def _not_a_duration(text: str) -> NoReturn:
    raise Refusal(
        tr("“{text}” is not a length of time; type one such as 3d, 4h, 2w or 1mo.", text=text.strip())
    )


@lru_cache(maxsize=16384)
def format_span(span: Span, measure: Measure = STANDARD, locale: str = "en_GB") -> str:
    """The span in its own unit, with as few decimals as bring the same minutes back when typed again."""
    size = measure.minutes(span.unit)
    number = written(Fraction(span.minutes, size), size, locale)
    unit = "e%" if span.unit is DurationFormat.ELAPSED_PERCENT else span.unit.value
    return f"{number}{unit}{'?' if span.estimated else ''}"


def format_lag(lag: Span, measure: Measure = STANDARD, locale: str = "en_GB") -> str:
    """The lag with its sign, ``+2d`` or ``-50%``; nothing for none."""
    if not lag.minutes:
        return ""
    text = format_span(Span(lag.minutes, lag.unit), measure, locale)
    return text if lag.minutes < 0 else f"+{text}"


@dataclass(frozen=True, slots=True)
class TypedLink:
    """One predecessor as typed: a row number, ``uid:12``, an outline number or ``CODE/…``; type and lag."""

    reference: str
    type: LinkType = LinkType.FS
    lag: Span = NO_LAG


_LINK = re.compile(
    r"\s*(?P<reference>(?:[^;,/]+/)?(?:uid:)?\d+(?:\.\d+)*)"
    r"\s*(?P<type>FS|SS|FF|SF)?"
    r"\s*(?P<lag>[+\-\u2212]\s*(?:[^;,]|,(?=\d+\s*(?:e?%|(?!FS|SS|FF|SF)[a-z])))*)?\s*(?:[;,]|$)",
    re.IGNORECASE,
)
_LINK_WITH_DECIMAL_COMMA = re.compile(
    r"\s*(?P<reference>(?:[^;,/]+/)?(?:uid:)?\d+(?:\.\d+)*)"
    r"\s*(?P<type>FS|SS|FF|SF)?"
    r"\s*(?P<lag>[+\-\u2212]\s*(?:[^;,]|,(?=\d))*)?\s*(?:[;,]|$)",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def parse_links(text: str, measure: Measure = STANDARD, locale: str = "en_GB") -> tuple[TypedLink, ...]:
    """The predecessors somebody typed, as ``3FS+2d;5SS-50%;CODE/12``; finish-to-start where none is said.

    Raises:
        Refusal: a part cannot be read.
    """
    pattern = _LINK_WITH_DECIMAL_COMMA if marks_of(locale)[0] == "," else _LINK
    plain = text.strip().rstrip(";, ")
    found: list[TypedLink] = []
    place = 0
    while place < len(plain):
        match = pattern.match(plain, place)
        if match is None:
            rest = re.split(r"[;,]", plain[place:])[0].strip()
            raise Refusal(
                tr("“{text}” is not a link; type one such as 3, 3SS+2d or CODE/12FF-50%.", text=rest)
            )
        lag = parse_lag(match["lag"], measure, locale) if match["lag"] else Span(0)
        kind = LinkType((match["type"] or "FS").upper())
        found.append(TypedLink(match["reference"].strip(), kind, lag))
        place = match.end()
    return tuple(found)


def format_link(link: TypedLink, measure: Measure = STANDARD, locale: str = "en_GB") -> str:
    """The link as it is typed, shortest first: ``3``, ``3SS``, ``3FS+2d``."""
    lag = format_lag(link.lag, measure, locale)
    type = "" if link.type is LinkType.FS and not lag else link.type.value
    return f"{link.reference}{type}{lag}"
