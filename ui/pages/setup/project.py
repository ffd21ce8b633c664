"""The project's settings and its baselines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from app.domain.values import ProjectId
from app.operations import baselines, projects
from app.operations.operation import Step
from app.operations.together import together
from app.text import mark, tr
from app.views.project_settings import baseline_name, baselines_table, project_answer, project_settings
from app.views.tables import Ask
from ui.bridge import Bridge
from ui.models.grid_model import GridModel
from ui.pages.setup.form import SettingsForm
from ui.pages.setup.section import SetupSection, TwoColumns, bar
from ui.sheet_edits import take_cells
from ui.theme import SMALL, Role, current, font
from ui.widgets.label import Label
from ui.widgets.page_frame import button
from ui.widgets.sheet import Sheet

_LEFT = (0, 1)
_RIGHT = (2, 3, 4, 5, 6)


class ProjectSection(SetupSection):
    """Every setting of the switcher's project, in two columns, and its baselines."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.forms = tuple(SettingsForm(self.take) for _ in (*_LEFT, *_RIGHT))
        self.baselines = BaselineList(bridge, self)
        left = [self.forms[place] for place in _LEFT]
        right = [self.forms[place] for place in _RIGHT]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(TwoColumns([*left, self.baselines], right))

    def refresh(self) -> None:
        if self.project is None or self.project not in self.bridge.document.projects:
            return
        groups = project_settings(self.bridge.document, self.project, self.bridge.locale)
        for form, group in zip(self.forms, groups, strict=True):
            form.show_group(group)
            form.setEnabled(not self.bridge.is_read_only)
        self.baselines.show_project(self.project)

    def answer(self) -> str:
        if self.project is None:
            return ""
        return project_answer(self.bridge.document, self.project, self.bridge.locale)

    def take(self, key: str, text: str) -> str:
        """Set one field from what was typed; the sentence of a refusal, or nothing."""
        if self.project is None:
            return ""
        return self.refused(_edit(self.project, key, text, self.bridge.locale))


def _edit(project: ProjectId, key: str, text: str, locale: str) -> Step[None]:
    if key == "name":
        return projects.rename(project, text)
    if key == "code":
        return projects.recode(project, text)
    if key == "schedule_from_start":
        return projects.set_schedule_from(project, text == "1")
    if key == "calendar":
        return projects.set_calendar(project, text or None)  # type: ignore[arg-type]
    return projects.set_field(project, key, text, locale)


class BaselineList(QWidget):
    """The baselines of a project: take, rename, show and clear them."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._project: ProjectId | None = None
        self.model = GridModel(self)
        self.sheet = Sheet(self.model)
        self.sheet.setAccessibleName(tr("Baselines"))
        self.sheet.set_widths({"number": 96, "name": 170, "taken": 104, "tasks": 60, "shown": 90})
        title = Label(tr("Baselines"))
        title.setFont(font(Role.SECTION))
        self._take_menu = QMenu(self)
        self.take_button = button(tr("Take baseline"), lambda: None, "flag", small=True)
        self.take_button.setMenu(self._take_menu)
        self.show_button = button(tr("Show in the plan"), self.on_show, "eye", small=True)
        self.clear_button = button(tr("Clear"), self.on_clear, "trash-2", small=True)
        self._empty = Label()
        self._empty.setProperty("tone", "hint")
        self._take_menu.aboutToShow.connect(self.on_menu_opening)
        self.sheet.cells_edited.connect(self.on_cells_edited)
        self.sheet.rows_deleted_wanted.connect(lambda _keys: self.on_clear())
        self.sheet.rows_selected.connect(lambda _keys: self._enable())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(title)
        column.addLayout(bar(self.take_button, self.show_button, self.clear_button, None))
        column.addWidget(self._empty)
        column.addWidget(self.sheet)

    def show_project(self, project: ProjectId) -> None:
        """Show the baselines of a project as they are now."""
        self._project = project
        view = baselines_table(self._bridge.document, project, Ask(locale=self._bridge.locale))
        self.model.show(view)
        self._empty.setText(view.empty)
        self._empty.setVisible(bool(view.empty))
        self.sheet.setVisible(bool(view.rows))
        metrics = current().metrics
        self.sheet.setFixedHeight(metrics.header + metrics.row * len(view.rows) + 14)
        self._enable()

    def chosen(self) -> list[int]:
        """The numbers of the selected baselines."""
        return [int(key) for key in self.sheet.selected_keys()]

    def _enable(self) -> None:
        may = not self._bridge.is_read_only
        chosen = self.chosen()
        self.take_button.setEnabled(may)
        self.show_button.setEnabled(may and len(chosen) == 1)
        self.clear_button.setEnabled(may and bool(chosen))

    def on_menu_opening(self) -> None:
        self._take_menu.clear()
        taken = {row.key: row.cells for row in self.model.rows}
        for number in range(baselines.LAST + 1):
            cells = taken.get(str(number))
            words = baseline_name(number)
            if cells is not None:
                words = tr("{baseline} again, taken {day}", baseline=words, day=cells[2] or cells[1])
            take: Callable[[], None] = partial(self.on_take, number)
            self._take_menu.addAction(words, take)

    def on_take(self, number: int) -> None:
        if self._project is not None:
            self._bridge.run(baselines.take(self._project, number), announce=True)

    def on_show(self) -> None:
        if self._project is not None and self.chosen():
            self._bridge.run(baselines.show(self._project, self.chosen()[0]))

    def on_clear(self) -> None:
        if self._project is not None and self.chosen() and not self._bridge.is_read_only:
            steps = [baselines.clear(self._project, number) for number in self.chosen()]
            label = mark("Clear {count} baselines")
            self._bridge.run(together(label, steps, count=len(steps)), announce=True)

    def on_cells_edited(self, cells: list[tuple[str, str, str]]) -> None:
        project = self._project
        if project is not None:
            take_cells(
                self._bridge,
                self.sheet,
                cells,
                lambda _reading, row, _column, text: baselines.rename(project, int(row), text),
            )
