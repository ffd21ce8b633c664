"""Long work in the window: it goes on elsewhere, the window stays alive, and Cancel is heard at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.domain.errors import FileTrouble, TroubleKind
from app.jobs import Cancelled, JobFailed, Limits, Progress
from ui.widgets.status_strip import StatusStrip
from ui.work import Work


class Desk(QWidget):
    """A window with a field, a strip, and work; it counts how often its event loop came round."""

    def __init__(self) -> None:
        super().__init__()
        self.field, self.strip = QLineEdit(), StatusStrip()
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.strip)
        self.work = Work(self.strip, self)
        self.ticks = 0
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.on_tick)
        self._clock.start(5)

    def on_tick(self) -> None:
        self.ticks += 1

    @property
    def stop(self) -> QToolButton:
        return next(each for each in self.strip.findChildren(QToolButton) if each.toolTip() == "Cancel")


def once(desk: Desk, is_so: Callable[[], bool], do: Callable[[], object]) -> None:
    """Do something as soon as something is so, looked at while the work goes on."""
    timer = QTimer(desk)

    def look() -> None:
        if is_so():
            timer.stop()
            do()

    timer.timeout.connect(look)
    timer.start(5)


class Shows(QObject):
    """Counts how often a widget comes in sight."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Show
        return False


@pytest.fixture
def desk(qtbot) -> Desk:
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    return made


def test_work_within_work_leaves_editing_paused_for_the_outer_one(desk) -> None:
    goes_on, seen = threading.Event(), []

    def asks_for_more() -> None:
        seen.append(desk.work.in_leavable_thread("Inner", lambda progress: 1))
        seen.append(desk.work.is_busy)
        seen.append(desk.work.in_process("Inner", counts_slowly, 1))
        seen.append(desk.work.is_busy)
        goes_on.set()

    QTimer.singleShot(0, desk, asks_for_more)
    desk.work.in_leavable_thread("Outer", lambda progress: goes_on.wait(30))
    assert seen == [1, True, 1, True]
    assert not desk.work.is_busy


def counts_slowly(progress: Progress, steps: int) -> int:
    for step in range(steps):
        time.sleep(0.02)
        progress.reaches(step / steps)
    return steps


def sleeps_for_ever(progress: Progress) -> None:
    progress.reaches(0.1)
    while True:
        time.sleep(1)


def has_trouble(progress: Progress) -> None:
    raise FileTrouble(TroubleKind.INPUT, "No plan.")


def test_the_window_ticks_while_a_process_works_and_its_answer_comes_back(desk) -> None:
    shares: list[str] = []
    once(desk, lambda: desk.ticks > 20, lambda: shares.append(desk.strip._job.text()))
    assert desk.work.in_process("Count", counts_slowly, 80) == 80
    assert desk.ticks > 40
    assert shares[0].startswith("Count")
    assert not desk.work.is_busy
    assert not desk.stop.isVisible()


def test_cancel_in_the_strip_ends_the_process_at_once(desk) -> None:
    pressed: list[float] = []

    def press() -> None:
        pressed.append(time.monotonic())
        QTest.mouseClick(desk.stop, Qt.MouseButton.LeftButton)

    once(desk, desk.stop.isVisible, press)
    with pytest.raises(Cancelled):
        desk.work.in_process("Sleep", sleeps_for_ever)
    assert time.monotonic() - pressed[0] < 2
    assert not desk.work.is_busy


def test_escape_leaves_work_and_other_keys_and_clicks_do_nothing(desk) -> None:
    def type_and_leave() -> None:
        QTest.keyClicks(desk.field, "abc")
        QTest.mouseClick(desk.field, Qt.MouseButton.LeftButton)
        QTest.keyClick(desk.field, Qt.Key.Key_Escape)

    once(desk, desk.stop.isVisible, type_and_leave)
    with pytest.raises(Cancelled):
        desk.work.in_process("Sleep", sleeps_for_ever)
    assert desk.field.text() == ""
    QTest.keyClicks(desk.field, "abc")
    assert desk.field.text() == "abc"


def test_work_in_a_thread_leaves_the_loop_running_and_cannot_be_cancelled(desk) -> None:
    seen: list[tuple[bool, bool]] = []
    goes_on = threading.Event()

    def look() -> None:
        seen.append((desk.work.is_busy, desk.stop.isVisible()))
        goes_on.set()

    def copy() -> threading.Thread:
        assert goes_on.wait(30)
        return threading.current_thread()

    once(desk, lambda: desk.ticks > 10, look)
    assert desk.work.in_thread("Copy", copy) is not threading.main_thread()
    assert seen == [(True, False)]


def test_short_work_shows_nothing(desk) -> None:
    shown = Shows(desk.strip._job)
    assert desk.work.in_thread("Blink", lambda: 1) == 1
    assert shown.count == 0
    goes_on = threading.Event()
    once(desk, lambda: shown.count > 0, goes_on.set)
    assert desk.work.in_thread("Longer", lambda: goes_on.wait(30))


def test_left_work_in_a_thread_finds_out_before_it_changes_anything(desk) -> None:
    changed: list[int] = []
    goes_on, ended = threading.Event(), threading.Event()

    def export(progress: Progress) -> None:
        try:
            goes_on.wait(30)
            progress.reaches(0.9)
            changed.append(1)
        finally:
            ended.set()

    once(desk, desk.stop.isVisible, lambda: QTest.mouseClick(desk.stop, Qt.MouseButton.LeftButton))
    with pytest.raises(Cancelled):
        desk.work.in_leavable_thread("Export", export)
    assert not ended.is_set()
    goes_on.set()
    assert ended.wait(30)
    assert changed == []


def test_trouble_and_broken_limits_come_out_where_the_work_was_asked_for(desk) -> None:
    with pytest.raises(FileTrouble) as trouble:
        desk.work.in_process("Read", has_trouble)
    assert trouble.value.sentence == "No plan."
    with pytest.raises(JobFailed):
        desk.work.in_process("Sleep", sleeps_for_ever, limits=Limits(seconds=1))


def test_work_within_work_is_done_where_it_is_asked_for(desk) -> None:
    def outer() -> bool:
        time.sleep(0.1)
        here = threading.current_thread()
        return desk.work.in_thread("Inner", threading.current_thread) is here

    assert desk.work.in_thread("Outer", outer)


def test_work_that_was_left_may_end_after_its_window_is_gone(qapp) -> None:
    goes_on = threading.Event()
    threads: list[threading.Thread] = []

    def waits(progress: Progress) -> None:
        threads.append(threading.current_thread())
        goes_on.wait()
        progress.reaches(0.5)

    desk = Desk()
    desk.show()
    once(desk, lambda: bool(threads) and desk.stop.isVisible(), desk.work.leave)
    with pytest.raises(Cancelled):
        desk.work.in_leavable_thread("Wait", waits)
    shiboken6.delete(desk)
    goes_on.set()
    threads[0].join()  # a mistake in the thread would fail the test
