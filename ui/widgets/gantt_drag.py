"""What a mouse means on a chart: which part of a bar it holds, and what letting go there would do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from app.text import tr
from app.views.formats import percent_text, when_text
from app.views.gantt_shapes import BarKind
from ui.widgets.gantt_chart import Chart

EDGE = 6
"""Pixels at a bar's right end that resize it, and at its left end that set progress."""
HANDLE = 11
"""Pixels right of a bar on which a link can be started."""
FIRM = 4
"""Pixels a pressed mouse travels before it is a drag."""


class Grip(Enum):
    """What is held."""

    BAR = "bar"
    MOVE = "move"
    RESIZE = "resize"
    PROGRESS = "progress"
    SPLIT = "split"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under the pointer: a row (-1: none) and what of its bar, if anything, is held there."""

    row: int = -1
    grip: Grip | None = None


@dataclass(frozen=True, slots=True)
class Drag:
    """A gesture under way: the task held, and the outcome so far.

    `start` and `finish` are moments as they would be; of a split, from when to when nobody works.
    `percent` is the progress, `target` the key of the task a link would lead to ("" while there is none).
    `is_idle` says that nothing would change, `is_loose` that the bar is held in the middle: it moves
    along its own row and links outside it.
    """

    grip: Grip
    row: int
    key: str
    x: float
    y: float
    start: int
    finish: int
    percent: int
    target: str = ""
    target_row: int = -1
    pointer_x: float = 0.0
    pointer_y: float = 0.0
    is_idle: bool = True
    is_loose: bool = False


def hit(chart: Chart, x: float, y: float) -> Hit:
    """What lies at a place of the picture."""
    row = int((y + chart.top) // chart.row)
    bars = chart.view.bars
    if not 0 <= row < len(bars):
        return Hit()
    if bars.kind[row] == BarKind.NOTHING:
        return Hit(row)
    box = chart.bar(row)
    if not box.top() - 3 <= y <= box.bottom() + 3:
        return Hit(row)
    if box.right() + 1 < x <= box.right() + HANDLE and not bars.inactive[row]:
        return Hit(row, Grip.LINK)
    if not box.left() - 2 <= x <= box.right() + 1:
        return Hit(row)
    if not bars.movable[row] or bars.kind[row] != BarKind.TASK:
        return Hit(row, Grip.BAR)
    wide = box.width()
    if wide >= 12 and x >= box.right() - min(EDGE, wide / 4):
        return Hit(row, Grip.RESIZE)
    done_x = chart.x(int(bars.done_until[row])) if bars.percent[row] > 0 else box.left()
    if wide >= 24 and (x <= box.left() + EDGE or abs(x - done_x) <= 4):
        return Hit(row, Grip.PROGRESS)
    return Hit(row, Grip.BAR)


def begun(chart: Chart, held: Hit, x: float, y: float, *, splits: bool = False) -> Drag:
    """The gesture that starts by pressing there; with ``splits`` the middle of a bar is torn apart."""
    bars, row = chart.view.bars, held.row
    assert held.grip is not None
    is_torn = splits and held.grip is Grip.BAR and bool(bars.movable[row]) and bars.kind[row] == BarKind.TASK
    grip = Grip.SPLIT if is_torn else held.grip
    return Drag(
        grip,
        row,
        bars.keys[row],
        x,
        y,
        int(bars.start[row]),
        int(bars.finish[row]),
        int(bars.percent[row]),
        pointer_x=x,
        pointer_y=y,
        is_loose=grip is Grip.BAR,
    )


def moved(chart: Chart, drag: Drag, x: float, y: float) -> Drag:
    """The gesture with the pointer somewhere else; the middle of a bar turns into a move or a link."""
    grip = drag.grip
    if grip is Grip.BAR and max(abs(x - drag.x), abs(y - drag.y)) < FIRM:
        return drag
    if drag.is_loose:
        is_outside = int((y + chart.top) // chart.row) != drag.row
        grip = Grip.LINK if is_outside or not chart.view.bars.movable[drag.row] else Grip.MOVE
    drag = _at_rest(chart, drag, grip, x, y)
    if grip is Grip.MOVE:
        return _shifted(chart, drag, x)
    if grip is Grip.RESIZE:
        return _resized(chart, drag, x)
    if grip is Grip.PROGRESS:
        return _progressed(chart, drag, x)
    if grip is Grip.SPLIT:
        return _split(chart, drag, x)
    over = hit(chart, x, y)
    bars = chart.view.bars
    if over.row in (-1, drag.row) or over.grip is None:
        return replace(drag, target="", target_row=-1, is_idle=True)
    return replace(drag, target=bars.keys[over.row], target_row=over.row, is_idle=False)


def _at_rest(chart: Chart, drag: Drag, grip: Grip, x: float, y: float) -> Drag:
    """The gesture as a grip begins, with no outcome yet."""
    bars, row = chart.view.bars, drag.row
    return replace(
        drag,
        grip=grip,
        start=int(bars.start[row]),
        finish=int(bars.finish[row]),
        target="",
        target_row=-1,
        pointer_x=x,
        pointer_y=y,
    )


def _shifted(chart: Chart, drag: Drag, x: float) -> Drag:
    bars, shift = chart.view.bars, chart.scale.snapped_shift(x - drag.x)
    start, finish = int(bars.start[drag.row]) + shift, int(bars.finish[drag.row]) + shift
    return replace(drag, start=start, finish=finish, is_idle=shift == 0)


def _resized(chart: Chart, drag: Drag, x: float) -> Drag:
    bars = chart.view.bars
    start, was = int(bars.start[drag.row]), int(bars.finish[drag.row])
    right = chart.scale.x(was) + (x - drag.x)
    finish = max(chart.scale.snapped_finish(right), start)
    if abs(right - chart.scale.x(was)) < FIRM:
        finish = was
    return replace(drag, finish=finish, is_idle=finish == was)


def _split(chart: Chart, drag: Drag, x: float) -> Drag:
    """From the day on which the bar was taken to the day at the pointer, or by hours where they are seen."""
    stop, resume = _opening(chart, drag.x), _opening(chart, x)
    bars = chart.view.bars
    lies_within = int(bars.start[drag.row]) < stop < int(bars.finish[drag.row])
    return replace(drag, start=stop, finish=max(stop, resume), is_idle=resume <= stop or not lies_within)


def _opening(chart: Chart, x: float) -> int:
    scale, moment = chart.scale, chart.scale.moment(chart.left + x)
    if scale.is_hourly:
        return round(moment / scale.step) * scale.step
    return int(moment // 1440) * 1440 + scale.day_open


def _progressed(chart: Chart, drag: Drag, x: float) -> Drag:
    box = chart.bar(drag.row)
    share = (x - box.left()) / max(1.0, box.width())
    percent = min(100, max(0, round(share * 100)))
    if 2 < percent < 98:
        percent = round(percent / 5) * 5
    return replace(drag, percent=percent, is_idle=percent == int(chart.view.bars.percent[drag.row]))


def differs(was: Drag, now: Drag) -> bool:
    """Whether letting go would do something else now than before."""
    return (was.start, was.finish, was.percent, was.target) != (
        now.start,
        now.finish,
        now.percent,
        now.target,
    )


def sentence(chart: Chart, drag: Drag) -> str:
    """What letting go now would do, with its dates."""
    start, finish = (
        when_text(moment, chart.locale, is_timed=chart.scale.is_hourly)
        for moment in (drag.start, drag.finish)
    )
    if drag.grip is Grip.MOVE:
        return tr("Start {start}\nFinish about {finish}", start=start, finish=finish)
    if drag.grip is Grip.RESIZE:
        return tr("Finish {finish}", finish=finish)
    if drag.grip is Grip.PROGRESS:
        return tr("{percent} complete", percent=percent_text(drag.percent, chart.locale))
    if drag.grip is Grip.SPLIT:
        return tr("Stop {start}\nGo on {finish}", start=start, finish=finish)
    if drag.grip is Grip.LINK:
        return (
            tr("Let go to link: the second starts when the first finishes")
            if drag.target
            else tr("Drag to the bar that comes next")
        )
    return ""
