"""From the records of a project to the engine's network, patched after an edit where only values changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.derive.plan_rows import PlanRows, changed_places
from app.domain.people import Assignment, Resource, ResourceType
from app.domain.portfolio import TaskType
from app.domain.values import AssignmentId, CalendarId, LinkId, ResourceId, TaskId
from app.domain.work import ConstraintType, Link, LinkType, Task
from app.engine.network import NO_MOMENT, Network, network
from app.engine.prepared import Prepared, prepare
from app.engine.spans import share_of
from app.engine.worktime import Worktime

CONSTRAINTS = {
    ConstraintType.ASAP: 0,
    ConstraintType.ALAP: 1,
    ConstraintType.MSO: 2,
    ConstraintType.MFO: 3,
    ConstraintType.SNET: 4,
    ConstraintType.SNLT: 5,
    ConstraintType.FNET: 6,
    ConstraintType.FNLT: 7,
}
LINK_TYPES = {LinkType.FF: 0, LinkType.FS: 1, LinkType.SF: 2, LinkType.SS: 3}

Pair = tuple[CalendarId | None, CalendarId | None]
"""Two calendars that must both work; the same one twice for a single calendar."""

ACTIVITY_COLUMNS = (
    "duration",
    "elapsed",
    "worktime",
    "constraint",
    "constraint_moment",
    "deadline",
    "manual",
    "manual_start",
    "manual_finish",
    "active",
    "actual_start",
    "actual_finish",
    "remaining",
    "stop",
    "resume",
    "levelling_delay",
)
LINK_COLUMNS = ("link_pred", "link_succ", "link_type", "link_lag", "link_lag_kind", "link_moment")
PART_COLUMNS = (
    "part_activity",
    "part_worktime",
    "part_work",
    "part_done",
    "part_delay",
    "part_levelling_delay",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a network needs beside the rows: working time, resources, and of other networks what links ask.

    ``moment`` is the date at the far end of a link, ``length`` the duration there.
    """

    worktime: Callable[[Pair], Worktime]
    moment: Callable[[Link], int | None]
    length: Callable[[Link], int]
    resource: Callable[[ResourceId], Resource | None]


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


