"""Why a date is what it is: the link, constraint, day off, progress or hand behind it, back to the start."""

from __future__ import annotations

from dataclasses import dataclass

from app.derive.memo import Reader
from app.derive.network import Model
from app.derive.schedule import NO_MOMENT, Driver, ScheduleResult, Solved, schedule_of, solved
from app.derive.worktimes import pattern_of
from app.domain.document import Document
from app.domain.values import CalendarId, LinkId, ProjectId, TaskId
from app.domain.work import ConstraintType, Link, LinkType, Task
from app.engine.spans import share_of

LONGEST_GAP = 800
"""Days between two dates beyond which single days off are no longer named."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """A named day that is not worked, or not fully, and so pushed a date."""

    day: int
    name: str
    calendar: CalendarId


@dataclass(frozen=True, slots=True)
class Reason:
    """What holds one end of a task.

    ``link`` and ``other`` are the link and the task at its far end, or the child that passes its date on.
    ``through`` is the summary above to which the link or the constraint belongs. ``date`` is the moment
    demanded, before days off move it; ``days_off`` are the named ones in between.
    """

    kind: Driver
    link: Link | None = None
    other: TaskId | None = None
    date: int | None = None
    days_off: tuple[DayOff, ...] = ()
    through: TaskId | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A task on the way back to the beginning, with its dates and what holds its start and finish."""

    project: ProjectId
    task: TaskId
    start: int
    finish: int
    start_reason: Reason
    finish_reason: Reason


