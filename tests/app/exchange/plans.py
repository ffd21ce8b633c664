"""Plans for the tests of this folder: small XML files and a document that holds a bit of everything."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.domain.calendars import Calendar, CalendarException, Recurrence, WorkWeek
from app.domain.document import Document
from app.domain.people import AccrueAt, Assignment, Availability, Rate, Resource, ResourceType
from app.domain.portfolio import (
    Baseline,
    BaselineValue,
    CustomField,
    CustomValue,
    FieldKind,
    OwnerKind,
    Portfolio,
    Project,
    TaskType,
)
from app.domain.records import Record
from app.domain.values import (
    AssignmentId,
    AvailabilityId,
    BaselineId,
    BaselineValueId,
    CalendarId,
    CustomFieldId,
    CustomValueId,
    DurationFormat,
    ExceptionId,
    LinkId,
    PortfolioId,
    ProjectId,
    RateId,
    ResourceId,
    Shift,
    Split,
    TaskId,
    WorkWeekId,
    moment,
)
from app.domain.work import ConstraintType, FixedCostAccrual, Link, LinkType, Task

PLANS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "schedules"
"""Real plans beside the repository; tests that read them skip where they are not there."""

PROJECT = ProjectId("p")
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="http://schemas.microsoft.com/project">'


def counting_ids(prefix: str = "id") -> Callable[[], str]:
    """Ids that are the same in every run."""
    numbers = itertools.count(1)
    return lambda: f"{prefix}{next(numbers)}"


def plan_xml(tasks: str = "", *, frame: str = "", rest: str = "", title: str = "Office move") -> bytes:
    """A small plan file around the given pieces."""
    return (
        f"{HEAD}<SaveVersion>14</SaveVersion><Title>{title}</Title><ScheduleFromStart>1</ScheduleFromStart>"
        f"<StartDate>2027-01-04T08:00:00</StartDate><CurrencyCode>EUR</CurrencyCode>{frame}"
        f"<Tasks>{tasks}</Tasks>{rest}</Project>"
    ).encode()


def task_xml(uid: int, name: str = "", *, level: int = 1, more: str = "") -> str:
    """One task of a small plan file."""
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{name or f'Task {uid}'}</Name>"
        f"<OutlineLevel>{level}</OutlineLevel><Duration>PT16H0M0S</Duration>"
        f"<DurationFormat>7</DurationFormat>{more}</Task>"
    )


def rich_document() -> Document:
    """A project in which every kind of record and every unusual field occurs."""
    return Document.holding((*_frame(), *_calendars(), *_people(), *_tasks(), *_extras()))


def _frame() -> list[Record]:
    return [
        Portfolio(PortfolioId("all"), "All", "KWD", CalendarId("c1")),
        Project(
            PROJECT,
            "NET",
            "Network & cabling <west>",
            "V",
            moment(2027, 1, 4, 8),
            status_date=moment(2027, 2, 1, 17),
            calendar=CalendarId("c1"),
            currency="KWD",
            manager="M. Example",
            notes="First line\nsecond line",
            minutes_per_day=450,
            minutes_per_week=2250,
            week_start_day=6,
            default_start_time=450,
            default_finish_time=990,
            critical_slack_limit=900,
            multiple_critical_paths=True,
            honor_constraints=False,
            default_task_type=TaskType.FIXED_WORK,
            new_tasks_manual=True,
            split_in_progress=False,
        ),
        Project(ProjectId("q"), "OTHER", "Other", "X", moment(2027, 1, 4, 8), calendar=CalendarId("c0")),
        Task(TaskId("q1"), ProjectId("q"), 12, None, "V", "Lines ordered"),
    ]


def _calendars() -> list[Record]:
    morning, night = (Shift(450, 720),), (Shift(0, 180), Shift(1380, 1440))
    own = CalendarId("c1")

    def recurring(id: str, day: date, recurrence: Recurrence, **more: int) -> CalendarException:
        return CalendarException(
            ExceptionId(id), own, PROJECT, f"Day {id}", day, date(2029, 12, 31), (), recurrence, **more
        )

    return [
        Calendar(CalendarId("c0"), None, 1, "Everybody"),
        Calendar(own, PROJECT, 3, "Site", week=(morning,) * 4 + (night, (), ()), base=CalendarId("c0")),
        Calendar(CalendarId("c2"), PROJECT, 4, "Ann", own, (None,) * 6 + (morning,), is_base_calendar=False),
        CalendarException(
            ExceptionId("e0"), CalendarId("c0"), None, "Fair", date(2027, 5, 3), date(2027, 5, 7)
        ),
        CalendarException(
            ExceptionId("e1"), own, PROJECT, "Stocktaking", date(2027, 3, 6), date(2027, 3, 6), morning
        ),
        recurring("e2", date(2027, 1, 5), Recurrence.DAILY, every=3, occurrences=4),
        recurring("e3", date(2027, 1, 6), Recurrence.WEEKLY, every=2, weekdays=0b1000101),
        recurring("e4", date(2027, 1, 7), Recurrence.MONTHLY_DAY, month_day=31),
        recurring("e5", date(2027, 1, 8), Recurrence.MONTHLY_POSITION, position=5, position_day=4),
        recurring("e6", date(2027, 1, 9), Recurrence.YEARLY_DAY, month=12, month_day=24),
        recurring("e7", date(2027, 1, 10), Recurrence.YEARLY_POSITION, position=2, position_day=8, month=2),
        WorkWeek(
            WorkWeekId("w1"),
            own,
            PROJECT,
            "Summer",
            date(2027, 7, 1),
            date(2027, 8, 31),
            (morning,) * 5 + (None, ()),
        ),
    ]


def _people() -> list[Record]:
    ann, wire, trip, shared = ResourceId("r1"), ResourceId("r2"), ResourceId("r3"), ResourceId("r4")
    day = DurationFormat.DAYS
    return [
        Resource(
            ann,
            PROJECT,
            1,
            "Ann Engineer",
            initials="AE",
            code="K-7",
            group="Network",
            email="ann@example.org",
            max_units=0.8,
            calendar=CalendarId("c2"),
            accrue_at=AccrueAt.END,
            is_generic=True,
            can_level=False,
            notes="Knows the site",
            guid="A1",
        ),
        Resource(wire, PROJECT, 2, "Cable", ResourceType.MATERIAL, material_label="m"),
        Resource(trip, PROJECT, 5, "Travel", ResourceType.COST, is_budget=True, is_inactive=True),
        Resource(shared, None, 1, "Shared designer"),
        Rate(
            RateId("x1"),
            PROJECT,
            ann,
            "A",
            None,
            moment(2027, 6, 1),
            333_333,
            day,
            41_111,
            cost_per_use=12_345,
        ),
        Rate(RateId("x2"), PROJECT, ann, "A", moment(2027, 6, 1), None, 36_501, DurationFormat.WEEKS),
        Rate(RateId("x3"), PROJECT, ann, "E", None, None, 77, DurationFormat.MONTHS),
        Rate(RateId("x4"), PROJECT, wire, "A", None, None, 1_234),
        Availability(AvailabilityId("v1"), PROJECT, ann, None, moment(2027, 3, 1), 0.5),
        Availability(AvailabilityId("v2"), PROJECT, ann, moment(2027, 3, 1), None, 0.8),
    ]


def _tasks() -> list[Record]:
    one, two, three, four, five, six = (TaskId(f"t{number}") for number in range(1, 7))
    return [
        Task(one, PROJECT, 10, None, "F", "Phase one", duration=450, wbs="A", fixed_cost=5_000),
        Task(
            two,
            PROJECT,
            11,
            one,
            "F",
            "Survey",
            1350,
            estimated=True,
            percent_complete=40,
            actual_start=moment(2027, 1, 4, 8),
            remaining_duration=900,
            stop=moment(2027, 1, 6, 9),
            resume=moment(2027, 1, 8, 8),
            physical_percent_complete=35,
            work=1000,
            actual_work=400,
            task_type=TaskType.FIXED_WORK,
            effort_driven=True,
            notes="Bring <keys> & lamp",
            hyperlink="Floor plan",
            hyperlink_address="https://example.org/plan#west",
            contact="Ann",
            guid="G-11",
        ),
        Task(
            three,
            PROJECT,
            12,
            one,
            "V",
            "Lay cables",
            2250,
            DurationFormat.WEEKS,
            splits=(Split(450, 900), Split(900, 450)),
            constraint=ConstraintType.SNET,
            constraint_date=moment(2027, 1, 18, 8),
            deadline=moment(2027, 3, 1, 17),
            calendar=CalendarId("c0"),
            ignore_resource_calendar=True,
            priority=900,
            leveling_delay=1440,
            fixed_cost=1_999,
            fixed_cost_accrual=FixedCostAccrual.START,
        ),
        Task(
            four,
            PROJECT,
            13,
            None,
            "V",
            "Approval",
            0,
            milestone=True,
            manual=True,
            manual_start=moment(2027, 2, 10, 8),
            manual_finish=moment(2027, 2, 10, 8),
        ),
        Task(five, PROJECT, 14, None, "k", "Curing", 4320, DurationFormat.ELAPSED_DAYS, active=False),
        Task(six, PROJECT, 20, None, "z", "Weekly check", 60, DurationFormat.HOURS, recurring=True),
        Link(LinkId("l1"), PROJECT, two, three, LinkType.SS, 50, DurationFormat.PERCENT),
        Link(LinkId("l2"), PROJECT, three, four, LinkType.FS, -450),
        Link(LinkId("l3"), PROJECT, four, five, LinkType.FF, 2880, DurationFormat.ELAPSED_DAYS),
        Link(LinkId("l4"), PROJECT, TaskId("q1"), five),
    ]


def _extras() -> list[Record]:
    ann, two = ResourceId("r1"), TaskId("t2")
    base, third = BaselineId("b0"), BaselineId("b3")
    mine = AssignmentId("a1")
    found: list[Record] = [
        Assignment(
            mine,
            PROJECT,
            two,
            ann,
            4,
            0.75,
            1000,
            400,
            650,
            120,
            moment(2027, 1, 4, 8),
            delay=450,
            leveling_delay=225,
            contour=3,
            cost_rate_table="B",
            actual_cost=4_321,
            notes="Mornings only",
            guid="H1",
        ),
        Assignment(
            AssignmentId("a2"),
            PROJECT,
            TaskId("t4"),
            ResourceId("r3"),
            5,
            work=0,
            cost=9_000,
            budget_cost=1_000,
        ),
        Assignment(AssignmentId("a3"), PROJECT, TaskId("t6"), ResourceId("r2"), 6, units=12.5, work=750),
        Baseline(base, PROJECT, 0),
        Baseline(third, PROJECT, 3),
    ]
    for kind, owner in (
        (OwnerKind.TASK, two),
        (OwnerKind.PROJECT, PROJECT),
        (OwnerKind.ASSIGNMENT, mine),
        (OwnerKind.RESOURCE, ann),
    ):
        dated = kind is not OwnerKind.RESOURCE
        whole = kind in (OwnerKind.TASK, OwnerKind.PROJECT)
        found.append(
            BaselineValue(
                BaselineValueId(f"n-{kind.value}"),
                PROJECT,
                third if kind is OwnerKind.TASK else base,
                kind,
                owner,
                moment(2027, 1, 4, 8) if dated else None,
                moment(2027, 1, 7, 17) if dated else None,
                1350 if whole else None,
                DurationFormat.WEEKS if whole else DurationFormat.DAYS,
                1000,
                123_456,
                77 if whole else None,
            )
        )
    values = (
        (FieldKind.TEXT, "188743731", "Text1", "Rack", "=1+1", ()),
        (FieldKind.NUMBER, "188743767", "Number1", "Ports", "48.5", ()),
        (FieldKind.DATE, "188743945", "Date1", "Handed over", "2027-02-03T04:05", ()),
        (FieldKind.DURATION, "188743783", "Duration1", "Travel time", "90|h", ()),
        (FieldKind.FLAG, "188743752", "Flag1", "Outdoors", "1", ()),
        (FieldKind.COST, "188743786", "Cost1", "Deposit", "12.345", ()),
        (FieldKind.CHOICE, "188743734", "Text2", "Floor", "Upper", ("Ground", "Upper")),
        (FieldKind.CHOICE, "188744096", "Outline Code1", "Area", "West.Hall", ("East", "West.Hall")),
    )
    for place, (kind_of, code, name, alias, value, choices) in enumerate(values):
        field = CustomFieldId(f"f{place}")
        found.append(
            CustomField(field, PROJECT, OwnerKind.TASK, code, alias, kind_of, chr(65 + place), choices, name)
        )
        found.append(CustomValue(CustomValueId(f"z{place}"), PROJECT, field, two, value))
    return found
