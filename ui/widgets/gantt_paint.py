"""Draws a Gantt chart with a QPainter: the same code for the window, for paper and for pictures."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF

from app.text import tr
from app.views.gantt_axis import Unit, cells, tiers
from app.views.gantt_shapes import NOWHERE, Bools, Ints
from ui.widgets.gantt_bars import draw_arrow, draw_bar, draw_bars
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
from ui.widgets.gantt_ground import draw_ground
from ui.widgets.gantt_links import MOST_PASSING, Ends, draw_links, elbows
from ui.widgets.gantt_look import BRACKET, DIAMOND, GHOST, TIER, Fill, GanttLook
from ui.widgets.gantt_pictures import Pictures

_DASH = 6
"""How often the dashes of the line of today repeat, in pixels."""


def draw_chart(
    painter: QPainter, chart: Chart, area: QRectF | None = None, pictures: Pictures | None = None
) -> None:
    """Draw everything but the header, in an area of the picture or all of it.

    `pictures` keeps what is drawn for the screen from one time to the next; paper goes without.
    """
    part = chart.whole() if area is None else area
    draw_ground(painter, chart, part, pictures)
    if chart.shows_links and chart.scale.day_width >= 0.5:
        draw_all_links(painter, chart, part)
    draw_bars(painter, chart, part, pictures)
    draw_dates(painter, chart)


def is_crowded(chart: Chart) -> bool:
    """Whether so many links may pass by the rows on view that those are left out."""
    first, last = chart.rows_on_view()
    return len(chart.index.passing(first, last)) > MOST_PASSING


def draw_all_links(painter: QPainter, chart: Chart, area: QRectF) -> None:
    """Draw the links of the rows in an area: faint ones, critical ones, and the chosen chain on top."""
    first, last = chart.rows_in(area)
    links, look = chart.view.links, chart.look
    if last < first or not len(links):
        return
    numbers, before, after = _links_in(chart, area, first, last)
    drawn = elbows(links.kind[numbers], before, after)
    is_critical = links.critical[numbers] & chart.shows_critical
    has_chain = bool(chart.chain_links)
    is_strong = np.isin(numbers, list(chart.chain_links)) if has_chain else np.zeros(len(numbers), np.bool_)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    draw_links(painter, drawn.some(~is_strong & ~is_critical), look.link_faded if has_chain else look.link)
    pen = look.link_faded if has_chain else look.link_critical
    draw_links(painter, drawn.some(~is_strong & is_critical), pen)
    draw_links(painter, drawn.some(is_strong & ~is_critical), look.link_strong)
    draw_links(painter, drawn.some(is_strong & is_critical), look.link_strong_critical)


def _links_in(chart: Chart, area: QRectF, first: int, last: int) -> tuple[Ints, Ends, Ends]:
    """The links that can be seen in an area, with the ends of both their bars; all in a few array steps."""
    links, kind = chart.view.links, chart.view.bars.kind
    # A link that turns at a row's edge reaches a pixel into the next.
    numbers = chart.index.near(first - 1, last + 1)
    one, other = links.predecessor[numbers], links.successor[numbers]
    drawn = (kind[one] != NOTHING) & (kind[other] != NOTHING)
    if chart.hidden >= 0:
        drawn &= (one != chart.hidden) & (other != chart.hidden)
    numbers, one, other = numbers[drawn], one[drawn], other[drawn]
    before, after = _all_ends(chart, one), _all_ends(chart, other)
    left, right = np.minimum(before[0], after[0]) - 16, np.maximum(before[1], after[1]) + 16
    seen = (right > area.left()) & (left < area.right())
    # What only passes is judged by the whole view, so that every part of it is drawn alike.
    first, last = chart.rows_on_view()
    passes = (np.minimum(one, other) < first) & (np.maximum(one, other) > last)
    if int((passes & (right > 0) & (left < chart.width)).sum()) > MOST_PASSING:
        seen &= ~passes
    return numbers[seen], _picked(before, seen), _picked(after, seen)


def _picked(ends: Ends, wanted: Bools) -> Ends:
    left, right, top, bottom = ends
    return left[wanted], right[wanted], top[wanted], bottom[wanted]


def _all_ends(chart: Chart, rows: Ints) -> Ends:
    """Where links tie on to the signs of many rows."""
    bars = chart.view.bars
    kind, tall = bars.kind[rows], bar_height(chart.row)
    left = chart.scale.xs(bars.start[rows]) - chart.left
    right = np.maximum(left + NARROWEST_BAR, chart.scale.xs(bars.finish[rows]) - chart.left)
    is_diamond, is_bracket = kind == MILESTONE, kind == SUMMARY
    right = np.where(is_diamond, left + DIAMOND / 2, right)
    left = np.where(is_diamond, left - DIAMOND / 2, left)
    middle = rows * float(chart.row) - chart.top + chart.row / 2
    top = np.where(is_diamond, middle - DIAMOND / 2, middle - tall / 2)
    bottom = np.where(is_diamond, middle + DIAMOND / 2, middle + tall / 2)
    return left, right, np.where(is_bracket, top + 2, top), np.where(is_bracket, top + BRACKET + 2, bottom)


def draw_dates(painter: QPainter, chart: Chart) -> None:
    """Draw the status date as a solid line and today as a dashed one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for moment, pen in ((chart.view.status_date, chart.look.status), (chart.today, chart.look.today)):
        if moment is not None:
            x = nearest(chart.x(moment)) + 0.5
            if -2 <= x <= chart.width + 2:
                painter.setPen(pen)
                # The dashes hang on the rows, so that rows which scrolled and new ones meet without a seam.
                painter.drawLine(QLineF(x, -(chart.top % _DASH), x, chart.height))


