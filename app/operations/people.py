"""Verbs for resources and assignments: who is there, what they cost, when they can, and on what they work."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from app.domain.calendars import INHERITED_WEEK, Calendar
from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.people import (
    AccrueAt,
    Assignment,
    Availability,
    Rate,
    Resource,
    ResourceType,
)
from app.domain.portfolio import TaskType
from app.domain.rates import begins, rates_in
from app.domain.typed import parse_flag
from app.domain.values import (
    AssignmentId,
    AvailabilityId,
    CalendarId,
    ExceptionId,
    Moment,
    ProjectId,
    RateId,
    ResourceId,
    Span,
    TaskId,
)
from app.domain.work import Task
from app.operations import calendars, effort, rates
from app.operations.lines import (
    assignments_on,
    drop_assignment,
    drop_owned,
    project_of,
    refuse_summary,
    task_of,
)
from app.operations.operation import operation
from app.operations.rates import parse_units
from app.text import mark, tr


@operation(mark("Add resource"))
def add_resource(
    draft: Draft,
    name: str,
    project: ProjectId | None = None,
    type: ResourceType = ResourceType.WORK,
    max_units: float = 1.0,
) -> ResourceId:
    """Add a person, machine, material or cost to the portfolio, or to one project alone."""
    if not name.strip():
        raise Refusal(tr("A resource needs a name."))
    if project is not None:
        project_of(draft, project)
    uid = max((each.uid for each in draft.resources.of(project).values()), default=0) + 1
    initials = "".join(word[0].upper() for word in name.split())[:3]
    made = Resource(
        ResourceId(draft.new_id()), project, uid, name.strip(), type, initials, max_units=max_units
    )
    draft.put(made)
    return made.id


def resource_of(draft: Draft, resource: ResourceId) -> Resource:
    """The resource of that id.

    Raises:
        Refusal: it is not there (any more).
    """
    found = draft.resources.get(resource)
    if found is None:
        raise Refusal(tr("That resource is no longer there."))
    return found


@operation(mark("Rename resource"), merges=True)
def rename_resource(draft: Draft, resource: ResourceId, name: str) -> None:
    """Give a resource another name."""
    if not name.strip():
        raise Refusal(tr("A resource needs a name."), at=(resource, "name"))
    draft.put(replace(resource_of(draft, resource), name=name.strip()))


_TEXTS = frozenset({"initials", "code", "group", "email", "material_label", "notes"})
_FLAGS = frozenset({"is_generic", "is_inactive", "is_budget", "can_level"})


@operation(mark("Change resource"))
def set_resource_field(
    draft: Draft, resource: ResourceId, field: str, text: str, locale: str = "en_GB"
) -> None:
    """Set one fact of a resource from what was typed.

    Raises:
        Refusal: there is no such fact, or the text does not fit it.
    """
    row = resource_of(draft, resource)
    if field == "name":
        rename_resource.within(draft, resource, text)
    elif field in _TEXTS:
        draft.put(replace(row, **{field: text.strip()}))  # type: ignore[arg-type]
    elif field in _FLAGS:
        draft.put(replace(row, **{field: parse_flag(text)}))  # type: ignore[arg-type]
    elif field == "max_units":
        draft.put(replace(row, max_units=parse_units(text, locale)))
    elif field == "type":
        draft.put(replace(row, type=ResourceType(_choice(text, [each.value for each in ResourceType]))))
    elif field == "accrue_at":
        draft.put(replace(row, accrue_at=AccrueAt(_choice(text, [each.value for each in AccrueAt]))))
    else:
        raise Refusal(tr("A resource has no field “{field}”.", field=field))


def _choice(text: str, words: list[str]) -> str:
    plain = text.strip().casefold()
    if plain not in words:
        raise Refusal(tr("“{text}” is not one of {words}.", text=text.strip(), words=", ".join(words)))
    return plain


@operation(mark("Delete resource"))
def delete_resource(draft: Draft, resource: ResourceId) -> None:
    """Delete a resource with its rates and periods; its assignments go, the tasks keep their dates."""
    row = resource_of(draft, resource)
    for assignment in list(draft.assignments):
        if assignment.resource == resource:
            drop_assignment(draft, assignment)
    for rate in list(draft.rates):
        if rate.resource == resource:
            draft.drop(rate)
    for period in list(draft.availabilities):
        if period.resource == resource:
            draft.drop(period)
    drop_owned(draft, row.project, {resource})
    draft.drop(row)


@operation(mark("Change resource calendar"))
def set_resource_calendar(draft: Draft, resource: ResourceId, calendar: CalendarId | None) -> None:
    """Give a resource a calendar of its own, or none."""
    draft.put(replace(resource_of(draft, resource), calendar=calendar))


@operation(mark("Add leave"))
def add_leave(draft: Draft, resource: ResourceId, name: str, from_date: date, to_date: date) -> ExceptionId:
    """Have a resource away for some days; a calendar of its own is made for it where it has none."""
    row = resource_of(draft, resource)
    calendar = draft.calendars.get(row.calendar)
    if calendar is None or calendar.is_base_calendar:
        made = calendars.create.within(draft, row.name, row.project, row.calendar)
        own: Calendar = replace(draft.calendars[made], is_base_calendar=False, week=INHERITED_WEEK)
        draft.put(own)
        draft.put(replace(row, calendar=own.id))
        calendar = own
    return calendars.add_exception.within(draft, calendar.id, name, from_date, to_date)


@operation(mark("Change rate"))
def set_rate(
    draft: Draft,
    resource: ResourceId,
    standard_rate: int,
    table: str = "A",
    rates_from: Moment | None = None,
    overtime_rate: int = 0,
    cost_per_use: int = 0,
) -> RateId:
    """Set what a resource costs an hour from a date on, in minor units, in rate table A to E."""
    row = resource_of(draft, resource)
    mine = rates_in(draft, row, table)
    same = [each for each in mine if each.rates_from == rates_from]
    old = same[0] if same else Rate(RateId(draft.new_id()), row.project, resource, table, rates_from)
    if mine and not same:
        # A further rate is said in the units of the one before it.
        old = replace(old, standard_format=mine[-1].standard_format, overtime_format=mine[-1].overtime_format)
    made = replace(old, standard_rate=standard_rate, overtime_rate=overtime_rate, cost_per_use=cost_per_use)
    draft.put(made)
    if not same:
        is_last = not mine or begins(mine[-1]) < begins(made)
        rates.close_up(draft, row, table, None if is_last else mine[-1].rates_to)
    return made.id


@operation(mark("Delete rate"))
def drop_rate(draft: Draft, rate: RateId) -> None:
    """Take one rate of a resource away; the one before it holds on."""
    found = draft.rates.get(rate)
    if found is None:
        raise Refusal(tr("That rate is no longer there."))
    rates.take_out(draft, found)


@operation(mark("Add availability"))
def add_availability(
    draft: Draft,
    resource: ResourceId,
    units: float,
    available_from: Moment | None = None,
    available_to: Moment | None = None,
) -> AvailabilityId:
    """Say how much of a resource there is in a period; an open end lasts until the next period."""
    row = resource_of(draft, resource)
    if available_from is not None:
        rates.end_before(draft, row, available_from)
    made = Availability(
        AvailabilityId(draft.new_id()), row.project, resource, available_from, available_to, units
    )
    draft.put(made)
    return made.id


@operation(mark("Delete availability"))
def drop_availability(draft: Draft, availability: AvailabilityId) -> None:
    """Take one period of availability away."""
    found = draft.availabilities.get(availability)
    if found is None:
        raise Refusal(tr("That period is no longer there."))
    draft.drop(found)


@operation(mark("Assign resource"))
def assign(draft: Draft, task: TaskId, resource: ResourceId, units: float = 1.0) -> AssignmentId:
    """Put a resource on a task; where the work is effort-driven all share it, else each brings their own.

    Raises:
        Refusal: the resource is on the task already, or belongs to another project.
    """
    row = task_of(draft, task)
    who = resource_of(draft, resource)
    refuse_summary(draft, row, "resources", tr("Assign people to the tasks inside a summary."))
    if any(each.resource == resource for each in assignments_on(draft, row)):
        raise Refusal(
            tr("{name} works on “{task}” already.", name=who.name, task=row.name), at=(task, "resources")
        )
    before = effort.workers(draft, row)
    uid = max((each.uid for each in draft.assignments.of(row.project).values()), default=0) + 1
    made = Assignment(AssignmentId(draft.new_id()), row.project, row.id, resource, uid, units)
    if who.type is not ResourceType.WORK:
        draft.put(made)
        return made.id
    work = round(row.duration * units)
    if not before and row.work is not None and row.work > 0:
        work = row.work
    draft.put(replace(made, work=work))
    if before and row.effort_driven:
        _share(draft, row, sum(each.work for each in before))
    elif not before and row.task_type is not TaskType.FIXED_DURATION:
        effort.follow_work(draft, row)
    else:
        effort.put_total(draft, row)
    return made.id


def _share(draft: Draft, row: Task, total: int) -> None:
    """Have a task's people share its work by their units; the duration follows unless it is fixed."""
    effort.share_out(draft, row, total, [each.units for each in effort.workers(draft, row)])


