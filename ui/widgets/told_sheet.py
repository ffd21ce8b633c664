"""A sheet whose last column holds sentences: the one of the row in hand is said whole below it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.tables import TableView
from ui.models.grid_model import GridModel
from ui.theme import MEDIUM
from ui.widgets.label import Label
from ui.widgets.sheet import Sheet


class ToldSheet(QWidget):
    """Shows a table that is looked at; its last cell may be longer than its column is wide."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = GridModel(self)
        self.sheet = Sheet(self.model)
        self.sheet.setAccessibleName(name)
        self.sheet.current_moved.connect(lambda key, _column: self.on_row_chosen(key))
        self.told = Label()
        self.told.setWordWrap(True)
        self.told.setContentsMargins(MEDIUM, 0, MEDIUM, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(MEDIUM)
        column.addWidget(self.sheet, 1)
        column.addWidget(self.told)

    def show_view(self, view: TableView) -> None:
        """Show other rows; the first is in hand where none was."""
        self.model.show(view)
        if self.model.rows and not self.sheet.currentIndex().isValid():
            self.sheet.select_cell(self.model.rows[0].key, view.columns[0].key)

    def on_row_chosen(self, key: str) -> None:
        """Say the whole sentence of a row."""
        row = self.model.row_of(key)
        self.told.setText(self.model.rows[row].cells[-1] if row >= 0 else "")
