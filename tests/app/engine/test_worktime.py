from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.axis import axis
from app.engine.worktime import DAY, HorizonExceeded, Worktime, always, compile_worktime, intersect

FIRST = 20_000
OFFICE = ((480, 720), (780, 1020))


def _shifts() -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    edges = st.lists(st.integers(0, 48), max_size=6, unique=True).map(sorted)
    return edges.map(
        lambda found: tuple((a * 30, b * 30) for a, b in zip(found[::2], found[1::2], strict=False))
    )


@st.composite
def worktimes(draw: st.DrawFn) -> Worktime:
    week = [draw(_shifts()) for _ in range(7)]
    week[draw(st.integers(0, 6))] = OFFICE
    overrides = draw(st.dictionaries(st.integers(FIRST, FIRST + 20), _shifts(), max_size=4))
    return compile_worktime(week, overrides, (FIRST, FIRST + 27))


def _worked(worktime: Worktime) -> list[bool]:
    """Minute by minute, the slow and obvious way."""
    minutes = [False] * (worktime.last - worktime.first)
    for start, end in zip(worktime.starts.tolist(), worktime.ends.tolist(), strict=True):
        for minute in range(start, end):
            minutes[minute - worktime.first] = True
    return minutes


@given(worktime=worktimes(), offset=st.integers(0, 27 * DAY), minutes=st.integers(1, 3000))
def test_every_answer_equals_counting_minutes(worktime: Worktime, offset: int, minutes: int) -> None:
    worked = _worked(worktime)
    moment = worktime.first + offset
    assert worktime.work_before(moment) == sum(worked[:offset])
    assert worktime.is_working(moment) == worked[offset]
    before = [index for index, flag in enumerate(worked[:offset]) if flag]
    after = [index for index, flag in enumerate(worked) if flag and index >= offset]
    assert worktime.touches(moment) == (worked[offset] or (offset > 0 and worked[offset - 1]))
    if after:
        assert worktime.next_start(moment) == worktime.first + after[0]
    if before:
        assert worktime.previous_finish(moment) == worktime.first + before[-1] + 1
    if len(after) >= minutes:
        assert worktime.add(moment, minutes) == worktime.first + after[minutes - 1] + 1
    if len(before) >= minutes:
        assert worktime.add(moment, -minutes) == worktime.first + before[-minutes]
    assert worktime.add(moment, 0) == moment


@given(one=worktimes(), other=worktimes())
def test_intersection_is_worked_where_both_are(one: Worktime, other: Worktime) -> None:
    both = [a and b for a, b in zip(_worked(one), _worked(other), strict=True)]
    assert _worked(intersect(one, other)) == both


@given(worktime=worktimes(), offsets=st.lists(st.integers(0, 27 * DAY), min_size=1, max_size=20))
def test_many_answers_equal_single_ones(worktime: Worktime, offsets: list[int]) -> None:
    moments = np.array(offsets, np.int64) + worktime.first
    works = worktime.works_before(moments)
    assert works.tolist() == [worktime.work_before(moment) for moment in moments.tolist()]
    inside = works[works < worktime.total]
    assert worktime.starts_at(inside).tolist() == [worktime.start_at(work) for work in inside.tolist()]
    inside = works[works > 0]
    assert worktime.finishes_at(inside).tolist() == [worktime.finish_at(work) for work in inside.tolist()]


@given(
    one=worktimes(), other=worktimes(), offsets=st.lists(st.integers(DAY, 20 * DAY), min_size=1, max_size=9)
)
def test_the_axis_answers_for_each_calendar_as_the_calendar_does(
    one: Worktime, other: Worktime, offsets: list[int]
) -> None:
    both = axis((one, other))
    moments = np.array(offsets, np.int64) + one.first
    for number, worktime in enumerate((one, other)):
        calendar = np.full(len(moments), number, np.int64)
        spent = both.works_before(calendar, moments) - both.works_before(
            calendar, moments[:1].repeat(len(moments))
        )
        assert spent.tolist() == [worktime.between(int(moments[0]), moment) for moment in moments.tolist()]
        assert both.touches(calendar, moments).tolist() == [worktime.touches(m) for m in moments.tolist()]
        later = [moment for moment in moments.tolist() if moment < int(worktime.ends[-1])]
        starts, works = both.next_starts(calendar[: len(later)], np.array(later, np.int64))
        assert starts.tolist() == [worktime.next_start(moment) for moment in later]
        assert both.starts_at(calendar[: len(later)], works).tolist() == starts.tolist()


def test_a_finish_and_a_start_are_two_faces_of_the_same_work() -> None:
    worktime = compile_worktime((OFFICE,) * 5 + ((), ()), {}, (0, 30))
    friday, monday = DAY + 1020, 4 * DAY + 480
    work = worktime.work_before(friday)
    assert work == worktime.work_before(monday)
    assert worktime.finish_at(work) == friday
    assert worktime.start_at(work) == monday


def test_leaving_the_horizon_is_said_and_not_guessed() -> None:
    worktime = compile_worktime((OFFICE,) * 7, {}, (0, 3))
    for ask in (
        lambda: worktime.work_before(-1),
        lambda: worktime.add(DAY, 10_000),
        lambda: worktime.add(DAY, -10_000),
        lambda: worktime.next_start(5 * DAY),
        lambda: worktime.previous_finish(0),
        lambda: worktime.works_before(np.array([-5])),
        lambda: worktime.starts_at(np.array([worktime.total])),
        lambda: worktime.finishes_at(np.array([0])),
    ):
        with pytest.raises(HorizonExceeded):
            ask()


def test_a_calendar_without_work_has_none() -> None:
    empty = compile_worktime(((),) * 7, {}, (0, 3))
    assert empty.total == empty.work_before(DAY) == 0
    assert empty.works_before(np.array([DAY])).tolist() == [0]
    assert intersect(empty, always((0, 3))).total == 0
    assert intersect(always((0, 3)), always((3, 5))) == always((3, 3))
    assert intersect(always((0, 1)), always((4, 5))).total == 0


def test_touching_shifts_are_one() -> None:
    worktime = compile_worktime((((0, 720), (720, 1440)),) * 7, {}, (0, 6))
    assert worktime == always((0, 6))
    assert hash(worktime) == hash(always((0, 6)))
    assert worktime != "always"
    assert "1 intervals" in repr(worktime)
