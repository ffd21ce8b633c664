"""What takes time in each activity, laid end to end: its parts, or its own duration where it has none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.engine.axis import SPAN, Ruler
from app.engine.network import Bools, Ints
from app.engine.policy import Policy
from app.engine.prepared import Prepared
from app.engine.spans import Spans


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces by activity, those of activity a from `at[a]` to `at[a + 1]`.

    `shift` is the place of a piece's worktime on the axis, `minutes` its work with gaps, `left` what is open
    of it. `lumpy` are the activities whose pieces do not all begin with them, or have nothing to do.
    `of_part` is the piece each part makes; none where the policy leaves parts out.
    """

    at: Ints
    shift: Ints
    minutes: Ints
    left: Ints
    lumpy: Bools
    of_part: Ints


@dataclass(frozen=True, slots=True)
class Spread:
    """Some activities' pieces: their numbers, the place of each one's owner, and where each owner's begin.

    `first` is None where every activity is in one piece.
    """

    piece: Ints
    owner: Ints
    first: Ints | None

    def lowest(self, values: Ints) -> Ints:
        """The smallest value of each owner's."""
        return values if self.first is None else np.asarray(np.minimum.reduceat(values, self.first))

    def highest(self, values: Ints) -> Ints:
        """The greatest value of each owner's."""
        return values if self.first is None else np.asarray(np.maximum.reduceat(values, self.first))


def own_calendars(prepared: Prepared, policy: Policy) -> Ints:
    """The number on the axis of each activity's own worktime."""
    network = prepared.network
    if not policy.elapsed_durations or not network.elapsed.any():
        return network.worktime
    return np.where(network.elapsed, len(network.worktimes), network.worktime)


def pieces(prepared: Prepared, policy: Policy, spans: Spans) -> Pieces:
    """The pieces of all activities under a policy."""
    network, parts = prepared.network, prepared.parts
    own = own_calendars(prepared, policy)
    lumpy, of_part = np.zeros(network.size, np.bool_), np.zeros(0, np.int64)
    if policy.parts and network.parts:
        counts = np.diff(parts.at)
        shared = np.maximum(counts, 1)
        at = np.concatenate(([0], np.cumsum(shared)))
        shift, minutes, left = (
            np.repeat(column, shared) for column in (own * SPAN, network.duration, network.remaining)
        )
        owner = network.part_activity[parts.places]
        place = at[owner] + np.arange(len(owner)) - parts.at[owner]
        of_part = np.empty(network.parts, np.int64)
        of_part[parts.places] = place
        if policy.part_worktimes:
            shift[place] = network.part_worktime[parts.places] * SPAN
        minutes[place] = network.part_work[parts.places]
        left[place] = minutes[place] - network.part_done[parts.places]
        late = np.zeros(network.parts, np.bool_)
        if policy.part_delay:
            late |= network.part_delay != 0
        if policy.levelling_delay:
            late |= network.part_levelling_delay != 0
        lumpy[network.part_activity[late]] = True
        lumpy[owner[(minutes[place] == 0) & (counts[owner] > 1)]] = True
    else:
        at = np.arange(network.size + 1)
        shift, minutes, left = own * SPAN, network.duration, network.remaining
    if policy.splits and network.splits:
        minutes, left = minutes.copy(), left.copy()
        for node in network.splits:
            begin, end = int(at[node]), int(at[node + 1])
            minutes[begin:end] = [piece[2] for piece in spans.pieces[node]]
            left[begin:end] = [piece[3] for piece in spans.pieces[node]]
    return Pieces(at, shift, minutes, left, lumpy, of_part)


def spread(table: Pieces, nodes: Ints) -> Spread:
    """The pieces of some activities, in their order."""
    begin = table.at[nodes]
    counts = table.at[nodes + 1] - begin
    if len(nodes) == int(counts.sum()):
        return Spread(begin, np.arange(len(nodes)), None)
    ends = np.cumsum(counts)
    owner = np.repeat(np.arange(len(nodes)), counts)
    return Spread((begin - ends + counts)[owner] + np.arange(len(owner)), owner, ends - counts)


def started_before(axis: Ruler, shift: Ints, minutes: Ints, finish: Ints) -> Ints:
    """The latest starts from which pieces end at given finishes."""
    start = axis.starts_at(axis.works_before(shift, finish) - minutes)
    return start if minutes.all() else np.where(minutes == 0, finish, start)


def finished_from(axis: Ruler, shift: Ints, minutes: Ints, moment: Ints) -> Ints:
    """The finishes of pieces that may begin from given moments on."""
    start, work = axis.next_starts(shift, moment)
    finish = axis.finishes_at(work + minutes)
    zero = np.flatnonzero(minutes == 0)
    if len(zero):
        stays = axis.touches(shift[zero], moment[zero])
        finish[zero] = np.where(stays, moment[zero], start[zero])
    return finish
