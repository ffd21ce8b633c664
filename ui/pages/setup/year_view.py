"""A year on a small sheet, a line a month: the days on which a calendar exception falls."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.text import tr, trn
from app.views.formats import month_names, weekday_text
from ui.theme import SMALL, Role, ThemeWatch, font, tokens

_HEAD, _LINE, _DAY, _NAMES = 24, 13, 12, 40
_SAID = 12
"""So many days are read out; the rest is a number."""


class YearView(QWidget):
    """Paints the days of a year; ``year_moved`` carries the year that an arrow, or its key, asks for."""

    year_moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.year = 2000
        self.days: frozenset[date] = frozenset()
        self._locale = "en_GB"
        self.setAccessibleName(tr("The year’s days"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ThemeWatch(self, self.update)

    def show_year(self, year: int, days: Collection[date], locale: str) -> None:
        """Show a year with some of its days marked."""
        self.year, self.days, self._locale = year, frozenset(days), locale
        said = [weekday_text(day, locale) for day in sorted(self.days)]
        rest = [f"+{len(said) - _SAID}"] if len(said) > _SAID else []
        self.setAccessibleDescription(", ".join([self.title, *said[:_SAID], *rest]))
        self.update()

    @property
    def title(self) -> str:
        """The year and how many days are marked in it."""
        return f"{self.year} · " + trn("{count} day", "{count} days", len(self.days))

    def day_at(self, point: QPointF) -> date | None:
        """The day painted at a point."""
        month = int((point.y() - _HEAD) // _LINE) + 1
        day = int((point.x() - _NAMES) // _DAY) + 1
        if point.y() < _HEAD or not 1 <= month <= 12:
            return None
        return date(self.year, month, day) if 1 <= day <= monthrange(self.year, month)[1] else None

    def _go(self, years: int) -> None:
        if 1984 <= self.year + years <= 2149:
            self.year_moved.emit(self.year + years)

    def _arrow(self, place: int) -> QRectF:
        """Where the arrow to the year before (0) or after (1) is painted."""
        return QRectF(_NAMES + 31 * _DAY - 48 + place * 24, 0, 24, _HEAD - 2)

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(_NAMES + 31 * _DAY + 1, _HEAD + 12 * _LINE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens()
        with QPainter(self) as painter:
            painter.setPen(QColor(t.accent if self.hasFocus() else t.secondary))
            painter.setFont(font(Role.CAPTION_STRONG, tabular=True))
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, 0, 260, _HEAD - 2), middle, self.title)
            for place, words in enumerate("‹›"):
                painter.drawText(self._arrow(place), Qt.AlignmentFlag.AlignCenter, words)
            names = month_names(self._locale, is_short=True)
            painter.setFont(font(Role.CAPTION))
            for month in range(1, 13):
                top = _HEAD + (month - 1) * _LINE
                painter.setPen(QColor(t.hint))
                painter.drawText(QRectF(0, top, _NAMES - SMALL, _LINE), middle, names[month - 1])
                for day in range(1, monthrange(self.year, month)[1] + 1):
                    on = date(self.year, month, day)
                    ground = t.watch if on in self.days else t.border if on.weekday() > 4 else t.sunken
                    painter.fillRect(
                        QRectF(_NAMES + (day - 1) * _DAY, top + 1, _DAY - 1, _LINE - 2), QColor(ground)
                    )

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if day is None else weekday_text(day, self._locale), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place, years in enumerate((-1, 1)):
            if self._arrow(place).contains(event.position()):
                self._go(years)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_PageUp):
            self._go(-1)
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_PageDown):
            self._go(1)
        else:
            super().keyPressEvent(event)
