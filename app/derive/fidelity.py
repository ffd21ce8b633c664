"""The fidelity report: where a saved plan's own dates differ from ours, and which rule is responsible.

Every reason is proved. A task is taken out of its plan together with its links, the other ends of which stand
at the dates the source saved; then it is worked out again with one behaviour switched. Where the value the
source saved comes out, that behaviour is the reason; where it already comes out without any switch, the task
only follows from its neighbours. What no rule brings about is said to be unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.derive.fidelity_rules import (
    CRITICAL_FIELD,
    FOLLOWS,
    FREE_ON_PROJECT,
    LENGTH_IN_DATES,
    LONGEST_PATH,
    OFF_CALENDAR,
    OWN_LINKS,
    POLICY_RULES,
    SLACK_FIELD,
    STALE,
    UNEXPLAINED,
    Rule,
)
from app.derive.fidelity_trial import Trial
from app.derive.memo import Reader, remember
from app.derive.schedule import ScheduleResult, schedule_of, solved
from app.domain.document import Document
from app.domain.values import ProjectId, TaskId
from app.domain.work import SourceTask
from app.engine.cpm import solve
from app.engine.policy import PRIMAVERA, CriticalBy, Policy
from app.engine.schedule import Schedule
from app.engine.worktime import HorizonExceeded

LEAF_FIELDS = (
    "start",
    "finish",
    "duration",
    "early_start",
    "early_finish",
    "late_start",
    "late_finish",
    "total_slack",
    "free_slack",
    "critical",
)
"""What is compared of a task. A summary is compared by its dates alone: its float is defined differently."""

SUMMARY_FIELDS = ("start", "finish")
LATE = ("late_start", "late_finish")


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one task in which the source and we differ; moments, minutes, or 0 and 1."""

    task: TaskId
    uid: int
    field: str
    source: int
    ours: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class Fidelity:
    """The comparison of one imported plan: how many tasks were compared, how many of them are summaries."""

    tasks: int
    summaries: int
    differences: tuple[Difference, ...]

    @property
    def differing(self) -> int:
        """How many tasks differ in at least one field."""
        return len({difference.task for difference in self.differences})

    @property
    def moved(self) -> int:
        """How many tasks start or finish at another moment than the source saved."""
        return len({one.task for one in self.differences if one.field in SUMMARY_FIELDS})

    @property
    def unexplained(self) -> int:
        """How many differences no rule explains."""
        return sum(1 for difference in self.differences if difference.rule is UNEXPLAINED)


def fidelity_of(document: Document | Reader, project: ProjectId) -> Fidelity:
    """The fidelity report of one project; without saved dates there is nothing to compare.

    Raises:
        KeyError: there is no such project.
    """
    return remember(document, ("fidelity", project), lambda reader, last: _compared(reader, project))


def _compared(reader: Reader, project: ProjectId) -> Fidelity:
    result = schedule_of(reader, project)
    answer = solved(reader, project)
    document = reader.document
    rows = document.source_tasks.of(project).values()
    source = {row.task: row for row in rows if row.task in result.places}
    if answer.schedule is None or not source:
        return Fidelity(len(source), _summaries(result, source), ())
    proof = _Proof(Trial(document, answer, result, source))
    found: list[Difference] = []
    for id in result.outline.tasks:
        if id in source:
            found.extend(_differences(proof, result.places[id], source[id], document.tasks[id].uid))
    return Fidelity(len(source), _summaries(result, source), tuple(found))


def _summaries(result: ScheduleResult, tasks: Iterable[TaskId]) -> int:
    return sum(1 for task in tasks if result.summary[result.places[task]])


def _differences(proof: _Proof, place: int, row: SourceTask, uid: int) -> Iterator[Difference]:
    result = proof.trial.result
    for field in SUMMARY_FIELDS if result.summary[place] else LEAF_FIELDS:
        said = getattr(row, field)
        ours = int(getattr(result, field)[place])
        if said is not None and not proof.same(place, field, int(said), ours):
            yield Difference(row.task, uid, field, int(said), ours, proof.rule(place, field, int(said)))


