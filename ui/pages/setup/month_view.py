"""A month of a calendar, painted: worked days, free days, and those that differ, with names on hover."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.text import tr
from app.views.calendars import CalendarDay, CalendarMonth
from app.views.formats import day_text
from ui.theme import HAIR, RADIUS_BAR, SMALL, Role, ThemeWatch, Tokens, font, tokens
from ui.widgets.label import plain_tip

_HEAD, _ROW, _LEGEND = 24, 30, 26
_LEAST_NAME = 56
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class MonthView(QWidget):
    """Paints a ``CalendarMonth``.

    ``day_moved`` carries the day the caret went to, which may lie in another month; ``day_opened``
    the day that was double-clicked or entered.
    """

    day_moved = Signal(object)
    day_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = CalendarMonth("", ("",) * 7, (), 0, "")
        self.day = date(2000, 1, 1)
        self.locale_name = "en_GB"
        self.setAccessibleName(tr("Month"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        ThemeWatch(self, self.update)

    def show_month(self, month: CalendarMonth, day: date, locale: str) -> None:
        """Show a month with the caret on one of its days."""
        self.month, self.day, self.locale_name = month, day, locale
        found = self.shown_day(day)
        self.setAccessibleDescription("" if found is None else self.said(found))
        self.update()

    def shown_day(self, day: date) -> CalendarDay | None:
        """What is shown of a day, if it is in sight."""
        return next((one for week in self.month.weeks for one in week if one.day == day), None)

    def said(self, one: CalendarDay) -> str:
        """A day in words: its date, its hours, and the name of what makes it differ."""
        hours = one.hours or tr("not working")
        parts = [day_text(one.day, self.locale_name), one.name, hours]
        if one.is_inherited:
            parts.append(tr("from the base calendar"))
        return " · ".join(part for part in parts if part)

    def rect_of(self, day: date) -> QRectF:
        """Where a day is painted; empty for one that is not in sight."""
        for row, week in enumerate(self.month.weeks):
            for column, one in enumerate(week):
                if one.day == day:
                    return self._cell(row, column)
        return QRectF()

    def day_at(self, point: QPointF) -> CalendarDay | None:
        """The day painted at a point."""
        for row, week in enumerate(self.month.weeks):
            for column, one in enumerate(week):
                if self._cell(row, column).contains(point):
                    return one
        return None

    def _cell(self, row: int, column: int) -> QRectF:
        wide = self.width() / 7
        return QRectF(column * wide, _HEAD + row * _ROW, wide, _ROW)

    def _go(self, day: date) -> None:
        if date(1984, 1, 1) <= day <= date(2149, 12, 31):
            self.day_moved.emit(day)

    def _paint_day(self, painter: QPainter, t: Tokens, one: CalendarDay, room: QRectF) -> None:
        box = room.adjusted(1, 1, -1, -1)
        ground, ink = _colours(t, one)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, RADIUS_BAR, RADIUS_BAR)
        if one.day == self.day:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.accent if self.hasFocus() else t.strong_border), 2))
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS_BAR, RADIUS_BAR)
        painter.setPen(QColor(ink))
        is_special = one.kind != "usual" and one.is_in_month
        painter.setFont(font(Role.BODY_STRONG if is_special else Role.BODY, tabular=True))
        painter.drawText(
            box.adjusted(SMALL, 0, 0, 0),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            str(one.day.day),
        )
        if one.name and one.is_in_month:
            painter.setFont(font(Role.CAPTION))
            room_left = box.adjusted(30, 0, -HAIR, 0)
            words = one.name
            if painter.fontMetrics().horizontalAdvance(words) > room_left.width():
                # A stump of two letters says less than none; the name is in the hint as well.
                wide = int(room_left.width()) if room_left.width() >= _LEAST_NAME else 0
                words = (
                    painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, wide) if wide else ""
                )
            painter.drawText(room_left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_legend(self, painter: QPainter, t: Tokens) -> None:
        top = _HEAD + 6 * _ROW + 8
        left = 1.0
        painter.setFont(font(Role.CAPTION))
        for ground, words in (
            (t.surface, tr("Working")),
            (t.sunken, tr("Not working")),
            (t.watch_weak, tr("Exception")),
            (t.accent_weak, tr("Other week")),
        ):
            painter.setPen(QPen(QColor(t.border), 1))
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(left + 0.5, top + 2.5, 12, 12), RADIUS_BAR, RADIUS_BAR)
            painter.setPen(QColor(t.secondary))
            wide = painter.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRectF(left + 18, top, wide + 2, 17), Qt.AlignmentFlag.AlignVCenter, words)
            left += 18 + wide + 16

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(420, _HEAD + 6 * _ROW + _LEGEND)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, _HEAD + 6 * _ROW + _LEGEND)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font(Role.CAPTION_STRONG))
            painter.setPen(QColor(t.secondary))
            wide = self.width() / 7
            for column, name in enumerate(self.month.weekdays):
                painter.drawText(
                    QRectF(column * wide + SMALL + 1, 0, wide, _HEAD), Qt.AlignmentFlag.AlignVCenter, name
                )
            for row, week in enumerate(self.month.weeks):
                for column, one in enumerate(week):
                    self._paint_day(painter, t, one, self._cell(row, column))
            self._paint_legend(painter, t)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            one = self.day_at(QPointF(event.pos()))
            if one is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain_tip(self.said(one)), self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        one = self.day_at(event.position())
        if one is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go(one.day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        one = self.day_at(event.position())
        if one is not None and event.button() == Qt.MouseButton.LeftButton:
            self.day_opened.emit(one.day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._go(self.day + timedelta(days=_STEPS[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._go(month_on(self.day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_opened.emit(self.day)
        else:
            super().keyPressEvent(event)


def month_on(day: date, months: int) -> date:
    """The same day of the month some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))


def _colours(t: Tokens, one: CalendarDay) -> tuple[str, str]:
    """The ground and the ink of a day."""
    if not one.is_in_month:
        return t.surface, t.strong_border
    if one.kind == "exception":
        return t.watch_weak, t.watch
    if one.kind == "work_week":
        return t.accent_weak, t.accent
    return (t.surface, t.text) if one.is_working else (t.sunken, t.hint)
