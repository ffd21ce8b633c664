"""How a page looks, as a value, and how a saved view writes it down.

A saved view's ``columns`` carry the widths that were changed (``name=280``), its ``zoom`` the width of a
day and what else differs from the usual (``24.000 grid=600 side=why``), its ``filter`` the words and, a
line each, the columns' filters (``only=critical``). What cannot be read stands at its usual.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from app.domain.portfolio import SavedView


@dataclass(frozen=True)
class Look:
    """What of a page is arranged by hand; an empty or zero field leaves the usual.

    ``widths`` are the columns' changed widths and ``grid`` the sheet's, in pixels, ``day_width`` a day's
    on the chart; ``side`` is the tab in sight of the pane, empty while it is closed.
    """

    columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)
    words: str = ""
    column_filters: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    group: str = ""
    day_width: float = 0.0
    grid: int = 0
    side: str = ""


class Written(TypedDict):
    """The fields of a saved view that hold a look."""

    columns: tuple[str, ...]
    filter: str
    sort: str
    group: str
    zoom: str


def written(look: Look) -> Written:
    """A look as a saved view holds it; words on several lines become one."""
    columns = tuple(f"{key}={look.widths[key]}" if key in look.widths else key for key in look.columns)
    lines = (" ".join(look.words.split("\n")), *(f"{key}={text}" for key, text in look.column_filters))
    zoom = [f"{look.day_width:.3f}"]
    if look.grid:
        zoom.append(f"grid={look.grid}")
    if look.side:
        zoom.append(f"side={look.side}")
    return Written(
        columns=columns, filter="\n".join(lines), sort=look.sort, group=look.group, zoom=" ".join(zoom)
    )


def look_of(view: SavedView) -> Look:
    """The look a saved view holds; a filter's line without a key narrows by the quick filter."""
    columns = [column.partition("=") for column in view.columns]
    words, *lines = view.filter.split("\n")
    filters = [line.partition("=") for line in lines if line]
    day, _, rest = view.zoom.partition(" ")
    more = dict(part.split("=", 1) for part in rest.split() if "=" in part)
    return Look(
        columns=tuple(key for key, _, _ in columns),
        widths={key: size for key, _, width in columns if (size := _pixels(width))},
        words=words,
        column_filters=tuple((key, text) if sign else ("only", key) for key, sign, text in filters),
        sort=view.sort,
        group=view.group,
        day_width=_width(day),
        grid=_pixels(more.get("grid", "")),
        side=more.get("side", ""),
    )


def _pixels(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _width(text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        return 0.0
    return found if math.isfinite(found) and found > 0 else 0.0
