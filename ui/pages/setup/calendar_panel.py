"""One calendar: what it builds on, its week, a month of it, its exceptions and its other weeks."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.document import Reading
from app.domain.errors import Refusal
from app.domain.typed import parse_day, parse_shifts
from app.domain.values import CalendarId, ExceptionId, WorkWeekId, date_of
from app.operations import calendars
from app.operations.operation import Step
from app.operations.together import together
from app.text import mark, tr, trn
from app.views.calendars import exceptions_table, holiday_sets, month_grid, week_table, work_weeks_table
from app.views.project_settings import calendar_choices
from app.views.tables import Ask
from ui import icons
from ui.bridge import Bridge
from ui.models.grid_model import GridModel
from ui.pages.setup.exception_dialog import ExceptionDialog
from ui.pages.setup.form import CalmCombo
from ui.pages.setup.holidays_dialog import HolidaysDialog
from ui.pages.setup.month_view import MonthView, month_on
from ui.pages.setup.section import bar
from ui.pages.setup.work_week_dialog import WorkWeekDialog
from ui.sheet_edits import take_cells
from ui.theme import LARGE, MEDIUM, SMALL, Role, current, font
from ui.widgets.label import Label, OneLine
from ui.widgets.page_frame import button
from ui.widgets.sheet import Sheet

_WEEK_PX = 372


class CalendarPanel(QWidget):
    """Everything about one calendar, on one screen."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.calendar: CalendarId | None = None
        self.week_start = 0
        self.day = date_of(bridge.workspace.clock.moment)
        self._make_parts()
        grid = QGridLayout()
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(SMALL)
        grid.setColumnStretch(1, 1)
        based = Label(tr("Based on"))
        based.setProperty("tone", "secondary")
        grid.addLayout(bar(self.title, None, based, self.base), 0, 0)
        grid.addLayout(self._month_head(), 0, 1)
        grid.addWidget(self.week_sheet, 1, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.month, 1, 1, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, MEDIUM, LARGE, 0)
        column.setSpacing(SMALL)
        column.addLayout(grid)
        column.addLayout(
            bar(
                self.exceptions_tab, self.weeks_tab, None, self.add_button, self.holidays_button,
                self.change_button, self.delete_button,
            )
        )  # fmt: skip
        column.addWidget(self._lists, 1)
        self._connect()

    def _make_parts(self) -> None:
        self.title = OneLine()
        self.title.setFont(font(Role.SECTION))
        self.base = CalmCombo()
        self.base.setProperty("inspector", True)
        self.base.setFixedHeight(30)
        self.base.setFixedWidth(190)
        self.base.setAccessibleName(tr("Based on"))
        self.base.setToolTip(tr("The calendar from which the days come that this one does not say itself."))
        self.week_model, self.days_model, self.weeks_model = (GridModel(self) for _ in range(3))
        self.week_sheet = Sheet(self.week_model)
        self.week_sheet.setAccessibleName(tr("Working week"))
        self.week_sheet.setFixedWidth(_WEEK_PX)
        self.week_sheet.set_widths({"day": 104, "hours": 198, "total": 64})
        self.month = MonthView()
        self.days_sheet, self.weeks_sheet = Sheet(self.days_model), Sheet(self.weeks_model)
        self.days_sheet.setAccessibleName(tr("Exceptions"))
        self.weeks_sheet.setAccessibleName(tr("Other weeks"))
        self.days_sheet.set_widths(
            {"name": 190, "from": 100, "to": 100, "hours": 150, "repeats": 190, "source": 70}
        )
        self._lists = QStackedWidget()
        self._nothing = Label()
        self._nothing.setProperty("tone", "hint")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._nothing.setContentsMargins(0, SMALL, 0, 0)
        for shown in (self.days_sheet, self.weeks_sheet, self._nothing):
            self._lists.addWidget(shown)
        self.exceptions_tab, self.weeks_tab = QToolButton(), QToolButton()
        self._tabs = QButtonGroup(self)
        for tab in (self.exceptions_tab, self.weeks_tab):
            tab.setCheckable(True)
            tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            tab.clicked.connect(lambda _checked: self._show_list())
            self._tabs.addButton(tab)
        self.exceptions_tab.setChecked(True)
        self.add_button = button(tr("Add exception…"), self.on_add, "plus", small=True)
        self.holidays_button = button(tr("Public holidays"), lambda: None, "calendar-days", small=True)
        self.holidays_menu = QMenu(self)
        self.holidays_button.setMenu(self.holidays_menu)
        self.change_button = button(tr("Change…"), self.on_change, "pencil", small=True)
        self.delete_button = button(tr("Delete"), self.on_delete, "trash-2", small=True)

    def _month_head(self) -> QHBoxLayout:
        self.month_title, self.month_sum = Label(), Label()
        self.month_title.setFont(font(Role.SECTION))
        self.month_sum.setProperty("tone", "secondary")
        back = button("", lambda: self.on_day_moved(month_on(self.day, -1)), small=True)
        on = button("", lambda: self.on_day_moved(month_on(self.day, 1)), small=True)
        for made, drawing, words in (
            (back, "chevron-left", tr("The month before")),
            (on, "chevron-right", tr("The month after")),
        ):
            icons.dress(made, drawing)
            made.setAccessibleName(words)
            made.setToolTip(words)
            made.setFixedWidth(28)
        today = button(tr("Today"), self.on_today, small=True)
        return bar(self.month_title, self.month_sum, None, back, today, on)

    def _connect(self) -> None:
        self.base.activated.connect(lambda place: self.on_base_chosen(self.base.itemData(place)))
        self.week_sheet.cells_edited.connect(self.on_hours_edited)
        self.month.day_moved.connect(self.on_day_moved)
        self.month.day_opened.connect(self.on_day_opened)
        self.days_sheet.cells_edited.connect(self.on_exceptions_edited)
        self.days_sheet.opened.connect(self.on_opened)
        self.weeks_sheet.cells_edited.connect(self.on_weeks_edited)
        self.weeks_sheet.opened.connect(self.on_opened)
        self.weeks_sheet.current_moved.connect(lambda key, _column: self.on_week_reached(key))
        self.holidays_menu.aboutToShow.connect(self.on_menu_opening)
        self.days_sheet.rows_inserted_wanted.connect(lambda _key: self.on_add())
        self.weeks_sheet.rows_inserted_wanted.connect(lambda _key: self.on_add())
        for sheet in (self.days_sheet, self.weeks_sheet):
            sheet.rows_deleted_wanted.connect(lambda _keys: self.on_delete())
            sheet.rows_selected.connect(lambda _keys: self._enable())
        self.days_sheet.current_moved.connect(lambda key, _column: self.on_exception_reached(key))

    def show_calendar(self, calendar: CalendarId | None) -> None:
        """Show a calendar as it is now."""
        self.calendar = calendar if calendar in self.bridge.document.calendars else None
        if self.calendar is None:
            return
        document, ask = self.bridge.document, Ask(locale=self.bridge.locale)
        record = document.calendars[self.calendar]
        self.title.setText(record.name)
        self._show_bases()
        self.week_model.show(week_table(document, self.calendar, ask))
        metrics = current().metrics
        self.week_sheet.setFixedHeight(metrics.header + metrics.row * 7 + 2)
        self.days_model.show(exceptions_table(document, self.calendar, ask))
        self.weeks_model.show(work_weeks_table(document, self.calendar, ask))
        count = len(self.days_model.rows)
        self.exceptions_tab.setText(trn("{count} exception", "{count} exceptions", count))
        self.weeks_tab.setText(trn("{count} other week", "{count} other weeks", len(self.weeks_model.rows)))
        self._show_month()
        self._show_list()

    def _show_bases(self) -> None:
        assert self.calendar is not None
        record = self.bridge.document.calendars[self.calendar]
        offered = calendar_choices(self.bridge.document, record.project, tr("Nothing"))
        with QSignalBlocker(self.base):
            self.base.clear()
            for value, words in offered:
                if value != self.calendar:
                    self.base.addItem(words, value)
            self.base.setCurrentIndex(max(self.base.findData(record.base or ""), 0))
        self.base.setEnabled(not self.bridge.is_read_only)

    def _show_month(self) -> None:
        month = month_grid(
            self.bridge.document,
            self.calendar,
            self.day.year,
            self.day.month,
            self.bridge.locale,
            self.week_start,
        )
        self.month.show_month(month, self.day, self.bridge.locale)
        self.month_title.setText(month.title)
        days = trn("{count} working day", "{count} working days", month.working_days)
        self.month_sum.setText(f"{days} · {month.hours}")

    def _show_list(self) -> None:
        is_weeks = self.weeks_tab.isChecked()
        view = self.weeks_model.view if is_weeks else self.days_model.view
        self._nothing.setText(view.empty)
        shown = self.weeks_sheet if is_weeks else self.days_sheet
        self._lists.setCurrentWidget(shown if view.rows else self._nothing)
        self.add_button.setText(tr("Add work week…") if is_weeks else tr("Add exception…"))
        self.holidays_button.setVisible(not is_weeks)
        self._enable()

    def _enable(self) -> None:
        may = not self.bridge.is_read_only
        chosen = self.chosen()
        self.add_button.setEnabled(may)
        self.holidays_button.setEnabled(may)
        self.change_button.setEnabled(may and len(chosen) == 1)
        self.delete_button.setEnabled(may and bool(chosen))

    def chosen(self) -> list[str]:
        """The ids of the selected rows of the list in sight that are this calendar's own."""
        if self.weeks_tab.isChecked():
            return self.weeks_sheet.selected_keys()
        exceptions = self.bridge.document.calendar_exceptions
        found = [(key, exceptions.get(ExceptionId(key))) for key in self.days_sheet.selected_keys()]
        return [key for key, one in found if one is not None and one.calendar == self.calendar]

    # What was done

    def on_base_chosen(self, base: str) -> None:
        if self.calendar is None:
            return
        if self.bridge.run(calendars.set_base(self.calendar, CalendarId(base) if base else None)) is None:
            self._show_bases()

    def on_hours_edited(self, cells: list[tuple[str, str, str]]) -> None:
        take_cells(self.bridge, self.week_sheet, cells, self._hours_step)

    def _hours_step(self, _reading: Reading, row: str, column: str, text: str) -> Step[None]:
        if self.calendar is None:
            raise Refusal(tr("That calendar is no longer there."))
        return calendars.set_hours(self.calendar, int(row), text)

    def on_exceptions_edited(self, cells: list[tuple[str, str, str]]) -> None:
        take_cells(self.bridge, self.days_sheet, cells, self._exception_step)

    def _exception_step(self, _reading: Reading, row: str, column: str, text: str) -> Step[None]:
        exception = ExceptionId(row)
        if column == "name":
            return calendars.change_exception(exception, name=text.strip())
        if column == "hours":
            return calendars.change_exception(exception, shifts=parse_shifts(text))
        day = parse_day(text, self.bridge.workspace.clock.moment, self.bridge.locale)
        if column == "to":
            return calendars.change_exception(exception, to_date=day)
        return calendars.change_exception(exception, from_date=day)

    def on_weeks_edited(self, cells: list[tuple[str, str, str]]) -> None:
        take_cells(self.bridge, self.weeks_sheet, cells, self._work_week_step)

    def _work_week_step(self, _reading: Reading, row: str, column: str, text: str) -> Step[None]:
        week = WorkWeekId(row)
        if column == "name":
            return calendars.change_work_week(week, name=text.strip())
        day = parse_day(text, self.bridge.workspace.clock.moment, self.bridge.locale)
        if column == "from":
            return calendars.change_work_week(week, from_date=day)
        return calendars.change_work_week(week, to_date=day)

    def on_week_reached(self, key: str) -> None:
        one = self.bridge.document.work_weeks.get(WorkWeekId(key))
        if one is not None:
            self.on_day_moved(one.from_date)

    def on_exception_reached(self, key: str) -> None:
        one = self.bridge.document.calendar_exceptions.get(ExceptionId(key))
        if one is not None:
            self.on_day_moved(one.from_date)

    def on_day_moved(self, day: date) -> None:
        self.day = day
        if self.calendar is not None:
            self._show_month()

    def on_today(self) -> None:
        self.on_day_moved(date_of(self.bridge.workspace.clock.moment))

    def on_day_opened(self, day: date) -> None:
        """Change the exception that makes a day differ, or make one for it."""
        self.on_day_moved(day)
        if self.bridge.is_read_only:
            return
        for row in self.days_model.rows:
            one = self.bridge.document.calendar_exceptions[ExceptionId(row.key)]
            if not row.locked and one.from_date == day:
                self.on_opened(row.key)
                return
        self._add_exception()

    def on_opened(self, key: str) -> None:
        document = self.bridge.document
        one = document.calendar_exceptions.get(ExceptionId(key))
        week = document.work_weeks.get(WorkWeekId(key))
        if self.bridge.is_read_only:
            return
        if one is not None and one.calendar == self.calendar:
            self._ask(ExceptionDialog(self.bridge, one.calendar, one.from_date, one, self.window()))
        elif week is not None:
            self._ask(WorkWeekDialog(self.bridge, week.calendar, week.from_date, week, self.window()))

    def on_add(self) -> None:
        if self.calendar is None or self.bridge.is_read_only:
            return
        if self.weeks_tab.isChecked():
            self._ask(WorkWeekDialog(self.bridge, self.calendar, self.day, None, self.window()))
        else:
            self._add_exception()

    def _add_exception(self) -> None:
        if self.calendar is not None:
            self._ask(ExceptionDialog(self.bridge, self.calendar, self.day, None, self.window()))

    def on_menu_opening(self) -> None:
        """Offer to add holidays, and to remove each set that is there, whole or by year."""
        menu = self.holidays_menu
        menu.clear()
        menu.addAction(tr("Add public holidays…"), self.on_add_holidays)
        if self.calendar is None:
            return
        sets = holiday_sets(self.bridge.document, self.calendar)
        for source in dict.fromkeys(source for source, _, _ in sets):
            years = [(year, count) for each, year, count in sets if each == source]
            menu.addSeparator()
            for year, count in years:
                words = trn(
                    "Remove {place} {year} ({count} day)", "Remove {place} {year} ({count} days)", count,
                    place=source, year=year,
                )  # fmt: skip
                menu.addAction(words, partial(self.on_remove_holidays, source, year))
            if len(years) > 1:
                words = tr("Remove {place}, all years", place=source)
                menu.addAction(words, partial(self.on_remove_holidays, source, None))

    def on_remove_holidays(self, source: str, year: int | None) -> None:
        if self.calendar is not None:
            self.bridge.run(calendars.drop_holidays(self.calendar, source, year), announce=True)

    def on_add_holidays(self) -> None:
        if self.calendar is not None:
            self._ask(HolidaysDialog(self.bridge, self.calendar, self.day.year, self.window()))

    def on_change(self) -> None:
        for key in self.chosen()[:1]:
            self.on_opened(key)

    def on_delete(self) -> None:
        if self.bridge.is_read_only:
            return
        chosen = self.chosen()
        if self.weeks_tab.isChecked():
            steps = [calendars.drop_work_week(WorkWeekId(key)) for key in chosen]
            label = mark("Delete {count} work weeks")
        else:
            steps = [calendars.drop_exception(ExceptionId(key)) for key in chosen]
            label = mark("Delete {count} calendar exceptions")
        if steps:
            self.bridge.run(together(label, steps, count=len(steps)), announce=True)

    def _ask(self, dialog: ExceptionDialog | WorkWeekDialog | HolidaysDialog) -> None:
        dialog.exec()
        dialog.deleteLater()
