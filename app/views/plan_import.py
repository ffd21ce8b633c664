"""What a plan that was read would bring, before it is taken in: counts, findings, what is left aside."""

from __future__ import annotations

from collections import Counter

from app.domain.errors import Severity
from app.domain.plan_import import PlanImport
from app.domain.records import KINDS, Record, table_of
from app.text import mark, tr
from app.views.tables import Column, Row, TableView

_THINGS = {
    "projects": mark("Projects"),
    "tasks": mark("Tasks"),
    "links": mark("Links"),
    "calendars": mark("Calendars"),
    "calendar_exceptions": mark("Calendar exceptions"),
    "work_weeks": mark("Work weeks"),
    "resources": mark("Resources"),
    "rates": mark("Rates"),
    "availabilities": mark("Availability periods"),
    "assignments": mark("Assignments"),
    "baselines": mark("Baselines"),
    "baseline_values": mark("Baseline values"),
    "custom_fields": mark("Custom columns"),
    "custom_values": mark("Custom values"),
    "timephased": mark("Time-phased figures"),
}
_BRINGS = (
    ("thing", mark("What"), "left", 220),
    ("new", mark("New"), "right", 90),
    ("changed", mark("Changed"), "right", 90),
    ("vanished", mark("No longer in the source"), "right", 180),
)
_PROBLEMS = (
    ("severity", mark("Weight"), "left", 90),
    ("place", mark("Where"), "left", 220),
    ("sentence", mark("What"), "left", 600),
)
_NOT_USED = (
    ("name", mark("Name in the source"), "left", 260),
    ("where", mark("Part of the plan"), "left", 180),
    ("count", mark("Values"), "right", 90),
    ("note", mark("Note"), "left", 360),
)
_WEIGHTS = {
    Severity.NOTE: (mark("Note"), ""),
    Severity.WARNING: (mark("Warning"), "watch"),
    Severity.ERROR: (mark("Error"), "bad"),
}


def brings(plan: PlanImport) -> TableView:
    """How many records of each kind would come, change, or are gone from the source."""
    counts = [_counted(records) for records in (plan.new, plan.changed, plan.vanished)]
    rows = [
        Row(kind.table, (tr(_THINGS[kind.table]), *(str(count[kind.table] or "–") for count in counts)))
        for kind in KINDS
        if kind.table in _THINGS and any(count[kind.table] for count in counts)
    ]
    return _table(_BRINGS, rows, tr("Everything in this file is in the portfolio already."))


def problems(plan: PlanImport) -> TableView:
    """What was found wrong or doubtful while reading, each with its place."""
    rows = []
    for number, found in enumerate(plan.problems):
        word, style = _WEIGHTS[found.severity]
        rows.append(Row(str(number), (tr(word), found.place, found.sentence), (style, "", "")))
    return _table(_PROBLEMS, rows, tr("Nothing in the file is wrong or doubtful."))


def not_used(plan: PlanImport) -> TableView:
    """What the source carries and this program leaves aside, what is no loss last."""
    rows = []
    for number, one in enumerate(sorted(plan.not_used, key=lambda one: one.is_computed)):
        note = tr("Worked out again here") if one.is_computed else tr("Left aside")
        style = ("muted",) * 4 if one.is_computed else ()
        rows.append(Row(str(number), (one.name, one.where, str(one.count), note), style))
    return _table(_NOT_USED, rows, tr("Everything in the file is used."))


def _counted(records: tuple[Record, ...]) -> Counter[str]:
    return Counter(table_of(record) for record in records)


def _table(said: tuple[tuple[str, str, str, int], ...], rows: list[Row], empty: str) -> TableView:
    columns = tuple(
        Column(key, tr(title), "right" if align == "right" else "left", width=width)
        for key, title, align, width in said
    )
    return TableView(columns, tuple(rows), None, "", "" if rows else empty)
