"""Resources with their rates and availability, and assignments."""

from __future__ import annotations

from decimal import Decimal
from xml.etree.ElementTree import Element

from app.domain.people import AccrueAt, Assignment, Availability, Rate, Resource, ResourceType
from app.domain.values import (
    AssignmentId,
    AvailabilityId,
    DurationFormat,
    Moment,
    RateId,
    ResourceId,
    date_of,
)
from app.exchange.mspdi.fields import Fields
from app.exchange.mspdi.intake import Intake
from app.exchange.mspdi.mending import mended_assignment, mended_availability, mended_rate
from app.exchange.mspdi.units import (
    ACCRUALS,
    OPEN_FINISH_DAY,
    OPEN_START,
    RATE_FORMATS,
    RESOURCE_TYPES,
    YEAR_RATE,
    rounded,
    unit_minutes,
)
from app.text import tr

TABLES = "ABCDE"


def read_resources(root: Element, intake: Intake) -> list[tuple[Fields, ResourceId]]:
    """Put resources, rates and availability; the "no resource" row with the number 0 is none of them."""
    read: list[tuple[Fields, ResourceId]] = []
    for element in root.findall("Resources/Resource"):
        fields = Fields(element, tr("Resource"), intake.problems)
        uid = fields.uid()
        if fields.flag("IsNull"):
            intake.blank_rows += 1
            continue
        if not uid or uid < 0:
            continue
        if uid in intake.resources:
            fields.warn(tr("The number {uid} is there twice; the second one was left out.", uid=uid))
            continue
        fields.place = tr("Resource {name}", name=fields.line("Name") or uid)
        id = ResourceId(intake.ids.of("resources", uid))
        intake.resources[uid] = id
        resource = _resource(fields, uid, id, intake)
        intake.put(resource)
        _put_rates(fields, resource, intake)
        _put_availability(fields, resource, intake)
        read.append((fields, id))
    intake.count("resources", len(read))
    return read


def _resource(fields: Fields, uid: int, id: ResourceId, intake: Intake) -> Resource:
    type = fields.choice("Type", RESOURCE_TYPES, ResourceType.WORK)
    if fields.flag("IsCostResource"):
        type = ResourceType.COST
    calendar = fields.uid("CalendarUID")
    return Resource(
        id=id,
        project=intake.project,
        uid=uid,
        name=fields.line("Name"),
        type=type,
        initials=fields.line("Initials"),
        code=fields.line("Code"),
        group=fields.line("Group"),
        email=fields.line("EmailAddress"),
        max_units=max(0.0, float(fields.decimal("MaxUnits", Decimal(1)))),
        calendar=None if calendar is None else intake.calendars.get(calendar),
        accrue_at=fields.choice("AccrueAt", ACCRUALS, AccrueAt.PRORATED),
        material_label=fields.line("MaterialLabel"),
        is_generic=fields.flag("IsGeneric"),
        is_inactive=fields.flag("IsInactive"),
        is_budget=fields.flag("IsBudget"),
        can_level=fields.flag("CanLevel", True),
        notes=fields.text("Notes"),
        guid=fields.line("GUID"),
    )


def _put_rates(fields: Fields, resource: Resource, intake: Intake) -> None:
    """The rows of the rate tables, or where there are none the resource's own rate as table A."""
    rows = [
        Fields(element, fields.place, intake.problems) for element in fields.element.findall("Rates/Rate")
    ]
    intake.count("rates", len(rows))
    if not rows and any(
        fields.decimal(name, Decimal(0)) for name in ("StandardRate", "OvertimeRate", "CostPerUse")
    ):
        rows = [fields]
    for row in rows:
        table = TABLES[max(0, min(row.integer("RateTable"), 4))]
        first, last = row.moment("RatesFrom"), row.moment("RatesTo")
        rates_from = None if first is None or first <= OPEN_START else first
        standard, standard_unit = _rate(row, "StandardRate", resource, intake)
        overtime, overtime_unit = _rate(row, "OvertimeRate", resource, intake)
        made = Rate(
            id=RateId(intake.ids.of("rates", resource.id, table, rates_from)),
            project=intake.project,
            resource=resource.id,
            table=table,
            rates_from=rates_from,
            rates_to=None if _is_open_end(last) else last,
            standard_rate=standard,
            standard_format=standard_unit,
            overtime_rate=overtime,
            overtime_format=overtime_unit,
            cost_per_use=row.money("CostPerUse", intake.digits),
        )
        intake.put(mended_rate(made, row))


def _is_open_end(value: Moment | None) -> bool:
    return value is None or date_of(value) >= OPEN_FINISH_DAY.date()


