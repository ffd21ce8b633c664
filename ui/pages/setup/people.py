"""People: every resource in a sheet, and under it the one the caret is on in detail."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from app.domain.document import Reading
from app.domain.values import ProjectId, ResourceId
from app.operations import people
from app.operations.operation import Step
from app.operations.together import together
from app.text import mark, tr
from app.views.people import people_answer, people_table
from app.views.tables import Ask
from ui.bridge import Bridge
from ui.models.grid_model import GridModel
from ui.pages.setup.people_edits import step_of, step_of_new
from ui.pages.setup.person_panel import PersonPanel
from ui.pages.setup.section import SetupSection, bar, inset
from ui.sheet_edits import take_cells
from ui.theme import MEDIUM, SMALL, WIDE
from ui.widgets.label import Label
from ui.widgets.page_frame import button
from ui.widgets.search_line import SearchLine
from ui.widgets.sheet import Sheet


class PeopleSection(SetupSection):
    """The sheet of resources over the rates, availability, leave and facts of one of them."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.ask = Ask()
        self.model = GridModel(self)
        self.sheet = Sheet(self.model)
        self.panel = PersonPanel(bridge)
        self.sheet.setAccessibleName(tr("Resources"))
        self.sheet.freeze(1)
        self.new_menu = QMenu(self)
        self.new_button = button(tr("Add"), lambda: None, "plus")
        self.new_button.setMenu(self.new_menu)
        self.delete_button = button(tr("Delete"), self.on_delete, "trash-2")
        self.filter = SearchLine(tr("Filter people"))
        self.filter.setFixedWidth(240)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self._upper())
        split.addWidget(self.panel)
        split.setStretchFactor(0, 1)
        split.setSizes([370, 220])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self._connect()

    def _upper(self) -> QWidget:
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        column.setSpacing(SMALL)
        verbs = bar(self.new_button, self.delete_button, None, self.filter)
        verbs.setContentsMargins(WIDE, 0, WIDE, 0)
        self.empty = Label(tr("Nobody is here yet. Add people, machines or costs, or paste a list."))
        self.empty.setProperty("tone", "secondary")
        self.empty.setContentsMargins(WIDE, 0, WIDE, 0)
        column.addLayout(verbs)
        column.addWidget(self.empty)
        column.addLayout(inset(self.sheet), 1)
        return upper

    def _connect(self) -> None:
        self.new_menu.aboutToShow.connect(self.on_menu_opening)
        self.filter.textChanged.connect(self.on_filter_changed)
        self.sheet.cells_edited.connect(self.on_cells_edited)
        self.sheet.pasted_beyond.connect(self.on_pasted_beyond)
        self.sheet.rows_inserted_wanted.connect(lambda _key: self.on_new(None))
        self.sheet.rows_deleted_wanted.connect(lambda _keys: self.on_delete())
        self.sheet.rows_selected.connect(lambda _keys: self._enable())
        self.sheet.current_moved.connect(lambda _key, _column: self._show_person())

    def refresh(self) -> None:
        self.ask = replace(self.ask, locale=self.bridge.locale)
        now = self.bridge.workspace.clock.moment
        self.model.show(people_table(self.bridge.document, self.project, self.ask, now))
        if not self.sheet.currentIndex().isValid() and self.model.rows:
            self.sheet.select_cell(self.model.rows[0].key)
        is_empty = not self.model.rows and not self.ask.filter
        self.empty.setVisible(is_empty)
        self._show_person()

    def answer(self) -> str:
        return people_answer(self.bridge.document, self.project)

    def show_record(self, record: str) -> bool:
        if ResourceId(record) not in self.bridge.document.resources:
            return False
        self.filter.clear()
        self.refresh()
        return self.sheet.select_cell(record)

    def current(self) -> ResourceId | None:
        """The resource the caret is on."""
        place = self.sheet.currentIndex()
        if not place.isValid() or place.row() >= len(self.model.rows):
            return None
        return ResourceId(self.model.rows[place.row()].key)

    def _show_person(self) -> None:
        self.panel.show_resource(self.current())
        self._enable()

    def _enable(self) -> None:
        may = not self.bridge.is_read_only
        self.new_button.setEnabled(may)
        self.delete_button.setEnabled(may and bool(self.sheet.selected_keys()))

    def on_filter_changed(self, text: str) -> None:
        self.ask = replace(self.ask, filter=text)
        self.refresh()

    def on_menu_opening(self) -> None:
        self.new_menu.clear()
        self.new_menu.addAction(tr("For all projects"), lambda: self.on_new(None))
        project = self.bridge.document.projects.get(self.project) if self.project is not None else None
        if project is not None:
            words = tr("For {project} alone", project=project.name)
            self.new_menu.addAction(words, lambda: self.on_new(self.project))

    def on_new(self, project: ProjectId | None) -> None:
        """Add a resource and offer its name to be typed over."""
        outcome = self.bridge.run(people.add_resource(tr("New person"), project))
        if outcome is not None:
            self.filter.clear()
            self.refresh()
            self.sheet.select_cell(outcome.result, "name")
            self.sheet.setFocus()
            self.sheet.edit_current()

    def on_delete(self) -> None:
        steps = [people.delete_resource(ResourceId(key)) for key in self.sheet.selected_keys()]
        if steps and not self.bridge.is_read_only:
            label = mark("Delete {count} resources")
            self.bridge.run(together(label, steps, count=len(steps)), announce=True)

    def on_cells_edited(self, cells: list[tuple[str, str, str]]) -> None:
        take_cells(self.bridge, self.sheet, cells, self._meant)

    def _meant(self, reading: Reading, row: str, column: str, text: str) -> Step[Any]:
        now, locale = self.bridge.workspace.clock.moment, self.bridge.locale
        return step_of(reading, ResourceId(row), column, text, locale, now)

    def on_pasted_beyond(
        self, cells: list[tuple[str, str, str]], beyond: list[list[tuple[str, str]]]
    ) -> None:
        """Rows pasted under the last one are new people, named by their first text."""
        now, locale = self.bridge.workspace.clock.moment, self.bridge.locale
        new = [step_of_new(dict(line), locale, now) for line in beyond]
        take_cells(self.bridge, self.sheet, cells, self._meant, new)
