"""What the pane beside the plan shows of the chosen tasks, and what is typed into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.values import TaskId
from app.operations import cells
from app.operations.operation import Step
from app.text import tr
from app.views.plan_details import details
from app.views.task_history import once_of, records_of, task_history
from app.views.why import WhyStep, why
from ui.pages.plan.grid_hand import NEW
from ui.pages.plan.side import DETAILS, HISTORY, WHY

if TYPE_CHECKING:
    from ui.pages.plan.page import PlanPage


class SideHand(QObject):
    """Keeps the pane up to the selection and turns what is typed there into steps."""

    def __init__(self, page: PlanPage) -> None:
        super().__init__(page)
        self._page = page

    def show(self) -> None:
        """Bring the pane up to the chosen tasks, where it is seen."""
        page = self._page
        if not page.side.isVisible() or page.project is None:
            return
        document, locale, chosen = page.bridge.document, page.ask.locale, page.chosen()
        one = chosen[0] if len(chosen) == 1 else None
        page.side.show_tasks(
            details(document, page.project, chosen, locale), why(document, page.project, one, locale)
        )
        if page.side.tab == HISTORY:
            self._show_history(one)

    def _show_history(self, task: TaskId | None) -> None:
        page = self._page
        if task is None:
            page.side.steps.show_steps((), tr("Select one task to see what happened to it."))
            return
        document = page.bridge.document
        records = records_of(document, task)
        told = page.bridge.workspace.history_about(records)
        if not (once := once_of(told, task)) <= records:
            records |= once
            told = page.bridge.workspace.history_about(records)
        steps = task_history(document, told, records, page.ask.locale)
        page.side.steps.show_steps(steps, tr("Nothing is written down about it."))

    def open(self, tab: str) -> None:
        """Show the pane on one of its tabs."""
        self._page.side.show_tab(tab)
        self._page.actions_["plan_side"].setChecked(True)
        if len(chosen := self._page.chosen()) == 1:
            self._page.canvas.show_task(chosen[0])

    def on_opened(self, key: str) -> None:
        if key and key != NEW:
            self._page.sheet.select_cell(key)
        self.open(DETAILS)

    def on_why_wanted(self) -> None:
        """Open the pane on the reasons; a second time closes it."""
        if self._page.side.isVisible() and self._page.side.tab == WHY:
            self._page.actions_["plan_side"].setChecked(False)
        else:
            self.open(WHY)

    def on_tab_changed(self) -> None:
        self.show()
        self._page.looks.note()

    def on_step_chosen(self, step: WhyStep) -> None:
        """Go to a task of the chain, in another project where it lies there."""
        if step.project == self._page.project:
            self._page.show_record(step.task)
        else:
            self._page.travel_wanted.emit(self._page.key, step.project, step.task)

    def on_typed(self, column: str, text: str) -> str:
        """Put a text into a column of all chosen tasks; gives back why it was refused, or ''."""
        block = tuple((task, column, text) for task in self._page.chosen())
        if not block:
            return ""
        locale = self._page.ask.locale
        step: Step[None] = (
            cells.set_cell(*block[0], locale) if len(block) == 1 else cells.set_cells(block, locale)
        )
        return self._page.bridge.refused(step)
