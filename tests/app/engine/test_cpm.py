from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

import numpy as np
import pytest

from app.engine.cpm import solve
from app.engine.network import (
    NO_MOMENT,
    BadLink,
    Constraint,
    LagKind,
    LinkType,
    Loop,
    Network,
    changed,
    network,
)
from app.engine.policy import (
    MICROSOFT_PROJECT,
    PRIMAVERA,
    CriticalBy,
    LagCalendar,
    Policy,
    Progress,
    SlackBy,
)
from app.engine.prepared import prepare
from app.engine.schedule import Driver, Schedule
from app.engine.worktime import DAY, HorizonExceeded, compile_worktime

WEEK = (((480, 720), (780, 1020)),) * 5 + ((), ())
SIX = (((480, 720), (780, 1020)),) * 6 + ((),)
D = 480


def at(text: str) -> int:
    """A moment in January 2027, by day and time: "4 08:00" is Monday."""
    day, clock = text.split()
    moment = datetime.fromisoformat(f"2027-01-{int(day):02d}T{clock}")
    return round((moment - datetime(1970, 1, 1)).total_seconds() / 60)


FIRST = at("4 00:00") // DAY
OFFICE = compile_worktime(WEEK, {}, (FIRST - 60, FIRST + 400))
SIX_DAYS = compile_worktime(SIX, {}, (FIRST - 60, FIRST + 400))
NIGHT = compile_worktime((((0, 360),),) * 7, {}, (FIRST - 60, FIRST + 400))


def plan(duration: list[int], links: list[tuple[int, int]] | None = None, **columns: Any) -> Network:
    """Activities on an office calendar from Monday the 4th, with finish-to-start links."""
    links = links or []
    columns.setdefault("project_start", at("4 08:00"))
    return network(
        [OFFICE, SIX_DAYS, NIGHT],
        duration,
        link_pred=[pred for pred, _ in links],
        link_succ=[succ for _, succ in links],
        **columns,
    )


def span(schedule: Schedule, node: int) -> tuple[int, int]:
    return int(schedule.start[node]), int(schedule.finish[node])


def both(network: Network, policy: Policy = MICROSOFT_PROJECT) -> Schedule:
    """The schedule, after both ways of solving were seen to agree."""
    plain, arrays = solve(network, policy, method="plain"), solve(network, policy, method="arrays")
    for entry in fields(Schedule):
        one, other = getattr(plain, entry.name), getattr(arrays, entry.name)
        assert np.array_equal(one, other) if isinstance(one, np.ndarray) else one == other, entry.name
    return arrays


@pytest.mark.parametrize(
    ("constraint", "date", "honored", "not_honored"),
    [
        (Constraint.SNET, "8 08:00", "8 08:00", "8 08:00"),
        (Constraint.FNET, "12 17:00", "11 08:00", "11 08:00"),
        (Constraint.MSO, "5 08:00", "5 08:00", "6 08:00"),
        (Constraint.MFO, "5 17:00", "4 08:00", "6 08:00"),
        (Constraint.SNLT, "5 08:00", "5 08:00", "6 08:00"),
        (Constraint.FNLT, "6 17:00", "5 08:00", "6 08:00"),
    ],
)
def test_constraints_win_over_links_only_when_they_are_honored(
    constraint: Constraint, date: str, honored: str, not_honored: str
) -> None:
    bound = plan(
        [2 * D, 2 * D], [(0, 1)], constraint=[0, constraint], constraint_moment=[NO_MOMENT, at(date)]
    )
    assert both(bound).start[1] == at(honored)
    assert both(bound, Policy(honor_constraints=False)).start[1] == at(not_honored)


def test_a_constraint_that_cannot_be_met_shows_as_negative_slack() -> None:
    late = plan(
        [2 * D, 2 * D], [(0, 1)], constraint=[0, Constraint.FNLT], constraint_moment=[0, at("6 17:00")]
    )
    schedule = both(late, Policy(honor_constraints=False))
    assert schedule.total_slack.tolist() == [-D, -D]
    assert schedule.critical.all()


def test_a_task_with_a_start_constraint_may_begin_before_the_project() -> None:
    early = plan([D], constraint=[Constraint.SNET], constraint_moment=[at("1 08:00")])
    assert both(early).start[0] == at("1 08:00")
    assert both(early).start_driver[0] == Driver.CONSTRAINT


