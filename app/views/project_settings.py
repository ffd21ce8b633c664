"""The settings of a project and of the portfolio as they are seen: groups of labelled values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from babel.dates import get_day_names
from babel.numbers import get_currency_name, list_currencies

from app.derive.schedule import schedule_of
from app.domain.choice_names import TASK_TYPE_NAMES
from app.domain.document import Document, Reading
from app.domain.durations import Measure, measure_of
from app.domain.numerals import locale_of
from app.domain.portfolio import CriticalMethod, LagCalendar, Portfolio, ProgressRule, Project
from app.domain.values import DurationFormat, ProjectId
from app.text import mark, tr, trn
from app.views.formats import clock_text, date_text, hours_text, moment_text, number_text, span_text
from app.views.portfolio import task_count
from app.views.tables import Ask, Column, Row, TableView

SettingKind = Literal["text", "long", "choice", "flag", "said"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One value a person may set: its field's name, its label, its text and what may be chosen.

    ``choices`` are (value, words); of a choice ``text`` is the value, of a flag ``1`` or ``0``.
    ``said`` ones are worked out and only shown.
    """

    key: str
    label: str
    text: str
    kind: SettingKind = "text"
    choices: tuple[tuple[str, str], ...] = ()
    help: str = ""


@dataclass(frozen=True, slots=True)
class SettingGroup:
    """Settings that belong together, under a heading."""

    title: str
    settings: tuple[Setting, ...]


PROGRESS_RULES = (
    (ProgressRule.AS_ENTERED.value, mark("Leave as entered")),
    (ProgressRule.RETAINED_LOGIC.value, mark("Wait for predecessors")),
    (ProgressRule.PROGRESS_OVERRIDE.value, mark("Go on at once")),
)
CRITICAL_METHODS = (
    (CriticalMethod.TOTAL_SLACK.value, mark("Total float")),
    (CriticalMethod.LONGEST_PATH.value, mark("Longest path")),
)
LAG_CALENDARS = (
    (LagCalendar.SUCCESSOR.value, mark("The successor’s calendar")),
    (LagCalendar.PREDECESSOR.value, mark("The predecessor’s calendar")),
    (LagCalendar.PROJECT.value, mark("The project’s calendar")),
    (LagCalendar.ALWAYS.value, mark("Round the clock")),
)
_FORWARD = (("1", mark("The start")), ("0", mark("The finish")))


def project_settings(document: Document, project: ProjectId, locale: str) -> tuple[SettingGroup, ...]:
    """Every setting of a project, by what it is about."""
    row = document.projects[project]
    measure = measure_of(row)
    return (
        SettingGroup(tr("Project"), _frame(row, locale)),
        SettingGroup(tr("Dates"), _dates(document, row, locale)),
        SettingGroup(tr("Working time"), _time(row, locale)),
        SettingGroup(tr("Critical path"), _critical(row, measure, locale)),
        SettingGroup(tr("Calculation"), _calculation(row)),
        SettingGroup(tr("Progress"), _progress(row)),
        SettingGroup(tr("New tasks"), _new_tasks(row)),
    )


def _frame(row: Project, locale: str) -> tuple[Setting, ...]:
    return (
        Setting("name", tr("Name"), row.name, help=tr("What the project is called.")),
        Setting("code", tr("Code"), row.code, help=tr("By which references name the project.")),
        Setting("manager", tr("Manager"), row.manager, help=tr("Who leads the project.")),
        Setting("sponsor", tr("Sponsor"), row.sponsor, help=tr("Who wants the project.")),
        Setting(
            "currency",
            tr("Currency"),
            row.currency,
            "choice",
            currency_choices(locale),
            tr("In which costs and rates are counted; amounts that are there keep their figures."),
        ),
        Setting("notes", tr("Notes"), row.notes, "long", help=tr("Whatever else should be known.")),
    )


def _dates(document: Document, row: Project, locale: str) -> tuple[Setting, ...]:
    status = "" if row.status_date is None else date_text(row.status_date, locale)
    finish = "" if row.finish is None else date_text(row.finish, locale)
    result = schedule_of(document, row.id)
    planned = result.project_finish if row.schedule_from_start else result.project_start
    found = Setting(
        "planned",
        tr("Planned finish") if row.schedule_from_start else tr("Planned start"),
        date_text(int(planned), locale),
        "said",
        help=tr("{moment}: worked out from the plan.", moment=moment_text(int(planned), locale)),
    )
    start = Setting(
        "start",
        tr("Start"),
        date_text(row.start, locale),
        help=tr(
            "{moment}: tasks begin then unless something holds them.", moment=moment_text(row.start, locale)
        ),
    )
    asked = Setting(
        "finish",
        tr("Finish asked for") if row.schedule_from_start else tr("Finish"),
        finish,
        help=tr("What was promised; it moves no task.")
        if row.schedule_from_start
        else tr("The day from which tasks are scheduled back."),
    )
    return (
        Setting(
            "schedule_from_start",
            tr("Schedule from"),
            "1" if row.schedule_from_start else "0",
            "choice",
            _said(_FORWARD),
            tr("Forwards from the start, or back from the finish."),
        ),
        *((start, asked) if row.schedule_from_start else (asked,)),
        found,
        Setting("status_date", tr("Status date"), status, help=tr("Up to when progress is reported.")),
        Setting(
            "calendar",
            tr("Calendar"),
            row.calendar or "",
            "choice",
            calendar_choices(document, row.id, tr("Standard week")),
            tr("The working time of tasks that have no calendar of their own."),
        ),
    )


