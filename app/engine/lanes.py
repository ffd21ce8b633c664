"""The arrangement in which the passes by levels run: ordinary activities and their links, sorted by level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import is_

import numpy as np

from app.engine.forward import Ground
from app.engine.network import NO_MOMENT, Bools, Constraint, Face, Ints, LagKind, LinkType
from app.engine.policy import LagCalendar, Policy
from app.engine.prepared import Prepared


@dataclass(frozen=True, slots=True)
class LinkLane:
    """Links in the order of the activities they bound, first those that bound the nearer end.

    `read` is the place of the date each link starts from, in starts and finishes end to end. `first` are the
    positions at which a new activity (`owner`, a position among the nodes) begins. `lagged` are those with
    a lag, `turned` those whose date bounds the other end of the activity than the one the pass looks for.
    Every `*_at` gives the bounds of a level.
    """

    link: Ints
    read: Ints
    at: list[int]
    first: Ints
    owner: Ints
    first_at: list[int]
    lagged: Ints
    lag: Ints
    lag_calendar: Ints
    lagged_at: list[int]
    turned: Ints
    turned_owner: Ints
    turned_kind: Ints
    turned_at: list[int]


@dataclass(frozen=True, slots=True)
class Lanes:
    """Ordinary activities in level order, the single steps of each level, and the two lanes of links.

    `done` are the finished activities, which need no pass at all.
    """

    nodes: Ints
    node_at: list[int]
    singles: list[list[int]]
    calendar: Ints
    minutes: Ints
    zero_at: list[int]
    zero: Ints
    ahead: LinkLane
    back: LinkLane
    special: frozenset[int]
    done: Ints
    read_columns: tuple[object, ...]


def lanes(ground: Ground) -> Lanes:
    """The lanes of a network, sorted anew only when a column they hang on has changed."""
    prepared, policy = ground.prepared, ground.policy
    columns = _read_columns(ground)
    kept = prepared.kept.get(policy)
    if isinstance(kept, Lanes) and all(map(is_, kept.read_columns, columns)):
        minutes = _minutes(prepared, policy)[kept.nodes]
        zero = np.flatnonzero(minutes == 0)
        bounds = zero.searchsorted(kept.node_at).tolist()
        return replace(kept, minutes=minutes, zero=zero, zero_at=bounds)
    found = _sorted(ground, columns)
    prepared.kept[policy] = found
    return found


def _read_columns(ground: Ground) -> tuple[object, ...]:
    """The columns that decide which activities are ordinary and in which order the links come."""
    network = ground.prepared.network
    by_length = (network.link_lag_kind >= LagKind.PERCENT).any() or network.milestone_face.any()
    return (
        network.actual_start,
        network.actual_finish,
        network.constraint,
        network.manual,
        network.active,
        network.levelling_delay,
        network.milestone_face,
        network.splits,
        network.part_delay,
        network.part_levelling_delay,
        network.link_type,
        network.link_lag,
        network.link_lag_kind,
        network.link_worktime,
        network.duration if by_length else None,
        network.part_work if by_length else None,
    )


def _minutes(prepared: Prepared, policy: Policy) -> Ints:
    """The working minutes of activities in one piece."""
    network = prepared.network
    if not (policy.parts and network.parts):
        return network.duration
    minutes = network.duration.copy()
    minutes[network.part_activity] = network.part_work
    return minutes


def _sorted(ground: Ground, columns: tuple[object, ...]) -> Lanes:
    """Sort a network's activities into ordinary ones by level and single ones, and its links with them."""
    prepared, policy = ground.prepared, ground.policy
    network = prepared.network
    minutes = _minutes(prepared, policy)
    calendar, odd = _pieces(prepared, policy)
    special = _special_summaries(ground)
    odd |= _odd(ground, minutes, special)
    done = _done(ground)
    odd &= ~done
    levels = int(prepared.level.max(initial=0)) + 1
    ordinary = ~odd & ~done & ~prepared.is_summary
    nodes = prepared.by_level[ordinary[prepared.by_level]]
    steps = np.arange(levels + 1)
    node_level = prepared.level[nodes]
    zero = np.flatnonzero(minutes[nodes] == 0)
    rank = np.full(network.size, -1, np.int64)
    rank[nodes] = np.arange(len(nodes))
    return Lanes(
        nodes=nodes,
        node_at=np.searchsorted(node_level, steps).tolist(),
        singles=_singles(prepared, odd & ~prepared.is_summary, special, levels),
        calendar=calendar[nodes],
        minutes=minutes[nodes],
        zero=zero,
        zero_at=np.searchsorted(node_level[zero], steps).tolist(),
        ahead=_lane(ground, rank, node_level, steps, ahead=True),
        back=_lane(ground, rank, node_level, steps, ahead=False),
        special=frozenset(special),
        done=np.flatnonzero(done),
        read_columns=columns,
    )


def own_calendars(prepared: Prepared, policy: Policy) -> Ints:
    """The number on the axis of each activity's own worktime."""
    network = prepared.network
    if not policy.elapsed_durations:
        return network.worktime
    return np.where(network.elapsed, len(network.worktimes), network.worktime)


