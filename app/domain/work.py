"""Tasks, the links between them, and what a source plan said about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.portfolio import TaskType
from app.domain.values import (
    CalendarId,
    DurationFormat,
    LinkId,
    Moment,
    ProjectId,
    SourceTaskId,
    Split,
    TaskId,
    TimephasedId,
)


class ConstraintType(StrEnum):
    """When a task may lie (MSPDI ConstraintType; the words are Microsoft Project's short names)."""

    ASAP = "asap"
    ALAP = "alap"
    MSO = "mso"
    MFO = "mfo"
    SNET = "snet"
    SNLT = "snlt"
    FNET = "fnet"
    FNLT = "fnlt"

    @property
    def needs_date(self) -> bool:
        return self not in (ConstraintType.ASAP, ConstraintType.ALAP)


class FixedCostAccrual(StrEnum):
    START = "start"
    PRORATED = "prorated"
    END = "end"


@dataclass(frozen=True, slots=True)
class Task:
    """A line of the plan as decided by people; its dates, float and roll-ups are worked out.

    ``duration`` and ``remaining_duration`` are minutes (working, or elapsed when the format says
    so). ``remaining_duration`` is ``None`` where ``percent_complete`` alone says how far it is.
    A manually scheduled task holds ``manual_start`` and ``manual_finish``; either may be unknown.
    """

    id: TaskId
    project: ProjectId
    uid: int
    parent: TaskId | None
    rank: str
    name: str
    duration: int = 480
    duration_format: DurationFormat = DurationFormat.DAYS
    estimated: bool = False
    milestone: bool = False
    active: bool = True
    manual: bool = False
    manual_start: Moment | None = None
    manual_finish: Moment | None = None
    task_type: TaskType = TaskType.FIXED_UNITS
    effort_driven: bool = False
    constraint: ConstraintType = ConstraintType.ASAP
    constraint_date: Moment | None = None
    deadline: Moment | None = None
    calendar: CalendarId | None = None
    ignore_resource_calendar: bool = False
    priority: int = 500
    percent_complete: int = 0
    physical_percent_complete: int = 0
    actual_start: Moment | None = None
    actual_finish: Moment | None = None
    remaining_duration: int | None = None
    stop: Moment | None = None
    resume: Moment | None = None
    splits: tuple[Split, ...] = ()
    leveling_delay: int = 0
    work: int | None = None
    actual_work: int = 0
    fixed_cost: int = 0
    fixed_cost_accrual: FixedCostAccrual = FixedCostAccrual.PRORATED
    wbs: str = ""
    notes: str = ""
    hyperlink: str = ""
    hyperlink_address: str = ""
    contact: str = ""
    recurring: bool = False
    guid: str = ""


class LinkType(StrEnum):
    FF = "FF"
    FS = "FS"
    SF = "SF"
    SS = "SS"


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency; it belongs to its successor's project.

    ``lag`` is minutes, negative for a lead; for a percent format it is the percentage of the
    predecessor's duration.
    """

    id: LinkId
    project: ProjectId
    predecessor: TaskId
    successor: TaskId
    type: LinkType = LinkType.FS
    lag: int = 0
    lag_format: DurationFormat = DurationFormat.DAYS


@dataclass(frozen=True, slots=True)
class SourceTask:
    """What the tool that saved an imported plan had computed for a task; kept to be compared, never used."""

    id: SourceTaskId
    project: ProjectId
    task: TaskId
    start: Moment | None = None
    finish: Moment | None = None
    duration: int | None = None
    early_start: Moment | None = None
    early_finish: Moment | None = None
    late_start: Moment | None = None
    late_finish: Moment | None = None
    total_slack: int | None = None
    free_slack: int | None = None
    critical: bool | None = None
    percent_complete: int | None = None
    work: int | None = None
    cost: int | None = None


@dataclass(frozen=True, slots=True)
class TimephasedRow:
    """One row of time-phased figures: MSPDI type number, period, MSPDI unit number, and minutes."""

    type: int
    start: Moment
    finish: Moment
    unit: int
    value: str


@dataclass(frozen=True, slots=True)
class Timephased:
    """The time-phased rows an imported plan carried for one owner, kept as they came."""

    id: TimephasedId
    project: ProjectId
    owner_kind: str
    owner: str
    rows: tuple[TimephasedRow, ...]
