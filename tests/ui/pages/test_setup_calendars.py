"""The calendars of the Set-up page: weeks typed, days painted and reached by key, exceptions and holidays."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPointF, Qt

from app.domain.calendars import Recurrence
from app.domain.values import Shift, moment
from app.operations import calendars, projects
from ui import theme
from ui.pages.setup import SetupPage
from ui.pages.setup.exception_dialog import ExceptionDialog
from ui.pages.setup.holidays_dialog import HolidaysDialog
from ui.pages.setup.month_view import month_on
from ui.pages.setup.work_week_dialog import WorkWeekDialog


@pytest.fixture
def page(bridge, in_sight) -> SetupPage:
    theme.current().choose(theme.Scheme.DARK)
    run = bridge.workspace.run
    project = run(projects.create("Relaunch", "REL", start=moment(2027, 1, 4, 8))).result
    run(projects.set_calendar(project, run(calendars.create("Site")).result))
    made = in_sight(SetupPage)
    made.show_section("calendars")
    made.section("calendars").panel.on_day_moved(date(2027, 1, 6))
    return made


def panel(page: SetupPage):
    return page.section("calendars").panel


def week(page: SetupPage):
    return page.bridge.document.calendars[panel(page).calendar].week


def exceptions(page: SetupPage):
    return list(page.bridge.document.calendar_exceptions)


def test_the_projects_calendar_is_shown_first(page) -> None:
    page.bridge.workspace.run(calendars.create("Another"))
    assert panel(page).title.text() == "Site"
    assert panel(page).month_sum.text() == "21 working days · 168h"


def test_hours_are_typed_and_refused_in_the_cell(page) -> None:
    panel(page).on_hours_edited([("4", "hours", "8:00-12:00"), ("5", "hours", "09:00 – 12:30")])
    assert week(page)[4] == (Shift(480, 720),)
    assert week(page)[5] == (Shift(540, 750),)
    panel(page).on_hours_edited([("0", "hours", "12:00-8:00")])
    assert week(page)[0] == (Shift(480, 720), Shift(780, 1020))
    panel(page).week_sheet.give_up()
    panel(page).on_hours_edited([("0", "hours", "not working")])
    assert week(page)[0] == ()


def test_an_emptied_day_takes_the_base_calendars_hours_again(page) -> None:
    base = panel(page).calendar
    own = page.bridge.workspace.run(calendars.create("Own")).result
    page.section("calendars").show_calendar(own)
    panel(page).on_base_chosen(base)
    panel(page).on_hours_edited([("1", "hours", "10:00-12:00")])
    assert week(page)[1] == (Shift(600, 720),)
    panel(page).on_hours_edited([("1", "hours", "")])
    assert week(page)[1] is None


def test_a_calendar_cannot_be_based_on_itself_in_a_circle(page) -> None:
    said = []
    page.bridge.noticed.connect(lambda _tone, sentence, _undo: said.append(sentence))
    base = panel(page).calendar
    own = page.bridge.workspace.run(calendars.create("Own", None, base)).result
    panel(page).on_base_chosen(own)
    assert said == ["Site would build on itself."]
    assert panel(page).base.currentData() == ""


def test_a_new_calendar_is_named_at_once_and_one_in_use_stays(page) -> None:
    section = page.section("calendars")
    section.on_new(page.project)
    assert [row.cells for row in section.model.rows] == [
        ("Site", "All projects"),
        ("Standard", "All projects"),
        ("New calendar", "REL"),
    ]
    section.on_cells_edited([(section.model.rows[-1].key, "name", "Crew")])
    section.sheet.give_up()
    section.on_duplicate()
    assert sorted(one.name for one in page.bridge.document.calendars) == [
        "Copy of Crew",
        "Crew",
        "Site",
        "Standard",
    ]
    said = []
    page.bridge.noticed.connect(lambda _tone, sentence, _undo: said.append(sentence))
    section.sheet.select_cell(page.bridge.document.projects[page.project].calendar)
    section.on_delete()
    assert "is used by" in said[0]


def test_keys_travel_through_the_month_and_beyond_it(page, qtbot) -> None:
    month = panel(page).month
    for key, day in (
        (Qt.Key.Key_Right, date(2027, 1, 7)),
        (Qt.Key.Key_Down, date(2027, 1, 14)),
        (Qt.Key.Key_PageDown, date(2027, 2, 14)),
        (Qt.Key.Key_PageUp, date(2027, 1, 14)),
        (Qt.Key.Key_Up, date(2027, 1, 7)),
    ):
        qtbot.keyClick(month, key)
        assert panel(page).day == day
    assert month_on(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert month_on(date(2027, 12, 31), -1) == date(2027, 11, 30)


def test_a_day_says_its_hours_and_why_it_differs(page) -> None:
    page.bridge.workspace.run(calendars.add_exception(panel(page).calendar, "Epiphany", date(2027, 1, 6)))
    month = panel(page).month
    centre = month.rect_of(date(2027, 1, 6)).center()
    found = month.day_at(QPointF(centre))
    assert month.said(found) == "6 Jan 2027 · Epiphany · not working"
    assert month.accessibleDescription() == "6 Jan 2027 · Epiphany · not working"
    assert month.said(month.shown_day(date(2027, 1, 7))) == "7 Jan 2027 · 08:00–12:00, 13:00–17:00"


def test_an_exception_is_entered_with_its_pattern_and_changed(page) -> None:
    dialog = ExceptionDialog(page.bridge, panel(page).calendar, date(2027, 1, 6), None, page)
    dialog.on_act()
    assert dialog.why.text() == "Give the exception a name."
    dialog.name.setText("Stocktaking")
    dialog.last.setText("2027-06-30")
    dialog.hours.setText("8-12")
    dialog.repeats.setCurrentIndex(dialog.repeats.findData(Recurrence.MONTHLY_POSITION.value))
    dialog.on_edited()
    assert dialog.next_days.text() == "6 days: 6 Jan 2027, 3 Feb 2027, 3 Mar 2027, 7 Apr 2027, …"
    dialog.on_act()
    (one,) = exceptions(page)
    assert (one.position, one.position_day, one.shifts) == (1, 2, (Shift(480, 720),))
    assert panel(page).days_model.rows[0].cells[4] == "every month, first Wednesday"
    dialog = ExceptionDialog(page.bridge, one.calendar, one.from_date, one, page)
    assert dialog.record().position_day == 2
    dialog.repeats.setCurrentIndex(dialog.repeats.findData(Recurrence.WEEKLY.value))
    dialog.every.setValue(2)
    dialog.on_act()
    assert panel(page).days_model.rows[0].cells[4] == "every 2 weeks, Wed"


def test_exceptions_are_edited_and_deleted_in_the_list(page) -> None:
    made = page.bridge.workspace.run(
        calendars.add_exception(panel(page).calendar, "Party", date(2027, 1, 6))
    ).result
    panel(page).on_exceptions_edited([(made, "from", "2027-01-08"), (made, "name", "Summer party")])
    (one,) = exceptions(page)
    assert (one.name, one.from_date, one.to_date) == ("Summer party", date(2027, 1, 8), date(2027, 1, 8))
    panel(page).days_sheet.select_cell(made)
    assert panel(page).day == date(2027, 1, 8)
    assert panel(page).delete_button.isEnabled()
    panel(page).on_delete()
    assert not exceptions(page)
    assert panel(page).exceptions_tab.text() == "0 exceptions"


def test_another_week_is_entered_and_deleted(page) -> None:
    dialog = WorkWeekDialog(page.bridge, panel(page).calendar, date(2027, 7, 1), parent=page)
    dialog.name.setText("Summer")
    dialog.last.setText("2027-08-31")
    dialog.on_act()
    assert "at least one weekday" in dialog.why.text()
    dialog.days[4].setText("-")
    dialog.on_act()
    assert panel(page).weeks_tab.text() == "1 other week"
    panel(page).on_day_moved(date(2027, 7, 2))
    assert panel(page).month.shown_day(date(2027, 7, 2)).kind == "work_week"
    panel(page).weeks_tab.click()
    panel(page).weeks_sheet.select_cell(panel(page).weeks_model.rows[0].key)
    panel(page).on_delete()
    assert not page.bridge.document.work_weeks


def test_public_holidays_are_shown_before_they_are_copied(page) -> None:
    dialog = HolidaysDialog(page.bridge, panel(page).calendar, 2027, page)
    dialog.country.setCurrentIndex(dialog.country.findData("DE"))
    dialog.on_country_chosen()
    assert dialog.region.findText("Bayern") > 0
    dialog.region.setCurrentIndex(dialog.region.findData("BY"))
    dialog.last.setValue(2027)
    days = len(dialog.model.rows)
    assert dialog.note.text() == f"{days} new days"
    assert any(row.cells[0] == "Wed 6 Jan 2027" for row in dialog.model.rows)
    dialog.on_act()
    assert len(exceptions(page)) == days
    again = HolidaysDialog(page.bridge, panel(page).calendar, 2027, page)
    again.country.setCurrentIndex(again.country.findData("DE"))
    again.on_country_chosen()
    again.last.setValue(2026)
    assert not again.act_button.isEnabled()
    assert "Choose years" in again.why.text()


def test_dialogs_fit_a_small_screen(page) -> None:
    calendar = panel(page).calendar
    for dialog in (
        ExceptionDialog(page.bridge, calendar, date(2027, 1, 6), None, page),
        HolidaysDialog(page.bridge, calendar, 2027, page),
        WorkWeekDialog(page.bridge, calendar, date(2027, 1, 6), parent=page),
    ):
        assert dialog.sizeHint().width() <= 1366
        assert dialog.sizeHint().height() <= 720


def test_a_work_week_is_changed_in_the_list_and_by_its_dialog(page) -> None:
    found = panel(page)
    week = (None, None, None, None, (), None, None)
    made = page.bridge.workspace.run(
        calendars.add_work_week(found.calendar, "Summer", date(2027, 7, 1), date(2027, 8, 31), week)
    ).result
    found.weeks_tab.click()
    found.on_weeks_edited([(made, "name", "Summer hours"), (made, "to", "2027-09-15")])
    one = page.bridge.document.work_weeks[made]
    assert (one.name, one.to_date) == ("Summer hours", date(2027, 9, 15))
    assert page.bridge.workspace.undo_label.text == "Change 2 cells"
    dialog = WorkWeekDialog(page.bridge, found.calendar, one.from_date, one, page)
    assert [line.text() for line in dialog.days] == ["", "", "", "", "–", "", ""]
    dialog.days[0].setText("08:00–14:00")
    dialog.days[4].setText("")
    dialog.on_act()
    one = page.bridge.document.work_weeks[made]
    assert one.week == ((Shift(480, 840),), *(None,) * 6)
    found.weeks_sheet.select_cell(made)
    assert found.change_button.isEnabled()
    found.on_weeks_edited([(made, "to", "2027-01-01")])
    assert page.bridge.document.work_weeks[made].to_date == date(2027, 9, 15)


def test_holidays_are_removed_by_year_and_come_back_with_undo(page) -> None:
    found = panel(page)
    page.bridge.run(calendars.add_holidays(found.calendar, "DE", "BE", 2027, 2028))
    count = len(exceptions(page))
    found.on_menu_opening()
    words = [action.text() for action in found.holidays_menu.actions() if action.text()]
    assert [text.split(" (")[0] for text in words[1:]] == [
        "Remove DE-BE 2027", "Remove DE-BE 2028", "Remove DE-BE, all years",
    ]  # fmt: skip
    found.holidays_menu.actions()[2].trigger()
    assert {one.from_date.year for one in exceptions(page)} == {2028}
    page.bridge.undo()
    assert len(exceptions(page)) == count
    found.on_menu_opening()
    found.holidays_menu.actions()[-1].trigger()
    assert not exceptions(page)


def test_the_year_shows_on_which_days_an_exception_falls(page, qtbot) -> None:
    dialog = ExceptionDialog(page.bridge, panel(page).calendar, date(2027, 1, 6), None, page)
    dialog.last.setText("31 dec 2028")
    dialog.repeats.setCurrentIndex(dialog.repeats.findData(Recurrence.YEARLY_DAY.value))
    dialog.on_edited()
    assert (dialog.year.year, dialog.year.days) == (2027, {date(2027, 1, 6)})
    qtbot.keyClick(dialog.year, Qt.Key.Key_Right)
    assert (dialog.year.year, dialog.year.days) == (2028, {date(2028, 1, 6)})
    assert "Thu 6 Jan 2028" in dialog.year.accessibleDescription()
    qtbot.keyClick(dialog.year, Qt.Key.Key_PageDown)
    assert not dialog.year.days
