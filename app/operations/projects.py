"""Verbs for projects: create, duplicate, archive, keep as a template, set their frame and conventions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import Any

from app.domain.codes import free_code
from app.domain.draft import Draft
from app.domain.durations import measure_of, parse_span
from app.domain.errors import Refusal
from app.domain.portfolio import (
    CriticalMethod,
    LagCalendar,
    ProgressRule,
    Project,
    ProjectState,
    TaskType,
)
from app.domain.ranks import rank_between
from app.domain.records import KINDS, Record
from app.domain.typed import parse_flag, parse_moment, parse_time
from app.domain.values import CalendarId, CustomFieldId, DurationFormat, Moment, ProjectId
from app.domain.work import SourceTask, Task, Timephased
from app.operations import custom_fields
from app.operations.copies import repointed
from app.operations.lines import project_of
from app.operations.operation import operation
from app.operations.planned import schedule_now
from app.operations.portfolio import head, known_currency
from app.text import mark, tr

SHIFTED = ("constraint_date", "deadline", "manual_start", "manual_finish")
"""The planned dates of a task that move with its project; what really happened does not."""


@operation(mark("Create project"))
def create(
    draft: Draft,
    name: str,
    code: str = "",
    start: Moment | None = None,
    calendar: CalendarId | None = None,
) -> ProjectId:
    """Make an empty project; without a code it gets one from its name, without a start it starts today."""
    frame = head(draft)
    made = Project(
        ProjectId(draft.new_id()),
        code.strip() or free_code(name, draft.projects),
        name.strip(),
        _last_rank(draft),
        _working_start(draft.now) if start is None else start,
        calendar=calendar if calendar is not None else frame.calendar,
        currency=frame.currency,
    )
    draft.put(made)
    return made.id


def _working_start(now: int) -> Moment:
    return Moment(now // 1440 * 1440 + 480)


def _last_rank(draft: Draft) -> str:
    return rank_between(max((each.rank for each in draft.projects), default=None), None)


@operation(mark("Duplicate project"))
def duplicate(draft: Draft, project: ProjectId, name: str = "", code: str = "") -> ProjectId:
    """Copy a project with its tasks, links, calendars, people, baselines and values."""
    source = project_of(draft, project)
    title = name.strip() or tr("Copy of {name}", name=source.name)
    return _copied(draft, source, title, code, lambda record: record, ProjectState.ACTIVE)


@operation(mark("Save as template"))
def save_as_template(draft: Draft, project: ProjectId, name: str = "") -> ProjectId:
    """Keep a copy of a project to start others from: its plan without progress, baselines and status date."""
    source = project_of(draft, project)
    title = name.strip() or tr("Template {name}", name=source.name)
    return _copied(draft, source, title, "", _unstarted, ProjectState.TEMPLATE)


@operation(mark("New project from template"))
def new_from_template(
    draft: Draft, template: ProjectId, name: str, code: str = "", start: Moment | None = None
) -> ProjectId:
    """Make a project from a template; its planned dates move with the start, by whole days."""
    source = project_of(draft, template)
    begin = start if start is not None else _working_start(draft.now)
    days = begin // 1440 - source.start // 1440

    def fresh(record: Record) -> Record | None:
        return _moved(_unstarted(record), days * 1440)

    made = _copied(draft, source, name, code, fresh, ProjectState.ACTIVE)
    if source.schedule_from_start:
        draft.put(replace(draft.projects[made], start=begin))
    return made


def _unstarted(record: Record) -> Record | None:
    if isinstance(record, Task):
        return replace(
            record, percent_complete=0, physical_percent_complete=0, actual_start=None, actual_finish=None,
            remaining_duration=None, stop=None, resume=None, actual_work=0,
        )  # fmt: skip
    if isinstance(record, Project):
        return replace(record, status_date=None, baseline_shown=0)
    kind = type(record).__name__
    if kind == "Assignment":
        undone: dict[str, Any] = {
            "actual_work": 0, "remaining_work": None, "actual_start": None, "actual_finish": None,
            "actual_cost": 0,
        }  # fmt: skip
        return replace(record, **undone)
    return None if kind in ("Baseline", "BaselineValue") else record


def _moved(record: Record | None, minutes: int) -> Record | None:
    if isinstance(record, Project):
        finish = None if record.finish is None else Moment(record.finish + minutes)
        return replace(record, start=Moment(record.start + minutes), finish=finish)
    if not isinstance(record, Task):
        return record
    dates = {field: getattr(record, field) for field in SHIFTED}
    shifted: dict[str, Any] = {
        field: Moment(value + minutes) for field, value in dates.items() if value is not None
    }
    return replace(record, **shifted)


def _copied(
    draft: Draft,
    source: Project,
    name: str,
    code: str,
    keep: Callable[[Record], Record | None],
    state: ProjectState,
) -> ProjectId:
    if not name.strip():
        raise Refusal(tr("A project needs a name."))
    rows: list[Record] = []
    for kind in KINDS:
        rows.extend(draft.table(kind.table).of(source.id).values())
    rows = [row for row in rows if not isinstance(row, SourceTask | Timephased)]
    chosen = [kept for row in rows if (kept := keep(row)) is not None]
    fresh: dict[str, str] = {row.id: draft.new_id() for row in chosen}
    made = ProjectId(fresh[source.id])
    for row in chosen:
        copy = repointed(row, fresh)
        if isinstance(copy, Project):
            copy = replace(
                copy,
                code=code.strip() or free_code(name, draft.projects),
                name=name.strip(),
                rank=_last_rank(draft),
                state=state,
                source_name="",
                source_digest="",
                source_guid="",
                source_application="",
            )
        elif getattr(copy, "guid", ""):
            without: dict[str, Any] = {"guid": ""}
            copy = replace(copy, **without)
        draft.put(copy)
    return made


@operation(mark("Rename project"), merges=True)
def rename(draft: Draft, project: ProjectId, name: str) -> None:
    """Give a project another name."""
    draft.put(replace(project_of(draft, project), name=name.strip()))


@operation(mark("Change project code"))
def recode(draft: Draft, project: ProjectId, code: str) -> None:
    """Give a project another code, by which references name it."""
    draft.put(replace(project_of(draft, project), code=code.strip()))


@operation(mark("Archive project"))
def archive(draft: Draft, project: ProjectId) -> None:
    """Put a project away: it can be looked at, but not changed until it is brought back."""
    draft.put(replace(project_of(draft, project), state=ProjectState.ARCHIVED))


@operation(mark("Bring project back"))
def unarchive(draft: Draft, project: ProjectId) -> None:
    """Bring an archived project, or a template, back among the active ones."""
    draft.put(replace(project_of(draft, project), state=ProjectState.ACTIVE))


@operation(mark("Delete project"))
def delete(draft: Draft, project: ProjectId) -> None:
    """Delete a project with all that belongs to it; links of other projects to its tasks go too."""
    row = project_of(draft, project)
    tasks = draft.tasks.of(project)
    for link in list(draft.links):
        if link.project != project and link.predecessor in tasks:
            draft.drop(link)
    for value in list(draft.custom_values.of(None).values()):
        if value.owner == project:
            draft.drop(value)
    for kind in reversed(KINDS):
        for record in list(draft.table(kind.table).of(project).values()):
            draft.drop(record)
    draft.name(mark("Delete project {name}"), name=row.name)


@operation(mark("Move project"))
def move(draft: Draft, project: ProjectId, before: ProjectId | None = None) -> None:
    """Put a project before another in the list, or last."""
    row = project_of(draft, project)
    if before == project:
        return
    others = sorted((each for each in draft.projects if each.id != project), key=lambda each: each.rank)
    ids = [each.id for each in others]
    if before is not None and before not in ids:
        raise Refusal(tr("That project is no longer there."))
    place = len(ids) if before is None else ids.index(before)
    low = others[place - 1].rank if place else None
    high = others[place].rank if place < len(others) else None
    draft.put(replace(row, rank=rank_between(low, high)))


@operation(mark("Change project start"))
def set_start(draft: Draft, project: ProjectId, start: Moment) -> None:
    """Set the date a project is scheduled from."""
    draft.put(replace(project_of(draft, project), start=start))


@operation(mark("Change project finish"))
def set_finish(draft: Draft, project: ProjectId, finish: Moment | None) -> None:
    """Set the date a project is scheduled back from, or the date it is asked for."""
    draft.put(replace(project_of(draft, project), finish=finish))


@operation(mark("Change scheduling direction"))
def set_schedule_from(draft: Draft, project: ProjectId, from_start: bool, date: Moment | None = None) -> None:
    """Schedule a project forwards from its start, or back from its finish; no date keeps the present one."""
    row = project_of(draft, project)
    if from_start:
        start = row.start if date is None else date
        draft.put(replace(row, schedule_from_start=True, start=start))
        return
    finish = date if date is not None else row.finish
    if finish is None:
        finish = Moment(schedule_now(draft, project).project_finish)
    draft.put(replace(row, schedule_from_start=False, finish=finish))


@operation(mark("Change status date"))
def set_status_date(draft: Draft, project: ProjectId, status_date: Moment | None) -> None:
    """Set the date up to which progress is reported, or take it away."""
    draft.put(replace(project_of(draft, project), status_date=status_date))


@operation(mark("Change project calendar"))
def set_calendar(draft: Draft, project: ProjectId, calendar: CalendarId | None) -> None:
    """Set the calendar a project's tasks are worked by."""
    draft.put(replace(project_of(draft, project), calendar=calendar))


