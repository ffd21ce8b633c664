"""Text arguments of any operation, read by what it says it takes: for the command line and scripts.

``step_of`` reads ``NAME=VALUE`` pairs (values as texts, or as JSON gives them); ``several`` makes one
step of many; ``described`` says what an operation takes.
"""

from __future__ import annotations

import inspect
import json
import types
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Union

from app.domain.calendars import Week
from app.domain.document import Reading
from app.domain.draft import Draft
from app.domain.durations import STANDARD, measure_of, parse_lag, parse_span
from app.domain.errors import Refusal
from app.domain.numerals import parse_number
from app.domain.plan_import import PlanImport
from app.domain.portfolio import OwnerKind, Project
from app.domain.references import find
from app.domain.typed import EARLIEST, LATEST, moment_from_iso, parse_flag, parse_moment, parse_shifts
from app.domain.values import (
    AssignmentId,
    AvailabilityId,
    BaselineId,
    CalendarId,
    CustomFieldId,
    ExceptionId,
    LinkId,
    Moment,
    ProjectId,
    RateId,
    ResourceId,
    SavedViewId,
    Shift,
    Shifts,
    Span,
    TaskId,
    WorkWeekId,
    start_of,
)
from app.domain.work import ConstraintType
from app.operations import register
from app.operations.operation import Operation, Step
from app.text import mark, tr

IDS: Mapping[Any, str] = {
    ProjectId: "project",
    TaskId: "task",
    LinkId: "link",
    CalendarId: "calendar",
    ExceptionId: "exception",
    WorkWeekId: "work_week",
    ResourceId: "resource",
    RateId: "rate",
    AvailabilityId: "availability",
    AssignmentId: "assignment",
    BaselineId: "baseline",
    CustomFieldId: "field",
    SavedViewId: "view",
}
"""The ids that arguments may be, and the kind of record each means."""

FINISHING = frozenset({"finish", "deadline", "available_to", "status_date"})
FINISH_KINDS = frozenset({ConstraintType.FNET, ConstraintType.FNLT, ConstraintType.MFO})
COLUMNS = frozenset({"column", "columns", "field"})
NONE_WORDS = frozenset({"", "none", "null", "-"})


@dataclass
class _Call:
    """The arguments of one call as they are read: earlier ones tell the project of later ones."""

    reading: Reading
    now: int | None
    project: ProjectId | None
    read: dict[str, Any]

    @property
    def frame(self) -> Project | None:
        return self.reading.projects.get(self.project)


def operation_named(name: str) -> Operation[Any, Any]:
    """The operation of that name.

    Raises:
        Refusal: there is none.
    """
    found = register().get(name)
    if found is None:
        near = sorted(each for each in register() if each.rpartition(".")[2] == name.rpartition(".")[2])
        if near:
            raise Refusal(
                tr("There is no operation {name}; did you mean {near}?", name=name, near=", ".join(near))
            )
        raise Refusal(tr("There is no operation {name}; “operations” lists them all.", name=name))
    return found


def step_of(reading: Reading, name: str, values: Mapping[str, object], now: int | None = None) -> Step[Any]:
    """The step of an operation with arguments given as texts, or as JSON has them.

    References to records are looked up. Relative dates such as ``today`` need ``now``.

    Raises:
        Refusal: no such operation or argument, one is missing, or a value does not fit.
        Ambiguous: a reference fits several records.
    """
    verb = operation_named(name)
    wanted = _parameters(verb)
    if unknown := sorted(set(values) - set(wanted)):
        raise Refusal(
            tr("{name} takes no {argument}; it takes {known}.", name=name, argument=unknown[0],
               known=", ".join(wanted) or "–")
        )  # fmt: skip
    call = _Call(reading, now, None, {})
    for argument, (kind, parameter) in wanted.items():
        if argument in values:
            call.read[argument] = _read(call, argument, kind, values[argument])
        elif parameter.default is inspect.Parameter.empty:
            raise Refusal(tr("{name} needs {argument}=…", name=name, argument=argument))
    return Step(verb, (), tuple(call.read.items()))


def several(reading: Reading, steps: Sequence[Mapping[str, Any]]) -> Step[tuple[Any, ...]]:
    """One step of many operations, each ``{"operation": NAME, "arguments": {…}}``, done in turn.

    Arguments are read when their turn comes, so that they may name what an earlier one made.
    """

    def run(draft: Draft) -> tuple[Any, ...]:
        made: list[Any] = []
        label = draft.label
        for each in steps:
            name, values = each.get("operation"), each.get("arguments", {})
            if not isinstance(name, str) or not isinstance(values, Mapping):
                raise Refusal(
                    tr("Each step is written {example}.", example='{"operation": …, "arguments": {…}}')
                )
            made.append(step_of(draft, name, values, draft.now).apply(draft))
        if len(steps) != 1:
            draft.label = label
            draft.name(mark("Run {count} operations"), count=len(steps))
        return tuple(made)

    return Step(Operation("arguments.several", mark("Run operations"), run), ())


