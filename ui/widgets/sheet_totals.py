"""The totals of a sheet, in sight at its foot wherever the rows are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views.tables import Row
from ui.widgets.sheet_paint import Scene

if TYPE_CHECKING:
    from ui.widgets.sheet_frame import SheetFrame


class TotalsStrip(QWidget):
    """The totals, pinned over the foot of a sheet and aligned with its columns."""

    def __init__(self, sheet: SheetFrame) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        self.hide()

    def fit(self) -> None:
        """Take the place the totals need, or none."""
        high = self._sheet.totals_height()
        self.setVisible(bool(high))
        if high:
            over = self._sheet.viewport().geometry()
            left = self._sheet.gutter.width() if self._sheet.gutter.isVisible() else 0
            self.setGeometry(over.left() - left, over.bottom() + 1 - high, over.width() + left, high)
            self.raise_()
        self.update()

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        totals = self._sheet.grid.view.totals
        if totals is None:
            return
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._sheet.brush.tokens.canvas))
            left = self.width() - self._sheet.viewport().width()
            painter.translate(left, 0)
            area = QRect(0, 0, self._sheet.viewport().width(), self.height())
            row = Row(totals.key, totals.cells, totals.marks, is_summary=True)
            self._sheet.paint_lanes(painter, [row], 0, 1, Scene(), area)
            painter.translate(-left, 0)
            painter.setClipRect(self.rect())
            painter.fillRect(0, 0, self.width(), 1, self._sheet.brush.edge)
