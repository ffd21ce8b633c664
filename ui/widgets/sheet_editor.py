"""Typing in a cell: the editor, the keys that end it, and what it says when the text is refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCompleter,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import RADIUS_CONTROL, Role, font, repolish, tokens
from ui.widgets.label import Label

_ENDS = {
    (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier): "down",
    (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier): "up",
    (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier): "fill",
    (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier): "right",
    (Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier): "left",
}
_ARROWS = {
    Qt.Key.Key_Up: "up",
    Qt.Key.Key_Down: "down",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_Right: "right",
}


class CellEditor(QLineEdit):
    """The line that stands in a cell while it is typed in.

    `finished` says where the caret wants to go ('down', 'up', 'right', 'left', 'fill' or '' to stay).
    After typing replaced a cell's text the arrow keys finish too; after F2 they move in the text.
    """

    finished = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QWidget, choices: tuple[str, ...]) -> None:
        super().__init__(parent)
        self.setProperty("cell", True)
        self.setFont(font(Role.BODY, tabular=True))
        self.original = ""
        self.started_by_typing = False
        self.sentence = ""
        self._bubble: QLabel | None = None
        self.textEdited.connect(self.on_text_edited)
        if choices:
            offered = QCompleter(self)
            offered.setModel(QStringListModel(list(choices), offered))
            offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            offered.setFilterMode(Qt.MatchFlag.MatchContains)
            self.setCompleter(offered)
            offered.activated.connect(self.on_choice_taken)

    def say(self, sentence: str) -> None:
        """Say why the text was refused, right under the cell; an empty sentence takes it back."""
        self.sentence = sentence
        self.setProperty("wrong", bool(sentence))
        self.setAccessibleDescription(sentence)
        repolish(self)
        if not sentence:
            if self._bubble is not None:
                self._bubble.hide()
            return
        if self._bubble is None:
            self._bubble = Label("", self.parentWidget())
            self._bubble.setWordWrap(True)
        t = tokens()
        self._bubble.setFont(font(Role.CAPTION))
        self._bubble.setStyleSheet(
            f"background: {t.bad_weak}; color: {t.bad}; border: 1px solid {t.bad};"
            f" border-radius: {RADIUS_CONTROL}px; padding: 4px 8px;"
        )
        self._bubble.setText(sentence)
        self._place_bubble(self._bubble)
        self._bubble.show()
        self._bubble.raise_()

    def _place_bubble(self, bubble: QLabel) -> None:
        holder = self.parentWidget()
        if holder is None:
            return
        room = holder.rect()
        bubble.ensurePolished()
        width = min(320, room.width() - 8, bubble.fontMetrics().horizontalAdvance(self.sentence) + 26)
        text = bubble.fontMetrics().boundingRect(
            QRect(0, 0, width - 24, 400), Qt.TextFlag.TextWordWrap, self.sentence
        )
        high = text.height() + 12
        below = self.geometry().bottom() + 3
        top = below if below + high <= room.bottom() else self.geometry().top() - high - 3
        left = max(4, min(self.geometry().left(), room.right() - width - 4))
        bubble.setGeometry(left, top, width, high)

    def offer_choices(self, *, by_typing: bool) -> None:
        """Open the list of choices: what fits the first letter, or all of them."""
        if self.completer() is not None:
            self.completer().setCompletionPrefix(self.text() if by_typing else "")
            self.completer().complete()

    def put_away(self) -> None:
        """Take the sentence off the screen; the editor itself is put away by its view."""
        if self._bubble is not None:
            self._bubble.hide()
            self._bubble.deleteLater()
            self._bubble = None

    def on_text_edited(self) -> None:
        if self.sentence:
            self.say("")

    def on_choice_taken(self, choice: str) -> None:
        self.setText(choice)
        self.finished.emit("down")

    # Qt overrides

    def event(self, event: QEvent) -> bool:
        # Tab would leave for the next widget, and a menu's shortcut would take keys meant for the text.
        if event.type() == QEvent.Type.KeyPress and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):  # type: ignore[attr-defined]
            self.keyPressEvent(event)  # type: ignore[arg-type]
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        where = _ENDS.get((key, modifiers))
        if where is None and self.started_by_typing and modifiers == Qt.KeyboardModifier.NoModifier:
            where = _ARROWS.get(key)
        if where is not None:
            self.finished.emit(where)
        elif key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key == Qt.Key.Key_F2:
            self.started_by_typing = False
        elif self.completer() and key == Qt.Key.Key_Down and modifiers == Qt.KeyboardModifier.AltModifier:
            self.offer_choices(by_typing=False)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        leaving = event.reason() not in (
            Qt.FocusReason.PopupFocusReason,
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.MenuBarFocusReason,
        )
        if leaving and self.isVisible():
            self.finished.emit("")


class CellDelegate(QStyledItemDelegate):
    """Makes the editors of a sheet; committing and closing them is the sheet's own affair."""

    def __init__(self, parent: QObject, opened: Callable[[CellEditor, QModelIndex], None]) -> None:
        super().__init__(parent)
        self._opened = opened

    # Qt overrides

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        column = index.model().columns[index.column()]  # type: ignore[attr-defined]
        editor = CellEditor(parent, column.choices)
        editor.setAccessibleName(column.title)
        if column.align == "right":
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.original = index.data() or ""
        self._opened(editor, index.model().index(index.row(), index.column()))
        return editor

    def setEditorData(self, editor: QWidget, index: QModelIndex | QPersistentModelIndex) -> None:
        """Nothing: it is called whenever the cell changes, and what is being typed must survive that."""

    def setModelData(self, editor: QWidget, model: QObject, index: QModelIndex) -> None:  # type: ignore[override]
        """The sheet announces edits; the model is only ever changed by another view."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        editor.setGeometry(option.rect.adjusted(0, 0, 0, -1))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return False
