"""A plan on paper: the chart's own painter on pages with repeated headings and columns, fit to a width."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QImageWriter,
    QPagedPaintDevice,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from app.domain.errors import FileTrouble, TroubleKind
from app.text import tr
from app.views.formats import date_text
from app.views.gantt_axis import TimeScale, scale_for
from app.views.gantt_shapes import NOWHERE
from ui.dialogs.paper import USUAL, Paper, PaperDialog
from ui.models.grid_model import GridModel
from ui.theme import LIGHT, Role, font
from ui.widgets.gantt_canvas import GanttCanvas
from ui.widgets.gantt_chart import Chart
from ui.widgets.gantt_look import LABEL_GAP, TIER, look_of
from ui.widgets.gantt_paint import draw_chart, draw_header, draw_legend

_HEAD, _FOOT, _ROW = 46, 34, 24
_PADDING = 6
_WIDEST_TABLE = 0.45
_LOGICAL_DPI = 110
"""Pixels an inch of paper has: what is 12 pixels high on the screen is 8 points on paper."""
_LABEL_ROOM, _MOST_FOR_LABELS = 110, 0.35
_PICTURE_WIDE = 1600.0
_MOST_PIXELS, _LONGEST_SIDE = 64_000_000, 32_000
_RATIOS = (2.0, 1.5, 1.0)
MOST_ROWS = {"png": (_LONGEST_SIDE - 200) // _ROW, "svg": 20_000}
"""How many rows one picture of a kind can hold."""
_NAME_LEAST, _NUMBERS = 200, 36
_SMALLEST = 2.5
"""Rows are made no smaller than by this, so that a good eye still reads them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is put on paper: the rows and the chart as they are shown, under a title.

    `note` says what is left out or how rows are arranged; `number_of` gives a row key's number.
    """

    canvas: GanttCanvas
    model: GridModel
    title: str
    note: str = ""
    number_of: Callable[[str], str] = lambda key: ""


@dataclass(slots=True)
class Sheets:
    """How a plan falls on pages: what each shows, in logical pixels."""

    wide: float
    high: float
    across: int
    rows: int
    down: int
    columns: tuple[tuple[int, int], ...]
    table: int
    chart: Chart
    shown: Shown
    shrunk: float = 1.0

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self.across * self.down


def sheets(shown: Shown, wide: float, high: float, across: int, down: int = 0) -> Sheets:
    """Divide a plan over pages of that size so that its time is `across` pages wide.

    With `down` everything is made smaller until
    the rows fit on so many pages, as far as it can still be read; `shrunk` says by how much.
    """
    canvas, model = shown.canvas, shown.model
    count = max(1, len(canvas.view.bars))
    needed = _HEAD + _FOOT + 2 * TIER + ceil(count / down) * _ROW if down else 0.0
    shrunk = min(_SMALLEST, max(1.0, needed / high))
    wide, high = wide * shrunk, high * shrunk
    columns = _printed_columns(model, wide * _WIDEST_TABLE - _NUMBERS)
    table = _NUMBERS + sum(width for _, width in columns)
    rows = max(1, int((high - _HEAD - _FOOT - 2 * TIER + 0.01) // _ROW))
    room = wide - table
    view = canvas.view
    scale = _scale_with_labels(canvas, room * across - 24)
    chart = replace(
        canvas.chart(),
        view=view,
        scale=scale,
        look=look_of(LIGHT),
        left=scale.x(view.plan_start) - 16,
        top=0.0,
        width=room,
        height=float(rows * _ROW),
        row=_ROW,
        selected=frozenset(),
        hovered=-1,
        chain_links=frozenset(),
    )
    return Sheets(wide, high, across, rows, ceil(count / rows), columns, table, chart, shown, shrunk)


def _scale_with_labels(canvas: GanttCanvas, room: float) -> TimeScale:
    """The scale at which the plan fits into so many pixels together with what stands beside its bars."""
    view, bars = canvas.view, canvas.view.bars

    def scale(free: float) -> TimeScale:
        return scale_for(view.plan_start, view.plan_finish, max(60.0, room - free), canvas.scale)

    first = scale(_LABEL_ROOM)
    measure = QFontMetricsF(font(Role.CAPTION))
    left = first.x(view.plan_start) + room - LABEL_GAP
    beyond = [
        first.x(finish) + measure.horizontalAdvance(label) - left
        for finish, label in zip(bars.finish.tolist(), bars.labels, strict=True)
        if label and finish != NOWHERE
    ]
    over = max(beyond, default=0.0)
    return scale(min(_LABEL_ROOM + over, room * _MOST_FOR_LABELS)) if over > 0 else first


def _printed_columns(model: GridModel, room: float) -> tuple[tuple[int, int], ...]:
    """The columns as they stand on the screen, as far as they fit; the name gives way first."""
    kept: list[tuple[int, int]] = []
    total = 0
    for place, column in enumerate(model.columns):
        if column.key == "signs":
            continue
        least = min(column.width, _NAME_LEAST) if column.key == "name" else column.width
        if kept and total + least > room:
            break
        kept.append((place, least))
        total += least
    free = max(0, int(room) - total)
    return tuple(
        (
            place,
            min(model.columns[place].width, width + free if model.columns[place].key == "name" else width),
        )
        for place, width in kept
    )


def draw_page(painter: QPainter, plan: Sheets, number: int) -> None:
    """Draw page `number` (from 0, across first) from the painter's origin."""
    down, across = divmod(number, plan.across)
    chart, look = plan.chart, plan.chart.look
    left = chart.left + across * chart.width
    here = replace(chart, left=left, top=float(down * plan.rows * _ROW))
    shown = min(plan.rows, len(chart.view.bars) - down * plan.rows)
    here = replace(here, height=float(max(1, shown) * _ROW))
    painter.fillRect(QRectF(0, 0, plan.wide, plan.high), look.surface)
    _draw_words(painter, plan, number)
    painter.save()
    painter.translate(plan.table, _HEAD)
    painter.setClipRect(QRectF(0, 0, here.width, 2 * TIER + here.height))
    draw_header(painter, here)
    painter.translate(0, 2 * TIER)
    painter.setClipRect(QRectF(0, 0, here.width, here.height))
    draw_chart(painter, here)
    painter.restore()
    painter.save()
    painter.translate(0, _HEAD)
    _draw_table(painter, plan, down * plan.rows, shown)
    painter.restore()
    painter.setPen(look.month_line)
    painter.drawRect(QRectF(0.5, _HEAD + 0.5, plan.wide - 1, 2 * TIER + here.height))
    painter.save()
    painter.translate(0, plan.high - _FOOT + 8)
    draw_legend(painter, here)
    painter.restore()


