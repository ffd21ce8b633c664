"""The file when things go wrong: full disks, failing calls, replaced files, media that cannot be written."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.changes import Change, ChangeSet, Label
from app.domain.document import Document
from app.domain.errors import FileTrouble, TroubleKind
from app.domain.portfolio import Project
from app.domain.values import CalendarId, ProjectId, moment
from app.store.connection import connected, disconnect, driver_of
from app.workspace import Workspace, examine
from tests.app.store.portfolios import add_project, add_tasks, made, opened, rename_slowly

LINUX = sys.platform.startswith("linux")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "it.pmpf"


def test_every_pragma_took(path: Path) -> None:
    made(path).close()
    connection = connected(path, writes=True)
    driver = driver_of(connection)
    expected = {
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "temp_store": 2,
        "busy_timeout": 5000,
        "application_id": 0x706D7066,
    }
    for name, value in expected.items():
        assert driver.execute(f"PRAGMA {name}").fetchone() == (value,), name
    disconnect(connection)


def test_an_open_file_keeps_a_truncated_journal_and_a_writer_begins_at_once(path: Path) -> None:
    with made(path) as workspace:
        workspace.run(rename_slowly("New"))
        driver = driver_of(workspace._file._connection)
        assert driver.execute("PRAGMA journal_mode").fetchone() == ("truncate",)
        assert path.with_name("it.pmpf-journal").exists()
        other = sqlite3.connect(path, isolation_level=None, timeout=0)
        with workspace._file._connection.begin(), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
    assert not path.with_name("it.pmpf-journal").exists()


def test_a_file_that_somebody_put_into_wal_comes_out_of_it(path: Path) -> None:
    made(path, tasks=2).close()
    driver = sqlite3.connect(path)
    assert driver.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    driver.close()
    with opened(path) as workspace:
        workspace.run(rename_slowly("New"))
    assert [file.name for file in path.parent.iterdir()] == ["it.pmpf"]
    assert path.read_bytes()[18:20] == b"\x01\x01"


def test_a_reference_that_leads_nowhere_cannot_be_committed(path: Path) -> None:
    with made(path) as workspace:
        orphan = Project(ProjectId("p"), "P", "P", "1", moment(2027, 1, 4), calendar=CalendarId("nowhere"))
        changes = ChangeSet(Label("Orphan"), (Change("projects", "p", None, orphan),))
        before = workspace.document
        with pytest.raises(sqlite3.IntegrityError):
            workspace._commit_step(rename_slowly, changes, before.after(changes), "")
        assert workspace.document is before
        assert workspace.history() == ()
        workspace.run(rename_slowly("still works"))
    assert examine(path, full=True) == ()


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    """Have the system refuse to let any file grow beyond a size."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.skipif(not LINUX, reason="limits of this kind are Linux's")
def test_when_the_disk_takes_no_more_nothing_changes_and_later_it_goes_on(path: Path) -> None:
    with made(path, tasks=5) as workspace:
        before, heads = workspace.document, workspace.history()
        (project,) = before.projects
        size = path.stat().st_size
        for room in (0, 512, 4096, 20_000, 100_000):
            with no_file_over(size + room), pytest.raises(FileTrouble) as told:
                workspace.run(add_tasks(project.id, 2000))
            assert told.value.kind in (TroubleKind.FULL, TroubleKind.OTHER)
            assert workspace.document is before
            assert workspace.history() == heads
        workspace.run(add_tasks(project.id, 50))
        document = workspace.document
    with opened(path) as again:
        assert again.document == document
    assert examine(path, full=True) == ()


