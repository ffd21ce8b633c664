"""Reads the plans with answers kept beside the repository and turns their inputs into networks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from app.engine.network import NO_MOMENT, Network, network
from app.engine.policy import MICROSOFT_PROJECT, PRIMAVERA, Policy
from app.engine.schedule import Schedule
from app.engine.worktime import Worktime, compile_worktime, intersect

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "schedules"
FIELDS = (
    "start",
    "finish",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "critical",
    "total_slack",
)
DAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
KINDS = {"FF": 0, "FS": 1, "SF": 2, "SS": 3}
FACES = {"START_MILESTONE": 1, "FINISH_MILESTONE": 2}
CONSTRAINTS = {
    "AS_SOON_AS_POSSIBLE": 0,
    "AS_LATE_AS_POSSIBLE": 1,
    "MUST_START_ON": 2,
    "MUST_FINISH_ON": 3,
    "START_NO_EARLIER_THAN": 4,
    "START_NO_LATER_THAN": 5,
    "FINISH_NO_EARLIER_THAN": 6,
    "FINISH_NO_LATER_THAN": 7,
}
WORKING_WEEK = ((("08:00", "12:00"), ("13:00", "17:00")),) * 5 + ((), ())


@dataclass(frozen=True)
class Plan:
    """One plan: its network, the policy of the tool that saved it, and that tool's answers by activity."""

    name: str
    network: Network
    policy: Policy
    uids: tuple[int, ...]
    leaves: tuple[int, ...]
    answers: tuple[dict[str, Any], ...]


def names() -> list[str]:
    """The plans that are there, in order."""
    return sorted(path.name.removesuffix(".oracle.json") for path in FOLDER.glob("*.oracle.json"))


def independent() -> dict[str, dict[str, int]]:
    """How many leaf tasks the independent scheduler gets right, by plan and field."""
    index = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
    return {name: (entry["independent_scheduler"]["agree"] or {}) for name, entry in index.items()}


def read(name: str, *, splits: dict[int, tuple[tuple[int, int], ...]] | None = None) -> Plan:
    """One plan by name; `splits` by task uid, where the answers hold them in timephased rows only."""
    content = json.loads((FOLDER / f"{name}.oracle.json").read_text(encoding="utf-8"))
    given = content["inputs"]
    tasks = _outline(given["tasks"])
    number = {task["uid"]: index for index, task in enumerate(tasks)}
    p6 = name.startswith("p6")
    calendars = _Calendars(given)
    parts = [] if p6 else list(_parts(given, tasks, number, calendars))
    links = given["links"]
    lags = [_lag(link["lag"]) for link in links]
    worktimes = [_own_calendar(given, task, calendars) for task in tasks]
    durations = [
        _length(task)
        if task["duration"] and not _on_resources(task)
        else calendars.stored(index, _answer(content, task))
        for task, index in zip(tasks, worktimes, strict=True)
    ]
    pairs = zip(tasks, durations, strict=True)
    built = network(
        calendars.worktimes,
        durations,
        project_start=moment(given["project"]["start"]),
        status=moment(given["project"]["status_date"]),
        project_worktime=0,
        parent=[number.get(task["parent"], -1) for task in tasks],
        worktime=worktimes,
        elapsed=[bool(task["duration"] and task["duration"]["elapsed"]) for task in tasks],
        constraint=[CONSTRAINTS[task["constraint"] or "AS_SOON_AS_POSSIBLE"] for task in tasks],
        constraint_moment=[moment(task["constraint_date"]) for task in tasks],
        deadline=[moment(task["deadline"]) for task in tasks],
        manual=[task["manual"] and not task["summary"] for task in tasks],
        manual_start=[
            moment(_answer(content, task)["start"]) if task["manual"] else NO_MOMENT for task in tasks
        ],
        manual_finish=[
            moment(_answer(content, task)["finish"]) if task["manual"] else NO_MOMENT for task in tasks
        ],
        active=[task["active"] for task in tasks],
        actual_start=[moment(None if task["summary"] else task["actual_start"]) for task in tasks],
        actual_finish=[moment(task["actual_finish"]) for task in tasks],
        remaining=[length if p6 else _minutes(task["remaining_duration"], task) for task, length in pairs],
        stop=[moment(task["stop"]) for task in tasks],
        resume=[moment(task["resume"]) for task in tasks],
        levelling_delay=[int(task["leveling_delay"] or 0) for task in tasks],
        milestone_face=[FACES.get(task.get("activity_type"), 0) for task in tasks],
        part_activity=[part[0] for part in parts],
        part_worktime=[part[1] for part in parts],
        part_work=[part[2] for part in parts],
        part_done=[part[3] for part in parts],
        part_delay=[part[4] for part in parts],
        link_pred=[number[link["pred"]] for link in links],
        link_succ=[number[link["succ"]] for link in links],
        link_type=[KINDS[link["type"]] for link in links],
        link_lag=[lag for lag, _ in lags],
        link_lag_kind=[kind for _, kind in lags],
        splits={number[uid]: cuts for uid, cuts in (splits or {}).items()},
    )
    return Plan(
        name=name,
        network=built,
        policy=PRIMAVERA if p6 else _policy(given["project"]),
        uids=tuple(task["uid"] for task in tasks),
        leaves=tuple(index for index, task in enumerate(tasks) if not task["summary"]),
        answers=tuple(_answer(content, task) for task in tasks),
    )


