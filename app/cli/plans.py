"""Commands about plans: import with the fidelity report, the dates, and export."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import app.exchange.exporting as exporting
import app.exchange.importing as importing
from app.cli.answers import Console, columns
from app.cli.doors import opened, project_asked, reading
from app.domain.draft import fresh_id
from app.domain.errors import Refusal
from app.operations.imports import import_plan
from app.text import tr, trn
from app.views.fidelity import fidelity_json, fidelity_lines
from app.views.portfolio import task_count
from app.views.schedule_json import project_json, schedule_json


def import_(arguments: argparse.Namespace, console: Console) -> int:
    """Import a plan and print the fidelity report; a dry run changes nothing."""
    with (reading if arguments.dry_run else opened)(arguments) as door:
        plan = importing.read(
            arguments.source,
            door.document,
            kind=arguments.kind,
            project_code=arguments.project,
            new_id=fresh_id,
        )
        step = import_plan(plan, accept_vanished=arguments.accept_vanished, again=arguments.again)
        document = door.what_if(step) if arguments.dry_run else door.document
        if not arguments.dry_run:
            door.run(step)
            document = door.document
        report = fidelity_json(document, plan)
        lines = fidelity_lines(document, plan)
    console.answer(report, lines)
    return 0


def schedule(arguments: argparse.Namespace, console: Console) -> int:
    """Print the dates of one project, or of all."""
    with reading(arguments) as door:
        document = door.document
        if arguments.project is None:
            value: dict[str, Any] = schedule_json(document)
            shown = value["projects"]
        else:
            value = project_json(document, project_asked(document, arguments.project).id)
            shown = [value]
    lines: list[str] = []
    for project in shown:
        lines += [f"{project['project']}  {project['start'] or '–'} – {project['finish'] or '–'}"]
        rows = [
            (
                task["wbs"],
                task["name"],
                task["start"] or "–",
                task["finish"] or "–",
                tr("critical") if task["critical"] else "",
            )
            for task in project["tasks"]
        ]
        lines += columns([(tr("WBS"), tr("Name"), tr("Start"), tr("Finish"), ""), *rows])
    console.answer(value, lines or [tr("There are no projects yet.")])
    return 0


def export(arguments: argparse.Namespace, console: Console) -> int:
    """Write a project, in the form the target's ending says, whole or not at all."""
    target: Path = arguments.target
    ending = target.suffix.lower()
    if ending not in exporting.ENDINGS:
        known = ", ".join(exporting.ENDINGS)
        raise Refusal(
            tr("“{ending}” is no form to export to; use one of {known}.", ending=ending, known=known)
        )
    with reading(arguments) as door:
        document = door.document
        project = project_asked(document, arguments.project)
    behind = exporting.write(document, project.id, target)
    count = task_count(document, project.id)
    console.answer(
        {"target": str(target), "project": project.code, "tasks": count, "left_out": list(behind)},
        [
            trn("Wrote {count} task to {target}.", "Wrote {count} tasks to {target}.", count, target=target),
            *behind,
        ],
    )
    return 0
