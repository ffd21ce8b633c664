"""Records to rows and back, by functions generated once for each record class.

A row is a tuple of what SQLite stores, in the order of the record's fields. The generated
functions unpack and convert in one expression, because a portfolio of 30,000 tasks is read this
way at every start.
"""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints
from zlib import crc32

from app.domain.records import BY_TABLE
from app.domain.values import Moment, from_iso, iso
from app.store.schema import FieldColumn, columns_of

Row = tuple[Any, ...]
V = TypeVar("V")
DIGEST_RANGE = 1 << 62


class _Memo(dict[Any, V], Generic[V]):
    """What a conversion gave, by what went in: equal texts become one object, and are made once."""

    def __init__(self, convert: Callable[[Any], V]) -> None:
        super().__init__()
        self.convert = convert

    def __missing__(self, key: Any) -> V:
        if len(self) > 200_000:
            self.clear()
        value = self.convert(key)
        self[key] = value
        return value


@dataclass(frozen=True, slots=True)
class Codec:
    """The two directions for one table, with its column names in the order of its rows."""

    table: str
    names: tuple[str, ...]
    columns: tuple[FieldColumn, ...]
    decode: Callable[[Iterable[Row]], list[Any]]
    encode: Callable[[Iterable[Any]], list[Row]]


@cache
def codec_of(table: str) -> Codec:
    """The codec of a table."""
    record = BY_TABLE[table].type
    columns = columns_of(record)
    return Codec(
        table, tuple(column.name for column in columns), columns, _decoder(record, columns), _encoder(columns)
    )


@cache
def lean_decoder(table: str, at_default: frozenset[int]) -> Callable[..., list[Any]]:
    """A function from rows without the columns at the places `at_default`, each followed by a mark.

    It gives the records of the unmarked rows with those fields at their defaults, and in place of every
    marked row the next of the records it is given as its second argument.
    """
    codec = codec_of(table)
    return _decoder(BY_TABLE[table].type, codec.columns, at_default)


def digest(row: Row) -> int:
    """A number that differs when the row does: what control sums add up."""
    try:
        return crc32(marshal.dumps(row, 0))
    except ValueError:  # a choice in a text field is a str of its own kind
        plain = tuple(str(value) if isinstance(value, str) else value for value in row)
        return crc32(marshal.dumps(plain, 0))


def digest_sum(rows: Iterable[Row]) -> int:
    """The control sum of rows, whatever their order."""
    return sum(map(digest, rows)) % DIGEST_RANGE


def stored(column: FieldColumn, value: Any) -> Any:
    """One field's value as its row holds it."""
    if value is None:
        return None
    convert = _to_row(column)
    return value if convert is None else convert(value)


def loaded(column: FieldColumn, value: Any) -> Any:
    """One field's value from what its row holds."""
    if value is None:
        return None
    convert = _from_row(column)
    return value if convert is None else convert[value]


def _decoder(
    record: type, columns: Sequence[FieldColumn], at_default: frozenset[int] = frozenset()
) -> Callable[..., list[Any]]:
    """A function from rows to records; it takes rows without the columns `at_default` too.

    Those rows end with a mark, and a marked one stands for the next of the records given beside the rows.
    A frozen record sets each field through ``object.__setattr__``; the class made here is laid out like
    it and not frozen, which stores a field in a fraction of the time: a portfolio has a million.
    """
    names = [field.name for field in fields(record)]
    twin = type(f"{record.__name__}Twin", (), {"__slots__": tuple(names)})
    space: dict[str, Any] = {"Twin": twin, "Record": record}
    lines: list[str] = []
    for place, column in enumerate(columns):
        if place in at_default:
            space[f"d{place}"] = fields(record)[place].default
            made = f"d{place}"
        else:
            made = _made(place, column, space)
        lines.append(f"  twin.{column.name} = {made}")
    unpacked = [f"a{place}" for place in range(len(columns)) if place not in at_default]
    mark = ["  if mark:", "   add(next(others))", "   continue"] if at_default else []
    if at_default:
        unpacked.append("mark")
    source = [
        "def decode(rows, others=()):",
        " made = []",
        " add = made.append",
        " others = iter(others)",
        f" for {', '.join(unpacked)}, in rows:",
        *mark,
        "  twin = Twin()",
        *lines,
        "  twin.__class__ = Record",
        "  add(twin)",
        " return made",
    ]
    exec("\n".join(source), space)
    decode: Callable[..., list[Any]] = space["decode"]
    return decode


