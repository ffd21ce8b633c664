"""Tasks, links and what the saving tool had worked out for them."""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from app.domain.document import Document
from app.domain.portfolio import Project, TaskType
from app.domain.values import DurationFormat, LinkId, Moment, SourceTaskId, TaskId
from app.domain.work import ConstraintType, FixedCostAccrual, Link, LinkType, SourceTask, Task
from app.exchange.mspdi.fields import Fields
from app.exchange.mspdi.intake import Intake
from app.exchange.mspdi.lengths import with_lengths
from app.exchange.mspdi.mending import lies_inside, mended_task
from app.exchange.mspdi.ranking import rank_tasks
from app.exchange.mspdi.units import (
    CONSTRAINTS,
    ESTIMATED,
    FIXED_COST_ACCRUALS,
    FORMAT_OF_NUMBER,
    LINK_TYPES,
    TASK_TYPES,
)
from app.text import tr

_LINKS = dict(enumerate(LINK_TYPES))
_CONSTRAINTS = dict(enumerate(CONSTRAINTS))
_TYPES = dict(enumerate(TASK_TYPES))
NO_DATE = Moment(30 * 365 * 1440 + 7 * 1440)
"""2000-01-01T00:00, which some tools write where there is no date."""


def read_tasks(
    root: Element, project: Project, document: Document, intake: Intake
) -> tuple[Fields | None, list[tuple[Fields, TaskId]]]:
    """Put tasks, their source rows and their links.

    Returned are the project's own summary row, if any, and the row of each task.
    """
    elements = root.findall("Tasks/Task")
    rows: list[tuple[Fields, int]] = []
    summary: Fields | None = None
    for place, element in enumerate(elements, 1):
        fields = Fields(element, tr("Task row {row}", row=place), intake.problems)
        if fields.flag("IsNull"):
            intake.blank_rows += 1
            continue
        uid = fields.uid()
        if uid == 0 and summary is None and fields.integer("OutlineLevel") == 0 and fields.integer("ID") == 0:
            fields.place = tr("Project summary")
            summary = fields
            continue
        if uid is None or uid in intake.tasks:
            uid = max((number for _, number in rows), default=0) + 1_000_000
            fields.warn(tr("The task has no number of its own; it was numbered {uid}.", uid=uid))
        fields.place = tr("Task {uid} {name}", uid=uid, name=fields.line("Name"))
        intake.tasks[uid] = TaskId("")
        rows.append((fields, uid))
    intake.count("tasks", len(rows) + (summary is not None))
    _claim_ids(rows, project, document, intake)
    parents = _parents(rows, intake)
    made = [
        _task(fields, uid, parent, project, intake)
        for (fields, uid), parent in zip(rows, parents, strict=True)
    ]
    above = {task.parent for task in made}
    made = [
        mended_task(_rolled_up(task, intake) if task.id in above else task, fields)
        for task, (fields, _) in zip(made, rows, strict=True)
    ]
    made = with_lengths(made, [fields for fields, _ in rows], project, intake)
    intake.task_records = rank_tasks(made, document)
    has_free_slack = root.find("Tasks/Task/FreeSlack") is not None
    for (fields, _), task in zip(rows, intake.task_records, strict=True):
        intake.put(task)
        intake.put(_source_task(fields, task, has_free_slack, intake))
    _put_links(rows, document, intake)
    return summary, [(fields, intake.tasks[uid]) for fields, uid in rows]


def _claim_ids(rows: list[tuple[Fields, int]], project: Project, document: Document, intake: Intake) -> None:
    intake.ids.tasks.reserve({guid for fields, _ in rows if (guid := fields.line("GUID"))})
    for fields, uid in rows:
        intake.tasks[uid] = intake.ids.task(uid, fields.line("GUID"), fields.line("Name"))
    taken = set(intake.tasks.values())
    highest = max([0, *intake.tasks, *(task.uid for task in document.tasks.of(project.id).values())])
    for task in document.tasks.of(project.id).values():
        if task.uid in intake.tasks and task.id not in taken:
            highest += 1
            intake.put(replace(task, uid=highest))
            intake.note(
                tr("Task {uid} {name}", uid=task.uid, name=task.name),
                tr("Its number is used by the source for another task; it is number {uid} now.", uid=highest),
            )


