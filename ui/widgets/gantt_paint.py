"""Draws a Gantt chart with a QPainter: the same code for the window, for paper and for pictures."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPolygonF

from app.text import tr
from app.views.gantt_shapes import NOWHERE, BarKind, GanttView, Ints
from ui.widgets.gantt_links import MOST_PASSING, Elbow, Ends, LinkIndex, draw_links, elbow
from ui.widgets.gantt_look import BAR, BRACKET, DIAMOND, GHOST, LABEL_GAP, TIER, Fill, GanttLook
from ui.widgets.time_axis import Floats, TimeScale, Unit, cells, tiers

_NARROWEST_BAR = 3.0
# Looking a member up in an enum costs as much as drawing a line, and bars are drawn by the thousand.
_NOTHING, _TASK, _SUMMARY, _MILESTONE = (int(kind) for kind in BarKind)
_PLAIN, _CRITICAL, _STRONG, _STRONG_CRITICAL = range(4)


@dataclass(slots=True)
class Chart:
    """One picture of a chart: what is drawn, at which scale, and which part of it is on view.

    `left` is the scale's pixel at the picture's left edge, `top` the pixel of the rows at its upper
    edge. `chain_links` are drawn strong and fade the other links; `selected` and `hovered` are rows.
    """

    view: GanttView
    index: LinkIndex
    scale: TimeScale
    look: GanttLook
    left: float
    top: float
    width: float
    height: float
    row: int = 28
    locale: str = "en_GB"
    today: int | None = None
    selected: frozenset[int] = frozenset()
    hovered: int = -1
    chain_links: frozenset[int] = frozenset()
    hidden: int = -1
    shows_labels: bool = True
    shows_baseline: bool = True
    shows_float: bool = True
    shows_links: bool = True

    def x(self, moment: int) -> float:
        """A moment's place in the picture."""
        return self.scale.x(moment) - self.left

    def row_top(self, row: int) -> float:
        """The upper edge of a row in the picture."""
        return row * self.row - self.top

    def rows_on_view(self) -> tuple[int, int]:
        """The first and the last row that can be seen; the last is before the first when none can."""
        first = max(0, int(self.top // self.row))
        return first, min(len(self.view.bars) - 1, int((self.top + self.height - 1) // self.row))

    def bar(self, row: int) -> QRectF:
        """The rectangle of a row's sign: the bar, the diamond, or the bracket."""
        bars = self.view.bars
        y = self.row_top(row)
        left = self.x(int(bars.start[row]))
        if bars.kind[row] == _MILESTONE:
            return QRectF(left - DIAMOND / 2, y + (self.row - DIAMOND) / 2, DIAMOND, DIAMOND)
        wide = max(_NARROWEST_BAR, self.x(int(bars.finish[row])) - left)
        tall = bar_height(self.row)
        return QRectF(left, y + (self.row - tall) / 2, wide, tall)

    def ends(self, row: int) -> Ends:
        """Where links tie on to a row's sign."""
        box = self.bar(row)
        if self.view.bars.kind[row] == _SUMMARY:
            return box.left(), box.right(), box.top() + 2, box.top() + BRACKET + 2
        return box.left(), box.right(), box.top(), box.bottom()


def bar_height(row: int) -> int:
    """A bar's height in rows of that height: 16 of 28, less where rows are compact."""
    return min(BAR, row - 10) if row < 28 else BAR


def draw_chart(painter: QPainter, chart: Chart) -> None:
    """Draw everything but the header."""
    draw_ground(painter, chart)
    if chart.shows_links and chart.scale.day_width >= 0.5:
        draw_all_links(painter, chart)
    draw_bars(painter, chart)
    draw_dates(painter, chart)


def draw_ground(painter: QPainter, chart: Chart) -> None:
    """Draw rest, selection, and the faint lines."""
    look = chart.look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(0, 0, chart.width, chart.height), look.surface)
    first, last = chart.rows_on_view()
    _draw_rest(painter, chart)
    for row in range(first, last + 1):
        if row in chart.selected or row == chart.hovered:
            ground = look.selected if row in chart.selected else look.hovered
            painter.fillRect(QRectF(0, chart.row_top(row), chart.width, chart.row), ground)
    upper, lower = tiers(chart.scale)
    right = chart.left + chart.width
    painter.setPen(look.grid_line)
    _draw_verticals(painter, chart, lower, right)
    painter.setPen(look.month_line)
    _draw_verticals(painter, chart, upper, right)
    painter.setPen(look.row_line)
    painter.drawLines(
        [
            QLineF(0, y, chart.width, y)
            for row in range(first, last + 1)
            for y in (chart.row_top(row) + chart.row - 0.5,)
        ]
    )


def _draw_verticals(painter: QPainter, chart: Chart, unit: Unit, right: float) -> None:
    wide = chart.scale.day_width
    places = cells(chart.scale, unit, chart.left, right, chart.locale, chart.view.week_start)
    painter.drawLines(
        [
            QLineF(x, 0, x, chart.height)
            for cell in places
            for x in (round(cell.first * wide - chart.left) - 0.5,)
        ]
    )


def _draw_rest(painter: QPainter, chart: Chart) -> None:
    scale, view = chart.scale, chart.view
    if scale.day_width < 4 or not len(view.rest_start):
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
        painter.fillRect(QRectF(round(x), 0, round(end) - round(x), chart.height), chart.look.rest)


def draw_all_links(painter: QPainter, chart: Chart) -> None:
    """Draw the links of the rows on view: faint ones, critical ones, and the chosen chain on top."""
    first, last = chart.rows_on_view()
    links, look = chart.view.links, chart.look
    if last < first or not len(links):
        return
    sorts: tuple[list[Elbow], ...] = ([], [], [], [])
    numbers, before, after = _links_on_view(chart, first, last)
    kinds, hot = links.kind[numbers].tolist(), links.critical[numbers].tolist()
    for number, one, other, kind, is_critical in zip(
        numbers.tolist(), before, after, kinds, hot, strict=True
    ):
        place = (_STRONG if number in chart.chain_links else _PLAIN) + int(is_critical)
        sorts[place].append(elbow(kind, one, other))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    has_chain = bool(chart.chain_links)
    draw_links(painter, sorts[_PLAIN], look.link_faded if has_chain else look.link)
    draw_links(painter, sorts[_CRITICAL], look.link_faded if has_chain else look.link_critical)
    draw_links(painter, sorts[_STRONG], look.link_strong)
    draw_links(painter, sorts[_STRONG_CRITICAL], look.link_strong_critical)


def _links_on_view(chart: Chart, first: int, last: int) -> tuple[Ints, list[Ends], list[Ends]]:
    """The links that can be seen, with the ends of both their bars; all in a few array steps."""
    links, kind = chart.view.links, chart.view.bars.kind
    numbers = chart.index.near(first, last)
    one, other = links.predecessor[numbers], links.successor[numbers]
    drawn = (kind[one] != _NOTHING) & (kind[other] != _NOTHING)
    if chart.hidden >= 0:
        drawn &= (one != chart.hidden) & (other != chart.hidden)
    numbers, one, other = numbers[drawn], one[drawn], other[drawn]
    a_left, a_right, a_top, a_bottom = _all_ends(chart, one)
    b_left, b_right, b_top, b_bottom = _all_ends(chart, other)
    seen = (np.maximum(a_right, b_right) > -16) & (np.minimum(a_left, b_left) < chart.width + 16)
    passes = seen & (np.minimum(one, other) < first) & (np.maximum(one, other) > last)
    if int(passes.sum()) > MOST_PASSING:
        seen &= ~passes
    before = np.stack((a_left, a_right, a_top, a_bottom), 1)[seen].tolist()
    after = np.stack((b_left, b_right, b_top, b_bottom), 1)[seen].tolist()
    return numbers[seen], before, after


def _all_ends(chart: Chart, rows: Ints) -> tuple[Floats, Floats, Floats, Floats]:
    """`Chart.ends` for many rows."""
    bars = chart.view.bars
    kind, tall = bars.kind[rows], bar_height(chart.row)
    left = chart.scale.xs(bars.start[rows]) - chart.left
    right = np.maximum(left + _NARROWEST_BAR, chart.scale.xs(bars.finish[rows]) - chart.left)
    is_diamond, is_bracket = kind == _MILESTONE, kind == _SUMMARY
    right = np.where(is_diamond, left + DIAMOND / 2, right)
    left = np.where(is_diamond, left - DIAMOND / 2, left)
    middle = rows * float(chart.row) - chart.top + chart.row / 2
    top = np.where(is_diamond, middle - DIAMOND / 2, middle - tall / 2)
    bottom = np.where(is_diamond, middle + DIAMOND / 2, middle + tall / 2)
    return left, right, np.where(is_bracket, top + 2, top), np.where(is_bracket, top + BRACKET + 2, bottom)


def draw_bars(painter: QPainter, chart: Chart) -> None:
    """Draw the signs of the rows on view with all that hangs on them."""
    first, last = chart.rows_on_view()
    bars = chart.view.bars
    painter.setFont(chart.look.body_font)
    for row in range(first, last + 1):
        kind = bars.kind[row]
        if kind == _NOTHING or row == chart.hidden or bars.start[row] == NOWHERE:
            continue
        box = chart.bar(row)
        right = _draw_trailers(painter, chart, row, box)
        if box.left() <= chart.width and right >= 0:
            if kind == _TASK:
                _draw_task(painter, chart, row, box)
            elif kind == _SUMMARY:
                _draw_summary(painter, chart, row, box)
            else:
                _draw_milestone(painter, chart, row, box)
        if chart.shows_labels and bars.labels[row]:
            _draw_label(painter, chart, row, max(box.right(), right))


def _draw_trailers(painter: QPainter, chart: Chart, row: int, box: QRectF) -> float:
    """Draw ghost, float and deadline; give the right edge of what was drawn."""
    bars, look = chart.view.bars, chart.look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    right = box.right()
    below = chart.row_top(row) + (chart.row + bar_height(chart.row)) / 2 + 1
    was_start, was_finish = int(bars.baseline_start[row]), int(bars.baseline_finish[row])
    if chart.shows_baseline and was_start != NOWHERE and was_finish != NOWHERE:
        x, end = chart.x(was_start), chart.x(was_finish)
        if bars.kind[row] == _MILESTONE:
            x, end = x - 4, x + 4
        painter.fillRect(QRectF(round(x), below, max(3, round(end - x)), GHOST), look.ghost)
    late = int(bars.float_until[row])
    if chart.shows_float and late != NOWHERE and late > bars.finish[row] and not bars.inactive[row]:
        y = round(box.center().y()) + 0.5
        end = chart.x(late)
        if end - right >= 3:
            painter.setPen(look.floating)
            painter.drawLines([QLineF(right + 1, y, end, y), QLineF(end, y - 3, end, y + 3)])
            right = end
    due = int(bars.deadline[row])
    if due != NOWHERE:
        x = chart.x(due)
        missed = int(bars.finish[row]) > due
        _draw_arrow(painter, x, box, look.deadline_missed if missed else look.deadline)
        if -4 <= x - right <= 8:
            right = x + 4
    return right


def _draw_arrow(painter: QPainter, x: float, box: QRectF, brush: QBrush) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(brush)
    y = box.center().y() + 5
    shape = ((-1, -10), (1, -10), (1, -5), (4.5, -5), (0, 0), (-4.5, -5), (-1, -5))
    painter.drawPolygon(QPolygonF([QPointF(x + dx, y + dy) for dx, dy in shape]))


def _fill_of(chart: Chart, row: int) -> Fill:
    bars, look = chart.view.bars, chart.look
    if bars.inactive[row]:
        return look.inactive
    if bars.manual[row]:
        return look.manual_critical if bars.critical[row] else look.manual
    return look.critical if bars.critical[row] else look.task


def _draw_task(painter: QPainter, chart: Chart, row: int, box: QRectF) -> None:
    bars = chart.view.bars
    fill = _fill_of(chart, row)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    pieces = bars.segments.get(row)
    if pieces:
        y = round(box.center().y()) + 0.5
        painter.setPen(chart.look.floating)
        painter.drawLine(QLineF(box.left(), y, box.right(), y))
    else:
        pieces = ((int(bars.start[row]), int(bars.finish[row])),)
    done = int(bars.done_until[row])
    for start, finish in pieces:
        left = chart.x(start)
        part = QRectF(left, box.top(), max(_NARROWEST_BAR, chart.x(finish) - left), box.height())
        part = part.intersected(QRectF(-16, part.top(), chart.width + 32, part.height()))
        if part.isEmpty():
            continue
        draw_bar(painter, part, fill)
        if done != NOWHERE and done > start and not bars.inactive[row]:
            end = min(chart.x(min(done, finish)), part.right())
            band = QRectF(part.left() + 2, part.center().y() - 3, end - part.left() - 4, 6)
            if band.width() > 0:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(fill.done)
                painter.drawRoundedRect(band, 2, 2)


def draw_bar(painter: QPainter, box: QRectF, fill: Fill) -> None:
    """Draw one bar body with its outline inside the rectangle."""
    painter.setPen(fill.edge)
    painter.setBrush(fill.body)
    inset = fill.edge.widthF() / 2
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 3, 3)


def _draw_summary(painter: QPainter, chart: Chart, row: int, box: QRectF) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(chart.look.label_muted.brush() if chart.view.bars.inactive[row] else chart.look.summary)
    left, right, top = box.left(), box.right(), box.top() + 2
    foot = min(6.0, (right - left) / 2)
    shape = (
        (left, top),
        (right, top),
        (right, top + BRACKET + 5),
        (right - foot, top + BRACKET),
        (left + foot, top + BRACKET),
        (left, top + BRACKET + 5),
    )
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape]))
    done = int(chart.view.bars.done_until[row])
    if done != NOWHERE and not chart.view.bars.inactive[row]:
        end = min(chart.x(done), right) - 1
        if end > left + 1:
            painter.setBrush(chart.look.task.done)
            painter.drawRect(QRectF(left + 1, top + 2, end - left - 1, 2))


