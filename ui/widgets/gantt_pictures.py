"""What a chart on the screen has drawn once and shows again: rows of ground, signs, and labels."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap, QStaticText, QTransform

_KEPT_SIGNS, _KEPT_LABELS = 2_000, 4_000


class Pictures:
    """Pixmaps and prepared texts of one canvas; `ratio` is the screen's pixels per unit.

    What is kept holds for one `look` and, of the ground, for one place and scale.
    """

    def __init__(self) -> None:
        self.ratio = 1.0
        self._look: Hashable = None
        self._place: Hashable = None
        self._rest: object = None
        self._grounds: dict[Hashable, QPixmap] = {}
        self._signs: dict[Hashable, QPixmap] = {}
        self._labels: dict[tuple[str, str], tuple[QStaticText, float]] = {}

    def follow(self, look: Hashable, ratio: float) -> None:
        """Forget what was drawn in other colours, sizes, or for another screen."""
        if (look, ratio) != (self._look, self.ratio):
            self._look, self.ratio = look, ratio
            self._grounds.clear()
            self._signs.clear()
            self._labels.clear()

    def ground(
        self,
        place: Hashable,
        rest: object,
        sort: Hashable,
        size: QSize,
        paper: QColor,
        draw: Callable[[QPainter], None],
    ) -> QPixmap:
        """One row of ground of that sort, opaque; those of another place, or of other rest, are forgotten."""
        if rest is not self._rest or place != self._place:
            self._place, self._rest = place, rest
            self._grounds.clear()
        found = self._grounds.get(sort)
        if found is None:
            found = self._grounds[sort] = self._drawn(size, paper, draw)
        return found

    def sign(self, key: Hashable, size: QSize, draw: Callable[[QPainter], None]) -> QPixmap:
        """The picture of a sign, drawn by `draw` from its upper left corner where there is none yet."""
        found = self._signs.get(key)
        if found is None:
            if len(self._signs) >= _KEPT_SIGNS:
                self._signs.clear()
            found = self._signs[key] = self._drawn(size, Qt.GlobalColor.transparent, draw)
        return found

    def label(self, text: str, font: QFont, sort: str = "") -> tuple[QStaticText, float]:
        """A label ready to be drawn, and how wide it is; each `sort` is of one font."""
        found = self._labels.get((text, sort))
        if found is None:
            if len(self._labels) >= _KEPT_LABELS:
                self._labels.clear()
            made = QStaticText(text)
            made.setTextFormat(Qt.TextFormat.PlainText)
            made.prepare(QTransform(), font)
            found = self._labels[text, sort] = (made, made.size().width())
        return found

    def _drawn(
        self, size: QSize, paper: QColor | Qt.GlobalColor, draw: Callable[[QPainter], None]
    ) -> QPixmap:
        made = QPixmap(size * self.ratio)
        made.setDevicePixelRatio(self.ratio)
        made.fill(paper)
        with QPainter(made) as painter:
            draw(painter)
        return made
