"""Work, cost, baselines and the handful of figures of a project, task by task and rolled up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.derive.baselines import baseline_of, project_worktime
from app.derive.costs import costs_of
from app.derive.figures import ProjectFacts, is_worked_out, project_facts
from app.derive.schedule import NO_MOMENT
from app.domain.changes import Change, ChangeSet, Label
from app.domain.document import Document
from app.domain.durations import parse_span
from app.domain.people import Assignment, Rate, ResourceType
from app.domain.portfolio import OwnerKind
from app.domain.records import Record, table_of
from app.domain.values import AssignmentId, DurationFormat, ProjectId, RateId, TaskId, moment
from app.engine.worktime import HorizonExceeded
from app.operations import arrange, baselines, dates, links, people, progress, projects, tasks
from tests.builders import after, at, done, person, plan


def put(document: Document, *records: Record) -> Document:
    """The document with records that no operation made."""
    changes = []
    for record in records:
        before = document.table(table_of(record)).get(record.id)
        changes.append(Change(table_of(record), record.id, before, record))
    return document.after(ChangeSet(Label("put"), tuple(changes)))


def paid(**rate: Any) -> tuple[Document, ProjectId, TaskId]:
    """A task of two days for Ann, who costs 60.00 an hour or what is said."""
    document, project, (a, *_) = plan(("2d",))
    document, ann = person(document, "Ann")
    document = after(document, people.assign(a, ann), people.set_rate(ann, 6000))
    (row,) = document.rates
    return put(document, replace(row, **rate)), project, a


def cost(document: Document, project: ProjectId) -> list[int]:
    return costs_of(document, project).cost.tolist()


def test_work_is_paid_by_the_hour_and_once_for_each_use() -> None:
    document, project, _ = paid()
    assert cost(document, project) == [16 * 6000]
    assert costs_of(document, project).work.tolist() == [960]
    document, project, _ = paid(cost_per_use=500)
    assert cost(document, project) == [16 * 6000 + 500]


@pytest.mark.parametrize(
    ("unit", "units"),
    [
        (DurationFormat.MINUTES, 840),
        (DurationFormat.HOURS, 14),
        (DurationFormat.DAYS, 2),
        (DurationFormat.WEEKS, 0.4),
        (DurationFormat.MONTHS, 0.1),
        (DurationFormat.ELAPSED_HOURS, 14),
    ],
)
def test_a_day_s_rate_pays_for_a_day_of_that_project(unit: DurationFormat, units: float) -> None:
    document, project, a = paid(standard_format=unit)
    document = after(
        document,
        projects.set_field(project, "minutes_per_day", "7h"),
        projects.set_field(project, "minutes_per_week", "35h"),
        tasks.set_duration(a, parse_span("14h")),
    )
    assert cost(document, project) == [round(units * 6000)]


def test_overtime_has_a_rate_of_its_own() -> None:
    document, project, _ = paid(overtime_rate=48000, overtime_format=DurationFormat.DAYS)
    (row,) = document.assignments
    document = put(document, replace(row, overtime_work=240))
    assert cost(document, project) == [12 * 6000 + 24000]


def test_the_rate_of_the_day_the_task_starts_counts() -> None:
    document, project, a = paid()
    (row,) = document.resources
    document = after(document, people.set_rate(row.id, 9000, rates_from=at(11)))
    assert cost(document, project) == [16 * 6000]
    document = after(document, dates.set_start(a, at(11)))
    assert cost(document, project) == [16 * 9000]


def test_where_two_rates_run_the_later_one_counts_whichever_was_written_last() -> None:
    document, project, a = paid(rates_from=at(11), standard_rate=9000)
    (row,) = document.resources
    document = put(document, Rate(RateId("base"), None, row.id, standard_rate=6000))
    assert cost(document, project) == [16 * 6000]
    document = after(document, dates.set_start(a, at(11)))
    assert cost(document, project) == [16 * 9000]


@pytest.mark.parametrize(("begins", "ends"), [(at(5), None), (None, at(4))])
def test_outside_every_rate_an_assignment_s_own_cost_counts(begins: Any, ends: Any) -> None:
    document, project, _ = paid(rates_from=begins, rates_to=ends)
    assert cost(document, project) == [0]
    (row,) = document.assignments
    assert cost(put(document, replace(row, cost=1234)), project) == [1234]


def test_another_table_of_rates_may_be_meant() -> None:
    document, project, _ = paid()
    (row,) = document.assignments
    document = put(document, replace(row, cost_rate_table="B"))
    assert cost(document, project) == [0]
    document = after(
        document, people.set_rate(document.rates.get(next(iter(document.rates)).id).resource, 100, "B")
    )  # type: ignore[union-attr]
    assert cost(document, project) == [1600]


def test_material_is_paid_by_what_is_used_and_an_expense_by_its_sum() -> None:
    document, project, (a, b) = plan(("2d", "1d"))
    document, sand = done(document, people.add_resource("Sand", None, ResourceType.MATERIAL))
    document, fee = done(document, people.add_resource("Fee", None, ResourceType.COST))
    document = after(
        document,
        people.assign(a, sand, 3),
        people.set_rate(sand, 250, cost_per_use=40),
        people.assign(b, fee),
        people.set_rate(fee, 999999),
    )
    row = next(each for each in document.assignments if each.resource == fee)
    assert cost(document, project) == [790, 0]
    document = put(document, replace(row, cost=8000))
    assert cost(document, project) == [790, 8000]
    assert costs_of(document, project).work.tolist() == [0, 0]


def test_summaries_hold_what_is_inside_and_leave_out_what_is_inactive() -> None:
    document, project, (top, a, b) = plan(("1d", "2d", "3d"))
    document, ann = person(document, "Ann")
    document = after(
        document,
        arrange.indent((a, b)),
        people.assign(a, ann),
        people.set_rate(ann, 6000),
        tasks.set_fixed_cost(top, 100),
        tasks.set_fixed_cost(b, 5000),
        tasks.set_work(b, parse_span("8h")),
        progress.set_percent((b,), 50),
    )
    found = costs_of(document, project)
    assert found.cost.tolist() == [100 + 96000 + 5000, 96000, 5000]
    assert found.work.tolist() == [960 + 480, 960, 480]
    assert found.actual_work.tolist() == [240, 0, 240]
    without = costs_of(after(document, tasks.set_active((b,), False)), project)
    assert (without.cost.tolist(), without.work.tolist()) == ([96100, 96000, 5000], [960, 960, 480])


def test_work_given_to_nobody_is_work_and_costs_nothing() -> None:
    document, project, (a, *_) = plan(("2d",))
    document = put(document, Assignment(AssignmentId("x"), project, a, None, 1, work=600))
    assert costs_of(document, project).work.tolist() == [600]
    assert cost(document, project) == [0]
    lost = put(document, Assignment(AssignmentId("y"), project, TaskId("gone"), None, 2, work=600))
    assert costs_of(lost, project).work.tolist() == [600]


def test_figures_are_the_same_object_until_something_they_need_changes() -> None:
    document, project, a = paid()
    found = costs_of(document, project)
    assert costs_of(after(document, tasks.rename(a, "B")), project) is found
    assert costs_of(after(document, projects.rename(project, "Q")), project) is found
    assert costs_of(after(document, tasks.set_fixed_cost(a, 1)), project) is not found


def test_a_baseline_says_how_far_each_figure_moved() -> None:
    document, project, (a, b) = plan(("2d", "1d"))
    document = after(document, links.add(a, b), baselines.take(project))
    document = after(
        document,
        tasks.set_duration(a, parse_span("3d")),
        tasks.set_fixed_cost(b, 700),
        tasks.add(project, "C"),
    )
    found = baseline_of(document, project)
    assert found.has_values
    assert (found.project_start, found.project_finish) == (at(4), at(6, 17))
    assert found.project_finish_variance == 480
    assert found.start_variance.tolist() == [0, 480, NO_MOMENT]
    assert found.finish_variance.tolist() == [480, 480, NO_MOMENT]
    assert found.duration_variance.tolist() == [480, 0, NO_MOMENT]
    assert found.cost_variance.tolist() == [0, 700, NO_MOMENT]
    assert found.work_variance.tolist() == [0, 0, NO_MOMENT]
    assert found.start.tolist() == [at(4), at(6), NO_MOMENT]


def test_a_baseline_that_was_never_taken_says_nothing() -> None:
    document, project, _ = plan(("2d",))
    document = after(document, baselines.take(project, 1))
    found = baseline_of(document, project)
    assert (found.number, found.has_values, found.project_finish) == (0, False, NO_MOMENT)
    assert found.finish_variance.tolist() == [NO_MOMENT]
    assert baseline_of(document, project, 1).has_values
    shown = after(document, baselines.show(project, 1))
    assert baseline_of(shown, project).number == 1


def test_a_baseline_may_know_only_some_dates() -> None:
    document, project, _ = plan(("2d",))
    document = after(document, baselines.take(project))
    (row,) = [each for each in document.baseline_values if each.owner_kind is OwnerKind.TASK]
    open_end = baseline_of(put(document, replace(row, finish=None)), project)
    assert (open_end.start.tolist(), open_end.finish.tolist()) == ([at(4)], [NO_MOMENT])
    assert (open_end.project_finish, open_end.project_finish_variance) == (NO_MOMENT, NO_MOMENT)
    open_start = baseline_of(put(document, replace(row, start=None)), project)
    assert (open_start.project_start, open_start.project_finish) == (NO_MOMENT, at(5, 17))


@pytest.mark.parametrize(("year", "known"), [(2060, True), (2120, True), (9000, False)])
def test_a_baseline_decades_away_is_measured_and_one_centuries_away_is_not(year: int, known: bool) -> None:
    document, project, _ = plan(("2d",))
    document = after(document, baselines.take(project))
    (row,) = [each for each in document.baseline_values if each.owner_kind is OwnerKind.TASK]
    document = put(document, replace(row, finish=moment(year, 1, 5, 17)))
    if known:
        found = baseline_of(document, project)
        assert found.project_finish_variance < -8000 * 480
        worktime = project_worktime(document, project, found)
        assert worktime.between(found.project_finish, at(5, 17)) == found.project_finish_variance
    else:
        with pytest.raises(HorizonExceeded):
            baseline_of(document, project)


def facts(*durations: str, steps: Any = ()) -> ProjectFacts:
    document, project, made = plan(durations)
    return project_facts(after(document, *(step(project, made) for step in steps)), project)


def test_a_project_in_figures() -> None:
    document, project, (a, b, gate) = plan(("2d", "6d", "0d"))
    document = after(
        document,
        links.link((a, b, gate)),
        tasks.rename(gate, "Gate"),
        progress.set_percent((a,), 100),
        tasks.set_fixed_cost(b, 700),
    )
    assert not is_worked_out(document, project)
    found = project_facts(document, project)
    assert is_worked_out(document, project)
    assert (found.percent, found.tasks, found.critical, found.cost) == (25, 3, 2, 700)
    assert (found.milestone, found.milestone_at) == ("Gate", at(13, 17))
    assert (found.baseline_finish, found.slip, found.needs_attention) == (None, None, False)
    document = after(document, baselines.take(project), tasks.set_duration(b, parse_span("7d")))
    found = project_facts(document, project)
    assert (found.baseline_finish, found.slip, found.needs_attention) == (at(13, 17), 480, True)
    document = after(document, tasks.set_duration(b, parse_span("5d")))
    assert (project_facts(document, project).slip, project_facts(document, project).needs_attention) == (
        -480,
        False,
    )


def test_a_project_of_milestones_alone_has_their_mean_progress_and_one_of_nothing_none() -> None:
    found = facts("0d", "0d", steps=(lambda _, made: progress.set_percent(made[:1], 100),))
    assert (found.percent, found.milestone) == (50, "B")
    empty = facts()
    assert (empty.percent, empty.milestone, empty.milestone_at, empty.tasks) == (0, "", None, 0)


def test_work_past_its_deadline_or_behind_the_status_date_is_late() -> None:
    def late(*steps: Any) -> int:
        return facts("2d", "1d", steps=steps).late

    assert late() == 0
    assert late(lambda _, made: dates.set_deadline(made[0], at(5, 17))) == 0
    assert late(lambda _, made: dates.set_deadline(made[0], at(5, 16))) == 1
    assert late(lambda project, _: projects.set_status_date(project, at(4, 17))) == 0
    assert late(lambda project, _: projects.set_status_date(project, at(5, 17))) == 1
    assert late(lambda project, _: projects.set_status_date(project, at(6, 17))) == 2
    finished = (
        lambda project, _: projects.set_status_date(project, at(6, 17)),
        lambda _, made: progress.set_percent(made, 100),
    )
    assert late(*finished) == 0
