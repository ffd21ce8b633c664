"""Order by fractional rank: between any two places there is always another, so a move changes one record.

A rank is a text of the digits ``0-9A-Za-z`` read as a fraction; texts compare as the places do.
No rank ends in the lowest digit, so there is always room before it.
"""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}


def rank_between(low: str | None, high: str | None) -> str:
    """A rank after ``low`` and before ``high``; ``None`` is the open end.

    Raises:
        ValueError: ``low`` is not before ``high``.
    """
    below, above = low or "", high
    if above is not None and below >= above:
        raise ValueError(f"No rank lies between {below!r} and {above!r}.")
    made: list[str] = []
    place = 0
    while True:
        floor = _VALUE[below[place]] if place < len(below) else 0
        ceiling = _VALUE[above[place]] if above is not None and place < len(above) else len(DIGITS)
        if ceiling - floor > 1:
            step = (floor + ceiling) // 2 if above is not None or low is None else floor + 1
            made.append(DIGITS[step])
            return "".join(made)
        made.append(DIGITS[floor])
        if ceiling != floor:
            above = None
        place += 1


def ranks_between(low: str | None, high: str | None, count: int) -> list[str]:
    """``count`` ranks in order, all after ``low`` and before ``high``, spread so that they stay short."""
    if count <= 0:
        return []
    middle = rank_between(low, high) if high is not None or count == 1 else None
    if middle is None:
        return _appended(low, count)
    left = (count - 1) // 2
    return [*ranks_between(low, middle, left), middle, *ranks_between(middle, high, count - 1 - left)]


def _appended(low: str | None, count: int) -> list[str]:
    """Ranks after ``low`` with no upper end: fixed-width tails under one first digit above it."""
    width = 1
    while len(DIGITS) ** width < 2 * (count + 1):  # two apart, for no rank may end in the lowest digit
        width += 1
    head = rank_between(low, None)
    step = len(DIGITS) ** width // (count + 1)
    return [head + _written(step * (number + 1), width) for number in range(count)]


def _written(value: int, width: int) -> str:
    digits: list[str] = []
    for _ in range(width):
        value, digit = divmod(value, len(DIGITS))
        digits.append(DIGITS[digit])
    text = "".join(reversed(digits))
    return text[:-1] + "1" if text.endswith("0") else text
