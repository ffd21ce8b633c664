"""Measures the Plan page: first paint and scrolling at 100,000 rows, one edit from key to screen; as JSON."""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1] / "ui")]
sys.path.insert(0, str(Path(__file__).resolve().parent))

import numpy as np
from bench_results import records_of
from charts import chart_view
from PySide6.QtWidgets import QApplication, QSplitter

from app.domain.draft import Draft
from app.domain.durations import DurationFormat
from app.domain.values import ProjectId, Span, TaskId
from app.operations import tasks
from app.operations.operation import Operation, Step
from app.settings import Settings
from app.views.gantt_shapes import BarKind, LinkKind
from app.views.tables import Column, Row, TreeView
from app.workspace import Who, Workspace
from ui import theme
from ui.bridge import Bridge
from ui.models.grid_model import OutlineModel
from ui.pages.plan import PlanPage
from ui.widgets.gantt_canvas import GanttCanvas
from ui.widgets.gantt_look import TIER
from ui.widgets.sheet import Sheet


def elapsed(begin: float) -> float:
    """Milliseconds of this process since then: neighbours on the machine do not count."""
    return round((time.process_time() - begin) * 1000, 2)


def scrolling(app: QApplication, size: int) -> dict[str, float]:
    """A sheet beside a chart of `size` rows and twice as many links: first paint, then scrolling."""
    dice = random.Random(1)
    rows = []
    for number in range(size):
        is_summary = number % 11 == 0
        kind = BarKind.SUMMARY if is_summary else BarKind.MILESTONE if number % 17 == 0 else BarKind.TASK
        rows.append((kind, number // 40, 0 if kind == BarKind.MILESTONE else dice.randrange(1, 12)))
    links = [
        (max(0, number - dice.randrange(1, 60)), number, LinkKind.FS)
        for number in range(1, size)
        for _ in (0, 1)
    ]
    view = chart_view(rows, links, weeks=600, labels=tuple(f"Person {n % 40}" for n in range(size)))
    view.bars.critical[:] = np.arange(size) % 5 == 0
    columns = tuple(Column(f"c{n}", f"Column {n}", width=110, editable=True) for n in range(8))
    lines = tuple(
        Row(f"t{n}", tuple(f"Cell {n}.{c}" for c in range(8)), level=1 if n % 11 else 0) for n in range(size)
    )
    begin = time.process_time()
    model = OutlineModel()
    sheet, canvas, both = Sheet(model), GanttCanvas(), QSplitter()
    both.addWidget(sheet)
    both.addWidget(canvas)
    both.resize(1920, 1000)
    sheet.set_heading_height(2 * TIER)
    sheet.verticalScrollBar().valueChanged.connect(canvas.verticalScrollBar().setValue)
    model.show(TreeView(columns, lines))
    canvas.show_view(view)
    both.show()
    app.processEvents()
    first = elapsed(begin)
    frames = []
    bar = sheet.verticalScrollBar()
    for number in range(300):
        step = bar.value() + 56 if number % 3 else dice.randrange(bar.maximum())
        begin = time.process_time()
        bar.setValue(min(bar.maximum(), step))
        top = bar.value() // 28
        if number % 3 == 0:
            canvas.show_moment(int(view.bars.start[min(size - 1, top + 10)]), 0.4)
        app.processEvents()
        frames.append(elapsed(begin))
    zooms = []
    for number in range(60):
        begin = time.process_time()
        canvas.zoom(1.25 if number % 20 < 10 else 0.8)
        app.processEvents()
        zooms.append(elapsed(begin))
    both.close()
    both.deleteLater()
    return {
        "first_paint_ms": first,
        "scroll_median_ms": round(statistics.median(frames), 2),
        "scroll_p95_ms": round(float(np.percentile(frames, 95)), 2),
        "zoom_p95_ms": round(float(np.percentile(zooms, 95)), 2),
    }


def editing(app: QApplication, size: int, rounds: int = 15) -> dict[str, Any]:
    """One typed duration in a plan of `size` in a portfolio of 30,000: saved, calculated and painted."""

    def fill(draft: Draft) -> None:
        records = records_of(ProjectId("P"), size, "a", 1)
        for number in range((30_000 - size) // 300):
            records += records_of(ProjectId(f"Q{number}"), 300, "b", number)
        for record in records:
            draft.put(record)

    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace.create(Path(folder) / "bench.pmpf", owner=Who("pm", "desk", "PM"))
        workspace.run(Step(Operation("bench.fill", "Fill", fill), ()))
        bridge = Bridge(workspace, Settings(Path(folder) / "settings.json"))
        page = PlanPage(bridge)
        page.resize(1920, 1000)
        begin = time.process_time()
        page.show_project(ProjectId("P"))
        page.show()
        app.processEvents()
        first = elapsed(begin)
        dice, times = random.Random(3), []
        for number in range(rounds):
            task = TaskId(f"P-{dice.randrange(size // 4) * 2 + 1}")
            if task not in bridge.document.tasks or int(task[2:]) % 11 == 0:
                continue
            begin = time.process_time()
            bridge.run(tasks.set_duration(task, Span(480 * (3 + number % 9), DurationFormat.DAYS)))
            app.processEvents()
            times.append(elapsed(begin))
        page.close()
        page.deleteLater()
        bridge.close()
    return {
        "first_ms": first,
        "edit_median_ms": round(statistics.median(times), 2),
        "edit_max_ms": max(times),
    }


def main() -> None:
    """Print the figures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.install(app, theme.Scheme.LIGHT)
    found: dict[str, Any] = {"rows_100000": scrolling(app, 100_000)}
    for size in (300, 2_500, 10_000):
        found[f"edit_{size}"] = editing(app, size)
    found["clock"] = "milliseconds of processor time"
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
