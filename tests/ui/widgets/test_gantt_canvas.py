"""The chart under a real mouse and keyboard: what is held, what it says, and what it draws."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.views.gantt_shapes import NOWHERE, BarKind, LinkKind
from tests.ui import charts
from ui.widgets.gantt_canvas import GanttCanvas
from ui.widgets.gantt_changes import stale_region
from ui.widgets.gantt_drag import Grip, hit
from ui.widgets.gantt_links import LinkIndex, elbows

DAY, MONDAY = charts.DAY, charts.MONDAY
ROWS = (
    (BarKind.SUMMARY, 0, 12),
    (BarKind.TASK, 0, 5),
    (BarKind.TASK, 7, 5),
    (BarKind.MILESTONE, 14, 0),
    (BarKind.NOTHING, 0, 1),
)
LINKS = ((1, 2, LinkKind.FS), (2, 3, LinkKind.FS))


@pytest.fixture
def canvas(qtbot):
    made = GanttCanvas()
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show_view(charts.chart_view(ROWS, LINKS))
    made.set_day_width(30)
    made.show_moment(MONDAY)
    made.show()
    return made


def mouse(canvas: GanttCanvas, kind: QEvent.Type, x: float, y: float, pressed: bool = True) -> None:
    at = QPointF(x, y)
    button = Qt.MouseButton.LeftButton if kind != QEvent.Type.MouseMove else Qt.MouseButton.NoButton
    held = Qt.MouseButton.LeftButton if pressed else Qt.MouseButton.NoButton
    event = QMouseEvent(
        kind, at, canvas.viewport().mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(canvas.viewport(), event)


def drag(
    canvas: GanttCanvas, start: tuple[float, float], end: tuple[float, float], *, drop: bool = True
) -> None:
    mouse(canvas, QEvent.Type.MouseButtonPress, *start)
    for part in (0.25, 0.5, 0.75, 1.0):
        x = start[0] + (end[0] - start[0]) * part
        y = start[1] + (end[1] - start[1]) * part
        mouse(canvas, QEvent.Type.MouseMove, x, y)
    if drop:
        mouse(canvas, QEvent.Type.MouseButtonRelease, *end, pressed=False)


def middle(canvas: GanttCanvas, row: int) -> tuple[float, float]:
    box = canvas.chart().bar(row)
    return box.center().x(), box.center().y()


def test_a_days_work_fills_its_cell(canvas):
    box = canvas.chart().bar(1)
    assert box.width() == pytest.approx(5 * 30)
    assert canvas.chart().bar(2).left() - box.right() == pytest.approx(2 * 30)


def test_dragging_a_bar_sideways_asks_once_for_a_new_start(canvas, qtbot):
    x, y = middle(canvas, 1)
    with qtbot.waitSignal(canvas.bar_moved) as caught:
        drag(canvas, (x, y), (x + 62, y))
    assert caught.args == ["t1", MONDAY + 480 + 2 * DAY]


def test_dragging_the_right_edge_asks_for_a_new_finish(canvas, qtbot):
    box = canvas.chart().bar(1)
    with qtbot.waitSignal(canvas.bar_resized) as caught:
        drag(canvas, (box.right() - 2, box.center().y()), (box.right() + 58, box.center().y()))
    assert caught.args == ["t1", MONDAY + 6 * DAY + 1020]


def test_dragging_the_left_part_sets_progress(canvas, qtbot):
    box = canvas.chart().bar(1)
    with qtbot.waitSignal(canvas.progress_dragged) as caught:
        drag(canvas, (box.left() + 2, box.center().y()), (box.left() + 60, box.center().y()))
    assert caught.args == ["t1", 40]


def test_dragging_from_bar_to_bar_links_them(canvas, qtbot):
    with qtbot.waitSignal(canvas.linked) as caught:
        drag(canvas, middle(canvas, 1), middle(canvas, 3))
    assert caught.args == ["t1", "t3"]


def test_the_ring_right_of_a_bar_starts_a_link(canvas, qtbot):
    box = canvas.chart().bar(1)
    with qtbot.waitSignal(canvas.linked) as caught:
        drag(canvas, (box.right() + 6, box.center().y()), middle(canvas, 2))
    assert caught.args == ["t1", "t2"]


def test_escape_lets_a_held_bar_go_where_it_was(canvas, qtbot):
    x, y = middle(canvas, 1)
    with qtbot.assertNotEmitted(canvas.bar_moved):
        drag(canvas, (x, y), (x + 90, y), drop=False)
        qtbot.keyClick(canvas, Qt.Key.Key_Escape)
        mouse(canvas, QEvent.Type.MouseButtonRelease, x + 90, y, pressed=False)


def test_a_click_and_a_summary_move_nothing(canvas, qtbot):
    with qtbot.assertNotEmitted(canvas.bar_moved):
        drag(canvas, middle(canvas, 1), middle(canvas, 1))
        x, y = middle(canvas, 0)
        drag(canvas, (x, y), (x + 90, y))


def test_a_read_only_chart_holds_nothing(canvas, qtbot):
    canvas.is_read_only = True
    x, y = middle(canvas, 1)
    with qtbot.assertNotEmitted(canvas.bar_moved):
        drag(canvas, (x, y), (x + 90, y))


def test_a_held_bar_is_previewed_only_where_the_outcome_changes(canvas, qtbot):
    seen = []
    canvas.drag_previewed.connect(lambda found: seen.append(found.start))
    x, y = middle(canvas, 1)
    drag(canvas, (x, y), (x + 62, y))
    assert seen == sorted(set(seen))
    assert seen[-1] == MONDAY + 480 + 2 * DAY


def test_zooming_keeps_the_moment_under_the_pointer(canvas):
    x = 300.0
    before = canvas.scale.moment(canvas.chart().left + x)
    event = QWheelEvent(
        QPointF(x, 50),
        QPointF(x, 50),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)
    assert canvas.scale.day_width == pytest.approx(37.5)
    assert abs(canvas.scale.moment(canvas.chart().left + x) - before) < 60


def test_zoom_goes_from_hours_to_years_and_stops(canvas):
    canvas.zoom(1e6)
    assert canvas.scale.day_width == 2880
    canvas.zoom(1e-9)
    assert canvas.scale.day_width == pytest.approx(0.1)


def test_fit_shows_the_whole_plan(canvas):
    canvas.fit()
    first, last = canvas.span_in_sight
    assert canvas.window() is canvas
    assert first <= canvas.view.plan_start
    assert last >= canvas.view.plan_finish


def test_what_lies_under_the_pointer(canvas):
    chart = canvas.chart()
    x, y = middle(canvas, 1)
    assert hit(chart, x, y).grip is Grip.BAR
    assert hit(chart, x, y + 13).grip is None
    assert hit(chart, *middle(canvas, 0)).grip is Grip.BAR
    assert hit(chart, 10, 4 * 28 + 14).grip is None
    assert hit(chart, 10, 5 * 28 + 14).row == -1


def test_the_driving_chain_leads_back_to_the_start(canvas):
    rows, links = LinkIndex(canvas.view.links).driving_chain(3)
    assert rows == {1, 2, 3}
    assert links == {0, 1}


@pytest.mark.parametrize("kind", list(LinkKind))
@pytest.mark.parametrize("gap", [-60, -8, 0, 4, 9, 80])
@pytest.mark.parametrize("down", [True, False])
def test_links_run_in_right_angles_from_bar_to_bar(kind, gap, down):
    first = (100.0, 160.0, 6.0, 22.0)
    top = 62.0 if down else -50.0
    second = (160.0 + gap, 230.0 + gap, top, top + 16)
    one, other = (tuple(np.array([edge]) for edge in bar) for bar in (first, second))
    drawn = elbows(np.array([int(kind)]), one, other)
    corners, (dx, dy) = drawn.corners[0].tolist(), drawn.toward[0].tolist()
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(corners))
    assert corners[0][0] in first[:2]
    assert abs(dx) + abs(dy) == 1
    end = corners[-1]
    assert second[0] <= end[0] <= second[1]
    assert second[2] <= end[1] <= second[3]


def test_only_the_rows_on_view_are_drawn_and_links_that_end_there(canvas):
    index = LinkIndex(canvas.view.links)
    assert index.near(3, 4).tolist() == [1]
    assert set(index.near(2, 2).tolist()) == {0, 1}


def test_progress_deadline_baseline_and_float_leave_marks(canvas):
    count = len(ROWS)

    def column(row: int, moment: int) -> np.ndarray:
        made = np.full(count, NOWHERE, dtype=np.int64)
        made[row] = moment
        return made

    plain = canvas.viewport().grab().toImage()
    for name, moment in (
        ("done_until", MONDAY + 2 * DAY + 1020),
        ("deadline", MONDAY + 6 * DAY),
        ("float_until", MONDAY + 8 * DAY),
    ):
        canvas.show_view(charts.chart_view(ROWS, LINKS, **{name: column(1, moment)}))
        assert differ(plain, canvas.viewport().grab().toImage()), name
    ghost = {
        "baseline_start": column(1, MONDAY + 480),
        "baseline_finish": column(1, MONDAY + 3 * DAY),
    }
    canvas.show_view(charts.chart_view(ROWS, LINKS, **ghost))
    assert differ(plain, canvas.viewport().grab().toImage())


def on_screen(canvas: GanttCanvas) -> QImage:
    """What stands in the window now, however it came there."""
    QApplication.processEvents()
    return canvas.screen().grabWindow(canvas.winId()).toImage()


def long_chart(moved: int = -1) -> object:
    rows = [
        (BarKind.SUMMARY if n % 9 == 0 else BarKind.TASK, n // 3 + (4 if n == moved else 0), 4)
        for n in range(150)
    ]
    links = [(n - 1 - n % 7, n, list(LinkKind)[n % 4]) for n in range(8, 150)]
    return charts.chart_view(rows, links, labels=tuple(f"Person {n % 5}" for n in range(150)))


@pytest.mark.parametrize("day", [6.37, 17.0, 130.0])
def test_what_scrolled_or_was_painted_in_part_is_as_if_painted_whole(canvas, day):
    canvas.set_today(MONDAY + 20 * DAY)
    canvas.show_view(long_chart())
    canvas.set_day_width(day)
    canvas.show_moment(MONDAY)
    down, across = canvas.verticalScrollBar(), canvas.horizontalScrollBar()
    steps = (
        lambda: down.setValue(37),
        lambda: down.setValue(950),
        lambda: across.setValue(across.value() + 33),
        lambda: canvas.show_view(long_chart(moved=40)),
        lambda: canvas.select(["t41"]),
        lambda: down.setValue(900),
        lambda: canvas.zoom(1.3),
        lambda: down.setValue(down.maximum()),
    )
    for number, step in enumerate(steps):
        on_screen(canvas)
        step()
        shown = on_screen(canvas)
        canvas.viewport().update()
        canvas.header.update()
        assert not differ(shown, on_screen(canvas)), number


def test_an_edit_paints_only_the_rows_that_look_otherwise(canvas):
    canvas.show_view(long_chart())
    canvas.set_day_width(20)
    canvas.show_moment(MONDAY)
    stale = stale_region(canvas.view, replace(canvas.chart(), view=long_chart(moved=5)), -1)
    rows = {y // 28 for part in stale for y in range(part.top(), part.bottom() + 1)}
    assert 5 in rows
    assert rows <= set(range(16))


def differ(one: QImage, other: QImage) -> bool:
    return one != other