def _draw_milestone(painter: QPainter, chart: Chart, row: int, box: QRectF) -> None:
    bars, look = chart.view.bars, chart.look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    fill = look.inactive if bars.inactive[row] else look.critical
    painter.setPen(fill.edge if bars.critical[row] or bars.inactive[row] else Qt.PenStyle.NoPen)
    painter.setBrush(look.inactive.body if bars.inactive[row] else look.diamond)
    c, half = box.center(), DIAMOND / 2
    painter.drawPolygon(
        QPolygonF(
            [QPointF(c.x() + dx, c.y() + dy) for dx, dy in ((0, -half), (half, 0), (0, half), (-half, 0))]
        )
    )


def _draw_label(painter: QPainter, chart: Chart, row: int, right: float) -> None:
    look, text = chart.look, chart.view.bars.labels[row]
    x = right + LABEL_GAP
    if x > chart.width or x < -600:
        return
    middle = chart.row_top(row) + chart.row / 2
    painter.setPen(look.label_muted if chart.view.bars.inactive[row] else look.label)
    painter.drawText(QPointF(round(x), round(middle + look.label_metrics.capHeight() / 2)), text)


def draw_dates(painter: QPainter, chart: Chart) -> None:
    """Draw the status date as a solid line and today as a dashed one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    for moment, pen in ((chart.view.status_date, chart.look.status), (chart.today, chart.look.today)):
        if moment is not None:
            x = round(chart.x(moment)) + 0.5
            if -2 <= x <= chart.width + 2:
                painter.setPen(pen)
                painter.drawLine(QLineF(x, 0, x, chart.height))


def draw_header(painter: QPainter, chart: Chart) -> None:
    """Draw the two header rows over the chart, `2 * TIER` high, from the painter's origin."""
    look = chart.look
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.fillRect(QRectF(0, 0, chart.width, 2 * TIER), look.header)
    upper, lower = tiers(chart.scale)
    _draw_tier(painter, chart, upper, 0, is_upper=True)
    _draw_tier(painter, chart, lower, TIER, is_upper=False)
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


