"""Some tasks of a plan in full: the lines of the inspector, made for the chosen tasks alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.derive.schedule import NO_MOMENT
from app.domain.document import Document
from app.domain.values import ProjectId, TaskId
from app.text import mark, tr, trn
from app.views.formats import date_text
from app.views.plan_cells import PlanColumn, translated
from app.views.plan_columns import columns_of
from app.views.plan_facts import PlanFacts, facts_of
from app.views.tables import CellKind

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (mark("Task"), ("name", "duration", "start", "finish", "percent", "resources", "predecessors")),
    (mark("Limits"), ("mode", "constraint", "constraint_date", "deadline", "calendar")),
    (mark("Float and baseline"), ("total_slack", "free_slack", "baseline_finish", "finish_variance")),
    (mark("Progress"), ("actual_start", "actual_finish", "remaining_duration")),
    (mark("More"), ("successors", "work", "type", "priority", "active", "effort_driven", "wbs", "contact")),
    (mark("Notes"), ("hyperlink", "notes")),
)
OWN = mark("Columns of your own")


@dataclass(frozen=True, slots=True)
class Detail:
    """One line: its column, what stands there, and whether it can be typed; mixed where tasks differ.

    ``kind`` is the column's; texts of ``notes`` may run over several lines.
    """

    column: str
    title: str
    value: str
    is_editable: bool
    is_mixed: bool = False
    choices: tuple[str, ...] = ()
    help: str = ""
    kind: CellKind = "text"


@dataclass(frozen=True, slots=True)
class Details:
    """The chosen tasks: a title, a line under it, and sections (title, lines)."""

    title: str
    under: str
    sections: tuple[tuple[str, tuple[Detail, ...]], ...]


def row_numbers(document: Document, project: ProjectId) -> Mapping[TaskId, int]:
    """Each task's place in the plan, counted from 0; predecessors are typed by it plus one."""
    return facts_of(document, project).rows.outline.places


def plan_answer(document: Document, project: ProjectId, locale: str) -> str:
    """The page's answer in one line: from when to when, how many tasks, how many critical, what is late."""
    facts = facts_of(document, project)
    if not facts.size:
        return tr("No tasks yet. Type a name to add the first one.")
    begin, end = facts.result.project_start, facts.result.project_finish
    decided, is_leaf = facts.rows.decided, ~facts.rows.summary
    is_open = is_leaf & decided.active & (facts.result.percent_complete < 100)
    critical = int((is_open & facts.result.critical).sum())
    missed = int((is_leaf & (decided.deadline != NO_MOMENT) & (facts.result.finish > decided.deadline)).sum())
    span = tr("{start} – {finish}", start=date_text(begin, locale), finish=date_text(end, locale))
    parts = [
        span,
        trn("{count} task", "{count} tasks", int((is_leaf & decided.active).sum())),
        tr("{count} critical", count=critical),
    ]
    if missed:
        parts.append(trn("{count} deadline missed", "{count} deadlines missed", missed))
    return " · ".join(parts)


def _detail(
    facts: PlanFacts, shown: PlanColumn, places: Sequence[int], calendars: Sequence[str], locale: str
) -> Detail:
    column = translated(shown.column)
    key = column.key
    texts = set(shown.texts(facts, places, locale))
    closed = not shown.open_in_summaries and any(facts.summary[n] for n in places)
    nothing, choices = "", column.choices
    if column.kind == "flag":
        nothing, choices = tr("no"), (tr("yes"), tr("no"))
    elif key == "calendar":
        nothing = tr("None")
        choices = (nothing, *calendars)
    elif column.kind == "choice" and key.startswith("field:"):
        choices = ("", *choices)
    return Detail(
        key,
        column.title,
        (next(iter(texts)) or nothing) if len(texts) == 1 else "",
        column.editable and not closed,
        len(texts) > 1,
        choices,
        column.help,
        column.kind,
    )


def details(document: Document, project: ProjectId, tasks: Sequence[TaskId], locale: str) -> Details | None:
    """The inspector's lines for some tasks of a plan, or ``None`` where none of them is in it."""
    facts = facts_of(document, project)
    all_places = facts.rows.outline.places
    places = [all_places[task] for task in tasks if task in all_places]
    if not places:
        return None
    known = columns_of(facts)
    own = tuple(key for key in known if key.startswith("field:"))
    scopes = (document.calendars.of(scope).values() for scope in (project, None))
    names = sorted({calendar.name for found in scopes for calendar in found}, key=str.casefold)
    sections = [
        (tr(title), tuple(_detail(facts, known[key], places, names, locale) for key in keys if key in known))
        for title, keys in (*SECTIONS, (OWN, own))
        if keys
    ]
    if len(places) > 1:
        return Details(
            trn("{count} task", "{count} tasks", len(places)), tr("Changes go to all"), tuple(sections)
        )
    task = facts.tasks[places[0]]
    number = facts.rows.outline.numbers[places[0]]
    kind = tr("Summary") if facts.summary[places[0]] else tr("Milestone") if task.milestone else tr("Task")
    return Details(task.name or tr("(no name)"), f"{kind} {number}", tuple(sections))


def task_span(document: Document, task: TaskId) -> tuple[int, int]:
    """A task's start and finish.

    Raises:
        KeyError: there is no such task.
    """
    facts = facts_of(document, document.tasks[task].project)
    place = facts.rows.outline.places[task]
    return facts.start[place], facts.finish[place]


def found_tasks(document: Document, project: ProjectId, words: str, most: int) -> list[tuple[TaskId, str]]:
    """The tasks a person may mean by a row number or by words of a name, the likeliest first."""
    facts = facts_of(document, project)
    wanted = words.casefold().split()
    numbered = int(words) - 1 if words.strip().isdigit() else -1
    names = [task.name.casefold() for task in facts.tasks]
    fitting = [n for n, name in enumerate(names) if all(word in name for word in wanted)]
    fitting.sort(key=lambda n: (not names[n].startswith(words.casefold().strip()), n))
    if 0 <= numbered < facts.size:
        fitting = [numbered, *(n for n in fitting if n != numbered)]
    return [(facts.tasks[n].id, f"{n + 1}  {facts.tasks[n].name or tr('(no name)')}") for n in fitting[:most]]


def was_imported(document: Document, project: ProjectId) -> bool:
    """Whether the project has dates of a source to be compared with."""
    return bool(document.source_tasks.of(project))
