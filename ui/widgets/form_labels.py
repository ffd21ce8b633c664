"""Labels of a form that stand level with their fields and equally wide from one form to the next."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLabel, QSizePolicy

LABEL_PX = 168


def line_up(form: QFormLayout, width: int = LABEL_PX) -> QFormLayout:
    """Give every label of a form the height of its field and at least one width; returns the form.

    Qt alone keeps a label at seven quarters of its text, which is above the middle of a tall field.
    """
    for row in range(form.rowCount()):
        item = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
        label = item.widget() if item is not None else None
        if isinstance(label, QLabel):
            label.setMinimumWidth(width)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
    return form
