"""What was given on the command line: places, words, ``NAME=VALUE`` pairs and JSON files, read or refused."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.domain.errors import FileTrouble, TroubleKind
from app.text import tr


class Usage(Exception):
    """A command was written in a way that no file could make right."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def place(text: str) -> Path:
    """The path of a file, there or not; for argparse, which tells what is none."""
    if not Path(text).name or "\0" in text:
        raise argparse.ArgumentTypeError(tr("“{text}” names no file", text=text))
    return Path(text)


def word(text: str) -> str:
    """A text that says something; for argparse, which tells what does not."""
    if not text.strip() or not text.isprintable():
        raise argparse.ArgumentTypeError(tr("it must not be empty and holds no control characters"))
    return text.strip()


def pairs(words: Sequence[str]) -> dict[str, Any]:
    """The values by their names; ``@FILE`` stands for the JSON in that file, ``@@`` for a plain ``@``.

    Raises:
        Usage: a word has no ``=``, or a name comes twice.
        FileTrouble: a file is not JSON (INPUT).
    """
    found: dict[str, Any] = {}
    for each in words:
        name, sign, value = each.partition("=")
        if not sign:
            raise Usage(tr("An argument is written NAME=VALUE; “{word}” has no =.", word=each))
        if name in found:
            raise Usage(tr("{name} is given twice; say which one is meant.", name=name))
        if value.startswith("@@"):
            found[name] = value[1:]
        else:
            found[name] = json_at(value[1:]) if value.startswith("@") else value
    return found


def steps_at(text: str) -> list[dict[str, Any]]:
    """The steps in a JSON file, each ``{"operation": …, "arguments": {…}}``.

    Raises:
        FileTrouble: the file holds no such list (INPUT).
    """
    found = json_at(text)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        example = '[{"operation": …, "arguments": {…}}, …]'
        raise FileTrouble(
            TroubleKind.INPUT,
            tr("{place} holds no list of steps, written {example}.", place=text, example=example),
        )
    return found


def json_at(text: str) -> Any:
    """What stands in a JSON file.

    Raises:
        FileTrouble: the file cannot be read or is not JSON (INPUT).
    """
    try:
        return json.loads(Path(text).read_text(encoding="utf-8"))
    except OSError as trouble:
        why = tr("{place} cannot be read: {why}.", place=text, why=trouble.strerror)
        raise FileTrouble(TroubleKind.INPUT, why) from trouble
    except (ValueError, RecursionError) as trouble:
        raise FileTrouble(
            TroubleKind.INPUT, tr("{place} is not JSON: {why}.", place=text, why=trouble)
        ) from trouble
