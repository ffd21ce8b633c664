"""Labels that show words as they are: nothing a person named or a file brought is taken for markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import QLabel, QStyle, QStyleOption, QWidget

_LEAST_LETTERS = 12


def plain_tip(text: str) -> str:
    """A tooltip's text such that Qt, which looks for markup in tooltips, shows it as it is."""
    if not Gui.mightBeRichText(text):
        return text
    return f'<p style="white-space:pre-wrap">{escape(text)}</p>'


class Label(QLabel):
    """A label of plain text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


class OneLine(Label):
    """A plain label that never asks for more than its place: what does not fit is cut, and shown on hover."""

    # Qt overrides

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().averageCharWidth() * _LEAST_LETTERS
        return QSize(min(least, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        return super().sizeHint().boundedTo(self.screen().availableSize())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        line = " ".join(self.text().split())
        shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(plain_tip(line) if shown != line else "")
        option = QStyleOption()
        option.initFrom(self)
        with QPainter(self) as painter:
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.setFont(self.font())
            painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
