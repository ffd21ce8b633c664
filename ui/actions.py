"""Every action of the window, declared once: its words, key, icon, menu, and what it calls.

Menus, the toolbar, the command palette and the list of keys are all made from these declarations,
so that nothing can be reached in one of them alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.text import tr
from ui.icons import dress
from ui.widgets.label import plain_tip


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action: ``text`` and ``purpose`` are message ids; ``keys`` are written as Qt writes them.

    ``menu`` is the menu it stands in (``File``, ``Edit`` …), ``section`` a number that groups it
    there, a page's among the window's. ``checkable`` ones keep a state. The made action carries
    ``section`` and its drawing's name as the properties ``section`` and ``drawing``.
    """

    key: str
    text: str
    menu: str
    section: int = 0
    keys: tuple[str, ...] = ()
    icon: str = ""
    purpose: str = ""
    checkable: bool = False
    window_wide: bool = True


class Actions:
    """The actions of one widget, by key, ready to be put into menus and bars."""

    def __init__(self, owner: QWidget, specs: Iterable[ActionSpec]) -> None:
        self.specs = {spec.key: spec for spec in specs}
        self.made: dict[str, QAction] = {spec.key: _made(owner, spec) for spec in self.specs.values()}
        owner.addActions(list(self.made.values()))

    def __getitem__(self, key: str) -> QAction:
        return self.made[key]

    def connect(self, calls: dict[str, Callable[[], object]]) -> None:
        """Have each action call its function; every key must be declared."""
        for key, call in calls.items():
            self.made[key].triggered.connect(lambda _checked=False, call=call: call())

    def enable(self, **states: bool) -> None:
        """Enable or disable actions by key."""
        for key, state in states.items():
            self.made[key].setEnabled(state)

    def name(self, key: str, words: str) -> None:
        """Give an action other words, in its menu as in what is said of it."""
        _say(self.made[key], words, plain(words))


def escaped(text: str) -> str:
    """A text in which ``&`` is a letter, for the words of an action."""
    return text.replace("&", "&&")


def plain(text: str) -> str:
    """The words of an action without the sign of its access key."""
    return re.sub("&(.?)", r"\1", text)


def _made(owner: QWidget, spec: ActionSpec) -> QAction:
    action = QAction(owner)
    action.setObjectName(spec.key)
    action.setProperty("section", spec.section)
    action.setProperty("drawing", spec.icon)
    action.setCheckable(spec.checkable)
    if spec.keys:
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        scope = Qt.ShortcutContext
        action.setShortcutContext(
            scope.WindowShortcut if spec.window_wide else scope.WidgetWithChildrenShortcut
        )
    if spec.icon:
        dress(action, spec.icon)
    _worded(action, spec)
    return action


def _worded(action: QAction, spec: ActionSpec) -> None:
    words = tr(spec.text)
    _say(action, words, tr(spec.purpose) if spec.purpose else plain(words).rstrip("…"))


def _say(action: QAction, words: str, tip: str) -> None:
    action.setText(words)
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(plain_tip(f"{tip} ({keys})" if keys else tip))
    action.setStatusTip(tip)
