"""A whole session with secret names and amounts, two mistakes of the program in it: no report quotes them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from app.cli.answers import report_bug
from app.operations import people, projects
from app.settings import data_folder, recovery_folder, report_folder, settings_folder
from tests.windows import (
    Answers,
    button,
    click,
    control,
    do,
    new_project,
    picks,
    plan_page,
    presses,
    rows,
    settled,
    type_here,
    type_in,
    window,
)
from ui.crash import CrashReports
from ui.recovery import Recovery

PROJECT, TASK, PERSON, NOTE = "Zirconwharf", "Quillfeather takeover", "Ottoline Brandywhistle", "Marzipanpact"
AMOUNT = "48217.93"
SECRETS = (PROJECT, "Quillfeather", "Brandywhistle", NOTE, AMOUNT, "4821793")


class Mistake(Exception):
    """A mistake of the program whose words quote what the user typed."""


def works(shell, folder: Path, out: Path) -> None:
    """A sitting in the window: make, type, find, export, import, undo, save a copy, back up."""
    with Answers(picks(folder / "Session.pmpf"), new_project(PROJECT, "4 Jan 2027")):
        click(button(shell, "New portfolio"))
    settled()
    for name in (TASK, f"{TASK} again"):
        type_here(shell, name)
    first = rows(shell)[TASK]
    type_in(shell, first, "duration", "7d")
    bridge = shell.bridge
    person = bridge.run(people.add_resource(PERSON, shell.project())).result
    bridge.run(people.assign(first, person))
    bridge.run(people.set_rate(person, 4821793))
    bridge.run(projects.rename(shell.project(), f"{PROJECT} two"))
    assert bridge.run(people.rename_resource(person, "")) is None
    plan_page(shell).side_hand.on_opened(first)
    type_in(shell, first, "name", f"{TASK} {NOTE} {AMOUNT}")
    control(shell, Qt.Key.Key_Z)
    with Answers(picks(out)):
        do(shell, "export")
    with Answers(presses("Import 2 tasks")):
        shell.flows.import_plan(out)
    with Answers(picks(folder / "Copy.pmpf")):
        do(shell, "saved")
    bridge.workspace.back_up()


def blunders(shell) -> None:
    """Have the program make a mistake, in its loop and without a window."""

    def blunder() -> None:
        quoted = f"{PROJECT} {TASK} {PERSON} {NOTE} {AMOUNT}"
        try:
            raise KeyError(quoted)
        except KeyError as cause:
            raise Mistake(quoted) from cause

    QTimer.singleShot(0, shell, blunder)
    settled(50)
    try:
        blunder()
    except Mistake as bug:
        report_bug(bug)


def quoting(place: Path) -> list[str]:
    """The secrets that a file holds, in either of the ways texts are written."""
    content = place.read_bytes()
    return [
        word for word in SECRETS if word.encode("utf-8") in content or word.encode("utf-16-le") in content
    ]


def test_reports_and_settings_quote_nothing_of_the_portfolio(capsys, ground, private_folders) -> None:
    out = private_folders / "out" / "plan.xml"
    out.parent.mkdir(parents=True)
    with window() as shell:
        reports = CrashReports(report_folder(), shell.on_bug_reported)
        recovery = Recovery(shell, recovery_folder())
        reports.install()
        recovery.begin()
        try:
            works(shell, ground.folder, out)
            blunders(shell)
        finally:
            recovery.end()
            reports.remove()
    found = list(report_folder().iterdir())
    assert sorted({place.name.split("-")[0] for place in found}) == ["bug", "fatal.txt", "report"]
    assert any(b"Mistake" in place.read_bytes() for place in found)
    ours = [
        place
        for folder in (report_folder(), settings_folder(), recovery_folder())
        for place in folder.rglob("*")
    ]
    assert [(place.name, quoting(place)) for place in ours if place.is_file() and quoting(place)] == []
    # What was planted was really there to be found: in the file, in its backups and in what was exported.
    assert "Quillfeather" in quoting(out)
    assert quoting(ground.folder / "Session.pmpf")
    assert any(quoting(place) for place in (data_folder() / "backups").rglob("*.pmpf"))
    printed = capsys.readouterr()
    assert [word for word in SECRETS if word in printed.out + printed.err] == []
