"""The development environment: a virtual environment from the hashed lock, and the system's libraries."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRATCH = ROOT / ".scratch"
VENV = ROOT / ".venv"
RUNTIME_LOCK = ROOT / "build" / "requirements.txt"
DEV_LOCK = ROOT / "build" / "requirements-dev.txt"
PACKAGE_LOCK = ROOT / "build" / "requirements-package.txt"

# Qt loads these from the system; without them even the offscreen platform does not start.
DEBIAN_PACKAGE_OF = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}


class SetUpTrouble(Exception):
    """Something the person at the keyboard has to do first; the text says what."""


def say(sentence: str) -> None:
    """Tell the person what happens now, at once even where output is piped."""
    print(sentence, flush=True)


def venv_python(venv: Path = VENV) -> Path:
    """The interpreter inside a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment_stamp(lock: Path, *also: Path) -> str:
    """A text that changes whenever the lock, the given files, the Python or the folder's place change."""
    digest = hashlib.sha256()
    for path in (lock, *also):
        digest.update(path.read_bytes())
    digest.update(f"{sys.version_info[:2]} {sysconfig.get_platform()} {ROOT}".encode())
    return digest.hexdigest()


def create_from_lock(venv: Path, lock: Path) -> None:
    """Create the virtual environment if it is not there and install exactly what the lock names.

    Raises:
        SetUpTrouble: this Python cannot make virtual environments, or a package could not be fetched.
    """
    if not venv_python(venv).exists():
        ensure_venv_module()
        say(f"Creating {venv.relative_to(ROOT)} with Python {sys.version.split()[0]} …")
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    say(f"Installing what {lock.relative_to(ROOT).as_posix()} names, each file checked against its hash …")
    install(venv, ["--require-hashes", "--only-binary=:all:", "-r", str(lock)])


def install(venv: Path, arguments: Sequence[str]) -> None:
    """Run pip inside the environment, quietly.

    Raises:
        SetUpTrouble: pip could not do it; its own words are on the screen above.
    """
    command = [str(venv_python(venv)), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # pip's own remarks are kept back unless it fails: remarks on a machine's settings help nobody here.
    done = subprocess.run(
        [*command, "--no-input", *arguments],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
        raise SetUpTrouble(
            "Packages could not be installed; pip says why above. "
            "Mostly this is a missing network connection: try again when there is one."
        )


def set_up() -> None:
    """Bring .venv up to the lock; nothing is done when it already is.

    Raises:
        SetUpTrouble: with the sentence that says what to do.
    """
    stamp_file = VENV / "lock-stamp"
    stamp = environment_stamp(DEV_LOCK, ROOT / "pyproject.toml")
    if stamp_file.exists() and stamp_file.read_text(encoding="ascii") == stamp:
        say("The environment in .venv is up to date with its lock.")
    else:
        create_from_lock(VENV, DEV_LOCK)
        SCRATCH.mkdir(exist_ok=True)
        install(VENV, ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
        stamp_file.write_text(stamp, encoding="ascii")
        say("The environment in .venv is ready.")
    ensure_system_libraries()


def ensure_venv_module() -> None:
    """Make sure this Python can create virtual environments; Debian ships that part separately.

    Raises:
        SetUpTrouble: it cannot, and we may not install it.
    """
    try:
        import ensurepip  # noqa: F401
    except ImportError:
        install_debian_packages(
            [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"],
            why="This Python cannot create virtual environments.",
        )


def missing_libraries() -> list[str]:
    """The system libraries Qt needs on Linux that cannot be loaded here; always empty on other systems."""
    if not sys.platform.startswith("linux"):
        return []
    return [name for name in DEBIAN_PACKAGE_OF if not can_load(name)]


def can_load(library: str) -> bool:
    """Whether the dynamic loader finds a library by its name."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_system_libraries() -> None:
    """Install the libraries Qt needs where they are missing and we may.

    Raises:
        SetUpTrouble: some are missing and we may not install them; the text holds the exact command.
    """
    missing = missing_libraries()
    if missing:
        install_debian_packages(
            sorted({DEBIAN_PACKAGE_OF[name] for name in missing}),
            why=f"The window needs {len(missing)} system libraries that are not here ({', '.join(missing)}).",
        )


def install_debian_packages(packages: Sequence[str], *, why: str) -> None:
    """Install Debian packages as root or by a sudo that asks no password.

    Raises:
        SetUpTrouble: with the exact command, where this is another system or we may not.
    """
    apt = shutil.which("apt-get")
    if apt is None:
        raise SetUpTrouble(
            f"{why} On Debian they come with: {' '.join(packages)}; install your system's own."
        )
    prefix = privilege()
    if prefix is None:
        raise SetUpTrouble(
            f"{why} Please run:\n  sudo apt-get update && sudo apt-get install {' '.join(packages)}"
        )
    say(f"{why} Installing with apt-get: {' '.join(packages)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install_command = [*prefix, apt, "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run([*prefix, apt, "update", "-qq"], env=quiet, stdout=subprocess.DEVNULL)
    if subprocess.run(install_command, env=quiet, stdout=subprocess.DEVNULL).returncode:
        raise SetUpTrouble(f"{why} apt-get could not install them; it says why above.")


def privilege() -> list[str] | None:
    """The words to put before a command that needs root: none as root, sudo without a password, or None."""
    if os.name == "posix" and os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None
