"""What is done to the schedule by menu: progress, unfinished work, splits, priorities, baselines."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.portfolio import Project
from app.domain.values import Moment, TaskId
from app.operations import baselines, cells, progress, tasks
from app.operations.operation import Step
from app.text import tr
from app.views.formats import date_text
from ui.bridge import Tone
from ui.pages.plan.verbs import PRIORITIES

if TYPE_CHECKING:
    from ui.pages.plan.page import PlanPage


class ScheduleHand(QObject):
    """Turns the schedule's menu entries into steps."""

    def __init__(self, page: PlanPage) -> None:
        super().__init__(page)
        self._page = page

    def calls(self) -> dict[str, Callable[[], object]]:
        """What each action calls."""
        found: dict[str, Callable[[], object]] = {
            "plan_split": self.on_split,
            "plan_unsplit": self.on_unsplit,
            "plan_on_track": lambda: self.on_on_track(self._page.chosen()),
            "plan_reschedule": lambda: self.on_reschedule(self._page.chosen()),
            "plan_all_on_track": lambda: self.on_on_track(()),
            "plan_all_reschedule": lambda: self.on_reschedule(()),
            "plan_baseline": self.on_baseline,
            "plan_baselines": self.on_baselines,
            "plan_fidelity": self.on_fidelity,
        }
        for value, _ in PRIORITIES:
            found[f"plan_priority_{value}"] = partial(self.on_priority, value)
        return found

    def on_split(self) -> None:
        """Ask from when to when the chosen task stops."""
        chosen = self._page.chosen()
        if len(chosen) != 1:
            self._page.bridge.noticed.emit(Tone.REFUSED, tr("Select one task to split."), False)
            return
        from ui.dialogs.split_task import SplitTask

        dialog = SplitTask(self._page.bridge, chosen[0], self._page)
        dialog.exec()
        dialog.deleteLater()

    def on_split_dragged(self, key: str, stop: int, resume: int) -> None:
        self._page.bridge.run(tasks.interrupt(TaskId(key), Moment(stop), Moment(resume)))

    def on_unsplit(self) -> None:
        known = self._page.bridge.document.tasks
        for task in self._page.chosen():
            if known[task].splits or known[task].resume is not None:
                self._page.bridge.run(tasks.unsplit(task))

    def on_on_track(self, chosen: tuple[TaskId, ...]) -> None:
        """Record progress as planned up to the status date."""
        if (project := self._project()) is not None:
            self._run_until(project, progress.update_to(project.id, tasks=chosen))

    def on_reschedule(self, chosen: tuple[TaskId, ...]) -> None:
        """Put what is not done behind the status date."""
        if (project := self._project()) is not None:
            self._run_until(project, progress.reschedule_unfinished(project.id, tasks=chosen))

    def _run_until(self, project: Project, step: Step[Moment]) -> None:
        """Run a step that hangs on the status date; where there is none, say which day it took."""
        outcome = self._page.bridge.run(step, announce=True)
        if outcome is not None and project.status_date is None:
            date = date_text(outcome.result, self._page.ask.locale)
            sentence = tr("The project has no status date; {date} was taken.", date=date)
            self._page.bridge.noticed.emit(Tone.DONE, sentence, False)

    def on_priority(self, value: int) -> None:
        block = tuple((task, "priority", str(value)) for task in self._page.chosen())
        if block:
            self._page.bridge.run(cells.set_cells(block, self._page.ask.locale))

    def on_baseline(self) -> None:
        if self._page.project is not None:
            self._page.bridge.run(baselines.take(self._page.project), announce=True)

    def on_baselines(self) -> None:
        """Show the eleven baselines, to be taken, shown, named and cleared."""
        if self._page.project is not None:
            from ui.dialogs.baselines import Baselines

            dialog = Baselines(self._page.bridge, self._page.project, self._page.chosen(), self._page)
            dialog.exec()
            dialog.deleteLater()

    def on_fidelity(self) -> None:
        """Show how the imported dates compare with the source's."""
        if self._page.project is not None:
            from ui.dialogs.fidelity import FidelityReport

            dialog = FidelityReport(self._page.bridge, self._page.project, self._page)
            dialog.task_chosen.connect(self._page.show_record)
            dialog.exec()
            dialog.deleteLater()

    def _project(self) -> Project | None:
        document = self._page.bridge.document
        return None if self._page.project is None else document.projects.get(self._page.project)
