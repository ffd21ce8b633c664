"""Short codes made from names, for projects that are given none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from app.domain.portfolio import Project

_MOST = 8
_FEW_WORDS = 2
_YEAR = 4


def free_code(name: str, projects: Iterable[Project]) -> str:
    """A project code made from a name, that no project has yet.

    The first word of a short name, ``WEBSITE``, or many words' initials with their numbers, ``MOP2003D``;
    where it is taken, a number behind it.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall(r"[A-Za-z0-9]+", plain)
    short = "".join(map(_initial, words)) if len(words) > _FEW_WORDS else "".join(words[:1])
    stem = (short or "P").upper()[:_MOST]
    taken = {project.code.casefold() for project in projects}
    if stem.casefold() not in taken and short:
        return stem
    mark = "-" if stem[-1].isdigit() else ""
    number = 2 if short else 1
    while f"{stem}{mark}{number}".casefold() in taken:
        number += 1
    return f"{stem}{mark}{number}"


def _initial(word: str) -> str:
    return word if word.isdigit() and len(word) <= _YEAR else word[0]
