"""Random edits of a small plan, made through the operations, for tests of what is taken over between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from app.domain.document import Document
from app.domain.draft import Draft
from app.domain.durations import parse_span
from app.domain.errors import Refusal
from app.domain.portfolio import CriticalMethod, LagCalendar, ProgressRule
from app.domain.values import Moment, ProjectId, Shift
from app.domain.work import ConstraintType, LinkType, Task
from app.operations import arrange, calendars, dates, links, people, progress, projects, tasks
from app.operations.operation import Step
from tests.builders import NOW, after, at, done, person, plan, shared_calendar


@dataclass(frozen=True, slots=True)
class Edit:
    """Which verb, and three numbers from which it takes what it is about."""

    verb: str
    one: int
    other: int
    value: int


def edits() -> st.SearchStrategy[list[Edit]]:
    """A few edits, one after another."""
    numbers = st.integers(0, 30)
    return st.lists(
        st.builds(Edit, st.sampled_from(sorted(VERBS)), numbers, numbers, numbers), min_size=1, max_size=8
    )


def small_plan() -> tuple[Document, ProjectId]:
    """Two branches, some links, two people, and a second project that waits for the first."""
    document, project, made = plan(["3d", "5d", "2d", "4h", "0d", "1w", "2ed", "3d", "1d", "2d"], "ONE")
    document = after(
        document,
        arrange.indent(made[1:4]),
        arrange.indent(made[6:8]),
        links.link(made[1:4]),
        links.add(made[3], made[6]),
        links.add(made[2], made[8]),
        dates.set_deadline(made[5], at(29, 17)),
    )
    document, ann = person(document, "Ann")
    document, bob = person(document, "Bob", project)
    document = after(document, people.assign(made[1], ann), people.assign(made[8], bob, 0.5))
    document, _, others = plan(["2d", "3d"], "TWO", document)
    return after(document, links.add(made[3], others[0]), links.link(others)), project


def edited(document: Document, project: ProjectId, edit: Edit) -> Document:
    """The document after an edit; the same one where the rules refuse it."""
    try:
        return done(document, VERBS[edit.verb](_Plan(document, project), edit))[0]
    except Refusal:
        return document


class _Plan:
    """A document as the verbs below look at it."""

    def __init__(self, document: Document, project: ProjectId) -> None:
        self.document = document
        self.project = project
        self.tasks: Sequence[Task] = [*document.tasks.of(project).values()]
        self.links = [*document.links.of(project).values()]
        self.assignments = [*document.assignments.of(project).values()]
        self.resources = [*document.resources]

    def task(self, number: int) -> Task:
        return self.tasks[number % len(self.tasks)]


def _frame(here: _Plan, edit: Edit) -> Step[None]:
    """Another convention of the project, which no operation of one argument covers alike."""
    choices = (
        {"critical_slack_limit": 480 * (edit.value % 3)},
        {"multiple_critical_paths": bool(edit.value % 2)},
        {"honor_constraints": bool(edit.value % 2)},
        {"critical_method": [*CriticalMethod][edit.value % len(CriticalMethod)]},
        {"lag_calendar": [*LagCalendar][edit.value % len(LagCalendar)]},
        {"progress_rule": [*ProgressRule][edit.value % len(ProgressRule)]},
        {"reschedule_unfinished": bool(edit.value % 2)},
    )

    def change(draft: Draft) -> None:
        draft.put(replace(draft.projects[here.project], **choices[edit.one % len(choices)]))  # type: ignore[arg-type]

    return Step(replace(projects.rename(here.project, "").operation, function=change), ())


def _moment(number: int) -> Moment:
    return Moment(NOW + 1440 * (number - 6))


VERBS: dict[str, Callable[[_Plan, Edit], Step[object]]] = {
    "duration": lambda p, e: tasks.set_duration(p.task(e.one).id, parse_span(f"{e.value % 9}d")),
    "rename": lambda p, e: tasks.rename(p.task(e.one).id, f"Task {e.value}"),
    "constraint": lambda p, e: dates.set_constraint(
        p.task(e.one).id, [*ConstraintType][e.other % 8], _moment(e.value)
    ),
    "deadline": lambda p, e: dates.set_deadline(p.task(e.one).id, _moment(e.value) if e.other % 2 else None),
    "manual": lambda p, e: dates.set_manual((p.task(e.one).id,), bool(e.value % 2)),
    "start": lambda p, e: dates.set_start(p.task(e.one).id, _moment(e.value)),
    "percent": lambda p, e: progress.set_percent((p.task(e.one).id,), e.value % 5 * 25),
    "actual_start": lambda p, e: progress.set_actual_start(p.task(e.one).id, _moment(e.value)),
    "active": lambda p, e: tasks.set_active((p.task(e.one).id,), bool(e.value % 2)),
    "split": lambda p, e: tasks.split(p.task(e.one).id, 480, 480 * (1 + e.value % 3)),
    "calendar": lambda p, e: tasks.set_calendar(
        (p.task(e.one).id,), shared_calendar(p.document) if e.value % 2 else None
    ),
    "holiday": lambda p, e: calendars.add_exception(
        shared_calendar(p.document), f"Day {e.value}", date(2027, 1, 4 + e.value % 20)
    ),
    "half_day": lambda p, e: calendars.set_day(
        shared_calendar(p.document), e.value % 7, (Shift(480, 720),) if e.other % 2 else None
    ),
    "link": lambda p, e: links.add(
        p.task(e.one).id, p.task(e.other).id, [*LinkType][e.value % 4], parse_span(f"{e.value % 3}d")
    ),
    "unlink": lambda p, e: (
        links.drop(p.links[e.one % len(p.links)].id) if p.links else tasks.rename(p.tasks[0].id, "A")
    ),
    "lag": lambda p, e: (
        links.set_lag(p.links[e.one % len(p.links)].id, parse_span(f"{e.value % 5 - 1}d"))
        if p.links
        else tasks.rename(p.tasks[0].id, "A")
    ),
    "add": lambda p, e: tasks.add(
        p.project, f"New {e.value}", before=p.task(e.one).id, inside=p.task(e.one).parent
    ),
    "delete": lambda p, e: (
        tasks.delete((p.task(e.one).id,)) if len(p.tasks) > 4 else tasks.rename(p.tasks[0].id, "A")
    ),
    "indent": lambda p, e: arrange.indent((p.task(e.one).id,)),
    "outdent": lambda p, e: arrange.outdent((p.task(e.one).id,)),
    "up": lambda p, e: arrange.move_up((p.task(e.one).id,)),
    "assign": lambda p, e: people.assign(
        p.task(e.one).id, p.resources[e.other % len(p.resources)].id, (1 + e.value % 4) / 2
    ),
    "unassign": lambda p, e: (
        people.unassign(p.assignments[e.one % len(p.assignments)].id)
        if p.assignments
        else tasks.rename(p.tasks[0].id, "A")
    ),
    "leave": lambda p, e: people.add_leave(
        p.resources[e.other % len(p.resources)].id,
        "Leave",
        date(2027, 1, 4 + e.value % 20),
        date(2027, 1, 5 + e.value % 20),
    ),
    "status": lambda p, e: projects.set_status_date(p.project, _moment(e.value)),
    "project_start": lambda p, e: projects.set_start(p.project, Moment(at(4) + 1440 * (e.value % 4))),
    "from_finish": lambda p, e: projects.set_schedule_from(p.project, bool(e.value % 3), _moment(30)),
    "frame": _frame,
}
"""What can be done to a plan, as steps."""
