"""The arrangement in which the passes by levels run: activities and their links, sorted by level."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from operator import is_

import numpy as np

from app.engine.axis import SPAN
from app.engine.forward import Ground
from app.engine.network import NO_MOMENT, Bools, Constraint, Face, Ints, LagKind, LinkType
from app.engine.pieces import Pieces, Spread, own_calendars, spread
from app.engine.policy import LagCalendar, Progress

BASES = 2
"""Places behind the dates of a pass that hold what is asked of activities without links."""


@dataclass(frozen=True, slots=True)
class Row:
    """One level of a side. Bounds are of the side's columns; places count from the beginning of the level.

    `read` are the places of the dates that links start from (the first of each activity is what is asked
    without links), `first` where each activity's begin. `lagged` and `turned` are places among `read`:
    links with a lag, and links that bound the other end of the activity than the pass looks for.
    """

    singles: list[int]
    begin: int
    end: int
    low: int
    high: int
    nodes: Ints
    single: bool
    shift: Ints
    owner: Ints
    first_piece: Ints
    link_low: int
    link_high: int
    read: Ints
    first: Ints
    lagged: Ints
    lag_shift: Ints
    lag: Ints
    turned: Ints
    turned_owner: Ints
    turned_low: int
    turned_high: int
    turned_shift: Ints
    turned_first: Ints | None
    turned_source: Ints
    at_start: Ints
    manual: Ints
    late: Ints
    delayed: Ints
    delay: Ints
    bounded: bool


@dataclass(frozen=True, slots=True)
class Side:
    """The activities one pass takes by levels, in level order, with their pieces and links."""

    nodes: Ints
    spread: Spread
    link: Ints
    owner: Ints
    turned_piece: Ints
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Both sides, the summaries that pass demands on, and those whose dates hang on nothing around them.

    `standing` are activities whose progress says all, `done` the finished ones among them.
    """

    ahead: Side
    back: Side
    special: frozenset[int]
    standing: Ints
    done: Ints
    odd: Bools
    read_columns: tuple[object, ...]


def lanes(ground: Ground) -> Lanes:
    """The lanes of a network, sorted anew only when a column they hang on has changed."""
    prepared, policy = ground.prepared, ground.policy
    columns = _read_columns(ground)
    kept = prepared.kept.get(policy)
    same = isinstance(kept, Lanes) and all(map(is_, kept.read_columns, columns))
    table = ground.table
    special = special_summaries(ground)
    odd = _odd(ground, table, special)
    if same and isinstance(kept, Lanes) and np.array_equal(kept.odd, odd):
        return kept
    found = _sorted(ground, table, special, odd, columns)
    prepared.kept[policy] = found
    return found


def _read_columns(ground: Ground) -> tuple[object, ...]:
    """The columns that decide which activities are ordinary and in which order the links come."""
    network = ground.prepared.network
    by_length = (network.link_lag_kind >= LagKind.PERCENT).any()
    return (
        network.actual_start,
        network.actual_finish,
        network.constraint,
        network.manual,
        network.manual_start,
        network.manual_finish,
        network.active,
        network.levelling_delay,
        network.milestone_face,
        network.part_activity,
        network.link_type,
        network.link_lag,
        network.link_lag_kind,
        network.link_worktime,
        network.duration if by_length else None,
    )


def _sorted(
    ground: Ground, table: Pieces, special: frozenset[int], odd: Bools, columns: tuple[object, ...]
) -> Lanes:
    """Sort a network's activities into those taken by levels, on each side, and single ones."""
    network, leaf = ground.prepared.network, ~ground.prepared.is_summary
    started = network.actual_start != NO_MOMENT
    done = started & (network.actual_finish != NO_MOMENT) & leaf
    waits = ground.policy.progress == Progress.RETAINED
    standing = done if waits else done | (started & leaf & ~table.lumpy)
    standing = standing & ~(_nothing(table) & ~done)
    return Lanes(
        ahead=_side(ground, table, leaf & ~odd & ~started, leaf & ~standing, special, ahead=True),
        back=_side(ground, table, leaf & ~odd & ~done, leaf & ~done, special, ahead=False),
        special=special,
        standing=np.flatnonzero(standing),
        done=np.flatnonzero(done),
        odd=odd,
        read_columns=columns,
    )


