"""Older files: brought up to date on a copy after a backup, or left exactly as they were."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from app.domain.calendars import Calendar
from app.domain.document import Document
from app.domain.errors import FileTrouble, TroubleKind
from app.domain.portfolio import Portfolio, Project
from app.domain.records import Record
from app.domain.values import CalendarId, LinkId, PortfolioId, ProjectId, TaskId, moment
from app.domain.work import Link, Task
from app.store import migrations
from app.store.connection import MEMORY, driver_connection
from app.store.opening import schema_statements
from app.store.schema import SCHEMA_VERSION
from app.workspace import backups_of, examine
from tests.app.store.first_version import make_first_version
from tests.app.store.freeze_first_schema import PLACE, text
from tests.app.store.portfolios import opened, rename

RECORDS: list[Record] = [
    Portfolio(PortfolioId("p"), "IT", calendar=CalendarId("c")),
    Calendar(CalendarId("c"), None, 1, "Standard"),
    Project(ProjectId("a"), "A", "First", "1", moment(2027, 1, 4, 8), near_critical_limit=1),
    Project(ProjectId("b"), "B", "Second", "2", moment(2027, 1, 5, 8), notes="kept"),
    Task(TaskId("t"), ProjectId("a"), 1, None, "1", "Draft"),
    Task(TaskId("u"), ProjectId("a"), 2, TaskId("t"), "1", "Inside"),
    Link(LinkId("l"), ProjectId("b"), TaskId("t"), TaskId("u")),
]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.pmpf"
    make_first_version(path, RECORDS)
    return path


def schema_of(driver: sqlite3.Connection) -> list[tuple[str, ...]]:
    """What the file says of its tables, without the quotes and blanks in which tools differ."""
    rows = driver.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name")
    return [(kind, name, of, "".join((sql or "").replace('"', "").split())) for kind, name, of, sql in rows]


def test_the_first_schema_is_written_down_as_the_records_have_it() -> None:
    assert PLACE.read_text(encoding="utf-8") == text(), (
        "A record has a new field. Until the first release: python -m tests.app.store.freeze_first_schema "
        "(and SAVED_VIEWS in to_2.py for saved views). After it: a new schema version with its step."
    )


def test_an_updated_file_has_the_very_schema_of_a_new_one(old: Path) -> None:
    opened(old).close()
    fresh = driver_connection(MEMORY, writes=True)
    for statement in schema_statements():
        fresh.execute(statement)
    updated = driver_connection(old, writes=False)
    assert schema_of(updated) == schema_of(fresh)
    assert updated.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    updated.close()
    fresh.close()


def test_everything_is_there_after_the_update_and_what_is_new_has_its_usual_value(old: Path) -> None:
    with opened(old) as workspace:
        document = workspace.document
        expected = [replace(r, near_critical_limit=2400) if isinstance(r, Project) else r for r in RECORDS]
        assert document == Document.holding(expected)
        workspace.run(rename("goes on"))
    assert examine(old, full=True) == ()
    assert sorted(file.name for file in old.parent.iterdir()) == ["old.pmpf"]


def test_the_file_as_it_was_is_kept_as_a_backup(old: Path) -> None:
    before = old.read_bytes()
    opened(old).close()
    (backup,) = backups_of(old)
    assert backup.reason == "before-update"
    kept = sqlite3.connect(backup.place)
    assert kept.execute("PRAGMA user_version").fetchone() == (1,)
    assert kept.execute("SELECT count(*) FROM tasks").fetchone() == (2,)
    kept.close()
    assert len(before) == backup.size


def test_an_older_file_opened_for_reading_is_left_as_it_is(old: Path) -> None:
    before = old.read_bytes()
    with opened(old, read_only=True) as workspace:
        assert len(workspace.document.projects) == 2
        workspace.refresh()
    assert old.read_bytes() == before
    assert [problem.severity.value for problem in examine(old)] == ["note"]


def test_an_update_that_fails_at_any_place_leaves_the_file_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    real = driver_connection
    statements = 0
    fails_at = 0

    def watched(path: Path, **how: bool) -> sqlite3.Connection:
        driver = real(path, **how)
        if path.name.endswith(migrations.SUFFIX):

            def allowed(*_: object) -> int:
                nonlocal statements
                statements += 1
                return sqlite3.SQLITE_DENY if statements == fails_at else sqlite3.SQLITE_OK

            driver.set_authorizer(allowed)
        return driver

    monkeypatch.setattr("app.store.connection.driver_connection", watched)
    opened(old).close()
    total = statements
    assert total > 500
    for place in range(1, total, 97):
        old.write_bytes(before)
        statements, fails_at = 0, place
        with pytest.raises((FileTrouble, sqlite3.Error, DBAPIError, RuntimeError)):
            opened(old)
        assert old.read_bytes() == before, f"statement {place}"
        assert [file.name for file in old.parent.iterdir()] == ["old.pmpf"]
    fails_at = 0
    opened(old).close()
    assert examine(old, full=True) == ()


def test_a_file_of_a_newer_program_is_not_written_and_read_only_where_it_allows_it(old: Path) -> None:
    opened(old).close()
    driver = sqlite3.connect(old)
    driver.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    driver.commit()
    with pytest.raises(FileTrouble) as told:
        opened(old)
    assert told.value.kind is TroubleKind.NEWER
    with opened(old, read_only=True) as workspace:
        assert len(workspace.document.tasks) == 2
    driver.execute("UPDATE meta SET min_reader_version = 9")
    driver.commit()
    driver.close()
    with pytest.raises(FileTrouble) as told:
        opened(old, read_only=True)
    assert told.value.kind is TroubleKind.NEWER
    with pytest.raises(FileTrouble):
        examine(old)
