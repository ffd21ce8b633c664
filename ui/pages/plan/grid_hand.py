"""What a hand does in the grid of the Plan page: typing, pasting, inserting, deleting, moving rows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt

from app.domain.errors import FileTrouble, Refusal
from app.domain.values import TaskId
from app.operations import arrange, cells, tasks
from app.operations.operation import Step
from app.text import tr, trn
from ui.bridge import Tone
from ui.sheet_edits import say_skipped

if TYPE_CHECKING:
    from ui.pages.plan.page import PlanPage

NEW = "new"
"""The key of the empty line at the bottom, in which typing a name makes a task."""


class GridHand(QObject):
    """Turns the sheet's intents into steps, one a gesture."""

    def __init__(self, page: PlanPage) -> None:
        super().__init__(page)
        self._page = page

    def on_cells_edited(self, edits: list[tuple[str, str, str]]) -> None:
        """Type into tasks; what stands in the empty line makes a task of it."""
        new = [(column, text) for key, column, text in edits if key == NEW and text.strip()]
        old = tuple((TaskId(key), column, text) for key, column, text in edits if key != NEW)
        locale = self._page.ask.locale
        step: Step[Any] | None = None
        if new and self._page.project is not None:
            columns, texts = tuple(column for column, _ in new), tuple(text for _, text in new)
            after = self._last_task()
            step = cells.paste_cells(self._page.project, old, columns, (texts,), after, locale)
        elif len(old) == 1:
            step = cells.set_cell(*old[0], locale)
        elif old:
            step = cells.set_cells(old, locale)
        if step is None:
            return
        try:
            outcome = self._page.bridge.try_run(step)
        except (Refusal, FileTrouble) as trouble:
            if len(edits) == 1:
                self._page.sheet.reject(*edits[0], trouble.sentence)
            elif isinstance(trouble, Refusal):
                self._page.bridge.noticed.emit(Tone.REFUSED, trouble.sentence, False)
            if isinstance(trouble, FileTrouble):
                self._page.bridge.troubled.emit(trouble, partial(self._try_again, edits))
            return
        if new and not old:
            self._follow(outcome.result[0], new[0][0])

    def _follow(self, task: TaskId, column: str) -> None:
        """Let the caret stand on the task that was just made, so that Tab goes on in it and Enter below."""
        if not self._page.sheet.select_cell(task, column):
            sentence = tr("The task was added; the filter hides it.")
            self._page.bridge.noticed.emit(Tone.DONE, sentence, True)

    def _try_again(self, edits: list[tuple[str, str, str]]) -> None:
        """Have taken what the file refused: the text in the editor that stayed open, or the gesture."""
        if self._page.sheet.edited_cell() is not None:
            self._page.sheet.submit()
        else:
            self.on_cells_edited(edits)

    def _last_task(self) -> TaskId | None:
        rows = self._page.view.rows if self._page.view else ()
        is_in_order = not (self._page.ask.sort or self._page.ask.group)
        return TaskId(rows[-1].key) if rows and is_in_order else None

    def _shows_the_end(self) -> bool:
        """Whether the plan's end is in sight as it is: nothing narrowed, sorted or grouped."""
        ask = self._page.ask
        return not (ask.filter.strip() or ask.column_filters or ask.sort or ask.group)

    def on_pasted_beyond(
        self, edits: list[tuple[str, str, str]], beyond: list[list[tuple[str, str]]]
    ) -> None:
        """Paste over the rows that can be seen and below the last one, where the plan grows; all in one step.

        Where the end of the plan is not in sight, what would come behind it is left out, and that is said.
        """
        if self._page.project is None:
            return
        old = tuple((TaskId(key), column, text) for key, column, text in edits if key != NEW)
        first = [(column, text) for key, column, text in edits if key == NEW]
        lines = [line for line in ([first] if first else []) + beyond if any(text for _, text in line)]
        if old and not self._shows_the_end():
            self._say_left_out(len(lines))
            lines = []
        columns = tuple(dict.fromkeys(column for line in lines for column, _ in line))
        rows = tuple(tuple(dict(line).get(column, "") for column in columns) for line in lines)
        if old or rows:
            after = self._last_task()
            self._page.bridge.run(
                cells.paste_cells(self._page.project, old, columns, rows, after, self._page.ask.locale)
            )

    def _say_left_out(self, count: int) -> None:
        if count:
            sentence = trn(
                "{count} row was not pasted: the end of the plan is not shown. Show all tasks first.",
                "{count} rows were not pasted: the end of the plan is not shown. Show all tasks first.",
                count,
            )
            self._page.bridge.noticed.emit(Tone.REFUSED, sentence, False)

    def on_cells_skipped(self, count: int) -> None:
        say_skipped(self._page.bridge, count)

    def on_insert(self, key: str) -> None:
        if self._page.project is None or self._page.bridge.is_read_only:
            return
        before = TaskId(key) if key and key != NEW else None
        after = self._last_task() if before is None else None
        outcome = self._page.bridge.run(tasks.add(self._page.project, "", after=after, before=before))
        if outcome is not None and self._page.sheet.select_cell(outcome.result, "name"):
            self._page.sheet.edit_current()

    def on_new_task(self) -> None:
        """Put the caret into the empty line at the bottom."""
        if self._page.ask.group or self._page.ask.filter or self._page.ask.column_filters:
            self._page.on_filter_cleared()
        if self._page.sheet.select_cell(NEW, "name"):
            self._page.sheet.setFocus(Qt.FocusReason.OtherFocusReason)
            self._page.sheet.edit_current()

    def on_delete(self, keys: Sequence[str]) -> None:
        known = self._page.bridge.document.tasks
        chosen = tuple(TaskId(key) for key in keys if TaskId(key) in known)
        if chosen:
            self._page.bridge.run(tasks.delete(chosen), announce=True)

    def on_rows_moved(self, keys: list[str], where: str, is_inside: bool) -> None:
        known = self._page.bridge.document.tasks
        chosen = tuple(TaskId(key) for key in keys if TaskId(key) in known)
        target = known.get(TaskId(where))
        if not chosen:
            return
        if is_inside and target is not None:
            self._page.bridge.run(arrange.move(chosen, target.id))
        elif target is None:
            self._page.bridge.run(arrange.move(chosen, None))
        else:
            self._page.bridge.run(arrange.move(chosen, target.parent, target.id))
