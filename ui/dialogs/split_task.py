"""Ask from when to when nobody works on a task."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.domain.errors import FileTrouble, Refusal
from app.domain.typed import parse_moment
from app.domain.values import Moment, TaskId
from app.operations import tasks
from app.text import tr
from app.views.formats import date_text
from app.views.plan_details import task_span
from ui.bridge import Bridge
from ui.theme import LARGE, MEDIUM, WIDE, Role, set_role


class SplitTask(QDialog):
    """Two dates, read as they are typed anywhere; what does not fit is said under them."""

    def __init__(self, bridge: Bridge, task: TaskId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._task = bridge, task
        record = bridge.document.tasks[task]
        self._project = bridge.document.projects[record.project]
        start, finish = task_span(bridge.document, task)
        status = self._project.status_date
        stop = status if status is not None and start < status < finish else (start + finish) // 2
        self.setWindowTitle(tr("Split a task"))
        title = QLabel(record.name or tr("(no name)"))
        set_role(title, Role.SECTION)
        under = QLabel(tr("{start} – {finish}", start=self._shown(start), finish=self._shown(finish)))
        under.setProperty("tone", "secondary")
        self.stop, self.resume = QLineEdit(self._shown(stop)), QLineEdit(self._shown(stop + 7 * 1440))
        form = QFormLayout()
        form.setSpacing(MEDIUM)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.addRow(tr("No work from"), self.stop)
        form.addRow(tr("Going on at"), self.resume)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.why.setProperty("tone", "bad")
        self.why.hide()
        buttons = QDialogButtonBox()
        split = buttons.addButton(tr("Split the task"), QDialogButtonBox.ButtonRole.AcceptRole)
        split.setProperty("primary", True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.on_wanted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, LARGE)
        column.setSpacing(MEDIUM)
        for part in (title, under):
            column.addWidget(part)
        column.addLayout(form)
        column.addWidget(self.why)
        column.addWidget(buttons)
        self.setMinimumWidth(380)
        self.stop.selectAll()

    def on_wanted(self) -> None:
        """Split as typed, or say why not and keep what was typed."""
        try:
            step = tasks.interrupt(self._task, self._read(self.stop), self._read(self.resume))
            self._bridge.try_run(step)
        except (Refusal, FileTrouble) as trouble:
            self.why.setText(trouble.sentence)
            self.why.show()
            return
        self.accept()

    def _read(self, line: QLineEdit) -> Moment:
        now = self._bridge.workspace.clock.moment
        return parse_moment(line.text(), now, self._project.default_start_time, self._bridge.locale)

    def _shown(self, moment: int) -> str:
        return date_text(moment, self._bridge.locale)