def _draw_tier(painter: QPainter, chart: Chart, unit: Unit, y: int, *, is_upper: bool) -> None:
    look, wide = chart.look, chart.scale.day_width
    right = chart.left + chart.width
    for cell in cells(chart.scale, unit, chart.left, right, chart.locale, chart.view.week_start):
        x, end = cell.first * wide - chart.left, cell.last * wide - chart.left
        painter.setPen(look.month_line if is_upper else look.grid_line)
        edge = round(x) - 0.5
        painter.drawLine(QLineF(edge, y, edge, y + TIER))
        painter.setFont(look.head_strong_font if is_upper else look.head_font)
        painter.setPen(look.header_strong if is_upper else look.header_text)
        if is_upper:
            _draw_upper_text(painter, cell.text, max(x, 0.0), end, y)
        elif chart.scale.is_hourly:
            # An hour is a moment, so its figure stands at the line and not in the middle of a cell.
            painter.drawText(QRectF(x + 4, y, end - x, TIER), Qt.AlignmentFlag.AlignVCenter, cell.text)
        else:
            painter.drawText(QRectF(x, y, end - x, TIER), Qt.AlignmentFlag.AlignCenter, cell.text)


def _draw_upper_text(painter: QPainter, text: str, x: float, end: float, y: int) -> None:
    # The text stays on view while there is room for it in its cell.
    needed = painter.fontMetrics().horizontalAdvance(text) + 8
    if end - x >= needed:
        painter.drawText(QRectF(x + 6, y, needed, TIER), Qt.AlignmentFlag.AlignVCenter, text)


def draw_legend(painter: QPainter, chart: Chart) -> None:
    """Draw what each sign means in one line of 20 pixels, for paper and pictures."""
    look, x, middle = chart.look, 0.0, 10.0
    painter.setFont(look.body_font)
    wanted: list[tuple[str, Fill | None]] = [
        (tr("Task"), look.task),
        (tr("Critical"), look.critical),
        (tr("By hand"), look.manual),
        (tr("Inactive"), look.inactive),
        (tr("Milestone"), None),
    ]
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
    painter.fillRect(QRectF(x, middle - 2, 22, GHOST), look.ghost)
    x = _legend_word(painter, look, tr("Baseline"), x + 28, middle)
    for words, pen in ((tr("Status date"), look.status), (tr("Today"), look.today)):
        painter.setPen(pen)
        painter.drawLine(QLineF(x + 4, middle - 7, x + 4, middle + 7))
        x = _legend_word(painter, look, words, x + 12, middle)


def _legend_word(painter: QPainter, look: GanttLook, words: str, x: float, middle: float) -> float:
    painter.setPen(look.label)
    painter.drawText(QPointF(x, middle + look.label_metrics.capHeight() / 2), words)
    return x + look.label_metrics.horizontalAdvance(words) + 18
