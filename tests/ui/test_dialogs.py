"""The few dialogs: sized for a small screen, named for a reader, usable by keyboard, in both looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QScrollArea,
    QSpinBox,
    QTextBrowser,
)

from app.exchange import importing
from app.operations import projects
from app.settings import Settings
from app.workspace import Who, Workspace
from tests.windows import SCREEN, nameless, out_of_reach, settled
from ui import theme
from ui.bridge import Bridge
from ui.dialogs.backups import BackupChoice
from ui.dialogs.baselines import Baselines
from ui.dialogs.damage import DamageChoice
from ui.dialogs.import_plan import ImportPreview
from ui.dialogs.manual import TOPICS, Manual
from ui.dialogs.new_project import NewProject
from ui.dialogs.preferences import Preferences
from ui.resources import resource

SAMPLES = Path(__file__).resolve().parents[2] / "resources/samples"
NAMES = ("backups", "baselines", "damage", "import", "manual", "new project", "preferences")


@pytest.fixture
def bridge(qapp, tmp_path) -> Iterator[Bridge]:
    place = tmp_path / "Work.pmpf"
    settings = Settings(tmp_path / "settings.json")
    settings.keep({"locale": "en_GB"})
    workspace = Workspace.create(place, owner=Who("pm", "desk"), backups=settings.backups)
    workspace.run(projects.create("Relaunch"))
    workspace.back_up()
    made = Bridge(workspace, settings)
    yield made
    made.close()


def dialog(name: str, bridge: Bridge) -> QDialog:
    if name == "backups":
        return BackupChoice(bridge)
    if name == "baselines":
        return Baselines(bridge, next(iter(bridge.document.projects)).id, ())
    if name == "damage":
        return DamageChoice(bridge.workspace.path, bridge.settings)
    if name == "import":
        return ImportPreview(bridge, importing.read(SAMPLES / "website-relaunch.xml", bridge.document))
    if name == "manual":
        return Manual("plan", [("Undo", "Ctrl+Z")])
    if name == "new project":
        return NewProject(bridge)
    return Preferences(bridge.settings, lambda key: None)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", [theme.Scheme.LIGHT, theme.Scheme.DARK])
def test_it_fits_a_small_screen_and_names_every_control(qtbot, bridge, name, scheme) -> None:
    theme.current().choose(scheme)
    made = dialog(name, bridge)
    qtbot.addWidget(made)
    made.show()
    settled()
    size = made.frameGeometry().size()
    assert (size.width() <= SCREEN[0], size.height() <= SCREEN[1]) == (True, True), size
    assert nameless(made) == []
    assert made.windowTitle()


@pytest.mark.parametrize("name", NAMES)
def test_escape_closes_it_and_changes_nothing(qtbot, bridge, name) -> None:
    before, kept = bridge.document, bridge.settings.place.read_text(encoding="utf-8")
    made = dialog(name, bridge)
    qtbot.addWidget(made)
    made.show()
    QTest.keyClick(made, Qt.Key.Key_Escape)
    assert not made.isVisible()
    assert bridge.document is before
    assert bridge.settings.place.read_text(encoding="utf-8") == kept


@pytest.mark.parametrize("name", NAMES)
def test_tab_reaches_every_control(qtbot, bridge, name) -> None:
    made = dialog(name, bridge)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    assert QTest.qWaitForWindowActive(made)
    assert out_of_reach(made) == set()


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("asked for", "asked for"),
        ("before large step", "before a large step"),
        ("before restore", "before a restore"),
        ("before update", "before an update of the file"),
        ("closed", "on closing"),
    ],
)
def test_every_backup_says_why_it_was_made_and_how_large_it_is(qtbot, bridge, reason, words) -> None:
    bridge.workspace.back_up(reason)
    made = BackupChoice(bridge)
    qtbot.addWidget(made)
    assert words in [made.list.item(row, 1).text() for row in range(made.list.rowCount())]
    assert made.list.item(0, 2).text().endswith(" kB")


def test_every_topic_of_the_manual_is_there_and_says_something(qtbot) -> None:
    made = Manual("nowhere", [("Undo", "Ctrl+Z")])
    qtbot.addWidget(made)
    text = made.findChild(QTextBrowser)
    assert made._topics.currentRow() == 0
    for key, _title in TOPICS:
        assert resource("help", f"{key}.md").is_file()
        made.show_topic(key)
        assert len(text.toPlainText()) > 100, key
    made.show_topic("keys")
    assert "Ctrl+Z" in text.toPlainText()


def test_every_setting_offered_is_declared_kept_and_told(qtbot, bridge) -> None:
    told: list[str] = []
    made = Preferences(bridge.settings, told.append)
    qtbot.addWidget(made)
    made.show()
    inside = made.findChild(QScrollArea).widget()
    for box in inside.findChildren(QCheckBox):
        QTest.keyClick(box, Qt.Key.Key_Space)
    for combo in inside.findChildren(QComboBox):
        QTest.keyClick(combo, Qt.Key.Key_Up if combo.currentIndex() else Qt.Key.Key_Down)
    for spin in inside.findChildren(QSpinBox):
        QTest.keyClick(spin, Qt.Key.Key_Up)
    changed = set(told)
    assert {"theme", "density", "locale", "gantt_links", "backup_minutes"} <= changed
    again = Settings(bridge.settings.place)
    assert {key: getattr(again, key) for key in changed} == {
        key: getattr(bridge.settings, key) for key in changed
    }


def test_a_setting_that_cannot_be_kept_says_so_and_holds(qtbot, bridge, tmp_path) -> None:
    (tmp_path / "blocked").write_text("", encoding="utf-8")
    bridge.settings.place = tmp_path / "blocked" / "settings.json"
    made = Preferences(bridge.settings, lambda key: None)
    qtbot.addWidget(made)
    made.show()
    box = next(box for box in made.findChildren(QComboBox) if box.accessibleName() == "Rows")
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert made._trouble.isVisible()
    assert bridge.settings.density == "compact"


def test_a_read_only_window_cannot_restore(qtbot, bridge) -> None:
    with Workspace.open(bridge.workspace.path, owner=Who("x", "y"), read_only=True) as reader:
        other = Bridge(reader, bridge.settings)
        made = BackupChoice(other)
        qtbot.addWidget(made)
        made.show()
        assert not made._restore.isEnabled()


def test_what_is_asked_for_comes_before_the_buttons(qtbot, bridge) -> None:
    made = NewProject(bridge)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: made.focusWidget() is made.name)
    order = [made.name]
    for _ in range(4):
        QTest.keyClick(made.focusWidget(), Qt.Key.Key_Tab)
        order.append(made.focusWidget())
    assert order[1:4] == [made.code, made.start, made.act_button]
    assert order[4].text() == "Cancel"
