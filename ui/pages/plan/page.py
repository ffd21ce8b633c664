"""The Plan page: a grid of tasks and its chart side by side, every gesture one named step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu, QSplitter, QVBoxLayout, QWidget

from app.domain.changes import ChangeSet
from app.domain.errors import FileTrouble, Refusal
from app.domain.values import Moment, ProjectId, TaskId
from app.operations import arrange, baselines, cells, copies, dates, links, progress, saved_views, tasks
from app.operations.operation import Step
from app.text import mark, tr
from app.views.gantt import gantt
from app.views.plan import plan, plan_columns
from app.views.plan_columns import USUAL
from app.views.plan_details import details, plan_answer, row_numbers
from app.views.tables import Ask, Row, TreeView
from app.views.why import why
from ui.actions import Actions
from ui.bridge import Bridge
from ui.models.grid_model import OutlineModel
from ui.page import Page
from ui.pages.plan.chart_hand import ChartHand
from ui.pages.plan.grid_hand import NEW, GridHand
from ui.pages.plan.side import PlanSide
from ui.pages.plan.verbs import ACTIONS, CHANGING
from ui.printing import print_chart, save_pdf, save_picture
from ui.theme import ThemeWatch
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
_COLUMNS = tuple(key for key in USUAL if key != "row")
"""The usual columns; row numbers stand in the sheet's gutter."""
_GROUPS = ("resources", "critical", "mode", "constraint", "priority", "calendar", "type")


