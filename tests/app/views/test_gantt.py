"""The chart beside the grid: row for row, in moments."""

from __future__ import annotations

from app.domain.durations import parse_span
from app.operations import arrange, baselines, dates, links, progress, projects, tasks
from app.views.gantt import gantt
from app.views.gantt_shapes import NOWHERE, BarKind
from app.views.plan import plan as plan_view
from app.views.tables import Ask
from tests.app.derive.journey import journey
from tests.builders import after, at, busy, plan


def test_bars_stand_row_for_row_beside_the_grid() -> None:
    document = busy()
    for project in document.projects:
        for ask in (Ask(), Ask(filter="b"), Ask(group="critical"), Ask(sort="-start")):
            rows = plan_view(document, project.id, ask).rows
            assert gantt(document, project.id, ask).bars.keys == tuple(row.key for row in rows)


def test_kinds_dates_and_float_of_the_journey() -> None:
    document, project, _ = journey()
    view = gantt(document, project, Ask())
    bars = view.bars
    assert bars.kind.tolist() == [BarKind.TASK] * 7 + [BarKind.MILESTONE, BarKind.TASK]
    assert bars.start[1] == at(12)
    assert bars.float_until[2] == at(29, 17)
    assert bars.float_until[0] == NOWHERE
    assert bars.critical.tolist() == [True, True, False, True, False, True, True, True, True]
    assert view.plan_finish == at(3, 17, month=2)
    assert len(view.links) == 11
    assert view.links.driving.tolist().count(True) == 8


def test_non_working_time_lies_between_the_shifts_and_holds_the_holiday() -> None:
    document, project, _ = journey()
    view = gantt(document, project, Ask())
    spans = list(zip(view.rest_start.tolist(), view.rest_finish.tolist(), strict=True))
    assert (at(5, 17), at(7, 8)) in spans
    assert (at(8, 17), at(11, 8)) in spans
    assert all(begin < end for begin, end in spans)
    assert spans == sorted(spans)


def test_summaries_progress_baselines_deadlines_and_manual_tasks() -> None:
    document, project, (a, b, c) = plan(["1d", "4d", "2d"])
    document = after(
        document,
        arrange.indent((b,)),
        baselines.take(project, 0),
        tasks.set_duration(b, parse_span("8d")),
        progress.set_percent((b,), 25),
        dates.set_deadline(b, at(12, 17)),
        dates.set_manual((c,), True),
        projects.set_status_date(project, at(6, 17)),
    )
    view = gantt(document, project, Ask())
    bars = view.bars
    assert bars.kind.tolist() == [BarKind.SUMMARY, BarKind.TASK, BarKind.TASK]
    assert bars.done_until[1] == at(5, 17)
    assert bars.baseline_finish[1] == at(7, 17)
    assert bars.deadline.tolist() == [NOWHERE, at(12, 17), NOWHERE]
    assert bars.manual.tolist() == [False, False, True]
    assert bars.movable.tolist() == [False, True, True]
    assert view.status_date == at(6, 17)
    del a


def test_split_tasks_show_their_worked_stretches() -> None:
    document, project, (a, *_) = plan(["3d"])
    split = after(document, tasks.split(a, 480, 480))
    segments = gantt(split, project, Ask()).bars.segments[0]
    assert [begin for begin, _ in segments] == [at(4), at(6)]


def test_links_to_hidden_rows_are_left_out() -> None:
    document, project, (a, b, _) = plan(["1d", "1d", "1d"])
    document = after(document, links.link((a, b)))
    assert len(gantt(document, project, Ask()).links) == 1
    assert len(gantt(document, project, Ask(filter="B")).links) == 0
    assert gantt(document, project, Ask(sort="-name")).links.predecessor.tolist() == [2]


def test_an_empty_plan_has_an_empty_chart_with_a_sentence() -> None:
    document, project, _ = plan([])
    view = gantt(document, project, Ask())
    assert len(view.bars) == 0
    assert view.empty
