"""Whatever is edited one after another, the schedule taken over equals the one worked out from nothing."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings

from app.derive.schedule import ScheduleResult, schedules
from app.domain.document import Document
from tests.app.derive.edits import Edit, edited, edits, small_plan

PLAIN, PROJECT = small_plan()


def told(result: ScheduleResult) -> dict[str, Any]:
    """A result in a form that can be compared; links and parts by what they name, not by their order."""
    found: dict[str, Any] = {}
    for field in dataclasses.fields(result):
        value = getattr(result, field.name)
        found[field.name] = value.tolist() if isinstance(value, np.ndarray) else value
    found["outline"] = result.outline.tasks
    found["problems"] = [problem.sentence for problem in result.problems]
    links, parts = [*found.pop("links")], [*found.pop("parts")]
    for names, columns in ((links, ("link_slack", "link_driving")), (parts, ("part_start", "part_finish"))):
        for column in columns:
            found[column] = dict(zip(names, found[column], strict=False))
    for index in ("start_driver_index", "finish_driver_index"):
        found.pop(index)
    return found


def anew(document: Document) -> Document:
    """The same document, of which nothing has been worked out yet."""
    return Document.holding(document.records())


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=edits())
def test_a_schedule_taken_over_edit_by_edit_equals_one_worked_out_from_nothing(steps: list[Edit]) -> None:
    document = anew(PLAIN)
    schedules(document)
    for edit in steps:
        document = edited(document, PROJECT, edit)
        found, fresh = schedules(document), schedules(anew(document))
        for project in fresh:
            assert told(found[project]) == told(fresh[project]), edit
