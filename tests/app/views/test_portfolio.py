"""The list of projects, the jumps of the palette, the month grid and the JSON of the dates."""

from __future__ import annotations

from datetime import date

import pytest

from app.domain.calendars import Recurrence
from app.domain.durations import parse_span
from app.domain.values import CalendarId, Shift
from app.operations import baselines, calendars, dates, links, people, projects, tasks
from app.views.calendars import (
    calendar_list,
    exceptions_table,
    month_grid,
    repeats_text,
    week_table,
    work_weeks_table,
)
from app.views.palette import jumps
from app.views.portfolio import (
    answer_line,
    outstanding,
    portfolio,
    portfolio_facts,
    portfolio_names,
    work_out,
)
from app.views.portfolio_columns import portfolio_columns
from app.views.schedule_json import project_json, schedule_json
from app.views.tables import Ask
from tests.app.derive.journey import journey
from tests.builders import after, at, busy, done, plan, shared_calendar
from tests.builders import portfolio as empty_portfolio


def test_a_project_that_slipped_shows_how_far_and_needs_attention() -> None:
    document, project, (a, b) = plan(["2d", "0d"])
    document = after(
        document,
        links.add(a, b),
        tasks.set_milestone((b,), True),
        tasks.rename(b, "Go-live"),
        baselines.take(project, 0),
    )
    on_time = portfolio(document, Ask())
    assert on_time.rows[0].cells[4:9] == ("5 Jan 2027", "0d", "0%", "Go-live", "5 Jan 2027")
    assert "none needs attention" in answer_line(document, "en_GB")
    late = after(document, tasks.set_duration(a, parse_span("4d")))
    row = portfolio(late, Ask()).rows[0]
    assert row.cells[5] == "2d"
    assert row.marks[5] == "bad"
    assert "1 needs attention" in answer_line(late, "en_GB")


def test_names_are_shown_while_figures_are_still_to_be_worked_out() -> None:
    document, one, _ = plan(["2d"], "ONE")
    document, two, _ = plan(["1d"], "TWO", document)
    assert outstanding(document, Ask()) == (one, two)
    names = portfolio_names(document, Ask())
    assert [row.key for row in names.rows] == [one, two]
    assert names.rows[0].cells[0] == "ONE"
    assert "…" in names.rows[0].cells
    work_out(document, one)
    assert outstanding(document, Ask()) == (two,)
    figures = portfolio(document, Ask())
    assert figures.columns == names.columns
    assert outstanding(document, Ask()) == ()


def test_a_row_stays_the_same_object_until_its_figures_change() -> None:
    document, _, (a, *_) = plan(["2d"], "ONE")
    document, _, _ = plan(["1d"], "TWO", document)
    before = portfolio(document, Ask()).rows
    now = portfolio(after(document, tasks.set_duration(a, parse_span("3d"))), Ask()).rows
    assert now[0] is not before[0]
    assert now[1] is before[1]


def test_archived_projects_and_templates_are_shown_when_asked_for() -> None:
    document, one, _ = plan(["2d"], "ONE")
    document, _, _ = plan(["1d"], "TWO", document)
    document = after(document, projects.archive(one))

    def codes(*filters: tuple[str, str], **other: str) -> list[str]:
        ask = Ask(column_filters=filters, sort=other.get("sort", ""), filter=other.get("filter", ""))
        return [row.cells[0] for row in portfolio(document, ask).rows]

    assert codes() == ["TWO"]
    assert codes(("state", "archived")) == ["ONE"]
    assert codes(("state", "all")) == ["ONE", "TWO"]
    assert codes(("state", "all"), sort="-code") == ["TWO", "ONE"]
    assert codes(("state", "all"), filter="two") == ["TWO"]
    assert codes(("state", "all"), ("code", "one")) == ["ONE"]
    assert codes(("state", "template")) == []


@pytest.mark.parametrize("key", [column.key for column in portfolio_columns()])
def test_every_column_has_words_and_sorts(key: str) -> None:
    document = busy()
    view = portfolio(document, Ask(columns=(key,), sort=f"-{key}", column_filters=(("state", "all"),)))
    assert len(view.rows) == len(document.projects)
    assert view.columns[0].help
    assert view.totals is not None


def test_an_empty_portfolio_says_so() -> None:
    assert portfolio(empty_portfolio(), Ask()).empty
    assert answer_line(empty_portfolio(), "en_GB") == "No active projects yet."
    assert portfolio_facts(empty_portfolio()) == {"projects": []}


def test_the_figures_for_scripts_are_plain() -> None:
    document, project, _ = plan(["2d"])
    facts = portfolio_facts(after(document, baselines.take(project, 0)))["projects"][0]
    assert (facts["project"], facts["start"], facts["slip_min"]) == ("P", "2027-01-04T08:00", 0)


