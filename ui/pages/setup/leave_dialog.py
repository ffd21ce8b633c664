"""Some days on which somebody is away."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.errors import Refusal
from app.domain.typed import parse_day
from app.domain.values import ResourceId
from app.operations import people
from app.operations.operation import Step
from app.text import tr
from ui.bridge import Bridge
from ui.dialogs.asking import Asking


class LeaveDialog(Asking):
    """Asks what an absence is called and from when to when it lasts."""

    def __init__(self, bridge: Bridge, resource: ResourceId, parent: QWidget | None = None) -> None:
        name = bridge.document.resources[resource].name
        super().__init__(bridge, tr("Leave of {name}", name=name), tr("Add leave"), parent)
        self._resource = resource
        self.name = QLineEdit(tr("Leave"))
        self.first, self.last = QLineEdit(), QLineEdit()
        self.first.setPlaceholderText(tr("Such as 15 mar or next mon"))
        self.last.setPlaceholderText(tr("The same day"))
        self.ask_for(tr("&Name"), self.name)
        self.ask_for(tr("&From"), self.first)
        self.ask_for(tr("&To"), self.last)

    def step(self) -> Step[Any]:
        now, locale = self.bridge.workspace.clock.moment, self.bridge.locale
        if not self.first.text().strip():
            raise Refusal(tr("Say on which day the leave begins."))
        first = parse_day(self.first.text(), now, locale)
        last = parse_day(self.last.text(), now, locale) if self.last.text().strip() else first
        return people.add_leave(self._resource, self.name.text().strip() or tr("Leave"), first, last)
