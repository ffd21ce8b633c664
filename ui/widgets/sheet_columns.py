"""The columns of a sheet: which stand where, how wide, which stay, and what their headings ask for."""

from __future__ import annotations

from PySide6.QtCore import QMetaMethod, QPoint, Signal, SignalInstance
from PySide6.QtWidgets import QTableView, QWidget

from ui.models.grid_model import GridModel
from ui.widgets.sheet_header import SheetHeader
from ui.widgets.sheet_menu import heading_menu
from ui.widgets.sheet_paint import Lane


class SheetColumns(QTableView):
    """Keeps the headings in line with the model's columns and with what the user made of them."""

    sort_wanted = Signal(str, str)
    filter_wanted = Signal(str, str)
    group_wanted = Signal(str)
    columns_chosen = Signal(object)
    column_resized = Signal(str, int)

    def __init__(self, model: GridModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = model
        self._offered: tuple[tuple[str, str], ...] = ()
        self._widths: dict[str, int] = {}
        self._is_settling = False
        self.heading = SheetHeader(self)
        self.setHorizontalHeader(self.heading)
        self.heading.menu_wanted.connect(self.on_heading_menu_wanted)
        self.heading.sectionResized.connect(self.on_section_resized)
        self.heading.sectionMoved.connect(self.on_section_moved)
        self.heading.offered = self.offered

    def is_heard(self, signal: SignalInstance) -> bool:
        """Say whether anybody answers a signal of this sheet; what nobody answers is not offered."""
        return self.isSignalConnected(QMetaMethod.fromSignal(signal))

    def freeze(self, columns: int) -> None:
        """Keep the first columns in sight while the rest scrolls sideways."""
        self.heading.frozen = columns
        self.viewport().update()

    def set_heading_height(self, height: int) -> None:
        """Make the headings as high as what stands beside them."""
        self.heading.setFixedHeight(height)

    def offer_columns(self, columns: tuple[tuple[str, str], ...]) -> None:
        """Say which (key, title) the column chooser lists; without, it lists those shown."""
        self._offered = columns

    def offered_columns(self) -> tuple[tuple[str, str], ...]:
        """Give the (key, title) of every column that may be shown."""
        return self._offered or tuple((column.key, column.title) for column in self.grid.columns)

    def show_sort(self, column_key: str, *, descending: bool = False) -> None:
        """Show which column the rows are sorted by, '' for none."""
        self.heading.sorted_by = (column_key, descending)
        self.heading.viewport().update()

    def show_filtered(self, column_keys: frozenset[str]) -> None:
        """Show which columns narrow the rows."""
        self.heading.filtered = column_keys
        self.heading.viewport().update()

    def set_widths(self, widths: dict[str, int]) -> None:
        """Give columns the widths the user chose before."""
        self._widths.update(widths)
        self.settle_columns()

    def show_column(self, key: str) -> None:
        """Ask for one more column, where the chooser lists it."""
        shown = set(self.keys_in_order()) | {key}
        listed = [offered for offered, _ in self.offered_columns() if offered in shown]
        kept = self.keys_in_order()
        at = next((kept.index(k) for k in listed[listed.index(key) + 1 :] if k in kept), len(kept))
        self.columns_chosen.emit((*kept[:at], key, *kept[at:]))

    def hide_column(self, key: str) -> None:
        """Ask for one column less."""
        self.columns_chosen.emit(tuple(kept for kept in self.keys_in_order() if kept != key))

    def column_order(self) -> list[int]:
        """Give the model's columns in the order on the screen."""
        return [self.heading.logicalIndex(at) for at in range(len(self.grid.columns))]

    def lanes(self) -> tuple[list[Lane], list[Lane]]:
        """Give the columns in sight: those that stay, and those that scroll."""
        stay: list[Lane] = []
        move: list[Lane] = []
        frozen, wide = self.heading.frozen_width(), self.viewport().width()
        for place, at in enumerate(self.column_order()):
            lane = Lane(at, self.grid.columns[at], self.heading.place(at), self.heading.sectionSize(at))
            if place < self.heading.frozen:
                stay.append(lane)
            elif lane.left < wide and lane.left + lane.width > frozen:
                move.append(lane)
        return stay, move

    def open_heading_menu(self) -> None:
        """Open the menu of the caret's column under its heading (Alt+Down)."""
        column = self.currentIndex().column()
        if column >= 0:
            corner = QPoint(self.heading.place(column), self.heading.height())
            self.on_heading_menu_wanted(column, self.heading.viewport().mapToGlobal(corner))

    def offered(self) -> frozenset[str]:
        """Give what the headings' menus can do here: of sort, filter, group and columns what is answered."""
        asked = {
            "sort": self.sort_wanted,
            "filter": self.filter_wanted,
            "group": self.group_wanted,
            "columns": self.columns_chosen,
        }
        return frozenset(name for name, signal in asked.items() if self.is_heard(signal))

    # Listening

    def on_heading_menu_wanted(self, column: int, at: QPoint) -> None:
        menu = heading_menu(self, column)  # type: ignore[arg-type]
        menu.aboutToHide.connect(menu.deleteLater)
        if menu.isEmpty():
            menu.deleteLater()
        else:
            menu.popup(at)

    def on_section_resized(self, logical: int, _before: int, width: int) -> None:
        if not self._is_settling and logical < len(self.grid.columns):
            self._widths[self.grid.columns[logical].key] = width
            self.column_resized.emit(self.grid.columns[logical].key, width)
        self.viewport().update()
        self.heading.viewport().update()

    def on_section_moved(self) -> None:
        if not self._is_settling:
            self.viewport().update()
            self.columns_chosen.emit(tuple(self.keys_in_order()))

    def keys_in_order(self) -> list[str]:
        return [self.grid.columns[at].key for at in self.column_order()]

    def settle_columns(self) -> None:
        """Bring order and widths of the headings in line with the model's columns."""
        self._is_settling = True
        has_moved = False
        for at, column in enumerate(self.grid.columns):
            if self.heading.visualIndex(at) != at:
                self.heading.moveSection(self.heading.visualIndex(at), at)
                has_moved = True
            # A width that differs is heard of, and painted, in `on_section_resized`.
            self.heading.resizeSection(at, self._widths.get(column.key, column.width))
        self._is_settling = False
        if has_moved:
            self.viewport().update()
