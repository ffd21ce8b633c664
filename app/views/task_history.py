"""What happened to one task, step by step, for the pane beside the plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.document import Document
from app.domain.history import EntryKind, FieldChange, JournalEntry
from app.domain.values import TaskId
from app.text import tr
from app.views.formats import stamp_text
from app.views.history import fields
from app.views.plan_facts import facts_of
from app.views.tables import Ask

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


def task_history(
    document: Document,
    told: Iterable[tuple[JournalEntry, Sequence[FieldChange]]],
    task: TaskId,
    locale: str,
) -> tuple[TaskStep, ...]:
    """The steps among these that touched a task, its links, its people or its own columns.

    A step that comes without fields brought or took a whole plan, and is told by its name alone.
    """
    found = []
    for entry, changed in told:
        own = [change for change in changed if _is_about(document, change, task)]
        if own or not changed:
            found.append(_step(document, entry, own, locale))
    return tuple(found)


def _is_about(document: Document, change: FieldChange, task: TaskId) -> bool:
    if change.table == "tasks":
        return change.id == task
    if change.table not in ("links", "assignments", "custom_values"):
        return False
    record = change.after or change.before if change.field == "*" else None
    record = record or document.table(change.table).get(change.id)
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
