"""The start of the window: nothing but Qt, the store and the shell before the first paint."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from app import __version__
from app.settings import Settings, data_folder, recovery_folder, report_folder, settings_folder
from app.text import tr, use_language
from app.workspace import warm_up
from ui import theme
from ui.crash import CrashReports
from ui.leaving import Leaving
from ui.shell import Shell
from ui.single import Listener, channel_name, handed_over


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the window, or hand the files to the one that is open; returns the exit code."""
    multiprocessing.freeze_support()
    asked = _parser().parse_args(arguments)
    settings = Settings()
    use_language(settings.language)
    if asked.pictures is not None:
        from ui.pictures import take_pictures

        return take_pictures(_application([]), asked.files, asked.pictures)
    channel = channel_name(settings_folder())
    if handed_over(channel, asked.files):
        return 0
    app = _application(sys.argv[:1])
    theme.install(app, theme.Scheme(settings.theme), theme.Density[settings.density.upper()])
    shell = Shell(settings)
    # A mistake may happen in a thread; the word about it is said in the window's own.
    reports = CrashReports(
        report_folder(), lambda place: QTimer.singleShot(0, shell, partial(shell.on_bug_reported, place))
    )
    reports.install()
    listener = Listener(channel, shell)
    if not listener.is_listening and handed_over(channel, asked.files):
        reports.remove()
        return 0
    listener.asked.connect(lambda files: _take(shell, files))
    shell.show()
    ends: list[Callable[[], None]] = []
    leaving = Leaving(shell, lambda: [end() for end in ends])
    QTimer.singleShot(0, shell, lambda: ends.append(_begin(shell, asked.files)))
    code = app.exec()
    for end in ends:
        end()
    leaving.stop()
    listener.close()
    reports.remove()
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="pm-portfolio", description=tr("Plan a portfolio of projects."))
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=tr("portfolios or plans to open"))
    parser.add_argument("--version", action="version", version=f"pm-portfolio {__version__}")
    parser.add_argument(
        "--pictures",
        type=Path,
        metavar="FOLDER",
        help=tr("take pictures of every page into a folder and end"),
    )
    return parser


def _application(words: list[str]) -> QApplication:
    os.environ.setdefault("MPLCONFIGDIR", str(data_folder() / "matplotlib"))
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(words or ["pm-portfolio"])
    app.setApplicationName("pm-portfolio")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("pm-portfolio")
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load(QLocale(), "qtbase", "_", folder):
        app.installTranslator(translator)
    return app


def _begin(shell: Shell, files: Sequence[Path]) -> Callable[[], None]:
    """What is done once the window is painted; returns what is to be done when it has closed."""
    from ui.recovery import Recovery

    recovery = Recovery(shell, recovery_folder())
    recovery.begin()
    warming = threading.Thread(target=warm_up, name="warm-up", daemon=True)
    warming.start()
    _open_first(shell, files)
    recovery.greet()

    def end() -> None:
        recovery.end()
        warming.join()  # Python is not taken down in the middle of an import

    return end


def _open_first(shell: Shell, files: Sequence[Path]) -> None:
    """Open what was asked for, else the portfolio worked on last, where the settings say so."""
    if files:
        shell.take_files(list(files))
        return
    recent = shell.settings.recent_files
    if shell.settings.open_last_file and recent and Path(recent[0]).is_file():
        shell.open_file(Path(recent[0]))


def _take(shell: Shell, files: list[Path]) -> None:
    shell.showNormal() if shell.isMinimized() else shell.show()
    shell.raise_()
    shell.activateWindow()
    shell.take_files(files)
