"""The two models of the program: any `TableView` and any `TreeView`, shown with the least movement.

A cell is an index into a tuple; all wording and formatting was done by the view.
"""

from __future__ import annotations

from itertools import compress, count
from operator import is_not
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.views.tables import Column, Row, TableView, TreeView
from ui.models.row_changes import Come, Gone, Moved, steps
from ui.widgets.label import plain_tip

KEY_ROLE = int(Qt.ItemDataRole.UserRole)
MARK_ROLE = KEY_ROLE + 1
LEVEL_ROLE = KEY_ROLE + 2
FOLDED_ROLE = KEY_ROLE + 3

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_ALIGNED = {
    "left": int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
    "right": int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter),
    "centre": int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter),
}
_STILL = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TYPED = _STILL | Qt.ItemFlag.ItemIsEditable

_FEW = 200
"""Of more changed rows nobody asks which cells they are."""

AnyIndex = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractTableModel):
    """Any `TableView` as a Qt model; `show` swaps the view and tells Qt only what moved.

    `shown` follows every change, with the view; a page needs no other signal of the model. `changed` are
    the rows that read otherwise since the last `show`, where no row came, went or moved.
    """

    shown = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: TableView | TreeView = TableView(columns=(), rows=())
        self.columns: tuple[Column, ...] = ()
        self.rows: list[Row] = []
        self.changed: tuple[int, ...] = ()
        self.is_read_only = False
        self._row_of: dict[str, int] | None = None
        self._column_of: dict[str, int] = {}

    def show(self, view: TableView | TreeView) -> None:
        """Show another view: nothing for the same object, else ranges that keep selection and scroll."""
        if view is self.view:
            return
        self._row_of = None
        self.changed = ()
        if [c.key for c in view.columns] != [c.key for c in self.columns]:
            self._replace(view)
        else:
            self._show_headings(view.columns)
            self._show_rows(view.rows)
        self.view = view
        self.shown.emit(view)

    def row_of(self, key: str) -> int:
        """Give the position of a row, -1 when it is not shown."""
        if self._row_of is None:
            self._row_of = {row.key: at for at, row in enumerate(self.rows)}
        return self._row_of.get(key, -1)

    def column_of(self, key: str) -> int:
        """Give the position of a column, -1 when it is not shown."""
        return self._column_of.get(key, -1)

    def is_editable(self, row: int, column: int) -> bool:
        """Say whether a person may type in the cell."""
        return not self.is_read_only and self.columns[column].editable and column not in self.rows[row].locked

    def _replace(self, view: TableView | TreeView) -> None:
        self.beginResetModel()
        self._take_columns(view.columns)
        self.rows = list(view.rows)
        self.endResetModel()

    def _take_columns(self, columns: tuple[Column, ...]) -> None:
        self.columns = columns
        self._column_of = {column.key: at for at, column in enumerate(columns)}

    def _show_headings(self, columns: tuple[Column, ...]) -> None:
        if columns != self.columns:
            self._take_columns(columns)
            if columns:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns) - 1)

    def _show_rows(self, rows: tuple[Row, ...]) -> None:
        other = None if len(rows) != len(self.rows) else [*compress(count(), map(is_not, self.rows, rows))]
        if other is None or any(self.rows[at].key != rows[at].key for at in other):
            plan = steps([row.key for row in self.rows], [row.key for row in rows])
            if plan is None:
                self._rearrange(rows)
                return
            for step in plan:
                self._take_step(step, rows)
            other = [*compress(count(), map(is_not, self.rows, rows))]
        self._show_cells(rows, other)

    def _take_step(self, step: Gone | Come | Moved, rows: tuple[Row, ...]) -> None:
        nowhere = QModelIndex()
        if isinstance(step, Gone):
            self.beginRemoveRows(nowhere, step.first, step.last)
            del self.rows[step.first : step.last + 1]
            self.endRemoveRows()
        elif isinstance(step, Come):
            self.beginInsertRows(nowhere, step.first, step.last)
            self.rows[step.first : step.first] = rows[step.first : step.last + 1]
            self.endInsertRows()
        else:
            self.beginMoveRows(nowhere, step.first, step.last, nowhere, step.before)
            piece = self.rows[step.first : step.last + 1]
            del self.rows[step.first : step.last + 1]
            to = step.before if step.before <= step.first else step.before - len(piece)
            self.rows[to:to] = piece
            self.endMoveRows()

    def _rearrange(self, rows: tuple[Row, ...]) -> None:
        """Change rows wholesale: a sort follows every row, a new selection of rows starts afresh."""
        place = {row.key: at for at, row in enumerate(rows)}
        if len(place) != len(self.rows) or any(row.key not in place for row in self.rows):
            self.beginResetModel()
            self.rows = list(rows)
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        new = [self.createIndex(place[self.rows[index.row()].key], index.column()) for index in old]
        self.rows = list(rows)
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _show_cells(self, rows: tuple[Row, ...], other: list[int]) -> None:
        """Swap rows whose keys stand already in the right order; one range covers all that differs.

        `other` are the places at which the rows are not the same objects.
        """
        changed = [at for at in other if self.rows[at] != rows[at]]
        before = self.rows
        self.rows = list(rows)
        self.changed = tuple(changed)
        if not changed or not self.columns:
            return
        left, right = 0, len(self.columns) - 1
        if len(changed) <= _FEW:
            left, right = _span([(before[at], rows[at]) for at in changed], right)
        self.dataChanged.emit(self.createIndex(changed[0], left), self.createIndex(changed[-1], right))

    # Qt overrides

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        if role in (_DISPLAY, _EDIT):
            return self.rows[index.row()].cells[index.column()] if index.isValid() else None
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == _TOOL_TIP:
            return (plain_tip(row.hints[index.column()]) or None) if row.hints else None
        if role == _ALIGNMENT:
            return _ALIGNED[self.columns[index.column()].align]
        if role == KEY_ROLE:
            return row.key
        if role == MARK_ROLE:
            return row.marks[index.column()] if row.marks else ""
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == _DISPLAY else None
        if not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == _DISPLAY:
            return column.title
        if role == _TOOL_TIP:
            return plain_tip(column.help) or None
        return _ALIGNED[column.align] if role == _ALIGNMENT else None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _TYPED if self.is_editable(index.row(), index.column()) else _STILL


