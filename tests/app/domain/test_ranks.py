"""Ranks leave room everywhere, stay in order and are never given twice."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ranks import DIGITS, rank_between, ranks_between


def test_a_rank_lies_between_neighbours_and_at_the_open_ends() -> None:
    assert rank_between(None, None) == "V"
    assert rank_between("1", None) > "1"
    assert rank_between(None, "1") < "1"
    for low, high in (("1", "2"), ("1", "11"), ("A1", "A3"), ("A1", "A2"), ("zz", "zzz"), ("Az", "B1")):
        assert low < rank_between(low, high) < high


def test_there_is_always_room_again_before_after_and_between() -> None:
    low, high = rank_between(None, None), rank_between("V", None)
    for _ in range(200):
        first, middle = rank_between(None, low), rank_between(low, high)
        assert first < low < middle < high < rank_between(high, None)
        assert not middle.endswith(DIGITS[0])
        low, high = first, middle


def test_places_in_the_wrong_order_have_nothing_between_them() -> None:
    for low, high in (("2", "1"), ("A", "A")):
        with pytest.raises(ValueError, match="No rank"):
            rank_between(low, high)


@given(st.integers(0, 130), st.sampled_from((None, "1", "V", "zz")), st.sampled_from((None, "V1", "zzz")))
def test_many_ranks_are_in_order_between_the_two_ends(count: int, low: str | None, high: str | None) -> None:
    if low is not None and high is not None and low >= high:
        low, high = high, low
    found = ranks_between(low, high, count)
    everything = [*([low] if low else []), *found, *([high] if high else [])]
    assert len(found) == count
    assert all(one < other for one, other in itertools.pairwise(everything))
    assert not any(rank.endswith(DIGITS[0]) for rank in found)


@pytest.mark.parametrize("count", [31, 32, 1921, 1922, 1923, 3844])
def test_as_many_ranks_as_just_fit_a_width_are_all_different(count: int) -> None:
    found = ranks_between(None, None, count)
    assert found == sorted(set(found))
    assert len(found) == count


def test_ranks_stay_short() -> None:
    assert max(map(len, ranks_between(None, None, 30_000))) <= 4
    assert max(map(len, ranks_between("V", "W", 1000))) <= 12
    assert ranks_between("A", "B", 0) == []
