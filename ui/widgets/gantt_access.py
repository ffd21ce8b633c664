"""The Gantt chart as a screen reader meets it: a list, one item a row, each with its name and its dates.

Items are made when they are asked for, so that a long plan costs nothing to those who see it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import isValid

from app.views.gantt_shapes import BarKind

if TYPE_CHECKING:
    from ui.widgets.gantt_canvas import GanttCanvas


class RowAccess(QAccessibleInterface):
    """One row of a chart: its name, its dates and signs, and where its bar is."""

    def __init__(self, canvas: GanttCanvas, row: int) -> None:
        super().__init__()
        self._canvas = canvas
        self._row = row

    def text(self, part: QAccessible.Text) -> str:
        if not self.isValid():
            return ""
        name, _, rest = self._canvas.hint_of(self._canvas.view.bars.keys[self._row]).partition("\n")
        if part == QAccessible.Text.Name:
            return name
        return rest.replace("\n", ", ") if part == QAccessible.Text.Description else ""

    def rect(self) -> QRect:
        if not self.isValid() or self._canvas.view.bars.kind[self._row] == BarKind.NOTHING:
            return QRect()
        box = self._canvas.chart().bar(self._row).toAlignedRect()
        return QRect(self._canvas.viewport().mapToGlobal(box.topLeft()), box.size())

    def state(self) -> QAccessible.State:
        return QAccessible.State()

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def isValid(self) -> bool:
        return isValid(self._canvas) and self._row < len(self._canvas.view.bars)

    def parent(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._canvas)

    def object(self) -> QObject:
        return cast(QObject, None)

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> QAccessibleInterface:
        return cast(QAccessibleInterface, None)

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        return cast(QAccessibleInterface, None)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def setText(self, part: QAccessible.Text, text: str) -> None:
        """The chart is read; the grid beside it is where one types."""

    def window(self) -> QWindow:
        return cast(QWindow, None)

    def foregroundColor(self) -> QColor:
        return QColor()

    def backgroundColor(self) -> QColor:
        return QColor()


class ChartAccess(QAccessibleWidget):
    """The chart: a list of its rows."""

    def __init__(self, canvas: GanttCanvas) -> None:
        super().__init__(canvas, QAccessible.Role.List)
        self._canvas = canvas
        self._rows: dict[int, RowAccess] = {}

    def childCount(self) -> int:
        return len(self._canvas.view.bars) if isValid(self._canvas) else 0

    def child(self, index: int) -> QAccessibleInterface:
        if not 0 <= index < self.childCount():
            return cast(QAccessibleInterface, None)
        if index not in self._rows:
            self._rows[index] = RowAccess(self._canvas, index)
            QAccessible.registerAccessibleInterface(self._rows[index])
        return self._rows[index]

    def childAt(self, x: int, y: int) -> QAccessibleInterface:
        at = self._canvas.viewport().mapFromGlobal(QPoint(x, y))
        row = int(at.y() + self._canvas.verticalScrollBar().value()) // self._canvas.row_height
        return self.child(row if self._canvas.viewport().rect().contains(at) else -1)

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return next((row for row, found in self._rows.items() if found is child), -1)


@lru_cache(maxsize=1)
def install() -> None:
    """Let Qt know how charts are read out; once for the whole program."""
    QAccessible.installFactory(_made)


def _made(key: str, thing: QObject) -> QAccessibleInterface | None:
    from ui.widgets.gantt_canvas import GanttCanvas

    return ChartAccess(thing) if isinstance(thing, GanttCanvas) else None
