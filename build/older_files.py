"""Writes the sample portfolio as older versions kept it: python build/older_files.py FOLDER."""

from __future__ import annotations

import sys
from pathlib import Path

from app.domain.portfolio import SavedView
from app.operations.samples import create_sample
from app.workspace import Who, Workspace
from tests.app.store.first_version import make_first_version


def write(folder: Path) -> None:
    """Write version-1.pmpf with the sample's records, less what version 1 did not know."""
    with Workspace.in_memory(owner=Who.here("An older version")) as workspace:
        workspace.run(create_sample())
        records = [record for record in workspace.document.records() if not isinstance(record, SavedView)]
    make_first_version(folder / "version-1.pmpf", records)


if __name__ == "__main__":
    write(Path(sys.argv[1]))
