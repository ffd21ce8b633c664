"""The columns a plan can show: what each is called, what it says of a task, and how it sorts."""

from __future__ import annotations

from app.domain.choice_names import CONSTRAINT_NAMES, TASK_TYPE_NAMES
from app.text import mark, tr
from app.views.formats import percent_text
from app.views.plan_cells import (
    PlanColumn,
    actual_duration_cells,
    by_task,
    calendar_cells,
    column_of,
    critical_cells,
    custom_column,
    date_column,
    days_column,
    decided_date,
    duration_cells,
    flag_column,
    hours_column,
    money_column,
    percent_cells,
    predecessor_cells,
    record_column,
    remaining,
    remaining_cells,
    resource_cells,
    row_numbers,
    sign_cells,
    successor_cells,
)
from app.views.plan_facts import PlanFacts


def columns_of(facts: PlanFacts) -> dict[str, PlanColumn]:
    """Every column this project's plan can show, by key, in the order a chooser lists them."""
    custom = {f"field:{field.id}": custom_column(field) for field in facts.fields}
    return {**COLUMNS, **custom}


COLUMNS: dict[str, PlanColumn] = dict(
    [
        column_of(
            "row",
            mark("No."),
            mark("The task's row number, by which predecessors are typed."),
            lambda facts, places, locale: [str(n + 1) for n in places],
            row_numbers,
            kind="number",
            align="right",
            width=48,
        ),
        column_of(
            "signs",
            mark("Signs"),
            mark("Small signs for what is special about the task; hover for the words."),
            sign_cells,
            lambda facts: [0] * facts.size,
            kind="sign",
            align="centre",
            width=56,
        ),
        record_column("name", mark("Name"), mark("What is to be done."), width=280),
        column_of(
            "duration",
            mark("Duration"),
            mark("Working time from start to finish; type 3d, 4h, 2w or 1mo."),
            duration_cells,
            lambda facts: facts.numbers("duration"),
            kind="duration",
            align="right",
            editable=True,
            width=84,
        ),
        date_column(
            "start",
            mark("Start"),
            mark("When the task starts; typing a date keeps it from starting earlier."),
            editable=True,
        ),
        date_column(
            "finish",
            mark("Finish"),
            mark("When the task finishes; typing a date keeps it from finishing earlier."),
            editable=True,
        ),
        column_of(
            "predecessors",
            mark("Predecessors"),
            mark("What the task waits for, such as 3 or 5SS+2d."),
            predecessor_cells,
            lambda facts: [len(facts.links_in.get(task.id, ())) for task in facts.tasks],
            kind="links",
            editable=True,
            width=120,
            summaries=True,
        ),
        column_of(
            "successors",
            mark("Successors"),
            mark("What waits for the task."),
            successor_cells,
            lambda facts: [len(facts.links_out.get(task.id, ())) for task in facts.tasks],
            kind="links",
            editable=True,
            width=120,
            summaries=True,
        ),
        column_of(
            "percent",
            mark("% complete"),
            mark("How much of the duration is done; summaries are rolled up."),
            percent_cells,
            lambda facts: facts.percent,
            kind="percent",
            align="right",
            editable=True,
            width=84,
        ),
        column_of(
            "resources",
            mark("Resources"),
            mark("Who works on it, such as Ann; Bob[50%]."),
            resource_cells,
            lambda facts: [name.casefold() for name in facts.labels],
            editable=True,
            width=160,
        ),
        days_column(
            "total_slack",
            mark("Total float"),
            mark("How far the task can slip before the project's finish moves."),
        ),
        days_column(
            "free_slack", mark("Free float"), mark("How far the task can slip before another task moves.")
        ),
        days_column("start_slack", mark("Start float"), mark("Working time between early and late start.")),
        days_column(
            "finish_slack", mark("Finish float"), mark("Working time between early and late finish.")
        ),
        column_of(
            "critical",
            mark("Critical"),
            mark("Whether a slip of the task moves the project's finish."),
            critical_cells,
            lambda facts: facts.critical,
            kind="flag",
            align="centre",
            width=72,
        ),
        date_column(
            "early_start", mark("Early start"), mark("The earliest the links and constraints allow.")
        ),
        date_column(
            "early_finish", mark("Early finish"), mark("The finish that follows from the early start.")
        ),
        date_column(
            "late_start", mark("Late start"), mark("The latest start that keeps the project's finish.")
        ),
        date_column(
            "late_finish", mark("Late finish"), mark("The latest finish that keeps the project's finish.")
        ),
        date_column(
            "baseline:start",
            mark("Baseline start"),
            mark("The start in the baseline shown."),
            key="baseline_start",
        ),
        date_column(
            "baseline:finish",
            mark("Baseline finish"),
            mark("The finish in the baseline shown."),
            key="baseline_finish",
        ),
        days_column(
            "baseline:duration",
            mark("Baseline duration"),
            mark("The duration in the baseline shown."),
            key="baseline_duration",
        ),
        days_column(
            "baseline:start_variance",
            mark("Start variance"),
            mark("Start minus baseline start, in working days."),
            key="start_variance",
        ),
        days_column(
            "baseline:finish_variance",
            mark("Finish variance"),
            mark("Finish minus baseline finish, in working days."),
            key="finish_variance",
        ),
        days_column(
            "baseline:duration_variance",
            mark("Duration variance"),
            mark("Duration minus baseline duration."),
            key="duration_variance",
        ),
        hours_column(
            "baseline_work",
            mark("Baseline work"),
            mark("The work in the baseline shown."),
            lambda facts: facts.numbers("baseline:work"),
        ),
        hours_column(
            "work_variance",
            mark("Work variance"),
            mark("Work minus baseline work."),
            lambda facts: facts.numbers("baseline:work_variance"),
        ),
        money_column(
            "baseline_cost",
            mark("Baseline cost"),
            mark("The cost in the baseline shown."),
            lambda facts: facts.numbers("baseline:cost"),
        ),
        money_column(
            "cost_variance",
            mark("Cost variance"),
            mark("Cost minus baseline cost."),
            lambda facts: facts.numbers("baseline:cost_variance"),
        ),
        column_of(
            "constraint",
            mark("Constraint"),
            mark("When the task may lie."),
            lambda facts, places, locale: [tr(CONSTRAINT_NAMES[facts.tasks[n].constraint]) for n in places],
            by_task(lambda task: task.constraint.value),
            kind="choice",
            editable=True,
            choices=tuple(CONSTRAINT_NAMES.values()),
            width=150,
            summaries=True,
        ),
        decided_date(
            "constraint_date",
            mark("Constraint date"),
            mark("The date the constraint speaks of."),
            summaries=True,
        ),
        decided_date(
            "deadline", mark("Deadline"), mark("A date to be warned about; it moves nothing."), summaries=True
        ),
        decided_date("actual_start", mark("Actual start"), mark("When the task really started.")),
        decided_date("actual_finish", mark("Actual finish"), mark("When the task was really finished.")),
        column_of(
            "actual_duration",
            mark("Actual duration"),
            mark("The working time that is done."),
            actual_duration_cells,
            lambda facts: [task.duration - remaining(facts, n) for n, task in enumerate(facts.tasks)],
            kind="duration",
            align="right",
            editable=True,
            width=84,
        ),
        column_of(
            "remaining_duration",
            mark("Remaining duration"),
            mark("The working time still to do."),
            remaining_cells,
            lambda facts: [remaining(facts, n) for n in range(facts.size)],
            kind="duration",
            align="right",
            editable=True,
            width=84,
        ),
        column_of(
            "physical_percent",
            mark("Physical % complete"),
            mark("How much of the result is there, as judged."),
            lambda facts, places, locale: [
                percent_text(facts.tasks[n].physical_percent_complete, locale) for n in places
            ],
            by_task(lambda task: task.physical_percent_complete),
            kind="percent",
            align="right",
            editable=True,
            width=84,
        ),
        hours_column(
            "work",
            mark("Work"),
            mark("Hours of work, of all that are assigned."),
            lambda facts: facts.numbers("costs:work"),
            editable=True,
        ),
        hours_column(
            "actual_work",
            mark("Actual work"),
            mark("Hours of work that are done."),
            lambda facts: facts.numbers("costs:actual_work"),
        ),
        money_column(
            "cost",
            mark("Cost"),
            mark("Work at its rates, material and fixed cost."),
            lambda facts: facts.numbers("costs:cost"),
        ),
        money_column(
            "fixed_cost",
            mark("Fixed cost"),
            mark("Cost of the task beside its resources."),
            lambda facts: [task.fixed_cost for task in facts.tasks],
            editable=True,
        ),
        column_of(
            "calendar",
            mark("Calendar"),
            mark("The task's own calendar, where it has one."),
            calendar_cells,
            by_task(lambda task: task.calendar or ""),
            kind="choice",
            editable=True,
            width=120,
        ),
        column_of(
            "mode",
            mark("Mode"),
            mark("Whether the program works out the dates or keeps those typed."),
            lambda facts, places, locale: [
                tr("Manual") if facts.tasks[n].manual else tr("Auto") for n in places
            ],
            by_task(lambda task: task.manual),
            kind="choice",
            editable=True,
            choices=(mark("Auto"), mark("Manual")),
            width=72,
            summaries=True,
        ),
        column_of(
            "type",
            mark("Type"),
            mark("What stays when work or people change."),
            lambda facts, places, locale: [tr(TASK_TYPE_NAMES[facts.tasks[n].task_type]) for n in places],
            by_task(lambda task: task.task_type.value),
            kind="choice",
            editable=True,
            choices=tuple(TASK_TYPE_NAMES.values()),
            width=110,
        ),
        flag_column(
            "effort_driven",
            mark("Effort driven"),
            mark("Whether more people make it shorter."),
            lambda task: task.effort_driven,
        ),
        flag_column(
            "active",
            mark("Active"),
            mark("Inactive tasks push nobody and count nowhere."),
            lambda task: task.active,
        ),
        flag_column(
            "milestone",
            mark("Milestone"),
            mark("Drawn as a diamond."),
            lambda task: task.milestone or task.duration == 0,
        ),
        flag_column(
            "estimated",
            mark("Estimated"),
            mark("The duration is a guess, shown with a question mark."),
            lambda task: task.estimated,
        ),
        column_of(
            "priority",
            mark("Priority"),
            mark("From 0 to 1000; levelling moves low ones first."),
            lambda facts, places, locale: [str(facts.tasks[n].priority) for n in places],
            by_task(lambda task: task.priority),
            kind="number",
            align="right",
            editable=True,
            width=72,
        ),
        record_column("wbs", mark("WBS"), mark("The code of the work breakdown structure."), width=80),
        column_of(
            "outline",
            mark("Outline number"),
            mark("The place in the outline."),
            lambda facts, places, locale: [facts.rows.outline.numbers[n] for n in places],
            lambda facts: range(facts.size),
            width=80,
        ),
        column_of(
            "uid",
            mark("Unique ID"),
            mark("The number that stays with the task whatever moves."),
            lambda facts, places, locale: [str(facts.tasks[n].uid) for n in places],
            by_task(lambda task: task.uid),
            kind="number",
            align="right",
            width=72,
        ),
        record_column("notes", mark("Notes"), mark("Anything worth remembering."), width=200),
        record_column("hyperlink", mark("Hyperlink"), mark("A place to look things up."), width=160),
        record_column("contact", mark("Contact"), mark("Whom to ask."), width=120),
    ]
)

USUAL = ("row", "signs", "name", "duration", "start", "finish", "predecessors", "percent", "resources")
"""The columns of a plan that nobody has arranged yet."""
