"""Which rows of a chart look otherwise when another view of the same plan is shown."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QRegion

from app.views.gantt_shapes import Bools, GanttLinks, GanttView, Ints
from ui.widgets.gantt_chart import Chart
from ui.widgets.gantt_paint import is_crowded

_COLUMNS = (
    "kind",
    "start",
    "finish",
    "done_until",
    "float_until",
    "deadline",
    "baseline_start",
    "baseline_finish",
    "critical",
    "manual",
    "inactive",
)


def stale_region(was: GanttView, chart: Chart, hovered: int) -> QRegion | None:
    """The part of the picture to be painted again when `chart` comes after the view `was`; `None` is all.

    The row that was hovered before is part of it.
    """
    first, last = chart.rows_on_view()
    if last < first or is_crowded(chart):
        return None
    flags = changed_rows(was, chart.view, first, last)
    if flags is None:
        return None
    if first <= hovered <= last:
        flags[hovered - first] = True
    found = QRegion()
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False)).tolist()
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        top = int(chart.row_top(first + begin))
        found += QRegion(0, top, int(chart.width), (end - begin) * chart.row)
    return found


def changed_rows(old: GanttView, new: GanttView, first: int, last: int) -> Bools | None:
    """A flag for each of the rows `first` to `last` that looks otherwise; `None` when all of them may."""
    one, other = old.bars, new.bars
    if (
        one.keys != other.keys
        or not _is_same_ground(old, new)
        or not _is_same_tying(old.links, new.links)
        or one.segments != other.segments
    ):
        return None
    here = slice(first, last + 1)
    moved = (one.start != other.start) | (one.finish != other.finish) | (one.kind != other.kind)
    flags = moved[here].copy()
    for name in _COLUMNS:
        before, after = getattr(one, name), getattr(other, name)
        if before is not after:
            flags |= before[here] != after[here]
    if one.labels is not other.labels:
        before, after = one.labels[here], other.labels[here]
        flags |= np.fromiter((a != b for a, b in zip(before, after, strict=True)), np.bool_, len(flags))
    found: Bools = flags | _passed(old.links, new.links, moved, first, last)
    return found


def _is_same_ground(old: GanttView, new: GanttView) -> bool:
    return (
        old.status_date == new.status_date
        and (old.day_open, old.day_close, old.week_start) == (new.day_open, new.day_close, new.week_start)
        and _is_same(old.rest_start, new.rest_start)
        and _is_same(old.rest_finish, new.rest_finish)
    )


def _is_same_tying(old: GanttLinks, new: GanttLinks) -> bool:
    """Whether the same rows are tied in the same manner."""
    return (
        _is_same(old.predecessor, new.predecessor)
        and _is_same(old.successor, new.successor)
        and _is_same(old.kind, new.kind)
    )


def _is_same(before: Ints, after: Ints) -> bool:
    return before is after or np.array_equal(before, after)


def _passed(old: GanttLinks, new: GanttLinks, moved: Bools, first: int, last: int) -> Bools:
    """The rows `first` to `last` that a link goes through which looks otherwise."""
    count = last - first + 1
    if not len(new):
        return np.zeros(count, np.bool_)
    touched = moved[new.predecessor] | moved[new.successor] | (old.critical != new.critical)
    one, other = new.predecessor[touched], new.successor[touched]
    low, high = np.minimum(one, other), np.maximum(one, other)
    meets = (low <= last) & (high >= first)
    begins = np.bincount(np.maximum(low[meets] - first, 0), minlength=count + 1)
    ends = np.bincount(np.minimum(high[meets] - first, count - 1) + 1, minlength=count + 1)
    return np.asarray(np.cumsum(begins - ends)[:count] > 0)
