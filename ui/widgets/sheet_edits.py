"""What a gesture on cells means, as a list of (row key, column key, text); nothing here draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ui.models.grid_model import GridModel
from ui.widgets.clipboard import Block

Edit = tuple[str, str, str]


@dataclass(slots=True)
class Wanted:
    """Edits a gesture asks for, rows it wants beyond the last one, and how many cells it had to skip."""

    edits: list[Edit] = field(default_factory=list)
    beyond: list[list[tuple[str, str]]] = field(default_factory=list)
    skipped: int = 0


def written(model: GridModel, cells: Iterable[tuple[int, int]], text: str) -> Wanted:
    """Ask for the same text in every cell: clear, cut, fill the selection."""
    made = Wanted()
    for row, column in cells:
        _want(made, model, row, column, text)
    return made


def filled(model: GridModel, rows: Sequence[int], columns: Sequence[int], *, down: bool) -> Wanted:
    """Ask for the first selected row (or column) in all others; a single one takes its neighbour's."""
    made = Wanted()
    if down:
        source = rows[0] if len(rows) > 1 else rows[0] - 1
        if source >= 0:
            for row in rows[1:] or rows:
                for column in columns:
                    _want(made, model, row, column, model.rows[source].cells[column])
        return made
    if len(columns) > 1:
        for row in rows:
            for column in columns[1:]:
                _want(made, model, row, column, model.rows[row].cells[columns[0]])
    return made


def pasted(
    model: GridModel, block: Block, rows: Sequence[int], columns: Sequence[int], order: Sequence[int]
) -> Wanted:
    """Ask for a block from the first selected cell on.

    A single value fills the selection; a block whose size divides the selection repeats in it. Rows
    beyond the last one come back in `beyond`, columns beyond the last one count as skipped.
    `order` holds the model's columns in the order on the screen.
    """
    made = Wanted()
    high, wide = len(block), len(block[0]) if block else 0
    if not high or not wide or not rows:
        return made
    down = len(rows) // high if len(rows) % high == 0 else 1
    across = len(columns) // wide if len(columns) % wide == 0 else 1
    start = order.index(columns[0])
    for at in range(high * max(down, 1)):
        line = block[at % high]
        row = rows[0] + at
        beyond: list[tuple[str, str]] = []
        for step in range(wide * max(across, 1)):
            if start + step >= len(order):
                made.skipped += 1
                continue
            column = order[start + step]
            text = line[step % wide]
            if row < len(model.rows):
                _want(made, model, row, column, text)
            elif model.columns[column].editable:
                beyond.append((model.columns[column].key, text))
        if beyond:
            made.beyond.append(beyond)
    return made


def _want(made: Wanted, model: GridModel, row: int, column: int, text: str) -> None:
    if not model.is_editable(row, column):
        made.skipped += 1
    elif model.rows[row].cells[column] != text:
        made.edits.append((model.rows[row].key, model.columns[column].key, text))
