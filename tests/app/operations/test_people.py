"""Who works on what: duration, units and work follow one another by the task's type."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.document import Document
from app.domain.durations import parse_span
from app.domain.errors import Refusal
from app.domain.people import ResourceType
from app.domain.portfolio import TaskType
from app.domain.values import TaskId
from app.operations import people, progress, rates, tasks
from tests.app.operations.test_tasks import dates_of
from tests.builders import after, at, done, person, plan


def work_of(document: Document, task: TaskId) -> list[int]:
    """Hours of each person on a task."""
    rows = sorted(document.assignments.of(document.tasks[task].project).values(), key=lambda each: each.uid)
    return [each.work // 60 for each in rows if each.task == task]


def test_fixed_units_and_effort_driven_halves_the_duration_with_a_second_person() -> None:
    document, _, (t, *_) = plan(("10d",))
    document, one = person(document, "R1")
    document, two = person(document, "R2")
    document = after(document, people.assign(t, one))
    assert work_of(document, t) == [80]
    document = after(document, tasks.set_effort_driven(t, True), people.assign(t, two))
    assert (document.tasks[t].duration, work_of(document, t)) == (5 * 480, [40, 40])


def test_fixed_duration_without_effort_brings_more_work() -> None:
    document, _, (t, *_) = plan(("10d",))
    document, one = person(document, "R1")
    document, two = person(document, "R2")
    document = after(
        document, tasks.set_type(t, TaskType.FIXED_DURATION), people.assign(t, one), people.assign(t, two)
    )
    assert (document.tasks[t].duration, sum(work_of(document, t))) == (10 * 480, 160)


def test_fixed_work_at_half_time_takes_twice_as_long() -> None:
    document, _, (t, *_) = plan(("10d",))
    document, one = person(document, "R1")
    document, made = done(document, people.assign(t, one))
    document = after(document, tasks.set_type(t, TaskType.FIXED_WORK), people.set_units(made, 0.5))
    assert (document.tasks[t].duration, work_of(document, t)) == (20 * 480, [80])
    document = after(document, tasks.set_duration(t, parse_span("40d")))
    assert (document.assignments[made].units, work_of(document, t)) == (0.25, [80])


def test_fixed_duration_and_effort_shares_the_work_by_smaller_units() -> None:
    document, _, (t, *_) = plan(("10d",))
    document, one = person(document, "R1")
    document, two = person(document, "R2")
    document = after(
        document,
        tasks.set_type(t, TaskType.FIXED_DURATION),
        tasks.set_effort_driven(t, True),
        people.assign(t, one),
        people.assign(t, two),
    )
    assert (document.tasks[t].duration, work_of(document, t)) == (10 * 480, [40, 40])
    assert {each.units for each in document.assignments} == {0.5}


def test_taking_a_person_away_leaves_the_work_to_the_others_where_it_is_effort_driven() -> None:
    document, _, (t, *_) = plan(("10d",))
    document, one = person(document, "R1")
    document, two = person(document, "R2")
    document = after(document, tasks.set_effort_driven(t, True), people.assign(t, one))
    document, second = done(document, people.assign(t, two))
    document = after(document, people.unassign(second))
    assert (document.tasks[t].duration, work_of(document, t)) == (10 * 480, [80])
    document = after(document, tasks.set_effort_driven(t, False))
    document, second = done(document, people.assign(t, two))
    document = after(document, people.unassign(second))
    assert (document.tasks[t].duration, work_of(document, t)) == (10 * 480, [80])


def test_a_longer_duration_of_fixed_units_is_more_work() -> None:
    document, _, (t, *_) = plan(("10d",))
    document, one = person(document, "R1")
    document, made = done(document, people.assign(t, one, 0.5))
    document = after(document, tasks.set_duration(t, parse_span("20d")))
    assert work_of(document, t) == [80]
    document = after(document, people.set_assignment_work(made, parse_span("40h")))
    assert document.tasks[t].duration == 10 * 480
    document = after(document, tasks.set_work(t, parse_span("80h")))
    assert document.tasks[t].duration == 20 * 480
    document = after(
        document,
        tasks.set_type(t, TaskType.FIXED_DURATION),
        people.set_assignment_work(made, parse_span("160h")),
    )
    assert (document.tasks[t].duration, document.assignments[made].units) == (20 * 480, 1.0)
    document = after(document, tasks.set_work(t, parse_span("80h")))
    assert document.assignments[made].units == 0.5
    document = after(document, people.set_units(made, 1.0))
    assert work_of(document, t) == [160]


def test_work_said_before_anybody_works_goes_to_the_first_person() -> None:
    document, _, (t, *_) = plan(("10d",))
    document, one = person(document, "R1")
    document = after(document, tasks.set_work(t, parse_span("40h")), people.assign(t, one))
    assert (document.tasks[t].duration, work_of(document, t), document.tasks[t].work) == (5 * 480, [40], 2400)


def test_material_takes_no_time() -> None:
    document, _, (t, *_) = plan(("10d",))
    document, paper = done(document, people.add_resource("Paper", None, ResourceType.MATERIAL))
    document = after(document, people.assign(t, paper, 3))
    assert (document.tasks[t].duration, work_of(document, t)) == (10 * 480, [0])


def test_people_can_be_typed_as_a_list() -> None:
    document, _project, (t, *_) = plan(("10d",))
    document, _ann = person(document, "Ann")
    document = after(document, people.set_resources(t, "ann; Bob[50%]"))
    assert sorted(each.name for each in document.resources) == ["Ann", "Bob"]
    assert sorted(each.units for each in document.assignments) == [0.5, 1.0]
    document = after(document, people.set_resources(t, "Bob[100%]"))
    (left,) = document.assignments
    assert (document.resources[left.resource].name, left.units) == ("Bob", 1.0)  # type: ignore[index]
    assert not len(after(document, people.set_resources(t, "")).assignments)
    for text in ("Ann[", "[50%]", "Ann[x]", "Ann[-5%]"):
        with pytest.raises(Refusal):
            done(document, people.set_resources(t, text))


def test_leave_moves_the_work_and_names_itself() -> None:
    document, _, (t, *_) = plan(("5d",))
    document, ann = person(document, "Ann")
    document = after(document, people.assign(t, ann))
    document = after(document, people.add_leave(ann, "Leave", date(2027, 1, 5), date(2027, 1, 6)))
    assert dates_of(document, t)[1] == "2027-01-12T17:00"
    document = after(document, people.add_leave(ann, "More", date(2027, 1, 7), date(2027, 1, 7)))
    own = document.calendars[document.resources[ann].calendar]  # type: ignore[index]
    assert [each.name for each in document.calendar_exceptions if each.calendar == own.id] == [
        "Leave",
        "More",
    ]


def test_rates_follow_one_another() -> None:
    document, _, _ = plan()
    document, ann = person(document, "Ann")
    document = after(document, people.set_rate(ann, 8000), people.set_rate(ann, 9000, "A", at(20)))
    document = after(document, people.set_rate(ann, 8500, "A", at(10)), people.set_rate(ann, 8100))
    rows = sorted(document.rates, key=lambda each: each.rates_from or 0)
    assert [(each.standard_rate, each.rates_to) for each in rows] == [
        (8100, at(10)),
        (8500, at(20)),
        (9000, None),
    ]
    assert len(after(document, people.drop_rate(rows[0].id)).rates) == 2


def test_a_last_rate_moved_before_another_leaves_no_time_without_one() -> None:
    document, _, _ = plan()
    document, ann = person(document, "Ann")
    document = after(
        document,
        people.set_rate(ann, 8000),
        people.set_rate(ann, 8500, "A", at(10)),
        people.set_rate(ann, 9000, "A", at(20)),
    )
    last = next(each for each in document.rates if each.standard_rate == 9000)
    document = after(document, rates.set_rate_field(last.id, "from", "2027-01-05"))
    rows = sorted(document.rates, key=lambda each: each.rates_from or 0)
    assert [(each.standard_rate, each.rates_to) for each in rows] == [
        (8000, at(5, 0)),
        (9000, at(10)),
        (8500, None),
    ]


def test_facts_of_a_resource_can_be_typed() -> None:
    document, _project, (t, *_) = plan()
    document, ann = person(document, "Ann Other")
    assert document.resources[ann].initials == "AO"
    typed = {
        "name": "Ann",
        "email": "a@example.org",
        "max_units": "50%",
        "is_generic": "yes",
        "accrue_at": "end",
    }
    for field, text in {**typed, "type": "work"}.items():
        document = after(document, people.set_resource_field(ann, field, text))
    row = document.resources[ann]
    assert (row.name, row.email, row.max_units, row.is_generic) == ("Ann", "a@example.org", 0.5, True)
    for field, text in (("name", " "), ("shoe_size", "9"), ("type", "robot"), ("max_units", "lots")):
        with pytest.raises(Refusal):
            done(document, people.set_resource_field(ann, field, text))
    document, made = done(document, people.add_availability(ann, 0.5, at(1), at(9)))
    document = after(
        document, people.assign(t, ann), people.drop_availability(made), progress.set_percent((t,), 50)
    )
    document = after(document, people.delete_resource(ann))
    assert not len(document.assignments)
    with pytest.raises(Refusal):
        done(document, people.assign(t, ann))


def test_the_same_person_is_assigned_once_and_with_some_time() -> None:
    document, _, (t, *_) = plan()
    document, ann = person(document, "Ann")
    document, made = done(document, people.assign(t, ann))
    for refused in (people.assign(t, ann), people.set_units(made, 0), people.add_resource(" ")):
        with pytest.raises(Refusal):
            done(document, refused)
