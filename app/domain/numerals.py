"""Numbers as people type and read them: with the decimal mark and grouping of their language."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_decimal_symbol, get_group_symbol

from app.domain.errors import Refusal
from app.text import tr

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2019']+")
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})


@lru_cache(maxsize=64)
def locale_of(name: str) -> Locale:
    """The Babel locale of an identifier such as ``en_GB`` or ``de-DE``; an unknown one is English."""
    try:
        return Locale.parse(name.replace("-", "_"))
    except (ValueError, UnknownLocaleError, TypeError):
        return Locale("en", "GB")


@lru_cache(maxsize=64)
def marks_of(locale: str) -> tuple[str, str]:
    """The decimal mark and the grouping mark of a language."""
    found = locale_of(locale)
    return get_decimal_symbol(found), get_group_symbol(found)


@lru_cache(maxsize=4096)
def parse_number(text: str, locale: str = "en_GB") -> Decimal:
    """The number somebody typed, in their language's way or the plain one.

    The language's own decimal mark always is one; the other of ``.`` and ``,`` groups when every
    group has three digits, and is a decimal mark otherwise (``0.5`` is a half everywhere).

    Raises:
        Refusal: not a number.
    """
    plain = _SPACES.sub("", text.translate(_MINUS))
    decimal, _ = marks_of(locale)
    own = "," if decimal == "," else "."
    other = "." if own == "," else ","
    if plain.count(own) == 1 and other in plain.partition(own)[2]:
        own, other = other, own
    sign, digits = ("-", plain[1:]) if plain.startswith("-") else ("", plain.removeprefix("+"))
    whole, mark, rest = digits.partition(own)
    if other in whole:
        if re.fullmatch(r"\d{1,3}(" + re.escape(other) + r"\d{3})+", whole):
            whole = whole.replace(other, "")
        elif not mark and whole.count(other) == 1:
            whole, mark, rest = whole.partition(other)
    try:
        if not re.fullmatch(r"[0-9]*", whole + rest) or not whole + rest:
            raise InvalidOperation
        return Decimal(f"{sign}{whole or '0'}.{rest or '0'}")
    except InvalidOperation as no:
        raise Refusal(tr("“{text}” is not a number.", text=text.strip())) from no


def rounded(value: Fraction | Decimal) -> int:
    """The nearest whole number; a half goes away from zero, as people round."""
    exact = Fraction(value)
    doubled = abs(exact) * 2 + 1
    nearest = doubled.numerator // (2 * doubled.denominator)
    return -nearest if exact < 0 else nearest


@lru_cache(maxsize=8192)
def written(value: Fraction, step: int, locale: str = "en_GB") -> str:
    """``value`` with as few decimals as tell it apart from its neighbours ``1/step`` away.

    So what is written, read again and rounded to the step, is the same value.
    """
    target = rounded(value * step)
    for places in range(10):
        scaled = rounded(value * 10**places)
        if rounded(Fraction(scaled * step, 10**places)) == target:
            break
    sign = "-" if scaled < 0 else ""
    digits = f"{abs(scaled):0{places + 1}d}"
    whole, rest = (digits[:-places], digits[-places:]) if places else (digits, "")
    rest = rest.rstrip("0")
    return f"{sign}{whole}{marks_of(locale)[0]}{rest}" if rest else f"{sign}{whole}"
