"""Line icons in the colours of the theme, sharp at every screen scale.

The drawings are lucide's, shipped under `resources/icons`; QtSvg knows no palette, so the colour is
written into the drawing before it is rendered, once per name, size and colour.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QPushButton

from ui.resources import resource
from ui.theme import ICON_SMALL, ThemeWatch, tokens

_SCALES = (1, 2, 3)


def exists(name: str) -> bool:
    """Say whether the program ships a drawing of that name."""
    return resource("icons", f"{name}.svg").is_file()


def icon(name: str, size: int = ICON_SMALL, tone: str = "secondary", *, air: int = 0) -> QIcon:
    """Give an icon in a token's colour, dimmed when disabled and in the accent when on.

    `air` is room left free at the right, in pixels.

    Raises:
        FileNotFoundError: no such drawing is shipped.
    """
    t = tokens()
    ink = getattr(t, tone)
    return _icon(name, size, ink, t.strong_border, t.accent if tone == "secondary" else ink, air)


def pixmap(name: str, size: int = ICON_SMALL, tone: str = "secondary", ratio: float = 2.0) -> QPixmap:
    """Give one picture of an icon for painting, `size` logical pixels square at the given screen scale."""
    return _pixmap(name, size, getattr(tokens(), tone), max(1, round(ratio * 4)) / 4)


def dress(target: QObject, name: str, size: int = ICON_SMALL, tone: str = "secondary") -> None:
    """Give a button or an action its icon, now and again whenever the theme changes."""
    watch = target.findChild(IconWatch)
    if watch is None:
        watch = IconWatch(target)
    watch.show(name, size, tone)


class IconWatch(QObject):
    """Keeps one target's icon in the theme's colours."""

    def __init__(self, target: QObject) -> None:
        super().__init__(target)
        self._wanted: tuple[str, int, str] | None = None
        ThemeWatch(self, self.on_theme_changed)

    def show(self, name: str, size: int, tone: str) -> None:
        """Show another icon, or the same one in another tone."""
        self._wanted = (name, size, tone)
        self.on_theme_changed()

    def on_theme_changed(self) -> None:
        target = self.parent()
        if self._wanted and target is not None:
            name, size, tone = self._wanted
            # Qt sets a button's words too close to its icon; the air belongs to the picture.
            air = 4 if isinstance(target, QPushButton) and target.text() else 0
            target.setIcon(icon(name, size, tone, air=air))  # type: ignore[attr-defined]
            if hasattr(target, "setIconSize"):
                target.setIconSize(QSize(size + air, size))


@lru_cache(maxsize=256)
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _pixmap(name: str, size: int, colour: str, ratio: float, air: int = 0) -> QPixmap:
    coloured = _drawing(name).replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(coloured.encode("utf-8")))
    side = round(size * ratio)
    made = QPixmap(side + round(air * ratio), side)
    made.fill(Qt.GlobalColor.transparent)
    with QPainter(made) as painter:
        renderer.render(painter, QRectF(0, 0, side, side))
    made.setDevicePixelRatio(ratio)
    return made


@lru_cache(maxsize=512)
def _icon(name: str, size: int, colour: str, dimmed: str, strong: str, air: int) -> QIcon:
    made = QIcon()
    looks = (
        (QIcon.Mode.Normal, QIcon.State.Off, colour),
        (QIcon.Mode.Disabled, QIcon.State.Off, dimmed),
        (QIcon.Mode.Normal, QIcon.State.On, strong),
        (QIcon.Mode.Selected, QIcon.State.Off, colour),
    )
    for mode, state, ink in looks:
        for scale in _SCALES:
            made.addPixmap(_pixmap(name, size, ink, float(scale), air), mode, state)
    return made
