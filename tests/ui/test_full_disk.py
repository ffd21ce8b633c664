"""A disk that is full for a while: nothing is lost, the text stays, and the way out works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from app.operations import projects, tasks
from app.workspace import Who, Workspace
from tests.windows import (
    Answers,
    cell,
    click,
    do,
    follow_notice,
    plan_page,
    rows,
    said,
    settled,
    text_of,
    window,
)
from ui.dialogs.new_project import NewProject
from ui.shell import Shell

LONG = "long " * 6000


@pytest.fixture
def shell(qapp, tmp_path: Path) -> Iterator[Shell]:
    place = tmp_path / "Alpha.pmpf"
    with Workspace.create(place, owner=Who("pm", "desk", "Sam Lee")) as door:
        made = door.run(projects.create("Relaunch")).result
        door.run(tasks.add_many(made, tuple(f"Task {number}" for number in range(5))))
    with window(last_page="plan") as made:
        made.open_file(place)
        settled()
        yield made


@contextmanager
def no_room(shell: Shell) -> Iterator[None]:
    """A disk on which the portfolio cannot grow."""
    driver = shell.bridge.workspace._file._connection.connection.driver_connection
    pages = driver.execute("PRAGMA page_count").fetchone()[0]
    driver.execute(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        driver.execute("PRAGMA max_page_count = 1000000")


def test_the_text_stays_in_its_cell_and_trying_again_takes_it(shell: Shell) -> None:
    page = plan_page(shell)
    first = rows(shell)["Task 3"]
    before = text_of(shell)
    with no_room(shell):
        page.sheet.select_cell(first, "name")
        page.sheet.setFocus()
        page.sheet.edit_current()
        editor = QApplication.focusWidget()
        paste_into(editor)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        settled()
        (sentence,) = said(shell)
        assert "full" in sentence
        assert text_of(shell) == before
        assert page.sheet.edited_cell() == (first, "name")
    follow_notice(shell, "Try again")
    settled()
    assert page.sheet.edited_cell() is None
    assert cell(shell, first, "name").strip().startswith("long long")


def test_the_text_stays_in_a_form_and_trying_again_takes_it(shell: Shell) -> None:
    shell.go_to("setup")
    page = shell.page
    page.show_section("columns")
    section = page.section("columns")
    with no_room(shell):
        paste_into(section.heading)
        QTest.keyClick(section.heading, Qt.Key.Key_Return)
        settled()
        assert "full" in section.why.text()
        assert said(shell) == [section.why.text()]
        assert section.heading.text().startswith("long long")
    follow_notice(shell, "Try again")
    settled()
    assert [field.alias for field in shell.bridge.document.custom_fields] == [LONG.strip()]
    assert section.heading.text() == ""


def test_a_dialog_keeps_what_was_typed_and_its_button_tries_again(shell: Shell) -> None:
    def answer(dialog: NewProject) -> None:
        with no_room(shell):
            paste_into(dialog.name)
            click(dialog.act_button)
            assert "full" in dialog.why.text()
            assert dialog.isVisible()
        click(dialog.act_button)

    before = len(shell.bridge.document.projects)
    with Answers(answer):
        do(shell, "project_new")
    assert len(shell.bridge.document.projects) == before + 1


def paste_into(line: QLineEdit) -> None:
    line.setFocus()
    QGuiApplication.clipboard().setText(LONG)
    line.selectAll()
    line.paste()
