"""Verbs where something is missing, is already so, or comes twice."""

from __future__ import annotations

from dataclasses import replace

from app.derive.schedule import schedule_of
from app.domain.changes import Change, ChangeSet, Label
from app.domain.document import Document
from app.domain.durations import parse_span
from app.domain.portfolio import FieldKind
from app.domain.records import Record, table_of
from app.domain.work import ConstraintType
from app.operations import arrange, cells, custom_fields, dates, links, people, progress, projects, tasks
from app.operations.arguments import several
from tests.app.operations.test_tasks import dates_of
from tests.builders import after, at, by_name, done, person, plan


def put(document: Document, *records: Record) -> Document:
    """The document with records that no verb made."""
    changes = []
    for record in records:
        before = document.table(table_of(record)).get(record.id)
        changes.append(Change(table_of(record), record.id, before, record))
    return document.after(ChangeSet(Label("put"), tuple(changes)))


def order_of(document: Document) -> list[str]:
    return [each.alias for each in sorted(document.custom_fields, key=lambda each: (each.rank, each.id))]


def test_a_column_is_moved_before_any_other_and_to_the_end() -> None:
    document, _, _ = plan()
    made = {}
    for alias in "ABC":
        document, made[alias] = done(document, custom_fields.create(alias, FieldKind.TEXT))
    assert order_of(after(document, custom_fields.move(made["C"], made["A"]))) == ["C", "A", "B"]
    assert order_of(after(document, custom_fields.move(made["C"], made["B"]))) == ["A", "C", "B"]
    assert order_of(after(document, custom_fields.move(made["A"]))) == ["B", "C", "A"]
    same = put(document, *(replace(each, rank="V") for each in document.custom_fields if each.alias != "C"))
    first, second = order_of(same)[:2]
    moved = after(same, custom_fields.move(made["C"], made[second]))
    assert order_of(moved).index(first) < order_of(moved).index("C")


def test_a_value_can_be_changed_and_emptied_in_place() -> None:
    document, _, (a, *_) = plan()
    document, size = done(document, custom_fields.create("Size", FieldKind.NUMBER))
    document = after(document, custom_fields.set_value(size, a, "1"), custom_fields.set_value(size, a, "2"))
    assert [each.value for each in document.custom_values] == ["2"]
    document = after(document, custom_fields.set_value(size, a, " "), custom_fields.set_value(size, a, ""))
    assert not len(document.custom_values)


def test_a_constraint_keeps_the_date_it_has_for_the_same_end_and_takes_the_plan_s_for_the_other() -> None:
    document, _, (a, *_) = plan(("2d",))
    document = after(document, dates.set_constraint(a, ConstraintType.SNET, at(11)))
    for kind, date in (
        (ConstraintType.MSO, at(11)),
        (ConstraintType.SNLT, at(11)),
        (ConstraintType.FNET, at(12, 17)),
        (ConstraintType.MFO, at(12, 17)),
        (ConstraintType.ALAP, None),
    ):
        row = after(document, dates.set_constraint(a, kind)).tasks[a]
        assert (row.constraint, row.constraint_date) == (kind, date)


def test_another_finish_of_what_is_finished_changes_how_long_it_took() -> None:
    document, _, (a, *_) = plan(("2d",))
    document = after(document, progress.set_percent((a,), 100), dates.set_finish(a, at(7, 17)))
    row = document.tasks[a]
    assert (row.duration, row.actual_finish, row.percent_complete) == (4 * 480, at(7, 17), 100)


def test_a_cleared_constraint_date_lets_the_task_go_by_its_links() -> None:
    document, _, (a, *_) = plan(("2d",))
    document = after(document, dates.set_constraint(a, ConstraintType.FNLT, at(11, 17)))
    document = after(document, cells.set_cell(a, "constraint_date", ""))
    assert (document.tasks[a].constraint, document.tasks[a].constraint_date) == (ConstraintType.ASAP, None)


def test_a_block_pasted_over_rows_that_are_there_adds_none() -> None:
    document, project, (a, b, c) = plan()
    document, made = done(document, cells.paste_rows(project, ("name",), (("X",), ("Y",)), a))
    assert made == (a, b)
    assert [document.tasks[task].name for task in (a, b, c)] == ["X", "Y", "C"]


def test_rows_pasted_beyond_the_end_join_the_last_summary() -> None:
    document, project, (a, b, _) = plan()
    document = after(document, arrange.indent((b, by_name(document, "C"))))
    document, made = done(
        document, cells.paste_rows(project, ("name",), (("X",), ("Y",)), by_name(document, "C"))
    )
    assert [document.tasks[task].parent for task in made] == [a, a]


