"""Typing into the sheet: any cell, blocks from elsewhere, filling down, clearing."""

from __future__ import annotations

import pytest

from app.domain.errors import Refusal
from app.domain.portfolio import FieldKind, TaskType
from app.domain.values import TaskId
from app.domain.work import ConstraintType
from app.operations import arrange, calendars, cells, custom_fields, people
from app.operations.links import predecessors_text
from tests.builders import after, at, busy, by_name, done, person, plan

CELLS = [
    ("name", "Design", "name", "Design"),
    ("duration", "4h", "duration", 240),
    ("start", "2027-01-07", "constraint_date", at(7)),
    ("finish", "2027-01-07", "constraint_date", at(7, 17)),
    ("percent", "50%", "percent_complete", 50),
    ("percent_complete", "50", "percent_complete", 50),
    ("physical_percent", "20", "physical_percent_complete", 20),
    ("work", "16", "work", 960),
    ("constraint", "Must finish on", "constraint", ConstraintType.MFO),
    ("constraint", "snet", "constraint", ConstraintType.SNET),
    ("constraint_date", "2027-01-08", "constraint_date", at(8)),
    ("deadline", "8 jan 2027", "deadline", at(8, 17)),
    ("type", "Fixed work", "task_type", TaskType.FIXED_WORK),
    ("effort_driven", "yes", "effort_driven", True),
    ("priority", "600", "priority", 600),
    ("mode", "Manual", "manual", True),
    ("mode", "yes", "manual", True),
    ("active", "no", "active", False),
    ("milestone", "yes", "milestone", True),
    ("estimated", "yes", "estimated", True),
    ("wbs", "1.A", "wbs", "1.A"),
    ("notes", "Ask Bob", "notes", "Ask Bob"),
    ("hyperlink", "https://example.org", "hyperlink_address", "https://example.org"),
    ("contact", "Bob", "contact", "Bob"),
    ("actual_start", "2027-01-05", "actual_start", at(5)),
    ("actual_finish", "2027-01-05", "actual_finish", at(5, 17)),
    ("actual_duration", "4h", "percent_complete", 50),
    ("remaining_duration", "0", "percent_complete", 100),
    ("fixed_cost", "1.2k", "fixed_cost", 120_000),
    ("ignore_resource_calendar", "yes", "ignore_resource_calendar", True),
]


@pytest.mark.parametrize(("column", "text", "field", "value"), CELLS)
def test_typing_into_a_cell_does_what_its_column_means(
    column: str, text: str, field: str, value: object
) -> None:
    document, _, (a, *_) = plan()
    document = after(document, cells.set_cell(a, column, text))
    assert getattr(document.tasks[a], field) == value


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("start", "2027-01-04"),
        ("start", "2027-01-04 08:00"),
        ("start", "4 jan 2027"),
        ("finish", "2027-01-04"),
        ("finish", "2027-01-04 17:00"),
    ],
)
def test_a_date_typed_as_it_is_shown_pins_nothing(column: str, text: str) -> None:
    document, _, (a, *_) = plan()
    assert after(document, cells.set_cell(a, column, text)).tasks[a] == document.tasks[a]


def test_a_day_typed_over_its_own_later_hour_leaves_the_hour() -> None:
    document, _, (a, *_) = plan()
    document = after(document, cells.set_cell(a, "start", "2027-01-05 13:00"))
    assert after(document, cells.set_cell(a, "start", "2027-01-05")).tasks[a] == document.tasks[a]
    assert after(document, cells.set_cell(a, "start", "2027-01-05 08:00")).tasks[a].constraint_date == at(5)


def test_every_editable_column_is_tried() -> None:
    tried = {column for column, *_ in CELLS} | {"predecessors", "successors", "resources", "calendar"}
    assert tried >= set(cells.COLUMNS)