def test_one_can_go_to_every_project_and_task_but_not_to_templates() -> None:
    document, project, (a, b, c) = plan(["1d", "1d", "1d"], "WEB")
    document = after(
        document,
        projects.rename(project, "Website"),
        tasks.rename(a, "Launch website"),
        tasks.rename(b, "Website texts"),
        tasks.rename(c, "Nothing"),
    )
    document = after(document, projects.save_as_template(project))
    found = jumps(document)
    assert [(jump.title, jump.where) for jump in found] == [
        ("WEB · Website", "Project"),
        ("Launch website", "WEB"),
        ("Website texts", "WEB"),
        ("Nothing", "WEB"),
    ]
    assert [jump.task is None for jump in jumps(document, most=1)] == [True, False]


def test_a_month_shows_hours_holidays_and_the_days_around_it() -> None:
    document = empty_portfolio()
    calendar = shared_calendar(document)
    short = ((Shift(480, 720),),) * 5 + (None, None)
    document = after(
        document,
        calendars.add_exception(calendar, "Epiphany", date(2027, 1, 6)),
        calendars.add_work_week(calendar, "Short", date(2027, 1, 11), date(2027, 1, 15), short),
    )
    month = month_grid(document, calendar, 2027, 1, "en_GB")
    assert month.title == "January 2027"
    assert month.weekdays[0] == "Mon"
    days = {day.day: day for week in month.weeks for day in week}
    assert all(len(week) == 7 for week in month.weeks)
    assert (days[date(2027, 1, 6)].name, days[date(2027, 1, 6)].kind) == ("Epiphany", "exception")
    assert days[date(2027, 1, 11)].hours == "08:00–12:00"
    assert not days[date(2026, 12, 31)].is_in_month
    assert month.working_days == 20
    assert month_grid(document, calendar, 2027, 1, "en_US", 6).weekdays[0] == "Sun"
    assert work_weeks_table(document, calendar, Ask()).rows[0].cells[0] == "Short"


def test_a_calendar_shows_its_own_days_and_mutes_those_of_its_base() -> None:
    document = empty_portfolio()
    base = shared_calendar(document)
    document, own = done(document, calendars.create("Night", base=base))
    document = after(
        document,
        calendars.add_exception(base, "Epiphany", date(2027, 1, 6)),
        calendars.add_exception(own, "Party", date(2027, 3, 5), shifts=(Shift(480, 720),)),
        calendars.set_day(own, 0, (Shift(480, 720),)),
    )
    rows = exceptions_table(document, own, Ask()).rows
    assert [row.cells[0] for row in rows] == ["Epiphany", "Party"]
    assert rows[0].locked
    assert not rows[1].locked
    week = week_table(document, own, Ask()).rows
    assert week[0].cells[1] == "08:00–12:00"
    assert week[6].cells[1] == "not working"
    listed = {row.cells[0]: row.cells for row in calendar_list(document, None, Ask()).rows}
    assert listed["Night"][1] == "Standard"
    assert exceptions_table(document, CalendarId(own), Ask(filter="party")).rows[0].cells[3] == "08:00–12:00"


def test_recurrences_are_said_in_words() -> None:
    document = after(empty_portfolio())
    calendar = shared_calendar(document)
    document, id = done(
        document,
        calendars.add_exception(
            calendar, "Patch day", date(2027, 1, 1), date(2027, 12, 31),
            recurrence=Recurrence.MONTHLY_POSITION, every=2, position=2, position_day=1,
        ),
    )  # fmt: skip
    assert repeats_text(document.calendar_exceptions[id]) == "every 2 months"


def test_json_of_the_dates_has_every_field_and_names_what_holds_a_start() -> None:
    document, project, _ = journey()
    found = project_json(document, project)
    task = found["tasks"][2]
    assert task["driver"] == {
        "kind": "link",
        "uid": 1,
        "type": "SS",
        "lag_min": 960,
        "calendar": "Epiphany",
        "date": "2027-01-05T17:00",
    }
    assert (task["start"], task["total_slack_min"], task["critical"]) == ("2027-01-07T08:00", 5280, False)
    assert found["tasks"][0]["driver"]["kind"] == "project_start"
    assert schedule_json(document)["projects"][0] == found


def test_json_is_made_for_every_project_of_a_busy_portfolio() -> None:
    document = busy()
    document = after(document, people.add_resource("Eve"))
    held = dates.set_deadline(next(iter(document.tasks)).id, at(28))
    found = schedule_json(after(document, held))
    assert len(found["projects"]) == len(document.projects)
    assert all(isinstance(task["driver"]["kind"], str) for one in found["projects"] for task in one["tasks"])


def test_the_usual_columns_fit_a_small_laptop_and_the_state_shows_only_where_states_mix() -> None:
    document, _project, _tasks = plan(["2d"])
    active, every = portfolio(document, Ask()), portfolio(document, Ask(column_filters=(("state", "all"),)))
    assert sum(column.width for column in active.columns) <= 1366 - 208 - 2 * 16
    assert "state" not in [column.key for column in active.columns]
    assert "state" in [column.key for column in every.columns]