class OutlineModel(GridModel):
    """Any `TreeView`: rows already flattened, with the family of each row to be asked for."""

    def end_of(self, row: int) -> int:
        """Give the position behind a row and all visible rows inside it."""
        level = self.rows[row].level
        at = row + 1
        while at < len(self.rows) and self.rows[at].level > level:
            at += 1
        return at

    def sibling_before(self, row: int) -> int:
        """Give the nearest row above of the same level and parent, -1 for the first."""
        level = self.rows[row].level
        for at in range(row - 1, -1, -1):
            if self.rows[at].level <= level:
                return at if self.rows[at].level == level else -1
        return -1

    # Qt overrides

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        if role == LEVEL_ROLE and index.isValid():
            return self.rows[index.row()].level
        if role == FOLDED_ROLE and index.isValid():
            return self.rows[index.row()].is_folded
        return super().data(index, role)


def _looks(row: Row) -> tuple[tuple[tuple[str, str, str], ...], object]:
    """Give a row as one (text, mark, hint) a cell, and the rest that concerns the whole row."""
    blank = ("",) * len(row.cells)
    cells = tuple(zip(row.cells, row.marks or blank, row.hints or blank, strict=True))
    return cells, (row.locked, row.level, row.is_summary, row.has_children, row.is_folded)


def _span(pairs: list[tuple[Row, Row]], last: int) -> tuple[int, int]:
    """Give the first and the last column in which any of the rows looks otherwise than before."""
    left, right = last, 0
    for before, after in pairs:
        one, two = _looks(before), _looks(after)
        if one[1:] != two[1:] or len(one[0]) != len(two[0]):
            return 0, last
        differing = [c for c, (a, b) in enumerate(zip(one[0], two[0], strict=True)) if a != b]
        left, right = min(left, differing[0]), max(right, differing[-1])
    return left, right
