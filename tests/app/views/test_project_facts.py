"""A project's settings as lines: every field that can be typed is there, and each can be typed again."""

from __future__ import annotations

import pytest

from app.domain.document import Document
from app.domain.portfolio import FieldKind, OwnerKind
from app.domain.values import ProjectId
from app.operations import custom_fields, projects
from app.views.project_facts import Setting, project_settings
from tests.builders import after, at, done, plan


def lines(document: Document, project: ProjectId, locale: str = "en_GB") -> dict[str, Setting]:
    sections = project_settings(document, project, locale)
    return {line.field: line for section in sections for line in section.settings}


def test_every_field_that_can_be_typed_has_a_line_with_words() -> None:
    document, project, _ = plan(["2d"])
    found = lines(document, project)
    assert set(found) == projects.FIELDS
    assert all(line.title and line.help for line in found.values())


def test_the_finish_is_worked_out_until_the_plan_runs_back_from_it() -> None:
    document, project, _ = plan(["2d"])
    assert not lines(document, project)["finish"].is_editable
    document = after(document, projects.set_schedule_from(project, False, at(29, 17)))
    found = lines(document, project)
    assert (found["finish"].value, found["finish"].is_editable) == ("29 Jan 2027", True)


@pytest.mark.parametrize("locale", ["en_GB", "de_DE"])
def test_what_is_shown_can_be_typed_again_and_changes_nothing(locale: str) -> None:
    document, project, _ = plan(["2d"])
    for line in lines(document, project, locale).values():
        if line.is_editable and line.field not in ("start", "status_date"):
            typed = after(document, projects.set_field(project, line.field, line.value, locale))
            before, now = document.projects[project], typed.projects[project]
            assert getattr(now, line.field) == getattr(before, line.field), line.field


def test_columns_of_ones_own_come_last() -> None:
    document, project, _ = plan(["2d"])
    document, field = done(document, custom_fields.create("Board", FieldKind.FLAG, OwnerKind.PROJECT))
    document = after(document, custom_fields.set_value(field, project, "yes"))
    last = project_settings(document, project, "en_GB")[-1]
    assert [(line.title, line.value) for line in last.settings] == [("Board", "yes")]
