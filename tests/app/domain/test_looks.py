"""Looks written into saved views and read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.looks import Look, look_of, written
from app.domain.portfolio import SavedView
from app.domain.values import SavedViewId

KEYS = st.sampled_from(["name", "start", "finish", "field:0b6c", "predecessors"])
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\n\r", exclude_categories=["Cs", "Cc"]))
LOOKS = st.builds(
    Look,
    columns=st.lists(KEYS, unique=True, max_size=5).map(tuple),
    words=WORDS,
    column_filters=st.lists(st.tuples(KEYS, WORDS), max_size=3).map(tuple),
    sort=st.sampled_from(["", "start", "-finish"]),
    group=st.sampled_from(["", "resource"]),
    day_width=st.integers(1, 400_000).map(lambda thousandths: thousandths / 1000),
    grid=st.integers(0, 4000),
    side=st.sampled_from(["", "why", "details"]),
)


def view(**fields: object) -> SavedView:
    return SavedView(SavedViewId("v"), "plan", "Mine", **fields)  # type: ignore[arg-type]


@given(LOOKS, st.integers(1, 900))
def test_a_look_comes_back_as_it_was_written(look: Look, width: int) -> None:
    wide = Look(**{**vars(look), "widths": dict.fromkeys(look.columns[:2], width)})
    assert look_of(view(**written(wide))) == wide


@pytest.mark.parametrize("zoom", ["", "wide", "nan", "inf", "-3", "² grid=² side", "grid=600"])
def test_what_cannot_be_read_stands_at_its_usual(zoom: str) -> None:
    found = look_of(view(zoom=zoom, columns=("name=²", "start=-4")))
    assert found == Look(columns=("name", "start"))


def test_a_filter_line_without_a_key_is_the_quick_filter() -> None:
    assert look_of(view(filter="words\ncritical")).column_filters == (("only", "critical"),)
