"""What the palette can find and the manual lists: actions with their keys, pages, projects and tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence

from app.domain.document import Document
from app.text import tr
from ui.actions import plain
from ui.page import Page
from ui.places import PLACES
from ui.widgets.command_palette import Entry

_NATIVE = QKeySequence.SequenceFormat.NativeText

Go = Callable[[str, str, str], object]


def actions_of(page: Page | None) -> list[QAction]:
    """The actions of the page in sight."""
    return [action for found in (page.menus().values() if page else ()) for action in found]


def entries(actions: Iterable[QAction], document: Document | None, go: Go) -> list[Entry]:
    """Everything the palette can find: what can be done now and, with a portfolio, where one can go."""
    found = [
        Entry(
            _plain(action),
            action.shortcut().toString(_NATIVE),
            action.property("drawing") or "command",
            action.trigger,
        )
        for action in actions
        if action.isEnabled() and action.text()
    ]
    if document is None:
        return found
    found += [
        Entry(tr(place.title), tr("Page"), place.icon, partial(go, place.key, "", "")) for place in PLACES
    ]
    return found + places_to_go(document, go)


def places_to_go(document: Document, go: Go) -> list[Entry]:
    """Every project and, up to a bound, every task."""
    from app.views.palette import jumps  # not before something is looked for: it loads the schedule's rooms

    return [
        Entry(jump.title, jump.where, "folder", partial(go, "plan", jump.project, ""))
        if jump.task is None
        else Entry(jump.title, jump.where, "chart-gantt", partial(go, "plan", jump.project, jump.task))
        for jump in jumps(document)
    ]


def key_list(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    """Every action that has keys, with all of them, as the manual lists them."""
    return [
        (_plain(action).rstrip("…"), ", ".join(keys.toString(_NATIVE) for keys in action.shortcuts()))
        for action in actions
        if action.shortcuts()
    ]


def _plain(action: QAction) -> str:
    return plain(action.text())
