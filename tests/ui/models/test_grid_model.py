"""Any table and any tree as a Qt model."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from app.views.tables import Column, Row, TableView, TreeView
from ui.models.grid_model import GridModel, OutlineModel

COLUMNS = (
    Column("name", "Name", editable=True, width=200),
    Column("days", "Days", align="right", kind="number", editable=True, help="Working days"),
    Column("finish", "Finish"),
)


def row(key: str, *cells: str, **more: object) -> Row:
    return Row(key, cells, **more)  # type: ignore[arg-type]


def table(*rows: Row) -> TableView:
    return TableView(COLUMNS, rows)


@pytest.fixture
def model(qapp) -> GridModel:
    made = GridModel()
    made.show(table(*(row(k, f"name {k}", "3", "today") for k in "abcdef")))
    return made


def texts(model: GridModel) -> list[str]:
    return [model.index(at, 0).data() for at in range(model.rowCount())]


def test_the_same_view_again_is_silent(model) -> None:
    changed, shown = QSignalSpy(model.dataChanged), QSignalSpy(model.shown)
    model.show(model.view)
    assert (changed.count(), shown.count()) == (0, 0)


def test_an_equal_view_changes_no_cell(model) -> None:
    changed = QSignalSpy(model.dataChanged)
    model.show(table(*(row(k, f"name {k}", "3", "today") for k in "abcdef")))
    assert changed.count() == 0


def test_changed_cells_come_as_one_range_no_wider_than_needed(model) -> None:
    changed = QSignalSpy(model.dataChanged)
    rows = list(model.view.rows)
    rows[1] = row("b", "name b", "5", "today")
    rows[3] = row("d", "name d", "3", "tomorrow")
    model.show(table(*rows))
    assert changed.count() == 1
    first, last = changed.at(0)[:2]
    assert (first.row(), first.column(), last.row(), last.column()) == (1, 1, 3, 2)


def test_a_row_keeps_its_place_in_mind_when_others_come_and_go(model) -> None:
    held = QPersistentModelIndex(model.index(3, 0))
    reset = QSignalSpy(model.modelReset)
    model.show(table(row("new", "n", "", ""), *(r for r in model.view.rows if r.key != "b")))
    assert held.data() == "name d"
    assert held.row() == 3
    assert reset.count() == 0


def test_a_sort_follows_every_row(qapp) -> None:
    model = GridModel()
    model.show(table(*(row(str(k), str(k), "", "") for k in range(500))))
    held = QPersistentModelIndex(model.index(17, 0))
    model.show(
        table(*(row(str(k), str(k), "", "") for k in sorted(range(500), key=lambda k: k * 7919 % 500)))
    )
    assert held.data() == "17"


def test_a_cell_says_its_text_hint_mark_key_and_side(model) -> None:
    model.show(table(row("x", "a", "−5", "c", marks=("", "bad", ""), hints=("why", "", ""), locked=(0,))))
    name, days = model.index(0, 0), model.index(0, 1)
    assert (name.data(), name.data(Qt.ItemDataRole.ToolTipRole)) == ("a", "why")
    assert days.data(Qt.ItemDataRole.UserRole + 1) == "bad"
    assert days.data(Qt.ItemDataRole.UserRole) == "x"
    assert days.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight.value
    assert not name.flags() & Qt.ItemFlag.ItemIsEditable
    assert days.flags() & Qt.ItemFlag.ItemIsEditable
    assert not model.index(0, 2).flags() & Qt.ItemFlag.ItemIsEditable
    assert model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole) == "Working days"


def test_rows_and_columns_are_found_by_key(model) -> None:
    assert (model.row_of("c"), model.row_of("zz"), model.column_of("days")) == (2, -1, 1)
    model.show(table(*reversed(model.view.rows)))
    assert model.row_of("c") == 3


def test_an_outline_knows_families(qapp) -> None:
    model = OutlineModel()
    levels = (0, 1, 2, 2, 1, 0)
    model.show(TreeView(COLUMNS, tuple(row(str(i), "", "", "", level=v) for i, v in enumerate(levels))))
    assert [model.end_of(i) for i in range(6)] == [5, 4, 3, 4, 5, 6]
    assert [model.sibling_before(i) for i in range(6)] == [-1, -1, -1, 2, 1, 0]


rows = st.lists(
    st.tuples(st.integers(0, 120), st.text("xyz", max_size=2), st.integers(0, 3)),
    unique_by=lambda made: made[0],
    max_size=100,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.lists(st.tuples(rows, st.integers(1, 3)), max_size=6))
def test_any_sequence_of_views_satisfies_qt(qapp, views) -> None:
    for kind in (GridModel, OutlineModel):
        model = kind()
        tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        for made, width in views:
            shape = tuple(row(str(k), *([text] * width), level=level) for k, text, level in made)
            model.show(TreeView(COLUMNS[:width], shape))
            assert model.rowCount() == len(made)
            assert model.rowCount(model.index(0, 0)) == 0
            assert [r.key for r in model.rows] == [str(k) for k, _, _ in made]
        assert tester.model() is model


def test_a_cell_costs_no_more_than_a_look_into_a_tuple(model) -> None:
    index = model.index(1, 1)
    best = float("inf")
    for _ in range(5):
        started = perf_counter()
        for _ in range(2000):
            model.data(index, 0)
        best = min(best, (perf_counter() - started) / 2000)
    print(f"data(): {best * 1e6:.2f} µs")
    assert model.data(QModelIndex(), 0) is None
