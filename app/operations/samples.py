"""The sample portfolio: six IT projects in our own words, made from ``resources/samples/portfolio.toml``.

The file's head explains its notation. Dates are not written there: the engine works them out, and
tasks marked as done or under way take their actual dates from that result.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from app.derive.schedule import schedule_of
from app.domain.calendars import INHERITED_WEEK, Calendar, CalendarException
from app.domain.draft import Draft
from app.domain.durations import Measure, parse_lag, parse_span
from app.domain.people import Assignment, Rate, Resource
from app.domain.portfolio import CustomField, CustomValue, FieldKind, OwnerKind, Project
from app.domain.ranks import ranks_between
from app.domain.values import (
    STANDARD_WEEK,
    AssignmentId,
    CalendarId,
    CustomFieldId,
    CustomValueId,
    ExceptionId,
    LinkId,
    Moment,
    ProjectId,
    RateId,
    ResourceId,
    Shift,
    Split,
    TaskId,
    start_of,
)
from app.domain.work import ConstraintType, Link, LinkType, Task
from app.operations import baselines, calendars, progress
from app.operations.operation import operation
from app.text import mark

PLACE = Path(__file__).resolve().parent.parent.parent / "resources" / "samples" / "portfolio.toml"
_LINE = re.compile(r"^(?P<indent> *)\[(?P<key>\w+)\] (?P<name>[^|]+?)(?: \| (?P<rest>.*))?$")
_WAIT = re.compile(r"^(?:(?P<code>\w+)/)?(?P<key>[a-z]+\d+)(?P<type>FS|SS|FF|SF)?(?P<lag>[+-].+)?$")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a plan as written: its place in the outline and its five fields."""

    key: str
    name: str
    level: int
    duration: str
    waits: tuple[str, ...]
    who: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]


@operation(mark("Create the sample portfolio"), sealed=True, counter=mark("Delete project"))
def create_sample(draft: Draft) -> tuple[ProjectId, ...]:
    """Fill the portfolio with six believable projects, their calendars, people, baselines and progress."""
    said = tomllib.loads(PLACE.read_text(encoding="utf-8"))
    head = next(iter(draft.portfolio), None)
    shared = _calendars(draft, said["calendars"])
    if head is not None:
        draft.put(
            replace(
                head,
                name=said["portfolio"]["name"],
                owner=said["portfolio"]["owner"],
                calendar=shared["Standard"],
            )
        )
    people = _people(draft, said["resources"], shared)
    risk = CustomField(
        CustomFieldId(draft.new_id()),
        None,
        OwnerKind.TASK,
        "",
        "Risk",
        FieldKind.CHOICE,
        "V",
        ("Low", "Medium", "High"),
    )
    draft.put(risk)
    known: dict[str, TaskId] = {}
    made: list[tuple[ProjectId, list[tuple[Task, _Line]]]] = []
    last = max((project.rank for project in draft.projects), default=None)
    for facts, rank in zip(said["projects"], ranks_between(last, None, len(said["projects"])), strict=True):
        project = _project(draft, facts, rank, shared)
        lines = list(_lines(facts["plan"]))
        tasks = _tasks(draft, project, lines, known, shared, risk.id)
        _assign(draft, tasks, people)
        made.append((project.id, tasks))
    for _project_id, tasks in made:
        for task, line in tasks:
            _link(draft, task, line, known)
    for project_id, tasks in made:
        _baseline_then_now(draft, project_id, tasks)
    for project_id, tasks in made:
        _progress(draft, project_id, tasks)
    for project_id, _tasks_made in made:
        status = draft.projects[project_id].status_date
        if status is not None:
            progress.reschedule_unfinished.within(draft, project_id, status)
    return tuple(project_id for project_id, _tasks_made in made)


def _calendars(draft: Draft, said: list[dict[str, Any]]) -> dict[str, CalendarId]:
    found: dict[str, CalendarId] = {}
    # A new file's own calendar is not used yet: the sample's of that name takes its place.
    unused = {} if draft.projects else {each.name: each.id for each in draft.calendars.of(None).values()}
    for number, facts in enumerate(said, 1):
        id = unused.get(facts["name"]) or CalendarId(draft.new_id())
        base = found.get(facts.get("base", ""))
        week = tuple(_shifts(day) for day in facts["week"]) if "week" in facts else STANDARD_WEEK
        draft.put(Calendar(id, None, number, facts["name"], base, week))
        found[facts["name"]] = id
        _exceptions(draft, id, facts.get("exceptions", ()))
        if "holidays" in facts:
            wanted = facts["holidays"]
            years = wanted["years"]
            calendars.add_holidays.within(draft, id, wanted["country"], wanted["region"], years[0], years[-1])
    return found


