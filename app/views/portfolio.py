"""The list of projects: when each starts and finishes, how far it slipped, what comes next."""

from __future__ import annotations

from typing import Any

from app.derive.figures import ProjectFacts, is_worked_out, project_facts
from app.derive.memo import Reader, remember
from app.domain.document import Document
from app.domain.portfolio import Project, ProjectState
from app.domain.values import ProjectId, iso
from app.text import tr, trn
from app.views.formats import NONE, date_text, days_text, moment_text, money_text, percent_text
from app.views.portfolio_columns import STATES, USUAL, USUAL_OF_ALL, portfolio_columns
from app.views.tables import Ask, Column, Row, TableView


def portfolio(document: Document, ask: Ask) -> TableView:
    """The active projects; the column filter ``state`` asks for ``archived``, ``template`` or ``all``.

    Sorted as arranged by hand unless the ask says otherwise; the totals row counts what is shown.
    """
    filters = dict(ask.column_filters)
    filters.pop("state", "")
    columns = _columns(ask)
    shown = [project_facts(document, project.id) for project in _asked_for(document, ask)]
    keys = tuple(column.key for column in columns)
    pairs = [(facts, _row(document, facts, keys, ask.locale)) for facts in shown]
    words = ask.filter.casefold().split()
    kept = [
        (facts, row)
        for facts, row in pairs
        if all(word in "\n".join(row.cells).casefold() for word in words)
        and all(_fits(row, keys, key, text) for key, text in filters.items())
    ]
    if ask.sort:
        key = ask.sort.removeprefix("-")
        kept.sort(key=lambda pair: _sort_key(pair[0], key), reverse=ask.sort.startswith("-"))
    note = ""
    if len(kept) != len(pairs):
        note = trn("{count} of {all} shown", "{count} of {all} shown", len(kept), all=len(pairs))
    empty = ""
    if not kept:
        empty = tr("No project fits the filter.") if pairs else tr("No projects here yet.")
    totals = _totals([facts for facts, _ in kept], keys, ask.locale) if kept else None
    return TableView(columns, tuple(row for _, row in kept), totals, note, empty)


def outstanding(document: Document, ask: Ask) -> tuple[ProjectId, ...]:
    """The projects asked for whose figures are still to be worked out, in the order they are arranged in."""
    return tuple(p.id for p in _asked_for(document, ask) if not is_worked_out(document, p.id))


def work_out(document: Document, project: ProjectId) -> None:
    """Have the figures of a project remembered for the views of this document."""
    project_facts(document, project)


def portfolio_names(document: Document, ask: Ask) -> TableView:
    """The projects asked for by what was decided of them, while their figures are worked out; no totals."""
    columns = _columns(ask)
    rows = tuple(
        Row(project.id, tuple(_decided(project, column.key) for column in columns))
        for project in _asked_for(document, ask)
    )
    return TableView(columns, rows)


def _columns(ask: Ask) -> tuple[Column, ...]:
    known = {column.key: column for column in portfolio_columns()}
    usual = USUAL_OF_ALL if dict(ask.column_filters).get("state") == "all" else USUAL
    return tuple(known[key] for key in ask.columns or usual if key in known)


def _asked_for(document: Document, ask: Ask) -> list[Project]:
    wanted = dict(ask.column_filters).get("state", "active")
    return [
        project
        for project in sorted(document.projects, key=lambda project: (project.rank, project.code))
        if wanted == "all" or project.state.value == wanted
    ]


def _decided(project: Project, key: str) -> str:
    if key == "state":
        return tr(STATES[project.state])
    return getattr(project, key) if key in ("code", "name", "manager", "sponsor") else "…"


def answer_line(document: Document, locale: str) -> str:
    """The page's answer in one line: how many projects, how many need attention, when the last is done."""
    active = [
        project_facts(document, project.id)
        for project in document.projects
        if project.state is ProjectState.ACTIVE
    ]
    if not active:
        return tr("No active projects yet.")
    parts = [trn("{count} project", "{count} projects", len(active))]
    troubled = sum(1 for facts in active if facts.needs_attention)
    if troubled:
        parts.append(trn("{count} needs attention", "{count} need attention", troubled))
    else:
        parts.append(tr("none needs attention"))
    last = max(facts.finish for facts in active)
    parts.append(tr("last finish {date}", date=date_text(last, locale)))
    return " · ".join(parts)


def task_count(document: Document, project: ProjectId) -> int:
    """How many tasks a project has, as it is said everywhere: active ones, without summaries."""
    return project_facts(document, project).tasks


