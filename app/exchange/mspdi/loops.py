"""Links that close a circle are left out of a plan that is read, each with a finding."""

from __future__ import annotations

from app.domain.document import Document
from app.domain.rules.links import loop_of
from app.domain.values import LinkId
from app.domain.work import Link
from app.exchange.mspdi.intake import Intake
from app.text import tr


def break_loops(intake: Intake) -> None:
    """Leave out, of every circle of tasks that wait for each other, the link that comes last in the file.

    Microsoft Project writes no such plan, other tools do; nobody could work out dates from one.
    """
    links = {record.id: record for record in intake.records if isinstance(record, Link)}
    places = {id: place for place, id in enumerate(links)}
    parked: set[LinkId] = set()
    while loop := loop_of(Document.holding([*intake.task_records, *links.values()]), intake.project):
        inside = set(loop)
        found = [one for one in links.values() if one.predecessor in inside and one.successor in inside]
        last = max(found, key=lambda one: places[one.id])
        del links[last.id]
        parked.add(last.id)
        names = {task.id: task.name for task in intake.task_records if task.id in inside}
        uid = next(task.uid for task in intake.task_records if task.id == last.successor)
        circle = " → ".join(f"“{names[task]}”" for task in (*loop, loop[0]))
        intake.warn(
            tr("Task {uid} {name}", uid=uid, name=names[last.successor]),
            tr(
                "Its link from “{name}” closes a circle and was left out: {circle}.",
                name=names[last.predecessor],
                circle=circle,
            ),
        )
    if parked:
        intake.records = [record for record in intake.records if record.id not in parked]
