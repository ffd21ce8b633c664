"""The plan's frame: its name, dates, conventions and the tool that saved it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree.ElementTree import Element

from babel.numbers import list_currencies

from app.domain.document import Document
from app.domain.portfolio import Project, TaskType
from app.domain.ranks import rank_between
from app.domain.values import CalendarId, Moment, moment
from app.exchange.mspdi.constraint_sense import honors_constraints
from app.exchange.mspdi.fields import Fields
from app.exchange.mspdi.intake import Intake
from app.exchange.mspdi.units import TASK_TYPES, currency_digits, day_minute_of, rounded
from app.exchange.mspdi.xml_source import XmlPlan
from app.text import tr

CURRENCY_OF_SYMBOL = {"$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "zł": "PLN", "CHF": "CHF"}


def application_of(fields: Fields) -> str:
    """The tool that saved a plan, as far as the file says so."""
    version, build = fields.integer("SaveVersion"), fields.line("BuildNumber")
    if build:
        return f"Microsoft Project {build}"
    if version >= 14:
        return "Microsoft Project 2010+"
    return "Microsoft Project 2007" if version == 12 else "Microsoft Project 2000-2003"


def read_conventions(fields: Fields, document: Document, intake: Intake) -> str:
    """Take over how the plan counts days and money; returns its currency's code."""
    code = _currency(fields, document)
    intake.digits = currency_digits(code)
    intake.per_day = _between(fields.integer("MinutesPerDay", 480), 1, 1440, 480)
    intake.per_week = _between(fields.integer("MinutesPerWeek", 2400), 1, 10080, 2400)
    intake.days_per_month = _between(fields.integer("DaysPerMonth", 20), 1, 31, 20)
    return code


def _currency(fields: Fields, document: Document) -> str:
    """The code of the currency the plan counts in; what it does not say plainly is told."""
    named, sign = fields.line("CurrencyCode").upper(), fields.line("CurrencySymbol")
    named = "RUB" if named == "RUR" else named
    if named in list_currencies():
        return named
    own = next((found.currency for found in document.portfolio), "EUR")
    taken = CURRENCY_OF_SYMBOL.get(sign, own)
    if named:
        fields.warn(tr("The plan counts in “{code}”, which is no currency; {taken} was taken.",
                       code=named, taken=taken))  # fmt: skip
    elif sign:
        fields.note(tr("The plan names its currency only by “{sign}”; {taken} was taken.",
                       sign=sign, taken=taken))  # fmt: skip
    else:
        fields.note(tr("The plan names no currency; {taken} was taken.", taken=taken))
    return taken


def project_of(
    plan: XmlPlan, fields: Fields, code: str, currency: str, document: Document, intake: Intake
) -> Project:
    """The plan's project; what people set on an existing one and the format does not carry stays."""
    before = document.projects.get(intake.project)
    if before is None:
        last = max((found.rank for found in document.projects), default=None)
        before = Project(intake.project, code, code, rank_between(last, None), moment(2000, 1, 3, 8))
    from_start = fields.flag("ScheduleFromStart", True)
    start, finish = fields.moment("StartDate"), fields.moment("FinishDate")
    if start is None:
        start = _earliest_start(plan.root, intake) or finish or before.start
        fields.warn(tr("The plan names no start; the earliest start of its tasks was taken."))
    if not from_start and finish is None:
        fields.warn(tr("The plan is scheduled from a finish it does not name; its start was taken."))
        from_start = True
    limit = fields.decimal("CriticalSlackLimit", Decimal(0))
    return replace(
        before,
        name=fields.line("Title") or _stem(fields.line("Name") or plan.name),
        start=start,
        finish=None if from_start else finish,
        schedule_from_start=from_start,
        status_date=fields.moment("StatusDate"),
        calendar=_calendar(fields, intake),
        currency=currency,
        manager=fields.line("Manager"),
        minutes_per_day=intake.per_day,
        minutes_per_week=intake.per_week,
        days_per_month=intake.days_per_month,
        week_start_day=(fields.integer("WeekStartDay", 1) - 1) % 7,
        default_start_time=_time(fields, "DefaultStartTime", 480) % 1440,
        default_finish_time=_time(fields, "DefaultFinishTime", 1020) or 1440,
        critical_slack_limit=rounded(limit * intake.per_day),
        multiple_critical_paths=fields.flag("MultipleCriticalPaths"),
        honor_constraints=honors_constraints(fields, written_here=plan.written_here),
        default_task_type=fields.choice("DefaultTaskType", dict(enumerate(TASK_TYPES)), TaskType.FIXED_UNITS),
        new_tasks_effort_driven=fields.flag("NewTasksEffortDriven"),
        new_tasks_manual=fields.flag("NewTasksAreManual"),
        new_tasks_estimated=fields.flag("NewTasksEstimated"),
        split_in_progress=fields.flag("SplitsInProgressTasks", True),
        source_name=plan.name,
        source_digest=plan.digest,
        source_guid=fields.line("GUID"),
        source_application=application_of(fields),
    )


def _calendar(fields: Fields, intake: Intake) -> CalendarId | None:
    uid = fields.uid("CalendarUID")
    found = None if uid is None else intake.calendars.get(uid)
    if found is None and intake.calendars:
        found = next(iter(intake.calendars.values()))
        fields.warn(tr("The plan's calendar is not in the file; its first calendar was taken."))
    return found


def _between(value: int, low: int, high: int, otherwise: int) -> int:
    return value if low <= value <= high else otherwise


def _time(fields: Fields, name: str, otherwise: int) -> int:
    return fields.read(name, day_minute_of, otherwise)


def _earliest_start(root: Element, intake: Intake) -> Moment | None:
    starts = [
        start
        for element in root.iterfind("Tasks/Task")
        if (start := Fields(element, tr("Task"), []).moment("Start")) is not None
    ]
    return min(starts, default=None)


def _stem(name: str) -> str:
    """A file name without its ending."""
    return re.sub(r"\.(mspdi\.xml|xml|mpp|mpt|mpx)\Z", "", name, flags=re.IGNORECASE) or name


def project_with_code(document: Document, code: str) -> Project | None:
    """The project a code names, without regard to case."""
    return next((found for found in document.projects if found.code.casefold() == code.casefold()), None)


def project_with_digest(document: Document, digest: str) -> Project | None:
    """The project a source was imported into already."""
    return next((found for found in document.projects if found.source_digest == digest), None)