def _rate(row: Fields, name: str, resource: Resource, intake: Intake) -> tuple[int, DurationFormat]:
    """A rate in minor units for each of its unit; a yearly one is told for each month."""
    number = row.integer(f"{name}Format", 2)
    unit = DurationFormat.MONTHS if number == YEAR_RATE else RATE_FORMATS.get(number, DurationFormat.HOURS)
    hourly = row.decimal(name, Decimal(0)).scaleb(intake.digits)
    if resource.type is not ResourceType.WORK:
        return rounded(hourly), DurationFormat.HOURS
    minutes = unit_minutes(unit, intake.per_day, intake.per_week, intake.days_per_month)
    return rounded(hourly * minutes / 60), unit


def _put_availability(fields: Fields, resource: Resource, intake: Intake) -> None:
    for element in fields.element.findall("AvailabilityPeriods/AvailabilityPeriod"):
        row = Fields(element, fields.place, intake.problems)
        if not row.values:
            continue
        intake.count("availability_periods")
        first, last = row.moment("AvailableFrom"), row.moment("AvailableTo")
        available_from = None if first is None or first <= OPEN_START else first
        made = Availability(
            id=AvailabilityId(intake.ids.of("availabilities", resource.id, available_from)),
            project=intake.project,
            resource=resource.id,
            available_from=available_from,
            available_to=None if _is_open_end(last) else last,
            units=float(row.decimal("AvailableUnits", Decimal(1))),
        )
        intake.put(mended_availability(made, row))


def read_assignments(root: Element, intake: Intake) -> list[tuple[Fields, Assignment]]:
    """The assignments with their fields, not put yet: their splits are still to be found."""
    types = {record.id: record.type for record in intake.records if isinstance(record, Resource)}
    names = {record.id: record.name for record in intake.records if isinstance(record, Resource)}
    read: list[tuple[Fields, Assignment]] = []
    for element in root.findall("Assignments/Assignment"):
        fields = Fields(element, tr("Assignment"), intake.problems)
        intake.count("assignments")
        number = fields.uid("TaskUID")
        task = None if number is None else intake.tasks.get(number)
        resource_uid = fields.uid("ResourceUID")
        resource = None if resource_uid is None else intake.resources.get(resource_uid)
        fields.place = tr("Assignment {uid}", uid=fields.line("UID"))
        if task is None:
            if number == 0:
                _leave_project_row(resource, names, intake)
            else:
                fields.warn(
                    tr("It names the task {uid}, which is not in the plan; it was left out.", uid=number)
                )
            continue
        if resource is None and resource_uid is not None and resource_uid > 0:
            fields.warn(tr("Its resource is not in the plan; the work is kept without one."))
        type = types.get(resource, ResourceType.WORK) if resource is not None else ResourceType.WORK
        id = AssignmentId(intake.ids.of("assignments", task, resource))
        work, actual = fields.minutes("Work"), fields.minutes("ActualWork")
        remaining = fields.optional_minutes("RemainingWork")
        assignment = Assignment(
            id=id,
            project=intake.project,
            task=task,
            resource=resource,
            uid=fields.uid() or 0,
            units=float(fields.decimal("Units", Decimal(1))),
            work=work,
            actual_work=actual,
            remaining_work=remaining if remaining != work - actual else None,
            overtime_work=fields.minutes("OvertimeWork"),
            actual_start=fields.moment("ActualStart"),
            actual_finish=fields.moment("ActualFinish"),
            delay=fields.tenths("Delay"),
            leveling_delay=fields.tenths("LevelingDelay"),
            contour=max(0, min(fields.integer("WorkContour"), 8)),
            cost_rate_table=TABLES[max(0, min(fields.integer("CostRateTable"), 4))],
            cost=fields.optional_money("Cost", intake.digits) if type is ResourceType.COST else None,
            actual_cost=fields.money("ActualCost", intake.digits),
            budget_work=fields.optional_minutes("BudgetWork"),
            budget_cost=fields.optional_money("BudgetCost", intake.digits),
            notes=fields.text("Notes"),
            guid=fields.line("GUID"),
        )
        read.append((fields, mended_assignment(assignment, fields)))
    return read


def _leave_project_row(resource: ResourceId | None, names: dict[ResourceId, str], intake: Intake) -> None:
    """An assignment to the plan as a whole: the budget of a named resource, or a sum that is worked out."""
    if resource is None:
        key = ("assignments", "Assignment (sum of the whole project)")
        intake.computed[key] = intake.computed.get(key, 0) + 1
    else:
        intake.leave(f"Assignment (budget of the whole project: {names[resource]})", "assignments")
