"""Projects as a whole: creating, copying, templates, archiving, settings, baselines, the portfolio's head."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.derive.schedule import schedule_of
from app.domain.document import EMPTY
from app.domain.durations import parse_span
from app.domain.errors import Refusal
from app.domain.plan_import import PlanImport, PlanSource
from app.domain.portfolio import CriticalMethod, FieldKind, OwnerKind, ProjectState
from app.operations import (
    baselines,
    custom_fields,
    dates,
    imports,
    links,
    people,
    progress,
    projects,
    saved_views,
    tasks,
)
from app.operations import portfolio as head
from tests.app.operations.test_tasks import dates_of, shape
from tests.builders import MONDAY, after, at, busy, by_name, done, person, plan, portfolio


def test_a_new_project_takes_the_portfolios_conventions() -> None:
    document = after(portfolio(), head.set_currency("usd"))
    document, made = done(document, projects.create("Data centre move to Leeds"))
    row = document.projects[made]
    assert (row.code, row.currency, row.start) == ("DCMTL", "USD", at(1, month=12) - 365 * 1440)
    assert row.calendar == next(iter(document.portfolio)).calendar
    codes = []
    for name in ("Data centre move to Leeds", "Website", "Website", "Ünïcode", "///", "///"):
        document, made = done(document, projects.create(name))
        codes.append(document.projects[made].code)
    assert codes == ["DCMTL2", "WEBSITE", "WEBSITE2", "UNICODE", "P1", "P2"]
    for refused in (projects.create(" "), projects.create("X", "website/x"), projects.create("X", "dcmtl")):
        with pytest.raises(Refusal):
            done(document, refused)


def test_a_copy_is_the_same_plan_under_another_code() -> None:
    document = busy()
    source = next(each for each in document.projects if each.code == "BUSY").id
    document, made = done(document, projects.duplicate(source))
    assert shape(document, made) == shape(document, source)
    one, two = schedule_of(document, source), schedule_of(document, made)
    assert one.start.tolist() == two.start.tolist()
    assert one.finish.tolist() == two.finish.tolist()
    for table in (
        "tasks",
        "links",
        "assignments",
        "baselines",
        "baseline_values",
        "custom_values",
        "resources",
    ):
        assert len(document.table(table).of(made)) == len(document.table(table).of(source)), table
    assert document.projects[made].name == "Copy of Project BUSY"
    with pytest.raises(Refusal):
        done(document, projects.duplicate(source, "X", "NEXT"))


def test_a_template_holds_the_plan_without_what_happened() -> None:
    document, project, (a, b, _c) = plan(("2d", "3d", "1d"))
    document, ann = person(document, "Ann")
    document = after(
        document,
        people.assign(a, ann),
        progress.set_percent((a,), 100),
        dates.set_deadline(b, at(15, 17)),
        baselines.take(project),
        projects.set_status_date(project, at(5)),
    )
    document, template = done(document, projects.save_as_template(project, "Small project"))
    row = document.projects[template]
    assert (row.state, row.status_date) == (ProjectState.TEMPLATE, None)
    assert not document.baselines.of(template)
    assert all(task.percent_complete == 0 for task in document.tasks.of(template).values())
    assert all(each.actual_work == 0 for each in document.assignments.of(template).values())
    document, made = done(document, projects.new_from_template(template, "Rollout", "R", MONDAY + 7 * 1440))
    (late,) = [task for task in document.tasks.of(made).values() if task.deadline]
    assert late.deadline == at(22, 17)
    assert int(schedule_of(document, made).project_start) == at(11)
    document, today = done(document, projects.new_from_template(template, "Now"))
    assert document.projects[today].start == at(1, month=12) - 365 * 1440
    assert document.projects[today].state is ProjectState.ACTIVE
    with pytest.raises(Refusal):
        done(document, projects.new_from_template(template, " "))


def test_a_template_that_is_scheduled_back_moves_its_finish() -> None:
    document, project, _ = plan()
    document = after(document, projects.set_schedule_from(project, False, at(29, 17)))
    document, template = done(document, projects.save_as_template(project))
    document, made = done(document, projects.new_from_template(template, "Back", "", MONDAY + 1440))
    assert document.projects[made].finish == at(30, 17)


def test_projects_are_archived_moved_and_deleted() -> None:
    document, first, (a,) = plan(("1d",), "P1")
    document, second, (x,) = plan(("1d",), "P2", document)
    document, third, _ = plan((), "P3", document)
    document = after(document, links.add(a, x), projects.move(third, first), projects.move(first))
    order = sorted(document.projects, key=lambda each: each.rank)
    assert [each.code for each in order] == ["P3", "P2", "P1"]
    document = after(
        document, projects.move(first, first), projects.archive(second), projects.unarchive(second)
    )
    document, risk = done(document, custom_fields.create("Board", FieldKind.TEXT, OwnerKind.PROJECT))
    document = after(document, custom_fields.set_value(risk, first, "yes"), projects.delete(first))
    assert not len(document.links)
    assert not len(document.custom_values)
    assert [task.id for task in document.tasks] == [x]
    for refused in (projects.delete(first), projects.move(second, first), projects.rename(second, "")):
        with pytest.raises(Refusal):
            done(document, refused)


SETTINGS = [
    ("name", "New", "name", "New"),
    ("code", "NEW", "code", "NEW"),
    ("manager", "Ann", "manager", "Ann"),
    ("start", "2027-02-01", "start", at(1, month=2)),
    ("finish", "2027-02-01", "finish", at(1, 17, month=2)),
    ("finish", "", "finish", None),
    ("status_date", "2027-01-08", "status_date", at(8, 17)),
    ("status_date", "", "status_date", None),
    ("currency", "chf", "currency", "CHF"),
    ("minutes_per_day", "7.5", "minutes_per_day", 450),
    ("minutes_per_week", "37h 30m", "minutes_per_week", 2250),
    ("days_per_month", "18", "days_per_month", 18),
    ("critical_slack_limit", "2d", "critical_slack_limit", 960),
    ("default_start_time", "9:00", "default_start_time", 540),
    ("critical_method", "longest_path", "critical_method", CriticalMethod.LONGEST_PATH),
    ("honor_constraints", "no", "honor_constraints", False),
]


@pytest.mark.parametrize(("field", "text", "name", "value"), SETTINGS)
def test_settings_are_typed(field: str, text: str, name: str, value: object) -> None:
    document, project, _ = plan()
    document = after(document, projects.set_field(project, field, text))
    assert getattr(document.projects[project], name) == value


def test_settings_that_do_not_fit_are_refused() -> None:
    document, project, _ = plan()
    for field, text in {
        "currency": "gold",
        "minutes_per_day": "2d",
        "days_per_month": "many",
        "critical_method": "luck",
        "colour": "red",
        "calendar": "Lunar",
        "start": "",
        "minutes_per_week": "",
    }.items():
        with pytest.raises(Refusal):
            done(document, projects.set_field(project, field, text))
    document = after(document, projects.set_field(project, "calendar", "standard"))
    assert document.projects[project].calendar is not None
    document, board = done(document, custom_fields.create("Board", FieldKind.FLAG, OwnerKind.PROJECT))
    document = after(document, projects.set_field(project, f"field:{board}", "yes"))
    assert [each.value for each in document.custom_values] == ["1"]
    document = after(document, projects.set_field(project, "calendar", ""))
    assert document.projects[project].calendar is None


def test_the_direction_of_scheduling_turns_round() -> None:
    document, project, (a, *_) = plan(("5d",))
    document = after(document, projects.set_schedule_from(project, False))
    assert document.projects[project].finish == at(8, 17)
    document = after(document, projects.set_finish(project, at(15, 17)))
    document = after(document, dates.set_constraint(a, dates.ConstraintType.ALAP))
    assert dates_of(document, a)[1] == "2027-01-15T17:00"
    document = after(
        document, projects.set_schedule_from(project, True, at(6)), projects.set_start(project, at(7))
    )
    assert document.projects[project].start == at(7)


def test_a_baseline_keeps_what_was_planned() -> None:
    document, project, (a, b, _c) = plan(("2d", "3d", "1d"))
    document, ann = person(document, "Ann")
    document = after(
        document, people.set_rate(ann, 10000), people.assign(a, ann), baselines.take(project, 0, "Approved")
    )
    values = {each.owner: each for each in document.baseline_values}
    assert (values[a].start, values[a].finish, values[a].duration) == (at(4), at(5, 17), 960)
    assert (values[a].work, values[a].cost) == (960, 160_000)
    document = after(document, tasks.set_duration(a, parse_span("4d")), baselines.take(project, 0, "", (a,)))
    values = {each.owner: each for each in document.baseline_values}
    assert (values[a].duration, values[b].duration) == (4 * 480, 3 * 480)
    (kept,) = document.baselines
    assert (kept.name, kept.number) == ("Approved", 0)
    document = after(document, baselines.rename(project, 0, "First"), baselines.show(project, 0))
    document = after(document, baselines.clear(project, 0, (a,)))
    assert a not in {each.owner for each in document.baseline_values}
    document = after(document, baselines.clear(project))
    assert not len(document.baselines)
    for refused in (baselines.clear(project), baselines.take(project, 11), baselines.rename(project, 3, "x")):
        with pytest.raises(Refusal):
            done(document, refused)


def test_columns_of_ones_own() -> None:
    document, project, (a, *_) = plan()
    document, risk = done(
        document, custom_fields.create("Risk", FieldKind.CHOICE, choices=("Low", "High", "Low"))
    )
    document, size = done(document, custom_fields.create("Size", FieldKind.NUMBER))
    made = {}
    for kind, text in {
        FieldKind.DATE: "2027-01-05",
        FieldKind.DURATION: "3d?",
        FieldKind.COST: "1,250.50",
        FieldKind.TEXT: "word",
    }.items():
        document, made[kind] = done(document, custom_fields.create(kind.value, kind))
        document = after(document, custom_fields.set_value(made[kind], a, text))
    document = after(
        document,
        custom_fields.set_value(risk, a, "high"),
        custom_fields.set_value(size, a, "3.50"),
        custom_fields.move(size, risk),
        custom_fields.move(size, size),
        custom_fields.move(risk),
        custom_fields.rename(size, "Weight"),
    )
    values = {document.custom_fields[each.field].alias: each.value for each in document.custom_values}
    assert values == {
        "Risk": "High", "Weight": "3.5", "date": "2027-01-05T08:00", "duration": "1440|d?", "cost": "1250.5",
        "text": "word",
    }  # fmt: skip
    document = after(
        document, custom_fields.set_choices(risk, ("High", "None")), custom_fields.set_value(size, a, "")
    )
    for refused in (
        custom_fields.create("RISK"),
        custom_fields.create(" "),
        custom_fields.create("Pick", FieldKind.CHOICE),
        custom_fields.set_choices(risk, ("None",)),
        custom_fields.set_choices(size, ("None",)),
        custom_fields.set_value(risk, a, "Medium"),
        custom_fields.set_value(risk, project, "High"),
        custom_fields.move(risk, custom_fields.CustomFieldId("gone")),
    ):
        with pytest.raises(Refusal):
            done(document, refused)
    document = after(document, custom_fields.delete(risk))
    assert "High" not in {each.value for each in document.custom_values}
    document, own = done(document, custom_fields.create("Own", project=project))
    document, _other, (x, *_) = plan(code="Q", document=document)
    with pytest.raises(Refusal):
        done(document, custom_fields.set_value(own, x, "no"))


def test_looks_are_saved_by_name() -> None:
    document, first = done(EMPTY, saved_views.save("plan", "Mine", ("name",)))
    document, second = done(document, saved_views.save("plan", "mine", ("start",), zoom="weeks"))
    assert first == second
    document = after(document, saved_views.rename(first, "Ours"))
    assert [(each.name, each.columns) for each in document.saved_views] == [("Ours", ("start",))]
    document = after(document, saved_views.delete(first))
    with pytest.raises(Refusal):
        done(document, saved_views.delete(first))


def test_the_portfolios_head_can_be_set() -> None:
    document = after(EMPTY, head.rename("IT 2027"))
    document = after(document, head.set_owner("PMO"), head.set_notes("x"), head.set_calendar(None))
    (row,) = document.portfolio
    assert (row.name, row.owner, row.notes) == ("IT 2027", "PMO", "x")
    document, _project, _ = plan(document=document)
    for refused in (
        head.rename(" "),
        head.set_currency("gold"),
        head.set_calendar(projects.CalendarId("gone")),
    ):
        with pytest.raises(Refusal):
            done(document, refused)


def test_an_import_is_applied_as_it_was_proposed() -> None:
    source, project, _ = plan()
    kept = [*source.calendars, *source.projects, *source.tasks]
    proposal = PlanImport(
        project, "P", False, tuple(kept), (), (), 0, (), (), (), 0, PlanSource("plan.xml", "abc", "Test")
    )  # fmt: skip
    document = after(EMPTY, imports.import_plan(proposal))
    assert len(document.tasks) == 3
    gone = replace(proposal, vanished=(document.tasks[by_name(document, "C")],), records=())
    assert len(after(document, imports.import_plan(gone)).tasks) == 3
    assert len(after(document, imports.import_plan(gone, accept_vanished=True)).tasks) == 2
    twice = replace(proposal, already_in="P")
    with pytest.raises(Refusal):
        done(document, imports.import_plan(twice))
    assert after(document, imports.import_plan(twice, again=True)) == document
