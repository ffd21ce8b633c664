"""The whole plan in one line over the chart, and the window that the chart shows on it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.text import tr
from app.views.gantt_shapes import NOWHERE, BarKind, GanttView
from ui.theme import RADIUS_BAR, Role, ThemeWatch, font, mixed, tokens
from ui.widgets.gantt_canvas import GanttCanvas
from ui.widgets.time_axis import TimeScale, cells, day_text, tiers

_SIDE = 92
_HIGH = 40
_SHADES = 8


class GanttOverview(QWidget):
    """One line of the plan's load and milestones; press or drag on it to bring that time into view."""

    def __init__(self, canvas: GanttCanvas, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._ground: QPixmap | None = None
        self._of: GanttView | None = None
        self.setFixedHeight(_HIGH)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("The whole plan"))
        self.setToolTip(tr("The whole plan; drag the frame to travel"))
        canvas.window_changed.connect(self.update)
        ThemeWatch(self, self.on_theme_changed)

    def on_theme_changed(self) -> None:
        self._ground = None
        self.update()

    def _extent(self) -> tuple[int, int]:
        view = self._canvas.view
        return view.plan_start, max(view.plan_finish, view.plan_start + 1440)

    def _x(self, moment: float) -> float:
        first, last = self._extent()
        return _SIDE + (moment - first) / (last - first) * max(1, self.width() - 2 * _SIDE)

    def _travel(self, x: float) -> None:
        first, last = self._extent()
        room = max(1, self.width() - 2 * _SIDE)
        self._canvas.show_moment(int(first + (x - _SIDE) / room * (last - first)), 0.5)

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        made = QPixmap(round(self.width() * ratio), round(_HIGH * ratio))
        made.setDevicePixelRatio(ratio)
        t, view = tokens(), self._canvas.view
        made.fill(QColor(t.surface))
        painter = QPainter(made)
        first, last = self._extent()
        painter.setFont(font(Role.CAPTION, tabular=True))
        painter.setPen(QColor(t.hint))
        locale = self._canvas.locale_name
        if len(view.bars):
            sides = Qt.AlignmentFlag
            painter.drawText(
                QRectF(0, 0, _SIDE - 10, _HIGH), sides.AlignVCenter | sides.AlignRight, _short(first, locale)
            )
            at = QRectF(self.width() - _SIDE + 10, 0, _SIDE - 10, _HIGH)
            painter.drawText(at, sides.AlignVCenter | sides.AlignLeft, _short(last, locale))
        room = max(1, self.width() - 2 * _SIDE)
        band = QRectF(_SIDE, 12, room, 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(t.sunken))
        painter.drawRoundedRect(band, RADIUS_BAR, RADIUS_BAR)
        self._draw_load(painter, view, room, first, last)
        scale = TimeScale(room / ((last - first) / 1440))
        painter.setPen(QColor(t.strong_border))
        for cell in cells(
            scale, tiers(scale)[0], first / 1440 * scale.day_width, last / 1440 * scale.day_width, locale, 0
        ):
            x = round(self._x(cell.first * 1440)) + 0.5
            if _SIDE < x < self.width() - _SIDE:
                painter.drawLine(QPointF(x, 12), QPointF(x, 16))
        self._draw_milestones(painter, view)
        painter.end()
        return made

    def _draw_load(self, painter: QPainter, view: GanttView, room: int, first: int, last: int) -> None:
        """Shade each pixel by how many tasks run there, critical ones along the foot."""
        bars, t = view.bars, tokens()
        levels = range(_SHADES + 1)
        shades = [QColor(mixed(t.accent, t.sunken, 0.3 + 0.5 * level / _SHADES)) for level in levels]
        for only_critical in (False, True):
            wanted = (bars.kind == BarKind.TASK) & (bars.start != NOWHERE)
            if only_critical:
                wanted = wanted & bars.critical
            if not wanted.any():
                continue
            begin = ((bars.start[wanted] - first) * room // (last - first)).clip(0, room - 1)
            end = ((bars.finish[wanted] - first) * room // (last - first)).clip(0, room - 1)
            steps = (
                np.bincount(begin, minlength=room + 1) - np.bincount(end + 1, minlength=room + 1)[: room + 1]
            )
            running = np.cumsum(steps)[:room]
            most = max(1, int(running.max()))
            edges = np.flatnonzero(np.diff(running, prepend=0, append=0)).tolist()
            for x, end in pairwise(edges):
                if not running[x]:
                    continue
                if only_critical:
                    painter.fillRect(QRectF(_SIDE + x, 26, end - x, 2), QColor(t.bad))
                else:
                    shade = shades[min(_SHADES, int(running[x]) * _SHADES // most)]
                    painter.fillRect(QRectF(_SIDE + x, 12, end - x, 16), shade)

    def _draw_milestones(self, painter: QPainter, view: GanttView) -> None:
        bars = view.bars
        places = np.flatnonzero((bars.kind == BarKind.MILESTONE) & (bars.start != NOWHERE) & ~bars.inactive)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QColor(tokens().surface))
        painter.setBrush(QColor(tokens().series[0]))
        for x in sorted({round(self._x(int(bars.start[row]))) for row in places[:2000].tolist()}):
            shape = ((0, -5), (5, 0), (0, 5), (-5, 0))
            painter.drawPolygon(QPolygonF([QPointF(x + dx, 20 + dy) for dx, dy in shape]))

    def sizeHint(self) -> QSize:
        return QSize(400, _HIGH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._ground = None

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._ground is None or self._of is not self._canvas.view:
            self._of = self._canvas.view
            self._ground = self._painted()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._ground)
        look = self._canvas.chart().look
        for moment, pen in ((self._canvas.view.status_date, look.status), (self._canvas.today, look.today)):
            if moment is not None and _SIDE <= self._x(moment) <= self.width() - _SIDE:
                painter.setPen(pen)
                painter.drawLine(QPointF(self._x(moment), 9), QPointF(self._x(moment), 31))
        begin, end = self._canvas.window
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
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._travel(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._travel(event.position().x())


def _short(moment: int, locale: str) -> str:
    """A date without its weekday."""
    return day_text(moment, locale, with_weekday=False)
