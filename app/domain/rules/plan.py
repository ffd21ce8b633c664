"""Rules of projects and their tasks: codes, numbers, the outline, constraints, progress and splits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.domain.changes import Change, ChangeSet
from app.domain.document import Document
from app.domain.errors import Refusal
from app.domain.portfolio import Project, ProjectState
from app.domain.records import Record, scope_of
from app.domain.rules.register import rule
from app.domain.values import ProjectId, TaskId
from app.domain.work import Task
from app.text import tr

SEPARATORS = frozenset("/;:,")
"""What a project code may not hold, because references use it."""


def arrived(changes: ChangeSet, table: str) -> Iterator[tuple[Record | None, Record]]:
    """(before, after) of the records of a table that are new or changed."""
    for change in changes.of(table):
        if change.after is not None:
            yield change.before, change.after


def left(changes: ChangeSet, table: str) -> Iterator[Change]:
    """The changes of a table by which a record goes."""
    return (change for change in changes.of(table) if change.after is None)


@rule("portfolio")
def one_portfolio(result: Document, changes: ChangeSet) -> None:
    """A file holds one portfolio."""
    if len(result.portfolio) > 1:
        raise Refusal(tr("A file holds one portfolio."))


@rule("projects")
def project_codes(result: Document, changes: ChangeSet) -> None:
    """A project's code names it alone and can be written in a reference."""
    for before, after in arrived(changes, "projects"):
        assert isinstance(after, Project)
        if isinstance(before, Project) and before.code == after.code:
            continue
        code = after.code
        if not code or code != code.strip() or SEPARATORS & set(code):
            raise Refusal(
                tr("A project code is a short word without / ; : or comma; “{code}” is not.", code=code),
                at=(after.id, "code"),
            )
        folded = code.casefold()
        if any(other.code.casefold() == folded and other.id != after.id for other in result.projects):
            raise Refusal(
                tr("Another project has the code {code} already.", code=code), at=(after.id, "code")
            )


@rule("projects", "calendars")
def project_frames(result: Document, changes: ChangeSet) -> None:
    """A project has a name, a sane day, week and month, and the date it is scheduled from."""
    for _, after in arrived(changes, "projects"):
        assert isinstance(after, Project)
        if not after.name.strip():
            raise Refusal(tr("A project needs a name."), at=(after.id, "name"))
        if not after.schedule_from_start and after.finish is None:
            raise Refusal(
                tr("A project scheduled from its finish needs a finish date."), at=(after.id, "finish")
            )
        _within(after, "minutes_per_day", 1, 1440, tr("A working day has between 1 minute and 24 hours."))
        _within(after, "minutes_per_week", 1, 10080, tr("A working week has at most 7 days of 24 hours."))
        _within(after, "days_per_month", 1, 31, tr("A month has between 1 and 31 working days."))
        _within(after, "week_start_day", 0, 6, tr("A week starts on one of seven days."))
        _within(after, "default_start_time", 0, 1439, tr("A default start time lies within the day."))
        _within(after, "default_finish_time", 1, 1440, tr("A default finish time lies within the day."))
        _within(after, "baseline_shown", 0, 10, tr("Baselines have the numbers 0 to 10."))
        _calendar_seen(result, after, after.calendar, after.id)


def _within(record: Record, field: str, low: int, high: int, sentence: str) -> None:
    if not low <= getattr(record, field) <= high:
        raise Refusal(sentence, at=(record.id, field))


def _calendar_seen(result: Document, record: Record, calendar: str | None, scope: str | None) -> None:
    if calendar is None:
        return
    found = result.calendars.get(calendar)  # type: ignore[arg-type]
    if found is None:
        raise Refusal(tr("The calendar that was chosen is no longer there."), at=(record.id, "calendar"))
    if found.project is not None and found.project != scope:
        raise Refusal(
            tr("The calendar {name} belongs to another project.", name=found.name), at=(record.id, "calendar")
        )


@rule(
    "tasks", "links", "assignments", "baselines", "baseline_values", "custom_values", "projects",
    "calendars", "calendar_exceptions", "work_weeks", "resources",
)  # fmt: skip
def archived_projects_rest(result: Document, changes: ChangeSet) -> None:
    """An archived project is not changed, only brought back or deleted."""
    known: dict[str, bool] = {}
    for change in changes.changes:
        record = change.after or change.before
        scope = None if record is None else scope_of(record)
        if scope is None:
            continue
        if scope not in known:
            known[scope] = _rests(result, changes, ProjectId(scope))
        if known[scope] and not _only_state(change):
            name = result.projects[ProjectId(scope)].name
            raise Refusal(
                tr("{name} is archived; unarchive it to change it.", name=name), at=(scope, "state")
            )


def _rests(result: Document, changes: ChangeSet, project: ProjectId) -> bool:
    found = result.projects.get(project)
    if found is None or found.state is not ProjectState.ARCHIVED:
        return False
    for change in changes.of("projects"):
        if change.id == project:
            return isinstance(change.before, Project) and change.before.state is ProjectState.ARCHIVED
    return True


