"""Patient work: a pure function with progress and cancel, in a thread or in a process of its own.

Array work runs well in a thread; Python work over a tenth of a second, and whatever reads foreign
files, runs in a spawned process, which may be given limits and can be ended at once. The function
takes a ``Progress`` first; everything else it needs it is given, such as a document, which is a
value and may be read from anywhere.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from app.text import language, tr, use_language

P = ParamSpec("P")
T = TypeVar("T")


class Cancelled(Exception):
    """The job was told to stop; its work up to there is thrown away."""


class JobFailed(Exception):
    """A job's process ended without an answer: it was killed, or went over its limits."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job's process may use: seconds by the clock, and bytes of memory.

    Memory, and seconds of the processor, are held by the system, on Linux only (on macOS the seconds,
    too). On Windows a process is ended by the clock alone: nothing there keeps it from taking memory.
    """

    seconds: int | None = None
    memory: int | None = None


class Progress:
    """How far the work is: the work tells it, whoever waits is told, and stopping comes back this way."""

    def __init__(self, told: Callable[[float, str], None] | None = None) -> None:
        self.share = 0.0
        self.note = ""
        self._told = told
        self._stop = threading.Event()

    def reaches(self, share: float, note: str = "") -> None:
        """Tell that ``share`` (0 to 1) of the work is done, and what comes next.

        Raises:
            Cancelled: somebody wants the work to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        self.share, self.note = share, note
        if self._told is not None:
            self._told(share, note)

    def stop(self) -> None:
        """Have the work stop the next time it tells how far it is."""
        self._stop.set()

    @property
    def is_stopped(self) -> bool:
        """Whether the work was told to stop."""
        return self._stop.is_set()


class Job(Generic[T]):
    """Work that is going on. ``on_progress`` and ``on_end`` are called in the job's own thread.

    Who listens and goes away before the work has ended, calls ``forget`` first.
    """

    def __init__(
        self,
        title: str,
        work: Callable[[Progress], T],
        on_progress: Callable[[float, str], None] | None,
        on_end: Callable[[Job[T]], None] | None,
    ) -> None:
        self.title = title
        self.progress = Progress(None if on_progress is None else self._tell)
        self._work = work
        self._on_progress = on_progress
        self._on_end = on_end
        self._telling = threading.RLock()
        self._answer: tuple[T] | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name=f"job: {title}", daemon=True)

    def start(self) -> Job[T]:
        """Begin."""
        self._thread.start()
        return self

    def run(self) -> Job[T]:
        """Do the work here and now, before this returns: for tests, and where nobody waits."""
        self._run()
        return self

    def cancel(self) -> None:
        """Ask the work to stop; ``result`` then raises ``Cancelled``."""
        self.progress.stop()

    def forget(self) -> None:
        """Call nobody from now on; when this returns no call is going on any more either."""
        with self._telling:
            self._on_progress = self._on_end = None

    @property
    def is_done(self) -> bool:
        """Whether the work has ended, well or not."""
        return self._answer is not None or self._error is not None

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the work has ended; false when it has not after that time."""
        if self._thread.ident is not None:
            self._thread.join(seconds)
        return self.is_done

    def result(self) -> T:
        """Wait for the work and return what it gave.

        Raises:
            Cancelled: it was told to stop.
            JobFailed: its process ended without an answer.
            Exception: whatever the work raised.
        """
        self.wait()
        if self._error is not None:
            raise self._error
        if self._answer is None:
            raise RuntimeError(f"The job {self.title!r} was never started.")
        return self._answer[0]

    def _run(self) -> None:
        try:
            answer = self._work(self.progress)
            if self.progress.is_stopped:
                raise Cancelled
            self._answer = (answer,)
        except BaseException as error:
            self._error = error
        with self._telling:
            if self._on_end is not None:
                self._on_end(self)

    def _tell(self, share: float, note: str) -> None:
        with self._telling:
            if self._on_progress is not None:
                self._on_progress(share, note)


def in_thread(
    title: str,
    work: Callable[Concatenate[Progress, P], T],
    on_progress: Callable[[float, str], None] | None = None,
    on_end: Callable[[Job[T]], None] | None = None,
    *args: P.args,
    **named: P.kwargs,
) -> Job[T]:
    """A job in a thread of this process, to be started."""
    return Job(title, lambda progress: work(progress, *args, **named), on_progress, on_end)


def in_process(
    title: str,
    work: Callable[..., T],
    *args: Any,
    limits: Limits | None = None,
    on_progress: Callable[[float, str], None] | None = None,
    on_end: Callable[[Job[T]], None] | None = None,
) -> Job[T]:
    """A job in a process of its own, to be started; ``work`` is a function of a module; all is pickled."""

    def supervise(progress: Progress) -> T:
        return _supervise(progress, work, args, limits or Limits())

    return Job(title, supervise, on_progress, on_end)


def _supervise(progress: Progress, work: Callable[..., T], args: tuple[Any, ...], limits: Limits) -> T:
    """Start the process, hand on what it tells, and end it when it is told to stop."""
    spawning = multiprocessing.get_context("spawn")
    here, there = spawning.Pipe(duplex=False)
    process = spawning.Process(target=_in_child, args=(there, language(), work, args, limits), daemon=True)
    process.start()
    there.close()
    end = None if limits.seconds is None else time.monotonic() + limits.seconds
    try:
        while True:
            if progress.is_stopped:
                raise Cancelled
            if end is not None and time.monotonic() > end:
                raise JobFailed(tr("The work took longer than {count} seconds.", count=limits.seconds))
            if not here.poll(0.05):
                continue
            try:
                kind, told = here.recv()
            except EOFError:
                raise JobFailed(tr("The work ended without an answer; it may need more memory.")) from None
            if kind == "progress":
                progress.reaches(*told)
            elif kind == "error":
                raise told
            else:
                answer: T = told
                return answer
    finally:
        here.close()
        process.terminate()
        process.join()
        process.close()


def _in_child(
    there: Connection,
    spoken: str | None,
    work: Callable[..., Any],
    args: tuple[Any, ...],
    limits: Limits,
) -> None:
    """What the process does: the work within its limits, told over the pipe."""
    _hold_to(limits)
    use_language(spoken)
    progress = Progress(lambda share, note: there.send(("progress", (share, note))))
    try:
        message = ("answer", work(progress, *args))
    except MemoryError:
        message = ("error", JobFailed(tr("The work needs more memory than it may have.")))
    except Exception as error:
        message = ("error", error)
    try:
        there.send(message)
    except Exception as error:  # what cannot be pickled is told in words
        there.send(("error", JobFailed(f"{type(error).__name__}: {error}")))
    there.close()


def _hold_to(limits: Limits) -> None:
    """Have the system hold this process to its limits, where it can."""
    if sys.platform == "win32":
        return
    import resource

    if limits.seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    if limits.memory is not None and sys.platform.startswith("linux"):
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
