"""How commands open a portfolio: as whom, for reading or for writing, and how references are read."""

from __future__ import annotations

import argparse

from app.domain.document import Document
from app.domain.errors import Ambiguous, Refusal
from app.domain.portfolio import Project
from app.domain.references import project_named
from app.text import tr
from app.workspace import Who, Workspace


def owner(arguments: argparse.Namespace) -> Who:
    """The person the history will name: ``--as``, else the display name of the settings, else the login."""
    return Who.here(arguments.user)


def opened(arguments: argparse.Namespace) -> Workspace:
    """The file opened for changing; refused with the holder's name where somebody else has it."""
    return Workspace.open(arguments.file, owner=owner(arguments))


def reading(arguments: argparse.Namespace) -> Workspace:
    """The file opened for reading only; works while somebody else has it."""
    return Workspace.open(arguments.file, owner=owner(arguments), read_only=True)


def project_asked(document: Document, code: str | None) -> Project:
    """The project of that code, or the only one where none is named.

    Raises:
        Refusal: there is none.
        Ambiguous: there are several, and no code says which.
    """
    if code is not None:
        return project_named(document, code)
    found = list(document.projects)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal(tr("There are no projects in this file yet."))
    codes = tuple(sorted(project.code for project in found))
    raise Ambiguous(tr("Say with --project which project is meant:"), codes)
