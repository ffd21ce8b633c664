"""The tokens: text can be read on whatever it may stand on, in both schemes and densities."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtGui import QFontInfo, QPalette
from PySide6.QtTest import QSignalSpy

from ui import icons, theme
from ui.resources import resource
from ui.theme import DARK, LIGHT, Density, Role, Scheme, contrast

SCHEMES = pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])


@SCHEMES
def test_every_text_can_be_read_on_every_surface(t) -> None:
    weak = {
        (ink, ground): round(contrast(getattr(t, ink), getattr(t, ground)), 2)
        for ink, ground in product(
            ("text", "secondary", "hint", "accent", "good", "watch", "bad"), ("canvas", "surface", "sunken")
        )
    }
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


@SCHEMES
def test_text_can_be_read_on_coloured_grounds(t) -> None:
    pairs = [
        ("text", "accent_weak"),
        ("secondary", "accent_weak"),
        ("accent", "accent_weak"),
        ("on_accent", "accent"),
        *((tone, f"{tone}_weak") for tone in ("watch", "bad")),
        *(("text", f"{tone}_weak") for tone in ("watch", "bad")),
        *(("on_accent", tone) for tone in ("good", "watch", "bad")),
    ]
    low = {pair: contrast(getattr(t, pair[0]), getattr(t, pair[1])) for pair in pairs}
    assert {pair: ratio for pair, ratio in low.items() if ratio < 4.5} == {}


@SCHEMES
def test_borders_that_carry_meaning_can_be_seen(t) -> None:
    assert contrast(t.strong_border, t.surface) >= 3
    assert contrast(t.accent, t.surface) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_change_of_scheme_dresses_the_program_and_is_announced(qapp) -> None:
    current = theme.install(qapp, Scheme.LIGHT)
    told = QSignalSpy(current.changed)
    current.choose(Scheme.DARK, Density.COMPACT)
    assert told.count() == 1
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == DARK.surface
    assert (theme.current() is current, theme.tokens() is DARK, current.metrics.row) == (True, True, 24)
    current.choose(Scheme.LIGHT, Density.COMFORTABLE)
    assert current.metrics.row == 28


def test_the_bundled_typeface_is_the_one_in_use(qapp) -> None:
    for role in Role:
        shown = QFontInfo(theme.font(role, tabular=True))
        assert (shown.family(), shown.pixelSize()) == ("Inter", role.value[0])


def test_an_icon_takes_the_colour_of_the_theme(qapp) -> None:
    light = icons.pixmap("plus", 16, "accent", 2.0).toImage()
    theme.current().choose(Scheme.DARK)
    dark = icons.pixmap("plus", 16, "accent", 2.0).toImage()
    middle = light.pixelColor(16, 16).name().upper(), dark.pixelColor(16, 16).name().upper()
    assert middle == (LIGHT.accent, DARK.accent)
    assert not icons.icon("plus").isNull()


@SCHEMES
@pytest.mark.parametrize(
    ("name", "icon", "ink"), [("arrow", "chevron-down", "secondary"), ("tick", "check", "on_accent")]
)
def test_the_style_sheet_s_drawings_are_shipped_in_the_colours_of_the_scheme(
    qapp, t, name, icon, ink
) -> None:
    drawing = resource("icons", f"{icon}.svg").read_text(encoding="utf-8")
    shipped = resource("themes", f"{name}-{'dark' if t.is_dark else 'light'}.svg")
    assert shipped.read_text(encoding="utf-8") == drawing.replace("currentColor", getattr(t, ink))
    theme.install(qapp, Scheme.DARK if t.is_dark else Scheme.LIGHT)
    assert f'url("{shipped.as_posix()}")' in qapp.styleSheet()


def test_the_theme_writes_no_file(qapp, monkeypatch, tmp_path) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    theme.install(qapp, Scheme.DARK)
    assert list(tmp_path.iterdir()) == []
