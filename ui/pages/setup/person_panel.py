"""One resource in detail under the sheet of people: facts, rates, availability and leave, a tab each."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.domain.document import Reading
from app.domain.people import Resource, ResourceType
from app.domain.rates import TABLES, rates_in
from app.domain.typed import parse_day
from app.domain.values import AvailabilityId, ExceptionId, Moment, RateId, ResourceId
from app.operations import calendars, people, rates
from app.operations.operation import Step
from app.operations.together import together
from app.text import mark, tr, trn
from app.views.people import leave_table
from app.views.people_details import availability_table, rate_tables, rates_table, resource_settings
from app.views.tables import Ask
from ui.bridge import Bridge
from ui.dialogs.asking import choices
from ui.models.grid_model import GridModel
from ui.pages.setup.form import SettingsForm
from ui.pages.setup.leave_dialog import LeaveDialog
from ui.pages.setup.section import TwoColumns, bar, inset
from ui.sheet_edits import take_cells
from ui.theme import MEDIUM, SMALL, WIDE, Role, font
from ui.widgets.label import Label, OneLine
from ui.widgets.page_frame import button
from ui.widgets.sheet import Sheet

TABS = ("rates", "availability", "leave", "facts")


class PersonPanel(QWidget):
    """Shows and edits what belongs to one resource."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.who: ResourceId | None = None
        self.title = OneLine()
        self.title.setFont(font(Role.SECTION))
        self.models = {key: GridModel(self) for key in TABS[:3]}
        self.sheets = {key: Sheet(model) for key, model in self.models.items()}
        for key, name in (
            ("rates", tr("Rates")),
            ("availability", tr("Availability")),
            ("leave", tr("Leave")),
        ):
            self.sheets[key].setAccessibleName(name)
        self.forms = (SettingsForm(self.take), SettingsForm(self.take))
        self._nothing = Label()
        self._nothing.setProperty("tone", "hint")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._nothing.setContentsMargins(WIDE, SMALL, WIDE, 0)
        self._stack = QStackedWidget()
        self._tabs: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.table = choices(tuple((letter, letter) for letter in TABLES))
        self.table.setAccessibleName(tr("Rate table"))
        self.table.setToolTip(tr("An assignment says by which of the five tables it is paid; A is usual."))
        self.table.setMinimumWidth(160)
        self.add_button = button(tr("Add"), self.on_add, "plus", small=True)
        self.drop_button = button(tr("Delete"), self.on_delete, "trash-2", small=True)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = bar(self.title)
        for key in TABS:
            tab = QToolButton()
            tab.setCheckable(True)
            self._tabs[key] = tab
            self._group.addButton(tab)
            head.addWidget(tab)
        self._tabs["rates"].setChecked(True)
        head.addStretch(1)
        for part in (self.table, self.add_button, self.drop_button):
            head.addWidget(part)
        head.setContentsMargins(WIDE, 0, WIDE, 0)
        head.insertSpacing(1, MEDIUM)
        for sheet in self.sheets.values():
            holder = QWidget()
            holder.setLayout(inset(sheet))
            self._stack.addWidget(holder)
        self._facts = TwoColumns(self.forms[:1], self.forms[1:])
        self._stack.addWidget(self._facts)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, MEDIUM, 0, 0)
        column.setSpacing(SMALL)
        column.addLayout(head)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        for tab in self._tabs.values():
            tab.clicked.connect(lambda _checked: self._show_tab())
        self.table.activated.connect(lambda _place: self.show_resource(self.who))
        for key, meant in (
            ("rates", self._rate_step),
            ("availability", self._availability_step),
            ("leave", self._leave_step),
        ):
            sheet = self.sheets[key]
            sheet.cells_edited.connect(
                lambda cells, sheet=sheet, meant=meant: take_cells(self.bridge, sheet, cells, meant)
            )
            sheet.rows_inserted_wanted.connect(lambda _key: self.on_add())
            sheet.rows_deleted_wanted.connect(lambda _keys: self.on_delete())
            sheet.rows_selected.connect(lambda _keys: self._enable())

    @property
    def tab(self) -> str:
        """Which of the tabs is chosen."""
        return next(key for key, tab in self._tabs.items() if tab.isChecked())

    def show_tab(self, key: str) -> None:
        """Turn to a tab."""
        self._tabs[key].setChecked(True)
        self._show_tab()

    def record(self) -> Resource | None:
        """The resource shown, if it is still there."""
        return self.bridge.document.resources.get(self.who)

    def show_resource(self, who: ResourceId | None) -> None:
        """Show a resource as it is now."""
        if who != self.who:
            self.table.setCurrentIndex(0)
        self.who = who
        record = self.record()
        self.setVisible(record is not None)
        if record is None:
            return
        document, ask = self.bridge.document, Ask(locale=self.bridge.locale)
        now = self.bridge.workspace.clock.moment
        self.title.setText(record.name)
        for place, (_letter, words) in enumerate(rate_tables(document, record)):
            self.table.setItemText(place, words)
        table = self.table.currentData()
        self.models["rates"].show(rates_table(document, record, table, ask, now))
        self.models["availability"].show(availability_table(document, record, ask))
        self.models["leave"].show(leave_table(document, record.id, ask))
        for form, group in zip(self.forms, resource_settings(document, record.id), strict=True):
            form.show_group(group)
            form.setEnabled(not self.bridge.is_read_only)
        count = sum(len(rates_in(document, record, letter)) for letter in TABLES)
        periods, leave = (len(self.models[key].rows) for key in ("availability", "leave"))
        self._tabs["rates"].setText(trn("{count} rate", "{count} rates", count))
        self._tabs["availability"].setText(trn("{count} period", "{count} periods", periods))
        self._tabs["leave"].setText(trn("{count} absence", "{count} absences", leave))
        self._tabs["facts"].setText(tr("More facts"))
        self._show_tab()

    def _show_tab(self) -> None:
        tab = self.tab
        if tab == "facts":
            self._stack.setCurrentWidget(self._facts)
        elif self.models[tab].rows:
            self._stack.setCurrentIndex(TABS.index(tab))
        else:
            self._nothing.setText(self.models[tab].view.empty)
            self._stack.setCurrentWidget(self._nothing)
        self.table.setVisible(tab == "rates")
        words = {"rates": tr("Add rate"), "availability": tr("Add period"), "leave": tr("Add leave…")}
        self.add_button.setText(words.get(tab, ""))
        self.add_button.setVisible(tab != "facts")
        self.drop_button.setVisible(tab != "facts")
        self._enable()

    def _enable(self) -> None:
        record, tab = self.record(), self.tab
        may = not self.bridge.is_read_only and record is not None
        has = {
            "rates": record is not None and record.type is not ResourceType.COST,
            "availability": record is not None and record.type is ResourceType.WORK,
        }
        self.add_button.setEnabled(may and has.get(tab, True))
        self.drop_button.setEnabled(may and tab in self.sheets and bool(self.sheets[tab].selected_keys()))

    # What was done

    def take(self, key: str, text: str) -> str:
        """Set one fact from what was typed; the sentence of a refusal, or nothing."""
        if self.who is None:
            return ""
        return self.bridge.refused(people.set_resource_field(self.who, key, text, self.bridge.locale))

    def _rate_step(self, _reading: Reading, row: str, column: str, text: str) -> Step[None]:
        return rates.set_rate_field(RateId(row), column, text, self.bridge.locale)

    def _availability_step(self, _reading: Reading, row: str, column: str, text: str) -> Step[None]:
        return rates.set_availability_field(AvailabilityId(row), column, text, self.bridge.locale)

    def _leave_step(self, _reading: Reading, row: str, column: str, text: str) -> Step[None]:
        one = ExceptionId(row)
        if column == "name":
            return calendars.change_exception(one, name=text.strip())
        day = parse_day(text, self.bridge.workspace.clock.moment, self.bridge.locale)
        if column == "from":
            return calendars.change_exception(one, from_date=day)
        return calendars.change_exception(one, to_date=day)

    def on_add(self) -> None:
        """Add a rate or a period and put the caret on its first day, or ask for a leave."""
        record = self.record()
        if record is None or self.bridge.is_read_only:
            return
        if self.tab == "leave":
            dialog = LeaveDialog(self.bridge, record.id, self.window())
            dialog.exec()
            dialog.deleteLater()
            return
        is_rates = self.tab == "rates"
        step: Step[Any] = self._added_rate(record) if is_rates else self._added_period(record)
        outcome = self.bridge.run(step)
        if outcome is not None:
            self.show_resource(record.id)
            sheet = self.sheets[self.tab]
            sheet.select_cell(outcome.result, "standard" if is_rates else "from")
            sheet.setFocus()

    def _added_rate(self, record: Resource) -> Step[RateId]:
        """A further rate begins today, or the day after the last one begins; the first always held."""
        table = self.table.currentData()
        there = rates_in(self.bridge.document, record, table)
        if not there:
            return people.set_rate(record.id, 0, table)
        last = there[-1]
        day = self._today(None if last.rates_from is None else last.rates_from // 1440 + 1)
        return people.set_rate(
            record.id, last.standard_rate, table, day, last.overtime_rate, last.cost_per_use
        )

    def _added_period(self, record: Resource) -> Step[AvailabilityId]:
        """A further period begins today, or the day after the last one ends."""
        mine = [
            one
            for one in self.bridge.document.availabilities.of(record.project).values()
            if one.resource == record.id
        ]
        ends = [one.available_to for one in mine if one.available_to is not None]
        begins = [one.available_from for one in mine if one.available_from is not None]
        latest = max([*ends, *begins], default=None)
        day = self._today(None if latest is None else latest // 1440 + 1)
        return people.add_availability(record.id, record.max_units, day)

    def _today(self, least: int | None) -> Moment:
        """The beginning of today, or of the day with a number where that is later."""
        today = self.bridge.workspace.clock.moment // 1440
        return Moment(max(today, least or today) * 1440)

    def on_delete(self) -> None:
        """Delete the selected rows of the tab in sight, as one step."""
        tab = self.tab
        if self.bridge.is_read_only or tab not in self.sheets:
            return
        keys = self.sheets[tab].selected_keys()
        steps: list[Step[None]]
        if tab == "rates":
            label, steps = mark("Delete {count} rates"), [people.drop_rate(RateId(key)) for key in keys]
        elif tab == "availability":
            label = mark("Delete {count} periods of availability")
            steps = [people.drop_availability(AvailabilityId(key)) for key in keys]
        else:
            label = mark("Delete {count} absences")
            steps = [calendars.drop_exception(ExceptionId(key)) for key in keys]
        if steps:
            self.bridge.run(together(label, steps, count=len(steps)), announce=True)
