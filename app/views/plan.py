"""The plan as an outline grid: rows of display-ready cells, filtered, sorted, grouped and folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.derive.memo import Reader, remember
from app.domain.document import Document
from app.domain.values import ProjectId
from app.text import tr, trn
from app.views.formats import moment_text
from app.views.plan_cells import PlanColumn, translated
from app.views.plan_columns import USUAL, columns_of
from app.views.plan_facts import Ints, PlanFacts, carried, differing, facts_of
from app.views.plan_filter import arranged, is_filtered, kept_places
from app.views.plan_groups import grouped, project_line
from app.views.plan_signs import signs, troubles
from app.views.tables import Ask, Column, Row, TreeView


@dataclass(frozen=True, slots=True)
class PlanLines:
    """All lines of a plan in some columns, unfolded, in outline order, and the facts they were made from."""

    facts: PlanFacts
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def plan(document: Document | Reader, project: ProjectId, ask: Ask) -> TreeView:
    """The project's plan as asked for; lines that read as before are the same objects as before.

    Column filters are (column key, what is wanted): a text that must occur, a comparison such as ``>10d``
    or ``<=2027-03-01``, or, under the key ``only``, one of ``critical``, ``late``, ``milestones``,
    ``incomplete``, ``overdue``, ``summaries``. The parents of what is kept stay, muted. Sorting never
    breaks up the outline; grouping does, with subtotals.

    Raises:
        KeyError: there is no such project.
    """
    if is_filtered(ask):
        return _plan(document if isinstance(document, Reader) else Reader(document), project, ask)
    return remember(document, ("plan", project, ask), lambda reader, last: _plan(reader, project, ask))


def plan_columns(document: Document, project: ProjectId) -> tuple[Column, ...]:
    """Every column that can be chosen, in the user's language."""
    return tuple(translated(column.column) for column in columns_of(facts_of(document, project)).values())


def plan_lines(document: Document | Reader, project: ProjectId, ask: Ask) -> PlanLines:
    """Every line of the plan in the asked columns, whatever is filtered or folded."""
    keys = ask.columns or USUAL
    return remember(
        document,
        ("lines", project, ask.locale, keys),
        lambda reader, last: _lines(reader, project, ask.locale, keys, last),
    )


def _plan(reader: Reader, project: ProjectId, ask: Ask) -> TreeView:
    lines = plan_lines(reader, project, ask)
    facts = lines.facts
    if not facts.size:
        return TreeView(lines.columns, (), empty=tr("No tasks yet. Type a name to add the first one."))
    totals = _totals(facts, lines, ask.locale)
    note = ""
    rows: Sequence[Row] = lines.rows
    if is_filtered(ask):
        matched, kept = kept_places(facts, lines.rows, ask)
        note = trn("{count} of {all} shown", "{count} of {all} shown", len(matched), all=facts.size)
        if ask.group:
            rows = [rows[n] for n in sorted(matched)]
            return _view(lines, grouped(facts, rows, ask, sorted(matched)), totals, note)
        muted = tuple("muted" for _ in lines.columns)
        rows = [rows[n] if n in matched else replace(rows[n], marks=muted) for n in kept]
        places = kept
    else:
        places = list(range(facts.size))
        if ask.group:
            return _view(lines, grouped(facts, rows, ask, places), totals, note)
    if ask.sort:
        rows, places = arranged(facts, rows, places, ask)
    if ask.folded:
        rows = _unfolded(rows, ask.folded)
    return _view(lines, rows, totals, note)


def _view(lines: PlanLines, rows: Sequence[Row], totals: Row, note: str) -> TreeView:
    empty = tr("No task fits the filter.") if not rows else ""
    return TreeView(lines.columns, tuple(rows), totals, note, empty)


def _unfolded(rows: Sequence[Row], folded: frozenset[str]) -> list[Row]:
    found: list[Row] = []
    below = -1
    for row in rows:
        if below >= 0 and row.level > below:
            continue
        below = -1
        if row.has_children and row.key in folded:
            below = row.level
            row = replace(row, is_folded=True)
        found.append(row)
    return found


def _lines(
    reader: Reader, project: ProjectId, locale: str, keys: tuple[str, ...], last: PlanLines | None
) -> PlanLines:
    facts = facts_of(reader, project)
    known = columns_of(facts)
    chosen = [known[key] for key in keys if key in known]
    columns = tuple(translated(column.column) for column in chosen)
    places = None
    if last is not None and last.columns == columns:
        if last.facts is facts:
            return last
        places = differing(last.facts, facts)
        columns = last.columns
        if places is None and (came := carried(last.facts, facts)) is not None:
            return PlanLines(facts, columns, _carried(facts, chosen, came, locale, last.rows))
    if places is None or last is None:
        return PlanLines(facts, columns, _made(facts, chosen, range(facts.size), locale, ()))
    rows = list(last.rows)
    fresh = _made(facts, chosen, places, locale, [rows[n] for n in places])
    for place, row in zip(places, fresh, strict=True):
        rows[place] = row
    return PlanLines(facts, columns, tuple(rows))


