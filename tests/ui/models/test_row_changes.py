"""Turning one list of rows into another."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.models.row_changes import Come, Gone, Moved, steps

keys = st.lists(st.integers(0, 30), unique=True, max_size=25)


def played(old: list[int], new: list[int]) -> list[int]:
    rows = list(old)
    for step in steps(old, new, most=10_000) or []:
        if isinstance(step, Gone):
            del rows[step.first : step.last + 1]
        elif isinstance(step, Come):
            rows[step.first : step.first] = new[step.first : step.last + 1]
        else:
            assert not step.first <= step.before <= step.last + 1
            piece = rows[step.first : step.last + 1]
            del rows[step.first : step.last + 1]
            to = step.before if step.before <= step.first else step.before - len(piece)
            rows[to:to] = piece
    return rows


@given(keys, keys)
def test_the_steps_lead_from_any_list_to_any_other(old: list[int], new: list[int]) -> None:
    assert played(old, new) == new


def test_the_same_rows_need_no_step() -> None:
    assert steps([1, 2, 3], [1, 2, 3]) == []


def test_a_row_that_moved_up_is_one_move() -> None:
    assert steps([1, 2, 3, 4], [1, 4, 2, 3]) == [Moved(3, 3, 1)]


def test_a_block_that_moved_down_is_one_move() -> None:
    assert steps(list("abcdef"), list("adefbc")) in ([Moved(1, 2, 6)], [Moved(3, 5, 1)])


def test_a_block_that_left_is_one_step() -> None:
    assert steps(list("abcdef"), list("aef")) == [Gone(1, 3)]


def test_too_many_steps_are_given_up() -> None:
    assert steps(list(range(200)), list(range(0, 200, 2))) is None