def portfolio_facts(document: Document) -> dict[str, Any]:
    """The list of projects for the command line's JSON."""
    found = []
    for project in sorted(document.projects, key=lambda project: (project.rank, project.code)):
        facts = project_facts(document, project.id)
        found.append(
            {
                "project": project.code,
                "name": project.name,
                "state": project.state.value,
                "start": iso(facts.start),
                "finish": iso(facts.finish),
                "baseline_finish": None if facts.baseline_finish is None else iso(facts.baseline_finish),
                "slip_min": facts.slip,
                "percent_complete": facts.percent,
                "next_milestone": facts.milestone or None,
                "next_milestone_date": None if facts.milestone_at is None else iso(facts.milestone_at),
                "tasks": facts.tasks,
                "problems": list(facts.problems),
            }
        )
    return {"projects": found}


def _row(document: Document, facts: ProjectFacts, keys: tuple[str, ...], locale: str) -> Row:
    place = ("project row", facts.project.id, keys, locale)

    def make(reader: Reader, last: tuple[ProjectFacts, Row] | None) -> tuple[ProjectFacts, Row]:
        now = project_facts(reader, facts.project.id)
        if last is not None and last[0] == now:
            return last
        said = _cells(now, locale)
        marks = {"slip": "bad" if (now.slip or 0) > 0 else "", "problems": "bad" if now.problems else ""}
        marks["late"] = "bad" if now.late else ""
        hints = {
            "start": moment_text(now.start, locale),
            "finish": moment_text(now.finish, locale),
            "milestone": now.milestone,
            "problems": "\n".join(now.problems),
        }
        marked = tuple(marks.get(key, "") for key in keys)
        row = Row(
            now.project.id,
            tuple(said[key] for key in keys),
            marked if any(marked) else (),
            tuple(hints.get(key, "") for key in keys),
        )
        return now, row

    return remember(document, place, make)[1]


def _cells(facts: ProjectFacts, locale: str) -> dict[str, str]:
    project = facts.project

    def day(moment: int | None) -> str:
        return NONE if moment is None else date_text(moment, locale)

    return {
        "code": project.code,
        "name": project.name,
        "state": tr(STATES[project.state]),
        "start": day(facts.start),
        "finish": day(facts.finish),
        "baseline_finish": day(facts.baseline_finish),
        "slip": NONE if facts.slip is None else days_text(facts.slip, facts.measure, locale),
        "percent": percent_text(facts.percent, locale),
        "milestone": facts.milestone or NONE,
        "milestone_date": day(facts.milestone_at),
        "tasks": str(facts.tasks),
        "late": _count(facts.late),
        "problems": _count(len(facts.problems)),
        "manager": project.manager,
        "sponsor": project.sponsor,
        "status_date": "" if project.status_date is None else date_text(project.status_date, locale),
        "cost": money_text(facts.cost, project.currency, locale) if facts.cost else NONE,
    }


def _count(number: int) -> str:
    return str(number) if number else NONE


def _fits(row: Row, keys: tuple[str, ...], key: str, text: str) -> bool:
    return key not in keys or text.strip().casefold() in row.cells[keys.index(key)].casefold()


def _sort_key(facts: ProjectFacts, key: str) -> tuple[bool, Any]:
    project = facts.project
    figures: dict[str, Any] = {
        "start": facts.start,
        "finish": facts.finish,
        "baseline_finish": facts.baseline_finish,
        "slip": facts.slip,
        "percent": facts.percent,
        "milestone_date": facts.milestone_at,
        "tasks": facts.tasks,
        "late": facts.late,
        "problems": len(facts.problems),
        "status_date": project.status_date,
        "cost": facts.cost,
        "milestone": facts.milestone.casefold() or None,
        "state": project.state.value,
    }
    value = figures[key] if key in figures else str(getattr(project, key, "")).casefold()
    return value is None, 0 if value is None else value


def _totals(shown: list[ProjectFacts], keys: tuple[str, ...], locale: str) -> Row:
    currencies = {facts.project.currency for facts in shown}
    tasks = sum(facts.tasks for facts in shown)
    weighed = sum(facts.percent * facts.tasks for facts in shown)
    slips = [facts for facts in shown if (facts.slip or 0) > 0]
    said = {
        "name": trn("{count} project", "{count} projects", len(shown)),
        "start": date_text(min(facts.start for facts in shown), locale),
        "finish": date_text(max(facts.finish for facts in shown), locale),
        "slip": trn("{count} late", "{count} late", len(slips)) if slips else NONE,
        "percent": percent_text(weighed // tasks, locale) if tasks else NONE,
        "tasks": str(tasks),
        "late": _count(sum(facts.late for facts in shown)),
        "problems": _count(sum(len(facts.problems) for facts in shown)),
    }
    if len(currencies) == 1:
        cost = sum(facts.cost for facts in shown)
        said["cost"] = money_text(cost, next(iter(currencies)), locale)
    return Row("total", tuple(said.get(key, "") for key in keys), is_summary=True)
