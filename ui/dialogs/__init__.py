"""The few questions that need an answer before anything goes on; none is larger than 1366 x 768."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


def asked(dialog: QDialog) -> int:
    """Have a dialog answered and let go of it; its own names can still be read, its widgets not for long."""
    answer: int = dialog.exec()
    dialog.deleteLater()
    return answer
