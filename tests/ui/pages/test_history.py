"""The History page: steps with who and when, what each changed, and the way back to one of them."""

from __future__ import annotations

import pytest

from app.domain.values import moment
from app.operations import projects, tasks
from app.views.history import answer_line
from ui.pages.history import HistoryPage


@pytest.fixture
def page(in_sight) -> HistoryPage:
    return in_sight(HistoryPage)


def test_the_steps_after_the_selected_one_are_taken_back_and_redo_brings_them_again(page) -> None:
    run = page.bridge.workspace.run
    project = run(projects.create("Relaunch", "REL", start=moment(2027, 1, 4, 8))).result
    for name in ("Analyse", "Build", "Test"):
        run(tasks.add(project, name))
    page.refresh()
    page.sheet.select_cell(page.model.rows[0].key)
    assert not page.back_button.isEnabled()
    chosen = page.model.rows[2].key
    page.sheet.select_cell(chosen)
    assert page.back_button.isEnabled()
    page.back_button.click()
    assert [task.name for task in page.bridge.document.tasks] == ["Analyse"]
    assert page.model.rows[page.sheet.currentIndex().row()].key == chosen
    assert not page.back_button.isEnabled()
    page.bridge.redo()
    page.bridge.redo()
    assert [task.name for task in page.bridge.document.tasks] == ["Analyse", "Build", "Test"]


def test_a_filter_that_nothing_fits_says_so_and_can_be_cleared(page) -> None:
    page.bridge.workspace.run(projects.create("Relaunch", "REL"))
    page.refresh()
    page._filter.setText("nobody")
    assert page._no_fit.isVisible()
    page._filter.clear()
    assert not page._no_fit.isVisible()
    assert page.model.rows


def test_a_history_longer_than_its_page_says_how_much_of_it_is_shown(page) -> None:
    door = page.bridge.workspace
    for code in ("A", "B", "C"):
        door.run(projects.create("Relaunch", code))
    page.refresh()
    assert page.frame.answer.text().startswith("3 steps · last by")
    newest = door.history(limit=2)
    assert answer_line(newest, door.history_length, "en_GB").startswith("the newest 2 of 3 steps · last by")