def draw_header(painter: QPainter, chart: Chart, pictures: Pictures | None = None) -> None:
    """Draw the two header rows over the chart, `2 * TIER` high, from the painter's origin."""
    look = chart.look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(0, 0, chart.width, 2 * TIER), look.header)
    upper, lower = tiers(chart.scale)
    _draw_tier(painter, chart, upper, 0, pictures, is_upper=True)
    _draw_tier(painter, chart, lower, TIER, pictures, is_upper=False)
    painter.setPen(look.month_line)
    painter.drawLine(QLineF(0, 2 * TIER - 0.5, chart.width, 2 * TIER - 0.5))
    for moment, pen in ((chart.view.status_date, look.status), (chart.today, look.today)):
        if moment is not None and -5 <= chart.x(moment) <= chart.width + 5:
            x = chart.x(moment)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(pen.color())
            y = 2 * TIER - 1
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.drawPolygon(QPolygonF([QPointF(x - 4, y - 6), QPointF(x + 4, y - 6), QPointF(x, y)]))


def _draw_tier(
    painter: QPainter, chart: Chart, unit: Unit, y: int, pictures: Pictures | None, *, is_upper: bool
) -> None:
    look, wide = chart.look, chart.scale.day_width
    right = chart.left + chart.width
    shown = cells(chart.scale, unit, chart.left, right, chart.locale, chart.view.week_start)
    edges = [nearest(cell.first * wide - chart.left) - 0.5 for cell in shown]
    painter.setPen(look.month_line if is_upper else look.grid_line)
    painter.drawLines([QLineF(edge, y, edge, y + TIER) for edge in edges])
    font = look.head_strong_font if is_upper else look.head_font
    metrics = QFontMetricsF(font)
    base = y + round((TIER + metrics.capHeight()) / 2)
    painter.setFont(font)
    painter.setPen(look.header_strong if is_upper else look.header_text)
    for cell in shown:
        x, end = cell.first * wide - chart.left, cell.last * wide - chart.left
        # Prepared texts are for the screen: on paper they would be outlines that nobody can search.
        ready = pictures.label(cell.text, font, str(is_upper)) if pictures else None
        needed = ready[1] if ready else metrics.horizontalAdvance(cell.text)
        if is_upper:
            # The text stays on view while there is room for it in its cell.
            x = max(x, 0.0) + 6
            if end - x < needed + 2:
                continue
        elif chart.scale.is_hourly:
            # An hour is a moment, so its figure stands at the line and not in the middle of a cell.
            x += 4
        else:
            x += (end - x - needed) / 2
        if ready:
            painter.drawStaticText(round(x), base - round(metrics.ascent()), ready[0])
        else:
            painter.drawText(QPointF(x, base), cell.text)


def draw_legend(painter: QPainter, chart: Chart) -> None:
    """Draw what each sign means in one line of 20 pixels, for paper and pictures."""
    look, bars, x, middle = chart.look, chart.view.bars, 0.0, 10.0
    painter.setFont(look.body_font)
    is_critical = chart.shows_critical and bool((bars.critical & (bars.kind == TASK)).any())
    asked: list[tuple[str, Fill | None, bool]] = [
        (tr("Task"), look.task, True),
        (tr("Critical"), look.critical, is_critical),
        (tr("By hand"), look.manual, bool(bars.manual.any())),
        (tr("Inactive"), look.inactive, bool(bars.inactive.any())),
        (tr("Milestone"), None, bool((bars.kind == MILESTONE).any())),
    ]
    wanted = [(words, fill) for words, fill, is_there in asked if is_there]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for words, fill in wanted:
        if fill is not None:
            draw_bar(painter, QRectF(x, middle - 5, 22, 10), fill)
            x += 28
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.diamond)
            shape = ((6, -5), (11, 0), (6, 5), (1, 0))
            painter.drawPolygon(QPolygonF([QPointF(x + dx, middle + dy) for dx, dy in shape]))
            x += 17
        x = _legend_word(painter, look, words, x, middle)
    _draw_legend_lines(painter, chart, x, middle)


def _draw_legend_lines(painter: QPainter, chart: Chart, x: float, middle: float) -> None:
    """Draw what stands beside bars and through them, as far as this plan has it."""
    look, bars = chart.look, chart.view.bars
    if chart.shows_baseline and (bars.baseline_start != NOWHERE).any():
        painter.fillRect(QRectF(x, middle - 2, 22, GHOST), look.ghost)
        x = _legend_word(painter, look, tr("Baseline"), x + 28, middle)
    if chart.shows_float and (bars.float_until != NOWHERE).any():
        painter.setPen(look.floating)
        painter.drawLine(QLineF(x, middle, x + 22, middle))
        x = _legend_word(painter, look, tr("Float"), x + 28, middle)
    if (bars.deadline != NOWHERE).any():
        draw_arrow(painter, x + 4, middle + 5, look.deadline)
        x = _legend_word(painter, look, tr("Deadline"), x + 14, middle)
    lines = ((tr("Status date"), look.status, chart.view.status_date), (tr("Today"), look.today, chart.today))
    for words, pen, moment in lines:
        if moment is not None:
            painter.setPen(pen)
            painter.drawLine(QLineF(x + 4, middle - 7, x + 4, middle + 7))
            x = _legend_word(painter, look, words, x + 12, middle)


def _legend_word(painter: QPainter, look: GanttLook, words: str, x: float, middle: float) -> float:
    painter.setPen(look.label)
    painter.drawText(QPointF(x, middle + look.label_metrics.capHeight() / 2), words)
    return x + look.label_metrics.horizontalAdvance(words) + 18
