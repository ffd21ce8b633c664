"""Messages any part may send, drawn in one place: toasts that go by themselves, bars that stay.

A caller gives plain sentences: what happened, what it means, what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QApplication,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.text import tr
from ui import icons
from ui.theme import LARGE, MEDIUM, RADIUS_CARD, SMALL, ThemeWatch, repolish, tokens
from ui.widgets.label import Label
from ui.widgets.page_frame import button

TOAST_MS = 7000
_MOST_TOASTS = 3
_LOOKS = {
    "note": ("info", "accent", "surface"),
    "good": ("circle-check", "good", "surface"),
    "watch": ("triangle-alert", "watch", "watch_weak"),
    "bad": ("octagon-x", "bad", "bad_weak"),
}

Act = tuple[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Notice:
    """What to say: `tone` is note, good, watch or bad; `details` can be copied, not read on screen."""

    sentence: str
    tone: str = "note"
    act: Act | None = None
    details: str = ""


class Notices(QObject):
    """Draws notices over one window: `toast` for what was done, `bar` for what needs the user."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._toasts: list[NoticeCard] = []
        self._bars: list[NoticeCard] = []
        self._bar_slot: QVBoxLayout | None = None
        window.installEventFilter(self)

    def place_bars_in(self, slot: QVBoxLayout) -> None:
        """Say where bars stand: between the window's menus and the page, pushing the page down."""
        self._bar_slot = slot

    def toast(
        self, sentence: str, act: Act | None = None, tone: str = "note", *, stays_ms: int = TOAST_MS
    ) -> None:
        """Say what was done, with a way back ('Undo'); it goes by itself unless one is at it."""
        while len(self._toasts) >= _MOST_TOASTS:
            self._toasts[0].close_notice()
        card = NoticeCard(Notice(sentence, tone, act), self._window, self._forget, stays_ms=stays_ms)
        self._toasts.append(card)
        # Placed before it is seen, or it would flash in the corner and take the pointer there for a reader.
        self._arrange()
        card.show()
        _announce(card)

    def bar(self, sentence: str, act: Act | None = None, tone: str = "watch", details: str = "") -> None:
        """Say what needs the user; it stays until it is closed. The same sentence is shown once."""
        if any(shown.notice.sentence == sentence for shown in self._bars):
            return
        card = NoticeCard(Notice(sentence, tone, act, details), self._window, self._forget)
        self._bars.append(card)
        if self._bar_slot is not None:
            self._bar_slot.addWidget(card)
        card.show()
        _announce(card)
        self._arrange()

    def take_away(self, sentence: str) -> None:
        """Take a bar away that is not true any more."""
        for card in [each for each in self._bars if each.notice.sentence == sentence]:
            card.close_notice()

    def sentences(self) -> list[str]:
        """Give what is being said, bars first."""
        return [card.notice.sentence for card in (*self._bars, *self._toasts)]

    def clear(self) -> None:
        """Take every notice away."""
        for card in (*self._bars, *self._toasts):
            card.close_notice()

    def _forget(self, card: NoticeCard) -> None:
        for kept in (self._toasts, self._bars):
            if card in kept:
                kept.remove(card)
        self._arrange()

    def _arrange(self) -> None:
        area = self._window.rect()
        bottom = area.bottom() - LARGE - 28
        for card in reversed(self._toasts):
            card.adjustSize()
            card.move(area.center().x() - card.width() // 2, bottom - card.height())
            card.raise_()
            bottom -= card.height() + SMALL
        if self._bar_slot is None:
            top = 0
            for card in self._bars:
                card.setGeometry(0, top, area.width(), card.sizeHint().height())
                card.raise_()
                top += card.height()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False


def _announce(card: NoticeCard) -> None:
    """Have a screen reader say the notice when it comes."""
    QAccessible.updateAccessibility(QAccessibleEvent(card, QAccessible.Event.Alert))


class NoticeCard(QWidget):
    """One notice; a toast floats and goes, a bar is as wide as the page and stays."""

    def __init__(
        self,
        notice: Notice,
        window: QWidget,
        closed: Callable[[NoticeCard], None],
        *,
        stays_ms: int = 0,
    ) -> None:
        super().__init__(window)
        self.notice = notice
        self._closed = closed
        self._floats = stays_ms > 0
        self.setAccessibleName(notice.sentence)
        drawing, tone, _ = _LOOKS[notice.tone]
        self._picture = Label("", self)
        self._drawing, self._tone = drawing, tone
        words = Label(notice.sentence, self)
        words.setWordWrap(not self._floats or len(notice.sentence) > 70)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if words.wordWrap() and self._floats:
            words.setFixedWidth(440)
        row = QHBoxLayout(self)
        row.setContentsMargins(MEDIUM, SMALL, SMALL, SMALL)
        row.setSpacing(SMALL)
        row.addWidget(self._picture)
        row.addWidget(words, 1)
        if notice.details:
            row.addWidget(button(tr("Copy details"), self.on_copy_wanted, quiet=True, small=True))
        if notice.act:
            row.addWidget(button(notice.act[0], self.on_acted, quiet=self._floats, small=True))
        shut = QToolButton(self)
        icons.dress(shut, "x", 16)
        shut.setToolTip(tr("Close"))
        shut.setAccessibleName(tr("Close"))
        shut.clicked.connect(self.close_notice)
        row.addWidget(shut)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(stays_ms)
        self._timer.timeout.connect(self.close_notice)
        for part in self.findChildren(QWidget):
            part.installEventFilter(self)
        if self._floats:
            self._timer.start()
            shadow = QGraphicsDropShadowEffect(self)
            shadow.setBlurRadius(24)
            shadow.setOffset(0, 4)
            shadow.setColor(QColor(0, 0, 0, 70))
            self.setGraphicsEffect(shadow)
        ThemeWatch(self, self.on_theme_changed)
        self.on_theme_changed()

    def close_notice(self) -> None:
        """Take the notice away."""
        self._timer.stop()
        self.hide()
        self._closed(self)
        self.deleteLater()

    def on_acted(self) -> None:
        act = self.notice.act
        self.close_notice()
        if act:
            act[1]()

    def on_copy_wanted(self) -> None:
        QGuiApplication.clipboard().setText(f"{self.notice.sentence}\n\n{self.notice.details}")

    def _heed(self, *, is_at_it: bool) -> None:
        """Let a toast stay while the pointer or the keyboard is at it."""
        if is_at_it:
            self._timer.stop()
        elif self._floats and not self.isHidden():
            self._timer.start()

    def on_theme_changed(self) -> None:
        self._picture.setPixmap(icons.pixmap(self._drawing, 16, self._tone, self.devicePixelRatioF()))
        repolish(self)

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._heed(is_at_it=event.type() == QEvent.Type.FocusIn or self.underMouse())
        return False

    def enterEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        self._heed(is_at_it=True)

    def leaveEvent(self, event) -> None:  # type: ignore[no-untyped-def]
        now = QApplication.focusWidget()
        self._heed(is_at_it=now is not None and self.isAncestorOf(now))

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens()
        with QPainter(self) as painter:
            ground = QColor(getattr(t, _LOOKS[self.notice.tone][2]))
            if self._floats:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(QColor(t.border), 1))
                painter.setBrush(QColor(t.surface))
                painter.drawRoundedRect(
                    self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_CARD, RADIUS_CARD
                )
            else:
                painter.fillRect(self.rect(), ground)
                painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(t.border))
