"""The plan as it is shown, on paper and in files: the same rows, columns, filter and status date."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.domain.errors import FileTrouble
from app.text import tr
from app.views.formats import date_text
from ui import opening
from ui.bridge import Tone
from ui.dialogs.paper import Paper
from ui.pages.plan.verbs import EXPORTS
from ui.printing import (
    MOST_ROWS,
    Shown,
    asked_paper,
    print_chart,
    write_drawing,
    write_pdf,
    write_picture,
)

if TYPE_CHECKING:
    from app.exchange.view_sheet import ShownTable
    from ui.pages.plan.page import PlanPage


class PlanExports(QObject):
    """Prints the view and writes it into files of several forms."""

    def __init__(self, page: PlanPage) -> None:
        super().__init__(page)
        self._page = page
        self.paper = Paper()

    def calls(self) -> dict[str, Callable[[], object]]:
        """What each action calls."""
        found: dict[str, Callable[[], object]] = {"plan_print": self.on_print}
        for ending, _ in EXPORTS:
            found[f"plan_as_{ending}"] = partial(self.on_export, ending)
        return found

    def on_print(self) -> None:
        page = self._page
        paper = asked_paper(page, self.paper)
        if paper is not None:
            self.paper = paper
            print_chart(page, self.shown(), paper)

    def on_export(self, ending: str) -> None:
        """Ask for a place and write the view there."""
        count, most = len(self._page.canvas.view.bars), MOST_ROWS.get(ending, 0)
        if most and count > most:
            sentence = tr(
                "A picture holds {most} rows and this view has {count}. Show fewer, or save it as PDF.",
                most=most,
                count=count,
            )
            self._page.bridge.noticed.emit(Tone.REFUSED, sentence, False)
            return
        if ending == "pdf":
            paper = asked_paper(self._page, self.paper)
            if paper is None:
                return
            self.paper = paper
        words, title = tr("Save this view"), self._title()
        plain = "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in title).strip() or "plan"
        beside = opening.folder_of(self._page.bridge.settings)
        target = opening.asked_export(self._page, words, beside / f"{plain}.{ending}", f".{ending}")
        if target is not None:
            self.write(target, ending)

    def write(self, target: Path, ending: str) -> None:
        """Write the view; trouble and success are said."""
        page, said = self._page, ""
        try:
            if ending in ("xlsx", "csv"):
                from app.exchange.view_sheet import write_table

                write_table(self.table(), target)
            else:
                said = self._draw(target, ending)
        except FileTrouble as trouble:
            page.bridge.noticed.emit(Tone.TROUBLE, trouble.sentence, False)
        else:
            page.bridge.noticed.emit(Tone.DONE, said or tr("Wrote {name}.", name=target.name), False)

    def _draw(self, target: Path, ending: str) -> str:
        """Draw the view into a file; a sentence where it did not come out as wished."""
        if ending == "svg":
            write_drawing(target, self.shown())
        elif ending == "png":
            write_picture(target, self.shown())
        else:
            fell = write_pdf(target, self.shown(), self.paper)
            if self.paper.down and fell.down > self.paper.down:
                return tr(
                    "Wrote {name}. It is {count} pages high, since smaller rows could not be read.",
                    name=target.name,
                    count=fell.down,
                )
        return ""

    def shown(self) -> Shown:
        """The view as it is put on paper."""
        page = self._page
        return Shown(page.canvas, page.model, self._title(), self.note(), page.number_of)

    def table(self) -> ShownTable:
        """The rows and columns in their order on the screen, with what they are of."""
        from app.exchange.view_sheet import ShownTable

        page = self._page
        view, order = page.view, page.sheet.column_order()
        columns = [page.model.columns[at] for at in order]
        shown = {column.key: n for n, column in enumerate(view.columns)} if view else {}
        picked = [shown[column.key] for column in columns if column.key in shown]
        rows = tuple(page.row_in(row, picked) for row in (view.rows if view else ()))
        project = page.bridge.document.projects.get(page.project) if page.project else None
        status = project.status_date if project is not None else None
        facts = (
            (tr("Project"), self._title()),
            (tr("Status date"), "" if status is None else date_text(status, page.ask.locale)),
            (tr("Shown"), self.note()),
            (tr("Written"), date_text(page.bridge.workspace.clock.moment, page.ask.locale)),
        )
        said = tuple((name, text) for name, text in facts if text)
        return ShownTable(self._title(), tuple(columns), rows, said, page.ask.locale)

    def note(self) -> str:
        """What is left out and how rows are arranged, in one line; '' for the whole plan as it is."""
        page, titles = self._page, {column.key: column.title for column in self._page.model.columns}
        parts = [page.view.note if page.view else ""]
        if page.ask.filter:
            parts.append(tr("filter “{words}”", words=page.ask.filter))
        for key, text in page.ask.column_filters:
            parts.append(page.quick_name(text) if key == "only" else f"{titles.get(key, key)}: {text}")
        if page.ask.group:
            parts.append(tr("by {column}", column=titles.get(page.ask.group, page.ask.group)))
        if page.ask.sort:
            key = page.ask.sort.removeprefix("-")
            parts.append(tr("sorted by {column}", column=titles.get(key, key)))
        return " · ".join(filter(None, parts))

    def _title(self) -> str:
        return self._page.frame.title.text()
