"""The sheet's column headings: painted in the tokens, frozen columns kept, a menu on each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from ui import icons
from ui.theme import Role, font, tokens

_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}
_PADDING = 8
_SIGN = 16
_EDGE = 5
"""Resizing takes this many pixels at a heading's edge."""
_LEAST_FOR_CHEVRON = 64


class SheetHeader(QHeaderView):
    """Headings whose first `frozen` columns stay in sight while the rest scrolls.

    `menu_wanted` carries the column's position and where the menu belongs on the screen. `offered`
    gives what the menus hold; where that is nothing there is no menu, and columns stay where they are
    unless it holds "columns".
    """

    menu_wanted = Signal(int, QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.frozen = 0
        self.sorted_by: tuple[str, bool] = ("", False)
        self.filtered: frozenset[str] = frozenset()
        self._shift = 0
        self._hovered = -1
        self.offered: Callable[[], frozenset[str]] = frozenset
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(28)
        self.setMouseTracking(True)

    def frozen_width(self) -> int:
        """Give how many pixels the frozen columns take."""
        return sum(self.sectionSize(self.logicalIndex(at)) for at in range(min(self.frozen, self.count())))

    def place(self, logical: int) -> int:
        """Give the left edge of a column in the viewport, frozen columns where they stay."""
        at = self.sectionPosition(logical)
        return at if self.visualIndex(logical) < self.frozen else at - self.offset()

    def column_at(self, x: int) -> int:
        """Give the column seen at a place of the viewport, -1 for none."""
        return self.logicalIndexAt(x - self.offset() if x < self.frozen_width() else x)

    def titles(self) -> list[tuple[str, str, str]]:
        """Give key, title and side of every column, by position in the model."""
        columns = getattr(self.model(), "columns", ())
        return [(column.key, column.title, column.align) for column in columns]

    def paint_column(self, painter: QPainter, logical: int, rect: QRect) -> None:
        """Paint one heading: its title, the sort arrow, the filter sign, a rule on hover."""
        _, title, side = self.titles()[logical]
        t = tokens()
        painter.fillRect(rect, QColor(t.sunken if logical == self._hovered else t.canvas))
        inner = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        signs = self._signs(logical)
        if logical == self._hovered and not signs and self._has_chevron(logical):
            signs.append("chevron-down")
        for sign in signs:
            left = inner.left() if side == "right" else inner.right() - _SIGN + 5
            picture = icons.pixmap(
                sign, 12, "hint" if sign == "chevron-down" else "accent", self.devicePixelRatioF()
            )
            painter.drawPixmap(left, rect.center().y() - 6, picture)
            inner = inner.adjusted(*((_SIGN, 0, 0, 0) if side == "right" else (0, 0, -_SIGN, 0)))
        painter.setPen(QColor(t.secondary))
        shown = QFontMetrics(painter.font()).elidedText(title, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _SIDES[side] | Qt.AlignmentFlag.AlignVCenter, shown)
        if logical == self._hovered:
            painter.fillRect(rect.right(), rect.top() + 8, 1, rect.height() - 16, QColor(t.strong_border))

    def _signs(self, logical: int) -> list[str]:
        """Give what a heading tells about the rows: sorted by it, narrowed by it."""
        key, signs = self.titles()[logical][0], []
        if self.sorted_by[0] == key:
            signs.append("arrow-down" if self.sorted_by[1] else "arrow-up")
        if key in self.filtered:
            signs.append("filter")
        return signs

    def _shifted(self, event: QMouseEvent) -> QMouseEvent:
        """Give the event as the unscrolled header would see it while the pointer is on frozen columns."""
        if not self._shift:
            return event
        at = QPointF(event.position().x() - self._shift, event.position().y())
        return QMouseEvent(
            event.type(), at, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )

    def _has_chevron(self, logical: int) -> bool:
        """Whether a heading shows, under the pointer, the sign by which its menu is opened."""
        return self.sectionSize(logical) >= _LEAST_FOR_CHEVRON and bool(self.offered())

    def chevron(self, logical: int) -> QRect:
        """Give where in the viewport a press opens the menu of a column; nowhere is an empty place."""
        if not self._has_chevron(logical) or self._signs(logical):
            return QRect()
        left, wide = self.place(logical), self.sectionSize(logical)
        at = left + _EDGE if self.titles()[logical][2] == "right" else left + wide - _PADDING - _SIGN
        return QRect(at, 0, _SIGN, self.height())

    def _feel(self, event: QMouseEvent) -> None:
        if not event.buttons() or event.type() != QMouseEvent.Type.MouseMove:
            self._shift = self.offset() if event.position().x() < self.frozen_width() else 0

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height() or 32)

    def sectionSizeFromContents(self, logical: int) -> QSize:
        titles = self.titles()
        if logical >= len(titles):
            return QSize(60, self.height())
        width = QFontMetrics(font(Role.CAPTION_STRONG)).horizontalAdvance(titles[logical][1])
        return QSize(width + 2 * _PADDING + _SIGN, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            t = tokens()
            painter.setFont(font(Role.CAPTION_STRONG))
            whole = self.viewport().rect()
            painter.fillRect(whole, QColor(t.canvas))
            visible = [
                at for at in map(self.logicalIndex, range(self.count())) if not self.isSectionHidden(at)
            ]
            for logical in [*visible[self.frozen :], *visible[: self.frozen]]:
                rect = QRect(self.place(logical), 0, self.sectionSize(logical), whole.height())
                if rect.intersects(whole):
                    self.paint_column(painter, logical, rect)
            if self.frozen and self.offset():
                painter.fillRect(self.frozen_width() - 1, 0, 1, whole.height(), QColor(t.strong_border))
            painter.fillRect(0, whole.bottom(), whole.width(), 1, QColor(t.border))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        column = self.column_at(round(event.position().x()))
        if event.button() is Qt.MouseButton.LeftButton and column >= 0:
            chevron = self.chevron(column)
            if chevron.contains(event.position().toPoint()):
                self.menu_wanted.emit(column, self.viewport().mapToGlobal(chevron.bottomLeft()))
                return
        self._feel(event)
        super().mousePressEvent(self._shifted(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._feel(event)
        hovered = self.column_at(round(event.position().x()))
        self.setSectionsMovable("columns" in self.offered())
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()
        super().mouseMoveEvent(self._shifted(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(self._shifted(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._feel(event)
        super().mouseDoubleClickEvent(self._shifted(event))

    def leaveEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        self._hovered = -1
        self.viewport().update()
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        column = self.column_at(event.pos().x())
        if column >= 0:
            self.menu_wanted.emit(column, event.globalPos())
