"""One picture of a Gantt chart: what is drawn, at which scale, and where things lie in it."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from PySide6.QtCore import QRectF

from app.views.gantt_axis import TimeScale
from app.views.gantt_shapes import BarKind, GanttView
from ui.widgets.gantt_links import LinkIndex
from ui.widgets.gantt_look import BAR, DIAMOND, GanttLook

NARROWEST_BAR = 3.0
# Looking a member up in an enum costs as much as drawing a line, and bars are drawn by the thousand.
NOTHING, TASK, SUMMARY, MILESTONE = (int(kind) for kind in BarKind)


@dataclass(slots=True)
class Chart:
    """One picture of a chart: what is drawn, at which scale, and which part of it is on view.

    `left` is the scale's pixel at the picture's left edge, `top` the pixel of the rows at its upper
    edge. `chain_links` are drawn strong and fade the other links; `selected` and `hovered` are rows.
    """

    view: GanttView
    index: LinkIndex
    scale: TimeScale
    look: GanttLook
    left: float
    top: float
    width: float
    height: float
    row: int = 28
    locale: str = "en_GB"
    today: int | None = None
    selected: frozenset[int] = frozenset()
    hovered: int = -1
    chain_links: frozenset[int] = frozenset()
    hidden: int = -1
    shows_labels: bool = True
    shows_baseline: bool = True
    shows_float: bool = True
    shows_links: bool = True
    shows_critical: bool = True
    shows_progress: bool = True
    shows_rest: bool = True

    def x(self, moment: int) -> float:
        """A moment's place in the picture."""
        return self.scale.x(moment) - self.left

    def row_top(self, row: int) -> float:
        """The upper edge of a row in the picture."""
        return row * self.row - self.top

    def rows_on_view(self) -> tuple[int, int]:
        """The first and the last row that can be seen; the last is before the first when none can."""
        first = max(0, int(self.top // self.row))
        return first, min(len(self.view.bars) - 1, int((self.top + self.height - 1) // self.row))

    def rows_in(self, area: QRectF) -> tuple[int, int]:
        """The first and the last row that an area of the picture meets."""
        first, last = self.rows_on_view()
        return (
            max(first, int((self.top + area.top()) // self.row)),
            min(last, int((self.top + area.bottom() - 1) // self.row)),
        )

    def whole(self) -> QRectF:
        """All of the picture."""
        return QRectF(0, 0, self.width, self.height)

    def bar(self, row: int) -> QRectF:
        """The rectangle of a row's sign: the bar, the diamond, or the bracket."""
        bars = self.view.bars
        y = self.row_top(row)
        left = self.x(int(bars.start[row]))
        if bars.kind[row] == MILESTONE:
            return QRectF(left - DIAMOND / 2, y + (self.row - DIAMOND) / 2, DIAMOND, DIAMOND)
        wide = max(NARROWEST_BAR, self.x(int(bars.finish[row])) - left)
        tall = bar_height(self.row)
        return QRectF(left, y + (self.row - tall) / 2, wide, tall)


def bar_height(row: int) -> int:
    """A bar's height in rows of that height: 16 of 28, less where rows are compact."""
    return min(BAR, row - 10) if row < 28 else BAR


def nearest(x: float) -> int:
    """The whole pixel next to a place; halves always go up, so that what was scrolled meets what is new."""
    return floor(x + 0.5)
