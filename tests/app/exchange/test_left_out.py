"""What does not go along, in or out, is told by its name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.derive.schedule import schedule_of
from app.domain.document import EMPTY, Document
from app.domain.plan_import import PlanImport
from app.domain.portfolio import CustomField, FieldKind, OwnerKind
from app.domain.values import CustomFieldId, Moment
from app.domain.work import ConstraintType, Task
from app.exchange import exporting
from app.exchange.mspdi import left_out, read_plan
from tests.app.exchange.plans import plan_xml, task_xml
from tests.builders import at

DATES = "<Start>2027-01-04T08:00:00</Start><Finish>2027-01-05T17:00:00</Finish>"
PEOPLE = "<Resources><Resource><UID>1</UID><Name>Ann</Name><Type>1</Type></Resource></Resources>"
ROWS = "".join(
    f"<TimephasedData><Type>1</Type><UID>1</UID><Start>2027-01-0{day}T08:00:00</Start>"
    f"<Finish>2027-01-0{day}T17:00:00</Finish><Unit>2</Unit><Value>PT8H0M0S</Value></TimephasedData>"
    for day in (4, 5)
)


def assigned(task: int, resource: int, more: str = "") -> str:
    return (
        f"<Assignment><UID>{task}{resource + 1}</UID><TaskUID>{task}</TaskUID>"
        f"<ResourceUID>{resource}</ResourceUID><Work>PT16H0M0S</Work>{DATES}{more}</Assignment>"
    )


def plan() -> PlanImport:
    people = f"{PEOPLE}<Assignments>{assigned(1, 1, ROWS)}{assigned(0, 1)}{assigned(0, -1)}</Assignments>"
    frame = "<StartDate>2027-01-04T08:00:00</StartDate>"
    return read_plan(plan_xml(task_xml(1, "Dig", more=DATES), rest=people, frame=frame), EMPTY)


def test_a_budget_of_the_whole_project_is_listed_by_its_resource_and_a_sum_as_worked_out() -> None:
    found = {one.name: one.is_computed for one in plan().not_used}
    assert found["Assignment (budget of the whole project: Ann)"] is False
    assert found["Assignment (sum of the whole project)"] is True


def test_work_by_day_that_moved_stays_behind_and_its_task_and_person_are_named(tmp_path: Path) -> None:
    read = plan()
    document = Document.holding(read.records)
    assert left_out(document, read.project, schedule_of(document, read.project)) == ()
    moved = Document.holding(_moved(one) if isinstance(one, Task) else one for one in read.records)
    told = exporting.write(moved, read.project, tmp_path / "plan.xml")
    assert len(told) == 1
    assert told[0].startswith("Dig, Ann: 2 rows of remaining work")
    assert exporting.write(moved, read.project, tmp_path / "plan.csv") == ()
    again = read_plan(tmp_path / "plan.xml", EMPTY)
    assert "timephased assignment" not in again.source.counts


def _moved(task: Task) -> Task:
    later = Moment(at(11))
    return replace(task, constraint=ConstraintType.SNET, constraint_date=later)


def test_columns_beyond_those_project_has_are_named() -> None:
    read = plan()
    columns = [
        CustomField(
            CustomFieldId(f"f{n:02}"),
            read.project,
            OwnerKind.TASK,
            "",
            f"Flag no {n}",
            FieldKind.FLAG,
            f"r{n:02}",
        )
        for n in range(21)
    ]
    document = Document.holding((*read.records, *columns))
    told = left_out(document, read.project, schedule_of(document, read.project))
    assert [sentence for sentence in told if "Flag no 20" in sentence] == list(told) != []
