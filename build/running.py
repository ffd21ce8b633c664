"""Shows the program: the window on a copy of the sample portfolio, or the main job without one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

from checking import repeatable_environment
from environment import ROOT, SCRATCH, SetUpTrouble, say, venv_python

PLACE = SCRATCH / "run"
SAMPLES = ROOT / "resources" / "samples"


def run(*, fresh: bool) -> int:
    """Open the window on a copy of the sample; without a display, do the main job and write pictures."""
    PLACE.mkdir(parents=True, exist_ok=True)
    if not has_display():
        say("There is no display here, so the window cannot open; the main job is done without one.")
        return without_display()
    portfolio = PLACE / "sample.pmpf"
    if fresh or not portfolio.exists():
        say("Making a copy of the sample portfolio …")
        portfolio.unlink(missing_ok=True)
        program(os.environ, "app", "new", str(portfolio), "--sample")
    else:
        say("Opening your copy of the sample as you left it; add --fresh for a new one.")
    say(f"Opening the window on {portfolio.relative_to(ROOT)}. Close it to come back here.")
    code = subprocess.run([str(venv_python()), "-m", "ui", str(portfolio)], cwd=ROOT).returncode
    say(
        "The window was closed; everything you changed is saved."
        if code == 0
        else f"The window ended with {code}."
    )
    return code


def has_display() -> bool:
    """Whether a window can be opened here; on Linux the display named by the environment is really tried."""
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    probe = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
    try:
        tried = subprocess.run([str(venv_python()), "-c", probe], capture_output=True, timeout=30)
    except subprocess.TimeoutExpired:
        return False
    return tried.returncode == 0


def without_display() -> int:
    """Build the sample, import a shipped plan, print its dates, and write pictures of the window."""
    variables = repeatable_environment(PLACE / "private")
    portfolio = PLACE / "without-display.pmpf"
    portfolio.unlink(missing_ok=True)
    pictures = PLACE / "pictures"
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir()
    plan = next(iter(sorted(SAMPLES.glob("*.xml"))), None)
    if plan is None:
        raise SetUpTrouble("There is no plan in resources/samples; is this a whole copy of the repository?")

    say("1. The sample portfolio:")
    program(variables, "app", "new", str(portfolio), "--sample")
    program(variables, "app", "show", str(portfolio))
    say(f"2. Importing the plan {plan.relative_to(ROOT).as_posix()}:")
    imported = json.loads(
        program(variables, "app", "import", str(portfolio), str(plan), "--json", quiet=True)
    )
    differ = len(imported["differences"])
    told = f"{differ} dates differ from its own, each with its rule" if differ else "all dates are its own"
    say(f"   {imported['tasks']} tasks came in as project {imported['project']}; {told}.")
    say("3. Its dates, as this program calculates them:")
    program(variables, "app", "schedule", str(portfolio), "--project", imported["project"])
    say("4. Pictures of the window:")
    program(variables, "ui", str(portfolio), "--pictures", str(pictures))
    for picture in sorted(pictures.rglob("*.png")):
        say(f"   {picture.relative_to(ROOT).as_posix()}")
    say(f"Done. The portfolio is {portfolio.relative_to(ROOT).as_posix()}; the pictures are in {pictures}.")
    return 0


def program(variables: Mapping[str, str], package: str, *arguments: str, quiet: bool = False) -> str:
    """Run our own program and give back what it printed, which is shown too unless `quiet`.

    Raises:
        SetUpTrouble: it did not end well; what it said is on the screen.
    """
    command = [str(venv_python()), "-m", package, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=dict(variables), stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    if not quiet and done.stdout:
        say(done.stdout.rstrip())
    if done.returncode:
        raise SetUpTrouble(f"python -m {' '.join([package, *arguments])} ended with {done.returncode}.")
    return done.stdout
