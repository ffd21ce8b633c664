"""A project's settings as lines to be read and typed in, in sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from babel.dates import get_day_names

from app.derive.schedule import schedule_of
from app.domain.document import Document
from app.domain.durations import Measure, measure_of
from app.domain.numerals import locale_of
from app.domain.portfolio import (
    CriticalMethod,
    LagCalendar,
    OwnerKind,
    ProgressRule,
    Project,
    TaskType,
)
from app.domain.values import DurationFormat, ProjectId
from app.text import mark, tr
from app.views.formats import date_text, days_text, number_text, span_text
from app.views.plan_cells import custom_text
from app.views.plan_facts import facts_of


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a setting may take: what is handed on, and what is read."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One line: ``field`` is what ``projects.set_field`` takes, ``value`` the text as it would be typed.

    ``kind`` is ``text``, ``date``, ``flag``, ``choice``, ``number``, ``time`` or ``duration``; a flag reads
    ``1`` or nothing, a choice is one of ``choices``. A line that is not editable is worked out.
    """

    field: str
    title: str
    value: str
    kind: str
    help: str
    is_editable: bool = True
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class SettingSection:
    """Some settings under a heading."""

    title: str
    settings: tuple[Setting, ...]


_Line = tuple[str, str, str, str]
"""Field, title, kind, help."""

_FRAME: tuple[_Line, ...] = (
    ("name", mark("Name"), "text", mark("What the project is called.")),
    ("code", mark("Code"), "text", mark("Its short name, unique in the portfolio.")),
    ("manager", mark("Manager"), "text", mark("Who leads it.")),
    ("sponsor", mark("Sponsor"), "text", mark("Who wants it and pays.")),
    ("currency", mark("Currency"), "text", mark("The three letters of its money, such as EUR.")),
    ("notes", mark("Notes"), "text", mark("Anything worth remembering.")),
)
_DATES: tuple[_Line, ...] = (
    ("schedule_from_start", mark("Schedule from the start"), "flag", mark("Off: back from the finish.")),
    ("start", mark("Start"), "date", mark("Nothing is scheduled before it.")),
    ("finish", mark("Finish"), "date", mark("The date that is scheduled back from.")),
    ("status_date", mark("Status date"), "date", mark("How far progress is entered and reported.")),
    ("calendar", mark("Calendar"), "choice", mark("The working time of tasks without their own.")),
    ("default_start_time", mark("Day starts at"), "time", mark("The time a typed start gets.")),
    ("default_finish_time", mark("Day ends at"), "time", mark("The time a typed finish gets.")),
    ("week_start_day", mark("Week starts on"), "choice", mark("The first day in charts and calendars.")),
)
_LENGTHS: tuple[_Line, ...] = (
    ("minutes_per_day", mark("Hours a day"), "duration", mark("What one d means when it is typed.")),
    ("minutes_per_week", mark("Hours a week"), "duration", mark("What one w means when it is typed.")),
    ("days_per_month", mark("Days a month"), "number", mark("What one mo means when it is typed.")),
)
_CRITICAL: tuple[_Line, ...] = (
    ("critical_method", mark("Critical by"), "choice", mark("What makes a task critical.")),
    (
        "critical_slack_limit", mark("Critical up to a float of"), "duration",
        mark("Tasks with this much float or less are critical."),
    ),
    (
        "near_critical_limit", mark("Nearly critical up to"), "duration",
        mark("Tasks with this much float or less are watched."),
    ),
    (
        "multiple_critical_paths", mark("A critical path for every end"), "flag",
        mark("Every task without a successor ends a path of its own."),
    ),
    (
        "honor_constraints", mark("Constraints win over links"), "flag",
        mark("Tasks keep their constraint dates even where links ask for later ones."),
    ),
    ("lag_calendar", mark("Lags run on"), "choice", mark("The calendar on which working lags are counted.")),
)  # fmt: skip
_PROGRESS: tuple[_Line, ...] = (
    ("progress_rule", mark("Work done out of order"), "choice", mark("What holds the rest of started work.")),
    (
        "reschedule_unfinished", mark("Move unfinished work behind the status date"), "flag",
        mark("What is not done by the status date goes on after it."),
    ),
    (
        "split_in_progress", mark("Split tasks in progress"), "flag",
        mark("The rest of started work may be moved away from what is done."),
    ),
)  # fmt: skip
_NEW: tuple[_Line, ...] = (
    (
        "default_task_type",
        mark("Type of new tasks"),
        "choice",
        mark("What stays when work or people change."),
    ),
    ("new_tasks_manual", mark("New tasks by hand"), "flag", mark("They keep the dates that are typed.")),
    ("new_tasks_effort_driven", mark("New tasks effort driven"), "flag", mark("More people, shorter tasks.")),
    ("new_tasks_estimated", mark("New tasks estimated"), "flag", mark("Their durations carry a ?.")),
    ("baseline_shown", mark("Baseline shown"), "choice", mark("The one that variances are taken from.")),
)
_SECTIONS: tuple[tuple[str, tuple[_Line, ...]], ...] = (
    (mark("Project"), _FRAME),
    (mark("Dates"), _DATES),
    (mark("Lengths"), _LENGTHS),
    (mark("Critical path"), _CRITICAL),
    (mark("Progress"), _PROGRESS),
    (mark("New tasks and baseline"), _NEW),
)
_WORDS: dict[str, dict[str, str]] = {
    "critical_method": {
        CriticalMethod.TOTAL_SLACK.value: mark("Total float"),
        CriticalMethod.LONGEST_PATH.value: mark("Longest path"),
    },
    "lag_calendar": {
        LagCalendar.SUCCESSOR.value: mark("the successor's calendar"),
        LagCalendar.PREDECESSOR.value: mark("the predecessor's calendar"),
        LagCalendar.PROJECT.value: mark("the project's calendar"),
        LagCalendar.ALWAYS.value: mark("the clock, day and night"),
    },
    "progress_rule": {
        ProgressRule.AS_ENTERED.value: mark("It goes on where it stood"),
        ProgressRule.RETAINED_LOGIC.value: mark("It waits for its predecessors"),
        ProgressRule.PROGRESS_OVERRIDE.value: mark("It waits for the status date only"),
    },
    "default_task_type": {
        TaskType.FIXED_UNITS.value: mark("Fixed units"),
        TaskType.FIXED_DURATION.value: mark("Fixed duration"),
        TaskType.FIXED_WORK.value: mark("Fixed work"),
    },
}


