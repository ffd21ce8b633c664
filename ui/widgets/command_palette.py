"""The command palette: every action, project and task by a few letters, without the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.text import tr
from ui import icons
from ui.theme import MEDIUM, RADIUS_CARD, RADIUS_CONTROL, SMALL, Role, font, tokens
from ui.widgets.label import Label

WIDTH, ROW_PX, MOST = 600, 36, 50
_ROWS_SHOWN = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to find: its title, what it is or its shortcut, its icon, what happens."""

    title: str
    hint: str
    icon: str
    then: Callable[[], object]


def score(wanted: str, title: str) -> int:
    """Say how well typed letters fit a title: 0 not at all, more is better.

    All letters must occur in order; whole words, word starts and neighbours count more.
    """
    sought, text = wanted.casefold().replace(" ", ""), title.casefold()
    if not sought:
        return 1
    if wanted.casefold().strip() in text:
        at = text.index(wanted.casefold().strip())
        starts_word = at == 0 or not text[at - 1].isalnum()
        return 1000 + (500 if at == 0 else 250 if starts_word else 0) - len(text)
    points, at, previous = 0, -1, -2
    for letter in sought:
        at = text.find(letter, at + 1)
        if at < 0:
            return 0
        starts_word = at == 0 or not text[at - 1].isalnum()
        points += 12 if starts_word else 8 if at == previous + 1 else 1
        previous = at
    return max(1, 4 * points - len(text) // 4)


def best(entries: Sequence[Entry], wanted: str, most: int = MOST) -> list[Entry]:
    """Give the entries that fit, best first; equal ones in the order given."""
    rated = [(score(wanted, entry.title), at) for at, entry in enumerate(entries)]
    rated = sorted((r for r in rated if r[0]), key=lambda r: (-r[0], r[1]))
    return [entries[at] for _, at in rated[:most]]


class CommandPalette(QFrame):
    """Opens over a window; type, go up and down, Enter runs, Esc closes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._entries: Sequence[Entry] = ()
        self._before: QWidget | None = None
        self._found = _Found(self)
        self.line = QLineEdit(self)
        self.line.setPlaceholderText(tr("Type a command, a project or a task"))
        self.line.setAccessibleName(tr("Command palette"))
        self.list = QListView(self)
        self.list.setModel(self._found)
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(tr("Found"))
        self._nothing = Label(tr("Nothing fits. Try fewer letters."), self)
        self._nothing.setProperty("tone", "hint")
        self._nothing.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(SMALL, SMALL, SMALL, SMALL)
        column.setSpacing(SMALL)
        column.addWidget(self.line)
        column.addWidget(self.list)
        column.addWidget(self._nothing)
        self.line.textChanged.connect(self.on_text_changed)
        self.list.clicked.connect(self.on_clicked)
        self.line.installEventFilter(self)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)
        self.hide()

    def open(self, entries: Sequence[Entry], text: str = "") -> None:
        """Show the palette over the window with the given things to find."""
        self._entries = entries
        self._before = self._window.focusWidget()
        self.line.setText(text)
        self.on_text_changed(text)
        self.show()
        self.raise_()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Close and give the focus back where it was."""
        if not self.isVisible():
            return
        self.hide()
        before, self._before = self._before, None
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def on_text_changed(self, text: str) -> None:
        found = best(self._entries, text)
        self._found.show(found)
        self.list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        if found:
            self.list.setCurrentIndex(self._found.index(0))
        rows = min(len(found), _ROWS_SHOWN)
        self.list.setFixedHeight(max(rows, 1) * ROW_PX + 2)
        width = min(WIDTH, self._window.width() - 32)
        high = self._column.sizeHint().height()
        self.setGeometry(
            (self._window.width() - width) // 2, min(96, self._window.height() // 8), width, high
        )

    def on_clicked(self, index: QModelIndex) -> None:
        self._run(index)

    def _run(self, index: QModelIndex) -> None:
        if index.isValid():
            entry = self._found.entries[index.row()]
            self.close_palette()
            entry.then()

    def _travel(self, step: int) -> None:
        count = self._found.rowCount()
        if count:
            row = (self.list.currentIndex().row() + step) % count
            self.list.setCurrentIndex(self._found.index(row))

    # Qt overrides

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if event.type() == QEvent.Type.FocusOut and self.isVisible() and not self.isActiveWindow():
            return False
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            self.hide()
            self._before = None
            return False
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _ROWS_SHOWN,
            Qt.Key.Key_PageUp: -_ROWS_SHOWN,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._travel(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        else:
            return False
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(tokens().strong_border), 1))
            painter.setBrush(QColor(tokens().surface))
            painter.drawRoundedRect(
                self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD
            )


class _Found(QAbstractListModel):
    """The entries that fit what was typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    # Qt overrides

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        return self.entries[index.row()].title if index.isValid() and role == 0 else None


class _EntryDelegate(QStyledItemDelegate):
    """Paints an entry: icon, title, and its hint at the right."""

    # Qt overrides

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        assert isinstance(model, _Found)
        entry = model.entries[index.row()]
        t = tokens()
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.accent_weak))
            painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
        if icons.exists(entry.icon):
            picture = icons.pixmap(entry.icon, 16, "accent" if chosen else "secondary")
            painter.drawPixmap(box.topLeft() + QPoint(MEDIUM, (ROW_PX - 16) // 2), picture)
        painter.setFont(font(Role.CAPTION, tabular=True))
        painter.setPen(QColor(t.secondary))
        room = box.adjusted(40, 0, -MEDIUM, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.hint)
        taken = painter.fontMetrics().horizontalAdvance(entry.hint) + MEDIUM
        painter.setFont(font(Role.BODY_MEDIUM if chosen else Role.BODY))
        painter.setPen(QColor(t.text))
        shown = painter.fontMetrics().elidedText(
            entry.title, Qt.TextElideMode.ElideRight, room.width() - taken
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()
