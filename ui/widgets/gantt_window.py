"""Which time a chart shows: its scale, its left edge, and how far both scroll bars reach."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.views.gantt_axis import TimeScale, first_scale, scale_for
from app.views.gantt_shapes import NO_CHART
from ui.theme import current
from ui.widgets.gantt_look import TIER
from ui.widgets.time_header import TimeHeader

_MARGIN = 32
"""Pixels kept free left of what a jump goes to."""


class GanttWindow(QAbstractScrollArea):
    """A window on a plan's time that zooms and travels; what is in it is painted by `GanttCanvas`.

    `scale` says how wide a day is, `left` is the scale's pixel at the left edge.
    """

    window_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = NO_CHART
        self.extra_rows = 1
        self.scale = TimeScale()
        self.left = 0.0
        self.header = TimeHeader(self)  # type: ignore[arg-type]
        self.setViewportMargins(0, 2 * TIER, 0, 0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.horizontalScrollBar().valueChanged.connect(self.on_scrolled_sideways)

    def shift(self, right: int, down: int) -> None:
        """Move what is painted so far and have only the strip painted that comes into sight."""
        if right or down:
            self.viewport().scroll(right, down)

    @property
    def row_height(self) -> int:
        """The height of a row in pixels, as the density in force has it."""
        return current().metrics.row

    @property
    def span_in_sight(self) -> tuple[int, int]:
        """The first and the last moment on view."""
        wide = self.scale.day_width
        return (
            int(self.left / wide * 1440),
            int((self.left + self.viewport().width()) / wide * 1440),
        )

    def look_first(self) -> None:
        room = max(200, self.viewport().width() - 2 * _MARGIN)
        view = self.view
        usual = TimeScale(1.0, view.day_open, view.day_close)
        self.scale = first_scale(view.plan_start, view.plan_finish, room, usual)
        self.viewport().update()
        self.show_moment(view.plan_start)

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Make days so many times wider; the moment at pixel `at` (the middle) stays where it is."""
        place = self.viewport().width() / 2 if at is None else at
        day = (self.left + place) / self.scale.day_width
        self.scale = self.scale.zoomed(factor)
        self.viewport().update()
        self.go_to(day * self.scale.day_width - place)

    def set_day_width(self, pixels: float) -> None:
        """Make a day so wide, keeping the left edge."""
        day = self.left / self.scale.day_width
        self.scale = TimeScale(1.0, self.scale.day_open, self.scale.day_close).zoomed(pixels)
        self.viewport().update()
        self.go_to(day * self.scale.day_width)

    def fit(self) -> None:
        """Show the whole plan."""
        room = max(80, self.viewport().width() - 2 * _MARGIN - 120)
        self.scale = scale_for(self.view.plan_start, self.view.plan_finish, room, self.scale)
        self.viewport().update()
        self.show_moment(self.view.plan_start)

    def show_moment(self, moment: int, share: float | None = None) -> None:
        """Scroll so that a moment lies at the left edge, or at that share of the width."""
        room = _MARGIN if share is None else self.viewport().width() * share
        self.go_to(self.scale.x(moment) - room)

    def travel(self, pixels: float) -> None:
        """Scroll sideways by so much."""
        self.go_to(self.left + pixels)

    def on_scrolled_sideways(self, value: int) -> None:
        before, self.left = self.left, self._range_start() + value
        self.shift(round(before - self.left), 0)
        self.header.update()
        self.window_changed.emit()

    def _range_start(self) -> float:
        return self._axis()[0]

    def _axis(self) -> tuple[float, float]:
        room = max(200.0, self.viewport().width() * 0.75)
        first, last = self.scale.x(self.view.plan_start) - room, self.scale.x(self.view.plan_finish) + room
        return round(min(first, self.left)), round(max(last, self.left + self.viewport().width()))

    def go_to(self, left: float) -> None:
        before, self.left = self.left, float(round(left))
        self.set_ranges()
        self.shift(round(before - self.left), 0)
        self.header.update()
        self.window_changed.emit()

    def set_ranges(self) -> None:
        across, up = self.horizontalScrollBar(), self.verticalScrollBar()
        first, last = self._axis()
        across.blockSignals(True)
        across.setRange(0, max(0, int(last - first) - self.viewport().width()))
        across.setPageStep(self.viewport().width())
        across.setSingleStep(max(20, int(self.scale.day_width)))
        across.setValue(int(self.left - first))
        across.blockSignals(False)
        rows = len(self.view.bars) + self.extra_rows
        up.setRange(0, max(0, rows * self.row_height - self.viewport().height()))
        up.setPageStep(self.viewport().height())
        up.setSingleStep(self.row_height)

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        place = self.viewport().geometry()
        self.header.setGeometry(QRect(place.left(), place.top() - 2 * TIER, place.width(), 2 * TIER))
        self.set_ranges()
        self.window_changed.emit()
