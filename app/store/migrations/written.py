"""Tables as a version had them, from the lines that were written down for it."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import MetaData, Table

from app.store.schema import CONTROL, JOURNAL, META, FieldColumn, table_of_columns


def column_written(line: str) -> FieldColumn:
    """The column of a line such as ``calendar reference? calendars``."""
    name, kind, *more = line.split(" ", 2)
    optional = kind.endswith("?")
    plain = kind.removesuffix("?")
    words = more[0] if more else None
    choices = tuple(words.split("|")) if words and plain == "choice" else ()
    return FieldColumn(name, plain, None, optional, words if plain == "reference" else None, choices)


def table_written(name: str, lines: str, metadata: MetaData) -> Table:
    """The table of those lines, one a column."""
    columns = [column_written(line.strip()) for line in lines.strip().splitlines()]
    return table_of_columns(name, metadata, columns)


def metadata_written(tables: Mapping[str, str]) -> MetaData:
    """All tables of a version, with the file's own."""
    metadata = MetaData()
    for name, lines in tables.items():
        table_written(name, lines, metadata)
    for own in (META, CONTROL, JOURNAL):
        own.to_metadata(metadata)
    return metadata
