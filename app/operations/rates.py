"""Verbs for what a resource costs from a day on, in rate tables A to E, and for when there is how much of it.

Names are MSPDI's: RatesFrom, RatesTo, StandardRate, OvertimeRate, CostPerUse; AvailableFrom,
AvailableTo, AvailableUnits. In a table a rate ends where the next one begins.
"""

from __future__ import annotations

from dataclasses import replace

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.numerals import parse_number
from app.domain.people import Availability, Rate, Resource, ResourceType
from app.domain.rates import begins, currency_for, rates_in
from app.domain.typed import parse_moment, parse_money
from app.domain.values import AvailabilityId, DurationFormat, Moment, RateId
from app.operations.operation import operation
from app.text import mark, tr

UNITS = {
    unit.value: unit
    for unit in (
        DurationFormat.MINUTES,
        DurationFormat.HOURS,
        DurationFormat.DAYS,
        DurationFormat.WEEKS,
        DurationFormat.MONTHS,
    )
}
"""What a rate may be paid for, as it is typed behind the slash."""
_NO_DATE = ("", "-", "–", "na", "n/a")
_LAST_MINUTE = 1439


@operation(mark("Change rate"))
def set_rate_field(draft: Draft, rate: RateId, field: str, text: str, locale: str = "en_GB") -> None:
    """Set one fact of a rate from what was typed: from, standard (``85``, ``680/d``), overtime or per_use.

    Raises:
        Refusal: the text does not fit, or another rate of the table begins on that day.
    """
    row = draft.rates.get(rate)
    if row is None:
        raise Refusal(tr("That rate is no longer there."))
    resource = draft.resources[row.resource]
    currency = currency_for(draft, row.project)
    if field == "from":
        row = replace(row, rates_from=_day(draft, text, locale))
        if any(
            begins(each) == begins(row) for each in rates_in(draft, resource, row.table) if each.id != rate
        ):
            raise Refusal(tr("Another rate of this table begins on that day."), at=(rate, "rates_from"))
    elif field == "standard":
        minor, unit = _amount(text, currency, locale, row.standard_format, resource)
        row = replace(row, standard_rate=minor, standard_format=unit)
    elif field == "overtime":
        minor, unit = _amount(text, currency, locale, row.overtime_format, resource)
        row = replace(row, overtime_rate=minor, overtime_format=unit)
    elif field == "per_use":
        row = replace(row, cost_per_use=_money(text, currency, locale))
    else:
        raise Refusal(tr("A rate has no field “{field}”.", field=field))
    end = rates_in(draft, resource, row.table)[-1].rates_to
    draft.put(row)
    if field == "from":
        close_up(draft, resource, row.table, end)


def close_up(draft: Draft, resource: Resource, table: str, end: Moment | None) -> None:
    """Have each rate of a table end where the next begins, and the last at ``end``, where that is ahead."""
    rows = rates_in(draft, resource, table)
    for row, later in zip(rows, [*rows[1:], None], strict=True):
        to = end if later is None else later.rates_from
        if later is None and to is not None and to <= begins(row):
            to = None
        if to != row.rates_to:
            draft.put(replace(row, rates_to=to))


def take_out(draft: Draft, rate: Rate) -> None:
    """Drop a rate; the one before it holds on until this one would have ended."""
    resource = draft.resources[rate.resource]
    earlier = [each for each in rates_in(draft, resource, rate.table) if begins(each) < begins(rate)]
    draft.drop(rate)
    if earlier:
        draft.put(replace(earlier[-1], rates_to=rate.rates_to))


def _day(draft: Draft, text: str, locale: str, minute: int = 0) -> Moment | None:
    """The day typed, at a minute of it; nothing for an open end."""
    plain = text.strip()
    if plain.casefold() in _NO_DATE:
        return None
    return Moment(parse_moment(plain, draft.now, 0, locale) // 1440 * 1440 + minute)


def _amount(
    text: str, currency: str, locale: str, unit: DurationFormat, resource: Resource
) -> tuple[int, DurationFormat]:
    """Minor units and what they are paid for: ``85`` keeps the unit there is, ``680/d`` says another."""
    amount, slash, said = text.partition("/")
    if slash and resource.type is not ResourceType.MATERIAL:
        found = UNITS.get(said.strip().casefold())
        if found is None:
            raise Refusal(tr("A rate is paid per m, h, d, w or mo, such as 85/h or 680/d."))
        unit = found
    return _money(amount, currency, locale), unit


def _money(text: str, currency: str, locale: str) -> int:
    if text.strip() in _NO_DATE:
        return 0
    minor = parse_money(text, currency, locale)
    if minor < 0:
        raise Refusal(tr("A rate is not negative."))
    return minor


@operation(mark("Change availability"))
def set_availability_field(
    draft: Draft, availability: AvailabilityId, field: str, text: str, locale: str = "en_GB"
) -> None:
    """Set from, to or units of a period of availability from what was typed; no date is an open end.

    Raises:
        Refusal: the text does not fit, or the period would lie over another one.
    """
    row = draft.availabilities.get(availability)
    if row is None:
        raise Refusal(tr("That period is no longer there."))
    if field == "from":
        row = replace(row, available_from=_day(draft, text, locale))
    elif field == "to":
        row = replace(row, available_to=_day(draft, text, locale, _LAST_MINUTE))
    elif field == "units":
        row = replace(row, units=parse_units(text, locale))
    else:
        raise Refusal(tr("A period of availability has no field “{field}”.", field=field))
    for each in draft.availabilities.of(row.project).values():
        if each.resource == row.resource and each.id != row.id and _overlap(each, row):
            raise Refusal(
                tr("Another period covers some of these days."), at=(availability, "available_from")
            )
    draft.put(row)


def parse_units(text: str, locale: str = "en_GB") -> float:
    """Units as people type them: ``50%`` or ``0.5``.

    Raises:
        Refusal: not a number, or negative.
    """
    plain = text.strip()
    value = float(parse_number(plain.removesuffix("%"), locale))
    units = value / 100 if plain.endswith("%") else value
    if units < 0:
        raise Refusal(tr("Units are not negative."))
    return units


def end_before(draft: Draft, resource: Resource, begin: Moment) -> None:
    """Have the open period of a resource end the minute before another one begins."""
    for each in list(draft.availabilities.of(resource.project).values()):
        is_earlier = each.available_from is None or each.available_from < begin
        if each.resource == resource.id and each.available_to is None and is_earlier:
            draft.put(replace(each, available_to=Moment(begin - 1)))


def _overlap(one: Availability, other: Availability) -> bool:
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: Availability, other: Availability) -> bool:
    return one.available_from is None or other.available_to is None or one.available_from < other.available_to
