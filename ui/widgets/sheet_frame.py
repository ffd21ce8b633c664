"""The sheet as a picture: placing, painting, frozen columns, totals, headings, rows on the move."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from app.views.tables import Row
from ui.models.grid_model import GridModel, OutlineModel
from ui.theme import ThemeWatch, current
from ui.widgets.sheet_columns import SheetColumns
from ui.widgets.sheet_gutter import SheetGutter
from ui.widgets.sheet_paint import FOLD, INDENT, PADDING, CellBrush, Scene
from ui.widgets.sheet_totals import TotalsStrip

AnyIndex = QModelIndex | QPersistentModelIndex
_HINT = QAbstractItemView.ScrollHint
_MOST_STRIPES = 8
"""Beyond so many stripes of changed rows it costs less to paint all that lies between as well."""


class SheetFrame(SheetColumns):
    """What a sheet looks like and where things are in it; the hand is in `Sheet`."""

    rows_moved_wanted = Signal(object, str, bool)
    fold_toggled = Signal(str)

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.brush = CellBrush()
        self.outline_column = ""
        self._hint = ("", "", "")
        self._heading_height = 0
        self.rows_can_move = False
        self.number_of: Callable[[str], str] | None = None
        self._hovered = (-1, -1)
        self._drop: tuple[int, bool] | None = None
        self._kept: tuple[str, str, list[str], int, int] | None = None
        self.gutter = SheetGutter(self)
        self.totals_strip = TotalsStrip(self)
        self.horizontalScrollBar().valueChanged.connect(self.totals_strip.update)
        self.heading.sectionResized.connect(self.totals_strip.update)
        self.setVerticalHeader(self.gutter)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        model.modelAboutToBeReset.connect(self.on_reset_begun)
        self.setModel(model)
        model.modelReset.connect(self.on_reset_done)
        model.shown.connect(self.on_shown)
        ThemeWatch(self, self.on_theme_changed)
        self.show_row_numbers(False)
        self.on_theme_changed()
        self.on_reset_done()

    # What a page sets

    def show_outline_in(self, column_key: str) -> None:
        """Draw levels and fold signs in one column."""
        self.outline_column = column_key
        self.viewport().update()

    def show_row_numbers(
        self, wanted: bool, *, rows_can_move: bool = False, number_of: Callable[[str], str] | None = None
    ) -> None:
        """Show the rows' numbers, by which with `rows_can_move` they are dragged.

        `number_of` gives the number of a row key, where it is not the row's place on the screen.
        """
        self.number_of = number_of
        self.gutter.setVisible(wanted)
        self.rows_can_move = rows_can_move

    def set_heading_height(self, height: int) -> None:
        """Make the headings as high as what stands beside them, in every density."""
        self._heading_height = height
        super().set_heading_height(height)

    def show_hint(self, row_key: str, column_key: str, words: str) -> None:
        """Say in grey what may be typed into a cell of the last row, as long as it is empty."""
        self._hint = (row_key, column_key, words)
        self.viewport().update()

    # What a page asks

    def selected_spans(self) -> list[tuple[int, int, int, int]]:
        """Give the selection as (top, left, bottom, right), each within the sheet."""
        model = self.selectionModel()
        if model is None:
            return []
        chosen = model.selection()
        spans = (chosen.at(at) for at in range(chosen.count()))
        return [(span.top(), span.left(), span.bottom(), span.right()) for span in spans]

    def spans_in_hand(self) -> list[tuple[int, int, int, int]]:
        """Give what a gesture acts on: the selection, or the caret's cell while nothing is selected."""
        at = self.currentIndex()
        alone = [(at.row(), at.column(), at.row(), at.column())] if at.isValid() else []
        return self.selected_spans() or alone

    def keys_in_hand(self) -> list[str]:
        """Give the keys of the rows a gesture acts on, from the top."""
        return self._keys_of(self.spans_in_hand())

    def selected_keys(self) -> list[str]:
        """Give the keys of all rows with a selected cell, from the top."""
        return self._keys_of(self.selected_spans())

    def _keys_of(self, spans: list[tuple[int, int, int, int]]) -> list[str]:
        rows = sorted({row for top, _, bottom, _ in spans for row in range(top, bottom + 1)})
        return [self.grid.rows[row].key for row in rows]

    def is_row_selected(self, row: int) -> bool:
        """Say whether the whole row is selected."""
        last = len(self.grid.columns) - 1
        return any(t <= row <= b and left == 0 and r == last for t, left, b, r in self.selected_spans())

    def select_cell(self, row_key: str, column_key: str = "") -> bool:
        """Put the caret on a cell and bring it into sight; False when the row is not shown."""
        row = self.grid.row_of(row_key)
        if row < 0:
            return False
        column = (
            max(self.grid.column_of(column_key), 0) if column_key else max(self.currentIndex().column(), 0)
        )
        self.put_caret(self.grid.index(row, column))
        return True

    def put_caret(self, index: QModelIndex) -> None:
        """Put the caret on a cell and select it alone, whatever keys are held down."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def fold_at(self, point: QPoint) -> bool:
        """Say whether a place is on a row's fold sign."""
        index = self.indexAt(point)
        if not index.isValid() or self.grid.columns[index.column()].key != self.outline_column:
            return False
        row = self.grid.rows[index.row()]
        left = self.heading.place(index.column()) + PADDING + row.level * INDENT
        return row.has_children and left - 4 <= point.x() < left + FOLD - 4

    def totals_height(self) -> int:
        """Give how much of the viewport's foot the totals cover."""
        return self.gutter.defaultSectionSize() + 1 if self.grid.view.totals else 0

    # Rows on the move

    def show_drop(self, y: int | None) -> None:
        """Show where dragged rows would land; None for nowhere."""
        self._drop = None if y is None else self._drop_at(y)
        self.viewport().update()

    def drop_rows(self, y: int) -> None:
        """Ask for the selected rows to go where they were dropped."""
        row, as_child = self._drop_at(y)
        keys = self.selected_keys()
        target = self.grid.rows[row].key if row < len(self.grid.rows) else ""
        if keys and target not in keys:
            self.rows_moved_wanted.emit(keys, target, as_child)

    def give_up(self) -> None:
        """Stop a drag under way (Esc)."""
        self.gutter.cancel()

    def _drop_at(self, y: int) -> tuple[int, bool]:
        height = self.gutter.defaultSectionSize()
        row, rest = divmod(y + self.gutter.offset(), height)
        row = max(0, min(row, len(self.grid.rows)))
        if row == len(self.grid.rows):
            return row, False
        if isinstance(self.grid, OutlineModel) and height * 0.3 < rest < height * 0.7:
            return row, True
        return (row, False) if rest <= height / 2 else (row + 1, False)

    # Listening

    def on_reset_begun(self) -> None:
        at = self.currentIndex()
        keys = (
            (self.grid.rows[at.row()].key, self.grid.columns[at.column()].key) if at.isValid() else ("", "")
        )
        scrolled = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        self._kept = (*keys, self.selected_keys()[:1000], *scrolled)

    def on_reset_done(self) -> None:
        self.settle_columns()
        if self._kept is None:
            return
        row_key, column_key, keys, down, across = self._kept
        self._kept = None
        row, column = self.grid.row_of(row_key), max(self.grid.column_of(column_key), 0)
        if row >= 0 and self.grid.columns:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.grid.index(row, column), flags)
            for key in keys if len(keys) > 1 else ():
                if (other := self.grid.row_of(key)) >= 0:
                    self.selectionModel().select(
                        self.grid.index(other, column), QItemSelectionModel.SelectionFlag.Select
                    )
        self.updateGeometries()
        self.verticalScrollBar().setValue(down)
        self.horizontalScrollBar().setValue(across)

    def on_shown(self) -> None:
        self.totals_strip.fit()
        self._repaint(self.grid.changed)

    def _repaint(self, rows: Sequence[int]) -> None:
        """Paint some rows again, as far as they are in sight."""
        height, offset, wide = self.gutter.defaultSectionSize(), self.gutter.offset(), self.viewport().width()
        first, last = offset // height, (offset + self.viewport().height()) // height
        stale = QRegion()
        for row in rows[bisect_left(rows, first) : bisect_right(rows, last)]:
            stale += QRegion(0, row * height - offset, wide, height)
        if not stale.isEmpty():
            self.viewport().update(stale)

    def on_theme_changed(self) -> None:
        metrics = current().metrics
        self.brush = CellBrush()
        self.gutter.setMinimumSectionSize(metrics.row)
        self.gutter.setDefaultSectionSize(metrics.row)
        self.heading.setFixedHeight(self._heading_height or metrics.header)
        self.totals_strip.fit()
        self.viewport().update()

    def paint_lanes(
        self, painter: QPainter, rows: list[Row], first: int, top: int, scene: Scene, area: QRect
    ) -> None:
        """Paint rows over all columns in sight, the frozen ones above the rest."""
        stay, move = self.lanes()
        height, edge = self.gutter.defaultSectionSize(), self.heading.frozen_width()
        if stay:
            painter.setClipRect(
                area.intersected(QRect(edge, area.top(), area.width() + area.left(), area.height()))
            )
        reach = self.viewport().width()
        self.brush.paint_rows(painter, rows, first, top, height, move, scene, reach)
        painter.setClipRect(area)
        if stay:
            self.brush.paint_rows(painter, rows, first, top, height, stay, scene, 0 if move else reach)
            if self.horizontalScrollBar().value():
                painter.fillRect(edge - 1, area.top(), 1, area.height(), self.brush.edge)

    def _scene(self) -> Scene:
        at = self.currentIndex()
        row, column = self._hovered
        hovered = self._hovered
        if not (0 <= row < len(self.grid.rows) and self.grid.is_editable(row, column)):
            hovered = (row, -1)
        return Scene(
            selected=self.selected_spans(),
            current=(at.row(), at.column()),
            hovered=hovered,
            has_focus=self.hasFocus(),
            outline_at=self.grid.column_of(self.outline_column),
            dims_computed=any(column.editable for column in self.grid.columns),
            hint=self._hint_place(),
        )

    def _hint_place(self) -> tuple[int, int, str]:
        row_key, column_key, words = self._hint
        last, column = len(self.grid.rows) - 1, self.grid.column_of(column_key)
        is_shown = last >= 0 and column >= 0 and self.grid.rows[last].key == row_key
        return (last, column, words) if is_shown else (-1, -1, "")

    def _paint_drop(self, painter: QPainter) -> None:
        if self._drop is None:
            return
        row, as_child = self._drop
        height = self.gutter.defaultSectionSize()
        y = row * height - self.gutter.offset()
        wide = self.viewport().width()
        if as_child:
            painter.setPen(self.brush.accent)
            painter.drawRect(0, y, wide - 1, height - 2)
        else:
            painter.fillRect(0, y - 1, wide, 2, self.brush.accent)

    # Qt overrides

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        # Qt would paint every row between the first and the last; `on_shown` paints those that changed.
        if QAccessible.isActive() or self.state() == QAbstractItemView.State.EditingState:
            super().dataChanged(first, last, roles)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            stripes = list(event.region())  # type: ignore[call-overload]
            for area in stripes if len(stripes) <= _MOST_STRIPES else [event.rect()]:
                self._paint_area(painter, area)
            painter.setClipping(False)
            self._paint_drop(painter)

    def _paint_area(self, painter: QPainter, area: QRect) -> None:
        painter.setClipRect(area)
        painter.fillRect(area, self.brush.surface)
        height = self.gutter.defaultSectionSize()
        offset = self.gutter.offset()
        first = max(0, (area.top() + offset) // height)
        last = min(len(self.grid.rows) - 1, (area.bottom() + offset) // height)
        if self.grid.columns and last >= first:
            rows = self.grid.rows[first : last + 1]
            self.paint_lanes(painter, rows, first, first * height - offset, self._scene(), area)

    def visualRect(self, index: AnyIndex) -> QRect:
        if not index.isValid():
            return QRect()
        top = self.rowViewportPosition(index.row())
        left, width = self.heading.place(index.column()), self.columnWidth(index.column())
        return QRect(left, top, width, self.rowHeight(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        row, column = self.rowAt(point.y()), self.heading.column_at(point.x())
        return self.grid.index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    def visualRegionForSelection(self, selection) -> QRegion:  # type: ignore[no-untyped-def]
        return QRegion(self.viewport().rect())

    def scrollTo(self, index: AnyIndex, hint: QAbstractItemView.ScrollHint = _HINT.EnsureVisible) -> None:
        if not index.isValid():
            return
        rect = self.visualRect(index)
        room = self.viewport().height() - self.totals_height()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if hint == _HINT.PositionAtCenter:
            down.setValue(down.value() + rect.center().y() - room // 2)
        elif hint == _HINT.PositionAtTop or rect.top() < 0:
            down.setValue(down.value() + rect.top())
        elif rect.bottom() >= room:
            down.setValue(down.value() + rect.bottom() - room + 1)
        edge = self.heading.frozen_width()
        if self.heading.visualIndex(index.column()) < self.heading.frozen:
            return
        if rect.right() >= self.viewport().width():
            across.setValue(
                across.value() + min(rect.right() - self.viewport().width() + 1, rect.left() - edge)
            )
        elif rect.left() < edge:
            across.setValue(across.value() + rect.left() - edge)

    def sizeHintForColumn(self, column: int) -> int:
        first = max(0, self.rowAt(0) - 200)
        outline = column == self.grid.column_of(self.outline_column)
        widest = 24
        for row in self.grid.rows[first : first + 600]:
            indent = row.level * INDENT + FOLD if outline else 0
            text = self.brush.measures[row.is_summary].horizontalAdvance(row.cells[column])
            widest = max(widest, text + indent + 2 * PADDING + 4)
        return widest

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx and self.heading.frozen:
            self.viewport().update()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self.totals_height():
            bar = self.verticalScrollBar()
            room = self.viewport().height() - self.totals_height()
            bar.setRange(0, max(0, self.gutter.length() - room))
        self.totals_strip.fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        hovered = (index.row(), index.column())
        if hovered != self._hovered and not event.buttons():
            for row in {hovered[0], self._hovered[0]} - {-1}:
                if row < len(self.grid.rows):
                    self.viewport().update(
                        0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row)
                    )
            self._hovered = hovered
        can_type = index.isValid() and self.grid.is_editable(*hovered)
        on_fold = self.fold_at(event.position().toPoint())
        wanted = Qt.CursorShape.PointingHandCursor if on_fold else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(wanted if can_type or on_fold else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._hovered != (-1, -1):
            self._hovered = (-1, -1)
            self.viewport().update()
        return super().viewportEvent(event)
