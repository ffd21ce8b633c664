"""Settings, people, columns and repetitions as they read, worked out of documents alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from app.domain.calendars import Recurrence
from app.domain.errors import Refusal
from app.domain.holiday_sets import region_names
from app.domain.people import ResourceType
from app.domain.portfolio import FieldKind, OwnerKind
from app.domain.typed import parse_shifts
from app.domain.values import Moment, Shift
from app.operations import baselines, calendars, custom_fields, people, projects
from app.views.calendars import calendar_list, country_choices, exceptions_table, holidays_table
from app.views.custom_columns import columns_answer, columns_table
from app.views.people import leave_table, people_answer, people_table
from app.views.project_settings import (
    baselines_table,
    currency_choices,
    portfolio_settings,
    project_answer,
    project_settings,
)
from app.views.tables import Ask
from tests.builders import NOW, after, at, done, person, plan


def texts(groups) -> dict[str, str]:
    return {setting.key: setting.text for group in groups for setting in group.settings}


def test_settings_read_as_people_type_them() -> None:
    document, project, _ = plan(("5d",))
    said = texts(project_settings(document, project, "en_GB"))
    assert (said["start"], said["minutes_per_day"], said["near_critical_limit"]) == ("4 Jan 2027", "8h", "5d")
    assert said["planned"] == "8 Jan 2027"
    document = after(document, projects.set_schedule_from(project, False, at(29, 17)))
    said = texts(project_settings(document, project, "de_DE"))
    assert said["finish"] == "29.01.2027"
    assert "start" not in said
    assert "planned" in said


def test_the_answer_counts_tasks_and_baselines() -> None:
    document, project, _ = plan(("5d", "3d"))
    assert project_answer(document, project, "en_GB").endswith(
        "2 tasks · scheduled from the start · no baseline"
    )
    document = after(document, baselines.take(project, 1, "Agreed"))
    assert project_answer(document, project, "en_GB").endswith("1 baseline")
    row = baselines_table(document, project, Ask()).rows[0]
    assert (row.key, row.cells[:2], row.cells[3:]) == ("1", ("Baseline 1", "Agreed"), ("2", ""))


def test_portfolio_settings_offer_every_currency_and_shared_calendars_only() -> None:
    document, project, _ = plan(("1d",))
    document = after(document, calendars.create("Own", project), calendars.create("Shared"))
    groups = portfolio_settings(document, "en_GB")
    offered = {setting.key: setting.choices for group in groups for setting in group.settings}
    names = [words for _, words in offered["calendar"]]
    assert "Shared" in names
    assert "Own" not in names
    assert dict(currency_choices("en_GB"))["CHF"] == "CHF · Swiss Franc"


def test_the_rate_shown_is_the_one_in_force_now() -> None:
    document, project, _ = plan(("1d",))
    document, ann = person(document, "Ann")
    document = after(
        document,
        people.set_rate(ann, 8000),
        people.set_rate(ann, 9000, "A", Moment(NOW - 1440)),
        people.set_rate(ann, 9900, "A", Moment(NOW + 1440)),
    )
    view = people_table(document, project, Ask(), NOW)
    assert view.rows[0].cells[6] == "90.00"
    assert view.columns[6].title == "EUR/h"
    assert people_answer(document, project).startswith("1 resource for all projects")


def test_cells_that_do_not_fit_a_kind_of_resource_are_locked() -> None:
    document, project, _ = plan(("1d",))
    document = after(
        document,
        people.add_resource("Cement", None, ResourceType.MATERIAL),
        people.add_resource("Travel", None, ResourceType.COST),
    )
    rows = people_table(document, project, Ask(), NOW).rows
    assert [row.locked for row in rows] == [(4, 5, 7), (4, 5, 6, 7)]
    assert [row.cells[4] for row in rows] == ["", ""]
    assert people_table(document, project, Ask(filter="nobody"), NOW).empty


def test_leave_makes_an_own_calendar_that_still_reads_as_its_base() -> None:
    document, project, _ = plan(("1d",))
    document, ann = person(document, "Ann")
    assert leave_table(document, ann, Ask()).empty
    document, shared = done(document, calendars.create("Nights"))
    document = after(
        document,
        people.set_resource_calendar(ann, shared),
        people.add_leave(ann, "Holiday", date(2027, 2, 1), date(2027, 2, 5)),
    )
    assert leave_table(document, ann, Ask()).rows[0].cells[:2] == ("Holiday", "1 Feb 2027")
    assert people_table(document, project, Ask(), NOW).rows[0].cells[5] == "Nights"
    listed = calendar_list(document, None, Ask(columns=("name", "scope"))).rows
    assert listed[-1].cells == ("Ann", "One person")


def test_columns_say_whose_they_are_and_how_often_they_are_used() -> None:
    document, project, tasks = plan(("1d", "2d"))
    document, risk = done(
        document, custom_fields.create("Risk", FieldKind.CHOICE, OwnerKind.TASK, None, ("Low", "High"))
    )
    document, _ = done(document, custom_fields.create("Size", FieldKind.NUMBER, OwnerKind.TASK, project))
    document = after(document, custom_fields.set_value(risk, tasks[0], "low"))
    rows = columns_table(document, project, Ask()).rows
    assert rows[0].cells == ("Risk", "Tasks", "Choice", "Low; High", "All projects", "1", "")
    assert rows[1].locked == (3,)
    assert columns_answer(document, project).startswith("1 column for all projects · 1 of ")
    assert columns_answer(document, None) == "1 column for all projects"


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        (Recurrence.ONCE, {}, ""),
        (Recurrence.DAILY, {"every": 3}, "every 3 days"),
        (Recurrence.WEEKLY, {"weekdays": 0b10001}, "every week, Mon Fri"),
        (Recurrence.MONTHLY_DAY, {"month_day": 15, "every": 2}, "every 2 months, day 15"),
        (Recurrence.MONTHLY_POSITION, {"position": 5, "position_day": 4}, "every month, last Friday"),
        (Recurrence.YEARLY_DAY, {"month_day": 24, "month": 12}, "every year, 24 December"),
        (
            Recurrence.YEARLY_POSITION,
            {"position": 1, "position_day": 8, "month": 3, "occurrences": 4},
            "every year, first weekday, March, 4 times",
        ),
    ],
)
def test_repetitions_are_said_in_full(kind: Recurrence, fields: dict[str, int], said: str) -> None:
    document, calendar = done(plan(("1d",))[0], calendars.create("Site"))
    step = calendars.add_exception(calendar, "Closed", date(2027, 1, 1), date(2031, 1, 1), (), kind, **fields)
    assert exceptions_table(after(document, step), calendar, Ask()).rows[0].cells[4] == said


def test_holidays_already_there_are_muted_and_not_counted() -> None:
    document, calendar = done(plan(("1d",))[0], calendars.create("Site"))
    document = after(document, calendars.add_exception(calendar, "New Year", date(2027, 1, 1)))
    view = holidays_table(document, calendar, "DE", "BY", (2027, 2027), "en_GB")
    assert view.rows[0].cells == ("Fri 1 Jan 2027", "Neujahr", "already there") or view.rows[0].marks
    assert view.note == f"{len(view.rows) - 1} new days"
    assert dict(country_choices("de_DE"))["DE"] == "Deutschland"
    assert dict(region_names("DE"))["BY"] == "Bayern"
    with pytest.raises(Refusal):
        holidays_table(document, calendar, "DE", "", (2027, 2026), "en_GB")


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("08:00–12:00, 13:00–17:00", (Shift(480, 720), Shift(780, 1020))),
        ("8 - 12; 13-17:30", (Shift(480, 720), Shift(780, 1050))),
        ("20:00-24:00", (Shift(1200, 1440),)),
        ("not working", ()),
        ("–", ()),
        ("", ()),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, shifts: tuple[Shift, ...]) -> None:
    assert parse_shifts(text) == shifts


@pytest.mark.parametrize("text", ["8", "12:00-8:00", "8-8", "8-25", "morning"])
def test_hours_that_cannot_be_are_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_shifts(text)


def test_money_of_rates_has_the_digits_of_its_currency() -> None:
    document, project, _ = plan(("1d",))
    document, ann = person(document, "Ann")
    document = after(document, people.set_rate(ann, int(Decimal(12345))))
    assert people_table(document, project, Ask(locale="de_DE"), NOW).rows[0].cells[6] == "123,45"
