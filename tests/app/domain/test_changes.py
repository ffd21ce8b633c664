"""A change set is a value: it can be named, looked into, turned round and joined with the next."""

from __future__ import annotations

from dataclasses import replace

from app.domain.changes import Change, ChangeSet, Label, joined
from app.domain.values import ProjectId, TaskId
from app.domain.work import Task

ONE = Task(TaskId("1"), ProjectId("p"), 1, None, "A", "One")
LONGER = replace(ONE, duration=960)
NAMED = replace(ONE, duration=960, name="Uno")
TWO = Task(TaskId("2"), ProjectId("p"), 2, None, "B", "Two")


def of(*changes: Change, label: str = "Step") -> ChangeSet:
    return ChangeSet(Label(label), changes)


def change(before: Task | None, after: Task | None) -> Change:
    known = before or after
    assert known is not None
    return Change("tasks", known.id, before, after)


def test_a_label_says_what_was_done_with_its_arguments() -> None:
    assert Label("Delete project {name}", (("name", "Tram"),)).text == "Delete project Tram"
    assert Label("Run").text == "Run"


def test_it_tells_which_fields_and_tables_it_touches() -> None:
    both = of(change(ONE, NAMED), change(None, TWO), change(TWO, None))
    assert both.fields == {("tasks", "1", "duration"), ("tasks", "1", "name"), ("tasks", "2", "*")}
    assert both.tables == {"tasks"}
    assert list(both.of("tasks")) == list(both.changes)
    assert list(both.of("links")) == []
    assert both
    assert not of()
    assert of().fields == frozenset()


def test_taken_back_it_leads_from_after_to_before_in_the_other_order() -> None:
    forth = of(change(ONE, LONGER), change(None, TWO))
    back = forth.inverted()
    assert back.changes == (change(TWO, None), change(LONGER, ONE))
    assert back.label == forth.label
    assert back.inverted() == forth


def test_two_steps_joined_do_what_both_did_in_turn() -> None:
    label = Label("Both")
    both = joined(label, of(change(ONE, LONGER)), of(change(LONGER, NAMED), change(None, TWO)))
    assert both == ChangeSet(label, (change(ONE, NAMED), change(None, TWO)))


def test_what_comes_back_to_where_it_was_vanishes_when_joined() -> None:
    assert not joined(Label(""), of(change(ONE, LONGER)), of(change(LONGER, ONE)))
    assert not joined(Label(""), of(change(None, TWO)), of(change(TWO, None)))
