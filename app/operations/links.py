"""Verbs for dependencies: link a chain, unlink, change type and lag, type predecessors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from app.domain.document import Reading
from app.domain.draft import Draft
from app.domain.durations import TypedLink, format_link, measure_of, parse_links
from app.domain.errors import Refusal
from app.domain.outline import outline_of
from app.domain.references import task_named
from app.domain.values import LinkId, Span, TaskId
from app.domain.work import Link, LinkType, Task
from app.operations.lines import in_order, task_of
from app.operations.operation import operation
from app.text import mark, tr


@operation(mark("Link tasks"))
def link(
    draft: Draft, tasks: tuple[TaskId, ...], type: LinkType = LinkType.FS, lag: Span | None = None
) -> tuple[LinkId, ...]:
    """Link tasks into a chain in the order given; those that are linked already keep their link.

    Raises:
        Refusal: fewer than two tasks, or all are linked already.
    """
    rows = [task_of(draft, id) for id in dict.fromkeys(tasks)]
    if len(rows) < 2:
        raise Refusal(tr("Select two tasks or more to link them."))
    made: list[LinkId] = []
    for first, last in pairwise(rows):
        if _between(draft, first.id, last.id, None) is None:
            made.append(_put(draft, first, last, type, lag or Span(0)))
    if not made:
        raise Refusal(tr("These tasks are linked already."))
    draft.name(mark("Link {count} tasks"), count=len(rows))
    return tuple(made)


def _between(draft: Draft, predecessor: TaskId, successor: TaskId, type: LinkType | None) -> Link | None:
    project = task_of(draft, successor).project
    for each in draft.links.of(project).values():
        if each.predecessor == predecessor and each.successor == successor and type in (None, each.type):
            return each
    return None


def _put(draft: Draft, first: Task, last: Task, type: LinkType, lag: Span) -> LinkId:
    made = Link(LinkId(draft.new_id()), last.project, first.id, last.id, type, lag.minutes, lag.unit)
    draft.put(made)
    return made.id


@operation(mark("Unlink tasks"))
def unlink(draft: Draft, tasks: tuple[TaskId, ...]) -> None:
    """Take the links among some tasks away; of a single task, all of its links.

    Raises:
        Refusal: there is no such link.
    """
    ids = {task.id for task in in_order(draft, tasks)}
    found = [
        each
        for each in draft.links
        if (each.predecessor in ids and each.successor in ids)
        or (len(ids) == 1 and (each.predecessor in ids or each.successor in ids))
    ]
    if not found:
        raise Refusal(
            tr("There is no link between these tasks.") if len(ids) > 1 else tr("This task has no link.")
        )
    for each in found:
        draft.drop(each)


@operation(mark("Link tasks"))
def add(
    draft: Draft,
    predecessor: TaskId,
    successor: TaskId,
    type: LinkType = LinkType.FS,
    lag: Span | None = None,
) -> LinkId:
    """Let one task wait for another, with a type and a lag (negative for a lead).

    Raises:
        Refusal: they are linked in this way already.
    """
    first, last = task_of(draft, predecessor), task_of(draft, successor)
    if _between(draft, first.id, last.id, type) is not None:
        raise Refusal(
            tr("“{first}” and “{last}” are linked in this way already.", first=first.name, last=last.name),
            at=(last.id, "predecessors"),
        )
    return _put(draft, first, last, type, lag or Span(0))


@operation(mark("Delete link"))
def drop(draft: Draft, link: LinkId) -> None:
    """Take one link away."""
    draft.drop(_link_of(draft, link))


@operation(mark("Change link type"))
def set_type(draft: Draft, link: LinkId, type: LinkType) -> None:
    """Change which ends of two tasks a link joins."""
    draft.put(replace(_link_of(draft, link), type=type))


@operation(mark("Change lag"))
def set_lag(draft: Draft, link: LinkId, lag: Span) -> None:
    """Change how long a task waits after its predecessor; negative for a lead."""
    draft.put(replace(_link_of(draft, link), lag=lag.minutes, lag_format=lag.unit))


def _link_of(draft: Draft, link: LinkId) -> Link:
    found = draft.links.get(link)
    if found is None:
        raise Refusal(tr("That link is no longer there."))
    return found


@operation(mark("Change predecessors"))
def set_predecessors(draft: Draft, task: TaskId, text: str, locale: str = "en_GB") -> None:
    """Let a task wait for exactly the tasks typed: ``3FS+2d;5SS-50%;CODE/12``, by row number.

    Raises:
        Refusal: a part cannot be read, or names no task.
    """
    row = task_of(draft, task)
    old = [each for each in draft.links.of(row.project).values() if each.successor == task]
    wanted = _wanted(draft, row, text, locale)
    _exchange(draft, old, [(other.id, task, typed) for other, typed in wanted])


@operation(mark("Change successors"))
def set_successors(draft: Draft, task: TaskId, text: str, locale: str = "en_GB") -> None:
    """Let exactly the tasks typed wait for a task; the way of writing is that of predecessors.

    Raises:
        Refusal: a part cannot be read, or names no task.
    """
    row = task_of(draft, task)
    old = [each for each in draft.links if each.predecessor == task]
    wanted = _wanted(draft, row, text, locale)
    _exchange(draft, old, [(task, other.id, typed) for other, typed in wanted])


def _wanted(draft: Draft, row: Task, text: str, locale: str) -> list[tuple[Task, TypedLink]]:
    measure = measure_of(draft.projects[row.project])
    found: list[tuple[Task, TypedLink]] = []
    for typed in parse_links(text, measure, locale):
        other = task_named(draft, typed.reference, row.project, by_row=True)
        if other.id == row.id:
            raise Refusal(
                tr("“{name}” cannot be linked to itself.", name=row.name), at=(row.id, "predecessors")
            )
        if any(each.id == other.id and typed.type is said.type for each, said in found):
            raise Refusal(
                tr("“{name}” stands in the list twice.", name=other.name), at=(row.id, "predecessors")
            )
        found.append((other, typed))
    return found


def _exchange(draft: Draft, old: Iterable[Link], wanted: list[tuple[TaskId, TaskId, TypedLink]]) -> None:
    """Have the wanted links instead of the old ones; one between the same two tasks is kept and changed."""
    missing = list(wanted)
    kept: list[Link] = []
    for each in old:
        same = [n for n in missing if n[:2] == (each.predecessor, each.successor) and n[2].type is each.type]
        if same:
            missing.remove(same[0])
            _relag(draft, each, same[0][2])
        else:
            kept.append(each)
    for each in kept:
        same = [n for n in missing if n[:2] == (each.predecessor, each.successor)]
        if same:
            missing.remove(same[0])
            _relag(draft, each, same[0][2])
        else:
            draft.drop(each)
    for first, last, typed in missing:
        _put(draft, task_of(draft, first), task_of(draft, last), typed.type, typed.lag)


def _relag(draft: Draft, link: Link, typed: TypedLink) -> None:
    """Keep a link with the type and lag typed; no lag keeps the unit that was said before."""
    unit = link.lag_format if not typed.lag.minutes and not link.lag else typed.lag.unit
    draft.put(replace(link, type=typed.type, lag=typed.lag.minutes, lag_format=unit))


def predecessors_text(reading: Reading, task: TaskId, locale: str = "en_GB") -> str:
    """A task's predecessors as they are typed, so that typing them again changes nothing."""
    row = reading.tasks[task]
    places = outline_of(reading.tasks.of(row.project)).places
    measure = measure_of(reading.projects[row.project])
    found: list[tuple[int, str]] = []
    for each in reading.links.of(row.project).values():
        if each.successor != task:
            continue
        first = reading.tasks[each.predecessor]
        if first.project == row.project:
            number, reference = places[first.id] + 1, str(places[first.id] + 1)
        else:
            number = 1_000_000
            reference = f"{reading.projects[first.project].code}/uid:{first.uid}"
        found.append(
            (
                number,
                format_link(
                    TypedLink(reference, each.type, Span(each.lag, each.lag_format)), measure, locale
                ),
            )
        )
    return ";".join(text for _, text in sorted(found))
