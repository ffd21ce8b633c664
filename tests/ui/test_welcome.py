"""The first screen: nothing modal, everything one key away, and the files opened lately."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from app.workspace import Who, Workspace
from tests.windows import Answers, button, click, picks, said, settled, window
from ui.main import _open_first
from ui.resources import resource


def made(place: Path) -> Path:
    Workspace.create(place, owner=Who("pm", "desk")).close()
    return place


def test_a_first_start_asks_nothing_and_shows_four_ways_in(qapp) -> None:
    with window() as shell:
        _open_first(shell, [])
        settled()
        assert QApplication.activeModalWidget() is None
        assert said(shell) == []
        words = [each.text() for each in shell._welcome.findChildren(QPushButton)]
        assert words == ["New portfolio", "Open…", "Import a plan…", "Look at the sample"]
        assert not shell._rail.isVisible()


def test_a_plan_is_imported_from_the_first_screen_into_a_portfolio_of_its_own(qapp, tmp_path) -> None:
    plan = resource("samples", "website-relaunch.xml")
    with window() as shell:
        _open_first(shell, [])
        with Answers(picks(plan), picks(tmp_path / "Relaunch"), lambda dialog: click(dialog.import_button)):
            click(button(shell, "Import a plan…"))
        settled()
        assert shell.windowTitle().startswith("Relaunch")
        assert len(shell.bridge.document.tasks) > 20


def test_files_opened_lately_are_listed_newest_first_and_open_with_a_click(qapp, tmp_path) -> None:
    files = [made(tmp_path / f"{name}.pmpf") for name in ("One", "Two", "Three")]
    with window() as shell:
        for file in files:
            shell.open_file(file)
        shell.close_file()
        files[1].unlink()
        shell.show_welcome()
        settled()
        listed = [
            each.accessibleName()
            for each in shell._welcome.findChildren(QPushButton)
            if each.isVisible() and each.accessibleName()
        ]
        assert listed == ["Open Three.pmpf", "Two.pmpf is not there", "Open One.pmpf"]
        click(button(shell, "Open One.pmpf"))
        settled()
        assert shell.windowTitle().startswith("One")


def test_a_recent_file_opens_by_keyboard_alone(qapp, tmp_path) -> None:
    with window() as shell:
        shell.open_file(made(tmp_path / "Work.pmpf"))
        shell.close_file()
        settled()
        line = button(shell, "Open Work.pmpf")
        shell.activateWindow()
        assert QTest.qWaitForWindowActive(shell)
        seen = set()
        at = button(shell, "New portfolio")
        at.setFocus()
        while at is not line and at not in seen:
            seen.add(at)
            QTest.keyClick(at, Qt.Key.Key_Tab)
            at = shell.focusWidget()
        assert at is line
        QTest.keyClick(line, Qt.Key.Key_Space)
        settled()
        assert shell.windowTitle().startswith("Work")


def test_a_start_opens_what_it_was_given_else_the_last_file_where_that_is_wanted(qapp, tmp_path) -> None:
    one, two = made(tmp_path / "One.pmpf"), made(tmp_path / "Two.pmpf")
    with window() as shell:
        _open_first(shell, [one])
        assert shell.windowTitle().startswith("One")
        shell.close_file()
        _open_first(shell, [two])
        shell.close_file()
        _open_first(shell, [])
        assert shell.windowTitle().startswith("Two")
        shell.close_file()
        shell.settings.open_last_file = False
        _open_first(shell, [])
        assert shell.bridge is None
