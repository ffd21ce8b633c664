"""What every section of the Set-up page is: a widget over views, asked again when it is seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.domain.values import ProjectId
from app.operations.operation import Step
from ui.bridge import Bridge
from ui.theme import HUGE, LARGE, SMALL, WIDE


class SetupSection(QWidget):
    """One section; ``answered`` says that the page's line about it may read differently now."""

    answered = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.project: ProjectId | None = None

    def refresh(self) -> None:
        """Ask the views again and show what changed."""

    def answer(self) -> str:
        """The line under the page's title while this section is shown."""
        return ""

    def show_record(self, record: str) -> bool:
        """Bring a record into sight; whether it is one of this section's."""
        return False

    def refused(self, step: Step[Any]) -> str:
        """Run a step; the sentence with which it was refused, empty when it was done."""
        return self.bridge.refused(step)


class TwoColumns(QScrollArea):
    """Blocks under each other in two columns of equal width, as high as they need to be."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(WIDE, LARGE, WIDE, WIDE)
        grid.setHorizontalSpacing(HUGE)
        for place, blocks in enumerate((left, right)):
            column = QVBoxLayout()
            column.setSpacing(WIDE)
            for block in blocks:
                column.addWidget(block)
            column.addStretch(1)
            grid.addLayout(column, 0, place)
            grid.setColumnStretch(place, 1)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)


def inset(sheet: QWidget, *, right: bool = True) -> QHBoxLayout:
    """A sheet set in, so that the text in its cells stands under the page's title."""
    row = QHBoxLayout()
    row.setContentsMargins(WIDE - SMALL, 0, WIDE - SMALL if right else 0, 0)
    row.addWidget(sheet)
    return row


def bar(*parts: QWidget | None) -> QHBoxLayout:
    """Controls beside each other; ``None`` pushes what follows to the right."""
    row = QHBoxLayout()
    row.setSpacing(LARGE // 2)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row