@pytest.mark.skipif(not LINUX or os.geteuid() != 0, reason="mounting needs Linux and root")
def test_on_a_full_disk_the_trouble_says_so_and_the_copy_elsewhere_works(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], check=False)
    if mounted.returncode != 0:
        pytest.skip("no disk can be mounted here")
    try:
        with made(disk / "it.pmpf", tasks=100) as workspace:
            (project,) = workspace.document.projects
            before = workspace.document
            with pytest.raises(FileTrouble) as told:
                workspace.run(add_tasks(project.id, 9000))
            assert told.value.kind is TroubleKind.FULL
            assert "full" in told.value.sentence
            assert workspace.document is before
            workspace.run(rename_slowly("small changes still fit"))
            workspace.save_copy(tmp_path / "copy.pmpf")
            with pytest.raises(FileTrouble):
                workspace.save_copy(disk / "no room.pmpf") or workspace.run(add_tasks(project.id, 9000))
            document = workspace.document
        with opened(tmp_path / "copy.pmpf") as copy:
            assert copy.document == document
        assert examine(disk / "it.pmpf", full=True) == ()
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with opened(disk / "it.pmpf") as looking:
            assert looking.is_read_only
            assert "copy" in looking.why_read_only
            assert looking.document == document
            with pytest.raises(FileTrouble) as told:
                looking.run(rename_slowly("no"))
            assert told.value.kind is TroubleKind.READ_ONLY
            looking.save_copy(tmp_path / "second copy.pmpf")
    finally:
        subprocess.run(["umount", str(disk)], check=False)


