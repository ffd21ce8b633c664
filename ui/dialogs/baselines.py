"""The eleven baselines of a project: taken, compared with, named, cleared."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.values import ProjectId, TaskId
from app.operations import baselines
from app.operations.operation import Step
from app.text import tr, trn
from app.views.baselines import baseline_table
from app.views.tables import Ask
from ui.bridge import Bridge
from ui.models.grid_model import GridModel
from ui.sheet_edits import say_skipped
from ui.theme import LARGE, MEDIUM, SMALL, WIDE, Role, set_role
from ui.widgets.label import Label
from ui.widgets.page_frame import button
from ui.widgets.sheet import Sheet


class Baselines(QDialog):
    """One row a number; names are typed in place, the rest are buttons on the chosen row."""

    def __init__(
        self, bridge: Bridge, project: ProjectId, chosen: tuple[TaskId, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._project, self._chosen = bridge, project, chosen
        self.setWindowTitle(tr("Baselines"))
        self.resize(720, 520)
        title = Label(tr("Baselines"))
        set_role(title, Role.TITLE)
        under = Label(tr("A baseline keeps dates, durations, work and costs as they are now."))
        under.setProperty("tone", "secondary")
        self.model = GridModel(self)
        self.sheet = Sheet(self.model)
        self.sheet.setAccessibleName(tr("Baselines"))
        self.sheet.cells_edited.connect(self.on_named)
        self.sheet.cells_skipped.connect(lambda count: say_skipped(bridge, count))
        self.sheet.rows_selected.connect(lambda _keys: self._refresh_state())
        self.only_chosen = QCheckBox(
            trn("Only the {count} selected task", "Only the {count} selected tasks", len(chosen))
        )
        self.only_chosen.setVisible(bool(chosen))
        self.take = button(tr("&Take"), self.on_take, "flag")
        self.show_ = button(tr("Co&mpare with it"), self.on_show)
        self.clear = button(tr("C&lear"), self.on_clear, "trash-2")
        self.why = Label()
        self.why.setWordWrap(True)
        self.why.setProperty("tone", "bad")
        self.why.hide()
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        for part in (self.take, self.show_, self.clear, self.only_chosen):
            row.addWidget(part)
        row.addStretch(1)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(title)
        column.addWidget(under)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.why)
        column.addLayout(row)
        self._show()
        self.sheet.select_cell("0", "name")

    def on_take(self) -> None:
        """Take the chosen number, over what it held before."""
        self._run(baselines.take(self._project, self._number(), tasks=self._tasks()))

    def on_clear(self) -> None:
        self._run(baselines.clear(self._project, self._number(), self._tasks()))

    def on_show(self) -> None:
        """Compare the plan with the chosen number from now on."""
        self._run(baselines.show(self._project, self._number()))

    def on_named(self, edits: list[tuple[str, str, str]]) -> None:
        for key, _, text in edits:
            self._run(baselines.rename(self._project, int(key), text))

    def _tasks(self) -> tuple[TaskId, ...]:
        return self._chosen if self.only_chosen.isChecked() else ()

    def _number(self) -> int:
        at = self.sheet.currentIndex().row()
        return int(self.model.rows[at].key) if 0 <= at < len(self.model.rows) else 0

    def _run(self, step: Step[Any]) -> None:
        self.why.setText(self._bridge.refused(step, is_asked=True))
        self.why.setVisible(bool(self.why.text()))
        self._show()

    def _show(self) -> None:
        self.model.show(baseline_table(self._bridge.document, self._project, Ask(locale=self._bridge.locale)))
        self._refresh_state()

    def _refresh_state(self) -> None:
        at = self.sheet.currentIndex().row()
        is_taken = 0 <= at < len(self.model.rows) and bool(self.model.rows[at].cells[2])
        may = not self._bridge.is_read_only
        self.take.setEnabled(may)
        self.take.setText(tr("&Take again") if is_taken else tr("&Take"))
        self.show_.setEnabled(may and is_taken)
        self.clear.setEnabled(may and is_taken)
