"""What a project holds that does not go out with it as Microsoft Project XML, each by its name."""

from __future__ import annotations

from app.derive.schedule import ScheduleResult
from app.domain.document import Document
from app.domain.values import ProjectId
from app.exchange.mspdi.outgo import Outgo, outgo_of
from app.exchange.mspdi.people_out import told_rows
from app.text import tr


def left_out(document: Document, project: ProjectId, schedule: ScheduleResult | None) -> tuple[str, ...]:
    """A sentence for each thing that stays behind; none where all goes along."""
    outgo = outgo_of(document, project)
    return (*_moved_work(document, outgo, schedule), *_columns_without_place(outgo))


def _moved_work(document: Document, outgo: Outgo, schedule: ScheduleResult | None) -> list[str]:
    told = told_rows(document, outgo, schedule)
    names = {task.id: task.name for task in outgo.tasks}
    people = {one.id: one.name for one in outgo.resources}
    found: list[str] = []
    for one in outgo.assignments:
        count = len(outgo.timephased.get(one.id, ())) - len(told[one.id])
        if count:
            who = tr("nobody") if one.resource is None else people.get(one.resource, tr("nobody"))
            found.append(
                tr(
                    "{task}, {resource}: {count} rows of remaining work by day stay behind, since the work "
                    "lies elsewhere now; Microsoft Project spreads it anew.",
                    task=names[one.task],
                    resource=who,
                    count=count,
                )
            )
    return found


def _columns_without_place(outgo: Outgo) -> list[str]:
    return [
        tr(
            "The column {name} stays behind: Microsoft Project has no more fields of its kind.",
            name=one.alias,
        )
        for one in outgo.fields
        if one.id not in outgo.codes
    ]
