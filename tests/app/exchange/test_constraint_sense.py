"""One element that says whether constraint dates are honoured, whoever wrote it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.document import EMPTY, Document
from app.domain.portfolio import Project
from app.exchange.mspdi import read_plan, write_plan
from tests.app.exchange.plans import PLANS, PROJECT, plan_xml, rich_document, task_xml


def honored(content: bytes) -> bool:
    return next(
        one for one in read_plan(content, EMPTY).records if isinstance(one, Project)
    ).honor_constraints


@pytest.mark.parametrize(
    ("frame", "value", "is_honored"),
    [
        ("", None, True),
        ("<SaveVersion>0</SaveVersion>", 0, True),
        ("<SaveVersion>0</SaveVersion>", 1, True),
        ("<SaveVersion>12</SaveVersion>", 0, True),
        ("<SaveVersion>12</SaveVersion>", 1, False),
        ("<BuildNumber>16.0.1</BuildNumber>", 0, True),
        ("<BuildNumber>16.0.1</BuildNumber>", 1, False),
        ("", 0, False),
        ("", 1, True),
    ],
)
def test_project_switches_the_setting_on_by_nought_and_other_tools_by_one(
    frame: str, value: int | None, is_honored: bool
) -> None:
    frame += "" if value is None else f"<HonorConstraints>{value}</HonorConstraints>"
    assert honored(plan_xml(task_xml(1), frame=frame)) is is_honored


def test_a_plan_saved_in_both_forms_is_read_alike() -> None:
    as_saved, converted = PLANS / "msp-sample.xml", PLANS / "sample-20-links.mspdi.xml"
    if not as_saved.is_file():
        pytest.skip("the plans beside the repository are not there")
    assert b"<HonorConstraints>0<" in as_saved.read_bytes()
    assert b"<HonorConstraints>1<" in converted.read_bytes()
    assert honored(as_saved.read_bytes())
    assert honored(converted.read_bytes())


@pytest.mark.parametrize("is_honored", [True, False])
def test_the_setting_is_written_as_project_writes_it_and_comes_back(is_honored: bool) -> None:
    document = rich_document()
    project = replace(document.projects[PROJECT], honor_constraints=is_honored)
    changed = Document.holding(project if one.id == PROJECT else one for one in document.records())
    content = write_plan(changed, PROJECT, None)
    assert f"<HonorConstraints>{0 if is_honored else 1}</HonorConstraints>".encode() in content
    assert honored(content) is is_honored
