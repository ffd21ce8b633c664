"""What of a sheet is in reach, and how: Tab leaves it, headings offer what is answered, by hand and key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QPushButton, QWidget

from app.views.tables import TableView
from tests.ui.widgets.test_sheet import ALT, COLUMNS, KEY, NONE, SHIFT, heard, made, press, rows, said, where
from ui.models.grid_model import GridModel
from ui.widgets.sheet import Sheet
from ui.widgets.sheet_menu import heading_menu


@pytest.fixture
def sheet(qtbot) -> Sheet:
    grid = made(qtbot, GridModel(), TableView(COLUMNS, rows()))
    grid.select_cell("r1", "name")
    return grid


def beside(qtbot, view: TableView) -> tuple[QWidget, Sheet, QPushButton]:
    holder = QWidget()
    qtbot.addWidget(holder)
    sheet, button = Sheet(GridModel(holder)), QPushButton("Next")
    row = QHBoxLayout(holder)
    row.addWidget(sheet)
    row.addWidget(button)
    sheet.grid.show(view)
    holder.show()
    holder.activateWindow()
    sheet.setFocus()
    assert QTest.qWaitForWindowActive(holder)
    return holder, sheet, button


def test_tab_leaves_a_sheet_at_its_last_cell_and_back_tab_at_its_first(qtbot) -> None:
    _holder, sheet, button = beside(qtbot, TableView(COLUMNS, rows(2)))
    sheet.select_cell("r1", "finish")
    press(sheet, KEY.Key_Tab)
    assert where(sheet) == (1, 3)
    press(sheet, KEY.Key_Tab)
    assert button.hasFocus()
    sheet.setFocus()
    sheet.select_cell("r0", "days")
    press(sheet, KEY.Key_Backtab, SHIFT)
    assert where(sheet) == (0, 0)
    press(sheet, KEY.Key_Backtab, SHIFT)
    assert button.hasFocus()


def test_tab_leaves_at_once_where_nothing_can_be_typed(qtbot) -> None:
    fixed = tuple(replace(column, editable=False) for column in COLUMNS)
    _holder, sheet, button = beside(qtbot, TableView(fixed, rows(5)))
    sheet.select_cell("r1", "name")
    press(sheet, KEY.Key_Tab)
    assert button.hasFocus()


def words(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_a_heading_offers_only_what_somebody_answers(sheet) -> None:
    assert words(heading_menu(sheet, 0)) == []
    assert sheet.heading.chevron(0).isEmpty()
    sorts = heard(sheet.sort_wanted)
    menu = heading_menu(sheet, 0)
    assert words(menu) == ["Sort ascending", "Sort descending"]
    menu.actions()[0].trigger()
    assert said(sorts) == [["name", "ascending"]]
    _columns = heard(sheet.columns_chosen)
    assert words(heading_menu(sheet, 0))[2:] == ["Hide column", "Columns"]


def test_columns_stay_where_nobody_keeps_their_order(sheet) -> None:
    header = sheet.heading
    QTest.mouseMove(header.viewport(), QPoint(20, 8))
    assert not header.sectionsMovable()
    _columns = heard(sheet.columns_chosen)
    QTest.mouseMove(header.viewport(), QPoint(30, 8))
    assert header.sectionsMovable()


def test_the_sign_in_a_heading_and_a_key_open_its_menu(sheet) -> None:
    _sorts = heard(sheet.sort_wanted)
    wanted = heard(sheet.heading.menu_wanted)
    place = sheet.heading.chevron(0)
    QTest.mouseClick(sheet.heading.viewport(), Qt.MouseButton.LeftButton, NONE, place.center())
    assert [entry[0] for entry in said(wanted)] == [0]
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    opened.close()
    sheet.select_cell("r1", "days")
    press(sheet, KEY.Key_Down, ALT)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    opened.actions()[0].trigger()
    opened.close()
    assert said(_sorts) == [["days", "ascending"]]
