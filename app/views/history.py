"""The history as it is read: who did what and when, and which fields went from what to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as dataclass_fields
from datetime import date
from enum import Enum
from typing import Any

from app.domain.choice_names import CONSTRAINT_NAMES, TASK_TYPE_NAMES
from app.domain.document import Document
from app.domain.durations import measure_of
from app.domain.history import EntryKind, FieldChange, JournalEntry
from app.domain.portfolio import CriticalMethod, LagCalendar, ProgressRule, Project
from app.domain.rates import currency_for
from app.domain.records import BY_TABLE, Record
from app.domain.values import DurationFormat, Shift
from app.text import mark, tr, trn
from app.views.calendars import shifts_text
from app.views.formats import (
    NONE,
    clock_text,
    day_text,
    hours_text,
    moment_text,
    money_text,
    number_text,
    percent_text,
    span_text,
    stamp_text,
)
from app.views.portfolio_columns import STATES
from app.views.project_settings import CRITICAL_METHODS, LAG_CALENDARS, PROGRESS_RULES
from app.views.tables import Ask, Column, Row, TableView

_COLUMNS = (
    Column("when", mark("When"), kind="date", width=176, help=mark("When the step was saved.")),
    Column("who", mark("Who"), width=180, help=mark("Who made the step.")),
    Column("label", mark("Step"), width=400, help=mark("The step, as undo names it.")),
    Column("kind", mark("How"), width=110, help=mark("Done, undone or done again.")),
    Column("machine", mark("Machine"), width=160, help=mark("The computer it was made on.")),
)
_FIELD_COLUMNS = (
    Column("record", mark("What"), width=280, help=mark("What was changed.")),
    Column("field", mark("Field"), width=170, help=mark("Which of its fields.")),
    Column("before", mark("From"), width=240, help=mark("What stood there before.")),
    Column("after", mark("To"), width=240, help=mark("What stands there since.")),
)
_KINDS = {EntryKind.DO: mark("Done"), EntryKind.UNDO: mark("Undone"), EntryKind.REDO: mark("Done again")}
_NOUNS = {
    "portfolio": mark("Portfolio"),
    "projects": mark("Project"),
    "calendars": mark("Calendar"),
    "calendar_exceptions": mark("Calendar exception"),
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
    "source_tasks": mark("Date of the source"),
    "timephased": mark("Time-phased figures"),
}
_LENGTHS = frozenset({"duration", "remaining_duration", "lag"})
_MINUTES = frozenset(
    {
        "work",
        "actual_work",
        "remaining_work",
        "overtime_work",
        "delay",
        "leveling_delay",
        "critical_slack_limit",
        "near_critical_limit",
    }
)
_LIMITS = frozenset({"critical_slack_limit", "near_critical_limit"})
_AMOUNTS = frozenset({"standard_rate", "overtime_rate", "cost_per_use"})
_CLOCKS = frozenset({"default_start_time", "default_finish_time"})
_HOURS = frozenset({"minutes_per_day", "minutes_per_week"})
_MOST = 2_000


def history(entries: Sequence[JournalEntry], ask: Ask) -> TableView:
    """The steps, newest first; the filter looks at who, what and the machine."""
    words = ask.filter.casefold().split()
    rows = [
        row
        for row in (_entry_row(entry, ask.locale) for entry in entries)
        if all(word in "\n".join(row.cells).casefold() for word in words)
    ]
    columns = tuple(_translated(column) for column in _COLUMNS)
    note = (
        trn("{count} of {all} shown", "{count} of {all} shown", len(rows), all=len(entries)) if words else ""
    )
    empty = tr("No step fits the filter.") if entries else tr("Nothing has been changed yet.")
    return TableView(columns, tuple(rows), None, note, "" if rows else empty)


def answer_line(entries: Sequence[JournalEntry], count: int, locale: str) -> str:
    """How many steps there are, how many of them are looked at where that is fewer, and who made the last."""
    if not entries:
        return tr("Nothing has been changed yet.")
    newest = entries[0]
    steps = trn("{count} step", "{count} steps", count)
    if len(entries) < count:
        steps = tr("the newest {shown} of {steps}", shown=number_text(len(entries), locale), steps=steps)
    when = stamp_text(newest.utc.astimezone(), locale)
    return f"{steps} · " + tr("last by {who}, {when}", who=newest.who.name, when=when)


def fields(document: Document, changed: Sequence[FieldChange], ask: Ask) -> TableView:
    """What one step changed, field by field; a record that came or went is one line."""
    columns = tuple(_translated(column) for column in _FIELD_COLUMNS)
    rows = tuple(
        _field_row(document, change, number, ask.locale) for number, change in enumerate(changed[:_MOST])
    )
    note = ""
    if len(changed) > _MOST:
        note = trn("{count} of {all} shown", "{count} of {all} shown", _MOST, all=len(changed))
    return TableView(columns, rows, None, note, "" if rows else tr("Select a step to see what it changed."))


def _translated(column: Column) -> Column:
    return Column(
        column.key, tr(column.title), column.align, column.kind, width=column.width, help=tr(column.help)
    )


def _entry_row(entry: JournalEntry, locale: str) -> Row:
    when = stamp_text(entry.utc.astimezone(), locale)
    cells = (when, entry.who.name, entry.label.text, tr(_KINDS[entry.kind]), entry.who.machine)
    marks = () if entry.kind is EntryKind.DO else ("muted",) * len(cells)
    return Row(entry.uuid, cells, marks)


def _field_row(document: Document, change: FieldChange, number: int, locale: str) -> Row:
    noun = tr(_NOUNS[change.table])
    record = document.table(change.table).get(change.id)
    if change.field == "*":
        shown = change.after or change.before
        word = tr("Added") if change.before is None else tr("Deleted")
        return Row(
            str(number),
            (f"{noun} {_name(document, shown)}".strip(), word, "", ""),
            ("", "strong", "", ""),
        )
    texts = (_text(document, record, change, value, locale) for value in (change.before, change.after))
    title = f"{noun} {_name(document, record)}".strip()
    return Row(str(number), (title, _field_title(change.field), *texts))


def _name(document: Document, record: Record | None) -> str:
    """What a person calls a record: its name, or the tasks it ties."""
    if record is None:
        return ""
    for field in ("name", "alias"):
        if text := getattr(record, field, ""):
            return f"“{text}”"
    ends = (getattr(record, "predecessor", None), getattr(record, "successor", None))
    if ends[0] is not None:
        names = [task.name if (task := document.tasks.get(end)) else "?" for end in ends]
        return f"“{names[0]}” → “{names[1]}”"
    task = document.tasks.get(getattr(record, "task", None) or getattr(record, "owner", None))
    return f"“{task.name}”" if task else ""


def _field_title(field: str) -> str:
    return tr(_TITLES[field]) if field in _TITLES else field.replace("_", " ").capitalize()


def _text(document: Document, record: Record | None, change: FieldChange, value: Any, locale: str) -> str:
    """A field's value as a person reads it."""
    if value == () and change.field == "shifts":
        return tr("not working")
    if value is None or value == "" or value == ():
        return NONE
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, int):
        return _number(document, record, change, value, locale)
    if isinstance(value, float) and change.field.endswith("units"):
        return percent_text(round(value * 100), locale)
    if isinstance(value, date):
        return day_text(value, locale)
    if isinstance(value, Enum) and type(value) in _CHOICES:
        return tr(_CHOICES[type(value)][value])
    if isinstance(value, Enum):
        word = next((words[value] for words in _WORDS if value in words), "")
        return tr(word) if word else str(value.value).replace("_", " ")
    if isinstance(value, tuple) and all(isinstance(each, Shift) for each in value):
        return shifts_text(value)
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return "; ".join(value)
    if isinstance(value, tuple):
        return trn("{count} entry", "{count} entries", len(value))
    table = _POINTERS.get(change.field)
    if table is not None and (found := document.table(table).get(value)) is not None:
        return _name(document, found).strip("“”") or NONE
    return str(value)


