"""Files as schema version 1 made them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from app.domain.portfolio import Project
from app.domain.records import Record, table_of
from app.store.codec import codec_of
from app.store.migrations.version_1 import TABLES
from app.store.migrations.written import metadata_written
from app.store.schema import APPLICATION_ID


def make_first_version(path: Path, records: Iterable[Record]) -> None:
    """A closed file of version 1 holding these records (without what version 1 did not know)."""
    driver = sqlite3.connect(path)
    dialect = sqlite.dialect()
    tables = metadata_written(TABLES).tables
    for table in tables.values():
        driver.execute(str(CreateTable(table).compile(dialect=dialect)))
        for index in table.indexes:
            driver.execute(str(CreateIndex(index).compile(dialect=dialect)))
    driver.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    driver.execute("PRAGMA user_version = 1")
    driver.execute(
        "INSERT INTO meta VALUES (1, 'f0f0', 'b0b0', 7, 'pm-portfolio 0.0.9', '2026-10-01T08:00:00+00:00', 1)"
    )
    for record in records:
        name = table_of(record)
        (row,) = codec_of(name).encode([record])
        values = dict(zip(codec_of(name).names, row, strict=True))
        if isinstance(record, Project):
            del values["near_critical_limit"]
        columns = ", ".join(f'"{column}"' for column in values)
        marks = ", ".join("?" * len(values))
        driver.execute(f"INSERT INTO {name} ({columns}) VALUES ({marks})", tuple(values.values()))
    driver.commit()
    driver.close()
