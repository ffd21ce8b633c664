"""A damaged portfolio's ways out: the newest good backup, or what can still be read of the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from app.domain.errors import FileTrouble
from app.settings import Settings
from app.text import tr, trn
from app.workspace import backups_of, salvage
from ui import opening
from ui.bridge import Apart
from ui.dialogs.backups import backup_table
from ui.theme import LARGE, MEDIUM, WIDE
from ui.widgets.label import Label


class DamageChoice(QDialog):
    """Offers restore and salvage; afterwards ``backup`` or ``salvaged`` says what was chosen.

    The damaged file itself stays where it is until a backup takes its place, and is kept even then.
    """

    def __init__(
        self,
        path: Path,
        settings: Settings,
        parent: QWidget | None = None,
        apart: Apart = lambda title, work: work(),
    ) -> None:
        super().__init__(parent)
        self.backup: Path | None = None
        self.salvaged: Path | None = None
        self._path = path
        self._apart = apart
        self._settings = settings
        self.setWindowTitle(tr("The file is damaged"))
        self.resize(640, 480)
        backups = backups_of(path, settings.backups)
        words = Label(
            trn(
                "{count} verified backup of this portfolio exists. The damaged file is kept, too.",
                "{count} verified backups of this portfolio exist. The damaged file is kept, too.",
                len(backups),
            )
            if backups
            else tr("There is no backup of this portfolio. What can be read is saved into a new file.")
        )
        words.setWordWrap(True)
        self.list = backup_table(backups, settings.locale)
        self.list.setVisible(bool(backups))
        self._report = QPlainTextEdit()
        self._report.setReadOnly(True)
        self._report.setAccessibleName(tr("Report"))
        self._report.hide()
        buttons = QDialogButtonBox()
        self._restore = buttons.addButton(tr("Restore this backup"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._restore.setEnabled(bool(backups))
        self._salvage = buttons.addButton(
            tr("Salvage into a new file…"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self._open = buttons.addButton(tr("Open the salvaged file"), QDialogButtonBox.ButtonRole.ActionRole)
        self._open.hide()
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.on_restore)
        self._salvage.clicked.connect(self.on_salvage)
        self._open.clicked.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addWidget(self._report, 1)
        column.addWidget(buttons)

    def on_restore(self) -> None:
        items = self.list.selectedItems()
        if items:
            self.backup = Path(items[0].data(Qt.ItemDataRole.UserRole))
            self.accept()

    def on_salvage(self) -> None:
        start = self._path.with_name(tr("{name} salvaged", name=self._path.stem) + opening.ENDING)
        target = opening.asked_place(self, tr("Salvage into a new file"), start)
        if target is None:
            return
        try:
            work = partial(salvage, self._path, target, owner=opening.owner(self._settings))
            problems = self._apart(tr("Salvaging"), work)
        except FileTrouble as trouble:
            self._say(trouble.sentence)
            return
        self.salvaged = target
        lines = [f"{problem.place}: {problem.sentence}" for problem in problems]
        self._say("\n".join(lines) or tr("Everything could be read."))
        self._open.show()
        self._restore.hide()
        self._salvage.hide()

    def _say(self, text: str) -> None:
        self.list.hide()
        self._report.setPlainText(text)
        self._report.show()
