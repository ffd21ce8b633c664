"""What the file costs: open, commit one edit, commit an import. JSON in milliseconds."""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from app.domain.draft import Draft
from app.domain.portfolio import Project
from app.domain.values import LinkId, ProjectId, TaskId, moment
from app.domain.work import Link, Task
from app.operations.operation import Operation
from app.store.check import examined
from app.workspace import Who, Workspace
from tests.app.store.portfolios import add_tasks, set_duration

WHO = Who("bench", "bench")


def _fill(draft: Draft, projects: int, tasks: int) -> None:
    for number in range(projects):
        project = ProjectId(draft.new_id())
        draft.put(
            Project(project, f"P{number:03}", f"Project {number}", f"{number:03}1", moment(2027, 1, 4, 8))
        )
        ids = [TaskId(draft.new_id()) for _ in range(tasks)]
        for place, id in enumerate(ids):
            parent = ids[place - place % 10] if place % 10 else None
            draft.put(
                Task(
                    id,
                    project,
                    place + 1,
                    parent,
                    f"{place:05}1",
                    f"Work package {place} of {number}",
                    duration=480 * (1 + place % 7),
                    deadline=moment(2027, 5, 1 + place % 28, 17) if place % 9 == 0 else None,
                )
            )
            for back in (1, 7):
                if place % 10 and place >= back and (place - back) % 10:
                    draft.put(Link(LinkId(draft.new_id()), project, ids[place - back], id))


fill = Operation("bench.fill", "Fill", _fill)


def took(work: Callable[[], object], times: int) -> dict[str, float]:
    """The best and the median time of a piece of work, in milliseconds."""
    measured = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        measured.append((time.perf_counter() - began) * 1000)
    return {"best": round(min(measured), 2), "median": round(statistics.median(measured), 2)}


def opening(path: Path) -> dict[str, float]:
    """From the path to the document."""

    def once() -> None:
        workspaces.append(Workspace.open(path, owner=WHO))

    workspaces: list[Workspace] = []
    figures: list[float] = []
    for _ in range(5):
        figures.append(took(once, 1)["best"])
        workspaces.pop().close()
    return {"best": min(figures), "median": statistics.median(figures)}


def editing(path: Path) -> dict[str, float]:
    """One edit: drafted, checked, committed, in memory."""
    with Workspace.open(path, owner=WHO) as workspace:
        task = next(iter(workspace.document.tasks)).id
        minutes = iter(range(1, 10_000))
        workspace.run(set_duration(task, next(minutes)))
        return took(lambda: workspace.run(set_duration(task, next(minutes))), 200)


def measured(path: Path, projects: int, tasks: int) -> dict[str, object]:
    """Everything about a portfolio of so many projects of so many tasks."""
    figures: dict[str, object] = {}
    with Workspace.create(path, owner=WHO) as workspace:
        figures["fill"] = took(lambda: workspace.run(fill(projects, tasks)), 1)
        project = next(iter(workspace.document.projects)).id
        figures["import 10000 tasks"] = took(lambda: workspace.run(add_tasks(project, 10_000)), 1)
        figures["undo import"] = took(workspace.undo, 1)
    figures["open"] = opening(path)
    figures["commit one edit"] = editing(path)
    figures["check"] = took(lambda: examined(path, full=False), 2)
    figures["bytes"] = path.stat().st_size
    return figures


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        figures = {
            f"{projects} projects of {tasks} tasks": measured(
                Path(folder) / f"{projects}.pmpf", projects, tasks
            )
            for projects, tasks in ((100, 300), (1, 10_000))
        }
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
