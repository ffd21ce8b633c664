"""What a hand does in the grid of the Plan page: typing, pasting, inserting, deleting, moving rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from app.domain.errors import FileTrouble, Refusal
from app.domain.values import TaskId
from app.operations import arrange, cells, tasks
from app.operations.operation import Step
from app.text import tr
from ui.bridge import Tone

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
        new = [text for key, _, text in edits if key == NEW]
        old = tuple((TaskId(key), column, text) for key, column, text in edits if key != NEW)
        steps: list[Step[object]] = []
        if len(old) == 1:
            steps.append(cells.set_cell(*old[0], self._page.ask.locale))  # type: ignore[arg-type]
        elif old:
            steps.append(cells.set_cells(old, self._page.ask.locale))  # type: ignore[arg-type]
        if new and new[0].strip() and self._page.project is not None:
            steps.append(tasks.add(self._page.project, new[0].strip(), after=self._last_task()))  # type: ignore[arg-type]
        for step in steps:
            try:
                self._page.bridge.try_run(step)
            except (Refusal, FileTrouble) as trouble:
                if len(edits) == 1:
                    self._page.sheet.reject(*edits[0], trouble.sentence)
                else:
                    self._page.bridge.noticed.emit(Tone.REFUSED, trouble.sentence, False)
                return

    def _last_task(self) -> TaskId | None:
        rows = self._page.view.rows if self._page.view else ()
        return TaskId(rows[-1].key) if rows and not (self._page.ask.sort or self._page.ask.group) else None

    def on_pasted_beyond(
        self, edits: list[tuple[str, str, str]], beyond: list[list[tuple[str, str]]]
    ) -> None:
        """Paste over rows and below the last one: new rows come in the same step as the others change."""
        if self._page.project is None:
            return
        lines: dict[str, dict[str, str]] = {}
        for key, column, text in edits:
            lines.setdefault(key, {})[column] = text
        columns = tuple(dict.fromkeys(c for line in [*lines.values(), *map(dict, beyond)] for c in line))
        if not columns:
            columns = ("name",)
        shown = [column.key for column in self._page.model.columns]
        block = []
        for key, line in lines.items():
            here = self._page.model.rows[self._page.model.row_of(key)].cells
            block.append(tuple(line.get(c, here[shown.index(c)]) for c in columns))
        block += [tuple(dict(line).get(c, "") for c in columns) for line in beyond]
        keys = [key for key in lines if key != NEW]
        first = TaskId(keys[0]) if keys else None
        self._page.bridge.run(
            cells.paste_rows(self._page.project, columns, tuple(block), first, self._page.ask.locale)
        )

    def on_cells_skipped(self, count: int) -> None:
        self._page.bridge.noticed.emit(
            Tone.DONE, tr("{count} calculated cells were left as they are.", count=count), False
        )

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

    def on_delete(self, keys: list[str]) -> None:
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
