"""The two rows of dates over a Gantt chart: drag sideways to zoom, double-click to see the whole plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.text import tr
from ui.theme import tokens
from ui.widgets.gantt_paint import draw_header
from ui.widgets.gantt_pictures import Pictures

if TYPE_CHECKING:
    from ui.widgets.gantt_canvas import GanttCanvas


class TimeHeader(QWidget):
    """The header of one canvas; it shows the canvas's own window of time."""

    def __init__(self, canvas: GanttCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._from: tuple[float, float] | None = None
        self._pictures = Pictures()
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self.setAccessibleName(tr("Time scale"))
        self.setToolTip(tr("Drag to zoom, double-click to see the whole plan"))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._pictures.follow(tokens(), self.devicePixelRatioF())
            draw_header(painter, self._canvas.chart(), self._pictures)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = (event.position().x(), self._canvas.scale.day_width)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            x, wide = self._from
            wanted = wide * 1.01 ** (event.position().x() - x)
            self._canvas.zoom(wanted / self._canvas.scale.day_width, x)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._canvas.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        QApplication.sendEvent(self._canvas.viewport(), event)
