"""Asked to end by the computer, the program ends in order: what is typed is kept, and it is no crash."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from app.workspace import Who, Workspace
from tests.ui.test_shell import portfolio
from tests.windows import open_window, plan_page, rows, settled
from ui.leaving import Leaving

ME = Who("pm", "desk", "Pat Morgan")
ROOT = Path(__file__).resolve().parents[2]


def wait_for(what, seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.skipif(os.name != "posix", reason="signals are those of POSIX")
@pytest.mark.parametrize("word", ["SIGTERM", "SIGHUP"])
def test_a_log_out_closes_the_program_in_order(private_folders: Path, tmp_path: Path, word: str) -> None:
    file = portfolio(tmp_path / "Alpha.pmpf", "Relaunch")
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    program = subprocess.Popen([sys.executable, "-m", "ui", str(file)], cwd=ROOT, env=env)
    try:
        lock = file.with_name(file.name + ".lock")
        wait_for(lock.exists)
        wait_for(
            lambda: any(file.name in each.read_text() for each in private_folders.rglob("sitting-*.json"))
        )
        program.send_signal(getattr(signal, word))
        assert program.wait(30) == 0
    finally:
        program.kill()
        program.wait()
    assert list(private_folders.rglob("sitting-*.json")) == []
    assert not lock.exists()


def test_what_is_being_typed_is_taken_and_a_dialog_is_put_away(qapp, tmp_path: Path) -> None:
    file = portfolio(tmp_path / "Alpha.pmpf", "Relaunch")
    ended: list[bool] = []
    shell = open_window()
    leaving = Leaving(shell, lambda: ended.append(True))
    try:
        assert shell.open_file(file)
        shell.go_to("plan")
        settled()
        sheet = plan_page(shell).sheet
        assert sheet.type_into(rows(shell)["Relaunch two"], "name", "Typed")
        dialog = QDialog(shell)
        dialog.open()
        os.kill(os.getpid(), signal.SIGTERM)
        until = time.monotonic() + 10
        while not ended and time.monotonic() < until:
            QApplication.processEvents()
        assert ended == [True]
        assert not shell.isVisible()
    finally:
        leaving.stop()
        shell.close()
        shell.deleteLater()
        settled()
    with Workspace.open(file, owner=ME) as again:
        assert "Typed" in [task.name for task in again.document.tasks]
