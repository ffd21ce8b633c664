"""Elements written in the order of the schema, whatever order their fields were given in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element, tostring

from app.exchange.mspdi.constraint_sense import MARK
from app.exchange.mspdi.schema import NAMESPACE, ORDER

Child = str | int | bool | None | Element | Sequence[Element]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(tag: str, order: str, fields: Mapping[str, Child]) -> Element:
    """An element with its fields in the order that ``schema.ORDER[order]`` gives.

    ``None`` and an empty text leave a field out; an element or a sequence of them stands as it is.

    Raises:
        KeyError: a field the schema does not know there.
    """
    made = Element(tag)
    places = ORDER[order]
    unknown = fields.keys() - set(places)
    if unknown:
        raise KeyError(f"{order} has no {', '.join(sorted(unknown))}")
    for name in places:
        value = fields.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, Element):
            made.append(value)
        elif isinstance(value, (str, int)):
            child = Element(name)
            child.text = _NOT_XML.sub("", value) if isinstance(value, str) else str(int(value))
            made.append(child)
        else:
            made.extend(value)
    return made


def rows(tag: str, children: Sequence[Element]) -> Element | None:
    """An element that holds rows of one kind; ``None`` where there are none."""
    if not children:
        return None
    made = Element(tag)
    made.extend(children)
    return made


def document(root: Element) -> bytes:
    """The whole file: UTF-8 with Project's namespace, and before the root who wrote it."""
    root.set("xmlns", NAMESPACE)
    head = f"<?xml version='1.0' encoding='UTF-8'?>\n<!--{MARK}-->\n"
    body: bytes = tostring(root, encoding="UTF-8")
    return head.encode() + body
