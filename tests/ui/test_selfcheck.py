"""The self-check of the packaged program does its steps from source too, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_self_check_does_every_step_and_says_how_long_each_took(tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    code = f"import sys; from ui.selfcheck import selfcheck; sys.exit(selfcheck({str(report)!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=180)
    found = json.loads(report.read_text(encoding="utf-8"))
    assert (done.returncode, found["ok"]) == (0, True), found.get("failed")
    assert list(found["milliseconds"]) == [
        *("window", "new_file", "pages", "migration", "plan_import", "export", "close")
    ]
    assert found["imported_tasks"] >= 28
    assert found["versions"]["PySide6"].startswith("6.11.")
