"""The answer to "why this date": what holds a task, the chain behind it, and what would move it."""

from __future__ import annotations

from dataclasses import dataclass

from app.derive.memo import Reader
from app.derive.schedule import Driver, schedule_of
from app.derive.why import DayOff, Held, Reason, chain_of_reasons, driving_links
from app.domain.document import Document
from app.domain.durations import measure_of
from app.domain.values import LinkId, ProjectId, TaskId
from app.domain.work import ConstraintType, Link, LinkType, Task
from app.text import mark, tr, trn
from app.views.formats import MINUS, date_text, days_text, moment_text, span_text
from app.views.plan_signs import constraint_sentence


@dataclass(frozen=True, slots=True)
class WhyStep:
    """One task on the chain: its key, its project's, its name, when it is, and what holds its start."""

    task: TaskId
    project: ProjectId
    name: str
    dates: str
    sentence: str


@dataclass(frozen=True, slots=True)
class WhyView:
    """Why a task lies where it lies, in sentences.

    ``start`` and ``finish`` each begin with the date and go on with what holds it. ``chain`` begins with the
    task itself and goes back. ``moves`` says what would move the task. ``links`` are the driving links of
    the chain, to be shown strong in a chart. ``tie`` writes the link that holds it as it is typed:
    ``FF+2d from “D”``.
    """

    title: str
    start: tuple[str, ...] = ()
    finish: tuple[str, ...] = ()
    slack: str = ""
    chain: tuple[WhyStep, ...] = ()
    moves: tuple[str, ...] = ()
    links: tuple[LinkId, ...] = ()
    empty: str = ""
    tie: str = ""


def why(document: Document, project: ProjectId, task: TaskId | None, locale: str) -> WhyView:
    """Why this task lies where it lies; with no task, or one that is gone, what to do to see it."""
    record = None if task is None else document.tasks.get(task)
    if record is None or record.project != project:
        return WhyView(tr("Why this date"), empty=tr("Select a task to see what holds its dates."))
    reader = Reader(document)
    chain = chain_of_reasons(reader, project, record.id)
    here = chain[0]
    reason = here.start_reason
    finish = [moment_text(here.finish, locale)]
    finish += _finish_sentences(reader, here, locale)
    return WhyView(
        title=record.name or tr("(no name)"),
        start=(moment_text(here.start, locale), *_sentences(reader, here, reason, locale)),
        finish=tuple(finish),
        slack=_slack(reader, here, locale),
        chain=tuple(_step(reader, held, locale) for held in chain),
        moves=tuple(_moves(reader, here, locale)),
        links=driving_links(chain),
        tie=_tie(reader, here, locale),
    )


def _tie(reader: Reader, held: Held, locale: str) -> str:
    link = held.start_reason.link or held.finish_reason.link
    if link is None:
        return ""
    lag = span_text(
        abs(link.lag), link.lag_format, measure_of(reader.document.projects[held.project]), locale
    )
    sign = "+" if link.lag > 0 else MINUS
    short = f"{link.type.name}{sign}{lag}" if link.lag else link.type.name
    return tr("{link} from {task}", link=short, task=_name(reader, held, link.predecessor))


def _step(reader: Reader, held: Held, locale: str) -> WhyStep:
    task = reader.document.tasks[held.task]
    dates = f"{date_text(held.start, locale)} – {date_text(held.finish, locale)}"
    sentences = _sentences(reader, held, held.start_reason, locale)
    name = task.name or tr("(no name)")
    return WhyStep(held.task, held.project, name, dates, sentences[0] if sentences else "")


def _name(reader: Reader, held: Held, other: TaskId | None) -> str:
    record = None if other is None else reader.document.tasks.get(other)
    if record is None:
        return tr("(no name)")
    name = record.name or tr("(no name)")
    if record.project == held.project:
        return f"“{name}”"
    return tr("“{name}” in {code}", name=name, code=reader.document.projects[record.project].code)


