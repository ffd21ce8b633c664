"""Rules of links: both ends exist, no link twice, none between a task and its own summary, and no loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.domain.changes import ChangeSet
from app.domain.document import Reading
from app.domain.errors import Refusal
from app.domain.rules.plan import arrived, left
from app.domain.rules.register import rule
from app.domain.values import ProjectId, TaskId
from app.domain.work import Link, LinkType, Task
from app.text import tr

Node = tuple[TaskId, bool]
"""The beginning (False) or the end (True) of a task; the two of a task without inside are one."""


@rule("links", "tasks")
def link_ends(result: Reading, changes: ChangeSet) -> None:
    """A link joins two tasks, lies in its successor's project, and is the only one of its type."""
    new: dict[ProjectId, list[Link]] = {}
    for before, after in arrived(changes, "links"):
        assert isinstance(after, Link)
        first, last = result.tasks.get(after.predecessor), result.tasks.get(after.successor)
        if first is None or last is None:
            raise Refusal(tr("A link needs two tasks that are there."), at=(after.id, "predecessor"))
        if last.project != after.project:
            raise Refusal(tr("A link belongs to the project of its successor."), at=(after.id, "project"))
        if first.id == last.id:
            raise Refusal(
                tr("“{name}” cannot be linked to itself.", name=first.name), at=(last.id, "predecessors")
            )
        if not (isinstance(before, Link) and _kind(before) == _kind(after)):
            new.setdefault(after.project, []).append(after)
    for project, links in new.items():
        _no_doubles(result, project, links)
    _none_left_hanging(result, changes)


def _ends(link: Link) -> tuple[TaskId, TaskId]:
    return link.predecessor, link.successor


def _kind(link: Link) -> tuple[TaskId, TaskId, LinkType]:
    """Two tasks may be linked in several ways (start to start and finish to finish), in each way once."""
    return link.predecessor, link.successor, link.type


def _no_doubles(result: Reading, project: ProjectId, links: list[Link]) -> None:
    wanted = {_kind(link) for link in links}
    seen: set[tuple[TaskId, TaskId, LinkType]] = set()
    for link in result.links.of(project).values():
        kind = _kind(link)
        if kind in wanted and kind in seen:
            first, last = result.tasks[link.predecessor], result.tasks[link.successor]
            raise Refusal(
                tr(
                    "“{first}” and “{last}” are linked in this way already.", first=first.name, last=last.name
                ),
                at=(last.id, "predecessors"),
            )
        seen.add(kind)


def _none_left_hanging(result: Reading, changes: ChangeSet) -> None:
    gone = {change.id for change in left(changes, "tasks")}
    if not gone:
        return
    for link in result.links:
        if link.predecessor in gone or link.successor in gone:
            raise Refusal(tr("A link would be left with only one end."), at=(link.id, "predecessor"))


@rule("links", "tasks")
def no_link_into_own_summary(result: Reading, changes: ChangeSet) -> None:
    """A task is not linked to a summary it lies in: the summary takes its dates from it."""
    suspects = [after for _, after in arrived(changes, "links") if isinstance(after, Link)]
    moved = _moved(changes)
    if moved:
        inside = _branches(result, moved)
        seen = {task.project for task in map(result.tasks.get, inside) if task is not None}
        for project in seen:
            suspects += [
                link
                for link in result.links.of(project).values()
                if link.predecessor in inside or link.successor in inside
            ]
    for link in suspects:
        for upper, lower in (_ends(link), _ends(link)[::-1]):
            if upper in _above(result, lower):
                raise Refusal(
                    tr(
                        "“{inner}” lies inside “{summary}”, so the two cannot be linked.",
                        inner=result.tasks[lower].name,
                        summary=result.tasks[upper].name,
                    ),
                    at=(link.successor, "predecessors"),
                )


def _above(result: Reading, task: TaskId) -> Iterator[TaskId]:
    found = result.tasks.get(task)
    while found is not None and found.parent is not None:
        yield found.parent
        found = result.tasks.get(found.parent)


def _moved(changes: ChangeSet) -> list[TaskId]:
    return [
        after.id
        for before, after in arrived(changes, "tasks")
        if isinstance(after, Task) and after.parent is not None and isinstance(before, Task)
        and before.parent != after.parent
    ]  # fmt: skip


