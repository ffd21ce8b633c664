"""The menu bar is made from declarations, grouped as they say, with menus inside menus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu

from ui.actions import Actions, ActionSpec
from ui.menus import fill_menus
from ui.window_actions import WINDOW_ACTIONS


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QMainWindow]:
    made = QMainWindow()
    yield made
    made.deleteLater()


def _menu(window: QMainWindow, title: str) -> QMenu:
    found = next(a for a in window.menuBar().actions() if a.text().replace("&", "") == title)
    menu = found.menu()
    assert isinstance(menu, QMenu)
    return menu


def _words(actions: list[QAction]) -> list[str]:
    return ["-" if a.isSeparator() else a.text().replace("&", "") for a in actions]


def test_a_pages_actions_stand_in_their_own_sections(window: QMainWindow) -> None:
    specs = (
        ActionSpec("a", "Insert", "Task", 1),
        ActionSpec("b", "Delete", "Task", 1),
        ActionSpec("c", "Indent", "Task", 2),
    )
    page = Actions(window, specs)
    fill_menus(window.menuBar(), Actions(window, WINDOW_ACTIONS), {"Task": list(page.made.values())})
    assert _words(_menu(window, "Task").actions()) == ["Insert", "Delete", "-", "Indent"]


def test_a_key_with_a_stroke_is_a_menu_inside_the_menu(window: QMainWindow) -> None:
    specs = (ActionSpec("high", "High", "Task/Priority", 3), ActionSpec("low", "Low", "Task/Priority", 3))
    page = Actions(window, specs)
    fill_menus(window.menuBar(), Actions(window, WINDOW_ACTIONS), {"Task/Priority": list(page.made.values())})
    task = _menu(window, "Task")
    assert _words(task.actions()) == ["Priority"]
    inner = task.actions()[0].menu()
    assert isinstance(inner, QMenu)
    assert _words(inner.actions()) == ["High", "Low"]


def test_filling_again_leaves_no_menu_behind(window: QMainWindow, qapp: QApplication) -> None:
    own = Actions(window, WINDOW_ACTIONS)
    for _ in range(3):
        fill_menus(window.menuBar(), own, {})
    qapp.sendPostedEvents(None, 52)
    assert len(window.menuBar().findChildren(QMenu)) == len(window.menuBar().actions())


def test_every_action_carries_its_drawing_for_the_palette(window: QMainWindow) -> None:
    own = Actions(window, WINDOW_ACTIONS)
    assert own["new"].property("drawing") == "file-plus"
