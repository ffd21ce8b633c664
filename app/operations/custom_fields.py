"""Verbs for columns of the user's own, on tasks, projects and resources, and the values in them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from app.domain.draft import Draft
from app.domain.durations import STANDARD, Measure, measure_of, parse_span
from app.domain.errors import Refusal
from app.domain.numerals import parse_number
from app.domain.portfolio import CustomField, CustomValue, FieldKind, OwnerKind, Project
from app.domain.ranks import rank_between
from app.domain.typed import digits_of, parse_flag, parse_moment, parse_money
from app.domain.values import CustomFieldId, CustomValueId, ProjectId, iso
from app.operations.lines import project_of
from app.operations.operation import operation
from app.text import mark, tr

TABLES = {
    OwnerKind.PORTFOLIO: "portfolio",
    OwnerKind.PROJECT: "projects",
    OwnerKind.TASK: "tasks",
    OwnerKind.RESOURCE: "resources",
    OwnerKind.ASSIGNMENT: "assignments",
}


@operation(mark("Add column"))
def create(
    draft: Draft,
    alias: str,
    kind: FieldKind = FieldKind.TEXT,
    owner_kind: OwnerKind = OwnerKind.TASK,
    project: ProjectId | None = None,
    choices: tuple[str, ...] = (),
) -> CustomFieldId:
    """Add a column for tasks, projects or resources, for all projects or one.

    Raises:
        Refusal: it has no heading, another has the same, or it is a choice without choices.
    """
    if project is not None:
        project_of(draft, project)
    _heading(draft, alias, owner_kind, project, None)
    if kind is FieldKind.CHOICE and not choices:
        raise Refusal(tr("A choice column needs the words to choose from."))
    last = max((each.rank for each in draft.custom_fields.of(project).values()), default=None)
    made = CustomField(
        CustomFieldId(draft.new_id()),
        project,
        owner_kind,
        "",
        alias.strip(),
        kind,
        rank_between(last, None),
        _clean(choices),
    )
    draft.put(made)
    return made.id


def _clean(choices: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in choices if word.strip()))


def _heading(
    draft: Draft, alias: str, owner_kind: OwnerKind, project: ProjectId | None, own: CustomFieldId | None
) -> None:
    plain = alias.strip().casefold()
    if not plain:
        raise Refusal(tr("A column needs a heading."))
    scopes = {None, project}
    for each in draft.custom_fields:
        same = each.alias.casefold() == plain and each.owner_kind is owner_kind
        if same and each.project in scopes and each.id != own:
            raise Refusal(tr("Another column is called {alias} already.", alias=each.alias))


def field_of(draft: Draft, field: CustomFieldId) -> CustomField:
    """The column of that id.

    Raises:
        Refusal: it is not there (any more).
    """
    found = draft.custom_fields.get(field)
    if found is None:
        raise Refusal(tr("That column is no longer there."))
    return found


@operation(mark("Rename column"))
def rename(draft: Draft, field: CustomFieldId, alias: str) -> None:
    """Give a column another heading."""
    row = field_of(draft, field)
    _heading(draft, alias, row.owner_kind, row.project, row.id)
    draft.put(replace(row, alias=alias.strip()))


@operation(mark("Change choices"))
def set_choices(draft: Draft, field: CustomFieldId, choices: tuple[str, ...]) -> None:
    """Set the words a choice column offers.

    Raises:
        Refusal: the column offers no choice, or a word that goes is in use.
    """
    row = field_of(draft, field)
    words = _clean(choices)
    if row.kind is not FieldKind.CHOICE or not words:
        raise Refusal(tr("A choice column needs the words to choose from."), at=(field, "choices"))
    used = {value.value for value in draft.custom_values if value.field == field}
    if lost := sorted(used - set(words)):
        raise Refusal(tr("“{word}” is in use and has to stay.", word=lost[0]), at=(field, "choices"))
    draft.put(replace(row, choices=words))


@operation(mark("Move column"))
def move(draft: Draft, field: CustomFieldId, before: CustomFieldId | None = None) -> None:
    """Put a column before another of the same project or portfolio, or last."""
    row = field_of(draft, field)
    if before == field:
        return
    others = [each for each in draft.custom_fields.of(row.project).values() if each.id != field]
    others.sort(key=lambda each: (each.rank, each.id))
    ids = [each.id for each in others]
    if before is not None and before not in ids:
        raise Refusal(tr("That column is no longer there."))
    place = len(ids) if before is None else ids.index(before)
    low = others[place - 1].rank if place else None
    high = others[place].rank if place < len(others) else None
    if low is not None and high is not None and low >= high:
        high = None
    draft.put(replace(row, rank=rank_between(low, high)))


@operation(mark("Delete column"))
def delete(draft: Draft, field: CustomFieldId) -> None:
    """Delete a column with all values in it."""
    row = field_of(draft, field)
    for value in list(draft.custom_values):
        if value.field == field:
            draft.drop(value)
    draft.drop(row)


@operation(mark("Change value"))
def set_value(draft: Draft, field: CustomFieldId, owner: str, text: str, locale: str = "en_GB") -> None:
    """Set the cell of a custom column from what was typed; nothing empties it.

    Raises:
        Refusal: the text does not fit the column, or the record is not of its kind.
    """
    row = field_of(draft, field)
    scope = _scope(draft, row, owner)
    plain = text.strip()
    value = canonical(row, plain, draft.now, draft.projects.get(scope), locale) if plain else ""
    put_value(draft, field, owner, value)


def _scope(draft: Draft, field: CustomField, owner: str) -> ProjectId | None:
    record = draft.table(TABLES[field.owner_kind]).get(owner)
    if record is None:
        raise Refusal(tr("The column {alias} is not for this.", alias=field.alias))
    scope = record.id if isinstance(record, Project) else getattr(record, "project", None)
    if field.project is not None and field.project != scope:
        raise Refusal(tr("The column {alias} belongs to another project.", alias=field.alias))
    return scope


def put_value(draft: Draft, field: CustomFieldId, owner: str, value: str) -> None:
    """Put a canonical value into a cell, or with none take it out.

    Raises:
        Refusal: the record is not of the column's kind or project.
    """
    scope = _scope(draft, field_of(draft, field), owner)
    values = draft.custom_values.of(scope).values()
    old = next((each for each in values if each.field == field and each.owner == owner), None)
    if old is not None:
        if value:
            draft.put(replace(old, value=value))
        else:
            draft.drop(old)
    elif value:
        draft.put(CustomValue(CustomValueId(draft.new_id()), scope, field, owner, value))


def canonical(field: CustomField, text: str, now: int, project: Project | None, locale: str) -> str:
    """The canonical text of what was typed into a column (see ``CustomValue``).

    Raises:
        Refusal: it does not fit the column.
    """
    plain = text.strip()
    measure: Measure = STANDARD if project is None else measure_of(project)
    if field.kind is FieldKind.FLAG:
        return "1" if parse_flag(plain) else "0"
    if field.kind is FieldKind.NUMBER:
        return _decimal(parse_number(plain, locale))
    if field.kind is FieldKind.COST:
        currency = "EUR" if project is None else project.currency
        return _decimal(Decimal(parse_money(plain, currency, locale)).scaleb(-digits_of(currency)))
    if field.kind is FieldKind.DATE:
        minute = 480 if project is None else project.default_start_time
        return iso(parse_moment(plain, now, minute, locale))
    if field.kind is FieldKind.DURATION:
        span = parse_span(plain, measure, locale)
        return f"{span.minutes}|{span.unit.value}{'?' if span.estimated else ''}"
    if field.kind is FieldKind.CHOICE and field.choices:
        for word in field.choices:
            if word.casefold() == plain.casefold():
                return word
        raise Refusal(tr("“{text}” is not one of {words}.", text=plain, words=", ".join(field.choices)))
    return plain


def _decimal(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
