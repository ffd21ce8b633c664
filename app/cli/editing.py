"""Commands that change the portfolio by named operations, and the history they leave."""

from __future__ import annotations

import argparse

from app.cli.answers import Console
from app.cli.doors import opened, reading
from app.cli.given import pairs, steps_at
from app.domain.changes import ChangeSet
from app.operations import register
from app.operations.arguments import described, several, step_of
from app.text import tr, trn


def history(arguments: argparse.Namespace, console: Console) -> int:
    """List the journal, newest first."""
    with reading(arguments) as door:
        entries = door.history()
    rows = [
        {
            "counter": entry.counter,
            "utc": entry.utc.isoformat(),
            "user": entry.who.name,
            "machine": entry.who.machine,
            "kind": entry.kind.value,
            "label": entry.label.text,
        }
        for entry in entries
    ]
    lines = [
        f"{row['counter']:>5}  {row['utc']}  {row['user']}  {row['kind']:<4}  {row['label']}" for row in rows
    ]
    console.answer({"entries": rows}, lines or [tr("Nothing has been changed yet.")])
    return 0


def undo(arguments: argparse.Namespace, console: Console) -> int:
    """Take the last step back."""
    with opened(arguments) as door:
        changes = door.undo()
    return _said(console, "undone", tr("Took back: {label}.", label=changes.label.text), changes)


def redo(arguments: argparse.Namespace, console: Console) -> int:
    """Do again what was taken back last."""
    with opened(arguments) as door:
        changes = door.redo()
    return _said(console, "redone", tr("Done again: {label}.", label=changes.label.text), changes)


def operations(arguments: argparse.Namespace, console: Console) -> int:
    """List every registered operation with its arguments."""
    found = [described(verb) for _name, verb in sorted(register().items())]
    lines: list[str] = []
    for verb in found:
        words = " ".join(
            f"{a['name']}={a['kind']}" if a["required"] else f"[{a['name']}={a['kind']}]"
            for a in verb["arguments"]
        )
        lines += [f"{verb['name']} {words}".rstrip(), f"    {verb['promise']}"]
    console.answer({"operations": found}, lines)
    return 0


def do(arguments: argparse.Namespace, console: Console) -> int:
    """Run one operation, or with ``@FILE.json`` a list of them as one step; print the ids it made."""
    with opened(arguments) as door:
        if arguments.operation.startswith("@"):
            step = several(door.document, steps_at(arguments.operation[1:]))
        else:
            values = pairs(arguments.arguments)
            step = step_of(door.document, arguments.operation, values, door.clock.moment)
        outcome = door.run(step)
    changes = outcome.changes
    made = [change.id for change in changes.changes if change.before is None]
    answer = {
        "label": changes.label.text,
        "changes": len(changes.changes),
        "made": [{"table": c.table, "id": c.id} for c in changes.changes if c.before is None],
    }
    count = len(changes.changes)
    sentence = trn("{label}: {count} record changed.", "{label}: {count} records changed.", count,
                   label=changes.label.text)  # fmt: skip
    console.answer(answer, [sentence, *made])
    return 0


def _said(console: Console, key: str, sentence: str, changes: ChangeSet) -> int:
    console.answer({key: changes.label.text, "changes": len(changes.changes)}, [sentence])
    return 0
