"""The dates of projects as the command line prints them in JSON."""

from __future__ import annotations

from typing import Any

from app.derive.memo import Reader
from app.derive.plan_rows import rows_of
from app.derive.schedule import Driver, schedule_of
from app.derive.why import Reason, Reasons
from app.domain.document import Document
from app.domain.values import ProjectId, iso


def schedule_json(document: Document) -> dict[str, Any]:
    """Every project with its tasks, in the order of the portfolio."""
    projects = sorted(document.projects, key=lambda project: (project.rank, project.code))
    return {"projects": [project_json(document, project.id) for project in projects]}


def project_json(document: Document, project: ProjectId) -> dict[str, Any]:
    """One project with its tasks in outline order.

    Times are local ISO to the minute, slack and durations whole working minutes. The driver says what
    holds the start: its kind, and where they apply the predecessor's number, the link's type and lag in
    minutes (of a percent lag the percent), the day off that pushed the date, and the date asked for.

    Raises:
        KeyError: there is no such project.
    """
    reader = Reader(document)
    rows = rows_of(reader, project)
    result = schedule_of(reader, project)
    reasons = Reasons(reader, project)
    columns = {name: getattr(result, name).tolist() for name in (*_DATES, *_MINUTES, *_PLAIN)}
    tasks: list[dict[str, Any]] = []
    for place, task in enumerate(rows.tasks):
        tasks.append(
            {
                "uid": task.uid,
                "wbs": task.wbs or rows.outline.numbers[place],
                "name": task.name,
                "summary": columns["summary"][place],
                "active": task.active,
                **{name: iso(columns[name][place]) for name in _DATES},
                "total_slack_min": columns["total_slack"][place],
                "free_slack_min": columns["free_slack"][place],
                "critical": columns["critical"][place],
                "duration_min": columns["duration"][place],
                "percent_complete": columns["percent_complete"][place],
                "driver": _driver(document, reasons.of_start(place)),
            }
        )
    return {
        "project": rows.project.code,
        "start": iso(result.project_start),
        "finish": iso(result.project_finish),
        "tasks": tasks,
        "problems": [problem.sentence for problem in result.problems],
    }


_DATES = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
_MINUTES = ("total_slack", "free_slack", "duration")
_PLAIN = ("summary", "critical", "percent_complete")


def _driver(document: Document, reason: Reason) -> dict[str, Any]:
    other = None if reason.other is None else document.tasks.get(reason.other)
    kind = Driver.LINK if reason.kind is Driver.SUMMARY and reason.link is not None else reason.kind
    return {
        "kind": kind.name.lower(),
        "uid": None if other is None else other.uid,
        "type": None if reason.link is None else reason.link.type.value,
        "lag_min": None if reason.link is None else reason.link.lag,
        "calendar": reason.days_off[-1].name if reason.days_off else None,
        "date": None if reason.date is None else iso(reason.date),
    }
