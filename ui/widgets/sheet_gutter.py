"""The row numbers at the sheet's left edge: click to select a row, drag to move rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHeaderView

from ui.theme import Role, font, tokens

if TYPE_CHECKING:
    from ui.widgets.sheet_frame import SheetFrame

WIDTH = 44


class SheetGutter(QHeaderView):
    """Row numbers; pressing on a selected row and dragging shows where the rows would land."""

    def __init__(self, sheet: SheetFrame) -> None:
        super().__init__(Qt.Orientation.Vertical, sheet)
        self._sheet = sheet
        self._pressed: QPoint | None = None
        self._is_dragging = False
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def cancel(self) -> bool:
        """Give up a drag under way; say whether there was one."""
        was_dragging, self._is_dragging, self._pressed = self._is_dragging, False, None
        self._sheet.show_drop(None)
        self.unsetCursor()
        return was_dragging

    def wanted_width(self) -> int:
        """Give the width the longest number needs."""
        digits = len(str(max(self.count(), 1)))
        return max(WIDTH, QFontMetrics(font(Role.CAPTION, tabular=True)).horizontalAdvance("0") * digits + 18)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        t = tokens()
        painter.setFont(font(Role.CAPTION, tabular=True))
        area = self.viewport().rect()
        painter.fillRect(area, QColor(t.surface))
        first, last = self.logicalIndexAt(0), self.logicalIndexAt(area.height())
        last = self.count() - 1 if last < 0 else last
        chosen = self._sheet.selected_spans()
        height = self.defaultSectionSize()
        for row in range(max(first, 0), last + 1):
            top = self.sectionViewportPosition(row)
            is_chosen = any(low <= row <= high for low, _, high, _ in chosen)
            if is_chosen:
                painter.fillRect(0, top, area.width(), height - 1, QColor(t.accent_weak))
            painter.fillRect(0, top + height - 1, area.width(), 1, self._sheet.brush.line)
            painter.setPen(QColor(t.accent if is_chosen else t.hint))
            box = QRect(0, top, area.width() - 8, height - 1)
            number_of = self._sheet.number_of
            text = number_of(self._sheet.grid.rows[row].key) if number_of else str(row + 1)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.logicalIndexAt(event.position().toPoint())
        is_chosen = row >= 0 and self._sheet.is_row_selected(row)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() == Qt.MouseButton.LeftButton and is_chosen and plain and self._sheet.rows_can_move:
            self._pressed = event.position().toPoint()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseMoveEvent(event)
            return
        at = event.position().toPoint()
        if (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
            self._is_dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._is_dragging:
            self._sheet.show_drop(at.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None:
            super().mouseReleaseEvent(event)
            return
        pressed = self._pressed
        if self._is_dragging:
            self._sheet.drop_rows(event.position().toPoint().y())
        else:
            self._sheet.selectRow(self.logicalIndexAt(pressed))
        self.cancel()
