"""People and things that do the work, what they cost, when they can, and on what they work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.values import (
    AssignmentId,
    AvailabilityId,
    CalendarId,
    DurationFormat,
    Moment,
    ProjectId,
    RateId,
    ResourceId,
    Split,
    TaskId,
)


class ResourceType(StrEnum):
    WORK = "work"
    MATERIAL = "material"
    COST = "cost"


class AccrueAt(StrEnum):
    START = "start"
    END = "end"
    PRORATED = "prorated"


@dataclass(frozen=True, slots=True)
class Resource:
    """A person, a machine, a material or a cost; with ``project`` it belongs to that plan alone.

    ``max_units`` is 1.0 for one full-time unit. Its calendar is its own working time.
    """

    id: ResourceId
    project: ProjectId | None
    uid: int
    name: str
    type: ResourceType = ResourceType.WORK
    initials: str = ""
    code: str = ""
    group: str = ""
    email: str = ""
    max_units: float = 1.0
    calendar: CalendarId | None = None
    accrue_at: AccrueAt = AccrueAt.PRORATED
    material_label: str = ""
    is_generic: bool = False
    is_inactive: bool = False
    is_budget: bool = False
    can_level: bool = True
    notes: str = ""
    guid: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """What a resource costs from a day on, in table A to E.

    Rates are minor units of the project's currency per ``standard_format`` unit (material: per
    material unit); ``cost_per_use`` is minor units each time it is used.
    """

    id: RateId
    project: ProjectId | None
    resource: ResourceId
    table: str = "A"
    rates_from: Moment | None = None
    rates_to: Moment | None = None
    standard_rate: int = 0
    standard_format: DurationFormat = DurationFormat.HOURS
    overtime_rate: int = 0
    overtime_format: DurationFormat = DurationFormat.HOURS
    cost_per_use: int = 0


@dataclass(frozen=True, slots=True)
class Availability:
    """How many units of a resource there are in a period; an open end is ``None``."""

    id: AvailabilityId
    project: ProjectId | None
    resource: ResourceId
    available_from: Moment | None
    available_to: Moment | None
    units: float


@dataclass(frozen=True, slots=True)
class Assignment:
    """A resource on a task. ``work`` values are minutes, ``units`` 1.0 for full time.

    ``resource`` is ``None`` for work that is planned but not given to anybody. ``delay`` and
    ``leveling_delay`` are minutes between the task's start and this assignment's; ``splits`` are
    rests inside the assignment; ``contour`` is MSPDI's WorkContour number.
    """

    id: AssignmentId
    project: ProjectId
    task: TaskId
    resource: ResourceId | None
    uid: int = 0
    units: float = 1.0
    work: int = 0
    actual_work: int = 0
    remaining_work: int | None = None
    overtime_work: int = 0
    actual_start: Moment | None = None
    actual_finish: Moment | None = None
    delay: int = 0
    leveling_delay: int = 0
    splits: tuple[Split, ...] = ()
    contour: int = 0
    cost_rate_table: str = "A"
    cost: int | None = None
    actual_cost: int = 0
    budget_work: int | None = None
    budget_cost: int | None = None
    notes: str = ""
    guid: str = ""
