"""The foot of the window: the file, that all is saved, the status date, work under way."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from app.text import tr, trn
from ui import icons
from ui.theme import MEDIUM, SMALL, WIDE, Role, font, repolish, tokens
from ui.widgets.label import Label, plain_tip

HEIGHT = 28


class StatusStrip(QWidget):
    """Says the file, its state and the status date, and shows jobs; `job_cancelled` carries a job's key."""

    job_cancelled = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._jobs: dict[str, tuple[str, float, bool]] = {}
        self._file, self._saved, self._date = Label("", self), Label("", self), Label("", self)
        self._job, self._bar = Label("", self), QProgressBar(self)
        self._stop = QToolButton(self)
        for label in (self._file, self._saved, self._job, self._date):
            label.setFont(font(Role.CAPTION, tabular=True))
            label.setProperty("tone", "secondary")
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        icons.dress(self._stop, "x", 12)
        self._stop.setStyleSheet("padding: 2px;")
        self._stop.setToolTip(tr("Cancel"))
        self._stop.setAccessibleName(tr("Cancel"))
        self._stop.clicked.connect(self.on_stop_clicked)
        row = QHBoxLayout(self)
        row.setContentsMargins(MEDIUM, 0, MEDIUM, 0)
        row.setSpacing(WIDE)
        row.addWidget(self._file)
        row.addWidget(self._saved)
        row.addStretch(1)
        work = QHBoxLayout()
        work.setSpacing(SMALL)
        for part in (self._job, self._bar, self._stop):
            work.addWidget(part)
        row.addLayout(work)
        row.addWidget(self._date)
        self._date.hide()
        self._show_jobs()

    def show_file(self, name: str, path: str = "") -> None:
        """Say which file is open; its whole path is the tooltip."""
        self._file.setText(name)
        self._file.setToolTip(plain_tip(path))
        self._file.setAccessibleName(tr("File {path}", path=path or name))

    def show_saved(self, sentence: str, tone: str = "secondary") -> None:
        """Say whether all is saved ('All changes saved 14:02'); tone 'bad' when it is not."""
        self._saved.setText(sentence)
        if self._saved.property("tone") != tone:
            self._saved.setProperty("tone", tone)
            repolish(self._saved)

    def show_status_date(self, text: str) -> None:
        """Say the status date, '' for none."""
        self._date.setText(text)
        self._date.setVisible(bool(text))

    def show_job(self, key: str, title: str, share: float = -1.0, *, can_stop: bool = True) -> None:
        """Show work under way, `share` from 0 to 1, below 0 where nobody knows."""
        self._jobs[key] = (title, share, can_stop)
        self._show_jobs()

    def end_job(self, key: str) -> None:
        """Take a finished or cancelled job away."""
        self._jobs.pop(key, None)
        self._show_jobs()

    def is_stop(self, widget: QObject) -> bool:
        """Whether a widget is the button that cancels work."""
        return widget is self._stop

    def on_stop_clicked(self) -> None:
        if self._jobs:
            self.job_cancelled.emit(next(iter(self._jobs)))

    def _show_jobs(self) -> None:
        for part in (self._job, self._bar, self._stop):
            part.setVisible(bool(self._jobs))
        if not self._jobs:
            return
        title, share, can_stop = next(iter(self._jobs.values()))
        self._stop.setVisible(can_stop)
        others = len(self._jobs) - 1
        more = " " + trn("(and {count} more)", "(and {count} more)", others) if others else ""
        percent = f" {share:.0%}" if share >= 0 else ""
        self._job.setText(f"{title}{percent}{more}")
        self._bar.setRange(0, 100 if share >= 0 else 0)
        self._bar.setValue(round(share * 100))

    # Qt overrides

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(tokens().canvas))
            painter.fillRect(0, 0, self.width(), 1, QColor(tokens().border))
