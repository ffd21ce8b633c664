"""Commands about the file as a whole: make, list, dump, examine, back up, restore."""

from __future__ import annotations

import argparse

from app import workspace
from app.cli.answers import Console, columns
from app.cli.doors import owner, reading
from app.domain.errors import Problem, Severity
from app.operations.samples import create_sample
from app.settings import Settings
from app.text import tr, trn
from app.views.dump import dump as dump_view
from app.views.portfolio import portfolio, portfolio_facts
from app.views.tables import Ask

SHOWN = ("code", "name", "state", "start", "finish", "baseline_finish", "slip", "percent", "milestone")
"""What ``show`` prints of each project."""


def new(arguments: argparse.Namespace, console: Console) -> int:
    """Make a file, with the sample portfolio in it where asked."""
    made = workspace.Workspace.create(
        arguments.file, owner=owner(arguments), currency=arguments.currency, name=_shown(arguments.file.stem)
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
    """List the projects with start, finish, baseline finish, slip, percent complete and next milestone."""
    with reading(arguments) as door:
        facts = portfolio_facts(door.document)
        wanted = Ask(locale=Settings().locale, columns=SHOWN, column_filters=(("state", "all"),))
        table = portfolio(door.document, wanted)
    heads = [column.title for column in table.columns]
    flush = [place for place, column in enumerate(table.columns) if column.align == "right"]
    lines = columns([heads, *(row.cells for row in table.rows)], right=flush) if table.rows else [table.empty]
    console.answer(facts, lines)
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
    found = [_told(problem) for problem in problems]
    damaged = any(problem.severity is Severity.ERROR for problem in problems)
    lines = [f"{problem.place}: {problem.sentence}" for problem in problems] or [tr("The file is sound.")]
    console.answer({"sound": not damaged, "problems": found}, lines)
    if damaged:
        console.error(
            tr(
                "{file} is damaged; “restore” puts a backup in its place, “salvage” keeps what can be read.",
                file=arguments.file.name,
            )
        )
    return 4 if damaged else 0


def backup(arguments: argparse.Namespace, console: Console) -> int:
    """Make a verified backup and say where it is."""
    if arguments.list:
        return _backups(arguments, console)
    with reading(arguments) as door:
        made = door.back_up()
    console.answer({"backup": str(made)}, [tr("Backed up to {place}.", place=made)])
    return 0


def restore(arguments: argparse.Namespace, console: Console) -> int:
    """Put a backup in the file's place; the file as it was is kept as a backup."""
    kept = workspace.restore(arguments.file, arguments.backup, owner=owner(arguments))
    answer = {"file": str(arguments.file), "kept": None if kept is None else str(kept)}
    sentence = (
        tr("Restored.")
        if kept is None
        else tr("Restored. The file as it was is kept at {place}.", place=kept)
    )
    console.answer(answer, [sentence])
    return 0


def salvage(arguments: argparse.Namespace, console: Console) -> int:
    """Write what can be read of a damaged file into a new one, and say what could not be."""
    problems = workspace.salvage(arguments.file, arguments.target, owner=owner(arguments))
    found = [_told(problem) for problem in problems]
    lines = [f"{problem.place}: {problem.sentence}" for problem in problems]
    console.answer(
        {"target": str(arguments.target), "problems": found},
        [tr("Wrote what could be read to {target}.", target=arguments.target), *lines],
    )
    return 0


def _backups(arguments: argparse.Namespace, console: Console) -> int:
    found = workspace.backups_of(arguments.file)
    rows = [
        {"backup": str(one.place), "utc": one.made_at.isoformat(), "counter": one.counter,
         "reason": one.reason, "size": one.size}
        for one in found
    ]  # fmt: skip
    lines = [f"{row['utc']}  {row['backup']}" for row in rows]
    console.answer({"backups": rows}, lines or [tr("There are no backups of this file.")])
    return 0


def _told(problem: Problem) -> dict[str, str]:
    return {"severity": problem.severity.value, "place": problem.place, "sentence": problem.sentence}


def _shown(name: str) -> str:
    """A file's name as text: what is none, as in names of other systems, comes out escaped."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
