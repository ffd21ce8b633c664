"""Every colour, size, weight and time of the window, in one place, for light and dark.

A widget asks `current()` when it paints and repaints on `Theme.changed`; nobody else names a colour.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ui.qss import sheet_text
from ui.resources import resource

HAIR, SMALL, MEDIUM, LARGE, WIDE, HUGE = 4, 8, 12, 16, 24, 32
RADIUS_BAR, RADIUS_CONTROL, RADIUS_CARD = 3, 6, 8
ICON_SMALL, ICON_LARGE = 16, 20
FAMILY = "Inter"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one scheme, as #RRGGBB."""

    is_dark: bool
    canvas: str
    surface: str
    sunken: str
    border: str
    strong_border: str
    text: str
    secondary: str
    hint: str
    accent: str
    accent_weak: str
    on_accent: str
    good: str
    watch: str
    bad: str
    watch_weak: str
    bad_weak: str
    series: tuple[str, ...]


LIGHT = Tokens(
    is_dark=False,
    canvas="#F5F6F8",
    surface="#FFFFFF",
    sunken="#EDF0F4",
    border="#D8DDE4",
    strong_border="#8792A2",
    text="#18212D",
    secondary="#465261",
    hint="#5F6B7A",
    accent="#2456C7",
    accent_weak="#E6EDFB",
    on_accent="#FFFFFF",
    good="#1B7A48",
    watch="#8A5A00",
    bad="#B3261E",
    watch_weak="#FFF1D2",
    bad_weak="#FBE6E4",
    series=("#2B3A4F", "#2F6FDE", "#C75B12", "#138A8A", "#7A4FBF", "#B83A7A", "#7A7A1E", "#8A94A3"),
)
DARK = Tokens(
    is_dark=True,
    canvas="#11151B",
    surface="#191F27",
    sunken="#0C1015",
    border="#303A47",
    strong_border="#6F7C8E",
    text="#E8ECF1",
    secondary="#B6C0CC",
    hint="#8F9BAA",
    accent="#82A8F8",
    accent_weak="#22304D",
    on_accent="#0C1015",
    good="#62C690",
    watch="#E3B34F",
    bad="#F28B82",
    watch_weak="#33270F",
    bad_weak="#3A1F1E",
    series=("#C9D3E0", "#82A8F8", "#F0A168", "#5CC4C4", "#B79BEA", "#EB8DB9", "#C3C36A", "#9AA4B2"),
)


@dataclass(frozen=True, slots=True)
class Metrics:
    """Heights in pixels that follow the density."""

    row: int
    header: int
    control: int


class Density(Enum):
    """How tightly rows and controls are set."""

    COMFORTABLE = Metrics(row=28, header=32, control=36)
    COMPACT = Metrics(row=24, header=28, control=30)


class Scheme(Enum):
    """Which colours the user asked for; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Role(Enum):
    """What a piece of text is for: size in pixels and weight."""

    CAPTION = (12, 400)
    CAPTION_STRONG = (12, 600)
    BODY = (13, 400)
    BODY_MEDIUM = (13, 500)
    BODY_STRONG = (13, 600)
    SECTION = (15, 600)
    TITLE = (20, 600)
    FIGURE = (28, 600)


class Theme(QObject):
    """The colours and density in force; `changed` when any of them moves."""

    changed = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.scheme = Scheme.SYSTEM
        self.density = Density.COMFORTABLE
        self.tokens = LIGHT
        app.styleHints().colorSchemeChanged.connect(self.on_system_scheme_changed)

    @property
    def metrics(self) -> Metrics:
        """The heights of the density in force."""
        return self.density.value

    def choose(self, scheme: Scheme | None = None, density: Density | None = None) -> None:
        """Take the given scheme and density and dress the whole program in them."""
        self.scheme = scheme or self.scheme
        self.density = density or self.density
        self.tokens = self._tokens_wanted()
        self._app.setPalette(palette(self.tokens))
        self._app.setStyleSheet(
            sheet_text(self.tokens, self.metrics, self._drawing("arrow"), self._drawing("tick"))
        )
        self.changed.emit()

    def on_system_scheme_changed(self) -> None:
        if self.scheme is Scheme.SYSTEM and self._tokens_wanted() is not self.tokens:
            self.choose()

    def _drawing(self, name: str) -> str:
        """The shipped drawing in the scheme's colour: a style sheet can only name files."""
        return resource("themes", f"{name}-{'dark' if self.tokens.is_dark else 'light'}.svg").as_posix()

    def _tokens_wanted(self) -> Tokens:
        if self.scheme is Scheme.SYSTEM:
            wants_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return DARK if wants_dark else LIGHT
        return DARK if self.scheme is Scheme.DARK else LIGHT


