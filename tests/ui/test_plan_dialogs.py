"""The dialogs of the plan and of the recovery: sized for a small screen, named, and left by Esc."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.operations import projects, tasks
from app.settings import Settings
from app.workspace import Who, Workspace
from tests.windows import SCREEN, nameless, out_of_reach, settled
from ui.bridge import Bridge
from ui.dialogs.fidelity import FidelityReport
from ui.dialogs.go_to_task import GoToTask
from ui.dialogs.split_task import SplitTask
from ui.dialogs.unsent import UnsentChoice
from ui.recovery import UnsentText

NAMES = ("fidelity", "go to", "split", "unsent")


@pytest.fixture
def bridge(qapp, tmp_path) -> Iterator[Bridge]:
    workspace = Workspace.create(tmp_path / "Work.pmpf", owner=Who("pm", "desk"))
    project = workspace.run(projects.create("Relaunch")).result
    workspace.run(tasks.add(project, "Build the new site"))
    made = Bridge(workspace, Settings(tmp_path / "settings.json"))
    yield made
    made.close()


def dialog(name: str, bridge: Bridge) -> QDialog:
    project = next(iter(bridge.document.projects)).id
    if name == "fidelity":
        return FidelityReport(bridge, project)
    if name == "go to":
        return GoToTask(bridge, project)
    if name == "split":
        return SplitTask(bridge, next(iter(bridge.document.tasks)).id)
    return UnsentChoice((UnsentText("half a sentence", "Name", "plan"),))


@pytest.mark.parametrize("name", NAMES)
def test_it_fits_a_small_screen_names_every_control_and_leaves_by_escape(qtbot, bridge, name) -> None:
    before = bridge.document
    made = dialog(name, bridge)
    qtbot.addWidget(made)
    made.show()
    settled()
    size = made.frameGeometry().size()
    assert (size.width() <= SCREEN[0], size.height() <= SCREEN[1]) == (True, True), size
    assert nameless(made) == []
    assert made.windowTitle()
    QTest.keyClick(made.focusWidget() or made, Qt.Key.Key_Escape)
    assert not made.isVisible()
    assert bridge.document is before


@pytest.mark.parametrize("name", NAMES)
def test_tab_reaches_every_control(qtbot, bridge, name) -> None:
    made = dialog(name, bridge)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    assert out_of_reach(made) == set()


@pytest.mark.parametrize("name", NAMES)
def test_the_caret_is_in_it_when_it_opens(qtbot, bridge, name) -> None:
    made = dialog(name, bridge)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    settled()
    assert made.focusWidget() is not None
