"""The portfolio's own settings: its name, owner and notes, and what new projects take."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.operations import portfolio
from app.operations.operation import Step
from app.text import tr, trn
from app.views.project_settings import portfolio_settings
from ui.bridge import Bridge
from ui.pages.setup.form import SettingsForm
from ui.pages.setup.section import SetupSection, TwoColumns


class PortfolioSection(SetupSection):
    """What holds for the whole file."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.forms = (SettingsForm(self.take), SettingsForm(self.take))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(TwoColumns(self.forms[:1], self.forms[1:]))

    def refresh(self) -> None:
        groups = portfolio_settings(self.bridge.document, self.bridge.locale)
        for form, group in zip(self.forms, groups, strict=True):
            form.show_group(group)
            form.setEnabled(not self.bridge.is_read_only)

    def answer(self) -> str:
        head = next(iter(self.bridge.document.portfolio), None)
        count = trn("{count} project", "{count} projects", len(self.bridge.document.projects))
        return f"{head.name if head else tr('Portfolio')} · {count}"

    def take(self, key: str, text: str) -> str:
        """Set one field from what was typed; the sentence of a refusal, or nothing."""
        return self.refused(_edit(key, text))


def _edit(key: str, text: str) -> Step[None]:
    if key == "calendar":
        return portfolio.set_calendar(text or None)  # type: ignore[arg-type]
    if key == "currency":
        return portfolio.set_currency(text)
    if key == "owner":
        return portfolio.set_owner(text)
    return portfolio.set_notes(text) if key == "notes" else portfolio.rename(text)
