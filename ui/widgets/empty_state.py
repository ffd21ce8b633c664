"""What a page without content says: what it is for, and one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import icons
from ui.theme import LARGE, SMALL, Role, ThemeWatch, font
from ui.widgets.label import Label
from ui.widgets.page_frame import button


class EmptyState(QWidget):
    """One sentence and one primary button, under a calm drawing."""

    def __init__(
        self,
        sentence: str,
        act: tuple[str, Callable[[], object]] | None = None,
        *,
        title: str = "",
        drawing: str = "inbox",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._picture = Label("", self)
        self._sentence = Label(sentence, self)
        self._sentence.setProperty("tone", "secondary")
        self._sentence.setWordWrap(True)
        self._sentence.setFixedWidth(420)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._picture, 0, centre)
        column.addSpacing(LARGE)
        if title:
            headline = Label(title, self)
            headline.setFont(font(Role.SECTION))
            column.addWidget(headline, 0, centre)
            column.addSpacing(SMALL)
        column.addWidget(self._sentence, 0, centre)
        column.addSpacing(LARGE)
        if act:
            column.addWidget(button(*act, primary=True), 0, centre)
        column.addStretch(3)
        ThemeWatch(self, self.on_theme_changed)
        self.on_theme_changed()

    def _fit(self) -> None:
        """Give the sentence all its lines; a layout that centres a label asks for one line only."""
        self._sentence.setMinimumHeight(self._sentence.heightForWidth(self._sentence.width()))

    def on_theme_changed(self) -> None:
        self._picture.setPixmap(icons.pixmap(self._drawing, 40, "strong_border", self.devicePixelRatioF()))

    # Qt overrides

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
