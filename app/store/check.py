"""Looking for damage: the structure by SQLite's own check, the content by control sums."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from app.domain.errors import FileTrouble, Problem, Severity, TroubleKind
from app.store.connection import MEMORY, assert_ours, driver_connection, version_of
from app.store.rows import broken_controls
from app.store.schema import SCHEMA_VERSION
from app.store.trouble import READING_ERRORS, assert_there, told, trouble, trouble_of
from app.text import tr

FIRST_PAINT_SECONDS = 1.0
"""How long the check of the content lets the window be drawn before it takes its share of the time."""


def problems_of(driver: sqlite3.Connection, path: Path, *, full: bool) -> tuple[Problem, ...]:
    """Everything that is wrong with an open file; ``full`` also compares indexes with their tables."""
    found: list[Problem] = []
    try:
        check = "integrity_check" if full else "quick_check"
        for (sentence,) in driver.execute(f"PRAGMA {check}(20)"):
            if sentence != "ok":
                found.append(Problem(Severity.ERROR, path.name, sentence))
        for table, _rowid, parent, _key in driver.execute("PRAGMA foreign_key_check").fetchmany(20):
            sentence = tr("A row points at something in {table} that is not there.", table=parent)
            found.append(Problem(Severity.ERROR, str(table), sentence))
        for table in broken_controls(driver):
            sentence = tr("The rows do not add up to the control sum kept with them.")
            found.append(Problem(Severity.ERROR, table, sentence))
    except READING_ERRORS as error:
        told = trouble_of(error, path)
        found.append(Problem(Severity.ERROR, path.name, str(error) if told is None else told.sentence))
    return tuple(found)


def examined(path: Path, *, full: bool) -> tuple[Problem, ...]:
    """Everything that is wrong with a file, read-only.

    Raises:
        FileTrouble: it is not there, not ours, or of another version than this program writes.
    """
    with told(path):
        assert_there(path)
    with told(path), contextlib.closing(driver_connection(path, writes=False)) as driver:
        assert_ours(driver, path)
        version = version_of(driver)
        if version > SCHEMA_VERSION:
            raise trouble(TroubleKind.NEWER, path)
        if version < SCHEMA_VERSION:
            sentence = tr("{file} is of an older version; opening it for work updates it.", file=path.name)
            return (Problem(Severity.NOTE, path.name, sentence),)
        return problems_of(driver, path, full=full)


class Examination:
    """A check of the whole file in a thread of its own, started when the file is opened.

    Nothing is written before its verdict on the structure is known; the verdict on the content
    may come later, and stops writing from then on. ``weekly`` is what else is to be done then.
    """

    def __init__(self, path: Path, weekly: Callable[[], None] | None = None) -> None:
        self._path = path
        self._weekly = weekly
        self._sound = threading.Event()
        self._stop = threading.Event()
        self._finding: FileTrouble | None = None
        self._connection: sqlite3.Connection | None = None
        self._thread: threading.Thread | None = None
        if path == MEMORY:
            self._sound.set()
        else:
            self._thread = threading.Thread(target=self._examine, name="examination", daemon=True)
            self._thread.start()

    def assert_sound(self) -> None:
        """Wait until the structure is known to be sound.

        Raises:
            FileTrouble: the file is damaged.
        """
        self._sound.wait()
        if self._finding is not None:
            raise self._finding

    @property
    def finding(self) -> FileTrouble | None:
        """The damage found so far."""
        return self._finding

    def finish(self) -> FileTrouble | None:
        """Wait for the end of the examination, and say what was found."""
        if self._thread is not None:
            self._thread.join()
        return self._finding

    def stop(self) -> None:
        """End the examination, finished or not."""
        self._stop.set()
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(sqlite3.ProgrammingError):  # it was closed just now
                connection.interrupt()
        if self._thread is not None:
            self._thread.join()

    def _examine(self) -> None:
        try:
            self._connection = connection = driver_connection(self._path, writes=False)
            try:
                is_sound = not self._stop.is_set() and self._check(connection)
            finally:
                self._connection = None
                connection.close()
            if is_sound and self._weekly is not None:
                self._weekly()
        except FileTrouble as found:
            if found.kind is TroubleKind.DAMAGED:  # any other trouble tells nothing about the file
                self._finding = found
        except READING_ERRORS as error:
            if not self._stop.is_set():
                self._finding = trouble_of(error, self._path)
        finally:
            self._sound.set()

    def _check(self, connection: sqlite3.Connection) -> bool:
        """Whether the file was looked through to the end and is sound."""
        if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            self._finding = trouble(TroubleKind.DAMAGED, self._path)
            return False
        self._sound.set()
        if self._stop.wait(FIRST_PAINT_SECONDS):
            return False
        if broken_controls(connection):
            self._finding = trouble(TroubleKind.DAMAGED, self._path)
            return False
        return not self._stop.is_set()
