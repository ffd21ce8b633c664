"""Columns of one's own as they are seen: what they are called, of what, of which kind, and how used."""

from __future__ import annotations

from app.domain.document import Document
from app.domain.portfolio import CustomField, FieldKind, OwnerKind
from app.domain.values import ProjectId
from app.text import mark, tr, trn
from app.views.tables import Ask, Column, Row, TableView

_KINDS = {
    FieldKind.TEXT: mark("Text"),
    FieldKind.NUMBER: mark("Number"),
    FieldKind.DATE: mark("Date"),
    FieldKind.DURATION: mark("Duration"),
    FieldKind.COST: mark("Cost"),
    FieldKind.FLAG: mark("Yes or no"),
    FieldKind.CHOICE: mark("Choice"),
}
_OWNERS = {
    OwnerKind.TASK: mark("Tasks"),
    OwnerKind.PROJECT: mark("Projects"),
    OwnerKind.RESOURCE: mark("People"),
    OwnerKind.ASSIGNMENT: mark("Assignments"),
    OwnerKind.PORTFOLIO: mark("Portfolio"),
}


def kind_choices() -> tuple[tuple[str, str], ...]:
    """(value, words) of the kinds a column may have."""
    return tuple((kind.value, tr(words)) for kind, words in _KINDS.items())


def owner_choices() -> tuple[tuple[str, str], ...]:
    """(value, words) of what a new column may belong to."""
    return tuple((kind.value, tr(_OWNERS[kind])) for kind in (OwnerKind.TASK, OwnerKind.PROJECT))


def columns_table(document: Document, project: ProjectId | None, ask: Ask) -> TableView:
    """The columns of all projects and, with a project, its own, in the order in which they are offered."""
    columns = (
        Column("alias", tr("Heading"), editable=True, width=220, help=tr("What stands over the column.")),
        Column("owner", tr("Of"), width=100, help=tr("Whose cells these are.")),
        Column("kind", tr("Kind"), width=100, help=tr("What can be typed.")),
        Column(
            "choices",
            tr("Choices"),
            editable=True,
            width=280,
            help=tr("The words to choose from, with ; between."),
        ),
        Column("scope", tr("For"), width=110, help=tr("Whether all projects have it or one.")),
        Column("values", tr("Filled cells"), "right", "number", width=100, help=tr("How often it is used.")),
        Column("source", tr("In Microsoft Project"), width=150, help=tr("The field it came from.")),
    )
    used: dict[str, int] = {}
    for value in document.custom_values:
        used[value.field] = used.get(value.field, 0) + 1
    scopes = (None,) if project is None else (None, project)
    found = [row for scope in scopes for row in document.custom_fields.of(scope).values()]
    found.sort(key=lambda row: (row.project is not None, row.rank, row.id))
    rows = tuple(_row(document, row, used.get(row.id, 0)) for row in found)
    words = ask.filter.casefold().split()
    kept = tuple(row for row in rows if all(word in "\n".join(row.cells).casefold() for word in words))
    return TableView(columns, kept, empty="" if kept else tr("No columns of your own yet."))


def _row(document: Document, row: CustomField, used: int) -> Row:
    cells = (
        row.alias,
        tr(_OWNERS[row.owner_kind]),
        tr(_KINDS[row.kind]),
        "; ".join(row.choices),
        tr("All projects") if row.project is None else document.projects[row.project].code,
        str(used) if used else "",
        row.field_name,
    )
    return Row(row.id, cells, locked=() if row.kind is FieldKind.CHOICE else (3,))


def columns_answer(document: Document, project: ProjectId | None) -> str:
    """One line about the columns that are there."""
    count = len(document.custom_fields.of(None))
    said = [trn("{count} column for all projects", "{count} columns for all projects", count)]
    if project is not None:
        own = len(document.custom_fields.of(project))
        if own:
            said.append(tr("{count} of {code} alone", count=own, code=document.projects[project].code))
    return " · ".join(said)