def test_columns_that_point_at_other_records() -> None:
    document, _project, (a, b, c) = plan()
    document, risk = done(document, custom_fields.create("Risk", FieldKind.CHOICE, choices=("Low", "High")))
    document = after(
        document,
        cells.set_cell(c, "predecessors", "1;2SS+1d"),
        cells.set_cell(a, "successors", "2"),
        cells.set_cell(b, "resources", "Ann"),
        cells.set_cell(b, "calendar", "standard"),
        cells.set_cell(b, f"field:{risk}", "high"),
    )
    assert predecessors_text(document, b) == "1"
    assert document.tasks[b].calendar is not None
    assert next(iter(document.custom_values)).value == "High"
    document = after(
        document, cells.clear((a, b, c), ("predecessors", "resources", "calendar", f"field:{risk}"))
    )
    assert not len(document.links)
    assert not len(document.assignments)
    assert not len(document.custom_values)
    assert document.tasks[b].calendar is None


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("duration", "soon"),
        ("start", "31 feb"),
        ("type", "soft"),
        ("calendar", "Lunar"),
        ("priority", "1.5"),
        ("total_slack", "3d"),
        ("constraint", "maybe"),
        ("mode", "perhaps"),
        ("field:gone", "x"),
        ("percent", "200"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_cell(column: str, text: str) -> None:
    document, _, (a, *_) = plan()
    with pytest.raises(Refusal) as no:
        done(document, cells.set_cell(a, column, text))
    assert no.value.at == (a, column)


def test_a_block_is_one_step_or_none() -> None:
    document, _, (a, b, _c) = plan()
    document = after(document, cells.set_cells(((a, "name", "One"), (b, "duration", "3d"))))
    assert (document.tasks[a].name, document.tasks[b].duration) == ("One", 1440)
    for block in ((), ((a, "name", "Two"), (b, "duration", "bad"))):
        with pytest.raises(Refusal):
            done(document, cells.set_cells(block))


def test_a_pasted_block_grows_the_plan_and_may_link_downwards() -> None:
    document, project, (_a, _b, c) = plan()
    rows = (("Three", "1d", "4"), ("Four", "2d", ""), ("Five", "3d", "3;4"))
    document, made = done(document, cells.paste_rows(project, ("name", "duration", "predecessors"), rows, c))
    assert [document.tasks[task].name for task in made] == ["Three", "Four", "Five"]
    assert made[0] == c
    assert predecessors_text(document, by_name(document, "Five")) == "3;4"
    document, fresh = done(document, cells.paste_rows(project, ("name",), (("Six",),)))
    assert document.tasks[fresh[0]].name == "Six"
    with pytest.raises(Refusal):
        done(document, cells.paste_rows(project, ("name",), ()))


def test_filling_down_copies_what_was_decided() -> None:
    document, _project, (a, b, c) = plan(("3d", "1d", "1d"))
    document, _ann = person(document, "Ann")
    document, risk = done(document, custom_fields.create("Risk"))
    document = after(
        document,
        cells.set_cells(
            (
                (a, "start", "2027-01-07"),
                (a, "resources", "Ann[50%]"),
                (a, "deadline", "2027-02-01"),
                (a, f"field:{risk}", "some"),
                (a, "hyperlink", "x"),
                (a, "percent", "20"),
            )
        ),
    )
    columns = ("duration", "start", "resources", "deadline", f"field:{risk}", "priority", "hyperlink")
    columns += ("percent", "type", "effort_driven", "mode", "active", "constraint", "work")
    document = after(document, cells.fill_down((a, b, c), columns))
    for task in (b, c):
        row = document.tasks[task]
        assert (row.duration, row.constraint_date, row.deadline) == (1440, at(7), at(1, 17, month=2))
        assert (row.percent_complete, row.hyperlink_address) == (20, "x")
    assert len(document.assignments) == len(document.custom_values) == 3
    document = after(document, cells.fill_down((b, c), ("finish",)))
    for refused in (cells.fill_down((a,), ("name",)), cells.fill_down((a, b), ("total_slack",))):
        with pytest.raises(Refusal):
            done(document, refused)


def test_predecessors_can_be_filled_down() -> None:
    document, _, (_a, b, c) = plan()
    document = after(
        document, cells.set_cell(b, "predecessors", "1SS"), cells.fill_down((b, c), ("predecessors",))
    )
    assert predecessors_text(document, c) == "1SS"


def test_what_cannot_be_empty_is_not_cleared() -> None:
    document, _, (a, *_) = plan()
    document = after(
        document, cells.set_cell(a, "start", "2027-01-07"), cells.clear((a,), ("start", "percent"))
    )
    assert document.tasks[a].constraint is ConstraintType.ASAP
    with pytest.raises(Refusal):
        done(document, cells.clear((a,), ("duration",)))


def test_a_summary_refuses_what_it_takes_from_inside() -> None:
    document, _, (a, b, _c) = plan()
    document = after(document, arrange.indent((b,)))
    for column, text in (("duration", "2d"), ("start", "today"), ("finish", "today"), ("work", "8h"),
                         ("percent", "50"), ("resources", "Ann")):  # fmt: skip
        with pytest.raises(Refusal) as no:
            done(document, cells.set_cell(a, column, text))
        assert no.value.at is not None
        assert no.value.at[0] == a


def test_a_language_reads_its_own_way() -> None:
    document, _, (a, *_) = plan()
    document = after(
        document,
        cells.set_cell(a, "duration", "1,5d", "de_DE"),
        cells.set_cell(a, "deadline", "03.02.2027", "de_DE"),
        cells.set_cell(a, "fixed_cost", "1.250,50", "de_DE"),
    )
    row = document.tasks[a]
    assert (row.duration, row.deadline, row.fixed_cost) == (720, at(3, 17, month=2), 125050)


def test_nobody_is_a_task_that_is_gone() -> None:
    with pytest.raises(Refusal):
        done(busy(), cells.set_cell(TaskId("nobody"), "name", "x"))
    document, project, (a, *_) = plan()
    document = after(document, people.add_resource("Ann"), calendars.create("Own", project))
    assert after(document, cells.set_cell(a, "calendar", "Own")).tasks[a].calendar is not None


def test_pasting_touches_the_named_cells_and_adds_a_task_for_each_further_row() -> None:
    document, project, (a, b, c) = plan()
    block = ((a, "duration", "4d"), (c, "name", "Third"))
    rows = (("Fourth", "2d", "1"), ("Fifth", "", "4"))
    columns = ("name", "duration", "predecessors")
    grown, made = done(document, cells.paste_cells(project, block, columns, rows, c))
    assert [grown.tasks[task].name for task in made] == ["Fourth", "Fifth"]
    assert (grown.tasks[a].duration, grown.tasks[c].name) == (4 * 480, "Third")
    assert grown.tasks[b] == document.tasks[b]
    assert predecessors_text(grown, made[1]) == "4"
    with pytest.raises(Refusal):
        done(document, cells.paste_cells(project, ()))


def test_a_text_typed_into_an_empty_line_makes_a_task_at_the_end() -> None:
    document, project, _tasks = plan()
    document, made = done(document, cells.paste_cells(project, (), ("duration",), (("3d",),)))
    assert document.tasks[made[0]].duration == 3 * 480
