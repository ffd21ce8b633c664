"""The panel at the right: the selected thing, to be read and typed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QColor,
    QDesktopServices,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.text import tr
from ui import icons
from ui.theme import LARGE, MEDIUM, SMALL, Role, font, repolish, tokens
from ui.widgets.label import Label, plain_tip

WIDTH = 320
_LABEL_PX = 108
_LONG_HIGH = 96
_SPANNING = QFormLayout.ItemRole.SpanningRole

Accept = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """A label and its value. With `accept` it can be typed in: it takes the text and gives back why it
    was refused, '' when it was taken. `tone` is '', good, watch, bad, hint.

    `is_mixed` says that several things differ here, `is_long` that the text may have many lines, `is_link`
    that it is an address to be opened."""

    label: str
    value: str
    accept: Accept | None = field(default=None, compare=False)
    choices: tuple[str, ...] = ()
    tone: str = ""
    hint: str = ""
    is_mixed: bool = False
    is_long: bool = False
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[Line, ...]


class Inspector(QWidget):
    """Shows sections of lines, each with its heading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._shown: tuple[Section, ...] = ()
        self._blocks: list[QWidget] = []
        self._fields: dict[tuple[str, str], Value] = {}
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(LARGE, MEDIUM, SMALL, LARGE)
        column.setSpacing(SMALL)
        self._sections = QVBoxLayout()
        self._sections.setSpacing(LARGE)
        column.addLayout(self._sections)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        inside.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(area)

    def show_sections(self, sections: Sequence[Section]) -> None:
        """Show a thing; where only values differ from before, the fields and the caret stay."""
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
                heading = Label(section.title, block)
                heading.setFont(font(Role.BODY_STRONG))
                form.addRow(heading)
            for line in section.lines:
                label = Label(line.label, block)
                label.setProperty("tone", "secondary")
                label.setFixedWidth(_LABEL_PX)
                label.setWordWrap(True)
                label.setMinimumHeight(28)
                made = _field(line, block)
                label.setBuddy(made)
                if line.is_long and line.accept is not None:
                    form.addRow(label)
                    form.addRow(made)
                else:
                    form.addRow(label, made)
                self._fields[section.title, line.label] = made
                _fill(made, line)
            self._sections.addWidget(block)
            self._blocks.append(block)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(tokens().surface))


class InspectorField(QLineEdit):
    """A value one can type in: Enter or leaving takes it, Esc restores it, a refusal stays and says why."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = Line("", "")
        self._opener: QAction | None = None
        self.setFont(font(Role.BODY, tabular=True))
        self.setFixedHeight(28)
        self.setProperty("inspector", True)
        self.editingFinished.connect(self.on_editing_finished)
        self.textEdited.connect(lambda: self._say(""))

    def show_line(self, line: Line) -> None:
        """Show a value; text being typed is left alone."""
        is_typing = self.hasFocus() and self.text() != self.line.value
        self.line = line
        self.setPlaceholderText(tr("mixed") if line.is_mixed else "")
        self._offer_to_open(line)
        if not is_typing:
            self.setText(line.value)
            self.setCursorPosition(0)

    def _offer_to_open(self, line: Line) -> None:
        """A link that can be opened shows the sign for it at the field's end."""
        address = QUrl.fromUserInput(line.value) if line.is_link and line.value else QUrl()
        is_open = address.scheme() in ("http", "https", "mailto")
        if is_open and self._opener is None:
            self._opener = self.addAction(
                icons.icon("arrow-right"), QLineEdit.ActionPosition.TrailingPosition
            )
            self._opener.setToolTip(tr("Open the link"))
            self._opener.triggered.connect(
                lambda: QDesktopServices.openUrl(QUrl.fromUserInput(self.line.value))
            )
        if self._opener is not None:
            self._opener.setVisible(is_open)

    def on_editing_finished(self) -> None:
        if self.line.accept is not None and self.text() != self.line.value:
            self._say(self.line.accept(self.text()))

    def _say(self, sentence: str) -> None:
        _refuse(self, sentence, self.line.hint)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self.line.value:
            self.setText(self.line.value)
            self._say("")
        else:
            super().keyPressEvent(event)


