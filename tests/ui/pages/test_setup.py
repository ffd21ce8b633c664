"""The Set-up page by hand: fields, baselines, people and columns, with refusals said where they are typed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
)

from app.domain.people import ResourceType
from app.domain.portfolio import FieldKind, LagCalendar
from app.domain.values import moment
from app.operations import arrange, calendars, custom_fields, people, projects, tasks
from app.views.dump import dump
from app.views.plan_details import plan_answer
from app.views.portfolio import portfolio_facts
from ui.pages.setup import SetupPage
from ui.pages.setup.leave_dialog import LeaveDialog
from ui.pages.setup.page import TABS
from ui.widgets.sheet import Sheet

MONDAY = moment(2027, 1, 4, 8)


@pytest.fixture
def page(bridge, in_sight) -> SetupPage:
    project = bridge.workspace.run(projects.create("Relaunch", "REL", start=MONDAY)).result
    bridge.workspace.run(tasks.add(project, "Analyse"))
    return in_sight(SetupPage)


def record(page: SetupPage):
    return page.bridge.document.projects[page.project]


def line(page: SetupPage, section: str, key: str):
    """The line of a setting, wherever it stands."""
    forms = page.section(section).forms
    return next(form.line(key) for form in forms if key in form._lines)


def typed(found, text: str) -> None:
    found.editor.setText(text)
    found.editor.editingFinished.emit()


def cell(model, row: int, key: str) -> str:
    return model.rows[row].cells[model.column_of(key)]


def test_typing_a_field_is_one_named_step_that_undo_takes_back(page) -> None:
    typed(line(page, "project", "manager"), "A. Lead")
    assert record(page).manager == "A. Lead"
    typed(line(page, "project", "start"), "11 jan 2027")
    assert record(page).start == moment(2027, 1, 11, 8)
    page.bridge.undo()
    assert line(page, "project", "start").editor.text() == "4 Jan 2027"


def test_lengths_choices_and_flags_reach_the_project(page) -> None:
    typed(line(page, "project", "minutes_per_day"), "7.5h")
    typed(line(page, "project", "near_critical_limit"), "3d")
    line(page, "project", "lag_calendar").on_chosen("project")
    line(page, "project", "honor_constraints").editor.click()
    row = record(page)
    assert (row.minutes_per_day, row.near_critical_limit) == (450, 3 * 450)
    assert row.lag_calendar is LagCalendar.PROJECT
    assert not row.honor_constraints


def test_a_refusal_stays_under_its_field_until_it_is_mended(page) -> None:
    hours = line(page, "project", "minutes_per_day")
    typed(hours, "30h")
    assert "24 hours" in hours.said.text()
    assert not hours.said.isHidden()
    assert hours.editor.text() == "30h"
    assert record(page).minutes_per_day == 480
    typed(hours, "8.5h")
    assert hours.said.isHidden()
    assert record(page).minutes_per_day == 510


def test_scheduling_from_the_finish_asks_for_the_finish_alone(page) -> None:
    line(page, "project", "schedule_from_start").on_chosen("0")
    row = record(page)
    assert not row.schedule_from_start
    assert row.finish is not None
    assert {"finish", "planned"} <= set(page.section("project").forms[1]._lines)
    assert "start" not in page.section("project").forms[1]._lines


def test_baselines_are_taken_renamed_shown_and_cleared(page) -> None:
    found = page.section("project").baselines
    found.on_take(0)
    found.on_take(2)
    found.on_cells_edited([("2", "name", "After the change")])
    assert [row.cells[:2] for row in found.model.rows] == [
        ("Baseline", ""),
        ("Baseline 2", "After the change"),
    ]
    found.sheet.select_cell("2")
    found.on_show()
    assert record(page).baseline_shown == 2
    found.on_clear()
    assert [row.key for row in found.model.rows] == ["0"]
    found.on_menu_opening()
    words = [action.text() for action in found.take_button.menu().actions()]
    assert len(words) == 11
    assert "again" in words[0]


def test_portfolio_fields_are_set_in_place(page) -> None:
    page.show_section("portfolio")
    typed(line(page, "portfolio", "name"), "Change")
    typed(line(page, "portfolio", "owner"), "Office")
    line(page, "portfolio", "currency").on_chosen("CHF")
    notes = line(page, "portfolio", "notes").editor
    notes.setFocus()
    notes.setPlainText("Two lines\nof it")
    line(page, "portfolio", "name").editor.setFocus()
    head = next(iter(page.bridge.document.portfolio))
    assert (head.name, head.owner, head.currency, head.notes) == (
        "Change",
        "Office",
        "CHF",
        "Two lines\nof it",
    )
    typed(line(page, "portfolio", "name"), "  ")
    assert line(page, "portfolio", "name").said.text() == "A portfolio needs a name."


def test_people_are_edited_like_a_sheet(page) -> None:
    page.show_section("people")
    section = page.section("people")
    run = page.bridge.workspace.run
    who = run(people.add_resource("Ann Smith")).result
    run(calendars.create("Nights"))
    section.on_cells_edited(
        [
            (who, "max_units", "50%"),
            (who, "rate", "85.50"),
            (who, "overtime", "120"),
            (who, "calendar", "nights"),
            (who, "group", "Design"),
            (who, "email", "ann@example.org"),
        ]
    )
    assert section.model.rows[0].cells[:9] == (
        "Ann Smith", "AS", "Work", "Design", "50%", "Nights", "85.50", "120.00", "ann@example.org",
    )  # fmt: skip
    section.on_cells_edited([(who, "type", "Material")])
    assert page.bridge.document.resources[who].type is ResourceType.MATERIAL
    assert cell(section.model, 0, "overtime") == ""


def test_a_rate_says_what_it_is_paid_for_and_refuses_what_is_no_unit(page) -> None:
    page.show_section("people")
    section = page.section("people")
    who = page.bridge.workspace.run(people.add_resource("Ann")).result
    section.on_cells_edited([(who, "rate", "85/fortnight")])
    assert not page.bridge.document.rates
    section.on_cells_edited([(who, "rate", "85/h")])
    section.on_cells_edited([(who, "rate", "680/d")])
    (rate,) = page.bridge.document.rates
    assert (rate.standard_rate, rate.standard_format.value) == (68000, "d")
    assert cell(section.model, 0, "rate") == "680.00/d"
    section.on_cells_edited([(who, "rate", "700")])
    assert cell(section.model, 0, "rate") == "700.00/d"


def test_rates_follow_one_another_in_five_tables(page) -> None:
    page.show_section("people")
    panel = page.section("people").panel
    who = page.bridge.workspace.run(people.add_resource("Ann")).result
    page.section("people").sheet.select_cell(who)
    assert "costs nothing" in panel._nothing.text()
    panel.on_add()
    edited, sheet = panel.sheets["rates"].cells_edited, panel.models["rates"]
    edited.emit([(sheet.rows[0].key, "standard", "80"), (sheet.rows[0].key, "per_use", "15")])
    panel.on_add()
    edited.emit([(sheet.rows[1].key, "from", "1 jan 2031"), (sheet.rows[1].key, "standard", "90")])
    assert [row.cells[:5] for row in sheet.rows] == [
        ("–", "1 Jan 2031", "80.00/h", "–", "15.00"),
        ("1 Jan 2031", "–", "90.00/h", "–", "15.00"),
    ]
    assert sheet.rows[1].hints[0] == "Wed 1 Jan 2031"
    panel.table.setCurrentIndex(1)
    panel.show_resource(who)
    assert not sheet.rows
    panel.on_add()
    edited.emit([(sheet.rows[0].key, "standard", "120")])
    assert [panel.table.itemText(place) for place in range(3)] == [
        "Table A · 2 rates", "Table B · 1 rate", "Table C · empty",
    ]  # fmt: skip
    panel.table.setCurrentIndex(0)
    panel.show_resource(who)
    panel.sheets["rates"].selectAll()
    panel.on_delete()
    assert page.bridge.workspace.undo_label.text == "Delete 2 rates"
    assert [rate.table for rate in page.bridge.document.rates] == ["B"]


def test_periods_of_availability_are_added_edited_and_kept_apart(page) -> None:
    page.show_section("people")
    panel = page.section("people").panel
    who = page.bridge.workspace.run(people.add_resource("Ann")).result
    page.section("people").sheet.select_cell(who)
    panel.show_tab("availability")
    panel.on_add()
    edited, model = panel.sheets["availability"].cells_edited, panel.models["availability"]
    first = model.rows[0].key
    edited.emit([(first, "from", "1 mar 2031"), (first, "to", "30 apr 2031"), (first, "units", "50%")])
    assert model.rows[0].cells == ("1 Mar 2031", "30 Apr 2031", "50%")
    panel.on_add()
    second = next(row.key for row in model.rows if row.key != first)
    assert model.rows[1].cells[0] == "1 May 2031"
    edited.emit([(second, "from", "30 apr 2031")])
    assert model.rows[1].cells[0] == "1 May 2031"
    edited.emit([(second, "to", "")])
    assert model.rows[1].cells[1] == "–"


def test_further_facts_of_a_resource_are_set_in_the_panel(page) -> None:
    page.show_section("people")
    panel = page.section("people").panel
    who = page.bridge.workspace.run(people.add_resource("Ann")).result
    page.section("people").sheet.select_cell(who)
    panel.show_tab("facts")
    facts, flags = panel.forms
    facts.line("accrue_at").on_chosen("end")
    facts.line("notes").on_typed("Mondays at home")
    flags.line("is_generic").editor.click()
    row = page.bridge.document.resources[who]
    assert (row.accrue_at.value, row.notes, row.is_generic) == ("end", "Mondays at home", True)


def test_a_pasted_list_becomes_people(page) -> None:
    page.show_section("people")
    section = page.section("people")
    section.on_pasted_beyond([], [[("name", "Ann"), ("group", "Design")], [("name", "Bob"), ("rate", "70")]])
    assert [(row.cells[0], row.cells[3], row.cells[6]) for row in section.model.rows] == [
        ("Ann", "Design", ""),
        ("Bob", "", "70.00"),
    ]


def test_leave_is_kept_on_a_calendar_of_ones_own_and_survives_another_base(page) -> None:
    page.show_section("people")
    section = page.section("people")
    run = page.bridge.workspace.run
    who = run(people.add_resource("Ann")).result
    base = run(calendars.create("Nights")).result
    section.sheet.select_cell(who)
    dialog = LeaveDialog(page.bridge, who, page)
    dialog.on_act()
    assert dialog.why.text() == "Say on which day the leave begins."
    dialog.first.setText("2027-02-01")
    dialog.last.setText("2027-02-05")
    dialog.on_act()
    assert section.panel.models["leave"].rows[0].cells[:3] == ("Leave", "1 Feb 2027", "5 Feb 2027")
    section.on_cells_edited([(who, "calendar", "Nights")])
    own = page.bridge.document.resources[who].calendar
    assert page.bridge.document.calendars[own].base == base
    section.panel.sheets["leave"].cells_edited.emit(
        [(section.panel.models["leave"].rows[0].key, "to", "2027-02-03")]
    )
    exception = next(iter(page.bridge.document.calendar_exceptions))
    assert exception.to_date == date(2027, 2, 3)
    section.panel.show_tab("leave")
    section.panel.sheets["leave"].select_cell(exception.id)
    section.panel.on_delete()
    assert not page.bridge.document.calendar_exceptions


def test_columns_are_added_from_the_line_above_and_edited_in_the_sheet(page, qtbot) -> None:
    page.show_section("columns")
    section = page.section("columns")
    section.kind.setCurrentIndex(section.kind.findData(FieldKind.CHOICE.value))
    qtbot.keyClicks(section.heading, "Risk")
    qtbot.keyClick(section.heading, Qt.Key.Key_Return)
    assert "words to choose from" in section.why.text()
    assert section.heading.text() == "Risk"
    section.words.setText("Low; High")
    qtbot.keyClick(section.words, Qt.Key.Key_Return)
    field = next(iter(page.bridge.document.custom_fields))
    assert (field.alias, field.kind, field.choices, field.project) == (
        "Risk", FieldKind.CHOICE, ("Low", "High"), None,
    )  # fmt: skip
    assert section.why.isHidden()
    section.on_cells_edited([(field.id, "choices", "Low; Medium; High"), (field.id, "alias", "Danger")])
    assert section.model.rows[0].cells[0] == "Danger"
    assert section.model.rows[0].cells[3] == "Low; Medium; High"
    section.sheet.select_cell(field.id)
    section.on_delete()
    assert not page.bridge.document.custom_fields


def test_a_record_looked_for_is_found_in_its_section(page) -> None:
    run = page.bridge.workspace.run
    who = run(people.add_resource("Ann")).result
    field = run(custom_fields.create("Risk")).result
    calendar = run(calendars.create("Nights")).result
    for wanted, key in ((who, "people"), (field, "columns"), (calendar, "calendars")):
        page.show_record(wanted)
        assert TABS[page.tabs.currentIndex()].key == key


def test_without_a_project_the_page_says_so_and_the_rest_works(page) -> None:
    page.bridge.workspace.run(projects.delete(page.project))
    page.show_project(None)
    page.refresh()
    assert page.frame.answer.text() == ""
    for key in ("calendars", "people", "columns", "portfolio"):
        page.show_section(key)
        assert page.frame.answer.text()


def test_every_control_of_every_section_has_a_name(page) -> None:
    page.bridge.workspace.run(people.add_resource("Ann"))
    page.bridge.workspace.run(calendars.create("Nights"))
    for tab in TABS:
        page.show_section(tab.key)
        section = page.section(tab.key)
        kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractSpinBox, Sheet)
        for control in (found for kind in kinds for found in section.findChildren(kind)):
            if control.objectName().startswith("qt_") or isinstance(
                control.parent(), QComboBox | QLineEdit | Sheet
            ):
                continue
            text = control.text() if isinstance(control, QAbstractButton) else ""
            assert control.accessibleName() or text, f"{tab.key}: {control}"


def test_what_the_hand_did_once_in_a_sheet_is_one_step(page) -> None:
    page.show_section("people")
    section = page.section("people")
    door = page.bridge.workspace
    ann, bob = (door.run(people.add_resource(name)).result for name in ("Ann", "Bob"))
    before, steps = page.bridge.document, len(door.history(limit=99))
    section.on_cells_edited(
        [(who, column, text) for who in (ann, bob) for column, text in (("rate", "70"), ("overtime", "90"))]
    )
    assert {(rate.standard_rate, rate.overtime_rate) for rate in page.bridge.document.rates} == {(7000, 9000)}
    assert len(door.history(limit=99)) == steps + 1
    assert door.undo_label.text == "Change 4 cells"
    section.sheet.selectAll()
    section.on_delete()
    assert not page.bridge.document.resources
    assert door.undo_label.text == "Delete 2 resources"
    door.undo()
    door.undo()
    assert dump(page.bridge.document) == dump(before)
    section.on_pasted_beyond(
        [(ann, "group", "Design")], [[("name", "Cid"), ("rate", "50")], [("name", "Dee"), ("group", "Test")]]
    )
    assert [row.name for row in page.bridge.document.resources] == ["Ann", "Bob", "Cid", "Dee"]
    door.undo()
    assert dump(page.bridge.document) == dump(before)


def test_of_a_block_with_a_wrong_text_nothing_is_taken_and_it_is_said(page, qtbot) -> None:
    page.show_section("people")
    section = page.section("people")
    who = page.bridge.workspace.run(people.add_resource("Ann")).result
    with qtbot.waitSignal(page.bridge.noticed) as said:
        section.on_cells_edited([(who, "group", "Design"), (who, "max_units", "much")])
    assert "much" in said.args[1]
    assert page.bridge.document.resources[who].group == ""


def test_the_same_tasks_are_counted_here_and_in_the_plan(page) -> None:
    door, project = page.bridge.workspace, page.project
    inside = door.run(tasks.add(project, "Draft")).result
    summary = next(task.id for task in page.bridge.document.tasks if task.name == "Analyse")
    door.run(arrange.move((inside,), summary))
    left_out = door.run(tasks.add(project, "Perhaps")).result
    door.run(tasks.set_active((left_out,), False))
    assert "1 task" in page.section("project").answer()
    assert "1 task" in plan_answer(page.bridge.document, project, "en_GB")
    assert portfolio_facts(page.bridge.document)["projects"][0]["tasks"] == 1


def test_every_project_setting_is_shown_with_what_it_means(page) -> None:
    section = page.section("project")
    shown = {key: line.setting for form in section.forms for key, line in form._lines.items()}
    computed_or_elsewhere = {"baseline_shown", "schedule_from_start"}
    assert projects.FIELDS - computed_or_elsewhere <= set(shown)
    assert all(setting.help for setting in shown.values())


def test_times_currency_week_and_notes_are_set_one_step_each(page) -> None:
    typed(line(page, "project", "default_start_time"), "7:30")
    typed(line(page, "project", "default_finish_time"), "16")
    line(page, "project", "week_start_day").on_chosen("6")
    line(page, "project", "currency").on_chosen("CHF")
    line(page, "project", "notes").on_typed("One\ntwo")
    row = record(page)
    assert (row.default_start_time, row.default_finish_time) == (450, 960)
    assert (row.week_start_day, row.currency, row.notes) == (6, "CHF", "One\ntwo")
    for _ in range(5):
        page.bridge.undo()
    assert (record(page).currency, record(page).default_start_time) == ("EUR", 480)
    typed(line(page, "project", "default_start_time"), "noon-ish")
    assert "8:30" in line(page, "project", "default_start_time").said.text()