def _only_state(change: Change) -> bool:
    before, after = change.before, change.after
    if not (isinstance(before, Project) and isinstance(after, Project)):
        return False
    return replace(before, state=after.state, rank=after.rank) == after


@rule("tasks")
def task_numbers(result: Document, changes: ChangeSet) -> None:
    """A task's number is its alone in its project."""
    asked: dict[ProjectId, set[int]] = {}
    for before, after in arrived(changes, "tasks"):
        assert isinstance(after, Task)
        if not (isinstance(before, Task) and before.uid == after.uid and before.project == after.project):
            asked.setdefault(after.project, set()).add(after.uid)
    for project, uids in asked.items():
        seen: set[int] = set()
        for task in result.tasks.of(project).values():
            if task.uid in uids and task.uid in seen:
                raise Refusal(
                    tr("The number {uid} is given to two tasks.", uid=task.uid), at=(task.id, "uid")
                )
            seen.add(task.uid)


@rule("tasks")
def outline_holds(result: Document, changes: ChangeSet) -> None:
    """A task lies inside a task of its own project, and never inside itself."""
    for before, after in arrived(changes, "tasks"):
        assert isinstance(after, Task)
        if after.project not in result.projects:
            raise Refusal(
                tr("The project of “{name}” is not there.", name=after.name), at=(after.id, "project")
            )
        if isinstance(before, Task) and before.parent == after.parent and before.project == after.project:
            continue
        _no_outline_loop(result, after)
    gone = {change.id for change in left(changes, "tasks")}
    if gone:
        for project in _scopes_of(left(changes, "tasks")):
            for task in result.tasks.of(project).values():
                if task.parent in gone:
                    raise Refusal(
                        tr("“{name}” would be left without the task it lies in.", name=task.name),
                        at=(task.id, "parent"),
                    )


def _scopes_of(found: Iterable[Change]) -> set[ProjectId]:
    return {change.before.project for change in found if isinstance(change.before, Task)}


def _no_outline_loop(result: Document, task: Task) -> None:
    seen: set[TaskId] = {task.id}
    parent = task.parent
    while parent is not None:
        above = result.tasks.get(parent)
        if above is None or above.project != task.project:
            raise Refusal(
                tr("The task that “{name}” should lie in is not in its project.", name=task.name),
                at=(task.id, "parent"),
            )
        if parent in seen:
            raise Refusal(tr("“{name}” would lie inside itself.", name=task.name), at=(task.id, "parent"))
        seen.add(parent)
        parent = above.parent


@rule("tasks")
def task_facts(result: Document, changes: ChangeSet) -> None:
    """A task's own facts make sense together: constraint and date, progress, actual dates, splits."""
    for _, after in arrived(changes, "tasks"):
        assert isinstance(after, Task)
        _lengths(after)
        _progress(after)
        if after.constraint.needs_date and after.constraint_date is None:
            raise Refusal(tr("This constraint needs a date."), at=(after.id, "constraint_date"))
        _within(after, "priority", 0, 1000, tr("A priority lies between 0 and 1000."))
        _calendar_seen(result, after, after.calendar, after.project)
        if (
            after.manual_start is not None
            and after.manual_finish is not None
            and after.manual_finish < after.manual_start
        ):
            raise Refusal(
                tr("“{name}” would finish before it starts.", name=after.name), at=(after.id, "finish")
            )


def _lengths(task: Task) -> None:
    if task.duration < 0:
        raise Refusal(tr("A duration is not negative."), at=(task.id, "duration"))
    if task.duration_format.is_percent:
        raise Refusal(tr("A duration is a length of time, not a percentage."), at=(task.id, "duration"))
    if task.remaining_duration is not None and task.remaining_duration < 0:
        raise Refusal(tr("A remaining duration is not negative."), at=(task.id, "remaining_duration"))
    if (task.work or 0) < 0 or task.actual_work < 0:
        raise Refusal(tr("Work is not negative."), at=(task.id, "work"))
    last = 0
    for split in task.splits:
        if split.work_before <= last or split.gap <= 0:
            raise Refusal(
                tr(
                    "The interruptions of “{name}” must follow one another, each after some work.",
                    name=task.name,
                ),
                at=(task.id, "splits"),
            )
        last = split.work_before
    if task.splits and last >= task.duration:
        raise Refusal(
            tr("An interruption must lie within the duration of “{name}”.", name=task.name),
            at=(task.id, "splits"),
        )


def _progress(task: Task) -> None:
    _within(task, "percent_complete", 0, 100, tr("A percentage lies between 0 and 100."))
    _within(task, "physical_percent_complete", 0, 100, tr("A percentage lies between 0 and 100."))
    start, finish = task.actual_start, task.actual_finish
    if start is not None and finish is not None and finish < start:
        raise Refusal(
            tr("“{name}” cannot have finished before it started.", name=task.name),
            at=(task.id, "actual_finish"),
        )
    if task.stop is not None and task.resume is not None and task.resume < task.stop:
        raise Refusal(tr("“{name}” cannot resume before it stopped.", name=task.name), at=(task.id, "resume"))
