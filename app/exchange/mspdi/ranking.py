"""Ranks for a plan's tasks: new ones in order, and on a second reading as few changes as the order allows."""

from __future__ import annotations

from dataclasses import replace

from app.domain.document import Document
from app.domain.ranks import ranks_between
from app.domain.values import TaskId
from app.domain.work import Task


def rank_tasks(tasks: list[Task], document: Document) -> list[Task]:
    """The tasks, in the same order, with ranks that keep this order among siblings."""
    siblings: dict[TaskId | None, list[int]] = {}
    for place, task in enumerate(tasks):
        siblings.setdefault(task.parent, []).append(place)
    ranks = [""] * len(tasks)
    for parent, places in siblings.items():
        old = [
            before.rank
            if (before := document.tasks.get(tasks[place].id)) and before.parent == parent
            else None
            for place in places
        ]
        for place, rank in zip(places, _ranks(old), strict=True):
            ranks[place] = rank
    return [replace(task, rank=rank) for task, rank in zip(tasks, ranks, strict=True)]


def _ranks(old: list[str | None]) -> list[str]:
    """Ranks in rising order that keep each old one that is already above those before it."""
    ranks: list[str] = []
    waiting = 0
    last: str | None = None
    for rank in old:
        if rank is not None and (last is None or rank > last):
            ranks += ranks_between(last, rank, waiting)
            ranks.append(rank)
            last, waiting = rank, 0
        else:
            waiting += 1
    return ranks + ranks_between(last, None, waiting)
