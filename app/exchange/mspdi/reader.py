"""A Microsoft Project XML file read into a proposal: what it would bring, change and leave aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.domain.codes import free_code
from app.domain.document import Document
from app.domain.draft import fresh_id
from app.domain.plan_import import PlanImport, PlanSource
from app.domain.portfolio import OwnerKind
from app.domain.records import ORDER, Record, table_of
from app.domain.values import ProjectId
from app.domain.work import TimephasedRow
from app.exchange.mspdi.calendars_in import read_calendars
from app.exchange.mspdi.extras_in import (
    put_custom_fields,
    read_baselines,
    read_custom_fields,
    read_custom_values,
    read_timephased,
)
from app.exchange.mspdi.fields import Fields
from app.exchange.mspdi.intake import Ids, Intake
from app.exchange.mspdi.loops import break_loops
from app.exchange.mspdi.not_used import tally
from app.exchange.mspdi.people_in import read_assignments, read_resources
from app.exchange.mspdi.project_in import (
    application_of,
    project_of,
    project_with_code,
    project_with_digest,
    read_conventions,
)
from app.exchange.mspdi.splits import find_splits
from app.exchange.mspdi.tasks_in import read_tasks
from app.exchange.mspdi.vanished import vanished_of
from app.exchange.mspdi.xml_source import XmlPlan, read_xml
from app.text import tr


def read_plan(
    source: Path | bytes,
    document: Document,
    *,
    project_code: str | None = None,
    new_id: Callable[[], str] = fresh_id,
    name: str = "",
) -> PlanImport:
    """Read a plan and compare it with the document; nothing is changed.

    Without ``project_code`` a code is made from the title. With the code of an existing project
    the plan is read as a new state of that project: things are known again by GUID, UID and
    natural key. ``name`` is the file's name where ``source`` is its content.

    Raises:
        FileTrouble: the file is missing, or no plan that can be read (INPUT).
    """
    plan = read_xml(source, name)
    fields = Fields(plan.root, tr("Plan"), [])
    existing = None if project_code is None else project_with_code(document, project_code)
    title = fields.line("Title") or plan.name
    code = existing.code if existing else project_code or free_code(title, document.projects)
    project = existing.id if existing else ProjectId(new_id())
    intake = Intake(project, Ids(document, project, new_id))
    fields.problems = intake.problems
    _read(plan, fields, code, document, intake)
    twin = project_with_digest(document, plan.digest) if project_code is None else None
    proposal = _proposal(plan, fields, code, existing is not None, document, intake)
    return replace(proposal, already_in=twin.code if twin else "")


def _read(plan: XmlPlan, fields: Fields, code: str, document: Document, intake: Intake) -> None:
    root = plan.root
    currency = read_conventions(fields, document, intake)
    read_calendars(root, intake)
    project = project_of(plan, fields, code, currency, document, intake)
    read_custom_fields(root, intake)
    summary, tasks = read_tasks(root, project, document, intake)
    break_loops(intake)
    resources = read_resources(root, intake)
    assignments = read_assignments(root, intake)
    for row, task in tasks:
        _extras(row, task, OwnerKind.TASK, intake)
    for row, resource in resources:
        _extras(row, resource, OwnerKind.RESOURCE, intake)
    rows = {
        assignment.id: _extras(row, assignment.id, OwnerKind.ASSIGNMENT, intake)
        for row, assignment in assignments
    }
    for assignment in find_splits(project, [found for _, found in assignments], rows, intake):
        intake.put(assignment)
    if summary is not None:
        project = replace(project, notes=summary.text("Notes"))
        _extras(summary, project.id, OwnerKind.PROJECT, intake)
    put_custom_fields(intake)
    intake.put(project)


def _extras(fields: Fields, owner: str, kind: OwnerKind, intake: Intake) -> tuple[TimephasedRow, ...]:
    read_custom_values(fields, owner, intake)
    read_baselines(fields, owner, kind, intake)
    return read_timephased(fields, owner, kind, intake)


def _proposal(
    plan: XmlPlan, fields: Fields, code: str, is_update: bool, document: Document, intake: Intake
) -> PlanImport:
    records = sorted(intake.records, key=lambda record: ORDER[table_of(record)])
    new: list[Record] = []
    changed: list[Record] = []
    for record in records:
        before = document.table(table_of(record)).get(record.id)
        if before is None:
            new.append(record)
        elif before != record:
            changed.append(record)
    return PlanImport(
        project=intake.project,
        project_code=code,
        is_update=is_update,
        records=tuple(records),
        new=tuple(new),
        changed=tuple(changed),
        same=len(records) - len(new) - len(changed),
        vanished=vanished_of(document, intake),
        problems=tuple(intake.problems),
        not_used=tally(plan.root, intake),
        blank_rows=intake.blank_rows,
        source=PlanSource(
            name=plan.name,
            digest=plan.digest,
            application=application_of(fields),
            title=fields.line("Title"),
            guid=fields.line("GUID"),
            saved_by_microsoft_project=fields.has("BuildNumber"),
            counts=dict(intake.counts),
        ),
    )
