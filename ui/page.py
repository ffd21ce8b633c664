"""What every page is: a widget over views, which asks again when the portfolio changed.

A page that cannot be seen only notes that it is stale, and asks when it is shown.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.changes import ChangeSet
from app.domain.values import ProjectId
from ui.bridge import Bridge


class Page(QWidget):
    """One screen of the window.

    ``key`` names it in settings and in the rail, ``title`` and ``icon`` show it there (a message
    id and a drawing's name). ``about_project`` pages follow the project switcher.
    ``travel_wanted`` asks the shell for (page key, project id, record id), each possibly empty;
    ``selection_changed`` says that the actions' states may differ now.
    """

    travel_wanted = Signal(str, str, str)
    selection_changed = Signal()

    key = ""
    title = ""
    icon = ""
    about_project = False

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.project: ProjectId | None = None
        self._stale = True
        bridge.changed.connect(self.on_portfolio_changed)

    def show_project(self, project: ProjectId | None) -> None:
        """Be about this project from now on."""
        if project != self.project:
            self.project = project
            self.ask_again()

    def show_record(self, record: str) -> None:
        """Bring a record into sight and select it; pages without records do nothing."""

    def detailed(self) -> str:
        """The record whose details are shown to be typed in; empty where none or several are."""
        return ""

    def show_details(self, record: str) -> None:
        """Show a record's details to be typed in; pages without details do nothing."""

    def refresh(self) -> None:
        """Ask the views again and show what changed; each page does this its own way."""

    def menus(self) -> dict[str, list[QAction]]:
        """The page's actions by the menu they stand in (``Edit``, ``Project``, ``View``, ``File``)."""
        return {}

    def filter_field(self) -> QWidget | None:
        """Where words are typed to narrow what the page shows; ``None`` where it has no such field."""
        return None

    def edits(self, at: QWidget) -> dict[str, Callable[[], object]]:
        """What ``ui.editing`` may do now to a part of this page that is neither a text nor a sheet."""
        return {}

    def ask_again(self) -> None:
        """Refresh now where the page is seen, else when it will be."""
        if self.isVisible():
            self._stale = False
            self.refresh()
        else:
            self._stale = True

    def concerns(self, changes: ChangeSet) -> bool:
        """Whether a change set can move anything on this page; when in doubt, yes."""
        return bool(changes)

    def on_portfolio_changed(self, changes: ChangeSet) -> None:
        if self.concerns(changes):
            self.ask_again()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._stale = False
            self.refresh()
