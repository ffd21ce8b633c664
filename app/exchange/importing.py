"""Any foreign plan by its file: told by its content, read by the format it is in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from app.domain.document import Document
from app.domain.draft import fresh_id
from app.domain.errors import Refusal
from app.domain.plan_import import PlanImport
from app.domain.records import ORDER
from app.domain.values import ProjectId
from app.exchange.mspdi import read_plan
from app.jobs import Limits, Progress
from app.text import tr

AUTO, PLAN = "auto", "plan"
KINDS: Final = (AUTO, PLAN)
"""What a source may be read as; ``auto`` finds out."""
ENDINGS: Final = (".xml",)
"""Endings of files that can be read, for file dialogs and drops."""
LIMITS: Final = Limits(seconds=120, memory=1536 * 1024 * 1024)
"""What reading a file in a process of its own may take: the largest file allowed needs two thirds of it."""


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


def read_patiently(
    progress: Progress, source: Path, document: Document, kind: str = AUTO, project_code: str | None = None
) -> PlanImport:
    """As ``read``, for a job of its own: give it what ``needed`` leaves of a document, and ``LIMITS``.

    Raises:
        FileTrouble, Refusal: as ``read``.
        Cancelled: nobody wants the plan any more.
    """
    progress.reaches(0.05)
    plan = read(source, document, kind=kind, project_code=project_code)
    progress.reaches(0.95)
    return plan


def needed(document: Document, project_code: str | None = None) -> Document:
    """What reading a plan looks at: the portfolio, its projects' heads, and the one project to be updated."""
    existing: list[ProjectId] = []
    if project_code is not None:
        wanted = project_code.casefold()
        existing = [found.id for found in document.projects if found.code.casefold() == wanted]
    scopes = (None, *existing)
    rest = (
        record
        for table in ORDER
        if table not in ("portfolio", "projects")
        for scope in scopes
        for record in document.table(table).of(scope).values()
    )
    return Document.holding((*document.portfolio, *document.projects, *rest))
