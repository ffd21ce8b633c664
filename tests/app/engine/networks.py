"""Generated networks with every feature of the engine, for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from app.engine.network import NO_MOMENT, Network, network
from app.engine.policy import CriticalBy, LagCalendar, Policy, Progress, SlackBy, StartedDates
from app.engine.worktime import DAY, Worktime, compile_worktime

FIRST = 20_000
HORIZON = (FIRST - 700, FIRST + 1500)
OFFICE = ((480, 720), (780, 1020))
LATE = ((960, 1200), (1260, 1440))
WORKTIMES: tuple[Worktime, ...] = (
    compile_worktime((OFFICE,) * 5 + ((), ()), {FIRST + 3: (), FIRST + 17: ((480, 600),)}, HORIZON),
    compile_worktime((OFFICE,) * 6 + ((),), {FIRST + 8: ()}, HORIZON),
    compile_worktime(((), *((LATE,) * 5), ((0, 240),)), {}, HORIZON),
)
START = (FIRST + 4) * DAY + 480


def moments() -> st.SearchStrategy[int]:
    """Moments near the start of the project, on the hour and off it."""
    return st.integers(-3 * 24, 40 * 24).map(lambda hours: START + hours * 60)


def maybe(strategy: st.SearchStrategy[int], rarely: int) -> st.SearchStrategy[int]:
    """Mostly nothing, one time in `rarely` a moment."""
    return st.one_of(*([st.just(NO_MOMENT)] * (rarely - 1)), strategy)


def policies() -> st.SearchStrategy[Policy]:
    """Policies with every choice drawn."""
    flags = (
        "multiple_critical_paths",
        "honor_constraints",
        "reschedule_unstarted",
        "reschedule_remaining",
        "parts",
        "part_worktimes",
        "part_delay",
        "levelling_delay",
        "splits",
        "resume_dates",
        "manual_dates",
        "manual_late_finish_as_left",
        "summary_links",
        "summaries_end_where_started_work_stands",
        "deadlines_limit_late_dates",
        "elapsed_durations",
        "milestones_keep_finish_side",
        "start_to_finish_keeps_face",
        "completed_have_no_slack",
    )
    return st.builds(
        Policy,
        critical_slack_limit=st.sampled_from((0, 480)),
        critical_by=st.sampled_from(CriticalBy),
        slack_by=st.sampled_from(SlackBy),
        lag_calendar=st.sampled_from(LagCalendar),
        progress=st.sampled_from(Progress),
        started_dates=st.sampled_from(StartedDates),
        **{flag: st.booleans() for flag in flags},
    )


CALM: dict[str, Any] = {
    "elapsed": False,
    "constraint": 0,
    "manual": False,
    "actual_start": NO_MOMENT,
    "actual_finish": NO_MOMENT,
    "levelling_delay": 0,
    "milestone_face": 0,
}


@st.composite
def plans(draw: st.DrawFn, most: int = 14) -> Network:
    """A network of up to `most` activities, in workable shape."""
    count = draw(st.integers(1, most))
    calm = draw(st.booleans())
    parent = [draw(st.integers(-1, node - 1)) if node and not calm else -1 for node in range(count)]
    duration = [draw(st.sampled_from((0, 60, 240, 480, 960, 1500, 2400))) for _ in range(count)]
    activities: dict[str, list[Any]] = {name: [] for name in _ACTIVITY}
    for node in range(count):
        for name, strategy in _ACTIVITY.items():
            ordinary = calm and name in CALM and draw(st.integers(0, 9)) < 9
            activities[name].append(CALM[name] if ordinary else draw(strategy))
        if activities["constraint"][node] > 1 and activities["constraint_moment"][node] == NO_MOMENT:
            activities["constraint_moment"][node] = draw(moments())
        _tidy(draw, activities, node, duration)
    remaining = [
        duration[node] - draw(st.integers(0, duration[node] // 60)) * 60
        if activities["actual_start"][node] != NO_MOMENT
        else duration[node]
        for node in range(count)
    ]
    return network(
        WORKTIMES,
        duration,
        parent=parent,
        remaining=remaining,
        project_start=START,
        project_finish=START + 60 * DAY,
        from_finish=draw(st.sampled_from((False, False, False, True))),
        status=draw(maybe(moments(), 2)),
        splits=_splits(draw, duration) if not calm else {},
        **activities,
        **_links(draw, count, parent),
        **(_parts(draw, count, duration, remaining) if not calm else {}),
    )


_ACTIVITY: dict[str, st.SearchStrategy[Any]] = {
    "worktime": st.sampled_from((0, 0, 0, 1, 2)),
    "elapsed": st.sampled_from((False,) * 7 + (True,)),
    "constraint": st.sampled_from((0,) * 8 + (1, 2, 3, 4, 4, 5, 6, 7)),
    "constraint_moment": maybe(moments(), 2),
    "deadline": maybe(moments(), 6),
    "manual": st.sampled_from((False,) * 7 + (True,)),
    "manual_start": maybe(moments(), 2),
    "manual_finish": maybe(moments(), 2),
    "active": st.sampled_from((True,) * 7 + (False,)),
    "actual_start": maybe(moments(), 6),
    "actual_finish": maybe(moments(), 3),
    "resume": maybe(moments(), 3),
    "levelling_delay": st.sampled_from((0,) * 6 + (1440, 100)),
    "milestone_face": st.sampled_from((0, 0, 0, 1, 2)),
}


def _tidy(draw: st.DrawFn, activities: dict[str, list[Any]], node: int, duration: list[int]) -> None:
    begun, ended = activities["actual_start"][node], activities["actual_finish"][node]
    if begun == NO_MOMENT:
        activities["actual_finish"][node] = NO_MOMENT
    elif ended != NO_MOMENT and ended < begun:
        activities["actual_finish"][node] = begun + duration[node]
    start, finish = activities["manual_start"][node], activities["manual_finish"][node]
    if finish != NO_MOMENT and start > finish:
        activities["manual_finish"][node] = start


def _links(draw: st.DrawFn, count: int, parent: list[int]) -> dict[str, list[int]]:
    """Links from lower to higher numbers that keep clear of an activity's own summaries."""
    found: dict[str, list[int]] = {name: [] for name in _LINK}
    found |= {"link_pred": [], "link_succ": [], "link_moment": []}
    for _ in range(draw(st.integers(0, 2 * count))):
        pred, succ = sorted((draw(st.integers(0, count - 1)), draw(st.integers(0, count - 1))))
        outside = draw(st.sampled_from((0,) * 20 + (1, 2)))
        if outside == 0 and (pred == succ or _tangled(pred, succ, parent)):
            continue
        found["link_pred"].append(-1 if outside == 1 else pred)
        found["link_succ"].append(-1 if outside == 2 else succ)
        found["link_moment"].append(draw(moments()) if outside else NO_MOMENT)
        for name, strategy in _LINK.items():
            found[name].append(draw(strategy))
    return found


