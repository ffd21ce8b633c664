"""The one door: steps are saved before they are seen, and anything can be taken back, also tomorrow."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.changes import ChangeSet
from app.domain.errors import FileTrouble, Refusal, TroubleKind
from app.domain.history import EntryKind
from app.domain.values import Moment
from app.operations.operation import Operation
from app.views.dump import dump
from app.workspace import Who, Workspace, examine
from tests.app.store.portfolios import (
    ANNA,
    ToldTime,
    add_project,
    add_tasks,
    clear,
    close_month,
    made,
    opened,
    refuse,
    rename,
    rename_slowly,
    set_duration,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "it.pmpf"


def name_of(workspace: Workspace) -> str:
    (portfolio,) = workspace.document.portfolio
    return portfolio.name


def test_a_new_portfolio_has_a_name_a_currency_and_a_calendar_and_nothing_to_undo(path: Path) -> None:
    with Workspace.create(path, owner=ANNA, currency="CHF") as workspace:
        (portfolio,) = workspace.document.portfolio
        assert (portfolio.name, portfolio.currency, portfolio.owner) == ("it", "CHF", "Anna")
        assert portfolio.calendar is not None
        assert portfolio.calendar in workspace.document.calendars
        assert workspace.undo_label is None
        assert workspace.saved_at is None
        with pytest.raises(Refusal):
            workspace.undo()
        with pytest.raises(Refusal):
            workspace.redo()


def test_what_was_done_is_there_again_when_the_file_is_opened(path: Path) -> None:
    with made(path, tasks=20) as workspace:
        document = workspace.document
    with opened(path) as again:
        assert again.document == document
        assert [entry.label.text for entry in again.history()] == [
            "Add tasks: “Project P1”",
            "Add project P1",
        ]
        assert again.history(limit=1)[0].user == "Anna"
        assert again.history(before=2)[0].label.text == "Add project P1"


def test_a_closed_portfolio_is_one_file_and_nobody_else_may_read_it(path: Path) -> None:
    made(path, tasks=3).close()
    assert [file.name for file in path.parent.iterdir()] == ["it.pmpf"]
    assert path.stat().st_mode & 0o077 == 0


def test_every_listener_hears_every_commit_until_it_leaves(path: Path) -> None:
    heard: list[ChangeSet] = []
    with made(path) as workspace:
        leave = workspace.subscribe(heard.append)
        outcome = workspace.run(add_project("P1"))
        undone = workspace.undo()
        assert heard == [outcome.changes, undone]
        assert undone == outcome.changes.inverted()
        leave()
        leave()
        workspace.redo()
        assert len(heard) == 2


def test_a_listener_that_fails_does_not_keep_the_others_from_hearing(path: Path) -> None:
    heard: list[ChangeSet] = []

    def fails(changes: ChangeSet) -> None:
        raise RuntimeError("the page is broken")

    with made(path) as workspace:
        workspace.subscribe(fails)
        workspace.subscribe(heard.append)
        with pytest.raises(RuntimeError):
            workspace.run(rename("New"))
        assert len(heard) == 1
        assert name_of(workspace) == "New"


def test_a_step_that_changes_nothing_is_not_saved(path: Path) -> None:
    with made(path) as workspace:
        assert not workspace.run(rename("it")).changes
        assert workspace.history() == ()


def test_a_refusal_changes_neither_file_nor_memory_nor_history(path: Path) -> None:
    with made(path, tasks=2) as workspace:
        before, heads = workspace.document, workspace.history()
        with pytest.raises(Refusal):
            workspace.run(refuse())
        assert workspace.document is before
        assert workspace.history() == heads
    with opened(path) as again:
        assert again.document == before


def test_what_if_shows_the_document_without_saving_anything(path: Path) -> None:
    with made(path) as workspace:
        assert len(workspace.what_if(add_project("P1")).projects) == 1
        assert len(workspace.document.projects) == 0
        assert workspace.history() == ()
        with pytest.raises(Refusal):
            workspace.what_if(refuse())


def test_undo_and_redo_walk_through_all_steps_also_after_a_restart(path: Path) -> None:
    with made(path) as workspace:
        documents = [workspace.document]
        project = workspace.run(add_project("P1")).result
        documents.append(workspace.document)
        tasks = workspace.run(add_tasks(project, 5)).result
        documents.append(workspace.document)
        workspace.run(set_duration(tasks[0], 960))
        documents.append(workspace.document)
        workspace.run(clear())
        documents.append(workspace.document)
        workspace.undo()
        workspace.undo()
    with opened(path) as again:
        assert again.document == documents[2]
        assert again.undo_label is not None
        assert again.undo_label.step == "Add tasks"
        assert again.redo_label is not None
        assert again.redo_label.step == "Change duration"
        for document in documents[3:]:
            again.redo()
            assert again.document == document
        assert again.redo_label is None
        for document in documents[3::-1]:
            again.undo()
            assert again.document == document
        assert again.undo_label is None
    assert examine(path, full=True) == ()


def test_a_new_step_ends_redo(path: Path) -> None:
    with made(path) as workspace:
        workspace.run(add_project("P1"))
        workspace.undo()
        workspace.run(add_project("P2"))
        assert workspace.redo_label is None
        workspace.undo()
        assert workspace.undo_label is None
        assert workspace.redo_entry is not None
        assert workspace.redo_entry.label.text == "Add project P2"
    with opened(path) as again:
        again.redo()
        assert [project.code for project in again.document.projects] == ["P2"]


def test_undo_names_who_made_the_step(path: Path) -> None:
    made(path, tasks=1).close()
    ben = Who("ben", "desk-2", "Ben")
    with Workspace.open(path, owner=ben) as workspace:
        assert workspace.undo_entry is not None
        assert workspace.undo_entry.user == "Anna"
        workspace.undo()
        newest = workspace.history(limit=1)[0]
        assert (newest.kind, newest.user, newest.machine) == (EntryKind.UNDO, "Ben", "desk-2")


def test_a_sealed_step_is_not_undone_and_says_what_takes_it_back(path: Path) -> None:
    with made(path) as workspace:
        workspace.run(rename_slowly("before"))
        workspace.run(close_month("closed"))
    with opened(path) as again:
        before = again.document
        with pytest.raises(Refusal, match="Reopen month"):
            again.undo()
        assert again.document is before
        assert len(again.history()) == 2


def test_quick_repeats_of_one_gesture_are_one_step(path: Path) -> None:
    time = ToldTime()
    with made(path, time) as workspace:
        for name in ("a", "ab", "abc"):
            workspace.run(rename(name))
            time.passes(seconds=0.4)
        assert len(workspace.history()) == 1
        (field,) = workspace.history_fields(workspace.history()[0])
        assert (field.before, field.after) == ("it", "abc")
        workspace.undo()
        assert name_of(workspace) == "it"
        workspace.redo()
        assert name_of(workspace) == "abc"
    assert examine(path) == ()


@pytest.mark.parametrize("between", ["a second", "another window", "undo", "restart", "another step"])
def test_repeats_stay_apart_over(between: str, path: Path) -> None:
    time = ToldTime()
    workspace = made(path, time)
    workspace.run(rename("a"))
    window = ""
    steps = 2
    if between == "a second":
        time.passes(seconds=1.1)
    elif between == "another window":
        window = "second"
    elif between == "undo":
        workspace.undo()
        workspace.redo()
        steps = 4
    elif between == "restart":
        workspace.close()
        workspace = opened(path, time)
    else:
        workspace.run(add_project("P1"))
        steps = 3
    workspace.run(rename("b"), window=window)
    assert len(workspace.history()) == steps
    workspace.close()


def test_repeats_that_come_back_to_the_start_stay_two_steps(path: Path) -> None:
    with made(path) as workspace:
        workspace.run(rename("a"))
        workspace.run(rename("it"))
        assert len(workspace.history()) == 2


def test_history_tells_which_fields_changed_and_turns_them_round_for_undo(path: Path) -> None:
    with made(path, tasks=2) as workspace:
        task = next(iter(workspace.document.tasks))
        workspace.run(set_duration(task.id, 960))
        workspace.undo()
        undone, done, added, _ = workspace.history()
        (field,) = workspace.history_fields(done)
        assert (field.table, field.id, field.field, field.before, field.after) == (
            "tasks",
            task.id,
            "duration",
            480,
            960,
        )
        (field,) = workspace.history_fields(undone)
        assert (field.before, field.after) == (960, 480)
        whole = workspace.history_fields(added)
        assert {change.field for change in whole} == {"*"}
        assert {change.after for change in whole} >= set(workspace.document.tasks)


def test_a_long_history_is_undone_step_by_step_to_its_beginning(path: Path) -> None:
    with made(path) as workspace:
        for number in range(600):
            workspace.run(rename_slowly(f"name {number}"))
    with opened(path) as again:
        while again.undo_label is not None:
            again.undo()
        assert name_of(again) == "it"


def test_text_that_no_file_can_hold_is_refused_and_nothing_changes(path: Path) -> None:
    with made(path) as workspace:
        before = workspace.document
        with pytest.raises(Refusal, match="character"):
            workspace.run(rename("lone \ud800 surrogate"))
        with pytest.raises(Refusal, match="large"):
            workspace.run(far_away())
        assert workspace.document is before
        for unseen in ("\0", "\x1b[31m", "a\x7f", "\x9b", "\ufffe"):
            with pytest.raises(Refusal, match="cannot be seen"):
                workspace.run(rename(unseen))
        with pytest.raises(Refusal, match=r"at most 32000 .* has 40000"):
            workspace.run(rename("x" * 40_000))
        assert workspace.document is before
        workspace.run(rename("tab\tand\nline – “ü” 日本 🙂 \u202eright to left"))
    with opened(path) as again:
        assert name_of(again) == "tab\tand\nline – “ü” 日本 🙂 \u202eright to left"


def _far_away(draft: object) -> None:
    from app.domain.draft import Draft
    from app.domain.portfolio import Project
    from app.domain.values import ProjectId

    assert isinstance(draft, Draft)
    draft.put(Project(ProjectId(draft.new_id()), "P", "P", "1", Moment(10**12)))


far_away = Operation("portfolio.far", "Far away", _far_away)


def test_a_workspace_in_memory_does_all_that_one_in_a_file_does() -> None:
    with Workspace.in_memory(owner=ANNA) as workspace:
        project = workspace.run(add_project("P1")).result
        workspace.run(add_tasks(project, 3))
        text = dump(workspace.document)
        workspace.undo()
        assert len(workspace.document.tasks) == 0
        workspace.redo()
        assert dump(workspace.document) == text
        assert len(workspace.history()) == 4


def test_a_display_name_of_the_settings_stands_in_the_history(path: Path) -> None:
    from app.settings import Settings

    Settings().display_name = "Anna Project"
    with Workspace.create(path, owner=replace(ANNA, display="")) as workspace:
        workspace.run(add_project("P1"))
        assert workspace.history()[0].user == "Anna Project"


def test_closing_twice_does_nothing(path: Path) -> None:
    workspace = made(path)
    workspace.close()
    workspace.close()


def test_a_name_that_is_taken_and_a_folder_that_is_not_there_are_said(path: Path) -> None:
    made(path).close()
    with pytest.raises(FileTrouble) as told:
        made(path)
    assert told.value.kind is TroubleKind.EXISTS
    with pytest.raises(FileTrouble):
        made(path.parent / "nowhere" / "x.pmpf")
    with pytest.raises(FileTrouble) as told:
        opened(path.parent / "missing.pmpf")
    assert told.value.kind is TroubleKind.MISSING


_WHILE_WARMING = """
import sys, threading
from pathlib import Path
from app.workspace import Who, Workspace, warm_up
warming = threading.Thread(target=warm_up)
warming.start()
Workspace.create(Path(sys.argv[1]), owner=Who("a", "b", "c")).close()
warming.join()
"""


def test_a_file_opens_while_the_store_is_being_imported_in_a_thread(tmp_path: Path) -> None:
    for number in range(3):
        ran = subprocess.run(
            [sys.executable, "-c", _WHILE_WARMING, str(tmp_path / f"{number}.pmpf")],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
