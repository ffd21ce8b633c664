"""The manual, what is new, and the list of keys: shipped texts, read offline."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from app.text import mark, tr
from ui.reading import set_for_reading
from ui.resources import resource
from ui.theme import WIDE, tokens

TOPICS: tuple[tuple[str, str], ...] = (
    ("first_steps", mark("First steps")),
    ("plan", mark("The plan")),
    ("why", mark("Why this date")),
    ("import", mark("Microsoft Project plans")),
    ("setup", mark("Calendars and settings")),
    ("history", mark("History and backups")),
    ("command_line", mark("Without a window")),
    ("whats_new", mark("What's new")),
)
_KEYS = "keys"
_TOPIC_PX = 32


class Manual(QDialog):
    """The manual at one topic, with the others at the side; it does not block the window."""

    def __init__(self, topic: str, keys: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Manual"))
        self.resize(880, 620)
        self._keys = tuple(keys)
        self._topics = QListWidget()
        self._topics.setFixedWidth(220)
        self._topics.setProperty("topics", True)
        self._topics.setFrameShape(QListWidget.Shape.NoFrame)
        self._topics.setAccessibleName(tr("Topics"))
        for key, title in (*TOPICS, (_KEYS, mark("Keys"))):
            item = QListWidgetItem(tr(title))
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, _TOPIC_PX))
            self._topics.addItem(item)
        self._text = QTextBrowser()
        self._text.setOpenLinks(False)
        self._text.setAccessibleName(tr("Text"))
        self._text.document().setDocumentMargin(WIDE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._topics)
        row.addWidget(self._text, 1)
        self._topics.currentItemChanged.connect(self.on_topic_chosen)
        self.show_topic(topic)

    def show_topic(self, topic: str) -> None:
        """Turn to a topic; an unknown one is the first."""
        keys = [key for key, _title in TOPICS] + [_KEYS]
        self._topics.setCurrentRow(keys.index(topic) if topic in keys else 0)

    def on_topic_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        topic = item.data(Qt.ItemDataRole.UserRole)
        if topic == _KEYS:
            self._text.setHtml(self._key_table())
        else:
            place = resource("help", f"{topic}.md")
            self._text.setSource(QUrl())
            self._text.setMarkdown(place.read_text(encoding="utf-8"))
            set_for_reading(self._text.document())

    def _key_table(self) -> str:
        ink = tokens().secondary
        rows = "".join(
            f"<tr><td>{escape(name)}</td><td style='color:{ink}; padding-left:24px'>{escape(keys)}</td></tr>"
            for name, keys in self._keys
        )
        return f"<h1>{escape(tr('Keys'))}</h1><table cellpadding='4'>{rows}</table>"
