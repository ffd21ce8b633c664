"""People as they are kept: the sheet of resources with their rates and units, and the leave of one."""

from __future__ import annotations

from app.domain.calendars import Calendar
from app.domain.document import Document, Reading
from app.domain.people import Resource, ResourceType
from app.domain.rates import currency_for, rate_now
from app.domain.values import DurationFormat, ProjectId, ResourceId
from app.text import mark, tr, trn
from app.views.calendars import shifts_text
from app.views.formats import day_text, money_text, percent_text
from app.views.project_settings import calendar_choices
from app.views.tables import Align, Ask, Column, Row, TableView

_TYPES = {
    ResourceType.WORK: mark("Work"),
    ResourceType.MATERIAL: mark("Material"),
    ResourceType.COST: mark("Cost"),
}

_LOCKED = {ResourceType.MATERIAL: (4, 5, 7), ResourceType.COST: (4, 5, 6, 7)}


def type_words() -> dict[ResourceType, str]:
    """How the kinds of resources are called."""
    return {kind: tr(words) for kind, words in _TYPES.items()}


def people_columns(calendars: tuple[str, ...] = (), currency: str = "EUR") -> tuple[Column, ...]:
    """The columns of the sheet; ``calendars`` are the names to choose from, rates are in ``currency``."""
    types = tuple(type_words().values())
    right: Align = "right"
    return (
        Column("name", tr("Name"), editable=True, width=180, help=tr("What the resource is called.")),
        Column("initials", tr("Initials"), editable=True, width=70, help=tr("Short, for charts.")),
        Column(
            "type",
            tr("Type"),
            kind="choice",
            editable=True,
            choices=types,
            width=80,
            help=tr("Somebody who works, a material, or a cost."),
        ),
        Column("group", tr("Group"), editable=True, width=110, help=tr("A team or department.")),
        Column("max_units", tr("Units"), right, "percent", True, width=66, help=tr("100% is full time.")),
        Column(
            "calendar",
            tr("Calendar"),
            kind="choice",
            editable=True,
            choices=calendars,
            width=110,
            help=tr("The working time; the project’s where nothing is said."),
        ),
        Column(
            "rate",
            tr("{currency}/h", currency=currency),
            right,
            "money",
            True,
            width=86,
            help=tr("The rate: an hour’s cost, or a material’s price a piece."),
        ),
        Column(
            "overtime", tr("Overtime"), right, "money", True, width=86, help=tr("The cost of an hour more.")
        ),
        Column("email", tr("E-mail"), editable=True, width=120, help=tr("Where messages go.")),
        Column("scope", tr("For"), width=96, help=tr("Whether all projects may use it or one.")),
        Column("tasks", tr("Tasks"), right, "number", width=60, help=tr("How many tasks it is on.")),
    )


def people_table(document: Document, project: ProjectId | None, ask: Ask, now: int) -> TableView:
    """The resources all projects share and, with a project, its own; rates are those in force ``now``."""
    scopes = (None,) if project is None else (None, project)
    found = [row for scope in scopes for row in document.resources.of(scope).values()]
    found.sort(key=lambda row: (row.project is not None, row.uid))
    busy: dict[ResourceId, int] = {}
    for assignment in document.assignments:
        if assignment.resource is not None:
            busy[assignment.resource] = busy.get(assignment.resource, 0) + 1
    names = tuple(words for value, words in calendar_choices(document, project, "") if value)
    rows = tuple(_row(document, row, busy.get(row.id, 0), ask.locale, now) for row in found)
    words = ask.filter.casefold().split()
    kept = tuple(row for row in rows if all(word in "\n".join(row.cells).casefold() for word in words))
    return TableView(
        people_columns(names, currency_for(document, project)), kept, empty="" if kept else tr("Nobody fits.")
    )


def _row(document: Document, row: Resource, tasks: int, locale: str, now: int) -> Row:
    rate = rate_now(document, row, now)
    currency = currency_for(document, row.project)
    is_work = row.type is ResourceType.WORK
    calendar = chosen_calendar(document, row)
    cells = (
        row.name,
        row.initials,
        type_words()[row.type],
        row.group,
        percent_text(round(row.max_units * 100), locale) if is_work else "",
        "" if calendar is None else calendar.name,
        "" if rate is None else rate_text(rate.standard_rate, rate.standard_format, currency, locale),
        ""
        if rate is None or not is_work
        else rate_text(rate.overtime_rate, rate.overtime_format, currency, locale),
        row.email,
        tr("All projects") if row.project is None else document.projects[row.project].code,
        str(tasks) if tasks else "",
    )
    return Row(row.id, cells, locked=_LOCKED.get(row.type, ()))


def rate_text(minor: int, unit: DurationFormat, currency: str, locale: str) -> str:
    """An amount, with its unit where that is not the hour; nothing where nothing is asked."""
    if not minor:
        return ""
    amount = money_text(minor, currency, locale, exact=True)
    return amount if unit is DurationFormat.HOURS else f"{amount}/{unit.value}"


def own_calendar(document: Reading, resource: Resource) -> Calendar | None:
    """The calendar that is this resource's alone and keeps its leave, if there is one."""
    found = document.calendars.get(resource.calendar)
    return found if found is not None and not found.is_base_calendar else None


def chosen_calendar(document: Reading, resource: Resource) -> Calendar | None:
    """The shared calendar a resource works by, whether directly or through its own."""
    own = own_calendar(document, resource)
    return document.calendars.get(resource.calendar if own is None else own.base)


def leave_table(document: Document, resource: ResourceId, ask: Ask) -> TableView:
    """The days on which a resource's own calendar differs, in order."""
    columns = (
        Column("name", tr("Leave"), editable=True, width=220, help=tr("What the absence is called.")),
        Column("from", tr("From"), "right", "date", True, width=110, help=tr("The first day.")),
        Column("to", tr("To"), "right", "date", True, width=110, help=tr("The last day.")),
        Column("hours", tr("Hours"), width=200, help=tr("What is worked on these days.")),
    )
    record = document.resources.get(resource)
    own = own_calendar(document, record) if record is not None else None
    found = [
        one
        for one in (document.calendar_exceptions.of(own.project).values() if own is not None else ())
        if own is not None and one.calendar == own.id
    ]
    found.sort(key=lambda one: one.from_date)
    rows = tuple(
        Row(
            one.id,
            (
                one.name,
                day_text(one.from_date, ask.locale),
                day_text(one.to_date, ask.locale),
                shifts_text(one.shifts) or tr("not working"),
            ),
        )
        for one in found
    )
    return TableView(columns, rows, empty="" if rows else tr("No leave is planned."))


def people_answer(document: Document, project: ProjectId | None) -> str:
    """One line about who is there."""
    shared = len(document.resources.of(None))
    said = [trn("{count} resource for all projects", "{count} resources for all projects", shared)]
    if project is not None:
        own = len(document.resources.of(project))
        if own:
            said.append(tr("{count} of {code} alone", count=own, code=document.projects[project].code))
    return " · ".join(said)
