"""Rules without a saved plan behind them, against dates that a slow and simple reckoning gives.

The reckoning knows nothing of the engine: on a calendar that never rests it pushes tasks apart, one link at
a time, over and over until every link holds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.cpm import solve
from app.engine.network import NO_MOMENT, Constraint, LinkType, Network, network
from app.engine.policy import Policy, Progress
from app.engine.worktime import DAY, compile_worktime

ALWAYS = compile_worktime((((0, DAY),),) * 7, {}, (20_000, 20_400))
NOW = 20_100 * DAY
KINDS = (LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF)


@dataclass(frozen=True)
class Case:
    """Lengths, and links (before, after, kind, lag); times are minutes from the plan's anchor."""

    lengths: tuple[int, ...]
    links: tuple[tuple[int, int, int, int], ...]

    def network(self, **columns: object) -> Network:
        columns.setdefault("project_start", NOW)
        return network(
            [ALWAYS],
            list(self.lengths),
            link_pred=[link[0] for link in self.links],
            link_succ=[link[1] for link in self.links],
            link_type=[link[2] for link in self.links],
            link_lag=[link[3] for link in self.links],
            **columns,  # type: ignore[arg-type]
        )


@st.composite
def cases(draw: st.DrawFn, kinds: tuple[LinkType, ...] = KINDS) -> Case:
    lengths = tuple(draw(st.lists(st.integers(1, 9), min_size=2, max_size=6)))
    links = {}
    for _ in range(draw(st.integers(0, 7))):
        after = draw(st.integers(1, len(lengths) - 1))
        before = draw(st.integers(0, after - 1))
        links[before, after] = (before, after, draw(st.sampled_from(kinds)), draw(st.integers(-3, 4)))
    return Case(
        tuple(length * 60 for length in lengths), tuple((a, b, k, g * 60) for a, b, k, g in links.values())
    )


def pushed(case: Case, floors: list[int], fixed: dict[int, int] | None = None) -> list[int]:
    """The least starts, none below its floor, at which every link holds; fixed ones are not moved."""
    starts, held = list(floors), fixed or {}
    for task, start in held.items():
        starts[task] = start
    moving = True
    while moving:
        moving = False
        for before, after, kind, lag in case.links:
            due = starts[before] + lag
            due += case.lengths[before] if kind in (LinkType.FS, LinkType.FF) else 0
            due -= case.lengths[after] if kind in (LinkType.FF, LinkType.SF) else 0
            if starts[after] < due and after not in held:
                starts[after] = due
                moving = True
    return starts


def pulled(case: Case, end: int) -> list[int]:
    """The greatest starts, no task ending after ``end``, at which every link holds: time turned round."""
    turn = {
        LinkType.FS: LinkType.FS,
        LinkType.SS: LinkType.FF,
        LinkType.FF: LinkType.SS,
        LinkType.SF: LinkType.SF,
    }
    mirror = replace(case, links=tuple((b, a, turn[LinkType(k)], lag) for a, b, k, lag in case.links))
    return [
        -start - length
        for start, length in zip(pushed(mirror, [-end] * len(case.lengths)), case.lengths, strict=True)
    ]


def ends(case: Case, starts: list[int]) -> list[int]:
    return [start + length for start, length in zip(starts, case.lengths, strict=True)]


@given(cases())
def test_early_late_and_float_are_those_of_the_reckoning(case: Case) -> None:
    early = pushed(case, [NOW] * len(case.lengths))
    late = pulled(case, max(ends(case, early)))
    found = solve(case.network())
    assert list(found.early_start) == early
    assert list(found.late_start) == late
    assert list(found.total_slack) == [after - before for before, after in zip(early, late, strict=True)]


@given(cases())
def test_a_plan_from_its_finish_lies_as_late_as_the_reckoning(case: Case) -> None:
    found = solve(
        case.network(
            project_start=NO_MOMENT,
            project_finish=NOW,
            from_finish=True,
            constraint=[Constraint.ALAP] * len(case.lengths),
        )
    )
    assert list(found.start) == pulled(case, NOW)
    assert found.project_start == min(found.start)


@given(cases(), st.data())
def test_late_ones_take_their_late_dates_and_the_rest_is_pushed_anew(case: Case, data: st.DataObject) -> None:
    late_ones = data.draw(st.sets(st.integers(0, len(case.lengths) - 1)))
    late = pulled(case, max(ends(case, pushed(case, [NOW] * len(case.lengths)))))
    chosen = {task: late[task] for task in late_ones}
    constraint = [
        Constraint.ALAP if task in late_ones else Constraint.ASAP for task in range(len(case.lengths))
    ]
    found = solve(case.network(constraint=constraint))
    assert list(found.start) == pushed(case, [NOW] * len(case.lengths), chosen)


@st.composite
def begun(draw: st.DrawFn) -> tuple[Case, dict[int, tuple[int, int]], int]:
    """A plan of finish links, some tasks begun on a date with so much done, and a later status date."""
    case = draw(cases((LinkType.FS, LinkType.FF)))
    started: dict[int, tuple[int, int]] = {}
    for task in draw(st.sets(st.integers(0, len(case.lengths) - 1))):
        done = draw(st.integers(0, case.lengths[task] // 60 - 1)) * 60
        started[task] = NOW + draw(st.integers(0, 5)) * 60, done
    latest = max([NOW, *(start + done for start, done in started.values())])
    return case, started, latest + draw(st.integers(0, 5)) * 60


def rest_of(case: Case, started: dict[int, tuple[int, int]]) -> Case:
    """The same plan of what is left to do."""
    lengths = [length - started[n][1] if n in started else length for n, length in enumerate(case.lengths)]
    return replace(case, lengths=tuple(lengths))


@pytest.mark.parametrize("progress", [Progress.RETAINED, Progress.OVERRIDE, Progress.HOLD])
@pytest.mark.parametrize("is_moved", [True, False])
@given(given_case=begun())
def test_what_is_left_goes_on_as_the_reckoning_says(
    progress: Progress, is_moved: bool, given_case: tuple[Case, dict[int, tuple[int, int]], int]
) -> None:
    case, started, status = given_case
    left = rest_of(case, started)
    floors = [status] * len(case.lengths)
    fixed = {}
    for task, (start, done) in started.items():
        stood = start + done
        if progress is Progress.OVERRIDE or (progress is Progress.HOLD and is_moved):
            fixed[task] = status
        elif progress is Progress.HOLD:
            fixed[task] = stood
    expected = ends(left, pushed(left, floors, fixed))
    found = solve(
        case.network(
            actual_start=[started[n][0] if n in started else NO_MOMENT for n in range(len(case.lengths))],
            remaining=list(left.lengths),
            status=status,
        ),
        Policy(progress=progress, reschedule_unstarted=True, reschedule_remaining=is_moved),
    )
    assert list(found.finish) == expected
    assert [found.start[task] for task in started] == [start for start, _ in started.values()]