def described(verb: Operation[Any, Any]) -> dict[str, Any]:
    """What an operation is called, what it promises and what it takes, for people and programs to read."""
    arguments = []
    for name, (kind, parameter) in _parameters(verb).items():
        required = parameter.default is inspect.Parameter.empty
        entry: dict[str, Any] = {"name": name, "kind": kind_word(kind), "required": required}
        if not required:
            entry["default"] = _plain(parameter.default)
        if words := _choices(kind):
            entry["choices"] = words
        arguments.append(entry)
    return {
        "name": verb.name,
        "label": tr(verb.label),
        "promise": verb.promise,
        "sealed": verb.sealed,
        "arguments": arguments,
    }


def _parameters(verb: Operation[Any, Any]) -> dict[str, tuple[Any, inspect.Parameter]]:
    hints = typing.get_type_hints(verb.function)
    found = list(inspect.signature(verb.function).parameters.values())[1:]
    return {each.name: (hints[each.name], each) for each in found}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return list(value) if isinstance(value, tuple) else value


def _inner(kind: Any) -> Any:
    """The kind without its "or nothing"."""
    if typing.get_origin(kind) in (Union, types.UnionType):
        rest = [each for each in typing.get_args(kind) if each is not type(None)]
        return rest[0]
    return kind


def _is_optional(kind: Any) -> bool:
    return typing.get_origin(kind) in (Union, types.UnionType)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


_WORDS: Mapping[Any, str] = {
    Moment: "date",
    Span: "duration",
    date: "day",
    Shifts: "hours",
    Week: "week",
    bool: "yes/no",
    int: "number",
    float: "units",
    str: "text",
    PlanImport: "plan",
}


def kind_word(kind: Any) -> str:
    """What an argument is, in a word: ``task``, ``tasks``, ``date``, ``duration``, ``choice`` …"""
    inner = _inner(kind)
    for known, word in (*IDS.items(), *_WORDS.items()):
        if inner is known or inner == known:
            return word
    if _is_enum(inner):
        return "choice"
    parts = typing.get_args(inner)
    if len(parts) == 2 and parts[1] is Ellipsis:
        return f"{kind_word(parts[0])}s"
    return "row"


def _choices(kind: Any) -> list[str]:
    inner = _inner(kind)
    return [each.value for each in inner] if _is_enum(inner) else []


def _read(call: _Call, name: str, kind: Any, value: object) -> Any:
    if _is_optional(kind):
        if value is None or (isinstance(value, str) and value.strip().casefold() in NONE_WORDS):
            return () if kind == Shifts | None and value is not None and not str(value).strip() else None
        kind = _inner(kind)
    if kind in IDS:
        return _record(call, IDS[kind], _text(call, name, value))
    if kind == Shifts:
        return _shifts(name, value)
    if kind == Week:
        return _week(name, value)
    if _is_enum(kind):
        return _enum(kind, _text(call, name, value))
    reader = _READERS.get(kind)
    if reader is not None:
        return reader(call, name, value)
    if kind is PlanImport:
        raise Refusal(tr("A plan is read from a file; use the import command."))
    return _tuple(call, name, kind, value)


def _record(call: _Call, kind: str, text: str) -> str:
    record = find(call.reading, kind, text, call.project)
    scope = record.id if isinstance(record, Project) else getattr(record, "project", None)
    if scope is not None and call.project is None:
        call.project = ProjectId(scope)
    return record.id


def _enum(kind: Any, text: str) -> Any:
    plain = text.strip().casefold()
    for each in kind:
        if plain in (str(each.value).casefold(), each.name.casefold()):
            return each
    words = ", ".join(str(each.value) for each in kind)
    raise Refusal(tr("“{text}” is not one of {words}.", text=text, words=words))


def _tuple(call: _Call, name: str, kind: Any, value: object) -> tuple[Any, ...]:
    parts = typing.get_args(kind)
    several_of_one = len(parts) == 2 and parts[1] is Ellipsis
    items = _items(value, simple=several_of_one and typing.get_origin(parts[0]) is None)
    if several_of_one:
        return tuple(_read(call, name, parts[0], item) for item in items)
    if len(items) != len(parts):
        raise Refusal(tr("{name} takes rows of {count} values.", name=name, count=len(parts)))
    names = (name, "column", name)
    return tuple(_read(call, each, part, item) for each, part, item in zip(names, parts, items, strict=True))


