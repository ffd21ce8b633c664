"""The window killed where text is typed: each saved edit is back, and the text two seconds old at most."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="a process is killed this way on POSIX only")
def test_a_killed_window_loses_no_edit_and_at_most_two_seconds_of_typing() -> None:
    command = [sys.executable, "-m", "tests.reliability.kill_window", "--kills", "5"]
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=170, check=False)
    assert json.loads(done.stdout) == {"kills": 5, "problems": []}, done.stderr[-2000:]
