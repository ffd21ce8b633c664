"""The two testers that hurt the real store: killed at random moments, and its disk losing power.

They are kept beside the repository; our own writer and checker are in tests/reliability. Linux only.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from checking import repeatable_environment
from environment import ROOT, SCRATCH, say, venv_python

HARNESS = ROOT.parent / "shared" / "tools" / "reliability"
OURS = "tests.reliability"


def hurt(*, kills: int, images: int) -> int:
    """Run both testers and their controls; 0 when nothing was lost and every control failed as it must."""
    if not HARNESS.is_dir():
        say("The testers are not there: they are kept in shared/tools/reliability beside this repository.")
        return 2
    compiler = shutil.which("cc")
    if not sys.platform.startswith("linux") or compiler is None:
        say("The power-cut simulator needs Linux and a C compiler (Debian: apt-get install gcc libc6-dev).")
        return 2
    recorder = SCRATCH / "recorder.so"
    SCRATCH.mkdir(exist_ok=True)
    source = str(HARNESS / "powercut" / "recorder.c")
    build = [compiler, "-shared", "-fPIC", "-O2", "-w", "-o", str(recorder), source, "-ldl", "-lpthread"]
    subprocess.run(build, check=True)
    python = str(venv_python())
    kill = [python, str(HARNESS / "kill_test.py")]
    cut = [python, str(HARNESS / "powercut" / "powercut.py"), "--recorder", str(recorder)]
    programs = [
        *("--writer", f"{python} -m {OURS}.writer {{db}}"),
        *("--checker", f"{python} -m {OURS}.checker {{db}}"),
    ]
    good = [
        run(
            f"{kills} kills of the real store",
            [*kill, "--module", f"{OURS}.kill_store", "--cycles", str(kills)],
        ),
        run(f"{images} power cuts of the real store", [*cut, *programs, "--images", str(images)]),
    ]
    controls = [
        run(f"control, to fail: {journal} with {sync}", [*cut, "--journal", journal, "--sync", sync])
        for journal, sync in (("DELETE", "OFF"), ("WAL", "NORMAL"), ("DELETE", "FULL"))
    ]
    say(f"Real store: {'nothing lost' if all(good) else 'FAILED'}.")
    told = "one passed, so the testers see too little" if any(controls) else "all failed as they must"
    say(f"Controls: {told}.")
    return 0 if all(good) and not any(controls) else 1


def run(name: str, command: list[str]) -> bool:
    """Run one tester with its figures on the screen; true when it found nothing lost."""
    say(f"── {name}")
    with tempfile.TemporaryDirectory(prefix="pm-portfolio-", ignore_cleanup_errors=True) as private:
        variables = repeatable_environment(Path(private)) | {"PYTHONPATH": os.pathsep.join([str(ROOT)])}
        return subprocess.run(command, cwd=ROOT, env=variables).returncode == 0
