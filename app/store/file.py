"""An open portfolio file: read it whole, commit a change set with its journal entry, close it clean."""

from __future__ import annotations

import contextlib
import gc
import os
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Connection

from app.domain.changes import ChangeSet, Label
from app.domain.document import Document
from app.domain.errors import FileTrouble, TroubleKind
from app.domain.history import Backup, EntryKind, FieldChange, JournalEntry, Who
from app.store import lock as locks
from app.store.backup import back_up, folder_of, listed
from app.store.care import check_weekly, restore_weekly
from app.store.check import Examination, problems_of
from app.store.codec import digest
from app.store.connection import (
    MEMORY,
    connected,
    disconnect,
    driver_connection,
    driver_of,
    keep_journal,
    reading,
    writing,
)
from app.store.copies import copy_whole, discard, fresh_uuid, read_meta, replace_by
from app.store.journal import Heads, body_of, changes_of, difference, entry_row, fields_of, heads, stored_body
from app.store.mentions import Mentions
from app.store.rows import RowsMissing, document_of, insert_sql, move_control, write_rows
from app.store.trouble import told, trouble


class PortfolioFile:
    """A file that is open, for writing while ``lock`` is held, else for reading.

    ``why_read_only`` is the sentence that says why nothing can be written; empty for a writer.
    ``holder`` names who writes to it instead, where somebody does.
    """

    def __init__(
        self,
        path: Path,
        connection: Connection,
        lock: locks.OwnerLock | None,
        why_read_only: str = "",
        holder: str = "",
    ) -> None:
        self.path = path
        self.holder = holder
        self.why_read_only = why_read_only
        self._connection = connection
        self._lock = lock
        self._place = _place_on_disk(path)
        self._examination: Examination | None = None
        self._doubt: int | None = None
        self._mentions = Mentions(self._body)
        with told(path), self.reading() as driver:
            self.meta = read_meta(driver)

    @property
    def is_read_only(self) -> bool:
        return bool(self.why_read_only)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read transaction.

        Raises:
            FileTrouble: the file cannot be read, or holds what no portfolio can.
        """
        with told(self.path):
            try:
                with reading(self._connection) as driver:
                    yield driver
            except (ValueError, KeyError, TypeError) as error:
                raise trouble(TroubleKind.DAMAGED, self.path) from error

    def load(self) -> Document:
        """The document of now, and with it the edit counter it belongs to.

        Raises:
            FileTrouble: the file cannot be read.
        """
        with self.reading() as driver, _no_collecting():
            self.meta = read_meta(driver)
            return document_of(driver)

    def heads(self) -> Heads:
        """The journal's heads, read as far back as they are needed."""

        def older(before: int | None, limit: int) -> list[JournalEntry]:
            with self.reading() as driver:
                return heads(driver, limit, before)

        return Heads(older)

    def history(self, limit: int | None, before: int | None) -> tuple[JournalEntry, ...]:
        """Heads newest first."""
        with self.reading() as driver:
            return tuple(heads(driver, -1 if limit is None else limit, before))

    def history_length(self) -> int:
        """How many entries the journal has."""
        with self.reading() as driver:
            count: int = driver.execute("SELECT count(*) FROM journal").fetchone()[0]
            return count

    def changes_of(self, entry: JournalEntry, document: Document, *, backwards: bool) -> ChangeSet:
        """What doing a step again, or ``backwards`` taking it back, changes in the document.

        Raises:
            Refusal: the document no longer holds what the step left behind.
        """
        with self.reading() as driver:
            body = self._body(driver, entry)
        return changes_of(body, entry.label, document, backwards=backwards)

    def steps_about(
        self, entries: Sequence[JournalEntry], records: Collection[str]
    ) -> tuple[tuple[JournalEntry, tuple[FieldChange, ...]], ...]:
        """The entries that speak of one of the records, with the fields they changed.

        A step that brought or took thousands of records comes without its fields.
        """
        with self.reading() as driver:
            found = self._mentions.about(driver, entries, records)
            large = {entry.uuid for entry in found if self._mentions.are_many(driver, entry)}
        return tuple((one, () if one.uuid in large else self.fields_of(one)) for one in found)

    def fields_of(self, entry: JournalEntry) -> tuple[FieldChange, ...]:
        """Which fields a step changed, from what to what."""
        with self.reading() as driver:
            return fields_of(self._body(driver, entry), backwards=entry.kind is EntryKind.UNDO)

    def news(self, document: Document) -> ChangeSet | None:
        """What others have saved since the document was read; ``None`` where nothing.

        Raises:
            FileTrouble: the file cannot be read any more.
        """
        if self.was_replaced:
            self._connect_again()
        with self.reading() as driver, _no_collecting():
            meta = read_meta(driver)
            if meta == self.meta:
                return None
            now = document_of(driver)
            self.meta = meta
            newest = heads(driver, 1)
        label = newest[0].label if newest else Label("")
        return difference(label, document, now)

    def _connect_again(self) -> None:
        if _place_on_disk(self.path) is None:
            raise trouble(TroubleKind.MISSING, self.path)
        with told(self.path):
            connection = connected(self.path, writes=False)
        disconnect(self._connection)
        self._connection = connection
        self._place = _place_on_disk(self.path)

    def _body(self, driver: sqlite3.Connection, entry: JournalEntry) -> bytes:
        body = stored_body(driver, entry.target or entry.uuid)
        if body is None:
            raise ValueError(f"journal entry {entry.uuid} has no body")
        return body

    def commit(self, changes: ChangeSet, entry: JournalEntry, whole: ChangeSet, grows: bool) -> None:
        """Save rows and journal entry in one transaction; the entry's counter becomes the file's.

        ``whole`` is what the entry's body tells: the change set itself, or with ``grows`` that of
        the newest entry and this one together, which then takes the newest entry's place.

        Raises:
            FileTrouble: the file does not take it and is as it was; or, in the rare case of
                ``is_in_doubt``, cannot even be asked. ``settle`` asks it later.
        """
        try:
            self._assert_still_there()
            with told(self.path):
                try:
                    self._write(changes, entry, whole, grows)
                except sqlite3.IntegrityError as error:
                    self._assert_no_damage(error)
                    raise
                except sqlite3.Error:
                    self._doubt = entry.counter
                    with contextlib.suppress(FileTrouble):
                        if self.settle():
                            return
                    raise
        except FileTrouble as found:
            if found.kind in (TroubleKind.NOT_OURS, TroubleKind.MISSING):
                raise trouble(TroubleKind.REPLACED, self.path) from found
            raise
        self.meta = replace(self.meta, counter=entry.counter)

    def _assert_no_damage(self, error: sqlite3.IntegrityError) -> None:
        """See that rows that do not fit are a mistake of ours, and no damage.

        Raises:
            FileTrouble: the file is damaged.
        """
        if problems_of(driver_of(self._connection), self.path, full=True):
            raise trouble(TroubleKind.DAMAGED, self.path) from error

    def _write(self, changes: ChangeSet, entry: JournalEntry, whole: ChangeSet, grows: bool) -> None:
        told_body = None if entry.target is not None else body_of(whole)
        with writing(self._connection) as driver:
            if read_meta(driver) != self.meta:
                raise trouble(TroubleKind.REPLACED, self.path)
            try:
                write_rows(driver, changes)
            except RowsMissing as error:
                raise trouble(TroubleKind.DAMAGED, self.path) from error
            self._write_entry(driver, entry_row(entry, told_body), grows)
            driver.execute("UPDATE meta SET edit_counter = ?", (entry.counter,))

    def _write_entry(self, driver: sqlite3.Connection, row: tuple[object, ...], grows: bool) -> None:
        added, moved = 1, digest(row)
        if grows:
            old = driver.execute("SELECT * FROM journal WHERE counter = ?", (self.meta.counter,)).fetchone()
            driver.execute("DELETE FROM journal WHERE counter = ?", (self.meta.counter,))
            added, moved = 0, moved - digest(old)
        driver.execute(insert_sql("journal"), row)
        move_control(driver, "journal", added, moved)

    def within(self, write: Callable[[sqlite3.Connection], None]) -> None:
        """Let a step of the store's own write in one transaction (salvage)."""
        with told(self.path):
            with writing(self._connection) as driver:
                write(driver)
            with reading(self._connection) as driver:
                self.meta = read_meta(driver)

    def back_up(self, folder: Path, now: datetime, reason: str) -> Backup:
        """Make a verified backup of the file as it is, in its own folder below ``folder``.

        Raises:
            FileTrouble: the backup cannot be written, or the file is damaged.
        """
        with told(self.path), contextlib.closing(self._second_connection()) as source:
            return back_up(source, self.path, folder_of(folder, self.meta.file_uuid), now, reason)

    def backups(self, folder: Path) -> tuple[Backup, ...]:
        """The backups of this file, newest first."""
        return listed(folder_of(folder, self.meta.file_uuid))

    def save_copy(self, target: Path, document: Document, who: Who, now: datetime) -> None:
        """Write a copy of the file to another place, on a branch of its own.

        Where the file itself is gone or was replaced, the copy is written from ``document`` and
        begins a new history. What is already at ``target`` is replaced when the copy is complete.

        Raises:
            FileTrouble: the copy cannot be written; nothing was changed then.
        """
        if target.exists() and locks.is_held(target):
            raise locks.held(target)
        draft = target.with_name(f".{target.name}.{fresh_uuid()[:8]}")

        def renamed(copy: sqlite3.Connection) -> None:
            copy.execute("UPDATE meta SET branch_id = ?", (fresh_uuid(),))

        with told(target):
            try:
                if self._is_as_it_was():
                    copy_whole(driver_of(self._connection), draft, renamed)
                else:
                    from app.store.opening import create

                    create(draft, who, now, document.records()).close()
                replace_by(target, draft)
            finally:
                discard(draft)

    def _is_as_it_was(self) -> bool:
        """Whether what lies on the disk is still what this program last saved there."""
        if self.path == MEMORY:
            return True
        with contextlib.suppress(sqlite3.Error, ValueError), reading(self._connection) as driver:
            return not self.was_replaced and read_meta(driver) == self.meta
        return False

    def _second_connection(self) -> sqlite3.Connection:
        """Another connection to read the file as it is, from whichever thread."""
        if self.path == MEMORY:
            copy = driver_connection(MEMORY, writes=True)
            driver_of(self._connection).backup(copy)
            return copy
        return driver_connection(self.path, writes=False)

    def assert_sound(self) -> None:
        """See that no damage is known before anything is written.

        Raises:
            FileTrouble: the file is damaged.
        """
        if self._examination is not None:
            self._examination.assert_sound()

    @property
    def damage(self) -> FileTrouble | None:
        """The damage that was found since the file was opened."""
        return None if self._examination is None else self._examination.finding

    def examine(self, weekly: Callable[[], None] | None = None) -> None:
        """Look for damage in a thread, from now on, and then do what is to be done ``weekly``."""
        if not self.is_read_only and self._examination is None:
            self._examination = Examination(self.path, weekly)

    def care(self, folder: Path, now: datetime) -> FileTrouble | None:
        """Where a week has passed, check the whole file and restore one backup for a trial.

        Returns the trouble with that backup.

        Raises:
            FileTrouble: the file is damaged, or the backup folder takes no copy.
        """
        own = folder_of(folder, self.meta.file_uuid)
        with told(self.path), contextlib.closing(self._second_connection()) as source:
            check_weekly(source, self.path, own, now)
        return restore_weekly(listed(own), own, now)

    @property
    def is_in_doubt(self) -> bool:
        """Whether a commit reported an error and the file could not yet be asked if it holds it."""
        return self._doubt is not None

    def settle(self) -> bool:
        """Ask the file whether it holds the commit that is in doubt.

        Raises:
            FileTrouble: it still cannot be read.
        """
        with self.reading() as driver:
            found = read_meta(driver)
        landed = found == replace(self.meta, counter=self._doubt or 0)
        self._doubt = None
        if landed:
            self.meta = found
        return landed

    def _assert_still_there(self) -> None:
        if _place_on_disk(self.path) != self._place:
            raise trouble(TroubleKind.REPLACED, self.path)

    @property
    def was_replaced(self) -> bool:
        """Whether another file lies in this one's place, or none."""
        return _place_on_disk(self.path) != self._place

    @property
    def loss(self) -> FileTrouble | None:
        """The trouble of a file that is no longer in its place."""
        return trouble(TroubleKind.REPLACED, self.path) if self.was_replaced else None

    @property
    def is_held(self) -> bool:
        """Whether somebody has the file open for writing: this program, or another."""
        return self._lock is not None or locks.is_held(self.path)

    def close(self) -> None:
        """Let go of the file; what was committed is in one file with nothing beside it."""
        if self._examination is not None:
            self._examination.stop()
        if not self.is_read_only and self.path != MEMORY:
            with contextlib.suppress(sqlite3.Error, RuntimeError):
                keep_journal(driver_of(self._connection), "DELETE")
        disconnect(self._connection)
        if self._lock is not None:
            self._lock.release()


def _place_on_disk(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path: device and number; ``None`` where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


@contextlib.contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the garbage collector, which would look through a million new objects again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