def _number(document: Document, record: Record | None, change: FieldChange, value: int, locale: str) -> str:
    kind = BY_TABLE[change.table].type
    if "Moment" in next(str(f.type) for f in dataclass_fields(kind) if f.name == change.field):
        return moment_text(value, locale)
    scope = getattr(record, "project", None)
    if change.field in _AMOUNTS:
        return money_text(value, currency_for(document, scope), locale, exact=True)
    if change.field in _CLOCKS:
        return clock_text(value)
    if change.field in _HOURS:
        return hours_text(value, locale)
    project = record if isinstance(record, Project) else document.projects.get(scope)
    if project is None or change.field not in _LENGTHS | _MINUTES:
        return str(value)
    unit = getattr(record, f"{change.field}_format", None) or getattr(record, "duration_format", None)
    if change.field in _LIMITS:
        unit = DurationFormat.DAYS
    elif change.field in _MINUTES or unit is None:
        unit = DurationFormat.HOURS
    return span_text(value, unit, measure_of(project), locale)


_WORDS: tuple[Mapping[Any, str], ...] = (CONSTRAINT_NAMES, TASK_TYPE_NAMES, STATES)
_CHOICES: Mapping[type[Enum], Mapping[Any, str]] = {
    ProgressRule: dict(PROGRESS_RULES),
    CriticalMethod: dict(CRITICAL_METHODS),
    LagCalendar: dict(LAG_CALENDARS),
}
_POINTERS = {
    "parent": "tasks",
    "calendar": "calendars",
    "base": "calendars",
    "resource": "resources",
    "task": "tasks",
    "predecessor": "tasks",
    "successor": "tasks",
    "baseline": "baselines",
}
_TITLES = {
    "standard_rate": mark("Standard rate"),
    "standard_format": mark("Unit of the standard rate"),
    "overtime_rate": mark("Overtime rate"),
    "overtime_format": mark("Unit of the overtime rate"),
    "cost_per_use": mark("Cost per use"),
    "rates_from": mark("From"),
    "rates_to": mark("Until"),
    "available_from": mark("Available from"),
    "available_to": mark("Available to"),
    "from_date": mark("From"),
    "to_date": mark("To"),
    "shifts": mark("Working hours"),
    "max_units": mark("Units"),
    "week_start_day": mark("Week starts on"),
    "default_start_time": mark("Day starts at"),
    "default_finish_time": mark("Day ends at"),
    "minutes_per_day": mark("Hours a day"),
    "minutes_per_week": mark("Hours a week"),
    "days_per_month": mark("Days a month"),
    "critical_slack_limit": mark("Critical up to"),
    "near_critical_limit": mark("Nearly critical up to"),
    "critical_method": mark("Critical path found by"),
    "lag_calendar": mark("Lags count on"),
    "progress_rule": mark("Work out of order"),
    "honor_constraints": mark("Tasks keep their constraint dates"),
    "schedule_from_start": mark("Scheduled from the start"),
    "name": mark("Name"),
    "code": mark("Code"),
    "rank": mark("Place in the order"),
    "parent": mark("Inside"),
    "duration": mark("Duration"),
    "duration_format": mark("Unit of the duration"),
    "estimated": mark("Estimated"),
    "milestone": mark("Milestone"),
    "active": mark("Active"),
    "manual": mark("Manually scheduled"),
    "manual_start": mark("Manual start"),
    "manual_finish": mark("Manual finish"),
    "constraint": mark("Constraint"),
    "constraint_date": mark("Constraint date"),
    "deadline": mark("Deadline"),
    "calendar": mark("Calendar"),
    "priority": mark("Priority"),
    "percent_complete": mark("% complete"),
    "actual_start": mark("Actual start"),
    "actual_finish": mark("Actual finish"),
    "remaining_duration": mark("Remaining duration"),
    "resume": mark("Resume"),
    "stop": mark("Stop"),
    "splits": mark("Interruptions"),
    "work": mark("Work"),
    "units": mark("Units"),
    "notes": mark("Notes"),
    "lag": mark("Lag"),
    "lag_format": mark("Unit of the lag"),
    "type": mark("Type"),
    "start": mark("Start"),
    "finish": mark("Finish"),
    "status_date": mark("Status date"),
    "state": mark("State"),
    "manager": mark("Manager"),
    "sponsor": mark("Sponsor"),
    "value": mark("Value"),
    "week": mark("Working week"),
    "base": mark("Base calendar"),
    "currency": mark("Currency"),
}