def _branches(result: Reading, roots: Iterable[TaskId]) -> set[TaskId]:
    net = _Net(result)
    found: set[TaskId] = set()
    todo = list(roots)
    while todo:
        task = todo.pop()
        if task not in found:
            found.add(task)
            todo.extend(net.inside(task))
    return found


@rule("links", "tasks")
def no_loop(result: Reading, changes: ChangeSet) -> None:
    """No task waits for itself, through links, summaries and other projects; the refusal names the loop."""
    starts: list[Node] = []
    for before, after in arrived(changes, "links"):
        assert isinstance(after, Link)
        if not (isinstance(before, Link) and _ends(before) == _ends(after)):
            starts.append((after.successor, False))
    for task in _moved(changes):
        parent = result.tasks[task].parent
        starts.append((task, False))
        if parent is not None:
            starts.append((parent, True))
    if starts and (loop := find_loop(result, starts)):
        names = " → ".join(f"“{result.tasks[task].name}”" for task in (*loop, loop[0]))
        raise Refusal(
            tr("This would make the tasks wait for each other in a circle: {names}.", names=names),
            at=(loop[0], "predecessors"),
        )


def loop_of(result: Reading, project: ProjectId) -> tuple[TaskId, ...]:
    """The tasks of a loop in which a project's tasks wait for each other, or nothing."""
    return find_loop(result, [(link.successor, False) for link in result.links.of(project).values()])


def find_loop(result: Reading, starts: Iterable[Node]) -> tuple[TaskId, ...]:
    """The tasks of one loop found backwards from ``starts``, predecessors first; empty for none."""
    net = _Net(result)
    done: set[Node] = set()
    for start in starts:
        first = net.node(*start)
        if first in done:
            continue
        path: list[Node] = [first]
        open_nodes: dict[Node, int] = {first: 0}
        todo: list[Iterator[Node]] = [iter(net.before(first))]
        while todo:
            for node in todo[-1]:
                if node in open_nodes:
                    return _named(path[open_nodes[node] :])
                if node not in done:
                    open_nodes[node] = len(path)
                    path.append(node)
                    todo.append(iter(net.before(node)))
                    break
            else:
                todo.pop()
                node = path.pop()
                del open_nodes[node]
                done.add(node)
    return ()


def _named(path: list[Node]) -> tuple[TaskId, ...]:
    tasks: list[TaskId] = []
    for task, _ in reversed(path):
        if not tasks or tasks[-1] != task:
            tasks.append(task)
    if len(tasks) > 1 and tasks[0] == tasks[-1]:
        tasks.pop()
    return tuple(tasks)


class _Net:
    """What waits for what, read backwards and project by project as it is needed."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._links: dict[ProjectId, dict[TaskId, list[TaskId]]] = {}
        self._inside: dict[ProjectId, dict[TaskId, list[TaskId]]] = {}

    def inside(self, task: TaskId) -> list[TaskId]:
        """The tasks directly inside a task."""
        found = self._reading.tasks.get(task)
        if found is None:
            return []
        inside = self._inside.get(found.project)
        if inside is None:
            inside = {}
            for each in self._reading.tasks.of(found.project).values():
                if each.parent is not None:
                    inside.setdefault(each.parent, []).append(each.id)
            self._inside[found.project] = inside
        return inside.get(task, [])

    def node(self, task: TaskId, is_end: bool) -> Node:
        """The end of a summary, or the one node that a task without inside has."""
        return task, is_end and bool(self.inside(task))

    def before(self, node: Node) -> Iterator[Node]:
        """What this node waits for."""
        task, is_end = node
        if is_end:
            yield from (self.node(child, True) for child in self.inside(task))
            return
        found = self._reading.tasks.get(task)
        if found is None:
            return
        for predecessor in self._predecessors(found.project).get(task, ()):
            yield self.node(predecessor, True)
        if found.parent is not None:
            yield found.parent, False

    def _predecessors(self, project: ProjectId) -> dict[TaskId, list[TaskId]]:
        known = self._links.get(project)
        if known is None:
            known = {}
            for link in self._reading.links.of(project).values():
                known.setdefault(link.successor, []).append(link.predecessor)
            self._links[project] = known
        return known
