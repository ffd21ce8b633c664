"""The panel at the right: the selected thing, editable, with why and history under it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.theme import HAIR, LARGE, SMALL, Role, font, repolish, tokens

WIDTH = 320
_LABEL_PX = 112

Accept = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A label and its value. With `accept` it can be typed in: it takes the text and gives back why it
    was refused, '' when it was taken. `tone` is '', good, watch, bad, hint."""

    label: str
    value: str
    accept: Accept | None = field(default=None, compare=False)
    choices: tuple[str, ...] = ()
    tone: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[Line, ...]


class Inspector(QWidget):
    """Shows sections of lines; `why` and `history` are slots for a page's own parts under them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._shown: tuple[Section, ...] = ()
        self._blocks: list[QWidget] = []
        self._fields: dict[tuple[str, str], InspectorField | QComboBox | QLabel] = {}
        self._title, self._under = QLabel(self), QLabel(self)
        self._title.setFont(font(Role.SECTION))
        self._title.setWordWrap(True)
        self._under.setFont(font(Role.CAPTION))
        self._under.setProperty("tone", "hint")
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        self._column.setSpacing(SMALL)
        self._column.addWidget(self._title)
        self._column.addWidget(self._under)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(LARGE)
        self._column.addLayout(self._sections)
        self.why, self.history = QVBoxLayout(), QVBoxLayout()
        for slot in (self.why, self.history):
            slot.setSpacing(HAIR)
            self._column.addLayout(slot)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(area)

    def show_thing(self, title: str, under: str, sections: Sequence[Section]) -> None:
        """Show a thing; where only values differ from before, the fields and the caret stay."""
        self._title.setText(title)
        self._under.setText(under)
        self._under.setVisible(bool(under))
        wanted = tuple(sections)
        if _shape(wanted) == _shape(self._shown):
            for section in wanted:
                for line in section.lines:
                    _fill(self._fields[section.title, line.label], line)
        else:
            self._rebuild(wanted)
        self._shown = wanted

    def field_of(self, section: str, label: str) -> QWidget:
        """Give the field of a line, to put the caret in it."""
        return self._fields[section, label]

    def _rebuild(self, sections: tuple[Section, ...]) -> None:
        self._fields = {}
        for old in self._blocks:
            self._sections.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._blocks = []
        for section in sections:
            block = QWidget(self)
            form = QFormLayout(block)
            form.setContentsMargins(0, SMALL, 0, 0)
            form.setHorizontalSpacing(SMALL)
            form.setVerticalSpacing(2)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            if section.title:
                heading = QLabel(section.title, block)
                heading.setFont(font(Role.BODY_STRONG))
                form.addRow(heading)
            for line in section.lines:
                label = QLabel(line.label, block)
                label.setProperty("tone", "secondary")
                label.setFixedWidth(_LABEL_PX)
                label.setMinimumHeight(28)
                made = _field(line, block)
                label.setBuddy(made)
                form.addRow(label, made)
                self._fields[section.title, line.label] = made
                _fill(made, line)
            self._sections.addWidget(block)
            self._blocks.append(block)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(tokens().surface))
        painter.fillRect(0, 0, 1, self.height(), QColor(tokens().border))
        painter.end()


class InspectorField(QLineEdit):
    """A value one can type in: Enter or leaving takes it, Esc restores it, a refusal stays and says why."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = Line("", "")
        self._said: QLabel | None = None
        self.setFont(font(Role.BODY, tabular=True))
        self.setFixedHeight(28)
        self.setProperty("inspector", True)
        self.editingFinished.connect(self.on_editing_finished)
        self.textEdited.connect(lambda: self._say(""))

    def show_line(self, line: Line) -> None:
        """Show a value; text being typed is left alone."""
        is_typing = self.hasFocus() and self.text() != self.line.value
        self.line = line
        if not is_typing:
            self.setText(line.value)
            self.setCursorPosition(0)

    def on_editing_finished(self) -> None:
        if self.line.accept is not None and self.text() != self.line.value:
            self._say(self.line.accept(self.text()))

    def _say(self, sentence: str) -> None:
        self.setProperty("wrong", bool(sentence))
        self.setToolTip(sentence or self.line.hint)
        self.setAccessibleDescription(sentence)
        repolish(self)
        holder = self.parentWidget()
        form = holder.layout() if holder is not None else None
        if not isinstance(form, QFormLayout):
            return
        said = self._said
        if sentence and said is None:
            said = self._said = QLabel(holder)
            said.setFont(font(Role.CAPTION))
            said.setProperty("tone", "bad")
            said.setWordWrap(True)
            row = next(at for at in range(form.rowCount()) if _stands_in(form, at, self))
            form.insertRow(row + 1, said)
        if said is not None:
            said.setText(sentence)
            said.setVisible(bool(sentence))

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self.line.value:
            self.setText(self.line.value)
            self._say("")
        else:
            super().keyPressEvent(event)


def _stands_in(form: QFormLayout, row: int, widget: QWidget) -> bool:
    item = form.itemAt(row, QFormLayout.ItemRole.FieldRole)
    return item is not None and item.widget() is widget


def _field(line: Line, parent: QWidget) -> InspectorField | QComboBox | QLabel:
    if line.accept is None:
        made = QLabel(parent)
        made.setWordWrap(True)
        made.setFont(font(Role.BODY, tabular=True))
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made
    if line.choices:
        box = QComboBox(parent)
        box.setFixedHeight(28)
        box.setProperty("inspector", True)
        box.addItems(list(line.choices))
        accept = line.accept
        box.textActivated.connect(lambda text: accept(text))
        box.setAccessibleName(line.label)
        return box
    made_field = InspectorField(parent)
    made_field.setAccessibleName(line.label)
    return made_field


def _fill(made: InspectorField | QComboBox | QLabel, line: Line) -> None:
    made.setToolTip(line.hint)
    if isinstance(made, InspectorField):
        made.show_line(line)
    elif isinstance(made, QComboBox):
        made.setCurrentText(line.value)
    else:
        made.setText(line.value)
        made.setProperty("tone", line.tone)
        repolish(made)


def _shape(sections: tuple[Section, ...]) -> object:
    return tuple(
        (s.title, tuple((line.label, line.accept is not None, line.choices) for line in s.lines))
        for s in sections
    )
