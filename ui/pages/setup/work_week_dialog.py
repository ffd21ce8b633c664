"""Another working week for a period of a calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import get_day_names
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.calendars import Week
from app.domain.errors import Refusal
from app.domain.numerals import locale_of
from app.domain.typed import parse_day, parse_shifts
from app.domain.values import CalendarId
from app.operations import calendars
from app.operations.operation import Step
from app.text import tr
from app.views.formats import day_text
from ui.bridge import Bridge
from ui.pages.setup.asking import Asking


class WorkWeekDialog(Asking):
    """Asks for a name, a period and the days that are worked differently in it."""

    def __init__(
        self, bridge: Bridge, calendar: CalendarId, day: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, tr("Another working week"), tr("Add work week"), parent)
        self._calendar = calendar
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Such as Summer hours"))
        self.first = QLineEdit(day_text(day, bridge.locale))
        self.last = QLineEdit()
        self.last.setPlaceholderText(tr("Such as 31 aug"))
        self.ask_for(tr("&Name"), self.name)
        self.ask_for(tr("&From"), self.first)
        self.ask_for(tr("&To"), self.last)
        names = get_day_names("wide", locale=locale_of(bridge.locale))
        self.days = tuple(QLineEdit() for _ in range(7))
        for weekday, line in enumerate(self.days):
            line.setPlaceholderText(tr("As usual"))
            line.setToolTip(tr("Hours such as 08:00–12:00, a dash for a free day, nothing to leave it."))
            self.ask_for(str(names[weekday]), line)

    def step(self) -> Step[Any]:
        now, locale = self.bridge.workspace.clock.moment, self.bridge.locale
        if not self.name.text().strip():
            raise Refusal(tr("Give the work week a name."))
        week: Week = tuple(parse_shifts(line.text()) if line.text().strip() else None for line in self.days)
        if all(shifts is None for shifts in week):
            raise Refusal(tr("Say for at least one weekday how it differs."))
        return calendars.add_work_week(
            self._calendar,
            self.name.text(),
            parse_day(self.first.text(), now, locale),
            parse_day(self.last.text(), now, locale),
            week,
        )
