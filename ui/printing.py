"""A plan on paper: the chart's own painter on pages with repeated headings and columns, fit to a width."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from app.text import tr
from ui.models.grid_model import GridModel
from ui.theme import LIGHT, Role, font
from ui.widgets.gantt_canvas import GanttCanvas
from ui.widgets.gantt_chart import Chart
from ui.widgets.gantt_look import TIER, look_of
from ui.widgets.gantt_paint import draw_chart, draw_header, draw_legend
from ui.widgets.time_axis import day_text, scale_for

_HEAD, _FOOT, _ROW = 46, 34, 24
_PADDING = 6
_WIDEST_TABLE = 0.45
_LOGICAL_DPI = 110
"""Pixels an inch of paper has: what is 12 pixels high on the screen is 8 points on paper."""
_LABEL_ROOM = 110
_MOST_IN_PICTURE, _PICTURE_WIDE = 400, 1600.0
_PRINTED = ("row", "name", "duration", "start", "finish", "percent")


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
    note: str = ""

    @property
    def count(self) -> int:
        return self.across * self.down


def sheets(
    canvas: GanttCanvas, model: GridModel, wide: float, high: float, across: int, note: str = ""
) -> Sheets:
    """Divide a plan over pages of that size so that its time is `across` pages wide.

    `note` says what is left out or how rows are grouped.
    """
    chosen = [n for n, column in enumerate(model.columns) if column.key in _PRINTED] or [0]
    columns: list[tuple[int, int]] = []
    table = 0
    for place in chosen:
        width = model.columns[place].width
        if columns and table + width > wide * _WIDEST_TABLE:
            continue
        columns.append((place, width))
        table += width
    rows = max(1, int((high - _HEAD - _FOOT - 2 * TIER) // _ROW))
    room = wide - table
    view = canvas.view
    scale = scale_for(
        view.plan_start, view.plan_finish, max(60.0, room * across - _LABEL_ROOM - 24), canvas.scale
    )
    count = max(1, len(view.bars))
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
    return Sheets(wide, high, across, rows, ceil(count / rows), tuple(columns), table, chart, note)


def draw_page(painter: QPainter, plan: Sheets, model: GridModel, title: str, number: int) -> None:
    """Draw page `number` (from 0, across first) from the painter's origin."""
    down, across = divmod(number, plan.across)
    chart, look = plan.chart, plan.chart.look
    left = chart.left + across * chart.width
    here = replace(chart, left=left, top=float(down * plan.rows * _ROW))
    shown = min(plan.rows, len(chart.view.bars) - down * plan.rows)
    here = replace(here, height=float(max(1, shown) * _ROW))
    painter.fillRect(QRectF(0, 0, plan.wide, plan.high), look.surface)
    _draw_words(painter, plan, title, number)
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
    _draw_table(painter, plan, model, down * plan.rows, shown)
    painter.restore()
    painter.setPen(look.month_line)
    painter.drawRect(QRectF(0.5, _HEAD + 0.5, plan.wide - 1, 2 * TIER + here.height))
    painter.save()
    painter.translate(0, plan.high - _FOOT + 8)
    draw_legend(painter, here)
    painter.restore()


def _draw_words(painter: QPainter, plan: Sheets, title: str, number: int) -> None:
    view, locale = plan.chart.view, plan.chart.locale
    painter.setPen(QColor(LIGHT.text))
    painter.setFont(font(Role.SECTION))
    painter.drawText(QRectF(0, 0, plan.wide * 0.6, 24), Qt.AlignmentFlag.AlignVCenter, title)
    painter.setFont(font(Role.CAPTION, tabular=True))
    painter.setPen(QColor(LIGHT.secondary))
    span = tr(
        "{start} – {finish}",
        start=day_text(view.plan_start, locale),
        finish=day_text(view.plan_finish, locale),
    )
    if view.status_date is not None:
        span += " · " + tr("Status date {date}", date=day_text(view.status_date, locale))
    if plan.note:
        span += " · " + plan.note
    painter.drawText(QRectF(0, 22, plan.wide * 0.8, 18), Qt.AlignmentFlag.AlignVCenter, span)
    pages = tr("Page {number} of {count}", number=number + 1, count=plan.count)
    right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
    painter.drawText(QRectF(plan.wide - 200, 22, 200, 18), right, pages)


