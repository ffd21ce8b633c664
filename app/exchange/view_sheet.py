"""A table as it is shown, as a workbook and as CSV: these rows, these columns, in this order.

Dates, percentages and figures become values that a spreadsheet can count with; all else is text, and no
text is ever taken for a formula.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]

from app.domain.errors import Refusal
from app.domain.numerals import parse_number
from app.domain.typed import parse_moment, parse_percent
from app.domain.values import Moment, datetime_of
from app.exchange.exporting import put
from app.exchange.task_sheet import LONGEST_CELL, harmless, is_formula
from app.text import tr
from app.views.tables import CellKind, Column, Row

ENDINGS = (".xlsx", ".csv")
INDENT_MOST = 15
"""The deepest indent a workbook knows."""
_MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class ShownTable:
    """What is written: the table, and lines (name, text) that say of what, as of when, what is left out."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    facts: tuple[tuple[str, str], ...]
    locale: str = "en_GB"


Value = str | float | datetime


def value_of(kind: CellKind, text: str, locale: str) -> Value:
    """A cell's text as a value where its column holds dates, percentages or figures; else the text."""
    plain = text.replace(_MINUS, "-")
    try:
        if not plain:
            return ""
        if kind == "date":
            return datetime_of(parse_moment(plain, Moment(0), 0, locale))
        if kind == "percent":
            return parse_percent(plain, locale) / 100
        if kind in ("number", "money"):
            return float(parse_number(plain, locale))
    except Refusal:
        return text
    return text


def csv_of(table: ShownTable) -> bytes:
    """The table as CSV in UTF-8 with the mark Excel knows it by; dates in ISO form."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in table.columns])
    for row in table.rows:
        writer.writerow(
            [
                _plain(value_of(column.kind, cell, table.locale), column.kind, cell)
                for column, cell in zip(table.columns, row.cells, strict=True)
            ]
        )
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


def _plain(value: Value, kind: CellKind, text: str) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float):
        return text if kind == "percent" else f"{value:g}" if abs(value) < 1e6 else f"{value:.2f}"
    return harmless(value)


def workbook_of(table: ShownTable) -> bytes:
    """The table as a workbook, outline and bold summaries kept; a second sheet says what it shows."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    page = book.add_worksheet(tr("View"))
    forms = _Forms(book)
    for at, column in enumerate(table.columns):
        page.write_string(0, at, column.title[:LONGEST_CELL], forms.of(heading=True))
        page.set_column(at, at, max(8, column.width / 7))
    for number, row in enumerate(table.rows, 1):
        for at, column in enumerate(table.columns):
            _write(page, forms, number, at, row, column, table.locale)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, max(1, len(table.rows)), max(0, len(table.columns) - 1))
    about = book.add_worksheet(tr("About"))
    about.set_column(0, 0, 22)
    about.set_column(1, 1, 60)
    for number, (name, text) in enumerate(table.facts):
        about.write_string(number, 0, name, forms.of(heading=True))
        about.write_string(number, 1, text[:LONGEST_CELL], forms.of(guarded=is_formula(text)))
    book.close()
    return target.getvalue()


class _Forms:
    """The cell formats of a workbook, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], object] = {}

    def of(
        self,
        *,
        heading: bool = False,
        bold: bool = False,
        indent: int = 0,
        number: str = "",
        guarded: bool = False,
    ) -> object:
        key = (heading, bold, indent, number, guarded)
        if key not in self._made:
            made = self._book.add_format({"bold": heading or bold, "indent": indent})
            if heading:
                made.set_bottom(1)
            if number:
                made.set_num_format(number)
            if guarded:
                made.set_quote_prefix()
            self._made[key] = made
        return self._made[key]


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    forms: _Forms,
    number: int,
    at: int,
    row: Row,
    column: Column,
    locale: str,
) -> None:
    value = value_of(column.kind, row.cells[at], locale)
    bold = row.is_summary
    if isinstance(value, datetime):
        page.write_datetime(number, at, value, forms.of(bold=bold, number="yyyy-mm-dd"))
    elif isinstance(value, float):
        form = forms.of(bold=bold, number="0%" if column.kind == "percent" else "")
        page.write_number(number, at, value, form)
    elif value:
        indent = min(row.level, INDENT_MOST) if column.key == "name" else 0
        form = forms.of(bold=bold, indent=indent, guarded=is_formula(value))
        page.write_string(number, at, value[:LONGEST_CELL], form)


def write_table(table: ShownTable, target: Path) -> None:
    """Write a table in the form the target's ending says; an existing file is replaced, whole or not at all.

    Raises:
        Refusal: the ending is none of ``ENDINGS``.
        FileTrouble: the place cannot be written.
    """
    forms = {".xlsx": workbook_of, ".csv": csv_of}
    form = forms.get(target.suffix.lower())
    if form is None:
        known = ", ".join(ENDINGS)
        raise Refusal(
            tr("“{ending}” is no form to export to; use one of {known}.", ending=target.suffix, known=known)
        )
    put(target, form(table))
