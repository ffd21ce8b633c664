"""The program's real window under a hand: keys and clicks, answered dialogs, and what each must keep to."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QWidget,
)

from app.settings import Settings
from app.views.dump import dump
from ui import theme
from ui.notices import NoticeCard
from ui.pages.plan import PlanPage
from ui.shell import Shell

SCREEN = (1366, 768)
LEFT = Qt.MouseButton.LeftButton
_PATIENCE_MS = 15_000
_CONTROLS = (QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QTabBar, QTextEdit)
_PARTS_OF_QT = ("qt_", "_q_", "ScrollLeftButton", "ScrollRightButton")

Answer = Callable[[Any], object]


def settled(ms: int = 0) -> None:
    """Let the program do what it has put off."""
    if ms:
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()
    for _ in range(3):
        QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def fits(window: QWidget) -> bool:
    """Whether a window is, or can be made, no larger than the smallest screen the program is made for."""
    least = window.minimumSizeHint().expandedTo(window.minimumSize())
    taken = least if isinstance(window, Shell) else window.frameGeometry().size().expandedTo(least)
    return taken.width() <= SCREEN[0] and taken.height() <= SCREEN[1]


def nameless(root: QWidget) -> list[str]:
    """The controls in sight under a widget that a screen reader has no name for."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if not isinstance(widget, _CONTROLS) or not widget.isVisibleTo(root) or _is_part_of_qt(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if not told.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}")
    return found


def out_of_reach(window: QWidget) -> set[QWidget]:
    """The controls of an active window that can be used and that Tab does not come to."""
    wanted = {
        each
        for each in window.findChildren(QWidget)
        if isinstance(each, QLineEdit | QComboBox | QCheckBox | QSpinBox | QPushButton | QAbstractItemView)
        and each.isVisibleTo(window)
        and each.isEnabled()
        and each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not _is_part_of_qt(each)
    }
    reached, at = set(), window.focusWidget() or window
    for _ in range(150):
        reached.add(at)
        QTest.keyClick(at, Qt.Key.Key_Tab)
        at = window.focusWidget() or window
    return wanted - reached


def _is_part_of_qt(widget: QWidget) -> bool:
    """Whether Qt made the widget inside another control, such as a combo box's list."""
    if widget.objectName().startswith(_PARTS_OF_QT):
        return True
    holder = widget.parentWidget()
    return isinstance(holder, QComboBox | QAbstractSpinBox | QLineEdit | QAbstractItemView | QTabBar) and (
        type(widget).__module__.startswith("PySide6") or isinstance(widget, QAbstractItemView)
    )


class Answers:
    """Answers the modal dialogs that come up while the block runs, in order, with real events.

    Every dialog must be answered, be no larger than the screen and have a name on every control.
    """

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)
        self._seen: list[QWidget] = []
        self._faults: list[str] = []
        self._is_over = False
        self._waited = 0
        self._timer = QTimer(singleShot=True, interval=10)
        self._timer.timeout.connect(self._look)

    def __enter__(self) -> Answers:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        waited = 0
        while self._answers and kind is None and waited < _PATIENCE_MS:
            settled(10)
            waited += 10
        self._is_over = True
        self._timer.stop()
        self._seen.clear()
        _front()
        if kind is None:
            assert not self._faults, "; ".join(self._faults)
            assert not self._answers, f"{len(self._answers)} dialogs did not come up"

    def _look(self) -> None:
        if self._is_over:
            return
        dialog = QApplication.activeModalWidget()
        # The next look is on its way before the answer, which may bring up another dialog.
        self._timer.start()
        if dialog is None or not dialog.isVisible() or QApplication.activeWindow() is not dialog:
            return
        if any(dialog is known for known in self._seen):
            self._waited += 10
            if self._waited > _PATIENCE_MS:
                self._faults.append(f"{dialog.windowTitle()!r} was not closed by its answer")
                dialog.close()
            return
        self._seen.append(dialog)
        self._waited = 0
        self._check(dialog)
        if not self._answers:
            self._faults.append(f"{dialog.windowTitle()!r} was not expected")
            dialog.close()
            return
        answer = self._answers.pop(0)
        try:
            answer(dialog)
        except Exception as error:
            self._faults.append(f"{type(error).__name__}: {error}")
            dialog.close()

    def _check(self, dialog: QWidget) -> None:
        if not fits(dialog):
            self._faults.append(f"{dialog.windowTitle()!r} is {dialog.size().toTuple()}")
        if isinstance(dialog, QFileDialog | QMessageBox):  # the system's own, or made by Qt in our tests
            return
        self._faults += [f"no name: {each} of {dialog.windowTitle()!r}" for each in nameless(dialog)]


