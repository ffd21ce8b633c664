"""What can be done with the cells of a sheet now: for the Edit menu and for the menu of a right click."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice, product

from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from app.text import tr
from ui.icons import icon
from ui.widgets.sheet import Sheet
from ui.window_actions import WINDOW_ACTIONS

_NATIVE = QKeySequence.SequenceFormat.NativeText
_IN_MENUS = ("cut", "copy", "paste", "fill")
_CELLS_LOOKED_AT = 2000

Offers = Mapping[str, Callable[[], object]]
"""What can be done now, by the key of its action."""


def of_sheet(sheet: Sheet) -> Offers:
    """What a sheet can do with its selection, or with the caret's cell while nothing is selected."""
    grid, spans = sheet.grid, sheet.spans_in_hand()
    if not grid.rows:
        return {}
    found: dict[str, Callable[[], object]] = {"select_all": sheet.selectAll}
    if not spans:
        return found
    found["copy"] = sheet.copy
    cells = (
        cell
        for top, left, bottom, right in spans
        for cell in product(range(top, bottom + 1), range(left, right + 1))
    )
    if any(grid.is_editable(row, column) for row, column in islice(cells, _CELLS_LOOKED_AT)):
        found |= {"cut": sheet.cut, "delete": sheet.clear_cells}
        if QGuiApplication.clipboard().text():
            found["paste"] = sheet.paste
        if max(bottom for _, _, bottom, _ in spans) > 0:
            found["fill"] = sheet.fill_down
    return found


def add_cell_actions(menu: QMenu, sheet: Sheet) -> None:
    """Offer in a context menu what the Edit menu does with cells, with its words, drawings and keys."""
    offers = of_sheet(sheet)
    for spec in WINDOW_ACTIONS:
        if spec.key in _IN_MENUS:
            action = menu.addAction(f"{tr(spec.text)}\t{QKeySequence(spec.keys[0]).toString(_NATIVE)}")
            action.setIcon(icon(spec.icon))
            action.setEnabled(spec.key in offers)
            if (call := offers.get(spec.key)) is not None:
                action.triggered.connect(lambda _checked=False, call=call: call())
