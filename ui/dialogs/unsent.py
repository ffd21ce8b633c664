"""Text that was being typed when the program stopped: put it back where it stood, copy it, or let it go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.text import tr
from ui.theme import LARGE, MEDIUM, WIDE
from ui.widgets.label import Label, plain_tip

if TYPE_CHECKING:
    from ui.recovery import UnsentText


class UnsentChoice(QDialog):
    """Lists the texts. Accepted, ``chosen`` is the one to put back, or ``None`` where none is wanted."""

    def __init__(self, texts: Sequence[UnsentText], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: UnsentText | None = None
        self._texts = tuple(texts)
        self.setWindowTitle(tr("Text that was not taken yet"))
        self.resize(560, 320)
        words = Label(tr("You were typing this when the program stopped. Everything else is in the file."))
        words.setWordWrap(True)
        words.setProperty("tone", "secondary")
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Texts"))
        self.list.setWordWrap(True)
        for text in self._texts:
            item = QListWidgetItem(tr("{field}: {text}", field=text.field, text=text.text))
            item.setToolTip(plain_tip(text.text))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        buttons = QDialogButtonBox()
        back = buttons.addButton(tr("Put it back"), QDialogButtonBox.ButtonRole.AcceptRole)
        back.setProperty("primary", True)
        copy = buttons.addButton(tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
        away = buttons.addButton(tr("Discard all"), QDialogButtonBox.ButtonRole.DestructiveRole)
        buttons.addButton(tr("Later"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.on_put_back)
        buttons.rejected.connect(self.reject)
        copy.clicked.connect(self.on_copy)
        away.clicked.connect(self.accept)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)

    def on_put_back(self) -> None:
        self.chosen = self._current()
        self.accept()

    def on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._current().text)

    def _current(self) -> UnsentText:
        return self._texts[max(self.list.currentRow(), 0)]
