"""What must hold in every document: checked on the drafted result before anything is saved.

A rule names the tables it watches and sees the result and the change set; it raises ``Refusal``.
"""

from __future__ import annotations

from collections.abc import Callable

from app.domain.changes import ChangeSet
from app.domain.document import Document

Rule = Callable[[Document, ChangeSet], None]
RULES: list[tuple[frozenset[str], Rule]] = []


def rule(*tables: str) -> Callable[[Rule], Rule]:
    """Have a function checked whenever one of these tables is touched."""

    def made(function: Rule) -> Rule:
        RULES.append((frozenset(tables), function))
        return function

    return made


def check(result: Document, changes: ChangeSet) -> None:
    """Hold every rule whose tables the change set touches.

    Raises:
        Refusal: the first rule that is broken, in one sentence.
    """
    touched = changes.tables
    for tables, function in RULES:
        if tables & touched:
            function(result, changes)