def differences(plan: Plan, schedule: Schedule) -> Iterator[tuple[str, int, Any, Any]]:
    """Field, activity, the tool's answer and ours, for every leaf and field that differ."""
    ours = {name: getattr(schedule, name).tolist() for name in FIELDS}
    for node in plan.leaves:
        answer = plan.answers[node]
        for name in FIELDS:
            value = ours[name][node]
            if name == "critical":
                expected = value if answer["total_slack_min"] is None else answer[name]
                same = expected == value
            elif name == "total_slack":
                stored = answer["total_slack_min"]
                expected = value if stored is None else round(stored)
                same = expected == value
            else:
                expected = moment(answer[name])
                same = expected == value
            if not same:
                yield name, node, expected, value


def moment(text: str | None) -> int:
    """A local date and time as minutes since 1970."""
    if not text:
        return NO_MOMENT
    return round((datetime.fromisoformat(text) - datetime(1970, 1, 1)).total_seconds() / 60)


def shown(value: int) -> str:
    """A moment for a failure message."""
    return str(np.datetime64(int(value), "m")) if value > NO_MOMENT else "none"


def _policy(project: dict[str, Any]) -> Policy:
    return Policy(
        **{
            **{name: getattr(MICROSOFT_PROJECT, name) for name in Policy.__slots__},
            "honor_constraints": project["honor_constraints"],
            "critical_slack_limit": round(project["critical_slack_limit_min"] or 0),
            "multiple_critical_paths": project["multiple_critical_paths"],
        }
    )


