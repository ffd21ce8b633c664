"""The columns of the list of projects."""

from __future__ import annotations

from dataclasses import replace

from app.domain.portfolio import ProjectState
from app.text import mark, tr
from app.views.tables import Column

COLUMNS = (
    Column("code", mark("Code"), editable=True, width=84, help=mark("The project's short name, unique.")),
    Column("name", mark("Name"), editable=True, width=192, help=mark("What the project is called.")),
    Column("state", mark("State"), width=84, help=mark("Active, archived or a template.")),
    Column("start", mark("Start"), "right", "date", True, width=106, help=mark("The first start.")),
    Column("finish", mark("Finish"), "right", "date", width=106, help=mark("The last finish.")),
    Column(
        "baseline_finish",
        mark("Baseline finish"),
        "right",
        "date",
        width=112,
        help=mark("The last finish in the baseline shown."),
    ),
    Column(
        "slip",
        mark("Slip"),
        "right",
        "duration",
        width=60,
        help=mark("Working days that the finish lies behind the baseline's."),
    ),
    Column(
        "percent",
        mark("% complete"),
        "right",
        "percent",
        width=88,
        help=mark("Done share of the planned durations."),
    ),
    Column(
        "milestone",
        mark("Next milestone"),
        width=190,
        help=mark("The first milestone that is not reached yet."),
    ),
    Column("milestone_date", mark("Due"), "right", "date", width=106, help=mark("When it is due.")),
    Column(
        "tasks", mark("Tasks"), "right", "number", width=64, help=mark("Active tasks, without summaries.")
    ),
    Column(
        "late",
        mark("Late"),
        "right",
        "number",
        width=56,
        help=mark("Tasks past their deadline or unfinished before the status date."),
    ),
    Column(
        "problems", mark("Problems"), "right", "number", width=76, help=mark("What is wrong in the plan.")
    ),
    Column("manager", mark("Manager"), editable=True, width=130, help=mark("Who leads the project.")),
    Column("sponsor", mark("Sponsor"), editable=True, width=130, help=mark("Who wants the project.")),
    Column(
        "status_date",
        mark("Status date"),
        "right",
        "date",
        True,
        width=104,
        help=mark("How far reports reach."),
    ),
    Column(
        "cost",
        mark("Cost"),
        "right",
        "money",
        width=104,
        help=mark("Planned cost in the project's currency."),
    ),
)

USUAL = (
    "code",
    "name",
    "start",
    "finish",
    "baseline_finish",
    "slip",
    "percent",
    "milestone",
    "milestone_date",
    "problems",
)
"""What is shown unless somebody chose; narrow enough for a screen 1366 pixels wide."""

USUAL_OF_ALL = (*USUAL[:2], "state", *USUAL[2:])
"""The same where projects of every state stand together."""

STATES = {
    ProjectState.ACTIVE: mark("Active"),
    ProjectState.ARCHIVED: mark("Archived"),
    ProjectState.TEMPLATE: mark("Template"),
}


def portfolio_columns() -> tuple[Column, ...]:
    """Every column the list can show, in the user's language."""
    return tuple(replace(column, title=tr(column.title), help=tr(column.help)) for column in COLUMNS)
