"""Damage: never a crash, never guessed at, found before more is written, and what is left is saved."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from app.domain.errors import FileTrouble, TroubleKind
from app.store import check
from app.workspace import examine, salvage
from tests.app.store.portfolios import ANNA, add_tasks, made, opened, rename_slowly

PAGE = 4096


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "it.pmpf"
    with made(path, tasks=120) as workspace:
        workspace.run(rename_slowly("x" * 9000))
    return path.read_bytes()


@pytest.fixture(scope="module")
def stale(tmp_path_factory: pytest.TempPathFactory, sound: bytes) -> bytes:
    """The same file some edits later: its pages are what a disk may hold too old or too new."""
    path = tmp_path_factory.mktemp("stale") / "it.pmpf"
    path.write_bytes(sound)
    with opened(path) as workspace:
        (project,) = workspace.document.projects
        workspace.run(rename_slowly("y" * 9000))
        workspace.undo()
        workspace.run(add_tasks(project.id, 3))
    return path.read_bytes()


def damaged(kind: str, content: bytes, later: bytes, rnd: random.Random) -> bytes:
    wreck = bytearray(content)
    page = rnd.randrange(1, len(content) // PAGE) * PAGE
    if kind == "zeroed":
        wreck[page : page + PAGE] = bytes(PAGE)
    elif kind == "sector":
        sector = page + 512 * rnd.randrange(8)
        wreck[sector : sector + 512] = rnd.randbytes(512)
    elif kind == "cut":
        del wreck[rnd.randrange(PAGE, len(wreck) - PAGE) :]
    elif kind == "stale":
        wreck[page : page + PAGE] = later[page : page + PAGE]
    else:
        for _ in range(8):
            wreck[rnd.randrange(100, len(wreck))] ^= 1 << rnd.randrange(8)
    return bytes(wreck)


def looked_at(path: Path) -> list[str]:
    """What the program says of a file; empty where it finds nothing wrong."""
    said: list[str] = []
    try:
        said += [problem.sentence for problem in examine(path, full=True)]
        with opened(path) as workspace:
            try:
                workspace.run(rename_slowly("an edit"))
                workspace.undo()
            except FileTrouble as trouble:
                said.append(trouble.sentence)
    except FileTrouble as trouble:
        said.append(trouble.sentence)
    return said


@pytest.mark.parametrize("kind", ["zeroed", "sector", "cut", "stale", "bits"])
def test_damage_is_found_or_touched_nothing_that_is_kept(
    kind: str, tmp_path: Path, sound: bytes, stale: bytes
) -> None:
    path = tmp_path / "it.pmpf"
    path.write_bytes(sound)
    with opened(path) as workspace:
        document, history = workspace.document, workspace.history()
    rnd = random.Random(kind)
    found = 0
    for _ in range(60):  # 300 copies in all five kinds
        path.write_bytes(damaged(kind, sound, stale, rnd))
        said = looked_at(path)
        found += bool(said)
        if not said:  # a room of a page that is not used may hold anything
            with opened(path) as workspace:
                assert workspace.document == document
                assert workspace.history()[2:] == history
    assert found, "this kind of damage never met anything that is kept: the test proves nothing"


def test_mutated_headers_are_refused_in_words_or_read_rightly(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "it.pmpf"
    rnd = random.Random(7)
    for number in range(200):
        wreck = bytearray(sound)
        for _ in range(rnd.randint(1, 4)):
            wreck[number if number < 100 else rnd.randrange(100)] = rnd.randrange(256)
        path.write_bytes(wreck)
        for said in looked_at(path):
            assert said
        path.with_name("it.pmpf-journal").unlink(missing_ok=True)
        path.with_name("it.pmpf-wal").unlink(missing_ok=True)


def test_a_broken_structure_is_found_before_the_first_edit_is_written(tmp_path: Path, sound: bytes) -> None:
    path = tmp_path / "it.pmpf"
    path.write_bytes(sound)
    driver = sqlite3.connect(path)
    (root,) = driver.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_tasks_parent'").fetchone()
    driver.close()
    wreck = bytearray(sound)
    wreck[(root - 1) * PAGE + 200 : root * PAGE] = bytes(PAGE - 200)
    path.write_bytes(wreck)
    with opened(path) as workspace:
        with pytest.raises(FileTrouble) as told:
            workspace.run(rename_slowly("no"))
        assert told.value.kind is TroubleKind.DAMAGED
        assert workspace.damage is not None
    assert path.read_bytes() == bytes(wreck)


def test_a_changed_cell_that_breaks_no_structure_is_found_by_the_control_sums(
    tmp_path: Path, sound: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "FIRST_PAINT_SECONDS", 0.0)
    path = tmp_path / "it.pmpf"
    path.write_bytes(sound)
    driver = sqlite3.connect(path)
    driver.execute("UPDATE tasks SET duration = duration + 1 WHERE uid = 7")
    driver.commit()
    driver.close()
    assert [problem.place for problem in examine(path)] == ["tasks"]
    with opened(path) as workspace:
        workspace._file._examination.finish()  # type: ignore[union-attr]
        assert workspace.damage is not None
        with pytest.raises(FileTrouble):
            workspace.run(rename_slowly("no"))


def test_a_sound_file_is_found_sound_in_the_background(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "FIRST_PAINT_SECONDS", 0.0)
    path = tmp_path / "it.pmpf"
    made(path, tasks=20).close()
    with opened(path) as workspace:
        workspace.run(rename_slowly("while it is looked at"))
        assert workspace._file._examination.finish() is None  # type: ignore[union-attr]
    assert examine(path, full=True) == ()


def test_salvage_brings_all_of_a_sound_file_over(tmp_path: Path, sound: bytes) -> None:
    path, target = tmp_path / "it.pmpf", tmp_path / "saved.pmpf"
    path.write_bytes(sound)
    assert salvage(path, target, owner=ANNA) == ()
    with opened(path) as workspace, opened(target) as saved:
        assert saved.document == workspace.document
        assert len(saved.history()) == len(workspace.history())
        saved.undo()
        saved.run(rename_slowly("goes on"))
    assert examine(target, full=True) == ()


def test_salvage_of_damaged_files_gives_sound_ones_and_tells_what_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "it.pmpf"
    with made(path, tasks=2000) as workspace:
        history = workspace.history()
    content = path.read_bytes()
    rnd = random.Random(3)
    kept: list[int] = []
    for number in range(9):
        kind = ("zeroed", "sector", "cut")[number % 3]
        wreck = damaged(kind, content, content, rnd) if kind != "cut" else content[: -rnd.randrange(200_000)]
        path.write_bytes(wreck)
        target = tmp_path / f"saved {number}.pmpf"
        report = salvage(path, target, owner=ANNA)
        assert examine(target, full=True) == ()
        with opened(target) as saved:
            kept.append(len(saved.document.tasks))
            whole = kept[-1] == 2000 and saved.history() == history and len(saved.document.links) == 1999
            assert whole or report
    assert sum(count > 1500 for count in kept) >= 7, kept
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


def test_salvage_reads_past_a_ruined_header(tmp_path: Path, sound: bytes) -> None:
    path, target = tmp_path / "it.pmpf", tmp_path / "saved.pmpf"
    path.write_bytes(bytes(40) + sound[40:])
    with pytest.raises(FileTrouble):
        opened(path)
    salvage(path, target, owner=ANNA)
    with opened(target) as saved:
        assert len(saved.document.tasks) == 120


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the testers need Linux")
def test_killed_and_without_power_the_store_loses_nothing() -> None:
    root = Path(__file__).resolve().parents[3]
    if not (root.parent / "shared" / "tools" / "reliability").is_dir() or shutil.which("cc") is None:
        pytest.skip("the testers are not there")
    command = [sys.executable, "-m", "tests.reliability.run", "--kills", "15", "--images", "60"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=170, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["kills"]["acked_edits"] > 0
    assert told["kills"]["lost_edits"] == told["cuts"]["lost_edits"] == told["cuts"]["corrupt"] == 0
