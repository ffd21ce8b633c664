"""Operations that need a computed date reckon as the plan does: round the clock, far away, with new hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.derive.schedule import schedule_of
from app.domain.draft import Draft
from app.domain.durations import parse_span
from app.domain.errors import Refusal
from app.domain.values import Shift, TaskId, moment
from app.operations import arrange, baselines, calendars, dates, links, progress, projects, tasks
from app.operations.planned import dates_of as computed
from app.operations.planned import duration_of, next_work, work_after, work_between
from tests.builders import NOW, after, at, done, plan, shared_calendar


def test_an_elapsed_task_runs_round_the_clock() -> None:
    document, project, (a, *_) = plan(("2ed",))
    draft, row = Draft(document, NOW), document.tasks[a]
    assert work_between(draft, row, at(8), at(11)) == 3 * 1440
    assert work_after(draft, row, at(8, 17), 1440) == at(9, 17)
    assert next_work(draft, row, at(9, 3)) == at(9, 3)
    document = after(document, progress.reschedule_unfinished(project, at(9, 3)))
    assert document.tasks[a].constraint_date == at(9, 3)


def test_a_working_task_works_in_its_calendar_alone() -> None:
    document, _, (a, *_) = plan(("2d",))
    draft, row = Draft(document, NOW), document.tasks[a]
    assert work_between(draft, row, at(8), at(12)) == 2 * 480
    assert work_after(draft, row, at(8), 480) == at(8, 17)
    assert work_after(draft, row, at(8), 540) == at(11, 9)
    assert next_work(draft, row, at(9, 3)) == at(11)


def test_hours_that_are_changed_in_the_same_gesture_count() -> None:
    document, _, (a, *_) = plan(("2d",))
    draft = Draft(document, NOW)
    row = document.tasks[a]
    assert work_between(draft, row, at(4), at(5)) == 480
    calendars.set_day(shared_calendar(document), 0, (Shift(480, 600),)).apply(draft)
    assert work_between(draft, row, at(4), at(5)) == 120


def test_dates_come_from_the_plan_as_it_is_drafted() -> None:
    document, _, (a, *_) = plan(("2d",))
    draft = Draft(document, NOW)
    assert computed(draft, draft.tasks[a]) == (at(4), at(5, 17))
    tasks.set_duration(a, parse_span("3d")).apply(draft)
    assert computed(draft, draft.tasks[a]) == (at(4), at(6, 17))


def test_a_summary_made_manual_keeps_the_length_it_had() -> None:
    document, _, (a, b) = plan(("1d", "3d"))
    document = after(document, arrange.indent((b,)))
    assert duration_of(Draft(document, NOW), document.tasks[a]) == 3 * 480
    document = after(document, dates.set_manual((a,), True))
    assert (document.tasks[a].duration, document.tasks[a].manual_finish) == (3 * 480, at(6, 17))


@pytest.mark.parametrize("years", [20, 100])
def test_dates_decades_away_are_reckoned_all_the_same(years: int) -> None:
    document, _, (a, *_) = plan(("1d",))
    row, far = document.tasks[a], moment(2027 + years, 1, 4, 8)
    found = work_after(Draft(document, NOW), row, far, 480)
    assert moment(2027 + years, 1, 4, 17) <= found <= moment(2027 + years, 1, 6, 17)


def test_what_lies_centuries_away_is_refused_at_its_start() -> None:
    document, _, (a, *_) = plan(("1d",))
    with pytest.raises(Refusal, match="too far") as no:
        work_between(Draft(document, NOW), document.tasks[a], at(4), moment(9000, 1, 1))
    assert no.value.at == (a, "start")


def test_a_plan_of_impossible_dates_is_shown_and_gives_none_away() -> None:
    document, project, (a, b) = plan(("1d", "1d"))
    document = after(document, dates.set_start(b, moment(9000, 1, 1)))
    assert schedule_of(document, project).problems
    with pytest.raises(Refusal, match="cannot be worked out"):
        computed(Draft(document, NOW), document.tasks[TaskId(a)])


@pytest.mark.parametrize(
    "step",
    [
        lambda project, task: baselines.take(project, 0),
        lambda project, task: progress.set_percent((task,), 50),
        lambda project, task: progress.update_to(project, at(9)),
        lambda project, task: projects.set_schedule_from(project, False),
    ],
)
def test_a_plan_over_centuries_keeps_no_stand_ins(step: Callable[[Any, Any], Any]) -> None:
    document, project, made = plan(("36500ed",) * 12)
    document = after(document, links.link(made))
    assert not schedule_of(document, project).is_reckoned
    with pytest.raises(Refusal, match="cannot be worked out"):
        done(document, step(project, made[5]))


def test_a_project_without_tasks_has_its_dates() -> None:
    document, project, _ = plan(())
    assert schedule_of(document, project).is_reckoned
    after(document, baselines.take(project, 0))
