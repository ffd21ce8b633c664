"""Remakes the hash-pinned lock files from pyproject.toml; one lock serves Linux, Windows and macOS."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from environment import DEV_LOCK, PACKAGE_LOCK, ROOT, RUNTIME_LOCK, SCRATCH, install, say, venv_python


def remake(*, upgrade: bool) -> None:
    """Write the three locks; versions that still fit stay as they are unless `upgrade` is wanted."""
    venv = SCRATCH / "lock-venv"
    if not venv_python(venv).exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        install(venv, ["uv"])
    compile_lock(venv, RUNTIME_LOCK, [], upgrade=upgrade)
    compile_lock(venv, DEV_LOCK, ["--extra", "dev", "-c", str(RUNTIME_LOCK)], upgrade=upgrade)
    compile_lock(venv, PACKAGE_LOCK, ["--extra", "package", "-c", str(RUNTIME_LOCK)], upgrade=upgrade)
    say("The locks are made. Next: python3 build/dev.py setup")


def compile_lock(venv: Path, lock: Path, options: list[str], *, upgrade: bool) -> None:
    """Resolve for every system at once, each file pinned by its hashes, and name no registry."""
    say(f"Resolving {lock.name} …")
    resolve = [str(venv_python(venv)), "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet"]
    everywhere = ["--universal", "--python-version", "3.11", "--fork-strategy", "fewest"]
    plain = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"]
    newest = ["--upgrade"] if upgrade else []
    target = ["--output-file", lock.relative_to(ROOT).as_posix()]
    subprocess.run([*resolve, *everywhere, *plain, *newest, *options, *target], cwd=ROOT, check=True)
