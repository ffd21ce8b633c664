"""Public holidays for a calendar: a country, a region and years, with the days they bring."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.errors import Refusal
from app.domain.holiday_sets import FIRST_YEAR, LAST_YEAR, region_names
from app.domain.numerals import locale_of
from app.domain.values import CalendarId
from app.operations import calendars
from app.operations.operation import Step
from app.text import tr
from app.views.calendars import country_choices, holidays_table
from ui.bridge import Bridge
from ui.dialogs.asking import Asking, choices, number
from ui.models.grid_model import GridModel
from ui.theme import SMALL
from ui.widgets.label import Label
from ui.widgets.sheet import Sheet


class HolidaysDialog(Asking):
    """Shows what a holiday set would bring, and copies it into a calendar as one step."""

    def __init__(
        self, bridge: Bridge, calendar: CalendarId, year: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, tr("Public holidays"), tr("Add holidays"), parent)
        self._calendar = calendar
        home = locale_of(bridge.locale).territory or "GB"
        self.country = choices(country_choices(bridge.locale), home)
        self.region = choices((("", tr("The whole country")),))
        self.first, self.last = (number(FIRST_YEAR, LAST_YEAR, each) for each in (year, year + 1))
        for spin in (self.first, self.last):
            spin.setMinimumWidth(80)
            spin.valueChanged.connect(self.on_chosen)
        self.first.setAccessibleName(tr("First year"))
        years = QWidget()
        row = QHBoxLayout(years)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        row.addWidget(self.first)
        row.addWidget(Label(tr("to")))
        row.addWidget(self.last)
        row.addStretch(1)
        self.ask_for(tr("&Country"), self.country)
        self.ask_for(tr("&Region"), self.region)
        self.ask_for(tr("&Years"), years, tr("Years"))
        self.last.setAccessibleName(tr("Last year"))
        self.model = GridModel(self)
        self.sheet = Sheet(self.model)
        self.sheet.setAccessibleName(tr("Holidays"))
        self.sheet.setMinimumHeight(280)
        self.note = Label()
        self.note.setProperty("tone", "secondary")
        self.column.insertWidget(1, self.sheet, 1)
        self.column.insertWidget(2, self.note)
        self.resize(560, 600)
        self.country.activated.connect(self.on_country_chosen)
        self.region.activated.connect(self.on_chosen)
        self.on_country_chosen()

    def step(self) -> Step[Any]:
        return calendars.add_holidays(
            self._calendar,
            self.country.currentData(),
            self.region.currentData() or "",
            self.first.value(),
            self.last.value(),
        )

    def on_country_chosen(self) -> None:
        with QSignalBlocker(self.region):
            self.region.clear()
            self.region.addItem(tr("The whole country"), "")
            for code, name in region_names(self.country.currentData()):
                self.region.addItem(name, code)
            self.region.setEnabled(self.region.count() > 1)
        self.on_chosen()

    def on_chosen(self) -> None:
        """Show the days of what is chosen."""
        years = (self.first.value(), self.last.value())
        country, region = self.country.currentData(), self.region.currentData() or ""
        try:
            view = holidays_table(
                self.bridge.document, self._calendar, country, region, years, self.bridge.locale
            )
        except Refusal as refusal:
            self.say(refusal.sentence)
            self.act_button.setEnabled(False)
            return
        self.say("")
        self.model.show(view)
        self.note.setText(view.note)
        self.act_button.setEnabled(any(not row.marks for row in view.rows))
