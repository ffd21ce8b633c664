"""The pane beside the plan: the lines of the chosen tasks, and what happened to one."""

from __future__ import annotations

from app.domain.durations import Measure, parse_span
from app.domain.history import Who
from app.domain.portfolio import FieldKind
from app.operations import cells, custom_fields, links, projects, tasks
from app.views.plan_details import Detail, details
from app.views.task_history import TaskStep, once_of, records_of, task_history
from app.views.why import why
from app.workspace import Workspace


def made() -> tuple[Workspace, str, list[str]]:
    door = Workspace.in_memory(owner=Who("pm", "desk", "PM"))
    project = door.run(projects.create("Relaunch", "REL")).result
    return door, project, [door.run(tasks.add(project, name)).result for name in ("A", "B")]


def told_of(door: Workspace, task: str) -> tuple[TaskStep, ...]:
    records = records_of(door.document, task)
    records |= once_of(door.history_about(records), task)
    return task_history(door.document, door.history_about(records), records, "en_GB")


def lines(door: Workspace, project: str, chosen: list[str]) -> dict[str, Detail]:
    found = details(door.document, project, chosen, "en_GB")
    assert found is not None
    return {line.column: line for _, section in found.sections for line in section}


def test_lines_that_differ_are_mixed_and_flags_are_a_choice() -> None:
    door, project, (a, b) = made()
    risk = door.run(custom_fields.create("Risk", FieldKind.CHOICE, choices=("Low", "High"))).result
    door.run(cells.set_cell(a, f"field:{risk}", "High"))
    both = lines(door, project, [a, b])
    assert both["name"].is_mixed
    assert not both["duration"].is_mixed
    assert both["active"].value == "yes"
    assert both["effort_driven"].choices == ("yes", "no")
    assert both[f"field:{risk}"].is_mixed
    assert lines(door, project, [a])[f"field:{risk}"].value == "High"
    assert lines(door, project, [a])["calendar"].value in lines(door, project, [a])["calendar"].choices


def test_the_history_of_a_task_names_what_changed_in_its_own_words() -> None:
    door, _project, (a, b) = made()
    door.run(cells.set_cell(a, "duration", "3d"))
    door.run(links.link((a, b)))
    door.undo()
    steps = told_of(door, a)
    assert {"Change duration", "Add task"} <= {step.label for step in steps}
    assert steps[0].label.startswith("Undone: ")
    assert any("3d" in line for step in steps for line in step.lines)
    assert len(told_of(door, b)) == 3


def test_what_happened_to_a_task_long_ago_is_still_told() -> None:
    door, _project, (a, b) = made()
    door.run(cells.set_cell(a, "name", "First named so"))
    for number in range(600):
        door.run(cells.set_cell(b, "duration" if number % 2 else "percent", str(number % 9 + 1)))
    assert len(door.history()) > 600
    assert [step.label for step in told_of(door, a)] == ["Rename task", "Add task"]


def test_what_happened_to_a_link_that_is_gone_is_still_told() -> None:
    door, _project, (a, b) = made()
    (link,) = door.run(links.link((a, b))).result
    door.run(links.set_lag(link, parse_span("2d", Measure(), "en_GB")))
    door.run(links.drop(link))
    labels = [step.label for step in told_of(door, b)]
    assert labels[:2] == ["Delete link", "Change lag"]
    assert len(labels) == 4


def test_a_step_that_brought_thousands_of_records_is_told_by_its_name_alone() -> None:
    door = Workspace.in_memory(owner=Who("pm", "desk", "PM"))
    project = door.run(projects.create("Relaunch")).result
    tasks_made = door.run(tasks.add_many(project, tuple(f"Task {number}" for number in range(2500)))).result
    (step,) = told_of(door, tasks_made[7])
    assert step.label.startswith("Add")
    assert step.lines == ()


def test_the_link_that_holds_a_task_is_written_as_it_is_typed() -> None:
    door, project, (a, b) = made()
    door.run(cells.set_cell(b, "predecessors", "1FF+2d"))
    door.run(cells.set_cell(a, "duration", "5d"))
    assert why(door.document, project, b, "en_GB").tie == "FF+2d from “A”"
