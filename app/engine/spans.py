"""How long an activity takes from a given moment: its worktime, its parts, its gaps and its progress."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from app.engine.network import Face
from app.engine.policy import LagCalendar, Policy
from app.engine.prepared import Prepared
from app.engine.worktime import Worktime

Kept = TypeVar("Kept")
Piece = tuple[Worktime, int, int, int, int]
"""One thing that takes time: worktime, delay, minutes with gaps, what is left of them, elapsed wait."""
_EITHER, _START, _FINISH = (int(face) for face in Face)


class _Kept(dict[int, Kept]):
    """Values worked out when first asked for, and kept."""

    def __init__(self, work_out: Callable[[int], Kept]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, number: int) -> Kept:
        value = self[number] = self._work_out(number)
        return value


@dataclass(frozen=True, slots=True)
class Spans:
    """The pieces of each activity and the worktime and minutes of each link's lag, under one policy."""

    pieces: Mapping[int, tuple[Piece, ...]]
    lags: Mapping[int, tuple[Worktime, int]]
    faces: memoryview[int]

    def snap_start(self, activity: int, moment: int) -> int:
        """The first moment from `moment` on at which the activity can begin."""
        pieces = self.pieces[activity]
        worktime, delay, minutes, _, wait = pieces[0]
        if len(pieces) > 1:
            return min(_begun(own, own.next_start(moment), late, wait) for own, late, _, _, wait in pieces)
        if not minutes and self.faces[activity] != _START:
            if self.faces[activity] == _FINISH:
                return worktime.previous_finish(moment)
            if worktime.touches(moment):
                return moment
        return _begun(worktime, worktime.next_start(moment), delay, wait)

    def snap_finish(self, activity: int, moment: int) -> int:
        """The last moment up to `moment` at which it can end; a milestone keeps the face it is left."""
        pieces = self.pieces[activity]
        if len(pieces) == 1:
            if not pieces[0][2] and self.faces[activity] != _FINISH:
                return moment if self.faces[activity] == _EITHER else pieces[0][0].next_start(moment)
            return pieces[0][0].previous_finish(moment)
        return max(worktime.previous_finish(moment) for worktime, _, _, _, _ in pieces)

    def finish_from(self, activity: int, start: int) -> int:
        """The finish of the whole activity when it begins at `start`."""
        pieces = self.pieces[activity]
        if len(pieces) == 1:
            return pieces[0][0].add(start, pieces[0][2])
        return max(piece[0].add(self.begin_of(activity, piece, start), piece[2]) for piece in pieces)

    def begin_of(self, activity: int, piece: Piece, start: int) -> int:
        """When a piece of the activity begins, which itself begins at `start` with its earliest piece."""
        worktime, delay, _, _, wait = piece
        lead, first_wait = self.lead(activity)
        return _begun(worktime, worktime.next_start(start), max(0, delay - lead), max(0, wait - first_wait))

    def lead(self, activity: int) -> tuple[int, int]:
        """Delay and wait of the earliest piece, which the activity's own start already holds."""
        wait, delay = min((piece[4], piece[1]) for piece in self.pieces[activity])
        return delay, wait

    def start_before(self, activity: int, finish: int) -> int:
        """The latest start from which the whole activity ends at `finish`."""
        pieces = self.pieces[activity]
        if len(pieces) == 1:
            return pieces[0][0].add(finish, -pieces[0][2])
        lead, first_wait = self.lead(activity)
        return min(
            _started(piece[0], finish, piece[2], max(0, piece[1] - lead), max(0, piece[4] - first_wait))
            for piece in pieces
        )

    def floor_before(self, activity: int, finish: int) -> int:
        """The floor under the activity from which it ends at `finish`, delays of its pieces included."""
        return min(
            _started(worktime, finish, minutes, delay, wait)
            for worktime, delay, minutes, _, wait in self.pieces[activity]
        )

    def rest_from(self, activity: int, moment: int) -> int:
        """The finish of what is left when it goes on at `moment`."""
        return max(worktime.add(moment, left) for worktime, _, _, left, _ in self.pieces[activity])

    def rest_before(self, activity: int, finish: int) -> int:
        """The latest moment to go on from which what is left ends at `finish`."""
        pieces = self.pieces[activity]
        if len(pieces) == 1:
            return pieces[0][0].add(finish, -pieces[0][3])
        return min(worktime.add(finish, -left) for worktime, _, _, left, _ in pieces)

    def stood_at(self, activity: int, start: int) -> int:
        """The moment at which the work done since `start` was done, when it was done without a break."""
        pieces = self.pieces[activity]
        return max(worktime.add(start, minutes - left) for worktime, _, minutes, left, _ in pieces)

    def lagged(self, link: int, moment: int) -> int:
        """The moment a link's lag later."""
        worktime, lag = self.lags[link]
        return worktime.add(moment, lag) if lag else moment

    def unlagged(self, link: int, moment: int) -> int:
        """The latest moment from which the link's lag ends at `moment`."""
        worktime, lag = self.lags[link]
        return worktime.start_at(worktime.work_before(moment) - lag) if lag else moment


