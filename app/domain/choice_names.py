"""What the choices of a task are called, for whoever shows them and for whoever reads them typed."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.portfolio import TaskType
from app.domain.work import ConstraintType
from app.text import mark

CONSTRAINT_NAMES: Mapping[ConstraintType, str] = {
    ConstraintType.ASAP: mark("As soon as possible"),
    ConstraintType.ALAP: mark("As late as possible"),
    ConstraintType.MSO: mark("Must start on"),
    ConstraintType.MFO: mark("Must finish on"),
    ConstraintType.SNET: mark("Start no earlier than"),
    ConstraintType.SNLT: mark("Start no later than"),
    ConstraintType.FNET: mark("Finish no earlier than"),
    ConstraintType.FNLT: mark("Finish no later than"),
}
TASK_TYPE_NAMES: Mapping[TaskType, str] = {
    TaskType.FIXED_UNITS: mark("Fixed units"),
    TaskType.FIXED_DURATION: mark("Fixed duration"),
    TaskType.FIXED_WORK: mark("Fixed work"),
}
