"""Every operation of the program, run from text by ``do``, taken back, and equal to before by its dump."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.domain.draft import Draft
from app.operations import register
from app.operations.operation import Operation, Step
from app.workspace import Who, Workspace
from tests.builders import busy

NOT_BY_DO = {
    "imports.import_plan": "a plan is what reading a foreign file gives, and the import command does that",
}
"""Operations that text arguments cannot reach, with why."""

ARGUMENTS: dict[str, tuple[str, ...]] = {
    "arrange.indent": ("tasks=BUSY/5",),
    "arrange.move": ("tasks=BUSY/3;BUSY/4", "inside=BUSY/1", "before=BUSY/1.2"),
    "arrange.move_down": ("tasks=BUSY/uid:4",),
    "arrange.move_up": ("tasks=BUSY/uid:4",),
    "arrange.outdent": ("tasks=BUSY/1.2",),
    "baselines.clear": ("project=BUSY", "number=1"),
    "baselines.rename": ("project=BUSY", "number=0", "name=Signed"),
    "baselines.show": ("project=BUSY", "number=1"),
    "baselines.take": ("project=BUSY", "number=2", "name=Second", "tasks=BUSY/1"),
    "calendars.add_exception": (
        "calendar=Standard", "name=Stocktaking", "from_date=2027-01-29", "shifts=8:00-12:00",
        "recurrence=monthly_day", "month_day=29", "occurrences=6",
    ),
    "calendars.add_holidays": (
        "calendar=Standard", "country=DE", "region=BY", "first_year=2027", "last_year=2028",
    ),
    "calendars.add_work_week": (
        "calendar=Standard", "name=Summer", "from_date=2027-07-01", "to_date=2027-07-31",
        "week=7:00-13:00;7:00-13:00;7:00-13:00;7:00-13:00;7:00-13:00;base;base",
    ),
    "calendars.change_exception": ("exception=Closing", "to_date=2027-01-07", "name=Closed"),
    "calendars.change_work_week": ("work_week=Winter", "name=Deep winter", "to_date=2027-02-20"),
    "calendars.create": ("name=Weekends", "project=BUSY", "base=Standard"),
    "calendars.delete": ("calendar=BUSY/Night",),
    "calendars.drop_exception": ("exception=Closing",),
    "calendars.drop_holidays": ("calendar=Holidays", "source=FR", "year=2027"),
    "calendars.drop_work_week": ("work_week=Winter",),
    "calendars.duplicate": ("calendar=Standard", "name=Standard two"),
    "calendars.rename": ("calendar=Standard", "name=Office"),
    "calendars.set_base": ("calendar=BUSY/Night", "base=Standard"),
    "calendars.set_day": ("calendar=Standard", "weekday=4", "shifts=8:00-12:00"),
    "calendars.set_hours": ("calendar=Standard", "weekday=4", "text=8:00-12:00"),
    "calendars.set_week": (
        "calendar=Standard", "week=8:00-16:00;8:00-16:00;8:00-16:00;8:00-16:00;8:00-12:00;;",
    ),
    "cells.clear": ("tasks=BUSY/1.1", "columns=notes"),
    "cells.fill_down": ("tasks=BUSY/1.1;BUSY/3", "columns=priority;duration"),
    "cells.paste_cells": (
        "project=BUSY", 'block=[["BUSY/3", "name", "Pasted"]]', "columns=name;duration",
        'rows=[["New one", "2d"], ["New two", "3d"]]', "after=BUSY/3",
    ),
    "cells.paste_rows": (
        "project=BUSY", "columns=name;duration", 'rows=[["E new", "2d"], ["F new", "1w"]]', "first=BUSY/3",
    ),
    "cells.set_cell": ("task=BUSY/3", "column=duration", "text=3d"),
    "cells.set_cells": ('block=[["BUSY/3", "name", "Third"], ["BUSY/2", "field:risk", "Low"]]',),
    "copies.duplicate": ("tasks=BUSY/1",),
    "copies.paste": ("sources=BUSY/1.1;BUSY/1.2", "project=NEXT", "before=NEXT/2"),
    "custom_fields.create": ("alias=Phase", "kind=choice", "owner_kind=task", "choices=One;Two"),
    "custom_fields.delete": ("field=Risk",),
    "custom_fields.move": ("field=Board", "before=Risk"),
    "custom_fields.rename": ("field=Risk", "alias=Hazard"),
    "custom_fields.set_choices": ("field=Risk", "choices=Low;Medium;High"),
    "custom_fields.set_value": ("field=Risk", "owner=BUSY/uid:2", "text=Low"),
    "dates.set_constraint": ("task=BUSY/4", "constraint=SNET", "date=2027-02-01"),
    "dates.set_deadline": ("task=BUSY/3", "deadline=2027-02-01"),
    "dates.set_finish": ("task=BUSY/4", "finish=2027-02-26"),
    "dates.set_manual": ("tasks=BUSY/1.1", "manual=yes"),
    "dates.set_start": ("task=BUSY/4", "start=2027-02-01T09:00"),
    "dates.stretch": ("task=BUSY/2", "finish=2027-03-01"),
    "links.add": ("predecessor=BUSY/4", "successor=NEXT/2", "type=SS", "lag=-50%"),
    "links.drop": ("link=BUSY/1.1>BUSY/1.2",),
    "links.link": ("tasks=BUSY/4;BUSY/5", "type=FF", "lag=2ed"),
    "links.set_lag": ("link=BUSY/1.1>BUSY/1.2", "lag=-1d"),
    "links.set_predecessors": ("task=BUSY/4", "text=5FS+2d"),
    "links.set_successors": ("task=BUSY/4", "text=7SS"),
    "links.set_type": ("link=BUSY/1.1>BUSY/1.2", "type=SS"),
    "links.unlink": ("tasks=BUSY/1.1;BUSY/1.2",),
    "people.add_availability": (
        "resource=Ann", "units=50%", "available_from=2027-03-01", "available_to=2027-03-31",
    ),
    "people.add_leave": ("resource=Bob", "name=Leave", "from_date=2027-01-14", "to_date=2027-01-15"),
    "people.add_resource": ("name=Crane", "type=material", "max_units=2"),
    "people.assign": ("task=BUSY/4", "resource=Ann", "units=0.5"),
    "people.delete_resource": ("resource=Ann",),
    "people.drop_availability": ("availability={availability}",),
    "people.drop_rate": ("rate={rate}",),
    "people.rename_resource": ("resource=Ann", "name=Anna"),
    "people.set_assignment_work": ("assignment=BUSY/1", "work=60h"),
    "people.set_rate": (
        "resource=Ann", "standard_rate=9500", "table=B", "rates_from=2027-06-01", "overtime_rate=12000",
    ),
    "people.set_resource_calendar": ("resource=Bob", "calendar=Standard"),
    "people.set_resource_field": ("resource=Ann", "field=email", "text=ann@example.org"),
    "people.set_resources": ("task=BUSY/4", "text=Ann; Bob[50%]"),
    "people.set_units": ("assignment=BUSY/2", "units=80%"),
    "people.unassign": ("assignment=BUSY/2",),
    "portfolio.rename": ("name=All of it",),
    "portfolio.set_calendar": ("calendar=Ann",),
    "portfolio.set_currency": ("currency=USD",),
    "portfolio.set_notes": ("notes=Read me.",),
    "portfolio.set_owner": ("owner=Portfolio office",),
    "progress.reschedule_unfinished": ("project=BUSY", "after=2027-02-15"),
    "progress.set_actual_duration": ("task=BUSY/1.1", "actual=2d"),
    "progress.set_actual_finish": ("task=BUSY/1.1", "finish=2027-01-12"),
    "progress.set_actual_start": ("task=BUSY/4", "start=2027-01-05"),
    "progress.set_percent": ("tasks=BUSY/4;BUSY/5", "percent=50"),
    "progress.set_physical_percent": ("task=BUSY/4", "percent=30"),
    "progress.set_remaining": ("task=BUSY/1.1", "remaining=1d"),
    "progress.update_to": ("project=BUSY", "status_date=2027-01-20"),
    "projects.archive": ("project=NEXT",),
    "projects.create": ("name=Third", "code=THREE", "start=2027-05-03", "calendar=Standard"),
    "projects.delete": ("project=NEXT",),
    "projects.duplicate": ("project=BUSY", "name=Busy again", "code=AGAIN"),
    "projects.move": ("project=NEXT", "before=BUSY"),
    "projects.new_from_template": ("template=TPN", "name=From it", "code=FROM", "start=2027-06-07"),
    "projects.recode": ("project=NEXT", "code=LATER"),
    "projects.rename": ("project=NEXT", "name=Later"),
    "projects.save_as_template": ("project=BUSY", "name=Pattern"),
    "projects.set_calendar": ("project=BUSY", "calendar=BUSY/Night"),
    "projects.set_field": ("project=BUSY", "field=manager", "text=Ann"),
    "projects.set_finish": ("project=NEXT", "finish=2027-04-30"),
    "projects.set_schedule_from": ("project=NEXT", "from_start=no", "date=2027-04-30"),
    "projects.set_start": ("project=NEXT", "start=2027-02-01"),
    "projects.set_status_date": ("project=BUSY", "status_date=2027-01-15"),
    "projects.unarchive": ("project=TPN",),
    "rates.set_availability_field": ("availability={availability}", "field=units", "text=80%"),
    "rates.set_rate_field": ("rate={rate}", "field=standard", "text=85"),
    "samples.create_sample": (),
    "saved_views.delete": ("view=Mine",),
    "saved_views.rename": ("view=Mine", "name=Ours"),
    "saved_views.save": ("page=plan", "name=Mine", "columns=name;finish", "sort=finish", "zoom=weeks"),
    "tasks.add": ("project=BUSY", "name=New", "after=BUSY/2", "duration=2w"),
    "tasks.add_many": ("project=BUSY", "names=X;Y;Z", "inside=BUSY/1"),
    "tasks.delete": ("tasks=BUSY/1;BUSY/4",),
    "tasks.interrupt": ("task=BUSY/1.1", "stop=2027-01-06T12:00", "resume=2027-01-08T13:00"),
    "tasks.rename": ("task=BUSY/4", "name=Größe 🎉"),
    "tasks.set_active": ("tasks=BUSY/4", "active=no"),
    "tasks.set_calendar": ("tasks=BUSY/4", "calendar=BUSY/Night"),
    "tasks.set_contact": ("task=BUSY/4", "contact=Ann"),
    "tasks.set_duration": ("task=BUSY/4", "duration=3d?"),
    "tasks.set_effort_driven": ("task=BUSY/4", "effort_driven=yes"),
    "tasks.set_estimated": ("task=BUSY/4", "estimated=yes"),
    "tasks.set_fixed_cost": ("task=BUSY/4", "fixed_cost=150000"),
    "tasks.set_hyperlink": ("task=BUSY/4", "address=https://example.org", "title=Page"),
    "tasks.set_ignore_resource_calendar": ("task=BUSY/4", "ignore=yes"),
    "tasks.set_milestone": ("tasks=BUSY/4", "milestone=yes"),
    "tasks.set_notes": ("task=BUSY/4", "notes=@notes.json"),
    "tasks.set_priority": ("task=BUSY/4", "priority=900"),
    "tasks.set_type": ("task=BUSY/4", "task_type=fixed_duration"),
    "tasks.set_wbs": ("task=BUSY/4", "wbs=X.4"),
    "tasks.set_work": ("task=BUSY/1.1", "work=80h"),
    "tasks.split": ("task=BUSY/2", "work_before=60", "gap=120"),
    "tasks.unsplit": ("task=BUSY/4",),
}  # fmt: skip
"""For every operation the arguments of one use; ``{…}`` stands for an id that nothing else names."""


def fill(draft: Draft) -> None:
    for record in list(draft.document.records()):
        draft.drop(record)
    for record in busy().records():
        draft.put(record)


@pytest.fixture(scope="module")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A file with something of every kind, and the ids of what has no name in it."""
    file = tmp_path_factory.mktemp("busy") / "busy.pmpf"
    with Workspace.create(file, owner=Who("someone", "laptop")) as made:
        made.run(Step(Operation("test.fill", "Fill", fill), ()))
        document = made.document
        ids = {
            "rate": next(iter(document.rates)).id,
            "availability": next(iter(document.availabilities)).id,
        }
    words = ("calendar=Holidays", "country=FR", "region=", "first_year=2027", "last_year=2027")
    assert main(["do", str(file), "calendars.create", "name=Holidays"]) == 0
    assert main(["do", str(file), "calendars.add_holidays", *words]) == 0
    return file, ids


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


