"""Settings: every declared preference a person may choose, in plain groups, in force at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from app.settings import Settings
from app.text import mark, tr
from app.views.formats import day_text, number_text
from ui.icons import icon
from ui.theme import LARGE, MEDIUM, SMALL, WIDE, Role, set_role
from ui.widgets.form_labels import line_up
from ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class _Line:
    """One preference as the dialog shows it: its key, its label, and what its choices are called."""

    key: str
    label: str
    names: tuple[tuple[str, str], ...] = ()
    is_folder: bool = False


_LOCALES = (
    ("en_GB", "12 Mar 2027 · 1,234.5"),
    ("en_US", "Mar 12, 2027 · 1,234.5"),
    ("de_DE", "12. März 2027 · 1.234,5"),
    ("fr_FR", "12 mars 2027 · 1\u202f234,5"),
)
_GROUPS: tuple[tuple[str, tuple[_Line, ...]], ...] = (
    (
        mark("Look"),
        (
            _Line(
                "theme",
                mark("Colours"),
                (("system", mark("As the system")), ("light", mark("Light")), ("dark", mark("Dark"))),
            ),
            _Line(
                "density",
                mark("Rows"),
                (("comfortable", mark("Comfortable")), ("compact", mark("Compact"))),
            ),
            _Line("locale", mark("Dates and numbers"), _LOCALES),
        ),
    ),
    (
        mark("Chart"),
        (
            _Line("gantt_critical", mark("Mark critical tasks")),
            _Line("gantt_links", mark("Draw links")),
            _Line("gantt_baseline", mark("Draw the baseline")),
            _Line("gantt_slack", mark("Draw float")),
            _Line("gantt_progress", mark("Draw progress")),
            _Line("gantt_non_working", mark("Shade days off")),
            _Line(
                "gantt_labels",
                mark("Beside each bar"),
                (
                    ("none", mark("Nothing")),
                    ("name", mark("The name")),
                    ("resources", mark("Who works on it")),
                    ("finish", mark("The finish")),
                ),
            ),
        ),
    ),
    (
        mark("You and your files"),
        (
            _Line("display_name", mark("Name in the history")),
            _Line("open_last_file", mark("Open the last portfolio at start")),
            _Line("backup_minutes", mark("Minutes between backups")),
            _Line("backup_folder", mark("Backup folder"), is_folder=True),
        ),
    ),
)  # fmt: skip


class Preferences(QDialog):
    """Changes settings as they are chosen and calls ``then`` after each, so that the effect is seen."""

    def __init__(
        self, settings: Settings, then: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Settings"))
        self.resize(560, min(700, self.screen().availableSize().height() - 88))
        self._settings = settings
        self._then = then
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(WIDE, LARGE, WIDE, LARGE)
        for heading, lines in _GROUPS:
            title = Label(tr(heading))
            set_role(title, Role.SECTION)
            column.addWidget(title)
            column.addLayout(self._form(lines))
            column.addSpacing(LARGE)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        self._trouble = Label()
        self._trouble.setProperty("tone", "bad")
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, MEDIUM)
        box.addWidget(scroll, 1)
        box.addWidget(self._trouble)
        row = QVBoxLayout()
        row.setContentsMargins(WIDE, 0, WIDE, 0)
        row.addWidget(buttons)
        box.addLayout(row)

    def _form(self, lines: tuple[_Line, ...]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(LARGE)
        form.setVerticalSpacing(SMALL)
        for line in lines:
            editor = self._editor(line)
            editor.setToolTip(self._settings.declared()[line.key].help)
            editor.setAccessibleName(tr(line.label))
            if isinstance(editor, QCheckBox):
                editor.setText(tr(line.label))
                form.addRow("", editor)
            else:
                form.addRow(tr(line.label), editor)
        return line_up(form)

    def _editor(self, line: _Line) -> QWidget:
        value: Any = getattr(self._settings, line.key)
        if line.names:
            return self._choice(line, value)
        if isinstance(value, bool):
            box = QCheckBox()
            box.setChecked(value)
            box.toggled.connect(lambda on: self._keep(line.key, on))
            return box
        if isinstance(value, int):
            spin = QSpinBox()
            spin.setRange(1, 1440)
            spin.setValue(value)
            if (inner := spin.findChild(QLineEdit)) is not None:
                inner.setTextMargins(SMALL, 0, 0, 0)
            spin.valueChanged.connect(lambda number: self._keep(line.key, number))
            return spin
        text = QLineEdit(str(value))
        text.editingFinished.connect(lambda: self._keep(line.key, text.text().strip()))
        if line.is_folder:
            text.setPlaceholderText(str(self._settings.backups))
            pick = text.addAction(icon("folder"), QLineEdit.ActionPosition.TrailingPosition)
            pick.setText(tr("Choose a folder…"))
            pick.setToolTip(tr("Choose a folder…"))
            pick.triggered.connect(lambda: self.on_folder_wanted(line.key, text))
        return text

    def on_folder_wanted(self, key: str, text: QLineEdit) -> None:
        start = text.text() or str(self._settings.backups)
        chosen = QFileDialog.getExistingDirectory(self, tr("Choose a folder"), start)
        if chosen:
            text.setText(chosen)
            self._keep(key, chosen)

    def _choice(self, line: _Line, value: str) -> QComboBox:
        combo = QComboBox()
        for key, name in line.names:
            combo.addItem(tr(name), key)
        if combo.findData(value) < 0:
            combo.addItem(_example(value) if line.key == "locale" else value, value)
        combo.setCurrentIndex(combo.findData(value))
        combo.activated.connect(lambda _place: self._keep(line.key, combo.currentData()))
        return combo

    def _keep(self, key: str, value: object) -> None:
        if getattr(self._settings, key) == value:
            return
        self._settings.keep({key: value})
        self._trouble.setText(self._settings.trouble)
        self._trouble.setVisible(bool(self._settings.trouble))
        self._then(key)


def _example(locale: str) -> str:
    """How a locale that is not among the usual ones writes a date and a number."""
    return f"{day_text(date(2027, 3, 12), locale)} · {number_text(1234.5, locale)}"
