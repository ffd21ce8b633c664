"""What people type into cells: smart dates, times, percentages, money and flags, read or refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from babel.numbers import get_currency_precision, get_currency_symbol, list_currencies

from app.domain.errors import Refusal
from app.domain.numerals import locale_of, parse_number, rounded
from app.domain.values import MINUTES_A_DAY, Moment, Shift, Shifts, date_of, moment_of, start_of
from app.text import tr

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(?:^|[\sT,])(\d{1,2})(?::(\d{2})(?::\d{2})?)?\s*([ap]m)?$", re.IGNORECASE)
_STEP = re.compile(r"([+-])\s*(\d{1,5})\s*(d|w|mo|m|y)?")
_NUMBERS = re.compile(r"(\d{1,4})\s*[./\- ]\s*(\d{1,2})(?:\s*[./\- ]\s*(\d{1,4})?)?\.?")
EARLIEST, LATEST = date(1984, 1, 1), date(2149, 12, 31)
"""The first and last day a plan may name, as in Microsoft Project."""


def parse_moment(text: str, now: int, at_minute: int = 480, locale: str = "en_GB") -> Moment:
    """The moment somebody typed; without a time it is ``at_minute`` after midnight.

    Read are ISO dates, dates in the language's own order, ``15 mar`` (the nearest such day to
    ``now``), ``today``, ``tomorrow``, ``+5`` or ``-2w`` from today (calendar days), ``mon`` (today
    or later), ``next mon`` (later), each with an optional time such as ``14:30`` or ``2pm``.

    Raises:
        Refusal: not a date, or outside 1984 to 2149.
    """
    plain = " ".join(text.replace("\u2212", "-").split()).casefold()
    if plain in ("now", "jetzt"):
        return Moment(now)
    words, minute = _without_time(plain, at_minute)
    day = _day(words, date_of(now), locale)
    if day is None:
        raise Refusal(
            tr(
                "“{text}” is not a date; type one such as 2027-03-15, 15 mar, today, +5 or next mon.",
                text=text.strip(),
            )
        )
    if not EARLIEST <= day <= LATEST:
        raise Refusal(tr("Dates lie between 1984 and 2149; {day} does not.", day=day.isoformat()))
    return Moment(start_of(day) + minute)


def parse_day(text: str, now: int, locale: str = "en_GB") -> date:
    """The civil date somebody typed, read as ``parse_moment`` does.

    Raises:
        Refusal: not a date.
    """
    return date_of(parse_moment(text, now, 0, locale))


def _without_time(plain: str, at_minute: int) -> tuple[str, int]:
    match = _TIME.search(plain)
    if match is None or (match[2] is None and match[3] is None):
        return plain, at_minute
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        hour = hour % 12 + (12 if match[3].casefold() == "pm" else 0)
    if hour > 24 or minute > 59 or hour * 60 + minute > MINUTES_A_DAY:
        raise Refusal(tr("{hour}:{minute:02d} is not a time of day.", hour=hour, minute=minute))
    return plain[: match.start()].rstrip(" ,t") or "today", hour * 60 + minute


def _day(words: str, today: date, locale: str) -> date | None:
    near = {"today": 0, "heute": 0, "tomorrow": 1, "morgen": 1, "yesterday": -1, "gestern": -1}
    if words in near:
        return today + timedelta(days=near[words])
    if step := _STEP.fullmatch(words):
        return _stepped(today, int(step[1] + step[2]), step[3] or "d")
    if found := _ISO.fullmatch(words):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(words):
        return _numbers(found, today, locale)
    return _weekday(words, today, locale) or _named_month(words, today, locale)


def _stepped(today: date, count: int, unit: str) -> date | None:
    if unit in ("d", "w"):
        try:
            return today + timedelta(days=count * (7 if unit == "w" else 1))
        except OverflowError:
            return None
    months = today.year * 12 + today.month - 1 + count * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    for day in range(today.day, 27, -1):
        if found := _date(year, month + 1, day):
            return found
    return _date(year, month + 1, today.day)


def _weekday(words: str, today: date, locale: str) -> date | None:
    *before, name = words.split(" ")
    number = _weekdays(locale).get(name.rstrip("."))
    ahead = {"next": 1, "nächsten": 1, "last": -7, "letzten": -7, "this": 0}
    if number is None or len(before) > 1 or (before and before[0] not in ahead):
        return None
    after = ahead[before[0]] if before else 0
    first = today + timedelta(days=after)
    return first + timedelta(days=(number - first.weekday()) % 7)


def _named_month(words: str, today: date, locale: str) -> date | None:
    plain = re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", words)
    parts = [part for part in re.split(r"[\s.,\-/]+|(?<=\d)(?=[^\W\d])", plain) if part]
    months = _months(locale)
    named = [place for place, part in enumerate(parts) if part in months]
    if len(named) != 1 or not 1 < len(parts) < 4:
        return None
    month = months[parts.pop(named[0])]
    if not all(part.isdecimal() for part in parts):
        return None
    if len(parts) == 1:
        return _nearest(month, int(parts[0]), today)
    day, year = (parts[1], parts[0]) if len(parts[0]) == 4 else (parts[0], parts[1])
    return _date(_year(year), month, int(day))


def _numbers(found: re.Match[str], today: date, locale: str) -> date | None:
    first, second, third = found[1], found[2], found[3]
    if len(first) == 4:
        return _date(int(first), int(second), int(third)) if third else None
    order = _order(locale)
    if third is None:
        month, day = (first, second) if order.index("m") < order.index("d") else (second, first)
        return _nearest(int(month), int(day), today)
    by = dict(zip(order if order[0] != "y" else "dmy", (first, second, third), strict=True))
    return _date(_year(by["y"]), int(by["m"]), int(by["d"]))


def _nearest(month: int, day: int, today: date) -> date | None:
    found = [_date(year, month, day) for year in (today.year - 1, today.year, today.year + 1)]
    return min((each for each in found if each), key=lambda each: abs((each - today).days), default=None)


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) <= 2 else int(text)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=32)
def _months(locale: str) -> dict[str, int]:
    return _names(locale, "months", 0)


@lru_cache(maxsize=32)
def _weekdays(locale: str) -> dict[str, int]:
    return _names(locale, "days", 0)


def _names(locale: str, kind: str, first: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for language in (locale_of("en"), locale_of(locale)):
        for context in ("format", "stand-alone"):
            for width in ("abbreviated", "wide"):
                words = getattr(language, kind).get(context, {}).get(width, {})
                for number, name in words.items():
                    found[name.casefold().rstrip(".")] = number + first
                    found.setdefault(name.casefold()[:3], number + first)
    return found


@lru_cache(maxsize=32)
def _order(locale: str) -> str:
    pattern = locale_of(locale).date_formats["short"].pattern
    letters = [letter for letter in pattern.casefold() if letter in "dmy"]
    return "".join(dict.fromkeys(letters))


def parse_time(text: str) -> int:
    """Minutes after midnight of a time such as ``8:30``, ``17`` or ``2pm``.

    Raises:
        Refusal: not a time of day.
    """
    plain = text.strip()
    plain = f"{plain}:00" if plain.isdecimal() else plain
    words, minute = _without_time(plain.casefold(), -1)
    if minute < 0 or words != "today":
        raise Refusal(tr("“{text}” is not a time of day; type one such as 8:30.", text=text.strip()))
    return minute


def parse_shifts(text: str) -> Shifts:
    """Working hours of a day, such as ``08:00–12:00, 13:00–17:00``; none for a day that is not worked.

    Raises:
        Refusal: not such hours.
    """
    plain = re.sub(r"\s*[-\u2013\u2014]\s*", "-", text.strip())
    if plain.casefold() in ("", "-", tr("not working").casefold()):
        return ()
    found: list[Shift] = []
    for part in re.split(r"[\s,;]+", plain):
        start, dash, end = part.partition("-")
        if not dash:
            raise Refusal(tr("Hours are written 8:00-12:00 13:00-17:00."))
        shift = parse_time(start), MINUTES_A_DAY if end in ("24", "24:00") else parse_time(end)
        if shift[0] >= shift[1]:
            raise Refusal(tr("Working hours lie within one day, from earlier to later."))
        found.append(Shift(*shift))
    return tuple(found)


def parse_percent(text: str, locale: str = "en_GB") -> int:
    """The whole percentage somebody typed, with or without its sign, from 0 to 100.

    Raises:
        Refusal: not a number, or outside.
    """
    value = rounded(parse_number(text.strip().removesuffix("%"), locale))
    if not 0 <= value <= 100:
        raise Refusal(tr("A percentage lies between 0 and 100."))
    return value


def parse_money(text: str, currency: str = "EUR", locale: str = "en_GB") -> int:
    """Minor units of an amount such as ``1,250.50``, ``1.2m`` or ``€ 300``; brackets are a minus.

    Raises:
        Refusal: not an amount, or one of another currency.
    """
    plain = _without_currency(text.strip(), currency, locale)
    bracketed = plain.startswith("(") and plain.endswith(")")
    plain = plain[1:-1] if bracketed else plain
    factor = Decimal(1)
    if plain[-1:].casefold() in ("k", "m"):
        factor = Decimal(1000) if plain[-1].casefold() == "k" else Decimal(1_000_000)
        plain = plain[:-1]
    try:
        amount = parse_number(plain, locale) * factor
    except Refusal as no:
        raise Refusal(tr("“{text}” is not an amount of money.", text=text.strip())) from no
    minor = rounded(amount * 10 ** digits_of(currency))
    return -minor if bracketed else minor


def _without_currency(text: str, currency: str, locale: str) -> str:
    """The amount without its currency's own code or sign.

    Raises:
        Refusal: it names another currency.
    """
    own = {get_currency_symbol(currency, each) for each in (locale_of(locale), "en_US")}
    signs = {sign for symbol in own for sign in symbol if unicodedata.category(sign) == "Sc"}
    plain = text
    for word in sorted({currency, *own, *signs}, key=len, reverse=True):
        plain = re.sub(rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])", "", plain, flags=re.IGNORECASE)
    codes = {word.upper() for word in re.findall(r"[^\W\d_]{3,}", plain)} & list_currencies()
    if codes or any(unicodedata.category(sign) == "Sc" for sign in plain):
        raise Refusal(
            tr("“{text}” is not in {currency}, in which money is counted here.", text=text, currency=currency)
        )
    return plain.strip()


def digits_of(currency: str) -> int:
    """How many decimals a currency has (EUR 2, JPY 0, KWD 3); 2 for one that is not known."""
    return get_currency_precision(currency)


def parse_flag(text: str) -> bool:
    """Yes or no, as people say it.

    Raises:
        Refusal: neither.
    """
    plain = text.strip().casefold()
    if plain in {
        "yes",
        "y",
        "true",
        "1",
        "x",
        "on",
        "ja",
        "j",
        "wahr",
        "oui",
        "si",
        "sí",
        "✓",
        tr("yes").casefold(),
    }:
        return True
    if plain in {"", "no", "n", "false", "0", "off", "nein", "falsch", "non", "–", "-", tr("no").casefold()}:
        return False
    raise Refusal(tr("“{text}” is neither yes nor no.", text=text.strip()))


def moment_from_iso(text: str) -> Moment:
    """The moment of an ISO date or date and time.

    Raises:
        Refusal: not such a text.
    """
    try:
        return moment_of(datetime.fromisoformat(text.strip()))
    except ValueError as no:
        raise Refusal(
            tr("“{text}” is not a date such as 2027-03-15 or 2027-03-15T08:00.", text=text.strip())
        ) from no
