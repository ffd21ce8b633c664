"""Measures full reschedules and prints JSON: our ways, and a plain datetime scheduler beside them.

Every figure is the best of several runs in milliseconds of CPU time. The plan: two links to a task, one task
in five on another calendar, one link in five with a lag, all solved forward and backward with slack. "With
assignments" gives each task two, on twenty calendars of resources, and lets one in ten be in progress.
"Incremental" solves anew after one change of a duration, a date constraint or progress.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from app.engine.cpm import solve
from app.engine.network import NO_MOMENT, Constraint, Network, network
from app.engine.prepared import Prepared, prepare
from app.engine.schedule import Schedule
from app.engine.worktime import DAY, compile_worktime

OFFICE = ((480, 720), (780, 1020))
FIRST = 20_000


def main(sizes: tuple[int, ...] = (1_000, 10_000, 100_000)) -> dict[str, Any]:
    """All figures by size."""
    figures: dict[str, Any] = {}
    for size in sizes:
        plan = generated(size)
        prepared = prepare(plan)
        runs = 7 if size < 100_000 else 4
        row = {
            "levels": int(prepared.level.max()) + 1,
            "prepare_ms": _best(lambda plan=plan: prepare(plan), 3),
            "auto_ms": _best(lambda prepared=prepared: solve(prepared), runs),
            "arrays_ms": _best(lambda prepared=prepared: solve(prepared, method="arrays"), runs),
            "patch_and_solve_ms": _best(lambda prepared=prepared: _patched(prepared), runs),
        }
        if size <= 10_000:
            row["plain_ms"] = _best(lambda prepared=prepared: solve(prepared, method="plain"), 3)
            row["reference_datetime_ms"] = _best(lambda plan=plan: reference(plan), 1)
        row["with_assignments_ms"] = _solving(assigned(size), runs)
        row["with_assignments_and_progress_ms"] = _solving(assigned(size, started=0.1), runs)
        row["incremental_ms"] = incremental(prepared, 200 if size <= 10_000 else 40)
        row["incremental_with_assignments_ms"] = incremental(
            prepare(assigned(size)), 100 if size <= 10_000 else 20
        )
        figures[str(size)] = row
    horizon = (0, 365 * 60)
    figures["compile_60_years_ms"] = _best(lambda: compile_worktime((OFFICE,) * 5 + ((), ()), {}, horizon), 9)
    return figures


def generated(size: int, seed: int = 7) -> Network:
    """A plan of `size` tasks in phases, each task waiting for two of the phase before it."""
    draw = random.Random(seed)
    horizon = (FIRST - 100, FIRST + 9_000)
    worktimes = [
        compile_worktime((OFFICE,) * 5 + ((), ()), {}, horizon),
        compile_worktime((OFFICE,) * 6 + ((),), {}, horizon),
        compile_worktime((((420, 900),),) * 5 + ((), ()), {}, horizon),
    ]
    width = round(size**0.5 * 1.6)
    phases = [range(begin, min(begin + width, size)) for begin in range(0, size, width)]
    pairs = [
        (draw.choice(phases[number - 1]), node)
        for number in range(1, len(phases))
        for node in phases[number]
        for _ in range(2)
    ]
    kinds = [draw.choice((1, 1, 1, 1, 1, 1, 1, 1, 0, 3)) for _ in pairs]
    lags = [draw.choice((0, 0, 0, 0, 480)) for _ in pairs]
    return network(
        worktimes,
        [draw.choice((240, 480, 960, 1440)) for _ in range(size)],
        project_start=FIRST * DAY + 480,
        worktime=[draw.choice((0, 0, 0, 0, 0, 0, 0, 0, 1, 2)) for _ in range(size)],
        link_pred=[pred for pred, _ in pairs],
        link_succ=[succ for _, succ in pairs],
        link_type=kinds,
        link_lag=lags,
    )


def assigned(size: int, started: float = 0.0, seed: int = 9) -> Network:
    """The same plan with two assignments a task, on twenty calendars with holidays of their own."""
    draw, plan = random.Random(seed), generated(size)
    horizon = (FIRST - 100, FIRST + 9_000)
    people = [
        compile_worktime(
            (OFFICE,) * 5 + ((), ()), {FIRST + draw.randrange(4_000): () for _ in range(60)}, horizon
        )
        for _ in range(20)
    ]
    owner = np.repeat(np.arange(size), 2)
    begun = np.array([draw.random() < started for _ in range(size)])
    start = np.where(begun, solve(plan).start, NO_MOMENT)
    left = np.where(begun, plan.duration // 2, plan.duration)
    return network(
        [*plan.worktimes, *people],
        plan.duration,
        project_start=plan.project_start,
        worktime=plan.worktime,
        actual_start=start,
        remaining=left,
        part_activity=owner,
        part_worktime=[len(plan.worktimes) + draw.randrange(20) for _ in owner],
        part_work=plan.duration[owner],
        part_done=(plan.duration - left)[owner],
        link_pred=plan.link_pred,
        link_succ=plan.link_succ,
        link_type=plan.link_type,
        link_lag=plan.link_lag,
    )


def incremental(prepared: Prepared, edits: int, seed: int = 3) -> dict[str, float]:
    """Median and worst times of solving anew after single changes, each made on top of those before."""
    draw = np.random.default_rng(seed)
    schedule, times = solve(prepared), []
    for edit in range(edits):
        node = int(draw.integers(prepared.network.size))
        prepared = prepared.with_changes(**_edit(prepared, schedule, node, edit % 3, draw))
        begin = time.process_time_ns()
        schedule = solve(prepared, previous=schedule)
        times.append((time.process_time_ns() - begin) / 1e6)
    return {
        name: round(float(np.quantile(times, share)), 2)
        for name, share in (("p50", 0.5), ("p90", 0.9), ("p95", 0.95), ("max", 1.0))
    }


def _edit(
    prepared: Prepared, schedule: Schedule, node: int, kind: int, draw: np.random.Generator
) -> dict[str, Any]:
    """One change: a duration, a start constraint, or a start as planned with some of the work done."""
    plan = prepared.network
    columns = {name: getattr(plan, name).copy() for name in _EDITED[kind]}
    parts = prepared.parts.inside(node)
    if kind == 0:
        length = max(240, int(plan.duration[node]) + int(draw.choice((-480, -240, 240, 480))))
        columns["duration"][node] = columns["remaining"][node] = length
        columns["part_work"][parts] = length
    elif kind == 1:
        columns["constraint"][node] = Constraint.SNET
        columns["constraint_moment"][node] = schedule.start[node] + DAY * int(draw.integers(0, 4))
    else:
        done = int(plan.duration[node]) // 2
        columns["actual_start"][node] = schedule.start[node]
        columns["remaining"][node] = plan.duration[node] - done
        columns["part_done"][parts] = np.minimum(done, plan.part_work[parts])
    return columns


_EDITED = (
    ("duration", "remaining", "part_work"),
    ("constraint", "constraint_moment"),
    ("actual_start", "remaining", "part_done"),
)


def _solving(plan: Network, runs: int) -> float:
    prepared = prepare(plan)
    return _best(lambda: solve(prepared), runs)


def reference(plan: Network) -> int:
    """An obvious scheduler over datetimes, minutes skipped shift by shift: forward and backward, FS only."""
    epoch = datetime(1970, 1, 1)
    after: list[list[int]] = [[] for _ in range(plan.size)]
    before: list[list[int]] = [[] for _ in range(plan.size)]
    for pred, succ in zip(plan.link_pred.tolist(), plan.link_succ.tolist(), strict=True):
        after[pred].append(succ)
        before[succ].append(pred)
    start = epoch + timedelta(minutes=plan.project_start)
    finish: list[datetime] = [start] * plan.size
    lengths = plan.duration.tolist()
    for node in range(plan.size):
        begin = max((finish[pred] for pred in before[node]), default=start)
        finish[node] = _walk(begin, lengths[node], 1)
    end = max(finish)
    late: list[datetime] = [end] * plan.size
    for node in range(plan.size - 1, -1, -1):
        until = min((late[succ] for succ in after[node]), default=end)
        late[node] = _walk(until, lengths[node], -1)
    return plan.size


def _walk(moment: datetime, minutes: int, way: int) -> datetime:
    shifts = ((8, 12), (13, 17)) if way > 0 else ((13, 17), (8, 12))
    while True:
        if moment.weekday() < 5:
            for begin, end in shifts:
                low = moment.replace(hour=begin, minute=0)
                high = moment.replace(hour=end, minute=0)
                edge, near = (high, max(moment, low)) if way > 0 else (low, min(moment, high))
                room = int((edge - near).total_seconds()) * way // 60
                if room >= minutes:
                    return near + timedelta(minutes=minutes * way)
                minutes -= max(0, room)
        moment = moment.replace(hour=0, minute=0) + timedelta(days=1 if way > 0 else 0)
        if way < 0:
            moment -= timedelta(minutes=1)


def _patched(prepared: Prepared) -> None:
    duration = prepared.network.duration.copy()
    duration[len(duration) // 2] += 480
    solve(prepared.with_changes(duration=duration, remaining=duration))


def _best(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        begin = time.process_time_ns()
        work()
        times.append(time.process_time_ns() - begin)
    return round(float(np.min(times)) / 1e6, 2)


if __name__ == "__main__":
    json.dump(main(), sys.stdout, indent=1)
    print()
