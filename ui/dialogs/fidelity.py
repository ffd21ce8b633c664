"""The fidelity report of a project that was imported: every date that differs from its source, and why."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from app.domain.values import ProjectId
from app.text import tr
from app.views.fidelity import fidelity
from app.views.tables import Ask
from ui.bridge import Bridge
from ui.theme import LARGE, MEDIUM, SMALL, WIDE, Role, set_role
from ui.widgets.label import Label, OneLine
from ui.widgets.search_line import SearchLine
from ui.widgets.told_sheet import ToldSheet


class FidelityReport(QDialog):
    """Shows the differences, narrowed by words; ``task_chosen`` carries the task of an opened row."""

    task_chosen = Signal(str)

    def __init__(self, bridge: Bridge, project: ProjectId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._project = bridge, project
        self.setWindowTitle(tr("Fidelity report"))
        self.resize(1270, 640)
        title = OneLine(tr("Fidelity report · {project}", project=bridge.document.projects[project].name))
        set_role(title, Role.TITLE)
        self.answer, self.note = Label(), Label()
        for part in (self.answer, self.note):
            part.setProperty("tone", "secondary")
        self.words = SearchLine(tr("Filter differences"))
        self.words.textChanged.connect(lambda _: self._show())
        self.differences = ToldSheet(tr("Differences"))
        self.differences.sheet.opened.connect(self.on_opened)
        self.empty = Label()
        self.empty.setProperty("tone", "hint")
        bar = QHBoxLayout()
        bar.setSpacing(SMALL)
        bar.addWidget(self.words, 1)
        bar.addWidget(self.note)
        bar.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(title)
        column.addWidget(self.answer)
        column.addLayout(bar)
        column.addWidget(self.differences, 1)
        column.addWidget(self.empty)
        column.addWidget(buttons)
        whole = fidelity(bridge.document, project, Ask(locale=bridge.locale))
        self._count = len(whole.rows)
        self.answer.setText(whole.note)
        self._show()
        self.words.setFocus()

    def on_opened(self, key: str) -> None:
        """Go to the task of a difference."""
        self.task_chosen.emit(key.partition(":")[0])
        self.accept()

    def _show(self) -> None:
        ask = replace(Ask(locale=self._bridge.locale), filter=self.words.text())
        view = fidelity(self._bridge.document, self._project, ask)
        self.differences.show_view(view)
        self.differences.setVisible(bool(view.rows))
        self.empty.setText(view.empty)
        self.empty.setVisible(not view.rows)
        is_narrowed = bool(self.words.text().strip())
        shown = tr("{count} of {all} shown", count=len(view.rows), all=self._count)
        self.note.setText(shown if is_narrowed else "")