def _items(value: object, *, simple: bool) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    text = value.strip() if isinstance(value, str) else ""
    if text.startswith("["):
        try:
            return list(json.loads(text))
        except (ValueError, RecursionError) as trouble:
            raise Refusal(tr("“{text}” is not a JSON list.", text=text)) from trouble
    if not simple or not isinstance(value, str):
        raise Refusal(tr("This is given as a list, on the command line as JSON or as @file.json."))
    mark_between = ";" if ";" in text else ","
    return [part.strip() for part in text.split(mark_between) if part.strip()]


def _moment(call: _Call, name: str, value: object) -> Moment:
    if type(value) is int:
        if not start_of(EARLIEST) <= value < start_of(LATEST):
            raise Refusal(tr("{name} lies before 1984 or after 2149.", name=name))
        return Moment(value)
    text = _text(call, name, value).strip()
    finishing = name in FINISHING or (name == "date" and call.read.get("constraint") in FINISH_KINDS)
    frame = call.frame
    minute = 1020 if finishing else 480
    if frame is not None:
        minute = frame.default_finish_time if finishing else frame.default_start_time
    if call.now is not None:
        return parse_moment(text, call.now, minute)
    found = moment_from_iso(text)
    return found if "T" in text or ":" in text else Moment(found + minute)


def _span(call: _Call, name: str, value: object) -> Span:
    measure = STANDARD if call.frame is None else measure_of(call.frame)
    text = _text(call, name, value)
    return parse_lag(text, measure) if name == "lag" else parse_span(text, measure)


def _whole(call: _Call, name: str, value: object) -> int:
    number = parse_number(_text(call, name, value))
    if number != int(number):
        raise Refusal(tr("{name} is a whole number.", name=name))
    return int(number)


def _units(call: _Call, name: str, value: object) -> float:
    text = _text(call, name, value).strip()
    number = float(parse_number(text.removesuffix("%")))
    return number / 100 if text.endswith("%") else number


def _flag(call: _Call, name: str, value: object) -> bool:
    return parse_flag(_text(call, name, value))


def _day(call: _Call, name: str, value: object) -> date:
    try:
        return date.fromisoformat(_text(call, name, value).strip())
    except ValueError as trouble:
        raise Refusal(tr("“{text}” is not a day such as 2027-03-15.", text=value)) from trouble


def _words(call: _Call, name: str, value: object) -> str:
    """A text; where it stands for a record, as a cell's owner or ``field:Risk`` do, that record's id."""
    text = _text(call, name, value)
    if name in COLUMNS and text.startswith("field:"):
        return f"field:{find(call.reading, 'field', text, call.project).id}"
    field = call.reading.custom_fields.get(call.read.get("field"))
    if name == "owner" and field is not None:
        if field.owner_kind is OwnerKind.PORTFOLIO:
            return next((each.id for each in call.reading.portfolio), text)
        return find(call.reading, field.owner_kind.value, text, call.project).id
    return text


def _text(call: _Call, name: str, value: object) -> str:
    """A text; numbers and flags are taken as they are written, what else JSON has is not guessed at."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return str(value)
    raise Refusal(tr("{name} is given as a text.", name=name))


_READERS: Mapping[Any, Callable[[_Call, str, object], Any]] = {
    Moment: _moment,
    Span: _span,
    int: _whole,
    float: _units,
    bool: _flag,
    date: _day,
    str: _words,
}


def _shifts(name: str, value: object) -> Shifts:
    """Hours as ``8:00-12:00 13:00-17:00``, or as a list of [start, end] minutes; nothing for a free day."""
    if isinstance(value, list | tuple):
        found = tuple(Shift(*part) for part in value if _is_pair(part))
        if len(found) != len(value):
            raise Refusal(tr("{name} is a list of [start, end] in minutes after midnight.", name=name))
        return found
    return parse_shifts(str(value))


def _is_pair(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(type(each) is int for each in value)


def _week(name: str, value: object) -> Week:
    """Seven days from Monday, as hours each; ``base`` or null takes the base calendar's day."""
    days = list(value) if isinstance(value, list | tuple) else str(value).split(";")
    if len(days) != 7:
        raise Refusal(tr("A week has seven days, from Monday, with ; between them."))
    return tuple(
        None if day is None or (isinstance(day, str) and day.strip() == "base") else _shifts(name, day)
        for day in days
    )