def test_a_late_one_takes_all_slack_and_pushes_its_followers() -> None:
    late = plan([5 * D, D, D], [(1, 2)], constraint=[0, Constraint.ALAP, 0])
    schedule = both(late)
    assert span(schedule, 1) == (at("7 08:00"), at("7 17:00"))
    assert span(schedule, 2) == (at("8 08:00"), at("8 17:00"))
    assert schedule.total_slack[1] == 0
    assert schedule.start_driver[1] == Driver.AS_LATE_AS_POSSIBLE


def test_a_plan_from_its_finish_ends_there_and_starts_as_late_as_it_can() -> None:
    back = plan([2 * D, D, D], [(0, 1)], from_finish=True, project_finish=at("8 17:00"), constraint=[1, 1, 0])
    schedule = both(back)
    assert span(schedule, 0) == (at("6 08:00"), at("7 17:00"))
    assert span(schedule, 1) == (at("8 08:00"), at("8 17:00"))
    assert span(schedule, 2) == (at("6 08:00"), at("6 17:00"))
    assert (schedule.project_start, schedule.project_finish) == (at("6 08:00"), at("8 17:00"))


@pytest.mark.parametrize(
    ("kind", "lag", "expected"),
    [
        (LagKind.WORKING, D, "7 08:00"),
        (LagKind.ELAPSED, DAY, "6 17:00"),
        (LagKind.PERCENT, 5000, "7 08:00"),
        (LagKind.ELAPSED_PERCENT, 10_000, "6 09:00"),
        (LagKind.WORKING, -D, "5 08:00"),
        (LagKind.PERCENT, -2500, "5 12:00"),
        (LagKind.ELAPSED_PERCENT, -2500, "5 13:00"),
    ],
)
def test_lag_is_counted_as_its_kind_says(kind: LagKind, lag: int, expected: str) -> None:
    schedule = both(plan([2 * D, D], [(0, 1)], link_lag=[lag], link_lag_kind=[kind]))
    begin = at(expected)
    assert schedule.start[1] == OFFICE.next_start(begin)


def test_lag_runs_on_the_calendar_the_policy_names() -> None:
    friday = plan([5 * D, D], [(0, 1)], worktime=[0, 1], link_lag=[D])
    assert both(friday).start[1] == at("11 08:00")
    starts = {kind: both(friday, Policy(lag_calendar=kind)).start[1] for kind in LagCalendar}
    assert starts[LagCalendar.PREDECESSOR] == starts[LagCalendar.PROJECT] == at("12 08:00")
    assert starts[LagCalendar.ELAPSED] == at("9 08:00")
    assert both(changed(friday, link_worktime=[0])).start[1] == at("12 08:00")


def test_elapsed_work_runs_through_the_night() -> None:
    running = plan([DAY, D], [(0, 1)], elapsed=[True, False])
    schedule = both(running)
    assert span(schedule, 0) == (at("4 08:00"), at("5 08:00"))
    assert both(running, Policy(elapsed_durations=False)).finish[0] == at("6 17:00")


def test_the_slower_assignment_sets_the_finish_and_the_earlier_the_start() -> None:
    shared = plan(
        [2 * D],
        part_activity=[0, 0],
        part_worktime=[0, 2],
        part_work=[2 * D, 720],
        part_delay=[D, 0],
    )
    schedule = both(shared)
    assert schedule.part_start.tolist() == [at("6 08:00"), at("5 00:00")]
    assert schedule.part_finish.tolist() == [at("7 17:00"), at("6 06:00")]
    assert span(schedule, 0) == (at("5 00:00"), at("7 17:00"))
    assert span(both(shared, Policy(parts=False)), 0) == (at("4 08:00"), at("5 17:00"))
    assert span(both(shared, Policy(part_worktimes=False, part_delay=False)), 0) == (
        at("4 08:00"),
        at("5 17:00"),
    )


def test_levelling_may_hold_back_one_assignment_alone() -> None:
    shared = plan(
        [2 * D],
        part_activity=[0, 0],
        part_worktime=[0, 0],
        part_work=[D, D],
        part_levelling_delay=[0, 2 * DAY],
    )
    schedule = both(shared)
    assert schedule.part_start.tolist() == [at("4 08:00"), at("6 08:00")]
    assert span(schedule, 0) == (at("4 08:00"), at("6 17:00"))
    assert schedule.late_start[0] == at("4 08:00")
    assert span(both(shared, Policy(levelling_delay=False)), 0) == (at("4 08:00"), at("4 17:00"))


