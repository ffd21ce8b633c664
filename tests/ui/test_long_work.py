"""Long work through the real window: a plan being read, left, or too much."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from app.exchange import exporting
from app.operations import projects, tasks
from app.workspace import Who, Workspace
from tests.windows import (
    Answers,
    do,
    gives_up,
    picks,
    said,
    settled,
    text_of,
    window,
)
from ui.shell import Shell

ME = Who("pm", "desk", "Sam Lee")


def portfolio(place: Path, count: int) -> Path:
    with Workspace.create(place, owner=ME) as door:
        made = door.run(projects.create("Relaunch")).result
        door.run(tasks.add_many(made, tuple(f"Task {number}" for number in range(count))))
    return place


@pytest.fixture
def shell(qapp, tmp_path: Path) -> Iterator[Shell]:
    with window(last_page="plan") as made:
        assert made.open_file(portfolio(tmp_path / "Alpha.pmpf", 20))
        settled()
        yield made


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan of 1,500 tasks, which takes a while to read."""
    folder = tmp_path_factory.mktemp("plans")
    with Workspace.open(portfolio(folder / "big.pmpf", 1500), owner=ME) as door:
        project = next(iter(door.document.projects)).id
        exporting.write(door.document, project, folder / "big.xml")
    return folder / "big.xml"


def when_busy(shell: Shell, do: Callable[[], object]) -> None:
    """Do something as soon as long work is going on."""
    timer = QTimer(shell)

    def look() -> None:
        if shell.work.is_busy:
            timer.stop()
            do()

    timer.timeout.connect(look)
    timer.start(10)


class Ticks:
    """Counts how often the window's event loop comes round while long work is going on."""

    def __init__(self, shell: Shell) -> None:
        self.busy = 0
        self.seen: set[str] = set()
        self._shell = shell
        self._timer = QTimer(shell)
        self._timer.timeout.connect(self.on_tick)
        self._timer.start(10)

    def on_tick(self) -> None:
        if self._shell.work.is_busy:
            self.busy += 1
            self.seen.add(self._shell._strip._job.text().partition(" 0%")[0])

    def stop(self) -> None:
        self._timer.stop()


def test_the_window_lives_while_a_plan_is_read_and_the_strip_says_so(shell, plan) -> None:
    ticks = Ticks(shell)
    with Answers(gives_up):
        shell.flows.import_plan(plan)
    ticks.stop()
    assert ticks.busy >= 5
    assert any("Reading big.xml" in text for text in ticks.seen)
    assert len(shell.bridge.document.projects) == 1


def test_escape_leaves_the_reading_of_a_plan_and_nothing_is_left_of_it(shell, plan) -> None:
    before = text_of(shell)
    when_busy(shell, lambda: QTest.keyClick(shell, Qt.Key.Key_Escape))
    shell.flows.import_plan(plan)
    assert said(shell) == ["Nothing was imported."]
    assert text_of(shell) == before
    assert not shell.work.is_busy
    assert shell._strip.findChildren(type(shell._strip._stop))[0].isHidden()


def test_a_plan_that_is_none_is_refused_from_the_process_in_a_sentence(shell, tmp_path) -> None:
    file = tmp_path / "note.xml"
    file.write_text("<note/>", encoding="utf-8")
    shell.flows.import_plan(file)
    (sentence,) = said(shell)
    assert "note.xml" in sentence


def test_closing_the_window_while_a_plan_is_read_leaves_the_work_and_closes(qapp, plan, tmp_path) -> None:
    with window(last_page="portfolio") as shell:
        assert shell.open_file(portfolio(tmp_path / "Beta.pmpf", 3))
        when_busy(shell, shell.close)
        shell.flows.import_plan(plan)
        settled()
        assert not shell.isVisible()
        assert shell.bridge is None


def test_a_file_given_while_a_plan_is_read_is_opened_when_the_reading_ends(shell, plan, tmp_path) -> None:
    other = portfolio(tmp_path / "Beta.pmpf", 3)

    def give_and_leave() -> None:
        shell.take_files([other])
        assert shell.windowTitle().startswith("Alpha")
        QTest.keyClick(shell, Qt.Key.Key_Escape)

    when_busy(shell, give_and_leave)
    shell.flows.import_plan(plan)
    settled()
    assert shell.windowTitle().startswith("Beta")


def test_an_export_is_written_while_the_window_lives(shell, tmp_path) -> None:
    target = tmp_path / "out.xml"
    with Answers(picks(target)):
        do(shell, "export")
    assert target.read_bytes().startswith(b"<?xml")
    assert said(shell) == ["Wrote out.xml."]
