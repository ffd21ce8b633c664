"""The closed list of reasons for which a saved plan's dates and ours may differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.engine.policy import PRIMAVERA, CriticalBy, LagCalendar, Policy, Progress, SlackBy, StartedDates
from app.text import mark


@dataclass(frozen=True, slots=True)
class Rule:
    """A reason by its stable key, and the sentence that says it."""

    key: str
    sentence: str


FOLLOWS = Rule("follows", mark("It follows from a task beside it that differs."))
STALE = Rule(
    "saved-stale",
    mark("The saved value contradicts the saved dates of its own links: it was worked out before a change."),
)
SLACK_FIELD = Rule(
    "slack-not-from-dates",
    mark("The saved float is not what the saved dates give; the tool that saved them did not work it out."),
)
CRITICAL_FIELD = Rule("critical-not-from-slack", mark("The saved critical flag contradicts the saved float."))
OWN_LINKS = Rule(
    "free-float-own-links",
    mark("The source counts a task's own links only in its free float, not those of the summaries above."),
)
FREE_ON_PROJECT = Rule(
    "free-float-project-calendar",
    mark("The source counts free float on the project's calendar, not on the calendar of the task."),
)
LENGTH_IN_DATES = Rule(
    "length-in-dates",
    mark("The source holds the length of the task in its dates; its duration field says otherwise."),
)
LONGEST_PATH = Rule("longest-path", mark("The source calls the longest path critical."))
OFF_CALENDAR = Rule(
    "outside-calendar", mark("The saved date lies outside the working time of the plan's own calendars.")
)
UNEXPLAINED = Rule("unexplained", mark("No rule explains it."))

Switch = Callable[[Policy], Policy | None]
"""The policy with one behaviour turned the other way; ``None`` where it already is."""


def _set(**choices: object) -> Switch:
    def switch(policy: Policy) -> Policy | None:
        turned = replace(policy, **choices)  # type: ignore[arg-type]
        return None if turned == policy else turned

    return switch


POLICY_RULES: tuple[tuple[Rule, Switch], ...] = (
    (
        Rule("assignment-delay", mark("The source does not count delays of assignments.")),
        _set(part_delay=False),
    ),
    (
        Rule("resource-calendars", mark("The source does not run tasks on the calendars of their people.")),
        _set(parts=False),
    ),
    (
        Rule("levelling-delay", mark("The source does not count levelling delays.")),
        _set(levelling_delay=False),
    ),
    (Rule("splits", mark("The source does not count the gaps in split tasks.")), _set(splits=False)),
    (
        Rule(
            "resume-date", mark("The source lets work go on where it stood, whatever date it is to resume.")
        ),
        _set(resume_dates=False),
    ),
    (
        Rule("manual-dates", mark("The source schedules manual tasks like the others.")),
        _set(manual_dates=False),
    ),
    (
        Rule("summary-links", mark("The source ignores links to and from summaries.")),
        _set(summary_links=False),
    ),
    (
        Rule("started-in-summary", mark("The source counts started work in a summary to its full finish.")),
        _set(summaries_end_where_started_work_stands=False),
    ),
    (
        Rule("deadlines", mark("The source does not let deadlines limit late dates.")),
        _set(deadlines_limit_late_dates=False),
    ),
    (
        Rule("elapsed-durations", mark("The source counts elapsed durations in working time.")),
        _set(elapsed_durations=False),
    ),
    (
        Rule("milestone-edge", mark("The source begins milestones at the next start of work.")),
        _set(milestones_keep_finish_side=False),
    ),
    (
        Rule("completed-float", mark("The source gives finished tasks float.")),
        _set(completed_have_no_slack=False),
    ),
    (
        Rule("constraints-yield", mark("The source lets links win over date constraints.")),
        _set(honor_constraints=False),
    ),
    (
        Rule("constraints-win", mark("The source lets date constraints win over links.")),
        _set(honor_constraints=True),
    ),
    (
        Rule("many-critical-paths", mark("The source works out a critical path for every end of the plan.")),
        _set(multiple_critical_paths=True),
    ),
    (
        Rule("one-critical-path", mark("The source works out one critical path for the whole plan.")),
        _set(multiple_critical_paths=False),
    ),
    (
        Rule("lag-predecessor", mark("The source counts lags on the predecessor's calendar.")),
        _set(lag_calendar=LagCalendar.PREDECESSOR),
    ),
    (
        Rule("lag-project", mark("The source counts lags on the project's calendar.")),
        _set(lag_calendar=LagCalendar.PROJECT),
    ),
    (
        Rule("lag-elapsed", mark("The source counts lags round the clock.")),
        _set(lag_calendar=LagCalendar.ELAPSED),
    ),
    (
        Rule("lag-successor", mark("The source counts lags on the successor's calendar.")),
        _set(lag_calendar=LagCalendar.SUCCESSOR),
    ),
    (
        Rule("retained-logic", mark("The source makes what is left wait for status date and predecessors.")),
        _set(progress=Progress.RETAINED),
    ),
    (
        Rule("progress-override", mark("The source makes what is left wait for the status date only.")),
        _set(progress=Progress.OVERRIDE),
    ),
    (
        Rule("progress-holds", mark("The source lets what is left go on where it stood.")),
        _set(progress=Progress.HOLD),
    ),
    (
        Rule(
            "unstarted-after-status", mark("The source moves work that has not begun behind the status date.")
        ),
        _set(reschedule_unstarted=True),
    ),
    (
        Rule(
            "rest-after-status", mark("The source moves what is left of started work behind the status date.")
        ),
        _set(reschedule_remaining=True),
    ),
    (
        Rule(
            "started-early-dates",
            mark("The source shows the early start of started work as that of its rest."),
        ),
        _set(started_dates=StartedDates.REMAINING),
    ),
    (
        Rule("float-by-start", mark("The source reads total float at the start.")),
        _set(slack_by=SlackBy.START),
    ),
    (
        Rule("float-by-finish", mark("The source reads total float at the finish.")),
        _set(slack_by=SlackBy.FINISH),
    ),
    (
        LONGEST_PATH,
        _set(critical_by=CriticalBy.LONGEST_PATH),
    ),
    (
        Rule("primavera", mark("The source was worked out the way Primavera P6 does.")),
        lambda policy: None if policy == PRIMAVERA else PRIMAVERA,
    ),
)

RULES: tuple[Rule, ...] = (
    FOLLOWS,
    *(rule for rule, _ in POLICY_RULES),
    LENGTH_IN_DATES,
    OFF_CALENDAR,
    SLACK_FIELD,
    CRITICAL_FIELD,
    OWN_LINKS,
    FREE_ON_PROJECT,
    STALE,
    UNEXPLAINED,
)
"""All reasons there are; every difference carries one of them."""