def test_levelling_delay_is_elapsed_and_named_as_the_driver() -> None:
    delayed = plan([D], levelling_delay=[DAY])
    schedule = both(delayed)
    assert schedule.start[0] == at("5 08:00")
    assert schedule.start_driver[0] == Driver.LEVELLING
    assert both(delayed, Policy(levelling_delay=False)).start[0] == at("4 08:00")


def test_a_split_task_is_worked_in_stretches() -> None:
    cut = plan([3 * D], splits={0: ((D, 2 * D),)})
    schedule = both(cut)
    assert schedule.segments[0] == ((at("4 08:00"), at("4 17:00")), (at("7 08:00"), at("8 17:00")))
    assert both(cut, Policy(splits=False)).finish[0] == at("6 17:00")


def _in_progress(**columns: Any) -> Network:
    """Three days of which one is done since the 4th, after a predecessor that ends on the 8th."""
    given: dict[str, Any] = {
        "actual_start": [NO_MOMENT, at("4 08:00")],
        "remaining": [5 * D, 2 * D],
        "status": at("6 08:00"),
    }
    return plan([5 * D, 3 * D], [(0, 1)], **(given | columns))


def test_open_work_goes_on_as_the_policy_says() -> None:
    finishes = {
        "hold": both(_in_progress()).finish[1],
        "moved": both(_in_progress(), Policy(reschedule_remaining=True)).finish[1],
        "retained": both(_in_progress(), Policy(progress=Progress.RETAINED)).finish[1],
        "override": both(_in_progress(), Policy(progress=Progress.OVERRIDE)).finish[1],
    }
    assert finishes == {
        "hold": at("6 17:00"),
        "moved": at("7 17:00"),
        "retained": at("12 17:00"),
        "override": at("7 17:00"),
    }
    assert both(_in_progress(), PRIMAVERA).early_start[1] == at("13 08:00")


def test_open_work_that_was_put_off_resumes_on_its_date() -> None:
    off = _in_progress(resume=[NO_MOMENT, at("7 08:00")])
    schedule = both(off)
    assert schedule.finish[1] == at("8 17:00")
    assert schedule.segments[1] == ((at("4 08:00"), at("4 17:00")), (at("7 08:00"), at("8 17:00")))
    assert schedule.complete[1] == 3333
    assert both(off, Policy(resume_dates=False)).finish[1] == at("6 17:00")


def test_unfinished_predecessors_of_finish_links_hold_open_work_in_retained_logic() -> None:
    tail = changed(_in_progress(), link_type=[LinkType.FF])
    assert both(tail, Policy(progress=Progress.RETAINED)).finish[1] == at("8 17:00")


def test_finished_work_stands_and_has_no_slack() -> None:
    ended = plan(
        [2 * D, 3 * D],
        actual_start=[at("5 08:00"), NO_MOMENT],
        actual_finish=[at("5 12:00"), NO_MOMENT],
    )
    schedule = both(ended)
    assert span(schedule, 0) == (at("5 08:00"), at("5 12:00"))
    assert (schedule.total_slack[0], schedule.free_slack[0], schedule.complete[0]) == (0, 0, 10_000)
    assert not schedule.critical[0]


def test_unstarted_work_moves_behind_the_status_date_when_asked() -> None:
    moved = both(plan([D], status=at("6 13:00")), Policy(reschedule_unstarted=True))
    assert moved.start[0] == at("6 13:00")
    assert moved.start_driver[0] == Driver.STATUS


def test_a_manual_task_keeps_its_dates_and_tells_what_its_links_would_say() -> None:
    pinned = plan(
        [2 * D, 2 * D, D],
        [(0, 1), (1, 2)],
        manual=[False, True, False],
        manual_start=[NO_MOMENT, at("5 08:00"), NO_MOMENT],
    )
    schedule = both(pinned)
    assert span(schedule, 1) == (at("5 08:00"), at("6 17:00"))
    assert schedule.auto_start[1] == at("6 08:00")
    assert schedule.start[2] == at("7 08:00")
    assert schedule.start_driver[1] == Driver.MANUAL
    assert both(pinned, Policy(manual_dates=False)).start[1] == at("6 08:00")
    undated = changed(pinned, manual_start=[NO_MOMENT] * 3)
    assert both(undated).start[1] == at("6 08:00")
    finishing = changed(undated, manual_finish=[NO_MOMENT, at("12 17:00"), NO_MOMENT])
    assert both(finishing).start[1] == at("11 08:00")


