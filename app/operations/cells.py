"""Verbs of the sheet: type into any cell, paste a block, fill down, clear."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from app.derive.schedule import NO_MOMENT, schedule_of
from app.domain.choice_names import CONSTRAINT_NAMES, TASK_TYPE_NAMES
from app.domain.draft import Draft
from app.domain.durations import measure_of, parse_span
from app.domain.errors import Refusal
from app.domain.numerals import parse_number
from app.domain.portfolio import Project
from app.domain.typed import parse_flag, parse_moment, parse_money, parse_percent
from app.domain.values import CalendarId, CustomFieldId, DurationFormat, Moment, ProjectId, Span, TaskId
from app.domain.work import ConstraintType
from app.operations import custom_fields, dates, links, people, progress, tasks
from app.operations.lines import assignments_on, in_order, outline, project_of, task_of
from app.operations.operation import operation
from app.operations.planned import dates_of
from app.text import mark, tr

E = TypeVar("E", bound=StrEnum)

MANUAL, AUTOMATIC = mark("Manual"), mark("Auto")


class Typed:
    """One text typed into one cell of a task, with what is needed to read it."""

    def __init__(self, draft: Draft, task: TaskId, text: str, locale: str) -> None:
        self.draft, self.id, self.text, self.locale = draft, task, text.strip(), locale
        self.project: Project = project_of(draft, task_of(draft, task).project)

    @property
    def span(self) -> Span:
        return parse_span(self.text, measure_of(self.project), self.locale)

    @property
    def work(self) -> Span:
        """A length of work; without a unit it is hours."""
        plain = self.text if any(letter.isalpha() for letter in self.text) else f"{self.text}h"
        return parse_span(plain, measure_of(self.project), self.locale)

    @property
    def percent(self) -> int:
        return parse_percent(self.text or "0", self.locale)

    @property
    def flag(self) -> bool:
        return parse_flag(self.text)

    def moment(self, *, finish: bool = False) -> Moment | None:
        """The date typed, at the project's usual hour of starting or finishing; nothing for none."""
        if self.text.casefold() in ("", "na", "n/a", "–", "-"):
            return None
        minute = self.project.default_finish_time if finish else self.project.default_start_time
        return parse_moment(self.text, self.draft.now, minute, self.locale)

    def says(self, moment: Moment | None) -> bool:
        """Whether the text is that moment, or its day without a time: typing what is shown pins nothing."""
        if moment is None or self.moment() is None:
            return False
        return parse_moment(self.text, self.draft.now, moment % 1440, self.locale) == moment

    def choice(self, names: Mapping[E, str]) -> E:
        """The choice of that name, in any language's words or by its short name."""
        plain = self.text.casefold()
        for value, name in names.items():
            if plain in (value.value, value.value.replace("_", " "), name.casefold(), tr(name).casefold()):
                return value
        words = ", ".join(tr(name) for name in names.values())
        raise Refusal(tr("“{text}” is not one of {words}.", text=self.text, words=words))


def _duration(cell: Typed) -> None:
    tasks.set_duration.within(cell.draft, cell.id, cell.span)


def _start(cell: Typed) -> None:
    if not cell.says(_shown(cell)[0]):
        dates.set_start.within(cell.draft, cell.id, cell.moment())


def _finish(cell: Typed) -> None:
    if not cell.says(_shown(cell)[1]):
        dates.set_finish.within(cell.draft, cell.id, cell.moment(finish=True))


def _shown(cell: Typed) -> tuple[Moment | None, Moment | None]:
    """Start and finish as they stand on the screen; none of a task that this step has changed already."""
    row = task_of(cell.draft, cell.id)
    if cell.draft.document.tasks.get(cell.id) != row:
        return None, None
    result = schedule_of(cell.draft.document, row.project)
    place = result.places[cell.id]
    start, finish = int(result.start[place]), int(result.finish[place])
    return (None, None) if NO_MOMENT in (start, finish) else (Moment(start), Moment(finish))


