"""Where the pictures, fonts and other shipped files lie, from source and in the packaged program."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Give the path of a shipped file or folder; it need not exist."""
    packed = getattr(sys, "_MEIPASS", None)
    root = Path(packed) if packed else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)
