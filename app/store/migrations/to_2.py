"""Version 2: looks of a page can be kept under a name, and a project says what is nearly critical."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, MetaData
from sqlalchemy.schema import CreateTable

from app.store.migrations.version_1 import TABLES
from app.store.migrations.written import metadata_written, table_written

if TYPE_CHECKING:
    from alembic.operations import Operations

SAVED_VIEWS = """
    id id
    page text
    name text
    columns json
    filter text
    sort text
    group text
    zoom text
    created date?
"""
NEAR_CRITICAL = 2400
"""Five working days of eight hours, as new projects have it."""


def upgrade(operations: Operations) -> None:
    """Add the table and the column; projects that were there get the usual limit."""
    old = metadata_written(TABLES).tables["projects"]
    column: Column[int] = Column("near_critical_limit", Integer, nullable=True)
    with operations.batch_alter_table("projects", copy_from=old, recreate="always") as batch:
        batch.add_column(column, insert_after="critical_slack_limit")
    operations.execute(f"UPDATE projects SET near_critical_limit = {NEAR_CRITICAL}")
    lines = TABLES["projects"].replace(
        "critical_slack_limit number\n", "critical_slack_limit number\n        near_critical_limit number?\n"
    )
    between = metadata_written({**TABLES, "projects": lines}).tables["projects"]
    with operations.batch_alter_table("projects", copy_from=between, recreate="always") as batch:
        batch.alter_column("near_critical_limit", existing_type=Integer(), nullable=False)
    operations.execute(CreateTable(table_written("saved_views", SAVED_VIEWS, MetaData())))
