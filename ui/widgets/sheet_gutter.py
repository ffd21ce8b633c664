"""The row numbers at the sheet's left edge: click to select a row, drag to move rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt
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
        with QPainter(self.viewport()) as painter:
            t, sheet, area = tokens(), self._sheet, event.rect()
            usual = font(Role.CAPTION, tabular=True)
            measure = QFontMetrics(usual)
            painter.setFont(usual)
            painter.fillRect(area, QColor(t.surface))
            height, wide, offset = self.defaultSectionSize(), self.viewport().width(), self.offset()
            first = max(0, (area.top() + offset) // height)
            last = min(self.count() - 1, (area.bottom() + offset) // height)
            chosen = sheet.selected_spans()
            plain, strong, ground = QColor(t.hint), QColor(t.accent), QColor(t.accent_weak)
            digit, rise = measure.horizontalAdvance("0"), (measure.ascent() - measure.descent()) // 2
            painter.setPen(plain)
            for row in range(first, last + 1):
                top = row * height - offset
                is_chosen = any(low <= row <= high for low, _, high, _ in chosen)
                if is_chosen:
                    painter.fillRect(0, top, wide, height - 1, ground)
                    painter.setPen(strong)
                painter.fillRect(0, top + height - 1, wide, 1, sheet.brush.line)
                text = sheet.number_of(sheet.grid.rows[row].key) if sheet.number_of else str(row + 1)
                painter.drawText(wide - 8 - digit * len(text), top + height // 2 + rise, text)
                if is_chosen:
                    painter.setPen(plain)

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
