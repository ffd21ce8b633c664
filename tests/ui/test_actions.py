"""The actions of window and pages: found by words in the palette, free of clashes, drawn and explained."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.operations.samples import create_sample
from app.workspace import Who, Workspace
from tests.windows import control, settled, window
from ui import finding, icons
from ui.places import PLACES
from ui.shell import Shell
from ui.widgets.command_palette import best
from ui.window_actions import MENUS, WINDOW_ACTIONS

PAGES = pytest.mark.parametrize("place", [place.key for place in PLACES])


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sample") / "Sample.pmpf"
    with Workspace.create(place, owner=Who("pm", "desk")) as door:
        door.run(create_sample())
    return place


@pytest.fixture
def shell(qapp, sample) -> Iterator[Shell]:
    with window() as made:
        made.open_file(sample)
        yield made


def every(shell: Shell, place: str) -> list[QAction]:
    """The actions of the window and of a page."""
    shell.go_to(place)
    settled()
    return [*shell.actions_.made.values(), *shell.page.findChildren(QAction)]


def named(actions: list[QAction]) -> list[QAction]:
    """The declared ones: Qt makes others of its own inside line edits."""
    return [action for action in actions if action.objectName() and not action.objectName().startswith("_q_")]


def lines(menu: QMenu) -> list[QAction]:
    """The lines of a menu and of the menus inside it."""
    found: list[QAction] = []
    for action in menu.actions():
        found += [] if action.isSeparator() else lines(action.menu()) if action.menu() else [action]
    return found


@PAGES
def test_whatever_can_be_done_is_found_in_the_palette_by_its_words(shell, place) -> None:
    actions = named(every(shell, place))
    entries = finding.entries(
        [*shell.actions_.made.values(), *finding.actions_of(shell.page)], shell.bridge.document, shell.go_to
    )
    titles = {entry.title for entry in entries}
    missing = [
        action.objectName() for action in actions if action.isEnabled() and _plain(action) not in titles
    ]
    assert missing == []
    lost = [
        title for title in map(_plain, actions) if title in titles and best(entries, title)[0].title != title
    ]
    assert lost == []


@PAGES
def test_every_action_stands_in_a_menu(shell, place) -> None:
    actions = named(every(shell, place))
    shown = [action for menu in shell.menuBar().actions() for action in lines(menu.menu())]
    assert [action.objectName() for action in actions if action not in shown] == []
    assert len(shown) == len(set(shown))
    titles = [menu.text() for menu in shell.menuBar().actions()]
    assert [title.replace("&", "") for title in titles] == [
        key for key, _title in MENUS if key in {title.replace("&", "") for title in titles}
    ]


@PAGES
def test_no_two_actions_of_a_page_share_a_key(shell, place) -> None:
    portable = QKeySequence.SequenceFormat.PortableText
    keys = Counter(
        key
        for action in named(every(shell, place))
        for key in {sequence.toString(portable) for sequence in action.shortcuts()}
    )
    assert {key: count for key, count in keys.items() if count > 1} == {}
    assert "" not in keys


@PAGES
def test_every_action_has_words_an_explanation_and_a_drawing_that_exists(shell, place) -> None:
    for action in named(every(shell, place)):
        assert action.text().strip("&… "), action.objectName()
        assert action.statusTip(), action.objectName()
        for keys in action.shortcuts()[:1]:
            assert keys.toString(QKeySequence.SequenceFormat.NativeText) in action.toolTip()
    assert [spec.key for spec in WINDOW_ACTIONS if spec.icon and not icons.exists(spec.icon)] == []


def test_menus_have_letters_of_their_own(shell) -> None:
    letters = [title[title.index("&") + 1].casefold() for _key, title in MENUS]
    assert len(letters) == len(set(letters))


def test_the_palette_gives_the_caret_back_when_it_is_closed(shell) -> None:
    shell.go_to("portfolio")
    shell.page.sheet.setFocus()
    control(shell, Qt.Key.Key_K)
    assert shell.palette_box.isVisible()
    QTest.keyClick(shell.palette_box.line, Qt.Key.Key_Escape)
    assert (shell.palette_box.isVisible(), shell.focusWidget()) == (False, shell.page.sheet)


def _plain(action: QAction) -> str:
    return action.text().replace("&", "")
