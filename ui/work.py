"""Long work in the window: done in a thread or a process while the window is painted and answers.

Who asks waits for the answer in plain order, as one waits for a dialog. Meanwhile the status strip
shows what is going on, editing is paused, and work that can be left is left by its *Cancel* or by Esc.
Work that is done within the blink of an eye shows nothing at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, Signal
from PySide6.QtGui import QCursor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication

from app.jobs import Cancelled, Job, JobFailed, Limits, Progress, in_process, in_thread
from ui.widgets.status_strip import StatusStrip

R = TypeVar("R")

BLINK = 0.05
"""Seconds that work may take before the window says anything about it."""

_HAND = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.Shortcut,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.ContextMenu,
        QEvent.Type.InputMethod,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchEnd,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
    )
)
"""What a hand does; while editing is paused none of it reaches the window."""


class Work(QObject):
    """The long work of one window, one piece at a time; work within work runs in its thread.

    ``ended`` is said once the window can be worked in again; who listens by a queued connection hears it
    after the one who asked for the work has its answer.
    """

    ended = Signal()
    _told = Signal(float)
    _job_ended = Signal()

    def __init__(self, strip: StatusStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._strip = strip
        self._job: Job[Any] | None = None
        self._can_stop = False
        self._title = ""
        self._told.connect(self.on_told, Qt.ConnectionType.QueuedConnection)
        strip.job_cancelled.connect(self.on_cancel_wanted)

    @property
    def is_busy(self) -> bool:
        """Whether editing is paused for work that is going on."""
        return self._job is not None

    def in_thread(self, title: str, work: Callable[[], R]) -> R:
        """Do work that cannot be left half done; what it raises is raised here.

        Keys and clicks wait meanwhile and come afterwards.
        """
        if self._job is not None:
            return work()
        job: Job[R] = in_thread(title, lambda progress: work(), None, self._on_end)
        return self._waited(job, can_stop=False)

    def in_leavable_thread(self, title: str, work: Callable[[Progress], R]) -> R:
        """Do work that looks at its progress before it changes anything.

        Raises:
            Cancelled: the user left it; what it still does is thrown away.
        """
        return self._waited(in_thread(title, work, self._on_progress, self._on_end), can_stop=True)

    def in_process(self, title: str, work: Callable[..., R], *args: Any, limits: Limits | None = None) -> R:
        """Do work in a process of its own, which is ended when the user leaves it.

        Raises:
            Cancelled: the user left it.
            JobFailed: the process ended without an answer, or went over its limits.
        """
        job: Job[R] = in_process(
            title, work, *args, limits=limits, on_progress=self._on_progress, on_end=self._on_end
        )
        return self._waited(job, can_stop=True)

    def leave(self) -> None:
        """Leave the work that is going on, where it can be left."""
        if self._job is not None and self._can_stop:
            self._job.cancel()
            self._job_ended.emit()

    def on_told(self, share: float) -> None:
        if self._job is not None:
            self._strip.show_job("work", self._title, share)

    def on_cancel_wanted(self, key: str) -> None:
        self.leave()

    def _on_progress(self, share: float, note: str) -> None:
        self._told.emit(share)

    def _on_end(self, job: Job[Any]) -> None:
        self._job_ended.emit()

    def _waited(self, job: Job[R], *, can_stop: bool) -> R:
        """Start a job and return its answer, with the window alive while it is not there.

        Work asked for while other work goes on is waited for in place: the other stays the one that
        is shown, and editing stays paused for it.
        """
        if self._job is not None:
            job.start().wait()
            job.forget()
            return job.result()
        self._job, self._title, self._can_stop = job, job.title, can_stop
        try:
            job.start()
            if not job.wait(BLINK):
                self._pause(job)
        finally:
            job.forget()  # work that was left ends later, when the window may be gone
            self._job = None
            self.ended.emit()
        if job.progress.is_stopped and not job.is_done:
            raise Cancelled
        return job.result()

    def _pause(self, job: Job[Any]) -> None:
        was_hidden = self._strip.isHidden()
        self._strip.show_job("work", self._title, -1.0, can_stop=self._can_stop)
        self._strip.show()
        loop = QEventLoop()
        self._job_ended.connect(loop.quit, Qt.ConnectionType.QueuedConnection)
        hand = _Hand(self)
        try:
            while not job.is_done and not job.progress.is_stopped:
                if self._can_stop:
                    loop.exec()
                else:
                    QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.BusyCursor))
                    loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
                    QGuiApplication.restoreOverrideCursor()
        finally:
            hand.let_go()
            self._job_ended.disconnect(loop.quit)
            self._strip.end_job("work")
            self._strip.setHidden(was_hidden)


class _Hand(QObject):
    """Keeps the hand off the window, but for the strip's *Cancel*; Esc leaves work that can be left."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self._work = work
        self._is_on = work._can_stop
        if self._is_on:
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def let_go(self) -> None:
        """Let the hand through again."""
        if self._is_on:
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        self.deleteLater()

    # Qt overrides

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() not in _HAND or not watched.isWidgetType() or self._work._strip.is_stop(watched):
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self._work.leave()
        return True


__all__ = ["BLINK", "Cancelled", "JobFailed", "Work"]