def test_there_are_arguments_for_every_operation() -> None:
    assert {*ARGUMENTS, *NOT_BY_DO} == set(register())


@pytest.mark.parametrize("name", sorted(ARGUMENTS))
def test_every_operation_runs_from_text_and_is_taken_back(
    name: str,
    pattern: tuple[Path, dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "busy.pmpf"
    shutil.copyfile(pattern[0], file)
    monkeypatch.chdir(tmp_path)
    Path("notes.json").write_text(json.dumps("Two\nlines"), encoding="utf-8")
    before = said(capsys, "dump", str(file), "--ids")[1]
    words = list(ARGUMENTS[name])
    for key, id in pattern[1].items():
        words = [word.replace("{" + key + "}", id) for word in words]
    code, out, err = said(capsys, "do", str(file), name, *words, "--json")
    assert (code, err) == (0, "")
    answer: dict[str, Any] = json.loads(out)
    assert answer["label"]
    assert answer["changes"] > 0
    after = said(capsys, "dump", str(file), "--ids")[1]
    assert after != before
    assert all(made["id"] in after for made in answer["made"] if made["table"] != "custom_values")
    code, _out, err = said(capsys, "undo", str(file))
    if register()[name].sealed:
        assert (code, err.count("\n")) == (3, 1)
        assert said(capsys, "dump", str(file), "--ids")[1] == after
        return
    assert (code, err) == (0, "")
    assert said(capsys, "dump", str(file), "--ids")[1] == before
    assert said(capsys, "redo", str(file))[0] == 0
    assert said(capsys, "dump", str(file), "--ids")[1] == after


@pytest.mark.parametrize("name", sorted(NOT_BY_DO))
def test_what_do_cannot_run_says_what_does(
    name: str, pattern: tuple[Path, dict[str, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _out, err = said(capsys, "do", str(pattern[0]), name, "plan=plan.xml")
    assert (code, err.count("\n")) == (3, 1)
    assert "import command" in err