def _constraint(cell: Typed) -> None:
    kind = cell.choice(CONSTRAINT_NAMES) if cell.text else ConstraintType.ASAP
    dates.set_constraint.within(cell.draft, cell.id, kind)


def _constraint_date(cell: Typed) -> None:
    """A date alone makes it a constraint: start no earlier than that date."""
    row = task_of(cell.draft, cell.id)
    kind = row.constraint if row.constraint.needs_date else ConstraintType.SNET
    date = cell.moment(finish=kind not in dates.START_KINDS)
    if date is None:
        dates.set_constraint.within(cell.draft, cell.id, ConstraintType.ASAP)
    else:
        dates.set_constraint.within(cell.draft, cell.id, kind, date)


def _calendar(cell: Typed) -> None:
    tasks.set_calendar.within(cell.draft, (cell.id,), _calendar_named(cell))


def _calendar_named(cell: Typed) -> CalendarId | None:
    plain = cell.text.casefold()
    if not plain or plain == tr("None").casefold():
        return None
    for scope in (cell.project.id, None):
        for each in cell.draft.calendars.of(scope).values():
            if plain in (each.name.casefold(), each.id):
                return each.id
    raise Refusal(tr("There is no calendar {text}.", text=cell.text))


def _manual(cell: Typed) -> None:
    plain = cell.text.casefold()
    by_hand = plain in (MANUAL.casefold(), tr(MANUAL).casefold())
    alone = plain in (AUTOMATIC.casefold(), tr(AUTOMATIC).casefold(), "automatic")
    dates.set_manual.within(cell.draft, (cell.id,), by_hand or (not alone and cell.flag))


def _priority(cell: Typed) -> None:
    value = parse_number(cell.text or "500", cell.locale)
    if value != int(value):
        raise Refusal(tr("A priority is a whole number between 0 and 1000."))
    tasks.set_priority.within(cell.draft, cell.id, int(value))


def _fixed_cost(cell: Typed) -> None:
    amount = parse_money(cell.text or "0", cell.project.currency, cell.locale)
    tasks.set_fixed_cost.within(cell.draft, cell.id, amount)


def _effort(cell: Typed) -> None:
    tasks.set_effort_driven.within(cell.draft, cell.id, cell.flag)


def _work(cell: Typed) -> None:
    tasks.set_work.within(cell.draft, cell.id, cell.work if cell.text else Span(0, DurationFormat.HOURS))


COLUMNS: Mapping[str, Callable[[Typed], None]] = {
    "name": lambda cell: tasks.rename.within(cell.draft, cell.id, cell.text),
    "duration": _duration,
    "start": _start,
    "finish": _finish,
    "predecessors": lambda cell: links.set_predecessors.within(cell.draft, cell.id, cell.text, cell.locale),
    "successors": lambda cell: links.set_successors.within(cell.draft, cell.id, cell.text, cell.locale),
    "percent": lambda cell: progress.set_percent.within(cell.draft, (cell.id,), cell.percent),
    "physical_percent": lambda cell: progress.set_physical_percent.within(cell.draft, cell.id, cell.percent),
    "work": _work,
    "resources": lambda cell: people.set_resources.within(cell.draft, cell.id, cell.text, cell.locale),
    "constraint": _constraint,
    "constraint_date": _constraint_date,
    "deadline": lambda cell: dates.set_deadline.within(cell.draft, cell.id, cell.moment(finish=True)),
    "calendar": _calendar,
    "type": lambda cell: tasks.set_type.within(cell.draft, cell.id, cell.choice(TASK_TYPE_NAMES)),
    "effort_driven": _effort,
    "priority": _priority,
    "mode": _manual,
    "active": lambda cell: tasks.set_active.within(cell.draft, (cell.id,), cell.flag),
    "milestone": lambda cell: tasks.set_milestone.within(cell.draft, (cell.id,), cell.flag),
    "estimated": lambda cell: tasks.set_estimated.within(cell.draft, cell.id, cell.flag),
    "wbs": lambda cell: tasks.set_wbs.within(cell.draft, cell.id, cell.text),
    "notes": lambda cell: tasks.set_notes.within(cell.draft, cell.id, cell.text),
    "hyperlink": lambda cell: tasks.set_hyperlink.within(cell.draft, cell.id, cell.text),
    "contact": lambda cell: tasks.set_contact.within(cell.draft, cell.id, cell.text),
    "actual_start": lambda cell: progress.set_actual_start.within(cell.draft, cell.id, cell.moment()),
    "actual_finish": lambda cell: progress.set_actual_finish.within(
        cell.draft, cell.id, cell.moment(finish=True)
    ),
    "actual_duration": lambda cell: progress.set_actual_duration.within(cell.draft, cell.id, cell.span),
    "remaining_duration": lambda cell: progress.set_remaining.within(cell.draft, cell.id, cell.span),
    "fixed_cost": _fixed_cost,
    "ignore_resource_calendar": lambda cell: tasks.set_ignore_resource_calendar.within(
        cell.draft, cell.id, cell.flag
    ),
}
ALIASES: Mapping[str, str] = {
    "percent_complete": "percent",
    "physical_percent_complete": "physical_percent",
    "task_type": "type",
    "manual": "mode",
    "hyperlink_address": "hyperlink",
}

