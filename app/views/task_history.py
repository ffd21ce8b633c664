"""What happened to one task, step by step, for the pane beside the plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.domain.document import Document
from app.domain.history import EntryKind, FieldChange, JournalEntry
from app.domain.values import TaskId
from app.text import tr
from app.views.formats import stamp_text
from app.views.history import fields
from app.views.plan_facts import facts_of
from app.views.tables import Ask

Told = Sequence[tuple[JournalEntry, Sequence[FieldChange]]]
"""Steps, newest first, each with the fields it changed."""

_HUNG = ("links", "assignments", "custom_values")
_OWNERS = ("task", "owner", "successor", "predecessor")


@dataclass(frozen=True, slots=True)
class TaskStep:
    """One step: what it was called, by whom and when, and what it changed, a line each."""

    label: str
    when: str
    lines: tuple[str, ...]


def records_of(document: Document, task: TaskId) -> frozenset[str]:
    """A task with what hangs on it: its links, the work of people on it, its values in own columns."""
    record = document.tasks.get(task)
    if record is None:
        return frozenset((task,))
    facts = facts_of(document, record.project)
    hung = (*facts.links_in.get(task, ()), *facts.links_out.get(task, ()), *facts.assigned.get(task, ()))
    values = (one for one in document.custom_values.of(record.project).values() if one.owner == task)
    return frozenset((task, *(one.id for one in hung), *(one.id for one in values)))


def once_of(told: Told, task: TaskId) -> frozenset[str]:
    """What hung on a task when steps brought it or took it away; it may be gone now."""
    return frozenset(
        change.id
        for _, changed in told
        for change in changed
        if change.field == "*" and change.table in _HUNG and _names(change.after or change.before, task)
    )


def task_history(
    document: Document, told: Told, records: Collection[str], locale: str
) -> tuple[TaskStep, ...]:
    """What these steps did to a task's records.

    A step that comes without fields brought or took a whole plan, and is told by its name alone.
    """
    found = []
    for entry, changed in told:
        own = [change for change in changed if change.id in records]
        if own or not changed:
            found.append(_step(document, entry, own, locale))
    return tuple(found)


def _names(record: object, task: TaskId) -> bool:
    return any(getattr(record, owner, None) == task for owner in _OWNERS)


def _step(document: Document, entry: JournalEntry, changed: Sequence[FieldChange], locale: str) -> TaskStep:
    label = entry.label.step
    if entry.kind is EntryKind.UNDO:
        label = tr("Undone: {label}", label=label)
    elif entry.kind is EntryKind.REDO:
        label = tr("Done again: {label}", label=label)
    when = f"{stamp_text(entry.utc.astimezone(), locale)} · {entry.who.name}"
    lines = []
    for change, row in zip(changed, fields(document, changed, Ask(locale=locale)).rows, strict=False):
        of, field, before, after = row.cells
        if change.field == "*":
            lines.append(tr("{record}: {what}", record=of, what=field))
        else:
            lines.append(tr("{field}: {before} → {after}", field=field, before=before, after=after))
    return TaskStep(label, when, tuple(lines))
