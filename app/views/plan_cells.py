"""What the cells of a plan say and sort by, and the moulds its columns are made in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from app.derive.schedule import NO_MOMENT
from app.domain.durations import TypedLink, format_link
from app.domain.portfolio import CustomField, FieldKind
from app.domain.values import DurationFormat, Span, from_iso
from app.domain.work import Link, LinkType, Task
from app.text import language, mark, tr
from app.views.formats import (
    date_text,
    days_text,
    hours_text,
    money_text,
    number_text,
    percent_text,
    signed,
    span_text,
)
from app.views.plan_facts import PlanFacts
from app.views.plan_signs import signs
from app.views.tables import Align, CellKind, Column

Texts = Callable[[PlanFacts, Sequence[int], str], list[str]]
"""The cells of a column for some places, in a locale."""

Keys = Callable[[PlanFacts], Sequence[object]]
"""What a column sorts and compares by, in outline order; ``None`` where there is nothing."""


@dataclass(frozen=True, slots=True)
class PlanColumn:
    """A column with what it says of the tasks; ``open`` tells where summaries may be typed in as well.

    ``is_placed`` says that it also speaks of where lines stand in the outline, its own or others.
    """

    column: Column
    texts: Texts
    keys: Keys
    open_in_summaries: bool = False

    @property
    def is_placed(self) -> bool:
        return self.column.key in _PLACED


_PLACED = frozenset({"row", "outline", "predecessors", "successors"})


def column_of(
    key: str,
    title: str,
    about: str,
    texts: Texts,
    keys: Keys,
    *,
    kind: CellKind = "text",
    align: Align = "left",
    editable: bool = False,
    choices: tuple[str, ...] = (),
    width: int = 100,
    summaries: bool = False,
) -> tuple[str, PlanColumn]:
    """A column of the plan: what it shows, how its cells are worded, and what they sort and filter by."""
    column = Column(key, title, align, kind, editable, choices, width, about)
    return key, PlanColumn(column, texts, keys, summaries)


def translated(column: Column) -> Column:
    """The column with heading, help and choices in the user's language."""
    return _translated(column, language())


@lru_cache(maxsize=1_000)
def _translated(column: Column, _language: str | None) -> Column:
    return replace(
        column, title=tr(column.title), help=tr(column.help), choices=tuple(map(tr, column.choices))
    )


def of_task(read: Callable[[Task], str]) -> Texts:
    """The texts of a column that reads nothing but the task itself."""
    return lambda facts, places, locale: [read(facts.tasks[n]) for n in places]


def by_task(read: Callable[[Task], object]) -> Keys:
    """The sort keys of a column that reads nothing but the task itself."""
    return lambda facts: [read(task) for task in facts.tasks]


def record_column(
    key: str, title: str, about: str, *, width: int = 120, summaries: bool = True
) -> tuple[str, PlanColumn]:
    """A text of the record as it stands."""

    def read(task: Task) -> str:
        text: str = getattr(task, key)
        return text

    return column_of(
        key,
        title,
        about,
        of_task(read),
        by_task(lambda task: read(task).casefold()),
        editable=True,
        width=width,
        summaries=summaries,
    )


def flag_column(
    key: str, title: str, about: str, read: Callable[[Task], bool], *, editable: bool = True
) -> tuple[str, PlanColumn]:
    """A yes-or-no column; "no" stays empty so that what is set stands out."""
    return column_of(
        key,
        title,
        about,
        lambda facts, places, locale: [tr("yes") if read(facts.tasks[n]) else "" for n in places],
        by_task(read),
        kind="flag",
        align="centre",
        editable=editable,
        width=72,
        summaries=key in ("active", "mode"),
    )