class _Proof:
    """Finds the rule behind each difference, trying the plain reasons before the far-fetched ones."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self._alone: dict[tuple[int, Policy, bool], Schedule | None] = {}
        self._longest: bool | None = None
        self._whole: dict[Policy, Schedule | None] = {}

    def same(self, place: int, field: str, one: int, other: int) -> bool:
        """Whether two values say the same; late dates may stand on either side of a rest."""
        if one == other or field not in LATE:
            return one == other
        model = self.trial.model
        worktime = model.prepared.worktime(self.trial.offset + place, self.trial.policy())
        try:
            return worktime.between(one, other) == 0
        except HorizonExceeded:
            return False

    def rule(self, place: int, field: str, said: int) -> Rule:
        """The rule that brings the source's value about."""
        trial = self.trial
        if trial.result.summary[place]:
            return self._of_summary(place, field, said)
        try:
            contradicted = self._of_figures(place, field, said)
        except HorizonExceeded:
            contradicted = None
        if contradicted is not None:
            return contradicted
        early = field == "free_slack"
        if self._gives(self._between(place, trial.policy(), early), place, field, said):
            return FOLLOWS
        for rule, switch in POLICY_RULES:
            turned = switch(trial.policy()) if trial.concerns(place, rule) else None
            if turned is not None and self._gives(self._between(place, turned, early), place, field, said):
                return rule
        return self._of_source(place, field, said) or self._of_whole(place, field, said) or UNEXPLAINED

    def _of_summary(self, place: int, field: str, said: int) -> Rule:
        """A summary follows from what is inside it when the source's own children span its dates."""
        outline = self.trial.result.outline
        inside = [self.trial.source.get(id) for id in outline.children[outline.tasks[place]]]
        moments = [getattr(row, field) for row in inside if row is not None]
        known = [moment for moment in moments if moment is not None]
        if known and said == (min(known) if field == "start" else max(known)):
            return FOLLOWS
        return self._of_whole(place, field, said) or UNEXPLAINED

    def _of_figures(self, place: int, field: str, said: int) -> Rule | None:
        """What the source's own figures prove against each other."""
        row = self.trial.row(place)
        if row is None:
            return None
        if field in ("total_slack", "free_slack") and self._slack_contradicts(place, row, field):
            return SLACK_FIELD
        if field == "critical" and row.total_slack is not None:
            limit = self.trial.policy().critical_slack_limit
            if (row.total_slack <= limit) != bool(said):
                return LONGEST_PATH if self._flags_the_longest_path() else CRITICAL_FIELD
        if field == "free_slack" and said == row.total_slack and self._only_above(place):
            return OWN_LINKS
        if field == "free_slack" and self._free_on_project_calendar(place, row, said):
            return FREE_ON_PROJECT
        if field == "duration" and self._length_in_dates(place, row):
            return LENGTH_IN_DATES
        return None

    def _flags_the_longest_path(self) -> bool:
        """Whether every critical flag of the source is that of the longest path."""
        if self._longest is None:
            trial = self.trial
            turned = replace(trial.policy(), critical_by=CriticalBy.LONGEST_PATH)
            flags = solve(trial.model.prepared, turned).critical
            leaves = [place for place, summary in enumerate(trial.result.summary) if not summary]
            rows = [(place, row) for place in leaves if (row := trial.row(place)) is not None]
            self._longest = all(row.critical == bool(flags[trial.offset + place]) for place, row in rows)
        return self._longest

    def _of_source(self, place: int, field: str, said: int) -> Rule | None:
        """Whether the saved dates themselves explain the value: off the calendars, a length, or stale."""
        row = self.trial.row(place)
        if row is None:
            return None
        if field.endswith(("start", "finish")) and self._rests(place, said):
            return OFF_CALENDAR
        if self._length_explains(place, row, field, said):
            return LENGTH_IN_DATES
        if self._is_stale(place, row, field, said):
            return STALE
        return None

    def _slack_contradicts(self, place: int, row: SourceTask, field: str) -> bool:
        """The source's float is not the working time between its own dates, or it saved no such dates."""
        if row.late_finish is None or row.early_finish is None:
            return row.late_finish is None and row.late_start is None
        worktime = self.trial.model.prepared.worktime(self.trial.offset + place, self.trial.policy())
        given = worktime.between(row.early_finish, row.late_finish)
        if field == "total_slack":
            if None not in (row.early_start, row.late_start):
                by_start = worktime.between(row.early_start, row.late_start)  # type: ignore[arg-type]
                if by_start == row.total_slack:
                    return False
            return given == int(self.trial.result.total_slack[place]) and given != row.total_slack
        free = int(self.trial.result.free_slack[place])
        return row.total_slack is not None and given != row.total_slack and free <= given

    def _free_on_project_calendar(self, place: int, row: SourceTask, said: int) -> bool:
        """Whether the very gap we see is as long as the source says once the project's calendar counts it."""
        net = self.trial.model.network
        own = self.trial.model.prepared.worktime(self.trial.offset + place, self.trial.policy())
        whole = net.worktimes[net.project_worktime]
        early, ours = row.early_finish, int(self.trial.result.free_slack[place])
        if early is None or own is whole or ours <= 0:
            return False
        return whole.between(early, own.add(early, ours)) == said

    def _length_in_dates(self, place: int, row: SourceTask) -> bool:
        """Whether our duration is the working time between the source's own dates."""
        if row.start is None or row.finish is None:
            return False
        worktime = self.trial.model.prepared.worktime(self.trial.offset + place, self.trial.policy())
        return worktime.between(row.start, row.finish) == int(self.trial.result.duration[place])

    def _only_above(self, place: int) -> bool:
        """Whether nothing follows the task itself, but something follows a summary it lies in."""
        links_out, offset = self.trial.model.prepared.links_out, self.trial.offset
        if links_out.get(offset + place):
            return False
        above = self.trial.parents[place]
        while above >= 0 and not links_out.get(offset + above):
            above = self.trial.parents[above]
        return above >= 0

    def _rests(self, place: int, said: int) -> bool:
        """Whether the source's date lies where none of the task's calendars works, not even at an edge."""
        prepared = self.trial.model.prepared
        number = self.trial.offset + place
        parts = prepared.parts.get(number, ())
        network = prepared.network
        worktimes = [network.worktimes[int(network.part_worktime[part])] for part in parts]
        worktimes = worktimes or [prepared.worktime(number, self.trial.policy())]
        return not any(worktime.touches(said) for worktime in worktimes)

    def _length_explains(self, place: int, row: SourceTask, field: str, said: int) -> bool:
        """Whether the value comes out once the time between the source's own dates is the task's length."""
        if row.start is None or row.finish is None:
            return False
        worktime = self.trial.model.prepared.worktime(self.trial.offset + place, self.trial.policy())
        length = worktime.between(row.start, row.finish)
        if length < 0 or length == row.duration:
            return False
        for policy in (self.trial.policy(), PRIMAVERA):
            answer = self._solved_alone(place, policy, duration=length, remaining=length)
            if self._gives(answer, place, field, said):
                return True
        return False

    def _is_stale(self, place: int, row: SourceTask, field: str, said: int) -> bool:
        """Whether the saved late dates cannot come from the plan's own links, and the value from these."""
        if field not in (*LATE, "total_slack", "free_slack") or row.late_finish is None:
            return False
        answer = self._between(place, self.trial.policy())
        if answer is None or self.same(place, "late_finish", row.late_finish, int(answer.late_finish[0])):
            return False
        if field == "late_finish":
            return True
        worktime = self.trial.model.prepared.worktime(self.trial.offset + place, self.trial.policy())
        given = worktime.between(int(self.trial.result.early_finish[place]), row.late_finish)
        if field == "late_start":
            return row.total_slack == given
        return said == given

    def _of_whole(self, place: int, field: str, said: int) -> Rule | None:
        """The rule under which the whole plan, worked out again, gives the source's value."""
        for rule, switch in POLICY_RULES:
            turned = switch(self.trial.policy())
            if turned is None:
                continue
            if turned not in self._whole:
                try:
                    self._whole[turned] = solve(self.trial.model.prepared, turned)
                except HorizonExceeded:
                    self._whole[turned] = None
            answer = self._whole[turned]
            number = self.trial.offset + place
            if answer is not None and self.same(place, field, said, int(getattr(answer, field)[number])):
                return rule
        return None

    def _between(self, place: int, policy: Policy, early: bool = False) -> Schedule | None:
        key = (place, policy, early)
        if key not in self._alone:
            self._alone[key] = self._solved_alone(place, policy, early)
        return self._alone[key]

    def _solved_alone(
        self, place: int, policy: Policy, early: bool = False, **changes: int
    ) -> Schedule | None:
        try:
            return self.trial.alone(place, policy, early=early, **changes)
        except HorizonExceeded:
            return None

    def _gives(self, answer: Schedule | None, place: int, field: str, said: int) -> bool:
        return answer is not None and self.same(place, field, said, int(getattr(answer, field)[0]))
