"""A project written as Microsoft Project XML, in the order and with the elements the schema asks for."""

from __future__ import annotations

from babel.numbers import get_currency_symbol

from app.derive.schedule import NO_MOMENT, ScheduleResult
from app.domain.document import Document
from app.domain.values import DurationFormat, ProjectId
from app.exchange.mspdi.calendars_out import calendar_elements
from app.exchange.mspdi.constraint_sense import honor_constraints_flag
from app.exchange.mspdi.extras_out import extended_attribute_elements, outline_code_elements
from app.exchange.mspdi.outgo import Outgo, outgo_of
from app.exchange.mspdi.people_out import assignment_elements, resource_elements
from app.exchange.mspdi.schema import SAVE_VERSION
from app.exchange.mspdi.tasks_out import task_elements
from app.exchange.mspdi.units import NUMBER_OF_FORMAT, TASK_TYPES, day_minute_text, moment_text
from app.exchange.mspdi.xml_out import Child, element, rows
from app.exchange.mspdi.xml_out import document as whole


def write_plan(document: Document, project: ProjectId, result: ScheduleResult | None) -> bytes:
    """The project as a file that Microsoft Project opens; without a result it carries no computed dates.

    Raises:
        KeyError: there is no such project.
    """
    outgo = outgo_of(document, project)
    fields = _frame(document, outgo, result)
    fields.update(
        {
            "OutlineCodes": rows("OutlineCodes", outline_code_elements(outgo)),
            "ExtendedAttributes": rows("ExtendedAttributes", extended_attribute_elements(outgo)),
            "Calendars": rows("Calendars", calendar_elements(document, outgo)),
            "Tasks": rows("Tasks", task_elements(document, outgo, result)),
            "Resources": rows("Resources", resource_elements(document, outgo)),
            "Assignments": rows("Assignments", assignment_elements(document, outgo, result)),
        }
    )
    return whole(element("Project", "Project", fields))


def _frame(document: Document, outgo: Outgo, result: ScheduleResult | None) -> dict[str, Child]:
    project = outgo.project
    finish = project.finish
    if finish is None and result is not None and result.project_finish != NO_MOMENT:
        finish = result.project_finish  # type: ignore[assignment]
    calendar = project.calendar or next((found.calendar for found in document.portfolio), None)
    uid = None if calendar is None else outgo.calendar_uids.get(calendar)
    return {
        "SaveVersion": SAVE_VERSION,
        "Name": f"{project.name}.xml",
        "Title": project.name,
        "Manager": project.manager,
        "GUID": project.source_guid,
        "ScheduleFromStart": project.schedule_from_start,
        "StartDate": moment_text(project.start),
        "FinishDate": None if finish is None else moment_text(finish),
        "CriticalSlackLimit": round(project.critical_slack_limit / project.minutes_per_day),
        "CurrencyDigits": outgo.digits,
        "CurrencySymbol": get_currency_symbol(project.currency, locale="en_US"),
        "CurrencyCode": project.currency,
        "CurrencySymbolPosition": 0,
        "CalendarUID": uid,
        "DefaultStartTime": day_minute_text(project.default_start_time),
        "DefaultFinishTime": day_minute_text(project.default_finish_time),
        "MinutesPerDay": project.minutes_per_day,
        "MinutesPerWeek": project.minutes_per_week,
        "DaysPerMonth": project.days_per_month,
        "DefaultTaskType": TASK_TYPES.index(project.default_task_type),
        "DurationFormat": NUMBER_OF_FORMAT[DurationFormat.DAYS],
        "HonorConstraints": honor_constraints_flag(project.honor_constraints),
        "MultipleCriticalPaths": project.multiple_critical_paths,
        "NewTasksEffortDriven": project.new_tasks_effort_driven,
        "NewTasksEstimated": project.new_tasks_estimated,
        "SplitsInProgressTasks": project.split_in_progress,
        "WeekStartDay": (project.week_start_day + 1) % 7,
        "StatusDate": None if project.status_date is None else moment_text(project.status_date),
        "NewTasksAreManual": project.new_tasks_manual,
    }