_TEXTS = frozenset({"manager", "sponsor", "notes"})
_FLAGS = frozenset(
    {"multiple_critical_paths", "honor_constraints", "new_tasks_effort_driven", "new_tasks_manual",
     "new_tasks_estimated", "split_in_progress", "reschedule_unfinished"}
)  # fmt: skip
_NUMBERS = frozenset({"days_per_month", "week_start_day", "baseline_shown"})
_TIMES = frozenset({"default_start_time", "default_finish_time"})
_LENGTHS = frozenset({"critical_slack_limit", "near_critical_limit", "minutes_per_day", "minutes_per_week"})
_CHOICES: Mapping[str, type[StrEnum]] = {
    "default_task_type": TaskType,
    "progress_rule": ProgressRule,
    "critical_method": CriticalMethod,
    "lag_calendar": LagCalendar,
}
FIELDS = (
    {"name", "code", "start", "finish", "status_date", "currency", "schedule_from_start", "calendar"}
    | _TEXTS | _FLAGS | _NUMBERS | _TIMES | _LENGTHS | set(_CHOICES)
)  # fmt: skip
"""The fields of a project that can be typed; ``field:<id>`` names a custom column."""


@operation(mark("Change project settings"))
def set_field(draft: Draft, project: ProjectId, field: str, text: str, locale: str = "en_GB") -> None:
    """Set one field of a project from what was typed; ``field:<id>`` is a column of your own.

    Raises:
        Refusal: there is no such field, or the text does not fit it.
    """
    row = project_of(draft, project)
    if field.startswith("field:"):
        custom_fields.set_value.within(
            draft, CustomFieldId(field.removeprefix("field:")), project, text, locale
        )
        return
    if field == "calendar":
        set_calendar.within(draft, project, _calendar_named(draft, project, text))
        return
    if field == "finish" and not text.strip():
        set_finish.within(draft, project, None)
        return
    value = _read(draft, row, field, text, locale)
    draft.put(replace(row, **{field: value}))


