"""Counts and sums of real plans, taken from their raw XML, equal those of the records we make of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.domain.calendars import Calendar, CalendarException, WorkWeek
from app.domain.document import EMPTY
from app.domain.errors import Severity
from app.domain.people import Assignment, Availability, Rate, Resource
from app.domain.plan_import import PlanImport
from app.domain.portfolio import BaselineValue, CustomField, CustomValue, OwnerKind
from app.domain.records import Record
from app.domain.values import from_iso
from app.domain.work import Link, SourceTask, Task, Timephased
from app.exchange.mspdi import read_plan

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "schedules"
FACTS = FOLDER / "msp-facts.json"
FACTS_BY_FILE: dict[str, dict[str, Any]] = json.loads(FACTS.read_text()) if FACTS.is_file() else {}
SUMMARY_ROW = 1
NAMED_NOBODY = {"third-party-ganttproject-holidays.xml": 1}
"""Its one resource is the "no resource" row, which that tool gives a name."""


def of(plan: PlanImport, kind: type[Any]) -> list[Any]:
    return [record for record in plan.records if isinstance(record, kind)]


def left(plan: PlanImport, name: str) -> int:
    return sum(one.count for one in plan.not_used if one.name == name)


@pytest.fixture(params=sorted(FACTS_BY_FILE) or ["not there"])
def case(request: pytest.FixtureRequest) -> tuple[str, dict[str, Any], PlanImport]:
    name: str = request.param
    if name not in FACTS_BY_FILE:
        pytest.skip("the plans beside the repository are not there")
    return name, FACTS_BY_FILE[name], read_plan(FOLDER / name, EMPTY)


def test_every_task_resource_and_assignment_is_there(case: tuple[str, dict[str, Any], PlanImport]) -> None:
    name, facts, plan = case
    tasks: list[Task] = of(plan, Task)
    top = plan.source.counts.get("tasks", 0) - len(tasks)
    assert top in (0, SUMMARY_ROW)
    assert len(tasks) + top + plan.blank_rows == facts["tasks"]
    assert plan.blank_rows == facts["blank_rows"]
    assert sum(task.milestone for task in tasks) == facts["milestones"]
    if not name.startswith("third-party"):
        parents = {task.parent for task in tasks} - {None}
        assert len(parents) + top == facts["summary"]
    assert len(of(plan, Resource)) + NAMED_NOBODY.get(name, 0) == facts["resources"]
    whole = sum(one.count for one in plan.not_used if one.name.startswith("Assignment ("))
    assert len(of(plan, Assignment)) + whole == facts["assignments"]


def test_every_link_and_lag_is_there(case: tuple[str, dict[str, Any], PlanImport]) -> None:
    _, facts, plan = case
    links: list[Link] = of(plan, Link)
    assert Counter(link.type.value for link in links) == Counter(facts["links"])
    lags = Counter(link.lag * 10 for link in links if link.lag)
    assert lags == Counter({int(text.split()[0]): count for text, count in facts["link_lags"].items()})


def test_every_calendar_rate_and_column_is_there(case: tuple[str, dict[str, Any], PlanImport]) -> None:
    _, facts, plan = case
    assert len(of(plan, Calendar)) == facts["calendars"]
    expected = facts["calendar_exceptions"] or facts["old_style_exception_days"]
    assert len(of(plan, CalendarException)) == expected
    assert len(of(plan, WorkWeek)) == facts["work_weeks"]
    if facts["rates"]:
        assert len(of(plan, Rate)) == facts["rates"]
    assert len(of(plan, Availability)) == facts["availability_periods"]
    columns = len(of(plan, CustomField)) + left(plan, "ExtendedAttribute without name and value")
    assert columns + len(of(plan, CustomValue)) == facts["extended_attributes"]


def test_every_baseline_and_time_phased_row_is_there(case: tuple[str, dict[str, Any], PlanImport]) -> None:
    _, facts, plan = case
    rows: list[Timephased] = of(plan, Timephased)
    assert sum(len(one.rows) for one in rows) == facts["timephased_rows"]
    values: list[BaselineValue] = of(plan, BaselineValue)
    assert len(values) == facts["baselines"]
    assert {value.owner_kind for value in values} <= set(OwnerKind)


def test_sums_and_ends_are_the_same(case: tuple[str, dict[str, Any], PlanImport]) -> None:
    _, facts, plan = case
    tasks: list[Task] = of(plan, Task)
    inner = {task.parent for task in tasks}
    leaves = {task.id for task in tasks if task.id not in inner}
    sources: list[SourceTask] = of(plan, SourceTask)
    assert sum(task.work or 0 for task in tasks) == facts["task_work_minutes_non_summary"]
    costs = sum(source.cost or 0 for source in sources if source.task in leaves)
    assert costs == facts["task_cost_hundredths_non_summary"]
    if facts["earliest_start"] and leaves:
        starts = [source.start for source in sources if source.start is not None]
        finishes = [source.finish for source in sources if source.finish is not None]
        assert min(starts) == from_iso(facts["earliest_start"])
        assert max(finishes) == from_iso(facts["latest_finish"])


def test_no_real_plan_brings_a_finding(case: tuple[str, dict[str, Any], PlanImport]) -> None:
    _, _, plan = case
    assert [problem for problem in plan.problems if problem.severity is not Severity.NOTE] == []
    records: tuple[Record, ...] = plan.records
    assert len({record.id for record in records}) == len(records)
