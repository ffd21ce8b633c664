"""Resources and assignments written."""

from __future__ import annotations

import itertools
from decimal import Decimal
from xml.etree.ElementTree import Element

from app.derive.schedule import NO_MOMENT, ScheduleResult
from app.derive.worktimes import horizon_around, worktime_of
from app.domain.document import Document
from app.domain.people import Assignment, Availability, Rate, Resource, ResourceType
from app.domain.portfolio import OwnerKind
from app.domain.values import AssignmentId, DurationFormat, Moment, Split, TaskId
from app.domain.work import SourceTask, Task, TimephasedRow
from app.engine.worktime import HorizonExceeded, Worktime
from app.exchange.mspdi.extras_out import baselines, custom_values, factor_text, timephased
from app.exchange.mspdi.outgo import Outgo
from app.exchange.mspdi.people_in import TABLES
from app.exchange.mspdi.splits import CONTOURED, REMAINING_WORK
from app.exchange.mspdi.units import (
    ACCRUALS,
    MATERIAL_RATE,
    NUMBER_OF_RATE_FORMAT,
    OPEN_START,
    hundredths_text,
    moment_text,
    number_text,
    span_text,
    unit_minutes,
)
from app.exchange.mspdi.xml_out import Child, element, rows

NO_RESOURCE = -65535
_OPEN_START = moment_text(OPEN_START)
_OPEN_FINISH = "2049-12-31T23:59:00"
_ACCRUALS = {accrual: number for number, accrual in ACCRUALS.items()}
_HOURS_UNIT = 1
_RATE_PLACES = Decimal("0.0000000001")


def resource_elements(document: Document, outgo: Outgo) -> list[Element]:
    """The resources a project uses, after the row that stands for none."""
    found = [element("Resource", "Resources/Resource", {"UID": 0, "ID": 0, "Type": 1, "IsNull": False})]
    rates: dict[str, list[Rate]] = {}
    periods: dict[str, list[Availability]] = {}
    for scope in (outgo.project.id, None):
        for rate in document.rates.of(scope).values():
            rates.setdefault(rate.resource, []).append(rate)
        for period in document.availabilities.of(scope).values():
            periods.setdefault(period.resource, []).append(period)
    for place, resource in enumerate(outgo.resources, 1):
        own = sorted(rates.get(resource.id, []), key=lambda one: (one.table, one.rates_from or 0, one.id))
        free = sorted(periods.get(resource.id, []), key=lambda one: (one.available_from or 0, one.id))
        found.append(_resource(resource, place, own, free, outgo))
    return found


def _resource(
    resource: Resource, place: int, rates: list[Rate], periods: list[Availability], outgo: Outgo
) -> Element:
    uid = outgo.resource_uids[resource.id]
    calendar = None if resource.calendar is None else outgo.calendar_uids.get(resource.calendar)
    current = next((rate for rate in rates if rate.table == "A"), None)
    fields: dict[str, Child] = {
        "UID": uid,
        "GUID": resource.guid,
        "ID": place,
        "Name": resource.name,
        "Type": 1 if resource.type is ResourceType.WORK else 0,
        "IsNull": False,
        "Initials": resource.initials,
        "MaterialLabel": resource.material_label,
        "Code": resource.code,
        "Group": resource.group,
        "EmailAddress": resource.email,
        "MaxUnits": factor_text(resource.max_units),
        "CanLevel": resource.can_level,
        "AccrueAt": _ACCRUALS[resource.accrue_at],
        "CalendarUID": calendar,
        "Notes": resource.notes,
        "IsGeneric": resource.is_generic,
        "IsInactive": resource.is_inactive,
        "Baseline": baselines(resource.id, OwnerKind.RESOURCE, outgo),
        "IsCostResource": resource.type is ResourceType.COST,
        "IsBudget": resource.is_budget,
        "AvailabilityPeriods": rows("AvailabilityPeriods", [_period(one) for one in periods]),
        "Rates": rows("Rates", [_rate(one, resource, outgo) for one in rates]),
        "TimephasedData": timephased(uid, outgo.timephased.get(resource.id, ())),
        **custom_values(resource.id, "Resource", outgo),
    }
    if current is not None:
        fields.update(_figures(current, resource, outgo))
    return element("Resource", "Resources/Resource", fields)


def _figures(rate: Rate, resource: Resource, outgo: Outgo) -> dict[str, Child]:
    standard, standard_unit = _hourly(rate.standard_rate, rate.standard_format, resource, outgo)
    overtime, overtime_unit = _hourly(rate.overtime_rate, rate.overtime_format, resource, outgo)
    return {
        "StandardRate": standard,
        "StandardRateFormat": standard_unit,
        "OvertimeRate": overtime,
        "OvertimeRateFormat": overtime_unit,
        "CostPerUse": hundredths_text(rate.cost_per_use, outgo.digits),
    }


