"""After a crash: the window says what was kept, and text that was being typed comes back."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.operations import projects, tasks
from app.settings import recovery_folder
from app.workspace import Who, Workspace
from tests.windows import Answers, follow_notice, gives_up, plan_page, presses, rows, said, settled, window
from ui.pages.setup.form import NotesField
from ui.recovery import EVERY_MS, Recovery, left_behind, unsent_texts
from ui.shell import Shell
from ui.widgets.inspector import InspectorField

ME = Who("pm", "desk", "Sam Lee")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "Alpha.pmpf"
    with Workspace.create(place, owner=ME) as door:
        made = door.run(projects.create("Relaunch")).result
        door.run(tasks.add_many(made, ("Analyse", "Design", "Build")))
    return place


@pytest.fixture
def shell(qapp, file: Path) -> Iterator[Shell]:
    with window(last_page="plan") as made:
        assert made.open_file(file)
        settled()
        yield made


def begins(shell: Shell) -> Recovery:
    """What the program does at its start."""
    made = Recovery(shell, recovery_folder())
    made.begin()
    return made


def crashes(recovery: Recovery) -> None:
    """What is on the disk two seconds later stays there; nothing is done in order any more."""
    recovery.keep()
    recovery._timer.stop()


def types_in_cell(shell: Shell, task: str, text: str) -> None:
    page = plan_page(shell)
    page.sheet.select_cell(rows(shell)[task], "name")
    page.sheet.setFocus()
    page.sheet.edit_current()
    editor = QApplication.focusWidget()
    editor.selectAll()
    QTest.keyClicks(editor, text)


def test_a_program_that_ends_in_order_leaves_nothing(shell) -> None:
    recovery = begins(shell)
    assert [place.suffix for place in recovery_folder().iterdir()] == [".json"]
    recovery.end()
    assert list(recovery_folder().iterdir()) == []


def test_after_a_crash_the_window_says_that_all_changes_are_saved_and_which_was_the_last(shell) -> None:
    crashes(begins(shell))
    after = begins(shell)
    after.greet()
    (sentence,) = said(shell)
    assert "All changes made in Alpha until then are saved" in sentence
    assert f"the last was “{shell.bridge.workspace.undo_label.text}”" in sentence
    after.end()
    assert left_behind(recovery_folder()) == ()


def test_a_crash_with_another_file_open_offers_to_open_it(shell, file, tmp_path) -> None:
    crashes(begins(shell))
    shell.close_file()
    after = begins(shell)
    after.greet()
    follow_notice(shell, "Open Alpha")
    assert shell.bridge.workspace.path == file
    after.end()


def test_text_in_a_cell_comes_back_into_its_cell_and_is_not_taken_by_itself(shell, file) -> None:
    recovery = begins(shell)
    types_in_cell(shell, "Design", "Design the new pages")
    crashes(recovery)
    plan_page(shell).sheet.on_editor_cancelled()
    shell.close_file()
    assert shell.open_file(file)
    after = begins(shell)
    after.greet()
    with Answers(presses("Put it back")):
        follow_notice(shell, "Show it…")
    assert "Design" in rows(shell)
    (text,) = unsent_texts(shell)
    assert (text.text, text.column) == ("Design the new pages", "name")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settled()
    assert "Design the new pages" in rows(shell)
    assert unsent_texts(shell) == ()
    after.end()
    assert left_behind(recovery_folder()) == ()


def test_text_in_the_details_pane_comes_back_into_its_field(shell, file) -> None:
    recovery = begins(shell)
    page = plan_page(shell)
    page.show_details(rows(shell)["Build"])
    settled()
    field = next(f for f in page.side.findChildren(InspectorField) if f.isVisible())
    name = field.accessibleName()
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "something half typed")
    crashes(recovery)
    field.setText(field.line.value)
    after = begins(shell)
    after.greet()
    with Answers(presses("Put it back")):
        follow_notice(shell, "Show it…")
    back = [text for text in unsent_texts(shell) if text.text == "something half typed"]
    assert [text.field for text in back] == [name]
    next(f for f in page.side.findChildren(InspectorField) if f.text() == "something half typed").setText("x")
    for each in page.side.findChildren(InspectorField):
        each.setText(each.line.value)
    after.end()


def test_a_half_filled_question_for_a_new_project_comes_back_filled(shell) -> None:
    recovery = begins(shell)

    def fills_in(dialog) -> None:
        QTest.keyClicks(dialog.name, "Office move")
        QTest.keyClicks(dialog.code, "MOVE")
        crashes(recovery)
        gives_up(dialog)

    with Answers(fills_in):
        shell.flows.new_project()
    filled: list[tuple[str, str]] = []

    def looks(dialog) -> None:
        filled.append((dialog.name.text(), dialog.code.text()))
        gives_up(dialog)

    after = begins(shell)
    after.greet()
    with Answers(presses("Put it back"), looks):
        follow_notice(shell, "Show it…")
    assert filled == [("Office move", "MOVE")]
    after.end()


def test_text_whose_place_is_gone_is_put_on_the_clipboard(shell) -> None:
    recovery = begins(shell)
    types_in_cell(shell, "Design", "Design the new pages")
    crashes(recovery)
    plan_page(shell).sheet.on_editor_cancelled()
    shell.bridge.run(tasks.delete((rows(shell)["Design"],)))
    after = begins(shell)
    after.greet()
    with Answers(presses("Put it back")):
        follow_notice(shell, "Show it…")
    assert QGuiApplication.clipboard().text() == "Design the new pages"
    after.end()


def test_text_is_kept_until_it_is_wanted_or_discarded(shell) -> None:
    recovery = begins(shell)
    types_in_cell(shell, "Design", "later")
    crashes(recovery)
    plan_page(shell).sheet.on_editor_cancelled()
    for answer, left in ((gives_up, 1), (presses("Discard all"), 0)):
        after = begins(shell)
        after.greet()
        with Answers(answer):
            follow_notice(shell, "Show it…")
        after.end()
        assert len(left_behind(recovery_folder())) == left
        shell.notices.clear()


def test_text_is_noted_within_two_seconds_and_only_this_user_may_read_it(shell, qtbot) -> None:
    recovery = begins(shell)
    types_in_cell(shell, "Design", "noted by itself")
    (place,) = recovery_folder().glob("sitting-*.json")
    qtbot.waitUntil(lambda: b"noted by itself" in place.read_bytes(), timeout=30_000)
    assert recovery._timer.interval() == EVERY_MS == 2000
    (place,) = recovery_folder().glob("sitting-*.json")
    assert json.loads(place.read_text(encoding="utf-8"))["texts"][0]["text"] == "noted by itself"
    if sys.platform != "win32":
        assert stat.S_IMODE(place.stat().st_mode) == 0o600
    plan_page(shell).sheet.on_editor_cancelled()
    recovery.end()


def test_what_was_typed_to_find_something_is_not_kept(shell) -> None:
    plan_page(shell).bar.words.setFocus()
    QTest.keyClicks(plan_page(shell).bar.words, "Desi")
    assert unsent_texts(shell) == ()
    for key in ("portfolio", "history"):
        shell.go_to(key)
        line = shell.page.filter_field()
        line.setFocus()
        QTest.keyClicks(line, "Desi")
        assert unsent_texts(shell) == ()
        line.clear()


def test_notes_that_were_taken_are_not_unsent(shell) -> None:
    shell.go_to("setup")
    notes = shell.page.findChild(NotesField)
    notes.setFocus()
    QTest.keyClicks(notes, "Ask finance first")
    assert [text.text for text in unsent_texts(shell)] == ["Ask finance first"]
    shell.page.setFocus()
    settled()
    assert unsent_texts(shell) == ()
    assert next(iter(shell.bridge.document.projects)).notes == "Ask finance first"


def test_an_unreadable_note_is_taken_away(shell) -> None:
    recovery_folder().mkdir(parents=True, exist_ok=True)
    (recovery_folder() / "sitting-x.json").write_text("{", encoding="utf-8")
    begins(shell).end()
    assert list(recovery_folder().iterdir()) == []
