"""The plan of the second journey as a document: nine tasks, every kind of link, a holiday on the 6th."""

from __future__ import annotations

from datetime import date

from app.domain.document import Document
from app.domain.durations import parse_lag
from app.domain.values import ProjectId, TaskId
from app.domain.work import LinkType
from app.operations import calendars, links
from tests.builders import after, by_name, plan, shared_calendar

LINKS = (
    ("A", "B", "FS", ""),
    ("A", "C", "SS", "2d"),
    ("B", "D", "FS", ""),
    ("C", "E", "FS", ""),
    ("D", "F", "SS", "6d"),
    ("D", "F", "FF", "2d"),
    ("F", "G", "FS", "-1d"),
    ("E", "H", "FS", ""),
    ("F", "H", "FS", ""),
    ("G", "H", "FS", ""),
    ("H", "I", "SF", ""),
)


def journey() -> tuple[Document, ProjectId, dict[str, TaskId]]:
    """The document, its project and the tasks by letter."""
    document, project, _ = plan(["5d", "4d", "6d", "10d", "3d", "5d", "2d", "0d", "3d"])
    holiday = calendars.add_exception(shared_calendar(document), "Epiphany", date(2027, 1, 6))
    document = after(document, holiday)
    task = {letter: by_name(document, letter) for letter in "ABCDEFGHI"}
    for first, second, type, lag in LINKS:
        span = parse_lag(lag) if lag else None
        document = after(document, links.add(task[first], task[second], LinkType(type), span))
    return document, project, task
