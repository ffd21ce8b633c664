"""One program a person: a second start hands its files over and ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtNetwork import QLocalSocket

from app.workspace import Who, Workspace
from tests.windows import window
from ui.main import _take
from ui.single import Listener, channel_name, handed_over


def test_the_first_start_finds_nobody(qapp, tmp_path) -> None:
    assert not handed_over(channel_name(tmp_path), [])


def test_a_second_start_hands_its_files_to_the_window_that_is_open(qtbot, tmp_path) -> None:
    name = channel_name(tmp_path)
    listener = Listener(name)
    with qtbot.waitSignal(listener.asked) as asked:
        assert handed_over(name, [tmp_path / "a.pmpf", tmp_path / "b.xml"])
    assert asked.args[0] == [(tmp_path / "a.pmpf").resolve(), (tmp_path / "b.xml").resolve()]
    with qtbot.waitSignal(listener.asked) as asked:
        assert handed_over(name, [])
    assert asked.args[0] == []
    listener.close()
    assert not handed_over(name, [])


def test_of_two_starts_at_once_the_first_stays_the_one_that_listens(qtbot, tmp_path) -> None:
    name = channel_name(tmp_path)
    first, second = Listener(name), Listener(name)
    assert (first.is_listening, second.is_listening) == (True, False)
    second.close()
    with qtbot.waitSignal(first.asked) as asked:
        assert handed_over(name, [tmp_path / "a.pmpf"])
    assert asked.args[0] == [(tmp_path / "a.pmpf").resolve()]
    first.close()


def test_what_a_killed_window_left_behind_keeps_nobody_from_listening(qapp, tmp_path) -> None:
    name = channel_name(tmp_path)
    ended = f"import os, PySide6.QtNetwork as n; s = n.QLocalServer(); s.listen({name!r}); os._exit(0)"
    subprocess.run([sys.executable, "-c", ended], check=True)
    listener = Listener(name)
    assert listener.is_listening
    listener.close()


def test_nonsense_on_the_channel_is_ignored(qtbot, tmp_path) -> None:
    name = channel_name(tmp_path)
    listener = Listener(name)
    heard: list[object] = []
    listener.asked.connect(heard.append)
    for words in (b"\xff\xfe", b"{}", b"[1, 2]", json.dumps("x").encode()):
        socket = QLocalSocket()
        socket.connectToServer(name)
        assert socket.waitForConnected(500)
        socket.write(words)
        socket.waitForBytesWritten(500)
        socket.disconnectFromServer()
        qtbot.wait(20)
    assert all(isinstance(each, Path) for files in heard for each in files)
    assert heard == []
    listener.close()


def test_settings_in_another_place_are_another_program(tmp_path) -> None:
    assert channel_name(tmp_path / "a") != channel_name(tmp_path / "b")
    assert channel_name(tmp_path / "a") == channel_name(tmp_path / "a")


def test_files_that_arrive_are_opened_in_front(qapp, tmp_path) -> None:
    place = tmp_path / "Work.pmpf"
    Workspace.create(place, owner=Who("pm", "desk")).close()
    with window() as shell:
        shell.showMinimized()
        _take(shell, [place])
        assert shell.isVisible()
        assert not shell.isMinimized()
        assert shell.windowTitle().startswith("Work")
