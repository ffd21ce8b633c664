"""The menu bar, made from the declared actions of the window and of the page in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenuBar

from app.text import tr
from ui.actions import Actions
from ui.window_actions import MENUS


def fill_menus(bar: QMenuBar, window: Actions, page: Mapping[str, Sequence[QAction]]) -> None:
    """Show the window's actions and the page's, section by section; an empty menu is left out."""
    bar.clear()
    for key, title in MENUS:
        sections: dict[int, list[QAction]] = {}
        for spec in window.specs.values():
            if spec.menu == key:
                sections.setdefault(spec.section, []).append(window[spec.key])
        own = list(page.get(key, ()))
        if own:
            sections.setdefault(5, []).extend(own)
        if not sections:
            continue
        menu = bar.addMenu(tr(title))
        menu.setToolTipsVisible(True)
        for number, section in enumerate(sorted(sections)):
            if number:
                menu.addSeparator()
            menu.addActions(sections[section])
