"""The Portfolio page: where do I look first? Every project with its dates, slip and next milestone."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QMenu, QVBoxLayout, QWidget

from app.domain.document import Reading
from app.domain.portfolio import ProjectState
from app.domain.values import ProjectId
from app.operations import projects
from app.operations.operation import Operation, Step
from app.operations.together import together
from app.text import mark, tr, trn
from app.views.portfolio import answer_line, outstanding, portfolio, portfolio_names, work_out
from app.views.portfolio_columns import portfolio_columns
from app.views.tables import Ask
from ui.actions import Actions, ActionSpec
from ui.bridge import Bridge
from ui.cell_edits import add_cell_actions
from ui.dialogs import asked
from ui.dialogs.new_project import NewProject
from ui.models.grid_model import GridModel
from ui.page import Page
from ui.sheet_edits import say_skipped, take_cells
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.search_line import SearchLine
from ui.widgets.sheet import Sheet

_AT_ONCE = 5_000
"""So many tasks are worked out before a portfolio is shown; of more, the names are shown first."""
_SLICE = 0.02
"""Seconds of work between two looks at what the user does."""
_STATES = (
    ("active", mark("Active")),
    ("archived", mark("Archived")),
    ("template", mark("Templates")),
    ("all", mark("All")),
)
_ACTIONS = (
    ActionSpec("portfolio_open", mark("Open the &plan"), "Project", 5, ("Ctrl+Return",), "chart-gantt"),
    ActionSpec("portfolio_duplicate", mark("&Duplicate"), "Project", 5, (), "copy"),
    ActionSpec("portfolio_template", mark("Save as a &template"), "Project", 5, (), "bookmark"),
    ActionSpec("portfolio_archive", mark("&Archive"), "Project", 5, (), "archive"),
    ActionSpec("portfolio_unarchive", mark("&Bring back from the archive"), "Project", 5, (), "archive"),
    ActionSpec(
        "portfolio_delete",
        mark("De&lete the project"),
        "Project",
        5,
        ("Ctrl+-",),
        "trash-2",
        "",
        False,
        False,
    ),
)


class PortfolioPage(Page):
    """The list of projects, edited like a sheet."""

    key = "portfolio"
    title = mark("Portfolio")
    icon = "layout-dashboard"

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.ask = Ask(locale=bridge.locale, column_filters=(("state", "active"),))
        self.model = GridModel(self)
        self.sheet = Sheet(self.model)
        self.sheet.setAccessibleName(tr("Projects"))
        self.sheet.freeze(2)
        self.sheet.offer_columns(tuple((column.key, column.title) for column in portfolio_columns()))
        self.frame = PageFrame(tr(self.title))
        self.frame.set_content(self.sheet, inset=True)
        self.new_button = self.frame.add_action(tr("New project"), self.on_new, "plus", primary=True)
        self._filter = SearchLine(tr("Filter projects"))
        self._states = QComboBox()
        self._states.setAccessibleName(tr("Which projects"))
        for key, name in _STATES:
            self._states.addItem(tr(name), key)
        self.frame.add_filter(self._filter, stretch=1)
        self.frame.add_filter(self._states)
        self.frame.end_filters()
        self._nothing = EmptyState(
            tr(
                "A project holds a plan with its people, links and baselines. Start one, or drop a plan here."
            ),
            (tr("New project"), self.on_new),
            title=tr("No projects yet"),
            drawing="chart-gantt",
            parent=self,
        )
        self._nothing.hide()
        self._no_fit = EmptyState(
            tr("No project fits the filter."), (tr("Clear the filter"), self._filter.clear), parent=self
        )
        self._none_of_state = EmptyState(
            tr("No project is of this kind. Archive one, or save it as a template, and it stands here."),
            (tr("Show the active projects"), self.on_active_wanted),
            title=tr("None here"),
            drawing="archive",
            parent=self,
        )
        for other in (self._no_fit, self._none_of_state):
            other.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self.actions_ = Actions(self, _ACTIONS)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.on_time_to_work)
        self._connect()
        self.setFocusProxy(self.sheet)

    def _connect(self) -> None:
        self._filter.textChanged.connect(lambda text: self._narrow(filter=text))
        self._states.activated.connect(lambda _place: self.on_state_chosen(self._states.currentData()))
        self.sheet.cells_edited.connect(self.on_cells_edited)
        self.sheet.cells_skipped.connect(lambda count: say_skipped(self.bridge, count))
        self.sheet.opened.connect(self.on_opened)
        self.sheet.rows_deleted_wanted.connect(self.on_delete)
        self.sheet.rows_selected.connect(lambda _keys: self._show_what_can_be_done())
        self.sheet.sort_wanted.connect(self.on_sort_wanted)
        self.sheet.columns_chosen.connect(lambda keys: self._narrow(columns=tuple(keys)))
        self.sheet.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.sheet.customContextMenuRequested.connect(self.on_context_menu)
        self.actions_.connect(
            {
                "portfolio_open": lambda: self._each(self.on_opened),
                "portfolio_duplicate": lambda: self._run_all(
                    projects.duplicate, mark("Duplicate {count} projects")
                ),
                "portfolio_template": lambda: self._run_all(
                    projects.save_as_template, mark("Save {count} projects as templates")
                ),
                "portfolio_archive": lambda: self._run_all(
                    projects.archive, mark("Archive {count} projects"), ProjectState.ACTIVE
                ),
                "portfolio_unarchive": lambda: self._run_all(
                    projects.unarchive, mark("Bring {count} projects back"), ProjectState.ARCHIVED
                ),
                "portfolio_delete": lambda: self.on_delete(self.chosen()),
            }
        )

    def chosen(self) -> list[str]:
        """The ids of the selected projects, in order."""
        places = sorted({index.row() for index in self.sheet.selectionModel().selectedIndexes()})
        return [self.model.rows[place].key for place in places if place < len(self.model.rows)]

    def refresh(self) -> None:
        self.ask = replace(self.ask, locale=self.bridge.locale)
        document = self.bridge.document
        head = next(iter(document.portfolio), None)
        missing = outstanding(document, self.ask)
        if sum(len(document.tasks.of(project)) for project in missing) > _AT_ONCE:
            # A large portfolio is in sight at once: its figures follow, and the window listens meanwhile.
            self.model.show(portfolio_names(document, self.ask))
            answer = trn("Working out {count} project …", "Working out {count} projects …", len(missing))
            self._later.start()
        else:
            self.model.show(portfolio(document, self.ask))
            answer = answer_line(document, self.ask.locale)
        self.frame.show_answer(head.name if head else tr(self.title), answer)
        self.frame.show_instead(self._instead())
        self.new_button.setEnabled(not self.bridge.is_read_only)
        self._show_what_can_be_done()

    def _instead(self) -> QWidget | None:
        """What stands in the list's place where it has no rows."""
        if not len(self.bridge.document.projects):
            return self._nothing
        if self.model.rows:
            return None
        return self._no_fit if self.ask.filter.strip() else self._none_of_state

    def on_active_wanted(self) -> None:
        self._states.setCurrentIndex(0)
        self.on_state_chosen("active")

    def on_time_to_work(self) -> None:
        """Work out some of the figures that are missing, and show all when there are no more."""
        if not self.isVisible():
            # Who went on to a plan is not to wait for a list that is out of sight.
            self.ask_again()
            return
        document, begin = self.bridge.document, monotonic()
        for project in outstanding(document, self.ask):
            if monotonic() - begin > _SLICE:
                self._later.start()
                return
            work_out(document, project)
        self.ask_again()

    def show_record(self, record: str) -> None:
        place = self.model.row_of(record)
        if place >= 0:
            self.sheet.setCurrentIndex(self.model.index(place, 0))

    def filter_field(self) -> QWidget | None:
        return self._filter

    def menus(self) -> dict[str, list[QAction]]:
        return {"Project": list(self.actions_.made.values())}

    def _show_what_can_be_done(self) -> None:
        found = [self.bridge.document.projects.get(ProjectId(key)) for key in self.chosen()]
        states = {project.state for project in found if project is not None}
        may = not self.bridge.is_read_only
        self.actions_.enable(
            portfolio_open=len(found) == 1,
            portfolio_duplicate=bool(found) and may,
            portfolio_template=bool(found) and may,
            portfolio_archive=ProjectState.ACTIVE in states and may,
            portfolio_unarchive=ProjectState.ARCHIVED in states and may,
            portfolio_delete=bool(found) and may,
        )

    def _narrow(self, **changed: object) -> None:
        self.ask = replace(self.ask, **changed)  # type: ignore[arg-type]
        self.refresh()

    def _each(self, do) -> None:  # type: ignore[no-untyped-def]
        for key in self.chosen()[:1]:
            do(key)

    def _run_all(
        self, verb: Operation[[ProjectId], Any], label: str, state: ProjectState | None = None
    ) -> None:
        """Do a verb to the selected projects (those of a state) as one step, and say it with Undo."""
        known = self.bridge.document.projects
        found = [known[ProjectId(key)] for key in self.chosen() if ProjectId(key) in known]
        steps = [verb(row.id) for row in found if state is None or row.state is state]
        if steps:
            self.bridge.run(together(label, steps, count=len(steps)), announce=True)

    def on_new(self) -> None:
        dialog = NewProject(self.bridge, self.window())
        if asked(dialog) == NewProject.DialogCode.Accepted and dialog.made is not None:
            self.travel_wanted.emit("plan", dialog.made, "")

    def on_opened(self, key: str) -> None:
        self.travel_wanted.emit("plan", key, "")

    def on_state_chosen(self, state: str) -> None:
        self._narrow(column_filters=(("state", state),))

    def on_sort_wanted(self, key: str, way: str) -> None:
        self.sheet.show_sort(key if way else "", descending=way == "descending")
        self._narrow(sort=("-" if way == "descending" else "") + key if way else "")

    def on_cells_edited(self, cells: list[tuple[str, str, str]]) -> None:
        take_cells(self.bridge, self.sheet, cells, self._edit)

    def _edit(self, reading: Reading, row: str, column: str, text: str) -> Step[None]:
        """Which operation a typed cell is."""
        project = ProjectId(row)
        if column == "name":
            return projects.rename(project, text)
        if column == "code":
            return projects.recode(project, text)
        return projects.set_field(project, column, text, self.ask.locale)

    def on_delete(self, keys: list[str]) -> None:
        steps = [projects.delete(ProjectId(key)) for key in keys]
        if steps and not self.bridge.is_read_only:
            label = mark("Delete {count} projects")
            self.bridge.run(together(label, steps, count=len(steps)), announce=True)

    def on_context_menu(self, where) -> None:  # type: ignore[no-untyped-def]
        menu = QMenu(self)
        add_cell_actions(menu, self.sheet)
        menu.addSeparator()
        menu.addActions(list(self.actions_.made.values()))
        menu.exec(self.sheet.viewport().mapToGlobal(where))
        menu.deleteLater()