def _answer(content: dict[str, Any], task: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = content["answers"][str(task["uid"])]
    return found


def _on_resources(task: dict[str, Any]) -> bool:
    """P6's resource-dependent activities: the plan holds their length in dates, not as a duration."""
    return task.get("activity_type") == "RESOURCE_DEPENDENT"


def _own_calendar(given: dict[str, Any], task: dict[str, Any], calendars: _Calendars) -> int:
    """The worktime a task's duration runs on; a resource-dependent one takes its first resource's."""
    if not _on_resources(task):
        return calendars.index(task["calendar"], None)
    resources = {resource["uid"]: resource["calendar"] for resource in given["resources"]}
    first = next(row["resource"] for row in given["assignments"] if row["task"] == task["uid"])
    return calendars.index(resources[first], None)


def _outline(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(tasks, key=lambda task: (task["id"] is None, task["id"]))


def _length(task: dict[str, Any]) -> int:
    return round(task["duration"]["minutes"]) if task["duration"] else 0


def _minutes(value: float | None, task: dict[str, Any]) -> int:
    return _length(task) if value is None else round(value)


def _lag(lag: dict[str, Any] | None) -> tuple[int, int]:
    if lag is None:
        return 0, 0
    if lag["unit"] == "%":
        return round(lag["value"] * 100), 2
    return round(lag["minutes"]), 1 if lag["elapsed"] else 0


def _parts(
    given: dict[str, Any], tasks: list[dict[str, Any]], number: dict[int, int], calendars: _Calendars
) -> Iterator[tuple[int, int, int, int, int]]:
    """The work assignments that drive their tasks: activity, worktime, minutes, minutes done, delay."""
    resources = {resource["uid"]: resource for resource in given["resources"]}
    for row in given["assignments"]:
        task = tasks[number[row["task"]]]
        resource = resources.get(row["resource"])
        drives = resource and resource["uid"] and resource["type"] == "WORK" and row["units"]
        if not drives or task["type"] == "FIXED_DURATION" or task["summary"] or task["manual"]:
            continue
        regular = row["work_min"] - (row["overtime_work_min"] or 0)
        length = round(regular * 100 / row["units"])
        left = round(row["remaining_work_min"] * 100 / row["units"])
        calendar = None if task["ignore_resource_calendar"] and task["calendar"] else resource["calendar"]
        index = calendars.index(task["calendar"], calendar)
        yield number[row["task"]], index, length, length - left, round(row["delay"] or 0)


class _Calendars:
    """Calendars compiled as they are asked for; number 0 is the project's own."""

    def __init__(self, given: dict[str, Any]) -> None:
        self._rows = {row["uid"]: row for row in given["calendars"]}
        self._default = given["project"]["default_calendar"]
        begin = moment(given["project"]["start"]) // 1440
        self._horizon = (begin - 1500, begin + 4000)
        self._numbers: dict[tuple[int | None, int | None], int] = {}
        self.worktimes: list[Worktime] = []
        self.index(None, None)

    def index(self, task: int | None, resource: int | None) -> int:
        """The number of the worktime of a task calendar and a resource calendar together."""
        key = (task, resource)
        if key not in self._numbers:
            if task is not None and resource is not None:
                compiled = intersect(self._compiled(task), self._compiled(resource))
            else:
                compiled = self._compiled(self._default if task is resource is None else task or resource)
            self._numbers[key] = len(self.worktimes)
            self.worktimes.append(compiled)
        return self._numbers[key]

    def stored(self, index: int, answer: dict[str, Any]) -> int:
        """The working minutes between the dates a plan holds."""
        begin, end = moment(answer["start"]), moment(answer["finish"])
        return self.worktimes[index].between(begin, end)

    def _compiled(self, uid: int | None) -> Worktime:
        week, exceptions = self._layers(uid)
        return compile_worktime(week, exceptions, self._horizon)

    def _layers(
        self, uid: int | None
    ) -> tuple[list[list[tuple[int, int]]], dict[int, list[tuple[int, int]]]]:
        row = self._rows.get(uid)
        if row is None:
            return [_shifts(shifts) for shifts in WORKING_WEEK], {}
        week, days = self._layers(row["base"]) if row["base"] is not None else self._layers(None)
        for weekday, name in enumerate(DAYS):
            if row["week"][name] != "default":
                week[weekday] = _shifts(row["week"][name])
        if row["base"] is not None:
            own = {weekday for weekday, name in enumerate(DAYS) if row["week"][name] != "default"}
            days = {day: shifts for day, shifts in days.items() if (day + 3) % 7 not in own}
        for exception in row["exceptions"]:
            first = date.fromisoformat(exception["start"]).toordinal() - 719163
            last = date.fromisoformat(exception["finish"]).toordinal() - 719163
            for day in range(first, last + 1):
                days[day] = _shifts(exception["hours"])
        return week, days


def _shifts(hours: Any) -> list[tuple[int, int]]:
    return [(_clock(begin), _clock(end) or 1440) for begin, end in hours]


def _clock(text: str) -> int:
    hour, minute = text.split(":")[:2]
    return int(hour) * 60 + int(minute)