def _exceptions(draft: Draft, calendar: CalendarId, said: Any) -> None:
    for facts in said:
        first, last = date.fromisoformat(facts["from"]), date.fromisoformat(facts["to"])
        draft.put(CalendarException(ExceptionId(draft.new_id()), calendar, None, facts["name"], first, last))


def _shifts(text: str) -> tuple[Shift, ...]:
    def minute(clock: str) -> int:
        hours, minutes = clock.split(":")
        return int(hours) * 60 + int(minutes)

    return tuple(Shift(minute(a), minute(b)) for a, b in (part.split("-") for part in text.split()))


def _people(
    draft: Draft, said: list[dict[str, Any]], shared: Mapping[str, CalendarId]
) -> dict[str, ResourceId]:
    found: dict[str, ResourceId] = {}
    for number, facts in enumerate(said, 1):
        id = ResourceId(draft.new_id())
        own = CalendarId(draft.new_id())
        base = shared[facts.get("calendar", "Standard")]
        draft.put(
            Calendar(
                own, None, len(shared) + number, facts["name"], base, INHERITED_WEEK, is_base_calendar=False
            )
        )
        _exceptions(draft, own, facts.get("leave", ()))
        initials = "".join(word[0].upper() for word in facts["name"].split())
        draft.put(
            Resource(
                id,
                None,
                number,
                facts["name"],
                initials=initials,
                max_units=float(facts.get("units", 1)),
                calendar=own,
                is_generic=True,
            )
        )
        draft.put(Rate(RateId(draft.new_id()), None, id, standard_rate=facts["rate"] * 100))
        found[facts["name"]] = id
    return found


def _project(draft: Draft, facts: dict[str, Any], rank: str, shared: Mapping[str, CalendarId]) -> Project:
    project = Project(
        ProjectId(draft.new_id()),
        facts["code"],
        facts["name"],
        rank,
        _morning(facts["start"]),
        finish=_evening(facts["finish"]) if "finish" in facts else None,
        status_date=_evening(facts["status"]),
        calendar=shared[facts.get("calendar", "Standard")],
        manager=facts["manager"],
        sponsor=facts["sponsor"],
        critical_slack_limit=480 * int(facts.get("critical_slack", "0d").rstrip("d")),
    )
    draft.put(project)
    return project


def _lines(plan: str) -> Iterator[_Line]:
    for text in plan.strip("\n").splitlines():
        found = _LINE.match(text)
        if found is None:
            raise ValueError(f"The sample has a line that cannot be read: {text}")
        fields = [part.strip() for part in (found["rest"] or "").split("|")] + [""] * 4
        marks = tuple(_mark(part.strip()) for part in fields[3].split(";") if part.strip())
        yield _Line(
            found["key"],
            found["name"],
            len(found["indent"]) // 2,
            fields[0],
            tuple(part.strip() for part in fields[1].split(";") if part.strip()),
            tuple(part.strip() for part in fields[2].split(";") if part.strip()),
            marks,
        )


def _mark(text: str) -> tuple[str, str]:
    if text.endswith("%"):
        return ("percent", text[:-1])
    word, _gap, rest = text.partition(" ")
    return (word, rest)


