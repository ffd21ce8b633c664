"""Fails calls of the disk in each key action: ``python -m tests.reliability.failing_calls LIBRARY FOLDER N``.

LIBRARY is the one that ``tests/app/store/test_file.py`` builds and preloads; every N-th call is tried until
the action has no such call left. Each failure has to be told in a sentence and leave every file whole.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from pathlib import Path

from app.domain.errors import FileTrouble
from app.workspace import Workspace, examine, restore, salvage
from tests.app.store.first_version import make_first_version
from tests.app.store.portfolios import ANNA, add_tasks, made, opened, rename_slowly
from tests.app.store.test_migrations import RECORDS

library, folder, step = ctypes.CDLL(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
path, older, new = folder / "it.pmpf", folder / "older.pmpf", folder / "new.pmpf"
with made(path, tasks=30) as workspace:
    (project,) = workspace.document.projects
    backup = workspace.back_up()
    workspace.run(rename_slowly("later"))
content = path.read_bytes()
make_first_version(older, RECORDS)
first = older.read_bytes()


def with_it(act: Callable[[Workspace], object]) -> None:
    with opened(path) as workspace:
        act(workspace)


ACTS = {
    "create": lambda: made(new).close(),
    "open": lambda: with_it(lambda w: None),
    "look": lambda: opened(path, read_only=True).close(),
    "edit": lambda: with_it(lambda w: w.run(rename_slowly("x"))),
    "large edit": lambda: with_it(lambda w: w.run(add_tasks(project.id, 300))),
    "undo": lambda: with_it(lambda w: w.undo()),
    "undo and redo": lambda: with_it(lambda w: (w.undo(), w.redo())),
    "back up": lambda: with_it(lambda w: w.back_up()),
    "save a copy": lambda: with_it(lambda w: w.save_copy(new)),
    "restore": lambda: restore(path, backup, owner=ANNA),
    "update": lambda: opened(older).close(),
    "salvage": lambda: salvage(path, new, owner=ANNA),
    "check": lambda: examine(path, full=True),
}
for name, act in ACTS.items():
    done = failed = 0
    for calls in range(0, 3000, step):
        path.write_bytes(content)
        older.write_bytes(first)
        for left in folder.glob("*-journal"):
            left.unlink()
        new.unlink(missing_ok=True)
        said = "."
        library.fail_after(calls)
        try:
            act()
            done += 1
        except FileTrouble as trouble:
            said = trouble.sentence
            failed += 1
        finally:
            library.fail_after(-1)
        assert said.endswith("."), (name, calls, said)
        for file in (path, new, older):
            if file.exists():
                found = [each for each in examine(file, full=True) if each.severity != "note"]
                assert found == [], (name, calls, file, found)
        with opened(path, read_only=True) as workspace:
            assert len(workspace.document.tasks) in (30, 330), (name, calls)
        if name == "update":
            opened(older).close()
        strays = [each.name for each in folder.iterdir() if each.name.startswith(".")]
        assert strays == [] or name == "salvage", (name, calls, strays)
        if done > 1:
            break
    assert failed, name
    print(name, failed, flush=True)
