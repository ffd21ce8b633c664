"""The Plan page: a grid of tasks and its chart side by side, every gesture one named step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.domain.changes import ChangeSet
from app.domain.document import Document
from app.domain.values import ProjectId, TaskId
from app.operations.operation import Step
from app.text import mark, tr
from app.views.gantt import gantt
from app.views.gantt_shapes import NO_CHART, NOWHERE, GanttView
from app.views.plan import plan, plan_columns
from app.views.plan_details import plan_answer, row_numbers, was_imported
from app.views.tables import Ask, Row, TreeView
from ui.actions import Actions
from ui.bridge import Bridge
from ui.models.grid_model import OutlineModel
from ui.page import Page
from ui.pages.plan.chart_hand import ChartHand
from ui.pages.plan.exports import PlanExports
from ui.pages.plan.grid_hand import NEW, GridHand
from ui.pages.plan.looks import COLUMNS, LookKeeper
from ui.pages.plan.parts import ChartParts
from ui.pages.plan.schedule_hand import ScheduleHand
from ui.pages.plan.side import PlanSide
from ui.pages.plan.side_hand import SideHand
from ui.pages.plan.verbs import ACTIONS, CHANGING, is_about_tasks
from ui.pages.plan.wires import connect_actions, connect_parts
from ui.theme import ThemeWatch
from ui.widgets.empty_state import EmptyState
from ui.widgets.filter_bar import FilterBar
from ui.widgets.gantt_canvas import GanttCanvas
from ui.widgets.gantt_look import TIER
from ui.widgets.gantt_overview import GanttOverview
from ui.widgets.page_frame import PageFrame
from ui.widgets.sheet import Sheet

_QUICK = (
    ("", mark("All tasks")),
    ("critical", mark("Critical")),
    ("late", mark("Late")),
    ("milestones", mark("Milestones")),
    ("incomplete", mark("Not complete")),
    ("overdue", mark("Overdue")),
    ("summaries", mark("Summaries")),
)
_GROUPS = ("resources", "critical", "mode", "constraint", "priority", "calendar", "type")
_ROWS_SEEN = 15
"""Rows a reader sees first; a narrowed chart moves to their bars."""


class PlanPage(Page):
    """One project's plan."""

    key = "plan"
    title = mark("Plan")
    icon = "chart-gantt"
    about_project = True

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.ask = Ask(locale=bridge.locale, columns=COLUMNS)
        self._numbers: Mapping[TaskId, int] = {}
        self.model = OutlineModel(self)
        self.sheet = Sheet(self.model)
        self.canvas = GanttCanvas()
        self.overview = GanttOverview(self.canvas)
        self.side = PlanSide(lambda column, text: self.side_hand.on_typed(column, text))
        self.bar = FilterBar([(key, tr(name)) for key, name in _QUICK])
        self.frame = PageFrame(tr(self.title))
        self.actions_ = Actions(self, ACTIONS)
        self.view: TreeView | None = None
        self._chosen: list[str] = []
        self._is_showing, self._is_fresh = False, True
        self._day_width = self.canvas.scale.day_width
        self.hand = GridHand(self)
        self.chart_hand = ChartHand(self)
        self.side_hand, self.schedule_hand = SideHand(self), ScheduleHand(self)
        self.exports = PlanExports(self)
        self._lay_out()
        self.parts = ChartParts(self)
        self.looks = LookKeeper(self)
        connect_parts(self)
        connect_actions(self)
        self.looks.restore()
        self.setFocusProxy(self.sheet)

    # What the window asks

    def show_project(self, project: ProjectId | None) -> None:
        if project != self.project:
            self.canvas.forget_place()
            self._is_fresh = True
            only = tuple(pair for pair in self.ask.column_filters if pair[0] == "only")
            self.ask = replace(self.ask, filter="", folded=frozenset(), column_filters=only)
            self._show_narrowing()
            self._chosen = []
        super().show_project(project)

    def show_record(self, record: str) -> None:
        task = self.bridge.document.tasks.get(TaskId(record))
        if task is None:
            return
        if self.model.row_of(record) < 0:
            self.on_filter_cleared()
            self.narrow(folded=frozenset())
        if self.sheet.select_cell(record, "name"):
            self.canvas.show_task(record)

    def refresh(self) -> None:
        project = None if self.project is None else self.bridge.document.projects.get(self.project)
        if project is None:
            self._show_nothing()
            return
        self.frame.show_instead(None)
        self.ask = replace(self.ask, locale=self.bridge.locale)
        self.model.is_read_only = self.bridge.is_read_only
        document = self.bridge.document
        view = plan(document, project.id, self.ask)
        is_still_shown = view is self.view
        self.view = view
        self._numbers = row_numbers(document, project.id)
        if not is_still_shown:
            self.model.show(self._with_new_line(view))
            columns = plan_columns(document, project.id)
            self.sheet.offer_columns(tuple((column.key, column.title) for column in columns))
            self.bar.offer_groups([(c.key, c.title) for c in columns if c.key in _GROUPS])
            self.looks.follow()
        self._dress_canvas()
        self._show_chart(self.chart_of(document, project.id))
        narrowed = bool(self.ask.filter or self.ask.column_filters or self.ask.group)
        empty = view.empty.removesuffix(".") if narrowed else ""
        self.bar.show_note(" · ".join(filter(None, (empty, view.note))), is_narrowed=narrowed)
        self.frame.show_answer(project.name, plan_answer(document, project.id, self.ask.locale))
        if not self.sheet.currentIndex().isValid() or self.sheet.currentIndex().column() == 0:
            self._set_caret()
        self._show_chosen()

    def menus(self) -> dict[str, list[QAction]]:
        found: dict[str, list[QAction]] = {"Task": []}
        for key, spec in self.actions_.specs.items():
            found.setdefault(spec.menu, []).append(self.actions_[key])
        return found

    def concerns(self, changes: ChangeSet) -> bool:
        return self.project is not None and bool(changes)

    def detailed(self) -> str:
        return self._chosen[0] if self.side.isVisible() and len(self._chosen) == 1 else ""

    def show_details(self, record: str) -> None:
        self.side_hand.on_opened(record)

    def filter_field(self) -> QWidget | None:
        return self.bar.words

    def edits(self, at: QWidget) -> dict[str, Callable[[], object]]:
        if at is not self.canvas or not self.model.rows:
            return {}
        found: dict[str, Callable[[], object]] = {"select_all": self.sheet.selectAll}
        if self._chosen:
            found["copy"] = self.sheet.copy
            if not self.bridge.is_read_only:
                found["delete"] = self.actions_["plan_delete"].trigger
        return found

    def chosen(self) -> tuple[TaskId, ...]:
        """The selected tasks in the order of the plan."""
        known = self.bridge.document.tasks
        return tuple(TaskId(key) for key in self._chosen if TaskId(key) in known)

    # Building

    def _lay_out(self) -> None:
        self.sheet.setAccessibleName(tr("Tasks"))
        self.sheet.show_outline_in("name")
        self.sheet.show_hint(NEW, "name", tr("Type a task name"))
        self.sheet.show_row_numbers(
            True, rows_can_move=not self.bridge.is_read_only, number_of=self.number_of
        )
        self.on_theme_changed()
        ThemeWatch(self, self.on_theme_changed)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.sheet.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.canvas.is_read_only = self.bridge.is_read_only
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setChildrenCollapsible(False)
        self.halves.addWidget(self.sheet)
        self.halves.addWidget(self.canvas)
        self.halves.addWidget(self.side)
        for part, factor in enumerate((0, 1, 0)):
            self.halves.setStretchFactor(part, factor)
        self.side.setVisible(False)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.overview)
        column.addWidget(self.halves, 1)
        self.frame.set_content(content)
        self.frame.add_filter(self.bar, stretch=1)
        self.views_button: QPushButton = self.frame.add_action(tr("Views"), self.on_views_wanted, "bookmark")
        self.frame.add_action(tr("Details"), self.actions_["plan_side"].trigger, "panel-right")
        self.new_button = self.frame.add_action(tr("New task"), self.hand.on_new_task, "plus", primary=True)
        self._no_project = EmptyState(
            tr("There is no project yet. Its tasks and its chart will stand here."),
            (tr("Go to the portfolio"), lambda: self.travel_wanted.emit("portfolio", "", "")),
            title=tr("No project"),
            drawing=self.icon,
            parent=self,
        )
        self._no_project.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)

    def _with_new_line(self, view: TreeView) -> TreeView:
        """The rows with the empty line under them; nothing can be typed in a read-only window."""
        columns = view.columns
        if self.bridge.is_read_only:
            return replace(view, columns=tuple(replace(c, editable=False) for c in columns), totals=None)
        if self.ask.group:
            return replace(view, totals=None)
        level = view.rows[-1].level if view.rows and not self.ask.sort else 0
        line = Row(NEW, ("",) * len(columns), level=level)
        return replace(view, rows=(*view.rows, line), totals=None, empty="")

    def chart_of(self, document: Document, project: ProjectId) -> GanttView:
        """A document's chart as this page shows charts: its rows, and the labels that were chosen."""
        return gantt(document, project, self.ask, self.bridge.settings.gantt_labels)

    def _show_nothing(self) -> None:
        """Keep nothing of a project that is gone: no rows, no bars, no words."""
        self.view, self._chosen, self._numbers = None, [], {}
        self.model.show(TreeView((), ()))
        self.canvas.extra_rows = 0
        self.canvas.show_view(NO_CHART)
        self.bar.show_note("", is_narrowed=False)
        self.frame.show_answer(tr(self.title), "")
        self.frame.show_instead(self._no_project)
        self._show_chosen()

    def _dress_canvas(self) -> None:
        canvas = self.canvas
        canvas.locale_name = self.ask.locale
        canvas.extra_rows = len(self.model.rows) - len(self.view.rows) if self.view else 0
        canvas.set_today(self.bridge.workspace.clock.moment)
        self.parts.dress()

    def _show_chart(self, chart: GanttView) -> None:
        """Show a chart; one of another plan begins at its start, as wide a day as was chosen last."""
        self._is_showing = True
        self.canvas.show_view(chart)
        if self._is_fresh and len(chart.bars):
            self._is_fresh = False
            if self.looks.zoom:
                self.canvas.set_day_width(self.looks.zoom)
                self.canvas.show_moment(chart.plan_start)
        elif self._is_fresh:
            self.canvas.show_moment(chart.plan_start)
        self._is_showing = False
        self._day_width = self.canvas.scale.day_width

    def narrow(self, **changed: object) -> None:
        """Ask for other rows or columns, and show them."""
        self.ask = replace(self.ask, **changed)  # type: ignore[arg-type]
        self._show_narrowing()
        self.refresh()

    def look(self, **changed: object) -> None:
        """Narrow, and keep the look for the next time."""
        self.narrow(**changed)
        self._follow_rows()
        self.looks.note()

    def _follow_rows(self) -> None:
        """Scroll the chart to the first rows' bars where none of them is on view any more."""
        bars = self.canvas.view.bars
        begin, end = self.canvas.span_in_sight
        rows = [n for n in range(min(len(bars), _ROWS_SEEN)) if bars.start[n] != NOWHERE]
        if rows and not any(bars.start[n] < end and bars.finish[n] > begin for n in rows):
            self.canvas.show_moment(int(min(bars.start[n] for n in rows)))

    def _show_narrowing(self) -> None:
        quick = dict(self.ask.column_filters).get("only", "")
        self.bar.show_state(self.ask.filter, quick, self.ask.group)
        self.sheet.show_filtered(frozenset(key for key, _ in self.ask.column_filters))
        key = self.ask.sort.removeprefix("-")
        self.sheet.show_sort(key, descending=self.ask.sort.startswith("-"))

    def quick_name(self, which: str) -> str:
        """What a quick filter is called."""
        return next((tr(name) for key, name in _QUICK if key == which), which)

    def row_in(self, row: Row, order: list[int]) -> Row:
        """A row with its cells in another order."""
        return replace(row, cells=tuple(row.cells[at] for at in order), marks=(), hints=(), locked=())

    def _show_chosen(self) -> None:
        known = self.bridge.document.tasks
        self._chosen = [key for key in self._chosen if TaskId(key) in known]
        has, may = bool(self._chosen), self.view is not None and not self.bridge.is_read_only
        self.new_button.setEnabled(may)
        for spec in ACTIONS:
            if is_about_tasks(spec) or spec.key == "plan_insert":
                self.actions_[spec.key].setEnabled(
                    (has or spec.key == "plan_insert") and (may or spec.key not in CHANGING)
                )
            elif spec.key in CHANGING:
                self.actions_[spec.key].setEnabled(may)
        imported = self.project is not None and was_imported(self.bridge.document, self.project)
        self.actions_["plan_fidelity"].setEnabled(imported)
        self.side_hand.show()
        self.selection_changed.emit()

    def _set_caret(self) -> None:
        """Put the caret on the first name without choosing anything, so that keys work at once."""
        at = self.model.index(0, self.model.column_of("name"))
        if at.isValid() and self.sheet.currentIndex().row() <= 0:
            self.sheet.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)

    def number_of(self, key: str) -> str:
        """The row number of a task in the whole plan, by which predecessors name it."""
        place = self._numbers.get(TaskId(key))
        return "" if place is None else str(place + 1)

    def on_tasks(self, verb: Callable[..., Step[Any]], keys: Sequence[str], *more: object) -> None:
        known = self.bridge.document.tasks
        chosen = tuple(TaskId(key) for key in keys if TaskId(key) in known)
        if chosen:
            self.bridge.run(verb(chosen, *more))

    # What is shown

    def on_theme_changed(self) -> None:
        self.sheet.set_heading_height(2 * TIER)

    def on_fold(self, key: str) -> None:
        self.narrow(folded=self.ask.folded ^ {key})

    def on_fold_all(self) -> None:
        rows = self.view.rows if self.view else ()
        self.narrow(folded=self.ask.folded | {row.key for row in rows if row.has_children})

    def on_go_to(self) -> None:
        """Ask for a number or a name, and go there."""
        if self.project is None:
            return
        from ui.dialogs.go_to_task import GoToTask

        dialog = GoToTask(self.bridge, self.project, self)
        if dialog.exec() and dialog.chosen is not None:
            self.show_record(dialog.chosen)
        dialog.deleteLater()

    def on_window_changed(self) -> None:
        """Somebody zoomed: from now on every plan is shown so."""
        if not self._is_showing and self.canvas.scale.day_width != self._day_width:
            self._day_width = self.canvas.scale.day_width
            self.looks.on_zoomed()

    def on_rows_selected(self, keys: list[str]) -> None:
        self._chosen = [key for key in keys if key != NEW]
        self.canvas.select(self._chosen)
        self._show_chosen()

    def on_sort(self, key: str, way: str) -> None:
        self.look(sort=("-" if way == "descending" else "") + key if way else "")

    def on_column_filter(self, key: str, text: str) -> None:
        others = tuple(pair for pair in self.ask.column_filters if pair[0] != key)
        self.look(column_filters=(*others, (key, text)) if text else others)

    def on_quick(self, which: str) -> None:
        self.on_column_filter("only", which)

    def on_filter_cleared(self) -> None:
        self.look(filter="", column_filters=(), group="")

    # The pane and the saved views

    def on_side_toggled(self, is_shown: bool) -> None:
        self.side.setVisible(is_shown)
        self.looks.settle_halves()
        self.looks.note()
        self._show_chosen()

    def on_views_wanted(self) -> None:
        """Offer the saved views under their button."""
        menu = QMenu(self)
        self.looks.offer(menu)
        menu.exec(self.views_button.mapToGlobal(QPoint(0, self.views_button.height() + 4)))
        menu.deleteLater()

    # Qt overrides

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.looks.settle()

    def hideEvent(self, event: QHideEvent) -> None:
        self.looks.flush()
        super().hideEvent(event)
