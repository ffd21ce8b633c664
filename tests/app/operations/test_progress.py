"""Progress as people report it: percentages, actual dates, remaining time, putting off what is left."""

from __future__ import annotations

import pytest

from app.domain.durations import parse_span
from app.domain.errors import Refusal
from app.domain.work import ConstraintType
from app.operations import arrange, dates, links, people, progress, projects, tasks
from tests.app.operations.test_tasks import dates_of
from tests.builders import after, at, done, person, plan


def test_a_finished_task_takes_the_dates_it_had() -> None:
    document, _, (a, *_) = plan(("2d",))
    document = after(document, progress.set_percent((a,), 100))
    row = document.tasks[a]
    assert (row.actual_start, row.actual_finish) == (at(4), at(5, 17))
    document = after(document, progress.set_percent((a,), 0))
    row = document.tasks[a]
    assert (row.actual_start, row.actual_finish, row.percent_complete) == (None, None, 0)


def test_a_summary_hands_all_or_nothing_down() -> None:
    document, _, (a, b, c) = plan()
    document = after(document, arrange.indent((b, c)), progress.set_percent((a,), 100))
    assert document.tasks[b].percent_complete == document.tasks[c].percent_complete == 100
    assert document.tasks[a].percent_complete == 0
    with pytest.raises(Refusal):
        done(document, progress.set_percent((a,), 50))
    with pytest.raises(Refusal):
        done(document, progress.set_percent((b,), 101))
    with pytest.raises(Refusal):
        done(document, progress.set_actual_start(a, at(4)))


def test_the_work_of_people_goes_along() -> None:
    document, _, (a, *_) = plan(("10d",))
    document, ann = person(document, "Ann")
    document, made = done(document, people.assign(a, ann))
    document = after(document, progress.set_percent((a,), 25))
    row = document.assignments[made]
    assert (row.actual_work, row.remaining_work) == (1200, 3600)


def test_an_actual_finish_makes_the_duration_what_it_took() -> None:
    document, _, (a, *_) = plan(("2d",))
    document = after(document, progress.set_actual_start(a, at(5)), progress.set_actual_finish(a, at(8, 17)))
    row = document.tasks[a]
    assert (row.duration, row.percent_complete) == (4 * 480, 100)
    document = after(document, progress.set_actual_start(a, at(6)))
    assert document.tasks[a].duration == 3 * 480
    for refused in (progress.set_actual_finish(a, at(5)), progress.set_actual_start(a, at(11))):
        with pytest.raises(Refusal):
            done(document, refused)
    document = after(document, progress.set_actual_finish(a, None))
    assert (document.tasks[a].actual_finish, document.tasks[a].percent_complete) == (None, 99)
    document = after(document, progress.set_actual_finish(a, None), progress.set_actual_start(a, None))
    assert document.tasks[a].percent_complete == 0


def test_what_remains_changes_duration_and_percentage() -> None:
    document, _, (a, *_) = plan(("10d",))
    document = after(document, progress.set_percent((a,), 50), progress.set_remaining(a, parse_span("15d")))
    row = document.tasks[a]
    assert (row.duration, row.percent_complete, row.remaining_duration) == (20 * 480, 25, 15 * 480)
    document = after(document, progress.set_remaining(a, parse_span("0d")))
    assert (document.tasks[a].percent_complete, document.tasks[a].duration) == (100, 5 * 480)
    document, _, (b, *_) = plan(("4d",))
    document = after(document, progress.set_remaining(b, parse_span("6d")))
    assert (document.tasks[b].duration, document.tasks[b].percent_complete) == (6 * 480, 0)
    document = after(document, progress.set_remaining(b, parse_span("0d")))
    assert document.tasks[b].percent_complete == 100


def test_what_was_taken_so_far_changes_what_remains() -> None:
    document, _, (a, *_) = plan(("4d",))
    document = after(document, progress.set_actual_duration(a, parse_span("1d")))
    row = document.tasks[a]
    assert (row.percent_complete, row.remaining_duration, row.actual_start) == (25, 3 * 480, at(4))
    document = after(document, progress.set_actual_duration(a, parse_span("5d")))
    row = document.tasks[a]
    assert (row.percent_complete, row.duration, row.actual_finish) == (100, 5 * 480, at(8, 17))
    document = after(document, progress.set_actual_duration(a, parse_span("0d")))
    assert document.tasks[a].actual_start is None
    document = after(document, progress.set_physical_percent(a, 30))
    assert document.tasks[a].physical_percent_complete == 30


def test_on_track_means_done_as_planned_up_to_the_date() -> None:
    document, project, (a, b, c) = plan(("2d", "4d", "2d"))
    document = after(document, links.link((a, b, c)), progress.update_to(project, at(7, 17)))
    assert [document.tasks[task].percent_complete for task in (a, b, c)] == [100, 50, 0]
    assert document.tasks[b].actual_start == at(6)
    assert after(document, progress.update_to(project, at(7, 17))) == document


def test_without_a_date_progress_runs_to_the_status_date_and_without_one_to_now() -> None:
    document, project, (a, b, _) = plan(("1d", "4d", "2d"))
    document = after(document, links.link((a, b)))
    for step in (progress.update_to, progress.reschedule_unfinished):
        _, taken = done(document, step(project), now=at(6, 12))
        assert taken == at(6, 12)
        dated = after(document, projects.set_status_date(project, at(5, 17)))
        result, taken = done(dated, step(project), now=at(6, 12))
        assert taken == at(5, 17)
        assert result == after(dated, step(project, at(5, 17)))


def test_unfinished_work_is_put_off_to_after_a_date() -> None:
    document, project, (a, b, c) = plan(("1d", "4d", "2d"))
    document = after(
        document,
        progress.set_percent((a,), 100),
        progress.set_percent((b,), 25),
        progress.reschedule_unfinished(project, at(11, 0)),
    )
    assert dates_of(document, a)[1] == "2027-01-04T17:00"
    assert (document.tasks[b].stop, document.tasks[b].resume) == (at(4, 17), at(11))
    assert dates_of(document, b) == ("2027-01-04T08:00", "2027-01-13T17:00")
    assert (document.tasks[c].constraint, dates_of(document, c)[0]) == (
        ConstraintType.SNET, "2027-01-11T08:00",
    )  # fmt: skip


def test_a_manual_task_that_is_put_off_keeps_its_length() -> None:
    document, project, (a, *_) = plan(("2d",))
    document = after(
        document, dates.set_manual((a,), True), progress.reschedule_unfinished(project, at(9), (a,))
    )
    assert (document.tasks[a].manual_start, document.tasks[a].manual_finish) == (at(11), at(12, 17))
    document = after(document, projects.set_status_date(project, at(9)), tasks.set_active((a,), False))
    assert after(document, progress.reschedule_unfinished(project, at(20))) == document
