"""The rule of all texts: short enough for a cell of a sheet, and nothing in them that cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Any

from app.domain.changes import ChangeSet
from app.domain.document import Document
from app.domain.errors import Refusal
from app.domain.records import KINDS, Record
from app.domain.rules.register import rule
from app.text import tr

LONGEST = 32_000
"""Characters of a text; a cell of a workbook holds little more."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def without_unseen(text: str) -> str:
    """A text without its control characters and halves of characters; tabs and new lines stay."""
    return text if text.isprintable() else _UNSEEN.sub("", text)


@rule(*(kind.table for kind in KINDS))
def texts_can_be_kept(result: Document, changes: ChangeSet) -> None:
    """Every text that is new can be seen, and fits into a cell of a sheet."""
    for change in changes.changes:
        if change.after is None:
            continue
        for name in _TEXTS[type(change.after)]:
            value = getattr(change.after, name)
            if change.before is not None and getattr(change.before, name) == value:
                continue
            for text in (value,) if isinstance(value, str) else value or ():
                _assert_keeps(text, change.after, name)


def _assert_keeps(text: str, record: Record, name: str) -> None:
    if len(text) > LONGEST:
        sentence = tr(
            "A text has at most {most} characters, and this one has {count}. Shorten it.",
            most=LONGEST,
            count=len(text),
        )
        raise Refusal(sentence, at=(record.id, name))
    if not text.isprintable() and _UNSEEN.search(text):
        sentence = tr("The text contains a character that cannot be seen. Take it out and try again.")
        raise Refusal(sentence, at=(record.id, name))


def _text_fields(kind: type[Any]) -> Iterator[str]:
    for field in fields(kind):
        if str(field.type).split(" | ")[0] in ("str", "tuple[str, ...]"):
            yield field.name


_TEXTS: Mapping[type[Any], tuple[str, ...]] = {kind.type: tuple(_text_fields(kind.type)) for kind in KINDS}
