"""Once a week the whole file is checked and a backup restored for a trial; until then no backup goes."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from app.domain.errors import FileTrouble, TroubleKind
from app.store import backup, care, check
from app.store.care import NOTE, care_of, is_due
from app.workspace import Workspace, backups_of, examine
from tests.app.store.first_version import make_first_version
from tests.app.store.portfolios import ToldTime, add_project, made, opened, rename_slowly
from tests.app.store.test_damage import PAGE
from tests.app.store.test_migrations import RECORDS


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "FIRST_PAINT_SECONDS", 0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder / "it.pmpf"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def folder_of(workspace: Workspace, kept: Path) -> Path:
    return kept / workspace._file.meta.file_uuid


def looked_after(path: Path, time: ToldTime, kept: Path) -> Workspace:
    """The portfolio, opened and looked through to the end."""
    workspace = opened(path, time, backups=kept)
    workspace._file._examination.finish()  # type: ignore[union-attr]
    return workspace


def break_an_index(path: Path) -> None:
    """Have an index say more than its table, whose rows stay as they are: only the full check sees it."""
    there = "FROM sqlite_schema WHERE name = 'ix_tasks_parent'"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as driver:
        driver.execute("UPDATE tasks SET parent = 'nobody' WHERE uid = 3")
        driver.execute("PRAGMA writable_schema = ON")
        entry = driver.execute(f"SELECT type, name, tbl_name, rootpage, sql {there}").fetchone()
        driver.execute(f"DELETE {there}")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as driver:
        driver.execute("UPDATE tasks SET parent = NULL WHERE uid = 3")
        driver.execute("PRAGMA writable_schema = ON")
        driver.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", entry)
    assert examine(path) == ()
    assert examine(path, full=True) != ()


def test_the_whole_file_is_checked_once_a_week(path: Path, kept: Path) -> None:
    time = ToldTime()
    made(path, time, tasks=20).close()
    with looked_after(path, time, kept) as workspace:
        first = care_of(folder_of(workspace, kept))
        assert first.checked == "2027-01-04T08:00:00+00:00"
    time.passes(days=6)
    with looked_after(path, time, kept) as workspace:
        assert care_of(folder_of(workspace, kept)) == first
    time.passes(days=1)
    with looked_after(path, time, kept) as workspace:
        assert care_of(folder_of(workspace, kept)).checked.startswith("2027-01-11")
        left = [file.name for file in folder_of(workspace, kept).iterdir()]
    assert left == [NOTE]


def test_one_backup_a_week_is_restored_for_a_trial_each_in_its_turn(path: Path, kept: Path) -> None:
    time = ToldTime()
    with made(path, time, tasks=5, backups=kept) as workspace:
        for name in ("a", "b", "c"):
            time.passes(minutes=1)
            workspace.run(rename_slowly(name))
            workspace.back_up()
    places = [one.place.name for one in backups_of(path, kept)]
    tried: list[str] = []
    for _ in range(4):
        time.passes(days=8)
        with looked_after(path, time, kept) as workspace:
            tried.append(care_of(folder_of(workspace, kept)).backup)
            assert workspace.backup_trouble is None
    assert tried == [*places, places[0]]


@pytest.mark.parametrize("wound", ["zeroed", "cut", "text"])
def test_a_backup_that_cannot_be_restored_is_put_aside_and_told(path: Path, kept: Path, wound: str) -> None:
    time = ToldTime()
    with made(path, time, tasks=200, backups=kept) as workspace:
        place = workspace.back_up()
    content = place.read_bytes()
    middle = len(content) // 2 // PAGE * PAGE
    place.write_bytes(
        {
            "zeroed": content[:middle] + bytes(PAGE) + content[middle + PAGE :],
            "cut": content[:middle],
            "text": b"no portfolio at all",
        }[wound]
    )
    time.passes(days=8)
    with looked_after(path, time, kept) as workspace:
        assert workspace.damage is None
        assert workspace.backup_trouble is not None
        assert "put aside" in workspace.backup_trouble.sentence
        assert workspace.backups() == ()
        assert (place.parent / f"damaged-{place.name}").exists()
        workspace.run(rename_slowly("the work goes on"))


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN])
def test_a_trial_for_which_there_is_no_room_says_nothing_against_the_backup(
    path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    time = ToldTime()
    with made(path, time, tasks=5, backups=kept) as workspace:
        place = workspace.back_up()
        folder = folder_of(workspace, kept)

    def fails(source: sqlite3.Connection, target: Path) -> None:
        error = sqlite3.OperationalError("no room")
        error.sqlite_errorcode = code
        raise error

    time.passes(days=8)
    before = care_of(folder)
    with monkeypatch.context() as patch:
        patch.setattr(care, "copy_whole", fails)
        with pytest.raises(FileTrouble):
            care.restore_weekly(backups_of(path, kept), folder, time.now)
    assert place.exists()
    assert care_of(folder) == before
    with looked_after(path, time, kept) as workspace:
        assert workspace.backup_trouble is None
        assert care_of(folder).backup == place.name


def test_no_backup_goes_before_the_file_has_passed_a_full_check(
    path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "to_drop", lambda backups: tuple(backups[1:]))
    time = ToldTime()
    with made(path, time, tasks=300, backups=kept) as workspace:
        workspace.back_up()
        workspace.run(add_project("P9"))
        first = workspace.back_up()
        assert [one.place for one in workspace.backups()] == [first]
    break_an_index(path)
    time.passes(days=8)
    with opened(path, time) as workspace:
        for _ in range(2):
            with pytest.raises(FileTrouble) as told:
                workspace._file.back_up(kept, time.now, "by hand")
            assert told.value.kind is TroubleKind.DAMAGED
    assert [one.place for one in backups_of(path, kept)] == [first]


def test_what_only_the_full_check_sees_stops_writing(path: Path, kept: Path) -> None:
    time = ToldTime()
    made(path, time, tasks=300).close()
    break_an_index(path)
    with looked_after(path, time, kept) as workspace:
        assert workspace.damage is not None
        with pytest.raises(FileTrouble):
            workspace.run(rename_slowly("no"))


def test_a_backup_folder_that_takes_nothing_is_no_damage(path: Path, tmp_path: Path) -> None:
    made(path, tasks=5).close()
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    with looked_after(path, ToldTime(), blocked) as workspace:
        assert workspace.damage is None
        workspace.run(rename_slowly("the work goes on"))


def test_an_older_backup_is_tried_in_the_present_schema(path: Path, kept: Path) -> None:
    time = ToldTime()
    make_first_version(path, RECORDS)
    with looked_after(path, time, kept) as workspace:
        assert [one.reason for one in workspace.backups()] == ["before-update"]
        assert care_of(folder_of(workspace, kept)).backup == workspace.backups()[0].place.name
        assert workspace.backup_trouble is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"checked": 5}', '{"checked": "x", "restored": "", "backup": ""}']
)
def test_a_note_that_cannot_be_read_says_never(tmp_path: Path, content: str) -> None:
    (tmp_path / NOTE).write_text(content)
    assert is_due(care_of(tmp_path).checked, ToldTime().now)
    shutil.rmtree(tmp_path)
    assert is_due(care_of(tmp_path).checked, ToldTime().now)


def test_a_clock_that_was_set_back_asks_for_a_check() -> None:
    now = ToldTime().now
    assert is_due((now + timedelta(days=1)).isoformat(), now)
    assert not is_due((now - timedelta(days=1)).isoformat(), now)
