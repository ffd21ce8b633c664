"""The schedule of each project of a document: dates, float, reasons and problems, remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.derive.memo import Reader, remember
from app.derive.network import Model, model_of, updated
from app.derive.network_rows import Pair, Setting
from app.derive.plan_rows import PlanRows, knot_of, rows_of
from app.derive.worktimes import HORIZONS, Horizon, crossed, horizon_around
from app.domain.document import Document
from app.domain.errors import Problem, Severity
from app.domain.outline import Outline
from app.domain.people import Resource
from app.domain.portfolio import CriticalMethod, LagCalendar, ProgressRule, Project
from app.domain.values import AssignmentId, LinkId, ProjectId, ResourceId, TaskId
from app.domain.work import Link, LinkType
from app.engine import policy as choices
from app.engine.cpm import solve
from app.engine.network import NO_MOMENT, BadLink, Loop
from app.engine.policy import Policy
from app.engine.schedule import Driver, Schedule
from app.engine.worktime import HorizonExceeded, Worktime
from app.text import tr

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

__all__ = [
    "NO_MOMENT",
    "Driver",
    "ScheduleResult",
    "Solved",
    "policy_of",
    "schedule_of",
    "schedules",
    "solved",
]


@dataclass(frozen=True, slots=True)
class ScheduleResult:
    """What follows from a project's plan; arrays are read-only and in outline order (n tasks).

    Moments are civil minutes; slack and ``duration`` are working minutes of the task's own calendar (a
    summary: the project's). ``percent_complete`` is whole percent, rolled up in summaries. ``start_driver``
    and ``finish_driver`` are ``Driver`` numbers; the index beside them is a place in ``links`` (LINK), in
    ``parts`` (PART), or a task's place (SUMMARY, CHILD), else -1. ``links`` and ``parts`` name what
    ``link_slack``, ``link_driving``, ``part_start`` and ``part_finish`` speak of; links that cannot be kept
    are not among them, and ``problems`` say why. ``segments`` are the worked stretches of split tasks, by
    place. ``auto_*`` is what the links would give a manual task. A project without tasks starts and ends at
    its start. Take ``.tolist()`` of an array before walking over it: single NumPy integers are slow.
    """

    project: ProjectId
    outline: Outline
    start: Ints
    finish: Ints
    early_start: Ints
    early_finish: Ints
    late_start: Ints
    late_finish: Ints
    auto_start: Ints
    auto_finish: Ints
    duration: Ints
    percent_complete: Ints
    total_slack: Ints
    free_slack: Ints
    start_slack: Ints
    finish_slack: Ints
    critical: Bools
    longest_path: Bools
    summary: Bools
    start_driver: Ints
    start_driver_index: Ints
    finish_driver: Ints
    finish_driver_index: Ints
    links: tuple[LinkId, ...]
    link_slack: Ints
    link_driving: Bools
    parts: tuple[AssignmentId, ...]
    part_start: Ints
    part_finish: Ints
    segments: Mapping[int, tuple[tuple[int, int], ...]]
    project_start: int
    project_finish: int
    problems: tuple[Problem, ...]
    is_reckoned: bool = True
    """Whether the dates were worked out; where they cannot be, every task is shown at the project's start."""

    @property
    def places(self) -> Mapping[TaskId, int]:
        """Where each task stands in the arrays."""
        return self.outline.places


@dataclass(frozen=True, slots=True)
class Solved:
    """A knot's model with its solution; ``schedule`` is ``None`` where no dates can be reckoned at all."""

    model: Model
    schedule: Schedule | None
    policy: Policy
    horizon: Horizon
    problems: tuple[Problem, ...]
    left_out: frozenset[str]


def schedule_of(document: Document | Reader, project: ProjectId) -> ScheduleResult:
    """The schedule of one project; the same object as long as nothing it depends on changes.

    Raises:
        KeyError: there is no such project.
    """
    return remember(document, ("schedule", project), lambda reader, last: _result(reader, project))


def schedules(document: Document | Reader) -> Mapping[ProjectId, ScheduleResult]:
    """The schedules of all projects."""
    source = document.document if isinstance(document, Reader) else document
    return {project.id: schedule_of(document, project.id) for project in source.projects}


def policy_of(project: Project) -> Policy:
    """The engine's choices for a project's settings; what the project leaves open is Microsoft Project's."""
    reschedules = project.reschedule_unfinished and project.status_date is not None
    return Policy(
        critical_slack_limit=project.critical_slack_limit,
        critical_by=(
            choices.CriticalBy.LONGEST_PATH
            if project.critical_method is CriticalMethod.LONGEST_PATH
            else choices.CriticalBy.SLACK
        ),
        multiple_critical_paths=project.multiple_critical_paths,
        honor_constraints=project.honor_constraints,
        lag_calendar=_LAGS[project.lag_calendar],
        progress=_PROGRESS[project.progress_rule],
        reschedule_unstarted=reschedules,
        reschedule_remaining=reschedules,
    )


