"""The navigation rail: where one can go, one level deep, wide or as icons only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.text import tr
from ui import icons
from ui.theme import HAIR, ICON_LARGE, MEDIUM, RADIUS_CONTROL, SMALL, Role, ThemeWatch, font, tokens
from ui.widgets.label import plain_tip

WIDE_PX, NARROW_PX = 208, 56
_ITEM_PX = 36
_POPUP_ROOM_PX, _POPUP_MOST_PX = 32, 420


@dataclass(frozen=True, slots=True)
class RailItem:
    """A place to go: its key, its name as shown, its icon; `is_low` ones stand at the foot."""

    key: str
    title: str
    icon: str
    is_low: bool = False


class Rail(QWidget):
    """The list of places; `place_chosen` says where to go, `collapsed` follows the width."""

    place_chosen = Signal(str)
    collapsed = Signal(bool)

    def __init__(self, items: Sequence[RailItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_narrow = False
        self.setAccessibleName(tr("Navigation"))
        self._buttons: dict[str, RailButton] = {}
        self._switchers: list[QWidget] = []
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SMALL, MEDIUM, SMALL, SMALL)
        self._column.setSpacing(2)
        self._slot = QVBoxLayout()
        self._slot.setContentsMargins(0, 0, 0, SMALL)
        self._column.addLayout(self._slot)
        self._upper, self._lower = QVBoxLayout(), QVBoxLayout()
        for part in (self._upper, self._lower):
            part.setSpacing(2)
        self._column.addLayout(self._upper)
        self._column.addStretch(1)
        self._column.addLayout(self._lower)
        self._fold = QToolButton(self)
        self._fold.clicked.connect(lambda: self.set_narrow(not self.is_narrow))
        self._column.addSpacing(HAIR)
        self._column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignRight)
        self.show_items(items)
        self.set_narrow(False)
        ThemeWatch(self, self.update)

    def show_items(self, items: Sequence[RailItem]) -> None:
        """Show other places; the chosen one stays chosen if it is still there."""
        chosen = self.place()
        for button in self._buttons.values():
            self._group.removeButton(button)
            button.setParent(None)
            button.deleteLater()
        self._buttons = {}
        for item in items:
            button = RailButton(item, self)
            button.clicked.connect(lambda _=False, key=item.key: self.place_chosen.emit(key))
            button.travelled.connect(self.on_travelled)
            button.set_narrow(self.is_narrow)
            self._group.addButton(button)
            self._buttons[item.key] = button
            (self._lower if item.is_low else self._upper).addWidget(button)
        if chosen:
            self.show_place(chosen)

    def place(self) -> str:
        """Give the key of the chosen place, '' for none."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def show_place(self, key: str) -> None:
        """Mark a place as the one in sight, without going there."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_switcher(self, switcher: QWidget) -> None:
        """Put the project switcher above the places; it is hidden while the rail is narrow."""
        self._slot.addWidget(switcher)
        self._switchers.append(switcher)
        switcher.setVisible(not self.is_narrow)

    def set_narrow(self, wanted: bool) -> None:
        """Show icons only, or icons with their names."""
        changed, self.is_narrow = wanted != self.is_narrow, wanted
        self.setFixedWidth(NARROW_PX if wanted else WIDE_PX)
        for switcher in self._switchers:
            switcher.setVisible(not wanted)
        for button in self._buttons.values():
            button.set_narrow(wanted)
        side = Qt.AlignmentFlag.AlignHCenter if wanted else Qt.AlignmentFlag.AlignRight
        self._column.setAlignment(self._fold, side)
        icons.dress(self._fold, "panel-left", ICON_LARGE, "hint")
        text = tr("Show names") if wanted else tr("Show icons only")
        self._fold.setToolTip(text)
        self._fold.setAccessibleName(text)
        if changed:
            self.collapsed.emit(wanted)

    def on_travelled(self, step: int) -> None:
        buttons = list(self._buttons.values())
        at = next((place for place, button in enumerate(buttons) if button.hasFocus()), 0)
        buttons[(at + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(tokens().surface))
            painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(tokens().border))


class RailButton(QAbstractButton):
    """One place on the rail; the arrow keys travel between places, Space and Enter go."""

    travelled = Signal(int)

    def __init__(self, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        self._is_narrow = False
        self.setCheckable(True)
        self.setText(item.title)
        self.setAccessibleName(item.title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(_ITEM_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_narrow(self, wanted: bool) -> None:
        """Show the icon alone, with the name as its tooltip."""
        self._is_narrow = wanted
        self.setToolTip(self.item.title if wanted else "")
        self.update()

    # Qt overrides

    def sizeHint(self) -> QSize:
        return QSize(NARROW_PX - 2 * SMALL, _ITEM_PX)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.travelled.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        t = tokens()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = self.rect()
            painter.setPen(Qt.PenStyle.NoPen)
            if self.isChecked() or self.underMouse():
                painter.setBrush(QColor(t.accent_weak if self.isChecked() else t.sunken))
                painter.drawRoundedRect(box, RADIUS_CONTROL, RADIUS_CONTROL)
            tone = "accent" if self.isChecked() else "secondary"
            picture = icons.pixmap(self.item.icon, ICON_LARGE, tone, self.devicePixelRatioF())
            left = (box.width() - ICON_LARGE) // 2 if self._is_narrow else 10
            painter.drawPixmap(left, (box.height() - ICON_LARGE) // 2, picture)
            if not self._is_narrow:
                painter.setPen(QColor(t.accent if self.isChecked() else t.text))
                painter.setFont(font(Role.BODY_STRONG if self.isChecked() else Role.BODY_MEDIUM))
                painter.drawText(box.adjusted(42, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
            if self.hasFocus():
                pen = painter.pen()
                pen.setColor(QColor(t.accent))
                pen.setWidth(2)
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), RADIUS_CONTROL - 1, RADIUS_CONTROL - 1)


class Switcher(QComboBox):
    """A list that says what it stands on cut to its width with dots, and in full as its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.currentTextChanged.connect(lambda text: self.setToolTip(plain_tip(text)))

    # Qt overrides

    def showPopup(self) -> None:
        """Open the list as wide as its longest name needs, within reason."""
        widest = self.view().sizeHintForColumn(0) + _POPUP_ROOM_PX
        self.view().setMinimumWidth(min(max(widest, self.width()), _POPUP_MOST_PX))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            box = self.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
            )
            cut = self.fontMetrics().elidedText(
                self.currentText(), Qt.TextElideMode.ElideRight, box.width() - 8
            )
            option.currentText = cut
            self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
            self.style().drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option, painter, self)
