"""A project manager types a plan with every kind of link and can trust, and ask, every date."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from app.domain.values import iso, moment
from tests.windows import (
    Answers,
    button,
    cell,
    click,
    control,
    new_project,
    picks,
    plan_page,
    rows,
    settled,
    type_here,
    type_in,
    window,
)

TASKS = {
    "A": ("5d", ""),
    "B": ("4d", "1"),
    "C": ("6d", "1SS+2d"),
    "D": ("10d", "2"),
    "E": ("3d", "3"),
    "F": ("5d", "4SS+6d;4FF+2d"),
    "G": ("2d", "6FS-1d"),
    "H": ("0d", "5;6;7"),
    "I": ("3d", "8SF"),
}
COLUMNS = "name duration start finish predecessors total_slack free_slack critical deadline".split()
TABLE = {
    "A": ("4 Jan 2027", "11 Jan 2027", "0d", "0d", "yes"),
    "B": ("12 Jan 2027", "15 Jan 2027", "0d", "0d", "yes"),
    "C": ("7 Jan 2027", "14 Jan 2027", "11d", "0d", ""),
    "D": ("18 Jan 2027", "29 Jan 2027", "0d", "0d", "yes"),
    "E": ("15 Jan 2027", "19 Jan 2027", "11d", "11d", ""),
    "F": ("27 Jan 2027", "2 Feb 2027", "0d", "0d", "yes"),
    "G": ("2 Feb 2027", "3 Feb 2027", "0d", "0d", "yes"),
    "H": ("3 Feb 2027", "3 Feb 2027", "0d", "0d", "yes"),
    "I": ("1 Feb 2027", "3 Feb 2027", "0d", "0d", "yes"),
}


def table(shell) -> dict[str, tuple[str, ...]]:
    """What stands in the grid, task by task."""
    keys = ("start", "finish", "total_slack", "free_slack", "critical")
    return {name: tuple(cell(shell, row, key) for key in keys) for name, row in rows(shell).items()}


def floats(shell) -> dict[str, str]:
    return {name: line[2] for name, line in table(shell).items()}


def free_on(shell, name: str, day: str) -> None:
    """Add a day off to the calendar on the Set-up page."""

    def answer(dialog) -> None:
        QTest.keyClicks(dialog.name, name)
        for line in (dialog.first, dialog.last):
            line.selectAll()
            QTest.keyClicks(line, day)
        QTest.keyClick(dialog.last, Qt.Key.Key_Return)

    shell.go_to("setup")
    shell.page.show_section("calendars")
    settled()
    with Answers(answer):
        click(button(shell, "Add exception…"))


@pytest.fixture
def planned(ground):
    """The window with the plan of nine tasks, typed into the grid."""
    with window() as shell:
        with Answers(picks(ground.folder / "Network.pmpf"), new_project("Network", "4 Jan 2027")):
            click(button(shell, "New portfolio"))
        for name in TASKS:
            type_here(shell, name)
        free_on(shell, "Holiday", "6 Jan 2027")
        shell.go_to("plan")
        plan_page(shell).narrow(columns=tuple(COLUMNS))
        made = rows(shell)
        for name, (duration, predecessors) in TASKS.items():
            type_in(shell, made[name], "duration", duration)
            if predecessors:
                type_in(shell, made[name], "predecessors", predecessors)
        yield shell


def test_the_table_of_the_network_comes_out_to_the_day_and_the_hour(planned) -> None:
    assert table(planned) == TABLE
    bars = planned.page.canvas.view.bars
    times = {name: (iso(bars.start[n])[-5:], iso(bars.finish[n])[-5:]) for n, name in enumerate(TABLE)}
    assert times.pop("H") == ("17:00", "17:00")
    assert set(times.values()) == {("08:00", "17:00")}
    assert planned.page.frame.answer.text().startswith("4 Jan 2027 – 3 Feb 2027")


def test_why_names_the_link_that_holds_a_date(planned) -> None:
    made = rows(planned)
    planned.page.sheet.select_cell(made["F"], "name")
    control(planned, Qt.Key.Key_I)
    reasons = [label.text() for label in planned.page.side.reasons.findChildren(QLabel)]
    assert "Its finish waits for “D” to finish, plus 2d." in reasons
    assert not any("start" in text and "6d" in text for text in reasons)


def test_a_deadline_shows_in_the_float_moves_nothing_and_goes_with_one_undo(planned) -> None:
    made = rows(planned)
    type_in(planned, made["H"], "deadline", "2 Feb 2027")
    assert planned.bridge.document.tasks[made["H"]].deadline == moment(2027, 2, 2, 17)
    missed = dict.fromkeys("ABDFGH", "−1d") | {"C": "10d", "E": "10d", "I": "0d"}
    assert floats(planned) == missed
    dates = {name: line[:2] for name, line in table(planned).items()}
    assert dates == {name: line[:2] for name, line in TABLE.items()}
    control(planned, Qt.Key.Key_Z)
    assert planned.bridge.document.tasks[made["H"]].deadline is None
    assert table(planned) == TABLE


def test_two_days_more_work_move_the_end_and_one_undo_brings_it_back(planned) -> None:
    made = rows(planned)
    type_in(planned, made["D"], "duration", "12d")
    assert planned.page.frame.answer.text().startswith("4 Jan 2027 – 5 Feb 2027")
    control(planned, Qt.Key.Key_Z)
    assert table(planned) == TABLE


def test_four_hours_are_half_a_day_in_grid_and_chart(planned) -> None:
    made = rows(planned)
    type_in(planned, made["E"], "duration", "4h")
    assert cell(planned, made["E"], "total_slack") == "13.5d"
    bars = planned.page.canvas.view.bars
    assert (iso(bars.start[4]), iso(bars.finish[4])) == ("2027-01-15T08:00", "2027-01-15T12:00")
    planned.page.canvas.set_day_width(48)
    chart = planned.page.canvas.chart()
    assert chart.bar(4).width() / 48 == pytest.approx(0.5, abs=0.1)
