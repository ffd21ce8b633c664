"""What can go wrong with a file, said in one sentence with the way out."""

from __future__ import annotations

import errno
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.domain.errors import FileTrouble, TroubleKind
from app.text import mark, tr

SENTENCES: dict[TroubleKind, str] = {
    TroubleKind.MISSING: mark("{file} is not there. It may have been moved or renamed."),
    TroubleKind.NOT_OURS: mark("{file} is not a pm-portfolio file. To read a plan from it, import it."),
    TroubleKind.HELD: mark("{file} is being used by another program. Close that program and try again."),
    TroubleKind.READ_ONLY: mark(
        "{file} cannot be written here. Save a copy in another folder to work on it."
    ),
    TroubleKind.NEWER: mark("{file} was saved by a newer pm-portfolio. Update this program to work on it."),
    TroubleKind.DAMAGED: mark(
        "{file} is damaged. It is left as it is: restore a backup, or salvage the rest into a new file."
    ),
    TroubleKind.FULL: mark(
        "The disk that holds {file} is full. Make some room and try again; nothing is lost."
    ),
    TroubleKind.REPLACED: mark(
        "{file} was replaced or deleted by another program while it was open. Save a copy to keep your work."
    ),
    TroubleKind.EXISTS: mark("{file} already exists. Choose another name."),
    TroubleKind.OTHER: mark(
        "{file} could not be written or read ({reason}). Nothing was changed; check the disk and try again."
    ),
}

_BY_CODE: dict[int, TroubleKind] = {
    sqlite3.SQLITE_FULL: TroubleKind.FULL,
    sqlite3.SQLITE_READONLY: TroubleKind.READ_ONLY,
    sqlite3.SQLITE_PERM: TroubleKind.READ_ONLY,
    sqlite3.SQLITE_BUSY: TroubleKind.HELD,
    sqlite3.SQLITE_LOCKED: TroubleKind.HELD,
    sqlite3.SQLITE_CORRUPT: TroubleKind.DAMAGED,
    sqlite3.SQLITE_NOTADB: TroubleKind.NOT_OURS,
    sqlite3.SQLITE_TOOBIG: TroubleKind.DAMAGED,  # a damaged cell claims a size that no cell has
    sqlite3.SQLITE_CANTOPEN: TroubleKind.OTHER,
    sqlite3.SQLITE_IOERR: TroubleKind.OTHER,
}
_DAMAGE_WORDS = ("unsupported file format", "malformed database schema", "no such table", "no such column")
"""What SQLite says, under its general error code, of files whose header or schema is damaged."""

_BY_ERRNO: dict[int, TroubleKind] = {
    errno.ENOSPC: TroubleKind.FULL,
    errno.EDQUOT: TroubleKind.FULL,
    errno.EFBIG: TroubleKind.FULL,
    errno.EROFS: TroubleKind.READ_ONLY,
    errno.EACCES: TroubleKind.READ_ONLY,
    errno.EPERM: TroubleKind.READ_ONLY,
    errno.ENOENT: TroubleKind.MISSING,
    errno.EEXIST: TroubleKind.EXISTS,
}


def trouble(kind: TroubleKind, file: Path | str, reason: str = "") -> FileTrouble:
    """The trouble with a file, with the sentence that belongs to its kind."""
    return FileTrouble(kind, tr(SENTENCES[kind], file=Path(file).name, reason=reason))


def trouble_of(error: BaseException, file: Path | str) -> FileTrouble | None:
    """The trouble an error of SQLite or of the system stands for; ``None`` where it is a bug of ours."""
    if isinstance(error, FileTrouble):
        return error
    if isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    if isinstance(error, sqlite3.Error):
        kind = _kind_of(error)
        return None if kind is None else trouble(kind, file, str(error))
    if isinstance(error, UnicodeDecodeError):  # SQLite's own words, quoting a page that is no longer text
        return trouble(TroubleKind.DAMAGED, file)
    if isinstance(error, OSError):
        kind = _BY_ERRNO.get(error.errno or 0, TroubleKind.OTHER)
        return trouble(kind, file, error.strerror or str(error))
    return None


def _kind_of(error: sqlite3.Error) -> TroubleKind | None:
    code = getattr(error, "sqlite_errorcode", None)
    kind = None if code is None else _BY_CODE.get(code & 0xFF)
    if kind is not None:
        return kind
    unreadable = code is None and type(error) in (sqlite3.DatabaseError, sqlite3.OperationalError)
    return TroubleKind.DAMAGED if unreadable or str(error).startswith(_DAMAGE_WORDS) else None


READING_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What asking SQLite may raise: its errors, and the failure to word one that quotes a damaged page."""


def assert_there(path: Path) -> None:
    """Go on only where a file is.

    Raises:
        FileTrouble: there is nothing (MISSING), or a folder or a device (NOT_OURS).
        OSError: the path cannot be asked about.
    """
    if stat.S_ISREG(_mode(path)):
        return
    if path.is_dir():
        sentence = tr("{file} is a folder. Choose the portfolio file in it.", file=path.name)
        raise FileTrouble(TroubleKind.NOT_OURS, sentence)
    raise trouble(TroubleKind.NOT_OURS, path)


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        raise trouble(TroubleKind.MISSING, path) from None


@contextmanager
def told(file: Path | str) -> Iterator[None]:
    """Have errors of the disk and the file raised as ``FileTrouble``; bugs pass as they are.

    Raises:
        FileTrouble: something is wrong with the file or where it lies.
    """
    try:
        yield
    except (DBAPIError, *READING_ERRORS, OSError) as error:
        found = trouble_of(error, file)
        if found is None:
            raise
        raise found from error
