"""Which steps of the journal speak of a record; what a step's body names is read once and kept."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Collection, Iterable
from typing import Any

from app.domain.history import JournalEntry

_ID_LETTERS = 36
"""How long a record's id is, by which ids are told from other texts of a row."""

_MANY = 2_000
"""A step that names more records than this is not told field by field: it brought or took whole plans."""


class Mentions:
    """Answers for one journal; bodies never change while their entry keeps its counter."""

    def __init__(self, body_of: Callable[[sqlite3.Connection, JournalEntry], bytes]) -> None:
        self._body_of = body_of
        self._named: dict[tuple[str, int], frozenset[str]] = {}

    def about(
        self, driver: sqlite3.Connection, entries: Iterable[JournalEntry], records: Collection[str]
    ) -> list[JournalEntry]:
        """The entries that name one of the records, in their order."""
        return [one for one in entries if not self._of(driver, one).isdisjoint(records)]

    def are_many(self, driver: sqlite3.Connection, entry: JournalEntry) -> bool:
        """Whether a step names so many records that nobody would read what it did to each."""
        return len(self._of(driver, entry)) > _MANY

    def _of(self, driver: sqlite3.Connection, entry: JournalEntry) -> frozenset[str]:
        key = (entry.uuid, entry.counter)
        if key not in self._named:
            self._named[key] = frozenset(_named(json.loads(zlib.decompress(self._body_of(driver, entry)))))
        return self._named[key]


def _named(body: dict[str, Any]) -> Iterable[str]:
    for table in body.values():
        yield from table.get("changed", ())
        for row in (*table.get("came", ()), *table.get("gone", ())):
            yield from (value for value in row if isinstance(value, str) and len(value) == _ID_LETTERS)
