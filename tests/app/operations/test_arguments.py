"""Operations called by name with texts: what the command line and scripts can do."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.domain.document import Document
from app.domain.errors import Ambiguous, Refusal
from app.domain.values import EIGHT_HOURS, DurationFormat, Shift, Span
from app.domain.work import ConstraintType, LinkType
from app.operations import register, tasks
from app.operations.arguments import described, several, step_of
from tests.builders import NOW, after, at, busy, done, plan, shared_calendar


def run(document: Document, name: str, **values: object) -> Document:
    return after(document, step_of(document, name, values))


def arguments(document: Document, operation: str, **values: object) -> dict[str, Any]:
    return dict(step_of(document, operation, values).named)


def test_texts_become_what_the_operation_takes() -> None:
    document, _project, (a, b, c) = plan()
    shared = shared_calendar(document)
    assert arguments(document, "tasks.set_duration", task="P/1", duration="4h") == {
        "task": a, "duration": Span(240, DurationFormat.HOURS),
    }  # fmt: skip
    assert arguments(document, "links.link", tasks="P/1, P/2,P/3", type="ss", lag="-2d") == {
        "tasks": (a, b, c), "type": LinkType.SS, "lag": Span(-960),
    }  # fmt: skip
    assert arguments(document, "tasks.set_calendar", tasks="P/1", calendar="none")["calendar"] is None
    assert arguments(document, "dates.set_start", task="P/1", start="2027-01-07")["start"] == at(7)
    assert arguments(document, "dates.set_finish", task="P/1", finish="2027-01-07")["finish"] == at(7, 17)
    assert arguments(document, "dates.set_deadline", task="P/1", deadline="2027-01-07T12:00") == {
        "task": a, "deadline": at(7, 12),
    }  # fmt: skip
    assert arguments(document, "dates.set_constraint", task="P/1", constraint="FNLT", date="2027-01-07") == {
        "task": a, "constraint": ConstraintType.FNLT, "date": at(7, 17),
    }  # fmt: skip
    assert arguments(document, "projects.create", name="X", start="2027-01-04")["start"] == at(4)
    assert arguments(document, "people.add_resource", name="Ann", max_units="50%")["max_units"] == 0.5
    assert arguments(document, "tasks.set_active", tasks=["P/1"], active=False)["active"] is False
    hours = "8:00-12:00, 13-24"
    assert arguments(document, "calendars.set_day", calendar="Standard", weekday="2", shifts=hours) == {
        "calendar": shared, "weekday": 2, "shifts": (Shift(480, 720), Shift(780, 1440)),
    }  # fmt: skip
    week = "8:00-12:00 13:00-17:00;base;;base;base;base;base"
    assert arguments(document, "calendars.set_week", calendar=shared, week=week)["week"] == (
        EIGHT_HOURS, None, (), None, None, None, None,
    )  # fmt: skip
    assert arguments(document, "calendars.add_exception", calendar=shared, name="x", from_date="2027-01-06")
    assert arguments(document, "custom_fields.create", alias="x", choices="Low; High")["choices"] == (
        "Low",
        "High",
    )
    assert arguments(document, "dates.set_start", task="P/1", start=29_000_000)["start"] == 29_000_000
    assert arguments(document, "calendars.add_work_week", calendar=shared, name="x", from_date="2027-01-01",
                     to_date="2027-01-02", week=[None, [[480, 720]], [], None, None, None, None])  # fmt: skip


def test_relative_dates_need_to_know_today() -> None:
    document, _, _ = plan()
    step = step_of(document, "dates.set_start", {"task": "P/1", "start": "+7"}, NOW)
    assert dict(step.named)["start"] == at(8, month=12) - 365 * 1440
    with pytest.raises(Refusal):
        step_of(document, "dates.set_start", {"task": "P/1", "start": "+7"})


def test_structured_arguments_come_as_json() -> None:
    document, _, (a, b, _c) = plan()
    block = [["P/1", "name", "One"], ["P/2", "duration", "3d"]]
    for value in (block, json.dumps(block)):
        changed = run(document, "cells.set_cells", block=value)
        assert (changed.tasks[a].name, changed.tasks[b].duration) == ("One", 1440)
    for bad in ("P/1", "[1", "[" * 100_000, [["P/1", "name"]], 5, None, {"P/1": "name"}):
        with pytest.raises(Refusal):
            step_of(document, "cells.set_cells", {"block": bad})


@pytest.mark.parametrize(
    ("operation", "values"),
    [
        ("tasks.fly", {}),
        ("nothing.rename", {}),
        ("tasks.rename", {"task": "P/1"}),
        ("tasks.rename", {"task": "P/1", "name": "x", "colour": "red"}),
        ("tasks.rename", {"task": "P/9", "name": "x"}),
        ("tasks.set_priority", {"task": "P/1", "priority": "1.5"}),
        ("tasks.set_type", {"task": "P/1", "task_type": "soft"}),
        ("calendars.set_week", {"calendar": "Standard", "week": "base"}),
        ("calendars.set_day", {"calendar": "Standard", "weekday": "1", "shifts": "all day"}),
        ("calendars.add_exception", {"calendar": "Standard", "name": "x", "from_date": "soon"}),
        ("calendars.set_day", {"calendar": "Standard", "weekday": "1", "shifts": [None]}),
        ("calendars.set_day", {"calendar": "Standard", "weekday": "1", "shifts": [[480]]}),
        ("calendars.set_day", {"calendar": "Standard", "weekday": "1", "shifts": [[480, float("inf")]]}),
        ("tasks.rename", {"task": "P/1", "name": None}),
        ("tasks.rename", {"task": "P/1", "name": {"a": 1}}),
        ("tasks.rename", {"task": ["P/1"], "name": "x"}),
        ("dates.set_start", {"task": "P/1", "start": True}),
        ("dates.set_start", {"task": "P/1", "start": 10**30}),
        ("imports.import_plan", {"plan": "x.xml"}),
    ],
)
def test_what_cannot_be_called_is_refused(operation: str, values: dict[str, object]) -> None:
    document, _, _ = plan()
    with pytest.raises(Refusal):
        step_of(document, operation, values)


def test_an_ambiguous_reference_lists_its_candidates() -> None:
    document, _, (_a, b, _c) = plan()
    document = after(document, tasks.rename(b, "A"))
    with pytest.raises(Ambiguous) as no:
        step_of(document, "tasks.rename", {"task": "P/A", "name": "x"})
    assert no.value.candidates == ("P/uid:1", "P/uid:2")


def test_several_operations_are_one_step_and_may_name_what_came_before() -> None:
    document, _, _ = plan()
    step = several(
        document,
        [
            {"operation": "tasks.add", "arguments": {"project": "P", "name": "New"}},
            {"operation": "tasks.set_duration", "arguments": {"task": "P/New", "duration": "2w"}},
        ],
    )
    changed, made = done(document, step)
    assert changed.tasks[made[0]].duration == 4800
    with pytest.raises(Refusal):
        done(document, several(document, [{"arguments": {}}]))


def test_every_operation_can_be_described() -> None:
    for verb in register().values():
        said = described(verb)
        assert json.loads(json.dumps(said)) == said
        assert all(argument["kind"] for argument in said["arguments"])
    said = described(register()["links.add"])
    kinds = {argument["name"]: argument["kind"] for argument in said["arguments"]}
    assert kinds == {"predecessor": "task", "successor": "task", "type": "choice", "lag": "duration"}
    assert said["arguments"][2]["choices"] == ["FF", "FS", "SF", "SS"]
    kinds = {each["name"]: each["kind"] for each in described(register()["arrange.move"])["arguments"]}
    assert kinds["tasks"] == "tasks"


def test_records_of_every_kind_can_be_named() -> None:
    document = busy()
    assert run(document, "baselines.clear", project="BUSY", number=1)
    assert run(document, "calendars.drop_exception", exception="Closing")
    assert run(document, "links.drop", link="BUSY/uid:2>BUSY/uid:3")
    assert run(document, "people.set_units", assignment=next(iter(document.assignments)).id, units="50%")
    assert run(document, "custom_fields.delete", field="Risk")
    assert run(document, "saved_views.delete", view="Mine")
