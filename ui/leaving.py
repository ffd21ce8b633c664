"""Ending in order when the computer asks: at log-out, on shutting down, by SIGTERM, SIGHUP or Ctrl+C.

What is being typed is taken, open dialogs are put away and the file is closed, so that the next start
finds no crash. Python hears a signal only between two of its own steps, which may not come while Qt
waits; so the signal writes into a socket that Qt's loop reads.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QDialog

from ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from ui.shell import Shell

_SIGNALS = ("SIGTERM", "SIGHUP", "SIGINT")


class Leaving(QObject):
    """Closes one window politely when the session or a signal asks for it; ``ended`` is called then."""

    def __init__(self, shell: Shell, ended: Callable[[], object]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._ended = ended
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)
        self._far.setblocking(False)
        self._notifier = QSocketNotifier(self._near.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self.on_signal)
        names = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
        self._before = {number: signal.signal(number, lambda _number, _frame: None) for number in names}
        self._woke = signal.set_wakeup_fd(self._far.fileno(), warn_on_full_buffer=False)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.commitDataRequest.connect(self.on_session_ending)

    def stop(self) -> None:
        """Give the signals back."""
        signal.set_wakeup_fd(self._woke)
        for number, before in self._before.items():
            signal.signal(number, before)
        self._notifier.setEnabled(False)
        self._near.close()
        self._far.close()

    def leave(self) -> None:
        """Take what is being typed, put dialogs away and close the window."""
        page, focus = self._shell.page, QApplication.focusWidget()
        for sheet in page.findChildren(Sheet) if page is not None else ():
            sheet.submit()
        if focus is not None:
            focus.clearFocus()
        for dialog in reversed(QApplication.topLevelWidgets()):
            if isinstance(dialog, QDialog) and dialog.isVisible():
                dialog.reject()
        if self._shell.close():
            self._ended()

    def on_signal(self) -> None:
        self._near.recv(64)
        self.leave()

    def on_session_ending(self, session: QSessionManager) -> None:
        self.leave()
