"""Columns of one's own: a line to add one, and the sheet of those that are there."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from app.domain.document import Reading
from app.domain.portfolio import FieldKind, OwnerKind
from app.domain.values import CustomFieldId, ProjectId
from app.operations import custom_fields
from app.operations.operation import Step
from app.operations.together import together
from app.text import mark, tr
from app.views.custom_columns import columns_answer, columns_table, kind_choices, owner_choices
from app.views.tables import Ask
from ui.bridge import Bridge
from ui.dialogs.asking import choices
from ui.models.grid_model import GridModel
from ui.pages.setup.section import SetupSection, bar, inset
from ui.sheet_edits import take_cells
from ui.theme import MEDIUM, SMALL, WIDE
from ui.widgets.label import Label
from ui.widgets.page_frame import button
from ui.widgets.sheet import Sheet


class ColumnSection(SetupSection):
    """The columns of all projects and of the switcher's, added and edited in place."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.model = GridModel(self)
        self.sheet = Sheet(self.model)
        self.sheet.setAccessibleName(tr("Columns of your own"))
        self.heading = QLineEdit()
        self.heading.setPlaceholderText(tr("Heading of a new column"))
        self.heading.setAccessibleName(tr("Heading of a new column"))
        self.heading.setFixedWidth(220)
        self.owner, self.kind = choices(owner_choices()), choices(kind_choices())
        self.owner.setAccessibleName(tr("Column of"))
        self.kind.setAccessibleName(tr("Kind of column"))
        self.scope = choices((("", tr("All projects")),))
        self.scope.setAccessibleName(tr("For which projects"))
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("Choices, such as High; Medium; Low"))
        self.words.setAccessibleName(tr("Choices"))
        self.words.setMinimumWidth(200)
        self.add_button = button(tr("Add column"), self.on_add, "plus")
        self.delete_button = button(tr("Delete"), self.on_delete, "trash-2")
        self.why = Label()
        self.why.setProperty("tone", "bad")
        self.why.setContentsMargins(WIDE, 0, WIDE, 0)
        self.why.hide()
        self.empty = Label(
            tr("No columns of your own yet. A column holds what your plans need beside dates and people.")
        )
        self.empty.setProperty("tone", "secondary")
        self.empty.setContentsMargins(WIDE, 0, WIDE, 0)
        verbs = bar(
            self.heading, self.owner, self.kind, self.scope, self.words, self.add_button, None,
            self.delete_button,
        )  # fmt: skip
        verbs.setContentsMargins(WIDE, 0, WIDE, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(verbs)
        column.addWidget(self.why)
        column.addWidget(self.empty)
        column.addLayout(inset(self.sheet), 1)
        self._connect()

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(lambda _place: self.on_kind_chosen())
        self.owner.currentIndexChanged.connect(lambda _place: self.on_kind_chosen())
        self.heading.returnPressed.connect(self.on_add)
        self.words.returnPressed.connect(self.on_add)
        self.heading.textEdited.connect(lambda _text: self._say(""))
        self.sheet.cells_edited.connect(self.on_cells_edited)
        self.sheet.rows_deleted_wanted.connect(lambda _keys: self.on_delete())
        self.sheet.rows_selected.connect(lambda _keys: self._enable())
        self.on_kind_chosen()

    def refresh(self) -> None:
        self._offer_scopes()
        self.model.show(columns_table(self.bridge.document, self.project, Ask(locale=self.bridge.locale)))
        self.empty.setVisible(not self.model.rows)
        self.sheet.setVisible(bool(self.model.rows))
        self._enable()

    def answer(self) -> str:
        return columns_answer(self.bridge.document, self.project)

    def show_record(self, record: str) -> bool:
        if CustomFieldId(record) not in self.bridge.document.custom_fields:
            return False
        self.refresh()
        return self.sheet.select_cell(record)

    def _offer_scopes(self) -> None:
        """Offer all projects and the one of the switcher."""
        project = self.bridge.document.projects.get(self.project) if self.project is not None else None
        wanted = [("", tr("All projects"))]
        if project is not None:
            wanted.append((project.id, tr("Only {code}", code=project.code)))
        there = [(self.scope.itemData(at), self.scope.itemText(at)) for at in range(self.scope.count())]
        if there != wanted:
            self.scope.clear()
            for value, words in wanted:
                self.scope.addItem(words, value)

    def _enable(self) -> None:
        may = not self.bridge.is_read_only
        for part in (self.heading, self.owner, self.kind, self.scope, self.words, self.add_button):
            part.setEnabled(may)
        self.delete_button.setEnabled(may and bool(self.sheet.selected_keys()))

    def _say(self, sentence: str) -> None:
        self.why.setText(sentence)
        self.why.setVisible(bool(sentence))

    def on_kind_chosen(self) -> None:
        self.words.setVisible(self.kind.currentData() == FieldKind.CHOICE.value)
        self.scope.setVisible(self.owner.currentData() == OwnerKind.TASK.value)

    def on_add(self) -> None:
        """Add the column that is entered; a refusal is said under the line and nothing is lost."""
        kind, owner = FieldKind(self.kind.currentData()), OwnerKind(self.owner.currentData())
        scope = self.scope.currentData() if owner is OwnerKind.TASK else ""
        words = _parts(self.words.text()) if kind is FieldKind.CHOICE else ()
        step = custom_fields.create(
            self.heading.text(), kind, owner, ProjectId(scope) if scope else None, words
        )
        self._say(self.bridge.refused(step, self.on_added))

    def on_added(self, made: CustomFieldId) -> None:
        """Show the column that was added, with the line empty for the next."""
        self._say("")
        self.heading.clear()
        self.words.clear()
        self.refresh()
        self.sheet.select_cell(made)
        self.heading.setFocus()

    def on_delete(self) -> None:
        steps = [custom_fields.delete(CustomFieldId(key)) for key in self.sheet.selected_keys()]
        if steps and not self.bridge.is_read_only:
            label = mark("Delete {count} columns")
            self.bridge.run(together(label, steps, count=len(steps)), announce=True)

    def on_cells_edited(self, cells: list[tuple[str, str, str]]) -> None:
        take_cells(self.bridge, self.sheet, cells, _meant)


def _meant(_reading: Reading, row: str, column: str, text: str) -> Step[None]:
    """Which operation a typed cell is."""
    field = CustomFieldId(row)
    if column == "alias":
        return custom_fields.rename(field, text)
    return custom_fields.set_choices(field, _parts(text))


def _parts(text: str) -> tuple[str, ...]:
    """The words of a list written with ; or, where there is none, with commas."""
    mark = ";" if ";" in text else ","
    return tuple(word.strip() for word in text.split(mark) if word.strip())
