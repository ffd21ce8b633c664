"""How the sheet's cells are drawn: straight from the rows' tuples, at a few microseconds a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPixmap, QPolygon, QStaticText, QTransform

from app.views.tables import Column, Row
from ui.theme import Role, Tokens, font, mixed, tokens
from ui.widgets.light import SIDE, STATES, light_picture

PADDING = 8
INDENT = 16
FOLD = 18
_KEPT_TEXTS = 40_000


@dataclass(slots=True)
class Lane:
    """A column as it stands on the screen: where, how wide, how it reads."""

    at: int
    column: Column
    left: int
    width: int


@dataclass(slots=True)
class Scene:
    """What the painter must know beside rows and columns."""

    selected: Sequence[tuple[int, int, int, int]] = ()
    current: tuple[int, int] = (-1, -1)
    hovered: tuple[int, int] = (-1, -1)
    has_focus: bool = False
    outline_at: int = -1
    dims_computed: bool = False
    hint: tuple[int, int, str] = (-1, -1, "")


class _Letters(dict[str, int]):
    """How wide each letter is by itself; pairs of letters move together rather than apart."""

    def __init__(self, measure: QFontMetrics) -> None:
        super().__init__()
        self._measure = measure

    def __missing__(self, letter: str) -> int:
        self[letter] = self._measure.horizontalAdvance(letter)
        return self[letter]


class CellBrush:
    """Fonts, colours and fitted texts, kept from one frame to the next until the theme changes."""

    def __init__(self) -> None:
        self.tokens: Tokens = tokens()
        t = self.tokens
        self.plain = font(Role.BODY, tabular=True)
        self.strong = font(Role.BODY_STRONG, tabular=True)
        # Tabular figures draw a hyphen as wide as a figure: right under figures, wrong inside a name.
        self.fonts = (self.plain, self.strong, font(Role.BODY), font(Role.BODY_STRONG))
        self.measures = tuple(QFontMetrics(face) for face in self.fonts)
        self.rise = (self.measures[0].ascent() - self.measures[0].descent()) // 2
        self.inks = {
            "": QColor(t.text),
            "computed": QColor(t.secondary),
            "muted": QColor(t.hint),
            "strong": QColor(t.text),
            "good": QColor(t.good),
            "watch": QColor(t.watch),
            "bad": QColor(t.bad),
            "accent": QColor(t.accent),
        }
        self.surface = QColor(t.surface)
        self.line = QColor(mixed(t.border, t.surface, 0.6))
        self.rule = QColor(t.border)
        self.hover = QColor(mixed(t.sunken, t.surface, 0.6 if not t.is_dark else 0.9))
        self.chosen = QColor(t.accent_weak)
        self.accent = QColor(t.accent)
        self.edge = QColor(t.strong_border)
        self.lights: dict[tuple[str, float], QPixmap] = {}
        self.fitted: dict[tuple[str, int, int], tuple[str, int]] = {}
        self.texts: dict[tuple[str, int], QStaticText | None] = {}
        self.letters = tuple(_Letters(measure) for measure in self.measures)
        self.ascent = self.measures[0].ascent()

    def fit(self, text: str, width: int, face: int) -> tuple[str, int]:
        """Give the text cut to a width in one of `fonts`, and how wide it then is."""
        found = self.fitted.get((text, width, face))
        if found is None:
            if len(self.fitted) > _KEPT_TEXTS:
                self.fitted.clear()
            measure = self.measures[face]
            shown = text if "\n" not in text else text.replace("\n", " ")
            advance = measure.horizontalAdvance(shown)
            if advance > width:
                shown = measure.elidedText(shown, Qt.TextElideMode.ElideRight, max(width, 0))
                advance = measure.horizontalAdvance(shown)
            found = self.fitted[(text, width, face)] = (shown, advance)
        return found

    def surely_fits(self, text: str, width: int, face: int) -> bool:
        """Whether a text fits by its letters alone, which is known ten times faster than its exact width."""
        letters = self.letters[face]
        return "\n" not in text and sum([letters[letter] for letter in text]) + PADDING // 2 <= width

    def prepared(self, text: str, face: int) -> QStaticText | None:
        """The text ready to be drawn, from the second time on: most names are seen once, most dates often."""
        if (text, face) not in self.texts:
            if len(self.texts) > _KEPT_TEXTS:
                self.texts.clear()
            self.texts[text, face] = None
            return None
        found = self.texts[text, face]
        if found is None:
            found = QStaticText(text)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(QTransform(), self.fonts[face])
            self.texts[text, face] = found
        return found

    def paint_rows(
        self,
        painter: QPainter,
        rows: Sequence[Row],
        first: int,
        top: int,
        height: int,
        lanes: Sequence[Lane],
        scene: Scene,
        reach: int = 0,
    ) -> None:
        """Paint whole rows over the given lanes; `rows` starts with row number `first`, at y = `top`.

        The line under a row and its hover run on to `reach` where the columns end before it.
        """
        if not lanes:
            return
        left = lanes[0].left
        right = max(reach, *(lane.left + lane.width for lane in lanes))
        y = top
        for at in range(first, first + len(rows)):
            if at == scene.hovered[0]:
                painter.fillRect(left, y, right - left, height - 1, self.hover)
            painter.fillRect(left, y + height - 1, right - left, 1, self.line)
            y += height
        self._paint_selection(painter, first, len(rows), top, height, lanes, scene, right)
        y = top
        set_face, ink = -1, None
        for row in rows:
            baseline = y + height // 2 + self.rise
            cells, marks, locked = row.cells, row.marks, row.locked
            for lane in lanes:
                column = lane.at
                text = cells[column]
                if column == scene.outline_at:
                    indent = row.level * INDENT + FOLD
                    if row.has_children:
                        self._paint_fold(
                            painter, lane.left + PADDING + row.level * INDENT, y + height // 2, row.is_folded
                        )
                        ink = None
                else:
                    indent = 0
                if not text:
                    continue
                mark = marks[column] if marks else ""
                kind = lane.column.kind
                if kind == "sign" and (text in STATES or text == "–"):
                    self._paint_light(painter, lane, y + height // 2, STATES.get(text, "none"))
                    continue
                is_strong = row.is_summary or mark == "strong"
                side, room = lane.column.align, lane.width - 2 * PADDING - indent
                face = is_strong + 2 if side == "left" else int(is_strong)
                if face != set_face:
                    painter.setFont(self.fonts[face])
                    set_face = face
                if not mark and scene.dims_computed and (not lane.column.editable or column in locked):
                    mark = "" if is_strong else "computed"
                if mark != ink:
                    painter.setPen(self.inks.get(mark, self.inks[""]))
                    ink = mark
                if side == "left" and self.surely_fits(text, room, face):
                    shown, advance = text, 0
                else:
                    shown, advance = self.fit(text, room, face)
                if side == "left":
                    x = lane.left + PADDING + indent
                elif side == "right":
                    x = lane.left + lane.width - PADDING - advance
                else:
                    x = lane.left + (lane.width - advance) // 2
                ready = self.prepared(shown, face)
                if ready is None:
                    painter.drawText(x, baseline, shown)
                else:
                    painter.drawStaticText(x, baseline - self.ascent, ready)
            y += height
        if scene.hint[2]:
            self._paint_hint(painter, rows, first, top, height, lanes, scene)

    def _paint_hint(
        self,
        painter: QPainter,
        rows: Sequence[Row],
        first: int,
        top: int,
        height: int,
        lanes: Sequence[Lane],
        scene: Scene,
    ) -> None:
        """Paint what may be typed into a cell that is empty."""
        at, column, words = scene.hint
        if not first <= at < first + len(rows) or rows[at - first].cells[column]:
            return
        for lane in lanes:
            if lane.at == column:
                indent = rows[at - first].level * INDENT + FOLD if column == scene.outline_at else 0
                painter.setFont(self.fonts[2])
                painter.setPen(self.inks["muted"])
                shown, _ = self.fit(words, lane.width - 2 * PADDING - indent, 2)
                y = top + (at - first) * height + height // 2 + self.rise
                painter.drawText(lane.left + PADDING + indent, y, shown)

    def _paint_selection(
        self,
        painter: QPainter,
        first: int,
        count: int,
        top: int,
        height: int,
        lanes: Sequence[Lane],
        scene: Scene,
        right: int,
    ) -> None:
        last_column = max(lane.at for lane in lanes)
        for start, lane_from, end, lane_to in scene.selected:
            low, high = max(start, first), min(end, first + count - 1)
            if low > high:
                continue
            # One tint runs through the row and on through a chart beside it; a block of cells has an edge.
            left, y = lanes[0].left, top + (low - first) * height
            for row in range(high - low + 1):
                painter.fillRect(left, y + row * height, right - left, height - 1, self.chosen)
            if (start, lane_from) != (end, lane_to) and not (lane_from == 0 and lane_to >= last_column):
                self._outline(painter, lanes, (start, lane_from, end, lane_to), (low, high), y, height)
        for lane in lanes:
            if lane.at == scene.hovered[1] and first <= scene.hovered[0] < first + count:
                y = top + (scene.hovered[0] - first) * height
                painter.setPen(QPen(self.edge, 1))
                painter.drawRect(lane.left + 1, y + 1, lane.width - 3, height - 4)
            if lane.at == scene.current[1] and first <= scene.current[0] < first + count:
                y = top + (scene.current[0] - first) * height
                self._frame(painter, QRect(lane.left, y, lane.width, height - 1), scene.has_focus)

    def _outline(
        self,
        painter: QPainter,
        lanes: Sequence[Lane],
        span: tuple[int, int, int, int],
        seen: tuple[int, int],
        y: int,
        height: int,
    ) -> None:
        """Paint the edge around a block of cells, as far as it is on view; `y` is the top of `seen`."""
        start, lane_from, end, lane_to = span
        tall = (seen[1] - seen[0] + 1) * height - 1
        for lane in lanes:
            if not lane_from <= lane.at <= lane_to:
                continue
            if start == seen[0]:
                painter.fillRect(lane.left, y, lane.width, 1, self.accent)
            if end == seen[1]:
                painter.fillRect(lane.left, y + tall - 1, lane.width, 1, self.accent)
            if lane.at == lane_from:
                painter.fillRect(lane.left, y, 1, tall, self.accent)
            if lane.at == lane_to:
                painter.fillRect(lane.left + lane.width - 1, y, 1, tall, self.accent)

    def _frame(self, painter: QPainter, rect: QRect, has_focus: bool) -> None:
        """Paint the caret's frame: two pixels of accent, one grey pixel while the focus is elsewhere."""
        thick, ink = (2, self.accent) if has_focus else (1, self.edge)
        painter.fillRect(rect, self.surface)
        painter.fillRect(rect.left(), rect.top(), rect.width(), thick, ink)
        painter.fillRect(rect.left(), rect.bottom() - thick + 1, rect.width(), thick, ink)
        painter.fillRect(rect.left(), rect.top(), thick, rect.height(), ink)
        painter.fillRect(rect.right() - thick + 1, rect.top(), thick, rect.height(), ink)

    def _paint_light(self, painter: QPainter, lane: Lane, middle: int, state: str) -> None:
        ratio = painter.device().devicePixelRatioF()
        picture = self.lights.get((state, ratio))
        if picture is None:
            picture = self.lights[state, ratio] = light_picture(state, ratio)
        painter.drawPixmap(lane.left + (lane.width - SIDE) // 2 - 1, middle - SIDE // 2 - 1, picture)

    def _paint_fold(self, painter: QPainter, left: int, middle: int, is_folded: bool) -> None:
        """Paint the sign that opens and closes a summary row."""
        shape = ((2, -4), (7, 0), (2, 4)) if is_folded else ((0, -2), (8, -2), (4, 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.inks["computed"])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPolygon(QPolygon([QPoint(left + x, middle + y) for x, y in shape]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