_LINKS = {
    LinkType.FS: mark("It waits for {task} to finish{lag}."),
    LinkType.SS: mark("It waits for {task} to start{lag}."),
    LinkType.FF: mark("Its finish waits for {task} to finish{lag}."),
    LinkType.SF: mark("Its finish waits for {task} to start{lag}."),
}
_ABOVE = {
    LinkType.FS: mark("Its summary {summary} waits for {task} to finish{lag}."),
    LinkType.SS: mark("Its summary {summary} waits for {task} to start{lag}."),
    LinkType.FF: mark("The finish of its summary {summary} waits for {task} to finish{lag}."),
    LinkType.SF: mark("The finish of its summary {summary} waits for {task} to start{lag}."),
}
_PLAIN = {
    Driver.ACTUAL: mark("It has started; the actual date stands."),
    Driver.REMAINING: mark("What remains goes on from where the work stood."),
    Driver.MANUAL: mark("It is scheduled by hand and keeps the dates that were typed."),
    Driver.STATUS: mark("Unfinished work does not lie before the status date."),
    Driver.PROJECT_FINISH: mark("The plan is scheduled back from the project's finish."),
    Driver.AS_LATE_AS_POSSIBLE: mark("It is placed as late as possible without delaying the project."),
    Driver.LEVELLING: mark("A levelling delay was set on it."),
    Driver.CALENDAR: mark("Its calendar has no working time before."),
}


def _sentences(reader: Reader, held: Held, reason: Reason, locale: str) -> list[str]:
    """What holds the start, the days off last."""
    task = reader.document.tasks[held.task]
    found: list[str] = []
    if reason.kind is Driver.LINK and reason.link is not None:
        found.append(_link_sentence(reader, held, reason.link, locale))
    elif reason.kind is Driver.SUMMARY:
        found.extend(_through_sentences(reader, held, reason, locale))
    elif reason.kind is Driver.CHILD:
        found.append(
            tr("It begins with {task}, the first inside it.", task=_name(reader, held, reason.other))
        )
    elif reason.kind is Driver.CONSTRAINT:
        found.append(constraint_sentence(task, locale))
    elif reason.kind is Driver.PROJECT_START:
        found.append(_project_start_sentence(reader, held, task, locale))
    elif reason.kind in _PLAIN:
        found.append(tr(_PLAIN[reason.kind]))
    if reason.days_off:
        found.append(_days_off_sentence(reason.days_off, locale))
    return found


def _project_start_sentence(reader: Reader, held: Held, task: Task, locale: str) -> str:
    begin = reader.document.projects[held.project].start
    return tr("Nothing holds it but the project's start on {date}.", date=date_text(begin, locale))


def _link_sentence(reader: Reader, held: Held, link: Link, locale: str) -> str:
    return tr(
        _LINKS[link.type], task=_name(reader, held, link.predecessor), lag=_lag(reader, held, link, locale)
    )


def _lag(reader: Reader, held: Held, link: Link, locale: str) -> str:
    if not link.lag:
        return ""
    measure = measure_of(reader.document.projects[held.project])
    text = span_text(abs(link.lag), link.lag_format, measure, locale)
    return tr(", plus {lag}", lag=text) if link.lag > 0 else tr(", less {lag}", lag=text)


def _through_sentences(reader: Reader, held: Held, reason: Reason, locale: str) -> list[str]:
    above = _name(reader, held, reason.through)
    if reason.link is not None:
        other = _name(reader, held, reason.link.predecessor)
        lag = _lag(reader, held, reason.link, locale)
        return [tr(_ABOVE[reason.link.type], summary=above, task=other, lag=lag)]
    if reason.date is None:
        return [tr("Its summary {summary} holds it.", summary=above)]
    date = date_text(reason.date, locale)
    return [tr("Its summary {summary} starts no earlier than {date}.", summary=above, date=date)]


def _days_off_sentence(days: tuple[DayOff, ...], locale: str) -> str:
    if len(days) == 1:
        day = days[0]
        return tr("{name} on {date} is not worked.", name=_named(day), date=date_text(day.day * 1440, locale))
    names = list(dict.fromkeys(_named(day) for day in days))
    shown = ", ".join(names[:3]) + ("…" if len(names) > 3 else "")
    first, last = date_text(days[0].day * 1440, locale), date_text(days[-1].day * 1440, locale)
    return trn(
        "{count} day off in between ({names}), {first} to {last}.",
        "{count} days off in between ({names}), {first} to {last}.",
        len(days),
        names=shown,
        first=first,
        last=last,
    )


