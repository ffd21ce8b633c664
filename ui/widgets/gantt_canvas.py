"""The Gantt chart on the screen: one painted viewport that scrolls, zooms, and says what a person dragged.

It knows no project. It is shown a `GanttView`; a gesture becomes one signal, and whoever listens makes
it an operation. While a bar is held, `drag_previewed` lets the listener answer with `show_preview`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from app.text import tr
from app.views.gantt_axis import TimeScale
from app.views.gantt_shapes import NO_CHART, NOWHERE, GanttView
from ui.theme import ThemeWatch, tokens
from ui.widgets.gantt_changes import stale_region
from ui.widgets.gantt_chart import Chart
from ui.widgets.gantt_drag import Drag, Grip, Hit, begun, differs, hit, moved, sentence
from ui.widgets.gantt_links import LinkIndex
from ui.widgets.gantt_look import look_of
from ui.widgets.gantt_overlay import draw_drag, draw_handle, draw_note
from ui.widgets.gantt_paint import draw_chart, is_crowded
from ui.widgets.gantt_pictures import Pictures
from ui.widgets.gantt_travel import let_go, travelled
from ui.widgets.gantt_window import GanttWindow
from ui.widgets.label import plain_tip

_CURSORS = {
    Grip.BAR: Qt.CursorShape.OpenHandCursor,
    Grip.MOVE: Qt.CursorShape.SizeHorCursor,
    Grip.RESIZE: Qt.CursorShape.SizeHorCursor,
    Grip.PROGRESS: Qt.CursorShape.SplitHCursor,
    Grip.SPLIT: Qt.CursorShape.SplitHCursor,
    Grip.LINK: Qt.CursorShape.CrossCursor,
}
_MOST_STRIPES = 6
"""Beyond so many stripes of changed rows it costs less to paint all that lies between as well."""


class GanttCanvas(GanttWindow):
    """Shows a chart; rows are `theme.metrics.row` high and scroll with the vertical scroll bar by pixel."""

    bar_moved = Signal(str, object)
    bar_resized = Signal(str, object)
    progress_dragged = Signal(str, int)
    linked = Signal(str, str)
    split_dragged = Signal(str, object, object)
    drag_previewed = Signal(object)
    drag_ended = Signal()
    row_pressed = Signal(str, object)
    row_activated = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.locale_name = "en_GB"
        self.today: int | None = None
        self.is_read_only = False
        self.hint_of: Callable[[str], str] = lambda key: ""
        self._preview: GanttView | None = None
        self._note = ""
        self._index = LinkIndex(NO_CHART.links)
        self._selected: frozenset[int] = frozenset()
        self._hovered = -1
        self._chain: frozenset[int] = frozenset()
        self._over = Hit()
        self._drag: Drag | None = None
        self._pan_from: tuple[float, float] | None = None
        self._looked = False
        self._has_ring = False
        self._parts: dict[str, bool] = {}
        self._pictures = Pictures()
        self._was_crowded = False
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Gantt chart"))
        self.setAccessibleDescription(
            tr("Bars of the tasks over time. The grid beside it holds the same dates as text, to be typed.")
        )
        ThemeWatch(self, self.on_theme_changed)

    def show_view(self, view: GanttView) -> None:
        """Show this chart from now on; a first chart is scrolled to its start."""
        if view is self.view:
            return
        self._index = self._index.following(view.links)
        kept = {self.view.bars.keys[row] for row in self._selected if row < len(self.view.bars)}
        was, was_chain, was_preview, was_hovered = self.view, self._chain, self._preview, self._hovered
        self.view = view
        self._preview = None
        self.scale = TimeScale(self.scale.day_width, view.day_open, view.day_close)
        self._hovered = -1
        if kept:
            self.select(kept)
        self._follow_chain()
        self.set_ranges()
        if not self._looked and len(view.bars):
            self._looked = True
            self.look_first()
        can_keep = was_chain == self._chain and was_preview is None and not self._was_crowded
        stale = stale_region(was, self.chart(), was_hovered) if can_keep else None
        self.viewport().update() if stale is None else self.viewport().update(stale)
        if (was.status_date, was.week_start) != (view.status_date, view.week_start):
            self.header.update()
        self.window_changed.emit()

    def show_preview(self, view: GanttView | None, note: str = "") -> None:
        """Show how the chart would be if the held bar were let go; `note` stands at the pointer."""
        self._preview = view if view is not None and len(view.bars) == len(self.view.bars) else None
        self._note = note
        self.viewport().update()

    def forget_place(self) -> None:
        """Scroll to the start of the plan when the next chart comes: it is another plan's."""
        self._looked = False
        self._selected = frozenset()

    def show_parts(self, **parts: bool) -> None:
        """Say which parts are drawn: links, baseline, float, labels, critical, progress, rest."""
        wanted = {f"shows_{name}": is_wanted for name, is_wanted in parts.items()}
        if wanted != self._parts:
            self._parts = wanted
            self.viewport().update()

    def set_today(self, moment: int | None) -> None:
        """Draw the dashed line there."""
        if moment != self.today:
            self.today = moment
            self.viewport().update()
            self.header.update()

    def select(self, keys: Iterable[str]) -> None:
        """Mark these rows, as the grid beside the chart does; one alone shows what drives it."""
        wanted = set(keys)
        found = (
            frozenset(row for row, key in enumerate(self.view.bars.keys) if key in wanted)
            if wanted
            else frozenset()
        )
        if found != self._selected:
            self._selected = found
            self._follow_chain()
            self.viewport().update()
            said = [self.hint_of(self.view.bars.keys[row]) for row in sorted(found)[:3]]
            if any(said):
                # A screen reader hears the chosen bars; all rows are cells of the grid beside the chart.
                self.setAccessibleDescription("; ".join(said).replace("\n", ", "))

    def show_task(self, key: str) -> None:
        """Scroll both ways until a task's bar is on view."""
        if key not in self.view.bars.keys:
            return
        row = self.view.bars.keys.index(key)
        bar = self.verticalScrollBar()
        top, high = row * self.row_height, self.viewport().height()
        if not bar.value() <= top <= bar.value() + high - self.row_height:
            bar.setValue(max(0, top - high // 3))
        if self.view.bars.start[row] != NOWHERE:
            x = self.scale.x(int(self.view.bars.start[row])) - self.left
            end = self.scale.x(int(self.view.bars.finish[row])) - self.left
            if x < 0 or end > self.viewport().width():
                self.show_moment(int(self.view.bars.start[row]), 0.15)

    def chart(self) -> Chart:
        """What is on view now, as the painters and tests want it."""
        return Chart(
            self._preview or self.view,
            self._index,
            self.scale,
            look_of(tokens()),
            float(round(self.left)),
            float(self.verticalScrollBar().value()),
            float(self.viewport().width()),
            float(self.viewport().height()),
            self.row_height,
            self.locale_name,
            self.today,
            self._selected,
            self._hovered,
            self._chain,
            **self._parts,
        )

    def cancel_drag(self) -> None:
        """Let the held bar go where it was."""
        if self._drag is not None:
            self._drag = None
            self._preview = None
            self._note = ""
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            self.viewport().update()
            self.drag_ended.emit()

    def on_theme_changed(self) -> None:
        self.set_ranges()
        self.viewport().update()
        self.header.update()

    def shift(self, right: int, down: int) -> None:
        """Move what is painted so far and have only the strip painted that comes into sight."""
        is_still = self._has_ring or self._drag is not None
        if is_still or self._was_crowded or is_crowded(self.chart()):
            self.viewport().update()
        elif right or down:
            self.viewport().scroll(right, down)

    def _follow_chain(self) -> None:
        row = self._over.row if self._over.grip else -1
        if row < 0 and len(self._selected) == 1:
            row = next(iter(self._selected))
        self._chain = self._index.driving_chain(row)[1] if 0 <= row < len(self.view.bars) else frozenset()

    def _point(self, place: Hit) -> None:
        if place == self._over:
            return
        chain_row = self._over.row if self._over.grip else -1
        self._over = place
        if place.row != self._hovered:
            self._hovered = place.row
        if chain_row != (place.row if place.grip else -1):
            self._follow_chain()
        held = place.grip if not (self.is_read_only and place.grip) else None
        self.viewport().setCursor(_CURSORS.get(held, Qt.CursorShape.ArrowCursor))  # type: ignore[arg-type]
        self.viewport().update()

    def _drop(self, drag: Drag) -> None:
        self.cancel_drag()
        if not drag.is_idle:
            let_go(self, drag)

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._drag is not None:
            # Esc belongs to the held bar before it belongs to any shortcut.
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # A ring where the keyboard brought the focus; a mouse knows where it pressed.
        reasons = (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )
        self._has_ring = event.reason() in reasons
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._has_ring = False
        super().focusOutEvent(event)
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if dy:
            self.shift(0, dy)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            chart = self.chart()
            self._pictures.follow((tokens(), chart.row), self.devicePixelRatioF())
            stripes = list(event.region())  # type: ignore[call-overload]
            for stripe in stripes if len(stripes) <= _MOST_STRIPES else [event.rect()]:
                painter.setClipRect(stripe)
                draw_chart(painter, chart, QRectF(stripe), self._pictures)
            painter.setClipping(False)
            self._was_crowded = is_crowded(chart)
            if self._drag is not None and self._drag.grip is not Grip.BAR:
                draw_drag(painter, chart, self._drag, has_preview=self._preview is not None)
                draw_note(painter, chart, self._drag, self._note or sentence(chart, self._drag))
            elif self._over.grip and not self.is_read_only:
                draw_handle(painter, chart, self._over.row)
            if self._has_ring:
                painter.setPen(chart.look.focus)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(1, 1, chart.width - 2, chart.height - 2))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self._drag is None:
            self._point(Hit())
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = hit(self.chart(), event.pos().x(), event.pos().y())
            if place.grip is not None and self._drag is None:
                text = self.hint_of(self.view.bars.keys[place.row])
                QToolTip.showText(event.globalPos(), plain_tip(text), self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        x, y = event.position().x(), event.position().y()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._pan_from = (x, self.left)
            return
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place = hit(self.chart(), x, y)
        if place.row < 0:
            return
        self.row_pressed.emit(self.view.bars.keys[place.row], event.modifiers())
        if place.grip is not None and not self.is_read_only:
            is_split = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self._drag = begun(self.chart(), place, x, y, splits=is_split)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x, y = event.position().x(), event.position().y()
        if self._pan_from is not None:
            self.go_to(self._pan_from[1] - (x - self._pan_from[0]))
            return
        if self._drag is None:
            self._point(hit(self.chart(), x, y))
            return
        was, preview = self._drag, self._preview
        # What is held is judged on the plan as it is, not on the preview it brought about.
        self._preview = None
        self._drag = moved(self.chart(), was, x, y)
        self._preview = preview
        if self._drag.is_idle:
            self._preview, self._note = None, ""
        self.viewport().setCursor(_CURSORS[self._drag.grip])
        self.viewport().update()
        if not self._drag.is_idle and self._drag.grip is not Grip.BAR and differs(was, self._drag):
            self.drag_previewed.emit(self._drag)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pan_from = None
        if event.button() == Qt.MouseButton.LeftButton and self._drag is not None:
            self._drop(self._drag)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.cancel_drag()
        place = hit(self.chart(), event.position().x(), event.position().y())
        if place.row >= 0:
            self.row_activated.emit(self.view.bars.keys[place.row])

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = hit(self.chart(), event.pos().x(), event.pos().y())
        key = self.view.bars.keys[place.row] if place.row >= 0 else ""
        if key and place.row not in self._selected:
            self.row_pressed.emit(key, Qt.KeyboardModifier.NoModifier)
        self.menu_wanted.emit(key, event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1.25 ** (turn.y() / 120), event.position().x())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier or abs(turn.x()) > abs(turn.y()):
            self.go_to(self.left - (turn.y() or turn.x()))
        else:
            self.verticalScrollBar().setValue(
                self.verticalScrollBar().value() - turn.y() * self.row_height // 40
            )
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self.cancel_drag()
        elif not travelled(self, Qt.Key(event.key()), self._selected):
            super().keyPressEvent(event)
