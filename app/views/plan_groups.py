"""Lines of a plan gathered under headings with subtotals, and the whole plan in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.text import tr, trn
from app.views.formats import date_text, days_text, hours_text, money_text, percent_text
from app.views.plan_columns import USUAL, columns_of
from app.views.plan_facts import PlanFacts
from app.views.tables import Ask, Row

Ints = NDArray[np.int64]

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


def _sums(facts: PlanFacts, places: Sequence[int] | Ints, locale: str) -> dict[str, str]:
    """Start, finish and what adds up, of some tasks that are no summaries; inactive ones do not count."""
    decided, result, costs = facts.rows.decided, facts.result, facts.costs
    active = np.asarray(places, np.int64)
    active = active[decided.active[active]]
    if not len(active):
        return {}
    percent = result.percent_complete[active]
    planned = int(decided.duration[active].sum())
    done = int((decided.duration[active] * percent).sum())
    whole = round(done / planned) if planned else int(percent.min())
    sums = {
        "start": date_text(int(result.start[active].min()), locale),
        "finish": date_text(int(result.finish[active].max()), locale),
        "percent": percent_text(whole, locale),
    }
    currency = facts.project.currency
    if work := int(costs.work[active].sum()):
        sums["work"] = hours_text(work, locale)
    if cost := int(costs.cost[active].sum()):
        sums["cost"] = money_text(cost, currency, locale)
    if fixed := int(decided.fixed_cost[active].sum()):
        sums["fixed_cost"] = money_text(fixed, currency, locale)
    return sums


def project_line(facts: PlanFacts, locale: str) -> dict[str, str]:
    """The whole plan by column key: its name, dates, length, progress and sums."""
    leaves = np.flatnonzero(~facts.rows.summary)
    said = _sums(facts, leaves, locale)
    count = int(facts.rows.decided.active[leaves].sum())
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
