"""Between one window and the portfolio: gestures go down as steps, changes come up as one signal.

A page asks the bridge to run a step and never sees an exception it cannot use: what the rules
refuse and what the disk refuses come out of ``noticed``, in the words they were raised with.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.changes import ChangeSet
from app.domain.document import Document
from app.domain.errors import FileTrouble, Refusal
from app.operations.operation import Step
from app.settings import Settings
from app.text import tr
from app.workspace import Outcome, Workspace

T = TypeVar("T")
Apart = Callable[[str, Callable[[], Any]], Any]


class Tone(Enum):
    """How a notice is to be taken."""

    DONE = "done"
    REFUSED = "refused"
    TROUBLE = "trouble"


class Bridge(QObject):
    """One window's way to its portfolio.

    ``changed`` carries the change set of every commit, whoever made it. ``noticed`` carries a tone,
    a sentence and whether *Undo* is to be offered with it; ``troubled`` the trouble of the file and
    the gesture that met it, to be tried again. ``apart`` does slow work, by its title, while the
    window stays alive.
    """

    changed = Signal(object)
    noticed = Signal(object, str, bool)
    troubled = Signal(object, object)

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        parent: QObject | None = None,
        apart: Apart = lambda title, work: work(),
    ) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.settings = settings
        self._apart = apart
        self._thread = threading.get_ident()
        self._elsewhere: list[ChangeSet] = []
        workspace.patience = lambda work: self.apart(tr("Saving"), work)
        self._unsubscribe = workspace.subscribe(self.on_committed)

    @property
    def document(self) -> Document:
        """The document of now."""
        return self.workspace.document

    @property
    def locale(self) -> str:
        """The Babel locale in which dates and figures are shown."""
        chosen: str = self.settings.locale
        return chosen

    @property
    def is_read_only(self) -> bool:
        """Whether this window may only look."""
        return self.workspace.is_read_only

    def try_run(self, step: Step[T]) -> Outcome[T]:
        """Run a step for an editor that shows refusals in place.

        Raises:
            Refusal, FileTrouble: nothing was changed.
        """
        return self.workspace.run(step)

    def try_run_apart(self, step: Step[T], title: str) -> Outcome[T]:
        """As ``try_run``, for a step that takes long: the window stays alive and editing is paused.

        Raises:
            Refusal, FileTrouble: nothing was changed.
        """
        return self.apart(title, lambda: self.workspace.run(step))

    def apart(self, title: str, work: Callable[[], T]) -> T:
        """Do slow work while the window stays alive; what it committed is announced before this returns."""
        try:
            done: T = self._apart(title, work)
            return done
        finally:
            while self._elsewhere and threading.get_ident() == self._thread:
                self.changed.emit(self._elsewhere.pop(0))

    def run(self, step: Step[T], *, announce: bool = False) -> Outcome[T] | None:
        """Run a step; ``None`` when it was refused, which has then been said.

        ``announce`` says afterwards what was done and offers to undo it: for what destroys or
        what happens out of sight.
        """
        try:
            outcome = self.workspace.run(step)
        except Refusal as refusal:
            self.noticed.emit(Tone.REFUSED, refusal.sentence, False)
        except FileTrouble as trouble:
            self.troubled.emit(trouble, lambda: self.run(step, announce=announce))
        else:
            if announce and outcome.changes:
                self.noticed.emit(Tone.DONE, outcome.changes.label.text, True)
            return outcome
        return None

    def refused(
        self, step: Step[T], done: Callable[[T], object] = lambda _result: None, *, is_asked: bool = False
    ) -> str:
        """Run a step for a form that says refusals itself; the sentence of one, empty when it was done.

        ``done`` is given what the step made. What the disk refuses is also said in the window, with the
        way out: to try again, unless a dialog that is still open asked for it (``is_asked``).
        """
        try:
            outcome = self.workspace.run(step)
        except Refusal as refusal:
            return refusal.sentence
        except FileTrouble as trouble:
            self.troubled.emit(trouble, None if is_asked else lambda: self.refused(step, done))
            return trouble.sentence
        done(outcome.result)
        return ""

    def what_if(self, step: Step[T]) -> Document | None:
        """The document as it would be after the step, or ``None`` where the rules refuse it."""
        try:
            return self.workspace.what_if(step)
        except Refusal:
            return None

    def undo(self) -> None:
        """Take back the last step and say which one."""
        self._travel(self.workspace.undo, tr("Undone: {label}"))

    def redo(self) -> None:
        """Do again the step taken back last and say which one."""
        self._travel(self.workspace.redo, tr("Done again: {label}"))

    def _travel(self, way: Callable[[], ChangeSet], words: str) -> None:
        try:
            changes = way()
        except Refusal as refusal:
            self.noticed.emit(Tone.REFUSED, refusal.sentence, False)
        except FileTrouble as trouble:
            self.troubled.emit(trouble, lambda: self._travel(way, words))
        else:
            self.noticed.emit(Tone.DONE, words.format(label=changes.label.text), False)

    def follow(self) -> FileTrouble | None:
        """In a read-only window, take in what the holder has saved meanwhile; what kept it from that."""
        if self.workspace.is_read_only:
            try:
                self.workspace.refresh()
            except FileTrouble as trouble:
                return trouble
        return None

    def close(self) -> None:
        """Let go of the portfolio."""
        self._unsubscribe()
        self.apart(tr("Closing"), self.workspace.close)

    def on_committed(self, changes: ChangeSet) -> None:
        if threading.get_ident() == self._thread:
            self.changed.emit(changes)
        else:  # screens are told in their own thread, when the work apart has ended
            self._elsewhere.append(changes)