def _named(day: DayOff) -> str:
    return f"“{day.name}”" if day.name else tr("A day off")


def _finish_sentences(reader: Reader, held: Held, locale: str) -> list[str]:
    reason = held.finish_reason
    task = reader.document.tasks[held.task]
    measure = measure_of(reader.document.projects[held.project])
    found: list[str] = []
    if reason.kind is Driver.DURATION:
        length = span_text(task.duration, task.duration_format, measure, locale)
        found.append(tr("It takes {duration} from its start.", duration=length))
    elif reason.kind is Driver.PART:
        found.append(tr("The last of its people finishes then."))
    elif reason.kind is Driver.CHILD:
        found.append(tr("It ends with {task}, the last inside it.", task=_name(reader, held, reason.other)))
    elif reason.kind is Driver.ACTUAL:
        found.append(tr("It is finished; the actual date stands."))
    else:
        return _sentences(reader, held, reason, locale)
    if reason.days_off:
        found.append(_days_off_sentence(reason.days_off, locale))
    return found


def _slack(reader: Reader, held: Held, locale: str) -> str:
    result = schedule_of(reader, held.project)
    place = result.places[held.task]
    measure = measure_of(reader.document.projects[held.project])
    total = int(result.total_slack[place])
    if total < 0:
        return tr(
            "It is {days} too late for a deadline or constraint.", days=days_text(-total, measure, locale)
        )
    if bool(result.critical[place]):
        return tr("It is critical: when it slips, the project's finish slips.")
    free = int(result.free_slack[place])
    days = days_text(total, measure, locale)
    if free == total:
        return tr("It can slip {days} before the project's finish moves.", days=days)
    return tr(
        "It can slip {free} before another task moves, and {days} before the project's finish moves.",
        free=days_text(free, measure, locale),
        days=days,
    )


def _moves(reader: Reader, held: Held, locale: str) -> list[str]:
    """What somebody could do so that the task lies elsewhere."""
    reason = held.start_reason
    task = reader.document.tasks[held.task]
    found: list[str] = []
    link = reason.link
    if link is not None:
        other = _name(reader, held, link.predecessor)
        found.append(tr("Finish {task} earlier, or loosen the link.", task=other)
                     if link.type in (LinkType.FS, LinkType.FF)
                     else tr("Start {task} earlier, or loosen the link.", task=other))  # fmt: skip
    elif reason.kind is Driver.CONSTRAINT:
        found.append(tr("Set its constraint to “As soon as possible”."))
    elif reason.kind is Driver.MANUAL:
        found.append(tr("Schedule it automatically."))
    elif reason.kind is Driver.PROJECT_START:
        found.append(tr("Start the project earlier."))
    elif reason.kind is Driver.STATUS:
        found.append(tr("Enter progress, or move the status date."))
    elif reason.kind is Driver.CHILD:
        found.append(tr("Move the task inside it that comes first."))
    if reason.kind is Driver.ACTUAL:
        found.append(tr("Correct its actual start."))
    later = _next_hold(reader, held, task, locale)
    if later:
        found.append(later)
    return found


def _next_hold(reader: Reader, held: Held, task: Task, locale: str) -> str:
    """How far the driving link could be pulled before the next link takes over."""
    result = schedule_of(reader, held.project)
    if held.start_reason.kind is not Driver.LINK or task.constraint is ConstraintType.MSO:
        return ""
    place = {id: n for n, id in enumerate(result.links)}
    slacks: list[int] = []
    for link in reader.document.links.of(held.project).values():
        number = place.get(link.id, -1)
        if link.successor == task.id and number >= 0 and not bool(result.link_driving[number]):
            slack = int(result.link_slack[number])
            if slack > 0:
                slacks.append(slack)
    if not slacks:
        return ""
    measure = measure_of(reader.document.projects[held.project])
    return tr("After {days} the next link takes over.", days=days_text(min(slacks), measure, locale))