def _assignment_of(draft: Draft, assignment: AssignmentId) -> Assignment:
    found = draft.assignments.get(assignment)
    if found is None:
        raise Refusal(tr("That assignment is no longer there."))
    return found


@operation(mark("Remove resource from task"))
def unassign(draft: Draft, assignment: AssignmentId) -> None:
    """Take a resource off a task; where the work is effort-driven the others take theirs over."""
    gone = _assignment_of(draft, assignment)
    row = draft.tasks[gone.task]
    people = effort.workers(draft, row)
    drop_assignment(draft, gone)
    if len(people) > 1 and row.effort_driven and any(each.id == gone.id for each in people):
        _share(draft, row, sum(each.work for each in people))
    else:
        effort.put_total(draft, row)


@operation(mark("Change units"))
def set_units(draft: Draft, assignment: AssignmentId, units: float) -> None:
    """Let a resource give more or less of its time; the duration follows, or the work where that is fixed."""
    row = _assignment_of(draft, assignment)
    task = draft.tasks[row.task]
    if units <= 0:
        raise Refusal(tr("Units are more than 0%."), at=(row.id, "units"))
    if task.task_type is TaskType.FIXED_DURATION:
        effort.put_work(draft, row, round(task.duration * units), units)
        effort.put_total(draft, task)
    else:
        draft.put(replace(row, units=units))
        effort.follow_work(draft, task)


