"""Labels: plain words, and one line that is cut instead of pushing its window wider."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui.widgets.label import Label, OneLine, plain_tip

MARKUP = "<b>Bold</b> & <img src='x'>"


def test_a_name_with_markup_in_it_is_shown_as_it_is(qtbot) -> None:
    label = Label(MARKUP)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == MARKUP
    tip = plain_tip(MARKUP)
    assert "&lt;img" in tip
    assert "<img" not in tip
    assert plain_tip("5 < 6 & 7") == "5 < 6 & 7"


def test_a_line_that_does_not_fit_is_cut_and_told_whole_on_hover(qtbot) -> None:
    line = OneLine("long " * 6000)
    qtbot.addWidget(line)
    assert line.minimumSizeHint().width() < 200
    line.resize(300, 30)
    line.show()
    line.grab()
    assert line.toolTip().startswith("long long")
    line.setText("short")
    line.grab()
    assert line.toolTip() == ""