_LINK: dict[str, st.SearchStrategy[int]] = {
    "link_type": st.sampled_from((1, 1, 1, 0, 2, 3)),
    "link_lag": st.sampled_from((0, 0, 0, 480, 90, -240, 5000, -960)),
    "link_lag_kind": st.sampled_from((0, 0, 0, 1, 2, 3)),
    "link_worktime": st.sampled_from((-1, -1, -1, 0, 2)),
}


def _tangled(pred: int, succ: int, parent: list[int]) -> bool:
    """True when the link could close a circle through the nesting."""
    children = set(parent)
    above, last = pred, pred
    while above >= 0:
        above = parent[above]
        last = above if above >= 0 else last
    root = succ
    while parent[root] >= 0:
        root = parent[root]
    if last == root:
        return pred in children or succ in children or parent[pred] != parent[succ]
    return last > root


def _parts(draw: st.DrawFn, count: int, duration: list[int], remaining: list[int]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {
        name: []
        for name in (
            "part_activity",
            "part_worktime",
            "part_work",
            "part_done",
            "part_delay",
            "part_levelling_delay",
        )
    }
    for node in range(count):
        for _ in range(draw(st.sampled_from((0, 0, 1, 2)))):
            work = draw(st.sampled_from((duration[node], duration[node], 480)))
            found["part_activity"].append(node)
            found["part_worktime"].append(draw(st.integers(0, 2)))
            found["part_work"].append(work)
            found["part_done"].append(min(work, duration[node] - remaining[node]))
            found["part_delay"].append(draw(st.sampled_from((0, 0, 0, 240))))
            found["part_levelling_delay"].append(draw(st.sampled_from((0, 0, 0, 1440))))
    return found


def _splits(draw: st.DrawFn, duration: list[int]) -> dict[int, tuple[tuple[int, int], ...]]:
    nodes = draw(st.sets(st.integers(0, len(duration) - 1), max_size=2))
    return {
        node: ((duration[node] // 3, 480), (duration[node] // 2, 240)) for node in nodes if duration[node] > 3
    }
