"""What every test gets: private folders, one locale and time zone, and failure where something is left."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Before Qt or hypothesis is imported: what `dev.py test` sets, for whoever starts pytest by hand.
for _name, _value in {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_SCALE_FACTOR": "1",
    "LC_ALL": "C.UTF-8",
    "LANGUAGE": "en",
    "TZ": "UTC",
    "MPLBACKEND": "Agg",
}.items():
    os.environ.setdefault(_name, _value)
if hasattr(time, "tzset"):
    time.tzset()

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

settings.register_profile("explore", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The full run is the same run everywhere: a red one can be looked into, a green one means the same each time.
settings.register_profile("steady", settings.get_profile("explore"), derandomize=True, print_blob=True)
settings.load_profile("explore")

FAILED = pytest.StashKey[bool]()


@pytest.fixture(autouse=True)
def private_folders(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Settings, backups and caches of a test lie in a folder of its own; nothing of the user's is touched."""
    home = tmp_path_factory.getbasetemp() / "homes" / f"{time.monotonic_ns()}"
    for kind in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
    for name in ("APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name.lower()))
    return home


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Remember whether the test failed: a failure's traceback keeps things alive, which is no leak."""
    report: Any = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(autouse=True)
def nothing_is_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test that leaves a thread, a child process, a running timer or a window behind."""
    threads = set(threading.enumerate())
    windows = top_level_windows()
    yield
    if request.node.stash.get(FAILED, False):
        return
    left = [f"the thread {thread.name!r}" for thread in lasting_threads(threads)]
    left += [f"the child process {child.name!r}" for child in multiprocessing.active_children()]
    if "PySide6.QtWidgets" in sys.modules:
        delete_what_waits_for_it()
        left += [f"the window {name}" for name in top_level_windows() - windows]
        left += running_timers()
    gc.freeze()  # what lives on is not walked again after every test to come
    if left:
        pytest.fail(f"left behind: {', '.join(left)}", pytrace=False)


def lasting_threads(before: set[threading.Thread]) -> list[threading.Thread]:
    """The threads started since `before` that do not end within a second."""
    until = time.monotonic() + 1
    while True:
        left = [thread for thread in threading.enumerate() if thread not in before and thread.is_alive()]
        if not left or time.monotonic() > until:
            return left
        time.sleep(0.01)


def top_level_windows() -> set[str]:
    """Every window or parentless widget that lives, shown or not, by class, name and address."""
    if "PySide6.QtWidgets" not in sys.modules:
        return set()
    import shiboken6
    from PySide6.QtWidgets import QApplication

    if not isinstance(QApplication.instance(), QApplication):
        return set()
    return {
        f"{type(widget).__name__} {widget.objectName() or widget.windowTitle()!r} "
        f"at {shiboken6.getCppPointer(widget)[0]:#x}"
        for widget in QApplication.topLevelWidgets()
        if widget.metaObject().className() not in {"QTipLabel", "QDesktopWidget"}
    }


def delete_what_waits_for_it() -> None:
    """Let Qt delete what was told to go, and Python what only a circle of references keeps."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def running_timers() -> list[str]:
    """The timers that still run, with what they belong to; they are stopped, so that no other test is hit."""
    import shiboken6
    from PySide6.QtCore import QTimer

    found = []
    for thing in gc.get_objects():
        if issubclass(type(thing), QTimer) and shiboken6.isValid(thing) and thing.isActive():
            owner = type(thing.parent()).__name__ if thing.parent() else "nobody"
            found.append(f"a timer of {owner} every {thing.interval()} ms")
            thing.stop()
    return found