class InspectorText(QPlainTextEdit):
    """A text of several lines: leaving it or Ctrl+Enter takes it, Esc restores it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = Line("", "")
        self.setFont(font(Role.BODY))
        self.setFixedHeight(_LONG_HIGH)
        self.setTabChangesFocus(True)
        self.setProperty("inspector", True)

    def show_line(self, line: Line) -> None:
        """Show a text; one being typed is left alone."""
        is_typing = self.hasFocus() and self.toPlainText() != self.line.value
        self.line = line
        self.setPlaceholderText(tr("mixed") if line.is_mixed else "")
        if not is_typing and self.toPlainText() != line.value:
            self.setPlainText(line.value)

    def take(self) -> None:
        """Hand the text on where it was changed."""
        if self.line.accept is not None and self.toPlainText() != self.line.value:
            _refuse(self, self.line.accept(self.toPlainText()), self.line.hint)

    # Qt overrides

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.take()
        elif event.key() == Qt.Key.Key_Escape and self.toPlainText() != self.line.value:
            self.setPlainText(self.line.value)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.take()


Value = InspectorField | InspectorText | QComboBox | QLabel
"""What a line's value is shown in."""


def _refuse(made: QWidget, sentence: str, hint: str) -> None:
    """Say under a field why its text was refused; '' when all is well."""
    made.setProperty("wrong", bool(sentence))
    made.setToolTip(plain_tip(sentence or hint))
    made.setAccessibleDescription(sentence)
    repolish(made)
    holder = made.parentWidget()
    form = holder.layout() if holder is not None else None
    if not isinstance(form, QFormLayout):
        return
    row = next(at for at in range(form.rowCount()) if _stands_in(form, at, made))
    below = form.itemAt(row + 1, _SPANNING) if row + 1 < form.rowCount() else None
    said = below.widget() if below is not None else None
    if not (isinstance(said, QLabel) and said.property("refusal")):
        if not sentence:
            return
        said = Label("", holder)
        said.setFont(font(Role.CAPTION))
        said.setProperty("tone", "bad")
        said.setProperty("refusal", True)
        said.setWordWrap(True)
        form.insertRow(row + 1, said)
    said.setText(sentence)
    said.setVisible(bool(sentence))


def _stands_in(form: QFormLayout, row: int, widget: QWidget) -> bool:
    roles = (QFormLayout.ItemRole.FieldRole, _SPANNING)
    items = (form.itemAt(row, role) for role in roles)
    return any(item is not None and item.widget() is widget for item in items)


def _choose(box: QComboBox, accept: Accept, text: str) -> None:
    """Hand a choice on; a refused one is said and does not stay."""
    sentence = accept(text)
    _refuse(box, sentence, "")
    if sentence:
        box.setCurrentIndex(box.findText(str(box.property("value") or "")))


def _field(line: Line, parent: QWidget) -> Value:
    if line.accept is None:
        made = Label("", parent)
        made.setWordWrap(True)
        made.setFont(font(Role.BODY, tabular=True))
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return made
    if line.choices:
        box = QComboBox(parent)
        box.setFixedHeight(28)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.setProperty("inspector", True)
        box.addItems(list(line.choices))
        accept = line.accept
        box.textActivated.connect(partial(_choose, box, accept))
        box.setAccessibleName(line.label)
        return box
    if line.is_long:
        made_text = InspectorText(parent)
        made_text.setAccessibleName(line.label)
        return made_text
    made_field = InspectorField(parent)
    made_field.setAccessibleName(line.label)
    return made_field


def _fill(made: Value, line: Line) -> None:
    made.setToolTip(plain_tip(line.hint))
    if isinstance(made, (InspectorField, InspectorText)):
        made.show_line(line)
    elif isinstance(made, QComboBox):
        made.setPlaceholderText(tr("mixed") if line.is_mixed else "")
        made.setProperty("value", line.value)
        made.setCurrentIndex(-1 if line.is_mixed else made.findText(line.value))
    else:
        made.setText(tr("mixed") if line.is_mixed else line.value)
        made.setProperty("tone", line.tone)
        repolish(made)


def _shape(sections: tuple[Section, ...]) -> object:
    return tuple(
        (s.title, tuple((x.label, x.accept is not None, x.choices, x.is_long) for x in s.lines))
        for s in sections
    )
