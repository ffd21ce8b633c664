"""The shapes in which anything is seen: tables and trees of display-ready text.

A view is a pure function ``view(document, ask)`` that returns one of these. Rows of the same
content are the same objects from one call to the next wherever that is cheap, so that a model
finds out what changed by identity first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "right", "centre"]
CellKind = Literal[
    "text", "number", "date", "duration", "flag", "choice", "percent", "money", "sign", "links"
]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its stable key, its heading, how it reads and whether a person may type in it."""

    key: str
    title: str
    align: Align = "left"
    kind: CellKind = "text"
    editable: bool = False
    choices: tuple[str, ...] = ()
    width: int = 100
    help: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of texts, one a column.

    ``marks`` are one style word a cell (``""``, ``muted``, ``bad``, ``watch``, ``good``,
    ``accent``, ``strong``), ``hints`` one tooltip a cell; either may be empty for "none".
    ``locked`` lists the column indices that cannot be typed in although their column can.
    In a tree ``level`` counts from 0 and ``has_children`` says whether a fold sign is due.
    """

    key: str
    cells: tuple[str, ...]
    marks: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    locked: tuple[int, ...] = ()
    level: int = 0
    is_summary: bool = False
    has_children: bool = False
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """A table ready to be shown; ``note`` says what is left out, ``empty`` why nothing is there."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: Row | None = None
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class TreeView:
    """A tree, flattened to the rows that are visible now, in order, with their levels."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: Row | None = None
    note: str = ""
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """What a page wants to see of a view, beside its own arguments.

    ``locale`` is a Babel identifier such as ``en_GB``; ``filter`` is what stands in the filter
    box; ``columns`` the chosen column keys (empty: the usual ones); ``sort`` a column key with an
    optional leading ``-``; ``group`` a column key; ``folded`` the keys of closed rows.
    """

    locale: str = "en_GB"
    filter: str = ""
    columns: tuple[str, ...] = ()
    sort: str = ""
    group: str = ""
    folded: frozenset[str] = frozenset()
    column_filters: tuple[tuple[str, str], ...] = ()
