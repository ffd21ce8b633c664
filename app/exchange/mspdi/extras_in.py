"""Baselines, custom columns with their values, and time-phased rows, whoever they belong to."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from app.domain.portfolio import Baseline, BaselineValue, CustomField, CustomValue, FieldKind, OwnerKind
from app.domain.ranks import ranks_between
from app.domain.values import (
    BaselineId,
    BaselineValueId,
    CustomFieldId,
    CustomValueId,
    DurationFormat,
    TimephasedId,
    iso,
)
from app.domain.work import Timephased, TimephasedRow
from app.exchange.mspdi.field_names import FIELD_OWNERS, kind_named, name_of_code
from app.exchange.mspdi.fields import Fields
from app.exchange.mspdi.intake import Intake
from app.exchange.mspdi.units import (
    ESTIMATED,
    FORMAT_OF_NUMBER,
    decimal_of,
    minutes_of,
    moment_of_text,
    number_text,
)
from app.text import tr


def read_custom_fields(root: Element, intake: Intake) -> None:
    """Make a column of each definition; those that nobody named or used are left out at the end."""
    for element in root.findall("ExtendedAttributes/ExtendedAttribute"):
        fields = Fields(element, tr("Custom field"), intake.problems)
        intake.count("extended_attribute_definitions")
        choices = {}
        for value in element.findall("ValueList/Value"):
            row = Fields(value, fields.place, intake.problems)
            choices[row.line("ID")] = row.line("Value")
        _define(fields, choices, "Alias", intake)
    for element in root.findall("OutlineCodes/OutlineCode"):
        fields = Fields(element, tr("Outline code"), intake.problems)
        intake.count("outline_codes")
        _define(fields, _outline_choices(element, intake), "Alias", intake)


def _outline_choices(element: Element, intake: Intake) -> dict[str, str]:
    """Each value's whole path, its levels joined with a point."""
    rows = [Fields(value, tr("Outline code"), intake.problems) for value in element.findall("Values/Value")]
    own = {row.line("ValueID"): (row.line("Value"), row.line("ParentValueID")) for row in rows}
    paths: dict[str, str] = {}
    for id in own:
        parts: list[str] = []
        seen: set[str] = set()
        here = id
        while here in own and here not in seen:
            seen.add(here)
            parts.append(own[here][0])
            here = own[here][1]
        paths[id] = ".".join(reversed(parts))
    return paths


def _define(fields: Fields, choices: dict[str, str], alias: str, intake: Intake) -> None:
    code = fields.line("FieldID")
    if not code or code in intake.custom_fields:
        return
    field_name = fields.line("FieldName") or name_of_code(code)
    kind = FieldKind.CHOICE if choices else kind_named(field_name)
    fields.place = tr("Custom field {name}", name=field_name or code)
    intake.choices_by_id[code] = choices
    intake.custom_fields[code] = CustomField(
        id=CustomFieldId(""),
        project=intake.project,
        owner_kind=_owner_kind(code),
        code=code,
        alias=fields.line(alias),
        kind=kind,
        rank="",
        choices=tuple(dict.fromkeys(choices.values())),
        field_name=field_name,
        formula=fields.text("Formula"),
    )
    if fields.has("Alias") or choices or fields.has("Formula"):
        intake.used_fields.add(code)


def _owner_kind(code: str) -> OwnerKind:
    return FIELD_OWNERS.get(int(code) >> 16 if code.isdigit() else 0, OwnerKind.TASK)


def read_custom_values(fields: Fields, owner: str, intake: Intake) -> None:
    """The cells of custom columns that one task, resource or assignment fills."""
    for name in ("ExtendedAttribute", "OutlineCode"):
        for element in fields.element.findall(name):
            value = Fields(element, fields.place, intake.problems)
            code = value.line("FieldID")
            if not code:
                continue
            intake.count("custom_values")
            if code not in intake.custom_fields:
                _define(value, {}, "", intake)
            field = intake.custom_fields[code]
            text = _canonical(value, field, intake)
            if not text:
                continue
            if (owner, code) in intake.cells:
                value.warn(tr("{field} has two values; the first is kept.", field=field.field_name))
                continue
            intake.cells.add((owner, code))
            if field.kind is FieldKind.CHOICE and text not in field.choices:
                intake.custom_fields[code] = replace(field, choices=(*field.choices, text))
            intake.used_fields.add(code)
            intake.put(
                CustomValue(
                    CustomValueId(intake.ids.of("custom_values", _field_key(code, intake), owner)),
                    intake.project,
                    _field_key(code, intake),
                    owner,
                    text,
                )
            )


