"""A person at another laptop: ``python -m tests.journeys.typist FILE`` types in the real window for ever.

Every line read from standard input starts a window in a fresh process, which opens the file and
pastes a number over all task names again and again, each paste one gesture and every third one taken
back. It prints its process id, then a line for every gesture once it is in the file.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.operations import projects
from app.settings import Settings
from app.workspace import Who, Workspace
from tests.windows import plan_page
from ui import theme
from ui.shell import Shell

CONTROL = Qt.KeyboardModifier.ControlModifier


def said(line: str) -> None:
    """Print a line in one write, so that a kill never cuts it."""
    os.write(1, f"{line}\n".encode())


def typed(app: QApplication, shell: Shell, file: Path) -> None:
    """Open the file in the window and type for ever."""
    if not shell.open_file(file) or shell.bridge is None or shell.bridge.is_read_only:
        said(f"TROUBLE {shell.notices.sentences()}")
        return
    page = plan_page(shell)
    app.processEvents()
    number = int(page.model.rows[0].cells[page.model.column_of("name")])
    rows = [row.key for row in page.model.rows if row.key != "new"]
    page.sheet.select_cell(rows[0], "name")
    said("READY")
    while True:
        number += 1
        QGuiApplication.clipboard().setText(f"{number}\n" * len(rows))
        QTest.keyClick(page.sheet, Qt.Key.Key_V, CONTROL)
        said(f"DONE {number}")
        if number % 3 == 0:
            shell.on_undo()
            number -= 1
            said(f"DONE {number}")
            shell.on_redo()
            number += 1
            said(f"DONE {number}")


def main(file: Path) -> None:
    """Start one window for every line read; what all windows need is made once."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    app = QApplication([])
    theme.install(app, theme.Scheme.LIGHT)
    settings = Settings()
    settings.keep({"locale": "en_GB", "display_name": "Robin Vale", "last_page": "plan"})
    shell = Shell(settings)
    shell.show()
    app.processEvents()
    with Workspace.in_memory(owner=Who("nobody", "here")) as warm:  # loaded once for all
        warm.run(projects.create("Warm"))
    for _ in sys.stdin:
        if child := os.fork():
            said(f"PID {child}")
            continue
        try:
            typed(app, shell, file)
        finally:
            os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
