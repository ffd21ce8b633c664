"""The history reads as people speak: values in words, every date alike."""

from __future__ import annotations

from datetime import date

from app.domain.history import FieldChange
from app.domain.portfolio import LagCalendar
from app.domain.values import EIGHT_HOURS
from app.domain.work import ConstraintType
from app.views.history import fields
from app.views.tables import Ask
from tests.builders import plan


def test_a_constraint_stands_there_in_words() -> None:
    document, _project, (task,) = plan(["2d"])
    change = FieldChange("tasks", task, "constraint", ConstraintType.ASAP, ConstraintType.SNET)
    row = fields(document, (change,), Ask()).rows[0]
    assert row.cells[2:] == ("As soon as possible", "Start no earlier than")


def test_a_record_that_came_says_so_once() -> None:
    document, _project, (task,) = plan(["2d"])
    record = document.tasks[task]
    row = fields(document, (FieldChange("tasks", task, "*", None, record),), Ask()).rows[0]
    assert row.cells[1:] == ("Added", "", "")


def test_settings_rates_and_hours_read_as_they_are_typed() -> None:
    document, project, _tasks = plan(["2d"])
    changes = (
        FieldChange("projects", project, "critical_slack_limit", 0, 960),
        FieldChange("projects", project, "default_start_time", 480, 450),
        FieldChange("projects", project, "minutes_per_day", 480, 450),
        FieldChange("projects", project, "lag_calendar", LagCalendar.SUCCESSOR, LagCalendar.PROJECT),
        FieldChange("rates", "r", "standard_rate", 7000, 8250),
        FieldChange("availabilities", "a", "units", 0.5, 1.0),
        FieldChange("calendar_exceptions", "e", "shifts", (), EIGHT_HOURS),
        FieldChange("calendar_exceptions", "e", "from_date", date(2027, 1, 6), date(2027, 1, 7)),
        FieldChange("custom_fields", "f", "choices", ("Low",), ("Low", "High")),
    )
    rows = fields(document, changes, Ask(locale="en_GB")).rows
    assert [row.cells[2:] for row in rows] == [
        ("0d", "2d"),
        ("08:00", "07:30"),
        ("8h", "7.5h"),
        ("The successor’s calendar", "The project’s calendar"),
        ("70.00", "82.50"),
        ("50%", "100%"),
        ("not working", "08:00–12:00, 13:00–17:00"),
        ("6 Jan 2027", "7 Jan 2027"),
        ("Low", "Low; High"),
    ]
