"""Patient work: told, stopped, failed and answered, in threads and in processes."""

from __future__ import annotations

import os
import threading
import time

import pytest

from app.domain.errors import FileTrouble, Refusal, TroubleKind
from app.jobs import Cancelled, Job, JobFailed, Limits, Progress, in_process, in_thread
from app.text import language, use_language


def adds_up(progress: Progress, numbers: list[int]) -> int:
    total = 0
    for place, number in enumerate(numbers, 1):
        total += number
        progress.reaches(place / len(numbers), f"number {number}")
    return total


def refuses(progress: Progress) -> None:
    raise Refusal("No.", ("id", "field"))


def never_ends(progress: Progress) -> None:
    while True:
        time.sleep(0.01)
        progress.reaches(0.5)


def dies(progress: Progress) -> None:
    os._exit(3)


def eats(progress: Progress) -> int:
    return len(bytearray(3 << 30))


def answers_what_cannot_be_sent(progress: Progress) -> object:
    return lambda: None


def test_a_thread_tells_how_far_it_is_and_answers() -> None:
    told: list[tuple[float, str]] = []
    ended: list[Job[int]] = []
    job = in_thread("Add", adds_up, lambda share, note: told.append((share, note)), ended.append, [1, 2])
    assert job.start().result() == 3
    assert told == [(0.5, "number 1"), (1.0, "number 2")]
    assert ended == [job]
    assert job.is_done


def test_who_has_gone_away_is_not_called_when_the_work_ends() -> None:
    goes_on = threading.Event()
    told: list[object] = []

    def waits(progress: Progress) -> int:
        goes_on.wait()
        progress.reaches(0.5)
        return 1

    job = in_thread("Wait", waits, lambda share, note: told.append(share), told.append).start()
    job.forget()
    goes_on.set()
    assert job.result() == 1
    assert job.wait()
    assert told == []


def test_forgetting_waits_for_a_call_that_is_going_on() -> None:
    called, ended = threading.Event(), threading.Event()

    def on_end(job: Job[int]) -> None:
        called.set()
        time.sleep(0.05)
        ended.set()

    job = in_thread("Add", adds_up, None, on_end, [1]).start()
    called.wait()
    job.forget()
    assert ended.is_set()


def test_work_may_be_done_here_and_now() -> None:
    assert in_thread("Add", adds_up, None, None, [4, 5]).run().result() == 9


def test_a_job_that_was_not_started_has_no_answer() -> None:
    with pytest.raises(RuntimeError, match="never started"):
        in_thread("Add", adds_up, None, None, [1]).result()


@pytest.mark.parametrize("where", ["thread", "process"])
def test_cancelled_work_stops_and_leaves_nothing(where: str) -> None:
    begun = threading.Event()
    if where == "thread":
        job = in_thread("Wait", never_ends, lambda share, note: begun.set(), None)
    else:
        job = in_process("Wait", never_ends, on_progress=lambda share, note: begun.set())
    job.start()
    assert begun.wait(30)
    assert not job.wait(0.01)
    job.cancel()
    with pytest.raises(Cancelled):
        job.result()


@pytest.mark.parametrize("where", ["thread", "process"])
def test_what_the_work_raises_comes_out_of_result(where: str) -> None:
    job = in_thread("No", refuses) if where == "thread" else in_process("No", refuses)
    with pytest.raises(Refusal) as refused:
        job.start().result()
    assert refused.value.sentence == "No."


def test_a_process_tells_how_far_it_is_and_answers() -> None:
    told: list[float] = []
    job = in_process("Add", adds_up, [1, 2, 3, 4], on_progress=lambda share, note: told.append(share))
    assert job.start().result() == 10
    assert told == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("work", [dies, answers_what_cannot_be_sent], ids=lambda work: work.__name__)
def test_a_process_without_an_answer_is_a_failed_job(work: object) -> None:
    with pytest.raises(JobFailed):
        in_process("Die", work).start().result()  # type: ignore[arg-type]


def test_a_process_is_held_to_its_memory() -> None:
    limits = Limits(seconds=60, memory=1 << 30)
    with pytest.raises((JobFailed, MemoryError)):
        in_process("Eat", eats, limits=limits).start().result()


def refuses_a_file(progress: Progress) -> None:
    raise FileTrouble(TroubleKind.INPUT, "It is no plan.")


def says_something(progress: Progress) -> str:
    return language() or ""


def test_a_process_sends_trouble_and_refusals_home_with_all_they_say() -> None:
    with pytest.raises(FileTrouble) as trouble:
        in_process("No", refuses_a_file).start().result()
    assert (trouble.value.kind, trouble.value.sentence) == (TroubleKind.INPUT, "It is no plan.")
    with pytest.raises(Refusal) as refused:
        in_process("No", refuses).start().result()
    assert refused.value.at == ("id", "field")


def test_a_process_is_held_to_its_time_even_where_it_only_waits() -> None:
    with pytest.raises(JobFailed, match="longer than 1 seconds"):
        in_process("Wait", never_ends, limits=Limits(seconds=1)).start().result()


def test_a_process_speaks_the_language_of_the_program() -> None:
    use_language("de")
    try:
        assert in_process("Speak", says_something).start().result() == "de"
    finally:
        use_language(None)