def _front() -> None:
    """Give the window its activity back, which on a screen the window system does when a dialog closes."""
    shells = [each for each in QApplication.topLevelWidgets() if isinstance(each, Shell) and each.isVisible()]
    if len(shells) == 1 and QApplication.activeModalWidget() is None:
        shells[0].activateWindow()
        QTest.qWaitForWindowActive(shells[0])


def picks(path: Path) -> Answer:
    """Answers a file dialog by typing a path and Enter."""

    def answer(dialog: QFileDialog) -> None:
        assert isinstance(dialog, QFileDialog), dialog
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert line is not None
        line.selectAll()
        QTest.keyClicks(line, str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)

    return answer


def gives_up(dialog: QWidget) -> None:
    """Answers any dialog with Esc."""
    QTest.keyClick(dialog, Qt.Key.Key_Escape)


def presses(words: str) -> Answer:
    """Answers a dialog by clicking the button of these words."""

    def answer(dialog: QWidget) -> None:
        click(button(dialog, words))

    return answer


def new_project(name: str, start: str = "", code: str = "") -> Answer:
    """Answers the question for a new project by keyboard alone."""

    def answer(dialog: Any) -> None:
        QTest.keyClicks(dialog.name, name)
        if code:
            QTest.keyClicks(dialog.code, code)
        if start:
            dialog.start.selectAll()
            QTest.keyClicks(dialog.start, start)
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    return answer


def button(root: QWidget, words: str) -> QAbstractButton:
    """The visible button that says these words."""
    found = [
        each
        for each in root.findChildren(QAbstractButton)
        if each.isVisible() and words in (each.text().replace("&", ""), each.accessibleName())
    ]
    assert found, (words, [each.text() for each in root.findChildren(QAbstractButton) if each.isVisible()])
    return found[0]


def click(widget: QWidget) -> None:
    """Click in the middle of a widget that can be seen."""
    assert widget.isVisible(), widget
    QTest.mouseClick(widget, LEFT)


def open_window(place: Path | None = None, **chosen: object) -> Shell:
    """The program's window as it stands after a start, with the settings of this test."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    settings = Settings(place)
    settings.keep({"locale": "en_GB", "display_name": "Pat Morgan", **chosen})
    theme.install(app, theme.Scheme(settings.theme), theme.Density[settings.density.upper()])
    shell = Shell(settings)
    shell.resize(*SCREEN)
    shell.show()
    shell.activateWindow()
    QTest.qWaitForWindowActive(shell)
    return shell


def close_window(shell: Shell) -> None:
    """Close the window as the user does, and let it go."""
    shell.close()
    shell.deleteLater()
    settled()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@contextlib.contextmanager
def window(place: Path | None = None, **chosen: object) -> Iterator[Shell]:
    """The window for the length of a block; it must fit the screen and name its controls when it goes."""
    shell = open_window(place, **chosen)
    try:
        yield shell
        assert fits(shell), shell.minimumSizeHint()
        assert nameless(shell) == []
    finally:
        close_window(shell)


def press(
    shell: Shell, keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key where the caret is, so that menus, page and field have their say in turn."""
    at = QApplication.focusWidget() or shell
    QTest.keyClick(at, keys, modifiers)
    settled()


def control(shell: Shell, keys: Qt.Key, *, shift: bool = False) -> None:
    """Press a key with Ctrl."""
    more = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    press(shell, keys, Qt.KeyboardModifier.ControlModifier | more)