def date_column(
    name: str, title: str, about: str, *, editable: bool = False, key: str = ""
) -> tuple[str, PlanColumn]:
    """A date of the schedule or of the baseline."""

    def texts(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
        moments = facts.numbers(name)
        return ["" if moments[n] == NO_MOMENT else date_text(moments[n], locale) for n in places]

    return column_of(
        key or name,
        title,
        about,
        texts,
        lambda facts: _known(facts.numbers(name)),
        kind="date",
        align="right",
        editable=editable,
        width=104,
    )


def decided_date(key: str, title: str, about: str, *, summaries: bool = False) -> tuple[str, PlanColumn]:
    """A date somebody decided."""

    def texts(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
        found = (getattr(facts.tasks[n], key) for n in places)
        return ["" if moment is None else date_text(moment, locale) for moment in found]

    return column_of(
        key,
        title,
        about,
        texts,
        by_task(lambda task: getattr(task, key)),
        kind="date",
        align="right",
        editable=True,
        width=104,
        summaries=summaries,
    )


def days_column(name: str, title: str, about: str, *, key: str = "") -> tuple[str, PlanColumn]:
    """Working time that was worked out, in days."""

    def texts(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
        minutes = facts.numbers(name)
        return [
            "" if minutes[n] == NO_MOMENT else days_text(minutes[n], facts.measure, locale) for n in places
        ]

    return column_of(
        key or name,
        title,
        about,
        texts,
        lambda facts: _known(facts.numbers(name)),
        kind="duration",
        align="right",
        width=84,
    )


def _known(values: list[int]) -> list[int | None]:
    return [None if value == NO_MOMENT else value for value in values]


def money_column(
    key: str, title: str, about: str, read: Callable[[PlanFacts], Sequence[int]], *, editable: bool = False
) -> tuple[str, PlanColumn]:
    """A column of money in the project's currency."""

    def texts(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
        found = read(facts)
        currency = facts.project.currency
        return ["" if found[n] in (0, NO_MOMENT) else money_text(found[n], currency, locale) for n in places]

    return column_of(
        key,
        title,
        about,
        texts,
        lambda facts: _known(list(read(facts))),
        kind="money",
        align="right",
        editable=editable,
        width=96,
    )


def hours_column(
    key: str, title: str, about: str, read: Callable[[PlanFacts], Sequence[int]], *, editable: bool = False
) -> tuple[str, PlanColumn]:
    """A column of work, in hours."""

    def texts(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
        found = read(facts)
        return ["" if found[n] in (0, NO_MOMENT) else hours_text(found[n], locale) for n in places]

    return column_of(
        key,
        title,
        about,
        texts,
        lambda facts: _known(list(read(facts))),
        kind="duration",
        align="right",
        editable=editable,
        width=84,
    )


def sign_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """The signs before each name: done, constrained, noted, late and the like."""
    return [" ".join(sign for sign, _ in signs(facts, n, locale)) for n in places]


def duration_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """Durations as they were typed; summaries in days."""
    minutes, summary, measure = facts.numbers("duration"), facts.summary, facts.measure
    found = []
    for n in places:
        if summary[n]:
            found.append(days_text(minutes[n], measure, locale))
        else:
            task = facts.tasks[n]
            found.append(_span(task.duration, task.duration_format, task.estimated, facts, locale))
    return found


def _span(minutes: int, unit: DurationFormat, estimated: bool, facts: PlanFacts, locale: str) -> str:
    key = (minutes, unit, estimated, facts.measure, locale)
    text = _SPANS.get(key)
    if text is None:
        if len(_SPANS) > 20000:
            _SPANS.clear()
        text = _SPANS[key] = span_text(minutes, unit, facts.measure, locale, estimated=estimated)
    return text


_SPANS: dict[tuple[object, ...], str] = {}


def _links(facts: PlanFacts, links: list[Link], end: str, locale: str) -> str:
    if len(links) == 1:
        return _link(facts, facts.number_of(getattr(links[0], end)), links[0], locale)
    found = [(facts.number_of(getattr(link, end)), link) for link in links]
    found.sort(key=lambda pair: (not pair[0].isdigit(), len(pair[0]), pair[0]))
    return "; ".join([_link(facts, number, link, locale) for number, link in found])


def _link(facts: PlanFacts, number: str, link: Link, locale: str) -> str:
    if not link.lag and link.type is LinkType.FS:
        return signed(number)
    typed = TypedLink(number, link.type, Span(link.lag, link.lag_format))
    return signed(format_link(typed, facts.measure, locale))


def predecessor_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """Predecessors as they are typed."""
    by_task, tasks = facts.links_in, facts.tasks
    return [
        _links(facts, found, "predecessor", locale) if (found := by_task.get(tasks[n].id)) else ""
        for n in places
    ]


def successor_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """Successors as they are typed."""
    by_task, tasks = facts.links_out, facts.tasks
    return [
        _links(facts, found, "successor", locale) if (found := by_task.get(tasks[n].id)) else ""
        for n in places
    ]


def resource_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """Who works on each task."""
    return [facts.labels[n] for n in places]


def percent_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """Percent complete."""
    percent = facts.percent
    return [percent_text(percent[n], locale) for n in places]


def calendar_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """The names of the tasks' own calendars."""
    ids = [facts.tasks[n].calendar for n in places]
    return [facts.calendars[id].name if id is not None and id in facts.calendars else "" for id in ids]


def critical_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """ "yes" where a task is critical."""
    return [tr("yes") if facts.critical[n] else "" for n in places]


def remaining_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """What is still to do, in the duration's unit."""
    return [
        ""
        if facts.summary[n]
        else _span(remaining(facts, n), facts.tasks[n].duration_format, False, facts, locale)
        for n in places
    ]


def remaining(facts: PlanFacts, place: int) -> int:
    """The minutes still to do of a task that is no summary."""
    task = facts.tasks[place]
    if task.actual_finish is not None:
        return 0
    if task.remaining_duration is not None:
        return task.remaining_duration
    return task.duration - task.duration * task.percent_complete // 100


def actual_duration_cells(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
    """What is done, in the duration's unit."""
    return [
        ""
        if facts.summary[n]
        else _span(
            facts.tasks[n].duration - remaining(facts, n),
            facts.tasks[n].duration_format,
            False,
            facts,
            locale,
        )
        for n in places
    ]


def custom_column(field: CustomField) -> PlanColumn:
    """A column of the user's own."""
    kinds: dict[FieldKind, CellKind] = {
        FieldKind.TEXT: "text",
        FieldKind.NUMBER: "number",
        FieldKind.DATE: "date",
        FieldKind.DURATION: "duration",
        FieldKind.FLAG: "flag",
        FieldKind.COST: "money",
        FieldKind.CHOICE: "choice",
    }

    def texts(facts: PlanFacts, places: Sequence[int], locale: str) -> list[str]:
        values = facts.values.get(field.id, {})
        found = [values.get(facts.tasks[n].id, "") for n in places]
        return [custom_text(field.kind, value, facts, locale) if value else "" for value in found]

    def keys(facts: PlanFacts) -> list[object]:
        values = facts.values.get(field.id, {})
        return [_custom_key(field.kind, values.get(task.id, "")) for task in facts.tasks]

    right = field.kind in (FieldKind.NUMBER, FieldKind.DATE, FieldKind.DURATION, FieldKind.COST)
    column = Column(
        f"field:{field.id}",
        field.alias,
        "right" if right else "centre" if field.kind is FieldKind.FLAG else "left",
        kinds[field.kind],
        not field.formula,
        field.choices,
        110,
        mark("A column of your own."),
    )
    return PlanColumn(column, texts, keys, open_in_summaries=True)


def custom_text(kind: FieldKind, value: str, facts: PlanFacts, locale: str) -> str:
    """A canonical custom value as it reads; what cannot be read stays as it is."""
    try:
        if kind is FieldKind.DATE:
            return date_text(from_iso(value), locale)
        if kind is FieldKind.DURATION:
            minutes, _, unit = value.partition("|")
            return _span(int(minutes), DurationFormat(unit or "d"), False, facts, locale)
        if kind is FieldKind.NUMBER:
            return number_text(float(value), locale)
        if kind is FieldKind.COST:
            return money_text(round(float(value)), facts.project.currency, locale)
    except ValueError:
        return value
    if kind is FieldKind.FLAG:
        return tr("yes") if value == "1" else ""
    return value


def _custom_key(kind: FieldKind, value: str) -> object:
    if not value:
        return None
    try:
        if kind in (FieldKind.NUMBER, FieldKind.COST):
            return float(value)
        if kind is FieldKind.DURATION:
            return int(value.partition("|")[0])
        if kind is FieldKind.DATE:
            return from_iso(value)
    except ValueError:
        return None
    return value.casefold()


def row_numbers(facts: PlanFacts) -> Sequence[int]:
    """The numbers of the rows in outline order, from 1."""
    return range(1, facts.size + 1)