def test_a_step_of_one_operation_keeps_that_operation_s_name() -> None:
    document, _, (a, *_) = plan()
    step = several(document, [{"operation": "tasks.delete", "arguments": {"tasks": ["P/1"]}}])
    assert a not in after(document, step).tasks


def test_an_imported_project_copied_is_nobody_s_source_any_more() -> None:
    document, project, (a, *_) = plan()
    document = put(document, replace(document.tasks[a], guid="G-1"))
    document, copy = done(document, projects.duplicate(project, "Copy", "COPY"))
    assert {task.guid for task in document.tasks.of(copy).values()} == {""}
    assert document.tasks[a].guid == "G-1"


def test_inactive_and_finished_tasks_are_not_put_off() -> None:
    document, project, (a, b, c) = plan()
    document = after(document, tasks.set_active((a,), False), progress.set_percent((b,), 100))
    document = after(document, progress.reschedule_unfinished(project, at(11)))
    assert [document.tasks[task].constraint_date for task in (a, b, c)] == [None, None, at(11)]


def test_what_was_taken_out_of_the_plan_is_not_on_track() -> None:
    document, project, (a, b) = plan(("1d", "1d"))
    document = after(document, tasks.set_active((a,), False), progress.update_to(project, at(8, 17)))
    assert [document.tasks[task].percent_complete for task in (a, b)] == [0, 100]


def test_on_track_takes_no_progress_away_and_begins_nothing_that_lies_ahead() -> None:
    document, project, (a, b) = plan(("4d", "2d"))
    document = after(
        document,
        dates.set_start(b, at(11)),
        progress.set_percent((a,), 75),
        progress.update_to(project, at(5, 17)),
    )
    assert [document.tasks[task].percent_complete for task in (a, b)] == [75, 0]
    document = after(document, progress.update_to(project, at(11)))
    assert [document.tasks[task].percent_complete for task in (a, b)] == [100, 0]


def test_a_milestone_that_is_said_to_be_done_early_began_then_too() -> None:
    document, _, (a, b) = plan(("2d", "0d"))
    document = after(document, links.add(a, b), progress.set_actual_finish(b, at(4, 12)))
    row = document.tasks[b]
    assert (row.actual_start, row.actual_finish, row.duration) == (at(4, 12), at(4, 12), 0)


def test_a_point_in_time_given_some_length_is_a_milestone_no_longer() -> None:
    document, _, (a, *_) = plan(("2d",))
    document = after(document, tasks.set_duration(a, parse_span("0d")))
    assert document.tasks[a].milestone
    assert not after(document, tasks.set_duration(a, parse_span("1d"))).tasks[a].milestone
    marked = after(document, tasks.set_duration(a, parse_span("1d")), tasks.set_milestone((a,), True))
    assert after(marked, tasks.set_duration(a, parse_span("3d"))).tasks[a].milestone


def test_deleting_a_person_leaves_everybody_else_alone() -> None:
    document, _, (a, *_) = plan()
    document, ann = person(document, "Ann")
    document, bob = person(document, "Bob")
    document = after(document, people.assign(a, ann), people.assign(a, bob))
    for who in (ann, bob):
        document = after(
            document, people.set_rate(who, 6000), people.add_availability(who, 0.5, at(1), at(9))
        )
    document = after(document, people.delete_resource(ann))
    for table in (document.assignments, document.rates, document.availabilities):
        assert [each.resource for each in table] == [bob]


def test_backward_projects_that_wait_for_each_other_end_at_the_later_finish() -> None:
    document, one, (a, b) = plan(("1d", "1d"), "ONE")
    document, two, (x, *_) = plan(("1d",), "TWO", document)
    document = after(document, links.add(a, x), links.add(x, b))
    for project, finish in ((one, at(15, 17)), (two, at(22, 17))):
        document = after(document, projects.set_schedule_from(project, False, finish))
    result = schedule_of(document, one)
    assert not result.problems
    assert max(dates_of(document, task)[1] for task in (a, b, x)) <= "2027-01-22T17:00"
    assert dates_of(document, a)[1] <= dates_of(document, x)[0] <= dates_of(document, b)[0]


def test_who_did_the_work_finished_with_the_task_and_not_before() -> None:
    document, _, (a, *_) = plan(("2d",))
    document, ann = person(document, "Ann")
    document, made = done(document, people.assign(a, ann))
    document = after(document, progress.set_percent((a,), 100))
    assert document.assignments[made].actual_finish == at(5, 17)
    document = after(document, progress.set_percent((a,), 50))
    assert document.assignments[made].actual_finish is None
