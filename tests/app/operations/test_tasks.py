"""Adding, arranging, dating and deleting tasks means what it means in Microsoft Project."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.derive.schedule import schedule_of
from app.domain.document import Document
from app.domain.draft import Draft
from app.domain.durations import parse_span
from app.domain.errors import Refusal
from app.domain.outline import outline_of
from app.domain.portfolio import TaskType
from app.domain.rules import check
from app.domain.values import Moment, ProjectId, Span, Split, TaskId, iso
from app.domain.work import ConstraintType, LinkType
from app.operations import arrange, copies, dates, links, people, progress, projects, tasks
from tests.builders import NOW, after, at, by_name, done, names, person, plan, portfolio


def shape(document: Document, project: ProjectId) -> str:
    """The outline as text: ``1 A`` and so on."""
    outline = outline_of(document.tasks.of(project))
    return ", ".join(
        f"{number} {document.tasks[task].name}"
        for task, number in zip(outline.tasks, outline.numbers, strict=True)
    )


def dates_of(document: Document, task: TaskId) -> tuple[str, str]:
    result = schedule_of(document, document.tasks[task].project)
    place = result.places[task]
    return iso(int(result.start[place])), iso(int(result.finish[place]))


def test_tasks_are_added_where_asked_for() -> None:
    document, project, (a, b, _c) = plan()
    document = after(
        document,
        tasks.add(project, "last"),
        tasks.add(project, "second", after=a),
        tasks.add(project, "first", before=a),
        tasks.add(project, "inner", inside=b),
        tasks.add_many(project, ("one", "two"), inside=b, after=None),
    )
    assert shape(document, project) == "1 first, 2 A, 3 second, 4 B, 4.1 inner, 4.2 one, 4.3 two, 5 C, 6 last"
    inner = by_name(document, "inner")
    document = after(document, tasks.add(project, "beside", after=inner, inside=b))
    assert "4.2 beside" in shape(document, project)
    assert sorted(task.uid for task in document.tasks) == list(range(1, 11))


def test_new_tasks_take_the_projects_conventions() -> None:
    document, project, _ = plan(())
    document = after(
        document,
        projects.set_field(project, "minutes_per_day", "7h"),
        projects.set_field(project, "new_tasks_manual", "yes"),
        projects.set_field(project, "new_tasks_estimated", "yes"),
        projects.set_field(project, "default_task_type", "fixed_work"),
        projects.set_schedule_from(project, False, at(29, 17)),
    )
    document, task = done(document, tasks.add(project, "X"))
    row = document.tasks[task]
    assert (row.duration, row.manual, row.estimated) == (420, True, True)
    assert (row.task_type, row.constraint) == (TaskType.FIXED_WORK, ConstraintType.ALAP)


def test_a_typed_duration_moves_the_dates_and_a_summary_refuses_it() -> None:
    document, _project, (a, b, _c) = plan()
    document = after(document, arrange.indent((b,)), tasks.set_duration(b, parse_span("3d?")))
    assert dates_of(document, a) == ("2027-01-04T08:00", "2027-01-06T17:00")
    assert document.tasks[b].estimated
    with pytest.raises(Refusal) as no:
        done(document, tasks.set_duration(a, parse_span("1d")))
    assert no.value.at == (a, "duration")


def test_no_duration_makes_a_milestone_and_some_makes_a_task_again() -> None:
    document, _, (a, *_) = plan()
    document = after(document, tasks.set_duration(a, parse_span("0d")))
    assert document.tasks[a].milestone
    document = after(document, tasks.set_duration(a, parse_span("2d")))
    assert not document.tasks[a].milestone
    document = after(document, tasks.set_milestone((a,), True), tasks.set_duration(a, parse_span("3d")))
    assert document.tasks[a].milestone


def test_a_started_task_keeps_what_is_done_when_its_duration_changes() -> None:
    document, _, (a, *_) = plan(("10d",))
    document = after(document, progress.set_percent((a,), 50), tasks.set_duration(a, parse_span("20d")))
    row = document.tasks[a]
    assert (row.percent_complete, row.remaining_duration) == (25, 15 * 480)
    document = after(document, tasks.set_duration(a, parse_span("4d")))
    assert document.tasks[a].percent_complete == 100
    document, _, (a, *_) = plan(("2d",))
    document = after(document, progress.set_percent((a,), 100), tasks.set_duration(a, parse_span("3d")))
    assert document.tasks[a].actual_finish == at(6, 17)


def test_a_typed_start_is_a_constraint_and_an_empty_one_none() -> None:
    document, _, (a, *_) = plan()
    document = after(document, dates.set_start(a, at(7)))
    assert (document.tasks[a].constraint, document.tasks[a].constraint_date) == (ConstraintType.SNET, at(7))
    assert dates_of(document, a)[0] == "2027-01-07T08:00"
    document = after(document, dates.set_finish(a, at(12, 17)))
    assert document.tasks[a].constraint is ConstraintType.FNET
    document = after(document, dates.set_finish(a, None))
    assert document.tasks[a].constraint is ConstraintType.ASAP
    assert document.tasks[a].constraint_date is None


def test_from_the_finish_typed_dates_bind_the_other_way() -> None:
    document, project, (a, *_) = plan()
    document = after(
        document, projects.set_schedule_from(project, False, at(29, 17)), dates.set_start(a, at(7))
    )
    assert document.tasks[a].constraint is ConstraintType.SNLT
    document = after(document, dates.set_finish(a, at(12, 17)))
    assert document.tasks[a].constraint is ConstraintType.FNLT
    document = after(document, dates.set_start(a, None))
    assert document.tasks[a].constraint is ConstraintType.ALAP


def test_a_manual_task_keeps_what_is_typed() -> None:
    document, _, (a, *_) = plan(("2d",))
    document = after(document, dates.set_manual((a,), True))
    assert (document.tasks[a].manual_start, document.tasks[a].manual_finish) == (at(4), at(5, 17))
    document = after(document, dates.set_start(a, at(11)))
    assert document.tasks[a].manual_finish == at(12, 17)
    document = after(document, dates.set_finish(a, at(13, 17)))
    assert document.tasks[a].duration == 3 * 480
    with pytest.raises(Refusal):
        done(document, dates.set_finish(a, at(6, 17)))
    document = after(document, dates.set_start(a, None), dates.set_start(a, at(12)))
    assert document.tasks[a].duration == 2 * 480
    document = after(document, tasks.set_duration(a, parse_span("4d")))
    assert dates_of(document, a) == ("2027-01-12T08:00", "2027-01-15T17:00")
    document = after(document, dates.set_manual((a,), False))
    assert document.tasks[a].manual_start is None
    assert dates_of(document, a)[0] == "2027-01-04T08:00"


def test_a_started_task_takes_a_typed_start_as_its_actual_one() -> None:
    document, _, (a, *_) = plan(("2d",))
    document = after(document, progress.set_percent((a,), 100), dates.set_start(a, at(5)))
    assert (document.tasks[a].actual_start, document.tasks[a].actual_finish) == (at(5), at(6, 17))
    document = after(document, dates.set_finish(a, at(7, 17)))
    assert (document.tasks[a].actual_finish, document.tasks[a].duration) == (at(7, 17), 3 * 480)
    with pytest.raises(Refusal):
        done(document, dates.set_start(a, None))


def test_dragging_the_end_of_a_bar_changes_the_duration() -> None:
    document, _, (a, *_) = plan(("2d",))
    document = after(document, dates.stretch(a, at(8, 12)))
    assert document.tasks[a].duration == 4 * 480 + 240
    with pytest.raises(Refusal):
        done(document, dates.stretch(a, at(1)))
    document = after(document, dates.set_manual((a,), True), dates.stretch(a, at(5, 17)))
    assert (document.tasks[a].manual_finish, document.tasks[a].duration) == (at(5, 17), 960)


def test_constraints_take_the_present_date_and_summaries_take_few() -> None:
    document, _, (a, b, _c) = plan()
    document = after(document, dates.set_constraint(a, ConstraintType.MFO))
    assert document.tasks[a].constraint_date == at(4, 17)
    document = after(document, dates.set_constraint(a, ConstraintType.MSO))
    assert document.tasks[a].constraint_date == at(4)
    document = after(document, dates.set_constraint(a, ConstraintType.ASAP))
    assert document.tasks[a].constraint_date is None
    document = after(document, arrange.indent((b,)), dates.set_constraint(a, ConstraintType.SNET, at(11)))
    with pytest.raises(Refusal):
        done(document, dates.set_constraint(a, ConstraintType.MSO, at(11)))
    with pytest.raises(Refusal):
        done(document, dates.set_start(a, at(11)))


def test_a_deadline_moves_nothing() -> None:
    document, project, (a, *_) = plan(("5d",))
    before = dates_of(document, a)
    document = after(document, dates.set_deadline(a, at(6, 17)))
    assert dates_of(document, a) == before
    assert int(schedule_of(document, project).total_slack[0]) == -2 * 480


def test_indenting_and_outdenting_keep_the_order_of_the_lines() -> None:
    document, project, (a, b, c) = plan()
    document = after(document, arrange.indent((b, c)))
    assert shape(document, project) == "1 A, 1.1 B, 1.2 C"
    document = after(document, arrange.outdent((b,)))
    assert shape(document, project) == "1 A, 2 B, 2.1 C"
    document = after(document, arrange.outdent((c,)))
    assert shape(document, project) == "1 A, 2 B, 3 C"
    for refused in (arrange.indent((a,)), arrange.outdent((a,)), arrange.indent(())):
        with pytest.raises(Refusal):
            done(document, refused)


def test_moving_takes_the_inside_along_and_never_into_itself() -> None:
    document, project, (a, b, c, d) = plan(("1d",) * 4)
    document = after(document, arrange.indent((b,)), arrange.move((a,), None))
    assert shape(document, project) == "1 C, 2 D, 3 A, 3.1 B"
    document = after(document, arrange.move((d,), None, c), arrange.move((c,), a, b))
    assert shape(document, project) == "1 D, 2 A, 2.1 C, 2.2 B"
    with pytest.raises(Refusal):
        done(document, arrange.move((a,), b))
    document = after(document, arrange.move_up((b,)), arrange.move_down((d,)))
    assert shape(document, project) == "1 A, 1.1 B, 1.2 C, 2 D"
    for refused in (arrange.move_up((b,)), arrange.move_down((d,))):
        with pytest.raises(Refusal):
            done(document, refused)
    document = after(document, arrange.move((b, c), None, b))
    assert shape(document, project) == "1 A, 1.1 B, 1.2 C, 2 D"


def test_siblings_of_one_rank_still_get_neighbours() -> None:
    document, project, (a, b, _c) = plan()
    draft = Draft(document, NOW)
    draft.put(replace(document.tasks[b], rank=document.tasks[a].rank))
    first, second = sorted((a, b))
    document = after(draft.result(), tasks.add(project, "between", before=second))
    outline = outline_of(document.tasks.of(project))
    assert outline.tasks[0] == first
    assert document.tasks[outline.tasks[1]].name == "between"


def test_deleting_takes_all_that_hangs_on_a_task() -> None:
    document, _project, (a, b, c) = plan()
    document, ann = person(document, "Ann")
    document = after(
        document, links.link((b, c)), people.assign(b, ann), arrange.indent((b,)), tasks.delete((a,))
    )
    assert [task.name for task in document.tasks] == ["C"]
    assert not len(document.links)
    assert not len(document.assignments)
    with pytest.raises(Refusal):
        done(document, tasks.delete((a,)))


def test_duplicates_carry_links_people_and_inside_with_them() -> None:
    document, project, (a, b, c) = plan()
    document, ann = person(document, "Ann")
    document = after(document, people.assign(b, ann), links.link((b, c)), arrange.indent((b, c)))
    document, made = done(document, copies.duplicate((a,)))
    assert shape(document, project) == "1 A, 1.1 B, 1.2 C, 2 A, 2.1 B, 2.2 C"
    assert len(document.links) == len(document.assignments) == 2
    assert len({task.uid for task in document.tasks}) == 6
    document, other, _ = plan((), "Q", document)
    document, pasted = done(document, copies.paste((made[0],), other))
    assert shape(document, other) == "1 A, 1.1 B, 1.2 C"
    assert len(document.links.of(other)) == 1
    with pytest.raises(Refusal):
        done(document, copies.paste((a,), other, before=b))
    with pytest.raises(Refusal):
        done(document, copies.duplicate((a, pasted[0])))


def test_interruptions_lie_within_the_task() -> None:
    document, _, (a, *_) = plan(("4d",))
    document = after(document, tasks.split(a, 960, 480), tasks.split(a, 480, 480), tasks.split(a, 960, 480))
    assert document.tasks[a].splits == (Split(480, 480), Split(960, 960))
    assert dates_of(document, a)[1] == "2027-01-12T17:00"
    with pytest.raises(Refusal):
        done(document, tasks.split(a, 4 * 480, 480))
    assert not after(document, tasks.unsplit(a)).tasks[a].splits
    assert after(document, tasks.set_duration(a, parse_span("1d"))).tasks[a].splits == ()


def test_facts_of_a_task_can_be_set() -> None:
    document, _project, (a, _b, _c) = plan()
    document = after(
        document,
        tasks.rename(a, "  Design   review "),
        tasks.set_active((a,), False),
        tasks.set_priority(a, 700),
        tasks.set_hyperlink(a, "https://example.org", ""),
        tasks.set_wbs(a, "X.1"),
        tasks.set_contact(a, "Ann"),
        tasks.set_fixed_cost(a, 5000),
        tasks.set_work(a, parse_span("16h")),
        tasks.set_ignore_resource_calendar(a, True),
        tasks.set_estimated(a, True),
    )
    row = document.tasks[a]
    assert (row.name, row.active, row.priority, row.wbs) == ("Design review", False, 700, "X.1")
    assert (row.hyperlink, row.fixed_cost, row.work) == ("https://example.org", 5000, 960)
    document = after(document, tasks.set_type(a, TaskType.FIXED_WORK))
    assert document.tasks[a].effort_driven
    for refused in (
        tasks.set_priority(a, 1001),
        tasks.set_effort_driven(a, False),
        tasks.set_work(a, Span(-1)),
    ):
        with pytest.raises(Refusal):
            done(document, refused)


def test_what_is_gone_or_elsewhere_is_refused_with_a_sentence() -> None:
    document, project, (a, _b, _c) = plan()
    document, _other, (z,) = plan(("1d",), "Q", document)
    nobody = TaskId("nobody")
    for step in (
        tasks.rename(nobody, "x"),
        tasks.add(project, "x", before=z),
        tasks.add(ProjectId("nobody"), "x"),
        tasks.add_many(project, ()),
        arrange.move((a,), None, z),
        arrange.move((a,), nobody),
    ):
        with pytest.raises(Refusal) as no:
            done(document, step)
        assert no.value.sentence.endswith(".")


def test_one_edit_in_a_plan_of_ten_thousand_costs_the_rules_next_to_nothing() -> None:
    import time

    document, project, _ = plan((), document=portfolio())
    many = tuple(name for name, _ in zip(names(), range(600), strict=False))
    for _ in range(17):
        document = after(document, tasks.add_many(project, many))
    ids = list(document.tasks.of(project))
    draft = Draft(document, NOW)
    tasks.set_duration.within(draft, ids[5000], parse_span("3d"))
    changes = draft.changes()
    result = document.after(changes)
    quickest = 1.0
    for _ in range(5):
        begin = time.perf_counter()
        check(result, changes)
        quickest = min(quickest, time.perf_counter() - begin)
    assert quickest < 0.001
    assert len(ids) == 10_200


def test_links_of_all_types_hold_their_dates() -> None:
    document, _, (a, b, c) = plan(("2d", "2d", "2d"))
    document = after(
        document, links.add(a, b, LinkType.SS, Span(480)), links.add(a, c, LinkType.FF, Span(480))
    )
    assert dates_of(document, b)[0] == "2027-01-05T08:00"
    assert dates_of(document, c)[1] == "2027-01-06T17:00"
    assert Moment(at(4)) == at(4)


def test_a_task_interrupted_between_two_dates_ends_so_much_later() -> None:
    document, _project, (a, *_) = plan(("5d", "1d", "1d"))
    once = after(document, tasks.interrupt(a, at(5, 17), at(7, 8)))
    assert once.tasks[a].splits == (Split(960, 480),)
    twice = after(once, tasks.interrupt(a, at(7, 17), at(11, 8)))
    assert twice.tasks[a].splits == (Split(960, 480), Split(1440, 480))
    with pytest.raises(Refusal):
        done(document, tasks.interrupt(a, at(4), at(5)))
