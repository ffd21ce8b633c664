"""The pane right of the chart: what holds the chosen task's dates, its details, and its history.

The name and what holds it stand above in every tab, so that the first look answers the first question.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.text import mark, tr
from app.views.plan_details import Detail, Details
from app.views.task_history import TaskStep
from app.views.why import WhyStep, WhyView
from ui.theme import HAIR, LARGE, MEDIUM, SMALL, Role, font, tokens
from ui.widgets.inspector import WIDTH, Inspector, Line, Section
from ui.widgets.label import Label, plain_tip
from ui.widgets.page_frame import Rule, button

WHY, DETAILS, HISTORY = "why", "details", "history"
TABS = ((WHY, mark("Why")), (DETAILS, mark("Details")), (HISTORY, mark("History")))
_LONGEST_CHAIN = 30

Typed = Callable[[str, str], str]


class Words(QWidget):
    """A column of sentences that is emptied and said again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(LARGE, MEDIUM, LARGE, LARGE)
        self.column.setSpacing(HAIR)

    def clear(self) -> None:
        """Say nothing any more."""
        while self.column.count():
            item = self.column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()

    def say(self, text: str, role: Role = Role.BODY, tone: str = "", *, above: int = 0) -> QLabel:
        """Add a sentence, ``above`` pixels below the one before."""
        if above and self.column.count():
            self.column.addSpacing(above)
        made = said(text, role, tone)
        self.column.addWidget(made)
        return made


def said(text: str, role: Role = Role.BODY, tone: str = "") -> QLabel:
    """A sentence that wraps and can be copied."""
    made = Label(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setFont(font(role, tabular=True))
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if tone:
        made.setProperty("tone", tone)
    return made


class WhyPane(Words):
    """The reasons for a task's dates in sentences, and the chain behind it to walk along."""

    step_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: WhyView | None = None
        self.setAccessibleName(tr("Why this date"))

    def show_why(self, view: WhyView) -> None:
        """Show other reasons."""
        if view == self._shown:
            return
        self._shown = view
        self.clear()
        if view.empty:
            self.say(view.empty, tone="hint")
            self.column.addStretch(1)
            return
        for title, sentences in ((tr("Start"), view.start), (tr("Finish"), view.finish)):
            if sentences:
                self.say(title, Role.CAPTION, "hint", above=SMALL)
                self.say(sentences[0], Role.BODY_MEDIUM)
                for sentence in sentences[1:]:
                    self.say(sentence)
        if view.tie:
            self.say(view.tie, Role.CAPTION, "secondary")
        if view.slack:
            self.say(tr("Float"), Role.CAPTION, "hint", above=SMALL)
            self.say(view.slack)
        if view.moves:
            self.say(tr("What would move it"), Role.CAPTION, "hint", above=SMALL)
            for sentence in view.moves:
                self.say(sentence)
        if len(view.chain) > 1:
            self._say_chain(view.chain[1 : _LONGEST_CHAIN + 1])
        self.column.addStretch(1)

    def _say_chain(self, steps: Sequence[WhyStep]) -> None:
        self.say(tr("The chain behind it"), Role.CAPTION, "hint", above=SMALL)
        for step in steps:
            made = button(step.name, partial(self.step_chosen.emit, step), quiet=True, small=True)
            made.setToolTip(plain_tip(step.sentence))
            made.setMaximumWidth(WIDTH - 2 * LARGE)
            self.column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
            below = self.say(step.dates, Role.CAPTION, "hint")
            below.setContentsMargins(SMALL, 0, 0, HAIR)


class HistoryPane(Words):
    """What happened to the task, the newest step first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[TaskStep, ...] | None = None

    def show_steps(self, steps: tuple[TaskStep, ...], empty: str) -> None:
        """Show other steps, or why there are none."""
        if steps == self._shown and steps:
            return
        self._shown = steps
        self.clear()
        for step in steps:
            self.say(step.label, Role.BODY_MEDIUM, above=SMALL)
            self.say(step.when, Role.CAPTION, "hint")
            for line in step.lines:
                self.say(line, tone="secondary")
        if not steps:
            self.say(empty, tone="hint")
        self.column.addStretch(1)


class PlanSide(QWidget):
    """The pane; ``typed(column, text)`` gives back why a text was refused, or ''.

    ``tab_changed`` says that another tab is in sight.
    """

    tab_changed = Signal(str)

    def __init__(self, typed: Typed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = typed
        self._gist = ""
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(tr("Details of the selected tasks"))
        self.title, self.under, self.gist = said("", Role.SECTION), said("", Role.CAPTION, "hint"), said("")
        self.reasons, self.steps, self.inspector = WhyPane(), HistoryPane(), Inspector()
        self.tabs, self._stack = QTabBar(), QStackedWidget()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName(tr("Parts of the pane"))
        for (_, words), part in zip(TABS, (self.reasons, self.inspector, self.steps), strict=True):
            self.tabs.addTab(tr(words))
            self._stack.addWidget(part if part is self.inspector else _scrolled(part))
        head = QVBoxLayout()
        head.setContentsMargins(LARGE, MEDIUM, LARGE, SMALL)
        head.setSpacing(HAIR)
        for part in (self.title, self.under, self.gist):
            head.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.tabs)
        whole.addWidget(Rule(self))
        whole.addWidget(self._stack, 1)
        self.tabs.currentChanged.connect(self.on_tab_changed)

    @property
    def tab(self) -> str:
        """Which tab is in sight."""
        return TABS[max(0, self.tabs.currentIndex())][0]

    def show_tab(self, key: str) -> None:
        """Bring a tab into sight."""
        self.tabs.setCurrentIndex(next((n for n, (tab, _) in enumerate(TABS) if tab == key), 0))

    def show_tasks(self, found: Details | None, why: WhyView) -> None:
        """Show other tasks, or what there is to do where none is chosen."""
        self.title.setText(tr("No task selected") if found is None else found.title)
        self.under.setText(tr("Select a row to see its details.") if found is None else found.under)
        self._gist = "" if found is None else " ".join(why.start[1:2])
        self._show_gist()
        sections = [] if found is None else [self._section(title, lines) for title, lines in found.sections]
        self.inspector.show_sections(sections)
        self.reasons.show_why(why)

    def on_tab_changed(self, place: int) -> None:
        self._stack.setCurrentIndex(place)
        self._show_gist()
        self.tab_changed.emit(self.tab)

    def _show_gist(self) -> None:
        """What holds the start stands in the head of the other tabs; the first one tells it in full."""
        self.gist.setText(self._gist)
        self.gist.setVisible(bool(self._gist) and self.tab != WHY)

    def _section(self, title: str, details: Sequence[Detail]) -> Section:
        return Section(title, tuple(self._line(detail) for detail in details))

    def _line(self, detail: Detail) -> Line:
        accept = partial(self._typed, detail.column) if detail.is_editable else None
        return Line(
            detail.title,
            detail.value,
            accept,
            detail.choices if accept else (),
            hint=detail.help,
            is_mixed=detail.is_mixed,
            is_long=detail.column == "notes",
            is_link=detail.column == "hyperlink",
        )

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(tokens().surface))


def _scrolled(part: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(part)
    part.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area