def project_settings(document: Document, project: ProjectId, locale: str) -> tuple[SettingSection, ...]:
    """All settings of a project, its own columns last.

    Raises:
        KeyError: there is no such project.
    """
    record = document.projects[project]
    found = [
        SettingSection(tr(title), tuple(_setting(document, record, line, locale) for line in lines))
        for title, lines in _SECTIONS
    ]
    custom = _custom(document, record, locale)
    if custom:
        found.append(SettingSection(tr("Your own columns"), custom))
    return tuple(found)


def _setting(document: Document, record: Project, line: _Line, locale: str) -> Setting:
    field, title, kind, about = line
    value = getattr(record, field)
    is_editable = True
    if field == "finish" and record.schedule_from_start:
        value, is_editable = schedule_of(document, record.id).project_finish, False
    choices = _choices(document, record, field, locale) if kind == "choice" else ()
    text = _TEXTS[kind](value, measure_of(record), locale) if value is not None else ""
    if field.startswith("minutes_"):
        text = span_text(value, DurationFormat.HOURS, measure_of(record), locale)
    return Setting(field, tr(title), text, kind, tr(about), is_editable, choices)


def _choices(document: Document, record: Project, field: str, locale: str) -> tuple[Choice, ...]:
    if field == "calendar":
        known = [*document.calendars.of(None).values(), *document.calendars.of(record.id).values()]
        return tuple(Choice(one.id, one.name) for one in known)
    if field == "week_start_day":
        names = get_day_names("wide", locale=locale_of(locale))
        return tuple(Choice(str(day), str(names[day])) for day in range(7))
    if field == "baseline_shown":
        taken = {one.number: one.name for one in document.baselines.of(record.id).values()}
        numbers = sorted({0, record.baseline_shown, *taken})
        return tuple(Choice(str(n), taken.get(n) or _baseline_name(n)) for n in numbers)
    return tuple(Choice(value, tr(title)) for value, title in _WORDS[field].items())


def _baseline_name(number: int) -> str:
    return tr("Baseline {number}", number=number) if number else tr("Baseline")


def _date(value: int, measure: Measure, locale: str) -> str:
    return date_text(value, locale)


def _clock(value: int, measure: Measure, locale: str) -> str:
    return f"{value // 60:02d}:{value % 60:02d}"


_TEXTS: dict[str, Callable[[int, Measure, str], str]] = {
    "text": lambda value, measure, locale: str(value),
    "choice": lambda value, measure, locale: str(value),
    "flag": lambda value, measure, locale: "1" if value else "",
    "number": lambda value, measure, locale: number_text(value, locale),
    "duration": days_text,
    "date": _date,
    "time": _clock,
}


def _custom(document: Document, record: Project, locale: str) -> tuple[Setting, ...]:
    facts = facts_of(document, record.id)
    said = {
        (value.field, value.owner): value.value
        for scope in (None, record.id)
        for value in document.custom_values.of(scope).values()
    }
    found = []
    for scope in (None, record.id):
        for field in document.custom_fields.of(scope).values():
            if field.owner_kind is OwnerKind.PROJECT:
                raw = said.get((field.id, record.id), "")
                text = custom_text(field.kind, raw, facts, locale) if raw else ""
                choices = tuple(Choice(one, one) for one in field.choices)
                key = f"field:{field.id}"
                about = tr("A column of your own.")
                found.append(Setting(key, field.alias, text, field.kind.value, about, choices=choices))
    return tuple(found)