def _nothing(table: Pieces) -> Bools:
    """Activities whose first piece has no work: milestones."""
    return np.asarray(table.minutes[table.at[:-1]] == 0, np.bool_)


def _odd(ground: Ground, table: Pieces, special: frozenset[int]) -> Bools:
    """Activities that only the rules, one by one, can place."""
    network = ground.prepared.network
    nothing = _nothing(table)
    started = network.actual_start != NO_MOMENT
    odd = table.lumpy | (started & nothing) | (~started & (network.actual_finish != NO_MOMENT))
    faces = np.asarray(ground.spans.faces)
    if faces.any():
        odd |= nothing & (faces != Face.EITHER)
    outside = (network.link_pred < 0) | (network.link_succ < 0)
    if outside.any():
        ends = np.concatenate((network.link_pred[outside], network.link_succ[outside]))
        odd[ends[ends >= 0]] = True
    if special:
        odd |= _unevenly_bound(ground)
    return np.asarray(odd, np.bool_)


def special_summaries(ground: Ground) -> frozenset[int]:
    """Summaries that pass a demand on to what is inside them, with all summaries inside them."""
    prepared = ground.prepared
    network, summary = prepared.network, prepared.is_summary
    if not summary.any():
        return frozenset()
    binding = (network.constraint == Constraint.SNET) | (network.constraint == Constraint.FNLT)
    binding &= summary
    kept = prepared.kept.get("special")
    if isinstance(kept, tuple) and np.array_equal(kept[0], binding):
        return frozenset(kept[1])
    by_date = binding.copy()
    for ends in (network.link_pred, network.link_succ):
        inside = ends[ends >= 0]
        binding[inside[summary[inside]]] = True
    found: set[int] = set()
    stack = np.flatnonzero(binding).tolist()
    while stack:
        node = stack.pop()
        if node not in found:
            found.add(node)
            stack.extend(child for child in prepared.order.children[node] if summary[child])
    prepared.kept["special"] = by_date, frozenset(found)
    return frozenset(found)


def _unevenly_bound(ground: Ground) -> Bools:
    """Leaves inside summaries whose links bound a finish from before or a start from behind."""
    prepared = ground.prepared
    network, summary = prepared.network, prepared.is_summary
    kinds = network.link_type
    into = network.link_succ[(kinds == LinkType.FF) | (kinds == LinkType.SF)]
    out = network.link_pred[(kinds == LinkType.SS) | (kinds == LinkType.SF)]
    stack = [node for node in (*into.tolist(), *out.tolist()) if node >= 0 and summary[node]]
    odd = np.zeros(network.size, np.bool_)
    while stack:
        node = stack.pop()
        if not odd[node]:
            odd[node] = True
            stack.extend(prepared.order.children.inside(node))
    return odd


def _side(
    ground: Ground, table: Pieces, taken: Bools, alone: Bools, special: frozenset[int], *, ahead: bool
) -> Side:
    """Lay out the activities taken by levels on one side, and the rest of those `alone` as singles."""
    prepared, network = ground.prepared, ground.prepared.network
    nodes = prepared.by_level[taken[prepared.by_level]]
    rank = np.full(network.size, -1, np.int64)
    rank[nodes] = np.arange(len(nodes))
    whole = spread(table, nodes)
    link, owner, read = _links(ground, rank, nodes, special, ahead=ahead)
    real = np.flatnonzero(link >= 0)
    lag, shift, kind = np.zeros(len(link), np.int64), np.zeros(len(link), np.int64), np.full(len(link), -1)
    lag[real], shift[real] = lags(ground, link[real])
    kind[real] = network.link_type[link[real]]
    ends = (LinkType.FF, LinkType.SF) if ahead else (LinkType.SS, LinkType.SF)
    turned = np.flatnonzero((kind == ends[0]) | (kind == ends[1]))
    columns = _Columns(
        node_level=prepared.level[nodes],
        nodes=nodes,
        whole=whole,
        first_piece=np.arange(len(nodes)) if whole.first is None else whole.first,
        shift=table.shift[whole.piece],
        owner=owner,
        read=read,
        first=np.flatnonzero(np.diff(owner, prepend=-1)),
        kind=kind,
        lag=lag,
        lag_shift=shift * SPAN,
        lagged=np.flatnonzero(lag),
        turned=turned,
        turn=spread(table, nodes[owner[turned]]),
        delay=network.levelling_delay[nodes] * ground.policy.levelling_delay,
        manual=_manual(ground, nodes, ahead=ahead),
        late=(network.constraint == Constraint.ALAP)[nodes] & ~np.asarray(ground.manual, np.bool_)[nodes],
        bounded=network.constraint[nodes] > Constraint.ALAP,
    )
    levels = int(prepared.level.max(initial=0)) + 1
    rows = _rows(columns, table, _singles(ground, alone & ~taken, special, levels))
    return Side(nodes, whole, link, owner, columns.turn.piece, rows)


