"""A table after changes holds what a dictionary would, in its order, and older tables stay as they were."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.document import Table
from app.domain.values import ProjectId, TaskId
from app.domain.work import Task

PROJECTS = (ProjectId("P"), ProjectId("Q"))


def task(number: int, text: str, project: ProjectId = PROJECTS[0]) -> Task:
    return Task(TaskId(f"t{number}"), project, number, None, "a", text)


def assert_holds(table: Table[TaskId, Task], wanted: dict[TaskId, Task]) -> None:
    """Every way of asking gives what the dictionary holds."""
    assert [*table] == [*wanted.values()]
    assert len(table) == len(wanted)
    assert table == Table[TaskId, Task].holding([*wanted.values()])
    for number in range(260):
        id = TaskId(f"t{number}")
        assert table.get(id) == wanted.get(id)
        assert (id in table) == (id in wanted)
        if id in wanted:
            assert table[id] == wanted[id]
    for project in PROJECTS:
        inside = {id: record for id, record in wanted.items() if record.project == project}
        assert dict(table.of(project)) == inside


def blocks() -> st.SearchStrategy[list[tuple[int, int, int]]]:
    """Blocks of changes: how (0 drops, 1 moves to the other project, else another text), where, how many."""
    return st.lists(
        st.tuples(st.integers(0, 8), st.integers(0, 259), st.sampled_from((1, 1, 2, 90, 210))), max_size=12
    )


@settings(max_examples=60, deadline=None)
@given(blocks())
def test_a_table_after_changes_holds_what_a_dictionary_would(steps: list[tuple[int, int, int]]) -> None:
    wanted = {TaskId(f"t{n}"): task(n, "", PROJECTS[n // 125]) for n in range(250)}
    table = Table[TaskId, Task].holding([*wanted.values()])
    older: list[tuple[Table[TaskId, Task], dict[TaskId, Task]]] = []
    for place, (how, first, count) in enumerate(steps):
        older.append((table, wanted))
        wanted, changes = dict(wanted), []
        for number in range(first, min(first + count, 260)):
            id = TaskId(f"t{number}")
            before = wanted.get(id)
            project = PROJECTS[0] if before is None else before.project
            after: Task | None = task(number, f"{place}", project)
            if how == 0:
                after = None
                wanted.pop(id, None)
            elif how == 1 and before is not None:
                after = replace(before, project=PROJECTS[project == PROJECTS[0]])
            if after is not None:
                wanted[id] = after
            changes.append((id, before, after))
        table = table.after(changes)
        assert_holds(table, wanted)
    for old, held in older:
        assert_holds(old, held)
