"""Calendars: the list, and of the chosen one its week, a month, and the days that differ."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QSplitter, QVBoxLayout, QWidget

from app.domain.values import CalendarId, ProjectId
from app.operations import calendars
from app.operations.together import together
from app.text import mark, tr
from app.views.calendars import calendar_list, calendars_answer
from app.views.tables import Ask
from ui.bridge import Bridge
from ui.models.grid_model import GridModel
from ui.pages.setup.calendar_panel import CalendarPanel
from ui.pages.setup.section import SetupSection, bar, inset
from ui.sheet_edits import take_cells
from ui.theme import LARGE, MEDIUM, SMALL, WIDE
from ui.widgets.label import Label
from ui.widgets.page_frame import button
from ui.widgets.sheet import Sheet


class CalendarSection(SetupSection):
    """The calendars of the portfolio and the project at the left, the chosen one at the right."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.model = GridModel(self)
        self.sheet = Sheet(self.model)
        self.sheet.setAccessibleName(tr("Calendars"))
        self.sheet.set_widths({"name": 186, "scope": 96})
        self.panel = CalendarPanel(bridge)
        self.empty = Label(tr("No calendars yet. Without one, Monday to Friday from 8 to 17 is worked."))
        self.empty.setProperty("tone", "secondary")
        self.empty.setWordWrap(True)
        self.empty.setContentsMargins(WIDE, 0, LARGE, 0)
        self.new_menu = QMenu(self)
        self.new_button = button(tr("New"), lambda: None, "plus", small=True)
        self.new_button.setMenu(self.new_menu)
        self.copy_button = button(tr("Duplicate"), self.on_duplicate, "copy", small=True)
        self.delete_button = button(tr("Delete"), self.on_delete, "trash-2", small=True)
        self.new_menu.aboutToShow.connect(self.on_menu_opening)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        column.setSpacing(SMALL)
        verbs = bar(self.new_button, self.copy_button, self.delete_button, None)
        verbs.setContentsMargins(WIDE, 0, 0, 0)
        column.addLayout(verbs)
        column.addWidget(self.empty)
        column.addLayout(inset(self.sheet, right=False), 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.panel)
        split.setStretchFactor(1, 1)
        split.setSizes([304, 854])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)
        self.sheet.cells_edited.connect(self.on_cells_edited)
        self.sheet.rows_deleted_wanted.connect(lambda _keys: self.on_delete())
        self.sheet.rows_inserted_wanted.connect(lambda _key: self.on_new(None))
        self.sheet.current_moved.connect(lambda key, _column: self.show_calendar(CalendarId(key)))
        self.sheet.rows_selected.connect(lambda _keys: self._enable())

    def refresh(self) -> None:
        ask = Ask(locale=self.bridge.locale, columns=("name", "scope"))
        self.model.show(calendar_list(self.bridge.document, self.project, ask))
        self.empty.setVisible(not self.model.rows)
        kept = self.panel.calendar
        if kept is None or self.model.row_of(kept) < 0:
            kept = self._usual()
        if kept is None:
            place = self.sheet.currentIndex()
            row = place.row() if place.isValid() else 0
            kept = (
                CalendarId(self.model.rows[min(row, len(self.model.rows) - 1)].key)
                if self.model.rows
                else None
            )
        if kept is not None and kept != self.panel.calendar:
            self.sheet.select_cell(kept)
        self.panel.week_start = self._week_start()
        self.show_calendar(kept)

    def answer(self) -> str:
        return calendars_answer(self.bridge.document, self.project)

    def show_record(self, record: str) -> bool:
        if CalendarId(record) not in self.bridge.document.calendars:
            return False
        self.refresh()
        return self.sheet.select_cell(record)

    def show_calendar(self, calendar: CalendarId | None) -> None:
        """Show one calendar at the right."""
        self.panel.show_calendar(calendar)
        self.panel.setVisible(calendar is not None)
        self._enable()

    def _usual(self) -> CalendarId | None:
        """The calendar of the project, if it is listed."""
        found = self.bridge.document.projects.get(self.project) if self.project is not None else None
        usual = found.calendar if found is not None else None
        return usual if usual is not None and self.model.row_of(usual) >= 0 else None

    def _week_start(self) -> int:
        found = self.bridge.document.projects.get(self.project) if self.project is not None else None
        return found.week_start_day if found is not None else 0

    def _enable(self) -> None:
        may = not self.bridge.is_read_only
        self.new_button.setEnabled(may)
        self.copy_button.setEnabled(may and self.panel.calendar is not None)
        self.delete_button.setEnabled(may and self.panel.calendar is not None)

    def on_menu_opening(self) -> None:
        self.new_menu.clear()
        self.new_menu.addAction(tr("For all projects"), lambda: self.on_new(None))
        project = self.bridge.document.projects.get(self.project) if self.project is not None else None
        if project is not None:
            words = tr("For {project} alone", project=project.name)
            self.new_menu.addAction(words, lambda: self.on_new(self.project))

    def on_new(self, project: ProjectId | None) -> None:
        """Make a calendar and offer its name to be typed over."""
        outcome = self.bridge.run(calendars.create(project=project))
        self._name(outcome.result if outcome else None)

    def on_duplicate(self) -> None:
        if self.panel.calendar is not None:
            outcome = self.bridge.run(calendars.duplicate(self.panel.calendar))
            self._name(outcome.result if outcome else None)

    def on_delete(self) -> None:
        steps = [calendars.delete(CalendarId(key)) for key in self.sheet.selected_keys()]
        if steps and not self.bridge.is_read_only:
            label = mark("Delete {count} calendars")
            self.bridge.run(together(label, steps, count=len(steps)), announce=True)

    def on_cells_edited(self, cells: list[tuple[str, str, str]]) -> None:
        take_cells(
            self.bridge,
            self.sheet,
            cells,
            lambda _reading, row, _column, text: calendars.rename(CalendarId(row), text),
        )

    def _name(self, made: CalendarId | None) -> None:
        if made is not None:
            self.refresh()
            self.sheet.select_cell(made, "name")
            self.sheet.setFocus()
            self.sheet.edit_current()
