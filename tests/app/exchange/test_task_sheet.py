"""Sheets hold the plan as it is, and no text in them ever becomes a formula."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime

from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from app.derive.schedule import schedule_of
from app.domain.document import Document
from app.domain.values import TaskId
from app.exchange.task_sheet import LONGEST_CELL, sheet_of, write_csv, write_json, write_xlsx
from tests.app.exchange.plans import PROJECT, rich_document


def named(text: str) -> Document:
    """The rich plan with one task of that name."""
    document = rich_document()
    return Document.holding(
        replace(record, name=text) if record.id == TaskId("t3") else record for record in document.records()
    )


def test_a_row_tells_links_people_dates_and_own_columns() -> None:
    document = rich_document()
    result = schedule_of(document, PROJECT)
    sheet = sheet_of(document, PROJECT, result)
    row = dict(zip(sheet.keys, sheet.rows[1], strict=True))
    assert (row["uid"], row["wbs"], row["name"], row["duration"]) == (11, "1.1", "Survey", "3d?")
    assert (row["resources"], row["percent_complete"], row["Text2"]) == ("Ann Engineer[75%]", 40, "Upper")
    assert isinstance(row["start"], datetime)
    later = dict(zip(sheet.keys, sheet.rows[2], strict=True))
    assert later["predecessors"] == "2SS+50%"
    last = dict(zip(sheet.keys, sheet.rows[4], strict=True))
    assert last["predecessors"] == "4FF+2ed; OTHER/uid:12"


def test_csv_opens_in_a_spreadsheet_with_its_letters_and_lines() -> None:
    document = named("Über=\n„Zeile“, zwei")
    content = write_csv(document, PROJECT, schedule_of(document, PROJECT))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len({len(row) for row in rows}) == 1
    assert rows[3][rows[0].index("Name")] == "Über=\n„Zeile“, zwei"


def test_csv_texts_that_would_be_formulas_are_led_by_an_apostrophe() -> None:
    for text in ("=cmd|' /C calc'!A0", "+1", "-1", "@sum", "\t=1", " =1", "＝1"):
        document = named(text)
        content = write_csv(document, PROJECT, schedule_of(document, PROJECT)).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(content, newline="")))
        assert rows[3][rows[0].index("Name")] == f"'{text}"


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60).filter(
    lambda text: not any(ord(letter) in (0xFFFE, 0xFFFF) for letter in text)
)


@settings(max_examples=60)
@given(TEXTS)
@example('=HYPERLINK("http://127.0.0.1","x")')
@example("+1+1")
@example("-2")
@example("@SUM(A1)")
@example("{=1}")
@example("http://example.org")
@example("\u202eright to left")
@example("a_x000D_b")
@example("  spaced  ")
def test_any_text_is_a_text_in_the_workbook_and_comes_back(text: str) -> None:
    document = named(text)
    content = write_xlsx(document, PROJECT, schedule_of(document, PROJECT))
    page = load_workbook(io.BytesIO(content))["Plan"]
    column = next(cell.column for cell in page[1] if cell.value == "Name")
    cell = page.cell(4, column)
    assert cell.data_type == "s"
    # Excel writes control characters as _x001F_ and reads them so; openpyxl leaves that to its caller.
    assert lined(text) in (lined(str(cell.value)), lined(unescape(str(cell.value))))


def lined(text: str) -> str:
    """The text with one kind of line end: XML keeps no other."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def test_the_workbook_holds_no_formula_no_link_and_no_macro() -> None:
    document = named("=1+1")
    content = write_xlsx(document, PROJECT, schedule_of(document, PROJECT))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert not [name for name in book.namelist() if "vba" in name.lower() or "externalLink" in name]
        text = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in text
    assert "hyperlink" not in text


def test_a_text_longer_than_a_cell_is_cut_at_the_cells_length() -> None:
    document = named("n" * 40_000)
    page = load_workbook(io.BytesIO(write_xlsx(document, PROJECT, schedule_of(document, PROJECT))))["Plan"]
    assert len(str(page.cell(4, 5).value)) == LONGEST_CELL


def test_json_names_every_cell_and_writes_moments_in_iso_form() -> None:
    document = rich_document()
    value = json.loads(write_json(document, PROJECT, schedule_of(document, PROJECT)))
    assert (value["project"], value["status_date"]) == ("NET", "2027-02-01T17:00")
    assert [task["uid"] for task in value["tasks"]] == [10, 11, 12, 13, 14, 20]
    assert value["tasks"][1]["actual_start"] == "2027-01-04T08:00"