def install(
    app: QApplication, scheme: Scheme = Scheme.SYSTEM, density: Density = Density.COMFORTABLE
) -> Theme:
    """Give a program its style, font and colours; the theme belongs to the program."""
    load_fonts()
    app.setStyle("Fusion")
    app.setFont(font(Role.BODY))
    theme = current()
    theme.choose(scheme, density)
    return theme


def current() -> Theme:
    """Give the running program's theme, making a light one if none was installed."""
    app = QApplication.instance()
    assert isinstance(app, QApplication), "a QApplication must exist before the theme is asked for"
    return app.findChild(Theme) or Theme(app)


def tokens() -> Tokens:
    """Give the colours in force."""
    return current().tokens


def load_fonts() -> None:
    """Make the bundled typeface known to Qt, once."""
    if FAMILY in QFontDatabase.families():
        return
    for file in sorted(resource("fonts").rglob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def font(role: Role, *, tabular: bool = False) -> QFont:
    """Give the typeface for a role; tabular figures stand exactly under each other."""
    size, weight = role.value
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setStyleHint(QFont.StyleHint.SansSerif)
    if tabular:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


def mixed(over: str, under: str, share: float) -> str:
    """Give the colour seen when `over` is laid on `under` with the given opacity (0 to 1)."""
    top, ground = QColor(over), QColor(under)
    parts = (
        round(a * share + b * (1 - share))
        for a, b in zip(top.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return "#" + "".join(f"{part:02X}" for part in parts)


def luminance(colour: str) -> float:
    """Give the relative luminance of a colour, 0 to 1 (WCAG 2.1)."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21 (WCAG 2.1)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def palette(t: Tokens) -> QPalette:
    """Give the Qt palette of a scheme, with disabled text that still can be read."""
    made = QPalette()
    pairs = {
        QPalette.ColorRole.Window: t.canvas,
        QPalette.ColorRole.WindowText: t.text,
        QPalette.ColorRole.Base: t.surface,
        QPalette.ColorRole.AlternateBase: t.sunken,
        QPalette.ColorRole.Text: t.text,
        QPalette.ColorRole.Button: t.surface,
        QPalette.ColorRole.ButtonText: t.text,
        QPalette.ColorRole.BrightText: t.bad,
        QPalette.ColorRole.ToolTipBase: t.surface,
        QPalette.ColorRole.ToolTipText: t.text,
        QPalette.ColorRole.PlaceholderText: t.hint,
        QPalette.ColorRole.Highlight: t.accent,
        QPalette.ColorRole.HighlightedText: t.on_accent,
        QPalette.ColorRole.Accent: t.accent,
        QPalette.ColorRole.Link: t.accent,
        QPalette.ColorRole.LinkVisited: t.accent,
        QPalette.ColorRole.Light: t.surface,
        QPalette.ColorRole.Midlight: t.border,
        QPalette.ColorRole.Mid: t.border,
        QPalette.ColorRole.Dark: t.strong_border,
        QPalette.ColorRole.Shadow: t.strong_border,
    }
    for role, colour in pairs.items():
        made.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(t.hint))
    return made


class ThemeWatch(QObject):
    """Calls back when the colours change, for as long as its owner lives."""

    def __init__(self, owner: QObject, then: Callable[[], None]) -> None:
        super().__init__(owner)
        self._then = then
        current().changed.connect(self.on_changed)

    def on_changed(self) -> None:
        self._then()


def set_role(widget: QWidget, role: Role, *, tabular: bool = False) -> None:
    """Set a widget's text in a role's size and weight."""
    widget.setFont(font(role, tabular=tabular))


def repolish(widget: QWidget) -> None:
    """Make the style read a widget's properties again, after one of them changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
    widget.update()