def test_an_inactive_task_pushes_nobody() -> None:
    off = both(plan([5 * D, D], [(0, 1)], active=[False, True]))
    assert off.start[1] == at("4 08:00")
    assert off.project_finish == at("4 17:00")
    assert not off.critical[0]


def _nested(**columns: Any) -> Network:
    """0 before the summary 1, which holds 2 and 3; 4 comes after the summary."""
    return plan([D, 0, 2 * D, D, D], [(0, 1), (1, 4)], parent=[-1, -1, 1, 1, -1], **columns)


def test_a_link_into_a_summary_holds_all_inside_and_one_out_of_it_waits_for_the_last() -> None:
    schedule = both(_nested())
    assert schedule.start.tolist() == [
        at(text) for text in ("4 08:00", "5 08:00", "5 08:00", "5 08:00", "7 08:00")
    ]
    assert schedule.finish[1] == at("6 17:00")
    assert schedule.duration[1] == 2 * D
    assert schedule.total_slack.tolist() == [0, 0, 0, D, 0]
    assert schedule.free_slack[3] == D
    assert schedule.start_driver[2] == Driver.SUMMARY
    assert schedule.start_driver_index[2] == 1
    assert schedule.link_driving.all()
    assert schedule.longest_path.tolist() == [True, True, True, False, True]
    assert both(_nested(), Policy(summary_links=False)).start[4] == at("4 08:00")


@pytest.mark.parametrize("kind", list(LinkType))
def test_every_kind_of_link_holds_at_summaries_too(kind: LinkType) -> None:
    schedule = both(changed(_nested(), link_type=[kind, kind]))
    begins = {LinkType.FS: "5 08:00", LinkType.SS: "4 08:00", LinkType.FF: "4 08:00", LinkType.SF: "4 08:00"}
    assert schedule.start[1] == at(begins[kind])


def test_summaries_weigh_progress_by_duration() -> None:
    begun = _nested(
        actual_start=[NO_MOMENT, NO_MOMENT, at("5 08:00"), NO_MOMENT, NO_MOMENT], remaining=[D, 0, D, D, D]
    )
    assert both(begun).complete.tolist() == [0, 3333, 5000, 0, 0]


def test_summaries_of_inactive_work_still_have_dates() -> None:
    schedule = both(_nested(active=[True, True, False, False, True]))
    assert span(schedule, 1) == (at("5 08:00"), at("6 17:00"))


def test_a_manual_summary_keeps_its_dates_and_a_deadline_its_late_finish() -> None:
    kept = _nested(
        manual=[False, True, False, False, False],
        manual_start=[NO_MOMENT, at("4 08:00"), NO_MOMENT, NO_MOMENT, NO_MOMENT],
        manual_finish=[NO_MOMENT, at("8 17:00"), NO_MOMENT, NO_MOMENT, NO_MOMENT],
        deadline=[NO_MOMENT, at("5 17:00"), NO_MOMENT, NO_MOMENT, NO_MOMENT],
    )
    schedule = both(kept)
    assert span(schedule, 1) == (at("4 08:00"), at("8 17:00"))
    assert schedule.late_finish[1] == at("5 17:00")
    assert both(kept, Policy(deadlines_limit_late_dates=False)).late_finish[1] == at("8 17:00")


def test_summary_constraints_hold_what_is_inside() -> None:
    held = _nested(constraint=[0, Constraint.SNET, 0, 0, 0], constraint_moment=[0, at("8 08:00"), 0, 0, 0])
    assert both(held).start[2] == at("8 08:00")
    limited = _nested(constraint=[0, Constraint.FNLT, 0, 0, 0], constraint_moment=[0, at("5 17:00"), 0, 0, 0])
    assert both(limited).total_slack[2] == -D


def test_dates_of_other_projects_push_and_limit() -> None:
    schedule = both(
        plan([D, D], [(-1, 0), (0, -1)], link_moment=[at("6 17:00"), at("6 17:00")]),
    )
    assert span(schedule, 0) == (at("7 08:00"), at("7 17:00"))
    assert schedule.total_slack[0] == -D
    assert schedule.link_driving.tolist() == [True, False]
    assert schedule.start_driver[0] == Driver.LINK


