"""Work, units and duration of a task and its people, at their edges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.changes import Change, ChangeSet, Label
from app.domain.document import Document
from app.domain.durations import parse_lag, parse_span
from app.domain.errors import Refusal
from app.domain.people import ResourceType
from app.domain.portfolio import TaskType
from app.domain.values import TaskId
from app.domain.work import Task
from app.operations import people, progress, tasks
from app.operations.effort import actual_duration, shared_out, with_duration, worked_in
from tests.app.operations.test_people import work_of
from tests.builders import after, at, done, person, plan


def staffed(duration: str = "10d", count: int = 1, **other: object) -> tuple[Document, TaskId]:
    """One task with some people on it, with other fields of the task as said."""
    document, _, (t, *_) = plan((duration,))
    for number in range(count):
        document, who = person(document, f"R{number}")
        document = after(document, people.assign(t, who))
    row = document.tasks[t]
    change = Change("tasks", t, row, replace(row, **other))  # type: ignore[arg-type]
    return document.after(ChangeSet(Label(""), (change,))), t


def units_of(document: Document) -> list[float]:
    return [each.units for each in sorted(document.assignments, key=lambda each: each.uid)]


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (10, [1, 1, 1], [4, 3, 3]),
        (100, [0.5, 1.0], [33, 67]),
        (7, [0, 0], [4, 3]),
        (9, [0, 1], [0, 9]),
        (5, [], []),
        (0, [1, 2], [0, 0]),
    ],
)
def test_parts_always_add_up_to_the_whole(total: int, weights: list[float], parts: list[int]) -> None:
    assert shared_out(total, weights) == parts


def test_material_on_a_task_neither_shares_nor_holds_up_its_work() -> None:
    document, t = staffed(effort_driven=True)
    document, paper = done(document, people.add_resource("Paper", None, ResourceType.MATERIAL))
    document = after(document, people.assign(t, paper, 5))
    assert (document.tasks[t].duration, work_of(document, t)) == (4800, [80, 0])
    document = after(document, tasks.set_work(t, parse_span("40h")))
    assert (document.tasks[t].duration, work_of(document, t)) == (2400, [40, 0])


def test_a_task_of_fixed_work_brought_to_no_duration_keeps_work_and_units() -> None:
    document, t = staffed(task_type=TaskType.FIXED_WORK)
    document = after(document, tasks.set_duration(t, parse_span("0d")))
    assert (document.tasks[t].duration, work_of(document, t), units_of(document)) == (0, [80], [1.0])


def test_work_that_grows_keeps_what_is_done() -> None:
    document, t = staffed()
    document = after(document, progress.set_percent((t,), 50))
    (one,) = document.assignments
    document = after(document, people.set_assignment_work(one.id, parse_span("120h")))
    (one,) = document.assignments
    assert (one.work, one.actual_work, one.remaining_work) == (7200, 2400, 4800)
    document = after(document, people.set_assignment_work(one.id, parse_span("30h")))
    (one,) = document.assignments
    assert (one.work, one.actual_work, one.remaining_work) == (1800, 2400, 0)


def test_a_duration_that_follows_from_work_leaves_what_was_done_done() -> None:
    document, t = staffed(remaining_duration=2400, percent_complete=50, actual_start=at(4))
    (one,) = document.assignments
    document = after(document, people.set_units(one.id, 0.5))
    assert (document.tasks[t].duration, document.tasks[t].remaining_duration) == (9600, 7200)
    document = after(document, people.set_units(one.id, 10))
    assert (document.tasks[t].duration, document.tasks[t].remaining_duration) == (480, 0)


def test_the_one_who_takes_longest_says_how_long_it_takes() -> None:
    document, t = staffed(count=2)
    first, second = sorted(document.assignments, key=lambda each: each.uid)
    document = after(document, people.set_units(second.id, 0.5))
    assert document.tasks[t].duration == 20 * 480
    document = after(document, people.set_assignment_work(first.id, parse_span("400h")))
    assert (document.tasks[t].duration, work_of(document, t)) == (50 * 480, [400, 80])


def test_work_on_a_fixed_duration_changes_units() -> None:
    document, t = staffed(task_type=TaskType.FIXED_DURATION)
    (one,) = document.assignments
    document = after(document, people.set_assignment_work(one.id, parse_span("40h")))
    assert (document.tasks[t].duration, work_of(document, t), units_of(document)) == (4800, [40], [0.5])
    document = after(document, people.set_units(one.id, 2))
    assert (document.tasks[t].duration, work_of(document, t), units_of(document)) == (4800, [160], [2])
    document = after(document, tasks.set_work(t, parse_span("20h")))
    assert (document.tasks[t].duration, work_of(document, t), units_of(document)) == (4800, [20], [0.25])


@pytest.mark.parametrize("text", ["50%", "-1h"])
def test_what_is_no_length_is_neither_work_nor_duration_nor_progress(text: str) -> None:
    document, t = staffed()
    (one,) = document.assignments
    span = parse_lag(text)
    for refused in (
        people.set_assignment_work(one.id, span),
        tasks.set_work(t, span),
        tasks.set_duration(t, span),
        progress.set_remaining(t, span),
        progress.set_actual_duration(t, span),
    ):
        with pytest.raises(Refusal, match="length of time"):
            done(document, refused)


def test_work_given_to_a_task_itself_is_done_with_it() -> None:
    document, _, (t, *_) = plan(("10d",))
    document = after(document, tasks.set_work(t, parse_span("100h")), progress.set_percent((t,), 25))
    assert (document.tasks[t].work, document.tasks[t].actual_work) == (6000, 1500)


def test_two_resources_of_one_name_are_not_guessed_between() -> None:
    document, project, (t, *_) = plan()
    document, ann = person(document, "Ann")
    document, _ = person(document, "Ann")
    with pytest.raises(Refusal, match="Several resources are called Ann"):
        done(document, people.set_resources(t, "Ann"))
    document, own = person(document, "Ann", project)
    document = after(document, people.set_resources(t, "Ann"))
    assert [each.resource for each in document.assignments] == [own]
    assert ann in [each.id for each in document.resources]


def test_initials_name_a_person_unless_somebody_has_them_for_a_name() -> None:
    document, _, (t, *_) = plan()
    document, ann = person(document, "Ann Other")
    assert [each.resource for each in after(document, people.set_resources(t, "ao")).assignments] == [ann]
    document, named = person(document, "AO")
    assert [each.resource for each in after(document, people.set_resources(t, "ao")).assignments] == [named]


def test_typing_who_is_there_already_keeps_their_units() -> None:
    document, t = staffed()
    document = after(document, people.set_resources(t, "R0[50%]"))
    assert after(document, people.set_resources(t, "R0")) == document
    assert units_of(after(document, people.set_resources(t, "R0; New"))) == [0.5, 1.0]


def task(**other: object) -> Task:
    document, _, (t, *_) = plan(("4d",))
    return replace(document.tasks[t], **other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("percent", "remaining", "done_so_far"),
    [(0, None, 0), (25, None, 480), (25, 960, 960), (25, 5000, 0), (100, 480, 1920), (100, None, 1920)],
)
def test_what_is_done_is_what_does_not_remain(percent: int, remaining: int | None, done_so_far: int) -> None:
    assert actual_duration(task(percent_complete=percent, remaining_duration=remaining)) == done_so_far


@pytest.mark.parametrize(
    ("minutes", "percent", "remaining"), [(3840, 25, 2880), (961, 99, 1), (960, 100, None), (480, 100, None)]
)
def test_a_new_length_keeps_what_is_done(minutes: int, percent: int, remaining: int | None) -> None:
    found = with_duration(task(percent_complete=50, remaining_duration=960), minutes)
    assert (found.percent_complete, found.remaining_duration) == (percent, remaining)


def test_a_task_without_interruptions_is_worked_all_the_time() -> None:
    assert worked_in(task(), 777) == 777


def test_work_is_shared_by_what_each_had_and_who_had_none_gets_none() -> None:
    document, t = staffed("2d", 2)
    first, second = sorted(document.assignments, key=lambda each: each.uid)
    nothing, much = parse_span("0h"), parse_span("32h")
    document = after(document, people.set_assignment_work(first.id, nothing), tasks.set_work(t, much))
    assert work_of(document, t) == [0, 32]
    document = after(document, people.set_assignment_work(second.id, nothing), tasks.set_work(t, much))
    assert work_of(document, t) == [16, 16]
