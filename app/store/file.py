"""An open portfolio file: read it whole, commit a change set with its journal entry, close it clean."""

from __future__ import annotations

import contextlib
import gc
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import uuid4

from sqlalchemy.engine import Connection

from app.domain.changes import ChangeSet, Label
from app.domain.document import Document
from app.domain.errors import FileTrouble, TroubleKind
from app.domain.history import EntryKind, FieldChange, JournalEntry
from app.store.codec import digest
from app.store.connection import MEMORY, connected, disconnect, driver_of, keep_journal, reading, writing
from app.store.journal import Heads, body_of, changes_of, difference, entry_row, fields_of, heads, stored_body
from app.store.lock import OwnerLock
from app.store.rows import RowsMissing, document_of, insert_sql, move_control, write_rows
from app.store.trouble import told, trouble


@dataclass(frozen=True, slots=True)
class Meta:
    """Which file this is, on which branch of its copies, and how many commits it has seen."""

    file_uuid: str
    branch_id: str
    counter: int


def read_meta(driver: sqlite3.Connection) -> Meta:
    """The file's own record.

    Raises:
        ValueError: it has none.
    """
    row = driver.execute("SELECT file_uuid, branch_id, edit_counter FROM meta").fetchone()
    if row is None:
        raise ValueError("no meta row")
    return Meta(*row)


class PortfolioFile:
    """A file that is open, for writing while ``lock`` is held, else for reading.

    ``why_read_only`` is the sentence that says why nothing can be written; empty for a writer.
    ``holder`` names who writes to it instead, where somebody does.
    """

    def __init__(
        self,
        path: Path,
        connection: Connection,
        lock: OwnerLock | None,
        why_read_only: str = "",
        holder: str = "",
    ) -> None:
        self.path = path
        self.holder = holder
        self.why_read_only = why_read_only
        self._connection = connection
        self._lock = lock
        self._place = _place_on_disk(path)
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

    def changes_of(self, entry: JournalEntry, document: Document, *, backwards: bool) -> ChangeSet:
        """What doing a step again, or ``backwards`` taking it back, changes in the document.

        Raises:
            Refusal: the document no longer holds what the step left behind.
        """
        with self.reading() as driver:
            body = self._body(driver, entry)
        return changes_of(body, entry.label, document, backwards=backwards)

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
            FileTrouble: the file does not take it; file and memory are as they were.
        """
        try:
            self._assert_still_there()
            with told(self.path):
                try:
                    self._write(changes, entry, whole, grows)
                except sqlite3.Error:
                    if not self._landed(entry.counter):
                        raise
        except FileTrouble as found:
            if found.kind in (TroubleKind.NOT_OURS, TroubleKind.MISSING):
                raise trouble(TroubleKind.REPLACED, self.path) from found
            raise
        self.meta = replace(self.meta, counter=entry.counter)

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

    def _landed(self, counter: int) -> bool:
        """Whether a commit that reported an error is in the file all the same: the file itself says."""
        with contextlib.suppress(sqlite3.Error, ValueError), reading(self._connection) as driver:
            return read_meta(driver) == replace(self.meta, counter=counter)
        return False

    def _assert_still_there(self) -> None:
        if _place_on_disk(self.path) != self._place:
            raise trouble(TroubleKind.REPLACED, self.path)

    @property
    def was_replaced(self) -> bool:
        """Whether another file lies in this one's place, or none."""
        return _place_on_disk(self.path) != self._place

    def close(self) -> None:
        """Let go of the file; what was committed is in one file with nothing beside it."""
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


def fresh_uuid() -> str:
    """A new name for a file, a branch or a journal entry."""
    return str(uuid4())
