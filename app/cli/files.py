"""Commands about the file as a whole: make, list, dump, examine, back up, restore."""

from __future__ import annotations

import argparse
from typing import Any

from app import workspace
from app.cli.answers import Console, columns
from app.cli.doors import owner, reading
from app.domain.errors import Severity
from app.operations.samples import create_sample
from app.text import tr, trn
from app.views.dump import dump as dump_view
from app.views.portfolio import portfolio_facts


def new(arguments: argparse.Namespace, console: Console) -> int:
    """Make a file, with the sample portfolio in it where asked."""
    made = workspace.Workspace.create(
        arguments.file, owner=owner(arguments), currency=arguments.currency.upper(), name=arguments.file.stem
    )
    with made:
        if arguments.sample:
            made.run(create_sample())
        projects = [project.code for project in made.document.projects]
    sentence = trn("Made {file} with {count} project.", "Made {file} with {count} projects.", len(projects),
                   file=arguments.file)  # fmt: skip
    console.answer({"file": str(arguments.file), "projects": sorted(projects)}, [sentence])
    return 0


def show(arguments: argparse.Namespace, console: Console) -> int:
    """List the projects with start, finish, baseline finish, slip and percent complete."""
    with reading(arguments) as door:
        facts = portfolio_facts(door.document)
    rows = [
        (
            fact["project"],
            fact["name"],
            fact["start"] or "–",
            fact["finish"] or "–",
            f"{fact['percent_complete']} %",
        )
        for fact in facts["projects"]
    ]
    heads = (tr("Code"), tr("Name"), tr("Start"), tr("Finish"), tr("Complete"))
    console.answer(facts, columns([heads, *rows], right=(4,)) if rows else [tr("There are no projects yet.")])
    return 0


def dump(arguments: argparse.Namespace, console: Console) -> int:
    """Print the canonical dump; equal content gives equal text."""
    with reading(arguments) as door:
        text = dump_view(door.document, ids=arguments.ids)
        entries = door.history() if arguments.history else ()
    lines = text.splitlines()
    for entry in reversed(entries):
        when = entry.utc.isoformat()
        lines.append(f"history {entry.counter} {when} {entry.who.name} {entry.kind.value} {entry.label.text}")
    console.answer({"dump": lines}, lines)
    return 0


def check(arguments: argparse.Namespace, console: Console) -> int:
    """Examine the file; damage is file trouble."""
    problems = workspace.examine(arguments.file, full=arguments.full)
    found: list[dict[str, Any]] = [
        {"severity": problem.severity.value, "place": problem.place, "sentence": problem.sentence}
        for problem in problems
    ]
    lines = [f"{problem.place}: {problem.sentence}" for problem in problems] or [tr("The file is sound.")]
    console.answer({"sound": not found, "problems": found}, lines)
    return 4 if any(problem.severity is Severity.ERROR for problem in problems) else 0


def backup(arguments: argparse.Namespace, console: Console) -> int:
    """Make a verified backup and say where it is."""
    with reading(arguments) as door:
        made = door.back_up("asked for")
    console.answer({"backup": str(made)}, [tr("Backed up to {place}.", place=made)])
    return 0


def restore(arguments: argparse.Namespace, console: Console) -> int:
    """Put a backup in the file's place; the file as it was is kept as a backup."""
    kept = workspace.restore(arguments.file, arguments.backup, owner=owner(arguments))
    console.answer(
        {"file": str(arguments.file), "kept": str(kept)},
        [tr("Restored. The file as it was is kept at {place}.", place=kept)],
    )
    return 0
