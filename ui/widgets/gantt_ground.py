"""What lies under the bars of a Gantt chart: rest, the chosen rows, and the faint lines."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QLineF, QRectF, QSize
from PySide6.QtGui import QColor, QPainter

from app.views.gantt_axis import Unit, cells, tiers
from ui.widgets.gantt_chart import Chart, nearest
from ui.widgets.gantt_pictures import Pictures


def draw_ground(painter: QPainter, chart: Chart, area: QRectF, pictures: Pictures | None) -> None:
    """Draw rest, selection, and the faint lines; with `pictures` a row is drawn once and repeated."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    if pictures is None:
        _draw_plain(painter, chart, area)
        return
    first, last = chart.rows_in(area)
    end = chart.row_top(last + 1)
    if last >= first:
        _repeat(painter, chart, pictures, "row", area, chart.row_top(first), end)
    for row in sorted(row for row in {*chart.selected, chart.hovered} if first <= row <= last):
        sort = "selected" if row in chart.selected else "hovered"
        top = chart.row_top(row)
        _repeat(painter, chart, pictures, sort, area, top, top + chart.row)
    if area.bottom() > end:
        _repeat(painter, chart, pictures, "bare", area, max(area.top(), end), area.bottom())


def _repeat(
    painter: QPainter, chart: Chart, pictures: Pictures, sort: str, area: QRectF, top: float, bottom: float
) -> None:
    """Fill an area from `top` to `bottom` with rows of one sort; `top` is a row's upper edge."""
    view = chart.view
    place = (
        chart.scale, chart.left, chart.width, chart.row, chart.shows_rest,
        view.day_open, view.day_close, view.week_start,
    )  # fmt: skip
    size = QSize(int(chart.width), chart.row)
    draw = partial(_draw_row, chart=chart, sort=sort)
    strip = pictures.ground(place, view.rest_start, sort, size, chart.look.surface, draw)
    # A pixmap a row is copied three times faster than one tiled.
    left, wide, ratio = area.left(), area.width(), pictures.ratio
    y = top
    while y < bottom:
        high = min(chart.row, bottom - y)
        source = QRectF(left * ratio, 0, wide * ratio, high * ratio)
        painter.drawPixmap(QRectF(left, y, wide, high), strip, source)
        y += chart.row


def _draw_row(painter: QPainter, chart: Chart, sort: str) -> None:
    """Draw the ground of one row at the painter's origin."""
    look, high = chart.look, float(chart.row)
    _draw_rest(painter, chart, 0, high)
    chosen = {"selected": look.selected, "hovered": look.hovered}.get(sort)
    if chosen is not None:
        painter.fillRect(QRectF(0, 0, chart.width, high), chosen)
    _draw_verticals(painter, chart, 0, high)
    if sort != "bare":
        painter.setPen(look.row_line)
        painter.drawLine(QLineF(0, high - 0.5, chart.width, high - 0.5))


def _draw_plain(painter: QPainter, chart: Chart, area: QRectF) -> None:
    look = chart.look
    painter.fillRect(area, look.surface)
    _draw_rest(painter, chart, area.top(), area.bottom())
    first, last = chart.rows_in(area)
    for row in range(first, last + 1):
        if row in chart.selected or row == chart.hovered:
            ground: QColor = look.selected if row in chart.selected else look.hovered
            painter.fillRect(QRectF(0, chart.row_top(row), chart.width, chart.row), ground)
    _draw_verticals(painter, chart, area.top(), area.bottom())
    painter.setPen(look.row_line)
    painter.drawLines(
        [
            QLineF(0, y, chart.width, y)
            for row in range(first, last + 1)
            for y in (chart.row_top(row) + chart.row - 0.5,)
        ]
    )


def _draw_verticals(painter: QPainter, chart: Chart, top: float, bottom: float) -> None:
    upper, lower = tiers(chart.scale)
    for unit, pen in ((lower, chart.look.grid_line), (upper, chart.look.month_line)):
        painter.setPen(pen)
        painter.drawLines([QLineF(x, top, x, bottom) for x in _edges(chart, unit)])


def _edges(chart: Chart, unit: Unit) -> list[float]:
    wide, right = chart.scale.day_width, chart.left + chart.width
    places = cells(chart.scale, unit, chart.left, right, chart.locale, chart.view.week_start)
    return [nearest(cell.first * wide - chart.left) - 0.5 for cell in places]


def _draw_rest(painter: QPainter, chart: Chart, top: float, bottom: float) -> None:
    scale, view = chart.scale, chart.view
    if not chart.shows_rest or scale.day_width < 4 or not len(view.rest_start):
        return
    minutes_left = int(chart.left / scale.day_width * 1440)
    minutes_right = int((chart.left + chart.width) / scale.day_width * 1440) + 1440
    a = int(view.rest_finish.searchsorted(minutes_left))
    b = int(view.rest_start.searchsorted(minutes_right))
    for start, finish in zip(view.rest_start[a:b].tolist(), view.rest_finish[a:b].tolist(), strict=True):
        if scale.is_hourly:
            x, end = chart.x(start), chart.x(finish)
        else:
            first_day, last_day = -(-start // 1440), finish // 1440
            if start % 1440 and start % 1440 <= view.day_open:
                first_day -= 1
            if last_day <= first_day:
                continue
            x, end = first_day * scale.day_width - chart.left, last_day * scale.day_width - chart.left
        painter.fillRect(QRectF(nearest(x), top, nearest(end) - nearest(x), bottom - top), chart.look.rest)
