"""Backups of the open portfolio: when each was made and why; make one, or put one in the file's place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import FileTrouble
from app.text import mark, tr
from app.views.formats import size_text, stamp_text
from app.workspace import Backup
from ui.bridge import Bridge
from ui.theme import LARGE, MEDIUM, WIDE, current
from ui.widgets.label import Label

_REASONS = {
    "asked-for": mark("asked for"),
    "before-large-step": mark("before a large step"),
    "before-restore": mark("before a restore"),
    "before-update": mark("before an update of the file"),
    "closed": mark("on closing"),
}


class BackupChoice(QDialog):
    """Lists the backups, newest first; ``chosen`` is the one to restore after it was accepted."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chosen: Path | None = None
        self._bridge = bridge
        self.setWindowTitle(tr("Backups"))
        self.resize(640, 460)
        words = Label(
            tr(
                "Backups are made while you work and verified when they are made. Restoring one puts it in "
                "the place of the file; the file as it is now is kept as a backup, too."
            )
        )
        words.setWordWrap(True)
        words.setProperty("tone", "secondary")
        self.list = backup_table(bridge.workspace.backups(), bridge.locale)
        self.list.itemSelectionChanged.connect(self.on_selected)
        self._trouble = Label()
        self._trouble.setWordWrap(True)
        self._trouble.setProperty("tone", "bad")
        self._trouble.hide()
        buttons = QDialogButtonBox()
        self._now = buttons.addButton(tr("Back up now"), QDialogButtonBox.ButtonRole.ActionRole)
        self._restore = buttons.addButton(tr("Restore this backup"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        self._now.clicked.connect(self.on_now)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        column.addWidget(self._trouble)
        column.addWidget(buttons)
        self.on_selected()

    def on_selected(self) -> None:
        items = self.list.selectedItems()
        self.chosen = Path(items[0].data(Qt.ItemDataRole.UserRole)) if items else None
        self._restore.setEnabled(self.chosen is not None and not self._bridge.is_read_only)

    def on_now(self) -> None:
        try:
            self._bridge.apart(tr("Backing up"), self._bridge.workspace.back_up)
        except FileTrouble as trouble:
            self._trouble.setText(trouble.sentence)
            self._trouble.show()
            return
        fill_backups(self.list, self._bridge.workspace.backups(), self._bridge.locale)


def backup_table(backups: tuple[Backup, ...], locale: str) -> QTableWidget:
    """A table to choose one backup from."""
    table = QTableWidget(0, 3)
    table.setAccessibleName(tr("Backups"))
    table.setHorizontalHeaderLabels([tr("Made"), tr("Why"), tr("Size")])
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().setVisible(False)
    table.verticalHeader().setDefaultSectionSize(current().metrics.row)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
    table.setColumnWidth(0, 200)
    table.setColumnWidth(1, 240)
    table.horizontalHeader().setStretchLastSection(True)
    fill_backups(table, backups, locale)
    return table


def fill_backups(table: QTableWidget, backups: tuple[Backup, ...], locale: str) -> None:
    """Show these backups in the table, the newest selected."""
    table.setRowCount(len(backups))
    for row, backup in enumerate(backups):
        size = size_text(backup.size, locale)
        made = stamp_text(backup.made_at.astimezone(), locale)
        reason = tr(_REASONS[backup.reason]) if backup.reason in _REASONS else backup.reason
        for column, text in enumerate((made, reason, size)):
            item = QTableWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, str(backup.place))
            table.setItem(row, column, item)
    if backups:
        table.selectRow(0)
