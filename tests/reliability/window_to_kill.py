"""A window at work in a place where text is typed, until it is killed: ``… window_to_kill FILE PLACE``.

PLACE is ``cell``, ``new_project`` or the key of the action that opens a dialog. Every line printed is
``ACK n`` for a saved edit, or ``TYPED seconds count`` for a text of that many letters in the field.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.operations import projects
from app.settings import recovery_folder
from tests.windows import do, open_window, plan_page, rows, settled
from ui.recovery import Recovery
from ui.shell import Shell


class Typist:
    """Types a letter every few moments, and saves an edit now and then."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._letters = self._edits = self._ticks = 0
        self._timer = QTimer(shell)
        self._timer.timeout.connect(self.on_tick)
        self._timer.start(30)

    def on_tick(self) -> None:
        self._ticks += 1
        field = QApplication.focusWidget()
        if isinstance(field, QLineEdit):
            QTest.keyClicks(field, "x")
            self._letters += 1
            told(f"TYPED {time.monotonic():.3f} {self._letters}")
        if self._ticks % 10 == 0:
            self._edits += 1
            workspace = self._shell.bridge.workspace
            (project,) = workspace.document.projects
            workspace.run(projects.set_field(project.id, "notes", str(self._edits)))
            told(f"ACK {self._edits}")


def told(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main() -> None:
    _app = QApplication([])
    shell = open_window(last_page="plan")
    shell.open_file(Path(sys.argv[1]))
    settled()
    recovery = Recovery(shell, recovery_folder())
    recovery.begin()
    _typist = Typist(shell)  # the timer alone would not keep it
    if sys.argv[2] == "cell":
        page = plan_page(shell)
        page.sheet.select_cell(next(iter(rows(shell).values())), "name")
        page.sheet.setFocus()
        page.sheet.edit_current()
        QApplication.focusWidget().selectAll()
    else:
        dialog = sys.argv[2]
        opens = shell.flows.new_project if dialog == "new_project" else lambda: do(shell, dialog)
        QTimer.singleShot(0, shell, lambda: opens())
    QApplication.exec()


if __name__ == "__main__":
    main()
