"""Which key does what in a sheet."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from ui.widgets.sheet import Sheet

_PLAIN = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier

KeyTable = dict[tuple[Qt.Key, Qt.KeyboardModifier], Callable[[], None]]


def key_table(sheet: Sheet) -> KeyTable:
    """Give the keys of a sheet; all else types or travels."""
    key = Qt.Key
    return {
        (key.Key_F2, _PLAIN): sheet.edit_current,
        (key.Key_F2, _SHIFT): sheet.open_current,
        (key.Key_Return, _PLAIN): partial(sheet.go, "down"),
        (key.Key_Return, _SHIFT): partial(sheet.go, "up"),
        (key.Key_Delete, _PLAIN): sheet.clear_cells,
        (key.Key_C, _CONTROL): sheet.copy,
        (key.Key_X, _CONTROL): sheet.cut,
        (key.Key_V, _CONTROL): sheet.paste,
        (key.Key_D, _CONTROL): sheet.fill_down,
        (key.Key_R, _CONTROL): sheet.fill_right,
        (key.Key_Insert, _PLAIN): sheet.insert_row,
        (key.Key_Minus, _CONTROL): sheet.delete_rows,
        (key.Key_Right, _ALT | _SHIFT): sheet.indent,
        (key.Key_Left, _ALT | _SHIFT): sheet.outdent,
        (key.Key_Up, _ALT | _SHIFT): sheet.move_rows_up,
        (key.Key_Down, _ALT | _SHIFT): sheet.move_rows_down,
        (key.Key_Escape, _PLAIN): sheet.give_up,
        (key.Key_Space, _ALT): sheet.toggle_fold,
        (key.Key_Down, _ALT): sheet.open_heading_menu,
    }
