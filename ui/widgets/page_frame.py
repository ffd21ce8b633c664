"""What every page has: its title and the answer under it, actions, a filter bar, the content."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from ui import icons
from ui.theme import MEDIUM, SMALL, WIDE, Role, ThemeWatch, current, font, tokens
from ui.widgets.label import OneLine


class PageFrame(QWidget):
    """A page's frame; a page puts its content and filter bar in and adds actions, one of them primary."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.title, self.answer = OneLine(title, self), OneLine("", self)
        self.title.setFont(font(Role.TITLE))
        self.answer.setFont(font(Role.BODY, tabular=True))
        self.answer.setProperty("tone", "secondary")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.answer)
        self._primary: QPushButton | None = None
        self._has_tabs = False
        self._actions = QHBoxLayout()
        self._actions.setSpacing(SMALL)
        head = QHBoxLayout()
        head.setContentsMargins(WIDE, MEDIUM, WIDE, MEDIUM)
        head.addLayout(words, 1)
        head.addLayout(self._actions)
        self._filters = QHBoxLayout()
        self._filters.setContentsMargins(WIDE, 0, WIDE, MEDIUM)
        self._filters.setSpacing(SMALL)
        self._room = QFrame(self)
        self._stack = QStackedLayout(self._room)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(self._filters)
        rule = Rule(self)
        whole.addWidget(rule)
        whole.addWidget(self._room, 1)
        self._filters_margin()
        ThemeWatch(self, self.update)

    def show_answer(self, title: str, answer: str) -> None:
        """Show the page's title and, in one line, the answer to its question."""
        self.title.setText(title)
        self.answer.setText(answer)
        self.answer.setVisible(bool(answer))

    def add_action(
        self, text: str, then: Callable[[], object], drawing: str = "", *, primary: bool = False
    ) -> QPushButton:
        """Add a button at the head's right; the primary one stands last and is alone in its kind."""
        made = button(text, then, drawing, primary=primary)
        has_primary = self._primary is not None
        assert not (primary and has_primary), "a page has one primary action"
        self._actions.insertWidget(self._actions.count() - (1 if has_primary else 0), made)
        self._primary = made if primary else self._primary
        return made

    def add_filter(self, part: QWidget, *, stretch: int = 0) -> None:
        """Put a part into the filter bar."""
        self._filters.addWidget(part, stretch)
        self._filters_margin()

    def add_tabs(self, tabs: QWidget) -> None:
        """Put a row of tabs under the title, standing on the line that ends the head."""
        self._has_tabs = True
        self._filters.addWidget(tabs)
        self._filters.addStretch(1)
        self._filters_margin()

    def end_filters(self) -> None:
        """Push what comes next in the filter bar to the right edge."""
        self._filters.addStretch(1)

    def set_content(self, content: QWidget, *, inset: bool = False) -> None:
        """Give the page its content; `inset` sets a table in, so that its text stands under the title."""
        side = WIDE - SMALL if inset else 0
        self._room.setContentsMargins(side, 0, side, 0)
        self._stack.insertWidget(0, content)
        self._stack.setCurrentIndex(0)

    def show_instead(self, other: QWidget | None) -> None:
        """Show something in the content's place, such as an empty state; None brings the content back."""
        if other is None:
            self._stack.setCurrentIndex(0)
            return
        if self._stack.indexOf(other) < 0:
            self._stack.addWidget(other)
        self._stack.setCurrentWidget(other)

    def _filters_margin(self) -> None:
        foot = MEDIUM if self._filters.count() and not self._has_tabs else 0
        self._filters.setContentsMargins(WIDE, 0, WIDE, foot)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(tokens().surface))


class Rule(QWidget):
    """A line one pixel high."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(1)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(tokens().border))


def button(
    text: str,
    then: Callable[[], object],
    drawing: str = "",
    *,
    primary: bool = False,
    quiet: bool = False,
    small: bool = False,
) -> QPushButton:
    """Make a button: plain, primary (filled), quiet (a link in a button's place) or small."""
    made = QPushButton(text)
    made.setProperty("primary", primary)
    made.setProperty("quiet", quiet)
    made.setProperty("small", small)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setMinimumHeight(24 if small else current().metrics.control)
    made.clicked.connect(lambda _=False: then())
    if drawing:
        icons.dress(made, drawing, tone="on_accent" if primary else "accent" if quiet else "secondary")
    return made
