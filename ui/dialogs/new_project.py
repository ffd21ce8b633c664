"""A new project: its name, code, start and, where there is one, the template it is made from."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.portfolio import ProjectState
from app.domain.typed import parse_moment
from app.domain.values import ProjectId
from app.operations import projects
from app.operations.operation import Step
from app.text import tr
from app.views.formats import date_text
from ui.bridge import Bridge
from ui.dialogs.asking import Asking, choices

_MORNING = 480


class NewProject(Asking):
    """Asks for a project and makes it; what cannot be is said under the fields and nothing is lost."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, tr("New project"), tr("Create project"), parent)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("What it is called"))
        self.code = QLineEdit()
        self.code.setPlaceholderText(tr("Made from the name"))
        self.start = QLineEdit(date_text(bridge.workspace.clock.moment, bridge.locale))
        kept = (one for one in bridge.document.projects if one.state is ProjectState.TEMPLATE)
        self.template = choices((("", tr("Empty plan")), *((one.id, one.name) for one in kept)))
        self.ask_for(tr("&Name"), self.name)
        self.ask_for(tr("&Code"), self.code)
        self.ask_for(tr("&Start"), self.start)
        if self.template.count() > 1:
            self.ask_for(tr("&From"), self.template)

    def fill(self, typed: Mapping[str, str]) -> None:
        """Put texts into the fields, by what a reader calls them, as if they had been typed."""
        for field in self.findChildren(QLineEdit):
            name = QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Name)
            if name in typed:
                field.setText(typed[name])
                field.setModified(True)

    def step(self) -> Step[ProjectId]:
        start = parse_moment(
            self.start.text(), self.bridge.workspace.clock.moment, _MORNING, self.bridge.locale
        )
        name, code = self.name.text().strip(), self.code.text().strip()
        template = self.template.currentData()
        if template:
            return projects.new_from_template(template, name, code, start)
        return projects.create(name, code, start)
