"""The History page: who changed this? Every step, and below it the fields it changed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.domain.errors import FileTrouble, Refusal
from app.text import mark, tr, trn
from app.views.history import answer_line, fields, history
from app.views.tables import Ask
from app.workspace import JournalEntry
from ui.bridge import Bridge, Tone
from ui.models.grid_model import GridModel
from ui.page import Page
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.search_line import SearchLine
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
        self._filter = SearchLine(tr("Filter by person or step"))
        self._filter.textChanged.connect(self.on_filter_changed)
        self.frame.add_filter(self._filter, stretch=1)
        self.frame.end_filters()
        self.back_button = self.frame.add_action(tr("Undo to here"), self.on_undo_to_here, "undo-2")
        self.back_button.setToolTip(
            tr("Takes back, newest first, every step after the selected one. Redo brings them again.")
        )
        self._nothing = EmptyState(
            tr("Every change is kept here with who made it, when, from what and to what."),
            title=tr("Nothing has been changed yet"),
            drawing="history",
            parent=self,
        )
        self._no_fit = EmptyState(
            tr("No step fits the filter."), (tr("Clear the filter"), self._filter.clear), parent=self
        )
        for other in (self._nothing, self._no_fit):
            other.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self.sheet.current_moved.connect(lambda row, _column: self._show_fields(row))
        self.setFocusProxy(self.sheet)

    def refresh(self) -> None:
        self.ask = replace(self.ask, locale=self.bridge.locale)
        door = self.bridge.workspace
        self._entries = door.history(limit=_MOST)
        self.frame.show_answer(
            tr(self.title), answer_line(self._entries, door.history_length, self.ask.locale)
        )
        self._show_steps()

    def _show_steps(self) -> None:
        self.model.show(history(self._entries, self.ask))
        place = self.sheet.currentIndex()
        if not place.isValid() and self.model.rows:
            place = self.model.index(0, 0)
            self.sheet.setCurrentIndex(place)
        row = min(place.row(), len(self.model.rows) - 1)
        self._show_fields(self.model.rows[row].key if row >= 0 else "")
        is_empty = not self.model.rows
        self.frame.show_instead((self._no_fit if self._entries else self._nothing) if is_empty else None)

    def filter_field(self) -> QWidget | None:
        return self._filter

    def show_record(self, record: str) -> None:
        place = self.model.row_of(record)
        if place >= 0:
            self.sheet.setCurrentIndex(self.model.index(place, 0))

    def _show_fields(self, key: str) -> None:
        entry = next((entry for entry in self._entries if entry.uuid == key), None)
        changed = self.bridge.workspace.history_fields(entry) if entry else ()
        self.fields_model.show(fields(self.bridge.document, changed, self.ask))
        self.back_button.setEnabled(entry is not None and self._is_ahead(entry))

    def _is_ahead(self, entry: JournalEntry) -> bool:
        """Whether undo can take back a step that was made after this one."""
        newest = self.bridge.workspace.undo_entry
        return not self.bridge.is_read_only and newest is not None and newest.counter > entry.counter

    def on_undo_to_here(self) -> None:
        """Take back the steps after the selected one, as far as undo goes, and say how many."""
        place = self.sheet.currentIndex()
        key = self.model.rows[place.row()].key if place.isValid() else ""
        entry = next((entry for entry in self._entries if entry.uuid == key), None)
        if entry is None:
            return
        count = 0
        try:
            while self._is_ahead(entry):
                self.bridge.workspace.undo()
                count += 1
        except Refusal as refusal:
            self.bridge.noticed.emit(Tone.REFUSED, refusal.sentence, False)
        except FileTrouble as trouble:
            self.bridge.troubled.emit(trouble, self.on_undo_to_here)
        if count:
            words = trn("{count} step was undone.", "{count} steps were undone.", count)
            self.bridge.noticed.emit(Tone.DONE, words, False)
        self.show_record(key)

    def on_filter_changed(self, text: str) -> None:
        self.ask = replace(self.ask, filter=text)
        self._show_steps()