_LAGS = {
    LagCalendar.SUCCESSOR: choices.LagCalendar.SUCCESSOR,
    LagCalendar.PREDECESSOR: choices.LagCalendar.PREDECESSOR,
    LagCalendar.PROJECT: choices.LagCalendar.PROJECT,
    LagCalendar.ALWAYS: choices.LagCalendar.ELAPSED,
}
_PROGRESS = {
    ProgressRule.AS_ENTERED: choices.Progress.HOLD,
    ProgressRule.RETAINED_LOGIC: choices.Progress.RETAINED,
    ProgressRule.PROGRESS_OVERRIDE: choices.Progress.OVERRIDE,
}


def solved(document: Document | Reader, project: ProjectId) -> Solved:
    """The engine's answer for the network the project is in, with the records its numbers stand for."""
    knot = remember(document, ("knot", project), lambda reader, _: knot_of(reader, project))
    return remember(document, ("solved", knot), lambda reader, last: _solved(reader, knot, last))


def _solved(reader: Reader, knot: tuple[ProjectId, ...], last: Solved | None) -> Solved:
    plans = tuple(rows_of(reader, project) for project in knot)
    first = min(plan.project.start for plan in plans)
    policy = policy_of(plans[0].project)
    begin = (
        0
        if last is None
        else next(
            (width for width in range(len(HORIZONS)) if horizon_around(first, width) == last.horizon), 0
        )
    )
    for width in range(begin, len(HORIZONS)):
        horizon = horizon_around(first, width)
        setting = _setting(reader, knot, horizon)
        usable = last if last is not None and last.horizon == horizon and not last.left_out else None
        try:
            return _attempt(plans, setting, policy, horizon, usable)
        except HorizonExceeded:
            continue
    model = _model(plans, _setting(reader, knot, horizon), None)[0]
    problem = Problem(
        Severity.ERROR,
        plans[0].project.code,
        tr("The plan has dates that lie centuries apart, so that no schedule can be reckoned; correct them."),
    )
    return Solved(model, None, policy, horizon, (problem,), frozenset())


def _attempt(
    plans: tuple[PlanRows, ...], setting: Setting, policy: Policy, horizon: Horizon, last: Solved | None
) -> Solved:
    model, problems, left_out = _model(plans, setting, last)
    if not model.network.size:
        return Solved(model, None, policy, horizon, (), left_out)
    if last is not None and model.prepared is last.model.prepared and policy == last.policy:
        return Solved(model, last.schedule, policy, horizon, problems, left_out)
    before = None if last is None else last.schedule
    return Solved(model, solve(model.prepared, policy, previous=before), policy, horizon, problems, left_out)


def _model(
    plans: tuple[PlanRows, ...], setting: Setting, last: Solved | None
) -> tuple[Model, tuple[Problem, ...], frozenset[str]]:
    """The model without the links that run in a circle or can never be kept, and a problem for each."""
    if last is not None:
        try:
            model = updated(last.model, plans, setting)
        except (Loop, BadLink):
            model = None
        if model is not None:
            return model, last.problems, last.left_out
    problems: list[Problem] = []
    left_out: set[str] = set()
    while True:
        try:
            model = model_of(plans, setting, frozenset(left_out), None if last is None else last.model)
            return model, tuple(problems), frozenset(left_out)
        except (Loop, BadLink) as trouble:
            found, problem = _trouble(trouble, plans, setting, left_out)
            left_out |= found
            problems.append(problem)


def _trouble(
    trouble: Loop | BadLink, plans: tuple[PlanRows, ...], setting: Setting, left_out: set[str]
) -> tuple[set[str], Problem]:
    tasks = [task for plan in plans for task in plan.tasks]
    known = {task.id for task in tasks}
    links = [
        link
        for plan in plans
        for link in plan.links
        if link.id not in left_out
        and link.successor in known
        and (link.predecessor in known or setting.moment(link) is not None)
    ]
    place = plans[0].project.code
    if isinstance(trouble, BadLink):
        link = links[trouble.link]
        names = {task.id: task.name for task in tasks}
        sentence = tr(
            "The link from “{first}” to “{second}” is left out: "
            "a task cannot wait for itself or its own summary.",
            first=names.get(link.predecessor, ""),
            second=names.get(link.successor, ""),
        )
        left: set[str] = {link.id}
        return left, Problem(Severity.ERROR, place, sentence)
    circle = [tasks[number] for number in trouble.cycle]
    inside = _with_branches({task.id for task in circle}, plans)
    closing: set[str] = {link.id for link in links if link.predecessor in inside and link.successor in inside}
    names_in_turn = " → ".join(task.name for task in (*circle, circle[0]))
    sentence = tr(
        "These tasks wait for each other in a circle, so their links are left out: {names}.",
        names=names_in_turn,
    )
    return closing, Problem(Severity.ERROR, place, sentence)


