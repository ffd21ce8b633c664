"""The outline of a plan: who is inside whom, in which order, at which level, under which number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.domain.values import TaskId
from app.domain.work import Task


@dataclass(frozen=True, slots=True)
class Outline:
    """A project's tasks in outline order.

    Parallel tuples, one entry a task: ``parents`` is the place of the parent or -1, ``levels``
    counts from 1, ``numbers`` are outline numbers such as ``1.2.3``. ``places`` finds a task's
    place; ``children`` lists ids by parent id (``None`` for the top) in order.
    """

    tasks: tuple[TaskId, ...]
    parents: tuple[int, ...]
    levels: tuple[int, ...]
    numbers: tuple[str, ...]
    places: Mapping[TaskId, int]
    children: Mapping[TaskId | None, tuple[TaskId, ...]]

    def is_summary(self, task: TaskId) -> bool:
        """Whether tasks lie inside this one."""
        return task in self.children

    def inside(self, task: TaskId) -> tuple[TaskId, ...]:
        """The task's whole branch without itself, in outline order."""
        first = self.places[task]
        level = self.levels[first]
        last = first + 1
        while last < len(self.tasks) and self.levels[last] > level:
            last += 1
        return self.tasks[first + 1 : last]


def siblings(tasks: Mapping[TaskId, Task], parent: TaskId | None) -> list[Task]:
    """The tasks directly inside ``parent`` (``None``: at the top), in order."""
    found = [task for task in tasks.values() if task.parent == parent]
    found.sort(key=lambda task: (task.rank, task.id))
    return found


def branch(tasks: Mapping[TaskId, Task], roots: Iterable[TaskId]) -> list[Task]:
    """The given tasks and all inside them, each once, parents before children."""
    inside = _by_parent(tasks)
    found: dict[TaskId, Task] = {}
    todo = list(roots)[::-1]
    while todo:
        id = todo.pop()
        if id in tasks and id not in found:
            found[id] = tasks[id]
            todo.extend(child.id for child in reversed(inside.get(id, [])))
    return list(found.values())


def outline_of(tasks: Mapping[TaskId, Task]) -> Outline:
    """The outline of one project's tasks."""
    inside = _by_parent(tasks)
    order: list[TaskId] = []
    parents: list[int] = []
    levels: list[int] = []
    numbers: list[str] = []
    todo = [(task, -1, 1, str(place)) for place, task in enumerate(inside.get(None, []), 1)][::-1]
    while todo:
        task, parent, level, number = todo.pop()
        here = len(order)
        order.append(task.id)
        parents.append(parent)
        levels.append(level)
        numbers.append(number)
        within = inside.get(task.id)
        if within:
            todo.extend(
                (child, here, level + 1, f"{number}.{place}")
                for place, child in reversed(list(enumerate(within, 1)))
            )
    return Outline(
        tuple(order),
        tuple(parents),
        tuple(levels),
        tuple(numbers),
        {id: place for place, id in enumerate(order)},
        {parent: tuple(task.id for task in found) for parent, found in inside.items()},
    )


def _by_parent(tasks: Mapping[TaskId, Task]) -> dict[TaskId | None, list[Task]]:
    inside: dict[TaskId | None, list[Task]] = {}
    for task in tasks.values():
        inside.setdefault(task.parent, []).append(task)
    for found in inside.values():
        found.sort(key=lambda task: (task.rank, task.id))
    return inside
