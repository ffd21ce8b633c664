"""From the records of a project to the engine's network, patched after an edit where only values changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.derive.network_rows import (
    ACTIVITY_COLUMNS,
    LINK_COLUMNS,
    LINK_TYPES,
    PART_COLUMNS,
    Pair,
    Setting,
    activity_row,
    columns_of,
    link_row,
    part_row,
)
from app.derive.plan_rows import Ints, PlanRows, changed_places
from app.domain.people import Assignment, Resource
from app.domain.values import AssignmentId, CalendarId, LinkId, TaskId
from app.domain.work import Link, LinkType
from app.engine.network import NO_MOMENT, Network, network
from app.engine.prepared import Prepared, prepare


@dataclass(frozen=True, slots=True)
class Model:
    """A prepared network and the records its numbers stand for.

    ``offsets`` say where each project's activities begin. ``links`` and ``assignments`` are in the order of
    the network's links and parts; behind the links of records come those that hold the later projects of a
    knot at their own start. ``pairs`` are the calendars in the order of the network's worktimes, and
    ``resources`` all that are assigned.
    """

    plans: tuple[PlanRows, ...]
    offsets: tuple[int, ...]
    prepared: Prepared
    links: tuple[Link, ...]
    assignments: tuple[Assignment, ...]
    pairs: tuple[Pair, ...]
    resources: tuple[Resource | None, ...]
    link_ids: tuple[LinkId, ...]
    part_ids: tuple[AssignmentId, ...]

    @property
    def network(self) -> Network:
        return self.prepared.network


def model_of(
    plans: tuple[PlanRows, ...],
    setting: Setting,
    left_out: frozenset[str] = frozenset(),
    last: Model | None = None,
) -> Model:
    """The network of a project, or of a knot of projects, without the links in ``left_out``.

    From ``last``, a model of the same projects, the rows of tasks that are the same records are taken over.

    Raises:
        Loop, BadLink: the network cannot be ordered.
    """
    pairs: dict[Pair, int] = {(plan.project.calendar, plan.project.calendar): 0 for plan in plans[:1]}
    offsets: list[int] = []
    parents: list[int] = []
    places: dict[TaskId, int] = {}
    for plan in plans:
        here = len(parents)
        offsets.append(here)
        parents.extend(above + here if above >= 0 else -1 for above in plan.outline.parents)
        places.update((id, here + place) for id, place in plan.outline.places.items())
    number = _numbering(pairs)
    activities = _activities(plans, number, last)
    links = tuple(
        link
        for plan in plans
        for link in plan.links
        if link.id not in left_out and link.successor in places and _from_somewhere(link, places, setting)
    )
    link_columns = _link_columns(plans, links, places, setting, last)
    if link_columns is None:
        link_rows = [link_row(link, places, setting) for link in links] + _own_starts(plans, offsets)
        link_columns = columns_of(LINK_COLUMNS, link_rows)
    assignments, part_rows = _parts(plans, places, number, setting)
    first = plans[0].project
    columns: dict[str, Any] = {
        **_scalars(plans),
        **activities,
        **link_columns,
        **columns_of(PART_COLUMNS, part_rows),
    }
    made = network(
        [setting.worktime(pair) for pair in pairs],
        parent=parents,
        splits=_splits(plans),
        **columns,
        from_finish=not first.schedule_from_start,
    )
    resources = _resources(plans, setting)
    return Model(
        plans,
        tuple(offsets),
        prepare(made),
        links,
        assignments,
        tuple(pairs),
        resources,
        tuple(link.id for link in links),
        tuple(one.id for one in assignments),
    )


def updated(model: Model, plans: tuple[PlanRows, ...], setting: Setting) -> Model | None:
    """The same model for rows of which only values changed, or ``None`` where it must be built anew.

    Raises:
        Loop, BadLink: the network cannot be ordered.
    """
    if len(plans) != 1 or len(model.plans) != 1:
        return None
    old, new = model.plans[0], plans[0]
    if new.outline is not old.outline or new.project.calendar != old.project.calendar:
        return None
    if new.project.schedule_from_start != old.project.schedule_from_start:
        return None
    if not _same(new.assignments, old.assignments) or len(model.links) != len(old.links):
        return None
    if not _same(model.resources, _resources(plans, setting)):
        return None
    pairs = {pair: place for place, pair in enumerate(model.pairs)}
    number = _numbering(pairs)
    fresh: dict[str, Any] = {
        name: v for name, v in _scalars(plans).items() if getattr(model.network, name) != v
    }
    changed = changed_places(old.tasks, new.tasks)
    _patch(
        fresh,
        model.network,
        ACTIVITY_COLUMNS,
        changed,
        [activity_row(new.tasks[n], new, number) for n in changed],
    )
    if any(new.tasks[n].splits != old.tasks[n].splits for n in changed):
        fresh["splits"] = _splits(plans)
    parts = _changed_parts(model, new, changed, number, setting)
    if parts is None or len(pairs) != len(model.pairs):
        return None
    _patch(fresh, model.network, PART_COLUMNS, list(parts), list(parts.values()))
    if new.links is old.links:
        if not _patch_moments(fresh, model, setting):
            return None
    else:
        links, rows = _relinked(model, new, setting)
        if len(links) != len(new.links):
            return None
        fresh |= rows
        model = replace(model, links=links, link_ids=tuple(link.id for link in links))
    worktimes = tuple(setting.worktime(pair) for pair in model.pairs)
    if any(one is not other for one, other in zip(worktimes, model.network.worktimes, strict=True)):
        fresh["worktimes"] = worktimes
    prepared = model.prepared.with_changes(**fresh) if fresh else model.prepared
    return replace(model, plans=plans, prepared=prepared)


def _activities(
    plans: tuple[PlanRows, ...], number: Callable[..., int], last: Model | None
) -> dict[str, Ints]:
    """The columns of the activities; what the last model says of the same record is copied."""
    if last is None or not _is_akin(plans, last):
        return columns_of(
            ACTIVITY_COLUMNS, [activity_row(task, plan, number) for plan in plans for task in plan.tasks]
        )
    plan, old = plans[0], last.plans[0]
    before = {id(task): place for place, task in enumerate(old.tasks)}
    known = np.array([before.get(id(task), -1) for task in plan.tasks], np.int64)
    known[plan.summary != old.summary[known]] = -1
    anew = np.flatnonzero(known < 0).tolist()
    rows = [activity_row(plan.tasks[place], plan, number) for place in anew]
    found: dict[str, Ints] = {}
    for column, name in enumerate(ACTIVITY_COLUMNS):
        values = getattr(last.network, name)[known].astype(np.int64)
        values[anew] = [row[column] for row in rows]
        found[name] = values
    taken = known >= 0
    numbers = last.network.worktime[known[taken]]
    anew_numbers = {place: number(*last.pairs[place]) for place in np.unique(numbers).tolist()}
    table = np.array([anew_numbers.get(place, 0) for place in range(len(last.pairs))], np.int64)
    found["worktime"][taken] = table[numbers]
    return found


def _link_columns(
    plans: tuple[PlanRows, ...],
    links: Sequence[Link],
    places: Mapping[TaskId, int],
    setting: Setting,
    last: Model | None,
) -> dict[str, Any] | None:
    """The columns of the links, with what the last model says of the same record copied; ``None`` without."""
    if last is None or not last.links or not _is_akin(plans, last):
        return None
    before = {id(link): number for number, link in enumerate(last.links)}
    known = np.array([before.get(id(link), -1) for link in links], np.int64)
    found = {name: getattr(last.network, name)[known].astype(np.int64) for name in LINK_COLUMNS}
    found["link_pred"] = np.array([places.get(link.predecessor, -1) for link in links], np.int64)
    found["link_succ"] = np.array([places[link.successor] for link in links], np.int64)
    for number in np.flatnonzero((known < 0) | (found["link_pred"] < 0)).tolist():
        for name, value in zip(LINK_COLUMNS, link_row(links[number], places, setting), strict=True):
            found[name][number] = value
    return found


def _is_akin(plans: tuple[PlanRows, ...], last: Model) -> bool:
    """Whether a task that is the same record makes the same row in both."""
    if len(plans) != 1 or len(last.plans) != 1 or not last.network.size:
        return False
    one, other = plans[0].project, last.plans[0].project
    return one.id == other.id and one.calendar == other.calendar


def _resources(plans: tuple[PlanRows, ...], setting: Setting) -> tuple[Resource | None, ...]:
    ids = {one.resource: None for plan in plans for one in plan.assignments if one.resource is not None}
    return tuple(setting.resource(id) for id in ids)


def _same(new: Sequence[object], old: Sequence[object]) -> bool:
    return new is old or (
        len(new) == len(old) and all(one is other for one, other in zip(new, old, strict=True))
    )


def _numbering(pairs: dict[Pair, int]) -> Callable[[CalendarId | None, CalendarId | None], int]:
    def number(one: CalendarId | None, other: CalendarId | None) -> int:
        return pairs.setdefault((one, other), len(pairs))

    return number


def _scalars(plans: tuple[PlanRows, ...]) -> dict[str, int]:
    starts = [plan.project.start for plan in plans]
    finishes = [plan.project.finish for plan in plans if plan.project.finish is not None]
    status = plans[0].project.status_date
    return {
        "project_start": min(starts),
        "project_finish": max(finishes, default=max(starts)),
        "status": NO_MOMENT if status is None else status,
    }


def _splits(plans: tuple[PlanRows, ...]) -> dict[int, list[tuple[int, int]]]:
    tasks = [task for plan in plans for task in plan.tasks]
    return {
        place: [(split.work_before, split.gap) for split in task.splits]
        for place, task in enumerate(tasks)
        if task.splits
    }


def _from_somewhere(link: Link, places: Mapping[TaskId, int], setting: Setting) -> bool:
    return link.predecessor in places or setting.moment(link) is not None


def _own_starts(plans: tuple[PlanRows, ...], offsets: Sequence[int]) -> list[tuple[int, ...]]:
    """In a knot, what keeps the tasks of a project from beginning before that project does."""
    first = min(plan.project.start for plan in plans)
    return [
        (-1, here + place, LINK_TYPES[LinkType.FS], 0, 0, plan.project.start)
        for plan, here in zip(plans, offsets, strict=True)
        if plan.project.start > first
        for place, above in enumerate(plan.outline.parents)
        if above < 0
    ]


def _parts(
    plans: tuple[PlanRows, ...], places: Mapping[TaskId, int], number: Callable[..., int], setting: Setting
) -> tuple[tuple[Assignment, ...], list[tuple[int, ...]]]:
    assignments: list[Assignment] = []
    rows: list[tuple[int, ...]] = []
    for plan in plans:
        for assignment in plan.assignments:
            place = plan.outline.places.get(assignment.task)
            if place is not None:
                row = part_row(assignment, places[assignment.task], plan.tasks[place], plan, number, setting)
                if row is not None:
                    assignments.append(assignment)
                    rows.append(row)
    return tuple(assignments), rows


def _changed_parts(
    model: Model, plan: PlanRows, changed: list[int], number: Callable[..., int], setting: Setting
) -> dict[int, tuple[int, ...]] | None:
    """The new values of the parts of changed activities by part; ``None`` where parts come or go."""
    touched = {plan.outline.tasks[place] for place in changed}
    found: dict[int, tuple[int, ...]] = {}
    if touched and plan.assignments:
        wanted = [one for one in plan.assignments if one.task in touched]
        by_id = {
            model.assignments[part].id: part
            for place in changed
            for part in model.prepared.parts.get(place, ())
        }
        for assignment in wanted:
            place = plan.outline.places[assignment.task]
            row = part_row(assignment, place, plan.tasks[place], plan, number, setting)
            part = by_id.pop(assignment.id, None)
            if (row is None) != (part is None):
                return None
            if row is not None and part is not None:
                found[part] = row
    return found


def _patch(
    fresh: dict[str, Any],
    old: Network,
    names: Sequence[str],
    places: Sequence[int],
    rows: Sequence[tuple[int, ...]],
) -> None:
    for name, values in zip(names, zip(*rows, strict=True), strict=True) if rows else ():
        column = getattr(old, name)
        if any(column[place] != value for place, value in zip(places, values, strict=True)):
            column = column.copy()
            column[places] = values
            fresh[name] = column


def _patch_moments(fresh: dict[str, Any], model: Model, setting: Setting) -> bool:
    """Take over the dates of other networks and lags of them; ``False`` where a date is not to be had."""
    outside = np.flatnonzero(model.network.link_pred[: len(model.links)] < 0).tolist()
    if any(setting.moment(model.links[n]) is None for n in outside):
        return False
    rows = [link_row(model.links[n], model.plans[0].outline.places, setting) for n in outside]
    _patch(fresh, model.network, LINK_COLUMNS, outside, rows)
    return True


def _relinked(model: Model, plan: PlanRows, setting: Setting) -> tuple[tuple[Link, ...], dict[str, Any]]:
    """The links of the plan that lead somewhere and their columns; those that stayed are taken over."""
    places = plan.outline.places
    links = tuple(
        link for link in plan.links if link.successor in places and _from_somewhere(link, places, setting)
    )
    before = {id(link): number for number, link in enumerate(model.links)}
    known = np.array([before.get(id(link), -1) for link in links], np.int64)
    outside = {n for n, link in enumerate(links) if link.predecessor not in places}
    anew = sorted({*np.flatnonzero(known < 0).tolist(), *outside})
    rows = [link_row(links[n], places, setting) for n in anew]
    fresh: dict[str, Any] = {}
    for place, name in enumerate(LINK_COLUMNS):
        old = getattr(model.network, name)
        column = old[known] if len(old) else np.zeros(len(links), np.int64)
        column[anew] = [row[place] for row in rows]
        fresh[name] = column
    if len(links) != model.network.links:
        fresh["link_worktime"] = np.full(len(links), -1, np.int64)
    return links, fresh
