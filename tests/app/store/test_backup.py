"""Backups: whole, verified, on a ladder, and put back without losing what is there."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.errors import FileTrouble, TroubleKind
from app.domain.history import Backup
from app.settings import Settings
from app.store.backup import DAYS, MONTHS, MOST_BYTES, NEWEST, WEEKS, to_drop
from app.workspace import backups_of, examine, restore
from tests.app.store.portfolios import (
    ANNA,
    ToldTime,
    add_project,
    add_tasks,
    clear,
    made,
    opened,
    rename_slowly,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "work"
    folder.mkdir()
    return folder / "it.pmpf"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "backups"


def test_a_backup_is_a_whole_portfolio_named_by_time_counter_and_content(path: Path, kept: Path) -> None:
    with made(path, tasks=5, backups=kept) as workspace:
        place = workspace.back_up()
        (backup,) = workspace.backups()
        assert place == backup.place
        assert place.name.startswith("20270104T080000Z-c2-")
        assert (backup.counter, backup.reason, backup.size) == (2, "asked-for", place.stat().st_size)
        assert backup.made_at == datetime(2027, 1, 4, 8, tzinfo=UTC)
        with opened(place, read_only=True) as copy:
            assert copy.document == workspace.document
        assert place.stat().st_mode & 0o077 == 0
        assert not list(place.parent.glob(".*"))


def test_backups_come_by_themselves_at_work_before_large_steps_and_on_closing(path: Path, kept: Path) -> None:
    time = ToldTime()
    with made(path, time, backups=kept) as workspace:
        project = workspace.run(add_project("P1")).result
        assert workspace.backups() == ()
        time.passes(minutes=31)
        workspace.run(rename_slowly("a"))
        time.passes(minutes=1)
        workspace.run(add_tasks(project, 800))
        time.passes(minutes=1)
        workspace.run(rename_slowly("b"))
    reasons = [backup.reason for backup in backups_of(path, kept)]
    assert reasons == ["closed", "before-large-step", "at-work"]
    with opened(path, time, backups=kept):
        pass
    assert len(backups_of(path, kept)) == 3


def test_how_often_backups_come_at_work_is_as_the_settings_have_it(path: Path, kept: Path) -> None:
    time = ToldTime()
    Settings().backup_minutes = 5
    with made(path, time, backups=kept) as workspace:
        workspace.run(add_project("P1"))
        time.passes(minutes=4)
        workspace.run(rename_slowly("a"))
        time.passes(minutes=1)
        workspace.run(rename_slowly("b"))
    assert [backup.reason for backup in backups_of(path, kept)] == ["at-work"]


def test_without_a_folder_only_what_is_asked_for_is_made_in_that_of_the_settings(path: Path) -> None:
    with made(path, tasks=900) as workspace:
        workspace.run(clear())
        place = workspace.back_up("by hand")
        assert Settings().backups in place.parents
    assert [backup.reason for backup in backups_of(path)] == ["by-hand"]


def test_trouble_with_a_backup_nobody_asked_for_does_not_stop_the_work(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with made(path, backups=tmp_path / "file" / "backups") as workspace:
        project = workspace.run(add_project("P1")).result
        workspace.run(add_tasks(project, 600))
        assert workspace.backup_trouble is not None
        with pytest.raises(FileTrouble):
            workspace.back_up()


def rungs(backups: list[Backup]) -> None:
    kept = [backup for backup in backups if backup not in to_drop(backups)]
    assert kept[:NEWEST] == backups[:NEWEST]
    for form, count in (("%Y-%j", DAYS), ("%G-%V", WEEKS), ("%Y-%m", MONTHS)):
        there = list(dict.fromkeys(backup.made_at.strftime(form) for backup in backups))[:count]
        for period in there:
            newest = next(backup for backup in backups if backup.made_at.strftime(form) == period)
            assert newest in kept
    assert len(kept) <= NEWEST + DAYS + WEEKS + MONTHS


@settings(max_examples=30)
@given(st.lists(st.floats(0, 500), max_size=150))
def test_the_ladder_keeps_the_newest_and_the_last_of_days_weeks_and_months(ages: list[float]) -> None:
    now = datetime(2027, 6, 1, 12, tzinfo=UTC)
    times = sorted((now - timedelta(days=age) for age in ages), reverse=True)
    rungs([Backup(Path(str(n)), made_at, n, "", "", 10) for n, made_at in enumerate(times)])


def test_the_ladder_keeps_within_its_room_but_never_drops_the_newest() -> None:
    now = datetime(2027, 6, 1, 12, tzinfo=UTC)
    third = MOST_BYTES // 3
    backups = [Backup(Path(str(n)), now - timedelta(hours=n), n, "", "", third) for n in range(6)]
    assert to_drop(backups) == tuple(backups[3:])
    huge = [Backup(Path(str(n)), now - timedelta(hours=n), n, "", "", 2 * MOST_BYTES) for n in range(2)]
    assert to_drop(huge) == (huge[1],)


def test_a_restored_portfolio_is_as_it_was_and_what_was_there_is_kept(path: Path, kept: Path) -> None:
    with made(path, tasks=4, backups=kept) as workspace:
        good = workspace.document
        place = workspace.back_up()
        meta = workspace._file.meta
        workspace.run(clear())
        emptied = workspace.document
        with pytest.raises(FileTrouble) as told:
            restore(path, place, owner=ANNA, backups=kept)
        assert told.value.kind is TroubleKind.HELD
    aside = restore(path, place, owner=ANNA, backups=kept)
    with opened(path) as again:
        assert again.document == good
        now = again._file.meta
        assert now.counter >= meta.counter + 1000
        assert (now.file_uuid, now.branch_id == meta.branch_id) == (meta.file_uuid, False)
        again.run(rename_slowly("goes on"))
        again.undo()
        again.undo()
        assert len(again.document.tasks) == 0
    assert aside is not None
    with opened(aside, read_only=True) as before:
        assert before.document == emptied
    assert examine(path, full=True) == ()
    assert [file.name for file in path.parent.iterdir()] == ["it.pmpf"]


def test_a_deleted_portfolio_comes_back_from_its_backup(path: Path, kept: Path) -> None:
    with made(path, tasks=2) as workspace:
        place = workspace.back_up()
    path.unlink()
    assert restore(path, place, owner=ANNA) is None
    with opened(path) as again:
        assert len(again.document.tasks) == 2


def test_what_is_no_sound_backup_of_this_portfolio_is_not_put_in_its_place(
    path: Path, tmp_path: Path
) -> None:
    with made(path, tasks=200) as workspace:
        place = workspace.back_up()
    other = tmp_path / "other.pmpf"
    made(other).close()
    newer = tmp_path / "newer.pmpf"
    newer.write_bytes(place.read_bytes())
    driver = sqlite3.connect(newer)
    driver.execute("PRAGMA user_version = 99")
    driver.close()
    cut = tmp_path / "cut.pmpf"
    cut.write_bytes(place.read_bytes()[: 4096 * 12])
    content = path.read_bytes()
    for backup, kind in (
        (other, TroubleKind.INPUT),
        (newer, TroubleKind.NEWER),
        (cut, TroubleKind.DAMAGED),
        (tmp_path / "none.pmpf", TroubleKind.MISSING),
        (Path(__file__), TroubleKind.NOT_OURS),
        (tmp_path, TroubleKind.NOT_OURS),
    ):
        with pytest.raises(FileTrouble) as told:
            restore(path, backup, owner=ANNA)
        assert told.value.kind is kind, backup
        assert path.read_bytes() == content


def test_a_damaged_portfolio_is_put_aside_as_it_is_and_its_backups_are_found(path: Path, kept: Path) -> None:
    with made(path, tasks=50, backups=kept) as workspace:
        workspace.back_up()
        document = workspace.document
    wreck = b"\0" * 4096 + path.read_bytes()[4096:]
    path.write_bytes(wreck)
    with pytest.raises(FileTrouble):
        opened(path)
    (backup, *_) = backups_of(path, kept)
    aside = restore(path, backup.place, owner=ANNA, backups=kept)
    assert aside is not None
    assert aside.read_bytes() == wreck
    if os.name == "posix":
        assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    with opened(path) as again:
        assert again.document == document
    path.write_bytes(b"\0" * 4096)
    second = restore(path, backup.place, owner=ANNA, backups=kept)
    assert second is not None
    assert second != aside
    assert aside.read_bytes() == wreck