def _field_key(code: str, intake: Intake) -> CustomFieldId:
    field = intake.custom_fields[code]
    if not field.id:
        field = replace(field, id=CustomFieldId(intake.ids.of("custom_fields", field.owner_kind, code)))
        intake.custom_fields[code] = field
    return field.id


def _canonical(value: Fields, field: CustomField, intake: Intake) -> str:
    """The cell as canonical text (see ``CustomValue``)."""
    choices = intake.choices_by_id.get(field.code, {})
    for name in ("ValueID", "ValueGUID"):
        if value.line(name) in choices:
            return choices[value.line(name)]
    text = value.text("Value").strip()
    if not text:
        return ""
    try:
        match field.kind:
            case FieldKind.DATE:
                found = moment_of_text(text)
                return "" if found is None else iso(found)
            case FieldKind.DURATION:
                number = value.integer("DurationFormat", 7) & ~ESTIMATED
                return f"{minutes_of(text)}|{FORMAT_OF_NUMBER.get(number, DurationFormat.DAYS).value}"
            case FieldKind.COST:
                return number_text(decimal_of(text).scaleb(-2))
            case FieldKind.NUMBER:
                return number_text(decimal_of(text))
            case FieldKind.FLAG:
                return "1" if value.flag("Value") else "0"
    except ValueError:
        value.warn(
            tr("{field} cannot be read ({value}); it was left out.", field=field.field_name, value=text[:40])
        )
        return ""
    return text


def put_custom_fields(intake: Intake) -> None:
    """Put the columns that carry a name of their own, choices or a value; count the others."""
    used = [code for code in intake.custom_fields if code in intake.used_fields]
    ranks = ranks_between(None, None, len(used))
    intake.leave("ExtendedAttribute without name and value", "project", len(intake.custom_fields) - len(used))
    for code, rank in zip(used, ranks, strict=True):
        _field_key(code, intake)
        field = intake.custom_fields[code]
        intake.put(replace(field, rank=rank, alias=field.alias or field.field_name or code))


def read_baselines(fields: Fields, owner: str, kind: OwnerKind, intake: Intake) -> None:
    """What one task, resource or assignment (or the project itself) looked like in each baseline."""
    for element in fields.element.findall("Baseline"):
        row = Fields(element, fields.place, intake.problems)
        number = row.integer("Number")
        if not 0 <= number <= 10:
            row.warn(tr("Baseline {number} is none of 0 to 10 and was left out.", number=number))
            continue
        intake.count(f"baselines {kind.value}")
        baseline = intake.baselines.get(number)
        if baseline is None:
            baseline = BaselineId(intake.ids.of("baselines", number))
            intake.baselines[number] = baseline
            intake.put(Baseline(baseline, intake.project, number))
        duration = row.optional_minutes("Duration")
        unit, _ = row.unit("DurationFormat")
        intake.put(
            BaselineValue(
                id=BaselineValueId(intake.ids.of("baseline_values", baseline, kind, owner)),
                project=intake.project,
                baseline=baseline,
                owner_kind=kind,
                owner=owner,
                start=row.moment("Start"),
                finish=row.moment("Finish"),
                duration=duration,
                duration_format=DurationFormat.DAYS if unit.is_percent or duration is None else unit,
                work=row.optional_minutes("Work"),
                cost=row.optional_money("Cost", intake.digits),
                fixed_cost=row.optional_money("FixedCost", intake.digits),
            )
        )


def read_timephased(fields: Fields, owner: str, kind: OwnerKind, intake: Intake) -> tuple[TimephasedRow, ...]:
    """The time-phased rows of one owner, kept as they came, those inside baselines too."""
    rows: list[TimephasedRow] = []
    for path in ("TimephasedData", "Baseline/TimephasedData"):
        for element in fields.element.findall(path):
            row = Fields(element, fields.place, intake.problems)
            intake.count(f"timephased {kind.value}")
            start, finish = row.moment("Start"), row.moment("Finish")
            if start is None or finish is None:
                row.warn(tr("A time-phased row without dates was left out."))
                continue
            rows.append(
                TimephasedRow(row.integer("Type"), start, finish, row.integer("Unit"), row.line("Value"))
            )
    if rows:
        intake.put(
            Timephased(
                TimephasedId(intake.ids.of("timephased", kind.value, owner)),
                intake.project,
                kind.value,
                owner,
                tuple(rows),
            )
        )
    return tuple(rows)
