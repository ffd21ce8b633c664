"""The window: which file it shows, where it goes, what it keeps, and what it says when something is wrong."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QMenu, QTextBrowser

from app import __version__
from app.operations import projects, tasks
from app.workspace import Who, Workspace
from tests.windows import (
    Answers,
    close_window,
    control,
    do,
    follow_notice,
    gives_up,
    nameless,
    open_window,
    picks,
    plan_page,
    press,
    said,
    settled,
    shown_dialogs,
    window,
)
from ui import theme
from ui.actions import plain
from ui.places import PLACES
from ui.shell import Shell

ME = Who("pm", "desk", "Pat Morgan")


def portfolio(place: Path, *names: str) -> Path:
    """A file with a project of three tasks for each name."""
    with Workspace.create(place, owner=ME) as door:
        for name in names:
            made = door.run(projects.create(name)).result
            door.run(tasks.add_many(made, (f"{name} one", f"{name} two", f"{name} three")))
    return place


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return portfolio(tmp_path / "Alpha.pmpf", "Relaunch", "Move")


@pytest.fixture
def shell(qapp, file: Path) -> Iterator[Shell]:
    with window() as made:
        assert made.open_file(file)
        yield made


def switcher(shell: Shell) -> QComboBox:
    return next(box for box in shell.findChildren(QComboBox) if box.accessibleName() == "Project")


def test_an_open_portfolio_shows_its_name_its_projects_and_that_all_is_saved(shell) -> None:
    assert shell.windowTitle() == "Alpha — pm-portfolio"
    assert [switcher(shell).itemText(n) for n in range(2)] == ["Relaunch · RELAUNCH", "Move · MOVE"]
    assert shell._strip._saved.text().startswith("All changes saved")
    assert shell._strip._file.text().startswith("Alpha.pmpf in ")


@pytest.mark.parametrize("place", [place.key for place in PLACES])
def test_every_page_names_its_controls_and_fits_a_small_screen(shell, place) -> None:
    shell.go_to(place)
    settled()
    assert (shell.page.key, nameless(shell)) == (place, [])
    least = shell.minimumSizeHint()
    assert (least.width() <= 1366, least.height() <= 768) == (True, True), least


def test_a_start_comes_back_to_the_page_and_project_left(qapp, file) -> None:
    with window() as shell:
        shell.open_file(file)
        shell.go_to("plan")
        second = switcher(shell).itemData(1)
        shell.choose_project(second)
    with window() as shell:
        shell.open_file(file)
        assert (shell.page.key, shell.project(), shell.page.project) == ("plan", second, second)


def test_the_switcher_moves_every_page_that_is_about_one_project(shell) -> None:
    shell.go_to("plan")
    QTest.keyClick(switcher(shell), Qt.Key.Key_Down)
    settled()
    assert plan_page(shell).frame.title.text() == "Move"
    shell.go_to("setup")
    assert shell.page.project == shell.pages["plan"].project


def test_a_template_can_be_looked_at_though_the_switcher_does_not_list_it(shell) -> None:
    made = shell.bridge.run(projects.save_as_template(shell.project())).result
    assert switcher(shell).findData(made) == -1
    shell.go_to("plan", made)
    assert plan_page(shell).project == made


def test_the_palette_goes_to_a_task_of_another_project_by_a_few_letters(shell) -> None:
    control(shell, Qt.Key.Key_K)
    QTest.keyClicks(shell.palette_box.line, "move tw")
    QTest.keyClick(shell.palette_box.line, Qt.Key.Key_Return)
    settled()
    page = plan_page(shell)
    row = page.model.rows[page.sheet.currentIndex().row()]
    assert row.cells[page.model.column_of("name")] == "Move two"
    assert switcher(shell).currentText() == "Move · MOVE"


def test_the_palette_works_before_a_portfolio_is_open(qapp) -> None:
    with window() as shell:
        control(shell, Qt.Key.Key_K)
        QTest.keyClicks(shell.palette_box.line, "settings")
        with Answers(lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape)):
            QTest.keyClick(shell.palette_box.line, Qt.Key.Key_Return)


def test_undo_and_redo_are_named_and_said(shell) -> None:
    shell.bridge.run(projects.rename(shell.project(), "Relaunched"))
    assert shell.actions_["undo"].text() == "&Undo Rename project: “Relaunched”"
    control(shell, Qt.Key.Key_Z)
    assert said(shell)[-1] == "Undone: Rename project: “Relaunched”"
    assert shell.actions_["redo"].text() == "&Redo Rename project: “Relaunched”"
    control(shell, Qt.Key.Key_Y)
    assert switcher(shell).itemText(0) == "Relaunched · RELAUNCH"
    control(shell, Qt.Key.Key_Z)
    control(shell, Qt.Key.Key_Z, shift=True)
    assert said(shell)[-1] == "Done again: Rename project: “Relaunched”"


def test_what_undo_names_is_written_as_it_is_and_said_in_full(shell) -> None:
    shell.bridge.run(projects.rename(shell.project(), "R&D"))
    undo = shell.actions_["undo"]
    assert undo.text() == "&Undo Rename project: “R&&D”"
    assert undo.statusTip() == "Undo Rename project: “R&D”"
    assert undo.toolTip() == "Undo Rename project: “R&D” (Ctrl+Z)"
    shell.bridge.undo()
    assert shell.actions_["redo"].statusTip() == "Redo Rename project: “R&D”"


def test_dialogs_that_were_answered_are_let_go(shell) -> None:
    for _ in range(3):
        with Answers(gives_up):
            shell.actions_["preferences"].trigger()
        with Answers(gives_up):
            shell.actions_["backups"].trigger()
        with Answers(gives_up):
            shell.actions_["project_new"].trigger()
    settled()
    assert shell.findChildren(QDialog) == []


def test_a_refusal_is_said_and_offers_nothing_to_undo(shell) -> None:
    other = switcher(shell).itemText(1).split(" · ")[1]
    assert shell.bridge.run(projects.recode(shell.project(), other)) is None
    assert other in said(shell)[-1]


def test_a_deleted_project_leaves_the_switcher_and_undo_brings_it_back(shell) -> None:
    shell.bridge.run(projects.delete(shell.project()), announce=True)
    assert switcher(shell).count() == 1
    assert shell.project() == switcher(shell).itemData(0)
    follow_notice(shell, "Undo")
    assert switcher(shell).count() == 2


def test_closing_lets_go_of_the_file_and_offers_it_again(shell, file) -> None:
    do(shell, "close")
    assert (shell.bridge, shell.page, shell.windowTitle()) == (None, None, "pm-portfolio")
    assert [each.name for each in file.parent.iterdir()] == ["Alpha.pmpf"]
    assert not shell.actions_["export"].isEnabled()
    with Workspace.open(file, owner=ME) as door:
        assert not door.is_read_only


def test_the_same_file_is_not_opened_twice(shell, file) -> None:
    before = shell.bridge
    assert shell.open_file(file.parent / "." / file.name)
    assert shell.bridge is before


def test_another_file_takes_the_place_of_the_open_one(shell, file, tmp_path) -> None:
    other = portfolio(tmp_path / "Beta.pmpf", "Audit")
    assert shell.open_file(other)
    assert [switcher(shell).itemText(n) for n in range(switcher(shell).count())] == ["Audit · AUDIT"]
    with Workspace.open(file, owner=ME) as door:
        assert not door.is_read_only
    assert [Path(text).stem for text in shell.settings.recent_files[:2]] == ["Beta", "Alpha"]


def test_the_file_menu_opens_a_recent_portfolio_but_not_the_one_in_sight(shell, file, tmp_path) -> None:
    other = portfolio(tmp_path / "Beta.pmpf", "Audit")
    assert shell.open_file(other)
    menus = [menu for menu in shell.menuBar().findChildren(QMenu) if plain(menu.title()) == "Open recent"]
    (alpha,) = menus[-1].actions()
    assert plain(alpha.text()).startswith("1  Alpha")
    alpha.trigger()
    assert shell.bridge.workspace.path == file.resolve()


def test_a_file_that_cannot_be_opened_leaves_the_open_one_in_sight(shell, tmp_path) -> None:
    (tmp_path / "notes.pmpf").write_text("no portfolio", encoding="utf-8")
    assert not shell.open_file(tmp_path / "notes.pmpf")
    assert shell.windowTitle().startswith("Alpha")
    assert len(said(shell)) == 1


def test_settings_are_in_force_at_once(shell) -> None:
    shell.go_to("plan")

    def answer(dialog: QDialog) -> None:
        boxes = {box.accessibleName(): box for box in dialog.findChildren(QComboBox)}
        for name, value in (("Colours", "dark"), ("Rows", "compact"), ("Dates and numbers", "de_DE")):
            box = boxes[name]
            while box.currentData() != value:
                QTest.keyClick(box, Qt.Key.Key_Down)
                assert box.currentIndex() < box.count()
        assert theme.tokens().is_dark
        assert theme.current().metrics.row == theme.Density.COMPACT.value.row
        QTest.keyClick(dialog, Qt.Key.Key_Escape)

    with Answers(answer):
        do(shell, "preferences")
    assert (shell.settings.theme, shell.settings.density) == ("dark", "compact")
    assert plan_page(shell).ask.locale == "de_DE"
    assert shell.actions_["dark"].isChecked()
    do(shell, "dark")
    assert not theme.tokens().is_dark
    shell.settings.keep({"density": "comfortable"})
    shell.on_preference_changed("density")


def test_a_new_name_stands_in_the_history_from_the_next_step_on(shell) -> None:
    shell.settings.display_name = "Alex Reed"
    shell.on_preference_changed("display_name")
    shell.bridge.run(projects.rename(shell.project(), "Again"))
    assert shell.bridge.workspace.history(limit=1)[0].who.display == "Alex Reed"


def test_the_rail_stays_as_narrow_as_it_was_left(qapp) -> None:
    with window() as shell:
        control(shell, Qt.Key.Key_B)
        assert shell.settings.rail_collapsed
    with window() as shell:
        assert shell._rail.is_narrow
        assert shell.actions_["rail"].isChecked()


def test_the_window_comes_back_at_the_size_it_had(qapp) -> None:
    with window() as shell:
        shell.resize(900, 666)
        settled()
    shell = Shell(shell.settings)
    size = shell.size().toTuple()
    close_window(shell)
    assert size == (900, 666)


def test_the_manual_opens_at_the_page_in_sight_and_lists_every_key(shell) -> None:
    shell.go_to("plan")
    press(shell, Qt.Key.Key_F1)
    (manual,) = shown_dialogs()
    text = manual.findChild(QTextBrowser)
    assert manual._topics.currentItem().text() == "The plan"
    assert len(text.toPlainText()) > 200
    manual.show_topic("keys")
    assert "Ctrl+K, Ctrl+Shift+P" in text.toPlainText()
    assert "Alt+Shift+Right" in text.toPlainText()
    manual.close()


def test_about_says_which_version_it_is(shell) -> None:
    seen = []

    def answer(box) -> None:
        seen.append(box.text())
        QTest.keyClick(box, Qt.Key.Key_Escape)

    with Answers(answer):
        do(shell, "about")
    assert f"pm-portfolio {__version__}" in seen[0]


def test_a_mistake_of_the_program_is_said_calmly_with_the_way_to_its_report(shell, tmp_path) -> None:
    shell.on_bug_reported(tmp_path / "report.txt")
    assert "your file is as it was" in said(shell)[0]


def test_a_second_opener_reads_is_told_who_writes_and_follows(shell, file, tmp_path) -> None:
    other = open_window(tmp_path / "other.json", display_name="Sam Lee")
    try:
        assert other.open_file(file)
        assert other.bridge.is_read_only
        assert "Pat Morgan" in said(other)[0]
        assert not any(other.actions_[key].isEnabled() for key in ("undo", "import", "project_new"))
        assert other._strip._saved.text() == "Read only"
        shell.bridge.run(projects.rename(shell.project(), "Seen over there"))
        other.watch.look()
        assert switcher(other).itemText(0).startswith("Seen over there")
        with Answers(picks(tmp_path / "mine.pmpf")):
            follow_notice(other, "Save a copy…")
        with Workspace.open(tmp_path / "mine.pmpf", owner=ME) as copy:
            assert len(copy.document.projects) == 2
    finally:
        close_window(other)


def test_damage_found_out_of_sight_is_said_once_with_the_ways_out(qapp, file) -> None:
    with contextlib.closing(sqlite3.connect(file)) as raw:
        size = raw.execute("PRAGMA page_size").fetchone()[0]
        roots = raw.execute("SELECT rootpage FROM sqlite_schema WHERE type = 'index'").fetchall()
    with file.open("r+b") as raw:
        for (root,) in roots[:1]:
            raw.seek((root - 1) * size)
            raw.write(b"\0" * size)
    with window() as shell:
        assert shell.open_file(file)
        until = time.monotonic() + 10
        while shell.bridge.workspace.damage is None and time.monotonic() < until:
            settled(20)
        shell.watch.look()
        (sentence,) = said(shell)
        assert "damaged" in sentence
        with Answers(gives_up):
            follow_notice(shell, "Ways out…")
        assert shell.bridge is not None
        shell.watch.look()
        assert said(shell) == []