def _made(place: int, column: FieldColumn, space: dict[str, Any]) -> str:
    """The words that turn the value at a place into what the record holds."""
    convert = _from_row(column)
    if column.kind == "flag" and not column.optional:
        return f"a{place} == 1"
    if convert is None:
        return f"a{place}"
    space[f"c{place}"] = convert
    made = f"c{place}[a{place}]"
    return f"None if a{place} is None else {made}" if column.optional else made


def _encoder(columns: Sequence[FieldColumn]) -> Callable[[Iterable[Any]], list[Row]]:
    space: dict[str, Any] = {}
    parts: list[str] = []
    for place, column in enumerate(columns):
        text = f"r.{column.name}"
        if column.kind in ("number", "flag"):
            made = f"+{text}"
        elif column.kind == "choice":
            made = f"{text}._value_"
        elif (convert := _to_row(column)) is not None:
            space[f"c{place}"] = convert
            made = f"c{place}({text})"
        else:
            parts.append(text)
            continue
        parts.append(f"None if {text} is None else {made}" if column.optional else made)
    source = f"lambda records: [({', '.join(parts)},) for r in records]"
    encode: Callable[[Iterable[Any]], list[Row]] = eval(source, space)
    return encode


_moments: _Memo[Moment] = _Memo(from_iso)
_moment_texts: _Memo[str] = _Memo(iso)
_dates: _Memo[date] = _Memo(date.fromisoformat)
_references: _Memo[str] = _Memo(str)


def _from_row(column: FieldColumn) -> dict[Any, Any] | None:
    """A mapping from what is stored to what the record holds; ``None`` where they are the same."""
    match column.kind:
        case "moment":
            return _moments
        case "date":
            return _dates
        case "reference":
            return _references
        case "flag":
            return {0: False, 1: True}
        case "choice":
            return {member.value: member for member in column.python}
        case "json":
            return _json_memo(column.python)
    return None


@cache
def _json_memo(python: Any) -> _Memo[Any]:
    return _Memo(lambda text: _shaped(python, json.loads(text)))


def _to_row(column: FieldColumn) -> Callable[[Any], Any] | None:
    """A function from what the record holds to what is stored; ``None`` where they are the same."""
    match column.kind:
        case "moment":
            return _moment_texts.__getitem__
        case "date":
            return date.isoformat
        case "flag" | "number":
            return int
        case "real":
            return float
        case "choice":
            return _word
        case "json":
            return _json_text
    return None


def _word(value: StrEnum) -> str:
    return value.value


def _json_text(value: Any) -> str:
    return "[]" if value == () else json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: Any) -> Any:
    """Tuples of frozen dataclasses as lists of lists."""
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if is_dataclass(value):
        return [_plain(getattr(value, field.name)) for field in fields(value)]
    return value


def _shaped(python: Any, value: Any) -> Any:
    """Lists of lists as the tuples of frozen dataclasses that the type names."""
    if value is None:
        return None
    if get_origin(python) is tuple:
        inner = get_args(python)[0]
        return tuple(_shaped(inner, part) for part in value)
    if is_dataclass(python) and isinstance(python, type):
        hints = get_type_hints(python)
        parts = zip(fields(python), value, strict=True)
        return python(*(_shaped(hints[field.name], part) for field, part in parts))
    if type(None) in get_args(python):
        return _shaped(next(part for part in get_args(python) if part is not type(None)), value)
    return value
