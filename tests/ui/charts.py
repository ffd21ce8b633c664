"""Charts for tests and measurements, made of plain numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.domain.values import moment
from app.views.gantt_shapes import NOWHERE, BarKind, GanttBars, GanttLinks, GanttView, LinkKind

MONDAY = int(moment(2027, 1, 4))
DAY = 1440


def rest(weeks: int, first: int = MONDAY - 8 * 7 * DAY) -> tuple[np.ndarray, np.ndarray]:
    """Nights, lunches and weekends of a standard week."""
    starts, finishes = [], []
    for week in range(weeks):
        for day in range(5):
            base = first + (week * 7 + day) * DAY
            starts += [base + 720, base + 1020]
            finishes += [base + 780, base + DAY + 480 if day < 4 else base + 3 * DAY + 480]
    return np.array(starts, dtype=np.int64), np.array(finishes, dtype=np.int64)


def chart_view(
    rows: Sequence[tuple[BarKind, int, int]],
    links: Sequence[tuple[int, int, LinkKind]] = (),
    *,
    weeks: int = 120,
    **columns: object,
) -> GanttView:
    """A chart of rows (kind, first day, days) counted from Monday 4 January 2027, worked 08:00 to 17:00."""
    count = len(rows)
    start = np.array([MONDAY + day * DAY + 480 for _, day, _ in rows], dtype=np.int64)
    finish = np.array(
        [MONDAY + (day + max(days, 1) - 1) * DAY + (1020 if days else 480) for _, day, days in rows],
        dtype=np.int64,
    )
    nowhere = np.full(count, NOWHERE, dtype=np.int64)
    no = np.zeros(count, dtype=np.bool_)
    filled: dict[str, object] = {
        "keys": tuple(f"t{row}" for row in range(count)),
        "kind": np.array([kind for kind, _, _ in rows], dtype=np.int64),
        "start": start,
        "finish": finish,
        "percent": np.zeros(count, dtype=np.int64),
        "done_until": nowhere,
        "float_until": nowhere,
        "deadline": nowhere,
        "baseline_start": nowhere,
        "baseline_finish": nowhere,
        "critical": no,
        "manual": no,
        "inactive": no,
        "movable": np.array([kind in (1, 3) for kind, _, _ in rows], dtype=np.bool_),
        "labels": ("",) * count,
    }
    filled |= columns
    tied = GanttLinks(
        tuple(f"l{number}" for number in range(len(links))),
        np.array([link[0] for link in links], dtype=np.int64),
        np.array([link[1] for link in links], dtype=np.int64),
        np.array([link[2] for link in links], dtype=np.int64),
        np.ones(len(links), dtype=np.bool_),
        np.zeros(len(links), dtype=np.bool_),
    )
    rest_start, rest_finish = rest(weeks)
    return GanttView(
        GanttBars(**filled),  # type: ignore[arg-type]
        tied,
        rest_start,
        rest_finish,
        int(start.min()) if count else MONDAY,
        int(finish.max()) if count else MONDAY,
    )
