"""The developers' commands decide rightly: what to install, what to ship, whether a window can open."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "build"))

import collected
import environment
import measuring
import running

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Debian's packages are meant")


def test_the_stamp_follows_the_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("one==1")
    before = environment.environment_stamp(lock)
    assert environment.environment_stamp(lock) == before
    lock.write_text("one==2")
    assert environment.environment_stamp(lock) != before


def test_a_library_that_is_not_there_is_found_missing() -> None:
    assert not environment.can_load("libnobody-ever-wrote-this.so.1")


def test_without_apt_the_packages_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(environment.SetUpTrouble, match="libegl1 libgl1"):
        environment.install_debian_packages(["libegl1", "libgl1"], why="The window needs them.")


@on_linux
def test_who_may_not_install_is_given_the_exact_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_program(tmp_path / "apt-get", "exit 0")
    write_program(tmp_path / "sudo", "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    with pytest.raises(environment.SetUpTrouble, match="sudo apt-get update && sudo apt-get install libegl1"):
        environment.install_debian_packages(["libegl1"], why="The window needs it.")


@on_linux
def test_root_installs_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    write_program(tmp_path / "apt-get", f'echo "$@" >> {tmp_path}/asked')
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("os.geteuid", lambda: 0)
    environment.install_debian_packages(["libegl1"], why="The window needs it.")
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked[-1].split()[0] == "install"
    assert asked[-1].split()[-1] == "libegl1"


def write_program(path: Path, line: str) -> None:
    """A small program of the shell."""
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


@on_linux
def test_a_display_that_answers_nobody_is_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("DISPLAY", ":987")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not running.has_display()


@on_linux
def test_no_display_at_all_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not running.has_display()


def test_a_bench_nobody_wrote_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert measuring.bench(["nobody"]) == 2
    assert "There is no bench nobody" in capsys.readouterr().err


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/Qt/qml/QtQuick/Controls/libx.so",
        "PySide6/Qt/plugins/sqldrivers/libqsqlite.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/translations/qtbase_ko.qm",
        "PySide6/Qt/translations/assistant_de.qm",
        "babel/locale-data/zu.dat",
        "libgtk-3.so.0",
    ],
)
def test_what_nobody_needs_stays_out_of_the_package(file: str) -> None:
    assert not collected.wanted(file)


@pytest.mark.parametrize(
    "file",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "babel/locale-data/de_AT.dat",
        "resources/older_files/version-1.pmpf",
        "resources/icons/folder.svg",
    ],
)
def test_what_the_program_needs_goes_into_the_package(file: str) -> None:
    assert collected.wanted(file)


def test_a_package_nobody_decided_to_ship_is_named() -> None:
    names = collected.top_names(["app.cli", "psycopg.rows", "json.decoder"], ["libz.so.1", "sqlcipher3/x.so"])
    assert collected.strangers(names) == ["psycopg", "sqlcipher3"]


def test_the_commands_are_explained() -> None:
    helped = subprocess.run(
        [sys.executable, str(ROOT / "build" / "dev.py"), "--help"], capture_output=True, text=True, timeout=60
    )
    assert helped.returncode == 0
    for command in ("setup", "run", "test", "check", "bench", "reliability", "package", "lock"):
        assert f"\n    {command}" in helped.stdout


def test_the_list_of_icons_is_what_vendoring_reads() -> None:
    listed = json.loads((ROOT / "resources" / "icons" / "list.json").read_text(encoding="utf-8"))
    assert list(listed) == sorted(listed)
