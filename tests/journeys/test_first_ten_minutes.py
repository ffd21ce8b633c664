"""A project manager's first ten minutes: from a fresh start to three linked tasks, all of it taken back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from tests.windows import (
    Answers,
    button,
    click,
    control,
    do,
    drag,
    new_project,
    picks,
    plan_page,
    press,
    rows,
    said,
    settled,
    text_of,
    type_here,
    undo_list,
    window,
)

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def test_a_manager_plans_three_linked_tasks_and_takes_every_gesture_back(ground) -> None:
    place = ground.folder / "Relaunch.pmpf"
    with window() as shell:
        with Answers(picks(place), new_project("Website relaunch", "4 Jan 2027")):
            click(button(shell, "New portfolio"))
        settled()
        assert place.is_file()
        for name in ("Analyse", "Design", "Build"):
            type_here(shell, name)
        made = rows(shell)
        assert list(made) == ["Analyse", "Design", "Build"]

        page = plan_page(shell)
        page.sheet.select_cell(made["Design"], "name")
        press(shell, Qt.Key.Key_Right, ALT_SHIFT)
        document = shell.bridge.document
        assert document.tasks[made["Design"]].parent == made["Analyse"]
        assert document.tasks[made["Build"]].parent is None

        page.canvas.set_day_width(30)
        settled()
        bars = page.canvas.chart()
        drag(page.canvas.viewport(), bars.bar(1).center(), bars.bar(2).center())
        assert [(link.predecessor, link.successor) for link in shell.bridge.document.links] == [
            (made["Design"], made["Build"])
        ]
        gestures = [
            "Create project: “Website relaunch”",
            *(f"Add task: “{name}”" for name in made),
            "Indent: “Design”",
            "Link tasks: “Design → Build”",
        ]
        assert undo_list(shell) == gestures

        planned = text_of(shell)
    with window() as shell:
        assert shell.open_file(place)
        assert text_of(shell) == planned
        assert shell.page.key == "plan"
        names = []
        while shell.actions_["undo"].isEnabled():
            names.append(shell.actions_["undo"].text().replace("&", ""))
            control(shell, Qt.Key.Key_Z)
            assert said(shell)[-1] == names[-1].replace("Undo ", "Undone: ", 1)
        assert names == [f"Undo {gesture}" for gesture in reversed(gestures)]
        emptied = text_of(shell)
    with window() as shell:
        with Answers(picks(ground.folder / "Fresh.pmpf"), lambda dialog: dialog.reject()):
            do(shell, "new")
        assert text_of(shell).replace("Fresh", "Relaunch") == emptied


class Clicks(QObject):
    """Counts the presses of the mouse that reach a widget."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self._last = 0

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and watched.isWidgetType():
            self.count += 1
        return False


def test_three_clicks_lead_from_the_start_to_typing_the_first_task(ground) -> None:
    place = ground.folder / "Portfolio.pmpf"

    def saves(dialog: QFileDialog) -> None:
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        line.selectAll()
        QTest.keyClicks(line, str(place))
        click(button(dialog, "Save"))

    def creates(dialog) -> None:
        QTest.keyClicks(dialog.name, "Relaunch")
        click(button(dialog, "Create project"))

    with window() as shell:
        clicks = Clicks()
        QApplication.instance().installEventFilter(clicks)
        with Answers(saves, creates):
            click(button(shell, "New portfolio"))
        type_here(shell, "First task")
        QApplication.instance().removeEventFilter(clicks)
        assert clicks.count == 3
        assert list(rows(shell)) == ["First task"]