def _parents(rows: list[tuple[Fields, int]], intake: Intake) -> list[TaskId | None]:
    """Parents by outline level, in the order of the rows; a level that jumps is taken one deeper."""
    parents: list[TaskId | None] = []
    above: list[tuple[int, TaskId]] = []
    for fields, uid in rows:
        level = fields.optional_integer("OutlineLevel")
        if level is None:
            number = fields.line("OutlineNumber")
            level = number.count(".") + 1 if number else 1
        while above and above[-1][0] >= level:
            above.pop()
        parents.append(above[-1][1] if above else None)
        above.append((level, intake.tasks[uid]))
    return parents


def _task(fields: Fields, uid: int, parent: TaskId | None, project: Project, intake: Intake) -> Task:
    unit, is_estimated = fields.unit("DurationFormat")
    if unit.is_percent:
        unit = DurationFormat.DAYS
    manual = fields.flag("Manual")
    duration = max(0, fields.minutes("Duration"))
    if manual and fields.has("ManualDuration"):
        duration = max(0, fields.minutes("ManualDuration", duration))
    percent = max(0, min(fields.integer("PercentComplete"), 100))
    remaining = fields.optional_minutes("RemainingDuration")
    if percent == 100 or remaining == duration - duration * percent // 100:
        remaining = None
    constraint = fields.choice("ConstraintType", _CONSTRAINTS, ConstraintType.ASAP)
    constraint_date = _date(fields, "ConstraintDate", project)
    if constraint.needs_date and constraint_date is None:
        fields.warn(tr("Its constraint has no date and was left out."))
        constraint = ConstraintType.ASAP
    sub_address = fields.line("HyperlinkSubAddress")
    address = fields.line("HyperlinkAddress") + (f"#{sub_address}" if sub_address else "")
    is_external = fields.flag("ExternalTask")
    if is_external:
        fields.warn(tr("It stands for a task of another plan; it is kept where that plan had it."))
        manual = True
    calendar = fields.uid("CalendarUID")
    if calendar not in (None, -1) and calendar not in intake.calendars:
        fields.warn(tr("Its calendar is not in the plan; the project's calendar holds."))
    return Task(
        id=intake.tasks[uid],
        project=project.id,
        uid=uid,
        parent=parent,
        rank="",
        name=fields.line("Name"),
        duration=duration,
        duration_format=unit,
        estimated=fields.flag("Estimated", is_estimated),
        milestone=fields.flag("Milestone"),
        active=fields.flag("Active", True),
        manual=manual,
        manual_start=_manual(fields, "ManualStart", "Start") if manual else None,
        manual_finish=_manual(fields, "ManualFinish", "Finish") if manual else None,
        task_type=fields.choice("Type", _TYPES, TaskType.FIXED_UNITS),
        effort_driven=fields.flag("EffortDriven"),
        constraint=constraint,
        constraint_date=constraint_date if constraint.needs_date else None,
        deadline=_date(fields, "Deadline", project),
        calendar=None if calendar is None else intake.calendars.get(calendar),
        ignore_resource_calendar=fields.flag("IgnoreResourceCalendar"),
        priority=max(0, min(fields.integer("Priority", 500), 1000)),
        percent_complete=percent,
        physical_percent_complete=max(0, min(fields.integer("PhysicalPercentComplete"), 100)),
        actual_start=_date(fields, "ActualStart", project),
        actual_finish=_date(fields, "ActualFinish", project),
        remaining_duration=None if remaining is None else max(0, remaining),
        stop=_date(fields, "Stop", project),
        resume=_date(fields, "Resume", project),
        leveling_delay=max(0, fields.tenths("LevelingDelay")),
        work=fields.optional_minutes("Work"),
        actual_work=max(0, fields.minutes("ActualWork")),
        fixed_cost=fields.money("FixedCost", intake.digits),
        fixed_cost_accrual=fields.choice("FixedCostAccrual", FIXED_COST_ACCRUALS, FixedCostAccrual.PRORATED),
        wbs=fields.line("WBS"),
        notes=fields.text("Notes"),
        hyperlink=fields.line("Hyperlink"),
        hyperlink_address=address,
        contact=fields.line("Contact"),
        recurring=fields.flag("Recurring"),
        guid=fields.line("GUID"),
    )


