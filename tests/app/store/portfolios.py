"""Small portfolios and steps for tests of the file and its door, with a clock that is told the time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.portfolio import Project
from app.domain.values import LinkId, ProjectId, TaskId, moment
from app.domain.work import Link, Task
from app.operations.operation import Operation
from app.workspace import Clock, Who, Workspace

ANNA = Who("anna", "laptop-7", "Anna")


@dataclass
class ToldTime:
    """A clock that stands until it is told to go on."""

    now: datetime = field(default_factory=lambda: datetime(2027, 1, 4, 8, 0, tzinfo=UTC))

    def passes(self, **lengths: float) -> None:
        self.now += timedelta(**lengths)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.now, lambda: self.now.replace(tzinfo=None))


def _rename(draft: Draft, name: str) -> None:
    (portfolio,) = draft.portfolio
    draft.put(replace(portfolio, name=name))


def _add_project(draft: Draft, code: str) -> ProjectId:
    made = Project(ProjectId(draft.new_id()), code, f"Project {code}", "1", moment(2027, 1, 4, 8))
    draft.put(made)
    draft.name("Add project {code}", code=code)
    return made.id


def _add_tasks(draft: Draft, project: ProjectId, count: int) -> list[TaskId]:
    ids = [TaskId(draft.new_id()) for _ in range(count)]
    for number, id in enumerate(ids, len(draft.tasks.of(project)) + 1):
        draft.put(
            Task(id, project, number, None, f"{number:06}1", f"Task {number} with a name of some length")
        )
    for before, after in pairwise(ids):
        draft.put(Link(LinkId(draft.new_id()), project, before, after))
    return ids


def _set_duration(draft: Draft, task: TaskId, minutes: int) -> None:
    draft.put(replace(draft.tasks[task], duration=minutes))


def _clear(draft: Draft) -> None:
    for record in (*draft.links, *draft.tasks, *draft.projects):
        draft.drop(record)


def _refuse(draft: Draft) -> None:
    _rename(draft, "half done")
    raise Refusal("No.")


rename = Operation("portfolio.rename", "Rename portfolio", _rename, merges=True)
rename_slowly = Operation("portfolio.rename_slowly", "Rename portfolio", _rename)
add_project = Operation("portfolio.add_project", "Add project", _add_project)
add_tasks = Operation("tasks.add", "Add tasks", _add_tasks)
set_duration = Operation("tasks.set_duration", "Change duration", _set_duration)
clear = Operation("portfolio.clear", "Clear", _clear)
refuse = Operation("portfolio.refuse", "Refuse", _refuse)
close_month = Operation("finance.close_month", "Close month", _rename, sealed=True, counter="Reopen month")


def made(
    path: Path | str, time: ToldTime | None = None, tasks: int = 0, backups: Path | None = None
) -> Workspace:
    """A new portfolio at ``path``; with ``tasks`` it has a project of that many, linked in a row."""
    clock = (time or ToldTime()).clock
    workspace = Workspace.create(path, owner=ANNA, clock=clock, backups=backups)
    if tasks:
        project = workspace.run(add_project("P1")).result
        workspace.run(add_tasks(project, tasks))
    return workspace


def opened(path: Path, time: ToldTime | None = None, **how: object) -> Workspace:
    """The portfolio at ``path``, opened by Anna."""
    return Workspace.open(path, owner=ANNA, clock=(time or ToldTime()).clock, **how)  # type: ignore[arg-type]
