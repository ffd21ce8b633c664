"""A view written as a workbook or as text: values that count, texts that never calculate."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest

from app.domain.errors import FileTrouble, Refusal
from app.exchange.view_sheet import ShownTable, csv_of, value_of, workbook_of, write_table
from app.views.tables import Column, Row

COLUMNS = (
    Column("name", "Name"),
    Column("start", "Start", kind="date"),
    Column("percent", "% complete", kind="percent"),
    Column("cost", "Cost", kind="money"),
)
ROWS = (
    Row("s", ("Build", "28 Sept 2026", "45%", "1,250"), is_summary=True),
    Row("a", ("=1+1", "", "0%", "\u22125"), level=1),
)
TABLE = ShownTable("Relaunch", COLUMNS, ROWS, (("Filter", "=HYPERLINK()"), ("Status date", "1 Oct 2026")))


def test_dates_percentages_and_figures_are_values_in_the_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(TABLE)))
    rows = [[cell.value for cell in row] for row in book["View"].iter_rows()]
    assert rows[1] == ["Build", datetime(2026, 9, 28), 0.45, 1250]
    assert rows[2] == ["=1+1", None, 0, -5]
    assert book["View"]["A3"].data_type == "s"
    assert book["View"]["A2"].font.bold
    assert [cell.value for cell in book["About"][1]] == ["Filter", "=HYPERLINK()"]
    assert book["About"]["B1"].data_type == "s"


def test_the_text_table_leads_what_would_calculate_by_an_apostrophe() -> None:
    lines = csv_of(TABLE).decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Name,Start,% complete,Cost"
    assert lines[1] == "Build,2026-09-28,45%,1250"
    assert lines[2].startswith("'=1+1,,0%,")


def test_what_cannot_be_read_as_a_value_stays_text() -> None:
    assert value_of("date", "soon", "en_GB") == "soon"
    assert value_of("duration", "3d", "en_GB") == "3d"
    assert value_of("date", "28. Sept. 2026", "de_DE") == datetime(2026, 9, 28)


def test_a_table_is_written_whole_or_not_at_all(tmp_path) -> None:
    for ending in (".xlsx", ".csv"):
        write_table(TABLE, tmp_path / f"plan{ending}")
        assert (tmp_path / f"plan{ending}").stat().st_size
    with pytest.raises(Refusal):
        write_table(TABLE, tmp_path / "plan.doc")
    with pytest.raises(FileTrouble):
        write_table(TABLE, tmp_path / "nowhere" / "plan.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plan.csv", "plan.xlsx"]
