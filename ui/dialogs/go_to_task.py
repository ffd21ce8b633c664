"""Go to a task by its row number or by words of its name."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.domain.values import ProjectId, TaskId
from app.text import tr
from app.views.plan_details import found_tasks
from ui.bridge import Bridge
from ui.theme import MEDIUM, SMALL
from ui.widgets.label import Label
from ui.widgets.search_line import SearchLine

_MOST = 12


class GoToTask(QDialog):
    """A line and what fits it so far; Enter takes the first, the arrows another. ``chosen`` is the task."""

    def __init__(self, bridge: Bridge, project: ProjectId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._project = bridge, project
        self.chosen: TaskId | None = None
        self.setWindowTitle(tr("Go to a task"))
        self.words = SearchLine(tr("Row number or part of the name"), most=0)
        self.found = QListWidget()
        self.found.setAccessibleName(tr("Tasks that fit"))
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.empty = Label(tr("No task of this plan fits."))
        self.empty.setProperty("tone", "hint")
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        column.setSpacing(SMALL)
        for part in (self.words, self.found, self.empty):
            column.addWidget(part)
        self.resize(480, 400)
        self.words.textChanged.connect(lambda _: self._show())
        self.words.returnPressed.connect(self.on_wanted)
        self.found.itemActivated.connect(lambda _: self.on_wanted())
        self.found.itemClicked.connect(lambda _: self.on_wanted())
        self._show()

    def on_wanted(self) -> None:
        """Take the row that is marked."""
        item = self.found.currentItem()
        if item is not None:
            self.chosen = item.data(Qt.ItemDataRole.UserRole)
            self.accept()

    def _show(self) -> None:
        self.found.clear()
        for task, words in found_tasks(self._bridge.document, self._project, self.words.text(), _MOST):
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, task)
            self.found.addItem(item)
        self.found.setCurrentRow(0)
        self.found.setVisible(self.found.count() > 0)
        self.empty.setVisible(self.found.count() == 0)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in steps:
            row = self.found.currentRow() + steps[Qt.Key(event.key())]
            self.found.setCurrentRow(max(0, min(row, self.found.count() - 1)))
        else:
            super().keyPressEvent(event)
