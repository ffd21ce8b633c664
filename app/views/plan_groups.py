"""Lines of a plan gathered under headings with subtotals, and the whole plan in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.text import tr, trn
from app.views.formats import date_text, days_text, hours_text, money_text, percent_text
from app.views.plan_columns import USUAL, columns_of
from app.views.plan_facts import PlanFacts
from app.views.tables import Ask, Row

GROUP = "group:"
"""What the keys of headings begin with; they are no tasks."""


def grouped(facts: PlanFacts, rows: Sequence[Row], ask: Ask, places: Sequence[int]) -> list[Row]:
    """The tasks (summaries left out) under one heading for each value of the asked column."""
    column = columns_of(facts).get(ask.group)
    if column is None:
        return list(rows)
    texts = column.texts(facts, range(facts.size), ask.locale)
    keys = column.keys(facts)
    by_text: dict[str, list[tuple[int, Row]]] = {}
    for place, row in zip(places, rows, strict=True):
        if not facts.summary[place]:
            by_text.setdefault(texts[place], []).append((place, row))
    known = columns_of(facts)
    names = [key for key in ask.columns or USUAL if key in known]
    found: list[Row] = []
    for text in sorted(by_text, key=lambda text: (not text, _order(keys[by_text[text][0][0]]))):
        members = by_text[text]
        heading = _heading(facts, text, [place for place, _ in members], names, ask)
        found.append(heading)
        if not heading.is_folded:
            found.extend(replace(row, level=1, has_children=False) for _, row in members)
    return found


def _order(key: object) -> tuple[int, float, str]:
    if isinstance(key, (bool, int, float)):
        return 0, float(key), ""
    return 1, 0.0, str(key)


def _heading(facts: PlanFacts, text: str, places: list[int], names: list[str], ask: Ask) -> Row:
    key = GROUP + text
    title = text or tr("(none)")
    said = _sums(facts, places, ask.locale)
    said["name"] = trn("{title} ({count} task)", "{title} ({count} tasks)", len(places), title=title)
    cells = tuple(said.get(name, "") for name in names)
    return Row(
        key,
        cells,
        locked=tuple(range(len(names))),
        is_summary=True,
        has_children=True,
        is_folded=key in ask.folded,
    )


def _sums(facts: PlanFacts, places: Sequence[int], locale: str) -> dict[str, str]:
    """Start, finish and what adds up, of some tasks that are no summaries; inactive ones do not count."""
    active = [n for n in places if facts.tasks[n].active]
    if not active:
        return {}
    planned = sum(facts.tasks[n].duration for n in active)
    done = sum(facts.tasks[n].duration * facts.percent[n] for n in active)
    whole = round(done / planned) if planned else min(facts.percent[n] for n in active)
    sums = {
        "start": date_text(min(facts.start[n] for n in active), locale),
        "finish": date_text(max(facts.finish[n] for n in active), locale),
        "percent": percent_text(whole, locale),
    }
    currency = facts.project.currency
    if work := sum(facts.costs.work[n] for n in active):
        sums["work"] = hours_text(work, locale)
    if cost := sum(facts.costs.cost[n] for n in active):
        sums["cost"] = money_text(cost, currency, locale)
    if fixed := sum(facts.tasks[n].fixed_cost for n in active):
        sums["fixed_cost"] = money_text(fixed, currency, locale)
    return sums


def project_line(facts: PlanFacts, locale: str) -> dict[str, str]:
    """The whole plan by column key: its name, dates, length, progress and sums."""
    leaves = [n for n in range(facts.size) if not facts.summary[n]]
    said = _sums(facts, leaves, locale)
    count = sum(1 for n in leaves if facts.tasks[n].active)
    said["name"] = trn("{count} task", "{count} tasks", count)
    minutes = facts.worktime.between(facts.result.project_start, facts.result.project_finish)
    said["duration"] = days_text(minutes, facts.measure, locale)
    said["start"] = date_text(facts.result.project_start, locale)
    said["finish"] = date_text(facts.result.project_finish, locale)
    if facts.baseline.has_values:
        said["baseline_start"] = date_text(facts.baseline.project_start, locale)
        said["baseline_finish"] = date_text(facts.baseline.project_finish, locale)
        said["finish_variance"] = days_text(facts.baseline.project_finish_variance, facts.measure, locale)
    return said
