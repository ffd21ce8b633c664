"""What floats over a chart while the mouse holds or nears a bar: outline, link line, handle and note."""

from __future__ import annotations

from textwrap import wrap

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from ui.theme import RADIUS_CONTROL, mixed, tokens
from ui.widgets.gantt_chart import Chart
from ui.widgets.gantt_drag import Drag, Grip

_LONGEST_LINE = 56
"""Letters a line of the note may have before it goes on in the next."""


def draw_handle(painter: QPainter, chart: Chart, row: int) -> None:
    """Draw the small ring right of a bar from which a link can be dragged."""
    if not 0 <= row < len(chart.view.bars):
        return
    box = chart.bar(row)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(chart.look.drag)
    painter.setBrush(chart.look.surface)
    painter.drawEllipse(QPointF(box.right() + 6, box.center().y()), 3.5, 3.5)


def draw_drag(painter: QPainter, chart: Chart, drag: Drag, *, has_preview: bool) -> None:
    """Draw where the held bar would go, or the line to the bar it would be linked to."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    if drag.grip is Grip.LINK:
        box = chart.bar(drag.row)
        painter.setPen(chart.look.drag)
        painter.drawLine(QLineF(box.right(), box.center().y(), drag.pointer_x, drag.pointer_y))
        if drag.target_row >= 0:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(chart.bar(drag.target_row).adjusted(-2, -2, 2, 2), 4, 4)
        return
    if has_preview:
        return
    box = chart.bar(drag.row)
    if drag.grip is Grip.PROGRESS:
        x = box.left() + box.width() * drag.percent / 100
        painter.setPen(chart.look.drag)
        painter.drawLine(QLineF(x, box.top() - 3, x, box.bottom() + 3))
        return
    left = chart.x(drag.start)
    ghost = QRectF(left, box.top(), max(4.0, chart.x(drag.finish) - left), box.height())
    fill = QColor(chart.look.drag.color())
    fill.setAlpha(60)
    painter.setPen(chart.look.drag)
    painter.setBrush(fill)
    painter.drawRoundedRect(ghost, 3, 3)


def draw_note(painter: QPainter, chart: Chart, drag: Drag, text: str) -> None:
    """Draw the dates of a gesture in a small card beside the pointer, always inside the picture."""
    if not text:
        return
    t = tokens()
    painter.setFont(chart.look.body_font)
    lines = [part for line in text.split("\n") for part in wrap(line, _LONGEST_LINE)]
    metrics = chart.look.label_metrics
    wide = max(metrics.horizontalAdvance(line) for line in lines) + 20
    tall = len(lines) * 18 + 12
    x = min(max(4.0, drag.pointer_x + 14), chart.width - wide - 6)
    y = drag.pointer_y + 18
    if y + tall > chart.height - 4:
        y = drag.pointer_y - tall - 12
    card = QRectF(round(x) + 0.5, round(max(4.0, y)) + 0.5, round(wide), tall)
    path = QPainterPath()
    path.addRoundedRect(card, RADIUS_CONTROL, RADIUS_CONTROL)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    shade = QColor(0, 0, 0, 90 if t.is_dark else 28)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    painter.drawRoundedRect(card.translated(0, 2), RADIUS_CONTROL, RADIUS_CONTROL)
    painter.setPen(QColor(mixed(t.strong_border, t.surface, 0.7)))
    painter.setBrush(QColor(t.surface))
    painter.drawPath(path)
    painter.setPen(QColor(t.text))
    for at, line in enumerate(lines):
        place = QRectF(card.left() + 10, card.top() + 6 + at * 18, card.width() - 10, 18)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)
