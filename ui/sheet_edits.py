"""What a sheet's gesture becomes: one step, however many cells or rows it touched, and refusals in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from app.domain.document import Reading
from app.domain.errors import FileTrouble, Refusal
from app.operations.operation import Step
from app.operations.together import Asked, together
from app.text import mark, trn
from ui.bridge import Bridge, Tone
from ui.widgets.sheet import Sheet

Cell = tuple[str, str, str]
"""A row's key, a column's key and the text typed there."""

Meant = Callable[[Reading, str, str, str], Step[Any]]
"""Gives the step a cell asks for (row, column, text), in what is there when its turn comes."""


def take_cells(
    bridge: Bridge, sheet: Sheet, cells: Sequence[Cell], meant: Meant, more: Sequence[Asked] = ()
) -> bool:
    """Take the cells a hand typed, pasted or filled, and the new rows in ``more``, as one step.

    Of a refusal nothing is changed: it is said at a single cell, of a block in a notice. Whether it
    was done.
    """
    if not cells and not more:
        return False
    try:
        if len(cells) == 1 and not more:
            bridge.try_run(meant(bridge.document, *cells[0]))
        else:
            asked = [partial(_at_its_turn, meant, cell) for cell in cells]
            label, count = mark("Change {count} cells"), len(cells)
            if more:
                label, count = mark("Paste {count} rows"), len({row for row, _, _ in cells}) + len(more)
            bridge.try_run(together(label, [*asked, *more], count=count))
    except (Refusal, FileTrouble) as trouble:
        if len(cells) == 1 and not more:
            sheet.reject(*cells[0], trouble.sentence)
        elif isinstance(trouble, Refusal):
            bridge.noticed.emit(Tone.REFUSED, trouble.sentence, False)
        if isinstance(trouble, FileTrouble):
            bridge.troubled.emit(trouble, partial(_try_again, bridge, sheet, cells, meant, more))
        return False
    return True


def say_skipped(bridge: Bridge, count: int) -> None:
    """Say how many cells of a gesture were left out; every sheet one can type in has this said."""
    sentence = trn(
        "{count} cell was left out: nothing can be typed there.",
        "{count} cells were left out: nothing can be typed there.",
        count,
    )
    bridge.noticed.emit(Tone.DONE, sentence, False)


def _at_its_turn(meant: Meant, cell: Cell, reading: Reading) -> Step[Any]:
    return meant(reading, *cell)


def _try_again(
    bridge: Bridge, sheet: Sheet, cells: Sequence[Cell], meant: Meant, more: Sequence[Asked]
) -> None:
    """Have taken what the file refused: the text in the editor that stayed open, or the gesture."""
    if sheet.edited_cell() is not None:
        sheet.submit()
    else:
        take_cells(bridge, sheet, cells, meant, more)
