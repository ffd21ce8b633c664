"""The canonical text of what people decided: equal text means equal content, whatever the ids.

One line a record: its kind, its natural key, and every field that is not at its default, in a
stable order. Ids, ranks (places stand for them), saved views and what a source file said about
itself are no decisions; ``ids=True`` adds them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, get_args, get_type_hints

from app.domain.calendars import Calendar
from app.domain.document import Document
from app.domain.outline import outline_of
from app.domain.portfolio import CustomField, Project
from app.domain.records import KINDS, Record
from app.domain.values import Moment, Shift, iso

_REFERENCES = frozenset(
    "base baseline calendar field owner parent predecessor project resource successor task".split()
)
_NO_DECISIONS = frozenset(("id", "rank", "source_name", "source_digest", "source_guid", "source_application"))
_NO_DECISION_TABLES = frozenset(("saved_views", "source_tasks"))
_WORDS = {
    "portfolio": "portfolio",
    "projects": "project",
    "calendars": "calendar",
    "calendar_exceptions": "exception",
    "work_weeks": "work-week",
    "resources": "resource",
    "rates": "rate",
    "availabilities": "availability",
    "tasks": "task",
    "links": "link",
    "assignments": "assignment",
    "baselines": "baseline",
    "baseline_values": "baseline-value",
    "custom_fields": "column",
    "custom_values": "value",
    "saved_views": "view",
    "source_tasks": "source",
    "timephased": "timephased",
}


def dump(document: Document, ids: bool = False) -> str:
    """The document as text; with ``ids`` also the ids, ranks, saved views and source figures."""
    keys = _natural_keys(document)
    places = _places(document)
    lines: list[str] = []
    for kind in KINDS:
        if ids or kind.table not in _NO_DECISION_TABLES:
            records = document.table(kind.table)
            lines.extend(sorted((_line(kind.table, r, keys, places, ids) for r in records), key=_in_order))
    return "".join(f"{line}\n" for line in lines)


def _in_order(line: str) -> tuple[Any, ...]:
    """Numbers inside a line compare as numbers, so that task 9 stands before task 10."""
    head = line.split(" {", 1)[0]
    parts = ((0, int(run), "") if run.isdecimal() else (1, 0, run) for run in _runs(head))
    return tuple(parts), line


def _runs(text: str) -> Iterable[str]:
    """The text cut where digits begin and end."""
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or text[place].isdecimal() != text[place - 1].isdecimal():
            yield text[start:place]
            start = place


def _line(table: str, record: Record, keys: Mapping[str, str], places: Mapping[str, int], ids: bool) -> str:
    kind: Any = type(record)
    told: dict[str, Any] = {"id": record.id} if ids else {}
    if record.id in places:
        told["place"] = places[record.id]
    for name, default, is_moment in _fields_of(kind):
        value = getattr(record, name)
        if (ids and name == "rank") or (name not in _NO_DECISIONS and value != default):
            told[name] = keys.get(value, value) if name in _REFERENCES else _plain(value, is_moment)
        elif ids and name != "id" and value != default:
            told[name] = _plain(value, is_moment)
    return f"{_WORDS[table]} {keys[record.id]} {json.dumps(told, ensure_ascii=False)}"


@cache
def _fields_of(record: Any) -> tuple[tuple[str, Any, bool], ...]:
    """(name, default, whether it is a moment) of a record's fields."""
    hints = get_type_hints(record)
    return tuple(
        (
            field.name,
            None if field.default is MISSING else field.default,
            _is_moment(hints[field.name]),
        )
        for field in fields(record)
    )


def _is_moment(hint: Any) -> bool:
    return hint is Moment or Moment in get_args(hint)


def _plain(value: Any, is_moment: bool = False) -> Any:
    if value is None:
        return None
    if is_moment:
        return iso(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Shift):
        return f"{_clock(value.start)}-{_clock(value.end)}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return [_plain(getattr(value, name), at) for name, _, at in _fields_of(type(value))]
    return value


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _places(document: Document) -> dict[str, int]:
    """Where each project, task and custom column stands among its like, counted from 1."""
    places: dict[str, int] = {}
    ranked: tuple[Iterable[Project | CustomField], ...] = (document.projects, document.custom_fields)
    for records in ranked:
        ordered = sorted(records, key=lambda record: (record.rank, record.id))
        places.update({record.id: place for place, record in enumerate(ordered, 1)})
    for project in document.projects:
        outline = outline_of(document.tasks.of(project.id))
        places.update({task: place for place, task in enumerate(outline.tasks, 1)})
    return places


def _natural_keys(document: Document) -> dict[str, str]:
    """What each record is called without its id. Records that lean on others come after them."""
    keys: dict[str, str] = {record.id: "-" for record in document.portfolio}
    keys.update({project.id: project.code for project in document.projects})

    def within(scope: str | None) -> str:
        return "" if scope is None else f"{keys.get(scope, scope)}/"

    def called(id: str | None) -> str:
        return "-" if id is None else keys.get(id, id)

    keys.update(_calendar_keys(document, within))
    keys.update({r.id: f"{within(r.project)}resource:{r.uid}" for r in document.resources})
    keys.update({t.id: f"{within(t.project)}uid:{t.uid}" for t in document.tasks})
    keys.update({b.id: f"{within(b.project)}baseline:{b.number}" for b in document.baselines})
    keys.update(
        {
            f.id: f"{within(f.project)}column:{f.owner_kind.value}:{f.code or f.alias}"
            for f in document.custom_fields
        }
    )
    keys.update({e.id: f"{called(e.calendar)}/{e.from_date}:{e.name}" for e in document.calendar_exceptions})
    keys.update({w.id: f"{called(w.calendar)}/{w.from_date}:{w.name}" for w in document.work_weeks})
    keys.update(
        {
            r.id: f"{called(r.resource)}/{r.table}:{'-' if r.rates_from is None else iso(r.rates_from)}"
            for r in document.rates
        }
    )
    keys.update(
        {
            a.id: f"{called(a.resource)}/{'-' if a.available_from is None else iso(a.available_from)}"
            for a in document.availabilities
        }
    )
    keys.update({link.id: f"{called(link.predecessor)}->{called(link.successor)}" for link in document.links})
    keys.update({a.id: f"{called(a.task)}<-{called(a.resource)}" for a in document.assignments})
    keys.update({v.id: f"{called(v.baseline)}/{called(v.owner)}" for v in document.baseline_values})
    keys.update({v.id: f"{called(v.field)}/{called(v.owner)}" for v in document.custom_values})
    keys.update({v.id: f"{v.page}:{v.name}" for v in document.saved_views})
    keys.update({s.id: called(s.task) for s in document.source_tasks})
    keys.update({t.id: called(t.owner) for t in document.timephased})
    return keys


def _calendar_keys(document: Document, within: Any) -> dict[str, str]:
    """Calendars by name; those of one name in one place are told apart by their numbers."""
    alike: dict[str, list[Calendar]] = {}
    for calendar in document.calendars:
        alike.setdefault(f"{within(calendar.project)}calendar:{calendar.name}", []).append(calendar)
    return {
        calendar.id: name if len(found) == 1 else f"{name}#{calendar.uid}"
        for name, found in alike.items()
        for calendar in found
    }