def _draw_words(painter: QPainter, plan: Sheets, number: int) -> None:
    view, locale = plan.chart.view, plan.chart.locale
    painter.setPen(QColor(LIGHT.text))
    painter.setFont(font(Role.SECTION))
    painter.drawText(QRectF(0, 0, plan.wide * 0.6, 24), Qt.AlignmentFlag.AlignVCenter, plan.shown.title)
    painter.setFont(font(Role.CAPTION, tabular=True))
    painter.setPen(QColor(LIGHT.secondary))
    begin, end = view.span
    span = tr(
        "{start} – {finish}",
        start=date_text(begin, locale),
        finish=date_text(end, locale),
    )
    if view.status_date is not None:
        span += " · " + tr("Status date {date}", date=date_text(view.status_date, locale))
    if plan.shown.note:
        span += " · " + plan.shown.note
    painter.drawText(QRectF(0, 22, plan.wide * 0.8, 18), Qt.AlignmentFlag.AlignVCenter, span)
    pages = tr("Page {number} of {count}", number=number + 1, count=plan.count)
    right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.drawText(QRectF(plan.wide - 200, 22, 200, 18), right, pages)


def _draw_table(painter: QPainter, plan: Sheets, first: int, shown: int) -> None:
    look, model = plan.chart.look, plan.shown.model
    _draw_numbers(painter, plan, first, shown)
    x = _NUMBERS
    outline = next((n for n, column in enumerate(model.columns) if column.key == "name"), -1)
    for place, width in plan.columns:
        column = model.columns[place]
        is_figure = column.align == "right"
        side = Qt.AlignmentFlag.AlignRight if is_figure else Qt.AlignmentFlag.AlignLeft
        faces = font(Role.CAPTION, tabular=is_figure), font(Role.CAPTION_STRONG, tabular=is_figure)
        measures = QFontMetricsF(faces[0]), QFontMetricsF(faces[1])
        painter.setFont(faces[1])
        painter.setPen(QColor(LIGHT.text))
        box = QRectF(x + _PADDING, TIER, width - 2 * _PADDING, TIER)
        title = measures[1].elidedText(column.title, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, title)
        for at in range(shown):
            row = model.rows[first + at]
            indent = row.level * 12 if place == outline else 0
            painter.setFont(faces[row.is_summary])
            room = width - 2 * _PADDING - indent
            text = row.cells[place].replace("\n", " ")
            text = measures[row.is_summary].elidedText(text, Qt.TextElideMode.ElideRight, room)
            box = QRectF(x + _PADDING + indent, 2 * TIER + at * _ROW, room, _ROW)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, text)
        x += width
        painter.setPen(look.month_line if x == plan.table else QPen(look.row_line))
        painter.drawLine(x, 0, x, 2 * TIER + shown * _ROW)
    painter.setPen(look.row_line)
    for at in range(shown + 1):
        painter.drawLine(0, 2 * TIER + at * _ROW, plan.table, 2 * TIER + at * _ROW)


