"""The links of a chart: which of them meet the rows on view, the chain that drives a row, and elbows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.views.gantt_shapes import GanttLinks, Ints, LinkKind

OUT = 6
"""How far a link leaves a bar before it turns."""
ARROW = 3
MOST_PASSING = 150
"""Links that only pass by the rows on view are drawn up to this number: beyond it they are a curtain."""

_FF, _FS, _SF, _SS = (int(kind) for kind in LinkKind)

Ends = tuple[float, float, float, float]
"""Left, right, top and bottom of a bar, in pixels."""

Elbow = tuple[list[tuple[float, float]], tuple[int, int]]
"""The corners of a link, and the direction (x, y) its arrow points in."""


class LinkIndex:
    """Finds a chart's links by row in the time of a look-up; made once per view."""

    def __init__(self, links: GanttLinks) -> None:
        self.links = links
        self._by_successor = np.argsort(links.successor, kind="stable")
        self._successors = links.successor[self._by_successor]
        self._by_predecessor = np.argsort(links.predecessor, kind="stable")
        self._predecessors = links.predecessor[self._by_predecessor]
        self._low = np.minimum(links.predecessor, links.successor)
        self._high = np.maximum(links.predecessor, links.successor)

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
        passing = np.flatnonzero((self._low < first) & (self._high > last))
        return np.concatenate((passing, ending))

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


def elbow(kind: int, a: Ends, b: Ends) -> Elbow:
    """The corners of a link from bar `a` to bar `b`, and the direction (x, y) its arrow points in."""
    a_left, a_right, a_top, a_bottom = a
    b_left, b_right, b_top, b_bottom = b
    y1, y2 = (a_top + a_bottom) / 2, (b_top + b_bottom) / 2
    down = y2 > y1
    between = (a_bottom + 5) if down else (a_top - 5)
    if kind == _FS:
        return _finish_to_start(a_right, y1, b, y2, down, between)
    if kind == _SS:
        x = min(a_left, b_left) - OUT - 2
        return [(a_left, y1), (x, y1), (x, y2), (b_left, y2)], (1, 0)
    if kind == _FF:
        x = max(a_right, b_right) + OUT + 2
        return [(a_right, y1), (x, y1), (x, y2), (b_right, y2)], (-1, 0)
    turn = a_left - OUT
    if turn - OUT >= b_right:
        return [(a_left, y1), (turn, y1), (turn, y2), (b_right, y2)], (-1, 0)
    x = b_right + OUT + 2
    corners = [(a_left, y1), (turn, y1), (turn, between), (x, between), (x, y2), (b_right, y2)]
    return corners, (-1, 0)


def _finish_to_start(x1: float, y1: float, b: Ends, y2: float, down: bool, between: float) -> Elbow:
    b_left, b_right, b_top, b_bottom = b
    turn = x1 + OUT - 1
    if b_left >= turn + OUT:
        return [(x1, y1), (turn, y1), (turn, y2), (b_left, y2)], (1, 0)
    if b_left >= x1 - 2:
        x = max(turn, b_left + 3)
        if b_right - b_left < 2 * ARROW + 6:
            x = (b_left + b_right) / 2
        return [(x1, y1), (x, y1), (x, b_top if down else b_bottom)], (0, 1 if down else -1)
    x = b_left - OUT - 2
    return [(x1, y1), (turn, y1), (turn, between), (x, between), (x, y2), (b_left, y2)], (1, 0)


def draw_links(painter: QPainter, drawn: Iterable[Elbow], pen: QPen) -> None:
    """Draw elbows of one sort in as few calls as there are."""
    lines: list[QLineF] = []
    heads: list[QPolygonF] = []
    for corners, (dx, dy) in drawn:
        snapped = [(round(x) + 0.5, round(y) + 0.5) for x, y in corners]
        lines += [QLineF(*p, *q) for p, q in pairwise(snapped) if p != q]
        x, y = snapped[-1]
        back_x, back_y = x - dx * (ARROW + 1), y - dy * (ARROW + 1)
        heads.append(
            QPolygonF(
                [
                    QPointF(x, y),
                    QPointF(back_x - dy * ARROW, back_y - dx * ARROW),
                    QPointF(back_x + dy * ARROW, back_y + dx * ARROW),
                ]
            )
        )
    painter.setPen(pen)
    painter.drawLines(lines)
    painter.setBrush(pen.color())
    for head in heads:
        painter.drawPolygon(head)
