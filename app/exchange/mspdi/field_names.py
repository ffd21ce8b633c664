"""Microsoft Project's own names and numbers of custom fields (a FieldID is an owner and an offset)."""

from __future__ import annotations

from app.domain.portfolio import FieldKind, OwnerKind

FIELD_OWNERS: dict[int, OwnerKind] = {
    0xB40: OwnerKind.TASK,
    0xC40: OwnerKind.RESOURCE,
    0xF40: OwnerKind.ASSIGNMENT,
}
"""Who has a field: the upper part of its FieldID."""

_OFFSETS: dict[int, dict[str, tuple[int, ...]]] = {
    0xB40: {
        "Cost": (*range(106, 109), *range(258, 265)),
        "Date": (*range(265, 275),),
        "Duration": (*range(103, 106), *range(275, 282)),
        "Finish": (53, 56, 59, 62, 65, 283, 285, 287, 289, 291),
        "Flag": (*range(72, 82), *range(292, 302)),
        "Number": (*range(87, 92), *range(302, 317)),
        "Outline Code": (416, 418, 420, 422, 424, 426, 428, 430, 432, 434),
        "Start": (52, 55, 58, 61, 64, 282, 284, 286, 288, 290),
        "Text": (51, 54, 57, 60, 63, *range(66, 71), *range(317, 337)),
    },
    0xC40: {
        "Cost": (*range(123, 126), *range(166, 173)),
        "Date": (*range(173, 183),),
        "Duration": (*range(117, 120), *range(183, 190)),
        "Finish": (*range(107, 112), *range(190, 195)),
        "Flag": (*range(127, 136), 126, *range(195, 205)),
        "Number": (*range(112, 117), *range(205, 220)),
        "Outline Code": (278, 280, 282, 284, 286, 288, 290, 292, 294, 296),
        "Start": (*range(102, 107), *range(220, 225)),
        "Text": (8, 9, *range(30, 33), *range(97, 102), *range(225, 245)),
    },
    0xF40: {
        "Cost": (*range(119, 122), *range(159, 166)),
        "Date": (*range(166, 176),),
        "Duration": (*range(113, 116), *range(176, 183)),
        "Finish": (*range(103, 108), *range(183, 188)),
        "Flag": (*range(123, 132), 122, *range(188, 198)),
        "Number": (*range(108, 113), *range(198, 213)),
        "Start": (*range(98, 103), *range(213, 218)),
        "Text": (*range(88, 98), *range(218, 238)),
    },
}
"""The lower part of the FieldID of each field, number 1 first, as Project 2003 to 2019 write it."""

_NAMES: dict[str, str] = {
    str((owner << 16) + offset): f"{word}{number}"
    for owner, words in _OFFSETS.items()
    for word, offsets in words.items()
    for number, offset in enumerate(offsets, 1)
}
_KINDS: tuple[tuple[str, FieldKind], ...] = (
    ("Text", FieldKind.TEXT),
    ("Number", FieldKind.NUMBER),
    ("Date", FieldKind.DATE),
    ("Start", FieldKind.DATE),
    ("Finish", FieldKind.DATE),
    ("Duration", FieldKind.DURATION),
    ("Flag", FieldKind.FLAG),
    ("Cost", FieldKind.COST),
    ("Outline Code", FieldKind.CHOICE),
)
CODES: dict[tuple[OwnerKind, str], str] = {
    (FIELD_OWNERS[int(code) >> 16], name): code for code, name in _NAMES.items()
}
"""FieldIDs by owner and name, for columns that were made here."""


def name_of_code(code: str) -> str:
    """Project's name of a FieldID such as ``188743731`` (Text1); empty where it is none of the usual ones."""
    return _NAMES.get(code, "")


def kind_named(field_name: str) -> FieldKind:
    """What a field of that name holds; text where the name says nothing."""
    plain = field_name.removeprefix("Enterprise ").strip()
    return next((kind for word, kind in _KINDS if plain.startswith(word)), FieldKind.TEXT)
