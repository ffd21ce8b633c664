"""A plan that leaves and comes back is the same plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.derive.schedule import schedule_of
from app.domain.document import EMPTY, Document
from app.domain.values import ProjectId, TaskId
from app.exchange.mspdi import read_plan, write_plan
from app.views.dump import dump
from tests.app.exchange.plans import PLANS, PROJECT, counting_ids, rich_document

REAL = sorted(PLANS.glob("*.xml")) if PLANS.is_dir() else []


def _written(document: Document, project: ProjectId) -> bytes:
    return write_plan(document, project, schedule_of(document, project))


@pytest.mark.parametrize("path", REAL or [None], ids=lambda path: path.name if path else "not there")
def test_a_real_plan_imported_and_exported_comes_back_with_an_equal_dump(path: Path | None) -> None:
    if path is None:
        pytest.skip("the plans beside the repository are not there")
    plan = read_plan(path, EMPTY)
    before = Document.holding(plan.records)
    again = read_plan(_written(before, plan.project), EMPTY, project_code=plan.project_code, name="again.xml")
    assert dump(Document.holding(again.records)) == dump(before)


def test_every_decision_of_a_rich_plan_survives_the_way_out_and_back() -> None:
    document = rich_document()
    again = read_plan(_written(document, PROJECT), document, project_code="NET", new_id=counting_ids())
    told = {}
    for record in again.records:
        before = next((one for one in document.records() if one.id == record.id), None)
        if before is not None and before != record:
            told[record.id] = {
                name: (getattr(before, name), getattr(record, name))
                for name in record.__dataclass_fields__
                if getattr(before, name) != getattr(record, name) and not name.startswith(("source", "rank"))
            }
    # The portfolio's calendar comes back as a copy of the project's own; all else is as it was.
    assert told.pop("c1").keys() == {"base"}
    assert told.pop("t3").keys() == {"calendar"}
    assert {id: fields for id, fields in told.items() if fields} == {}
    assert again.vanished == ()


def test_what_was_written_is_the_same_when_it_is_read_and_written_again() -> None:
    document = rich_document()
    first = _written(document, PROJECT)
    once = read_plan(first, EMPTY, project_code="NET", new_id=counting_ids("a"))
    second = _written(Document.holding(once.records), once.project)
    twice = read_plan(second, EMPTY, project_code="NET", new_id=counting_ids("b"))
    assert _written(Document.holding(twice.records), twice.project) == second
    assert dump(Document.holding(twice.records)) == dump(Document.holding(once.records))


def test_splits_made_here_come_back_although_nobody_is_assigned() -> None:
    document = rich_document()
    splits = document.tasks[TaskId("t3")].splits
    again = read_plan(_written(document, PROJECT), EMPTY)
    found = next(task for task in Document.holding(again.records).tasks if task.uid == 12)
    assert splits
    assert found.splits == splits


def test_a_link_from_another_project_of_the_portfolio_finds_its_task_again() -> None:
    document = rich_document()
    again = read_plan(_written(document, PROJECT), document, project_code="COPY")
    assert "q1" in {record.predecessor for record in again.records if hasattr(record, "predecessor")}
    alone = read_plan(_written(document, PROJECT), EMPTY)
    assert any("OTHER\\12" in problem.sentence for problem in alone.problems)
    assert any(one.name == "CrossProjectName" for one in alone.not_used)
