"""Measured figures: the benches, and the reliability testers that kill the program and cut its power."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from checking import repeatable_environment
from environment import ROOT, SCRATCH, venv_python

BENCHES = ROOT / "tests" / "bench"


def bench(wanted: Sequence[str]) -> int:
    """Run tests/bench/bench_*.py, or those named, and print one JSON object with what each measured."""
    scripts = {path.stem.removeprefix("bench_"): path for path in sorted(BENCHES.glob("bench_*.py"))}
    unknown = [name for name in wanted if name not in scripts]
    if unknown:
        print(f"There is no bench {', '.join(unknown)}; there are {', '.join(scripts)}.", file=sys.stderr)
        return 2
    figures: dict[str, object] = {"machine": machine()}
    failed = []
    with tempfile.TemporaryDirectory(prefix="pm-portfolio-", ignore_cleanup_errors=True) as private:
        variables = repeatable_environment(Path(private)) | {"PYTHONPATH": str(ROOT)}
        for name in wanted or scripts:
            print(f"Measuring {name} …", file=sys.stderr, flush=True)
            command = [str(venv_python()), str(scripts[name])]
            done = subprocess.run(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True)
            try:
                figures[name] = json.loads(done.stdout)
            except ValueError:
                figures[name] = {"printed": done.stdout.strip()}
                failed.append(name)
            if done.returncode and name not in failed:
                failed.append(name)
    text = json.dumps(figures, indent=2, ensure_ascii=False)
    (SCRATCH / "bench.json").write_text(text + "\n", encoding="utf-8")
    print(text)
    print(
        f"Failed: {', '.join(failed)}." if failed else "All measured; kept in .scratch/bench.json.",
        file=sys.stderr,
    )
    return 1 if failed else 0


def reliability(*, kills: int, images: int) -> int:
    """Kill the real store and cut its power so often, with controls that must fail; figures as JSON."""
    print(f"{kills} kills and {images} power cuts; this takes some minutes …", file=sys.stderr, flush=True)
    command = [
        str(venv_python()),
        "-m",
        "tests.reliability.run",
        "--kills",
        str(kills),
        "--images",
        str(images),
    ]
    with tempfile.TemporaryDirectory(prefix="pm-portfolio-", ignore_cleanup_errors=True) as private:
        code = subprocess.run(command, cwd=ROOT, env=repeatable_environment(Path(private))).returncode
    told = {0: "Nothing was lost, and every control failed as it must.", 2: "Not run."}
    print(told.get(code, "FAILED: something was lost, or a control passed."), file=sys.stderr)
    return code


def machine() -> dict[str, object]:
    """What was measured on, for whoever reads the figures elsewhere."""
    return {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}
