"""The fields of one element, read into values; what cannot be read becomes a finding, never a crash."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar
from xml.etree.ElementTree import Element

from app.domain.errors import Problem, Severity
from app.domain.rules.texts import LONGEST, without_unseen
from app.domain.values import DurationFormat, Moment
from app.exchange.mspdi.units import (
    ESTIMATED,
    FORMAT_OF_NUMBER,
    MAX_MINUTES,
    MAX_NUMBER,
    decimal_of,
    minor_of_hundredths,
    minutes_of,
    moment_of_text,
    rounded,
)
from app.text import tr

T = TypeVar("T")


class Fields:
    """The simple children of an element by tag. ``place`` names the element to a reader."""

    __slots__ = ("element", "place", "problems", "values")

    def __init__(self, element: Element, place: str, problems: list[Problem]) -> None:
        self.element = element
        self.place = place
        self.problems = problems
        self.values: dict[str, str] = {
            child.tag: child.text for child in element if child.text is not None and not len(child)
        }

    def has(self, name: str) -> bool:
        """Whether the field is there with anything in it."""
        return bool(self.values.get(name, "").strip())

    def warn(self, sentence: str) -> None:
        """Tell a finding at this place."""
        self.problems.append(Problem(Severity.WARNING, self.place, sentence))

    def note(self, sentence: str) -> None:
        """Note what had to be settled at this place, though nothing is wrong there."""
        self.problems.append(Problem(Severity.NOTE, self.place, sentence))

    def text(self, name: str) -> str:
        """The words of a field, without characters that no sheet or file can hold."""
        found = self.values.get(name, "")
        seen = without_unseen(found)
        if len(seen) < len(found):
            self.warn(tr("{field} had characters that cannot be seen; they were left out.", field=name))
            found = seen
        if len(found) > LONGEST:
            self.warn(tr("{field} is longer than 32,000 characters and was cut.", field=name))
            found = found[:LONGEST]
        return found.replace("\r\n", "\n").replace("\r", "\n")

    def line(self, name: str) -> str:
        """The words of a field that has one line."""
        return " ".join(self.text(name).split())

    def read(self, name: str, parse: Callable[[str], T], otherwise: T) -> T:
        """What ``parse`` makes of a field; ``otherwise`` where it is missing or cannot be read."""
        found = self.values.get(name)
        if found is None or not found.strip():
            return otherwise
        try:
            return parse(found)
        except (ValueError, OverflowError):
            self.warn(
                tr("{field} cannot be read ({value}); it was left out.", field=name, value=found.strip()[:40])
            )
            return otherwise

    def integer(self, name: str, otherwise: int = 0) -> int:
        """A whole number; a fraction is rounded."""
        return self.read(name, lambda text: rounded(decimal_of(text)), otherwise)

    def optional_integer(self, name: str) -> int | None:
        """A whole number, or ``None`` where there is none."""
        return self.read(name, lambda text: rounded(decimal_of(text)), None)

    def decimal(self, name: str, otherwise: Decimal) -> Decimal:
        """A number."""
        return self.read(name, decimal_of, otherwise)

    def flag(self, name: str, otherwise: bool = False) -> bool:
        """A yes or no, written 1 or 0, true or false."""
        return self.read(name, _flag_of, otherwise)

    def moment(self, name: str) -> Moment | None:
        """A date and time, or ``None`` where there is none."""
        return self.read(name, moment_of_text, None)

    def minutes(self, name: str, otherwise: int = 0) -> int:
        """Minutes of a duration."""
        return self.read(name, minutes_of, otherwise)

    def optional_minutes(self, name: str) -> int | None:
        """Minutes of a duration, or ``None`` where there is none."""
        return self.read(name, minutes_of, None)

    def tenths(self, name: str) -> int:
        """Minutes of a field written in tenths of a minute."""
        return self.read(name, _tenths_of, 0)

    def optional_tenths(self, name: str) -> int | None:
        """Minutes of a field written in tenths of a minute, or ``None`` where there is none."""
        return self.read(name, _tenths_of, None)

    def money(self, name: str, digits: int) -> int:
        """Minor units of a cost."""
        return self.read(name, lambda text: minor_of_hundredths(text, digits), 0)

    def optional_money(self, name: str, digits: int) -> int | None:
        """Minor units of a cost, or ``None`` where there is none."""
        return self.read(name, lambda text: minor_of_hundredths(text, digits), None)

    def unit(self, name: str) -> tuple[DurationFormat, bool]:
        """A duration format and whether it carries a question mark; days where none is said."""
        number = self.integer(name, 7)
        is_estimated = bool(number & ESTIMATED)
        return FORMAT_OF_NUMBER.get(number & ~ESTIMATED, DurationFormat.DAYS), is_estimated

    def choice(self, name: str, choices: Mapping[int, T], otherwise: T) -> T:
        """The member a number stands for."""
        number = self.optional_integer(name)
        if number is None:
            return otherwise
        if number not in choices:
            self.warn(tr("{field} has the unknown value {value}.", field=name, value=number))
            return otherwise
        return choices[number]

    def uid(self, name: str = "UID") -> int | None:
        """A unique number of the plan, or ``None`` where it is missing or no number."""
        number = self.optional_integer(name)
        return number if number is not None and abs(number) < MAX_NUMBER else None


def _flag_of(text: str) -> bool:
    word = text.strip().lower()
    if word in ("1", "true", "yes", "-1"):
        return True
    if word in ("0", "false", "no"):
        return False
    raise ValueError(text)


def _tenths_of(text: str) -> int:
    minutes = rounded(decimal_of(text) / 10)
    if abs(minutes) > MAX_MINUTES:
        raise ValueError(text)
    return minutes
