"""Long texts and forms are set in the program's own type, level and with room."""

from __future__ import annotations

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QWidget

from ui.reading import set_for_reading
from ui.theme import Role, current
from ui.widgets.form_labels import LABEL_PX, line_up

_TEXT = "# Title\n\nSome **strong** words and `Ctrl+Z`.\n\n## Part\n\n- one\n- two\n"


def _set() -> QTextDocument:
    document = QTextDocument()
    document.setMarkdown(_TEXT)
    set_for_reading(document)
    return document


def test_headings_take_the_sizes_of_the_program(qapp: QApplication) -> None:
    document = _set()
    title, part = document.findBlockByNumber(0), document.findBlockByNumber(2)
    sizes = [block.begin().fragment().charFormat().font().pixelSize() for block in (title, part)]
    assert sizes == [Role.TITLE.value[0], Role.SECTION.value[0]]
    assert part.blockFormat().topMargin() > 0


def test_setting_a_text_changes_none_of_its_words(qapp: QApplication) -> None:
    plain = QTextDocument()
    plain.setMarkdown(_TEXT)
    assert _set().toPlainText() == plain.toPlainText()


def test_labels_of_a_form_are_level_with_their_fields_and_equally_wide(qapp: QApplication) -> None:
    current().choose()
    holder = QWidget()
    form = QFormLayout(holder)
    for name in ("A", "A longer label"):
        form.addRow(name, QLineEdit())
    line_up(form)
    holder.resize(600, 200)
    holder.show()
    qapp.processEvents()
    for row in range(2):
        label = form.itemAt(row, QFormLayout.ItemRole.LabelRole).widget()
        field = form.itemAt(row, QFormLayout.ItemRole.FieldRole).widget()
        assert abs(label.geometry().center().y() - field.geometry().center().y()) <= 1
        assert label.width() >= LABEL_PX
    holder.deleteLater()
