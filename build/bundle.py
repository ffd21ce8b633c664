"""Makes the program's folder with PyInstaller in an environment of its own, then runs its self-check."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from checking import repeatable_environment
from environment import (
    PACKAGE_LOCK,
    ROOT,
    SCRATCH,
    can_load,
    create_from_lock,
    environment_stamp,
    install_debian_packages,
    say,
    venv_python,
)

PACKAGE_VENV = SCRATCH / "package-venv"
FOLDER = ROOT / "dist" / "pm-portfolio"


def package() -> int:
    """Make dist/pm-portfolio and prove it by its own self-check; the result is the exit code."""
    SCRATCH.mkdir(exist_ok=True)
    ensure_tools()
    prepare_environment()
    prepare_older_files()
    began = time.monotonic()
    if freeze():
        say("The package could not be made; PyInstaller says why above.")
        return 1
    slim_python()
    say(f"Made {FOLDER.relative_to(ROOT).as_posix()} in {time.monotonic() - began:.0f} s; {size_mb()} MB.")
    return prove()


def ensure_tools() -> None:
    """On Linux PyInstaller needs objdump and Python as a shared library, which Debian ships separately.

    Raises:
        SetUpTrouble: they are missing and we may not install them; the text holds the exact command.
    """
    if not sys.platform.startswith("linux"):
        return
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    missing = [] if shutil.which("objdump") else ["binutils"]
    if from_debian() and not can_load(f"libpython{version}.so.1.0"):
        missing.append(f"libpython{version}")
    if missing:
        install_debian_packages(missing, why="Packaging needs tools that are not here.")


def from_debian() -> bool:
    """Whether this Python is the system's own."""
    return Path(sys.base_prefix) == Path("/usr")


def prepare_environment() -> None:
    """An environment with the runtime's packages and PyInstaller only: it packs whatever lies around it."""
    stamp_file = PACKAGE_VENV / "lock-stamp"
    stamp = environment_stamp(PACKAGE_LOCK)
    if not (stamp_file.exists() and stamp_file.read_text(encoding="ascii") == stamp):
        shutil.rmtree(PACKAGE_VENV, ignore_errors=True)
        create_from_lock(PACKAGE_VENV, PACKAGE_LOCK)
        stamp_file.write_text(stamp, encoding="ascii")


def prepare_older_files() -> None:
    """Write files of older versions, for the packaged program to bring up to date in its self-check."""
    folder = SCRATCH / "older_files"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = [str(venv_python(PACKAGE_VENV)), str(ROOT / "build" / "older_files.py"), str(folder)]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True)


def freeze() -> int:
    """Run PyInstaller on the spec with all its scratch under .scratch; the result is its exit code."""
    say("Freezing the program with PyInstaller …")
    scratch = {"--workpath": SCRATCH / "pyinstaller", "--distpath": ROOT / "dist"}
    folders = [str(part) for pair in scratch.items() for part in pair]
    command = [str(venv_python(PACKAGE_VENV)), "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    variables = os.environ | {
        "PYINSTALLER_CONFIG_DIR": str(SCRATCH / "pyinstaller-cache"),
        "PYTHONHASHSEED": "0",
    }
    return subprocess.run([*command, *folders, "pm-portfolio.spec"], cwd=ROOT, env=variables).returncode


def slim_python() -> None:
    """Take the debugging symbols out of the packed Python library, where it was built with them."""
    strip = shutil.which("strip") if sys.platform.startswith("linux") else None
    if strip:
        for library in FOLDER.glob("_internal/libpython3*.so*"):
            subprocess.run([strip, "--strip-unneeded", str(library)], check=True)


def size_mb() -> int:
    """How much the folder takes on disk, in million bytes."""
    return round(sum(file.lstat().st_size for file in FOLDER.rglob("*") if file.is_file()) / 1e6)


def prove() -> int:
    """Run the packaged program's self-check and print what it measured; the result is the exit code."""
    ending = ".exe" if os.name == "nt" else ""
    with tempfile.TemporaryDirectory(prefix="pm-portfolio-", ignore_cleanup_errors=True) as private:
        report = Path(private) / "selfcheck.json"
        variables = repeatable_environment(Path(private))
        program = str(FOLDER / f"pm-portfolio{ending}")
        began = time.monotonic()
        command = [program, "--selfcheck", str(report)]
        code = subprocess.run(command, env=variables, timeout=300, stdout=subprocess.DEVNULL).returncode
        seconds = round(time.monotonic() - began, 2)
        found = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
        command = [str(FOLDER / f"pm-portfolio-cli{ending}"), "--help"]
        helped = subprocess.run(command, env=variables, timeout=60, stdout=subprocess.DEVNULL).returncode
    say(json.dumps({"size_mb": size_mb(), "process_s": seconds, **found}, indent=2, ensure_ascii=False))
    if code or helped:
        say(f"The package is not right: its self-check ended with {code}, its command line with {helped}.")
        return 1
    say(f"The packaged program in {FOLDER.relative_to(ROOT).as_posix()} passed its self-check.")
    return 0