class PlanPage(Page):
    """One project's plan."""

    key = "plan"
    title = mark("Plan")
    icon = "chart-gantt"
    about_project = True

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.ask = Ask(locale=bridge.locale, columns=_COLUMNS)
        self._numbers: Mapping[TaskId, int] = {}
        self.model = OutlineModel(self)
        self.sheet = Sheet(self.model)
        self.canvas = GanttCanvas()
        self.overview = GanttOverview(self.canvas)
        self.side = PlanSide(self.on_detail_typed)
        self.bar = FilterBar([(key, tr(name)) for key, name in _QUICK])
        self.frame = PageFrame(tr(self.title))
        self.actions_ = Actions(self, ACTIONS)
        self.view: TreeView | None = None
        self._chosen: list[str] = []
        self.hand = GridHand(self)
        self.chart_hand = ChartHand(self)
        self._lay_out()
        self._connect()
        self._connect_actions()
        self.setFocusProxy(self.sheet)

    # What the window asks

    def show_project(self, project: ProjectId | None) -> None:
        if project != self.project:
            self.canvas.forget_place()
            self.ask = Ask(locale=self.bridge.locale, columns=self.ask.columns)
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
            self.model.show(TreeView((), ()))
            return
        self.ask = replace(self.ask, locale=self.bridge.locale)
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
        chart = gantt(document, project.id, self.ask)
        self._dress_canvas()
        self.canvas.show_view(chart)
        narrowed = bool(self.ask.filter or self.ask.column_filters or self.ask.group)
        self.bar.show_note(view.note or (view.empty if narrowed else ""), is_narrowed=narrowed)
        self.frame.show_answer(project.name, plan_answer(document, project.id, self.ask.locale))
        if not self.sheet.currentIndex().isValid() or self.sheet.currentIndex().column() == 0:
            self._set_caret()
        self._show_chosen()

    def menus(self) -> dict[str, list[QAction]]:
        found: dict[str, list[QAction]] = {}
        for key, spec in self.actions_.specs.items():
            found.setdefault(spec.menu, []).append(self.actions_[key])
        return found

    def concerns(self, changes: ChangeSet) -> bool:
        return self.project is not None and bool(changes)

    def chosen(self) -> tuple[TaskId, ...]:
        """The selected tasks in the order of the plan."""
        known = self.bridge.document.tasks
        return tuple(TaskId(key) for key in self._chosen if TaskId(key) in known)

    # Building

    def _lay_out(self) -> None:
        self.sheet.setAccessibleName(tr("Tasks"))
        self.sheet.show_outline_in("name")
        self.sheet.show_row_numbers(
            True, rows_can_move=not self.bridge.is_read_only, number_of=self._number_of
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
        self.halves.setStretchFactor(0, 5)
        self.halves.setStretchFactor(1, 6)
        self.halves.setStretchFactor(2, 0)
        self.halves.setSizes([600, 620, 320])
        self.side.setVisible(False)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.overview)
        column.addWidget(self.halves, 1)
        self.frame.set_content(content)
        self.frame.add_filter(self.bar, stretch=1)
        self.frame.add_action(tr("Views"), self.on_views_wanted, "bookmark")
        self.frame.add_action(tr("Details"), self.actions_["plan_side"].trigger, "panel-right")
        new = self.frame.add_action(tr("New task"), self.hand.on_new_task, "plus", primary=True)
        new.setEnabled(not self.bridge.is_read_only)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.frame)

    def _connect(self) -> None:
        sheet, canvas, bar = self.sheet, self.canvas, self.bar
        sheet.cells_edited.connect(self.hand.on_cells_edited)
        sheet.pasted_beyond.connect(self.hand.on_pasted_beyond)
        sheet.cells_skipped.connect(self.hand.on_cells_skipped)
        sheet.rows_inserted_wanted.connect(self.hand.on_insert)
        sheet.rows_deleted_wanted.connect(self.hand.on_delete)
        sheet.rows_moved_wanted.connect(self.hand.on_rows_moved)
        sheet.indent_wanted.connect(lambda keys: self._on_tasks(arrange.indent, keys))
        sheet.outdent_wanted.connect(lambda keys: self._on_tasks(arrange.outdent, keys))
        sheet.fold_toggled.connect(self.on_fold)
        sheet.opened.connect(self.on_opened)
        sheet.rows_selected.connect(self.on_rows_selected)
        sheet.sort_wanted.connect(self.on_sort)
        sheet.filter_wanted.connect(self.on_column_filter)
        sheet.group_wanted.connect(lambda key: self.narrow(group=key))
        sheet.columns_chosen.connect(lambda keys: self.narrow(columns=tuple(keys)))
        sheet.customContextMenuRequested.connect(lambda at: self.on_menu(sheet.viewport().mapToGlobal(at)))
        up, across = sheet.verticalScrollBar(), canvas.verticalScrollBar()
        up.valueChanged.connect(across.setValue)
        across.valueChanged.connect(up.setValue)
        canvas.bar_moved.connect(self.chart_hand.on_bar_moved)
        canvas.bar_resized.connect(lambda key, at: self.bridge.run(dates.stretch(TaskId(key), Moment(at))))
        canvas.progress_dragged.connect(
            lambda key, n: self.bridge.run(progress.set_percent((TaskId(key),), n))
        )
        canvas.linked.connect(lambda one, other: self.bridge.run(links.add(TaskId(one), TaskId(other))))
        canvas.drag_previewed.connect(self.chart_hand.on_drag_previewed)
        canvas.drag_ended.connect(self.chart_hand.on_drag_ended)
        canvas.row_pressed.connect(self.chart_hand.on_row_pressed)
        canvas.row_activated.connect(self.on_opened)
        canvas.menu_wanted.connect(lambda _key, at: self.on_menu(at))
        canvas.hint_of = self.chart_hand.hint_of
        bar.words_changed.connect(lambda words: self.narrow(filter=words))
        bar.quick_chosen.connect(self.on_quick)
        bar.group_chosen.connect(lambda key: self.narrow(group=key))
        bar.cleared.connect(self.on_filter_cleared)
        self.side.reasons.task_chosen.connect(self.show_record)

    def _connect_actions(self) -> None:
        sheet, canvas = self.sheet, self.canvas

        def on_all(verb: Callable[..., Step[Any]], *more: object) -> Callable[[], None]:
            return lambda: self._on_tasks(verb, self._chosen, *more)

        self.actions_.connect(
            {
                "plan_insert": sheet.insert_row,
                "plan_delete": lambda: self.hand.on_delete(self._chosen),
                "plan_duplicate": on_all(copies.duplicate),
                "plan_indent": on_all(arrange.indent),
                "plan_outdent": on_all(arrange.outdent),
                "plan_up": on_all(arrange.move_up),
                "plan_down": on_all(arrange.move_down),
                "plan_link": on_all(links.link),
                "plan_unlink": on_all(links.unlink),
                "plan_fill": sheet.fill_down,
                "plan_details": lambda: self.on_opened(self._chosen[0] if self._chosen else ""),
                "plan_milestone": on_all(tasks.set_milestone, True),
                "plan_manual": on_all(dates.set_manual, True),
                "plan_auto": on_all(dates.set_manual, False),
                "plan_inactive": on_all(tasks.set_active, False),
                "plan_active": on_all(tasks.set_active, True),
                "plan_complete": on_all(progress.set_percent, 100),
                "plan_baseline": self.on_baseline,
                "plan_on_track": self.on_on_track,
                "plan_find": self.bar.words.setFocus,
                "plan_zoom_in": lambda: canvas.zoom(1.5),
                "plan_zoom_out": lambda: canvas.zoom(1 / 1.5),
                "plan_fit": canvas.fit,
                "plan_start": lambda: canvas.show_moment(canvas.view.plan_start),
                "plan_today": lambda: canvas.show_moment(self.bridge.workspace.clock.moment, 0.3),
                "plan_to_task": lambda: canvas.show_task(self._chosen[0] if self._chosen else ""),
                "plan_fold_all": self.on_fold_all,
                "plan_unfold_all": lambda: self.narrow(folded=frozenset()),
                "plan_save_look": self.on_save_look,
                "plan_print": lambda: print_chart(self, *self._paper()),
                "plan_pdf": lambda: save_pdf(self, *self._paper()),
                "plan_picture": lambda: save_picture(self, *self._paper()),
            }
        )
        self.actions_["plan_side"].toggled.connect(self.on_side_toggled)

    def _with_new_line(self, view: TreeView) -> TreeView:
        """The rows with the empty line under them; nothing can be typed in a read-only window."""
        columns = view.columns
        if self.bridge.is_read_only:
            return replace(view, columns=tuple(replace(c, editable=False) for c in columns), totals=None)
        if self.ask.group:
            return replace(view, totals=None)
        locked = tuple(n for n, column in enumerate(columns) if column.key != "name")
        level = view.rows[-1].level if view.rows and not self.ask.sort else 0
        line = Row(NEW, ("",) * len(columns), locked=locked, level=level)
        return replace(view, rows=(*view.rows, line), totals=None, empty="")

    def _dress_canvas(self) -> None:
        canvas, settings = self.canvas, self.bridge.settings
        canvas.locale_name = self.ask.locale
        canvas.extra_rows = len(self.model.rows) - len(self.view.rows) if self.view else 0
        canvas.set_today(self.bridge.workspace.clock.moment)
        canvas.show_parts(
            links=settings.gantt_links,
            baseline=settings.gantt_baseline,
            float=settings.gantt_slack,
            labels=settings.gantt_labels != "none",
        )

    def narrow(self, **changed: object) -> None:
        self.ask = replace(self.ask, **changed)  # type: ignore[arg-type]
        quick = dict(self.ask.column_filters).get("only", "")
        self.bar.show_state(self.ask.filter, quick, self.ask.group)
        self.sheet.show_filtered(frozenset(key for key, _ in self.ask.column_filters))
        self.refresh()

    def _show_chosen(self) -> None:
        known = self.bridge.document.tasks
        self._chosen = [key for key in self._chosen if TaskId(key) in known]
        has, may = bool(self._chosen), not self.bridge.is_read_only
        for spec in ACTIONS:
            if spec.menu == "Task" or spec.key == "plan_to_task":
                self.actions_[spec.key].setEnabled(
                    (has or spec.key == "plan_insert") and (may or spec.key not in CHANGING)
                )
            elif spec.key in CHANGING:
                self.actions_[spec.key].setEnabled(may)
        if self.side.isVisible() and self.project is not None:
            document, locale = self.bridge.document, self.ask.locale
            chosen = self.chosen()
            one = chosen[0] if len(chosen) == 1 else None
            self.side.show_tasks(
                details(document, self.project, chosen, locale), why(document, self.project, one, locale)
            )
        self.selection_changed.emit()

    def _set_caret(self) -> None:
        """Put the caret on the first name without choosing anything, so that keys work at once."""
        at = self.model.index(0, self.model.column_of("name"))
        if at.isValid() and self.sheet.currentIndex().row() <= 0:
            self.sheet.selectionModel().setCurrentIndex(at, QItemSelectionModel.SelectionFlag.NoUpdate)

    def _number_of(self, key: str) -> str:
        place = self._numbers.get(TaskId(key))
        return "" if place is None else str(place + 1)

    def _on_tasks(self, verb: Callable[..., Step[Any]], keys: list[str], *more: object) -> None:
        known = self.bridge.document.tasks
        chosen = tuple(TaskId(key) for key in keys if TaskId(key) in known)
        if chosen:
            self.bridge.run(verb(chosen, *more))

    def _paper(self) -> tuple[GanttCanvas, OutlineModel, str]:
        name = self.frame.title.text()
        return self.canvas, self.model, name

    # What is shown

    def on_theme_changed(self) -> None:
        self.sheet.set_heading_height(2 * TIER)

    def on_fold(self, key: str) -> None:
        self.narrow(folded=self.ask.folded ^ {key})

    def on_fold_all(self) -> None:
        rows = self.view.rows if self.view else ()
        self.narrow(folded=self.ask.folded | {row.key for row in rows if row.has_children})

    def on_opened(self, key: str) -> None:
        if key and key != NEW:
            self.sheet.select_cell(key)
        self.actions_["plan_side"].setChecked(True)

    def on_rows_selected(self, keys: list[str]) -> None:
        self._chosen = [key for key in keys if key != NEW]
        self.canvas.select(self._chosen)
        self._show_chosen()

    def on_sort(self, key: str, way: str) -> None:
        self.sheet.show_sort(key if way else "", descending=way == "descending")
        self.narrow(sort=("-" if way == "descending" else "") + key if way else "")

    def on_column_filter(self, key: str, text: str) -> None:
        others = tuple(pair for pair in self.ask.column_filters if pair[0] != key)
        self.narrow(column_filters=(*others, (key, text)) if text else others)

    def on_quick(self, which: str) -> None:
        self.on_column_filter("only", which)

    def on_filter_cleared(self) -> None:
        self.narrow(filter="", column_filters=(), group="")

    def on_detail_typed(self, column: str, text: str) -> str:
        chosen = self.chosen()
        if not chosen:
            return ""
        block = tuple((task, column, text) for task in chosen)
        step = (
            cells.set_cell(*block[0], self.ask.locale)
            if len(block) == 1
            else cells.set_cells(block, self.ask.locale)
        )
        try:
            self.bridge.try_run(step)
        except (Refusal, FileTrouble) as trouble:
            return trouble.sentence
        return ""

    # Menus, baselines, views

    def on_menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        for group in (
            ("insert", "delete", "duplicate"),
            ("indent", "outdent", "up", "down"),
            ("link", "unlink", "fill"),
            ("milestone", "manual", "auto", "inactive", "active", "complete"),
            ("to_task", "details"),
        ):
            wanted = [self.actions_[f"plan_{key}"] for key in group if self._applies(key)]
            if wanted and menu.actions():
                menu.addSeparator()
            menu.addActions(wanted)
        menu.exec(at)
        menu.deleteLater()

    def _applies(self, key: str) -> bool:
        if not self.actions_[f"plan_{key}"].isEnabled():
            return False
        found = [self.bridge.document.tasks[task] for task in self.chosen()]
        asked = {
            "link": len(found) > 1,
            "manual": any(not task.manual for task in found),
            "auto": any(task.manual for task in found),
            "inactive": any(task.active for task in found),
            "active": any(not task.active for task in found),
            "milestone": any(not task.milestone for task in found),
            "complete": any(task.percent_complete < 100 for task in found),
        }
        return asked.get(key, True)

    def on_baseline(self) -> None:
        if self.project is not None:
            self.bridge.run(baselines.take(self.project), announce=True)

    def on_on_track(self) -> None:
        project = None if self.project is None else self.bridge.document.projects.get(self.project)
        if project is None:
            return
        status = project.status_date or self.bridge.workspace.clock.moment
        self.bridge.run(progress.update_to(project.id, Moment(status), self.chosen()), announce=True)

    def on_side_toggled(self, is_shown: bool) -> None:
        self.side.setVisible(is_shown)
        self._show_chosen()

    def on_views_wanted(self) -> None:
        menu = QMenu(self)
        found = [view for view in self.bridge.document.saved_views if view.page == self.key]
        for view in sorted(found, key=lambda view: view.name.casefold()):
            made = menu.addAction(view.name.replace("&", "&&"))
            made.triggered.connect(lambda _=False, id=view.id: self._take_look(id))
        if found:
            menu.addSeparator()
        usual = menu.addAction(tr("The usual columns"))
        usual.triggered.connect(lambda _=False: self.narrow(columns=_COLUMNS, sort="", group=""))
        menu.addAction(self.actions_["plan_save_look"])
        menu.exec(self.mapToGlobal(self.frame.mapTo(self, QPoint(self.width() - 360, 56))))
        menu.deleteLater()

    def _take_look(self, id: str) -> None:
        view = self.bridge.document.saved_views.get(id)  # type: ignore[arg-type]
        if view is None:
            return
        words, _, only = view.filter.partition("\n")
        filters = (("only", only),) if only else ()
        self.narrow(
            columns=view.columns, filter=words, column_filters=filters, sort=view.sort, group=view.group
        )
        if view.zoom:
            self.canvas.set_day_width(float(view.zoom))

    def on_save_look(self) -> None:
        name, is_wanted = QInputDialog.getText(self, tr("Save this view"), tr("Name of the view"))
        if is_wanted and name.strip():
            only = dict(self.ask.column_filters).get("only", "")
            shown = tuple(column.key for column in self.model.columns)
            words = f"{self.ask.filter}\n{only}" if only else self.ask.filter
            zoom = f"{self.canvas.scale.day_width:.3f}"
            step = saved_views.save(self.key, name, shown, words, self.ask.sort, self.ask.group, zoom)
            self.bridge.run(step)
