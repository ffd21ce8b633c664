"""Baselines, custom columns and time-phased rows written, whoever they belong to."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from decimal import Decimal
from xml.etree.ElementTree import Element

from app.domain.portfolio import CustomField, FieldKind, OwnerKind
from app.domain.values import DurationFormat, from_iso
from app.domain.work import TimephasedRow
from app.exchange.mspdi.outgo import Outgo, field_name
from app.exchange.mspdi.units import (
    NUMBER_OF_FORMAT,
    decimal_of,
    hundredths_text,
    moment_text,
    number_text,
    span_text,
)
from app.exchange.mspdi.xml_out import Child, element, rows

OUTLINE_CODE = "Outline Code"
_TEXT_CODE = 21
_NAMES = uuid.UUID("6d1c1d0e-54f2-5a0b-9d38-5b1a6c0e7f11")


def outline_code_elements(outgo: Outgo) -> list[Element]:
    """The outline codes among the columns, their values one flat list."""
    return [
        element(
            "OutlineCode",
            "OutlineCodes/OutlineCode",
            {
                "Guid": _guid(outgo.codes[field.id]),
                "FieldID": outgo.codes[field.id],
                "FieldName": field_name(field, outgo.codes[field.id]),
                "Alias": _alias(field, outgo.codes[field.id]),
                "Values": rows("Values", _outline_values(field, outgo.codes[field.id])),
            },
        )
        for field in outgo.fields
        if field.id in outgo.codes and _is_outline_code(field)
    ]


def _is_outline_code(field: CustomField) -> bool:
    return field.field_name.startswith(OUTLINE_CODE) and bool(field.choices)


def _outline_values(field: CustomField, code: str) -> list[Element]:
    return [
        element(
            "Value",
            "Values/Value",
            {
                "ValueID": _value_id(code, place),
                "FieldGUID": _guid(f"{code}/{place}"),
                "Type": _TEXT_CODE,
                "ParentValueID": 0,
                "Value": choice,
            },
        )
        for place, choice in enumerate(field.choices, 1)
    ]


def _value_id(code: str, place: int) -> int:
    """A number that no other column's value has: columns differ in the last digits of their FieldID."""
    return int(code) % 100_000 * 1000 + place


def _guid(name: str) -> str:
    return str(uuid.uuid5(_NAMES, name)).upper()


def _alias(field: CustomField, code: str) -> str:
    name = field_name(field, code)
    return "" if field.alias in (name, code) and not field.choices else field.alias


def extended_attribute_elements(outgo: Outgo) -> list[Element]:
    """The definitions of all other columns, with their value lists."""
    found: list[Element] = []
    for field in outgo.fields:
        code = outgo.codes.get(field.id)
        if code is None or _is_outline_code(field):
            continue
        values = [
            element("Value", "ValueList/Value", {"ID": place, "Value": choice})
            for place, choice in enumerate(field.choices, 1)
        ]
        found.append(
            element(
                "ExtendedAttribute",
                "ExtendedAttributes/ExtendedAttribute",
                {
                    "FieldID": code,
                    "FieldName": field_name(field, code),
                    "Alias": _alias(field, code),
                    "Formula": field.formula,
                    "ValueList": rows("ValueList", values),
                },
            )
        )
    return found


def custom_values(owner: str, element_name: str, outgo: Outgo) -> dict[str, Child]:
    """The ``ExtendedAttribute`` and ``OutlineCode`` children of one owner."""
    attributes: list[Element] = []
    outline_codes: list[Element] = []
    by_id = {field.id: field for field in outgo.fields}
    for value in sorted(outgo.values.get(owner, ()), key=lambda one: outgo.codes.get(one.field, "")):
        field, code = by_id.get(value.field), outgo.codes.get(value.field)
        if field is None or code is None:
            continue
        if _is_outline_code(field) and value.value in field.choices and element_name != "Assignment":
            place = field.choices.index(value.value) + 1
            fields: dict[str, Child] = {"FieldID": code, "ValueID": _value_id(code, place)}
            outline_codes.append(element("OutlineCode", f"{element_name}/OutlineCode", fields))
        else:
            fields = {"FieldID": code, **_written(value.value, field)}
            attributes.append(element("ExtendedAttribute", f"{element_name}/ExtendedAttribute", fields))
    found: dict[str, Child] = {"ExtendedAttribute": attributes}
    if element_name != "Assignment":
        found["OutlineCode"] = outline_codes
    return found


def _written(value: str, field: CustomField) -> dict[str, Child]:
    """A canonical value as the file has it; a value that does not fit its kind goes out as it is."""
    try:
        match field.kind:
            case FieldKind.DATE:
                return {"Value": moment_text(from_iso(value))}
            case FieldKind.DURATION:
                minutes, _, unit = value.partition("|")
                number = NUMBER_OF_FORMAT[DurationFormat(unit or "d")]
                return {"Value": span_text(int(minutes)), "DurationFormat": number}
            case FieldKind.COST:
                return {"Value": number_text(decimal_of(value).scaleb(2))}
    except (ValueError, OverflowError):
        return {"Value": value}
    return {"Value": value}


def baselines(owner: str, kind: OwnerKind, outgo: Outgo) -> list[Element]:
    """The ``Baseline`` children of one owner, by number."""
    found: list[Element] = []
    for number, value in outgo.baselines.get(owner, ()):
        fields: dict[str, Child] = {
            "Number": number,
            "Work": None if value.work is None else span_text(value.work),
            "Cost": None if value.cost is None else hundredths_text(value.cost, outgo.digits),
        }
        if kind is not OwnerKind.RESOURCE:
            fields["Start"] = None if value.start is None else moment_text(value.start)
            fields["Finish"] = None if value.finish is None else moment_text(value.finish)
        if kind in (OwnerKind.TASK, OwnerKind.PROJECT) and value.duration is not None:
            fields["Duration"] = span_text(value.duration)
            fields["DurationFormat"] = NUMBER_OF_FORMAT[value.duration_format]
        if kind in (OwnerKind.TASK, OwnerKind.PROJECT) and value.fixed_cost is not None:
            fields["FixedCost"] = hundredths_text(value.fixed_cost, outgo.digits)
        name = {OwnerKind.RESOURCE: "Resource", OwnerKind.ASSIGNMENT: "Assignment"}.get(kind, "Task")
        found.append(element("Baseline", f"{name}/Baseline", fields))
    return found


def timephased(uid: int, data: Iterable[TimephasedRow]) -> list[Element]:
    """The ``TimephasedData`` children of one owner."""
    return [
        element(
            "TimephasedData",
            "TimephasedData",
            {
                "Type": row.type,
                "UID": uid,
                "Start": moment_text(row.start),
                "Finish": moment_text(row.finish),
                "Unit": row.unit,
                "Value": row.value,
            },
        )
        for row in data
    ]


def factor_text(value: float) -> str:
    """Units as a plain decimal text."""
    return number_text(Decimal(repr(value)))
