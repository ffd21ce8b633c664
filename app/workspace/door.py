"""The workspace: one open portfolio, through which everything that changes it goes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from app.domain.changes import ChangeSet, Label
from app.domain.document import Document
from app.domain.draft import Draft, fresh_id
from app.domain.errors import FileTrouble, Refusal, TroubleKind
from app.domain.history import Backup, EntryKind, FieldChange, JournalEntry, Who
from app.domain.rules import check
from app.operations.operation import Operation, Step
from app.operations.portfolio import known_currency
from app.settings import Settings
from app.text import tr
from app.workspace.routine import BackupRoutine
from app.workspace.steps import SYSTEM_CLOCK, Clock, Commit, Outcome, Warm, first_records

if TYPE_CHECKING:
    from app.store.file import PortfolioFile

IMPORTING = threading.RLock()
"""Held while the store is imported: two threads in the rings of SQLAlchemy's imports trip each other."""

T = TypeVar("T")
Listener = Callable[[ChangeSet], None]
LARGE_COMMIT = 5000
"""Records in a commit above which whoever has ``patience`` does it."""


class Workspace:
    """An open portfolio. Made by ``create``, ``open`` or ``in_memory``; to be closed, or used in ``with``.

    One thread at a time commits; ``document`` may be read from any. A window sets ``patience``: it
    is given the slow part of large commits, to be done by the time it returns, in whatever thread.
    """

    def __init__(self, file: PortfolioFile, owner: Who, clock: Clock, backups: Path | None = None) -> None:
        self.owner = owner if owner.display else replace(owner, display=Settings().display_name)
        self.clock = clock
        self.holder = file.holder
        self._file = file
        self._routine = BackupRoutine(file, clock.utc, backups)
        self.patience: Callable[[Callable[[], None]], None] = lambda work: work()
        self._in_doubt: Commit | None = None
        self._is_closed = False
        self._lock = threading.RLock()
        self._listeners: list[Listener] = []
        self._warm: Warm | None = None
        self.document: Document = file.load()
        self._heads = file.heads()
        file.examine(None if backups is None else self._routine.weekly)

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        owner: Who,
        clock: Clock = SYSTEM_CLOCK,
        currency: str = "EUR",
        name: str | None = None,
        backups: Path | None = None,
    ) -> Workspace:
        """Make a new portfolio file and open it; ``backups`` as for ``open``.

        Raises:
            Refusal: there is no such currency.
            FileTrouble: something of that name exists, or nothing can be written there.
        """
        with IMPORTING:
            from app.store.opening import create
        place = Path(path)
        first = first_records(place.stem if name is None else name, known_currency(currency), owner)
        return cls(create(place, owner, clock.utc(), first), owner, clock, backups)

    @classmethod
    def in_memory(
        cls, *, owner: Who, clock: Clock = SYSTEM_CLOCK, currency: str = "EUR", name: str = "Portfolio"
    ) -> Workspace:
        """A portfolio that lies in no file and is gone when it is closed: for samples and trials."""
        return cls.create(":memory:", owner=owner, clock=clock, currency=currency, name=name)

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        owner: Who,
        clock: Clock = SYSTEM_CLOCK,
        read_only: bool = False,
        backups: Path | None = None,
    ) -> Workspace:
        """Open a portfolio file; one of an older version is brought up to date after a backup.

        A file on a medium that cannot be written opens read-only by itself. With a folder for
        ``backups`` one is made every half hour of work, before large steps, and on closing.

        Raises:
            FileTrouble: not there, not ours, held by somebody else (not with ``read_only``), newer,
                damaged, or trouble with the disk.
        """
        with IMPORTING:
            from app.store.opening import open_file
        place = Path(path)
        kept = backups or Settings().backups
        file = open_file(place, owner, clock.utc(), read_only=read_only, backups=kept)
        try:
            return cls(file, owner, clock, backups)
        except BaseException:
            file.close()
            raise

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def is_read_only(self) -> bool:
        return self._file.is_read_only

    @property
    def why_read_only(self) -> str:
        """The sentence that says why nothing can be written; empty where it can."""
        return self._file.why_read_only

    @property
    def saved_at(self) -> datetime | None:
        """When the last step was saved (UTC); ``None`` where there was none yet."""
        with self._lock:
            newest = self._heads.newest()
        return None if newest is None else newest.utc

    def run(self, step: Step[T], *, window: str = "") -> Outcome[T]:
        """Do a step: draft it, hold it against the rules, save it, make it so, and tell everybody.

        A step that changes nothing is not saved. ``window`` names where the gesture was made:
        quick repeats join only within one.

        Raises:
            Refusal: the rules forbid it.
            FileTrouble: the file does not take it.
        """
        with self._lock:
            self._assert_writable()
            draft = self._drafted()
            result = step.apply(draft)
            changes = draft.changes()
            if not changes:
                return Outcome(changes, result)
            document = self.document.after(changes)
            check(document, changes)
            if self._routine.comes_before(changes):
                self.patience(self._routine.before_large_step)
            self._commit_step(step.operation, changes, document, window)
        self._tell(changes)
        return Outcome(changes, result)

    def what_if(self, step: Step[Any]) -> Document:
        """The document as it would be after the step; nothing is saved and nobody is told.

        Raises:
            Refusal: the rules forbid it.
        """
        draft = self._drafted()
        step.apply(draft)
        changes = draft.changes()
        document = self.document.after(changes)
        check(document, changes)
        return document

    def undo(self) -> ChangeSet:
        """Take back the last step, whoever made it.

        Raises:
            Refusal: there is nothing to undo, or the step is taken back in another way.
            FileTrouble: the file does not take it.
        """
        with self._lock:
            self._assert_writable()
            entry = self._heads.undoable
            if entry is None:
                raise Refusal(tr("There is nothing to undo."))
            if entry.sealed:
                way = tr(entry.sealed)
                raise Refusal(
                    tr("“{step}” is not taken back by Undo; use “{way}”.", step=entry.label.text, way=way)
                )
            changes = self._file.changes_of(entry, self.document, backwards=True)
            self._commit_travel(EntryKind.UNDO, entry, changes)
        self._tell(changes)
        return changes

    def redo(self) -> ChangeSet:
        """Do again the step that was taken back last.

        Raises:
            Refusal: there is nothing to redo.
            FileTrouble: the file does not take it.
        """
        with self._lock:
            self._assert_writable()
            entry = self._heads.redoable
            if entry is None:
                raise Refusal(tr("There is nothing to redo."))
            changes = self._file.changes_of(entry, self.document, backwards=False)
            self._commit_travel(EntryKind.REDO, entry, changes)
        self._tell(changes)
        return changes

    @property
    def undo_entry(self) -> JournalEntry | None:
        """The step that undo would take back, with who made it."""
        with self._lock:
            return self._heads.undoable

    @property
    def redo_entry(self) -> JournalEntry | None:
        """The step that redo would do again."""
        with self._lock:
            return self._heads.redoable

    @property
    def undo_label(self) -> Label | None:
        """The name of the step that undo would take back; ``None`` where there is none."""
        entry = self.undo_entry
        return None if entry is None else entry.label

    @property
    def redo_label(self) -> Label | None:
        """The name of the step that redo would do again; ``None`` where there is none."""
        entry = self.redo_entry
        return None if entry is None else entry.label

    def history(self, limit: int | None = None, before: int | None = None) -> tuple[JournalEntry, ...]:
        """The newest steps first, at most ``limit``, only those before counter ``before`` where given."""
        with self._lock:
            self._settle()
            return self._file.history(limit, before)

    @property
    def history_length(self) -> int:
        """How many steps the history holds."""
        with self._lock:
            self._settle()
            return self._file.history_length()

    def history_about(
        self, records: Collection[str]
    ) -> tuple[tuple[JournalEntry, tuple[FieldChange, ...]], ...]:
        """All steps that speak of one of the records, newest first, with the fields they changed.

        A step that brought or took thousands of records comes without its fields.
        """
        with self._lock:
            self._settle()
            return self._file.steps_about(tuple(self._heads), records)

    def history_fields(self, entry: JournalEntry) -> tuple[FieldChange, ...]:
        """Which fields a step changed, from what to what."""
        with self._lock:
            return self._file.fields_of(entry)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have every commit's change set; what is returned ends that."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def refresh(self) -> None:
        """In a read-only workspace, take in what the file's holder has saved meanwhile.

        Raises:
            FileTrouble: the file cannot be read any more.
        """
        if not self.is_read_only:
            return
        with self._lock:
            changes = self._file.news(self.document)
            if changes is None:
                return
            self.document = self.document.after(changes)
            self._heads.forget()
        self._tell(changes)

    @property
    def loss(self) -> FileTrouble | None:
        """Why nothing can be saved any more: another file lies in this one's place, or none."""
        return None if self.is_read_only else self._file.loss

    @property
    def is_free(self) -> bool:
        """Whether nobody writes to the file now; in a read-only workspace, that it could be opened again."""
        return not self._file.is_held

    @property
    def damage(self) -> FileTrouble | None:
        """The damage found in the file since it was opened; looked for in the background."""
        return self._file.damage

    def save_copy(self, path: Path | str) -> None:
        """Write a copy to another place, replacing what is there; also when the file itself is lost.

        Raises:
            FileTrouble: it cannot be written there.
        """
        target = Path(path)
        if target.resolve() == self.path.resolve():
            raise FileTrouble(TroubleKind.EXISTS, tr("Choose another name for the copy."))
        with self._lock:
            self._file.save_copy(target, self.document, self.owner, self.clock.utc())

    def back_up(self, reason: str = "asked for") -> Path:
        """Make a verified backup and say where it is.

        Raises:
            FileTrouble: it cannot be written, or the file is damaged.
        """
        return self._routine.back_up(reason).place

    def backups(self) -> tuple[Backup, ...]:
        """The backups of this portfolio, newest first."""
        return self._file.backups(self._routine.folder)

    @property
    def backup_trouble(self) -> FileTrouble | None:
        """Why the last backup the program made by itself failed, or one can no longer be restored."""
        return self._routine.trouble

    def close(self) -> None:
        """Let go of the file. Closing twice does nothing."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            self._routine.before_closing()
            self._file.close()
            self._listeners.clear()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _drafted(self) -> Draft:
        return Draft(self.document, self.clock.moment, fresh_id)

    def _assert_writable(self) -> None:
        self._settle()
        if self.is_read_only:
            raise FileTrouble(TroubleKind.HELD if self.holder else TroubleKind.READ_ONLY, self.why_read_only)

    def _entry(
        self, kind: EntryKind, label: Label, operation: str, target: str | None = None
    ) -> JournalEntry:
        meta = self._file.meta
        utc = self.clock.utc()
        return JournalEntry(
            fresh_id(), meta.counter + 1, meta.branch_id, self.owner, utc, kind, target, label, operation
        )

    def _commit_step(
        self, operation: Operation[Any, Any], changes: ChangeSet, document: Document, window: str
    ) -> None:
        entry = self._entry(EntryKind.DO, changes.label, operation.name)
        if operation.sealed:
            entry = replace(entry, sealed=operation.counter or operation.label)
        whole = None if self._warm is None else self._warm.joined_by(operation, changes, entry.utc, window)
        if whole is not None and self._warm is not None:
            entry = replace(self._warm.entry, counter=entry.counter, utc=entry.utc, label=entry.label)
        body = changes if whole is None else whole
        self._commit(Commit(changes, entry, body, whole is not None, document))
        if operation.merges:
            self._warm = Warm(entry, body, window)

    def _commit_travel(self, kind: EntryKind, target: JournalEntry, changes: ChangeSet) -> None:
        entry = self._entry(kind, target.label, target.operation, target.uuid)
        document = self.document.after(changes)
        self._commit(Commit(changes, entry, changes, False, document))

    def _commit(self, commit: Commit) -> None:
        self._file.assert_sound()
        save = partial(self._file.commit, commit.changes, commit.entry, commit.whole, commit.grows)
        try:
            self.patience(save) if len(commit.changes.changes) > LARGE_COMMIT else save()
        except UnicodeEncodeError as error:
            raise Refusal(tr("The text contains a character that cannot be saved.")) from error
        except OverflowError as error:
            raise Refusal(tr("A number or date is too large to be saved.")) from error
        except FileTrouble:
            if self._file.is_in_doubt:
                self._in_doubt = commit
            raise
        self._take_in(commit)

    def _take_in(self, commit: Commit) -> None:
        """Have in memory what the file now holds."""
        self.document = commit.document
        self._warm = None
        if commit.grows:
            self._heads.grow(commit.entry)
        else:
            self._heads.add(commit.entry)
        self._routine.after_commit()

    def _settle(self) -> None:
        """Find out whether a commit whose disk failed at the very end is in the file after all.

        Raises:
            FileTrouble: the file still cannot be read.
        """
        if self._in_doubt is not None:
            landed = self._file.settle()
            commit, self._in_doubt = self._in_doubt, None
            if landed:
                self._take_in(commit)
                self._tell(commit.changes)

    def _tell(self, changes: ChangeSet) -> None:
        """Tell every listener, also when one of them fails; the first failure is then raised."""
        failure: Exception | None = None
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception as error:
                failure = failure or error
        if failure is not None:
            raise failure
