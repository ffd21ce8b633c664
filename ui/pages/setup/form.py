"""Settings as a form: a label and an editor a line, and under the editor why a text was refused."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from app.views.project_settings import Setting, SettingGroup
from ui.theme import LARGE, SMALL, Role, font
from ui.widgets.inspector import InspectorField, Line
from ui.widgets.label import Label

LABEL_PX = 150
FIELD_PX = 300
_HEIGHT = 30

Take = Callable[[str, str], str]
"""Takes a setting's key and the text typed, and gives back why it was refused, '' when it was taken."""


class SettingsForm(QWidget):
    """One group of settings; ``take`` is called with (key, text) and says why it refuses."""

    def __init__(self, take: Take, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._take = take
        self._shape: tuple[tuple[str, str], ...] = ()
        self._lines: dict[str, SettingLine] = {}
        self._title = Label("", self)
        self._title.setFont(font(Role.SECTION))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self._title)
        self._holder = QWidget(self)
        column.addWidget(self._holder)

    def show_group(self, group: SettingGroup) -> None:
        """Show settings; where only values differ from before, the editors and the caret stay."""
        self._title.setText(group.title)
        self._title.setVisible(bool(group.title))
        self.setAccessibleName(group.title)
        shape = tuple((setting.key, setting.kind) for setting in group.settings)
        if shape != self._shape:
            self._rebuild(group)
            self._shape = shape
        for setting in group.settings:
            self._lines[setting.key].show_setting(setting)

    def line(self, key: str) -> SettingLine:
        """The line of a setting."""
        return self._lines[key]

    def _rebuild(self, group: SettingGroup) -> None:
        old = self._holder
        self._holder = QWidget(self)
        form = QFormLayout(self._holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(LARGE)
        form.setVerticalSpacing(SMALL)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._lines = {}
        for setting in group.settings:
            made = self._lines[setting.key] = SettingLine(setting, self._take, self._holder)
            label = Label("" if setting.kind == "flag" else setting.label, self._holder)
            label.setProperty("tone", "secondary")
            label.setFixedWidth(LABEL_PX)
            label.setMinimumHeight(_HEIGHT)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            if setting.kind == "long":
                label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            made.label = None if setting.kind == "flag" else label
            form.addRow(label, made)
        column = self.layout()
        assert column is not None
        column.replaceWidget(old, self._holder)
        old.hide()
        old.deleteLater()


class SettingLine(QWidget):
    """The editor of one setting and, when it was refused, the sentence that says why."""

    def __init__(self, setting: Setting, take: Take, parent: QWidget) -> None:
        super().__init__(parent)
        self._take = take
        self.setting = setting
        self.label: QLabel | None = None
        self.editor = self._made(setting)
        self.editor.setAccessibleName(setting.label)
        if setting.kind != "flag":
            self.editor.setMaximumWidth(FIELD_PX)
        self.said = Label("", self)
        self.said.setFont(font(Role.CAPTION))
        self.said.setProperty("tone", "bad")
        self.said.setWordWrap(True)
        self.said.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.editor)
        column.addWidget(self.said)

    def show_setting(self, setting: Setting) -> None:
        """Show a value; text that is being typed is left alone."""
        self.setting = setting
        if self.label is not None:
            self.label.setText(setting.label)
            self.label.setToolTip(setting.help)
        editor = self.editor
        editor.setToolTip(setting.help)
        editor.setAccessibleDescription(self.said.text() or setting.help)
        if isinstance(editor, InspectorField):
            editor.show_line(Line(setting.label, setting.text, self.on_typed, hint=setting.help))
        elif isinstance(editor, NotesField):
            editor.show_text(setting.text)
        elif isinstance(editor, QCheckBox):
            editor.setText(setting.label)
            with QSignalBlocker(editor):
                editor.setChecked(setting.text == "1")
        elif isinstance(editor, QComboBox):
            _fill(editor, setting)
        elif isinstance(editor, QLabel):
            editor.setText(setting.text)

    def on_typed(self, text: str) -> str:
        sentence = self._take(self.setting.key, text)
        self.say(sentence)
        return sentence

    def on_chosen(self, value: str) -> None:
        if value != self.setting.text and self.on_typed(value):
            self.show_setting(self.setting)

    def say(self, sentence: str) -> None:
        """Say why a text was refused; an empty sentence takes it back."""
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence or self.setting.help)

    def _made(self, setting: Setting) -> QWidget:
        if setting.kind == "flag":
            box = QCheckBox(self)
            box.setMinimumHeight(_HEIGHT)
            box.toggled.connect(lambda on: self.on_chosen("1" if on else "0"))
            return box
        if setting.kind == "choice":
            combo = CalmCombo(self)
            combo.setFixedHeight(_HEIGHT)
            combo.setProperty("inspector", True)
            combo.activated.connect(lambda place: self.on_chosen(combo.itemData(place)))
            return combo
        if setting.kind == "long":
            notes = NotesField(self.on_typed, self)
            notes.setFixedHeight(84)
            notes.setProperty("inspector", True)
            return notes
        if setting.kind == "said":
            said = Label("", self)
            said.setFont(font(Role.BODY, tabular=True))
            said.setMinimumHeight(_HEIGHT)
            said.setIndent(11)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            return said
        field = InspectorField(self)
        field.setFixedHeight(_HEIGHT)
        field.textEdited.connect(lambda _text: self.say(""))
        return field


class CalmCombo(QComboBox):
    """A list of choices that scrolling over does not change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)

    # Qt overrides

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class NotesField(QPlainTextEdit):
    """Lines of text, taken when the caret leaves them."""

    def __init__(self, take: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._take = take
        self._kept = ""
        self.setTabChangesFocus(True)

    @property
    def is_typing(self) -> bool:
        """Whether what stands here has not been taken yet."""
        return self.toPlainText() != self._kept

    def show_text(self, text: str) -> None:
        """Show a text; what is being typed is left alone."""
        is_held = self.hasFocus() and self.is_typing
        self._kept = text
        if not is_held and self.toPlainText() != text:
            self.setPlainText(text)

    # Qt overrides

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.is_typing:
            self._take(self.toPlainText())


def _fill(combo: QComboBox, setting: Setting) -> None:
    """Offer a setting's choices and stand on its value, which is offered even where it is unusual."""
    wanted = list(setting.choices)
    if setting.text not in [value for value, _ in wanted]:
        wanted.append((setting.text, setting.text))
    there = [(combo.itemData(at), combo.itemText(at)) for at in range(combo.count())]
    with QSignalBlocker(combo):
        if there != wanted:
            combo.clear()
            for value, words in wanted:
                combo.addItem(words, value)
        combo.setCurrentIndex(combo.findData(setting.text))
