"""The parts of a plan's filter bar: words, a quick filter, grouping, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from app.text import tr
from ui.theme import SMALL, Role, font
from ui.widgets.label import Label
from ui.widgets.page_frame import button
from ui.widgets.search_line import SearchLine

_PAUSE_MS = 120
"""Typing that pauses this long filters; every key would make large plans stutter."""


class FilterBar(QWidget):
    """Says what is wanted by four signals; it filters nothing itself."""

    words_changed = Signal(str)
    quick_chosen = Signal(str)
    group_chosen = Signal(str)
    cleared = Signal()

    def __init__(self, quick: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = SearchLine(tr("Filter tasks"), most=240)
        self.words.setMinimumWidth(120)
        self.quick = _choice(tr("Which tasks"), quick)
        self.groups = _choice(tr("Group by"), ())
        self.note = Label()
        self.note.setFont(font(Role.BODY, tabular=True))
        self.note.setProperty("tone", "secondary")
        self.clear: QPushButton = button(tr("Show all"), self.cleared.emit, quiet=True, small=True)
        self._group = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self.words, 2)
        row.addWidget(self.quick)
        row.addWidget(self.groups)
        row.addWidget(self.note)
        row.addWidget(self.clear)
        row.addStretch(1)
        self.words.textChanged.connect(lambda _: self._pause.start())
        self.words.returnPressed.connect(self.on_words_settled)
        self._pause.timeout.connect(self.on_words_settled)
        self.quick.activated.connect(lambda _: self.quick_chosen.emit(self.quick.currentData()))
        self.groups.activated.connect(lambda _: self.group_chosen.emit(self.groups.currentData()))
        self.show_note("")

    def show_note(self, note: str, *, is_narrowed: bool = False) -> None:
        """Say what is left out, with the way back."""
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.clear.setVisible(is_narrowed)

    def show_state(self, words: str, quick: str, group: str) -> None:
        """Show a filter that was set elsewhere, such as a saved view."""
        for part in (self.words, self.quick, self.groups):
            part.blockSignals(True)
        if self.words.text() != words:
            self.words.setText(words)
        self.quick.setCurrentIndex(max(0, self.quick.findData(quick)))
        # The columns to group by may be offered only later.
        self._group = group
        self.groups.setCurrentIndex(max(0, self.groups.findData(group)))
        for part in (self.words, self.quick, self.groups):
            part.blockSignals(False)

    def offer_groups(self, groups: Sequence[tuple[str, str]]) -> None:
        """Say by which columns (key, title) rows can be grouped."""
        wanted = [("", tr("No grouping")), *((key, tr("By {column}", column=title)) for key, title in groups)]
        if [(self.groups.itemData(n), self.groups.itemText(n)) for n in range(self.groups.count())] == wanted:
            return
        self.groups.clear()
        for key, title in wanted:
            self.groups.addItem(title, key)
        self.groups.setCurrentIndex(max(0, self.groups.findData(self._group)))

    def on_words_settled(self) -> None:
        self._pause.stop()
        self.words_changed.emit(self.words.text())


def _choice(name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    for key, title in choices:
        made.addItem(title, key)
    return made
