"""The projects one can switch to or choose from; read before any date is worked out, so it loads nothing."""

from __future__ import annotations

from app.domain.document import Document
from app.domain.portfolio import ProjectState
from app.domain.values import ProjectId


def project_choices(document: Document, *, active: bool = False) -> tuple[tuple[ProjectId, str], ...]:
    """The projects to choose one from, templates left out, active ones first; each with its name and code."""
    states = (ProjectState.ACTIVE,) if active else (ProjectState.ACTIVE, ProjectState.ARCHIVED)
    found = sorted(
        (project for project in document.projects if project.state in states),
        key=lambda project: (states.index(project.state), project.rank),
    )
    return tuple((project.id, f"{project.name} · {project.code}") for project in found)
