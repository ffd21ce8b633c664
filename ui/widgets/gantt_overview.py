"""The whole plan in one line over the chart, and the window that the chart shows on it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.text import tr
from app.views.formats import date_text
from app.views.gantt_axis import TimeScale, cells, tiers
from app.views.gantt_shapes import NOWHERE, BarKind, GanttView, Ints
from ui.theme import RADIUS_BAR, Role, ThemeWatch, font, mixed, tokens
from ui.widgets.array_path import path_of
from ui.widgets.gantt_canvas import GanttCanvas

Floats = npt.NDArray[np.float64]
_SIDE = 92
_HIGH = 40
_TOP, _BAND = 12, 16
_EVEN = 6
"""The fewest pixels over which the load is evened out."""


class GanttOverview(QWidget):
    """One line of the plan's load and milestones; press or drag on it to bring that time into view."""

    def __init__(self, canvas: GanttCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._ground: QPixmap | None = None
        self._of: GanttView | None = None
        self.setFixedHeight(_HIGH)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("The whole plan"))
        self.setToolTip(tr("The whole plan; drag the frame to travel"))
        canvas.window_changed.connect(self.update)
        ThemeWatch(self, self.on_theme_changed)

    def on_theme_changed(self) -> None:
        self._ground = None
        self.update()

    def _extent(self) -> tuple[int, int]:
        return self._extent_of(self._canvas.view)

    def _extent_of(self, view: GanttView) -> tuple[int, int]:
        """The project's own dates, which also stand in the page's answer."""
        begin, end = view.span
        return begin, max(end, begin + 1440)

    def _x(self, moment: float) -> float:
        first, last = self._extent()
        return _SIDE + (moment - first) / (last - first) * max(1, self.width() - 2 * _SIDE)

    def _travel(self, x: float) -> None:
        first, last = self._extent()
        room = max(1, self.width() - 2 * _SIDE)
        self._canvas.show_moment(int(first + (x - _SIDE) / room * (last - first)), 0.5)

    def _is_other(self, before: GanttView | None) -> bool:
        """Whether the plan would look otherwise in one line than before."""
        if before is None or self._extent_of(before) != self._extent():
            return True
        one, other = before.bars, self._canvas.view.bars
        return not all(
            np.array_equal(getattr(one, name), getattr(other, name))
            for name in ("start", "finish", "kind", "critical", "inactive")
        )

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round(self.width() * ratio), round(_HIGH * ratio))
        made.setDevicePixelRatio(ratio)
        t, view = tokens(), self._canvas.view
        made.fill(QColor(t.surface))
        with QPainter(made) as painter:
            first, last = self._extent()
            painter.setFont(font(Role.CAPTION, tabular=True))
            painter.setPen(QColor(t.hint))
            locale = self._canvas.locale_name
            if len(view.bars):
                sides = Qt.AlignmentFlag
                painter.drawText(
                    QRectF(0, 0, _SIDE - 10, _HIGH),
                    sides.AlignVCenter | sides.AlignRight,
                    date_text(first, locale),
                )
                at = QRectF(self.width() - _SIDE + 10, 0, _SIDE - 10, _HIGH)
                painter.drawText(at, sides.AlignVCenter | sides.AlignLeft, date_text(last, locale))
            room = max(1, self.width() - 2 * _SIDE)
            band = QRectF(_SIDE, 12, room, 16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.sunken))
            painter.drawRoundedRect(band, RADIUS_BAR, RADIUS_BAR)
            self._draw_load(painter, view, room, first, last)
            scale = TimeScale(room / ((last - first) / 1440))
            painter.setPen(QColor(t.border))
            for cell in cells(
                scale,
                tiers(scale)[0],
                first / 1440 * scale.day_width,
                last / 1440 * scale.day_width,
                locale,
                0,
            ):
                x = round(self._x(cell.first * 1440)) + 0.5
                if _SIDE < x < self.width() - _SIDE:
                    painter.drawLine(QPointF(x, 12), QPointF(x, 16))
            self._draw_milestones(painter, view)
        return made

    def _draw_load(self, painter: QPainter, view: GanttView, room: int, first: int, last: int) -> None:
        """Draw how many tasks run at a time as one calm outline, and critical stretches along its foot.

        A week is evened out, so that nights and weekends do not break the outline.
        """
        bars, ratio = view.bars, painter.device().devicePixelRatioF()
        is_shown = (bars.kind == BarKind.TASK) & (bars.start != NOWHERE) & ~bars.inactive
        week = max(_EVEN, round(7 * 1440 * room / (last - first)))
        fine = round(room * ratio)
        load = _evened(
            _running(bars.start[is_shown], bars.finish[is_shown], first, last, fine), round(week * ratio)
        )
        if load.any():
            tall = round(_BAND * ratio)
            ink = QColor(mixed(tokens().accent, tokens().sunken, 0.42))
            columns = _columns(tall * np.sqrt(load / load.max()), ink, tall)
            painter.drawImage(QRectF(_SIDE, _TOP, room, _BAND), columns)
        held = is_shown & bars.critical
        places = np.flatnonzero(_running(bars.start[held], bars.finish[held], first, last, room))
        if len(places):
            gaps = np.flatnonzero(np.diff(places) > week)
            begins = places[np.concatenate(([0], gaps + 1))]
            ends = places[np.concatenate((gaps, [len(places) - 1]))]
            for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
                painter.fillRect(_SIDE + begin, _TOP + _BAND - 2, end - begin + 1, 2, QColor(tokens().bad))

    def _draw_milestones(self, painter: QPainter, view: GanttView) -> None:
        bars = view.bars
        places = np.flatnonzero((bars.kind == BarKind.MILESTONE) & (bars.start != NOWHERE) & ~bars.inactive)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QColor(tokens().surface))
        painter.setBrush(QColor(tokens().series[0]))
        xs = np.unique(np.rint([self._x(moment) for moment in bars.start[places[:2000]].tolist()]))
        if len(xs):
            shape = np.array(((0, -5), (5, 0), (0, 5), (-5, 0), (0, -5)))
            path = path_of(shape + np.stack((xs, np.full(len(xs), 20.0)), 1)[:, None])
            # Signs that overlap stay whole.
            path.setFillRule(Qt.FillRule.WindingFill)
            painter.drawPath(path)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(400, _HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ground = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ground is None or (self._of is not self._canvas.view and self._is_other(self._of)):
            self._ground = self._painted()
        self._of = self._canvas.view
        with QPainter(self) as painter:
            painter.drawPixmap(0, 0, self._ground)
            look = self._canvas.chart().look
            for moment, pen in (
                (self._canvas.view.status_date, look.status),
                (self._canvas.today, look.today),
            ):
                if moment is not None and _SIDE <= self._x(moment) <= self.width() - _SIDE:
                    painter.setPen(pen)
                    painter.drawLine(QPointF(self._x(moment), 9), QPointF(self._x(moment), 31))
            begin, end = self._canvas.span_in_sight
            left = min(max(self._x(begin), _SIDE - 3), self.width() - _SIDE)
            right = max(min(self._x(end), self.width() - _SIDE + 3), left + 6)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen(look.drag)
            veil = QColor(tokens().accent)
            veil.setAlpha(24)
            painter.setBrush(veil)
            painter.drawRoundedRect(QRectF(left, 8.5, right - left, 23), 4, 4)
            painter.setPen(look.month_line)
            painter.drawLine(QPointF(0, _HIGH - 0.5), QPointF(self.width(), _HIGH - 0.5))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._travel(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._travel(event.position().x())


def _running(starts: Ints, finishes: Ints, first: int, last: int, room: int) -> Ints:
    """How many stretches run at each pixel of a line of `room` pixels from `first` to `last`."""
    begin = ((starts - first) * room // (last - first)).clip(0, room - 1)
    end = ((finishes - first) * room // (last - first)).clip(0, room - 1)
    steps = np.bincount(begin, minlength=room + 1) - np.bincount(end + 1, minlength=room + 1)
    return np.cumsum(steps)[:room]


def _columns(heights: Floats, ink: QColor, tall: int) -> QImage:
    """Columns a pixel wide on a common foot; of each the topmost pixel is as dense as it is filled."""
    rows = np.arange(tall - 1, -1, -1)[:, None]
    share = np.rint((heights - rows).clip(0, 1) * 255).astype(np.intp)
    dense = np.arange(256, dtype=np.uint32)
    red, green, blue = (dense * part // 255 for part in (ink.red(), ink.green(), ink.blue()))
    pixels = ((dense << 24) | (red << 16) | (green << 8) | blue)[share]
    kind = QImage.Format.Format_ARGB32_Premultiplied
    return QImage(pixels.tobytes(), len(heights), tall, 4 * len(heights), kind).copy()


def _evened(counts: Ints, wide: int) -> Floats:
    """The mean over `wide` pixels around each; beyond both ends nothing runs."""
    total = np.concatenate(([0], np.cumsum(counts)))
    low = (np.arange(len(counts)) - wide // 2).clip(0)
    high = (np.arange(len(counts)) + (wide + 1) // 2).clip(max=len(counts))
    return np.asarray((total[high] - total[low]) / wide, np.float64)
