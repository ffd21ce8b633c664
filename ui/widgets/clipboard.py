"""Blocks of cells to and from the clipboard, as Excel and LibreOffice read and write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData

Block = list[list[str]]


def to_tsv(block: Sequence[Sequence[str]]) -> str:
    """Give a block as tab-separated lines; cells with a tab, a quote or a line break are quoted."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in block)


def to_html(block: Sequence[Sequence[str]]) -> str:
    """Give a block as an HTML table."""
    rows = "".join("<tr>" + "".join(f"<td>{_lines(cell)}</td>" for cell in row) + "</tr>" for row in block)
    return f"<table>{rows}</table>"


def from_tsv(text: str) -> Block:
    """Read tab-separated lines; every row comes back equally long."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", quotechar='"', strict=False)
    rows = [row or [""] for row in reader]
    longest = max((len(row) for row in rows), default=0)
    return [row + [""] * (longest - len(row)) for row in rows]


def to_mime(block: Sequence[Sequence[str]]) -> QMimeData:
    """Give a block in both forms, for the clipboard."""
    made = QMimeData()
    made.setText(to_tsv(block))
    made.setHtml(to_html(block))
    return made


def from_mime(mime: QMimeData) -> Block:
    """Read a block from the clipboard; empty when there is no text on it."""
    return from_tsv(mime.text()) if mime.hasText() else []


def _quoted(cell: str) -> str:
    if any(sign in cell for sign in '\t\n\r"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _lines(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")