class Reasons:
    """The reasons of one project's dates; make one and ask it for as many tasks as wanted.

    Raises:
        KeyError: there is no such project.
    """

    def __init__(self, document: Document | Reader, project: ProjectId) -> None:
        self.reader = document if isinstance(document, Reader) else Reader(document)
        self.project = project
        self.result: ScheduleResult = schedule_of(self.reader, project)
        self.solved: Solved = solved(self.reader, project)
        self.model: Model = self.solved.model
        which = next(n for n, plan in enumerate(self.model.plans) if plan.project.id == project)
        self.plan = self.model.plans[which]
        self.offset = self.model.offsets[which]
        result = self.result
        self._start: list[int] = result.start.tolist()
        self._finish: list[int] = result.finish.tolist()
        self._drivers: list[list[int]] = [
            column.tolist()
            for column in (
                result.start_driver,
                result.start_driver_index,
                result.finish_driver,
                result.finish_driver_index,
            )
        ]

    def held(self, task: TaskId) -> Held:
        """What holds a task.

        Raises:
            KeyError: the task is not in this project.
        """
        place = self.result.places[task]
        return Held(
            self.project,
            task,
            self._start[place],
            self._finish[place],
            self.of_start(place),
            self.of_finish(place),
        )

    def of_start(self, place: int) -> Reason:
        """What holds the start of the task at that place."""
        return self._reason(
            place, Driver(self._drivers[0][place]), self._drivers[1][place], self._start[place]
        )

    def of_finish(self, place: int) -> Reason:
        """What holds its finish: its length from its start with the days off in between, or else."""
        driver = Driver(self._drivers[2][place])
        if driver in (Driver.DURATION, Driver.PART):
            task = self.plan.tasks[place]
            start, finish = self._start[place], self._finish[place]
            return Reason(driver, None, None, None, self.days_off(task, start, finish))
        return self._reason(place, driver, self._drivers[3][place], self._finish[place])

    def _reason(self, place: int, driver: Driver, index: int, date: int) -> Reason:
        task = self.plan.tasks[place]
        if driver is Driver.LINK:
            if not 0 <= index < len(self.model.links):
                return Reason(Driver.PROJECT_START, date=self.plan.project.start)
            link = self.model.links[index]
            demanded = self._demanded(link, task)
            moved = self._finish[place] if link.type in (LinkType.FF, LinkType.SF) else date
            off = () if demanded is None else self.days_off(task, demanded, moved)
            return Reason(driver, link, link.predecessor, demanded, off)
        if driver is Driver.SUMMARY:
            return self._from_above(task, self._task_at(index), date)
        if driver is Driver.CHILD:
            return Reason(driver, None, self._task_at(index), date)
        if driver is Driver.CONSTRAINT:
            wanted = task.constraint_date
            off = () if wanted is None else self.days_off(task, wanted, date)
            return Reason(driver, None, None, wanted, off)
        if driver is Driver.PROJECT_START:
            begin = self.result.project_start
            return Reason(driver, None, None, begin, self.days_off(task, begin, date))
        return Reason(driver, None, None, date)

    def _from_above(self, task: Task, summary: TaskId | None, date: int) -> Reason:
        """The link or constraint of a summary that holds a task inside it: the one that asks the most."""
        best = Reason(Driver.SUMMARY, None, None, date, through=summary)
        latest = NO_MOMENT
        above = summary
        while above is not None:
            record = self.plan.tasks[self.result.places[above]]
            wanted = record.constraint_date if record.constraint is ConstraintType.SNET else None
            if wanted is not None and wanted > latest:
                latest = wanted
                off = self.days_off(task, latest, date)
                best = Reason(Driver.SUMMARY, None, None, latest, off, above)
            for link in self._links_into(above):
                demanded = self._demanded(link, record)
                if demanded is not None and demanded > latest:
                    latest = demanded
                    off = self.days_off(task, latest, date)
                    best = Reason(Driver.SUMMARY, link, link.predecessor, latest, off, above)
            above = record.parent
        return best

    def _links_into(self, task: TaskId) -> list[Link]:
        number = self.offset + self.result.places[task]
        numbers = self.model.prepared.links_in.get(number, ())
        return [self.model.links[n] for n in numbers if n < len(self.model.links)]

    def _task_at(self, number: int) -> TaskId | None:
        place = number - self.offset
        return self.plan.outline.tasks[place] if 0 <= place < len(self.plan.tasks) else None

    def _demanded(self, link: Link, successor: Task) -> int | None:
        """The moment a link asks for, its lag counted, before any day off moves it."""
        document = self.reader.document
        other = document.tasks.get(link.predecessor)
        if other is None:
            return None
        result = self.result if other.project == self.project else schedule_of(self.reader, other.project)
        place = result.places[other.id]
        dates = result.finish if link.type in (LinkType.FS, LinkType.FF) else result.start
        moment = int(dates[place])
        lag = link.lag
        if link.lag_format.is_percent:
            lag = share_of(int(result.duration[place]), link.lag * 100)
        if not lag:
            return moment
        if link.lag_format.is_elapsed:
            return moment + lag
        number = self.offset + self.result.places[successor.id]
        worktime = self.model.prepared.worktime(number, self.solved.policy)
        return worktime.add(moment, lag)

    def days_off(self, task: Task, begin: int, end: int) -> tuple[DayOff, ...]:
        """The named days between two moments on which the task's calendars work less than usual."""
        first, last = begin // 1440, (end - 1) // 1440
        if end <= begin or last - first > LONGEST_GAP:
            return ()
        found: dict[int, DayOff] = {}
        for calendar in self._calendars(task):
            pattern = pattern_of(self.reader, calendar, self.solved.horizon)
            for day in range(first, last + 1):
                said = pattern.days.get(day)
                if said is None or not said.is_exception:
                    continue
                usual = sum(shift.end - shift.start for shift in pattern.week[(day + 3) % 7])
                if sum(shift.end - shift.start for shift in said.shifts) < usual:
                    found.setdefault(day, DayOff(day, said.name, said.calendar))
        return tuple(found[day] for day in sorted(found))

    def _calendars(self, task: Task) -> list[CalendarId | None]:
        """The calendars a task runs on: those of its people and its own, else the project's."""
        number = self.offset + self.result.places[task.id]
        parts = self.model.prepared.parts.get(number, ())
        columns = [int(self.model.network.part_worktime[part]) for part in parts]
        if not columns:
            columns = [int(self.model.network.worktime[number])]
        return list(dict.fromkeys(calendar for n in columns for calendar in self.model.pairs[n]))


def chain_of_reasons(document: Document | Reader, project: ProjectId, task: TaskId) -> tuple[Held, ...]:
    """The task and, one after the other, what holds each start, back to where nothing holds it any more.

    Every step is the far end of the link that drives, the summary that passes a link on, or the first child
    of a summary; it may lead into other projects.

    Raises:
        KeyError: there is no such project or task.
    """
    reader = document if isinstance(document, Reader) else Reader(document)
    known: dict[ProjectId, Reasons] = {}
    found: list[Held] = []
    seen: set[TaskId] = set()
    here: TaskId | None = task
    where = project
    while here is not None and here not in seen:
        seen.add(here)
        reasons = known.get(where) or known.setdefault(where, Reasons(reader, where))
        held = reasons.held(here)
        found.append(held)
        here = _before(held)
        if here is not None:
            record = reader.document.tasks.get(here)
            here, where = (None, where) if record is None else (here, record.project)
    return tuple(found)


def _before(held: Held) -> TaskId | None:
    reason = held.start_reason
    if reason.kind in (Driver.LINK, Driver.SUMMARY, Driver.CHILD):
        return reason.other
    return None


def driving_links(chain: tuple[Held, ...]) -> tuple[LinkId, ...]:
    """The links on such a chain."""
    return tuple(held.start_reason.link.id for held in chain if held.start_reason.link is not None)
