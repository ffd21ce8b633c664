"""What tests of the window share: the look each begins with, and pages on a portfolio in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from app.workspace import Who, Workspace
from ui import theme
from ui.bridge import Bridge
from ui.page import Page

P = TypeVar("P", bound=Page)


@pytest.fixture(autouse=True)
def light_theme(qapp: QApplication) -> None:
    """Every test begins in the light and roomy look, whatever the one before chose, or failed in."""
    theme.install(qapp, theme.Scheme.LIGHT)


@pytest.fixture
def bridge(qtbot, tmp_path: Path) -> Iterator[Bridge]:
    """An empty portfolio in memory, shown in English."""
    made = Bridge(Workspace.in_memory(owner=Who("pm", "desk", "PM")), Settings(tmp_path / "settings.json"))
    made.settings.keep({"locale": "en_GB"})
    yield made
    made.close()


@pytest.fixture
def in_sight(qtbot, bridge: Bridge) -> Callable[..., Page]:
    """Shows a page of this class and width, at the first project where there is one."""

    def show(kind: type[P], wide: int = 1158) -> P:
        page = kind(bridge)
        qtbot.addWidget(page)
        page.resize(wide, 700)
        for project in bridge.document.projects:
            page.show_project(project.id)
            break
        page.show()
        return page

    return show