LABELS: Mapping[str, str] = {
    "name": mark("Rename task"),
    "duration": mark("Change duration"),
    "start": mark("Change start"),
    "finish": mark("Change finish"),
    "predecessors": mark("Change predecessors"),
    "successors": mark("Change successors"),
    "percent": mark("Change progress"),
    "work": mark("Change work"),
    "resources": mark("Change resources"),
    "constraint": mark("Change constraint"),
    "constraint_date": mark("Change constraint"),
    "deadline": mark("Change deadline"),
    "notes": mark("Change notes"),
}


@operation(mark("Change cell"))
def set_cell(draft: Draft, task: TaskId, column: str, text: str, locale: str = "en_GB") -> None:
    """Do what typing a text into a task's cell means: a duration, a date, predecessors, a choice.

    Raises:
        Refusal: the column cannot be typed in, or the text does not fit it; said at that cell.
    """
    _type(draft, task, column, text, locale)
    if label := LABELS.get(ALIASES.get(column, column)):
        draft.name(label)


def _type(draft: Draft, task: TaskId, column: str, text: str, locale: str) -> None:
    key = ALIASES.get(column, column)
    try:
        cell = Typed(draft, task, text, locale)
        if key.startswith("field:"):
            field = CustomFieldId(key.removeprefix("field:"))
            custom_fields.set_value.within(draft, field, task, cell.text, locale)
        elif key in COLUMNS:
            COLUMNS[key](cell)
        else:
            raise Refusal(tr("The column {column} is worked out and cannot be typed in.", column=column))
    except Refusal as no:
        if no.at is None:
            no.at = (task, column)
        raise


@operation(mark("Change cells"))
def set_cells(draft: Draft, block: tuple[tuple[TaskId, str, str], ...], locale: str = "en_GB") -> None:
    """Type several cells at once, (task, column, text) each, as one step; if one is refused, none changes."""
    if not block:
        raise Refusal(tr("There is nothing to put into the cells."))
    for task, column, text in block:
        _type(draft, task, column, text, locale)
    draft.name(mark("Change {count} cells"), count=len(block))


