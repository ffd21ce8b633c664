"""Key figures: label, figure, comparison and a line of the past; at most four in a strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import LARGE, MEDIUM, RADIUS_CARD, Role, ThemeWatch, font, tokens

_MOST = 4


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure ready to be shown; `tone` ('', good, watch, bad) colours the comparison."""

    label: str
    figure: str
    comparison: str = ""
    tone: str = ""
    past: tuple[float, ...] = ()
    hint: str = ""


class KeyFigure(QWidget):
    """One figure on its card."""

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_figure(figure)
        ThemeWatch(self, self.update)

    def show_figure(self, figure: Figure) -> None:
        """Show another figure."""
        self.figure = figure
        self.setToolTip(figure.hint)
        self.setAccessibleName(f"{figure.label}: {figure.figure}")
        self.setAccessibleDescription(figure.comparison)
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(200, 104)

    def minimumSizeHint(self) -> QSize:
        return QSize(140, 104)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(t.border), 1))
            painter.setBrush(QColor(t.surface))
            painter.drawRoundedRect(
                self.rect().adjusted(0, 0, -1, -1).toRectF().translated(0.5, 0.5), RADIUS_CARD, RADIUS_CARD
            )
            box = self.rect().adjusted(LARGE, MEDIUM, -LARGE, -MEDIUM)
            left = Qt.AlignmentFlag.AlignLeft
            painter.setFont(font(Role.CAPTION))
            painter.setPen(QColor(t.secondary))
            painter.drawText(
                box, left | Qt.AlignmentFlag.AlignTop, self._cut(painter, self.figure.label, box.width())
            )
            large = font(Role.FIGURE, tabular=True)
            while (
                large.pixelSize() > 16
                and QFontMetrics(large).horizontalAdvance(self.figure.figure) > box.width()
            ):
                large.setPixelSize(large.pixelSize() - 1)
            painter.setFont(large)
            painter.setPen(QColor(t.text))
            painter.drawText(
                box.adjusted(0, 4, 0, 0), left | Qt.AlignmentFlag.AlignVCenter, self.figure.figure
            )
            line_px = 72 if len(self.figure.past) > 1 and box.width() > 190 else 0
            painter.setFont(font(Role.CAPTION, tabular=True))
            painter.setPen(QColor(getattr(t, self.figure.tone or "hint")))
            said = self._cut(
                painter, self.figure.comparison, box.width() - line_px - (MEDIUM if line_px else 0)
            )
            painter.drawText(box, left | Qt.AlignmentFlag.AlignBottom, said)
            if line_px:
                self._paint_past(painter, box.right() - line_px, box.bottom() - 24, line_px - 2, 22)

    def _cut(self, painter: QPainter, text: str, width: int) -> str:
        return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, width)

    def _paint_past(self, painter: QPainter, left: float, top: float, wide: float, high: float) -> None:
        past = self.figure.past
        low, span = min(past), (max(past) - min(past)) or 1
        points = [
            QPointF(left + wide * at / (len(past) - 1), top + high - high * (value - low) / span)
            for at, value in enumerate(past)
        ]
        ink = QColor(tokens().accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens().strong_border), 1.5))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(points[-1], 2.5, 2.5)


class KeyFigures(QWidget):
    """A strip of at most four figures."""

    def __init__(self, figures: Sequence[Figure] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(MEDIUM)
        self._cards: list[KeyFigure] = []
        self.show_figures(figures)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show other figures, four at most."""
        assert len(figures) <= _MOST, "a strip has at most four figures"
        while len(self._cards) > len(figures):
            card = self._cards.pop()
            self._row.removeWidget(card)
            card.deleteLater()
        for card, figure in zip(self._cards, figures, strict=False):
            card.show_figure(figure)
        for figure in figures[len(self._cards) :]:
            self._cards.append(KeyFigure(figure, self))
            self._row.addWidget(self._cards[-1])
