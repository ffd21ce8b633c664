"""Cut, copy, paste, delete, fill, select all and find: one action each, acting on what has the focus.

What can be done is asked of the part the user was in last: a text, a sheet, or what its page says of
a part of its own (``Page.edits``). The menu bar and the palette take the focus without being meant.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.cell_edits import Offers, of_sheet
from ui.widgets.command_palette import CommandPalette
from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from ui.shell import Shell

EDITS = ("cut", "copy", "paste", "delete", "fill", "select_all", "find")


class Editing(QObject):
    """Keeps the editing actions of one window agreed with what has the focus."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._last: QWidget | None = None
        shell.actions_.connect({key: partial(self.do, key) for key in EDITS})
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self.on_focus_changed)
        QGuiApplication.clipboard().dataChanged.connect(self.refresh)

    def do(self, key: str) -> None:
        """Do one of ``EDITS`` to what has the focus, where it can be done."""
        if (call := self.offers().get(key)) is not None:
            call()

    def refresh(self) -> None:
        """Enable what can be done now."""
        possible = self.offers()
        self._shell.actions_.enable(**{key: key in possible for key in EDITS})

    def offers(self) -> Offers:
        """What can be done now, by its key."""
        at, page = self._target(), self._shell.page
        found: dict[str, Callable[[], object]] = {}
        if at is not None:
            own = page.edits(at) if page is not None and page.isAncestorOf(at) else {}
            found |= own or offers_of(at)
        field = page.filter_field() if page is not None else None
        if field is not None:
            found["find"] = lambda: _find(field)
        return found

    def _target(self) -> QWidget | None:
        last = self._last
        return last if last is not None and isValid(last) and last.isVisible() else None

    def on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.window() is not self._shell or _is_passing(now):
            return
        self._last = now
        self.refresh()


def offers_of(at: QWidget) -> Offers:
    """What a text or a sheet can do now; nothing for all else."""
    if isinstance(at, QAbstractSpinBox):
        line = at.findChild(QLineEdit)
        return {} if line is None else _of_line(line)
    if isinstance(at, QLineEdit):
        return _of_line(at)
    if isinstance(at, QPlainTextEdit | QTextEdit):
        return _of_text(at)
    above: QWidget | None = at
    while above is not None and not isinstance(above, Sheet):
        above = above.parentWidget()
    return {} if above is None else of_sheet(above)


def _of_line(line: QLineEdit) -> Offers:
    found: dict[str, Callable[[], object]] = {}
    may_change = not line.isReadOnly() and line.isEnabled()
    if line.text():
        found["select_all"] = line.selectAll
    if line.hasSelectedText():
        found["copy"] = line.copy
        if may_change:
            found |= {"cut": line.cut, "delete": line.del_}
    if may_change and QGuiApplication.clipboard().text():
        found["paste"] = line.paste
    return found


def _of_text(text: QPlainTextEdit | QTextEdit) -> Offers:
    found: dict[str, Callable[[], object]] = {}
    if text.toPlainText():
        found["select_all"] = text.selectAll
    if text.textCursor().hasSelection():
        found["copy"] = text.copy
        if not text.isReadOnly():
            found |= {"cut": text.cut, "delete": lambda: text.textCursor().removeSelectedText()}
    if not text.isReadOnly() and text.canPaste():
        found["paste"] = text.paste
    return found


def _find(field: QWidget) -> None:
    field.setFocus(Qt.FocusReason.ShortcutFocusReason)
    if isinstance(field, QLineEdit):
        field.selectAll()


def _is_passing(widget: QWidget) -> bool:
    """Whether the focus only passes here, on its way to an action."""
    above: QWidget | None = widget
    while above is not None:
        if isinstance(above, QMenu | QMenuBar | CommandPalette):
            return True
        above = above.parentWidget()
    return False
