"""The context menu of the Plan page: what can be done with the tasks that are selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from ui.cell_edits import add_cell_actions
from ui.pages.plan.verbs import CONTEXT

if TYPE_CHECKING:
    from ui.pages.plan.page import PlanPage


def show_menu(page: PlanPage, at: QPoint, *, over_cells: bool = False) -> None:
    """Offer what can be done with the selected tasks and, over the grid, with the selected cells."""
    menu = QMenu(page)
    if over_cells:
        add_cell_actions(menu, page.sheet)
    for group in CONTEXT:
        wanted = [page.actions_[f"plan_{key}"] for key in group if applies(page, key)]
        if wanted and menu.actions():
            menu.addSeparator()
        menu.addActions(wanted)
    menu.exec(at)
    menu.deleteLater()


def applies(page: PlanPage, key: str) -> bool:
    """Whether an action of the context menu means something for what is selected."""
    if not page.actions_[f"plan_{key}"].isEnabled():
        return False
    found = [page.bridge.document.tasks[task] for task in page.chosen()]
    asked = {
        "link": len(found) > 1,
        "manual": any(not task.manual for task in found),
        "auto": any(task.manual for task in found),
        "inactive": any(task.active for task in found),
        "active": any(not task.active for task in found),
        "milestone": any(not task.milestone for task in found),
        "complete": any(task.percent_complete < 100 for task in found),
        "on_track": any(task.percent_complete < 100 for task in found),
        "split": len(found) == 1 and found[0].duration > 0,
        "unsplit": any(task.splits or task.resume is not None for task in found),
    }
    return asked.get(key, True)
