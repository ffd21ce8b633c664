"""The history as it is read: who did what and when, and which fields a step changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from app.domain.document import Document
from app.domain.durations import measure_of
from app.domain.history import EntryKind, FieldChange, JournalEntry
from app.domain.values import DurationFormat
from app.domain.work import Link
from app.text import mark, tr, trn
from app.views.formats import NONE, days_text, moment_text, stamp_text
from app.views.tables import Ask, Column, Row, TableView

_COLUMNS = (
    Column("when", mark("When"), width=150, help=mark("When it was done, in this computer's time.")),
    Column("who", mark("Who"), width=150, help=mark("Who was at the keyboard.")),
    Column("what", mark("What"), width=420, help=mark("The step by its name.")),
    Column("kind", mark("Kind"), width=90, help=mark("Done, taken back or done again.")),
    Column("machine", mark("Machine"), width=130, help=mark("The computer it was done on.")),
)
KINDS = {EntryKind.DO: mark("Done"), EntryKind.UNDO: mark("Undone"), EntryKind.REDO: mark("Redone")}

RECORDS = {
    "portfolio": mark("Portfolio"),
    "projects": mark("Project"),
    "calendars": mark("Calendar"),
    "calendar_exceptions": mark("Exception"),
    "work_weeks": mark("Work week"),
    "resources": mark("Resource"),
    "rates": mark("Rate"),
    "availabilities": mark("Availability"),
    "tasks": mark("Task"),
    "links": mark("Link"),
    "assignments": mark("Assignment"),
    "baselines": mark("Baseline"),
    "baseline_values": mark("Baseline value"),
    "custom_fields": mark("Custom column"),
    "custom_values": mark("Custom value"),
    "saved_views": mark("Saved view"),
    "source_tasks": mark("Source value"),
    "timephased": mark("Time-phased figures"),
}
_MOMENTS = frozenset(
    "start finish status_date manual_start manual_finish constraint_date deadline actual_start actual_finish "
    "stop resume taken_at rates_from rates_to available_from available_to".split()
)
_MINUTES = frozenset("duration remaining_duration work actual_work remaining_work overtime_work".split())


def history(entries: Sequence[JournalEntry], ask: Ask) -> TableView:
    """The journal, newest first; rows carry the entries' uuids."""
    words = ask.filter.casefold().split()
    taken = {entry.target for entry in entries if entry.kind is EntryKind.UNDO}
    again = {entry.target for entry in entries if entry.kind is EntryKind.REDO}
    rows = []
    for entry in entries:
        row = _entry(entry, entry.uuid in taken and entry.uuid not in again, ask.locale)
        if all(word in "\n".join(row.cells).casefold() for word in words):
            rows.append(row)
    columns = tuple(_translated(column) for column in _COLUMNS)
    note = ""
    if len(rows) != len(entries):
        note = trn("{count} of {all} shown", "{count} of {all} shown", len(rows), all=len(entries))
    empty = "" if rows else tr("No step fits the filter.") if entries else tr("Nothing was done yet.")
    return TableView(columns, tuple(rows), note=note, empty=empty)


def _entry(entry: JournalEntry, is_taken_back: bool, locale: str) -> Row:
    cells = (
        stamp_text(entry.utc.astimezone(), locale),
        entry.who.name,
        entry.label.text,
        tr(KINDS[entry.kind]),
        entry.who.machine,
    )
    return Row(entry.uuid, cells, ("muted",) * len(cells) if is_taken_back else ())


def changed_fields(document: Document, changes: Sequence[FieldChange], ask: Ask) -> TableView:
    """What one step changed, field by field: the record, the field, before and after."""
    columns = tuple(
        _translated(column)
        for column in (
            Column("record", mark("Record"), width=280, help=mark("What was changed.")),
            Column("field", mark("Field"), width=150, help=mark("Which of its fields.")),
            Column("before", mark("Before"), width=220, help=mark("What stood there.")),
            Column("after", mark("After"), width=220, help=mark("What stands there since.")),
        )
    )
    rows = []
    for number, change in enumerate(changes):
        name = f"{tr(RECORDS.get(change.table, change.table))} {_name(document, change)}".strip()
        if change.field == "*":
            field = tr("new") if change.before is None else tr("removed")
            before = NONE if change.before is None else _record_text(document, change.before)
            after = NONE if change.after is None else _record_text(document, change.after)
        else:
            field = change.field.replace("_", " ")
            before = value_text(document, change, change.before, ask.locale)
            after = value_text(document, change, change.after, ask.locale)
        rows.append(Row(str(number), (name, field, before, after)))
    return TableView(columns, tuple(rows), empty="" if rows else tr("This step changed nothing."))


def _translated(column: Column) -> Column:
    return Column(
        column.key,
        tr(column.title),
        column.align,
        column.kind,
        column.editable,
        column.choices,
        column.width,
        tr(column.help),
    )


def _name(document: Document, change: FieldChange) -> str:
    """How a person would name the record, of the document or, once it is gone, of the change itself."""
    for record in (document.table(change.table).get(change.id), change.after, change.before):
        if record is not None and is_dataclass(record):
            return _record_text(document, record)
    return ""


def _record_text(document: Document, record: Any) -> str:
    if isinstance(record, Link):
        ends = (document.tasks.get(record.predecessor), document.tasks.get(record.successor))
        return " → ".join("?" if end is None else f"“{end.name}”" for end in ends)
    task = document.tasks.get(getattr(record, "task", None))
    if task is not None:
        return f"“{task.name}”"
    for field in ("name", "alias", "code"):
        text = getattr(record, field, "")
        if text:
            return f"“{text}”"
    owner = document.tasks.get(getattr(record, "owner", None))
    return "" if owner is None else f"“{owner.name}”"


def value_text(document: Document, change: FieldChange, value: Any, locale: str) -> str:
    """A field's value as a person reads it."""
    if value is None or value == "":
        return NONE
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, Enum):
        text: str = value.value
        return text if isinstance(value, DurationFormat) else text.replace("_", " ")
    if isinstance(value, int) and change.field in _MOMENTS:
        return moment_text(value, locale)
    if isinstance(value, int) and change.field in _MINUTES:
        record = document.table(change.table).get(change.id)
        project = None if record is None else document.projects.get(getattr(record, "project", None))
        if project is not None:
            return days_text(value, measure_of(project), locale)
    if isinstance(value, tuple):
        return "; ".join(_part_text(part) for part in value) or NONE
    return _referred(document, value) if isinstance(value, str) else str(value)


def _part_text(part: Any) -> str:
    if is_dataclass(part):
        return "/".join(str(getattr(part, field.name)) for field in fields(part))
    return str(part)


def _referred(document: Document, value: str) -> str:
    """The name behind an id, or the text itself."""
    for table in ("tasks", "calendars", "resources", "projects", "baselines", "custom_fields"):
        record = document.table(table).get(value)
        if record is not None:
            return _record_text(document, record) or value
    return value
