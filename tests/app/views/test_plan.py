"""The plan as a grid: cells, filters, order, groups, folds, and lines that stay the same objects."""

from __future__ import annotations

from dataclasses import replace

from app.domain.document import Document
from app.domain.durations import parse_lag, parse_span
from app.domain.portfolio import FieldKind, OwnerKind
from app.domain.values import ProjectId
from app.domain.work import ConstraintType
from app.operations import (
    arrange,
    baselines,
    custom_fields,
    dates,
    links,
    people,
    progress,
    projects,
    tasks,
)
from app.views.plan import hint, plan, plan_columns
from app.views.plan_columns import COLUMNS, USUAL
from app.views.tables import Ask, Row, TreeView
from tests.builders import after, at, busy, by_name, done, person
from tests.builders import plan as made


def cells(view: TreeView, key: str) -> list[str]:
    place = [column.key for column in view.columns].index(key)
    return [row.cells[place] for row in view.rows]


def cell(view: TreeView, row: int, key: str) -> str:
    return cells(view, key)[row]


def phases() -> tuple[Document, ProjectId]:
    """Two phases: A with B 2d and C 3d after it, D with E 1d (milestone-free)."""
    document, project, (a, b, c, d, e) = made(["1d", "2d", "3d", "1d", "1d"])
    document = after(
        document, arrange.indent((b, c)), arrange.indent((e,)), links.link((b, c)), tasks.rename(b, "Bake")
    )
    del a, d
    return document, project


def test_the_usual_columns_read_as_people_type_them() -> None:
    document, project = phases()
    view = plan(document, project, Ask())
    assert tuple(column.key for column in view.columns) == USUAL
    assert cells(view, "name") == ["A", "Bake", "C", "D", "E"]
    assert cells(view, "duration") == ["5d", "2d", "3d", "1d", "1d"]
    assert cells(view, "start")[1] == "4 Jan 2027"
    assert cells(view, "predecessors") == ["", "", "2", "", ""]
    assert [row.level for row in view.rows] == [0, 1, 1, 0, 1]
    assert [row.has_children for row in view.rows] == [True, False, False, True, False]


def test_dates_and_numbers_follow_the_locale() -> None:
    document, project = phases()
    document = after(document, tasks.set_duration(by_name(document, "E"), parse_span("0.5d")))
    view = plan(document, project, Ask(locale="de_DE"))
    assert cell(view, 1, "start") == "04.01.2027"
    assert cell(view, 4, "duration") == "0,5d"


def test_a_summary_is_closed_where_its_figures_roll_up() -> None:
    document, project = phases()
    view = plan(document, project, Ask())
    keys = [column.key for column in view.columns]
    closed = {keys[place] for place in view.rows[0].locked}
    assert {"duration", "start", "finish", "percent"} <= closed
    assert "name" not in closed
    assert view.rows[1].locked == ()


def test_links_show_type_lag_and_the_code_of_another_project() -> None:
    document, one, (a, b) = made(["1d", "2d"], "ONE")
    document, two, (c, *_) = made(["1d"], "TWO", document)
    document = after(document, links.add(a, b, lag=parse_lag("-1d")), links.add(b, c))
    assert cell(plan(document, one, Ask()), 1, "predecessors") == "1FS−1d"
    assert cell(plan(document, two, Ask()), 0, "predecessors") == "ONE/2"


def test_lines_that_read_as_before_are_the_same_objects() -> None:
    document, project = phases()
    before = plan(document, project, Ask())
    edited = after(document, tasks.rename(by_name(document, "E"), "Eat"))
    view = plan(edited, project, Ask())
    assert [one is other for one, other in zip(view.rows, before.rows, strict=True)] == [
        True, True, True, True, False,
    ]  # fmt: skip
    assert plan(edited, project, Ask()) is view
    assert plan(document, project, Ask()) is not view


def test_text_filters_keep_the_parents_and_say_how_many_are_shown() -> None:
    document, project = phases()
    view = plan(document, project, Ask(filter="bake"))
    assert cells(view, "name") == ["A", "Bake"]
    assert view.note == "1 of 5 shown"
    assert set(view.rows[0].marks) == {"muted"}
    assert plan(document, project, Ask(filter="nothing like it")).empty


def test_column_filters_compare_durations_dates_and_texts() -> None:
    document, project = phases()
    wanted = {
        ("duration", ">2d"): ["A", "C"],
        ("duration", "<=1d"): ["D", "E"],
        ("start", ">=2027-01-05"): ["A", "C"],
        ("name", "ba"): ["A", "Bake"],
        ("name", "=c"): ["A", "C"],
        ("predecessors", "–"): ["A", "Bake", "D", "E"],
        ("only", "summaries"): ["A", "D"],
        ("only", "critical"): ["A", "Bake", "C"],
    }
    for filter, names in wanted.items():
        assert cells(plan(document, project, Ask(column_filters=(filter,))), "name") == names, filter


def test_quick_filters_find_late_overdue_milestone_and_open_tasks() -> None:
    document, project, (a, b, c) = made(["5d", "0d", "1d"])
    document = after(
        document,
        dates.set_deadline(a, at(5, 17)),
        projects.set_status_date(project, at(6, 17)),
        progress.set_percent((b,), 100),
    )
    del c

    def shown(which: str) -> list[str]:
        return cells(plan(document, project, Ask(column_filters=(("only", which),))), "name")

    assert shown("late") == ["A"]
    assert shown("overdue") == ["C"]
    assert shown("milestones") == ["B"]
    assert shown("incomplete") == ["A", "C"]


