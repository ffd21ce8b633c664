"""Any foreign plan by its file: told by its content, read by the format it is in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.document import Document
from app.domain.draft import fresh_id
from app.domain.errors import Refusal
from app.domain.plan_import import PlanImport
from app.exchange.mspdi import read_plan
from app.text import tr

AUTO, PLAN = "auto", "plan"
KINDS: Final = (AUTO, PLAN)
"""What a source may be read as; ``auto`` finds out."""
ENDINGS: Final = (".xml",)
"""Endings of files that can be read, for file dialogs and drops."""


def read(
    source: Path,
    document: Document,
    *,
    kind: str = AUTO,
    project_code: str | None = None,
    new_id: Callable[[], str] = fresh_id,
) -> PlanImport:
    """Read a foreign plan and compare it with the document; nothing is changed.

    Raises:
        FileTrouble: the source is missing or cannot be read (INPUT), with the way out.
        Refusal: ``kind`` is none of ``KINDS``.
    """
    if kind not in KINDS:
        raise Refusal(tr("A source is read as {kinds}, not as {kind}.", kinds=", ".join(KINDS), kind=kind))
    return read_plan(source, document, project_code=project_code, new_id=new_id)