def _hourly(minor: int, unit: DurationFormat, resource: Resource, outgo: Outgo) -> tuple[str, int]:
    """A rate as the file has it: currency units per hour, and the number of the unit it is shown in."""
    amount = Decimal(minor).scaleb(-outgo.digits)
    if resource.type is not ResourceType.WORK:
        return number_text(amount), MATERIAL_RATE
    project = outgo.project
    minutes = unit_minutes(unit, project.minutes_per_day, project.minutes_per_week, project.days_per_month)
    hourly = (amount * 60 / minutes).quantize(_RATE_PLACES)
    return number_text(hourly), NUMBER_OF_RATE_FORMAT.get(unit, NUMBER_OF_RATE_FORMAT[DurationFormat.HOURS])


def _rate(rate: Rate, resource: Resource, outgo: Outgo) -> Element:
    return element(
        "Rate",
        "Rates/Rate",
        {
            "RatesFrom": _OPEN_START if rate.rates_from is None else moment_text(rate.rates_from),
            "RatesTo": _OPEN_FINISH if rate.rates_to is None else moment_text(rate.rates_to),
            "RateTable": TABLES.index(rate.table),
            **_figures(rate, resource, outgo),
        },
    )


def _period(period: Availability) -> Element:
    return element(
        "AvailabilityPeriod",
        "AvailabilityPeriods/AvailabilityPeriod",
        {
            "AvailableFrom": _OPEN_START
            if period.available_from is None
            else moment_text(period.available_from),
            "AvailableTo": _OPEN_FINISH if period.available_to is None else moment_text(period.available_to),
            "AvailableUnits": factor_text(period.units),
        },
    )


def assignment_elements(document: Document, outgo: Outgo, result: ScheduleResult | None) -> list[Element]:
    """The assignments, and for a split task without any the one that carries its rests."""
    by_id = {task.id: task for task in outgo.tasks}
    dates = _dates(outgo, result)
    told = told_rows(document, outgo, result)
    found = [
        _assignment(one, by_id[one.task], dates[one.id], told[one.id], outgo, result)
        for one in outgo.assignments
    ]
    busy = {one.task for one in outgo.assignments}
    following = max(outgo.assignment_uids.values(), default=0)
    for task in outgo.tasks:
        if task.splits and task.id not in busy:
            following += 1
            found.append(_bearer(task, following, outgo, result))
    return found


def told_rows(
    document: Document, outgo: Outgo, result: ScheduleResult | None
) -> dict[AssignmentId, tuple[TimephasedRow, ...]]:
    """The time-phased rows an import brought, as far as they still hold, by assignment."""
    clock = worktime_of(document, outgo.project.calendar, horizon_around(outgo.project.start, 0))
    sources = {source.task: source for source in document.source_tasks.of(outgo.project.id).values()}
    dates = _dates(outgo, result)
    return {
        one.id: _still_true(outgo.timephased.get(one.id, ()), dates[one.id], sources.get(one.task), clock)
        for one in outgo.assignments
    }


def _dates(outgo: Outgo, result: ScheduleResult | None) -> dict[AssignmentId, tuple[int, int]]:
    """Each assignment's own start and finish, those of its task where it has none."""
    parts = {} if result is None else {id: place for place, id in enumerate(result.parts)}
    found: dict[AssignmentId, tuple[int, int]] = {}
    for one in outgo.assignments:
        part = parts.get(one.id)
        found[one.id] = _task_dates(one.task, outgo, result)
        if result is not None and part is not None:
            found[one.id] = int(result.part_start[part]), int(result.part_finish[part])
    return found


def _task_dates(task: TaskId, outgo: Outgo, result: ScheduleResult | None) -> tuple[int, int]:
    if result is None:
        return NO_MOMENT, NO_MOMENT
    place = outgo.outline.places[task]
    return int(result.start[place]), int(result.finish[place])


def _date(value: int | None) -> str | None:
    return None if value is None or value == NO_MOMENT else moment_text(value)


