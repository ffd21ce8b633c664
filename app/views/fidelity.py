"""The fidelity report as it is printed, shown and handed to scripts."""

from __future__ import annotations

from typing import Any

from app.derive.fidelity import Difference, fidelity_of
from app.derive.fidelity_rules import UNEXPLAINED
from app.domain.document import Document
from app.domain.durations import Measure, measure_of
from app.domain.plan_import import PlanImport
from app.domain.values import ProjectId, iso
from app.text import mark, tr, trn
from app.views.formats import days_text, moment_text, percent_text
from app.views.tables import Ask, Column, Row, TableView

FIELDS = {
    "start": mark("Start"),
    "finish": mark("Finish"),
    "duration": mark("Duration"),
    "early_start": mark("Early start"),
    "early_finish": mark("Early finish"),
    "late_start": mark("Late start"),
    "late_finish": mark("Late finish"),
    "total_slack": mark("Total float"),
    "free_slack": mark("Free float"),
    "critical": mark("Critical"),
    "percent_complete": mark("% complete"),
}

_COLUMNS = (
    Column(
        "uid", mark("Unique ID"), "right", "number", width=80, help=mark("The task's number in the source.")
    ),
    Column("task", mark("Task"), width=230, help=mark("The task that differs.")),
    Column("field", mark("Field"), width=96, help=mark("What differs.")),
    Column("source", mark("Source"), "right", width=130, help=mark("What the source had saved.")),
    Column("ours", mark("Here"), "right", width=130, help=mark("What is worked out here.")),
    Column("rule", mark("Reason"), width=500, help=mark("The rule that brings the source's value about.")),
)


def fidelity(document: Document, project: ProjectId, ask: Ask) -> TableView:
    """Every difference between a project's dates and those its source had saved.

    Raises:
        KeyError: there is no such project.
    """
    report = fidelity_of(document, project)
    measure = measure_of(document.projects[project])
    columns = tuple(
        Column(one.key, tr(one.title), one.align, one.kind, width=one.width, help=tr(one.help))
        for one in _COLUMNS
    )
    rows = [_row(document, difference, measure, ask.locale) for difference in report.differences]
    words = ask.filter.casefold().split()
    kept = [row for row in rows if all(word in "\n".join(row.cells).casefold() for word in words)]
    empty = "" if kept else tr("Every date and float is as the source saved it.")
    if not report.tasks:
        empty = tr("This project was not imported with dates to compare.")
    elif rows and not kept:
        empty = tr("No difference fits the filter.")
    return TableView(columns, tuple(kept), note=headline(document, project), empty=empty)


def headline(document: Document, project: ProjectId) -> str:
    """The report in one line: what was compared, which dates and floats differ, what is unexplained."""
    report = fidelity_of(document, project)
    leaves = report.tasks - report.summaries
    tasks = trn("{count} task", "{count} tasks", leaves)
    summaries = trn("{count} summary", "{count} summaries", report.summaries)
    parts = [tr("{tasks} and {summaries} compared", tasks=tasks, summaries=summaries)]
    if not report.differences:
        parts.append(tr("none differs"))
    else:
        moved, others = report.moved, report.differing - report.moved
        if moved:
            parts.append(trn("{count} has other dates", "{count} have other dates", moved))
        else:
            parts.append(tr("every start and finish agrees"))
        if others:
            alone = trn("{count} differs in float or length", "{count} differ in float or length", others)
            parts.append(alone)
        parts.append(
            trn("{count} difference unexplained", "{count} differences unexplained", report.unexplained)
        )
    return " · ".join(parts)


def fidelity_json(document: Document, plan: PlanImport) -> dict[str, Any]:
    """What an import found, for scripts; ``document`` already holds the plan."""
    report = fidelity_of(document, plan.project)
    return {
        "project": document.projects[plan.project].code,
        "tasks": len(document.tasks.of(plan.project)),
        "compared": report.tasks,
        "differing": report.differing,
        "unexplained": report.unexplained,
        "differences": [
            {
                "uid": one.uid,
                "field": one.field,
                "source": _plain(one.field, one.source),
                "ours": _plain(one.field, one.ours),
                "rule": one.rule.key,
            }
            for one in report.differences
        ],
        "not_used": [
            {"name": one.name, "count": one.count, "where": one.where, "computed": one.is_computed}
            for one in plan.not_used
        ],
        "problems": [
            {"severity": one.severity.value, "place": one.place, "sentence": one.sentence}
            for one in plan.problems
        ],
    }


def fidelity_lines(document: Document, plan: PlanImport, locale: str = "en_GB") -> list[str]:
    """What an import found, for reading."""
    report = fidelity_of(document, plan.project)
    project = document.projects[plan.project]
    measure = measure_of(project)
    lines = [f"{project.code}  {project.name}", headline(document, plan.project)]
    for one in report.differences:
        source, ours = (_shown(one.field, value, measure, locale) for value in (one.source, one.ours))
        field = tr(FIELDS[one.field])
        lines.append(
            tr(
                "  {uid} {name}: {field} {source} in the source, {ours} here. {rule}",
                uid=one.uid,
                name=document.tasks[one.task].name,
                field=field,
                source=source,
                ours=ours,
                rule=tr(one.rule.sentence),
            )
        )
    kept = [one for one in plan.not_used if not one.is_computed]
    if kept:
        names = ", ".join(f"{one.name} ({one.count})" for one in kept)
        lines.append(tr("Carried by the source and not used yet: {names}.", names=names))
    lines.extend(f"  {problem.place}: {problem.sentence}" for problem in plan.problems)
    return lines


def _row(document: Document, difference: Difference, measure: Measure, locale: str) -> Row:
    is_open = difference.rule is UNEXPLAINED
    return Row(
        f"{difference.task}:{difference.field}",
        (
            str(difference.uid),
            document.tasks[difference.task].name,
            tr(FIELDS[difference.field]),
            _shown(difference.field, difference.source, measure, locale),
            _shown(difference.field, difference.ours, measure, locale),
            tr(difference.rule.sentence),
        ),
        ("", "", "", "", "", "watch" if is_open else ""),
    )


def _shown(field: str, value: int, measure: Measure, locale: str) -> str:
    if field.endswith(("start", "finish")):
        return moment_text(value, locale)
    if field == "critical":
        return tr("yes") if value else tr("no")
    if field == "percent_complete":
        return percent_text(value, locale)
    return days_text(value, measure, locale)


def _plain(field: str, value: int) -> str | int | bool:
    if field.endswith(("start", "finish")):
        return iso(value)
    return bool(value) if field == "critical" else value
