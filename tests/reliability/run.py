"""Kill the real store and cut its power: ``python -m tests.reliability.run [--kills N] [--images N]``.

The testers lie beside the repository and are used as they are; the power-cut simulator's check of
an image is ours, made in its own process, because thousands of Python starts would take an hour.
Prints one JSON object; the exit code is 0 when nothing was lost and every control failed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HARNESS = ROOT.parent / "shared" / "tools" / "reliability"
CONTROLS = (("DELETE", "OFF"), ("WAL", "NORMAL"), ("DELETE", "FULL"))


def recorder(folder: Path) -> Path:
    """The library that records a program's writes, built in a folder."""
    made = folder / "recorder.so"
    source = str(HARNESS / "powercut" / "recorder.c")
    compiler = shutil.which("cc") or "cc"
    flags = ["-shared", "-fPIC", "-O2", "-w", "-o", str(made), source, "-ldl", "-lpthread"]
    subprocess.run([compiler, *flags], check=True)
    return made


def tester(name: str, arguments: list[str]) -> dict[str, Any]:
    """One run of a tester in this process, with its figures and its exit code."""
    for folder in (HARNESS, HARNESS / "powercut"):
        if str(folder) not in sys.path:
            sys.path.insert(0, str(folder))
    module = __import__(name)
    before = sys.argv
    printed = io.StringIO()
    try:
        sys.argv = [name, *arguments]
        with contextlib.redirect_stdout(printed):
            code = module.main()
    finally:
        sys.argv = before
    lines = printed.getvalue().strip().splitlines()
    return {**(json.loads(lines[-1]) if lines else {}), "exit": code}


def kills(count: int) -> dict[str, Any]:
    """The real store, killed ``count`` times."""
    options = ["--wait-first-ack", "--cycles", str(count)]
    return tester("kill_test", ["--module", "tests.reliability.kill_store", *options])


def cuts(count: int, library: Path, seed: int = 1) -> dict[str, Any]:
    """The real store, its power cut ``count`` times."""
    from tests.reliability.edits import check

    sys.path.insert(0, str(HARNESS))
    import kill_test  # type: ignore[import-not-found]

    theirs = kill_test.builtin_check
    kill_test.builtin_check = check
    try:
        writer = f"{sys.executable} -m tests.reliability.writer {{db}} {{seed}}"
        options = ["--recorder", str(library), "--images", str(count), "--seed", str(seed)]
        return tester("powercut", [*options, "--writer", writer])
    finally:
        kill_test.builtin_check = theirs


def control(journal: str, sync: str, library: Path) -> dict[str, Any]:
    """A store that is not ours, set to lose something: a tester that passes it sees too little."""
    return tester("powercut", ["--recorder", str(library), "--journal", journal, "--sync", sync])


def main() -> int:
    """Run everything and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--images", type=int, default=3000)
    asked = parser.parse_args()
    if not HARNESS.is_dir():
        print("The testers are not there: shared/tools/reliability beside this repository.", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="reliability-") as folder:
        library = recorder(Path(folder))
        figures: dict[str, Any] = {"kills": kills(asked.kills), "cuts": cuts(asked.images, library)}
        figures["controls"] = {
            f"{journal} {sync}": control(journal, sync, library) for journal, sync in CONTROLS
        }
    print(json.dumps(figures, indent=1))
    sound = figures["kills"]["exit"] == 0 and figures["cuts"]["exit"] == 0
    seen = all(figure["exit"] == 1 for figure in figures["controls"].values())
    return 0 if sound and seen else 1


if __name__ == "__main__":
    sys.exit(main())
