"""One resource in detail: its facts, what it costs from when on, and when there is how much of it."""

from __future__ import annotations

from app.domain.document import Document
from app.domain.people import AccrueAt, Rate, Resource, ResourceType
from app.domain.rates import TABLES, begins, currency_for, rate_now, rates_in
from app.domain.values import DurationFormat, ResourceId, date_of
from app.text import mark, tr, trn
from app.views.formats import NONE, date_text, money_text, percent_text, weekday_text
from app.views.project_settings import Setting, SettingGroup
from app.views.tables import Align, Ask, Column, Row, TableView

_ACCRUALS = {
    AccrueAt.START: mark("At the start"),
    AccrueAt.END: mark("At the finish"),
    AccrueAt.PRORATED: mark("As work is done"),
}
_RIGHT: Align = "right"


def resource_settings(document: Document, resource: ResourceId) -> tuple[SettingGroup, ...]:
    """What the sheet has no room for, in two groups."""
    row = document.resources[resource]
    accruals = tuple((value.value, tr(words)) for value, words in _ACCRUALS.items())
    flags = (
        Setting(
            "is_generic",
            tr("Stands for a role, not for somebody"),
            _flag(row.is_generic),
            "flag",
            help=tr("A generic resource is planned with until a person takes the work over."),
        ),
        Setting(
            "can_level",
            tr("May be levelled"),
            _flag(row.can_level),
            "flag",
            help=tr("Levelling may then move this resource’s tasks to where there is time."),
        ),
        Setting(
            "is_inactive",
            tr("Not to be used any more"),
            _flag(row.is_inactive),
            "flag",
            help=tr("Work that is planned stays; nothing new is offered."),
        ),
        Setting(
            "is_budget",
            tr("Holds a budget only"),
            _flag(row.is_budget),
            "flag",
            help=tr("A budget resource carries amounts to compare with, and does no work."),
        ),
    )
    facts = [
        Setting("code", tr("Code"), row.code, help=tr("A number or key from another system.")),
        Setting(
            "accrue_at",
            tr("Cost accrues"),
            row.accrue_at.value,
            "choice",
            accruals,
            tr("When the cost of a task counts as spent."),
        ),
    ]
    if row.type is ResourceType.MATERIAL:
        facts.append(
            Setting(
                "material_label", tr("Counted in"), row.material_label, help=tr("Such as t, m or pieces.")
            )
        )
    facts.append(Setting("notes", tr("Notes"), row.notes, "long", help=tr("Whatever else should be known.")))
    return SettingGroup("", tuple(facts)), SettingGroup("", flags)


def _flag(value: bool) -> str:
    return "1" if value else "0"


def rate_tables(document: Document, resource: Resource) -> tuple[tuple[str, str], ...]:
    """(letter, words) of the five rate tables, with how many rates are in each."""
    found = []
    for table in TABLES:
        count = len(rates_in(document, resource, table))
        words = trn("{count} rate", "{count} rates", count) if count else tr("empty")
        found.append((table, tr("Table {table} · {rates}", table=table, rates=words)))
    return tuple(found)


def rates_table(document: Document, resource: Resource, table: str, ask: Ask, now: int) -> TableView:
    """The rates of one table, in order; the one in force is marked. Keys are the rates' ids."""
    currency = currency_for(document, resource.project)
    is_work = resource.type is ResourceType.WORK
    columns = (
        Column("from", tr("From"), _RIGHT, "date", True, width=110,
               help=tr("The day from which the rate holds; – from the beginning.")),
        Column("to", tr("Until"), _RIGHT, "date", width=110, help=tr("Where the next rate begins.")),
        Column("standard", tr("Standard rate, {currency}", currency=currency), _RIGHT, "money", True,
               width=150, help=tr("Such as 85 or 85/h, 680/d; of a material the price of a piece.")),
        Column("overtime", tr("Overtime rate"), _RIGHT, "money", True, width=120,
               help=tr("What overtime costs, such as 110/h.")),
        Column("per_use", tr("Cost per use"), _RIGHT, "money", True, width=110,
               help=tr("An amount each time a task uses the resource.")),
        Column("now", tr("In force"), width=90, help=tr("Whether the rate holds today.")),
    )  # fmt: skip
    if resource.type is ResourceType.COST:
        return TableView(columns, (), empty=tr("A cost has no rates: its amount stands at each task."))
    current = rate_now(document, resource, now, table)
    rows = []
    for rate in rates_in(document, resource, table):
        is_now = current is not None and rate.id == current.id and begins(rate) <= now
        cells = (
            _day(rate.rates_from, ask.locale),
            _day(rate.rates_to, ask.locale),
            _amount(rate, rate.standard_rate, rate.standard_format, is_work, currency, ask.locale),
            _amount(rate, rate.overtime_rate, rate.overtime_format, is_work, currency, ask.locale)
            if is_work
            else "",
            money_text(rate.cost_per_use, currency, ask.locale, exact=True) if rate.cost_per_use else NONE,
            tr("today") if is_now else "",
        )
        marks = ("", "", "", "", "", "accent") if is_now else ()
        hints = (_hint(rate.rates_from, ask.locale), _hint(rate.rates_to, ask.locale), "", "", "", "")
        rows.append(Row(rate.id, cells, marks, hints, () if is_work else (3,)))
    empty = tr("No rates in this table. Its work costs nothing until a rate is added.")
    return TableView(columns, tuple(rows), empty="" if rows else empty)


def _amount(rate: Rate, minor: int, unit: DurationFormat, is_work: bool, currency: str, locale: str) -> str:
    if not minor:
        return NONE
    amount = money_text(minor, currency, locale, exact=True)
    return f"{amount}/{unit.value}" if is_work else amount


def availability_table(document: Document, resource: Resource, ask: Ask) -> TableView:
    """The periods in which there is more or less of a resource than its units say, in order."""
    columns = (
        Column("from", tr("Available from"), _RIGHT, "date", True, width=130,
               help=tr("The first day; – from the beginning.")),
        Column("to", tr("Available to"), _RIGHT, "date", True, width=130,
               help=tr("The last day; – without end.")),
        Column("units", tr("Units"), _RIGHT, "percent", True, width=90, help=tr("100% is one full time.")),
    )  # fmt: skip
    found = [
        one for one in document.availabilities.of(resource.project).values() if one.resource == resource.id
    ]
    found.sort(key=lambda one: -1 if one.available_from is None else one.available_from)
    rows = tuple(
        Row(
            one.id,
            (
                _day(one.available_from, ask.locale),
                _day(one.available_to, ask.locale),
                percent_text(round(one.units * 100), ask.locale),
            ),
            (),
            (_hint(one.available_from, ask.locale), _hint(one.available_to, ask.locale), ""),
        )
        for one in found
    )
    units = percent_text(round(resource.max_units * 100), ask.locale)
    empty = tr("Always there with {units}. Add a period where it is more or less.", units=units)
    if resource.type is not ResourceType.WORK:
        empty = tr("Only who works has periods of availability.")
    return TableView(columns, rows, empty="" if rows else empty)


def _day(moment: int | None, locale: str) -> str:
    return NONE if moment is None else date_text(moment, locale)


def _hint(moment: int | None, locale: str) -> str:
    return "" if moment is None else weekday_text(date_of(moment), locale)
