"""A draft reads through to its document, remembers what one gesture did, and leaves the document alone."""

from __future__ import annotations

import itertools
import pickle
from dataclasses import replace

import pytest

from app.domain.document import Document
from app.domain.draft import Draft, fresh_id
from app.domain.outline import branch, outline_of
from app.domain.values import ProjectId, TaskId
from app.domain.work import Task
from tests.builders import NOW, busy

P, Q = ProjectId("p"), ProjectId("q")


def task(id: str, project: ProjectId = P, parent: str | None = None, rank: str = "A") -> Task:
    inside = None if parent is None else TaskId(parent)
    return Task(TaskId(id), project, int(id), inside, rank, f"Task {id}")


ONE, TWO, THREE = task("1"), task("2"), task("3")


def drafted() -> Draft:
    return Draft(Document.holding([ONE, TWO]), NOW)


def test_a_draft_shows_what_was_put_and_hides_what_was_dropped() -> None:
    draft = drafted()
    assert [each.id for each in draft.tasks] == ["1", "2"]
    longer = replace(ONE, duration=960)
    draft.put(longer)
    draft.drop(TWO)
    draft.put(THREE)
    assert list(draft.tasks) == [longer, THREE]
    assert len(draft.tasks) == 2
    assert draft.tasks[ONE.id] is longer
    assert draft.tasks.get(TWO.id) is None
    assert draft.tasks.get(None) is None
    assert (ONE.id in draft.tasks, TWO.id in draft.tasks, THREE.id in draft.tasks) == (True, False, True)
    with pytest.raises(KeyError):
        draft.tasks[TWO.id]
    assert dict(draft.tasks.of(P)) == {ONE.id: longer, THREE.id: THREE}
    assert draft.document.tasks[ONE.id] is ONE


def test_what_is_put_and_dropped_again_changes_nothing() -> None:
    draft = drafted()
    draft.put(THREE)
    draft.drop(THREE)
    draft.drop(THREE)
    draft.put(replace(ONE, name="x"))
    draft.put(ONE)
    assert not draft.changes()
    assert draft.result() == draft.document
    assert len(draft.tasks) == 2


def test_a_record_that_moves_to_another_project_is_in_that_one_alone() -> None:
    draft = drafted()
    moved = replace(ONE, project=Q)
    draft.put(moved)
    assert list(draft.tasks.of(P)) == [TWO.id]
    assert list(draft.tasks.of(Q)) == [ONE.id]
    after = draft.result()
    assert list(after.tasks.of(P)) == [TWO.id]
    assert list(after.tasks.of(Q)) == [ONE.id]
    assert [each.id for each in after.tasks] == ["1", "2"]


def test_the_drafted_document_is_the_same_object_until_something_else_is_put() -> None:
    draft = drafted()
    draft.put(THREE)
    one = draft.result()
    draft.drop(task("9"))
    assert draft.result() is one
    draft.drop(THREE)
    assert draft.result() is not one


def test_the_shape_counts_what_comes_goes_and_changes_its_parent() -> None:
    draft = drafted()
    shapes = [draft.tasks.shape]
    for step in (
        lambda: draft.put(replace(ONE, name="other")),
        lambda: draft.put(replace(ONE, parent=TWO.id)),
        lambda: draft.put(THREE),
        lambda: draft.drop(THREE),
    ):
        step()
        shapes.append(draft.tasks.shape)
    assert [later - earlier for earlier, later in itertools.pairwise(shapes)] == [0, 1, 1, 1]


def test_parents_come_before_children_and_children_go_first() -> None:
    document = busy()
    draft = Draft(document, NOW)
    for record in document.records():
        draft.drop(record)
    gone = [change.table for change in draft.changes().changes]
    assert gone[0] != "portfolio"
    assert gone[-1] == "portfolio"
    assert gone.index("links") < gone.index("tasks") < gone.index("projects")
    assert draft.result() == Document.holding([])


def test_new_ids_are_never_the_same() -> None:
    assert len({fresh_id() for _ in range(100)}) == 100


def test_a_document_is_a_value() -> None:
    document = busy()
    assert pickle.loads(pickle.dumps(document)) == document
    assert document != "a document"
    assert document != Document.holding([])
    with pytest.raises(AttributeError, match="never changes"):
        document.tasks = document.tasks
    with pytest.raises(TypeError):
        hash(document)


def test_an_outline_numbers_what_lies_in_what() -> None:
    tasks = [task("1"), task("2", parent="1"), task("3", parent="2"), task("4", rank="B")]
    outline = outline_of({each.id: each for each in tasks})
    assert outline.numbers == ("1", "1.1", "1.1.1", "2")
    assert outline.levels == (1, 2, 3, 1)
    assert outline.parents == (-1, 0, 1, -1)
    assert [outline.is_summary(each.id) for each in tasks] == [True, True, False, False]
    assert outline.inside(TaskId("1")) == ("2", "3")
    assert outline.inside(TaskId("3")) == outline.inside(TaskId("4")) == ()


def test_a_branch_holds_each_task_once_and_leaves_out_what_is_gone() -> None:
    tasks = {each.id: each for each in (task("1"), task("2", parent="1"), task("3", parent="1", rank="B"))}
    found = branch(tasks, [TaskId("1"), TaskId("2"), TaskId("gone")])
    assert [each.id for each in found] == ["1", "2", "3"]
