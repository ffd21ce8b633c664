"""Each rule of the fidelity report is proved by switching it: what it brings about is explained, no more."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from app.derive.fidelity import fidelity_of
from app.derive.fidelity_rules import POLICY_RULES, RULES
from app.derive.schedule import policy_of, schedule_of
from app.domain.calendars import Calendar
from app.domain.changes import Change, ChangeSet, Label
from app.domain.document import Document
from app.domain.durations import parse_lag
from app.domain.portfolio import LagCalendar
from app.domain.values import EIGHT_HOURS, STANDARD_WEEK, CalendarId, ProjectId, SourceTaskId, TaskId
from app.domain.work import SourceTask
from app.engine.policy import Policy, Progress
from app.operations import dates, links, people, progress, projects, tasks
from tests.app.derive.journey import journey
from tests.builders import after, at, person, plan

MOMENTS = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
FIGURES = ("duration", "total_slack", "free_slack", "critical")


def saved(document: Document, project: ProjectId, **other: dict[TaskId, Any]) -> Document:
    """The document with source values equal to our answers, but for those in ``other`` by field and task."""
    result = schedule_of(document, project)
    rows = []
    for place, id in enumerate(result.outline.tasks):
        said: dict[str, Any] = {name: int(getattr(result, name)[place]) for name in (*MOMENTS, *FIGURES)}
        said["critical"] = bool(said["critical"])
        for name, by_task in other.items():
            if id in by_task:
                said[name] = by_task[id]
        rows.append(SourceTask(SourceTaskId(f"s-{id}"), project, id, **said))
    changes = tuple(Change("source_tasks", row.id, None, row) for row in rows)
    return document.after(ChangeSet(Label("saved"), changes))


def saved_by(document: Document, source: Document, project: ProjectId) -> Document:
    """The document with the answers of another one as its source values."""
    rows = saved(source, project).source_tasks
    changes = tuple(Change("source_tasks", row.id, None, row) for row in rows)
    return document.after(ChangeSet(Label("saved"), changes))


def reasons(document: Document, project: ProjectId) -> dict[tuple[str, str], str]:
    report = fidelity_of(document, project)
    return {(document.tasks[one.task].name, one.field): one.rule.key for one in report.differences}


def test_equal_answers_leave_nothing_to_report() -> None:
    document, project, task = journey()
    report = fidelity_of(saved(document, project), project)
    assert (report.tasks, report.differences, report.differing) == (len(task), (), 0)


def test_a_project_without_source_values_has_nothing_to_compare() -> None:
    document, project, _ = journey()
    assert fidelity_of(document, project).tasks == 0


def test_a_task_after_one_that_differs_follows_from_it_and_the_first_is_unexplained() -> None:
    document, project, (a, b) = plan(["2d", "1d"])
    document = after(document, links.add(a, b))
    moved = {
        name: {a: at(7 if "finish" in name else 6, 17 if "finish" in name else 8)} for name in MOMENTS[:4]
    }
    for name in MOMENTS[:4]:
        moved[name][b] = at(8, 17 if "finish" in name else 8)
    found = reasons(saved(document, project, **moved), project)
    assert found["B", "start"] == "follows"
    assert found["A", "start"] == "unexplained"


def test_deadlines_that_the_source_ignores_are_named() -> None:
    document, project, (a, _) = plan(["2d", "5d"])
    warned = after(document, dates.set_deadline(a, at(5, 12)))
    found = reasons(saved_by(warned, document, project), project)
    assert set(found.values()) == {"deadlines"}
    assert ("A", "total_slack") in found


def test_lags_on_another_calendar_are_named() -> None:
    document, project, (a, b) = plan(["1d", "1d"])
    document = after(document, links.add(a, b, lag=parse_lag("1d")))
    elapsed = after(document, projects.set_field(project, "lag_calendar", "always"))
    found = reasons(saved_by(document, elapsed, project), project)
    assert found["B", "start"] == "lag-elapsed"


def test_levelling_delays_that_the_source_does_not_count_are_named() -> None:
    document, project, (a, *_) = plan(["1d"])
    record = document.tasks[a]
    change = Change("tasks", a, record, replace(record, leveling_delay=1440))
    delayed = document.after(ChangeSet(Label("delay"), (change,)))
    assert reasons(saved_by(delayed, document, project), project)["A", "start"] == "levelling-delay"


def test_calendars_of_people_that_the_source_ignores_are_named() -> None:
    document, project, (a, *_) = plan(["1d"])
    document, ann = person(document, "Ann")
    document = after(document, people.assign(a, ann))
    away = after(document, people.add_leave(ann, "Leave", date(2027, 1, 4), date(2027, 1, 4)))
    assert reasons(saved_by(away, document, project), project)["A", "start"] == "resource-calendars"


def test_a_manual_task_scheduled_by_the_source_is_named() -> None:
    document, project, (a, b) = plan(["2d", "1d"])
    document = after(document, links.add(a, b))
    manual = after(document, dates.set_manual((b,), True), dates.set_start(b, at(18)))
    assert reasons(saved_by(manual, document, project), project)["B", "start"] == "manual-dates"


def test_float_that_its_own_dates_do_not_give_is_named() -> None:
    document, project, task = journey()
    wrong = saved(document, project, total_slack={task["C"]: 0}, critical={task["E"]: True})
    assert reasons(wrong, project) == {
        ("C", "total_slack"): "slack-not-from-dates",
        ("E", "critical"): "critical-not-from-slack",
    }


def test_a_date_in_the_source_that_no_calendar_works_is_named() -> None:
    document, project, (a, *_) = plan(["1d"])
    sunday = {"start": {a: at(10)}, "early_start": {a: at(10)}}
    assert set(reasons(saved(document, project, **sunday), project).values()) == {"outside-calendar"}


def test_late_dates_that_contradict_the_links_are_called_stale() -> None:
    document, project, (a, b, _) = plan(["1d", "1d", "5d"])
    document = after(document, links.add(a, b))
    stale = {
        "late_finish": {a: at(8, 17)},
        "late_start": {a: at(8)},
        "total_slack": {a: 4 * 480},
    }
    assert set(reasons(saved(document, project, **stale), project).values()) == {"saved-stale"}


def test_a_length_that_only_the_dates_hold_is_named() -> None:
    document, project, (a, *_) = plan(["0d"])
    held = {"finish": {a: at(6, 17)}, "early_finish": {a: at(6, 17)}, "duration": {a: 0}}
    found = reasons(saved(document, project, **held), project)
    assert found["A", "finish"] == "length-in-dates"


def test_free_float_that_the_source_counts_on_the_projects_calendar_is_named() -> None:
    document, project, (a, b, _) = plan(["1d", "1d", "10d"])
    six = six_days(project)
    document = document.after(ChangeSet(Label("six"), (Change("calendars", six.id, None, six),)))
    document = after(document, links.add(a, b), tasks.set_calendar((a,), six.id), dates.set_start(b, at(11)))
    assert schedule_of(document, project).free_slack[0] == 5 * 480
    assert reasons(saved(document, project, free_slack={a: 4 * 480}), project) == {
        ("A", "free_slack"): "free-float-project-calendar"
    }
    assert reasons(saved(document, project, free_slack={a: 3 * 480}), project) != {
        ("A", "free_slack"): "free-float-project-calendar"
    }


def six_days(project: ProjectId) -> Calendar:
    """A calendar that works Saturdays too."""
    return Calendar(CalendarId("six"), project, 7, "Six days", None, (*STANDARD_WEEK[:5], EIGHT_HOURS, ()))


def test_progress_worked_out_differently_is_named() -> None:
    document, project, (a, b) = plan(["4d", "4d"])
    document = after(
        document,
        links.add(a, b),
        projects.set_status_date(project, at(6, 17)),
        progress.set_actual_start(b, at(4)),
        progress.set_percent((b,), 25),
    )
    retained = after(document, projects.set_field(project, "progress_rule", "retained_logic"))
    found = reasons(saved_by(document, retained, project), project)
    assert found["B", "finish"] in ("retained-logic", "primavera")


@pytest.mark.parametrize(("rule", "switch"), POLICY_RULES, ids=[rule.key for rule, _ in POLICY_RULES])
def test_a_switch_turns_its_behaviour_and_only_where_it_is_not_turned_already(rule: Any, switch: Any) -> None:
    turned = [found for policy in policies() if (found := switch(policy)) is not None]
    assert turned
    assert all(switch(policy) is None for policy in turned)


def policies() -> list[Policy]:
    """The usual policy and its opposite in every yes and no."""
    usual = Policy()
    flags = [field.name for field in fields(Policy) if isinstance(getattr(usual, field.name), bool)]
    opposite = replace(usual, **{name: not getattr(usual, name) for name in flags})
    document, project, _ = plan(["1d"])
    by_settings = policy_of(replace(document.projects[project], lag_calendar=LagCalendar.ALWAYS))
    return [usual, opposite, by_settings, replace(usual, progress=Progress.OVERRIDE)]


def test_the_rules_are_a_closed_list_with_a_sentence_each() -> None:
    keys = [rule.key for rule in RULES]
    assert len(keys) == len(set(keys))
    assert all(rule.sentence.endswith(".") for rule in RULES)
