"""A plan as a flat sheet: one row a task, as CSV, as an Excel workbook and as JSON.

Text that people wrote never becomes a formula: in a workbook it is always of type text, in CSV it
is led by an apostrophe where a spreadsheet would calculate it.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from app.derive.schedule import NO_MOMENT, ScheduleResult
from app.domain.document import Document
from app.domain.durations import TypedLink, format_link, format_span, measure_of
from app.domain.portfolio import CustomField, OwnerKind
from app.domain.values import ProjectId, Span, TaskId, datetime_of, iso
from app.domain.work import Link, Task
from app.text import mark, tr

Cell = str | int | float | bool | datetime | None

LONGEST_CELL = 32_767
"""Characters that one cell of a workbook holds."""
DATE_FORMAT: Final = "yyyy-mm-dd hh:mm"
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Headings (key and words) and one row of cells a task."""

    keys: tuple[str, ...]
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """A task with what its row needs."""

    task: Task
    number: int
    result: ScheduleResult
    predecessors: str
    resources: str
    calendar: str
    span: str
    values: dict[str, str]


_COLUMNS: Final[tuple[tuple[str, str, Callable[[_Place], Cell]], ...]] = (
    ("row", mark("No."), lambda one: one.number + 1),
    ("uid", mark("UID"), lambda one: one.task.uid),
    ("wbs", mark("WBS"), lambda one: one.task.wbs or one.result.outline.numbers[one.number]),
    ("level", mark("Level"), lambda one: one.result.outline.levels[one.number]),
    ("name", mark("Name"), lambda one: one.task.name),
    ("duration", mark("Duration"), lambda one: one.span),
    ("start", mark("Start"), lambda one: _date(one.result.start, one.number)),
    ("finish", mark("Finish"), lambda one: _date(one.result.finish, one.number)),
    ("percent_complete", mark("% complete"), lambda one: int(one.result.percent_complete[one.number])),
    ("predecessors", mark("Predecessors"), lambda one: one.predecessors),
    ("resources", mark("Resources"), lambda one: one.resources),
    ("summary", mark("Summary"), lambda one: bool(one.result.summary[one.number])),
    ("milestone", mark("Milestone"), lambda one: one.task.milestone or one.task.duration == 0),
    ("critical", mark("Critical"), lambda one: bool(one.result.critical[one.number])),
    ("active", mark("Active"), lambda one: one.task.active),
    ("manual", mark("Manual"), lambda one: one.task.manual),
    ("constraint", mark("Constraint"), lambda one: one.task.constraint.value.upper()),
    ("constraint_date", mark("Constraint date"), lambda one: _moment(one.task.constraint_date)),
    ("deadline", mark("Deadline"), lambda one: _moment(one.task.deadline)),
    ("calendar", mark("Calendar"), lambda one: one.calendar),
    ("early_start", mark("Early start"), lambda one: _date(one.result.early_start, one.number)),
    ("early_finish", mark("Early finish"), lambda one: _date(one.result.early_finish, one.number)),
    ("late_start", mark("Late start"), lambda one: _date(one.result.late_start, one.number)),
    ("late_finish", mark("Late finish"), lambda one: _date(one.result.late_finish, one.number)),
    ("total_slack_min", mark("Total slack (min)"), lambda one: int(one.result.total_slack[one.number])),
    ("free_slack_min", mark("Free slack (min)"), lambda one: int(one.result.free_slack[one.number])),
    ("actual_start", mark("Actual start"), lambda one: _moment(one.task.actual_start)),
    ("actual_finish", mark("Actual finish"), lambda one: _moment(one.task.actual_finish)),
    ("notes", mark("Notes"), lambda one: one.task.notes),
)


def _moment(value: int | None) -> datetime | None:
    return None if value is None or value == NO_MOMENT else datetime_of(value)


def _date(values: Any, place: int) -> datetime | None:
    return _moment(int(values[place]))


def sheet_of(document: Document, project: ProjectId, result: ScheduleResult) -> Sheet:
    """The plan's tasks in outline order with dates, links, people and custom columns."""
    columns = _custom_columns(document, project)
    places = _places(document, project, result)
    keys = tuple(key for key, _, _ in _COLUMNS) + tuple(field.field_name or field.alias for field in columns)
    titles = tuple(tr(title) for _, title, _ in _COLUMNS) + tuple(field.alias for field in columns)
    rows = tuple(
        tuple(read(one) for _, _, read in _COLUMNS) + tuple(one.values.get(field.id, "") for field in columns)
        for one in places
    )
    return Sheet(keys, titles, rows)


def _custom_columns(document: Document, project: ProjectId) -> list[CustomField]:
    used = {value.field for value in document.custom_values.of(project).values()}
    found = [
        field
        for scope in (project, None)
        for field in document.custom_fields.of(scope).values()
        if field.owner_kind is OwnerKind.TASK and field.id in used
    ]
    return sorted(found, key=lambda field: (field.rank, field.id))


