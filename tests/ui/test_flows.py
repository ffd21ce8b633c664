"""What the window does with files: made, opened, sampled, imported, exported, copied, restored, mended."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox, QPlainTextEdit

from app.domain.errors import FileTrouble
from app.domain.portfolio import FieldKind
from app.exchange import exporting, importing
from app.operations import custom_fields, projects, tasks
from app.settings import Settings
from app.workspace import Who, Workspace
from tests.windows import (
    Answers,
    button,
    click,
    control,
    do,
    drop,
    follow_notice,
    gives_up,
    new_project,
    picks,
    plan_page,
    presses,
    said,
    settled,
    text_of,
    window,
)
from ui import opening
from ui.dialogs.backups import BackupChoice
from ui.shell import Shell

ME = Who("pm", "desk", "Pat Morgan")
SAMPLES = Path(__file__).resolve().parents[2] / "resources/samples"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "Alpha.pmpf"
    with Workspace.create(place, owner=ME) as door:
        made = door.run(projects.create("Relaunch")).result
        door.run(tasks.add_many(made, ("One", "Two")))
    return place


@pytest.fixture
def shell(qapp, file: Path) -> Iterator[Shell]:
    with window() as made:
        assert made.open_file(file)
        yield made


def damaged(file: Path) -> Path:
    """The same file with its schema gone."""
    with file.open("r+b") as raw:
        raw.seek(100)
        raw.write(b"\xff" * 3000)
    return file


def test_what_the_window_offers_is_what_the_formats_can_do() -> None:
    assert set(importing.ENDINGS) == set(opening.PLAN_ENDINGS)
    assert set(exporting.ENDINGS) == set(opening.FORMS)


def test_a_new_portfolio_is_made_with_its_ending_and_its_first_project(qapp, tmp_path) -> None:
    with window() as shell:
        with Answers(picks(tmp_path / "Work"), new_project("Relaunch", "4 Jan 2027", "REL")):
            do(shell, "new")
        assert (tmp_path / "Work.pmpf").is_file()
        assert plan_page(shell).frame.title.text() == "Relaunch"
        assert Path(shell.settings.recent_files[0]).name == "Work.pmpf"


def test_a_new_portfolio_never_takes_another_files_place(qapp, file, tmp_path) -> None:
    before = file.read_bytes()
    with window() as shell:
        with Answers(picks(file), gives_up, picks(tmp_path / "Beta.pmpf"), gives_up):
            do(shell, "new")
        assert shell.windowTitle().startswith("Beta")
    assert file.read_bytes() == before


def test_a_project_without_a_name_or_with_a_bad_date_is_refused_under_its_fields(shell) -> None:
    def answer(dialog) -> None:
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        assert dialog.why.isVisible()
        QTest.keyClicks(dialog.name, "Audit")
        dialog.start.selectAll()
        QTest.keyClicks(dialog.start, "soon")
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)
        assert "soon" in dialog.why.text()
        dialog.start.selectAll()
        QTest.keyClicks(dialog.start, "1 Feb 2027")
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    with Answers(answer):
        do(shell, "project_new")
    assert plan_page(shell).frame.title.text() == "Audit"


def test_a_project_is_made_from_a_template(shell) -> None:
    shell.bridge.run(projects.save_as_template(shell.project()))

    def answer(dialog) -> None:
        QTest.keyClicks(dialog.name, "Again")
        QTest.keyClick(dialog.template, Qt.Key.Key_Down)
        QTest.keyClick(dialog.name, Qt.Key.Key_Return)

    with Answers(answer):
        do(shell, "project_new")
    assert plan_page(shell).frame.title.text() == "Again"
    assert len(plan_page(shell).canvas.view.bars) == 2


def test_a_file_is_picked_and_opened(qapp, file) -> None:
    with window() as shell:
        with Answers(picks(file)):
            do(shell, "open")
        assert shell.windowTitle().startswith("Alpha")
        with Answers(gives_up):
            do(shell, "open")
        assert shell.windowTitle().startswith("Alpha")


def test_the_sample_is_made_once_and_found_again(qapp, private_folders) -> None:
    with window() as shell:
        click(button(shell, "Look at the sample"))
        settled()
        count = len(shell.bridge.document.projects)
        assert count >= 5
        shell.bridge.run(projects.create("My own"))
        do(shell, "close")
        do(shell, "sample")
        assert len(shell.bridge.document.projects) == count + 1
        assert shell.bridge.workspace.path.is_relative_to(private_folders)


def test_a_sample_that_could_not_be_made_whole_is_made_anew_at_the_next_look(qapp, tmp_path) -> None:
    limits = pytest.importorskip("resource", reason="limits on a file's size are those of POSIX")
    place, settings = tmp_path / "Sample.pmpf", Settings(tmp_path / "settings.json")
    with opening.made(tmp_path / "empty", settings) as empty:
        room = empty.path.stat().st_size + 50_000
    before = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (room, before[1]))
    try:
        with pytest.raises(FileTrouble):
            opening.sample(place, settings)
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, before)
    assert [left.name for left in tmp_path.glob("Sample*")] == []
    with opening.sample(place, settings) as made:
        assert len(made.document.projects) >= 5


def test_a_fresh_sample_cannot_be_undone_away_and_says_what_takes_it_back(qapp, private_folders) -> None:
    with window() as shell:
        do(shell, "sample")
        made = len(shell.bridge.document.tasks)
        assert shell.actions_["undo"].text() == "&Undo"
        control(shell, Qt.Key.Key_Z)
        assert len(shell.bridge.document.tasks) == made
        assert "is not taken back by Undo; use “Delete project”" in said(shell)[-1]
        shell.bridge.run(projects.rename(shell.project(), "Mine"))
        control(shell, Qt.Key.Key_Z)
        assert said(shell)[-1] == "Undone: Rename project: “Mine”"


def test_the_first_screen_says_at_once_that_the_sample_is_being_made(qapp, private_folders) -> None:
    seen: list[str] = []
    with window() as shell:
        welcome = shell._welcome
        watcher = QTimer()
        watcher.timeout.connect(lambda: seen.append(welcome._going_on.text()))
        watcher.start(20)
        do(shell, "sample")
        watcher.stop()
        assert seen[0].startswith("Making the sample portfolio")
        assert welcome._going_on.isHidden()


def test_a_plan_given_at_the_first_start_is_asked_a_place_for_by_its_own_name(qapp, tmp_path) -> None:
    plan = tmp_path / "it-rollout.mspdi.xml"
    plan.write_bytes((SAMPLES / "office-move.xml").read_bytes())
    asked: list[tuple[str, str]] = []

    def look(dialog) -> None:
        asked.append((dialog.windowTitle(), Path(dialog.selectedFiles()[0]).name))
        dialog.reject()

    with window() as shell, Answers(look):
        shell.take_files([plan])
    assert asked == [("Where shall the portfolio for it-rollout.mspdi.xml be kept?", "it-rollout.pmpf")]


@pytest.mark.parametrize("ending", list(opening.FORMS))
def test_a_project_is_exported_in_the_form_its_ending_says(shell, tmp_path, ending) -> None:
    target = tmp_path / f"out{ending}"
    with Answers(picks(target)):
        do(shell, "export")
    assert target.stat().st_size > 100
    assert said(shell) == [f"Wrote out{ending}."]


def test_an_export_names_what_the_form_cannot_take_along(shell, tmp_path) -> None:
    for number in range(21):
        shell.bridge.run(custom_fields.create(f"Flag no {number}", FieldKind.FLAG, project=shell.project()))
    with Answers(picks(tmp_path / "out.xml")):
        do(shell, "export")
    sentence = said(shell)[-1]
    assert sentence.startswith("Wrote out.xml. The column Flag no 20 stays behind")


def test_an_export_without_an_ending_gets_one_and_replaces_nothing_unasked(shell, tmp_path) -> None:
    kept = tmp_path / "out.xml"
    kept.write_text("mine", encoding="utf-8")

    def keep(box) -> None:
        assert isinstance(box, QMessageBox)
        click(box.button(QMessageBox.StandardButton.No))

    with Answers(picks(tmp_path / "out"), keep):
        do(shell, "export")
    assert kept.read_text(encoding="utf-8") == "mine"


def test_a_copy_is_complete_and_a_half_typed_name_replaces_nothing_unasked(shell, tmp_path) -> None:
    with Answers(picks(tmp_path / "copy")):
        do(shell, "saved")
    settings = Settings(tmp_path / "copy-settings.json")
    with opening.opened(tmp_path / "copy.pmpf", settings) as copy:
        assert len(copy.document.tasks) == 2
    before = (tmp_path / "copy.pmpf").read_bytes()
    with Answers(picks(tmp_path / "copy"), lambda box: click(box.button(QMessageBox.StandardButton.No))):
        do(shell, "saved")
    assert (tmp_path / "copy.pmpf").read_bytes() == before
    assert shell.windowTitle().startswith("Alpha")


def test_a_copy_cannot_take_the_place_of_the_file_itself(shell, file) -> None:
    with Answers(picks(file), lambda box: click(box.button(QMessageBox.StandardButton.Yes))):
        do(shell, "saved")
    assert "another name" in said(shell)[0]


def test_a_backup_is_made_and_put_back(shell) -> None:
    before = text_of(shell)

    def make(dialog: BackupChoice) -> None:
        click(button(dialog, "Back up now"))
        assert dialog.list.rowCount() >= 1
        click(button(dialog, "Close"))

    with Answers(make):
        do(shell, "backups")
    shell.bridge.run(projects.create("Mistake"))
    assert text_of(shell) != before
    with Answers(presses("Restore this backup")):
        do(shell, "backups")
    assert text_of(shell) == before
    assert said(shell)[-1].startswith("Restored")


def test_a_restore_that_cannot_go_through_leaves_the_portfolio_open(shell) -> None:
    shell.bridge.workspace.back_up()
    before = text_of(shell)

    def lose(dialog: BackupChoice) -> None:
        dialog.list.selectRow(0)
        assert dialog.chosen is not None
        dialog.chosen.unlink()
        click(button(dialog, "Restore this backup"))

    with Answers(lose):
        do(shell, "backups")
    assert text_of(shell) == before
    assert not said(shell)[-1].startswith("Restored")


def test_a_damaged_file_is_restored_from_its_backup(qapp, file) -> None:
    with window() as shell:
        shell.open_file(file)
        shell.bridge.workspace.back_up()
        before = text_of(shell)
        do(shell, "close")
        damaged(file)
        assert not shell.open_file(file)
        assert shell.bridge is None
        with Answers(presses("Restore this backup")):
            follow_notice(shell, "Ways out…")
        assert text_of(shell) == before


def test_a_damaged_file_without_a_backup_says_so_and_can_be_left(qapp, file) -> None:
    damaged(file)
    with window() as shell:
        shell.open_file(file)
        with Answers(gives_up):
            follow_notice(shell, "Ways out…")
        assert shell.bridge is None


def test_what_can_be_read_of_a_damaged_file_is_salvaged_into_a_new_one(qapp, file, tmp_path) -> None:
    with file.open("r+b") as raw:
        raw.seek(file.stat().st_size // 2)
        raw.write(b"\xff" * 9000)
    target = tmp_path / "saved.pmpf"

    def salvage(dialog) -> None:
        click(button(dialog, "Salvage into a new file…"))
        assert dialog.findChild(QPlainTextEdit).toPlainText()
        if dialog._open.isVisible():
            click(dialog._open)
        else:
            dialog.reject()

    with window() as shell:
        if shell.open_file(file):
            pytest.fail("the damage was not seen")
        with Answers(salvage, picks(target)):
            follow_notice(shell, "Ways out…")
        settled()
        assert shell.windowTitle().startswith("saved")


def test_a_missing_file_is_taken_off_the_list(qapp, file) -> None:
    with window() as shell:
        shell.open_file(file)
        do(shell, "close")
        file.unlink()
        assert not shell.open_file(file)
        assert shell.settings.recent_files == ()
        assert len(said(shell)) == 1


def test_a_drop_opens_a_portfolio_and_imports_a_plan(qapp, file) -> None:
    with window() as shell:
        with Answers(lambda dialog: click(dialog.import_button)):
            assert drop(shell, file, SAMPLES / "office-move.xml")
            settled(50)
        assert shell.windowTitle().startswith("Alpha")
        assert len(shell.bridge.document.projects) == 2


def test_what_the_program_cannot_read_is_not_taken_from_the_pointer(qapp, tmp_path) -> None:
    with window() as shell:
        assert not drop(shell, tmp_path / "photo.jpg")


def test_the_veil_says_what_letting_go_will_do() -> None:
    assert opening.drop_sentence(Path("a/Work.pmpf"), False) == "Open Work.pmpf"
    assert opening.drop_sentence(Path("a/plan.xml"), True).startswith("Import plan.xml")
    assert opening.drop_sentence(Path("a/plan.xml"), False).startswith("Make a portfolio for plan.xml")


def test_the_same_plan_again_brings_its_project_up_to_date(shell) -> None:
    plan = SAMPLES / "office-move.xml"
    with Answers(lambda dialog: click(dialog.import_button)):
        shell.flows.import_plan(plan)
    before = text_of(shell)
    page = plan_page(shell)
    name = page.model.column_of("name")
    shell.bridge.run(tasks.rename(page.model.rows[1].key, "Mistyped"))
    with Answers(presses("Bring OML up to date")):
        shell.flows.import_plan(plan)
    assert text_of(shell) == before
    assert "Mistyped" not in [row.cells[name] for row in page.model.rows]


def test_a_plan_goes_where_the_preview_is_told(shell) -> None:
    plan = SAMPLES / "office-move.xml"
    with Answers(lambda dialog: click(dialog.import_button)):
        shell.flows.import_plan(plan)
    before = text_of(shell)

    def elsewhere(dialog) -> None:
        assert dialog.into == "OML"
        QTest.keyClick(dialog._into, Qt.Key.Key_Home)

    def twice(dialog) -> None:
        assert dialog.into is None
        assert "OML holds this file already" in dialog._into.currentText()
        click(dialog.import_button)

    with Answers(elsewhere, twice):
        shell.flows.import_plan(plan)
    assert len(shell.bridge.document.projects) == 3
    control(shell, Qt.Key.Key_Z)
    assert text_of(shell) == before
