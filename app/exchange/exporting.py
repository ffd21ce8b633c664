"""A project written into a foreign file, in the form its ending says, whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.derive.schedule import ScheduleResult, schedule_of
from app.domain.document import Document
from app.domain.errors import FileTrouble, Refusal, TroubleKind
from app.domain.values import ProjectId
from app.exchange.mspdi import left_out, write_plan
from app.exchange.task_sheet import write_csv, write_json, write_xlsx
from app.text import tr

Written = Callable[[Document, ProjectId, ScheduleResult], bytes]

FORMS: Final[dict[str, Written]] = {
    ".xml": write_plan,
    ".csv": write_csv,
    ".xlsx": write_xlsx,
    ".json": write_json,
}
ENDINGS: Final = tuple(FORMS)
"""Endings of files that can be written."""


def write(
    document: Document,
    project: ProjectId,
    target: Path,
    *,
    before_replacing: Callable[[], object] = lambda: None,
) -> tuple[str, ...]:
    """Write a project to ``target``; an existing file there is replaced, whole or not at all.

    Returned are sentences that name what the form cannot take along; none where all went.

    ``before_replacing`` is asked when the content is made, and may raise to have none of it.

    Raises:
        Refusal: the ending is none of ``ENDINGS``.
        FileTrouble: the place cannot be written (FULL, READ_ONLY, MISSING, OTHER).
    """
    form = FORMS.get(target.suffix.lower())
    if form is None:
        raise Refusal(
            tr(
                "“{ending}” is no form to export to; use one of {known}.",
                ending=target.suffix,
                known=", ".join(ENDINGS),
            )
        )
    schedule = schedule_of(document, project)
    content = form(document, project, schedule)
    behind = left_out(document, project, schedule) if form is write_plan else ()
    before_replacing()
    put(target, content)
    return behind


def put(target: Path, content: bytes) -> None:
    """Put bytes in a file; one that is there is replaced, whole or not at all.

    Raises:
        FileTrouble: the place cannot be written (FULL, READ_ONLY, MISSING, OTHER).
    """
    try:
        _replace(target, content)
    except OSError as error:
        raise _trouble(error, target) from error


def _replace(target: Path, content: bytes) -> None:
    """Write beside the target, force it to the disk, and put it in the target's place."""
    number, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(_mode(target))
        os.replace(part, target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _mode(target: Path) -> int:
    """The rights the file has already, or what a new file gets from the user's mask."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _trouble(error: OSError, target: Path) -> FileTrouble:
    place = str(target)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FileTrouble(
            TroubleKind.FULL, tr("The disk is full; make room or write {place} elsewhere.", place=place)
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return FileTrouble(
            TroubleKind.READ_ONLY,
            tr("{place} cannot be written; close it in other programs or choose another place.", place=place),
        )
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return FileTrouble(TroubleKind.MISSING, tr("There is no folder {place}.", place=str(target.parent)))
    return FileTrouble(
        TroubleKind.OTHER,
        tr("{place} cannot be written: {reason}.", place=place, reason=error.strerror or str(error)),
    )
