"""The order in which activities can be worked out, summaries included, and the proof that there is one.

A summary is visited twice: as its *head*, before its children (links into it floor them), and as its *tail*,
after them (its dates roll up, links out of it start here). Steps are numbered: activity i is step i, and the
tail of summary i is step n + i.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.engine.network import BadLink, Loop, Network


@dataclass(frozen=True, slots=True)
class Order:
    """`steps` in a workable order and the `level` of each step (longest chain of steps before it)."""

    steps: tuple[int, ...]
    level: tuple[int, ...]
    summary: tuple[bool, ...]
    children: tuple[tuple[int, ...], ...]


def order(network: Network) -> Order:
    """Sort the steps of a network so that each comes after all it waits for.

    Raises:
        BadLink: a link leads from a task to itself, to its own summary, or to a number that is not there.
        Loop: the activities wait for each other in a circle, nesting included.
    """
    size = network.size
    parent = network.parent.tolist()
    children: list[list[int]] = [[] for _ in range(size)]
    for node, above in enumerate(parent):
        if above >= 0:
            children[above].append(node)
    _check_nesting(parent)
    summary = [bool(inside) for inside in children]
    after: list[list[int]] = [[] for _ in range(2 * size)]
    waits = [0] * (2 * size)
    for node, above in enumerate(parent):
        tail = size + node if summary[node] else node
        if above >= 0:
            after[above].append(node)
            after[tail].append(size + above)
            waits[node] += 1
            waits[size + above] += 1
    pairs = zip(network.link_pred.tolist(), network.link_succ.tolist(), strict=True)
    for link, (pred, succ) in enumerate(pairs):
        _check_link(link, pred, succ, parent)
        if pred >= 0 and succ >= 0:
            after[size + pred if summary[pred] else pred].append(succ)
            waits[succ] += 1
    steps = [step for step in range(size) if not waits[step]]
    level = [0] * (2 * size)
    for step in steps:
        beyond = level[step] + 1
        for following in after[step]:
            if level[following] < beyond:
                level[following] = beyond
            waits[following] -= 1
            if not waits[following]:
                steps.append(following)
    if len(steps) < size + sum(summary):
        raise Loop(_circle(after, waits, size))
    return Order(tuple(steps), tuple(level), tuple(summary), tuple(tuple(inside) for inside in children))


def _check_nesting(parent: list[int]) -> None:
    settled = [False] * len(parent)
    for node in range(len(parent)):
        path: list[int] = []
        here = node
        while here >= 0 and not settled[here]:
            if here in path:
                raise Loop(path[path.index(here) :])
            path.append(here)
            here = parent[here]
        for seen in path:
            settled[seen] = True


def _check_link(link: int, pred: int, succ: int, parent: list[int]) -> None:
    size = len(parent)
    if not (-1 <= pred < size and -1 <= succ < size) or pred == succ == -1:
        raise BadLink(link, "it leads nowhere")
    if pred == succ:
        raise BadLink(link, "an activity cannot wait for itself")
    for inner, outer in ((pred, succ), (succ, pred)):
        while inner >= 0 and outer >= 0:
            inner = parent[inner]
            if inner == outer:
                raise BadLink(link, "an activity cannot wait for its own summary, nor the summary for it")


def _circle(after: list[list[int]], waits: list[int], size: int) -> list[int]:
    """One circle among the steps that never became free, as activities in order, each once."""
    before: dict[int, int] = {}
    for step in range(2 * size):
        if waits[step]:
            for following in after[step]:
                if waits[following]:
                    before.setdefault(following, step)
    here = next(iter(before))
    seen: list[int] = []
    while here not in seen:
        seen.append(here)
        here = before[here]
    circle = [step % size for step in reversed(seen[seen.index(here) :])]
    return list(dict.fromkeys(circle))
