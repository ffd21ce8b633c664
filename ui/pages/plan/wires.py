"""Who answers whom on the Plan page: signals of its parts, and what each action calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.domain.values import Moment, TaskId
from app.operations import arrange, copies, dates, links, progress, tasks
from app.operations.operation import Step
from ui.pages.plan.task_menu import show_menu

if TYPE_CHECKING:
    from ui.pages.plan.page import PlanPage


def connect_parts(page: PlanPage) -> None:
    """Join what the grid, the chart, the bar and the pane say to those who answer it."""
    sheet, canvas, bar = page.sheet, page.canvas, page.bar
    sheet.cells_edited.connect(page.hand.on_cells_edited)
    sheet.pasted_beyond.connect(page.hand.on_pasted_beyond)
    sheet.cells_skipped.connect(page.hand.on_cells_skipped)
    sheet.rows_inserted_wanted.connect(page.hand.on_insert)
    sheet.rows_deleted_wanted.connect(page.hand.on_delete)
    sheet.rows_moved_wanted.connect(page.hand.on_rows_moved)
    sheet.indent_wanted.connect(lambda keys: page.on_tasks(arrange.indent, keys))
    sheet.outdent_wanted.connect(lambda keys: page.on_tasks(arrange.outdent, keys))
    sheet.fold_toggled.connect(page.on_fold)
    sheet.opened.connect(page.side_hand.on_opened)
    sheet.rows_selected.connect(page.on_rows_selected)
    sheet.sort_wanted.connect(page.on_sort)
    sheet.filter_wanted.connect(page.on_column_filter)
    sheet.group_wanted.connect(lambda key: page.look(group=key))
    sheet.columns_chosen.connect(lambda keys: page.look(columns=tuple(keys)))
    sheet.column_resized.connect(page.looks.on_column_resized)
    page.halves.splitterMoved.connect(lambda _at, _which: page.looks.on_halves_moved())
    canvas.window_changed.connect(page.on_window_changed)
    canvas.split_dragged.connect(page.schedule_hand.on_split_dragged)
    sheet.customContextMenuRequested.connect(
        lambda at: show_menu(page, sheet.viewport().mapToGlobal(at), over_cells=True)
    )
    up, across = sheet.verticalScrollBar(), canvas.verticalScrollBar()
    up.valueChanged.connect(across.setValue)
    across.valueChanged.connect(up.setValue)
    canvas.bar_moved.connect(page.chart_hand.on_bar_moved)
    canvas.bar_resized.connect(lambda key, at: page.bridge.run(dates.stretch(TaskId(key), Moment(at))))
    canvas.progress_dragged.connect(lambda key, n: page.bridge.run(progress.set_percent((TaskId(key),), n)))
    canvas.linked.connect(lambda one, other: page.bridge.run(links.add(TaskId(one), TaskId(other))))
    canvas.drag_previewed.connect(page.chart_hand.on_drag_previewed)
    canvas.drag_ended.connect(page.chart_hand.on_drag_ended)
    canvas.row_pressed.connect(page.chart_hand.on_row_pressed)
    canvas.row_activated.connect(page.side_hand.on_opened)
    canvas.menu_wanted.connect(lambda _key, at: show_menu(page, at))
    canvas.hint_of = page.chart_hand.hint_of
    bar.words_changed.connect(lambda words: page.look(filter=words))
    bar.quick_chosen.connect(page.on_quick)
    bar.group_chosen.connect(lambda key: page.look(group=key))
    bar.cleared.connect(page.on_filter_cleared)
    page.side.reasons.step_chosen.connect(page.side_hand.on_step_chosen)
    page.side.tab_changed.connect(page.side_hand.on_tab_changed)


def connect_actions(page: PlanPage) -> None:
    """Give every action of the page its call."""
    sheet, canvas = page.sheet, page.canvas

    def on_all(verb: Callable[..., Step[Any]], *more: object) -> Callable[[], None]:
        return lambda: page.on_tasks(verb, page.chosen(), *more)

    page.actions_.connect(
        {
            "plan_insert": sheet.insert_row,
            "plan_delete": lambda: page.hand.on_delete(page.chosen()),
            "plan_duplicate": on_all(copies.duplicate),
            "plan_indent": on_all(arrange.indent),
            "plan_outdent": on_all(arrange.outdent),
            "plan_up": on_all(arrange.move_up),
            "plan_down": on_all(arrange.move_down),
            "plan_link": on_all(links.link),
            "plan_unlink": on_all(links.unlink),
            "plan_details": lambda: page.side_hand.on_opened(page.chosen()[0] if page.chosen() else ""),
            "plan_why": page.side_hand.on_why_wanted,
            "plan_go_to": page.on_go_to,
            "plan_milestone": on_all(tasks.set_milestone, True),
            "plan_manual": on_all(dates.set_manual, True),
            "plan_auto": on_all(dates.set_manual, False),
            "plan_inactive": on_all(tasks.set_active, False),
            "plan_active": on_all(tasks.set_active, True),
            "plan_complete": on_all(progress.set_percent, 100),
            "plan_zoom_in": lambda: canvas.zoom(1.5),
            "plan_zoom_out": lambda: canvas.zoom(1 / 1.5),
            "plan_fit": canvas.fit,
            "plan_start": lambda: canvas.show_moment(canvas.view.plan_start),
            "plan_today": lambda: canvas.show_moment(page.bridge.workspace.clock.moment, 0.3),
            "plan_to_task": lambda: canvas.show_task(page.chosen()[0] if page.chosen() else ""),
            "plan_fold_all": page.on_fold_all,
            "plan_unfold_all": lambda: page.narrow(folded=frozenset()),
            "plan_save_look": page.looks.ask_name,
            **page.schedule_hand.calls(),
            **page.exports.calls(),
        }
    )
    page.actions_["plan_side"].toggled.connect(page.on_side_toggled)
