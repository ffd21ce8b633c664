"""The History page: who changed this? Every step, and below it the fields it changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from app.text import mark, tr
from app.views.history import answer_line, fields, history
from app.views.tables import Ask
from app.workspace import JournalEntry
from ui.bridge import Bridge
from ui.models.grid_model import GridModel
from ui.page import Page
from ui.widgets.page_frame import PageFrame
from ui.widgets.sheet import Sheet

_MOST = 5_000


class HistoryPage(Page):
    """The journal, newest first, with what each step changed."""

    key = "history"
    title = mark("History")
    icon = "history"

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.ask = Ask(locale=bridge.locale)
        self._entries: tuple[JournalEntry, ...] = ()
        self.model, self.fields_model = GridModel(self), GridModel(self)
        self.sheet, self.fields_sheet = Sheet(self.model), Sheet(self.fields_model)
        self.sheet.setAccessibleName(tr("Steps"))
        self.fields_sheet.setAccessibleName(tr("Changed fields"))
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.sheet)
        split.addWidget(self.fields_sheet)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.frame = PageFrame(tr(self.title))
        self.frame.set_content(split, inset=True)
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(tr("Filter by person or step"))
        self._filter.setAccessibleName(tr("Filter by person or step"))
        self._filter.setClearButtonEnabled(True)
        self._filter.setMaximumWidth(280)
        self._filter.textChanged.connect(self.on_filter_changed)
        self.frame.add_filter(self._filter, stretch=1)
        self.frame.end_filters()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self.sheet.current_moved.connect(lambda row, _column: self._show_fields(row))
        self.setFocusProxy(self.sheet)

    def refresh(self) -> None:
        self.ask = replace(self.ask, locale=self.bridge.locale)
        self._entries = self.bridge.workspace.history(limit=_MOST)
        self.model.show(history(self._entries, self.ask))
        self.frame.show_answer(tr(self.title), answer_line(self._entries, self.ask.locale))
        place = self.sheet.currentIndex()
        if not place.isValid() and self.model.rows:
            place = self.model.index(0, 0)
            self.sheet.setCurrentIndex(place)
        self._show_fields(self.model.rows[place.row()].key if self.model.rows else "")

    def show_record(self, record: str) -> None:
        place = self.model.row_of(record)
        if place >= 0:
            self.sheet.setCurrentIndex(self.model.index(place, 0))

    def _show_fields(self, key: str) -> None:
        entry = next((entry for entry in self._entries if entry.uuid == key), None)
        changed = self.bridge.workspace.history_fields(entry) if entry else ()
        self.fields_model.show(fields(self.bridge.document, changed, self.ask))

    def on_filter_changed(self, text: str) -> None:
        self.ask = replace(self.ask, filter=text)
        self.refresh()