@operation(mark("Paste rows"))
def paste_rows(
    draft: Draft,
    project: ProjectId,
    columns: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    first: TaskId | None = None,
    locale: str = "en_GB",
) -> tuple[TaskId, ...]:
    """Paste a block of texts over the rows from ``first`` down; rows beyond the end become new tasks."""
    if not rows or not columns:
        raise Refusal(tr("There is nothing to paste."))
    order = list(outline(draft, project).tasks)
    place = len(order)
    if first is not None:
        task_of(draft, first)
        place = order.index(first) if first in order else len(order)
    targets = order[place : place + len(rows)]
    missing = len(rows) - len(targets)
    if missing:
        last = draft.tasks[order[-1]].parent if order else None
        targets += tasks.add_many.within(draft, project, ("",) * missing, inside=last)
    waiting: list[tuple[TaskId, str, str]] = []
    for task, texts in zip(targets, rows, strict=True):
        for column, text in zip(columns, texts, strict=False):
            # Links may point at rows that are pasted further down, so they come last.
            if column in ("predecessors", "successors"):
                waiting.append((task, column, text))
            else:
                _type(draft, task, column, text, locale)
    for task, column, text in waiting:
        _type(draft, task, column, text, locale)
    draft.name(mark("Paste {count} rows"), count=len(rows))
    return tuple(targets)


@operation(mark("Paste cells"))
def paste_cells(
    draft: Draft,
    project: ProjectId,
    block: tuple[tuple[TaskId, str, str], ...],
    columns: tuple[str, ...] = (),
    rows: tuple[tuple[str, ...], ...] = (),
    after: TaskId | None = None,
    locale: str = "en_GB",
) -> tuple[TaskId, ...]:
    """Type texts into cells, and add a task with the texts of each further row; gives the new tasks.

    ``block`` is (task, column, text) each, so that only rows that can be seen are touched. New tasks come
    after ``after``, or last in the plan.

    Raises:
        Refusal: there is nothing to put anywhere, or a text does not fit its column.
    """
    if not block and not (columns and rows):
        raise Refusal(tr("There is nothing to put into the cells."))
    made = tasks.add_many.within(draft, project, ("",) * len(rows), after) if columns and rows else ()
    fresh = [
        (task, column, text)
        for task, texts in zip(made, rows, strict=False)
        for column, text in zip(columns, texts, strict=False)
        if text
    ]
    # Links may point at rows that come with the same block, so they are typed last.
    for task, column, text in sorted((*block, *fresh), key=lambda one: one[1] in _TIES):
        _type(draft, task, column, text, locale)
    if made and not block:
        count = len(made)
        draft.name(mark("Add task") if count == 1 else mark("Add {count} tasks"), count=count)
    else:
        draft.name(mark("Paste {count} rows"), count=len({task for task, _, _ in block}) + len(made))
    return made


_TIES = frozenset({"predecessors", "successors"})


@operation(mark("Fill down"))
def fill_down(draft: Draft, tasks: tuple[TaskId, ...], columns: tuple[str, ...]) -> None:
    """Give tasks what the first of them has in some columns.

    Raises:
        Refusal: fewer than two tasks, or a column that cannot be filled.
    """
    rows = [task_of(draft, id) for id in dict.fromkeys(tasks)]
    if len(rows) < 2:
        raise Refusal(tr("Select the cell to copy and the cells below it."))
    for column in columns:
        key = ALIASES.get(column, column)
        for row in rows[1:]:
            _fill(draft, rows[0].id, row.id, key)


def _fill(draft: Draft, source: TaskId, target: TaskId, column: str) -> None:
    row = task_of(draft, source)
    if column in _PLAIN:
        field = _PLAIN[column]
        draft.put(replace(task_of(draft, target), **{field: getattr(row, field)}))
    elif column.startswith("field:"):
        _fill_custom(draft, source, target, CustomFieldId(column.removeprefix("field:")))
    elif column in _FILLS:
        _FILLS[column](draft, source, target)
    else:
        raise Refusal(tr("The column {column} cannot be filled down.", column=column), at=(target, column))


_PLAIN: Mapping[str, str] = {
    "name": "name",
    "deadline": "deadline",
    "calendar": "calendar",
    "priority": "priority",
    "milestone": "milestone",
    "notes": "notes",
    "contact": "contact",
    "wbs": "wbs",
    "fixed_cost": "fixed_cost",
    "physical_percent": "physical_percent_complete",
    "estimated": "estimated",
    "ignore_resource_calendar": "ignore_resource_calendar",
}


