"""How a plan falls on paper: which sheet, which way up, and on how many pages it is to fit."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from app.text import mark, tr
from ui.theme import LARGE, MEDIUM
from ui.widgets.label import Label

_SIZES: tuple[tuple[str, str, QPageSize.PageSizeId], ...] = (
    ("A4", mark("A4"), QPageSize.PageSizeId.A4),
    ("A3", mark("A3"), QPageSize.PageSizeId.A3),
    ("Letter", mark("Letter"), QPageSize.PageSizeId.Letter),
    ("Tabloid", mark("Tabloid"), QPageSize.PageSizeId.Tabloid),
)
_MARGIN_MM = 10.0
_MOST_PAGES = 20
_BOX_WIDE = 220


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, and on how many of them the plan is to fit; `down` is 0 for as many as the rows need."""

    size: str = "A4"
    is_portrait: bool = False
    across: int = 1
    down: int = 0

    def layout(self) -> QPageLayout:
        """The sheet as Qt's paged devices want it."""
        size = next((found for key, _, found in _SIZES if key == self.size), QPageSize.PageSizeId.A4)
        way = QPageLayout.Orientation.Portrait if self.is_portrait else QPageLayout.Orientation.Landscape
        edge = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        return QPageLayout(QPageSize(size), way, edge, QPageLayout.Unit.Millimeter)


USUAL = Paper()


class PaperDialog(QDialog):
    """Asks for the sheet and the number of pages; `paper` is what was answered."""

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Fit to pages"))
        self.size_box, self.way_box = QComboBox(), QComboBox()
        for key, name, _ in _SIZES:
            self.size_box.addItem(tr(name), key)
        self.size_box.setCurrentIndex(max(0, self.size_box.findData(paper.size)))
        self.way_box.addItem(tr("Landscape"), False)
        self.way_box.addItem(tr("Portrait"), True)
        self.way_box.setCurrentIndex(int(paper.is_portrait))
        self.across_box, self.down_box = QComboBox(), QComboBox()
        self.down_box.addItem(tr("As many as the rows need"), 0)
        for count in range(1, _MOST_PAGES + 1):
            self.across_box.addItem(str(count), count)
            self.down_box.addItem(str(count), count)
        self.across_box.setCurrentIndex(self.across_box.findData(paper.across))
        self.down_box.setCurrentIndex(self.down_box.findData(paper.down))
        form = QGridLayout()
        form.setSpacing(MEDIUM)
        form.setColumnStretch(1, 1)
        asked = (
            (tr("Paper"), self.size_box),
            (tr("Way up"), self.way_box),
            (tr("Pages wide"), self.across_box),
            (tr("Pages high"), self.down_box),
        )
        for row, (words, box) in enumerate(asked):
            box.setAccessibleName(words)
            box.setMinimumWidth(_BOX_WIDE)
            form.addWidget(Label(words), row, 0)
            form.addWidget(box, row, 1)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        go_on = buttons.button(kinds.Ok)
        go_on.setText(tr("Continue"))
        go_on.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        column.setSpacing(LARGE)
        column.addLayout(form)
        column.addWidget(buttons)

    @property
    def paper(self) -> Paper:
        """What is chosen now."""
        return Paper(
            self.size_box.currentData(),
            bool(self.way_box.currentData()),
            self.across_box.currentData(),
            self.down_box.currentData(),
        )
