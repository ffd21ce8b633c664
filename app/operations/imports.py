"""Applying what reading a foreign plan proposes: a new project, or an update of one that is there."""

from __future__ import annotations

from app.domain.draft import Draft
from app.domain.plan_import import PlanImport, refuse_second_time
from app.domain.work import Task
from app.operations.lines import drop_tasks
from app.operations.operation import operation
from app.text import mark


@operation(mark("Import plan"))
def import_plan(draft: Draft, plan: PlanImport, accept_vanished: bool = False, again: bool = False) -> None:
    """Put a plan that was read into the portfolio; what the source no longer holds stays unless accepted.

    Raises:
        Refusal: the same source was imported already and ``again`` is not said.
    """
    if not again:
        refuse_second_time(plan)
    for record in plan.records:
        draft.put(record)
    if accept_vanished:
        drop_tasks(draft, [row for row in plan.vanished if isinstance(row, Task) and row.id in draft.tasks])
        for record in plan.vanished:
            draft.drop(record)
    tasks = sum(1 for record in plan.records if isinstance(record, Task))
    draft.name(mark("Import {name} ({count} tasks)"), name=plan.source.name, count=tasks)
