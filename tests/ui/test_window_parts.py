"""F6 and Shift+F6: every part of the window is in reach of the keyboard, whatever Tab does inside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.operations.samples import create_sample
from app.workspace import Who, Workspace
from tests.windows import settled, window
from ui.shell import Shell
from ui.widgets.gantt_canvas import GanttCanvas
from ui.widgets.rail import Rail
from ui.widgets.sheet import Sheet


@pytest.fixture
def shell(qapp, tmp_path: Path) -> Iterator[Shell]:
    place = tmp_path / "Sample.pmpf"
    with Workspace.create(place, owner=Who("pm", "desk")) as door:
        door.run(create_sample())
    with window() as made:
        made.open_file(place)
        yield made


def pressed(shell: Shell, modifier: Qt.KeyboardModifier, times: int) -> list[QWidget]:
    seen = []
    for _ in range(times):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, modifier)
        settled()
        seen.append(QApplication.focusWidget())
    return seen


def holds(seen: list[QWidget], kind: type[QWidget]) -> bool:
    return any(isinstance(at, kind) or isinstance(at.parentWidget(), kind) for at in seen)


def test_f6_goes_round_the_plan_and_shift_f6_back(shell) -> None:
    shell.go_to("plan")
    settled()
    start = QApplication.focusWidget()
    assert isinstance(start, Sheet)
    there = pressed(shell, Qt.KeyboardModifier.NoModifier, 12)
    assert holds(there, GanttCanvas)
    assert holds(there, Rail)
    count = there.index(start) + 1
    assert len(set(there[:count])) == count
    back = pressed(shell, Qt.KeyboardModifier.ShiftModifier, 12)
    assert set(back) == set(there)


@pytest.mark.parametrize("place", ["portfolio", "history", "setup"])
def test_f6_leaves_and_finds_every_page(shell, place) -> None:
    shell.go_to(place)
    settled()
    seen = pressed(shell, Qt.KeyboardModifier.NoModifier, 14)
    assert holds(seen, Rail)
    assert any(shell.page.isAncestorOf(at) for at in seen)
