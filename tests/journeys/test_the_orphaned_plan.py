"""A manager brings home a plan from Microsoft Project: previewed, explained, taken in, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QTabWidget

from tests.windows import (
    Answers,
    button,
    click,
    control,
    do,
    drop,
    picks,
    plan_page,
    presses,
    said,
    settled,
    text_of,
    window,
)
from ui.dialogs.import_plan import ImportPreview
from ui.widgets.sheet import Sheet

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / "../shared/data/schedules"
SHIPPED = ROOT / "resources/samples"


def a_plan() -> Path:
    """A real plan where the shared ones are there, else the one that is shipped."""
    found = SHARED / "it-rollout-323.mspdi.xml"
    return found if found.is_file() else SHIPPED / "website-relaunch.xml"


def looked_at(dialog: ImportPreview, seen: dict[str, str]) -> None:
    """Read the preview's tabs from left to right."""
    assert isinstance(dialog, ImportPreview)
    tabs = dialog.findChild(QTabWidget)
    for place in range(tabs.count()):
        tabs.tabBar().setFocus()
        if place:
            QTest.keyClick(tabs.tabBar(), Qt.Key.Key_Right)
        assert tabs.currentIndex() == place
        sheet = tabs.currentWidget().findChild(Sheet)
        rows = [] if sheet is None else [" | ".join(row.cells) for row in sheet.grid.rows]
        seen[tabs.tabText(place).rpartition(" (")[0]] = "\n".join(rows)
    seen["answer"] = "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_a_dropped_plan_is_explained_taken_in_and_goes_with_one_undo(ground) -> None:
    plan = a_plan()
    seen: dict[str, str] = {}

    def answer(dialog: QDialog) -> None:
        assert shell.bridge is not None
        assert len(shell.bridge.document.tasks) == 0
        looked_at(dialog, seen)
        click(dialog.import_button)

    with window() as shell:
        with Answers(picks(ground.folder / "Home.pmpf"), lambda dialog: dialog.reject()):
            do(shell, "new")
        empty = text_of(shell)
        with Answers(answer):
            assert drop(shell, plan)
        settled()
        assert list(seen) == ["What it brings", "Differences", "Problems", "Not used yet", "answer"]
        assert "task" in seen["answer"]
        assert seen["What it brings"]
        # Every date that differs says by which rule.
        for line in filter(None, seen["Differences"].splitlines()):
            assert line.rpartition(" | ")[2].strip(), line
        page = plan_page(shell)
        taken = len(shell.bridge.document.tasks)
        assert taken >= 28
        assert len(page.canvas.view.bars) == taken
        assert shell.actions_["undo"].text().startswith("&Undo Import")
        brought = text_of(shell)

        control(shell, Qt.Key.Key_Z)
        assert text_of(shell) == empty
        control(shell, Qt.Key.Key_Y)
        assert text_of(shell) == brought


def test_a_plan_dropped_before_any_portfolio_is_open_gets_one_of_its_own(ground) -> None:
    plan = SHIPPED / "website-relaunch.xml"
    proposed = []

    def place(dialog) -> None:
        proposed.extend(dialog.selectedFiles())
        picks(ground.folder / "website-relaunch")(dialog)

    with window() as shell:
        with Answers(place, lambda dialog: click(dialog.import_button)):
            assert drop(shell, plan)
        settled()
        assert Path(proposed[0]).name == "website-relaunch.pmpf"
        assert shell.windowTitle() == "website-relaunch — pm-portfolio"
        assert len(plan_page(shell).canvas.view.bars) == len(shell.bridge.document.tasks) >= 28


def test_a_plan_given_up_in_the_preview_leaves_the_portfolio_as_it_was(ground) -> None:
    with window() as shell:
        with Answers(
            picks(SHIPPED / "office-move.xml"), picks(ground.folder / "Home.pmpf"), presses("Cancel")
        ):
            do(shell, "import")
        assert len(shell.bridge.document.projects) == 0


@pytest.mark.parametrize("name", ["broken.xml", "plan.mpp"])
def test_what_cannot_be_read_is_said_and_makes_no_portfolio(ground, private_folders, name) -> None:
    plan = private_folders / name
    plan.write_bytes(b"\xd0\xcf\x11\xe0 not a plan")
    with window() as shell:
        with Answers():
            assert drop(shell, plan)
            settled(30)
        assert len(said(shell)) == 1
        assert shell.bridge is None
        assert button(shell, "New portfolio").isVisible()