def _still_true(
    told: tuple[TimephasedRow, ...], dates: tuple[int, int], source: SourceTask | None, clock: Worktime
) -> tuple[TimephasedRow, ...]:
    """The rows an import brought; those of remaining work go once the work lies elsewhere than it did.

    Rows that contradicted their own file from the first are kept as they came.
    """
    worked = [row for row in told if row.type == REMAINING_WORK and row.value not in ("", "PT0H0M0S")]
    if not worked or NO_MOMENT in dates:
        return told
    ends = min(row.start for row in worked), max(row.finish for row in worked)
    before = dates if source is None else (source.start, source.finish)
    if _same_time(before, dates, clock) or not _same_time(before, ends, clock):
        return told
    return tuple(row for row in told if row.type != REMAINING_WORK)


def _same_time(one: tuple[int | None, int | None], other: tuple[int, int], clock: Worktime) -> bool:
    """Whether no working time lies between two starts and between two finishes."""
    try:
        return all(
            mine is not None and clock.between(mine, yours) == 0
            for mine, yours in zip(one, other, strict=True)
        )
    except HorizonExceeded:
        return False


def _assignment(
    one: Assignment,
    task: Task,
    dates: tuple[int, int],
    told: tuple[TimephasedRow, ...],
    outgo: Outgo,
    result: ScheduleResult | None,
) -> Element:
    uid = outgo.assignment_uids[one.id]
    resource = NO_RESOURCE if one.resource is None else outgo.resource_uids.get(one.resource, NO_RESOURCE)
    remaining = one.work - one.actual_work if one.remaining_work is None else one.remaining_work
    made_here = () if told or one.contour == CONTOURED else _rest_rows(task, outgo, result)
    return element(
        "Assignment",
        "Assignments/Assignment",
        {
            "UID": uid,
            "GUID": one.guid,
            "TaskUID": task.uid,
            "ResourceUID": resource,
            "ActualCost": hundredths_text(one.actual_cost, outgo.digits) if one.actual_cost else None,
            "ActualFinish": _date(one.actual_finish),
            "ActualStart": _date(one.actual_start),
            "ActualWork": span_text(one.actual_work) if one.actual_work else None,
            "Cost": None if one.cost is None else hundredths_text(one.cost, outgo.digits),
            "CostRateTable": TABLES.index(one.cost_rate_table),
            "Delay": one.delay * 10,
            "Finish": _date(dates[1]),
            "LevelingDelay": one.leveling_delay * 10,
            "Notes": one.notes,
            "OvertimeWork": span_text(one.overtime_work) if one.overtime_work else None,
            "RemainingWork": span_text(remaining),
            "Start": _date(dates[0]),
            "Units": factor_text(one.units),
            "Work": span_text(one.work),
            "WorkContour": CONTOURED if made_here else one.contour,
            "BudgetCost": None if one.budget_cost is None else hundredths_text(one.budget_cost, outgo.digits),
            "BudgetWork": None if one.budget_work is None else span_text(one.budget_work),
            "Baseline": baselines(one.id, OwnerKind.ASSIGNMENT, outgo),
            "TimephasedData": timephased(uid, told or made_here),
            **custom_values(one.id, "Assignment", outgo),
        },
    )


def _bearer(task: Task, uid: int, outgo: Outgo, result: ScheduleResult | None) -> Element:
    """An assignment to nobody: the place where the format keeps the rests of a task nobody is on."""
    start, finish = _task_dates(task.id, outgo, result)
    return element(
        "Assignment",
        "Assignments/Assignment",
        {
            "UID": uid,
            "TaskUID": task.uid,
            "ResourceUID": NO_RESOURCE,
            "Start": _date(start),
            "Finish": _date(finish),
            "Units": "1",
            "WorkContour": CONTOURED,
            "TimephasedData": timephased(uid, _rest_rows(task, outgo, result)),
        },
    )


def _rest_rows(task: Task, outgo: Outgo, result: ScheduleResult | None) -> tuple[TimephasedRow, ...]:
    """Worked and resting stretches of a split task as rows of remaining work."""
    if result is None or not task.splits:
        return ()
    stretches = result.segments.get(outgo.outline.places[task.id], ())
    lengths = _stretch_lengths(task.duration, task.splits)
    found: list[TimephasedRow] = []
    end: int | None = None
    for (start, finish), length in zip(stretches, lengths, strict=False):
        if end is not None:
            found.append(_row(end, start, 0))
        found.append(_row(start, finish, length))
        end = finish
    return tuple(found)


def _stretch_lengths(duration: int, splits: tuple[Split, ...]) -> list[int]:
    marks = [0, *(split.work_before for split in splits), duration]
    return [after - before for before, after in itertools.pairwise(marks)]


def _row(start: int, finish: int, minutes: int) -> TimephasedRow:
    return TimephasedRow(REMAINING_WORK, Moment(start), Moment(finish), _HOURS_UNIT, span_text(minutes))
