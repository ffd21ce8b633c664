"""A plan that contradicts itself is put right while it is read, told, and then holds every rule."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from app.domain import rules
from app.domain.document import Document
from app.domain.draft import Draft
from app.domain.errors import FileTrouble
from app.domain.people import Assignment
from app.domain.plan_import import PlanImport
from app.domain.portfolio import Portfolio, Project
from app.domain.values import AssignmentId, PortfolioId, ProjectId, ResourceId, TaskId, moment
from app.domain.work import Link, Task
from app.exchange.mspdi import read_plan, write_plan
from app.operations.imports import import_plan
from tests.app.exchange.plans import PLANS, PROJECT, counting_ids, plan_xml, rich_document, task_xml
from tests.app.exchange.test_hostile_files import _mutated

EMPTY_PORTFOLIO = Document.holding([Portfolio(PortfolioId("all"), "All")])
LINK = "<PredecessorLink><PredecessorUID>{}</PredecessorUID><Type>1</Type></PredecessorLink>"
DAY = "2027-01-{:02}T08:00:00"


def applied(plan: PlanImport, document: Document = EMPTY_PORTFOLIO, **choices: bool) -> Document:
    """The document with the plan in it, all rules held."""
    draft = Draft(document, moment(2027, 1, 1), counting_ids("n"))
    import_plan(plan, **choices).apply(draft)
    rules.check(draft.result(), draft.changes())
    return draft.result()


@pytest.mark.parametrize(
    "tasks",
    [
        task_xml(1) + task_xml(2, level=2, more=LINK.format(1)),
        task_xml(
            1, more=f"<ActualStart>{DAY.format(9)}</ActualStart><ActualFinish>{DAY.format(8)}</ActualFinish>"
        ),
        task_xml(1, more=f"<Stop>{DAY.format(9)}</Stop><Resume>{DAY.format(8)}</Resume>"),
        task_xml(
            1,
            more=f"<Manual>1</Manual><ManualStart>{DAY.format(9)}</ManualStart>"
            f"<ManualFinish>{DAY.format(8)}</ManualFinish>",
        ),
        task_xml(1, more="<Work>-PT8H0M0S</Work>"),
        task_xml(1) + task_xml(2, more=LINK.format(2)),
        task_xml(1) + task_xml(2, more=LINK.format(1) * 2),
        task_xml(1, more=LINK.format(2)) + task_xml(2, more=LINK.format(1)),
        task_xml(1, more=LINK.format(3)) + task_xml(2, level=2) + task_xml(3, more=LINK.format(2)),
    ],
    ids=[
        "link into own summary",
        "actuals",
        "stop",
        "manual",
        "work",
        "itself",
        "twice",
        "circle",
        "circle through a summary",
    ],
)
def test_each_contradiction_is_told_and_the_rest_comes_in(tasks: str) -> None:
    plan = read_plan(plan_xml(tasks), EMPTY_PORTFOLIO)
    assert plan.problems
    assert len(list(applied(plan).tasks)) == tasks.count("<Task>")


def test_of_every_circle_only_the_last_link_is_left_out_and_named() -> None:
    tasks = (
        task_xml(1, "A", more=LINK.format(3))
        + task_xml(2, "B", more=LINK.format(1))
        + task_xml(3, "C", more=LINK.format(2))
        + task_xml(4, "D", more=LINK.format(3) + LINK.format(5))
        + task_xml(5, "E", more=LINK.format(4))
    )
    plan = read_plan(plan_xml(tasks), EMPTY_PORTFOLIO)
    document = applied(plan)
    kept = [
        document.tasks[link.predecessor].name + document.tasks[link.successor].name for link in document.links
    ]
    assert sorted(kept) == ["AB", "CA", "CD", "ED"]
    assert {problem.place for problem in plan.problems} == {"Task 3 C", "Task 5 E"}
    assert all("circle" in problem.sentence for problem in plan.problems)


def test_negative_assignments_and_periods_that_run_backwards_are_put_right() -> None:
    rest = """<Resources><Resource><UID>1</UID><Name>Ann</Name><MaxUnits>-1</MaxUnits><AvailabilityPeriods>
    <AvailabilityPeriod><AvailableFrom>2027-05-01T00:00:00</AvailableFrom>
    <AvailableTo>2027-04-01T00:00:00</AvailableTo><AvailableUnits>-2</AvailableUnits></AvailabilityPeriod>
    </AvailabilityPeriods><Rates><Rate><RatesFrom>2027-05-01T00:00:00</RatesFrom>
    <RatesTo>2027-04-01T00:00:00</RatesTo></Rate></Rates></Resource></Resources><Assignments><Assignment>
    <UID>1</UID><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>-1</Units><Work>-PT8H0M0S</Work>
    </Assignment></Assignments>"""
    plan = read_plan(plan_xml(task_xml(1), rest=rest), EMPTY_PORTFOLIO)
    assert len(plan.problems) == 4
    assert len(list(applied(plan).assignments)) == 1


def test_a_damaged_plan_that_can_be_read_can_be_imported() -> None:
    content = write_plan(rich_document(), PROJECT, None)
    dice = random.Random(5)
    taken = 0
    for _ in range(60):
        try:
            plan = read_plan(_mutated(content, dice), EMPTY_PORTFOLIO, name="damaged.xml")
        except FileTrouble:
            continue
        applied(plan)
        taken += 1
    assert taken > 20


@pytest.mark.parametrize(
    "path", sorted(PLANS.glob("*.xml")) or [None], ids=lambda one: one.name if one else "none"
)
def test_every_real_plan_holds_every_rule(path: object) -> None:
    if path is None:
        pytest.skip("the plans beside the repository are not there")
    plan = read_plan(path, EMPTY_PORTFOLIO)  # type: ignore[arg-type]
    applied(plan)


def test_what_was_added_here_never_counts_as_vanished() -> None:
    resources = "<Resources><Resource><UID>1</UID><Name>Ann</Name></Resource></Resources>"
    first = read_plan(plan_xml(task_xml(1) + task_xml(2), rest=resources), EMPTY_PORTFOLIO, project_code="M")
    document = applied(first)
    theirs = next(task for task in document.tasks if task.uid == 1)
    ann = next(iter(document.resources))
    project = ProjectId(first.project)
    mine = Task(TaskId("mine"), project, 3, theirs.id, "z", "Added here")
    helped = Assignment(AssignmentId("h"), project, mine.id, ResourceId(ann.id))
    document = Document.holding((*document.records(), mine, helped))
    later = read_plan(
        plan_xml(task_xml(3, "New there")), document, project_code="M", new_id=counting_ids("k")
    )
    assert {record.uid for record in later.vanished if isinstance(record, Task)} == {2}
    after = applied(later, document, accept_vanished=True)
    assert sorted((task.uid, task.name) for task in after.tasks) == [
        (1, "Task 1"),
        (3, "New there"),
        (4, "Added here"),
    ]
    assert [one.name for one in after.resources] == ["Ann"]
    assert not list(after.links)
    assert replace(mine, uid=4) in list(after.tasks)
    assert not any(isinstance(record, Link) for record in later.vanished)


@pytest.mark.parametrize(
    ("named", "taken", "told"),
    [
        ("<CurrencyCode>CHF</CurrencyCode>", "CHF", ""),
        ("<CurrencyCode>EURO</CurrencyCode>", "EUR", "“EURO”"),
        ("<CurrencyCode>XYZ</CurrencyCode><CurrencySymbol>$</CurrencySymbol>", "USD", "“XYZ”"),
        ("<CurrencySymbol>$</CurrencySymbol>", "USD", "“$”"),
        ("", "EUR", "no currency"),
    ],
)
def test_a_currency_that_a_plan_does_not_name_plainly_is_told(named: str, taken: str, told: str) -> None:
    text = plan_xml(task_xml(1)).replace(b"<CurrencyCode>EUR</CurrencyCode>", named.encode())
    plan = read_plan(text, EMPTY_PORTFOLIO)
    (project,) = (record for record in plan.records if isinstance(record, Project))
    assert project.currency == taken
    sentences = [problem.sentence for problem in plan.problems]
    assert (sentences == []) if not told else (told in sentences[0] and taken in sentences[0])


def test_characters_that_cannot_be_seen_are_left_out_of_a_plan_s_texts_and_told() -> None:
    plan = read_plan(plan_xml(task_xml(1, "Pour\x85\x9b concrete")), EMPTY_PORTFOLIO)
    document = applied(plan)
    assert [task.name for task in document.tasks] == ["Pour concrete"]
    assert any("cannot be seen" in problem.sentence for problem in plan.problems)


def test_a_name_of_forty_thousand_characters_is_cut_and_told() -> None:
    plan = read_plan(plan_xml(task_xml(1, "x" * 40_000)), EMPTY_PORTFOLIO)
    (task,) = applied(plan).tasks
    assert len(task.name) == 32_000
    assert any("was cut" in problem.sentence for problem in plan.problems)
