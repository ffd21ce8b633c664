from __future__ import annotations

from dataclasses import fields

import numpy as np
from hypothesis import HealthCheck, assume, given, settings

from app.engine.cpm import solve
from app.engine.network import Loop, Network
from app.engine.policy import Policy
from app.engine.prepared import prepare
from app.engine.schedule import Schedule
from tests.app.engine.networks import plans, policies

TRY = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def assert_same(one: Schedule, other: Schedule) -> None:
    for entry in fields(Schedule):
        left, right = getattr(one, entry.name), getattr(other, entry.name)
        if isinstance(left, np.ndarray):
            assert left.tolist() == right.tolist(), entry.name
        else:
            assert left == right, entry.name


@TRY
@given(plan=plans(), policy=policies())
def test_arrays_and_plain_python_give_the_same_schedule(plan: Network, policy: Policy) -> None:
    try:
        prepared = prepare(plan)
    except Loop:
        assume(False)
    rules = solve(prepared, policy, method="rules")
    assert_same(rules, solve(prepared, policy, method="plain"))
    assert_same(rules, solve(prepared, policy, method="arrays"))
