"""A small dialog that asks for a few things and does one act; what cannot be is said inside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.domain.errors import Refusal
from app.operations.operation import Step
from app.text import tr
from ui.bridge import Bridge
from ui.theme import LARGE, SMALL, WIDE, current
from ui.widgets.label import Label


class Asking(QDialog):
    """A form, a sentence where it was refused, and two buttons; ``step`` says what the act is.

    ``made`` is what the step gave back, once the dialog was accepted.
    """

    def __init__(self, bridge: Bridge, title: str, act: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.made: Any = None
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(LARGE)
        self.form.setVerticalSpacing(SMALL)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.why = Label()
        self.why.setProperty("tone", "bad")
        self.why.setWordWrap(True)
        self.why.hide()
        self._buttons = QDialogButtonBox()
        self.act_button = self._buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole)
        self.act_button.setProperty("primary", True)
        self.act_button.setDefault(True)
        self._buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.on_act)
        self._buttons.rejected.connect(self.reject)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(WIDE, WIDE, WIDE, LARGE)
        self.column.setSpacing(LARGE)
        self.column.addLayout(self.form)
        self.column.addWidget(self.why)

    def ask_for(self, label: str, editor: QWidget, name: str = "") -> None:
        """Put a labelled editor into the form; the label's & letter leads to it."""
        made = Label(label)
        made.setMinimumHeight(current().metrics.control)
        made.setBuddy(editor)
        editor.setAccessibleName(name or label.replace("&", ""))
        self.form.addRow(made, editor)

    def step(self) -> Step[Any]:
        """What is to be done with what was entered.

        Raises:
            Refusal: something that was typed cannot be read.
        """
        raise Refusal(tr("There is nothing to do."))

    def say(self, sentence: str) -> None:
        """Say why it cannot be."""
        self.why.setText(sentence)
        self.why.setVisible(bool(sentence))

    def on_act(self) -> None:
        try:
            step = self.step()
        except Refusal as refusal:
            self.say(refusal.sentence)
            return
        self.say(self.bridge.refused(step, self.on_done, is_asked=True))

    def on_done(self, made: Any) -> None:
        """Keep what was made and close."""
        self.made = made
        self.accept()

    # Qt overrides

    def setVisible(self, visible: bool) -> None:
        # Tab and the first focus follow the order in which parts came: the buttons come last.
        if self._buttons.parentWidget() is None:
            self.column.addWidget(self._buttons)
        super().setVisible(visible)


def number(low: int, high: int, value: int) -> QSpinBox:
    """A whole number to be typed, or stepped with the arrow keys."""
    spin = QSpinBox()
    # The style sheet's padding does not reach the text of a number field.
    spin.lineEdit().setTextMargins(SMALL, 0, SMALL, 0)
    spin.setRange(low, high)
    spin.setValue(value)
    return spin


def choices(pairs: tuple[tuple[str, str], ...], value: str = "") -> QComboBox:
    """A list of (value, words) that stands on a value."""
    combo = QComboBox()
    for key, words in pairs:
        combo.addItem(words, key)
    combo.setCurrentIndex(max(combo.findData(value), 0))
    return combo