def _draw_table(painter: QPainter, plan: Sheets, model: GridModel, first: int, shown: int) -> None:
    look = plan.chart.look
    metrics = look.label_metrics
    x = 0
    outline = next((n for n, column in enumerate(model.columns) if column.key == "name"), -1)
    for place, width in plan.columns:
        column = model.columns[place]
        side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
        painter.setFont(look.head_strong_font)
        painter.setPen(QColor(LIGHT.text))
        box = QRectF(x + _PADDING, TIER, width - 2 * _PADDING, TIER)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, column.title)
        for at in range(shown):
            row = model.rows[first + at]
            indent = row.level * 12 if place == outline else 0
            painter.setFont(look.head_strong_font if row.is_summary else look.body_font)
            room = width - 2 * _PADDING - indent
            text = metrics.elidedText(row.cells[place], Qt.TextElideMode.ElideRight, room)
            box = QRectF(x + _PADDING + indent, 2 * TIER + at * _ROW, room, _ROW)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, text)
        x += width
        painter.setPen(look.month_line if x == plan.table else QPen(look.row_line))
        painter.drawLine(x, 0, x, 2 * TIER + shown * _ROW)
    painter.setPen(look.row_line)
    for at in range(shown + 1):
        painter.drawLine(0, 2 * TIER + at * _ROW, plan.table, 2 * TIER + at * _ROW)


def draw_on(
    device: QPagedPaintDevice,
    canvas: GanttCanvas,
    model: GridModel,
    title: str,
    across: int,
    note: str = "",
) -> int:
    """Draw the whole plan on a paged device in landscape; give the number of pages."""
    painter = QPainter(device)
    scale = device.logicalDpiX() / _LOGICAL_DPI
    plan = sheets(canvas, model, device.width() / scale, device.height() / scale, across, note)
    for number in range(plan.count):
        if number:
            device.newPage()
        painter.save()
        painter.scale(scale, scale)
        draw_page(painter, plan, model, title, number)
        painter.restore()
    painter.end()
    return plan.count


def write_pdf(
    path: Path, canvas: GanttCanvas, model: GridModel, title: str, across: int = 1, note: str = ""
) -> int:
    """Write the plan as a PDF on A4 in landscape; give the number of pages.

    Raises:
        OSError: the file cannot be written.
    """
    path.touch()
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setResolution(300)
    layout = QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Landscape, QMarginsF(10, 10, 10, 10)
    )
    layout.setUnits(QPageLayout.Unit.Millimeter)
    layout.setMargins(QMarginsF(10, 10, 10, 10))
    writer.setPageLayout(layout)
    return draw_on(writer, canvas, model, title, across, note)


def picture(canvas: GanttCanvas, model: GridModel, title: str, ratio: float = 2.0, note: str = "") -> QImage:
    """The plan as one picture with its columns, at most 400 rows high."""
    plan = _one_page(canvas, model, note)
    made = QImage(QSizeF(plan.wide * ratio, plan.high * ratio).toSize(), QImage.Format.Format_RGB32)
    made.setDevicePixelRatio(ratio)
    painter = QPainter(made)
    draw_page(painter, plan, model, title, 0)
    painter.end()
    return made


def write_drawing(path: Path, canvas: GanttCanvas, model: GridModel, title: str, note: str = "") -> None:
    """Write the plan as one SVG drawing with its columns, at most 400 rows high.

    Raises:
        OSError: the file cannot be written.
    """
    path.touch()
    plan = _one_page(canvas, model, note)
    device = QSvgGenerator()
    device.setFileName(str(path))
    device.setTitle(title)
    device.setResolution(96)
    device.setSize(QSizeF(plan.wide, plan.high).toSize())
    device.setViewBox(QRectF(0, 0, plan.wide, plan.high))
    painter = QPainter(device)
    draw_page(painter, plan, model, title, 0)
    painter.end()


def _one_page(canvas: GanttCanvas, model: GridModel, note: str) -> Sheets:
    rows = min(_MOST_IN_PICTURE, len(canvas.view.bars))
    high = float(_HEAD + _FOOT + 2 * TIER + max(1, rows) * _ROW)
    return sheets(canvas, model, _PICTURE_WIDE, high, 1, note)


def print_chart(parent: QWidget, canvas: GanttCanvas, model: GridModel, title: str, note: str = "") -> None:
    """Show the print preview, from which the plan is printed."""
    from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog

    across = asked_width(parent)
    if across:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
        preview = QPrintPreviewDialog(printer, parent)
        preview.paintRequested.connect(lambda device: draw_on(device, canvas, model, title, across, note))
        preview.exec()
        preview.deleteLater()


def asked_width(parent: QWidget) -> int:
    """How many pages wide the time shall be; 0 for not at all."""
    count, is_wanted = QInputDialog.getInt(parent, tr("Fit to pages"), tr("How many pages wide"), 1, 1, 20)
    return count if is_wanted else 0


def asked_place(parent: QWidget, words: str, title: str, ending: str) -> Path | None:
    """Where a file of that ending shall be written, or ``None``."""
    plain = "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in title).strip() or "plan"
    chosen, _ = QFileDialog.getSaveFileName(parent, words, f"{plain}.{ending}", f"*.{ending}")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix else path.with_suffix(f".{ending}")