def _carried(
    facts: PlanFacts, chosen: list[PlanColumn], came: Ints, locale: str, old: Sequence[Row]
) -> tuple[Row, ...]:
    """Rows of which most only stand elsewhere than before; only what speaks of places is worded anew."""
    rows: list[Row] = [old[place] for place in came.tolist()]
    anew, kept = np.flatnonzero(came < 0).tolist(), np.flatnonzero(came >= 0).tolist()
    for place, row in zip(anew, _made(facts, chosen, anew, locale, ()), strict=True):
        rows[place] = row
    placed = [n for n, column in enumerate(chosen) if column.is_placed]
    texts = [chosen[n].texts(facts, kept, locale) for n in placed]
    for place, words in zip(kept, zip(*texts, strict=True), strict=True) if placed else ():
        row = rows[place]
        cells = list(row.cells)
        for n, text in zip(placed, words, strict=True):
            cells[n] = text
        if (now := tuple(cells)) != row.cells:
            rows[place] = Row(
                row.key, now, row.marks, row.hints, row.locked, row.level, row.is_summary, row.has_children
            )
    return tuple(rows)


def _made(
    facts: PlanFacts, chosen: list[PlanColumn], places: Sequence[int], locale: str, old: Sequence[Row]
) -> tuple[Row, ...]:
    """Rows for some places; one that reads as the old one at its place is that old one."""
    if not chosen:
        return ()
    table = zip(*(column.texts(facts, places, locale) for column in chosen), strict=True)
    names = [column.column.key for column in chosen]
    closed = tuple(
        n for n, column in enumerate(chosen) if column.column.editable and not column.open_in_summaries
    )
    summary, levels = facts.summary, facts.rows.outline.levels
    found: list[Row] = []
    for at, (place, cells) in enumerate(zip(places, table, strict=True)):
        is_summary = summary[place]
        row = Row(
            facts.tasks[place].id,
            cells,
            _marks(facts, place, names),
            _hints(facts, place, names, locale),
            closed if is_summary else (),
            levels[place] - 1,
            is_summary,
            is_summary,
        )
        found.append(old[at] if old and old[at] == row else row)
    return tuple(found)


def _marks(facts: PlanFacts, place: int, names: list[str]) -> tuple[str, ...]:
    task = facts.tasks[place]
    if not task.active:
        return ("muted",) * len(names)
    late = task.deadline is not None and facts.finish[place] > task.deadline
    negative = facts.numbers("total_slack")[place] < 0
    behind = bool(facts.baseline.has_values and facts.numbers("baseline:finish_variance")[place] > 0)
    if not (late or negative or behind or facts.critical[place]):
        return ()
    marks = {"finish": "bad" if late else "", "deadline": "bad" if late else ""}
    marks["total_slack"] = "bad" if negative else ""
    marks["finish_variance"] = "bad" if behind else ""
    marks["critical"] = "bad" if facts.critical[place] else ""
    found = tuple(marks.get(name, "") for name in names)
    return found if any(found) else ()


def _hints(facts: PlanFacts, place: int, names: list[str], locale: str) -> tuple[str, ...]:
    """Tooltips: the words behind the signs; dates spell themselves out by ``hint`` on demand."""
    if "signs" not in names:
        return ()
    found = signs(facts, place, locale)
    if not found:
        return ()
    words = "\n".join(f"{sign} {sentence}" for sign, sentence in found)
    return tuple(words if name == "signs" else "" for name in names)


def hint(document: Document, project: ProjectId, key: str, column: str, ask: Ask) -> str:
    """The tooltip of one cell, asked for when the pointer rests: signs in words, a date in full, troubles."""
    facts = facts_of(document, project)
    place = facts.rows.outline.places.get(key)  # type: ignore[call-overload]
    if place is None:
        return ""
    if column == "signs":
        return "\n".join(f"{sign} {sentence}" for sign, sentence in signs(facts, place, ask.locale))
    moments = {"start": facts.start, "finish": facts.finish}
    lines = [moment_text(moments[column][place], ask.locale)] if column in moments else []
    if column == "finish":
        lines.extend(troubles(facts, place, ask.locale))
    return "\n".join(lines)


def _totals(facts: PlanFacts, lines: PlanLines, locale: str) -> Row:
    """The project in one line, for the columns where a total says something."""
    said = project_line(facts, locale)
    return Row("total", tuple(said.get(column.key, "") for column in lines.columns), is_summary=True)