def _places(document: Document, project: ProjectId, result: ScheduleResult) -> list[_Place]:
    measure = measure_of(document.projects[project])
    links: dict[TaskId, list[Link]] = {}
    for link in document.links.of(project).values():
        links.setdefault(link.successor, []).append(link)
    people: dict[TaskId, list[str]] = {}
    for assignment in document.assignments.of(project).values():
        resource = document.resources.get(assignment.resource)
        if resource is not None:
            share = "" if assignment.units == 1 else f"[{assignment.units:.0%}]"
            people.setdefault(assignment.task, []).append(f"{resource.name}{share}")
    values: dict[str, dict[str, str]] = {}
    for value in document.custom_values.of(project).values():
        values.setdefault(value.owner, {})[value.field] = value.value
    found: list[_Place] = []
    for number, id in enumerate(result.outline.tasks):
        task = document.tasks[id]
        calendar = document.calendars.get(task.calendar)
        minutes = int(result.duration[number]) if result.outline.is_summary(id) else task.duration
        written = [
            format_link(
                TypedLink(_reference(document, link, result), link.type, Span(link.lag, link.lag_format)),
                measure,
            )
            for link in links.get(id, [])
        ]
        found.append(
            _Place(
                task=task,
                number=number,
                result=result,
                predecessors="; ".join(sorted(written)),
                resources="; ".join(sorted(people.get(id, []))),
                calendar=calendar.name if calendar is not None else "",
                span=format_span(Span(minutes, task.duration_format, task.estimated), measure),
                values=values.get(id, {}),
            )
        )
    return found


def _reference(document: Document, link: Link, result: ScheduleResult) -> str:
    place = result.outline.places.get(link.predecessor)
    if place is not None:
        return str(place + 1)
    other = document.tasks[link.predecessor]
    return f"{document.projects[other.project].code}/uid:{other.uid}"


def write_csv(document: Document, project: ProjectId, result: ScheduleResult) -> bytes:
    """The sheet as CSV: commas, UTF-8 with a mark that Excel knows it by, lines ended as RFC 4180 asks."""
    sheet = sheet_of(document, project, result)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(title) for title in sheet.titles])
    for row in sheet.rows:
        writer.writerow([_csv_cell(cell) for cell in row])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M")
        case str():
            return harmless(cell)
    return str(cell)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP's apostrophe); NUL, which CSV lacks, goes."""
    plain = text.replace("\x00", "")
    return f"'{plain}" if is_formula(plain.lstrip(" ")) else plain


def is_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate this text."""
    return text.startswith(_FORMULA_STARTS)


def write_xlsx(document: Document, project: ProjectId, result: ScheduleResult) -> bytes:
    """The sheet as a workbook: texts are texts, dates are dates, the heading stays in sight."""
    sheet = sheet_of(document, project, result)
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(tr("Plan"))
    heading = book.add_format({"bold": True, "bottom": 1})
    date = book.add_format({"num_format": DATE_FORMAT})
    summary = book.add_format({"bold": True})
    guarded = book.add_format()
    guarded.set_quote_prefix()
    for column, title in enumerate(sheet.titles):
        page.write_string(0, column, title[:LONGEST_CELL], heading)
    name = sheet.keys.index("name")
    is_summary = sheet.keys.index("summary")
    for number, row in enumerate(sheet.rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                text = cell[:LONGEST_CELL]
                form = guarded if is_formula(text) else None
                page.write_string(
                    number, column, text, summary if column == name and row[is_summary] else form
                )
            elif isinstance(cell, datetime):
                page.write_datetime(number, column, cell, date)
            elif isinstance(cell, bool):
                page.write_boolean(number, column, cell)
            elif cell is not None:
                page.write_number(number, column, cell)
    page.freeze_panes(1, name + 1)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.titles) - 1)
    page.set_column(name, name, 48)
    for key in sheet.keys:
        if key.endswith(("start", "finish", "date")) or key == "deadline":
            column = sheet.keys.index(key)
            page.set_column(column, column, 17)
    book.close()
    return target.getvalue()


def write_json(document: Document, project: ProjectId, result: ScheduleResult) -> bytes:
    """The plan as JSON: the project's dates and each task's cells under their keys, moments in ISO form."""
    own = document.projects[project]
    sheet = sheet_of(document, project, result)
    value = {
        "project": own.code,
        "name": own.name,
        "start": iso(result.project_start),
        "finish": iso(result.project_finish),
        "status_date": None if own.status_date is None else iso(own.status_date),
        "currency": own.currency,
        "minutes_per_day": own.minutes_per_day,
        "tasks": [dict(zip(sheet.keys, map(_json_cell, row), strict=True)) for row in sheet.rows],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _json_cell(cell: Cell) -> Any:
    return cell.isoformat(timespec="minutes") if isinstance(cell, datetime) else cell
