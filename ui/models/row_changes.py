"""What must happen to one list of keys to turn it into another, in as few blocks as is cheap.

Positions are those at the moment of the step: steps are applied one after another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gone:
    """Rows `first` to `last` leave."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Come:
    """Rows come in, to stand at `first` to `last` of the new list."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows `first` to `last` go before the row that stands at `before` now."""

    first: int
    last: int
    before: int


Step = Gone | Come | Moved


def steps(old: Sequence[Hashable], new: Sequence[Hashable], most: int = 64) -> list[Step] | None:
    """Give the steps from old to new keys (each unique); None when more than `most` would be needed.

    Rows go first, from the bottom up; then the rest is moved; then rows come, from the top down.
    """
    head = 0
    shorter = min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    before, after = list(old[head : len(old) - tail]), list(new[head : len(new) - tail])
    kept_before, kept_after = set(before), set(after)
    found: list[Step] = [
        Gone(head + first, head + last)
        for first, last in reversed(_blocks([key not in kept_after for key in before]))
    ]
    if len(found) > most:
        return None
    moves = _moves(
        [key for key in before if key in kept_after], [key for key in after if key in kept_before], head, most
    )
    if moves is None:
        return None
    found += moves
    found += [
        Come(head + first, head + last) for first, last in _blocks([key not in kept_before for key in after])
    ]
    return found if len(found) <= most else None


def _blocks(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """Give first and last position of every run of true flags."""
    found: list[tuple[int, int]] = []
    start = -1
    for at, flag in enumerate(flags):
        if flag and start < 0:
            start = at
        elif not flag and start >= 0:
            found.append((start, at - 1))
            start = -1
    if start >= 0:
        found.append((start, len(flags) - 1))
    return found


def _moves(now: list[Hashable], wanted: list[Hashable], offset: int, most: int) -> list[Step] | None:
    """Give block moves that bring `now` into the order of `wanted`; both hold the same keys."""
    if now == wanted:
        return []
    place = {key: at for at, key in enumerate(wanted)}
    stay = _longest_rising([place[key] for key in now])
    settled = {wanted[at] for at in stay}
    blocks = _blocks([key not in settled for key in wanted])
    if len(blocks) > most:
        return None
    found: list[Step] = []
    order = list(now)
    for first, last in blocks:
        at_wanted = first
        while at_wanted <= last:
            # All that comes earlier in `wanted` stands in order by now, so this goes right behind it.
            anchor = order.index(wanted[at_wanted - 1]) + 1 if at_wanted else 0
            at = order.index(wanted[at_wanted])
            length = 1
            while (
                at_wanted + length <= last
                and at + length < len(order)
                and order[at + length] == wanted[at_wanted + length]
            ):
                length += 1
            at_wanted += length
            if at == anchor:
                continue
            if len(found) == most:
                return None
            found.append(Moved(offset + at, offset + at + length - 1, offset + anchor))
            piece = order[at : at + length]
            del order[at : at + length]
            target = anchor - length if at < anchor else anchor
            order[target:target] = piece
    return found


def _longest_rising(values: list[int]) -> list[int]:
    """Give the values of a longest rising subsequence (patience sorting)."""
    tops: list[int] = []
    tops_at: list[int] = []
    previous: list[int] = []
    for at, value in enumerate(values):
        pile = bisect_left(tops, value)
        previous.append(tops_at[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            tops_at.append(at)
        else:
            tops[pile] = value
            tops_at[pile] = at
    chain: list[int] = []
    at = tops_at[-1] if tops_at else -1
    while at >= 0:
        chain.append(values[at])
        at = previous[at]
    return chain[::-1]
