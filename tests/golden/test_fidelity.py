"""Real plans through import and schedule: what agrees with the tool that saved them, and why not the rest."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from app.derive.fidelity import Difference, Fidelity, fidelity_of
from app.domain.document import EMPTY, Document
from app.exchange import importing

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "schedules"
JUDGED = (
    "start",
    "finish",
    "critical",
    "total_slack",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the plans with answers are not there"),
]

NOT_BY_MICROSOFT = ("p6-", "third-party-")


def files(pattern: str = "*.xml") -> list[str]:
    return sorted(path.name for path in FOLDER.glob(pattern)) if FOLDER.is_dir() else []


def imported(name: str) -> tuple[Document, Fidelity]:
    plan = importing.read(FOLDER / name, EMPTY)
    document = Document.holding(plan.records)
    return document, fidelity_of(document, plan.project)


def leaves(document: Document, report: Fidelity) -> list[Difference]:
    parents = {task.parent for task in document.tasks}
    return [one for one in report.differences if one.task not in parents]


@pytest.mark.parametrize("name", files())
def test_every_difference_has_a_rule(name: str) -> None:
    _, report = imported(name)
    assert [one for one in report.differences if one.rule.key == "unexplained"] == []


def test_a_plan_from_primavera_keeps_its_dates_although_its_duration_fields_are_empty() -> None:
    document, report = imported("p6-bike-project-18.mspdi.xml")
    finishes = [one for one in leaves(document, report) if one.field in ("finish", "early_finish")]
    assert finishes == []
    assert {one.rule.key for one in report.differences if one.field == "duration"} == {"length-in-dates"}


@pytest.mark.parametrize("name", files("msp-*.xml"))
def test_plans_that_microsoft_project_saved_as_xml_agree_in_everything(name: str) -> None:
    _, report = imported(name)
    assert report.differences == ()


def test_more_answers_agree_than_the_independent_schedulers() -> None:
    index = json.loads((FOLDER / "index.json").read_text(encoding="utf-8"))
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    for name, entry in index.items():
        independent = entry["independent_scheduler"]
        file = f"{name}.mspdi.xml"
        if not independent["agree"] or name.startswith("p6") or not (FOLDER / file).is_file():
            continue
        document, report = imported(file)
        differing = Counter(one.field for one in leaves(document, report))
        for field in JUDGED:
            agreed = independent["agree"][field]
            right = independent["leaf_tasks"] - differing[field]
            assert right >= agreed, (name, field)
            ours[field] += right
            theirs[field] += agreed
    assert all(ours[field] >= theirs[field] for field in JUDGED)
    assert sum(ours.values()) > sum(theirs.values())


def test_plans_of_microsoft_project_differ_in_nothing_but_stale_values_and_free_float() -> None:
    found: Counter[str] = Counter()
    for name in files():
        if not name.startswith(NOT_BY_MICROSOFT):
            _, report = imported(name)
            rest = [one for one in report.differences if one.rule.key not in ("saved-stale", "follows")]
            found.update(one.field for one in rest)
    assert set(found) <= {"free_slack"}
