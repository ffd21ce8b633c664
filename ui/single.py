"""One program a person: a second start hands its files to the window that is open already."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
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


class Listener(QObject):
    """Listens for later starts; ``asked`` carries the files they were given."""

    asked = Signal(list)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(name)
        self._server.listen(name)
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
