"""The name of a step says which record it is about."""

from __future__ import annotations

from app.domain.changes import Label
from app.domain.durations import Measure, parse_span
from app.domain.values import ProjectId, TaskId
from app.operations import arrange, cells, links, projects, samples, tasks
from app.operations.operation import Step
from app.workspace import Workspace
from app.workspace.door import Who

FIVE_DAYS = parse_span("5d", Measure(), "en_GB")


def _portfolio() -> tuple[Workspace, ProjectId, TaskId, TaskId]:
    made = Workspace.in_memory(owner=Who("u", "m", "U"))
    project = made.run(projects.create("Move", "P1")).result
    one, two = (made.run(tasks.add(project, name)).result for name in ("Kick-off", "Build"))
    return made, project, one, two


def _name(workspace: Workspace, step: Step[object]) -> str:
    workspace.run(step)
    assert workspace.undo_label is not None
    return workspace.undo_label.text


def test_a_step_names_the_task_it_changed() -> None:
    workspace, _project, one, _two = _portfolio()
    assert _name(workspace, tasks.set_duration(one, FIVE_DAYS)) == "Change duration of “Kick-off”"
    assert _name(workspace, cells.set_cell(one, "deadline", "2030-01-04")) == "Change deadline of “Kick-off”"
    assert _name(workspace, tasks.rename(one, "Start")) == "Rename task: “Start”"


def test_a_step_on_several_tasks_names_the_first_and_counts_the_others() -> None:
    workspace, _project, one, two = _portfolio()
    assert _name(workspace, tasks.set_milestone((one, two), True)) == (
        "Change milestone mark of “Kick-off” and 1 more"
    )


def test_a_step_names_what_it_made() -> None:
    workspace, project, _one, _two = _portfolio()
    assert _name(workspace, tasks.add(project, "Test")) == "Add task: “Test”"
    assert _name(workspace, projects.create("Exit", "P2")) == "Create project: “Exit”"


def test_a_step_about_the_whole_portfolio_names_no_project_of_it() -> None:
    made = Workspace.in_memory(owner=Who("u", "m", "U"))
    assert made.run(samples.create_sample()).changes.label.text == "Create the sample portfolio"


def test_a_step_names_what_it_took_away() -> None:
    workspace, _project, one, _two = _portfolio()
    assert _name(workspace, tasks.delete((one,))) == "Delete task: “Kick-off”"


def test_a_link_is_named_by_its_ends() -> None:
    workspace, _project, one, two = _portfolio()
    assert _name(workspace, links.add(one, two)) == "Link tasks: “Kick-off → Build”"


def test_a_task_without_a_name_leaves_the_step_as_it_is() -> None:
    workspace, project, _one, _two = _portfolio()
    blank = workspace.run(tasks.add(project, "")).result
    assert _name(workspace, arrange.indent((blank,))) == "Indent"


def test_a_long_name_is_shortened_and_braces_in_it_are_only_letters() -> None:
    workspace, _project, one, _two = _portfolio()
    name = "{step} of a very long sentence that nobody reads in a menu"
    assert (
        _name(workspace, tasks.rename(one, name)) == "Rename task: “{step} of a very long sentence that nob…”"
    )


def test_a_name_survives_the_file_and_the_bare_step_can_be_had_as_well() -> None:
    label = Label("Change duration", (("of", "Kick-off"), ("more", "2")))
    assert label.text == "Change duration of “Kick-off” and 2 more"
    assert label.step == "Change duration"
