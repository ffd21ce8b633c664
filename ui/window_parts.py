"""The parts of a window that F6 goes through: navigation, filter, sheet, chart, pane.

A part is what Tab would need many presses to leave or to cross; within a part Tab goes on as ever.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QTabBar, QWidget

from ui.widgets.filter_bar import FilterBar
from ui.widgets.rail import Rail
from ui.widgets.sheet import Sheet

_PARTS = (Rail, QTabBar, FilterBar, Sheet, QScrollArea)


def parts(window: QWidget) -> list[tuple[QWidget, QWidget]]:
    """Give each part in sight with the widget in it that takes the focus, in the order of Tab."""
    found: dict[QWidget, QWidget] = {}
    widget = window.nextInFocusChain()
    while widget is not None and widget is not window:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled():
            found.setdefault(_part_of(widget), widget)
        widget = widget.nextInFocusChain()
    return list(found.items())


def go_to_part(window: QWidget, step: int) -> None:
    """Give the focus to the next part (1) or the one before (-1), round and round."""
    found = parts(window)
    if not found:
        return
    now = QApplication.focusWidget()
    here = None if now is None else _part_of(now)
    places = [part for part, _ in found]
    at = places.index(here) + step if here in places else 0
    found[at % len(found)][1].setFocus(Qt.FocusReason.TabFocusReason)


def _part_of(widget: QWidget) -> QWidget:
    """The part a widget is in: one of the known kinds, else what it stands in beside others."""
    above: QWidget | None = widget
    while above is not None:
        if isinstance(above, _PARTS):
            return above
        above = above.parentWidget()
    return widget.parentWidget() or widget
