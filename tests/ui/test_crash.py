"""Reports of the program's own mistakes: where it happened and never what the file says."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLoggingCategory, qCCritical

from ui.crash import CrashReports


@pytest.mark.qt_no_exception_capture
def test_a_report_of_qt_names_the_place_and_not_the_words(qapp, tmp_path: Path, capfd) -> None:
    reports = CrashReports(tmp_path / "reports", lambda place: None)
    reports.install()
    try:
        qCCritical(QLoggingCategory("plans"), "cannot draw “Take over Northwind”")
    finally:
        reports.remove()
    (place,) = (tmp_path / "reports").glob("report-*.txt")
    text = place.read_text(encoding="utf-8")
    assert "QtCriticalMsg, plans" in text
    assert "Northwind" not in text


def test_where_no_report_can_be_written_the_program_starts_and_the_mistake_is_said(qapp, tmp_path) -> None:
    taken = tmp_path / "reports"
    taken.write_text("a file where the folder should be", encoding="utf-8")
    told: list[Path | None] = []
    reports = CrashReports(taken, told.append)
    reports.install()
    try:
        reports.on_exception(ValueError, ValueError("Northwind"), None)
    finally:
        reports.remove()
    assert told == [None]
