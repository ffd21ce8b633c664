"""What happens to an open file out of sight is said once in the window, with the way out."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer

from app.domain.errors import FileTrouble, TroubleKind
from app.operations import projects, tasks
from app.settings import Settings
from app.workspace import Who, Workspace
from tests.windows import Answers, follow_notice, picks, said, settled, window
from ui.bridge import Bridge
from ui.notices import NoticeCard
from ui.shell import Shell

ME = Who("pm", "desk", "Sam Lee")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "Alpha.pmpf"
    with Workspace.create(place, owner=ME) as door:
        door.run(projects.create("Relaunch"))
    return place


@pytest.fixture
def shell(qapp, file: Path) -> Iterator[Shell]:
    with window(last_page="portfolio") as made:
        assert made.open_file(file)
        yield made


def test_a_file_deleted_under_the_window_is_said_once_and_a_copy_keeps_the_work(
    shell, file, tmp_path
) -> None:
    shell.bridge.run(projects.rename(shell.project(), "Renamed before the loss"))
    file.unlink()
    shell.watch.look()
    shell.watch.look()
    (sentence,) = [each for each in said(shell) if "replaced or deleted" in each]
    assert "Save a copy" in sentence
    with Answers(picks(tmp_path / "rescued.pmpf")):
        follow_notice(shell, "Save a copy…")
    with Workspace.open(tmp_path / "rescued.pmpf", owner=ME) as copy:
        assert [project.name for project in copy.document.projects] == ["Renamed before the loss"]


def test_an_edit_after_the_file_was_replaced_changes_nothing_and_offers_a_copy(shell, file, tmp_path) -> None:
    other = tmp_path / "other.pmpf"
    with Workspace.create(other, owner=ME):
        pass
    os.replace(other, file)
    assert shell.bridge.run(projects.rename(shell.project(), "Lost")) is None
    assert [project.name for project in shell.bridge.document.projects] == ["Relaunch"]
    assert any("Save a copy" in each for each in said(shell))


def test_a_full_disk_offers_to_try_again_and_trying_again_does_the_same_gesture(shell) -> None:
    tries: list[int] = []
    # The trouble comes from the outside of the program: the disk has room again at the second try.
    shell.bridge.troubled.emit(FileTrouble(TroubleKind.FULL, "The disk is full."), lambda: tries.append(1))
    assert said(shell) == ["The disk is full."]
    follow_notice(shell, "Try again")
    assert tries == [1]


def test_a_failed_backup_is_said_once(qapp, file, tmp_path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder of backups should be", encoding="utf-8")
    with window(last_page="portfolio", backup_folder=str(blocked)) as shell:
        assert shell.open_file(file)
        made = shell.bridge.run(projects.create("Large")).result
        shell.bridge.run(tasks.add_many(made, tuple(f"T{n}" for n in range(1100))))
        shell.watch.look()
        shell.watch.look()
        assert len([each for each in said(shell) if each.startswith("The last backup failed.")]) == 1


def test_what_keeps_a_looking_window_from_following_is_said_once_until_it_could_again(qapp, file) -> None:
    def spoil(now: str, then: str) -> None:
        with contextlib.closing(sqlite3.connect(file)) as raw:
            raw.execute(f"ALTER TABLE {now} RENAME TO {then}")

    def spoiled() -> list[str]:
        holder.run(projects.create("More"))
        spoil("journal", "gone")
        shell.watch.look()
        return [each for each in said(shell) if each != banner]

    holder = Workspace.open(file, owner=ME)
    try:
        with window(last_page="portfolio") as shell:
            assert shell.open_file(file)
            (banner,) = said(shell)
            (trouble,) = spoiled()
            for card in shell.findChildren(NoticeCard):
                card.close_notice()
            shell.watch.look()
            assert said(shell) == []
            spoil("gone", "journal")
            shell.watch.look()
            assert said(shell) == []
            assert spoiled() == [trouble]
            spoil("gone", "journal")
    finally:
        holder.close()


def test_a_looking_window_says_who_works_and_offers_to_change_when_they_leave(qapp, file) -> None:
    holder = Workspace.open(file, owner=ME)
    try:
        with window(last_page="portfolio") as shell:
            assert shell.open_file(file)
            (banner,) = said(shell)
            assert "Sam Lee on desk since" in banner
            shell.watch.look()
            assert said(shell) == [banner]
            assert "-" not in banner.partition(" since ")[2].partition(",")[0]  # not as a machine writes it
            holder.close()
            shell.watch.look()
            shell.watch.look()
            (freed,) = said(shell)
            assert "is free now" in freed
            holder = Workspace.open(file, owner=ME)
            shell.watch.look()
            assert said(shell) == [banner]
            holder.close()
            shell.watch.look()
            follow_notice(shell, "Open for editing")
            assert not shell.bridge.is_read_only
            assert said(shell) == []
    finally:
        holder.close()


def test_a_file_in_a_sync_folder_is_warned_about_once(qapp, file, tmp_path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    place = folder / file.name
    os.rename(file, place)
    with window(last_page="portfolio") as shell:
        assert shell.open_file(place)
        assert "Dropbox keeps in sync" in said(shell)[0]
        shell.bridge.run(projects.rename(shell.project(), "Works in place"))
        shell.close_file()
        assert shell.open_file(place)
        assert said(shell) == []


def test_a_commit_of_thousands_of_records_is_done_apart_and_the_window_keeps_ticking(shell) -> None:
    ticks: list[bool] = []
    timer = QTimer(shell)
    timer.timeout.connect(lambda: ticks.append(shell.work.is_busy))
    timer.start(5)
    changed: list[threading.Thread] = []
    shell.bridge.changed.connect(lambda changes: changed.append(threading.current_thread()))
    step = tasks.add_many(shell.project(), tuple(f"Task {n}" for n in range(6000)))
    assert shell.bridge.run(step) is not None
    timer.stop()
    assert len(shell.bridge.document.tasks) == 6000
    assert True in ticks
    assert changed == [threading.main_thread()]
    shell.bridge.undo()
    settled()
    assert len(shell.bridge.document.tasks) == 0


def test_a_step_that_is_run_apart_is_announced_in_the_window_s_own_thread(shell) -> None:
    changed: list[threading.Thread] = []
    shell.bridge.changed.connect(lambda changes: changed.append(threading.current_thread()))
    outcome = shell.bridge.try_run_apart(projects.create("Apart"), "Making")
    assert shell.bridge.document.projects[outcome.result].name == "Apart"
    assert changed == [threading.main_thread()]


def test_a_bridge_without_a_window_does_everything_at_once(qapp, tmp_path) -> None:
    bridge = Bridge(Workspace.create(tmp_path / "b.pmpf", owner=ME), Settings())
    made = bridge.try_run_apart(projects.create("Here"), "Making").result
    assert made in bridge.document.projects
    bridge.close()
