"""Rules of baselines, custom columns and their values."""

from __future__ import annotations

import re

from app.domain.changes import ChangeSet
from app.domain.document import Document
from app.domain.errors import Refusal
from app.domain.portfolio import Baseline, BaselineValue, CustomField, CustomValue, FieldKind, SavedView
from app.domain.rules.plan import arrived, left
from app.domain.rules.register import rule
from app.domain.values import DurationFormat, from_iso
from app.text import tr

_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_DURATION = re.compile(r"-?\d+\|(.+)")
_UNITS = frozenset(unit.value for unit in DurationFormat)


@rule("baselines", "baseline_values")
def baselines_hold(result: Document, changes: ChangeSet) -> None:
    """A project has one baseline of each number, 0 to 10, and values only of its own baselines."""
    for _, after in arrived(changes, "baselines"):
        assert isinstance(after, Baseline)
        if not 0 <= after.number <= 10:
            raise Refusal(tr("Baselines have the numbers 0 to 10."), at=(after.id, "number"))
        same = [each for each in result.baselines.of(after.project).values() if each.number == after.number]
        if len(same) > 1:
            raise Refusal(
                tr("Baseline {number} is there already.", number=after.number), at=(after.id, "number")
            )
    for _, after in arrived(changes, "baseline_values"):
        assert isinstance(after, BaselineValue)
        baseline = result.baselines.get(after.baseline)
        if baseline is None or baseline.project != after.project:
            raise Refusal(tr("The baseline of a value is not there."), at=(after.id, "baseline"))
    gone = {change.id for change in left(changes, "baselines")}
    if gone and any(value.baseline in gone for value in result.baseline_values):
        raise Refusal(tr("A deleted baseline would leave its values behind."))


@rule("custom_fields")
def custom_fields_hold(result: Document, changes: ChangeSet) -> None:
    """A custom column has a heading, and choices that differ."""
    for _, after in arrived(changes, "custom_fields"):
        assert isinstance(after, CustomField)
        if not (after.alias.strip() or after.field_name or after.code):
            raise Refusal(tr("A column needs a heading."), at=(after.id, "alias"))
        if len(set(after.choices)) != len(after.choices):
            raise Refusal(tr("A choice stands in the list twice."), at=(after.id, "choices"))
    gone = {change.id for change in left(changes, "custom_fields")}
    if gone and any(value.field in gone for value in result.custom_values):
        raise Refusal(tr("A deleted column would leave its values behind."))


@rule("custom_values")
def custom_values_fit(result: Document, changes: ChangeSet) -> None:
    """A custom value is what its column takes, once for an owner."""
    asked: dict[str | None, set[tuple[str, str]]] = {}
    for before, after in arrived(changes, "custom_values"):
        assert isinstance(after, CustomValue)
        field = result.custom_fields.get(after.field)
        if field is None or (field.project is not None and field.project != after.project):
            raise Refusal(tr("The column of a value is not there."), at=(after.id, "field"))
        if not value_fits(field, after.value):
            raise Refusal(
                tr("“{value}” does not fit the column {column}.", value=after.value, column=field.alias),
                at=(after.owner, f"field:{field.id}"),
            )
        if before is None:
            asked.setdefault(after.project, set()).add((after.field, after.owner))
    for scope, wanted in asked.items():
        seen: set[tuple[str, str]] = set()
        for value in result.custom_values.of(scope).values():
            key = (value.field, value.owner)
            if key in wanted and key in seen:
                raise Refusal(tr("A cell holds one value."), at=(value.owner, f"field:{value.field}"))
            seen.add(key)


def value_fits(field: CustomField, value: str) -> bool:
    """Whether a canonical text is a value of a column's kind."""
    kind = field.kind
    if kind is FieldKind.FLAG:
        return value in ("0", "1")
    if kind in (FieldKind.NUMBER, FieldKind.COST):
        return _DECIMAL.fullmatch(value) is not None
    if kind is FieldKind.DURATION:
        match = _DURATION.fullmatch(value)
        return match is not None and match[1].removesuffix("?") in _UNITS
    if kind is FieldKind.DATE:
        try:
            from_iso(value)
        except ValueError:
            return False
    if kind is FieldKind.CHOICE:
        return not field.choices or value in field.choices
    return True


@rule("saved_views")
def saved_views_hold(result: Document, changes: ChangeSet) -> None:
    """A saved view has a name, its alone on its page."""
    for _, after in arrived(changes, "saved_views"):
        assert isinstance(after, SavedView)
        if not after.name.strip():
            raise Refusal(tr("A saved view needs a name."), at=(after.id, "name"))
        if any(
            each.id != after.id and each.page == after.page and each.name.casefold() == after.name.casefold()
            for each in result.saved_views
        ):
            raise Refusal(tr("Another saved view is called {name}.", name=after.name), at=(after.id, "name"))
