"""The menu bar, made from the declared actions of the window and of the page in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from app.text import tr
from ui.actions import Actions
from ui.window_actions import MENUS

_USUAL = 5
_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly


def fill_menus(bar: QMenuBar, window: Actions, page: Mapping[str, Sequence[QAction]]) -> list[QMenu]:
    """Show the window's actions and the page's, section by section; an empty menu is left out;
    returns the menus.

    A page's key ``Task`` is a menu, ``Task/Priority`` a menu inside it that stands in the section of
    its first action. An action's section is the one it was declared with.
    """
    for old in bar.findChildren(QMenu, options=_DIRECT):
        old.deleteLater()
    bar.clear()
    made: list[QMenu] = []
    for key, title in MENUS:
        own = [window[spec.key] for spec in window.specs.values() if spec.menu == key]
        sections: dict[int, list[QAction]] = {}
        for action in [*own, *page.get(key, ())]:
            sections.setdefault(_section(action), []).append(action)
        inner = [(path, actions) for path, actions in page.items() if path.startswith(f"{key}/") and actions]
        if not sections and not inner:
            continue
        menu = bar.addMenu(tr(title))
        made.append(menu)
        menu.setToolTipsVisible(True)
        for path, actions in inner:
            part = QMenu(tr(path.partition("/")[2]), menu)
            part.setToolTipsVisible(True)
            part.addActions(list(actions))
            sections.setdefault(_section(actions[0]), []).append(part.menuAction())
        for number, section in enumerate(sorted(sections)):
            if number:
                menu.addSeparator()
            menu.addActions(sections[section])
    return made


def _section(action: QAction) -> int:
    """The group an action stands in: as declared, else the pages' usual one."""
    number = action.property("section")
    return number if isinstance(number, int) else _USUAL
