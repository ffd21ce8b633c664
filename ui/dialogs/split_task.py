"""Ask from when to when nobody works on a task."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.typed import parse_moment
from app.domain.values import Moment, TaskId
from app.operations import tasks
from app.operations.operation import Step
from app.text import tr
from app.views.formats import date_text
from app.views.plan_details import task_span
from ui.bridge import Bridge
from ui.dialogs.asking import Asking
from ui.theme import Role, set_role
from ui.widgets.label import Label, OneLine


class SplitTask(Asking):
    """Two dates, read as they are typed anywhere; what does not fit is said under them."""

    def __init__(self, bridge: Bridge, task: TaskId, parent: QWidget | None = None) -> None:
        super().__init__(bridge, tr("Split a task"), tr("Split the task"), parent)
        self._task = task
        record = bridge.document.tasks[task]
        self._project = bridge.document.projects[record.project]
        start, finish = task_span(bridge.document, task)
        status = self._project.status_date
        stop = status if status is not None and start < status < finish else (start + finish) // 2
        title = OneLine(record.name or tr("(no name)"))
        set_role(title, Role.SECTION)
        under = Label(tr("{start} – {finish}", start=self._shown(start), finish=self._shown(finish)))
        under.setProperty("tone", "secondary")
        self.column.insertWidget(0, title)
        self.column.insertWidget(1, under)
        self.stop, self.resume = QLineEdit(self._shown(stop)), QLineEdit(self._shown(stop + 7 * 1440))
        self.ask_for(tr("&No work from"), self.stop)
        self.ask_for(tr("&Going on at"), self.resume)
        self.stop.selectAll()

    def step(self) -> Step[None]:
        return tasks.interrupt(self._task, self._read(self.stop), self._read(self.resume))

    def _read(self, line: QLineEdit) -> Moment:
        now = self.bridge.workspace.clock.moment
        return parse_moment(line.text(), now, self._project.default_start_time, self.bridge.locale)

    def _shown(self, moment: int) -> str:
        return date_text(moment, self.bridge.locale)
