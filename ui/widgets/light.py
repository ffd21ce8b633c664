"""Status lights: a shape, a letter and a colour, so that nobody depends on the colour alone."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from ui.theme import FAMILY, tokens

SIDE = 16
LETTERS = {"good": "G", "watch": "A", "bad": "R"}
STATES = {letter: state for state, letter in LETTERS.items()}


def paint_light(painter: QPainter, centre: QPointF, state: str, side: float = SIDE) -> None:
    """Paint a light: circle G for good, triangle A for watch, octagon R for bad, a ring for none."""
    t = tokens()
    half = side / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state not in LETTERS:
        painter.setPen(QPen(QColor(t.strong_border), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, half - 2.5, half - 2.5)
        painter.restore()
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(getattr(t, state)))
    drop = 0.0
    if state == "good":
        painter.drawEllipse(centre, half - 0.5, half - 0.5)
    elif state == "watch":
        painter.setPen(
            QPen(
                QColor(t.watch), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            )
        )
        corners = [QPointF(0, -half + 1.5), QPointF(half - 1, half - 2), QPointF(-half + 1, half - 2)]
        painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))
        drop = side * 0.16
    else:
        turns = [math.pi / 8 + at * math.pi / 4 for at in range(8)]
        painter.drawPolygon(
            QPolygonF([centre + QPointF(math.cos(a), math.sin(a)) * (half + 0.2) for a in turns])
        )
    letter = QFont(FAMILY)
    letter.setPixelSize(round(side * (0.5 if state == "watch" else 0.62)))
    letter.setWeight(QFont.Weight.DemiBold)
    painter.setFont(letter)
    painter.setPen(QColor(t.on_accent))
    box = QRectF(centre.x() - half, centre.y() - half + drop, side, side)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, LETTERS[state])
    painter.restore()


def light_picture(state: str, ratio: float) -> QPixmap:
    """Give a light as a picture for the given screen scale, for where many are drawn."""
    side = round((SIDE + 2) * ratio)
    made = QPixmap(side, side)
    made.fill(Qt.GlobalColor.transparent)
    made.setDevicePixelRatio(ratio)
    with QPainter(made) as painter:
        paint_light(painter, QPointF(SIDE / 2 + 1, SIDE / 2 + 1), state)
    return made
