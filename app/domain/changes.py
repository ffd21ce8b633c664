"""A change is a value: what is checked, saved, journalled, announced, inverted, merged and audited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.records import Record
from app.text import tr


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a step: a message id and its arguments, translated when it is shown.

    The arguments ``of`` or ``about`` name the record it speaks of, ``more`` how many others there are.
    """

    message: str
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def step(self) -> str:
        """What was done, in the user's language, whatever record it was done to."""
        return tr(self.message, **dict(self.arguments))

    @property
    def text(self) -> str:
        """What was done and to which record, in the user's language."""
        told = dict(self.arguments)
        name, step = told.get("of") or told.get("about"), self.step
        if not name:
            return step
        subject = tr("“{name}”", name=name)
        if "more" in told:
            subject = tr("{subject} and {count} more", subject=subject, count=told["more"])
        if "of" in told:
            return tr("{step} of {subject}", step=step, subject=subject)
        return tr("{step}: {subject}", step=step, subject=subject)


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after: ``before`` is ``None`` for a new one, ``after`` for a dropped one."""

    table: str
    id: str
    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A named set of changes, at most one for a record, in an order that can be saved as it stands."""

    label: Label
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def inverted(self) -> ChangeSet:
        """The change set that takes this one back."""
        turned = tuple(Change(c.table, c.id, c.after, c.before) for c in reversed(self.changes))
        return ChangeSet(self.label, turned)

    def of(self, table: str) -> Iterable[Change]:
        """The changes to records of one table."""
        return (change for change in self.changes if change.table == table)

    @property
    def tables(self) -> frozenset[str]:
        """The tables that are touched."""
        return frozenset(change.table for change in self.changes)

    @property
    def fields(self) -> frozenset[tuple[str, str, str]]:
        """(table, id, field) of everything that changed; a whole record that came or went has field ``*``."""
        found: set[tuple[str, str, str]] = set()
        for change in self.changes:
            if change.before is None or change.after is None:
                found.add((change.table, change.id, "*"))
                continue
            for name in change.before.__dataclass_fields__:
                if getattr(change.before, name) != getattr(change.after, name):
                    found.add((change.table, change.id, name))
        return frozenset(found)


def joined(label: Label, first: ChangeSet, second: ChangeSet) -> ChangeSet:
    """One change set that does both in turn; what comes back to where it was vanishes."""
    ends: dict[tuple[str, str], Change] = {(c.table, c.id): c for c in first.changes}
    for change in second.changes:
        key = (change.table, change.id)
        earlier = ends.get(key)
        ends[key] = (
            change if earlier is None else Change(change.table, change.id, earlier.before, change.after)
        )
    return ChangeSet(label, tuple(c for c in ends.values() if c.before != c.after))
