"""Tasks and their links written, with the dates of the schedule."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from app.derive.schedule import NO_MOMENT, ScheduleResult
from app.domain.document import Document
from app.domain.portfolio import OwnerKind
from app.domain.values import TaskId
from app.domain.work import Link, Task
from app.exchange.mspdi.extras_out import baselines, custom_values, timephased
from app.exchange.mspdi.outgo import Outgo
from app.exchange.mspdi.units import (
    CONSTRAINTS,
    ESTIMATED,
    FIXED_COST_ACCRUALS,
    LINK_TYPES,
    NUMBER_OF_FORMAT,
    TASK_TYPES,
    hundredths_text,
    moment_text,
    span_text,
)
from app.exchange.mspdi.xml_out import Child, element

_ACCRUALS = {accrual: number for number, accrual in FIXED_COST_ACCRUALS.items()}
_ELAPSED_DAYS = 8


def task_elements(document: Document, outgo: Outgo, result: ScheduleResult | None) -> list[Element]:
    """The project's summary row and its tasks in outline order."""
    links: dict[TaskId, list[Link]] = {}
    for link in document.links.of(outgo.project.id).values():
        links.setdefault(link.successor, []).append(link)
    found = [] if any(task.uid == 0 for task in outgo.tasks) else [_summary_row(outgo, result)]
    for place, task in enumerate(outgo.tasks):
        fields = _decided(task, outgo)
        fields.update(
            {
                "ID": place + 1,
                "WBS": task.wbs,
                "OutlineNumber": outgo.outline.numbers[place],
                "OutlineLevel": outgo.outline.levels[place],
                "Summary": outgo.outline.is_summary(task.id),
                "PredecessorLink": _links(links.get(task.id, []), document, outgo),
                "Baseline": baselines(task.id, OwnerKind.TASK, outgo),
                "TimephasedData": timephased(task.uid, outgo.timephased.get(task.id, ())),
                **custom_values(task.id, "Task", outgo),
                **_lengths(task, place, outgo, result),
            }
        )
        if result is not None:
            fields.update(_dates(place, result))
        found.append(element("Task", "Tasks/Task", fields))
    return found


def _date(value: int | None) -> str | None:
    return None if value is None or value == NO_MOMENT else moment_text(value)


def _summary_row(outgo: Outgo, result: ScheduleResult | None) -> Element:
    project = outgo.project
    return element(
        "Task",
        "Tasks/Task",
        {
            "UID": 0,
            "ID": 0,
            "Name": project.name,
            "Active": True,
            "Manual": False,
            "Type": 1,
            "IsNull": False,
            "OutlineNumber": "0",
            "OutlineLevel": 0,
            "Priority": 500,
            "Start": _date(result.project_start) if result else moment_text(project.start),
            "Finish": _date(result.project_finish) if result else None,
            "Summary": True,
            "Notes": project.notes,
            "Baseline": baselines(project.id, OwnerKind.PROJECT, outgo),
            "TimephasedData": timephased(0, outgo.timephased.get(project.id, ())),
            **custom_values(project.id, "Task", outgo),
        },
    )


def _decided(task: Task, outgo: Outgo) -> dict[str, Child]:
    """What people decided about a task."""
    number = NUMBER_OF_FORMAT[task.duration_format]
    calendar = None if task.calendar is None else outgo.calendar_uids.get(task.calendar)
    address, _, sub_address = task.hyperlink_address.partition("#")
    return {
        "UID": task.uid,
        "GUID": task.guid,
        "Name": task.name,
        "Active": task.active,
        "Manual": task.manual,
        "Type": TASK_TYPES.index(task.task_type),
        "IsNull": False,
        "Contact": task.contact,
        "Priority": task.priority,
        "ManualStart": _date(task.manual_start),
        "ManualFinish": _date(task.manual_finish),
        "DurationFormat": number + (ESTIMATED if task.estimated else 0),
        "Work": None if task.work is None else span_text(task.work),
        "Stop": _date(task.stop),
        "Resume": _date(task.resume),
        "EffortDriven": task.effort_driven,
        "Recurring": task.recurring,
        "Estimated": task.estimated,
        "Milestone": task.milestone,
        "FixedCost": hundredths_text(task.fixed_cost, outgo.digits) if task.fixed_cost else None,
        "FixedCostAccrual": _ACCRUALS[task.fixed_cost_accrual],
        "ActualStart": _date(task.actual_start),
        "ActualFinish": _date(task.actual_finish),
        "ActualWork": span_text(task.actual_work) if task.actual_work else None,
        "ConstraintType": CONSTRAINTS.index(task.constraint),
        "CalendarUID": -1 if calendar is None else calendar,
        "ConstraintDate": _date(task.constraint_date),
        "Deadline": _date(task.deadline),
        "LevelingDelay": task.leveling_delay * 10,
        "LevelingDelayFormat": _ELAPSED_DAYS,
        "Hyperlink": task.hyperlink,
        "HyperlinkAddress": address,
        "HyperlinkSubAddress": sub_address,
        "IgnoreResourceCalendar": task.ignore_resource_calendar,
        "Notes": task.notes,
        "PhysicalPercentComplete": task.physical_percent_complete,
    }


def _lengths(task: Task, place: int, outgo: Outgo, result: ScheduleResult | None) -> dict[str, Child]:
    """Duration and progress: a summary's are rolled up, a leaf's are as decided."""
    is_summary = outgo.outline.is_summary(task.id)
    duration, percent = task.duration, task.percent_complete
    if is_summary and result is not None:
        duration, percent = int(result.duration[place]), int(result.percent_complete[place])
    remaining = task.remaining_duration
    if is_summary or remaining is None:
        remaining = duration - duration * percent // 100
    return {
        "Duration": span_text(duration),
        "ManualDuration": span_text(task.duration) if task.manual else None,
        "PercentComplete": percent,
        "ActualDuration": span_text(max(duration - remaining, 0)),
        "RemainingDuration": span_text(remaining),
    }


def _dates(place: int, result: ScheduleResult) -> dict[str, Child]:
    return {
        "Start": _date(int(result.start[place])),
        "Finish": _date(int(result.finish[place])),
        "EarlyStart": _date(int(result.early_start[place])),
        "EarlyFinish": _date(int(result.early_finish[place])),
        "LateStart": _date(int(result.late_start[place])),
        "LateFinish": _date(int(result.late_finish[place])),
        "Critical": bool(result.critical[place]),
        "FreeSlack": int(result.free_slack[place]) * 10,
        "TotalSlack": int(result.total_slack[place]) * 10,
        "StartSlack": int(result.start_slack[place]) * 10,
        "FinishSlack": int(result.finish_slack[place]) * 10,
    }


def _links(links: list[Link], document: Document, outgo: Outgo) -> list[Element]:
    found: list[tuple[str, int, Element]] = []
    for link in links:
        predecessor = document.tasks.get(link.predecessor)
        if predecessor is None:
            continue
        other = ""
        if predecessor.project != outgo.project.id:
            other = f"{document.projects[predecessor.project].code}\\{predecessor.uid}"
        made = element(
            "PredecessorLink",
            "Task/PredecessorLink",
            {
                "PredecessorUID": predecessor.uid,
                "Type": LINK_TYPES.index(link.type),
                "CrossProject": bool(other),
                "CrossProjectName": other,
                "LinkLag": link.lag if link.lag_format.is_percent else link.lag * 10,
                "LagFormat": NUMBER_OF_FORMAT[link.lag_format],
            },
        )
        found.append((other, predecessor.uid, made))
    found.sort(key=lambda one: one[:2])
    return [made for _, _, made in found]