@operation(mark("Change work"))
def set_assignment_work(draft: Draft, assignment: AssignmentId, work: Span) -> None:
    """Give a resource more or less work on a task; the duration follows, or the units where that is fixed."""
    row = _assignment_of(draft, assignment)
    task = draft.tasks[row.task]
    if work.unit.is_percent or work.minutes < 0:
        raise Refusal(tr("Work is a length of time such as 16h or 3d."), at=(row.id, "work"))
    if task.task_type is TaskType.FIXED_DURATION and task.duration:
        effort.put_work(draft, row, work.minutes, round(work.minutes / task.duration, 4))
        effort.put_total(draft, task)
    else:
        effort.put_work(draft, row, work.minutes)
        effort.follow_work(draft, task)


_PERSON = re.compile(r"\s*([^\[\];,]+?)\s*(?:\[\s*([^\]]+?)\s*\])?\s*(?:[;,]|$)")


@operation(mark("Change resources"))
def set_resources(draft: Draft, task: TaskId, text: str, locale: str = "en_GB") -> None:
    """Have exactly the resources typed on a task: ``Ann; Bob[50%]``. A new name becomes a resource.

    Raises:
        Refusal: the text cannot be read, or several resources have the name.
    """
    project = task_of(draft, task).project
    wanted: dict[ResourceId, float | None] = {}
    for name, units in _people(text, locale):
        wanted[_resource_named(draft, project, name)] = units
    put_resources(draft, task, wanted)


def put_resources(draft: Draft, task: TaskId, wanted: dict[ResourceId, float | None]) -> None:
    """Have exactly these resources on a task; units of ``None`` stay as they are, or are full."""
    for each in assignments_on(draft, task_of(draft, task)):
        if each.resource is not None and each.resource not in wanted:
            unassign.within(draft, each.id)
    missing = dict(wanted)
    for each in assignments_on(draft, task_of(draft, task)):
        asked = missing.pop(each.resource, None) if each.resource is not None else None
        if asked is not None and asked != each.units:
            set_units.within(draft, each.id, asked)
    for resource, units in missing.items():
        assign.within(draft, task, resource, 1.0 if units is None else units)


def _people(text: str, locale: str) -> list[tuple[str, float | None]]:
    found: list[tuple[str, float | None]] = []
    plain, place = text.strip().rstrip(";, "), 0
    while place < len(plain):
        match = _PERSON.match(plain, place)
        if match is None:
            raise Refusal(tr("“{text}” is not a list such as Ann; Bob[50%].", text=plain))
        found.append((match[1], None if match[2] is None else parse_units(match[2], locale)))
        place = match.end()
    return found


def _resource_named(draft: Draft, project: ProjectId, name: str) -> ResourceId:
    folded = name.casefold()
    fits = [
        each
        for scope in (project, None)
        for each in draft.resources.of(scope).values()
        if folded in (each.name.casefold(), each.initials.casefold())
    ]
    exact = [each for each in fits if each.name.casefold() == folded] or fits
    if len(exact) > 1 and exact[0].project == exact[1].project:
        raise Refusal(tr("Several resources are called {name}.", name=name))
    return exact[0].id if exact else add_resource.within(draft, name, project)
