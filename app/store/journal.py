"""The journal: every step with who, when and what, in the same transaction as its rows.

A body is zlib-compressed JSON with the changed fields as their rows hold them (see ``codec``)::

    {"tasks": {"fields": ["id", "project", …],          the columns of whole rows, where there are any
               "came": [[…], …], "gone": [[…], …],      whole rows that came and went
               "changed": {id: {field: [before, after]}}}}

Undo and redo have no body: they name the entry they speak about. Entries are only ever appended,
but the newest one may grow while quick repeats of one gesture merge into it.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, replace
from datetime import datetime
from typing import Any

from app.domain.changes import Change, ChangeSet, Label
from app.domain.document import Document
from app.domain.errors import Refusal
from app.domain.history import EntryKind, FieldChange, JournalEntry, Who
from app.domain.records import BY_TABLE, KINDS, ORDER, Record
from app.store.codec import codec_of, loaded, stored
from app.text import tr

HEAD = (
    "counter, uuid, branch, user, display, machine, utc, kind, target, message, arguments, operation, sealed"
)
_CHUNK = 256


def body_of(changes: ChangeSet) -> bytes:
    """The body that a change set has in the journal."""
    found: dict[str, dict[str, Any]] = {}
    came: dict[str, list[Record]] = {}
    gone: dict[str, list[Record]] = {}
    for change in changes.changes:
        if change.before is None and change.after is not None:
            came.setdefault(change.table, []).append(change.after)
        elif change.after is None and change.before is not None:
            gone.setdefault(change.table, []).append(change.before)
        else:
            table = found.setdefault(change.table, {})
            table.setdefault("changed", {})[change.id] = _changed_fields(change)
    for word, rows in (("came", came), ("gone", gone)):
        for name, records in rows.items():
            codec = codec_of(name)
            table = found.setdefault(name, {})
            table["fields"] = codec.names
            table[word] = codec.encode(records)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def _changed_fields(change: Change) -> dict[str, list[Any]]:
    codec = codec_of(change.table)
    before, after = codec.encode((change.before, change.after))
    pairs = zip(codec.names, before, after, strict=True)
    return {name: [old, new] for name, old, new in pairs if old != new}


def changes_of(
    body: bytes, label: Label, document: Document, *, backwards: bool = False, strictly: bool = True
) -> ChangeSet:
    """The change set a body describes (``backwards``: the one that takes it back), on this document.

    Raises:
        Refusal: ``strictly``, and the document no longer holds what the step left behind.
    """
    came, gone = ("gone", "came") if backwards else ("came", "gone")
    kept: list[Change] = []
    dropped: list[Change] = []
    parsed: dict[str, dict[str, Any]] = json.loads(zlib.decompress(body))
    for name in sorted((name for name in parsed if name in ORDER), key=ORDER.__getitem__):
        found = parsed[name]
        known = document.table(name)
        kept.extend(Change(name, r.id, known.get(r.id), r) for r in _whole(name, found, came))
        for id, pairs in found.get("changed", {}).items():
            before = known.get(id)
            if before is None:
                raise Refusal(tr("What this step changed is no longer there."))
            kept.append(Change(name, id, before, _moved(name, before, pairs, backwards, strictly)))
        dropped.extend(
            Change(name, r.id, known.get(r.id), None) for r in _whole(name, found, gone) if r.id in known
        )
    dropped.sort(key=lambda change: -ORDER[change.table])
    changes = tuple(change for change in kept + dropped if change.before != change.after)
    return ChangeSet(label, changes)


def difference(label: Label, old: Document, new: Document) -> ChangeSet:
    """The change set that makes one document of the other."""
    kept: list[Change] = []
    dropped: list[Change] = []
    for kind in KINDS:
        here, there = old.table(kind.table), new.table(kind.table)
        kept.extend(Change(kind.table, r.id, here.get(r.id), r) for r in there if here.get(r.id) != r)
        dropped.extend(Change(kind.table, r.id, r, None) for r in here if r.id not in there)
    return ChangeSet(label, tuple(kept + dropped[::-1]))


def fields_of(body: bytes, *, backwards: bool = False) -> tuple[FieldChange, ...]:
    """The field changes a body tells of, for a person to read."""
    told: list[FieldChange] = []
    parsed: dict[str, dict[str, Any]] = json.loads(zlib.decompress(body))
    for name, found in parsed.items():
        if name not in BY_TABLE:
            continue
        told.extend(FieldChange(name, r.id, "*", None, r) for r in _whole(name, found, "came"))
        columns = {column.name: column for column in codec_of(name).columns}
        told.extend(
            FieldChange(name, id, field, *(loaded(columns[field], value) for value in pair))
            for id, pairs in found.get("changed", {}).items()
            for field, pair in pairs.items()
            if field in columns
        )
        told.extend(FieldChange(name, r.id, "*", r, None) for r in _whole(name, found, "gone"))
    if backwards:
        told = [FieldChange(c.table, c.id, c.field, c.after, c.before) for c in told]
    return tuple(told)


def _whole(name: str, found: dict[str, Any], word: str) -> list[Any]:
    """The whole records under ``word``; a field this program knows better than the entry has its default."""
    rows = found.get(word, ())
    codec = codec_of(name)
    if tuple(found.get("fields", ())) == codec.names:
        return codec.decode(tuple(row) for row in rows)
    defaults = {
        field.name: None if field.default is MISSING else field.default
        for field in fields(BY_TABLE[name].type)
    }
    blank = {column.name: stored(column, defaults[column.name]) for column in codec.columns}
    return codec.decode(
        tuple({**blank, **dict(zip(found["fields"], row, strict=True))}[name] for name in codec.names)
        for row in rows
    )


def _moved(name: str, record: Any, pairs: dict[str, list[Any]], backwards: bool, strictly: bool) -> Record:
    columns = {column.name: column for column in codec_of(name).columns}
    values: dict[str, Any] = {}
    for field, (old, new) in pairs.items():
        if field not in columns:
            continue
        here, there = (new, old) if backwards else (old, new)
        if strictly and stored(columns[field], getattr(record, field)) != here:
            raise Refusal(tr("What this step changed has been changed since; it cannot be taken back."))
        values[field] = loaded(columns[field], there)
    moved: Record = replace(record, **values)
    return moved


def entry_row(entry: JournalEntry, body: bytes | None) -> tuple[Any, ...]:
    """The journal row of an entry, in the order of its columns."""
    return (
        entry.counter,
        entry.uuid,
        entry.branch,
        entry.who.user,
        entry.who.display,
        entry.who.machine,
        entry.utc.isoformat(timespec="milliseconds"),
        entry.kind.value,
        entry.target,
        entry.label.message,
        json.dumps(dict(entry.label.arguments), ensure_ascii=False),
        entry.operation,
        entry.sealed,
        body,
    )


def entry_of(row: tuple[Any, ...]) -> JournalEntry:
    """The head that a journal row holds."""
    (
        counter,
        uuid,
        branch,
        user,
        display,
        machine,
        utc,
        kind,
        target,
        message,
        arguments,
        operation,
        sealed,
    ) = row
    return JournalEntry(
        uuid,
        counter,
        branch,
        Who(user, machine, display),
        datetime.fromisoformat(utc),
        EntryKind(kind),
        target,
        Label(message, tuple(json.loads(arguments).items())),
        operation,
        sealed,
    )


def heads(driver: sqlite3.Connection, limit: int, before: int | None = None) -> list[JournalEntry]:
    """Up to ``limit`` heads newest first, those before counter ``before`` where it is given."""
    rows = driver.execute(
        f"SELECT {HEAD} FROM journal WHERE counter < ? ORDER BY counter DESC LIMIT ?",
        (1 << 62 if before is None else before, limit),
    ).fetchall()
    return [entry_of(row) for row in rows]


def stored_body(driver: sqlite3.Connection, uuid: str) -> bytes | None:
    """The body of an entry, or ``None`` where it has none of its own."""
    row = driver.execute("SELECT body FROM journal WHERE uuid = ?", (uuid,)).fetchone()
    return None if row is None else row[0]


class Heads:
    """The heads that were needed so far, newest first, and the place undo and redo have come to.

    Older ones are fetched by ``older(before, limit)`` only when the walk back gets there.
    """

    def __init__(self, older: Callable[[int | None, int], list[JournalEntry]]) -> None:
        self._older = older
        self._known: list[JournalEntry] = []  # oldest of the known first
        self._complete = False
        self._place: tuple[JournalEntry | None, JournalEntry | None] | None = None

    def newest(self) -> JournalEntry | None:
        """The last entry of all."""
        return next(self._walk(), None)

    def __iter__(self) -> Iterator[JournalEntry]:
        """Every entry, newest first."""
        return self._walk()

    def add(self, entry: JournalEntry) -> None:
        """Put a committed entry on top."""
        self._known.append(entry)
        self._place = None

    def grow(self, entry: JournalEntry) -> None:
        """Put the newest entry's new form in its place."""
        self._known[-1] = entry
        self._place = None

    def forget(self) -> None:
        """Read everything again when it is next asked for."""
        self.__init__(self._older)  # type: ignore[misc]

    @property
    def undoable(self) -> JournalEntry | None:
        """The step that undo would take back."""
        return self._positions()[0]

    @property
    def redoable(self) -> JournalEntry | None:
        """The step that redo would do again."""
        return self._positions()[1]

    def _positions(self) -> tuple[JournalEntry | None, JournalEntry | None]:
        """Walk back from the newest entry to the first step that stands: undo takes that one back.

        What was said last about a step is how it stands. The step undone last, among those newer
        than the one that stands, is what redo does again; so a new step ends redo.
        """
        if self._place is None:
            standing: dict[str, EntryKind] = {}
            undo: JournalEntry | None = None
            redo: JournalEntry | None = None
            last_undone: str | None = None
            for entry in self._walk():
                if entry.kind is not EntryKind.DO and entry.target is not None:
                    if entry.target not in standing:
                        standing[entry.target] = entry.kind
                        if entry.kind is EntryKind.UNDO and last_undone is None:
                            last_undone = entry.target
                elif standing.get(entry.uuid) is not EntryKind.UNDO:
                    undo = entry
                    break
                elif entry.uuid == last_undone:
                    redo = entry
            self._place = (undo, redo)
        return self._place

    def _walk(self) -> Iterator[JournalEntry]:
        place = 1
        while True:
            while place > len(self._known):
                if self._complete:
                    return
                before = self._known[0].counter if self._known else None
                found = self._older(before, _CHUNK)
                self._complete = len(found) < _CHUNK
                self._known[:0] = reversed(found)
                if not found:
                    return
            yield self._known[-place]
            place += 1
