"""The packaged program proves itself: window, new file, migration, plan import, export; times as JSON."""

from __future__ import annotations

import json
import platform
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from app import __version__
from app.exchange import exporting, importing
from app.operations.imports import import_plan
from app.operations.samples import create_sample
from app.settings import Settings
from app.workspace import Who, Workspace
from ui import theme
from ui.places import PLACES
from ui.resources import resource
from ui.shell import Shell

_ME = Who.here("Self-check")
# Asked of what is loaded, since a window may not reach below the workspace itself.
_VERSIONS = {
    "PySide6": "__version__",
    "sqlite3": "sqlite_version",
    "sqlalchemy": "__version__",
    "alembic": "__version__",
    "numpy": "__version__",
    "openpyxl": "__version__",
    "holidays": "__version__",
}


def selfcheck(report: str | None = None) -> int:
    """Do the main things once in a private folder; 0 when all went well.

    The findings are written to the file ``report`` and, where there is a console, printed.
    """
    with tempfile.TemporaryDirectory(prefix="pm-portfolio-", ignore_cleanup_errors=True) as folder:
        found = _Check(Path(folder)).run()
    text = json.dumps(found, indent=2)
    if report is not None:
        Path(report).write_text(text + "\n", encoding="utf-8")
    if sys.stdout is not None:
        sys.stdout.write(text + "\n")
    return 0 if found["ok"] else 1


class _Check:
    """The steps, in order; each needs those before it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.milliseconds: dict[str, float] = {}
        self.facts: dict[str, object] = {}

    def run(self) -> dict[str, object]:
        """Do the steps and say how each went; one that fails is told, and the others are tried."""
        steps: dict[str, Callable[[], None]] = {
            "window": self.open_window,
            "new_file": self.make_file,
            "pages": self.show_pages,
            "migration": self.bring_up_to_date,
            "plan_import": self.import_a_plan,
            "export": self.export_it,
            "close": self.close_window,
        }
        failed: dict[str, str] = {}
        for name, step in steps.items():
            began = time.perf_counter()
            try:
                step()
            except Exception:
                failed[name] = traceback.format_exc()
            self.milliseconds[name] = round((time.perf_counter() - began) * 1000, 1)
        return {
            "ok": not failed,
            **({"failed": failed} if failed else {}),
            "version": __version__,
            "frozen": hasattr(sys, "_MEIPASS"),
            "system": platform.platform(),
            "python": platform.python_version(),
            "qt": qVersion(),
            "versions": {
                name: getattr(sys.modules[name], attribute, "")
                for name, attribute in _VERSIONS.items()
                if name in sys.modules
            },
            "milliseconds": self.milliseconds,
            **self.facts,
        }

    def open_window(self) -> None:
        self.app = QApplication.instance() or QApplication(sys.argv[:1])
        assert isinstance(self.app, QApplication)
        theme.install(self.app, theme.Scheme.LIGHT, theme.Density.COMFORTABLE)
        self.settings = Settings(self.folder / "settings.json")
        self.window = Shell(self.settings)
        self.window.resize(1366, 768)
        self.window.show()
        self.app.processEvents()
        if "Inter" not in QFontDatabase.families():
            raise LookupError("the bundled font is not there")

    def make_file(self) -> None:
        door = Workspace.create(self.folder / "new.pmpf", owner=_ME)
        door.run(create_sample())
        self.facts["sample_tasks"] = len(door.document.tasks)
        self.window.show_workspace(door)
        self.app.processEvents()

    def show_pages(self) -> None:
        for place in PLACES:
            self.window.go_to(place.key)
            self.app.processEvents()
            if self.window.grab().isNull():
                raise LookupError(f"the page {place.key} paints nothing")
        self.facts["pages"] = [place.key for place in PLACES]

    def bring_up_to_date(self) -> None:
        older = sorted(resource("older_files").glob("*.pmpf"))
        for file in older:
            copy = self.folder / file.name
            copy.write_bytes(file.read_bytes())
            with Workspace.open(copy, owner=_ME) as door:
                if len(door.document.tasks) != self.facts["sample_tasks"]:
                    raise LookupError(f"{file.name} lost tasks on its way")
        self.facts["older_files"] = [file.name for file in older]
        if hasattr(sys, "_MEIPASS") and not older:
            raise LookupError("the package holds no older file to try")

    def import_a_plan(self) -> None:
        (plan, *_) = sorted(resource("samples").glob("*.xml"))
        door = self._door()
        before = len(door.document.tasks)
        door.run(import_plan(importing.read(plan, door.document, project_code="SELFCHECK")))
        self.app.processEvents()
        self.facts["imported_tasks"] = len(door.document.tasks) - before

    def export_it(self) -> None:
        document = self._door().document
        (project,) = [project for project in document.projects if project.code == "SELFCHECK"]
        sizes = {}
        for ending in exporting.ENDINGS:
            target = self.folder / f"out{ending}"
            exporting.write(document, project.id, target)
            sizes[ending] = target.stat().st_size
        self.facts["exported_bytes"] = sizes

    def close_window(self) -> None:
        self.window.close_file()
        self.window.close()
        self.app.processEvents()

    def _door(self) -> Workspace:
        if self.window.bridge is None:
            raise LookupError("the window shows no file")
        return self.window.bridge.workspace
