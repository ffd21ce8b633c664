"""Whole files: which one it is, copies that are on the disk when they are said to be, and replacing one."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from app.domain.errors import TroubleKind
from app.store.connection import driver_connection
from app.store.trouble import trouble

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


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


def fresh_uuid() -> str:
    """A new name for a file, a branch or a journal entry."""
    return str(uuid4())


def copy_whole(
    source: sqlite3.Connection, target: Path, change: Callable[[sqlite3.Connection], None] | None = None
) -> None:
    """Copy an open file to a new one that is on the disk when this returns, ``change`` made to it first."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with contextlib.closing(driver_connection(target, writes=True)) as copy:
        source.backup(copy)
        if change is not None:
            copy.execute("BEGIN IMMEDIATE")
            change(copy)
            copy.execute("COMMIT")
    sync_file(target)


def copy_bytes(source: Path, target: Path) -> None:
    """Copy a file as it lies to a new one that only its owner may read and that is on the disk at the end."""
    with source.open("rb") as old, os.fdopen(os.open(target, _NEW, 0o600), "wb") as new:
        shutil.copyfileobj(old, new)
    sync_file(target)
    sync_folder(target.parent)


def discard(draft: Path) -> None:
    """Take an unfinished file away, and the journal that a failing disk left beside it."""
    for leftover in ("", "-journal"):
        draft.with_name(draft.name + leftover).unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Have a file's content on the disk."""
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def assert_whole(driver: sqlite3.Connection, path: Path) -> None:
    """See that SQLite finds nothing wrong with a file.

    Raises:
        FileTrouble: it is damaged.
    """
    if driver.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise trouble(TroubleKind.DAMAGED, path)


def replace_by(path: Path, draft: Path) -> None:
    """Put a finished file in a portfolio's place, in one go and for good."""
    os.replace(draft, path)
    for leftover in ("-journal", "-wal", "-shm"):  # they belong to the file that was there
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have a folder's new names on the disk, where the system lets us ask for it."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
