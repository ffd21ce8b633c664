"""The links of a chart: which of them meet the rows on view, the chain that drives a row, and elbows."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QPainter, QPen

from app.views.gantt_shapes import Bools, GanttLinks, Ints, LinkKind
from ui.widgets.array_path import path_of

OUT = 6
"""How far a link leaves a bar before it turns."""
ARROW = 3
MOST_PASSING = 150
"""Links that only pass by the rows on view are drawn up to this number: beyond it they are a curtain."""

_SHORT = 200
"""Links over no more rows than this are looked up by where they begin; the longer ones are few."""
_FARTHEST = 16_000.0
"""Nothing is drawn farther off than this: beyond it a painter's fixed point numbers overflow."""

_FF, _FS, _SF, _SS = (int(kind) for kind in LinkKind)

Floats = npt.NDArray[np.float64]

Ends = tuple[Floats, Floats, Floats, Floats]
"""Left, right, top and bottom of bars, in pixels; one entry a link."""


@dataclass(frozen=True, slots=True)
class Elbows:
    """Links as they are drawn: `corners` (n, 6, 2), later ones repeated where a link has fewer turns.

    `toward` (n, 2) is the direction (x, y) each arrow points in.
    """

    corners: Floats
    toward: Ints

    def some(self, wanted: Bools) -> Elbows:
        """Those of them for which the flag is set."""
        return Elbows(self.corners[wanted], self.toward[wanted])


class LinkIndex:
    """Finds a chart's links by row in the time of a look-up; made once per view."""

    def __init__(self, links: GanttLinks) -> None:
        self.links = links
        self._by_successor = np.argsort(links.successor, kind="stable")
        self._successors = links.successor[self._by_successor]
        self._by_predecessor = np.argsort(links.predecessor, kind="stable")
        self._predecessors = links.predecessor[self._by_predecessor]
        low, high = (way(links.predecessor, links.successor) for way in (np.minimum, np.maximum))
        order = np.argsort(low, kind="stable")
        is_long = (high - low)[order] > _SHORT
        self._long, self._short = order[is_long], order[~is_long]
        self._low, self._high = low, high
        self._low_of_short = low[self._short]

    def following(self, links: GanttLinks) -> LinkIndex:
        """The index of other links; where the same rows are tied, nothing is sorted again."""
        if links is self.links:
            return self
        if not (
            np.array_equal(links.predecessor, self.links.predecessor)
            and np.array_equal(links.successor, self.links.successor)
        ):
            return LinkIndex(links)
        made = copy(self)
        made.links = links
        return made

    def into(self, first: int, last: int) -> Ints:
        """The numbers of the links whose successor is one of the rows `first` to `last`."""
        a, b = np.searchsorted(self._successors, (first, last + 1))
        return self._by_successor[a:b]

    def out_of(self, first: int, last: int) -> Ints:
        """The numbers of the links whose predecessor is one of the rows `first` to `last`."""
        a, b = np.searchsorted(self._predecessors, (first, last + 1))
        return self._by_predecessor[a:b]

    def near(self, first: int, last: int) -> Ints:
        """The links that meet the rows on view: those that pass by, then those that end there."""
        ending = np.union1d(self.into(first, last), self.out_of(first, last))
        return np.concatenate((self.passing(first, last), ending))

    def passing(self, first: int, last: int) -> Ints:
        """The links that only pass by the rows `first` to `last`."""
        a, b = np.searchsorted(self._low_of_short, (last - _SHORT, first))
        near = np.concatenate((self._long, self._short[a:b]))
        return near[(self._low[near] < first) & (self._high[near] > last)]

    def driving_chain(self, row: int) -> tuple[frozenset[int], frozenset[int]]:
        """The rows and links that hold a row's start, back to the beginning of the plan."""
        rows, links = {row}, set[int]()
        todo = [row]
        while todo:
            here = todo.pop()
            for number in self.into(here, here).tolist():
                if self.links.driving[number]:
                    links.add(number)
                    before = int(self.links.predecessor[number])
                    if before not in rows:
                        rows.add(before)
                        todo.append(before)
        return frozenset(rows), frozenset(links)


def elbows(kinds: Ints, a: Ends, b: Ends) -> Elbows:
    """The ways of links from bars `a` to bars `b`.

    Every way is start, turn, across, second turn, end: across a row's gap where the link must go back.
    """
    a_left, a_right, a_top, a_bottom = a
    b_left, b_right, b_top, b_bottom = b
    y1, y2 = (a_top + a_bottom) / 2, (b_top + b_bottom) / 2
    down = y2 > y1
    gap = np.where(down, a_bottom + 5, a_top - 5)
    leaves_right = (kinds == _FS) | (kinds == _FF)
    enters_left = (kinds == _FS) | (kinds == _SS)
    start, end = np.where(leaves_right, a_right, a_left), np.where(enters_left, b_left, b_right)

    out = np.where(kinds == _FS, a_right + OUT - 1, a_left - OUT)
    has_room = np.where(kinds == _FS, b_left >= out + OUT, out - OUT >= b_right)
    turn = np.where(kinds == _SS, np.minimum(a_left, b_left) - OUT - 2, out)
    turn = np.where(kinds == _FF, np.maximum(a_right, b_right) + OUT + 2, turn)
    is_straight = has_room | (kinds == _SS) | (kinds == _FF)

    # A successor that begins where its predecessor ends is entered from above or below.
    is_drop = (kinds == _FS) & ~has_room & (b_left >= a_right - 2)
    is_thin = b_right - b_left < 2 * ARROW + 6
    dropped = np.where(is_thin, (b_left + b_right) / 2, np.maximum(out, b_left + 3))
    turn = np.where(is_drop, dropped, turn)
    end = np.where(is_drop, dropped, end)
    y2 = np.where(is_drop, np.where(down, b_top, b_bottom), y2)

    goes_once = is_straight | is_drop
    back = np.where(kinds == _FS, b_left - OUT - 2, b_right + OUT + 2)
    again, across = np.where(goes_once, turn, back), np.where(goes_once, y2, gap)
    xs = np.stack((start, turn, turn, again, again, end), 1)
    ys = np.stack((y1, y1, across, across, y2, y2), 1)
    sideways = np.where(is_drop, 0, np.where(enters_left, 1, -1))
    upright = np.where(is_drop, np.where(down, 1, -1), 0)
    return Elbows(np.stack((xs, ys), 2), np.stack((sideways, upright), 1))


def draw_links(painter: QPainter, drawn: Elbows, pen: QPen) -> None:
    """Draw elbows of one sort: all lines in one call, all arrows in another."""
    if not len(drawn.corners):
        return
    snapped = np.floor(drawn.corners.clip(-_FARTHEST, _FARTHEST) + 0.5) + 0.5
    painter.strokePath(path_of(snapped), pen)
    tips, toward = snapped[:, -1], drawn.toward
    backs, aside = tips - toward * (ARROW + 1), toward[:, ::-1] * ARROW
    painter.setPen(pen)
    painter.setBrush(pen.color())
    painter.drawPath(path_of(np.stack((tips, backs - aside, backs + aside, tips), 1)))