def _with_branches(tasks: set[TaskId], plans: tuple[PlanRows, ...]) -> set[TaskId]:
    found = set(tasks)
    for plan in plans:
        for task in tasks:
            if task in plan.outline.places:
                found.update(plan.outline.inside(task))
    return found


def _setting(reader: Reader, knot: tuple[ProjectId, ...], horizon: Horizon) -> Setting:
    document = reader.document

    def worktime(pair: Pair) -> Worktime:
        return crossed(reader, pair[0], pair[1], horizon)

    def moment(link: Link) -> int | None:
        task = document.tasks.get(link.predecessor)
        if task is None or task.project in knot:
            return None
        reader.note(task.project)
        other = schedule_of(reader, task.project)
        if not other.outline.tasks or not task.active:
            return None
        dates = other.finish if link.type in (LinkType.FS, LinkType.FF) else other.start
        return int(dates[other.places[task.id]])

    def length(link: Link) -> int:
        other = schedule_of(reader, document.tasks[link.predecessor].project)
        return int(other.duration[other.places[link.predecessor]])

    def resource(id: ResourceId) -> Resource | None:
        found = document.resources.get(id)
        if found is None or found.project is None:
            reader.note(id)
        return found

    return Setting(worktime, moment, length, resource)


def _result(reader: Reader, project: ProjectId) -> ScheduleResult:
    answer = solved(reader, project)
    model = answer.model
    which = next(n for n, plan in enumerate(model.plans) if plan.project.id == project)
    plan = model.plans[which]
    first = model.offsets[which]
    size = len(plan.tasks)
    summary = plan.summary
    if answer.schedule is None:
        return _dateless(plan, summary, answer.problems)
    here = answer.schedule
    cut = slice(first, first + size)
    columns: dict[str, Any] = {
        name: getattr(here, name) if len(model.plans) == 1 else getattr(here, name)[cut] for name in _BY_TASK
    }
    alone = len(model.plans) == 1
    shown = here.start[cut]
    return ScheduleResult(
        project=project,
        outline=plan.outline,
        summary=summary,
        percent_complete=_percents(plan, here.complete[cut], summary),
        links=model.link_ids,
        link_slack=here.link_slack,
        link_driving=here.link_driving,
        parts=model.part_ids,
        part_start=here.part_start,
        part_finish=here.part_finish,
        segments={n - first: cuts for n, cuts in here.segments.items() if first <= n < first + size},
        project_start=here.project_start if alone or not size else int(shown.min()),
        project_finish=here.project_finish if alone or not size else int(here.finish[cut].max()),
        problems=answer.problems,
        **columns,
    )


_OWN = frozenset(
    {"project", "outline", "summary", "percent_complete", "links", "link_slack", "link_driving", "parts"}
    | {"part_start", "part_finish", "segments", "project_start", "project_finish", "problems", "is_reckoned"}
)
_BY_TASK = tuple(entry.name for entry in fields(ScheduleResult) if entry.name not in _OWN)


def _percents(plan: PlanRows, complete: Ints, summary: Bools) -> Ints:
    """What was entered for tasks, and the engine's roll-up for summaries, in whole percent."""
    found = np.where(summary, complete // 100, plan.decided.percent)
    found.setflags(write=False)
    return np.asarray(found, np.int64)


def _dateless(plan: PlanRows, summary: Bools, problems: tuple[Problem, ...]) -> ScheduleResult:
    size = len(plan.tasks)
    zeros, start = np.zeros(size, np.int64), np.full(size, plan.project.start, np.int64)
    flags, none = np.zeros(size, np.bool_), np.zeros(0, np.int64)
    indices = np.full(size, -1, np.int64)
    for array in (zeros, start, flags, none, indices):
        array.setflags(write=False)
    at_start = {
        name: start
        for name in _BY_TASK
        if name.endswith(("_start", "_finish")) or name in ("start", "finish")
    }
    columns: dict[str, Any] = dict.fromkeys(_BY_TASK, zeros) | at_start
    columns |= {"critical": flags, "longest_path": flags}
    columns |= {"start_driver_index": indices, "finish_driver_index": indices}
    return ScheduleResult(
        project=plan.project.id,
        outline=plan.outline,
        summary=summary,
        percent_complete=_percents(plan, zeros, summary),
        links=(),
        link_slack=none,
        link_driving=flags[:0],
        parts=(),
        part_start=none,
        part_finish=none,
        segments={},
        project_start=plan.project.start,
        project_finish=plan.project.start,
        problems=problems,
        is_reckoned=not size,
        **columns,
    )
