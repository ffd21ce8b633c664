"""What reading a foreign plan proposes: records, findings and what was left aside; nothing is changed yet.

``exchange`` makes it, a page or the command line shows it, and an operation applies it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.errors import Problem, Refusal
from app.domain.records import Record
from app.domain.values import ProjectId
from app.text import tr


@dataclass(frozen=True, slots=True)
class NotUsed:
    """Something the source carries and this program leaves aside.

    ``name`` is the source's own word, ``count`` how often it carries a value, ``where`` the part of
    the plan it lies in. ``is_computed`` is true for figures the saving tool worked out and this
    program works out again for itself; they are no loss.
    """

    name: str
    count: int
    where: str
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class PlanSource:
    """Where a plan came from. ``counts`` is how many of each thing the source held."""

    name: str
    digest: str
    application: str
    title: str = ""
    guid: str = ""
    saved_by_microsoft_project: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanImport:
    """A plan ready to be applied to a document.

    ``records`` is the whole plan in the order in which it can be saved; putting what is equal
    already changes nothing. ``new``, ``changed`` and ``same`` count them against the document.
    ``vanished`` are records of the project that the source no longer holds, children first; they
    stay unless somebody accepts that they go. ``blank_rows`` are empty lines of the source.
    ``already_in`` is the code of the project this very file was read into before, where nobody said
    into which project it should go now.
    """

    project: ProjectId
    project_code: str
    is_update: bool
    records: tuple[Record, ...]
    new: tuple[Record, ...]
    changed: tuple[Record, ...]
    same: int
    vanished: tuple[Record, ...]
    problems: tuple[Problem, ...]
    not_used: tuple[NotUsed, ...]
    blank_rows: int
    source: PlanSource
    already_in: str = ""


def refuse_second_time(plan: PlanImport) -> None:
    """Say no to a file that was imported already, where nobody said into which project it should go.

    Raises:
        Refusal: with both ways out.
    """
    if plan.already_in:
        raise Refusal(
            tr(
                "{name} is in the portfolio already as {code}; name that code to bring it up to date, or "
                "a new code to have the plan twice.",
                name=plan.source.name,
                code=plan.already_in,
            )
        )
