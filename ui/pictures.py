"""Pictures of every page, light and dark, for those who have no display and for those who judge."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.settings import Settings
from app.text import tr
from ui import theme
from ui.places import PLACES
from ui.shell import Shell

_SIZES = ((1366, 768), (1920, 1080))
_SETTLE_MS = 250


def take_pictures(app: QApplication, files: Sequence[Path], folder: Path) -> int:
    """Show each page in both schemes and sizes and keep the pictures; says where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as private:
        settings = Settings(Path(private) / "settings.json")
        settings.keep({"locale": "en_GB"})
        dressed = theme.install(app, theme.Scheme.LIGHT)
        shell = Shell(settings)
        shell.show()
        names: list[str] = []
        for scheme in (theme.Scheme.LIGHT, theme.Scheme.DARK):
            dressed.choose(scheme)
            for width, height in _SIZES:
                shell.resize(width, height)
                names += _pictures(shell, files, folder, f"{scheme.value}-{width}x{height}")
        shell.close()
        shell.deleteLater()
        _settle()
    for name in names:
        print(folder / name)  # noqa: T201 - this is the command's answer
    return 0


def _pictures(shell: Shell, files: Sequence[Path], folder: Path, look: str) -> list[str]:
    taken = [_taken(shell, folder, f"welcome-{look}.png")]
    if not files or not shell.open_file(files[0]):
        return taken
    for place in PLACES:
        shell.go_to(place.key)
        taken.append(_taken(shell, folder, f"{place.key}-{look}.png"))
    shell.close_file()
    return taken


def _taken(shell: Shell, folder: Path, name: str) -> str:
    _settle()
    if not shell.grab().save(str(folder / name)):
        raise OSError(tr("The picture {name} could not be written.", name=name))
    return name


def _settle() -> None:
    """Let the window do what it has put off until the loop runs."""
    loop = QEventLoop()
    QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()
