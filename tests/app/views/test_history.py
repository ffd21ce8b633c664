"""The history reads as people speak: values in words, every date alike."""

from __future__ import annotations

from app.domain.history import FieldChange
from app.domain.work import ConstraintType
from app.views.history import fields
from app.views.tables import Ask
from tests.builders import plan


def test_a_constraint_stands_there_in_words() -> None:
    document, _project, (task,) = plan(["2d"])
    change = FieldChange("tasks", task, "constraint", ConstraintType.ASAP, ConstraintType.SNET)
    row = fields(document, (change,), Ask()).rows[0]
    assert row.cells[2:] == ("As soon as possible", "Start no earlier than")


def test_a_record_that_came_says_so_once() -> None:
    document, _project, (task,) = plan(["2d"])
    record = document.tasks[task]
    row = fields(document, (FieldChange("tasks", task, "*", None, record),), Ask()).rows[0]
    assert row.cells[1:] == ("Added", "", "")
