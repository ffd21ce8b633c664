"""Kill the window wherever text is typed: ``python -m tests.reliability.kill_window [--kills N]``.

After every kill each saved edit has to be back, and the text kept for the user at most two seconds
old. Prints one JSON object; the exit code is 0 when nothing was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from app.operations import projects, tasks
from app.workspace import Who, Workspace, examine

PLACES = ("cell", "new_project", "preferences", "backups")
OLDEST = 2.0
SLACK = 0.6
"""Seconds that a busy machine may take to come round to the timer."""
ROOT = Path(__file__).resolve().parents[2]


def killed(folder: Path, place: str, seconds: float) -> tuple[list[str], float]:
    """What a window printed in the time it had, and when it was killed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PM_PORTFOLIO_HOME": str(folder / "home")}
    command = [sys.executable, "-m", "tests.reliability.window_to_kill", str(folder / "it.pmpf"), place]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout is not None
        lines = [window.stdout.readline()]
        time.sleep(seconds)
        window.kill()
        at = time.monotonic()
        lines += window.stdout.read().splitlines()
    return [line.strip() for line in lines], at


def lost(place: str, rnd: random.Random) -> list[str]:
    """Kill one window at work, and say what was lost."""
    with tempfile.TemporaryDirectory(prefix="kill-window-") as name:
        folder = Path(name)
        with Workspace.create(folder / "it.pmpf", owner=Who("pm", "desk")) as door:
            made = door.run(projects.create("Relaunch")).result
            door.run(tasks.add_many(made, ("Analyse", "Design")))
        lines, at = killed(folder, place, rnd.uniform(0.5, 5.0))
        edits = [int(line.split()[1]) for line in lines if line.startswith("ACK")]
        typed = [line.split() for line in lines if line.startswith("TYPED")]
        with Workspace.open(folder / "it.pmpf", owner=Who("pm", "desk")) as door:
            (project,) = door.document.projects
            found = int(project.notes or 0)
        problems = [problem.sentence for problem in examine(folder / "it.pmpf", full=True)]
        if found < max(edits, default=0):
            problems.append(f"{place}: edit {max(edits)} was saved and {found} is there")
        due = max((int(count) for _, when, count in typed if float(when) < at - OLDEST - SLACK), default=0)
        kept = max((text.count("x") for text in _kept(folder)), default=0)
        if kept < due:
            problems.append(f"{place}: {due} letters were due and {kept} are kept")
    return problems


def _kept(folder: Path) -> list[str]:
    sittings = (folder / "home" / "recovery").glob("sitting-*.json")
    return [text["text"] for file in sittings for text in json.loads(file.read_text())["texts"]]


def main() -> int:
    """Kill as often as asked, place by place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    kills = parser.parse_args().kills
    rnd = random.Random(1)
    problems = [each for number in range(kills) for each in lost(PLACES[number % len(PLACES)], rnd)]
    told: dict[str, Any] = {"kills": kills, "problems": problems}
    print(json.dumps(told, indent=1))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
