"""Files are told by what they are, and written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from app.domain.document import EMPTY
from app.domain.errors import FileTrouble, Refusal, TroubleKind
from app.exchange import exporting, importing
from tests.app.exchange.plans import PROJECT, plan_xml, rich_document, task_xml


@pytest.mark.parametrize("ending", exporting.ENDINGS)
def test_each_ending_writes_its_form_and_replaces_what_was_there(ending: str, tmp_path: Path) -> None:
    target = tmp_path / f"plan{ending.upper()}"
    target.write_text("old")
    exporting.write(rich_document(), PROJECT, target)
    starts = {".xml": b"<?xml", ".csv": b"\xef\xbb\xbf", ".xlsx": b"PK", ".json": b"{"}
    assert target.read_bytes().startswith(starts[ending])
    assert list(tmp_path.iterdir()) == [target]


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"\.xlsx"):
        exporting.write(rich_document(), PROJECT, tmp_path / "plan.mpp")


def test_a_missing_folder_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble) as trouble:
        exporting.write(rich_document(), PROJECT, tmp_path / "none" / "plan.csv")
    assert trouble.value.kind is TroubleKind.MISSING
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk is there")
def test_a_target_that_is_a_folder_leaves_no_part_behind(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").mkdir()
    with pytest.raises(FileTrouble):
        exporting.write(rich_document(), PROJECT, tmp_path / "plan.csv")
    assert [one.name for one in tmp_path.iterdir()] == ["plan.csv"]


@pytest.mark.skipif(os.name == "nt", reason="rights are Unix's")
def test_a_replaced_file_keeps_its_rights(tmp_path: Path) -> None:
    target = tmp_path / "plan.json"
    target.write_text("old")
    target.chmod(0o640)
    exporting.write(rich_document(), PROJECT, target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_plan_is_read_by_its_file_and_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "move.xml"
    source.write_bytes(plan_xml(task_xml(1)))
    plan = importing.read(source, EMPTY, kind="plan", project_code="MOVE")
    assert (plan.project_code, plan.source.name) == ("MOVE", "move.xml")
    with pytest.raises(Refusal, match="auto, plan"):
        importing.read(source, EMPTY, kind="ledger")