def _draw_numbers(painter: QPainter, plan: Sheets, first: int, shown: int) -> None:
    """Draw the rows' numbers, by which predecessors are named."""
    painter.setFont(font(Role.CAPTION, tabular=True))
    painter.setPen(QColor(LIGHT.hint))
    side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    for at in range(shown):
        box = QRectF(0, 2 * TIER + at * _ROW, _NUMBERS - _PADDING, _ROW)
        painter.drawText(box, side, plan.shown.number_of(plan.shown.model.rows[first + at].key))
    painter.setPen(plan.chart.look.row_line)
    painter.drawLine(_NUMBERS, 0, _NUMBERS, 2 * TIER + shown * _ROW)


def draw_on(device: QPagedPaintDevice, shown: Shown, paper: Paper) -> Sheets:
    """Draw the whole plan on a paged device; give how it fell on the pages.

    A printer that takes no more, or took nothing, has told its own trouble: drawing ends there.
    """
    with QPainter(device) as painter:
        scale = device.logicalDpiX() / _LOGICAL_DPI
        wide, high = device.width() / scale, device.height() / scale
        plan = sheets(shown, wide, high, paper.across, paper.down)
        for number in range(plan.count):
            if number and not device.newPage():
                break
            painter.save()
            painter.scale(scale / plan.shrunk, scale / plan.shrunk)
            draw_page(painter, plan, number)
            painter.restore()
    return plan


def write_pdf(path: Path, shown: Shown, paper: Paper = USUAL) -> Sheets:
    """Write the plan as a PDF; give how it fell on the pages.

    Raises:
        FileTrouble: the file cannot be written; what stood there before is as it was.
    """
    with _whole(path) as buffer:
        writer = QPdfWriter(buffer)
        writer.setTitle(shown.title)
        writer.setResolution(300)
        writer.setPageLayout(paper.layout())
        return draw_on(writer, shown, paper)


def picture(shown: Shown, ratio: float | None = None) -> QImage:
    """The plan as one picture with its columns, whole up to `MOST_ROWS`; `ratio` is pixels per unit.

    Without a ratio it is drawn for sharp screens, and coarser the longer the plan is.
    """
    plan = _one_page(shown, "png")
    if ratio is None:
        ratio = next(
            (
                fit
                for fit in _RATIOS
                if plan.wide * plan.high * fit * fit <= _MOST_PIXELS and plan.high * fit <= _LONGEST_SIDE
            ),
            _RATIOS[-1],
        )
    made = QImage(QSizeF(plan.wide * ratio, plan.high * ratio).toSize(), QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(ratio)
    with QPainter(made) as painter:
        draw_page(painter, plan, 0)
    return made


def write_drawing(path: Path, shown: Shown) -> None:
    """Write the plan as one SVG drawing with its columns, whole up to `MOST_ROWS`.

    Raises:
        FileTrouble: the file cannot be written; what stood there before is as it was.
    """
    plan = _one_page(shown, "svg")
    with _whole(path) as buffer:
        device = QSvgGenerator()
        device.setOutputDevice(buffer)
        device.setTitle(shown.title)
        device.setResolution(96)
        device.setSize(QSizeF(plan.wide, plan.high).toSize())
        device.setViewBox(QRectF(0, 0, plan.wide, plan.high))
        with QPainter(device) as painter:
            draw_page(painter, plan, 0)


def write_picture(path: Path, shown: Shown) -> None:
    """Write the plan as one PNG picture with its columns, whole up to `MOST_ROWS`.

    Raises:
        FileTrouble: the file cannot be written; what stood there before is as it was.
    """
    with _whole(path) as buffer:
        QImageWriter(buffer, QByteArray(b"png")).write(picture(shown))


@contextmanager
def _whole(path: Path) -> Iterator[QBuffer]:
    """Have a file drawn in memory, then put it in its place whole or not at all."""
    from app.exchange.exporting import put

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    yield buffer
    if not buffer.size():
        sentence = tr("{name} was not written: there is too little memory to draw it.", name=path.name)
        raise FileTrouble(TroubleKind.OTHER, sentence)
    put(path, bytes(buffer.data().data()))


def _one_page(shown: Shown, kind: str) -> Sheets:
    rows = min(MOST_ROWS[kind], len(shown.canvas.view.bars))
    high = float(_HEAD + _FOOT + 2 * TIER + max(1, rows) * _ROW)
    return sheets(shown, _PICTURE_WIDE, high, 1)


def print_chart(parent: QWidget, shown: Shown, paper: Paper) -> None:
    """Show the print preview, from which the plan is printed."""
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(paper.layout())
    printer.setDocName(shown.title)
    preview = QPrintPreviewDialog(printer, parent)
    preview.paintRequested.connect(lambda device: draw_on(device, shown, paper))
    preview.exec()
    preview.deleteLater()


def asked_paper(parent: QWidget, paper: Paper) -> Paper | None:
    """Which sheet and how many pages; ``None`` for not at all."""
    dialog = PaperDialog(paper, parent)
    found = dialog.paper if dialog.exec() else None
    dialog.deleteLater()
    return found