def _rolled_up(task: Task, intake: Intake) -> Task:
    """A summary without the figures that follow from the tasks inside it."""
    return replace(
        task,
        duration=task.duration if task.manual else intake.per_day,
        percent_complete=0,
        actual_start=None,
        actual_finish=None,
        remaining_duration=None,
        stop=None,
        resume=None,
        work=None,
        actual_work=0,
    )


def _manual(fields: Fields, name: str, scheduled: str) -> Moment | None:
    return fields.moment(name if fields.has(name) else scheduled)


def _date(fields: Fields, name: str, project: Project) -> Moment | None:
    """A date people decided; the stand-in for "no date" of some tools is none."""
    found = fields.moment(name)
    return None if found == NO_DATE and project.start > NO_DATE else found


def _source_task(fields: Fields, task: Task, has_free_slack: bool, intake: Intake) -> SourceTask:
    """What the saving tool says; some tools write no slack where it is zero."""
    early, late = fields.moment("EarlyFinish"), fields.moment("LateFinish")
    total = fields.optional_tenths("TotalSlack")
    if total is None and early is not None and early == late:
        total = 0
    free = fields.optional_tenths("FreeSlack")
    if free is None and has_free_slack and early is not None:
        free = 0
    return SourceTask(
        id=SourceTaskId(intake.ids.of("source_tasks", task.id)),
        project=task.project,
        task=task.id,
        start=fields.moment("Start"),
        finish=fields.moment("Finish"),
        duration=fields.optional_minutes("Duration"),
        early_start=fields.moment("EarlyStart"),
        early_finish=early,
        late_start=fields.moment("LateStart"),
        late_finish=late,
        total_slack=total,
        free_slack=free,
        critical=fields.flag("Critical") if fields.has("Critical") else None,
        percent_complete=fields.optional_integer("PercentComplete"),
        work=fields.optional_minutes("Work"),
        cost=fields.optional_money("Cost", intake.digits),
    )


def _put_links(rows: list[tuple[Fields, int]], document: Document, intake: Intake) -> None:
    seen: set[tuple[TaskId, TaskId, LinkType]] = set()
    parents_of = {task.id: task.parent for task in intake.task_records}
    for fields, uid in rows:
        for element in fields.element.findall("PredecessorLink"):
            link = Fields(element, fields.place, intake.problems)
            number = link.uid("PredecessorUID")
            if link.flag("CrossProject"):
                predecessor = _elsewhere(link, document, intake)
                if predecessor is None:
                    continue
            else:
                predecessor = None if number is None else intake.tasks.get(number)
            type = link.choice("Type", _LINKS, LinkType.FS)
            successor = intake.tasks[uid]
            if predecessor is None or predecessor == successor:
                fields.warn(tr("A link names the task {uid}, which it cannot follow.", uid=number))
                continue
            if lies_inside(predecessor, successor, parents_of):
                fields.warn(tr("A link joins it with a summary it lies in or with a task inside it."))
                continue
            if (predecessor, successor, type) in seen:
                fields.warn(tr("The link from task {uid} is there twice; once is kept.", uid=number))
                continue
            seen.add((predecessor, successor, type))
            intake.count(f"links {type.value}")
            lag, unit = _lag(link)
            intake.put(
                Link(
                    LinkId(intake.ids.of("links", predecessor, successor)),
                    intake.project,
                    predecessor,
                    successor,
                    type,
                    lag,
                    unit,
                )
            )


def _elsewhere(link: Fields, document: Document, intake: Intake) -> TaskId | None:
    """The task of another project that ``CODE\\12`` names, where the portfolio has that project."""
    name = link.line("CrossProjectName")
    code, _, uid = name.rpartition("\\")
    for project in document.projects:
        if project.code.casefold() == code.casefold():
            for task in document.tasks.of(project.id).values():
                if str(task.uid) == uid:
                    return task.id
    intake.leave("CrossProjectName", "tasks")
    link.warn(
        tr("A link from another plan ({name}) was left out; link the tasks once both are in.", name=name)
    )
    return None


def _lag(link: Fields) -> tuple[int, DurationFormat]:
    unit = FORMAT_OF_NUMBER.get(link.integer("LagFormat", 7) & ~ESTIMATED, DurationFormat.DAYS)
    return (link.integer("LinkLag") if unit.is_percent else link.tenths("LinkLag")), unit
