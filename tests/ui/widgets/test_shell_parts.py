"""Rail, page frame, inspector and status strip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QWidget

from ui import theme
from ui.widgets.empty_state import EmptyState
from ui.widgets.inspector import Inspector, Line, Section
from ui.widgets.page_frame import PageFrame
from ui.widgets.rail import NARROW_PX, WIDE_PX, Rail, RailButton, RailItem
from ui.widgets.status_strip import StatusStrip

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(qtbot):
    theme.install(QGuiApplication.instance(), theme.Scheme.LIGHT)

    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        assert QTest.qWaitForWindowActive(widget)
        return widget

    return show


def rail() -> Rail:
    return Rail([RailItem("plan", "Plan", "chart-gantt"), RailItem("set", "Set-up", "settings", is_low=True)])


def test_the_rail_goes_by_pointer_and_by_keys(shown) -> None:
    made = shown(rail())
    chosen = QSignalSpy(made.place_chosen)
    plan, setup = made.findChildren(RailButton)
    QTest.mouseClick(plan, LEFT)
    plan.setFocus()
    QTest.keyClick(plan, Qt.Key.Key_Down)
    assert setup.hasFocus()
    QTest.keyClick(setup, Qt.Key.Key_Return)
    assert [chosen.at(at)[0] for at in range(chosen.count())] == ["plan", "set"]
    assert made.place() == "set"


def test_the_rail_folds_to_icons_that_keep_their_names(shown) -> None:
    made = shown(rail())
    switcher = QLabel("Project")
    made.set_switcher(switcher)
    assert made.width() == WIDE_PX
    made.set_narrow(True)
    assert (made.width(), switcher.isVisible()) == (NARROW_PX, False)
    assert [b.accessibleName() for b in made.findChildren(RailButton)] == ["Plan", "Set-up"]
    assert made.findChildren(RailButton)[0].toolTip() == "Plan"


def test_a_page_has_one_primary_action_and_it_stands_last(shown) -> None:
    frame = shown(PageFrame("Plan"))
    frame.resize(800, 300)
    frame.show_answer("Plan", "12 tasks")
    primary = frame.add_action("Add task", lambda: None, primary=True)
    other = frame.add_action("Export", lambda: None)
    QTest.qWait(1)
    assert other.geometry().right() < primary.geometry().left()
    with pytest.raises(AssertionError):
        frame.add_action("Again", lambda: None, primary=True)


def test_an_empty_page_gives_its_content_back(shown) -> None:
    frame, content, empty = PageFrame("Plan"), QLabel("rows"), EmptyState("Nothing yet.")
    frame.set_content(content)
    shown(frame)
    frame.show_instead(empty)
    assert (empty.isVisible(), content.isVisible()) == (True, False)
    frame.show_instead(None)
    assert (empty.isVisible(), content.isVisible()) == (False, True)


def test_an_inspector_value_is_taken_once_or_refused_beside_the_field(shown) -> None:
    taken: list[str] = []

    def accept(text: str) -> str:
        if text == "five":
            return "A duration reads like 5d."
        taken.append(text)
        return ""

    made = shown(Inspector())
    made.resize(320, 400)
    made.show_sections([Section("Dates", (Line("Duration", "3d", accept), Line("Finish", "9 Mar")))])
    QTest.qWait(1)
    field = made.field_of("Dates", "Duration")
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "five")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == "five"
    QTest.qWait(1)
    assert any(w.text() == "A duration reads like 5d." and w.isVisible() for w in made.findChildren(QLabel))
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == "3d"
    field.selectAll()
    QTest.keyClicks(field, "4d")
    QTest.keyClick(field, Qt.Key.Key_Return)
    made.show_sections([Section("Dates", (Line("Duration", "4d", accept), Line("Finish", "10 Mar")))])
    assert taken == ["4d"]
    assert made.field_of("Dates", "Duration") is field
    assert made.field_of("Dates", "Finish").text() == "10 Mar"


def test_a_job_can_be_cancelled_from_the_strip(shown) -> None:
    strip = shown(StatusStrip())
    cancelled = QSignalSpy(strip.job_cancelled)
    strip.show_job("import", "Importing ledger", 0.42)
    stop = next(b for b in strip.findChildren(QToolButton) if b.accessibleName() == "Cancel")
    assert stop.isVisible()
    QTest.mouseClick(stop, LEFT)
    assert cancelled.at(0) == ["import"]
    strip.end_job("import")
    assert not stop.isVisible()