FAILING = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <sys/types.h>
static int left = -1;
void fail_after(int calls) { left = calls; }
static int fails(void) { if (left < 0) return 0; if (left-- > 0) return 0; left = 0; errno = EIO; return 1; }
#define CALL(type, name, given, passed) \
  type name given { static type (*real) given; if (!real) real = dlsym(RTLD_NEXT, #name); \
    return fails() ? -1 : real passed; }
CALL(ssize_t, pwrite64, (int f, const void *b, size_t n, off_t o), (f, b, n, o))
CALL(ssize_t, pread64, (int f, void *b, size_t n, off_t o), (f, b, n, o))
CALL(int, fdatasync, (int f), (f))
CALL(int, fsync, (int f), (f))
CALL(int, ftruncate64, (int f, off_t n), (f, n))
"""

SUFFERS = """
import ctypes, sys
from pathlib import Path
from app.domain.errors import FileTrouble
from tests.app.store.portfolios import add_project, add_tasks, made, opened, rename_slowly
from app.workspace import examine
library = ctypes.CDLL(sys.argv[1])
path = Path(sys.argv[2])
with made(path, tasks=30) as workspace:
    (project,) = workspace.document.projects
workspace = opened(path)
failed = after_all = 0
for calls in range(int(sys.argv[3])):
    before, heads = workspace.document, len(workspace.history())
    library.fail_after(calls)
    try:
        workspace.run(rename_slowly("n" * 3000 + str(calls)))
        done = True
    except FileTrouble as trouble:
        assert trouble.sentence, trouble
        done = False
    library.fail_after(-1)
    failed += not done
    if done:
        assert len(workspace.history()) == heads + 1, calls
    else:
        assert workspace.document is before, calls
        landed = len(workspace.history()) - heads  # 1 when the disk failed only after the file had it all
        assert landed == (workspace.document is not before), calls
        after_all += landed
    document = workspace.document
    if calls % 10 == 9:
        workspace.close()
        assert examine(path, full=True) == (), (calls, examine(path, full=True))
        workspace = opened(path)
    assert workspace.document == document, calls
workspace.close()
print(failed - after_all)
"""


@pytest.mark.slow
@pytest.mark.skipif(not LINUX or shutil.which("cc") is None, reason="needs Linux and a C compiler")
def test_whichever_call_fails_in_any_key_action_all_files_stay_good(tmp_path: Path) -> None:
    source, library, folder = tmp_path / "failing.c", tmp_path / "failing.so", tmp_path / "files"
    source.write_text(FAILING)
    folder.mkdir()
    subprocess.run(["cc", "-shared", "-fPIC", "-w", "-o", str(library), str(source), "-ldl"], check=True)
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.failing_calls", str(library), str(folder), "29"],
        env={**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": str(root)},
        cwd=root,
        capture_output=True,
        text=True,
        timeout=170,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr[-2000:]
    assert len(done.stdout.splitlines()) == 13


@pytest.mark.slow
@pytest.mark.skipif(not LINUX or shutil.which("cc") is None, reason="needs Linux and a C compiler")
def test_whichever_call_of_the_disk_fails_the_file_stays_good(tmp_path: Path) -> None:
    source = tmp_path / "failing.c"
    source.write_text(FAILING)
    library = tmp_path / "failing.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-w", "-o", str(library), str(source), "-ldl"], check=True)
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", SUFFERS, str(library), str(tmp_path / "it.pmpf"), "60"],
        env={**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": str(root)},
        cwd=root,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) >= 8


def replaced_by_another(path: Path) -> None:
    other = path.with_name("other.pmpf")
    made(other, tasks=1).close()
    os.replace(other, path)


def overwritten_in_place(path: Path) -> None:
    other = path.with_name("other.pmpf")
    made(other, tasks=1).close()
    with open(path, "r+b") as file:
        file.write(other.read_bytes())
        file.truncate()


def deleted(path: Path) -> None:
    path.unlink()


def moved_away(path: Path) -> None:
    path.rename(path.with_name("elsewhere.pmpf"))


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps open files in place")
@pytest.mark.parametrize("how", [replaced_by_another, overwritten_in_place, deleted, moved_away])
def test_a_file_that_changed_hands_is_not_written_and_the_work_can_be_kept(how: object, path: Path) -> None:
    workspace = made(path, tasks=3)
    document = workspace.document
    assert callable(how)
    how(path)
    content = path.read_bytes() if path.exists() else None
    for _ in range(2):
        with pytest.raises(FileTrouble) as told:
            workspace.run(rename_slowly("lost?"))
        assert told.value.kind in (TroubleKind.REPLACED, TroubleKind.DAMAGED)
    assert workspace.document is document
    assert (path.read_bytes() if path.exists() else None) == content
    workspace.save_copy(path.with_name("kept.pmpf"))
    workspace.close()
    with opened(path.with_name("kept.pmpf")) as kept:
        assert kept.document == document


def test_a_follower_sees_what_the_writer_saves_also_after_a_restore(path: Path) -> None:
    heard: list[ChangeSet] = []
    with made(path, tasks=3) as writer, opened(path, read_only=True) as follower:
        follower.subscribe(heard.append)
        follower.refresh()
        assert heard == []
        writer.run(add_project("P2"))
        writer.undo()
        writer.run(rename_slowly("New"))
        follower.refresh()
        assert follower.document == writer.document
        assert follower.undo_label == writer.undo_label
        assert [change.table for change in heard[0].changes] == ["portfolio"]
        assert follower.holder.startswith("Anna on laptop-7")
        for step in (follower.undo, follower.redo, lambda: follower.run(rename_slowly("x"))):
            with pytest.raises(FileTrouble) as told:
                step()
            assert told.value.kind is TroubleKind.HELD
    with opened(path, read_only=True) as follower:
        assert follower.holder == ""
        replaced_by_another(path)
        follower.refresh()
        assert len(follower.document.tasks) == 1
        path.unlink()
        with pytest.raises(FileTrouble):
            follower.refresh()


def test_a_second_process_is_told_who_holds_the_file_until_it_is_free(path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from app.workspace import Who, Workspace\n"
        "w = Workspace.open(Path(sys.argv[1]), owner=Who('ben', 'desk-2', 'Ben'))\n"
        "print('open', flush=True); sys.stdin.readline()\n"
        "if sys.argv[2] == 'clean': w.close()\n"
        "import os; os._exit(0)\n"
    )
    root = Path(__file__).resolve().parents[3]
    made(path, tasks=1).close()
    for end in ("clean", "crash"):
        with subprocess.Popen(
            [sys.executable, "-c", code, str(path), end],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
            cwd=root,
        ) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "open\n"
            with pytest.raises(FileTrouble, match="Ben on desk-2 since") as told:
                opened(path)
            assert told.value.kind is TroubleKind.HELD
            with opened(path, read_only=True) as looking:
                assert looking.holder.startswith("Ben on desk-2 since")
            other.communicate("\n", timeout=30)
        with opened(path) as workspace:
            workspace.run(rename_slowly(f"after {end}"))


def test_what_cannot_be_portfolios_is_said_to_be_none(path: Path) -> None:
    path.write_bytes(b"")
    foreign = path.with_name("foreign.db")
    driver = sqlite3.connect(foreign)
    driver.execute("PRAGMA journal_mode=WAL")
    driver.execute("CREATE TABLE x (y)")
    driver.close()
    before = foreign.read_bytes()
    text = path.with_name("text.txt")
    text.write_text("not a database at all, but long enough to look at " * 100)
    for place in (path, foreign, text, path.parent):
        for read_only in (False, True):
            with pytest.raises(FileTrouble) as told:
                opened(place, read_only=read_only)
            assert told.value.kind is TroubleKind.NOT_OURS, place
    assert foreign.read_bytes() == before
    assert not list(path.parent.glob("*.lock"))


def test_a_lock_record_that_a_crash_left_or_that_is_nonsense_is_harmless(path: Path) -> None:
    made(path).close()
    lock = path.with_name("it.pmpf.lock")
    for record in (b"", b"\0{nonsense", b"\0" + b"x" * 9000, b'\0{"name": "Eve"}'):
        lock.write_bytes(record)
        with opened(path, read_only=True) as looking:
            assert looking.holder == ""
        lock.write_bytes(record)
        with opened(path) as workspace:
            workspace.run(rename_slowly(repr(record)[:10]))


def test_a_copy_has_the_content_and_history_but_another_branch(path: Path) -> None:
    with made(path, tasks=3) as workspace:
        workspace.save_copy(path.with_name("copy.pmpf"))
        with opened(path.with_name("copy.pmpf")) as copy:
            assert copy.document == workspace.document
            assert len(copy.history()) == 2
            assert copy._file.meta.file_uuid == workspace._file.meta.file_uuid
            assert copy._file.meta.branch_id != workspace._file.meta.branch_id
            copy.undo()
            with pytest.raises(FileTrouble) as told:
                workspace.save_copy(path.with_name("copy.pmpf"))
            assert told.value.kind is TroubleKind.HELD
        with pytest.raises(FileTrouble):
            workspace.save_copy(path)
        workspace.save_copy(path.with_name("copy.pmpf"))
        assert isinstance(workspace, Workspace)


DIES = """
import os, sys
from pathlib import Path
from app.store.connection import driver_connection, keep_journal
driver = driver_connection(Path(sys.argv[1]), writes=True)
keep_journal(driver, "TRUNCATE")
driver.execute("PRAGMA cache_size = 2")
driver.execute("BEGIN IMMEDIATE")
driver.execute("UPDATE tasks SET name = name || 'torn'")
os._exit(9)
"""


def interrupted(path: Path) -> Document:
    """A portfolio whose writer died in the middle of a step; the document before that is returned."""
    with made(path, tasks=300) as workspace:
        document = workspace.document
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", DIES, str(path)], cwd=root, check=False, timeout=60)
    assert path.with_name(path.name + "-journal").stat().st_size > 0
    return document


def test_a_step_that_a_crash_interrupted_is_rolled_back_also_by_who_only_looks(path: Path) -> None:
    document = interrupted(path)
    assert examine(path, full=True) == ()
    with opened(path, read_only=True) as looking:
        assert looking.document == document
    interrupted_again = path.with_name("again.pmpf")
    document = interrupted(interrupted_again)
    with opened(interrupted_again, read_only=True) as looking:
        assert looking.document == document
        looking.back_up()


@pytest.mark.skipif(not LINUX or os.geteuid() != 0, reason="mounting needs Linux and root")
def test_where_an_interrupted_step_cannot_be_rolled_back_the_sentence_says_what_to_copy(
    tmp_path: Path,
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], check=False).returncode != 0:
        pytest.skip("no disk can be mounted here")
    try:
        document = interrupted(disk / "it.pmpf")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for look in (examine, opened):
            with pytest.raises(FileTrouble, match=r"it\.pmpf-journal"):
                look(disk / "it.pmpf")
        for name in ("it.pmpf", "it.pmpf-journal"):
            shutil.copyfile(disk / name, tmp_path / name)
        with opened(tmp_path / "it.pmpf") as workspace:
            assert workspace.document == document
    finally:
        subprocess.run(["umount", str(disk)], check=False)