def _fill_duration(draft: Draft, source: TaskId, target: TaskId) -> None:
    row = task_of(draft, source)
    span = Span(row.duration, row.duration_format, row.estimated)
    tasks.set_duration.within(draft, target, span)


def _fill_start(draft: Draft, source: TaskId, target: TaskId) -> None:
    dates.set_start.within(draft, target, dates_of(draft, task_of(draft, source))[0])


def _fill_finish(draft: Draft, source: TaskId, target: TaskId) -> None:
    dates.set_finish.within(draft, target, dates_of(draft, task_of(draft, source))[1])


def _fill_constraint(draft: Draft, source: TaskId, target: TaskId) -> None:
    row = task_of(draft, source)
    dates.set_constraint.within(draft, target, row.constraint, row.constraint_date)


def _fill_percent(draft: Draft, source: TaskId, target: TaskId) -> None:
    progress.set_percent.within(draft, (target,), task_of(draft, source).percent_complete)


def _fill_resources(draft: Draft, source: TaskId, target: TaskId) -> None:
    row = task_of(draft, source)
    found = assignments_on(draft, row)
    names = {each.resource: each.units for each in found if each.resource is not None}
    people.put_resources(draft, target, {id: units for id, units in names.items() if id is not None})


def _fill_hyperlink(draft: Draft, source: TaskId, target: TaskId) -> None:
    row = task_of(draft, source)
    tasks.set_hyperlink.within(draft, target, row.hyperlink_address, row.hyperlink)


def _fill_predecessors(draft: Draft, source: TaskId, target: TaskId) -> None:
    links.set_predecessors.within(draft, target, links.predecessors_text(draft, source))


_FILLS: Mapping[str, Callable[[Draft, TaskId, TaskId], None]] = {
    "duration": _fill_duration,
    "start": _fill_start,
    "finish": _fill_finish,
    "constraint": _fill_constraint,
    "constraint_date": _fill_constraint,
    "percent": _fill_percent,
    "resources": _fill_resources,
    "hyperlink": _fill_hyperlink,
    "predecessors": _fill_predecessors,
    "type": lambda draft, source, target: tasks.set_type.within(
        draft, target, task_of(draft, source).task_type
    ),
    "effort_driven": lambda draft, source, target: tasks.set_effort_driven.within(
        draft, target, task_of(draft, source).effort_driven
    ),
    "mode": lambda draft, source, target: dates.set_manual.within(
        draft, (target,), task_of(draft, source).manual
    ),
    "active": lambda draft, source, target: tasks.set_active.within(
        draft, (target,), task_of(draft, source).active
    ),
    "work": lambda draft, source, target: tasks.set_work.within(
        draft, target, Span(_work_of(draft, source), DurationFormat.HOURS)
    ),
}


def _work_of(draft: Draft, task: TaskId) -> int:
    row = task_of(draft, task)
    found = assignments_on(draft, row)
    return sum(each.work for each in found) if found else row.work or 0


def _fill_custom(draft: Draft, source: TaskId, target: TaskId, field: CustomFieldId) -> None:
    values = draft.custom_values.of(task_of(draft, source).project).values()
    text = next((each.value for each in values if each.field == field and each.owner == source), "")
    custom_fields.put_value(draft, field, target, text)


@operation(mark("Clear cells"))
def clear(draft: Draft, tasks: tuple[TaskId, ...], columns: tuple[str, ...]) -> None:
    """Empty cells: links and people go, dates become free, progress none; a duration cannot be empty.

    Raises:
        Refusal: a column that cannot be empty.
    """
    for column in columns:
        key = ALIASES.get(column, column)
        if key in ("duration", "actual_duration", "remaining_duration", "type", "work", "mode", "active"):
            raise Refusal(tr("The column {column} cannot be empty.", column=column))
        for row in in_order(draft, tasks):
            _type(draft, row.id, key, "", "en_GB")
