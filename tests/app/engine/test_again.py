"""A solution taken over from the one before equals one worked out anew, whatever was changed."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from app.engine import again as engine_again
from app.engine.cpm import Solved, solve
from app.engine.network import NO_MOMENT, Loop, Network
from app.engine.policy import MICROSOFT_PROJECT, Policy
from app.engine.prepared import Prepared, prepare
from app.engine.worktime import HorizonExceeded
from tests.app.engine.networks import moments, plans, policies
from tests.app.engine.test_cpm_properties import assert_same
from tests.bench.bench_engine import generated

TRY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def edits() -> st.SearchStrategy[tuple[str, int]]:
    """A column and a value to put into it."""
    dates = ("constraint_moment", "deadline", "actual_start", "actual_finish", "manual_start", "resume")
    return st.one_of(
        st.tuples(st.just("duration"), st.sampled_from((0, 60, 480, 2400))),
        st.tuples(st.just("constraint"), st.sampled_from((0, 2, 4, 5, 7))),
        st.tuples(st.just("active"), st.sampled_from((0, 1))),
        st.tuples(st.just("manual"), st.sampled_from((0, 1))),
        st.tuples(st.just("levelling_delay"), st.sampled_from((0, 600))),
        st.tuples(st.just("link_lag"), st.sampled_from((0, 480, -240))),
        st.tuples(st.just("part_work"), st.sampled_from((240, 960))),
        st.tuples(st.sampled_from(dates), st.one_of(st.just(NO_MOMENT), moments())),
    )


def edited(prepared: Prepared, column: str, place: int, value: int) -> Prepared:
    """The same network with one value replaced, kept in sense where progress is concerned."""
    network = prepared.network
    values = getattr(network, column).copy()
    if not len(values):
        return prepared
    place %= len(values)
    values[place] = value
    columns: dict[str, Any] = {column: values}
    if column == "constraint" and value > 1 and network.constraint_moment[place] == NO_MOMENT:
        columns["constraint_moment"] = network.constraint_moment.copy()
        columns["constraint_moment"][place] = network.project_start + 1440
    if column == "constraint_moment" and value == NO_MOMENT and network.constraint[place] > 1:
        return prepared
    return prepared.with_changes(**columns)


@TRY
@given(
    plan=plans(),
    policy=policies(),
    changes=st.lists(st.tuples(edits(), st.integers(0, 40)), min_size=1, max_size=4),
)
def test_a_solution_taken_over_equals_one_worked_out_anew(
    plan: Network, policy: Policy, changes: list[tuple[tuple[str, int], int]]
) -> None:
    try:
        prepared = prepare(plan)
    except Loop:
        assume(False)
    schedule = solve(prepared, policy)
    for (column, value), place in changes:
        prepared = edited(prepared, column, place, value)
        try:
            fresh = solve(prepared, policy, method="rules")
        except HorizonExceeded:
            return
        schedule = solve(prepared, policy, previous=schedule)
        assert_same(fresh, schedule)


def test_many_small_edits_of_a_long_plan_never_drift_from_its_schedule() -> None:
    prepared = prepare(generated(400))
    schedule = solve(prepared)
    draw = np.random.default_rng(5)
    for _ in range(60):
        column, values = [
            ("duration", (240, 480, 2400)),
            ("deadline", (prepared.network.project_start + 9000, NO_MOMENT)),
            ("actual_start", (prepared.network.project_start + 600, NO_MOMENT)),
            ("levelling_delay", (0, 2000)),
        ][int(draw.integers(4))]
        place, value = int(draw.integers(400)), int(values[int(draw.integers(len(values)))])
        prepared = edited(prepared, column, place, value)
        schedule = solve(prepared, previous=schedule)
        assert_same(solve(prepared, method="arrays"), schedule)


def test_what_reaches_too_far_is_left_to_a_full_solution() -> None:
    prepared = prepare(generated(400))
    schedule = solve(prepared)
    assert isinstance(schedule, Solved)
    later = prepared.with_changes(project_start=prepared.network.project_start + 1440)
    assert engine_again.changed_activities(prepared, later) is None
    assert_same(solve(later), solve(later, previous=schedule))
    late = prepared.with_changes(constraint=np.full(400, 1))
    assert engine_again.changed_activities(prepared, late) is None
    assert_same(solve(late), solve(late, previous=schedule))
    other = Policy(slack_by=MICROSOFT_PROJECT.slack_by, levelling_delay=False)
    assert_same(solve(prepared, other), solve(prepared, other, previous=schedule))
