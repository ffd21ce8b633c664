"""The command line as a person or a script meets it: answers, JSON, exit codes and plain sentences."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.workspace import Who, Workspace

ROOT = Path(__file__).resolve().parents[3]
Answer = tuple[int, str, str]


class Shell:
    """Runs commands and keeps what they said."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def run(self, *words: str | Path) -> Answer:
        code = main([str(word) for word in words])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def json(self, *words: str | Path) -> Any:
        code, out, err = self.run(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    return Shell(capsys)


@pytest.fixture
def plan(shell: Shell, tmp_path: Path) -> Path:
    """A portfolio with one project P that starts on 4 January 2027 and has three linked tasks."""
    file = tmp_path / "plan.pmpf"
    assert shell.run("new", file)[0] == 0
    assert shell.run("do", file, "projects.create", "name=Pilot", "code=P", "start=2027-01-04")[0] == 0
    for name in ("Alpha", "Beta", "Gamma"):
        assert shell.run("do", file, "tasks.add", "project=P", f"name={name}", "duration=5d")[0] == 0
    assert shell.run("do", file, "links.set_predecessors", "task=P/uid:2", "text=1")[0] == 0
    return file


def test_a_new_file_holds_nothing(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "empty.pmpf"
    assert shell.json("new", file) == {"file": str(file), "projects": []}
    assert shell.json("show", file)["projects"] == []


def test_a_new_file_never_overwrites_another(shell: Shell, plan: Path) -> None:
    before = plan.read_bytes()
    code, _out, err = shell.run("new", plan)
    assert code == 4
    assert err.count("\n") == 1
    assert plan.read_bytes() == before


def test_the_sample_has_six_projects_with_dates(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "sample.pmpf"
    made = shell.json("new", file, "--sample")
    assert made["projects"] == ["CRM", "DCX", "DWH", "ERP", "IAM", "NET"]
    shown = shell.json("schedule", file)["projects"]
    assert sum(len(project["tasks"]) for project in shown) > 200
    assert all(project["start"] < project["finish"] for project in shown)


def test_dates_follow_the_links(shell: Shell, plan: Path) -> None:
    tasks = shell.json("schedule", plan, "--project", "P")["tasks"]
    assert [(task["name"], task["start"], task["finish"]) for task in tasks] == [
        ("Alpha", "2027-01-04T08:00", "2027-01-08T17:00"),
        ("Beta", "2027-01-11T08:00", "2027-01-15T17:00"),
        ("Gamma", "2027-01-04T08:00", "2027-01-08T17:00"),
    ]
    assert tasks[1]["driver"]["kind"] == "link"
    assert tasks[1]["driver"]["uid"] == 1
    assert tasks[2]["total_slack_min"] == 2400
    assert tasks[0]["critical"] is True


def test_the_schedule_json_has_the_promised_keys(shell: Shell, plan: Path) -> None:
    value = shell.json("schedule", plan, "--project", "P")
    assert set(value) >= {"project", "start", "finish", "tasks"}
    assert set(value["tasks"][0]) >= {
        "uid", "wbs", "name", "summary", "active", "start", "finish", "early_start", "early_finish",
        "late_start", "late_finish", "total_slack_min", "free_slack_min", "critical", "duration_min",
        "percent_complete", "driver",
    }  # fmt: skip
    assert set(value["tasks"][0]["driver"]) >= {"kind", "uid", "type", "lag_min", "calendar", "date"}


def test_undo_gives_the_same_dump_and_redo_the_later_one(shell: Shell, plan: Path) -> None:
    before = shell.run("dump", plan)[1]
    shell.run("do", plan, "tasks.rename", "task=P/1", "name=First")
    after = shell.run("dump", plan)[1]
    assert before != after
    assert shell.run("undo", plan)[0] == 0
    assert shell.run("dump", plan)[1] == before
    assert shell.run("redo", plan)[0] == 0
    assert shell.run("dump", plan)[1] == after


def test_undoing_everything_leaves_nothing_to_undo(shell: Shell, plan: Path) -> None:
    while shell.run("undo", plan)[0] == 0:
        pass
    code, _out, err = shell.run("undo", plan)
    assert code == 3
    assert err.strip()
    assert shell.json("show", plan)["projects"] == []


def test_history_names_who_did_what(shell: Shell, plan: Path) -> None:
    shell.run("--as", "Portfolio office", "do", plan, "tasks.rename", "task=P/1", "name=First")
    newest = shell.json("history", plan)["entries"][0]
    assert newest["user"] == "Portfolio office"
    assert newest["kind"] == "do"


def test_a_refusal_is_one_sentence_and_code_3(shell: Shell, plan: Path) -> None:
    code, out, err = shell.run("do", plan, "links.set_predecessors", "task=P/uid:1", "text=2")
    assert code == 3
    assert out == ""
    assert err.count("\n") == 1


def test_an_unknown_project_and_an_unknown_command_are_told_apart(shell: Shell, plan: Path) -> None:
    assert shell.run("schedule", plan, "--project", "NONE")[0] == 3
    code, out, err = shell.run("fly", plan)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "pm-portfolio-cli --help" in err


def test_an_ambiguous_reference_is_refused_with_the_candidates(shell: Shell, plan: Path) -> None:
    shell.run("do", plan, "projects.create", "name=Pilot two", "code=Q", "start=2027-01-04")
    shell.run("do", plan, "tasks.add", "project=Q", "name=Alpha")
    code, _out, err = shell.run("do", plan, "tasks.rename", "task=Alpha", "name=x")
    assert (code, err.splitlines()[1:]) == (2, ["P/Alpha", "Q/Alpha"])
    assert shell.run("do", plan, "tasks.rename", "task=Nowhere", "name=x")[0] == 3
    code, _out, err = shell.run("export", plan, plan.with_suffix(".csv"))
    assert (code, err.splitlines()[1:]) == (2, ["P", "Q"])


def test_a_file_that_is_not_ours_is_file_trouble(shell: Shell, tmp_path: Path) -> None:
    other = tmp_path / "other.pmpf"
    other.write_bytes(b"something else entirely" * 100)
    for command in ("show", "dump", "schedule", "history"):
        code, _out, err = shell.run(command, other)
        assert code == 4
        assert err.count("\n") == 1


def test_a_missing_file_is_file_trouble(shell: Shell, tmp_path: Path) -> None:
    assert shell.run("show", tmp_path / "nowhere.pmpf")[0] == 4


@pytest.mark.parametrize("ending", [".xml", ".csv", ".xlsx", ".json"])
def test_a_project_is_written_in_every_form(shell: Shell, plan: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"out{ending}"
    assert shell.json("export", plan, target, "--project", "P")["tasks"] == 3
    assert target.stat().st_size > 100


def test_an_unknown_form_is_refused_with_the_known_ones(shell: Shell, plan: Path, tmp_path: Path) -> None:
    code, _out, err = shell.run("export", plan, tmp_path / "out.docx")
    assert code == 3
    assert ".xlsx" in err


def test_an_exported_plan_comes_back_with_no_differences(shell: Shell, plan: Path, tmp_path: Path) -> None:
    source = tmp_path / "pilot.xml"
    shell.run("export", plan, source, "--project", "P")
    other = tmp_path / "other.pmpf"
    shell.run("new", other)
    report = shell.json("import", other, source, "--project", "P")
    assert report["project"] == "P"
    assert report["tasks"] == 3
    assert report["differences"] == []
    assert shell.json("schedule", other) == shell.json("schedule", plan)


def test_a_dry_run_changes_nothing(shell: Shell, plan: Path, tmp_path: Path) -> None:
    source = tmp_path / "pilot.xml"
    shell.run("export", plan, source, "--project", "P")
    other = tmp_path / "other.pmpf"
    shell.run("new", other)
    before = shell.run("dump", other)[1]
    assert shell.json("import", other, source, "--project", "NEW", "--dry-run")["tasks"] == 3
    assert shell.run("dump", other)[1] == before


def test_the_same_source_twice_is_refused_with_the_ways_out(shell: Shell, plan: Path, tmp_path: Path) -> None:
    source = tmp_path / "pilot.xml"
    shell.run("export", plan, source, "--project", "P")
    other = tmp_path / "other.pmpf"
    shell.run("new", other)
    assert shell.run("import", other, source)[0] == 0
    code, _out, err = shell.run("import", other, source)
    assert code == 3
    assert err.count("\n") == 1


def test_backup_and_restore_bring_the_earlier_state_back(shell: Shell, plan: Path) -> None:
    before = shell.run("dump", plan)[1]
    made = shell.json("backup", plan)["backup"]
    shell.run("do", plan, "tasks.delete", "tasks=P/1")
    assert shell.run("dump", plan)[1] != before
    assert shell.run("restore", plan, made)[0] == 0
    assert shell.run("dump", plan)[1] == before


def test_a_sound_file_passes_the_check_and_a_damaged_one_does_not(shell: Shell, plan: Path) -> None:
    assert shell.json("check", plan, "--full")["sound"] is True
    raw = bytearray(plan.read_bytes())
    raw[4096:8192] = bytes(4096)
    plan.write_bytes(raw)
    assert shell.run("check", plan, "--full")[0] == 4


def test_every_operation_is_listed_with_its_arguments(shell: Shell) -> None:
    found = shell.json("operations")["operations"]
    names = {verb["name"] for verb in found}
    assert {"tasks.add", "tasks.rename", "links.link", "projects.create"} <= names
    assert all(verb["label"] and verb["promise"] for verb in found)


def test_several_operations_are_one_step(shell: Shell, plan: Path, tmp_path: Path) -> None:
    before = shell.run("dump", plan)[1]
    steps = tmp_path / "steps.json"
    steps.write_text(
        json.dumps(
            [
                {"operation": "tasks.rename", "arguments": {"task": "P/uid:1", "name": "One"}},
                {"operation": "tasks.rename", "arguments": {"task": "P/uid:2", "name": "Two"}},
            ]
        ),
        encoding="utf-8",
    )
    assert shell.run("do", plan, f"@{steps}")[0] == 0
    assert shell.run("undo", plan)[0] == 0
    assert shell.run("dump", plan)[1] == before


def test_a_value_may_stand_in_a_json_file_and_start_with_an_at_sign(
    shell: Shell, plan: Path, tmp_path: Path
) -> None:
    block = tmp_path / "block.json"
    block.write_text(json.dumps([["P/1", "name", "@home"], ["P/2", "duration", "3d"]]), encoding="utf-8")
    assert shell.run("do", plan, "cells.set_cells", f"block=@{block}")[0] == 0
    assert shell.run("do", plan, "tasks.rename", "task=P/2", "name=@@work")[0] == 0
    tasks = shell.json("schedule", plan, "--project", "P")["tasks"]
    assert [task["name"] for task in tasks[:2]] == ["@home", "@work"]


def test_relative_dates_are_read_on_the_command_line(shell: Shell, plan: Path) -> None:
    assert shell.run("do", plan, "projects.set_status_date", "project=P", "status_date=today")[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ["do", "FILE", "tasks.rename", "task"],
        ["do", "FILE", "tasks.rename", "task=P/1", "task=P/2", "name=x"],
    ],
)
def test_a_command_written_wrongly_is_told_so(shell: Shell, plan: Path, words: list[str]) -> None:
    code, out, err = shell.run(*(str(plan) if word == "FILE" else word for word in words))
    assert (code, out, err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    "words",
    [
        ["new", ""],
        ["new", "/"],
        ["show", "a\0b"],
        ["import", "FILE", "a\0b"],
        ["export", "FILE", "a\0b.xml"],
        ["schedule", "FILE", "--project", ""],
        ["undo", "FILE", "--as", "\n"],
    ],
)
def test_what_names_nothing_is_no_argument(shell: Shell, plan: Path, words: list[str]) -> None:
    code, out, err = shell.run(*(str(plan) if word == "FILE" else word for word in words))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert f"pm-portfolio-cli {words[0]} --help" in err


@pytest.mark.parametrize("content", ["", "{", "5", "null", '"x"', '{"a": 1}', "[1]", "[" * 100_000, "\ufeff"])
def test_steps_that_cannot_be_read_are_refused(
    shell: Shell, plan: Path, tmp_path: Path, content: str
) -> None:
    steps = tmp_path / "steps.json"
    steps.write_text(content, encoding="utf-8")
    code, _out, err = shell.run("do", plan, f"@{steps}")
    assert (code, err.count("\n")) == (3, 1)


def test_a_source_that_cannot_be_read_is_refused_and_is_no_trouble_with_the_file(
    shell: Shell, plan: Path, tmp_path: Path
) -> None:
    source = tmp_path / "source.xml"
    source.write_text("<a", encoding="utf-8")
    code, _out, err = shell.run("import", plan, source)
    assert (code, err.count("\n")) == (3, 1)


def test_a_dry_run_works_while_somebody_else_has_the_file(shell: Shell, plan: Path, tmp_path: Path) -> None:
    source = tmp_path / "pilot.xml"
    shell.run("export", plan, source, "--project", "P")
    with Workspace.open(plan, owner=Who("someone", "laptop")):
        assert shell.json("import", plan, source, "--project", "P", "--dry-run")["tasks"] == 3
        assert shell.run("import", plan, source, "--project", "P")[0] == 4


def test_backups_are_listed_and_a_file_that_is_gone_is_restored(shell: Shell, plan: Path) -> None:
    before = shell.run("dump", plan)[1]
    assert shell.json("backup", plan, "--list")["backups"] == []
    made = shell.json("backup", plan)["backup"]
    assert [each["backup"] for each in shell.json("backup", plan, "--list")["backups"]] == [made]
    plan.unlink()
    assert shell.json("restore", plan, made)["kept"] is None
    assert shell.run("dump", plan)[1] == before


def test_the_rest_of_a_damaged_file_is_written_into_a_new_one(
    shell: Shell, plan: Path, tmp_path: Path
) -> None:
    target = tmp_path / "rest.pmpf"
    assert shell.json("salvage", plan, target)["problems"] == []
    assert shell.run("dump", target)[1] == shell.run("dump", plan)[1]


def test_what_is_printed_for_people_has_every_promised_column(shell: Shell, plan: Path) -> None:
    shell.run("do", plan, "baselines.take", "project=P")
    heads = shell.run("show", plan)[1].splitlines()[0]
    for head in ("Code", "Start", "Finish", "Baseline finish", "Slip", "% complete", "Next milestone"):
        assert head in heads


def test_signs_that_the_output_cannot_take_do_not_end_a_command(plan: Path) -> None:
    name = "Größe 🎉 λ"
    assert main(["do", str(plan), "tasks.rename", "task=P/1", f"name={name}"]) == 0
    here = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for more in ([], ["--json"]):
        words = [sys.executable, "-m", "app", "schedule", str(plan), "--project", "P", *more]
        done = subprocess.run(words, capture_output=True, text=True, env=here, cwd=ROOT)
        assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["tasks"][0]["name"] == name


@pytest.mark.parametrize("command", ["show", "check", "undo", "dump"])
def test_a_folder_and_an_impossible_name_are_told_as_what_they_are(
    shell: Shell, tmp_path: Path, command: str
) -> None:
    code, _out, err = shell.run(command, tmp_path)
    assert (code, err.count("\n")) == (4, 1)
    assert "folder" in err
    code, _out, err = shell.run(command, tmp_path / ("x" * 300))
    assert (code, err.count("\n")) == (4, 1)


@pytest.mark.parametrize("currency", ["", "EURO", "€", "123"])
def test_a_new_portfolio_counts_in_a_currency_there_is(shell: Shell, tmp_path: Path, currency: str) -> None:
    file = tmp_path / "new.pmpf"
    code, _out, err = shell.run("new", file, "--currency", currency)
    assert (code, err.count("\n")) == (3, 1)
    assert not file.exists()
    assert shell.run("new", file, "--currency", "usd")[0] == 0
    assert "USD" in shell.run("dump", file)[1]