def test_sorting_stays_within_the_branches() -> None:
    document, project = phases()
    assert cells(plan(document, project, Ask(sort="-duration")), "name") == ["A", "C", "Bake", "D", "E"]
    assert cells(plan(document, project, Ask(sort="-name")), "name") == ["D", "E", "A", "C", "Bake"]
    assert cells(plan(document, project, Ask(sort="nothing")), "name") == ["A", "Bake", "C", "D", "E"]


def test_groups_gather_tasks_under_headings_with_sums_and_fold() -> None:
    document, project = phases()
    ask = Ask(group="critical")
    view = plan(document, project, ask)
    assert cells(view, "name") == ["yes (2 tasks)", "Bake", "C", "(none) (1 task)", "E"]
    assert cell(view, 0, "finish") == "8 Jan 2027"
    folded = plan(document, project, replace(ask, folded=frozenset({"group:yes"})))
    assert cells(folded, "name") == ["yes (2 tasks)", "(none) (1 task)", "E"]
    assert cells(plan(document, project, replace(ask, filter="bake")), "name") == ["yes (1 task)", "Bake"]


def test_a_folded_summary_hides_what_is_inside() -> None:
    document, project = phases()
    view = plan(document, project, Ask(folded=frozenset({by_name(document, "A")})))
    assert cells(view, "name") == ["A", "D", "E"]
    assert view.rows[0].is_folded


def test_the_totals_row_speaks_of_the_whole_plan() -> None:
    document, project = phases()
    view = plan(document, project, Ask(filter="bake"))
    assert view.totals is not None
    said = dict(zip((column.key for column in view.columns), view.totals.cells, strict=True))
    assert (said["name"], said["duration"], said["finish"]) == ("3 tasks", "5d", "8 Jan 2027")


def test_an_empty_plan_says_what_to_do() -> None:
    document, project, _ = made([])
    assert "Type a name" in plan(document, project, Ask()).empty


def test_every_column_of_a_busy_plan_has_a_text_for_every_task_in_every_locale() -> None:
    document = busy()
    for project in document.projects:
        columns = plan_columns(document, project.id)
        assert all(column.title and column.help for column in columns)
        for locale in ("en_GB", "de_DE", "fr_FR", "xx"):
            view = plan(document, project.id, Ask(columns=tuple(one.key for one in columns), locale=locale))
            assert all(isinstance(text, str) for row in view.rows for text in row.cells)
            assert all(len(row.cells) == len(columns) for row in view.rows)


def test_every_column_sorts_filters_and_groups() -> None:
    document = busy()
    project = next(one.id for one in document.projects if one.code == "BUSY")
    for key in COLUMNS:
        for ask in (Ask(sort=key), Ask(sort=f"-{key}"), Ask(group=key), Ask(column_filters=((key, ">1"),))):
            assert isinstance(plan(document, project, ask), TreeView)


def test_custom_columns_are_shown_sorted_and_typed_in() -> None:
    document, project, (a, b) = made(["1d", "1d"])
    document, size = done(document, custom_fields.create("Size", FieldKind.NUMBER, OwnerKind.TASK, project))
    document, due = done(document, custom_fields.create("Due", FieldKind.DATE, OwnerKind.TASK))
    document = after(
        document,
        custom_fields.set_value(size, a, "10"),
        custom_fields.set_value(size, b, "9.5"),
        custom_fields.set_value(due, b, "2027-03-01"),
    )
    keys = ("name", f"field:{size}", f"field:{due}")
    view = plan(document, project, Ask(columns=keys, sort=f"field:{size}"))
    assert [row.cells for row in view.rows] == [("B", "9.5", "1 Mar 2027"), ("A", "10", "")]
    assert view.columns[1].title == "Size"


def test_people_money_and_baselines_are_shown() -> None:
    document, project, (a, *_) = made(["2d"])
    document, ann = person(document, "Ann")
    document = after(document, people.set_rate(ann, 9000), people.assign(a, ann), baselines.take(project, 0))
    document = after(document, tasks.set_duration(a, parse_span("3d")), tasks.set_fixed_cost(a, 10000))
    keys = ("resources", "work", "cost", "baseline_finish", "finish_variance", "cost_variance")
    view = plan(document, project, Ask(columns=keys))
    assert view.rows[0].cells == ("Ann", "24h", "2,260", "5 Jan 2027", "1d", "820")
    assert view.rows[0].marks[4] == "bad"


def test_signs_have_words_and_dates_have_weekdays() -> None:
    document, project, (a, *_) = made(["2d"])
    document = after(
        document,
        dates.set_constraint(a, ConstraintType.SNET, at(5)),
        dates.set_deadline(a, at(5, 12)),
        tasks.set_notes(a, "Mind the gap."),
    )
    view = plan(document, project, Ask())
    assert cell(view, 0, "signs") == "⚠ ⇥ ¶"
    words = hint(document, project, a, "signs", Ask())
    assert "after its deadline of 5 Jan 2027" in words
    assert "Mind the gap." in words
    assert hint(document, project, a, "start", Ask()) == "Tue 5 Jan 2027, 08:00"
    assert hint(document, project, "nobody", "start", Ask()) == ""


def test_inactive_tasks_are_muted() -> None:
    document, project, (a, *_) = made(["2d"])
    row: Row = plan(after(document, tasks.set_active((a,), False)), project, Ask()).rows[0]
    assert set(row.marks) == {"muted"}