def _tasks(
    draft: Draft,
    project: Project,
    lines: list[_Line],
    known: dict[str, TaskId],
    shared: Mapping[str, CalendarId],
    risk: CustomFieldId,
) -> list[tuple[Task, _Line]]:
    made: list[tuple[Task, _Line]] = []
    above: list[TaskId] = []
    ranks = ranks_between(None, None, len(lines))
    for number, (line, rank) in enumerate(zip(lines, ranks, strict=True), 1):
        del above[line.level :]
        marks = dict(line.marks)
        span = parse_span(marks.get("was") or line.duration or "1d", Measure(), "en_GB")
        task = Task(
            TaskId(draft.new_id()),
            project.id,
            number,
            above[-1] if above else None,
            rank,
            line.name,
            duration=span.minutes,
            duration_format=span.unit,
            milestone=line.duration == "0d",
            active="inactive" not in marks,
            notes=marks.get("note", ""),
            priority=int(marks.get("priority", "500")),
            calendar=shared[marks["calendar"]] if "calendar" in marks else None,
            ignore_resource_calendar="calendar" in marks,
            deadline=_evening(marks["deadline"]) if "deadline" in marks else None,
        )
        task = _constrained(task, marks)
        draft.put(task)
        known[f"{project.code}/{line.key}"] = task.id
        if "risk" in marks:
            draft.put(CustomValue(CustomValueId(draft.new_id()), project.id, risk, task.id, marks["risk"]))
        made.append((task, line))
        above.append(task.id)
    return made


def _constrained(task: Task, marks: Mapping[str, str]) -> Task:
    if "manual" in marks:
        first, last = marks["manual"].split()
        return replace(task, manual=True, manual_start=_morning(first), manual_finish=_evening(last))
    if "ALAP" in marks:
        return replace(task, constraint=ConstraintType.ALAP)
    for kind in ("SNET", "MSO", "FNLT", "MFO"):
        if kind in marks:
            when = _morning(marks[kind]) if kind in ("SNET", "MSO") else _evening(marks[kind])
            return replace(task, constraint=ConstraintType(kind.lower()), constraint_date=when)
    return task


def _assign(draft: Draft, tasks: list[tuple[Task, _Line]], people: Mapping[str, ResourceId]) -> None:
    uid = 0
    for task, line in tasks:
        for words in line.who:
            name, _gap, percent = words.rpartition(" ") if words.endswith("%") else (words, "", "100%")
            units = int(percent.rstrip("%")) / 100
            uid += 1
            work = round(task.duration * units)
            draft.put(
                Assignment(
                    AssignmentId(draft.new_id()), task.project, task.id, people[name], uid, units, work
                )
            )


def _link(draft: Draft, task: Task, line: _Line, known: Mapping[str, TaskId]) -> None:
    code = draft.projects[task.project].code
    for words in line.waits:
        found = _WAIT.match(words)
        if found is None:
            raise ValueError(f"The sample has a link that cannot be read: {words}")
        predecessor = known[f"{found['code'] or code}/{found['key']}"]
        lag = parse_lag(found["lag"] or "0d", Measure(), "en_GB")
        kind = LinkType(found["type"] or "FS")
        draft.put(
            Link(LinkId(draft.new_id()), task.project, predecessor, task.id, kind, lag.minutes, lag.unit)
        )


def _baseline_then_now(draft: Draft, project: ProjectId, tasks: list[tuple[Task, _Line]]) -> None:
    baselines.take.within(draft, project, 0, "Approved plan")
    for task, line in tasks:
        marks = dict(line.marks)
        now = draft.tasks[task.id]
        if "was" in marks:
            span = parse_span(line.duration, Measure(), "en_GB")
            now = replace(now, duration=span.minutes, duration_format=span.unit)
            _stretch_work(draft, now)
        if "split" in marks:
            before, gap = (parse_span(part, Measure(), "en_GB").minutes for part in marks["split"].split())
            now = replace(now, splits=(Split(before, gap),))
        draft.put(now)


def _stretch_work(draft: Draft, task: Task) -> None:
    for assignment in draft.assignments.of(task.project).values():
        if assignment.task == task.id:
            draft.put(replace(assignment, work=round(task.duration * assignment.units)))


def _progress(draft: Draft, project: ProjectId, tasks: list[tuple[Task, _Line]]) -> None:
    result = schedule_of(draft.result(), project)
    for task, line in tasks:
        marks = dict(line.marks)
        place = result.places[task.id]
        now = draft.tasks[task.id]
        first, last = Moment(int(result.start[place])), Moment(int(result.finish[place]))
        if "done" in marks:
            draft.put(replace(now, percent_complete=100, actual_start=first, actual_finish=last))
        elif int(marks.get("percent", "0")):
            draft.put(replace(now, percent_complete=int(marks["percent"]), actual_start=first))


def _morning(day: str) -> Moment:
    return Moment(start_of(date.fromisoformat(day)) + 480)


def _evening(day: str) -> Moment:
    return Moment(start_of(date.fromisoformat(day)) + 1020)
