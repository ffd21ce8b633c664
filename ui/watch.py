"""What may happen to an open file out of sight, looked for every two seconds and said once, with the way out.

Damage that the check in the background found; a backup that failed; another file in this one's
place; and, in a window that may only look, what the holder saves, and that the holder has left.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.domain.errors import FileTrouble, TroubleKind
from app.text import tr
from app.workspace import where_it_lies
from ui.notices import Act

if TYPE_CHECKING:
    from ui.bridge import Bridge
    from ui.shell import Shell

EVERY_MS = 2000
_SAVE_ELSEWHERE = (TroubleKind.REPLACED, TroubleKind.READ_ONLY, TroubleKind.MISSING, TroubleKind.HELD)


class Watch(QObject):
    """Watches over the file of one window. ``begin`` when it is shown, ``end`` when it is closed."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        self._shell = shell
        self._told: set[str] = set()
        self._lost = ""
        self._standing = ""
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Watch the file that is open now, and warn of the place it lies in, once for each file."""
        self._told = set()
        self._timer.start()
        bridge, settings = self._shell.bridge, self._shell.settings
        if bridge is None:
            return
        door = bridge.workspace
        self._standing = ""
        if door.is_read_only:
            self._say_who_works()
        warning = where_it_lies(door.path)
        if warning and str(door.path) not in settings.warned_files:
            settings.warned_files = (*settings.warned_files[-50:], str(door.path))
            self._shell.notices.bar(warning, None, "watch")

    def end(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look once; while long work is going on, later."""
        bridge = self._shell.bridge
        if bridge is None or self._shell.work.is_busy:
            return
        self._follow(bridge)
        door = bridge.workspace
        for trouble in (door.damage, door.loss):
            if trouble is not None:
                self._say_once(trouble.sentence, self._way_out(trouble, None), "bad")
        if (failed := door.backup_trouble) is not None:
            self._say_once(failed.sentence, (tr("Backups…"), self._shell.flows.backups), "watch")
        if door.holder:
            self._say_who_works()

    def _follow(self, bridge: Bridge) -> None:
        """Say once what keeps the window from following, and again only after it could meanwhile."""
        trouble = bridge.follow()
        if trouble is not None:
            self._lost = trouble.sentence
            self._say_once(trouble.sentence, self._way_out(trouble, None), "bad")
        elif self._lost:
            self._told.discard(self._lost)
            self._lost = ""

    def on_troubled(self, trouble: FileTrouble, again: Callable[[], object] | None) -> None:
        """Say what the file refused, with the way out: elsewhere, restored, or once more."""
        self._shell.notices.bar(trouble.sentence, self._way_out(trouble, again), "bad")

    def _say_who_works(self) -> None:
        """Say in one bar why nothing can be changed, or that it can be now; it follows what is true."""
        assert self._shell.bridge is not None
        door = self._shell.bridge.workspace
        path, sentence, act, tone = door.path, door.why_read_only, self._copy(), "watch"
        if door.holder and door.is_free:
            sentence = tr("{file} is free now: nobody else is working on it.", file=path.name)
            act, tone = (tr("Open for editing"), lambda: self._shell.flows.open_path(path)), "good"
        if sentence != self._standing:
            self._shell.notices.take_away(self._standing)
            self._standing = sentence
            self._shell.notices.bar(sentence, act, tone)

    def _say_once(self, sentence: str, act: Act | None, tone: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._shell.notices.bar(sentence, act, tone)

    def _way_out(self, trouble: FileTrouble, again: Callable[[], object] | None) -> Act | None:
        bridge = self._shell.bridge
        if trouble.kind is TroubleKind.DAMAGED and bridge is not None:
            path = bridge.workspace.path
            return tr("Ways out…"), lambda: self._shell.flows.mend(path)
        if trouble.kind in _SAVE_ELSEWHERE and (trouble.kind is not TroubleKind.HELD or again is None):
            return self._copy()
        return None if again is None else (tr("Try again"), again)

    def _copy(self) -> Act:
        return tr("Save a copy…"), self._shell.flows.save_copy
