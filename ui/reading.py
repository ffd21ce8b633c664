"""How long texts are set: room above headings, lines one can follow, keys on a quiet ground."""

from __future__ import annotations

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from ui.theme import FAMILY, Role, font, tokens

_HEADINGS = {1: (Role.TITLE, 0, 8), 2: (Role.SECTION, 20, 4), 3: (Role.BODY_STRONG, 12, 4)}
_LINE_PERCENT = 140.0
_BELOW_TEXT, _BELOW_ITEM = 10, 4


def set_for_reading(document: QTextDocument) -> None:
    """Give a document made from Markdown the program's sizes, weights and spaces."""
    block = document.begin()
    while block.isValid():
        _set_block(block)
        block = block.next()


def _set_block(block: QTextBlock) -> None:
    shape = QTextBlockFormat()
    heading = _HEADINGS.get(block.blockFormat().headingLevel())
    if heading is not None:
        role, above, below = heading
        shape.setTopMargin(above)
        shape.setBottomMargin(below)
        _size(block, role)
    else:
        shape.setBottomMargin(_BELOW_ITEM if block.textList() else _BELOW_TEXT)
        shape.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        _set_words(block)
    QTextCursor(block).mergeBlockFormat(shape)


def _size(block: QTextBlock, role: Role) -> None:
    look = QTextCharFormat()
    look.setFont(font(role))
    look.setForeground(QColor(tokens().text))
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(look)


def _set_words(block: QTextBlock) -> None:
    """Set what is typed on a ground that keeps it apart, and strong words in a weight that is shipped."""
    strong = QTextCharFormat()
    strong.setFontWeight(QFont.Weight.DemiBold)
    look = QTextCharFormat()
    look.setFontFamilies([FAMILY])
    look.setFontFixedPitch(False)
    look.setBackground(QColor(tokens().sunken))
    runs = []
    step = block.begin()
    while not step.atEnd():
        run = step.fragment()
        if run.charFormat().fontFixedPitch():
            runs.append((run.position(), run.length(), look))
        elif run.charFormat().fontWeight() > QFont.Weight.DemiBold:
            runs.append((run.position(), run.length(), strong))
        step += 1
    for start, length, wanted in runs:
        cursor = QTextCursor(block)
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(wanted)
