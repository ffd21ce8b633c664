"""The small signs in front of a task, and the sentence behind each."""

from __future__ import annotations

from app.derive.schedule import NO_MOMENT
from app.domain.work import ConstraintType, Task
from app.text import mark, tr
from app.views.formats import date_text
from app.views.plan_facts import PlanFacts

DONE, TROUBLE, HELD, OWN, AGAIN, SPLIT, NOTE, OFF = "✓", "⚠", "⇥", "◇", "↻", "‖", "¶", "⊘"


def signs(facts: PlanFacts, place: int, locale: str) -> list[tuple[str, str]]:
    """(sign, sentence) of everything worth a glance, the gravest first."""
    task = facts.tasks[place]
    found = [(TROUBLE, sentence) for sentence in troubles(facts, place, locale)]
    if not task.active:
        found.append((OFF, tr("Inactive: it pushes nobody and counts nowhere.")))
    if facts.percent[place] >= 100 and not facts.summary[place]:
        found.append((DONE, tr("Complete.")))
    if task.constraint not in (ConstraintType.ASAP,):
        found.append((HELD, constraint_sentence(task, locale)))
    if task.manual:
        found.append((OWN, tr("Scheduled by hand: it keeps the dates that were typed.")))
    if task.splits:
        found.append((SPLIT, tr("Split: the work rests in between.")))
    if task.recurring:
        found.append((AGAIN, tr("Recurring.")))
    if task.calendar is not None and task.calendar in facts.calendars:
        name = facts.calendars[task.calendar].name
        found.append(("§", tr("Runs on the calendar {name}.", name=name)))
    if task.notes:
        found.append((NOTE, task.notes if len(task.notes) <= 300 else task.notes[:299] + "…"))
    return found


def troubles(facts: PlanFacts, place: int, locale: str) -> list[str]:
    """What is wrong with a task, a sentence each."""
    task = facts.tasks[place]
    found: list[str] = []
    if task.deadline is not None and facts.finish[place] > task.deadline and task.active:
        found.append(tr("Finishes after its deadline of {date}.", date=date_text(task.deadline, locale)))
    if task.manual and task.active and not facts.summary[place]:
        wanted = facts.numbers("auto_start")[place]
        if wanted != NO_MOMENT and facts.start[place] < wanted:
            date = date_text(wanted, locale)
            found.append(tr("Its predecessors would let it start no earlier than {date}.", date=date))
    status = facts.project.status_date
    if (
        status is not None
        and task.active
        and not facts.summary[place]
        and facts.percent[place] < 100
        and facts.finish[place] < status
    ):
        found.append(tr("Should have been finished by the status date."))
    return found


def constraint_sentence(task: Task, locale: str) -> str:
    """The constraint of a task as one sentence."""
    date = "" if task.constraint_date is None else date_text(task.constraint_date, locale)
    return tr(_CONSTRAINTS[task.constraint], date=date)


_CONSTRAINTS = {
    ConstraintType.ASAP: mark("Starts as soon as possible."),
    ConstraintType.ALAP: mark("Starts as late as possible without delaying the project."),
    ConstraintType.MSO: mark("Must start on {date}."),
    ConstraintType.MFO: mark("Must finish on {date}."),
    ConstraintType.SNET: mark("Starts no earlier than {date}."),
    ConstraintType.SNLT: mark("Starts no later than {date}."),
    ConstraintType.FNET: mark("Finishes no earlier than {date}."),
    ConstraintType.FNLT: mark("Finishes no later than {date}."),
}