def do(shell: Shell, key: str) -> None:
    """Choose an action of the window from its menu, as a click on its line does."""
    action = shell.actions_[key]
    assert action.isEnabled(), f"{key} cannot be chosen now"
    action.trigger()
    settled()


def plan_page(shell: Shell) -> PlanPage:
    """The Plan page in sight."""
    page = shell.page
    assert isinstance(page, PlanPage), page
    return page


def text_of(shell: Shell) -> str:
    """The canonical text of the open portfolio."""
    assert shell.bridge is not None
    return dump(shell.bridge.document)


def undo_list(shell: Shell) -> list[str]:
    """The names of the gestures in the history, the oldest first."""
    assert shell.bridge is not None
    return [entry.label.text for entry in reversed(shell.bridge.workspace.history())]


def type_in(shell: Shell, row: str, column: str, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Put the caret on a cell of the plan, type over it and leave it with a key."""
    sheet = plan_page(shell).sheet
    assert sheet.select_cell(row, column), (row, column)
    sheet.setFocus()
    if not text:
        QTest.keyClick(sheet, Qt.Key.Key_Delete)
        settled()
        return
    type_here(shell, text, end)


def type_here(shell: Shell, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type letter by letter into whatever has the caret."""
    for letter in text:
        at = QApplication.focusWidget()
        assert at is not None
        QTest.keyClicks(at, letter)
    at = QApplication.focusWidget()
    assert at is not None
    QTest.keyClick(at, end)
    settled()


def rows(shell: Shell) -> dict[str, str]:
    """The keys of the plan's rows by task name."""
    page = plan_page(shell)
    column = page.model.column_of("name")
    return {row.cells[column]: row.key for row in page.model.rows if row.key != "new"}


def cell(shell: Shell, row: str, column: str) -> str:
    """What a cell of the plan shows, as its model tells it to a reader."""
    model = plan_page(shell).model
    index = model.index(model.row_of(row), model.column_of(column))
    assert index.isValid(), (row, column)
    return str(index.data() or "")


def drag(over: QWidget, start: QPointF, end: QPointF) -> None:
    """Press, travel in four steps and let go."""
    steps = [start + (end - start) * (n / 4) for n in range(1, 5)]
    _mouse(over, QEvent.Type.MouseButtonPress, start)
    for step in steps:
        _mouse(over, QEvent.Type.MouseMove, step)
    _mouse(over, QEvent.Type.MouseButtonRelease, end)
    settled()


def _mouse(over: QWidget, kind: QEvent.Type, at: QPointF) -> None:
    is_move, is_up = kind == QEvent.Type.MouseMove, kind == QEvent.Type.MouseButtonRelease
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        kind,
        at,
        over.mapToGlobal(at),
        none if is_move else LEFT,
        none if is_up else LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(over, event)


def drop(shell: Shell, *files: Path) -> bool:
    """Drag files over the window and let go; whether the window wanted them."""
    told = QMimeData()
    told.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    middle = QPoint(shell.width() // 2, shell.height() // 2)
    left, none = LEFT, Qt.KeyboardModifier.NoModifier
    over = QDragEnterEvent(middle, Qt.DropAction.CopyAction, told, left, none)
    over.ignore()
    QApplication.sendEvent(shell, over)
    if not over.isAccepted():
        return False
    event = QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, told, left, none)
    QApplication.sendEvent(shell, event)
    return True


def said(shell: Shell) -> list[str]:
    """What the window is telling the user."""
    return shell.notices.sentences()


def follow_notice(shell: Shell, words: str) -> None:
    """Click the way out that a notice offers."""
    for card in shell.findChildren(NoticeCard):
        for each in card.findChildren(QAbstractButton):
            if each.isVisible() and each.text() == words:
                click(each)
                settled()
                return
    raise AssertionError(f"no notice offers {words!r}: {said(shell)}")


def shown_dialogs() -> list[QDialog]:
    """The dialogs that are open now, modal or not."""
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
