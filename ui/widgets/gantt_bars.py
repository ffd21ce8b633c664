"""The signs of a Gantt chart's rows: bars, brackets and diamonds, with what hangs on them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPolygonF

from app.views.gantt_shapes import NOWHERE
from ui.widgets.gantt_chart import (
    MILESTONE,
    NARROWEST_BAR,
    NOTHING,
    SUMMARY,
    TASK,
    Chart,
    bar_height,
    nearest,
)
from ui.widgets.gantt_look import BRACKET, DIAMOND, GHOST, LABEL_GAP, Fill
from ui.widgets.gantt_pictures import Pictures

_LONGEST_PICTURE = 600
"""Longer bars are drawn anew each time: hardly two are of one length."""
_FARTHEST_LABEL = 600
_BRACKET_HIGH = BRACKET + 8


@dataclass(slots=True)
class Sign:
    """One row's sign in the picture: left and right edge, and how far it is done (at most its left: not)."""

    row: int
    kind: int
    left: float
    right: float
    done: float
    y: float


def draw_bars(painter: QPainter, chart: Chart, area: QRectF, pictures: Pictures | None) -> None:
    """Draw the signs of the rows in an area with all that hangs on them."""
    first, last = chart.rows_in(area)
    if last < first:
        return
    bars, here = chart.view.bars, slice(first, last + 1)
    painter.setFont(chart.look.body_font)
    starts = chart.scale.xs(bars.start[here]) - chart.left
    ends = chart.scale.xs(bars.finish[here]) - chart.left
    dones = chart.scale.xs(bars.done_until[here]) - chart.left
    labels = bars.labels[here]
    columns = (bars.kind[here], bars.start[here] != NOWHERE, starts, ends, dones)
    for n, (kind, is_dated, start, end, done) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        row = first + n
        if kind == NOTHING or not is_dated or row == chart.hidden:
            continue
        sign = Sign(row, kind, start, max(start + NARROWEST_BAR, end), done, chart.row_top(row))
        if kind == MILESTONE:
            sign.left, sign.right = start - DIAMOND / 2, start + DIAMOND / 2
        if not chart.shows_progress or bars.inactive[row]:
            sign.done = sign.left
        right = _draw_trailers(painter, chart, sign, pictures)
        if sign.left <= area.right() and right >= area.left():
            if kind == TASK:
                _draw_task(painter, chart, sign, pictures)
            elif kind == SUMMARY:
                _draw_summary(painter, chart, sign, pictures)
            else:
                _draw_milestone(painter, chart, sign, pictures)
        if chart.shows_labels and labels[n]:
            _draw_label(painter, chart, sign, labels[n], max(sign.right, right), area, pictures)


def _draw_trailers(painter: QPainter, chart: Chart, sign: Sign, pictures: Pictures | None) -> float:
    """Draw ghost, float and deadline; give the right edge of what was drawn."""
    bars, look, row = chart.view.bars, chart.look, sign.row
    right, middle = sign.right, sign.y + chart.row / 2
    was_start, was_finish = int(bars.baseline_start[row]), int(bars.baseline_finish[row])
    if chart.shows_baseline and was_start != NOWHERE and was_finish != NOWHERE:
        below = sign.y + (chart.row + bar_height(chart.row)) / 2 + 1
        x, end = chart.x(was_start), chart.x(was_finish)
        if sign.kind == MILESTONE:
            x, end = x - 4, x + 4
        painter.fillRect(QRectF(nearest(x), below, max(3, nearest(end - x)), GHOST), look.ghost)
    late = int(bars.float_until[row])
    if chart.shows_float and late != NOWHERE and late > bars.finish[row] and not bars.inactive[row]:
        y = nearest(middle) + 0.5
        end = chart.x(late)
        if end - right >= 3:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setPen(look.floating)
            painter.drawLines([QLineF(right + 1, y, end, y), QLineF(end, y - 3, end, y + 3)])
            right = end
    due = int(bars.deadline[row])
    if due != NOWHERE:
        x = chart.x(due)
        missed = int(bars.finish[row]) > due
        brush = look.deadline_missed if missed else look.deadline
        draw = partial(draw_arrow, x=6, y=11, brush=brush)
        if pictures is None:
            draw_arrow(painter, x, middle + 5, brush)
        else:
            picture = pictures.sign(("deadline", missed), QSize(12, 12), draw)
            painter.drawPixmap(nearest(x) - 6, nearest(middle) - 6, picture)
        if -4 <= x - right <= 8:
            right = x + 4
    return right


def draw_arrow(painter: QPainter, x: float, y: float, brush: QBrush) -> None:
    """Paint an arrow of 9 by 10 pixels that points down at (x, y)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    shape = ((-1, -10), (1, -10), (1, -5), (4.5, -5), (0, 0), (-4.5, -5), (-1, -5))
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in shape]))


def _fill_of(chart: Chart, row: int) -> str:
    """The name of a bar's fill in the look."""
    bars = chart.view.bars
    if bars.inactive[row]:
        return "inactive"
    is_marked = bars.critical[row] and chart.shows_critical
    if bars.manual[row]:
        return "manual_critical" if is_marked else "manual"
    return "critical" if is_marked else "task"


