"""The line in which words are typed to narrow or to find; nobody misses what was typed there."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

_USUAL = 280


class SearchLine(QLineEdit):
    """Words to look for; ``hint`` is shown while it is empty and read out as its name.

    It grows to ``most`` pixels, with 0 as wide as its place.
    """

    def __init__(self, hint: str, parent: QWidget | None = None, *, most: int = _USUAL) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setClearButtonEnabled(True)
        if most:
            self.setMaximumWidth(most)
