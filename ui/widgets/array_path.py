"""Painter paths made of arrays: thousands of corners without an object for any of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QByteArray, QDataStream
from PySide6.QtGui import QPainterPath

_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_LINE_TO = 1


def path_of(lines: npt.NDArray[np.float64]) -> QPainterPath:
    """The path of `n` lines through `k` points each, given as (n, k, 2); n and k at least 1.

    Qt takes a path from a stream (count, elements, start of the last line, fill rule); calling
    `lineTo` for every corner costs ten times as much.
    """
    count, corners, _ = lines.shape
    elements = np.zeros((count, corners), _ELEMENT)
    elements["kind"][:, 1:] = _LINE_TO
    elements["x"], elements["y"] = lines[..., 0], lines[..., 1]
    said = np.array([count * corners, (count - 1) * corners, 0], ">i4")
    raw = said[:1].tobytes() + elements.tobytes() + said[1:].tobytes()
    path = QPainterPath()
    QDataStream(QByteArray(raw)) >> path
    return path
