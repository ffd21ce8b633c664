"""The list of projects: a large portfolio is in sight before its figures are worked out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest

from app.domain.draft import Draft
from app.domain.portfolio import Project
from app.domain.values import ProjectId, TaskId, moment
from app.domain.work import Task
from app.operations.operation import Operation, Step
from app.settings import Settings
from app.workspace import Who, Workspace
from ui.bridge import Bridge
from ui.pages.portfolio import PortfolioPage


def _fill(draft: Draft) -> None:
    for number in range(12):
        project = ProjectId(f"P{number:02}")
        draft.put(Project(project, project, f"Project {number}", f"{number:02}1", moment(2027, 1, 4, 8)))
        for place in range(500):
            id = TaskId(f"{project}-{place}")
            draft.put(Task(id, project, place + 1, None, f"{place:04}1", f"Task {place}", duration=480))


@pytest.fixture
def page(qtbot, tmp_path):
    workspace = Workspace.in_memory(owner=Who("pm", "desk", "PM"))
    workspace.run(Step(Operation("tests.fill", "Fill", _fill), ()))
    bridge = Bridge(workspace, Settings(tmp_path / "settings.json"))
    bridge.settings.keep({"locale": "en_GB"})
    made = PortfolioPage(bridge)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    yield made
    bridge.close()


def test_names_stand_at_once_and_figures_follow_without_being_asked_for(page, qtbot):
    page.show()
    start = page.model.column_of("start")
    assert [row.cells[0] for row in page.model.rows] == [f"P{number:02}" for number in range(12)]
    assert page.model.rows[0].cells[start] == "…"
    qtbot.waitUntil(lambda: page.model.rows[-1].cells[start] != "…", timeout=20_000)
    assert page.model.rows[0].cells[start] == "4 Jan 2027"
    assert page.model.view.totals is not None


def test_a_hidden_list_lets_its_figures_wait(page, qtbot):
    page.show()
    page.hide()
    page.on_time_to_work()
    start = page.model.column_of("start")
    assert page.model.rows[-1].cells[start] == "…"
    page.show()
    qtbot.waitUntil(lambda: page.model.rows[-1].cells[start] != "…", timeout=20_000)


def test_a_paste_with_a_line_too_many_fills_what_there_is_and_says_what_was_left_out(page, qtbot):
    page.show()
    qtbot.waitUntil(lambda: page.model.view.totals is not None, timeout=20_000)
    heard = QSignalSpy(page.bridge.noticed)
    QGuiApplication.clipboard().setText("Ann\nBob\nCy")
    page.sheet.select_cell(page.model.rows[-2].key, "name")
    page.sheet.setFocus()
    QTest.keyClick(page.sheet, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [project.name for project in page.bridge.document.projects][-3:] == ["Project 9", "Ann", "Bob"]
    assert heard.at(heard.count() - 1)[1] == "1 cell was left out: nothing can be typed there."


def test_archiving_and_editing_several_projects_is_one_step_each(page, qtbot):
    page.show()
    qtbot.waitUntil(lambda: page.model.view.totals is not None, timeout=20_000)
    door = page.bridge.workspace
    keys = [row.key for row in page.model.rows]
    page.on_cells_edited([(key, "manager", "Lead") for key in keys[:3]])
    assert door.undo_label.text == "Change 3 cells"
    page.sheet.selectAll()
    page.actions_["portfolio_archive"].trigger()
    assert not page.model.rows
    assert door.undo_label.text == "Archive 12 projects"
    page.bridge.undo()
    assert len(page.model.rows) == 12
    page.bridge.undo()
    assert not any(project.manager for project in page.bridge.document.projects)


def test_where_no_project_fits_the_page_says_why(page, qtbot):
    page.show()
    page._filter.setText("nothing of that name")
    qtbot.waitUntil(page._no_fit.isVisible, timeout=20_000)
    page._filter.clear()
    page.on_state_chosen("archived")
    assert page._none_of_state.isVisible()
    page.on_active_wanted()
    assert page.model.rows
    assert page.ask.column_filters == (("state", "active"),)
