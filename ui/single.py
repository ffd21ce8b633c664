"""One program a person: a second start hands its files to the window that is open already."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 500


def channel_name(home: Path) -> str:
    """The name under which this person's window listens; settings in another place are another program."""
    mark = hashlib.sha256(f"{getpass.getuser()}|{home}".encode()).hexdigest()[:16]
    return f"pm-portfolio-{mark}"


def handed_over(name: str, files: Sequence[Path]) -> bool:
    """Whether a window is listening and took the files (none: it comes to the front)."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(json.dumps([str(file.resolve()) for file in files]).encode("utf-8"))
    taken = socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return bool(taken)


def _is_answered(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    return bool(socket.waitForConnected(_WAIT_MS))


class Listener(QObject):
    """Listens for later starts; ``asked`` carries the files they were given.

    ``is_listening`` is false where another window listens already: of two starts at once the first.
    """

    asked = Signal(list)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        one_at_a_time = QLockFile(QDir.temp().filePath(f"{name}.lock"))
        one_at_a_time.tryLock(_WAIT_MS)
        # Qt puts a new server in the place of one that is alive as well: who is there is asked first.
        self.is_listening = not _is_answered(name)
        if self.is_listening:
            QLocalServer.removeServer(name)  # left behind by a window that ended without a word
            self.is_listening = self._server.listen(name)
        one_at_a_time.unlock()
        self._server.newConnection.connect(self.on_connected)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def on_connected(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if socket.state() is QLocalSocket.LocalSocketState.UnconnectedState:
                self._take(socket)  # it said all and left before it was let in
            else:
                socket.disconnected.connect(self.on_disconnected)

    def on_disconnected(self) -> None:
        # Asked for here, because a function that held the socket would be torn down with it and crash.
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._take(socket)

    def _take(self, socket: QLocalSocket) -> None:
        text = bytes(socket.readAll().data()).decode("utf-8", "replace")
        socket.deleteLater()
        try:
            words = json.loads(text)
        except ValueError:
            return
        if isinstance(words, list) and all(isinstance(word, str) for word in words):
            self.asked.emit([Path(word) for word in words])