def _begun(worktime: Worktime, start: int, delay: int, wait: int) -> int:
    begin = worktime.next_start(worktime.add(start, delay)) if delay else start
    return worktime.next_start(begin + wait) if wait else begin


def _started(worktime: Worktime, finish: int, minutes: int, delay: int, wait: int) -> int:
    """The latest moment from which a piece, delayed so, ends at `finish`."""
    if not wait:
        return worktime.add(finish, -delay - minutes)
    return worktime.add(worktime.add(finish, -minutes) - wait, -delay)


def spans(prepared: Prepared, policy: Policy) -> Spans:
    """The spans of all activities and links of a network under a policy."""
    faces = prepared.network.milestone_face
    return Spans(
        pieces=_Kept(lambda node: _pieces(prepared, policy, node)),
        lags=_Kept(lambda link: _lag(prepared, policy, link)),
        faces=(
            faces if policy.milestones_keep_finish_side else np.full(len(faces), Face.START, np.int64)
        ).data,
    )


def _pieces(prepared: Prepared, policy: Policy, node: int) -> tuple[Piece, ...]:
    network = prepared.network
    cuts = network.splits.get(node, ()) if policy.splits else ()
    parts = prepared.parts.inside(node) if policy.parts else ()
    found: list[Piece] = []
    for part in parts:
        work, done = int(network.part_work[part]), int(network.part_done[part])
        delay = int(network.part_delay[part]) if policy.part_delay else 0
        worktime = prepared.worktime(node, policy)
        if policy.part_worktimes:
            worktime = network.worktimes[int(network.part_worktime[part])]
        wait = int(network.part_levelling_delay[part]) if policy.levelling_delay else 0
        found.append(_piece(worktime, delay, work, work - done, cuts, wait))
    if not found:
        work, left = int(network.duration[node]), int(network.remaining[node])
        found.append(_piece(prepared.worktime(node, policy), 0, work, left, cuts, 0))
    return tuple(found)


def _piece(
    worktime: Worktime, delay: int, work: int, left: int, cuts: tuple[tuple[int, int], ...], wait: int
) -> Piece:
    gaps = sum(gap for before, gap in cuts if before < work)
    ahead = sum(gap for before, gap in cuts if work - left < before < work)
    return worktime, delay, work + gaps, left + ahead, wait


def share_of(length: int, hundredths: int) -> int:
    """So many hundredths of a percent of a length, to the nearest minute; a half goes away from zero."""
    part = (length * abs(hundredths) + 5000) // 10000
    return -part if hundredths < 0 else part


def _lag(prepared: Prepared, policy: Policy, link: int) -> tuple[Worktime, int]:
    network = prepared.network
    lag, kind = int(network.link_lag[link]), int(network.link_lag_kind[link])
    pred, succ = int(network.link_pred[link]), int(network.link_succ[link])
    if kind >= 2:
        length = int(network.duration[pred]) if pred >= 0 else 0
        lag = share_of(length, lag)
    if kind % 2 or policy.lag_calendar == LagCalendar.ELAPSED:
        return prepared.elapsed_worktime, lag
    own = int(network.link_worktime[link])
    if own >= 0:
        return network.worktimes[own], lag
    side = succ if policy.lag_calendar == LagCalendar.SUCCESSOR else pred
    if policy.lag_calendar == LagCalendar.PROJECT or side < 0:
        return network.worktimes[network.project_worktime], lag
    return prepared.worktime(side, policy), lag
