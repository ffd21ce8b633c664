"""The Plan page kept as it was left: looks, settings, pastes, reasons, splits, baselines, exports."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QLabel, QLineEdit

from app.domain.portfolio import FieldKind
from app.domain.values import moment
from app.domain.work import ConstraintType
from app.operations import cells, custom_fields, links, projects, tasks
from ui.dialogs.baselines import Baselines
from ui.dialogs.fidelity import FidelityReport
from ui.dialogs.go_to_task import GoToTask
from ui.dialogs.split_task import SplitTask
from ui.pages.plan import PlanPage
from ui.pages.plan.side import DETAILS, HISTORY, WHY
from ui.widgets.inspector import InspectorText

MONDAY = moment(2027, 1, 4, 8)
DAY = 1440


@pytest.fixture
def page(bridge, in_sight) -> PlanPage:
    bridge.workspace.run(projects.create("Relaunch", "REL", start=MONDAY))
    return in_sight(PlanPage)


def three(page: PlanPage) -> list[str]:
    run = page.bridge.workspace.run
    made = list(run(tasks.add_many(page.project, ("Analyse", "Build", "Ship"))).result)
    run(cells.set_cell(made[0], "duration", "5d"))
    return made


def names(page: PlanPage) -> list[str]:
    column = page.model.column_of("name")
    return [row.cells[column] for row in page.model.rows if row.key != "new"]


def notices(page: PlanPage) -> list[str]:
    said: list[str] = []
    page.bridge.noticed.connect(lambda tone, sentence, undo: said.append(sentence))
    return said


def test_the_chart_s_parts_follow_menu_and_settings_at_once(page):
    three(page)
    assert page.canvas.view.bars.labels == ("", "", "")
    page.actions_["plan_label_name"].trigger()
    assert page.bridge.settings.gantt_labels == "name"
    assert page.canvas.view.bars.labels == ("Analyse", "Build", "Ship")
    page.actions_["plan_draw_critical"].trigger()
    page.actions_["plan_draw_float"].trigger()
    chart = page.canvas.chart()
    assert (chart.shows_critical, chart.shows_float) == (False, True)
    page.bridge.settings.keep({"gantt_progress": False, "gantt_non_working": False, "gantt_labels": "none"})
    page.ask_again()
    chart = page.canvas.chart()
    assert (chart.shows_progress, chart.shows_rest, chart.shows_labels) == (False, False, False)
    assert not page.actions_["plan_draw_progress"].isChecked()
    assert page.actions_["plan_label_none"].isChecked()


def test_a_page_comes_back_as_it_was_left(page, in_sight):
    three(page)
    page.look(columns=("name", "finish", "duration"), sort="-duration", group="")
    page.sheet.heading.resizeSection(page.model.column_of("name"), 301)
    page.on_quick("critical")
    page.canvas.zoom(3.0)
    page.side_hand.open(HISTORY)
    page.hide()
    other = in_sight(PlanPage)
    assert [column.key for column in other.model.columns] == ["name", "finish", "duration"]
    assert other.sheet.columnWidth(other.model.column_of("name")) == 301
    assert other.bar.quick.currentData() == "critical"
    assert other.ask.sort == "-duration"
    assert other.sheet.heading.sorted_by == ("duration", True)
    assert other.canvas.scale.day_width == pytest.approx(page.canvas.scale.day_width, rel=0.01)
    assert other.side.isVisible()
    assert other.side.tab == HISTORY


def test_a_broken_look_in_the_settings_is_passed_over(bridge, in_sight):
    bridge.settings.keep({"page_looks": {"plan": {"columns": 3, "widths": ["x"], "zoom": "far", "side": 1}}})
    bridge.workspace.run(projects.create("Relaunch", "REL", start=MONDAY))
    page = in_sight(PlanPage)
    assert "name" in [column.key for column in page.model.columns]
    assert not page.side.isVisible()


def test_the_grid_ends_where_a_column_ends_and_shows_the_dates(page):
    three(page)
    edges, right = set(), page.sheet.gutter.wanted_width()
    for at in page.sheet.column_order():
        right += page.sheet.heading.sectionSize(at)
        edges.add(right)
    assert page.halves.sizes()[0] in edges
    finish = page.model.column_of("finish")
    assert page.sheet.visualRect(page.model.index(0, finish)).right() <= page.sheet.viewport().width()


def test_a_saved_view_brings_back_widths_filters_and_zoom(page):
    three(page)
    page.look(columns=("name", "duration"), filter="s", column_filters=(("only", "critical"), ("name", "i")))
    page.looks.widths["name"] = 222
    page.canvas.set_day_width(40)
    page.looks.save("Mine")
    page.looks.take_usual()
    assert page.ask.filter == ""
    page.looks.take(next(iter(page.bridge.document.saved_views)).id)
    assert page.ask.column_filters == (("only", "critical"), ("name", "i"))
    assert page.ask.columns == ("name", "duration")
    assert page.sheet.columnWidth(0) == 222
    assert page.canvas.scale.day_width == pytest.approx(40)


def test_every_editable_column_of_the_empty_line_makes_a_task(page):
    three(page)
    for column, text in (("duration", "3d"), ("start", "11 Jan 2027"), ("name", "Train")):
        page.sheet.select_cell("new", column)
        page.sheet.cells_edited.emit([("new", column, text)])
        at = page.sheet.currentIndex()
        assert page.model.rows[at.row()].key != "new"
        assert page.model.columns[at.column()].key == column
        assert page.bridge.workspace.undo_label.step == "Add task"
    assert names(page) == ["Analyse", "Build", "Ship", "", "", "Train"]
    made = [page.bridge.document.tasks[row.key] for row in page.model.rows[3:5]]
    assert made[0].duration == 3 * 480
    assert made[1].constraint is ConstraintType.SNET


def test_a_bad_text_in_the_empty_line_makes_nothing_and_stays(page):
    page.sheet.select_cell("new", "duration")
    page.sheet.edit_current()
    page.sheet._editor.setText("soon")
    page.sheet.on_editor_finished("down")
    assert names(page) == []
    assert page.sheet._editor.text() == "soon"
    page.sheet.on_editor_cancelled()


def test_tab_goes_on_in_the_new_task_and_enter_starts_the_next(page):
    page.sheet.select_cell("new", "name")
    page.sheet.edit_current()
    page.sheet._editor.setText("Analyse")
    page.sheet.on_editor_finished("right")
    at = page.sheet.currentIndex()
    made = page.model.rows[at.row()].key
    assert made in page.bridge.document.tasks
    assert page.model.columns[at.column()].key == "duration"
    page.sheet.edit_current()
    page.sheet._editor.setText("4d")
    page.sheet.on_editor_finished("down")
    at = page.sheet.currentIndex()
    assert (page.model.rows[at.row()].key, page.model.columns[at.column()].key) == ("new", "name")
    assert page.bridge.document.tasks[made].duration == 4 * 480


def test_a_paste_into_a_filtered_plan_touches_only_rows_that_are_seen(page):
    made = three(page)
    page.look(filter="i")
    assert names(page) == ["Build", "Ship"]
    said = notices(page)
    QGuiApplication.clipboard().setText("7d\n8d\n9d\n10d\n")
    page.sheet.select_cell(made[1], "duration")
    page.sheet.paste()
    lengths = [page.bridge.document.tasks[task].duration // 480 for task in made]
    assert lengths == [5, 7, 8]
    assert len(page.bridge.document.tasks) == 3
    assert any("not pasted" in sentence for sentence in said)
    page.bridge.undo()
    assert page.bridge.document.tasks[made[1]].duration != 7 * 480


def test_a_paste_over_a_folded_summary_leaves_what_is_inside_alone(page):
    made = three(page)
    page.sheet.select_cell(made[1], "name")
    page.actions_["plan_indent"].trigger()
    page.sheet.fold_toggled.emit(made[0])
    QGuiApplication.clipboard().setText("One\nTwo\nThree\n")
    page.sheet.select_cell(made[0], "name")
    page.sheet.paste()
    assert page.bridge.document.tasks[made[1]].name == "Build"
    assert names(page) == ["One", "Two", "Three"]


def test_why_is_the_first_thing_the_pane_says(page):
    made = three(page)
    page.bridge.workspace.run(links.link((made[0], made[1])))
    page.sheet.select_cell(made[1], "name")
    page.actions_["plan_why"].trigger()
    assert (page.side.isVisible(), page.side.tab) == (True, WHY)
    said = [label.text() for label in page.side.reasons.findChildren(QLabel)]
    assert "It waits for “Analyse” to finish." in said
    assert "FS from “Analyse”" in said
    page.side.show_tab(DETAILS)
    assert page.side.gist.isVisible()
    assert page.side.gist.text() == "It waits for “Analyse” to finish."
    page.side.reasons.step_chosen.emit(page.side.reasons._shown.chain[1])
    assert page.chosen() == (made[0],)
    page.actions_["plan_why"].trigger()
    page.actions_["plan_why"].trigger()
    assert not page.side.isVisible()


def test_many_tasks_show_mixed_and_take_one_text_for_all(page):
    made = three(page)
    risk = page.bridge.workspace.run(custom_fields.create("Risk", FieldKind.TEXT)).result
    page.side_hand.open(DETAILS)
    page.sheet.selectAll()
    name = page.side.inspector.field_of("Task", "Name")
    assert isinstance(name, QLineEdit)
    assert (name.text(), name.placeholderText()) == ("", "mixed")
    notes = page.side.inspector.field_of("Notes", "Notes")
    assert isinstance(notes, InspectorText)
    notes.setPlainText("Ask\nBob")
    notes.take()
    assert {page.bridge.document.tasks[task].notes for task in made} == {"Ask\nBob"}
    own = page.side.inspector.field_of("Columns of your own", "Risk")
    own.setText("High")
    own.editingFinished.emit()
    assert {value.value for value in page.bridge.document.custom_values} == {"High"}
    assert risk


def test_the_history_of_the_chosen_task_stands_in_the_pane(page):
    made = three(page)
    page.sheet.select_cell(made[0], "name")
    page.side_hand.open(HISTORY)
    said = [label.text() for label in page.side.steps.findChildren(QLabel)]
    assert "Change duration" in said
    assert any("5d" in text for text in said)


def test_a_moved_task_of_a_plan_from_its_finish_is_limited_the_right_way(page):
    made = three(page)
    page.bridge.workspace.run(projects.set_schedule_from(page.project, False, MONDAY + 60 * DAY))
    said = notices(page)
    page.chart_hand.on_bar_moved(made[0], int(MONDAY + 21 * DAY))
    assert page.bridge.document.tasks[made[0]].constraint is ConstraintType.SNLT
    assert any("no later than" in sentence for sentence in said)


def test_a_task_is_split_by_dialog_and_by_drag_and_joined_again(page, qtbot):
    made = three(page)
    dialog = SplitTask(page.bridge, made[0], page)
    qtbot.addWidget(dialog)
    dialog.stop.setText("nonsense")
    dialog.on_act()
    assert not dialog.why.isHidden()
    dialog.stop.setText("6 Jan 2027")
    dialog.resume.setText("8 Jan 2027")
    dialog.on_act()
    assert page.bridge.document.tasks[made[0]].splits[0].gap == 2 * 480
    page.sheet.select_cell(made[0], "name")
    page.actions_["plan_unsplit"].trigger()
    assert not page.bridge.document.tasks[made[0]].splits
    page.canvas.split_dragged.emit(made[0], MONDAY + DAY, MONDAY + 2 * DAY)
    assert page.bridge.document.tasks[made[0]].splits[0].work_before == 480


def test_progress_and_priorities_go_by_menu(page):
    made = three(page)
    page.bridge.workspace.run(projects.set_status_date(page.project, moment(2027, 1, 6, 17)))
    page.sheet.select_cell(made[0], "name")
    page.actions_["plan_on_track"].trigger()
    assert page.bridge.document.tasks[made[0]].percent_complete == 60
    page.actions_["plan_all_reschedule"].trigger()
    assert page.bridge.document.tasks[made[1]].constraint is ConstraintType.SNET
    page.sheet.select_cell(made[0], "name")
    page.actions_["plan_priority_1000"].trigger()
    assert page.bridge.document.tasks[made[0]].priority == 1000


def test_baselines_are_taken_named_shown_and_cleared_by_number(page, qtbot):
    three(page)
    dialog = Baselines(page.bridge, page.project, (), page)
    qtbot.addWidget(dialog)
    dialog.sheet.select_cell("3", "name")
    dialog.on_take()
    dialog.on_named([("3", "name", "Approved")])
    dialog.on_show()
    assert page.bridge.document.projects[page.project].baseline_shown == 3
    assert dialog.model.rows[3].cells[1] == "Approved"
    dialog.on_clear()
    assert not list(page.bridge.document.baselines)


def test_going_to_a_task_takes_numbers_and_words(page, qtbot):
    made = three(page)
    dialog = GoToTask(page.bridge, page.project, page)
    qtbot.addWidget(dialog)
    for text, task in (("2", made[1]), ("shi", made[2])):
        dialog.words.setText(text)
        dialog.on_wanted()
        assert dialog.chosen == task
    dialog.words.setText("nobody")
    assert dialog.found.count() == 0


def test_the_fidelity_report_is_offered_for_imported_projects_only(page, qtbot):
    three(page)
    assert not page.actions_["plan_fidelity"].isEnabled()
    dialog = FidelityReport(page.bridge, page.project, page)
    qtbot.addWidget(dialog)
    assert "not imported" in dialog.empty.text()


def named_in(target: Path) -> list[str]:
    """The tasks whose names stand in a written view."""
    if target.suffix == ".xlsx":
        (view, *_more) = openpyxl.load_workbook(target).worksheets
        text = " ".join(str(value) for row in view.values for value in row)
    else:
        text = target.read_text(encoding="utf-8-sig")
    return [name for name in ("Analyse", "Build", "Ship") if name in text]


def amount_in(target: Path) -> int:
    """How high a picture is; how many texts the first page of a PDF has."""
    if target.suffix == ".png":
        return QImage(str(target)).height()
    drawn = re.search(rb"stream\r?\n(x.*?)endstream", target.read_bytes(), re.DOTALL)
    assert drawn is not None
    return zlib.decompressobj().decompress(drawn[1]).count(b"BT")


@pytest.mark.parametrize("ending", ["pdf", "png", "svg", "xlsx", "csv"])
def test_the_view_is_written_as_shown(page, tmp_path: Path, ending: str):
    three(page)
    page.look(filter="i")
    said = notices(page)
    target = tmp_path / f"view.{ending}"
    page.exports.write(target, ending)
    assert said == [f"Wrote view.{ending}."]
    assert page.exports.note() == "2 of 3 shown · filter “i”"
    if ending in ("svg", "xlsx", "csv"):
        assert named_in(target) == ["Build", "Ship"]
    else:
        page.look(filter="")
        page.exports.write(tmp_path / f"whole.{ending}", ending)
        assert said.pop() == f"Wrote whole.{ending}."
        assert amount_in(target) < amount_in(tmp_path / f"whole.{ending}")
    page.exports.write(tmp_path / "nowhere" / f"view.{ending}", ending)
    assert len(said) == 2