def _time(row: Project, locale: str) -> tuple[Setting, ...]:
    names = get_day_names("wide", locale=locale_of(locale))
    return (
        Setting(
            "week_start_day",
            tr("Week starts on"),
            str(row.week_start_day),
            "choice",
            tuple((str(day), str(names[day])) for day in range(7)),
            tr("The first day of a week in calendars and charts."),
        ),
        Setting(
            "default_start_time",
            tr("Day starts at"),
            clock_text(row.default_start_time),
            help=tr("The time of a start that is typed as a date alone."),
        ),
        Setting(
            "default_finish_time",
            tr("Day ends at"),
            clock_text(row.default_finish_time),
            help=tr("The time of a finish or deadline that is typed as a date alone."),
        ),
        Setting(
            "minutes_per_day",
            tr("Hours a day"),
            hours_text(row.minutes_per_day, locale),
            help=tr("What “1d” means when it is typed."),
        ),
        Setting(
            "minutes_per_week",
            tr("Hours a week"),
            hours_text(row.minutes_per_week, locale),
            help=tr("What “1w” means when it is typed."),
        ),
        Setting(
            "days_per_month",
            tr("Days a month"),
            number_text(row.days_per_month, locale),
            help=tr("What “1mo” means when it is typed."),
        ),
    )


def _critical(row: Project, measure: Measure, locale: str) -> tuple[Setting, ...]:
    days = DurationFormat.DAYS
    return (
        Setting(
            "critical_method",
            tr("Found by"),
            row.critical_method.value,
            "choice",
            _said(CRITICAL_METHODS),
            tr("By the float that is left, or along the longest chain of tasks."),
        ),
        Setting(
            "critical_slack_limit",
            tr("Critical up to"),
            span_text(row.critical_slack_limit, days, measure, locale),
            help=tr("Tasks with this much float or less are critical."),
        ),
        Setting(
            "near_critical_limit",
            tr("Nearly critical up to"),
            span_text(row.near_critical_limit, days, measure, locale),
            help=tr("Tasks with this much float or less are worth watching."),
        ),
        Setting(
            "multiple_critical_paths",
            tr("A critical path for each end of the plan"),
            _flag(row.multiple_critical_paths),
            "flag",
            help=tr("Float is then counted to the end of each chain, not to the end of the project."),
        ),
    )


def _calculation(row: Project) -> tuple[Setting, ...]:
    return (
        Setting(
            "lag_calendar",
            tr("Lags count on"),
            row.lag_calendar.value,
            "choice",
            _said(LAG_CALENDARS),
            tr("Whose working time the lag of a link is counted in."),
        ),
        Setting(
            "honor_constraints",
            tr("Tasks keep their constraint dates"),
            _flag(row.honor_constraints),
            "flag",
            help=tr("Otherwise links move a task even past its constraint."),
        ),
    )


def _progress(row: Project) -> tuple[Setting, ...]:
    return (
        Setting(
            "progress_rule",
            tr("Work out of order"),
            row.progress_rule.value,
            "choice",
            _said(PROGRESS_RULES),
            tr("What the rest of a task does that began before its predecessors were done."),
        ),
        Setting(
            "split_in_progress",
            tr("Begun tasks may be split"),
            _flag(row.split_in_progress),
            "flag",
            help=tr("The rest of a task may then stand apart from the part that is done."),
        ),
        Setting(
            "reschedule_unfinished",
            tr("Unfinished work moves behind the status date"),
            _flag(row.reschedule_unfinished),
            "flag",
            help=tr("What should be done by now and is not is then planned after the status date."),
        ),
    )


def _new_tasks(row: Project) -> tuple[Setting, ...]:
    return (
        Setting(
            "default_task_type",
            tr("Type"),
            row.default_task_type.value,
            "choice",
            _said((kind.value, words) for kind, words in TASK_TYPE_NAMES.items()),
            tr("What stays when people, work or duration change."),
        ),
        Setting(
            "new_tasks_effort_driven",
            tr("More people share the work"),
            _flag(row.new_tasks_effort_driven),
            "flag",
            help=tr("Whoever joins a task takes over part of its work; otherwise each brings work along."),
        ),
        Setting(
            "new_tasks_manual",
            tr("Scheduled by hand"),
            _flag(row.new_tasks_manual),
            "flag",
            help=tr("New tasks then keep the dates that are typed, whatever their links say."),
        ),
        Setting(
            "new_tasks_estimated",
            tr("Durations are estimates"),
            _flag(row.new_tasks_estimated),
            "flag",
            help=tr("Durations of new tasks then carry a question mark until somebody types one."),
        ),
    )


