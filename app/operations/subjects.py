"""Which record a step is about, so that its name can say so: "Change duration of “Kick-off”"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from app.domain.changes import Label
from app.domain.draft import Draft
from app.domain.records import KINDS

_MOST_LETTERS = 40
_PROPERTY = "Change "
_WHOLE = frozenset(("Change resource", "Change calendar exception"))
"""Names of steps that begin like those of a property and speak of the record itself."""
_OF_ALL = frozenset(("Create the sample portfolio",))
"""Names of steps that speak of the whole portfolio, whatever they return."""
_OWNERS = (("task", "tasks"), ("resource", "resources"), ("calendar", "calendars"))


def with_subject(draft: Draft, label: Label, given: Iterable[Any], result: Any) -> Label:
    """The label with the name of the record the step made, else of the task or first record given to it.

    A label that has places to fill names its subject itself and comes back as it is; so does one
    whose record has no name.
    """
    if "{" in label.message or label.message in _OF_ALL:
        return label
    new = _made(draft, result)
    # A record just made without a name, such as an empty row, is not about the row it was put before.
    found = [each for each in new if _name_of(draft, *each)] if new else _given(draft, given)
    if not found or not (name := _name_of(draft, *found[0])):
        return label
    is_property = label.message.startswith(_PROPERTY) and label.message not in _WHOLE
    more = (("more", str(len(found) - 1)),) if len(found) > 1 else ()
    return Label(label.message, (("of" if is_property else "about", _shortened(name)), *more))


def _made(draft: Draft, result: Any) -> list[tuple[str, str]]:
    """The records that came into being and were returned: (table, id) each."""
    return [each for each in _records(draft, result) if each[1] not in draft.document.table(each[0])]


def _given(draft: Draft, given: Iterable[Any]) -> list[tuple[str, str]]:
    """The records of the first argument that holds tasks, else of the first that holds any."""
    groups = [group for value in given if (group := _records(draft, value))]
    return next((group for group in groups if group[0][0] == "tasks"), groups[0] if groups else [])


def _records(draft: Draft, value: Any) -> list[tuple[str, str]]:
    """The records whose ids a value is or holds; a tuple is judged by its first member."""
    ids = [value] if isinstance(value, str) else list(value) if isinstance(value, tuple) else []
    if not ids or not all(isinstance(id, str) for id in ids):
        return []
    table = next(_tables_with(draft, ids[0]), None)
    return [] if table is None else [(table, id) for id in ids]


def _tables_with(draft: Draft, id: str) -> Iterator[str]:
    return (
        kind.table
        for kind in KINDS
        if id in draft.table(kind.table) or id in draft.document.table(kind.table)
    )


def _name_of(draft: Draft, table: str, id: str) -> str:
    """What a record is called now, else what it was called; a part of another is called as that is."""
    for source in (draft.table(table), draft.document.table(table)):
        record = source.get(id)
        if record is None:
            continue
        if table == "links":
            ends = (_name_of(draft, "tasks", record.predecessor), _name_of(draft, "tasks", record.successor))
            return " → ".join(ends) if all(ends) else ""
        name = getattr(record, "name", "").strip()
        if name:
            return str(name)
        for owner, owners in _OWNERS:
            if above := getattr(record, owner, None):
                return _name_of(draft, owners, above)
    return ""


def _shortened(name: str) -> str:
    words = " ".join(name.split())
    return words if len(words) <= _MOST_LETTERS else words[: _MOST_LETTERS - 1].rstrip() + "…"
