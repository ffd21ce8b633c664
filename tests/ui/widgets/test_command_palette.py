"""Finding an action, a project or a task by a few letters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import delete

from ui import theme
from ui.widgets.command_palette import CommandPalette, Entry, best, score


def entries(ran: list[str]) -> list[Entry]:
    titles = ("Add task", "Link tasks", "Unlink tasks", "Take baseline", "Data centre exit")
    return [Entry(title, "", "plus", lambda title=title: ran.append(title)) for title in titles]


def test_letters_in_order_are_found_and_others_are_not() -> None:
    found = [entry.title for entry in best(entries([]), "tb")]
    assert found == ["Take baseline"]
    assert score("zz", "Add task") == 0


def test_the_start_of_a_title_counts_most() -> None:
    assert [entry.title for entry in best(entries([]), "link")] == ["Link tasks", "Unlink tasks"]


def test_no_letters_show_everything_in_the_order_given() -> None:
    assert len(best(entries([]), "")) == 5


def test_what_is_found_satisfies_qt_whatever_is_typed(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    palette = CommandPalette(window)
    found = palette.findChild(QListView).model()
    tester = QAbstractItemModelTester(found, QAbstractItemModelTester.FailureReportingMode.Fatal)
    palette.open(entries([]))
    for letters, count in (("t", 5), ("tb", 1), ("tbzz", 0)):
        line = palette.findChild(QLineEdit)
        line.clear()
        QTest.keyClicks(line, letters)
        assert found.rowCount() == count
        assert found.rowCount(found.index(0, 0)) == 0
    assert tester.model() is found
    palette.hide()


def test_where_the_focus_came_from_may_be_gone_when_the_palette_closes(qtbot) -> None:
    theme.install(QGuiApplication.instance(), theme.Scheme.LIGHT)
    window = QWidget()
    qtbot.addWidget(window)
    line, other = QLineEdit(window), QLineEdit(window)
    column = QVBoxLayout(window)
    column.addWidget(line)
    column.addWidget(other)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    palette = CommandPalette(window)
    line.setFocus()
    palette.open(entries([]))
    other.setFocus()
    assert not palette.isVisible()
    line.setFocus()
    palette.open(entries([]))
    delete(line)
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_keys_alone_run_an_entry_and_give_the_focus_back(qtbot) -> None:
    theme.install(QGuiApplication.instance(), theme.Scheme.LIGHT)
    window, ran = QWidget(), []
    qtbot.addWidget(window)
    line = QLineEdit(window)
    QVBoxLayout(window).addWidget(line)
    window.resize(700, 400)
    window.show()
    window.activateWindow()
    line.setFocus()
    assert QTest.qWaitForWindowActive(window)
    palette = CommandPalette(window)
    palette.open(entries(ran))
    QTest.keyClicks(palette.line, "task")
    QTest.keyClick(palette.line, Qt.Key.Key_Down)
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert ran == ["Link tasks"]
    assert not palette.isVisible()
    assert line.hasFocus()
    palette.open(entries(ran), "nothing like it")
    assert palette.list.isHidden()
    QTest.keyClick(palette.line, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert ran == ["Link tasks"]