def _draw_task(painter: QPainter, chart: Chart, sign: Sign, pictures: Pictures | None) -> None:
    name, tall = _fill_of(chart, sign.row), bar_height(chart.row)
    fill: Fill = getattr(chart.look, name)
    top = sign.y + (chart.row - tall) / 2
    pieces = [(sign.left, sign.right)]
    cuts = chart.view.bars.segments.get(sign.row)
    if cuts:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(chart.look.floating)
        y = nearest(top + tall / 2) + 0.5
        painter.drawLine(QLineF(sign.left, y, sign.right, y))
        pieces = [(x, max(x + NARROWEST_BAR, chart.x(end))) for start, end in cuts for x in (chart.x(start),)]
    for left, right in pieces:
        done = min(sign.done, right)
        if pictures is None or right - left > _LONGEST_PICTURE:
            left, right = max(left, -16.0), min(right, chart.width + 16)
            if right > left:
                _draw_body(painter, QRectF(left, top, right - left, tall), fill, done - left)
            continue
        wide = max(int(NARROWEST_BAR), nearest(right - left))
        part = nearest(max(0.0, done - left))
        draw = partial(_draw_body, box=QRectF(0, 0, wide, tall), fill=fill, done=part)
        picture = pictures.sign((name, wide, part), QSize(wide, tall), draw)
        painter.drawPixmap(nearest(left), nearest(top), picture)


def _draw_body(painter: QPainter, box: QRectF, fill: Fill, done: float) -> None:
    """Draw one piece of a bar, and in it a band as long as what is done, counted from its left."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    draw_bar(painter, box, fill)
    if done > 4:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill.done)
        painter.drawRoundedRect(QRectF(box.left() + 2, box.center().y() - 3, done - 4, 6), 2, 2)


def draw_bar(painter: QPainter, box: QRectF, fill: Fill) -> None:
    """Draw one bar body with its outline inside the rectangle."""
    painter.setPen(fill.edge)
    painter.setBrush(fill.body)
    inset = fill.edge.widthF() / 2
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 3, 3)


def _draw_summary(painter: QPainter, chart: Chart, sign: Sign, pictures: Pictures | None) -> None:
    is_muted = bool(chart.view.bars.inactive[sign.row])
    left, right, done = sign.left, sign.right, min(sign.done, sign.right) - 1
    top = sign.y + (chart.row - bar_height(chart.row)) / 2 + 2
    if pictures is None or right - left > _LONGEST_PICTURE:
        # A foot beyond the edge would never be seen, and Qt fills far shorter shapes faster.
        left, right = max(left, -32.0), min(right, chart.width + 32)
        _draw_bracket(painter, chart, QPointF(left, top), right - left, done - left, is_muted)
        return
    wide = max(int(NARROWEST_BAR), nearest(right - left))
    part = nearest(max(0.0, done - left))
    picture = pictures.sign(
        ("summary", wide, part, is_muted),
        QSize(wide, _BRACKET_HIGH),
        lambda own: _draw_bracket(own, chart, QPointF(0, 0), wide, part, is_muted),
    )
    painter.drawPixmap(nearest(left), nearest(top), picture)


def _draw_bracket(
    painter: QPainter, chart: Chart, at: QPointF, wide: float, done: float, is_muted: bool
) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(chart.look.label_muted.brush() if is_muted else chart.look.summary)
    left, right, top = at.x(), at.x() + wide, at.y()
    foot = min(6.0, wide / 2)
    shape = (
        (left, top),
        (right, top),
        (right, top + BRACKET + 5),
        (right - foot, top + BRACKET),
        (left + foot, top + BRACKET),
        (left, top + BRACKET + 5),
    )
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))
    if done > 1:
        painter.setBrush(chart.look.task.done)
        painter.drawRect(QRectF(left + 1, top + 2, done - 1, 2))


def _draw_milestone(painter: QPainter, chart: Chart, sign: Sign, pictures: Pictures | None) -> None:
    bars = chart.view.bars
    is_inactive = bool(bars.inactive[sign.row])
    is_edged = is_inactive or bool(bars.critical[sign.row] and chart.shows_critical)
    middle = QPointF(sign.left + DIAMOND / 2, sign.y + chart.row / 2)
    if pictures is None:
        _draw_diamond(painter, chart, middle, is_inactive, is_edged)
        return
    size = DIAMOND + 4
    picture = pictures.sign(
        ("diamond", is_inactive, is_edged),
        QSize(size, size),
        lambda own: _draw_diamond(own, chart, QPointF(size / 2, size / 2), is_inactive, is_edged),
    )
    painter.drawPixmap(nearest(middle.x()) - size // 2, nearest(middle.y()) - size // 2, picture)


def _draw_diamond(painter: QPainter, chart: Chart, c: QPointF, is_inactive: bool, is_edged: bool) -> None:
    look = chart.look
    fill = look.inactive if is_inactive else look.critical
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(fill.edge if is_edged else Qt.PenStyle.NoPen)
    painter.setBrush(look.inactive.body if is_inactive else look.diamond)
    half = DIAMOND / 2
    shape = ((0, -half), (half, 0), (0, half), (-half, 0))
    painter.drawPolygon(QPolygonF([QPointF(c.x() + dx, c.y() + dy) for dx, dy in shape]))


def _draw_label(
    painter: QPainter,
    chart: Chart,
    sign: Sign,
    text: str,
    right: float,
    area: QRectF,
    pictures: Pictures | None,
) -> None:
    look, x = chart.look, right + LABEL_GAP
    if x > area.right() or x < area.left() - _FARTHEST_LABEL:
        return
    base = nearest(sign.y + chart.row / 2 + look.label_metrics.capHeight() / 2)
    painter.setPen(look.label_muted if chart.view.bars.inactive[sign.row] else look.label)
    if pictures is None:
        painter.drawText(QPointF(nearest(x), base), text)
        return
    label, wide = pictures.label(text, look.body_font)
    if x + wide >= area.left():
        painter.drawStaticText(nearest(x), base - round(look.label_metrics.ascent()), label)
