"""The menu of portfolios opened lately, made anew with the window's menus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from app.settings import Settings
from app.text import mark, tr
from ui.actions import escaped
from ui.opening import short_folder
from ui.widgets.label import plain_tip

RECENT = "File/" + mark("Open &recent")
_MOST = 9


def recent_actions(
    owner: QObject, settings: Settings, shown: Path | None, open_file: Callable[[Path], object]
) -> list[QAction]:
    """One action for each of the last portfolios but the one shown, newest first.

    Actions of an earlier call leave their owner. Files that are gone are left out.
    """
    for old in owner.findChildren(QAction):
        old.deleteLater()
    files = [file for file in map(Path, settings.recent_files) if file != shown and file.exists()]
    made = []
    for number, file in enumerate(files[:_MOST], 1):
        words = tr("{file} in {folder}", file=file.stem, folder=short_folder(file.parent, 40))
        action = QAction(f"&{number}  {escaped(words)}", owner)
        action.setProperty("section", 0)
        action.triggered.connect(lambda _checked=False, file=file: open_file(file))
        action.setStatusTip(str(file))
        action.setToolTip(plain_tip(str(file)))
        made.append(action)
    return made
