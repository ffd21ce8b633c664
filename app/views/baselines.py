"""The baselines of a project as a table of the eleven numbers."""

from __future__ import annotations

from app.domain.document import Document
from app.domain.portfolio import OwnerKind
from app.domain.values import BaselineId, ProjectId
from app.text import mark, tr
from app.views.formats import moment_text
from app.views.tables import Ask, Column, Row, TableView

LAST = 10
_COLUMNS = (
    Column("number", mark("Number"), "right", "number", width=72, help=mark("The baseline's number.")),
    Column("name", mark("Name"), editable=True, width=200, help=mark("What you call it.")),
    Column("taken", mark("Taken"), "right", "date", width=200, help=mark("When it was taken.")),
    Column("tasks", mark("Tasks"), "right", "number", width=64, help=mark("How many tasks it holds.")),
    Column("shown", mark("Compared"), "centre", "flag", width=96, help=mark("The plan is compared with it.")),
)


def baseline_table(document: Document, project: ProjectId, ask: Ask) -> TableView:
    """One row a number from 0 to 10, empty where that baseline was not taken."""
    held = {baseline.number: baseline for baseline in document.baselines.of(project).values()}
    counts: dict[BaselineId, int] = {}
    for value in document.baseline_values.of(project).values():
        if value.owner_kind is OwnerKind.TASK:
            counts[value.baseline] = counts.get(value.baseline, 0) + 1
    shown = document.projects[project].baseline_shown
    rows = []
    for number in range(LAST + 1):
        found = held.get(number)
        if found is None:
            rows.append(Row(str(number), (str(number), "", "", "", ""), ("muted",) * 5, locked=(1,)))
            continue
        taken = moment_text(found.taken_at, ask.locale) if found.taken_at is not None else tr("yes")
        is_shown = tr("yes") if number == shown else ""
        cells = (str(number), found.name, taken, str(counts.get(found.id, 0)), is_shown)
        rows.append(Row(str(number), cells))
    columns = tuple(
        Column(one.key, tr(one.title), one.align, one.kind, one.editable, width=one.width, help=tr(one.help))
        for one in _COLUMNS
    )
    return TableView(columns, tuple(rows))
