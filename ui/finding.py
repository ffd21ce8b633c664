"""What the palette can find and the manual lists: actions with their keys, pages, projects and tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtGui import QAction, QKeySequence

from app.domain.document import Document
from app.domain.portfolio import ProjectState
from app.text import tr
from ui.page import Page
from ui.places import PLACES
from ui.widgets.command_palette import Entry

_MOST_TASKS = 20_000
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
    found: list[Entry] = []
    tasks: list[Entry] = []
    for project in document.projects:
        if project.state is ProjectState.TEMPLATE:
            continue
        title = f"{project.code} · {project.name}"
        found.append(Entry(title, tr("Project"), "folder", partial(go, "plan", project.id, "")))
        for task in document.tasks.of(project.id).values():
            if len(tasks) >= _MOST_TASKS:
                break
            tasks.append(
                Entry(task.name, project.code, "chart-gantt", partial(go, "plan", project.id, task.id))
            )
    return found + tasks


def key_list(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    """Every action that has keys, with all of them, as the manual lists them."""
    return [
        (_plain(action).rstrip("…"), ", ".join(keys.toString(_NATIVE) for keys in action.shortcuts()))
        for action in actions
        if action.shortcuts()
    ]


def _plain(action: QAction) -> str:
    return action.text().replace("&", "")
