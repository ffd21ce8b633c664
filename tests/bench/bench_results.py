"""Measures one edit's way through the derived results: schedule, rows and chart, as JSON."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.derive.schedule import schedule_of
from app.domain.changes import Change, ChangeSet, Label
from app.domain.document import Document
from app.domain.portfolio import Project
from app.domain.ranks import ranks_between
from app.domain.records import Record
from app.domain.values import LinkId, ProjectId, TaskId, moment
from app.domain.work import Link, Task
from app.views.gantt import gantt
from app.views.plan import plan
from app.views.tables import Ask


def records_of(project: ProjectId, size: int, rank: str, seed: int) -> list[Record]:
    """A plan of ``size`` tasks in branches of ten, two links each."""
    dice = random.Random(seed)
    found: list[Record] = [Project(project, project, project, rank, moment(2027, 1, 4, 8))]
    leaves: list[TaskId] = []
    parent: TaskId | None = None
    for number, place in enumerate(ranks_between(None, None, size)):
        id = TaskId(f"{project}-{number}")
        is_summary = number % 11 == 0
        days = dice.randrange(1, 11)
        found.append(
            Task(
                id, project, number + 1, None if is_summary else parent, place, f"Task {number}",
                duration=480 * days,
            )
        )  # fmt: skip
        if is_summary:
            parent = id
        else:
            before = {dice.choice(leaves[-(20 + size // 50) :]) for _ in range(2)} if leaves else set()
            found.extend(Link(LinkId(f"{id}<{one}"), project, one, id) for one in sorted(before))
            leaves.append(id)
    return found


def portfolio(size: int) -> Document:
    """One project of ``size`` tasks in a portfolio of about 30,000."""
    records = records_of(ProjectId("P"), size, "a", 1)
    for number in range((30_000 - size) // 300):
        records += records_of(ProjectId(f"Q{number}"), 300, "b", number)
    return Document.holding(records)


def edited(document: Document, task: TaskId, days: int) -> Document:
    """The document with one task's duration changed."""
    before = document.tasks[task]
    after = replace(before, duration=480 * days)
    return document.after(ChangeSet(Label("edit"), (Change("tasks", task, before, after),)))


def _timed(work: Callable[[], Any]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def measure(size: int, rounds: int = 15) -> dict[str, float]:
    """Medians in milliseconds of one edit in a project of ``size`` tasks."""
    project, ask = ProjectId("P"), Ask()
    document = portfolio(size)
    first = _timed(lambda: gantt(document, project, ask))
    dice = random.Random(3)
    times: dict[str, list[float]] = {"document": [], "schedule": [], "rows": [], "chart": []}
    for number in range(rounds):
        task = TaskId(f"P-{dice.randrange(size // 4) * 2 + 1}")
        begin = time.perf_counter()
        document = edited(document, task, 3 + number % 9)
        times["document"].append((time.perf_counter() - begin) * 1000)
        times["schedule"].append(_timed(lambda d=document: schedule_of(d, project)))  # type: ignore[misc]
        times["rows"].append(_timed(lambda d=document: plan(d, project, ask)))  # type: ignore[misc]
        times["chart"].append(_timed(lambda d=document: gantt(d, project, ask)))  # type: ignore[misc]
    found = {name: round(statistics.median(values), 2) for name, values in times.items()}
    total = [sum(parts) for parts in zip(*times.values(), strict=True)]
    return {"first": round(first, 1), **found, "edit": round(statistics.median(total), 2)}


def main() -> None:
    """Print the figures."""
    print(json.dumps({str(size): measure(size) for size in (300, 2_500, 10_000)}, indent=1))


if __name__ == "__main__":
    main()
