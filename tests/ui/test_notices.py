"""Messages: toasts with a way back, bars that stay until they are closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.notices import NoticeCard, Notices


@pytest.fixture
def window(qtbot) -> QWidget:
    theme.install(QGuiApplication.instance(), theme.Scheme.LIGHT)
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 500)
    made.show()
    return made


def pressed(window: QWidget, text: str) -> None:
    found = [b for b in window.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_undo_on_a_toast_runs_once_and_closes_it(window) -> None:
    notices, undone = Notices(window), []
    notices.toast("12 tasks deleted.", ("Undo", lambda: undone.append(1)))
    pressed(window, "Undo")
    assert (undone, notices.sentences()) == ([1], [])


def test_a_toast_goes_by_itself(window, qtbot) -> None:
    notices = Notices(window)
    QCursor.setPos(window.mapToGlobal(QPoint(2, 2)))
    notices.toast("Saved a copy.", stays_ms=20)
    qtbot.waitUntil(lambda: notices.sentences() == [], timeout=1000)


def test_a_toast_stays_while_the_keyboard_stands_on_its_button(window, qtbot) -> None:
    notices = Notices(window)
    QCursor.setPos(window.mapToGlobal(QPoint(2, 2)))
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    notices.toast("12 tasks deleted.", ("Undo", lambda: None), stays_ms=60)
    undo = next(b for b in window.findChildren(QPushButton) if b.text() == "Undo")
    undo.setFocus()
    qtbot.wait(150)
    assert notices.sentences() == ["12 tasks deleted."]
    undo.clearFocus()
    qtbot.waitUntil(lambda: notices.sentences() == [], timeout=1000)


def test_only_the_latest_toasts_are_kept_and_they_do_not_overlap(window) -> None:
    notices = Notices(window)
    for number in range(5):
        notices.toast(f"Step {number}")
    assert notices.sentences() == ["Step 2", "Step 3", "Step 4"]
    cards = [card for card in window.findChildren(NoticeCard) if card.isVisible()]
    assert not any(a.geometry().intersects(b.geometry()) for a in cards for b in cards if a is not b)
    notices.clear()


def test_the_same_bar_is_shown_once_and_its_details_can_be_copied(window) -> None:
    slot = QVBoxLayout(window)
    notices = Notices(window)
    notices.place_bars_in(slot)
    for _ in range(2):
        notices.bar("The disk is full.", details="error 28", tone="bad")
    assert notices.sentences() == ["The disk is full."]
    pressed(window, "Copy details")
    assert QGuiApplication.clipboard().text() == "The disk is full.\n\nerror 28"
    notices.clear()
    assert notices.sentences() == []
