"""Measures the window: start, opening, first paint, scrolling, zooming, edits from key to screen; as JSON.

Every figure stands beside its hold, in milliseconds on the wall and of this process alone. Of an edit the
stages are measured as they come: a listener that hears of the commit before the window does asks for the
schedule and then for the views, which the window afterwards finds remembered.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(Path(__file__).resolve().parent), str(_ROOT / "tests" / "ui"), str(_ROOT)]

import numpy as np
from bench_results import records_of
from charts import chart_view
from PySide6.QtWidgets import QApplication, QSplitter

from app.derive.schedule import schedule_of
from app.domain.changes import ChangeSet
from app.domain.draft import Draft
from app.domain.durations import DurationFormat
from app.domain.values import ProjectId, Span, TaskId
from app.operations import tasks
from app.operations.operation import Operation, Step
from app.settings import HOME_VARIABLE, Settings
from app.views.gantt import gantt
from app.views.gantt_shapes import BarKind, LinkKind
from app.views.plan import plan
from app.views.plan_details import plan_answer
from app.views.tables import Column, Row, TreeView
from app.workspace import Who, Workspace
from ui import theme
from ui.models.grid_model import OutlineModel
from ui.pages.plan import PlanPage
from ui.shell import Shell
from ui.widgets.gantt_canvas import GanttCanvas
from ui.widgets.gantt_look import TIER
from ui.widgets.sheet import Sheet

ROWS, PORTFOLIO = 100_000, 30_000
HOLD_EDIT = {300: 5, 2_500: 20, 10_000: 60}
STAGES = ("commit", "schedule", "views", "models", "paint")
_WHO = Who("pm", "desk", "PM")

_START = """
import sys, time
sys.path.insert(0, sys.argv[1])
from PySide6.QtWidgets import QApplication
from app.settings import Settings
from ui import theme
from ui.main import Shell
app = QApplication(["pm-portfolio"])
theme.install(app, theme.Scheme.LIGHT)
shell = Shell(Settings())
shell.show()
app.processEvents()
print(time.time(), time.process_time())
"""


class Watch:
    """Milliseconds since it was made or last asked, on the wall and of this process."""

    def __init__(self) -> None:
        self._wall, self._own = time.perf_counter(), time.process_time()

    def lap(self) -> tuple[float, float]:
        """Give both and begin again."""
        wall, own = time.perf_counter(), time.process_time()
        found = (wall - self._wall) * 1000, (own - self._own) * 1000
        self._wall, self._own = wall, own
        return found


Laps = list[tuple[float, float]]


def figure(laps: Laps, hold: float, of: Callable[[list[float]], float] = statistics.median) -> dict[str, Any]:
    """One measured figure beside what it must hold; it holds when the processor time does."""
    wall, own = (round(of([lap[side] for lap in laps]), 2) for side in (0, 1))
    return {"wall_ms": wall, "cpu_ms": own, "hold_ms": hold, "holds": own <= hold}


def p95(values: list[float]) -> float:
    """The frame that one in twenty is slower than."""
    return float(np.percentile(values, 95))


def scrolling(app: QApplication) -> dict[str, Any]:
    """A sheet beside a chart of 100,000 rows and twice as many links: first paint, scrolling, zooming."""
    dice = random.Random(1)
    rows = []
    for number in range(ROWS):
        is_summary = number % 11 == 0
        kind = BarKind.SUMMARY if is_summary else BarKind.MILESTONE if number % 17 == 0 else BarKind.TASK
        rows.append((kind, number // 40, 0 if kind == BarKind.MILESTONE else dice.randrange(1, 12)))
    links = [
        (max(0, number - dice.randrange(1, 60)), number, LinkKind.FS)
        for number in range(1, ROWS)
        for _ in (0, 1)
    ]
    view = chart_view(rows, links, weeks=600, labels=tuple(f"Person {n % 40}" for n in range(ROWS)))
    view.bars.critical[:] = np.arange(ROWS) % 5 == 0
    columns = tuple(Column(f"c{n}", f"Column {n}", width=110, editable=True) for n in range(8))
    lines = tuple(
        Row(f"t{n}", tuple(f"Cell {n}.{c}" for c in range(8)), level=1 if n % 11 else 0) for n in range(ROWS)
    )
    watch = Watch()
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
    found = {"first_paint_100000_rows": figure([watch.lap()], 300)}
    bar = sheet.verticalScrollBar()

    def step() -> None:
        bar.setValue(bar.value() + 56)

    def jump() -> None:
        bar.setValue(dice.randrange(bar.maximum()))
        canvas.show_moment(int(view.bars.start[min(ROWS - 1, bar.value() // 28 + 10)]), 0.4)

    def frames(move: Callable[[], None], count: int) -> Laps:
        laps = []
        for _ in range(count):
            watch.lap()
            move()
            app.processEvents()
            laps.append(watch.lap())
        return laps

    for name, day in (("plain", 24.0), ("dense", canvas.scale.day_width)):
        canvas.set_day_width(day)
        frames(jump, 10)
        found[f"scroll_p95_{name}"] = figure(frames(step, 200), 8, p95)
        found[f"jump_p95_{name}"] = figure(frames(jump, 200), 8, p95)
    factors = iter([1.25 if number % 20 < 10 else 0.8 for number in range(80)])
    found["zoom_p95"] = figure(frames(lambda: canvas.zoom(next(factors)), 80), 8, p95)
    both.close()
    both.deleteLater()
    return found


def filled(folder: Path, sizes: list[int]) -> Workspace:
    """A new portfolio file with one project of each size; the first is called P."""

    def fill(draft: Draft) -> None:
        for number, size in enumerate(sizes):
            name = ProjectId(f"Q{number}" if number else "P")
            for record in records_of(name, size, f"a{number:04}1", number + 1):
                draft.put(record)

    workspace = Workspace.create(folder / "bench.pmpf", owner=_WHO)
    workspace.run(Step(Operation("bench.fill", "Fill", fill), ()))
    return workspace


def editing(app: QApplication, size: int, rounds: int = 40) -> dict[str, Any]:
    """One typed duration in a plan of `size` in a portfolio of 30,000, through the whole window."""
    project = ProjectId("P")
    with tempfile.TemporaryDirectory() as folder:
        workspace = filled(Path(folder), [size, *([300] * ((PORTFOLIO - size) // 300))])
        watch, laps = Watch(), dict[str, Laps]()
        stages: dict[str, tuple[float, float]] = {}

        def on_committed(_changes: ChangeSet) -> None:
            stages["commit"] = watch.lap()
            schedule_of(workspace.document, project)
            stages["schedule"] = watch.lap()
            plan(workspace.document, project, page.ask)
            gantt(workspace.document, project, page.ask)
            plan_answer(workspace.document, project, page.ask.locale)
            stages["views"] = watch.lap()

        workspace.subscribe(on_committed)
        shell = Shell(Settings(Path(folder) / "settings.json"))
        shell.resize(1920, 1000)
        shell.show()
        shell.show_workspace(workspace)
        shell.go_to("plan", project)
        page = shell.page
        assert isinstance(page, PlanPage)
        app.processEvents()
        dice = random.Random(3)
        for number in range(rounds + 5):
            place = dice.randrange(size // 4) * 2 + 1
            step = tasks.set_duration(
                TaskId(f"P-{place if place % 11 else place + 1}"),
                Span(480 * (3 + number % 9), DurationFormat.DAYS),
            )
            watch.lap()
            page.bridge.run(step)
            stages["models"] = watch.lap()
            app.processEvents()
            stages["paint"] = watch.lap()
            # The first edits fill what is kept from one to the next.
            for name in STAGES if number >= 5 else ():
                laps.setdefault(name, []).append(stages[name])
        shell.close()
        shell.deleteLater()
        app.processEvents()
    whole = [
        (sum(part[0] for part in parts), sum(part[1] for part in parts))
        for parts in zip(*laps.values(), strict=True)
    ]
    medians = {
        name: {
            side: round(statistics.median(lap[n] for lap in laps[name]), 2)
            for n, side in enumerate(("wall_ms", "cpu_ms"))
        }
        for name in STAGES
    }
    return {**figure(whole, HOLD_EDIT[size]), "stages": medians}


def opening(app: QApplication) -> dict[str, Any]:
    """A portfolio of 100 projects of 300 tasks, opened in a window that stands, to its first paint."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = filled(Path(folder), [300] * 100)
        place = workspace.path
        workspace.close()
        shell = Shell(Settings(Path(folder) / "settings.json"))
        shell.resize(1366, 768)
        shell.show()
        app.processEvents()
        watch = Watch()
        assert shell.open_file(place)
        app.processEvents()
        found = figure([watch.lap()], 500)
        shell.close()
        shell.deleteLater()
        app.processEvents()
    return found


def starting(rounds: int = 5) -> dict[str, Any]:
    """The window from the source, from the start of its process until it is painted."""
    laps = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            begin = time.time()
            done = subprocess.run(
                [sys.executable, "-c", _START, str(_ROOT)],
                env={**os.environ, HOME_VARIABLE: folder},
                capture_output=True,
                text=True,
                check=True,
            )
            end, own = map(float, done.stdout.split())
            laps.append(((end - begin) * 1000, own * 1000))
    return figure(laps, 500)


def main() -> None:
    """Print the figures."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.install(app, theme.Scheme.LIGHT)
    found: dict[str, Any] = {"window_start_from_source": starting()}
    found["open_100_projects_of_300"] = opening(app)
    found |= scrolling(app)
    for size in HOLD_EDIT:
        found[f"edit_to_screen_{size}"] = editing(app, size)
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
