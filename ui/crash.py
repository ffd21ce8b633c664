"""What happens when the program makes a mistake: a local report, a calm word, and it goes on.

The document on disk is whole in every case: a gesture that failed never reached the file. A report
holds where in the program it happened and the kind of mistake, never its words, which may quote the
file; it is sent by nobody but the user.
"""

from __future__ import annotations

import contextlib
import faulthandler
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from app import __version__

_KEPT = 20


class CrashReports:
    """Catches what nobody caught, writes it down, and tells ``said`` where.

    Where a report cannot be written, ``said`` is told nowhere. The same mistake in the same place is
    told once a sitting: painting may make it again with every
    move of the mouse.
    """

    def __init__(self, folder: Path, said: Callable[[Path | None], None]) -> None:
        self._folder = folder
        self._said = said
        self._fatal: TextIO | None = None
        self._busy = threading.Lock()
        self._told: set[str] = set()

    def install(self) -> None:
        """Take over the hooks of the interpreter and of Qt."""
        with contextlib.suppress(OSError):  # a folder that cannot be written costs the reports alone
            self._folder.mkdir(parents=True, exist_ok=True)
            self._fatal = (self._folder / "fatal.txt").open("a", encoding="utf-8")
            faulthandler.enable(self._fatal)
        sys.excepthook = self.on_exception
        threading.excepthook = lambda told: self.on_exception(
            told.exc_type, told.exc_value, told.exc_traceback
        )
        sys.unraisablehook = lambda told: self.on_exception(
            told.exc_type or Exception, told.exc_value, told.exc_traceback
        )
        qInstallMessageHandler(self.on_qt_message)

    def remove(self) -> None:
        """Give the hooks back."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__
        qInstallMessageHandler(None)
        if self._fatal is not None:
            faulthandler.disable()
            self._fatal.close()
            self._fatal = None

    def write(self, text: str) -> Path | None:
        """Write a report and forget the oldest beyond twenty; nowhere when it cannot be written."""
        try:
            return self._written(text)
        except OSError:
            return None

    def _written(self, text: str) -> Path:
        now = datetime.now(UTC)
        place = self._folder / f"report-{now:%Y%m%dT%H%M%S%f}.txt"
        head = f"pm-portfolio {__version__} · Python {platform.python_version()} · {platform.platform()}\n\n"
        place.write_text(head + text, encoding="utf-8")
        for old in sorted(self._folder.glob("report-*.txt"))[:-_KEPT]:
            old.unlink(missing_ok=True)
        return place

    def on_exception(
        self, kind: type[BaseException], value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, value or kind(), trace)
            return
        if not self._busy.acquire(blocking=False):
            return
        try:
            text = "".join([*traceback.format_tb(trace), f"{kind.__qualname__}\n"])
            if text in self._told:
                return
            self._told.add(text)
            self._said(self.write(text))
        finally:
            self._busy.release()

    def on_qt_message(self, kind: QtMsgType, context: Any, message: str) -> None:
        if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            self.write(f"Qt: {kind.name}, {context.category}, {context.function}, line {context.line}\n")
        if kind is not QtMsgType.QtDebugMsg and sys.stderr is not None:
            sys.stderr.write(f"{message}\n")
