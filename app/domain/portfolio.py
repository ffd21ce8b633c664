"""The portfolio, its projects, their baselines, custom columns and saved views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.values import (
    BaselineId,
    BaselineValueId,
    CalendarId,
    CustomFieldId,
    CustomValueId,
    DurationFormat,
    Moment,
    PortfolioId,
    ProjectId,
    SavedViewId,
)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The one record that stands for the whole file's organisation."""

    id: PortfolioId
    name: str
    currency: str = "EUR"
    calendar: CalendarId | None = None
    owner: str = ""
    notes: str = ""


class ProjectState(StrEnum):
    ACTIVE = "active"
    ARCHIVED = "archived"
    TEMPLATE = "template"


class TaskType(StrEnum):
    FIXED_UNITS = "fixed_units"
    FIXED_DURATION = "fixed_duration"
    FIXED_WORK = "fixed_work"


class ProgressRule(StrEnum):
    """What happens to work that is done out of order or left behind the status date."""

    AS_ENTERED = "as_entered"
    RETAINED_LOGIC = "retained_logic"
    PROGRESS_OVERRIDE = "progress_override"


class CriticalMethod(StrEnum):
    TOTAL_SLACK = "total_slack"
    LONGEST_PATH = "longest_path"


class LagCalendar(StrEnum):
    """The calendar on which working lags are counted."""

    SUCCESSOR = "successor"
    PREDECESSOR = "predecessor"
    PROJECT = "project"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its frame, its conventions and the source it came from (MSPDI names)."""

    id: ProjectId
    code: str
    name: str
    rank: str
    start: Moment
    finish: Moment | None = None
    schedule_from_start: bool = True
    status_date: Moment | None = None
    calendar: CalendarId | None = None
    currency: str = "EUR"
    state: ProjectState = ProjectState.ACTIVE
    manager: str = ""
    sponsor: str = ""
    notes: str = ""
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20
    week_start_day: int = 0
    default_start_time: int = 480
    default_finish_time: int = 1020
    critical_slack_limit: int = 0
    near_critical_limit: int = 2400
    multiple_critical_paths: bool = False
    honor_constraints: bool = True
    default_task_type: TaskType = TaskType.FIXED_UNITS
    new_tasks_effort_driven: bool = False
    new_tasks_manual: bool = False
    new_tasks_estimated: bool = False
    split_in_progress: bool = True
    reschedule_unfinished: bool = False
    progress_rule: ProgressRule = ProgressRule.AS_ENTERED
    critical_method: CriticalMethod = CriticalMethod.TOTAL_SLACK
    lag_calendar: LagCalendar = LagCalendar.SUCCESSOR
    baseline_shown: int = 0
    source_name: str = ""
    source_digest: str = ""
    source_guid: str = ""
    source_application: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A named snapshot of a project's plan; ``number`` 0 to 10 as in MSPDI."""

    id: BaselineId
    project: ProjectId
    number: int
    name: str = ""
    taken_at: Moment | None = None


class OwnerKind(StrEnum):
    PORTFOLIO = "portfolio"
    PROJECT = "project"
    TASK = "task"
    RESOURCE = "resource"
    ASSIGNMENT = "assignment"


@dataclass(frozen=True, slots=True)
class BaselineValue:
    """What one task, assignment or resource looked like in a baseline."""

    id: BaselineValueId
    project: ProjectId
    baseline: BaselineId
    owner_kind: OwnerKind
    owner: str
    start: Moment | None = None
    finish: Moment | None = None
    duration: int | None = None
    duration_format: DurationFormat = DurationFormat.DAYS
    work: int | None = None
    cost: int | None = None
    fixed_cost: int | None = None


class FieldKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    DURATION = "duration"
    FLAG = "flag"
    COST = "cost"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class CustomField:
    """A column of the user's own; ``code`` is the MSPDI FieldID where it came from a plan."""

    id: CustomFieldId
    project: ProjectId | None
    owner_kind: OwnerKind
    code: str
    alias: str
    kind: FieldKind
    rank: str
    choices: tuple[str, ...] = ()
    field_name: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class CustomValue:
    """One cell of a custom column.

    ``value`` is canonical text: ISO moments, minutes with their unit (``480|d``), plain decimals,
    ``1`` or ``0`` for a flag, the words themselves otherwise.
    """

    id: CustomValueId
    project: ProjectId | None
    field: CustomFieldId
    owner: str
    value: str


@dataclass(frozen=True, slots=True)
class SavedView:
    """How a page looked when somebody gave that look a name."""

    id: SavedViewId
    page: str
    name: str
    columns: tuple[str, ...] = ()
    filter: str = ""
    sort: str = ""
    group: str = ""
    zoom: str = ""
    created: date | None = None
