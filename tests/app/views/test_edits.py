"""Whatever is edited one after another, rows and chart taken over equal those made from nothing."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from app.domain.document import Document
from app.domain.values import ProjectId
from app.views.gantt import gantt
from app.views.gantt_shapes import GanttView
from app.views.plan import plan, plan_columns
from app.views.tables import Ask
from tests.app.derive.edits import Edit, edited, edits, small_plan

PLAIN, PROJECT = small_plan()


def asks(document: Document, project: ProjectId) -> tuple[Ask, ...]:
    """The usual columns, and all there are."""
    return Ask(), Ask(columns=tuple(column.key for column in plan_columns(document, project)))


def told(view: GanttView) -> dict[str, Any]:
    """A chart in a form that can be compared."""
    found: dict[str, Any] = {}
    for part in (view, view.bars):
        for field in dataclasses.fields(part):
            value = getattr(part, field.name)
            found[field.name] = value.tolist() if isinstance(value, np.ndarray) else value
    del found["bars"], found["links"]
    links = view.links
    columns = (links.predecessor, links.successor, links.kind, links.driving, links.critical)
    found["links"] = dict(
        zip(links.ids, zip(*(column.tolist() for column in columns), strict=True), strict=True)
    )
    return found


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=edits())
def test_rows_and_chart_taken_over_edit_by_edit_equal_those_made_from_nothing(steps: list[Edit]) -> None:
    document = Document.holding(PLAIN.records())
    for edit in steps:
        for ask in asks(document, PROJECT):
            plan(document, PROJECT, ask)
        document = edited(document, PROJECT, edit)
        fresh = Document.holding(document.records())
        for ask in asks(fresh, PROJECT):
            assert plan(document, PROJECT, ask) == plan(fresh, PROJECT, ask), edit
        assert told(gantt(document, PROJECT, Ask())) == told(gantt(fresh, PROJECT, Ask())), edit
