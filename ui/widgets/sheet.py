"""The grid of the program: any `TableView` or `TreeView`, under a hand that knows Excel.

It knows no task. A gesture leaves as one signal with keys and texts; the page runs an operation, and
the next view comes back through the model. A refused edit is answered with `reject`.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QWidget
from shiboken6 import isValid

from ui.models.grid_model import GridModel, OutlineModel
from ui.widgets import sheet_edits as edits
from ui.widgets.clipboard import from_mime, to_mime
from ui.widgets.sheet_editor import CellDelegate, CellEditor
from ui.widgets.sheet_frame import SheetFrame
from ui.widgets.sheet_keys import key_table

AnyIndex = QModelIndex | QPersistentModelIndex
_STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


class Sheet(SheetFrame):
    """A grid over a `GridModel` or an `OutlineModel`; see the signals for all it can ask for.

    cells_edited: list of (row key, column key, text): typing, paste, fill, clear.
    pasted_beyond: such a list, and for each further row a list of (column key, text); a sheet in which
    nobody listens to it takes no new rows.
    cells_skipped: how many cells of the gesture nothing can be typed in, or lie below the last row.
    rows_inserted_wanted: the row key to insert above, '' for the end. rows_deleted_wanted: row keys.
    rows_moved_wanted: row keys, the key to stand before ('' for the end), or, with True, the new parent.
    indent_wanted, outdent_wanted: row keys. fold_toggled: row key. opened: row key (double-click, Shift+F2).
    sort_wanted: column key, 'ascending' | 'descending' | ''. filter_wanted: column key, text ('' clears).
    group_wanted: column key. columns_chosen: column keys in order. column_resized: column key, width.
    current_moved: row key and column key. rows_selected: row keys.
    """

    cells_edited = Signal(object)
    pasted_beyond = Signal(object, object)
    cells_skipped = Signal(int)
    rows_inserted_wanted = Signal(str)
    rows_deleted_wanted = Signal(object)
    indent_wanted = Signal(object)
    outdent_wanted = Signal(object)
    opened = Signal(str)
    current_moved = Signal(str, str)
    rows_selected = Signal(object)

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self._editor: CellEditor | None = None
        self._edited = QPersistentModelIndex()
        self._start: tuple[str, bool] | None = None
        self._refusal = ""
        self._is_submitting = False
        self._tab_from = -1
        self._keys = key_table(self)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(CellDelegate(self, self.on_editor_opened))

    # Typing

    def edit_current(self) -> None:
        """Open the current cell's editor with its text (F2)."""
        self._edit(self.currentIndex(), None)

    def submit(self) -> None:
        """Have what stands in the open editor taken, as leaving it would."""
        self.on_editor_finished("")

    def edited_cell(self) -> tuple[str, str] | None:
        """The row key and column key of the cell whose editor is open."""
        if self._editor is None or not self._edited.isValid():
            return None
        return self.grid.rows[self._edited.row()].key, self.grid.columns[self._edited.column()].key

    def type_into(self, row_key: str, column_key: str, text: str) -> bool:
        """Open a cell's editor with a text that is not taken yet; whether there is such a cell to type in."""
        if not self.select_cell(row_key, column_key):
            return False
        self._edit(self.currentIndex(), text)
        return self._editor is not None

    def reject(self, row_key: str, column_key: str, text: str, sentence: str) -> None:
        """Refuse an edit: its editor stays open, or opens again, with the text and the sentence."""
        at = self.grid.index(self.grid.row_of(row_key), self.grid.column_of(column_key))
        self._refusal = sentence
        if not at.isValid():
            return
        if self._editor is None or not isValid(self._editor) or self._edited != at:
            self.put_caret(at)
            self._edit(at, text)
        if self._editor is not None:
            self._editor.setText(text)
            self._editor.say(sentence)

    def on_editor_opened(self, editor: CellEditor, index: QModelIndex) -> None:
        text, by_typing = self._start or (editor.original, False)
        self._editor, self._edited, self._start = editor, QPersistentModelIndex(index), None
        editor.setText(text)
        editor.started_by_typing = by_typing
        editor.finished.connect(self.on_editor_finished)
        editor.cancelled.connect(self.on_editor_cancelled)

    def on_editor_finished(self, where: str) -> None:
        if self._editor is None or self._is_submitting:
            return
        self._is_submitting = True
        try:
            accepted = self._submit(self._editor, fill=where == "fill")
        finally:
            self._is_submitting = False
        if not accepted:
            self._return_to_editor()
            return
        self._close_editor(has_focus=where != "")
        if where in _STEPS:
            self._step(where)

    def on_editor_cancelled(self) -> None:
        self._close_editor(has_focus=True)

    def _edit(self, index: AnyIndex, text: str | None, *, by_typing: bool = False) -> None:
        if not index.isValid() or not self.grid.is_editable(index.row(), index.column()):
            return
        self._start = None if text is None else (text, by_typing)
        at = self.grid.index(index.row(), index.column())
        self.scrollTo(at)
        self.edit(at)
        if self._editor is not None:
            # Qt selects the whole text when it opens an editor; the next letter would replace it.
            self._editor.deselect()
            self._editor.setCursorPosition(len(self._editor.text()))
            self._editor.offer_choices(by_typing=by_typing)

    def _submit(self, editor: CellEditor, *, fill: bool) -> bool:
        """Announce what was typed; False when the page refused it."""
        self._refusal = ""
        if fill:
            self._announce(edits.written(self.grid, self._cells(), editor.text()))
        elif editor.text() != editor.original and self._edited.isValid():
            row, column = self._edited.row(), self._edited.column()
            self.cells_edited.emit([(self.grid.rows[row].key, self.grid.columns[column].key, editor.text())])
        return not self._refusal

    def _close_editor(self, *, has_focus: bool) -> None:
        editor, self._editor = self._editor, None
        self._edited = QPersistentModelIndex()
        if editor is None or not isValid(editor):
            return
        editor.put_away()
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if has_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _return_to_editor(self) -> None:
        editor = self._editor
        if editor is None or not isValid(editor):
            return

        def come_back() -> None:
            if self._editor is editor and self._edited.isValid():
                self.put_caret(self.grid.index(self._edited.row(), self._edited.column()))
                editor.setFocus(Qt.FocusReason.OtherFocusReason)

        QTimer.singleShot(0, editor, come_back)

    def _announce(self, wanted: edits.Wanted) -> None:
        """Send one gesture on its way as one signal, and say how many cells it could not touch."""
        skipped = wanted.skipped
        if wanted.beyond and self.is_heard(self.pasted_beyond):
            self.pasted_beyond.emit(wanted.edits, wanted.beyond)
        else:
            skipped += sum(bool(text) for line in wanted.beyond for _, text in line)
            if wanted.edits:
                self.cells_edited.emit(wanted.edits)
        if skipped:
            self.cells_skipped.emit(skipped)

    # Gestures on the selection, or on the caret's cell while nothing is selected

    def copy(self) -> None:
        """Put the selected block on the clipboard as text and as a table."""
        rows, columns = self._selected_lines()
        if not rows:
            return
        chosen = set(self._cells()) if len(self.spans_in_hand()) > 1 else None
        block = [
            [self.grid.rows[r].cells[c] if chosen is None or (r, c) in chosen else "" for c in columns]
            for r in rows
        ]
        QGuiApplication.clipboard().setMimeData(to_mime(block))

    def cut(self) -> None:
        """Copy the selected cells and clear them."""
        self.copy()
        self.clear_cells()

    def paste(self) -> None:
        """Write the clipboard's block from the first selected cell on."""
        rows, columns = self._selected_lines()
        if rows:
            block = from_mime(QGuiApplication.clipboard().mimeData())
            self._announce(edits.pasted(self.grid, block, rows, columns, self.column_order()))

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        self._announce(edits.written(self.grid, self._cells(), ""))

    def fill_down(self) -> None:
        """Repeat the first selected row in the others; a single row takes the one above."""
        self._fill(down=True)

    def fill_right(self) -> None:
        """Repeat the first selected column in the others."""
        self._fill(down=False)

    def insert_row(self) -> None:
        """Ask for a row above the current one, or at the end of an empty sheet."""
        at = self.currentIndex()
        self.rows_inserted_wanted.emit(self.grid.rows[at.row()].key if at.isValid() else "")

    def delete_rows(self) -> None:
        """Ask for the selected rows to go."""
        self._emit_rows(self.rows_deleted_wanted)

    def indent(self) -> None:
        """Ask for the selected rows to go one level in."""
        self._emit_rows(self.indent_wanted)

    def outdent(self) -> None:
        """Ask for the selected rows to come one level out."""
        self._emit_rows(self.outdent_wanted)

    def move_rows_up(self) -> None:
        """Ask for the selected rows to stand before the one above them."""
        keys = self.keys_in_hand()
        first = self.grid.row_of(keys[0]) if keys else -1
        if isinstance(self.grid, OutlineModel) and first > 0:
            before = self.grid.sibling_before(first)
        else:
            before = first - 1
        if before >= 0:
            self.rows_moved_wanted.emit(keys, self.grid.rows[before].key, False)

    def move_rows_down(self) -> None:
        """Ask for the selected rows to stand behind the one below them."""
        keys = self.keys_in_hand()
        if not keys:
            return
        last = self.grid.row_of(keys[-1])
        if isinstance(self.grid, OutlineModel):
            following = self.grid.end_of(last)
            if (
                following >= len(self.grid.rows)
                or self.grid.rows[following].level < self.grid.rows[last].level
            ):
                return
            target = self.grid.end_of(following)
        else:
            target = last + 2
        if last + 1 < len(self.grid.rows):
            before = self.grid.rows[target].key if target < len(self.grid.rows) else ""
            self.rows_moved_wanted.emit(keys, before, False)

    def toggle_fold(self) -> None:
        """Ask for the current row to open or close."""
        at = self.currentIndex()
        if at.isValid() and self.grid.rows[at.row()].has_children:
            self.fold_toggled.emit(self.grid.rows[at.row()].key)

    def open_current(self) -> None:
        """Ask for the details of the current row."""
        at = self.currentIndex()
        if at.isValid():
            self.opened.emit(self.grid.rows[at.row()].key)

    def go(self, where: str) -> None:
        """Move the caret one cell; Enter after Tabs goes back under the cell where they began."""
        at = self.currentIndex()
        if where in ("right", "left") and self._tab_from < 0:
            self._tab_from = at.column()
        self._step(where)

    def _travels(self, *, forward: bool) -> bool:
        """Take Tab to the next cell where cells can be typed in; False where it leaves the sheet."""
        at, order = self.currentIndex(), self.column_order()
        can_type = not self.grid.is_read_only and any(column.editable for column in self.grid.columns)
        if not can_type or not at.isValid():
            return False
        place = at.row() * len(order) + order.index(at.column()) + (1 if forward else -1)
        if not 0 <= place < len(self.grid.rows) * len(order):
            return False
        self.go("right" if forward else "left")
        return True

    def _step(self, where: str) -> None:
        down, across = _STEPS[where]
        at = self.currentIndex()
        order = self.column_order()
        if not at.isValid() or not order:
            return
        place = order.index(at.column()) + across
        row = at.row() + down
        if across and self._tab_from < 0:
            self._tab_from = at.column()
        elif down and self._tab_from in order:
            place, self._tab_from = order.index(self._tab_from), -1
        if place >= len(order):
            row, place = row + 1, 0
        elif place < 0:
            row, place = row - 1, len(order) - 1
        if 0 <= row < len(self.grid.rows):
            self.put_caret(self.grid.index(row, order[place]))

    def _fill(self, *, down: bool) -> None:
        rows, columns = self._selected_lines()
        if rows:
            self._announce(edits.filled(self.grid, rows, columns, down=down))

    def _emit_rows(self, signal) -> None:  # type: ignore[no-untyped-def]
        keys = self.keys_in_hand()
        if keys:
            signal.emit(keys)

    def _selected_lines(self) -> tuple[list[int], list[int]]:
        """Give the selected rows from the top and the selected columns from the left."""
        spans = self.spans_in_hand()
        rows = sorted({row for top, _, bottom, _ in spans for row in range(top, bottom + 1)})
        columns = {column for _, left, _, right in spans for column in range(left, right + 1)}
        return rows, [column for column in self.column_order() if column in columns]

    def _cells(self) -> list[tuple[int, int]]:
        order = self.column_order()
        return [
            (row, column)
            for top, left, bottom, right in self.spans_in_hand()
            for row in range(top, bottom + 1)
            for column in order
            if left <= column <= right
        ]

    # Qt overrides

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._travels(forward=forward) or super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        gesture = self._keys.get((key, modifiers))
        if gesture is not None:
            gesture()
            return
        text = event.text()
        plain = Qt.KeyboardModifier.NoModifier | Qt.KeyboardModifier.ShiftModifier
        altgr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if text and text.isprintable() and (not modifiers & ~plain or modifiers & altgr == altgr):
            self._edit(self.currentIndex(), text, by_typing=True)
            return
        self._tab_from = -1
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._tab_from = -1
        if event.button() == Qt.MouseButton.LeftButton and self.fold_at(event.position().toPoint()):
            self.put_caret(self.indexAt(event.position().toPoint()))
            self.toggle_fold()
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or self.fold_at(event.position().toPoint()):
            return
        if self.grid.is_editable(index.row(), index.column()):
            self._edit(index, None)
        else:
            self.opened.emit(self.grid.rows[index.row()].key)

    def currentChanged(self, now: AnyIndex, before: AnyIndex) -> None:
        super().currentChanged(now, before)
        self.viewport().update()
        if now.isValid():
            row, column = self.grid.rows[now.row()], self.grid.columns[now.column()]
            self.current_moved.emit(row.key, column.key)

    def selectionChanged(self, on: QItemSelection, off: QItemSelection) -> None:
        super().selectionChanged(on, off)
        self.viewport().update()
        self.gutter.viewport().update()
        self.rows_selected.emit(self.selected_keys())

    def commitData(self, editor: QWidget) -> None:
        """Qt would write into the model here; the sheet announces edits itself."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if editor is self._editor:
            self.on_editor_finished("")
        else:
            super().closeEditor(editor, hint)