def portfolio_settings(document: Document, locale: str) -> tuple[SettingGroup, ...]:
    """The settings of the portfolio itself."""
    head = next(iter(document.portfolio), None)
    currency = head.currency if head else "EUR"
    return (
        SettingGroup(
            tr("Portfolio"),
            (
                Setting(
                    "name", tr("Name"), head.name if head else "", help=tr("What the portfolio is called.")
                ),
                Setting(
                    "owner",
                    tr("Owner"),
                    head.owner if head else "",
                    help=tr("Who answers for the portfolio."),
                ),
                Setting(
                    "notes",
                    tr("Notes"),
                    head.notes if head else "",
                    "long",
                    help=tr("Whatever else should be known."),
                ),
            ),
        ),
        SettingGroup(
            tr("For new projects"),
            (
                Setting(
                    "currency",
                    tr("Currency"),
                    currency,
                    "choice",
                    currency_choices(locale),
                    tr("Projects that are there keep theirs."),
                ),
                Setting(
                    "calendar",
                    tr("Calendar"),
                    _calendar_of(head),
                    "choice",
                    calendar_choices(document, None, tr("Standard week")),
                    tr("Projects that are there keep theirs."),
                ),
            ),
        ),
    )


def _calendar_of(head: Portfolio | None) -> str:
    return (head.calendar or "") if head else ""


def calendar_choices(
    document: Reading, project: ProjectId | None, nothing: str
) -> tuple[tuple[str, str], ...]:
    """(id, name) of the calendars a project may use, or all may; first the words for none."""
    scopes = (None,) if project is None else (None, project)
    found = [row for scope in scopes for row in document.calendars.of(scope).values() if row.is_base_calendar]
    found.sort(key=lambda row: row.name.casefold())
    return (("", nothing), *((row.id, row.name) for row in found))


def currency_choices(locale: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of every currency, by code."""
    language = locale_of(locale)
    return tuple((code, f"{code} · {get_currency_name(code, locale=language)}") for code in _codes())


def _codes() -> list[str]:
    return sorted(list_currencies())


def _said(choices: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((value, tr(words)) for value, words in choices)


def _flag(value: bool) -> str:
    return "1" if value else "0"


def baseline_name(number: int) -> str:
    """What a baseline is called by its number, as Microsoft Project says it."""
    return tr("Baseline {number}", number=number) if number else tr("Baseline")


def baselines_table(document: Document, project: ProjectId, ask: Ask) -> TableView:
    """The baselines a project has; keys are their numbers. The one shown is marked."""
    columns = tuple(
        Column(c.key, tr(c.title), c.align, c.kind, c.editable, c.choices, c.width, tr(c.help))
        for c in (
            Column("number", mark("Baseline"), width=110, help=mark("Which of the eleven it is.")),
            Column("name", mark("Name"), editable=True, width=190, help=mark("What you call it.")),
            Column("taken", mark("Taken"), "right", "date", width=110, help=mark("When it was taken.")),
            Column(
                "tasks",
                mark("Tasks"),
                "right",
                "number",
                width=70,
                help=mark("How many it holds, without summaries."),
            ),
            Column("shown", mark("Shown"), width=90, help=mark("Whether the plan is compared with it.")),
        )
    )
    row = document.projects[project]
    above = {task.parent for task in document.tasks.of(project).values()}
    leaves = {task.id for task in document.tasks.of(project).values() if task.id not in above}
    counts: dict[str, int] = {}
    for value in document.baseline_values.of(project).values():
        if value.owner in leaves:
            counts[value.baseline] = counts.get(value.baseline, 0) + 1
    found = sorted(document.baselines.of(project).values(), key=lambda one: one.number)
    rows = tuple(
        Row(
            str(one.number),
            (
                baseline_name(one.number),
                one.name,
                "" if one.taken_at is None else date_text(one.taken_at, ask.locale),
                str(counts.get(one.id, 0)),
                tr("in the plan") if one.number == row.baseline_shown else "",
            ),
            ("", "", "", "", "accent"),
        )
        for one in found
    )
    return TableView(columns, rows, empty="" if rows else tr("No baseline has been taken yet."))


def project_answer(document: Document, project: ProjectId, locale: str) -> str:
    """One line about a project's set-up: what it counts, how it is scheduled, what it is compared with."""
    row = document.projects[project]
    tasks = trn("{count} task", "{count} tasks", task_count(document, project))
    way = tr("scheduled from the start") if row.schedule_from_start else tr("scheduled from the finish")
    kept = len(document.baselines.of(project))
    lines = trn("{count} baseline", "{count} baselines", kept) if kept else tr("no baseline")
    return f"{row.code} · {row.name} · {tasks} · {way} · {lines}"