def _manual(ground: Ground, nodes: Ints, *, ahead: bool) -> Bools:
    """Manual activities; on the way ahead only those that were given a date."""
    network, manual = ground.prepared.network, np.asarray(ground.manual, np.bool_)
    if ahead:
        manual = manual & ((network.manual_start != NO_MOMENT) | (network.manual_finish != NO_MOMENT))
    return np.asarray(manual[nodes], np.bool_)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of one side, over all levels: by activity, by piece, by link, and by turned link."""

    node_level: Ints
    nodes: Ints
    whole: Spread
    first_piece: Ints
    shift: Ints
    owner: Ints
    read: Ints
    first: Ints
    kind: Ints
    lag: Ints
    lag_shift: Ints
    lagged: Ints
    turned: Ints
    turn: Spread
    delay: Ints
    manual: Bools
    late: Bools
    bounded: Bools


def _rows(side: _Columns, table: Pieces, singles: list[list[int]]) -> tuple[Row, ...]:
    """Cut the columns of a side into levels."""
    steps = np.arange(len(singles) + 1)
    level, link_level = side.node_level, side.node_level[side.owner]
    turned_level = link_level[side.turned]
    delayed, manual, late = (np.flatnonzero(flags) for flags in (side.delay, side.manual, side.late))

    def cuts(levels: Ints) -> list[tuple[int, int]]:
        bounds = levels.searchsorted(steps).tolist()
        return list(pairwise(bounds))

    cut = zip(
        singles,
        cuts(level),
        cuts(level[side.whole.owner]),
        cuts(link_level),
        cuts(link_level[side.lagged]),
        cuts(turned_level),
        cuts(turned_level[side.turn.owner]),
        cuts(level[delayed]),
        cuts(level[manual]),
        cuts(level[late]),
        cuts(level[side.bounded]),
        strict=True,
    )
    turned_shift, rows = table.shift[side.turn.piece], []
    for alone, (b, e), (low, high), (l0, l1), (g0, g1), (t0, t1), (s0, s1), (d0, d1), man, alap, bound in cut:
        lagged, turned = side.lagged[g0:g1], side.turned[t0:t1]
        rows.append(
            Row(
                singles=alone,
                begin=b,
                end=e,
                low=low,
                high=high,
                nodes=side.nodes[b:e],
                single=high - low == e - b,
                shift=side.shift[low:high],
                owner=side.whole.owner[low:high] - b,
                first_piece=side.first_piece[b:e] - low,
                link_low=l0,
                link_high=l1,
                read=side.read[l0:l1],
                first=side.first[b:e] - l0,
                lagged=lagged - l0,
                lag_shift=side.lag_shift[lagged],
                lag=side.lag[lagged],
                turned=turned - l0,
                turned_owner=side.owner[turned] - b,
                turned_low=s0,
                turned_high=s1,
                turned_shift=turned_shift[s0:s1],
                turned_first=_cut_first(side.turn, t0, t1, s0, s1),
                turned_source=side.turn.owner[s0:s1] - t0,
                at_start=np.flatnonzero(side.kind[turned] == LinkType.SF),
                manual=manual[man[0] : man[1]] - b,
                late=late[alap[0] : alap[1]] - b,
                delayed=delayed[d0:d1] - b,
                delay=side.delay[delayed[d0:d1]],
                bounded=bound[0] < bound[1],
            )
        )
    return tuple(rows)


def _cut_first(turn: Spread, begin: int, end: int, low: int, high: int) -> Ints | None:
    """Where the pieces of each turned link of a level begin; None where each is one."""
    if turn.first is None or high - low == end - begin:
        return None
    return turn.first[begin:end] - low


def _links(
    ground: Ground, rank: Ints, nodes: Ints, special: frozenset[int], *, ahead: bool
) -> tuple[Ints, Ints, Ints]:
    """What is asked of each activity of a side: link (-1: none), owner by rank, and the date to read."""
    network, policy = ground.prepared.network, ground.policy
    pred, succ, kind = network.link_pred, network.link_succ, network.link_type
    own, other = (succ, pred) if ahead else (pred, succ)
    live = (pred >= 0) & (succ >= 0)
    live &= rank[own] >= 0
    live &= network.active[other]
    started = network.actual_start != NO_MOMENT
    if not ahead:
        live &= (network.actual_finish == NO_MOMENT)[succ]
        live &= ~((kind == LinkType.SS) & started[succ])
        live &= ~(((kind == LinkType.SS) | (kind == LinkType.SF)) & started[pred])
    if not policy.summary_links:
        live &= ~(ground.prepared.is_summary[pred] | ground.prepared.is_summary[succ])
    link = np.flatnonzero(live)
    turns = (LinkType.FF, LinkType.SF) if ahead else (LinkType.SS, LinkType.SF)
    turned = (kind[link] == turns[0]) | (kind[link] == turns[1])
    reads_finish = (LinkType.FS, LinkType.FF) if ahead else (LinkType.FF, LinkType.SF)
    from_finish = (kind[link] == reads_finish[0]) | (kind[link] == reads_finish[1])
    count, size = len(nodes), network.size
    base = np.full(count, 2 * size, np.int64)
    if ahead:
        loose = (network.constraint == Constraint.SNET) | (network.constraint == Constraint.FNET)
        base += loose[nodes]
    inside = np.zeros(0, np.int64)
    if special:
        inside = np.flatnonzero(np.isin(network.parent[nodes], sorted(special)))
    above = network.parent[nodes[inside]]
    place = np.concatenate((np.arange(count), inside, rank[own[link]]))
    key = place * 4
    key[count : count + len(inside)] += 1
    key[count + len(inside) :] += 2 + turned
    sort = np.argsort(key, kind="stable")
    nothing = np.full(count + len(inside), -1, np.int64)
    read = np.concatenate((base, 2 * size + BASES + above, other[link] + size * from_finish))
    return np.concatenate((nothing, link))[sort], place[sort], read[sort]


def _singles(ground: Ground, alone: Bools, special: frozenset[int], levels: int) -> list[list[int]]:
    """The steps of each level that are taken one by one."""
    size = ground.prepared.network.size
    singles: list[list[int]] = [[] for _ in range(levels)]
    steps = np.flatnonzero(alone).tolist() + [step for node in special for step in (node, size + node)]
    at = ground.prepared.level[np.array(steps, np.int64)].tolist()
    for step, level in zip(steps, at, strict=True):
        singles[level].append(step)
    return singles


def lags(ground: Ground, link: Ints) -> tuple[Ints, Ints]:
    """The minutes of each link's lag and the calendar they are counted in."""
    network, policy = ground.prepared.network, ground.policy
    kind, lag = network.link_lag_kind[link], network.link_lag[link]
    pred, succ = network.link_pred[link], network.link_succ[link]
    share = kind >= LagKind.PERCENT
    if share.any():
        length = np.where(pred >= 0, network.duration[pred], 0)
        lag = np.where(share, np.sign(lag) * ((length * np.abs(lag) + 5000) // 10000), lag)
    elapsed = len(network.worktimes)
    own = own_calendars(ground.prepared, policy)
    if policy.lag_calendar == LagCalendar.PROJECT:
        calendar = np.full(len(link), network.project_worktime, np.int64)
    else:
        calendar = own[succ if policy.lag_calendar == LagCalendar.SUCCESSOR else pred]
    fixed = network.link_worktime[link]
    calendar = np.where(fixed >= 0, fixed, calendar)
    if policy.lag_calendar == LagCalendar.ELAPSED:
        return lag, np.full(len(link), elapsed, np.int64)
    return lag, np.where(kind % 2 == 1, elapsed, calendar)
