"""The pane right of the chart: the chosen tasks' details, editable, and why their dates are what they are."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.text import tr
from app.views.plan_details import Details
from app.views.why import WhyView
from ui.theme import HAIR, Role, font
from ui.widgets.inspector import Inspector, Line, Section
from ui.widgets.page_frame import Rule, button

_LONGEST_CHAIN = 30

Typed = Callable[[str, str], str]


class WhyPane(QWidget):
    """The reasons for a task's dates in sentences, and the chain behind it to walk along."""

    task_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(HAIR)
        self._shown: WhyView | None = None
        self.setAccessibleName(tr("Why this date"))

    def show_why(self, view: WhyView) -> None:
        """Show other reasons."""
        if view == self._shown:
            return
        self._shown = view
        while self._column.count():
            item = self._column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        self._column.addWidget(Rule(self))
        self._say(tr("Why this date"), Role.SECTION)
        if view.empty:
            self._say(view.empty, tone="hint")
            return
        for title, sentences in ((tr("Start"), view.start), (tr("Finish"), view.finish)):
            if sentences:
                self._say(f"{title}: {sentences[0]}", Role.BODY_MEDIUM)
                for sentence in sentences[1:]:
                    self._say(sentence, tone="secondary")
        if view.slack:
            self._say(view.slack, tone="secondary")
        if view.moves:
            self._say(tr("What would move it"), Role.BODY_MEDIUM)
            for sentence in view.moves:
                self._say(sentence, tone="secondary")
        if len(view.chain) > 1:
            self._say(tr("The chain behind it"), Role.BODY_MEDIUM)
            for step in view.chain[1 : _LONGEST_CHAIN + 1]:
                made = button(step.name, partial(self.task_chosen.emit, step.task), quiet=True, small=True)
                made.setToolTip(step.sentence)
                self._column.addWidget(made, 0, Qt.AlignmentFlag.AlignLeft)
                self._say(step.dates, Role.CAPTION, tone="hint")

    def _say(self, text: str, role: Role = Role.BODY, tone: str = "") -> None:
        made = QLabel(text)
        made.setFont(font(role, tabular=True))
        made.setWordWrap(True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if tone:
            made.setProperty("tone", tone)
        self._column.addWidget(made)


class PlanSide(Inspector):
    """Details above, reasons below; `typed(column, text)` gives back why a text was refused, or ''."""

    def __init__(self, typed: Typed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = typed
        self.reasons = WhyPane(self)
        self.why.addWidget(self.reasons)
        self.setAccessibleName(tr("Details of the selected tasks"))

    def show_tasks(self, found: Details | None, why: WhyView) -> None:
        """Show other tasks, or what there is to do where none is chosen."""
        if found is None:
            self.show_thing(tr("No task selected"), tr("Select a row to see its details."), ())
            self.reasons.show_why(why)
            return
        sections = []
        for title, details in found.sections:
            lines = []
            for detail in details:
                value = tr("mixed") if detail.is_mixed else detail.value
                accept = self._accept(detail.column) if detail.is_editable else None
                choices = detail.choices if accept else ()
                lines.append(Line(detail.title, value, accept, choices, hint=detail.help))
            sections.append(Section(title, tuple(lines)))
        self.show_thing(found.title, found.under, sections)
        self.reasons.show_why(why)

    def _accept(self, column: str) -> Callable[[str], str]:
        return lambda text: self._typed(column, text)
