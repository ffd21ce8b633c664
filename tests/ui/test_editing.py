"""The Edit menu acts on what has the focus, and offers only what can be done there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu

from tests.ui.test_shell import portfolio
from tests.windows import cell, do, plan_page, rows, settled, window
from ui.actions import plain
from ui.cell_edits import add_cell_actions
from ui.editing import EDITS
from ui.finding import entries
from ui.shell import Shell


@pytest.fixture
def shell(qapp, tmp_path: Path) -> Iterator[Shell]:
    with window() as made:
        assert made.open_file(portfolio(tmp_path / "Alpha.pmpf", "Relaunch"))
        made.go_to("plan")
        QGuiApplication.clipboard().setText("")
        settled()
        yield made


def offered(shell: Shell) -> set[str]:
    """What the Edit menu offers now, as it is when it opens."""
    menu = next(each for each in shell.menuBar().findChildren(QMenu) if plain(each.title()) == "Edit")
    menu.aboutToShow.emit()
    return {key for key in EDITS if shell.actions_[key].isEnabled()}


def put_on(shell: Shell, row: str, column: str) -> None:
    sheet = plan_page(shell).sheet
    sheet.setFocus()
    assert sheet.select_cell(rows(shell)[row], column)
    settled()


def test_the_edit_menu_names_what_people_look_for_there_with_its_keys(shell: Shell) -> None:
    menu = next(each for each in shell.menuBar().findChildren(QMenu) if plain(each.title()) == "Edit")
    words = [(plain(a.text()).split(" Add ")[0], a.shortcut().toString()) for a in menu.actions() if a.text()]
    assert words == [
        ("Undo", "Ctrl+Z"),
        ("Redo", "Ctrl+Y"),
        ("Cut", "Ctrl+X"),
        ("Copy", "Ctrl+C"),
        ("Paste", "Ctrl+V"),
        ("Delete", "Del"),
        ("Fill down", "Ctrl+D"),
        ("Select all", "Ctrl+A"),
        ("Find or filter", "Ctrl+F"),
    ]


def test_cells_are_copied_pasted_filled_and_cleared_by_the_menu(shell: Shell) -> None:
    put_on(shell, "Relaunch one", "duration")
    do(shell, "copy")
    assert QGuiApplication.clipboard().text().strip() == cell(shell, rows(shell)["Relaunch one"], "duration")
    put_on(shell, "Relaunch one", "name")
    do(shell, "copy")
    put_on(shell, "Relaunch two", "name")
    assert "paste" in offered(shell)
    do(shell, "paste")
    settled()
    names = [row.cells[plan_page(shell).model.column_of("name")] for row in plan_page(shell).model.rows]
    assert names[:3] == ["Relaunch one", "Relaunch one", "Relaunch three"]
    put_on(shell, "Relaunch three", "name")
    do(shell, "fill")
    settled()
    names = [row.cells[plan_page(shell).model.column_of("name")] for row in plan_page(shell).model.rows]
    assert names[:3] == ["Relaunch one"] * 3


def test_the_carets_cell_is_copied_while_nothing_is_selected(shell: Shell) -> None:
    sheet = plan_page(shell).sheet
    put_on(shell, "Relaunch one", "name")
    sheet.clearSelection()
    settled()
    assert sheet.selected_spans() == []
    assert {"copy", "cut", "delete"} <= offered(shell)
    do(shell, "copy")
    assert QGuiApplication.clipboard().text().strip() == "Relaunch one"


def test_a_right_click_in_the_grid_offers_the_cells_edits_with_their_keys(shell: Shell) -> None:
    put_on(shell, "Relaunch one", "name")
    menu = QMenu()
    add_cell_actions(menu, plan_page(shell).sheet)
    words = [plain(action.text()).split("\t") for action in menu.actions()]
    assert words == [["Cut", "Ctrl+X"], ["Copy", "Ctrl+C"], ["Paste", "Ctrl+V"], ["Fill down", "Ctrl+D"]]
    menu.actions()[1].trigger()
    assert QGuiApplication.clipboard().text().strip() == "Relaunch one"
    menu.deleteLater()


def test_a_computed_cell_can_be_copied_and_nothing_more(shell: Shell) -> None:
    sheet = plan_page(shell).sheet
    locked = next(c.key for at, c in enumerate(sheet.grid.columns) if not sheet.grid.is_editable(0, at))
    put_on(shell, "Relaunch two", locked)
    assert offered(shell) == {"copy", "select_all", "find"}


def test_a_text_being_typed_has_the_menu_before_the_sheet_behind_it(shell: Shell) -> None:
    put_on(shell, "Relaunch one", "name")
    sheet = plan_page(shell).sheet
    QTest.keyClick(sheet, Qt.Key.Key_F2)
    settled()
    editor = shell.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert offered(shell) == {"select_all", "find"}
    do(shell, "select_all")
    assert offered(shell) == {"cut", "copy", "delete", "select_all", "find"}
    do(shell, "cut")
    assert editor.text() == ""
    assert offered(shell) == {"paste", "find"}
    do(shell, "paste")
    assert editor.text() == "Relaunch one"


def test_a_bar_chosen_in_the_chart_can_be_copied_and_deleted(shell: Shell) -> None:
    put_on(shell, "Relaunch two", "name")
    page = plan_page(shell)
    page.canvas.setFocus()
    settled()
    assert offered(shell) == {"copy", "delete", "select_all", "find"}
    do(shell, "delete")
    settled()
    assert "Relaunch two" not in rows(shell)


def test_find_puts_the_caret_where_rows_are_filtered(shell: Shell) -> None:
    do(shell, "find")
    assert shell.focusWidget() is plan_page(shell).bar.words
    for page in ("portfolio", "history"):
        shell.go_to(page)
        do(shell, "find")
        assert shell.focusWidget() is shell.page.filter_field()


def test_without_a_portfolio_nothing_can_be_edited(qapp) -> None:
    with window() as shell:
        assert offered(shell) == set()


def test_the_palette_does_what_the_menu_does_to_the_place_the_user_came_from(shell: Shell) -> None:
    put_on(shell, "Relaunch one", "name")
    shell.on_palette()
    settled()
    found = {entry.title for entry in entries(shell.actions_.made.values(), None, shell.go_to)}
    assert {"Cut", "Copy", "Delete", "Find or filter"} <= found
    shell.palette_box.hide()