def _read(draft: Draft, row: Project, field: str, text: str, locale: str) -> Any:
    plain = text.strip()
    if field in ("name", "code") or field in _TEXTS:
        return plain
    if field == "currency":
        return known_currency(plain)
    if field in _FLAGS or field == "schedule_from_start":
        return parse_flag(plain)
    if field in ("start", "finish", "status_date"):
        minute = row.default_start_time if field == "start" else row.default_finish_time
        if field == "status_date" and not plain:
            return None
        return parse_moment(plain, draft.now, minute, locale)
    if field in _TIMES:
        return parse_time(plain)
    if field in _LENGTHS:
        unit_hours = field.startswith("minutes")
        plain = f"{plain}h" if unit_hours and re.fullmatch(r"[\d.,]+", plain) else plain
        span = parse_span(plain, measure_of(row), locale)
        if unit_hours and span.unit not in (DurationFormat.HOURS, DurationFormat.MINUTES):
            raise Refusal(tr("Say this in hours, such as 8h or 37.5h."), at=(row.id, field))
        return span.minutes
    if field in _NUMBERS:
        if not plain.isdecimal():
            raise Refusal(tr("“{text}” is not a whole number.", text=plain), at=(row.id, field))
        return int(plain)
    if field in _CHOICES:
        words = [each.value for each in _CHOICES[field]]
        if plain.casefold() not in words:
            raise Refusal(
                tr("“{text}” is not one of {words}.", text=plain, words=", ".join(words)), at=(row.id, field)
            )
        return _CHOICES[field](plain.casefold())
    raise Refusal(tr("A project has no field “{field}”.", field=field))


def _calendar_named(draft: Draft, project: ProjectId, text: str) -> CalendarId | None:
    plain = text.strip().casefold()
    if not plain:
        return None
    for scope in (project, None):
        for each in draft.calendars.of(scope).values():
            if plain in (each.name.casefold(), each.id):
                return each.id
    raise Refusal(tr("There is no calendar {text}.", text=text.strip()), at=(project, "calendar"))
