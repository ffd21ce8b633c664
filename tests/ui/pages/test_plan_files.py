"""The plan's view put into files: whole or not at all, and never over another file unasked."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox

from app.domain.values import moment
from app.operations import projects, tasks
from tests.windows import Answers, click, picks
from ui.pages.plan import PlanPage

STARTS = {"pdf": b"%PDF", "png": b"\x89PNG", "svg": b"<?xml", "xlsx": b"PK", "csv": b"\xef\xbb\xbf"}
DRAWN = pytest.mark.parametrize("ending", list(STARTS))


@pytest.fixture
def page(bridge, in_sight) -> PlanPage:
    project = bridge.workspace.run(projects.create("Relaunch", "REL", start=moment(2027, 1, 4, 8))).result
    bridge.workspace.run(tasks.add_many(project, ("Analyse", "Build", "Ship")))
    return in_sight(PlanPage)


@pytest.fixture
def said(page) -> list[str]:
    heard: list[str] = []
    page.bridge.noticed.connect(lambda _tone, sentence, _undo: heard.append(sentence))
    return heard


@DRAWN
def test_a_view_is_written_in_the_form_its_ending_says(page, said, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"view.{ending}"
    page.exports.write(target, ending)
    assert target.read_bytes().startswith(STARTS[ending])
    assert said == [f"Wrote view.{ending}."]


@DRAWN
def test_on_a_full_disk_the_old_file_stays_and_success_is_not_claimed(
    page, said, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_number: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    target = tmp_path / f"view.{ending}"
    target.write_bytes(b"as it was")
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(os, "fsync", full)
    page.exports.write(target, ending)
    monkeypatch.undo()
    assert [sentence.startswith("The disk is full") for sentence in said] == [True]
    assert target.read_bytes() == b"as it was"
    assert sorted(tmp_path.iterdir()) == before


def test_a_half_typed_name_takes_the_ending_and_replaces_nothing_unasked(page, said, tmp_path: Path) -> None:
    with Answers(picks(tmp_path / "plan.v2")):
        page.exports.on_export("png")
    assert said == ["Wrote plan.v2.png."]
    kept = tmp_path / "kept.png"
    kept.write_bytes(b"another picture")
    with Answers(picks(tmp_path / "kept"), lambda box: click(box.button(QMessageBox.StandardButton.No))):
        page.exports.on_export("png")
    assert kept.read_bytes() == b"another picture"
    assert len(said) == 1
