"""What can be done with a portfolio file that is not open: examine it, restore it, salvage it."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import Problem
from app.domain.history import Backup, Who
from app.settings import Settings
from app.workspace.door import IMPORTING
from app.workspace.steps import SYSTEM_CLOCK, Clock


def examine(path: Path | str, *, full: bool = False) -> tuple[Problem, ...]:
    """Everything that is wrong with a file that lies closed or is open elsewhere; nothing is changed.

    Raises:
        FileTrouble: it is not there, not ours, or of a newer or older version.
    """
    from app.store.check import examined

    return examined(Path(path), full=full)


def restore(
    path: Path | str,
    backup: Path | str,
    *,
    owner: Who,
    clock: Clock = SYSTEM_CLOCK,
    backups: Path | None = None,
) -> Path | None:
    """Put a backup in a closed portfolio's place; where the file as it was is kept is returned.

    Raises:
        FileTrouble: the portfolio is open somewhere, or the backup cannot take its place.
    """
    from app.store.restore import restore as put_back

    return put_back(Path(path), Path(backup), owner, clock.utc(), backups or Settings().backups)


def warm_up() -> None:
    """Import what opening a file and showing its plan will need; may be done in a thread after the start."""
    with IMPORTING:
        import app.store.migrations
        import app.store.opening
        import app.views.gantt
        import app.views.plan
        import app.views.why  # noqa: F401


def backups_of(path: Path | str, backups: Path | None = None) -> tuple[Backup, ...]:
    """The backups of a portfolio, newest first, also when it can no longer be opened itself."""
    from app.store.backup import folder_for, listed

    folder = folder_for(backups or Settings().backups, Path(path))
    return () if folder is None else listed(folder)


def salvage(
    path: Path | str, target: Path | str, *, owner: Who, clock: Clock = SYSTEM_CLOCK
) -> tuple[Problem, ...]:
    """Write what can be read of a damaged file into a new one; the report tells what could not.

    Raises:
        FileTrouble: nothing can be read, or the new file cannot be written.
    """
    from app.store.salvage import salvage as read_what_can_be

    return read_what_can_be(Path(path), Path(target), owner, clock.utc())
