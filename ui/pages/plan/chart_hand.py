"""What a hand does on the chart of the Plan page: choosing bars and dragging them, seen before it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Qt, QTimer

from app.domain.document import Document
from app.domain.errors import FileTrouble, Refusal
from app.domain.values import Moment, TaskId
from app.operations import dates
from app.text import tr
from app.views.formats import moment_text, percent_text, when_text
from app.views.plan import hint
from app.views.plan_signs import constraint_sentence
from ui.bridge import Tone
from ui.pages.plan.verbs import step_of
from ui.widgets.gantt_drag import Drag

if TYPE_CHECKING:
    from ui.pages.plan.page import PlanPage

_PREVIEW_MS = 25
_MOST_PREVIEWED = 12_000
"""Rows up to which a drag shows the whole consequence while it is held."""


class ChartHand(QObject):
    """Turns the chart's intents into steps, and a held bar into a preview of what it would do."""

    def __init__(self, page: PlanPage) -> None:
        super().__init__(page)
        self._page = page
        self._held: Drag | None = None
        self._has_told_constraint = False
        self._preview = QTimer(self)
        self._preview.setSingleShot(True)
        self._preview.setInterval(_PREVIEW_MS)
        self._preview.timeout.connect(self.on_preview_due)

    def on_row_pressed(self, key: str, modifiers: Qt.KeyboardModifier) -> None:
        if modifiers & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            self._extend_selection(key, is_range=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        else:
            self._page.sheet.select_cell(key, "name")

    def _extend_selection(self, key: str, *, is_range: bool) -> None:
        row, flags = self._page.model.row_of(key), QItemSelectionModel.SelectionFlag
        last = self._page.model.columnCount() - 1
        first = (
            self._page.sheet.currentIndex().row()
            if is_range and self._page.sheet.currentIndex().isValid()
            else row
        )
        span = QItemSelection(
            self._page.model.index(min(first, row), 0), self._page.model.index(max(first, row), last)
        )
        self._page.sheet.selectionModel().select(span, flags.ClearAndSelect if is_range else flags.Toggle)

    def on_bar_moved(self, key: str, start: int) -> None:
        outcome = self._page.bridge.run(dates.set_start(TaskId(key), Moment(start)))
        task = self._page.bridge.document.tasks.get(TaskId(key))
        if outcome is None or task is None or task.manual or self._has_told_constraint:
            return
        if task.constraint.needs_date:
            self._has_told_constraint = True
            rule = constraint_sentence(task, self._page.ask.locale)
            sentence = tr("“{name}” has a limit now: {rule}", name=task.name or tr("(no name)"), rule=rule)
            self._page.bridge.noticed.emit(Tone.DONE, sentence, True)

    def on_drag_previewed(self, drag: Drag) -> None:
        self._held = drag
        if len(self._page.canvas.view.bars) <= _MOST_PREVIEWED and not self._preview.isActive():
            self._preview.start()

    def on_drag_ended(self) -> None:
        self._held = None
        self._preview.stop()

    def on_preview_due(self) -> None:
        drag, project = self._held, self._page.project
        step = step_of(drag) if drag is not None else None
        if drag is None or project is None or step is None:
            return
        try:
            document = self._page.bridge.workspace.what_if(step)
        except (Refusal, FileTrouble) as trouble:
            self._page.canvas.show_preview(None, trouble.sentence)
            return
        chart = self._page.chart_of(document, project)
        note = ""
        if drag.key in chart.bars.keys:
            row = chart.bars.keys.index(drag.key if not drag.target else drag.target)
            locale, is_timed = self._page.ask.locale, self._page.canvas.scale.is_hourly
            start, finish = (
                when_text(int(at), locale, is_timed=is_timed)
                for at in (chart.bars.start[row], chart.bars.finish[row])
            )
            note = tr("Start {start}\nFinish {finish}", start=start, finish=finish)
            if drag.target:
                note = tr(
                    "{predecessor} → {successor}\nStart {start}\nFinish {finish}",
                    predecessor=_name_of(document, drag.key),
                    successor=_name_of(document, drag.target),
                    start=start,
                    finish=finish,
                )
            elif drag.percent != int(self._page.canvas.view.bars.percent[drag.row]):
                note = tr("{percent} complete", percent=percent_text(drag.percent, locale))
        self._page.canvas.show_preview(chart, note)

    def hint_of(self, key: str) -> str:
        """The tooltip of a task's bar."""
        task = self._page.bridge.document.tasks.get(TaskId(key))
        row = self._page.canvas.view.bars.keys.index(key) if task is not None else -1
        if task is None or self._page.project is None:
            return ""
        bars, locale = self._page.canvas.view.bars, self._page.ask.locale
        dates_line = tr(
            "{start} – {finish}",
            start=moment_text(int(bars.start[row]), locale),
            finish=moment_text(int(bars.finish[row]), locale),
        )
        lines = [task.name or tr("(no name)"), dates_line]
        if bars.percent[row]:
            lines.append(tr("{percent} complete", percent=percent_text(int(bars.percent[row]), locale)))
        said = hint(self._page.bridge.document, self._page.project, key, "signs", self._page.ask)
        return "\n".join(filter(None, [*lines, said]))


def _name_of(document: Document, key: str) -> str:
    return document.tasks[TaskId(key)].name or tr("(no name)")
