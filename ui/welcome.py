"""What the window shows while no portfolio is open: make one, open one, import a plan, look at the sample."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.text import tr
from app.views.formats import stamp_text
from ui.icons import dress
from ui.opening import short_folder
from ui.theme import HUGE, LARGE, MEDIUM, SMALL, WIDE, Role, set_role
from ui.widgets.label import Label, plain_tip

_SHOWN = 6


class Welcome(QWidget):
    """The first screen. Nothing on it is modal, and everything on it is one key away.

    ``new_wanted``, ``open_wanted``, ``import_wanted`` and ``sample_wanted`` ask the shell; ``file_chosen``
    carries the path of a recent portfolio.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    import_wanted = Signal()
    sample_wanted = Signal()
    file_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptDrops(False)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        title = Label(tr("Your projects, in one file"))
        set_role(title, Role.FIGURE)
        # The lines of recent files have room around their words: all else is set in as far.
        title.setContentsMargins(SMALL, 0, SMALL, 0)
        middle.addWidget(title)
        middle.addSpacing(SMALL)
        promise = Label(
            tr("Plans, people and history stay on this computer. What you change is saved at once.")
        )
        promise.setProperty("tone", "secondary")
        promise.setWordWrap(True)
        promise.setContentsMargins(SMALL, 0, SMALL, 0)
        middle.addWidget(promise)
        middle.addSpacing(WIDE)
        middle.addLayout(self._buttons())
        self._going_on = Label()
        self._going_on.setContentsMargins(SMALL, MEDIUM, SMALL, 0)
        self._going_on.hide()
        middle.addWidget(self._going_on)
        middle.addSpacing(HUGE)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        middle.addLayout(self._recent)
        middle.addSpacing(LARGE)
        hint = Label(tr("A Microsoft Project plan (.xml) may also be dropped anywhere on this window."))
        hint.setProperty("tone", "hint")
        hint.setContentsMargins(SMALL, 0, SMALL, 0)
        middle.addWidget(hint)
        middle.addStretch(2)
        column = QWidget()
        column.setMaximumWidth(640 + 2 * SMALL)
        column.setLayout(middle)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(HUGE, 96, HUGE, HUGE)
        outer.addStretch(1)
        outer.addWidget(column, 4)
        outer.addStretch(1)

    def show_recent(self, files: Sequence[Path], locale: str) -> None:
        """List the portfolios opened lately, the newest first; one that is not there now is marked."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        found = list(files)[:_SHOWN]
        if not found:
            return
        heading = Label(tr("Opened lately"))
        set_role(heading, Role.SECTION)
        heading.setContentsMargins(SMALL, 0, 0, SMALL)
        self._recent.addWidget(heading)
        for file in found:
            self._recent.addWidget(self._line(file, locale))

    def show_work(self, title: str) -> None:
        """Say under the buttons, where the eye is, what is going on; empty when it is done."""
        self._going_on.setText(f"{title}…" if title else "")
        self._going_on.setVisible(bool(title))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.setContentsMargins(SMALL, 0, SMALL, 0)
        self.new_button = QPushButton(tr("New portfolio"))
        self.new_button.setProperty("primary", True)
        self.new_button.clicked.connect(self.new_wanted)
        self.open_button = QPushButton(tr("Open…"))
        self.open_button.clicked.connect(self.open_wanted)
        self.import_button = QPushButton(tr("Import a plan…"))
        self.import_button.clicked.connect(self.import_wanted)
        self.sample_button = QPushButton(tr("Look at the sample"))
        self.sample_button.setProperty("quiet", True)
        self.sample_button.clicked.connect(self.sample_wanted)
        dress(self.new_button, "file-plus", tone="on_accent")
        dress(self.open_button, "folder")
        dress(self.import_button, "file-input")
        for button in (self.new_button, self.open_button, self.import_button, self.sample_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _line(self, file: Path, locale: str) -> QWidget:
        line = _RecentLine(file, locale)
        line.chosen.connect(self.file_chosen)
        return line


class _RecentLine(QPushButton):
    """One recent portfolio: its name, its folder and when it was changed last."""

    chosen = Signal(str)

    def __init__(self, file: Path, locale: str) -> None:
        super().__init__()
        self._file = file
        self.setProperty("quiet", True)
        self.setProperty("tall", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        is_there = file.is_file()
        spoken = tr("Open {file}") if is_there else tr("{file} is not there")
        self.setAccessibleName(spoken.format(file=file.name))
        self.setToolTip(plain_tip(str(file)))
        self.clicked.connect(lambda: self.chosen.emit(str(self._file)))
        row = QHBoxLayout(self)
        row.setContentsMargins(SMALL, 4, SMALL, 4)
        words = QVBoxLayout()
        words.setSpacing(2)
        name = Label(file.stem)
        set_role(name, Role.BODY_MEDIUM)
        folder = Label(short_folder(file.parent))
        folder.setProperty("tone", "hint")
        set_role(folder, Role.CAPTION)
        words.addWidget(name)
        words.addWidget(folder)
        row.addLayout(words, 1)
        changed = Label(tr("Not there"))
        if is_there:
            changed.setText(stamp_text(datetime.fromtimestamp(file.stat().st_mtime), locale))
        else:
            name.setProperty("tone", "hint")
        changed.setProperty("tone", "secondary" if is_there else "watch")
        set_role(changed, Role.CAPTION)
        row.addWidget(changed)
        for label in (name, folder, changed):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class DropVeil(QFrame):
    """Laid over the window while a file hovers above it, saying what letting go will do."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("veil")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = Label()
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_role(self._label, Role.SECTION)
        box = QVBoxLayout(self)
        box.addWidget(self._label)
        self.hide()

    def say(self, words: str) -> None:
        """Cover the window with these words."""
        self._label.setText(words)
        parent = self.parentWidget()
        if parent is not None:
            self.setGeometry(parent.rect().adjusted(MEDIUM, MEDIUM, -MEDIUM, -MEDIUM))
        self.raise_()
        self.show()
