"""The checks every change has to pass: formatting, lint, types, contracts between rooms, and all tests."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from environment import ROOT, SCRATCH, VENV, say, venv_python

SOURCES = ["app", "ui", "tests", "build"]


def tool(name: str) -> list[str]:
    """The command of a tool that has its own program in the environment."""
    return [str(venv_python(VENV).with_name(name + (".exe" if os.name == "nt" else "")))]


def module(name: str) -> list[str]:
    """The command of a tool that runs as a Python module."""
    return [str(venv_python()), "-m", name]


def static_steps() -> dict[str, list[str]]:
    """Every check that does not run the program, by what it is called on screen."""
    return {
        "formatting": [*tool("ruff"), "format", "--check", "--quiet", *SOURCES],
        "lint": [*tool("ruff"), "check", "--quiet", *SOURCES],
        "types": module("mypy"),
        "contracts": [*tool("lint-imports"), "--cache-dir", str(SCRATCH / "import-linter")],
    }


def repeatable_environment(private: Path) -> dict[str, str]:
    """The variables under which tests and pictures come out the same everywhere, with private folders."""
    homes = {f"XDG_{kind}_HOME": str(private / kind.lower()) for kind in ("CONFIG", "DATA", "STATE", "CACHE")}
    runtime = private / "runtime"
    temporary = private / "tmp"
    for folder in (*map(Path, homes.values()), runtime, temporary):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        **os.environ,
        **homes,
        "XDG_RUNTIME_DIR": str(runtime),
        "TMPDIR": str(temporary),
        "TEMP": str(temporary),
        "TMP": str(temporary),
        "QT_QPA_PLATFORM": "offscreen",
        "QT_SCALE_FACTOR": "1",
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "en",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "Agg",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(SCRATCH / "hypothesis"),
        "COVERAGE_FILE": str(SCRATCH / "coverage" / "data"),
    }


def run_step(name: str, command: Sequence[str], variables: Mapping[str, str]) -> bool:
    """Run one check with its output on the screen; true when it passed."""
    say(f"── {name}")
    began = time.monotonic()
    passed = subprocess.run(command, cwd=ROOT, env=dict(variables)).returncode == 0
    say(f"   {name} {'passed' if passed else 'FAILED'} in {time.monotonic() - began:.0f} s")
    return passed


def check() -> bool:
    """Run every check that does not run the program; true when all passed."""
    with tempfile.TemporaryDirectory(prefix="pm-portfolio-") as private:
        return closing(run_all(static_steps(), repeatable_environment(Path(private))))


def test(wanted: Sequence[str], *, coverage: bool) -> bool:
    """Run the static checks and all tests, or only the tests named by path; true when all passed.

    With `coverage`, what the tests reached is shown at the end, branches too; this takes about twice as long.
    """
    run_tests = ["coverage", "run", "-m", "pytest"] if coverage else ["pytest"]
    scratch = ["-o", f"cache_dir={SCRATCH / 'pytest'}"]
    both_cores = ["-n", "2", "--dist", "worksteal"]
    chosen = list(wanted) or [*both_cores, "--hypothesis-profile", "steady"]
    steps = {} if wanted else static_steps()
    steps["tests"] = [*module(run_tests[0]), *run_tests[1:], *scratch, *chosen]
    if coverage:
        (SCRATCH / "coverage").mkdir(parents=True, exist_ok=True)
        steps["reached lines put together"] = [*module("coverage"), "combine", "--quiet"]
        steps["what the tests reached"] = [*module("coverage"), "report"]
    with tempfile.TemporaryDirectory(prefix="pm-portfolio-", ignore_cleanup_errors=True) as private:
        return closing(run_all(steps, repeatable_environment(Path(private))))


def run_all(steps: Mapping[str, Sequence[str]], variables: Mapping[str, str]) -> dict[str, bool]:
    """Run all steps even where one fails, so that one run tells everything there is to mend."""
    return {name: run_step(name, command, variables) for name, command in steps.items()}


def closing(results: Mapping[str, bool]) -> bool:
    """Say in one line how it went; true when everything passed."""
    failed = [name for name, passed in results.items() if not passed]
    say(f"Failed: {', '.join(failed)}." if failed else f"All passed: {', '.join(results)}.")
    return not failed
