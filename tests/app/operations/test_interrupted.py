"""A task with interruptions keeps them, whatever is said about its dates."""

from __future__ import annotations

import pytest

from app.domain.document import Document
from app.domain.durations import parse_span
from app.domain.errors import Refusal
from app.domain.values import Moment, ProjectId, Split, TaskId
from app.operations import arrange, dates, progress, tasks
from tests.app.operations.test_tasks import dates_of
from tests.builders import after, at, done, plan

GAP = (Split(480, 480),)


def interrupted() -> tuple[Document, ProjectId, TaskId]:
    """Two days of work with a day in between: Monday and Wednesday."""
    document, project, (a, *_) = plan(("2d",))
    return after(document, tasks.split(a, 480, 480)), project, a


def finished() -> tuple[Document, TaskId]:
    document, _, a = interrupted()
    return after(document, progress.set_percent((a,), 100)), a


def by_hand() -> tuple[Document, TaskId]:
    document, _, a = interrupted()
    return after(document, dates.set_manual((a,), True)), a


def told(document: Document, task: TaskId) -> tuple[int, tuple[Split, ...], str]:
    row = document.tasks[task]
    return row.duration // 480, row.splits, dates_of(document, task)[1]


def test_an_interruption_puts_the_finish_off() -> None:
    document, _, a = interrupted()
    assert told(document, a) == (2, GAP, "2027-01-06T17:00")
    assert told(after(document, tasks.unsplit(a)), a) == (2, (), "2027-01-05T17:00")


def test_saying_again_when_it_really_began_and_ended_changes_nothing() -> None:
    document, a = finished()
    assert after(document, progress.set_actual_start(a, at(4)), progress.set_actual_finish(a, at(6, 17))) == (
        document
    )


def test_another_start_of_what_is_finished_takes_its_finish_along() -> None:
    document, a = finished()
    document = after(document, dates.set_start(a, at(5)))
    assert told(document, a) == (2, GAP, "2027-01-07T17:00")
    assert document.tasks[a].actual_finish == at(7, 17)


def test_a_longer_duration_of_what_is_finished_ends_later() -> None:
    document, a = finished()
    assert told(after(document, tasks.set_duration(a, parse_span("3d"))), a) == (3, GAP, "2027-01-07T17:00")


def test_an_end_before_the_interruption_takes_it_away() -> None:
    document, a = finished()
    for step in (progress.set_actual_finish(a, at(4, 17)), dates.stretch(a, at(4, 17))):
        assert told(after(document, step), a) == (1, (), "2027-01-04T17:00")
    within = after(document, progress.set_actual_finish(a, at(5, 12)))
    assert told(within, a) == (1, (), "2027-01-05T12:00")


def test_a_manual_task_keeps_its_interruption_where_its_dates_move() -> None:
    document, a = by_hand()
    assert told(after(document, dates.set_start(a, at(5))), a) == (2, GAP, "2027-01-07T17:00")
    assert told(after(document, dates.set_finish(a, at(6, 17))), a) == (2, GAP, "2027-01-06T17:00")
    assert told(after(document, dates.set_finish(a, at(7, 17))), a) == (3, GAP, "2027-01-07T17:00")
    project = document.tasks[a].project
    later = after(document, progress.reschedule_unfinished(project, at(11)))
    assert told(later, a) == (2, GAP, "2027-01-13T17:00")


def test_an_interruption_is_placed_where_the_work_stands_on_that_day() -> None:
    document, _, (a, b) = plan(("4d", "1d"))
    document = after(document, tasks.interrupt(a, at(5), at(6)))
    assert document.tasks[a].splits == (Split(480, 480),)
    document = after(document, tasks.interrupt(a, at(7), at(11)))
    assert document.tasks[a].splits == (Split(480, 480), Split(960, 960))
    inside_the_first = after(document, tasks.interrupt(a, at(5, 13), at(6)))
    assert inside_the_first.tasks[a].splits == (Split(480, 720), Split(960, 960))
    document = after(document, arrange.indent((b,)))
    for refused in (tasks.interrupt(a, at(5), at(6)), tasks.split(a, 480, 480)):
        with pytest.raises(Refusal, match="summary"):
            done(document, refused)


@pytest.mark.parametrize(("work_before", "gap"), [(0, 480), (960, 480), (480, 0), (-1, 480)])
def test_an_interruption_lies_within_the_task_and_lasts(work_before: int, gap: int) -> None:
    document, _, (a, *_) = plan(("2d",))
    with pytest.raises(Refusal, match="within"):
        done(document, tasks.split(a, work_before, gap))


def test_two_interruptions_at_one_place_are_one() -> None:
    document, _, a = interrupted()
    assert after(document, tasks.split(a, 480, 240)).tasks[a].splits == (Split(480, 720),)


def test_a_stretched_bar_keeps_what_lies_in_it() -> None:
    document, _, a = interrupted()
    assert told(after(document, dates.stretch(a, at(7, 17))), a) == (3, GAP, "2027-01-07T17:00")
    with pytest.raises(Refusal, match="before it starts"):
        done(document, dates.stretch(a, Moment(at(4) - 60)))


@pytest.mark.parametrize(
    ("percent", "finish"), [(25, "2027-01-13T12:00"), (50, "2027-01-11T17:00"), (75, "2027-01-11T12:00")]
)
def test_work_that_is_put_off_still_rests_where_an_interruption_lies_ahead(percent: int, finish: str) -> None:
    document, project, a = interrupted()
    document = after(
        document, progress.set_percent((a,), percent), progress.reschedule_unfinished(project, at(11))
    )
    assert dates_of(document, a) == ("2027-01-04T08:00", finish)
