"""Every behaviour in the closed list is named where the source had it otherwise, and nothing is left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.derive.fidelity import LEAF_FIELDS, fidelity_of
from app.derive.fidelity_rules import POLICY_RULES, Rule, Switch
from app.derive.schedule import schedule_of, solved
from app.domain.document import Document
from app.domain.durations import parse_lag
from app.domain.people import Assignment
from app.domain.values import ProjectId, SourceTaskId
from app.domain.work import ConstraintType, SourceTask, Task
from app.engine.cpm import solve
from app.engine.policy import Policy
from app.operations import arrange, dates, links, people, progress, projects, tasks
from tests.app.derive.test_fidelity import six_days
from tests.app.exchange.plans import PROJECT, rich_document
from tests.builders import after, at, person, plan

ACT_NOWHERE_HERE = {"completed-float", "float-by-start", "float-by-finish"}
"""Behaviours that act in none of these small plans: of these only is asked that nothing is unexplained."""
Case = tuple[Document, ProjectId]
SAME = {
    "rest-after-status": {"progress-override"},
    "started-in-summary": {"summary-links"},
    "primavera": {"unstarted-after-status", "started-early-dates", "retained-logic"},
}
"""Behaviours that give the very same dates where only one of several things could be meant."""


def changed(document: Document, kind: type[Any], name: str, **values: Any) -> Document:
    """The document with other values in the records of a kind that have the name (or all, by ``*``)."""
    return Document.holding(
        replace(one, **values) if isinstance(one, kind) and name in ("*", getattr(one, "name", "")) else one
        for one in document.records()
    )


def worlds() -> Iterator[Case]:
    """Small plans, each with something that a behaviour acts on."""
    rich = rich_document()
    yield rich, PROJECT
    head = replace(rich.projects[PROJECT], honor_constraints=True, multiple_critical_paths=False)
    yield Document.holding(head if one.id == PROJECT else one for one in rich.records()), PROJECT
    document, project, (a, b, _) = plan(["3d", "2d", "9d"])
    document = after(document, links.add(a, b))
    fixed = after(document, dates.set_constraint(b, ConstraintType.MSO, at(5)))
    yield fixed, project
    yield after(fixed, projects.set_field(project, "honor_constraints", "no")), project
    yield after(document, dates.set_deadline(b, at(7))), project
    put_off = {"actual_start": at(4), "percent_complete": 33, "stop": at(4, 17), "resume": at(7)}
    yield changed(document, Task, "A", **put_off), project
    yield from calendar_worlds(document, project)
    held, ann = person(document, "Ann")
    held = after(held, people.assign(b, ann))
    yield changed(held, Assignment, "*", delay=480), project
    nested, project, (a, b, c) = plan(["3d", "2d", "9d"])
    nested = after(nested, arrange.indent((c,)), links.add(a, b))
    yield nested, project
    yield after(nested, progress.set_actual_start(c, at(5))), project
    early, project, (a, b, c, _) = plan(["1d", "4d", "3d", "9d"])
    begun = (progress.set_actual_start(c, at(4)), progress.set_percent((c,), 33))
    yield after(early, arrange.indent((b,)), links.add(a, c), *begun), project
    short, project, (a, b, _) = plan(["1d", "0d", "5d"])
    yield after(short, links.add(a, b)), project
    yield after(short, progress.set_percent((a,), 100)), project
    yield from open_work()


def calendar_worlds(document: Document, project: ProjectId) -> Iterator[Case]:
    """A week between two tasks, whose calendars work Saturdays or not."""
    six = six_days(project)
    a, b, _ = document.tasks.of(project)
    document = Document.holding((*document.records(), six))
    document = after(document, links.set_lag(next(iter(document.links.of(project))), parse_lag("6d")))
    yield after(document, tasks.set_calendar((a, b), six.id)), project
    mixed = after(document, tasks.set_calendar((a,), six.id))
    yield mixed, project
    other = after(document, tasks.set_calendar((b,), six.id))
    yield after(other, projects.set_field(project, "lag_calendar", "predecessor")), project


def open_work() -> Iterator[Case]:
    """A task that has begun before the one it waits for was done."""
    document, project, (a, b) = plan(["4d", "4d"])
    document = after(
        document,
        links.add(a, b),
        projects.set_status_date(project, at(6, 17)),
        progress.set_actual_start(b, at(4)),
        progress.set_percent((b,), 25),
    )
    yield document, project
    yield after(document, projects.set_field(project, "progress_rule", "retained_logic")), project


def told_by(document: Document, project: ProjectId, policy: Policy) -> tuple[Document, bool]:
    """The document as if saved by a tool with another policy, and whether that says anything else."""
    answer, result = solved(document, project), schedule_of(document, project)
    plans = [one.project.id for one in answer.model.plans]
    offset = answer.model.offsets[plans.index(project)]
    other = solve(answer.model.prepared, policy)
    rows = []
    for place, id in enumerate(result.outline.tasks):
        said: dict[str, Any] = {
            name: int(getattr(other, name)[offset + place]) for name in LEAF_FIELDS if name != "duration"
        }
        said["critical"] = bool(said["critical"])
        rows.append(SourceTask(SourceTaskId(f"s-{id}"), project, id, **said))
    kept = (one for one in document.records() if not isinstance(one, SourceTask))
    told = Document.holding((*kept, *rows))
    return told, bool(fidelity_of(told, project).differences)


WORLDS = list(worlds())


@pytest.mark.parametrize(("rule", "switch"), POLICY_RULES, ids=[rule.key for rule, _ in POLICY_RULES])
def test_a_behaviour_that_the_source_had_otherwise_is_named_and_nothing_is_unexplained(
    rule: Rule, switch: Switch
) -> None:
    found: Counter[str] = Counter()
    for document, project in WORLDS:
        turned = switch(solved(document, project).policy)
        if turned is not None:
            told, _ = told_by(document, project, turned)
            found.update(one.rule.key for one in fidelity_of(told, project).differences)
    assert found["unexplained"] == 0
    if rule.key in ACT_NOWHERE_HERE:
        return
    assert found.keys() & {rule.key, *SAME.get(rule.key, ())}, found