def model_of(plans: tuple[PlanRows, ...], setting: Setting, left_out: frozenset[str] = frozenset()) -> Model:
    """The network of a project, or of a knot of projects, without the links in ``left_out``.

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
    activities = [_activity(task, plan, number) for plan in plans for task in plan.tasks]
    links = tuple(
        link
        for plan in plans
        for link in plan.links
        if link.id not in left_out and link.successor in places and _from_somewhere(link, places, setting)
    )
    link_rows = [_link(link, places, setting) for link in links] + _own_starts(plans, offsets)
    assignments, part_rows = _parts(plans, places, number, setting)
    first = plans[0].project
    columns: dict[str, Any] = {
        **_scalars(plans),
        **_columns(ACTIVITY_COLUMNS, activities),
        **_columns(LINK_COLUMNS, link_rows),
        **_columns(PART_COLUMNS, part_rows),
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
        [_activity(new.tasks[n], new, number) for n in changed],
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


def _activity(task: Task, plan: PlanRows, number: Callable[..., int]) -> tuple[int, ...]:
    calendar = task.calendar if task.calendar is not None else plan.project.calendar
    constraint = task.constraint
    is_summary = plan.outline.is_summary(task.id)
    if constraint.needs_date and task.constraint_date is None:
        constraint = ConstraintType.ASAP
    return (
        task.duration,
        task.duration_format.is_elapsed,
        number(calendar, calendar),
        CONSTRAINTS[constraint],
        _moment(task.constraint_date),
        _moment(task.deadline),
        task.manual and not is_summary,
        _moment(task.manual_start),
        _moment(task.manual_finish),
        task.active,
        NO_MOMENT if is_summary else _moment(task.actual_start),
        NO_MOMENT if is_summary else _moment(task.actual_finish),
        _remaining(task),
        _moment(task.stop),
        _moment(task.resume),
        task.leveling_delay,
    )


def _moment(value: int | None) -> int:
    return NO_MOMENT if value is None else value


def _remaining(task: Task) -> int:
    if task.actual_finish is not None:
        return 0
    if task.remaining_duration is not None:
        return task.remaining_duration
    return task.duration - task.duration * task.percent_complete // 100


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


def _link(link: Link, places: Mapping[TaskId, int], setting: Setting) -> tuple[int, ...]:
    pred = places.get(link.predecessor, -1)
    moment = setting.moment(link) if pred < 0 else None
    lag, is_percent = link.lag, link.lag_format.is_percent
    if is_percent:
        lag = link.lag * 100
        if pred < 0:  # of a length the network does not know
            lag, is_percent = share_of(setting.length(link), lag), False
    return (
        pred,
        places[link.successor],
        LINK_TYPES[link.type],
        lag,
        (2 if is_percent else 0) + (1 if link.lag_format.is_elapsed else 0),
        NO_MOMENT if moment is None else moment,
    )


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
                row = _part(assignment, places[assignment.task], plan.tasks[place], plan, number, setting)
                if row is not None:
                    assignments.append(assignment)
                    rows.append(row)
    return tuple(assignments), rows


def _part(
    assignment: Assignment,
    activity: int,
    task: Task,
    plan: PlanRows,
    number: Callable[..., int],
    setting: Setting,
) -> tuple[int, ...] | None:
    """How long one person's share of a task takes and when that person works; ``None`` where it says nothing.

    Working minutes are regular work over units, as Microsoft Project reckons a flat assignment; a contoured
    one is spread over the task's whole duration. A task of fixed duration keeps it whoever works on it.
    """
    resource = None if assignment.resource is None else setting.resource(assignment.resource)
    if resource is None or resource.type is not ResourceType.WORK or resource.is_budget:
        return None
    if task.manual or task.task_type is TaskType.FIXED_DURATION or plan.outline.is_summary(task.id):
        return None
    if assignment.units <= 0 or task.duration_format.is_elapsed or not resource.uid:
        return None
    regular = assignment.work - assignment.overtime_work
    minutes = task.duration if assignment.contour else round(regular / assignment.units)
    if minutes <= 0 or task.duration <= 0:
        return None
    calendar = resource.calendar if resource.calendar is not None else plan.project.calendar
    pair = (calendar, calendar)
    if task.calendar is not None:
        pair = (task.calendar, task.calendar if task.ignore_resource_calendar else calendar)
    return (
        activity,
        number(*pair),
        minutes,
        _done(assignment, task, minutes),
        assignment.delay,
        assignment.leveling_delay,
    )


def _done(assignment: Assignment, task: Task, minutes: int) -> int:
    if task.actual_finish is not None:
        return minutes
    if task.remaining_duration is not None and task.duration > 0:
        return minutes - round(minutes * task.remaining_duration / task.duration)
    if assignment.actual_work and assignment.work > 0:
        return round(minutes * min(assignment.actual_work / assignment.work, 1.0))
    return minutes * task.percent_complete // 100


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
            row = _part(assignment, place, plan.tasks[place], plan, number, setting)
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
    rows = [_link(model.links[n], model.plans[0].outline.places, setting) for n in outside]
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
    rows = [_link(links[n], places, setting) for n in anew]
    fresh: dict[str, Any] = {}
    for place, name in enumerate(LINK_COLUMNS):
        old = getattr(model.network, name)
        column = old[known] if len(old) else np.zeros(len(links), np.int64)
        column[anew] = [row[place] for row in rows]
        fresh[name] = column
    if len(links) != model.network.links:
        fresh["link_worktime"] = np.full(len(links), -1, np.int64)
    return links, fresh


def _columns(names: tuple[str, ...], rows: list[tuple[int, ...]]) -> dict[str, Any]:
    if not rows:
        return {name: [] for name in names}
    table = np.array(rows, dtype=np.int64)
    return {name: table[:, place] for place, name in enumerate(names)}
