"""One task taken out of its plan, its neighbours standing at the dates the source saved, worked out again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.derive.fidelity_rules import Rule
from app.derive.schedule import NO_MOMENT, ScheduleResult, Solved
from app.domain.document import Document
from app.domain.values import TaskId
from app.domain.work import SourceTask
from app.engine.cpm import solve
from app.engine.network import network
from app.engine.policy import LagCalendar, Policy
from app.engine.schedule import Schedule
from app.engine.spans import share_of
from app.engine.worktime import Worktime

_ACTIVITY = (
    "duration elapsed worktime constraint constraint_moment deadline manual manual_start manual_finish "
    "active actual_start actual_finish remaining stop resume levelling_delay"
).split()
_PART = "part_worktime part_work part_done part_delay part_levelling_delay".split()
FS, SS, FF = 1, 3, 0


class Trial:
    """What every trial of one plan reads: its model, our answers and the source's."""

    def __init__(
        self,
        document: Document,
        solved: Solved,
        result: ScheduleResult,
        source: Mapping[TaskId, SourceTask],
    ) -> None:
        self.document = document
        self.solved = solved
        self.result = result
        self.source = source
        self.model = solved.model
        which = next(n for n, plan in enumerate(self.model.plans) if plan.project.id == result.project)
        self.offset = self.model.offsets[which]
        self.parents = result.outline.parents
        finishes = [row.finish for row in source.values() if row.finish is not None]
        self.project_finish = max(finishes, default=result.project_finish)
        starts = [row.start for row in source.values() if row.start is not None]
        self.project_start = min([result.project_start, *starts])

    def row(self, place: int) -> SourceTask | None:
        """What the source saved of the task at that place."""
        return self.source.get(self.result.outline.tasks[place])

    def concerns(self, place: int, rule: Rule) -> bool:
        """Whether a behaviour has anything to act on in a task; if not it explains nothing."""
        net, prepared = self.model.network, self.model.prepared
        number = self.offset + place
        parts = prepared.parts.get(number, ())
        numbers = [number]
        while (above := self.parents[numbers[-1] - self.offset]) >= 0:
            numbers.append(self.offset + above)
        links = [
            link
            for one in numbers
            for link in (*prepared.links_in.get(one, ()), *prepared.links_out.get(one, ()))
        ]
        own_links = {*prepared.links_in.get(number, ()), *prepared.links_out.get(number, ())}
        begun = int(net.actual_start[number]) != NO_MOMENT
        done = int(net.actual_finish[number]) != NO_MOMENT
        acts = {
            "resource-calendars": bool(parts),
            "assignment-delay": any(net.part_delay[part] for part in parts),
            "levelling-delay": bool(net.levelling_delay[number])
            or any(net.part_levelling_delay[part] for part in parts),
            "splits": number in net.splits,
            "resume-date": int(net.resume[number]) != NO_MOMENT,
            "manual-dates": bool(net.manual[number]),
            "summary-links": any(link not in own_links for link in links),
            "deadlines": any(int(net.deadline[one]) != NO_MOMENT for one in numbers),
            "elapsed-durations": bool(net.elapsed[number]),
            "milestone-edge": not int(net.duration[number]),
            "completed-float": done,
            "constraints-yield": int(net.constraint[number]) > 1,
            "constraints-win": int(net.constraint[number]) > 1,
            "retained-logic": begun and not done,
            "progress-override": begun and not done,
            "progress-holds": begun and not done,
            "unstarted-after-status": not begun and net.status != NO_MOMENT,
            "rest-after-status": begun and not done and net.status != NO_MOMENT,
            "started-early-dates": begun and not done,
        }
        if rule.key.startswith("lag-"):
            return any(int(net.link_lag[link]) for link in links)
        return acts.get(rule.key, True)

    def policy(self) -> Policy:
        """The policy the plan is worked out with."""
        return self.solved.policy

    def alone(self, place: int, policy: Policy, *, early: bool = False, **changes: int) -> Schedule:
        """The task at that place worked out between its neighbours; activity 0 of the answer.

        Successors stand at their late dates, or with ``early`` at their early ones, which free float is
        measured to. ``changes`` are other values of the activity's columns.
        """
        net = self.model.network
        number = self.offset + place
        columns: dict[str, Any] = {name: [int(getattr(net, name)[number])] for name in _ACTIVITY}
        columns.update({name: [value] for name, value in changes.items()})
        end = self.project_finish
        anchor = dict.fromkeys(_ACTIVITY, 0) | {
            "constraint_moment": NO_MOMENT,
            "deadline": NO_MOMENT,
            "manual_start": NO_MOMENT,
            "manual_finish": NO_MOMENT,
            "active": 1,
            "actual_start": end,
            "actual_finish": end,
            "stop": NO_MOMENT,
            "resume": NO_MOMENT,
        }
        for name, value in anchor.items():
            columns[name].append(value)
        if "duration" not in changes:
            parts = self.model.prepared.parts.get(number, ())
            for name in _PART:
                columns[name] = [int(getattr(net, name)[part]) for part in parts]
            columns["part_activity"] = [0] * len(parts)
        cuts = net.splits.get(number)
        columns.update(self._links(place, policy, late=not early))
        worktimes = self._few(columns)
        return solve(
            network(
                worktimes,
                columns.pop("duration"),
                project_start=self.project_start,
                project_finish=net.project_finish,
                from_finish=net.from_finish,
                status=net.status,
                splits={0: cuts} if cuts else {},
                **columns,
            ),
            policy,
        )

    def _few(self, columns: dict[str, Any]) -> list[Worktime]:
        """The worktimes these columns use, the project's first, and the columns renumbered for them."""
        net = self.model.network
        used = {net.project_worktime: 0}
        for name in ("worktime", "part_worktime"):
            columns[name] = [used.setdefault(old, len(used)) for old in columns.get(name, [])]
        own = columns["link_worktime"]
        columns["link_worktime"] = [old if old < 0 else used.setdefault(old, len(used)) for old in own]
        return [net.worktimes[old] for old in used]

    def _links(self, place: int, policy: Policy, *, late: bool) -> dict[str, list[int]]:
        """The task's links and those of the summaries above it, their other ends at the source's dates."""
        net, prepared = self.model.network, self.model.prepared
        found: dict[str, list[int]] = {
            name: []
            for name in (
                "link_pred link_succ link_type link_lag link_lag_kind link_moment link_worktime".split()
            )
        }
        here = place
        while here >= 0:
            number = self.offset + here
            if here == place or policy.summary_links:
                for link in prepared.links_in.get(number, ()):
                    kind = int(net.link_type[link])
                    moment = self._end(int(net.link_pred[link]), kind in (FS, FF), late=False)
                    moment = int(net.link_moment[link]) if moment is None else moment
                    self._add(found, link, -1, 0, moment)
                    found["link_worktime"].append(self._lag_worktime(link, policy))
                for link in prepared.links_out.get(number, ()):
                    kind = int(net.link_type[link])
                    moment = self._end(int(net.link_succ[link]), kind not in (FS, SS), late=late)
                    if moment is not None:
                        self._add(found, link, 0, -1, moment)
                        found["link_worktime"].append(self._lag_worktime(link, policy))
            here = self.parents[here]
        return found

    def _add(self, found: dict[str, list[int]], link: int, pred: int, succ: int, moment: int) -> None:
        net = self.model.network
        found["link_pred"].append(pred)
        found["link_succ"].append(succ)
        found["link_type"].append(int(net.link_type[link]))
        lag, kind = int(net.link_lag[link]), int(net.link_lag_kind[link])
        if kind >= 2:
            other = int(net.link_pred[link])
            length = int(net.duration[other]) if other >= 0 else 0
            lag, kind = share_of(length, lag), kind - 2
        found["link_lag"].append(lag)
        found["link_lag_kind"].append(kind)
        found["link_moment"].append(moment)

    def _lag_worktime(self, link: int, policy: Policy) -> int:
        """Whose working time a lag runs on, said outright since one end is not in the trial; -1 for none."""
        net = self.model.network
        if int(net.link_worktime[link]) >= 0:
            return int(net.link_worktime[link])
        ends = {LagCalendar.PREDECESSOR: net.link_pred, LagCalendar.SUCCESSOR: net.link_succ}
        if policy.lag_calendar in ends:
            number = int(ends[policy.lag_calendar][link])
            return int(net.worktime[number]) if number >= 0 else -1
        return net.project_worktime if policy.lag_calendar is LagCalendar.PROJECT else -1

    def _end(self, number: int, at_finish: bool, *, late: bool) -> int | None:
        """The source's date at one end of a task, ours where the source has none; ``None`` outside."""
        place = number - self.offset
        if number < 0 or not 0 <= place < len(self.parents):
            return None
        name = ("late_" if late else "") + ("finish" if at_finish else "start")
        row = self.row(place)
        said = None if row is None else getattr(row, name)
        return int(getattr(self.result, name)[place]) if said is None else int(said)
