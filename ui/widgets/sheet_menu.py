"""The menu of a column heading: sort, filter, group, hide, choose columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget, QWidgetAction

from app.text import tr
from ui import icons
from ui.widgets.search_line import SearchLine

if TYPE_CHECKING:
    from ui.widgets.sheet import Sheet

_MOST_VALUES = 12


def heading_menu(sheet: Sheet, at: int) -> QMenu:
    """Give the menu of one column; what is chosen leaves the sheet as one of its signals.

    It holds only what somebody answers on this sheet, and is empty where nobody answers anything.
    """
    column = sheet.grid.columns[at]
    menu = QMenu(sheet)
    key = column.key
    offered = sheet.offered()
    if "sort" in offered:
        _add_sorting(menu, sheet, key)
    menu.addSeparator()
    if "filter" in offered:
        menu.addMenu(filter_menu(sheet, at, menu))
        if key in sheet.heading.filtered:
            _add(menu, "x", tr("Show all again"), lambda: sheet.filter_wanted.emit(key, ""))
    if "group" in offered:
        words = tr("Group by {column}", column=column.title)
        _add(menu, "group", words, lambda: sheet.group_wanted.emit(key))
    if "columns" in offered:
        menu.addSeparator()
        hide = _add(menu, "eye", tr("Hide column"), lambda: sheet.hide_column(key))
        hide.setEnabled(len(sheet.grid.columns) > 1)
        menu.addMenu(columns_menu(sheet, menu))
    return menu


def _add_sorting(menu: QMenu, sheet: Sheet, key: str) -> None:
    _add(menu, "arrow-up", tr("Sort ascending"), lambda: sheet.sort_wanted.emit(key, "ascending"))
    _add(menu, "arrow-down", tr("Sort descending"), lambda: sheet.sort_wanted.emit(key, "descending"))
    if sheet.heading.sorted_by[0] == key:
        _add(menu, "x", tr("Do not sort"), lambda: sheet.sort_wanted.emit(key, ""))


def filter_menu(sheet: Sheet, at: int, parent: QWidget) -> QMenu:
    """Give the menu that narrows rows by one column: free text, or one of the values in it."""
    key = sheet.grid.columns[at].key
    menu = QMenu(tr("Filter"), parent)
    menu.setIcon(icons.icon("filter"))
    line = SearchLine(tr("Show rows that contain…"), menu)
    line.setMinimumWidth(200)
    holder = QWidgetAction(menu)
    holder.setDefaultWidget(line)
    menu.addAction(holder)

    def on_return_pressed() -> None:
        sheet.filter_wanted.emit(key, line.text())
        top = menu
        while isinstance(top.parentWidget(), QMenu):
            top = top.parentWidget()  # type: ignore[assignment]
        menu.close()
        top.close()

    line.returnPressed.connect(on_return_pressed)
    menu.aboutToShow.connect(line.setFocus)
    values = sorted({row.cells[at] for row in sheet.grid.rows[:5000]} - {""}, key=str.casefold)
    if len(values) <= _MOST_VALUES:
        menu.addSeparator()
        for value in values:
            chosen = menu.addAction(value.replace("&", "&&"))
            chosen.triggered.connect(lambda _=False, value=value: sheet.filter_wanted.emit(key, value))
    return menu


def columns_menu(sheet: Sheet, parent: QWidget) -> QMenu:
    """Give the menu that shows and hides columns."""
    menu = QMenu(tr("Columns"), parent)
    menu.setIcon(icons.icon("columns-3"))
    shown = [column.key for column in sheet.grid.columns]
    for key, title in sheet.offered_columns():
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(key in shown)
        action.setEnabled(key not in shown or len(shown) > 1)
        action.triggered.connect(
            lambda on=False, key=key: sheet.show_column(key) if on else sheet.hide_column(key)
        )
    return menu


def _add(menu: QMenu, drawing: str, text: str, then) -> QAction:  # type: ignore[no-untyped-def]
    action = menu.addAction(icons.icon(drawing), text)
    action.triggered.connect(lambda _=False: then())
    return action