def test_critical_by_limit_by_path_and_by_chain() -> None:
    two = plan([3 * D, 2 * D])
    assert both(two).critical.tolist() == [True, False]
    assert both(two, Policy(critical_slack_limit=D)).critical.tolist() == [True, True]
    assert both(two, Policy(critical_by=CriticalBy.LONGEST_PATH)).critical.tolist() == [True, False]
    assert both(two, Policy(multiple_critical_paths=True)).critical.tolist() == [True, True]


def test_total_slack_is_read_where_the_policy_says() -> None:
    tied = plan([D, 3 * D], [(0, 1)], link_type=[LinkType.SS])
    schedule = both(tied)
    assert schedule.total_slack[0] == schedule.start_slack[0] == 0
    for by in SlackBy:
        assert both(tied, Policy(slack_by=by)).total_slack[0] == 0


def test_a_milestone_stands_where_its_predecessor_ends_or_where_its_face_says() -> None:
    ends = plan([D, 0], [(0, 1)])
    assert both(ends).start[1] == at("4 17:00")
    assert both(ends, Policy(milestones_keep_finish_side=False)).start[1] == at("5 08:00")
    assert both(changed(ends, milestone_face=[0, 1])).start[1] == at("5 08:00")
    weekend = plan([0], project_start=at("9 10:00"))
    assert both(weekend).start[0] == at("11 08:00")
    assert both(changed(weekend, milestone_face=[2])).start[0] == at("8 17:00")


def test_the_first_of_equal_drivers_is_named_and_all_are_driving() -> None:
    tie = both(plan([D, D, D], [(0, 2), (1, 2)]))
    assert tie.start_driver_index[2] == 0
    assert tie.link_driving.tolist() == [True, True]
    assert tie.link_slack.tolist() == [0, 0]


def test_loops_are_refused_with_the_activities_in_order() -> None:
    with pytest.raises(Loop) as found:
        prepare(plan([D] * 4, [(0, 1), (1, 2), (2, 0), (0, 3)]))
    assert sorted(found.value.cycle) == [0, 1, 2]
    order = found.value.cycle
    links = {(0, 1), (1, 2), (2, 0)}
    assert all((order[place - 1], order[place]) in links for place in range(3))


def test_loops_through_nesting_are_found() -> None:
    with pytest.raises(Loop):
        prepare(plan([D] * 4, [(1, 2), (2, 0)], parent=[-1, 0, -1, -1]))
    with pytest.raises(Loop):
        prepare(plan([D] * 2, parent=[1, 0]))


@pytest.mark.parametrize("links", [[(0, 0)], [(0, 1)], [(1, 0)], [(0, 7)], [(-1, -1)]])
def test_links_that_can_never_be_kept_are_refused(links: list[tuple[int, int]]) -> None:
    with pytest.raises(BadLink) as found:
        prepare(plan([D, D], links, parent=[-1, 0]))
    assert found.value.link == 0
    assert found.value.reason in str(found.value)


def test_columns_are_checked() -> None:
    with pytest.raises(ValueError, match="unknown columns: colour"):
        plan([D], colour=[1])
    with pytest.raises(ValueError, match="deadline has 2 values, not 1"):
        plan([D], deadline=[1, 2])
    with pytest.raises(ValueError, match="scheduled from"):
        network([OFFICE], [D])


@pytest.mark.parametrize("method", ["plain", "arrays"])
def test_a_plan_beyond_the_horizon_is_refused(method: Any) -> None:
    with pytest.raises(HorizonExceeded):
        solve(plan([900 * D]), method=method)


def test_a_patched_preparation_gives_what_a_fresh_one_gives() -> None:
    prepared = prepare(_nested())
    solve(prepared, method="arrays")
    longer = {"duration": [D, 0, 3 * D, D, D]}
    patched = solve(prepared.with_changes(**longer), method="arrays")
    assert patched.finish.tolist() == both(changed(_nested(), **longer)).finish.tolist()
    relinked = prepared.with_changes(link_succ=[2, 4])
    assert solve(relinked).start[3] == at("4 08:00")
    assert prepared.network.size == 5
    assert prepared.network.parts == 0


def test_an_empty_plan_has_an_empty_schedule() -> None:
    schedule = both(plan([]))
    assert len(schedule.start) == 0
    assert schedule.project_finish == at("4 08:00")