def _pieces(prepared: Prepared, policy: Policy) -> tuple[Ints, Bools]:
    """The calendar of activities in one piece, and which are not."""
    network = prepared.network
    calendar = own_calendars(prepared, policy).copy()
    odd = np.zeros(network.size, np.bool_)
    if policy.parts and network.parts:
        if policy.part_worktimes:
            calendar[network.part_activity] = network.part_worktime
        odd |= np.bincount(network.part_activity, minlength=network.size) > 1
        if policy.part_delay:
            odd[network.part_activity[network.part_delay != 0]] = True
        if policy.levelling_delay:
            odd[network.part_activity[network.part_levelling_delay != 0]] = True
    if policy.splits and network.splits:
        odd[np.array(sorted(network.splits), np.int64)] = True
    return calendar, odd


def _odd(ground: Ground, minutes: Ints, special: set[int]) -> Bools:
    """Activities that only the plain functions can place."""
    network, policy = ground.prepared.network, ground.policy
    odd = (network.actual_start != NO_MOMENT) | (network.constraint == Constraint.ALAP)
    odd |= network.actual_finish != NO_MOMENT
    odd |= (minutes == 0) & (np.asarray(ground.spans.faces) != Face.EITHER)
    if policy.manual_dates:
        odd |= network.manual
    if policy.levelling_delay:
        odd |= network.levelling_delay != 0
    outside = (network.link_pred < 0) | (network.link_succ < 0)
    if outside.any():
        ends = np.concatenate((network.link_pred[outside], network.link_succ[outside]))
        odd[ends[ends >= 0]] = True
    if special:
        odd |= _unevenly_bound(ground)
    return np.asarray(odd, np.bool_)


def _done(ground: Ground) -> Bools:
    """Finished activities, which stand where they stood whatever happens around them."""
    network = ground.prepared.network
    done = (network.actual_start != NO_MOMENT) & (network.actual_finish != NO_MOMENT)
    return np.asarray(done & ~ground.prepared.is_summary & ~np.asarray(ground.manual, np.bool_), np.bool_)


def _special_summaries(ground: Ground) -> set[int]:
    """Summaries that pass a demand on to what is inside them, with all summaries inside them."""
    prepared = ground.prepared
    network, summary = prepared.network, prepared.is_summary
    if not summary.any():
        return set()
    binding = (network.constraint == Constraint.SNET) | (network.constraint == Constraint.FNLT)
    binding &= summary
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
    return found


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
            stack.extend(prepared.order.children[node])
    return odd


def _singles(prepared: Prepared, odd: Bools, special: set[int], levels: int) -> list[list[int]]:
    """The steps of each level that are taken one by one."""
    size = prepared.network.size
    singles: list[list[int]] = [[] for _ in range(levels)]
    steps = np.flatnonzero(odd).tolist() + [step for node in special for step in (node, size + node)]
    for step, level in zip(steps, prepared.level[np.array(steps, np.int64)].tolist(), strict=True):
        singles[level].append(step)
    return singles


def _lane(ground: Ground, rank: Ints, node_level: Ints, steps: Ints, *, ahead: bool) -> LinkLane:
    """The links into (ahead) or out of (back) the ordinary activities."""
    network, policy = ground.prepared.network, ground.policy
    pred, succ, kind = network.link_pred, network.link_succ, network.link_type
    own, other = (succ, pred) if ahead else (pred, succ)
    live = (pred >= 0) & (succ >= 0)
    live[live] &= rank[own[live]] >= 0
    live[live] &= network.active[other[live]]
    if not ahead:
        done = (network.actual_finish != NO_MOMENT)[succ]
        live &= ~(done | ((kind == LinkType.SS) & (network.actual_start != NO_MOMENT)[succ]))
    if not policy.summary_links:
        live &= ~(ground.prepared.is_summary[pred] | ground.prepared.is_summary[succ])
    link = np.flatnonzero(live)
    at_finish = (LinkType.FF, LinkType.SF) if ahead else (LinkType.SS, LinkType.SF)
    turned = (kind[link] == at_finish[0]) | (kind[link] == at_finish[1])
    key = rank[own[link]] * 2 + turned
    sort = np.argsort(key, kind="stable")
    link, turned = link[sort], turned[sort]
    place = rank[own[link]]
    reads_finish = (LinkType.FS, LinkType.FF) if ahead else (LinkType.FF, LinkType.SF)
    from_finish = (kind[link] == reads_finish[0]) | (kind[link] == reads_finish[1])
    first = np.flatnonzero(np.concatenate((np.ones(min(1, len(place)), np.bool_), place[1:] != place[:-1])))
    lag, lag_calendar = lags(ground, link)
    lagged, turns = np.flatnonzero(lag), np.flatnonzero(turned)
    level = node_level[place]
    return LinkLane(
        link=link,
        read=other[link] + network.size * from_finish,
        at=np.searchsorted(level, steps).tolist(),
        first=first,
        owner=place[first],
        first_at=np.searchsorted(level[first], steps).tolist(),
        lagged=lagged,
        lag=lag[lagged],
        lag_calendar=lag_calendar[lagged],
        lagged_at=np.searchsorted(level[lagged], steps).tolist(),
        turned=turns,
        turned_owner=place[turns],
        turned_kind=kind[link[turns]],
        turned_at=np.searchsorted(level[turns], steps).tolist(),
    )


def lags(ground: Ground, link: Ints) -> tuple[Ints, Ints]:
    """The minutes of each link's lag and the calendar they are counted in."""
    network, policy = ground.prepared.network, ground.policy
    kind, lag = network.link_lag_kind[link], network.link_lag[link]
    pred, succ = network.link_pred[link], network.link_succ[link]
    share = kind >= LagKind.PERCENT
    if share.any():
        part = (network.duration[pred] * lag + np.where(lag >= 0, 5000, -5000)) // 10000
        lag = np.where(share, part, lag)
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
