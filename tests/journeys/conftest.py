"""What every journey keeps to besides its story: nothing is written outside, and nothing goes on the net."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = frozenset(
    ("os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink", "sqlite3.connect")
)
INTERNET = frozenset((2, 10, 23, 30))
"""AF_INET and, by system, AF_INET6."""


@dataclass(slots=True)
class Watch:
    """What the program did to files and the network since the journey began."""

    touched: set[Path] = field(default_factory=set)
    called: list[str] = field(default_factory=list)


_watching: list[Watch] = []


def _heard(event: str, told: tuple[object, ...]) -> None:
    if not _watching:
        return
    watch = _watching[-1]
    if event in ("socket.connect", "socket.bind"):
        family = getattr(told[0], "family", None)
        if family is None or int(family) in INTERNET:
            watch.called.append(f"{event} {told[1]!r}")
    elif event == "open":
        place, mode, flags = told
        by_mode = isinstance(mode, str) and bool(set(mode) & set("wax+"))
        by_flags = isinstance(flags, int) and bool(flags & WRITES)
        if isinstance(place, str | bytes | os.PathLike) and (by_mode or by_flags):
            watch.touched.add(_place(place))
    elif event in CHANGES:
        for place in told[: 2 if event == "os.rename" else 1]:
            if isinstance(place, str | bytes | os.PathLike):
                watch.touched.add(_place(place))


def _place(told: str | bytes | os.PathLike[str]) -> Path:
    text = os.fsdecode(told)
    if text.startswith("file:"):
        text = text.removeprefix("file:").partition("?")[0]
    return Path(os.path.abspath(text))


sys.addaudithook(_heard)


def internet_sockets() -> set[str]:
    """The sockets of this process that could reach another machine, also those that Python did not open."""
    if not sys.platform.startswith("linux"):
        return set()
    known = set()
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        table = Path("/proc/net") / kind
        if table.exists():
            known |= {line.split()[9] for line in table.read_text().splitlines()[1:]}
    mine = set()
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except OSError:
            continue
        if target.startswith("socket:["):
            mine.add(target[8:-1])
    return mine & known


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a journey takes place: the user's folder for portfolios, and one they export to."""

    folder: Path
    home: Path


@pytest.fixture
def ground(
    qapp: object, private_folders: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Ground]:
    """A journey's ground; afterwards nothing lies, or was written, where it should not."""
    folder = tmp_path / "portfolios"
    folder.mkdir()
    home = private_folders / "home"
    home.mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    watch = Watch()
    before = internet_sockets()
    _watching.append(watch)
    yield Ground(folder, home)
    _watching.pop()
    assert watch.called == []
    assert internet_sockets() <= before
    assert strange(watch.touched, folder, private_folders) == []
    assert [each.name for each in home.iterdir()] == []
    assert sorted(each.name for each in folder.rglob("*") if each.suffix != ".pmpf") == []


def strange(touched: set[Path], folder: Path, homes: Path) -> list[str]:
    """What was touched and is neither a portfolio with what lies beside it nor in the user's own folders."""
    return sorted(
        str(place)
        for place in touched
        if not place.is_relative_to(homes)
        and not (place.parent == folder and ".pmpf" in place.name)
        and place != folder
        and "__pycache__" not in place.parts
        and place != Path(os.devnull)
        and place.name not in (":memory:", "")
    )
