"""A project in a handful of figures: its frame, its progress, how far it slipped and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.derive.baselines import baseline_of
from app.derive.costs import costs_of
from app.derive.memo import Reader, remember, stands
from app.derive.plan_rows import rows_of
from app.derive.schedule import NO_MOMENT, ScheduleResult, schedule_of
from app.domain.document import Document
from app.domain.durations import Measure, measure_of
from app.domain.portfolio import Project
from app.domain.values import ProjectId
from app.domain.work import Task


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """One project in figures; ``slip`` is working minutes later than the baseline, ``None`` without one."""

    project: Project
    start: int
    finish: int
    baseline_finish: int | None
    slip: int | None
    percent: int
    milestone: str
    milestone_at: int | None
    tasks: int
    critical: int
    late: int
    problems: tuple[str, ...]
    cost: int
    measure: Measure

    @property
    def needs_attention(self) -> bool:
        """Whether something is late, slipped or wrong."""
        return bool(self.problems or self.late or (self.slip or 0) > 0)


def project_facts(document: Document | Reader, project: ProjectId) -> ProjectFacts:
    """The figures of one project.

    Raises:
        KeyError: there is no such project.
    """
    return remember(document, ("project facts", project), lambda reader, _: _facts(reader, project))


def is_worked_out(document: Document, project: ProjectId) -> bool:
    """Whether the figures of a project are there at once."""
    return stands(document, ("project facts", project))


def _facts(reader: Reader, project: ProjectId) -> ProjectFacts:
    rows = rows_of(reader, project)
    result = schedule_of(reader, project)
    baseline = baseline_of(reader, project)
    summary = result.summary.tolist()
    finish = result.finish.tolist()
    leaves = [n for n, task in enumerate(rows.tasks) if task.active and not summary[n]]
    milestone = _next_milestone(rows.tasks, leaves, result)
    cost = costs_of(reader, project).cost
    tops = [n for n, above in enumerate(rows.outline.parents) if above < 0 and rows.tasks[n].active]
    known = baseline.project_finish != NO_MOMENT
    return ProjectFacts(
        project=rows.project,
        start=result.project_start,
        finish=result.project_finish,
        baseline_finish=baseline.project_finish if known else None,
        slip=baseline.project_finish_variance if known else None,
        percent=_percent(rows.tasks, leaves),
        milestone="" if milestone is None else rows.tasks[milestone].name,
        milestone_at=None if milestone is None else finish[milestone],
        tasks=len(leaves),
        critical=sum(1 for n in leaves if result.critical[n]),
        late=sum(1 for n in leaves if _is_late(rows.tasks[n], finish[n], rows.project)),
        problems=tuple(problem.sentence for problem in result.problems),
        cost=int(sum(cost[n] for n in tops)),
        measure=measure_of(rows.project),
    )


def _percent(tasks: Sequence[Task], leaves: list[int]) -> int:
    """Percent complete weighted by duration, as Microsoft Project rolls it up."""
    planned = sum(tasks[n].duration for n in leaves)
    if planned:
        return sum(tasks[n].duration * tasks[n].percent_complete for n in leaves) // planned
    return sum(tasks[n].percent_complete for n in leaves) // len(leaves) if leaves else 0


def _next_milestone(tasks: Sequence[Task], leaves: list[int], result: ScheduleResult) -> int | None:
    finish = result.finish.tolist()
    ahead = [
        n
        for n in leaves
        if (tasks[n].milestone or tasks[n].duration == 0)
        and tasks[n].percent_complete < 100
        and tasks[n].actual_finish is None
    ]
    return min(ahead, key=lambda n: finish[n]) if ahead else None


def _is_late(task: Task, finish: int, project: Project) -> bool:
    """Past its deadline, or left unfinished behind the status date."""
    if task.percent_complete >= 100:
        return False
    if task.deadline is not None and finish > task.deadline:
        return True
    return project.status_date is not None and finish < project.status_date
