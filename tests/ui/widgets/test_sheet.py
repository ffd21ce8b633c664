"""The grid under real keys and a real pointer."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest

from app.views.tables import Column, Row, TableView, TreeView
from ui import theme
from ui.models.grid_model import GridModel, OutlineModel
from ui.widgets.sheet import Sheet
from ui.widgets.sheet_editor import CellEditor

KEY, NONE = Qt.Key, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
COLUMNS = (
    Column("name", "Name", editable=True, width=160),
    Column("days", "Days", align="right", editable=True, width=80),
    Column("finish", "Finish", width=100),
    Column("note", "Note", editable=True, width=160),
)


def rows(count: int = 5) -> tuple[Row, ...]:
    return tuple(Row(f"r{at}", (f"task {at}", str(at), "12 Mar", "")) for at in range(count))


def made(qtbot, model: GridModel, view: TableView | TreeView) -> Sheet:
    theme.install(QGuiApplication.instance(), theme.Scheme.LIGHT)
    sheet = Sheet(model)
    qtbot.addWidget(sheet)
    model.show(view)
    sheet.resize(560, 320)
    sheet.show()
    sheet.activateWindow()
    sheet.setFocus()
    assert QTest.qWaitForWindowActive(sheet)
    return sheet


@pytest.fixture
def sheet(qtbot) -> Sheet:
    grid = made(qtbot, GridModel(), TableView(COLUMNS, rows()))
    grid.select_cell("r1", "name")
    return grid


def heard(signal) -> QSignalSpy:
    return QSignalSpy(signal)


def said(spy: QSignalSpy) -> list:
    return [spy.at(at) for at in range(spy.count())]


def editor(sheet: Sheet) -> CellEditor | None:
    shown = [found for found in sheet.findChildren(CellEditor) if found.isVisible()]
    return shown[0] if shown else None


def press(sheet: Sheet, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(editor(sheet) or sheet, key, modifiers)


def typed(sheet: Sheet, text: str) -> None:
    for letter in text:
        QTest.keyClicks(editor(sheet) or sheet, letter)


def select(sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
    sheet.put_caret(sheet.grid.index(top, left))
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            sheet.selectionModel().select(
                sheet.grid.index(row, column), QItemSelectionModel.SelectionFlag.Select
            )


def where(sheet: Sheet) -> tuple[int, int]:
    return sheet.currentIndex().row(), sheet.currentIndex().column()


def test_typing_replaces_and_enter_goes_down_with_one_signal(sheet) -> None:
    edited = heard(sheet.cells_edited)
    typed(sheet, "new")
    press(sheet, KEY.Key_Return)
    assert said(edited) == [[[("r1", "name", "new")]]]
    assert where(sheet) == (2, 0)
    assert editor(sheet) is None
    assert sheet.hasFocus()


def test_tab_goes_right_and_enter_then_returns_under_the_start(sheet) -> None:
    edited = heard(sheet.cells_edited)
    typed(sheet, "a")
    press(sheet, KEY.Key_Tab)
    assert where(sheet) == (1, 1)
    typed(sheet, "7")
    press(sheet, KEY.Key_Return)
    assert [entry[0][0][1:] for entry in said(edited)] == [("name", "a"), ("days", "7")]
    assert where(sheet) == (2, 0)


def test_f2_edits_the_text_that_is_there(sheet, qtbot) -> None:
    edited = heard(sheet.cells_edited)
    press(sheet, KEY.Key_F2)
    press(sheet, KEY.Key_End)
    typed(sheet, "!")
    press(sheet, KEY.Key_Left)
    assert editor(sheet) is not None
    press(sheet, KEY.Key_Return)
    assert said(edited) == [[[("r1", "name", "task 1!")]]]


def test_arrows_end_an_edit_that_typing_began(sheet) -> None:
    edited = heard(sheet.cells_edited)
    typed(sheet, "x")
    press(sheet, KEY.Key_Right)
    assert edited.count() == 1
    assert where(sheet) == (1, 1)


def test_escape_restores_and_says_nothing(sheet) -> None:
    edited = heard(sheet.cells_edited)
    typed(sheet, "wrong")
    press(sheet, KEY.Key_Escape)
    assert edited.count() == 0
    assert editor(sheet) is None
    assert sheet.hasFocus()


def test_an_unchanged_text_is_no_edit(sheet) -> None:
    edited = heard(sheet.cells_edited)
    press(sheet, KEY.Key_F2)
    press(sheet, KEY.Key_Return)
    assert edited.count() == 0


def test_a_calculated_cell_opens_no_editor(sheet) -> None:
    sheet.select_cell("r1", "finish")
    typed(sheet, "9")
    press(sheet, KEY.Key_F2)
    assert editor(sheet) is None


def test_a_refused_edit_keeps_editor_text_and_says_why(sheet, qtbot) -> None:
    sheet.cells_edited.connect(
        lambda edits: sheet.reject(*edits[0], "A duration reads like 5d.") if edits[0][2] == "five" else None
    )
    sheet.select_cell("r1", "days")
    typed(sheet, "five")
    press(sheet, KEY.Key_Return)
    kept = editor(sheet)
    assert kept is not None
    assert (kept.text(), kept.sentence) == ("five", "A duration reads like 5d.")
    assert where(sheet) == (1, 1)
    qtbot.wait(10)
    kept.selectAll()
    typed(sheet, "5")
    assert kept.sentence == ""
    press(sheet, KEY.Key_Return)
    assert editor(sheet) is None
    assert where(sheet) == (2, 1)


def test_a_refused_edit_survives_a_click_elsewhere(sheet, qtbot) -> None:
    sheet.cells_edited.connect(lambda edits: sheet.reject(*edits[0], "No."))
    typed(sheet, "bad")
    QTest.mouseClick(
        sheet.viewport(), Qt.MouseButton.LeftButton, NONE, sheet.visualRect(sheet.grid.index(3, 1)).center()
    )
    qtbot.wait(20)
    kept = editor(sheet)
    assert kept is not None
    assert kept.text() == "bad"
    press(sheet, KEY.Key_Escape)
    assert editor(sheet) is None


def test_what_is_being_typed_survives_a_new_view(sheet) -> None:
    typed(sheet, "half")
    sheet.grid.show(TableView(COLUMNS, (Row("new", ("n", "", "", "")), *rows())))
    assert editor(sheet) is not None
    assert editor(sheet).text() == "half"
    edited = heard(sheet.cells_edited)
    press(sheet, KEY.Key_Return)
    assert said(edited) == [[[("r1", "name", "half")]]]


def test_control_enter_fills_the_selection(sheet) -> None:
    edited, skipped = heard(sheet.cells_edited), heard(sheet.cells_skipped)
    select(sheet, 1, 1, 3, 2)
    typed(sheet, "8")
    press(sheet, KEY.Key_Return, CONTROL)
    assert said(edited) == [[[("r1", "days", "8"), ("r2", "days", "8"), ("r3", "days", "8")]]]
    assert said(skipped) == [[3]]


def test_delete_clears_only_what_may_be_typed_in(sheet) -> None:
    edited = heard(sheet.cells_edited)
    select(sheet, 1, 1, 2, 2)
    press(sheet, KEY.Key_Delete)
    assert said(edited) == [[[("r1", "days", ""), ("r2", "days", "")]]]


def test_fill_down_and_right_are_one_gesture_each(sheet) -> None:
    edited = heard(sheet.cells_edited)
    select(sheet, 1, 0, 3, 0)
    press(sheet, KEY.Key_D, CONTROL)
    select(sheet, 0, 0, 0, 1)
    press(sheet, KEY.Key_R, CONTROL)
    sheet.select_cell("r4", "days")
    press(sheet, KEY.Key_D, CONTROL)
    assert [entry[0] for entry in said(edited)] == [
        [("r2", "name", "task 1"), ("r3", "name", "task 1")],
        [("r0", "days", "task 0")],
        [("r4", "days", "3")],
    ]


def test_a_block_goes_out_as_text_and_as_a_table(sheet) -> None:
    select(sheet, 0, 0, 1, 1)
    press(sheet, KEY.Key_C, CONTROL)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().splitlines() == ["task 0\t0", "task 1\t1"]
    assert "<td>task 1</td>" in mime.html()


def test_a_block_from_excel_comes_in_as_one_gesture(sheet) -> None:
    edited, skipped = heard(sheet.cells_edited), heard(sheet.cells_skipped)
    mime = QMimeData()
    mime.setText('build\t3\t1 Jan\t"two\nlines"\r\ntest\t4\t2 Jan\tfine\r\n')
    QGuiApplication.clipboard().setMimeData(mime)
    sheet.select_cell("r2", "name")
    press(sheet, KEY.Key_V, CONTROL)
    assert said(edited) == [
        [
            [
                ("r2", "name", "build"),
                ("r2", "days", "3"),
                ("r2", "note", "two\nlines"),
                ("r3", "name", "test"),
                ("r3", "days", "4"),
                ("r3", "note", "fine"),
            ]
        ]
    ]
    assert said(skipped) == [[2]]


def test_a_paste_below_the_last_row_asks_for_rows(sheet) -> None:
    edited, beyond = heard(sheet.cells_edited), heard(sheet.pasted_beyond)
    QGuiApplication.clipboard().setText("a\nb\nc")
    sheet.select_cell("r4", "name")
    press(sheet, KEY.Key_V, CONTROL)
    assert edited.count() == 0
    assert said(beyond) == [[[("r4", "name", "a")], [[("name", "b")], [("name", "c")]]]]


def test_a_sheet_that_takes_no_rows_keeps_the_lines_that_fit_and_counts_the_rest(sheet) -> None:
    edited, skipped = heard(sheet.cells_edited), heard(sheet.cells_skipped)
    QGuiApplication.clipboard().setText("a\nb\nc\n\n")
    sheet.select_cell("r3", "name")
    press(sheet, KEY.Key_V, CONTROL)
    assert said(edited) == [[[("r3", "name", "a"), ("r4", "name", "b")]]]
    assert said(skipped) == [[1]]


def test_one_value_pasted_fills_the_selection(sheet) -> None:
    edited = heard(sheet.cells_edited)
    QGuiApplication.clipboard().setText("9")
    select(sheet, 0, 1, 2, 1)
    press(sheet, KEY.Key_V, CONTROL)
    assert said(edited) == [[[("r0", "days", "9"), ("r1", "days", "9"), ("r2", "days", "9")]]]


def test_rows_come_go_and_travel_by_key(sheet) -> None:
    inserted, deleted, moved = map(
        heard, (sheet.rows_inserted_wanted, sheet.rows_deleted_wanted, sheet.rows_moved_wanted)
    )
    inward, outward = heard(sheet.indent_wanted), heard(sheet.outdent_wanted)
    press(sheet, KEY.Key_Insert)
    select(sheet, 1, 0, 2, 0)
    press(sheet, KEY.Key_Minus, CONTROL)
    press(sheet, KEY.Key_Right, ALT | SHIFT)
    press(sheet, KEY.Key_Left, ALT | SHIFT)
    press(sheet, KEY.Key_Up, ALT | SHIFT)
    press(sheet, KEY.Key_Down, ALT | SHIFT)
    assert (said(inserted), said(deleted)) == ([["r1"]], [[["r1", "r2"]]])
    assert (said(inward), said(outward)) == ([[["r1", "r2"]]], [[["r1", "r2"]]])
    assert said(moved) == [[["r1", "r2"], "r0", False], [["r1", "r2"], "r4", False]]


def test_rows_are_dragged_by_their_number_to_where_the_line_is(sheet, qtbot) -> None:
    moved = heard(sheet.rows_moved_wanted)
    sheet.show_row_numbers(True, rows_can_move=True)
    gutter = sheet.gutter.viewport()
    QTest.mouseClick(gutter, Qt.MouseButton.LeftButton, NONE, QPoint(10, 14))
    assert sheet.is_row_selected(0)
    QTest.mousePress(gutter, Qt.MouseButton.LeftButton, NONE, QPoint(10, 14))
    QTest.mouseMove(gutter, QPoint(10, 60))
    QTest.mouseMove(gutter, QPoint(10, 28 * 3 + 2))
    QTest.mouseRelease(gutter, Qt.MouseButton.LeftButton, NONE, QPoint(10, 28 * 3 + 2))
    assert said(moved) == [[["r0"], "r3", False]]


def test_a_fold_sign_is_clicked_without_an_edit(qtbot) -> None:
    shape = (
        Row("p", ("phase", "", "", ""), has_children=True, is_summary=True),
        Row("t", ("task", "1", "", ""), level=1),
    )
    sheet = made(qtbot, OutlineModel(), TreeView(COLUMNS, shape))
    sheet.show_outline_in("name")
    folded = heard(sheet.fold_toggled)
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(12, 14))
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, NONE, QPoint(60, 14))
    assert said(folded) == [["p"]]


def test_frozen_columns_stay_under_the_pointer_when_scrolled(sheet) -> None:
    sheet.freeze(1)
    sheet.resize(300, 320)
    sheet.horizontalScrollBar().setValue(120)
    assert sheet.horizontalScrollBar().value() > 0
    assert sheet.indexAt(QPoint(10, 10)).column() == 0
    assert sheet.visualRect(sheet.grid.index(0, 0)).left() == 0
    sheet.select_cell("r0", "days")
    assert sheet.visualRect(sheet.currentIndex()).left() >= 160


def test_the_last_row_is_not_hidden_by_the_totals(qtbot) -> None:
    totals = Row("total", ("Total", "4", "", ""))
    sheet = made(qtbot, GridModel(), TableView(COLUMNS, rows(100), totals=totals))
    sheet.select_cell("r99", "name")
    bottom = sheet.visualRect(sheet.currentIndex()).bottom()
    assert bottom < sheet.viewport().height() - sheet.totals_height() + 1
    assert sheet.totals_strip.isVisible()


def test_caret_and_scroll_stay_when_columns_change(qtbot) -> None:
    sheet = made(qtbot, GridModel(), TableView(COLUMNS, rows(200)))
    sheet.select_cell("r150", "note")
    before = sheet.verticalScrollBar().value()
    narrower = tuple(Row(r.key, r.cells[:1] + r.cells[3:]) for r in rows(200))
    sheet.grid.show(TableView((COLUMNS[0], COLUMNS[3]), narrower))
    assert where(sheet) == (150, 1)
    assert sheet.verticalScrollBar().value() == before > 0


def test_columns_are_chosen_by_keys_in_the_order_on_the_screen(sheet) -> None:
    chosen = heard(sheet.columns_chosen)
    sheet.offer_columns((("name", "Name"), ("days", "Days"), ("cost", "Cost"), ("finish", "Finish")))
    sheet.hide_column("days")
    sheet.show_column("cost")
    sheet.heading.moveSection(3, 0)
    assert [entry[0] for entry in said(chosen)] == [
        ("name", "finish", "note"),
        ("name", "days", "cost", "finish", "note"),
        ("note", "name", "days", "finish"),
    ]


def test_a_double_click_on_what_cannot_be_typed_opens_the_details(sheet) -> None:
    opened = heard(sheet.opened)
    at = sheet.visualRect(sheet.grid.index(2, 2)).center()
    QTest.mouseDClick(sheet.viewport(), Qt.MouseButton.LeftButton, NONE, at)
    press(sheet, KEY.Key_F2, SHIFT)
    assert opened.count() >= 1
    assert opened.at(0) == ["r2"]


def test_a_choice_is_offered_while_typing(qtbot) -> None:
    columns = (Column("state", "State", kind="choice", editable=True, choices=("Open", "Closed")),)
    sheet = made(qtbot, GridModel(), TableView(columns, (Row("r", ("Open",)),)))
    sheet.select_cell("r", "state")
    typed(sheet, "c")
    completer = editor(sheet).completer()
    assert completer.currentCompletion() == "Closed"
    edited = heard(sheet.cells_edited)
    QTest.keyClick(completer.popup(), KEY.Key_Down)
    QTest.keyClick(completer.popup(), KEY.Key_Return)
    assert said(edited) == [[[("r", "state", "Closed")]]]


def test_an_edge_double_clicked_fits_the_longest_text(sheet) -> None:
    wide = Row("r0", ("a very long name that needs far more room than it has",) + ("",) * 3)
    sheet.grid.show(TableView(COLUMNS, (wide, *rows()[1:])))
    sheet.resizeColumnToContents(0)
    assert sheet.columnWidth(0) > 250


def test_the_line_under_a_row_runs_on_to_the_edge_of_the_sheet(sheet) -> None:
    sheet.resize(900, 320)
    QTest.qWait(20)
    picture = sheet.viewport().grab().toImage()
    row, height = 3, sheet.rowHeight(0)
    low = (row + 1) * height - 1
    inside, beyond = picture.pixelColor(300, low), picture.pixelColor(sheet.viewport().width() - 4, low)
    assert inside == beyond
    assert beyond != picture.pixelColor(sheet.viewport().width() - 4, low - height // 2)


def test_a_hyphen_in_a_name_is_as_narrow_as_in_any_text(sheet) -> None:
    brush = sheet.brush
    name, figure = (
        brush.measures[2].horizontalAdvance("Kick-off"),
        brush.measures[0].horizontalAdvance("Kick-off"),
    )
    assert name == QFontMetrics(theme.font(theme.Role.BODY)).horizontalAdvance("Kick-off")
    assert name <= figure
