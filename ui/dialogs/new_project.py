"""A new project: its name, code, start and, where there is one, the template it is made from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import FileTrouble, Refusal
from app.domain.portfolio import ProjectState
from app.domain.typed import parse_moment
from app.domain.values import ProjectId
from app.operations import projects
from app.text import tr
from app.views.formats import date_text
from ui.bridge import Bridge
from ui.theme import LARGE, SMALL, WIDE
from ui.widgets.form_labels import line_up

_MORNING = 480


class NewProject(QDialog):
    """Asks for a project and makes it; what cannot be is said under the fields and nothing is lost."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.made: ProjectId | None = None
        self._bridge = bridge
        self.setWindowTitle(tr("New project"))
        self.setMinimumWidth(460)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("What it is called"))
        self.code = QLineEdit()
        self.code.setPlaceholderText(tr("Made from the name"))
        self.start = QLineEdit(date_text(bridge.workspace.clock.moment, bridge.locale))
        self.template = QComboBox()
        self.template.addItem(tr("Empty plan"), "")
        for project in bridge.document.projects:
            if project.state is ProjectState.TEMPLATE:
                self.template.addItem(project.name, project.id)
        form = QFormLayout()
        form.setHorizontalSpacing(LARGE)
        form.setVerticalSpacing(SMALL)
        form.addRow(tr("&Name"), self.name)
        form.addRow(tr("&Code"), self.code)
        form.addRow(tr("&Start"), self.start)
        if self.template.count() > 1:
            form.addRow(tr("&From"), self.template)
        line_up(form, 64)
        self._why = QLabel()
        self._why.setProperty("tone", "bad")
        self._why.setWordWrap(True)
        self._why.hide()
        buttons = QDialogButtonBox()
        create = buttons.addButton(tr("Create project"), QDialogButtonBox.ButtonRole.AcceptRole)
        create.setProperty("primary", True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.on_create)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, LARGE)
        column.setSpacing(LARGE)
        column.addLayout(form)
        column.addWidget(self._why)
        column.addWidget(buttons)

    def fill(self, typed: Mapping[str, str]) -> None:
        """Put texts into the fields, by what a reader calls them, as if they had been typed."""
        for field in self.findChildren(QLineEdit):
            name = QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Name)
            if name in typed:
                field.setText(typed[name])
                field.setModified(True)

    def on_create(self) -> None:
        name = self.name.text().strip()
        if not name:
            self._say(tr("Give the project a name."))
            return
        try:
            now = self._bridge.workspace.clock.moment
            start = parse_moment(self.start.text(), now, _MORNING, self._bridge.locale)
            template = self.template.currentData()
            code = self.code.text().strip()
            if template:
                step = projects.new_from_template(template, name, code, start)
            else:
                step = projects.create(name, code, start)
            self.made = self._bridge.try_run(step).result
        except (Refusal, FileTrouble) as trouble:
            self._say(trouble.sentence)
            return
        self.accept()

    def _say(self, sentence: str) -> None:
        self._why.setText(sentence)
        self._why.show()
