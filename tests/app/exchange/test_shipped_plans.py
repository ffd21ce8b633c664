"""The plans we ship to try the import with read without a finding, and with the dates they came with."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.derive.schedule import schedule_of
from app.domain.document import EMPTY, Document
from app.exchange.mspdi import read_plan

SHIPPED = sorted((Path(__file__).resolve().parents[3] / "resources" / "samples").glob("*.xml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_plan_has_no_findings_and_its_own_dates(path: Path) -> None:
    plan = read_plan(path, EMPTY)
    document = Document.holding(plan.records)
    result = schedule_of(document, plan.project)
    assert plan.problems == ()
    assert result.problems == ()
    told = {source.task: (source.start, source.finish, source.critical) for source in document.source_tasks}
    ours = {
        task: (int(result.start[place]), int(result.finish[place]), bool(result.critical[place]))
        for task, place in result.places.items()
    }
    assert ours == told


def test_at_least_one_plan_is_shipped() -> None:
    assert SHIPPED
