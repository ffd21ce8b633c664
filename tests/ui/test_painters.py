"""A mistake while painting paints nothing: the window lives and the report is written once."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.test_shell import portfolio
from tests.windows import plan_page, settled, window
from ui.crash import CrashReports
from ui.widgets import gantt_canvas, sheet_paint

UI = Path(__file__).resolve().parents[2] / "ui"


def test_every_painter_is_ended_come_what_may() -> None:
    loose = [
        f"{place.name}: {line.strip()}"
        for place in UI.rglob("*.py")
        for line in place.read_text(encoding="utf-8").splitlines()
        if re.search(r"=\s*Q(Style|Text)?Painter\(", line)
    ]
    assert loose == []


@pytest.mark.parametrize(("where", "name"), [(gantt_canvas, "draw_chart"), (sheet_paint.CellBrush, None)])
def test_a_mistake_while_painting_is_reported_once_and_the_window_goes_on(
    qapp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where, name
) -> None:
    told: list[Path] = []
    reports = CrashReports(tmp_path / "reports", told.append)
    with window() as shell:
        assert shell.open_file(portfolio(tmp_path / "Alpha.pmpf", "Relaunch"))
        shell.go_to("plan")
        settled()
        part = plan_page(shell).canvas if name else plan_page(shell).sheet
        name = name or next(each for each in vars(where) if each.startswith(("paint", "draw")))

        def fails(*_told: object, **_more: object) -> None:
            raise TypeError("a mistake in the program")

        reports.install()
        # pytest's own net for exceptions in Qt's loop would catch what the program has to catch.
        monkeypatch.setattr(sys, "excepthook", reports.on_exception)
        try:
            with monkeypatch.context() as broken:
                broken.setattr(where, name, fails)
                for _ in range(5):
                    part.viewport().update()
                    settled()
        finally:
            reports.remove()
        assert len(told) == 1
        assert len(list((tmp_path / "reports").glob("report-*.txt"))) == 1
        part.viewport().update()
        QTest.keyClick(plan_page(shell).sheet, Qt.Key.Key_Down)
        shell.go_to("portfolio")
        assert shell.page.key == "portfolio"
