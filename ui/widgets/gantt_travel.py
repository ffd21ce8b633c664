"""What keys and a let-go bar do on a Gantt chart: travel through time and rows, and say what was dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from ui.widgets.gantt_drag import Drag, Grip

if TYPE_CHECKING:
    from ui.widgets.gantt_canvas import GanttCanvas


def travelled(canvas: GanttCanvas, key: Qt.Key, selected: frozenset[int]) -> bool:
    """Do what the key means on a chart with these rows chosen; False where it means nothing."""
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        step = max(40.0, canvas.scale.day_width)
        canvas.travel(step if key == Qt.Key.Key_Right else -step)
    elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
        _step(canvas, 1 if key == Qt.Key.Key_Down else -1, selected)
    elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and len(selected) == 1:
        canvas.row_activated.emit(canvas.view.bars.keys[next(iter(selected))])
    elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
        canvas.zoom(1 / 1.25 if key == Qt.Key.Key_Minus else 1.25)
    elif key == Qt.Key.Key_Home:
        canvas.show_moment(canvas.view.plan_start)
    else:
        return False
    return True


def let_go(canvas: GanttCanvas, drag: Drag) -> None:
    """Say by one signal what a finished drag wants."""
    if drag.grip is Grip.MOVE:
        canvas.bar_moved.emit(drag.key, drag.start)
    elif drag.grip is Grip.RESIZE:
        canvas.bar_resized.emit(drag.key, drag.finish)
    elif drag.grip is Grip.PROGRESS:
        canvas.progress_dragged.emit(drag.key, drag.percent)
    elif drag.grip is Grip.SPLIT:
        canvas.split_dragged.emit(drag.key, drag.start, drag.finish)
    elif drag.grip is Grip.LINK and drag.target:
        canvas.linked.emit(drag.key, drag.target)


def _step(canvas: GanttCanvas, by: int, selected: frozenset[int]) -> None:
    keys = canvas.view.bars.keys
    if not keys:
        return
    row = max(selected, default=-by) if by > 0 else min(selected, default=1)
    row = min(len(keys) - 1, max(0, row + by))
    canvas.row_pressed.emit(keys[row], Qt.KeyboardModifier.NoModifier)
    canvas.show_task(keys[row])
