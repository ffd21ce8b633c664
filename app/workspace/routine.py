"""Backups that the program makes by itself: after half an hour of work, before large steps, on closing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.changes import ChangeSet
from app.domain.errors import FileTrouble
from app.domain.history import Backup
from app.settings import Settings
from app.text import tr

if TYPE_CHECKING:
    from app.store.file import PortfolioFile

LARGE_STEP = 1000
"""Records changed by a step that is worth a backup before it."""
LARGE_DELETION = 50


class BackupRoutine:
    """When the backups of one open file are made. Without a folder only those that are asked for.

    ``trouble`` is why the last one failed that nobody had asked for.
    """

    def __init__(self, file: PortfolioFile, utc: Callable[[], datetime], folder: Path | None) -> None:
        self.trouble: FileTrouble | None = None
        self._file = file
        self._utc = utc
        self._folder = folder
        self._made_at = utc()
        self._changed_since = False
        self._thread: threading.Thread | None = None

    @property
    def folder(self) -> Path:
        """Where backups go: the given folder, else that of the settings."""
        return self._folder or Settings().backups

    def back_up(self, reason: str) -> Backup:
        """Make a backup now.

        Raises:
            FileTrouble: it cannot be written, or the file is damaged.
        """
        self._changed_since = False
        self._made_at = self._utc()
        return self._file.back_up(self.folder, self._made_at, reason)

    def comes_before(self, changes: ChangeSet) -> bool:
        """Whether a step is worth a backup before it: an import, or a large deletion."""
        gone = sum(1 for change in changes.changes if change.after is None)
        return self._folder is not None and (len(changes.changes) >= LARGE_STEP or gone >= LARGE_DELETION)

    def before_large_step(self) -> None:
        """Make the backup that comes before a large step."""
        self._try("before large step")

    def after_commit(self) -> None:
        """Start a backup in a thread where the last one is as old as the settings have it (half an hour)."""
        self._changed_since = True
        if self._folder is None or (self._thread is not None and self._thread.is_alive()):
            return
        if self._is_due(self._utc() - self._made_at):
            self._made_at = self._utc()
            self._thread = threading.Thread(target=self._try, args=("at work",), name="backup")
            self._thread.start()

    def weekly(self) -> None:
        """Where a week has passed, check the whole file and restore one backup for a trial.

        Raises:
            FileTrouble: the file is damaged, or nothing can be written to the backup folder.
        """
        failed = self._file.care(self.folder, self._utc())
        if failed is not None:
            self.trouble = failed

    def before_closing(self) -> None:
        """Make the last backup of this sitting, if anything changed since the one before."""
        if self._thread is not None:
            self._thread.join()
        if self._folder is not None and self._changed_since:
            self._try("closed")

    def _is_due(self, age: timedelta) -> bool:
        """Whether the last backup is old; the settings are asked only where it may be."""
        shortest = timedelta(minutes=1)
        return age >= shortest and age >= timedelta(minutes=Settings().backup_minutes)

    def _try(self, reason: str) -> None:
        try:
            self.back_up(reason)
            self.trouble = None
        except FileTrouble as found:
            sentence = tr("The last backup failed. {reason}", reason=found.sentence)
            self.trouble = FileTrouble(found.kind, sentence)
