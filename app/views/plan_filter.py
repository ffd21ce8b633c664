"""Which lines of a plan are kept by a filter, and in which order they come."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any

from app.domain.durations import parse_span
from app.domain.errors import Refusal
from app.domain.numerals import parse_number
from app.domain.typed import parse_moment
from app.views.plan_cells import PlanColumn
from app.views.plan_columns import columns_of
from app.views.plan_facts import PlanFacts
from app.views.tables import Ask, Row

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "<>": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def is_filtered(ask: Ask) -> bool:
    """Whether anything may be left out."""
    return bool(ask.filter.strip() or ask.column_filters)


def kept_places(facts: PlanFacts, rows: Sequence[Row], ask: Ask) -> tuple[set[int], list[int]]:
    """The places that fit every filter, and these with the summaries above them, in outline order."""
    matched = set(range(facts.size))
    words = ask.filter.casefold().split()
    if words:
        matched = {n for n in matched if _has(facts, rows[n], n, words)}
    known = columns_of(facts)
    for key, wanted in ask.column_filters:
        fits = _only(facts, wanted) if key == "only" else None
        if fits is None and key in known and wanted.strip():
            fits = _fitting(facts, known[key], wanted.strip(), ask.locale)
        if fits is not None:
            matched = {n for n in matched if fits(n)}
    kept = set(matched)
    parents = facts.rows.outline.parents
    for place in matched:
        above = parents[place]
        while above >= 0 and above not in kept:
            kept.add(above)
            above = parents[above]
    return matched, sorted(kept)


def _has(facts: PlanFacts, row: Row, place: int, words: list[str]) -> bool:
    task = facts.tasks[place]
    text = "\n".join((*row.cells, task.name, task.wbs, task.notes)).casefold()
    return all(word in text for word in words)


def _only(facts: PlanFacts, which: str) -> Callable[[int], bool]:
    """One of the quick filters."""
    summary, percent, finish = facts.summary, facts.percent, facts.finish
    if which == "critical":
        return lambda n: facts.critical[n] and facts.tasks[n].active
    if which == "milestones":
        return lambda n: not summary[n] and (facts.tasks[n].milestone or facts.tasks[n].duration == 0)
    if which == "incomplete":
        return lambda n: percent[n] < 100
    if which == "summaries":
        return lambda n: summary[n]
    if which == "overdue":
        status = facts.project.status_date
        return lambda n: status is not None and not summary[n] and percent[n] < 100 and finish[n] < status
    variance = facts.numbers("baseline:finish_variance")
    return lambda n: variance[n] > 0 or _misses_deadline(facts, n)


def _misses_deadline(facts: PlanFacts, place: int) -> bool:
    deadline = facts.tasks[place].deadline
    return deadline is not None and facts.finish[place] > deadline


def _fitting(facts: PlanFacts, column: PlanColumn, wanted: str, locale: str) -> Callable[[int], bool]:
    for sign, compare in COMPARISONS.items():
        if wanted.startswith(sign):
            value = _value(facts, column, wanted.removeprefix(sign).strip(), locale)
            if value is not None:
                keys = column.keys(facts)
                return lambda n: keys[n] is not None and compare(_like(keys[n], value), value)
    texts = column.texts(facts, range(facts.size), locale)
    plain = wanted.casefold()
    if plain == "–":
        return lambda n: not texts[n]
    return lambda n: plain in texts[n].casefold()


def _value(facts: PlanFacts, column: PlanColumn, text: str, locale: str) -> object | None:
    """What a comparison compares with, read as the column reads."""
    try:
        kind = column.column.kind
        if kind == "duration":
            return parse_span(text, facts.measure, locale).minutes
        if kind == "date":
            return parse_moment(text, facts.project.start, 0, locale)
        if kind in ("number", "percent", "links"):
            return float(parse_number(text.rstrip("% "), locale))
        if kind == "money":
            return float(parse_number(text, locale)) * 100
    except Refusal:
        return None
    return text.casefold()


def _like(key: object, value: object) -> object:
    return str(key).casefold() if isinstance(value, str) else key


def arranged(
    facts: PlanFacts, rows: Sequence[Row], places: Sequence[int], ask: Ask
) -> tuple[list[Row], list[int]]:
    """Rows and places sorted among their siblings by a column, empty ones last; branches stay whole."""
    key = ask.sort.removeprefix("-")
    column = columns_of(facts).get(key)
    if column is None:
        return list(rows), list(places)
    order = _sorted(facts, column, places, ask.sort.startswith("-"))
    by_place = dict(zip(places, rows, strict=True))
    return [by_place[n] for n in order], order


def _sorted(facts: PlanFacts, column: PlanColumn, places: Sequence[int], descending: bool) -> list[int]:
    keys = column.keys(facts)
    parents = facts.rows.outline.parents
    inside: dict[int, list[int]] = {}
    for place in places:
        inside.setdefault(parents[place], []).append(place)
    for found in inside.values():
        said = [n for n in found if keys[n] is not None and keys[n] != ""]
        empty = [n for n in found if keys[n] is None or keys[n] == ""]
        said.sort(key=lambda n: keys[n], reverse=descending)  # type: ignore[arg-type, return-value]
        found[:] = said + empty
    order: list[int] = []
    todo = inside.get(-1, [])[::-1]
    while todo:
        place = todo.pop()
        order.append(place)
        todo.extend(reversed(inside.get(place, [])))
    return order
