"""Rules of resources, assignments and rates: who is there, in which project, within sane figures."""

from __future__ import annotations

from app.domain.changes import ChangeSet
from app.domain.document import Document
from app.domain.errors import Refusal
from app.domain.people import Assignment, Availability, Rate, Resource
from app.domain.rules.plan import arrived, left
from app.domain.rules.register import rule
from app.text import tr


@rule("resources")
def resources_hold(result: Document, changes: ChangeSet) -> None:
    """A resource has units that are not negative and a calendar it may use."""
    for _, after in arrived(changes, "resources"):
        assert isinstance(after, Resource)
        if after.max_units < 0:
            raise Refusal(tr("Units are not negative."), at=(after.id, "max_units"))
        if after.calendar is not None:
            calendar = result.calendars.get(after.calendar)
            if calendar is None or (calendar.project is not None and calendar.project != after.project):
                raise Refusal(
                    tr("The calendar of {name} is not there.", name=after.name), at=(after.id, "calendar")
                )
    gone = {change.id for change in left(changes, "resources")}
    if gone and any(
        record.resource in gone
        for table in ("assignments", "rates", "availabilities")
        for record in result.table(table)
    ):
        raise Refusal(tr("A deleted resource would leave its work behind."))


@rule("rates", "availabilities")
def rates_hold(result: Document, changes: ChangeSet) -> None:
    """Rates stand in tables A to E, and periods run forwards."""
    for _, after in arrived(changes, "rates"):
        assert isinstance(after, Rate)
        if after.resource not in result.resources:
            raise Refusal(tr("The resource of a rate is not there."), at=(after.id, "resource"))
        if after.table not in ("A", "B", "C", "D", "E"):
            raise Refusal(tr("Rate tables are A to E."), at=(after.id, "table"))
        if after.rates_from is not None and after.rates_to is not None and after.rates_to < after.rates_from:
            raise Refusal(tr("A rate cannot end before it begins."), at=(after.id, "rates_to"))
    for _, after in arrived(changes, "availabilities"):
        assert isinstance(after, Availability)
        if after.resource not in result.resources:
            raise Refusal(tr("The resource of a period is not there."), at=(after.id, "resource"))
        start, end = after.available_from, after.available_to
        if after.units < 0 or (start is not None and end is not None and end < start):
            raise Refusal(
                tr("An availability is not negative and does not end before it begins."),
                at=(after.id, "available_to"),
            )


@rule("assignments", "tasks")
def assignments_hold(result: Document, changes: ChangeSet) -> None:
    """An assignment joins a task of its project with a resource the project may use."""
    for _, after in arrived(changes, "assignments"):
        assert isinstance(after, Assignment)
        task = result.tasks.get(after.task)
        if task is None or task.project != after.project:
            raise Refusal(tr("The task of an assignment is not in its project."), at=(after.id, "task"))
        if after.resource is not None:
            resource = result.resources.get(after.resource)
            if resource is None or (resource.project is not None and resource.project != after.project):
                raise Refusal(tr("The resource of an assignment is not there."), at=(after.id, "resource"))
        if after.units < 0 or after.work < 0 or after.actual_work < 0:
            raise Refusal(tr("Units and work are not negative."), at=(after.id, "units"))
    gone = {change.id for change in left(changes, "tasks")}
    if gone:
        scopes = {getattr(change.before, "project", None) for change in left(changes, "tasks")}
        for scope in scopes:
            if any(found.task in gone for found in result.assignments.of(scope).values()):
                raise Refusal(tr("A deleted task would leave its assignments behind."))
