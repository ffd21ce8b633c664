"""Rows and records: there and back again, whatever the record holds."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args, get_origin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendars import INHERITED_WEEK
from app.domain.records import KINDS, RecordKind
from app.domain.values import STANDARD_WEEK, Moment, Shift, Split
from app.domain.work import TimephasedRow
from app.store.codec import codec_of, digest, digest_sum, loaded, stored
from app.store.schema import FieldColumn, columns_of

MOMENTS = st.integers(-1_000_000_000, 2_000_000_000).map(Moment)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SHIFTS = st.lists(st.builds(Shift, st.integers(0, 700), st.integers(701, 1440)), max_size=3).map(tuple)
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "id": st.uuids().map(str),
    "reference": st.uuids().map(str),
    "text": TEXTS,
    "number": st.integers(-(2**63), 2**63 - 1),
    "real": st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 9),
    "flag": st.booleans(),
    "moment": MOMENTS,
    "date": st.dates(date(1900, 1, 1), date(9999, 12, 31)),
}


def tuples_of(python: Any) -> st.SearchStrategy[Any]:
    inner = get_args(python)[0]
    if inner is str:
        return st.lists(TEXTS, max_size=3).map(tuple)
    if inner is Shift:
        return SHIFTS
    if inner is Split:
        return st.lists(st.builds(Split, st.integers(), st.integers()), max_size=3).map(tuple)
    if inner is TimephasedRow:
        row = st.builds(TimephasedRow, st.integers(0, 9), MOMENTS, MOMENTS, st.integers(0, 9), TEXTS)
        return st.lists(row, max_size=3).map(tuple)
    assert get_origin(python) is tuple
    return st.sampled_from([STANDARD_WEEK, INHERITED_WEEK, ((Shift(0, 1440),), None, (), (), (), (), ())])


def values_of(column: FieldColumn) -> st.SearchStrategy[Any]:
    if column.kind == "choice":
        found: st.SearchStrategy[Any] = st.sampled_from(list(column.python))
    elif column.kind == "json":
        found = tuples_of(column.python)
    else:
        found = PLAIN[column.kind]
    return st.none() | found if column.optional else found


def records_of(kind: RecordKind) -> st.SearchStrategy[Any]:
    return st.builds(kind.type, **{column.name: values_of(column) for column in columns_of(kind.type)})


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
@settings(max_examples=40)
@given(data=st.data())
def test_a_record_comes_back_from_its_row_as_it_was(kind: RecordKind, data: st.DataObject) -> None:
    record = data.draw(records_of(kind))
    codec = codec_of(kind.table)
    (row,) = codec.encode([record])
    (back,) = codec.decode([row])
    assert back == record
    assert type(back) is kind.type
    assert hash(back) == hash(record)
    assert codec.encode([back]) == [row]
    for column, cell in zip(codec.columns, row, strict=True):
        assert stored(column, getattr(record, column.name)) == cell
        assert loaded(column, cell) == getattr(record, column.name)


def test_a_record_made_from_a_row_is_frozen_like_any_other() -> None:
    from app.domain.portfolio import Portfolio

    (back,) = codec_of("portfolio").decode([("p", "IT", "EUR", None, "", "")])
    assert back == Portfolio("p", "IT")  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        back.name = "other"


def test_a_row_that_no_record_can_hold_is_not_guessed_at() -> None:
    row = list(codec_of("links").encode([])) or ["l", "p", "a", "b", "XX", 0, "d"]
    with pytest.raises(KeyError):
        codec_of("links").decode([tuple(row)])


def test_control_sums_do_not_mind_order_but_see_every_cell() -> None:
    rows = [("a", 1, None, 0.5), ("b", 2, "x", 1.0)]
    assert digest_sum(rows) == digest_sum(rows[::-1])
    assert digest(("a", 1, None, 0.5)) != digest(("a", 1, None, 0.25))
    assert digest_sum(rows[:1]) != digest_sum(rows)
