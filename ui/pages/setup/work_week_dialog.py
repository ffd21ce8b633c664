"""Another working week for a period of a calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.calendars import INHERITED_WEEK, Week, WorkWeek
from app.domain.errors import Refusal
from app.domain.typed import parse_day, parse_shifts
from app.domain.values import CalendarId, Shifts
from app.operations import calendars
from app.operations.operation import Step
from app.text import tr
from app.views.calendars import shifts_text
from app.views.formats import day_text, weekday_names
from ui.bridge import Bridge
from ui.dialogs.asking import Asking


class WorkWeekDialog(Asking):
    """Asks for a name, a period and the days that differ in it, of a new week or of one to be changed."""

    def __init__(
        self,
        bridge: Bridge,
        calendar: CalendarId,
        day: date,
        changed: WorkWeek | None = None,
        parent: QWidget | None = None,
    ) -> None:
        act = tr("Change work week") if changed else tr("Add work week")
        super().__init__(bridge, tr("Another working week"), act, parent)
        self._calendar, self._changed = calendar, changed
        first = day if changed is None else changed.from_date
        self.name = QLineEdit(changed.name if changed else "")
        self.name.setPlaceholderText(tr("Such as Summer hours"))
        self.first = QLineEdit(day_text(first, bridge.locale))
        self.last = QLineEdit(day_text(changed.to_date, bridge.locale) if changed else "")
        self.last.setPlaceholderText(tr("Such as 31 aug"))
        self.ask_for(tr("&Name"), self.name)
        self.ask_for(tr("&From"), self.first)
        self.ask_for(tr("&To"), self.last)
        week = changed.week if changed else INHERITED_WEEK
        self.days = tuple(QLineEdit(_typed(shifts)) for shifts in week)
        for name, line in zip(weekday_names(bridge.locale), self.days, strict=True):
            line.setPlaceholderText(tr("As usual"))
            line.setToolTip(tr("Hours such as 08:00–12:00, a dash for a free day, nothing to leave it."))
            self.ask_for(name, line)

    def step(self) -> Step[Any]:
        now, locale = self.bridge.workspace.clock.moment, self.bridge.locale
        if not self.name.text().strip():
            raise Refusal(tr("Give the work week a name."))
        week: Week = tuple(parse_shifts(line.text()) if line.text().strip() else None for line in self.days)
        if all(shifts is None for shifts in week):
            raise Refusal(tr("Say for at least one weekday how it differs."))
        first, last = (parse_day(line.text(), now, locale) for line in (self.first, self.last))
        if self._changed is not None:
            return calendars.change_work_week(self._changed.id, self.name.text(), first, last, week)
        return calendars.add_work_week(self._calendar, self.name.text(), first, last, week)


def _typed(shifts: Shifts | None) -> str:
    """Hours as they are typed: nothing for a day that is as usual, a dash for a free one."""
    return "" if shifts is None else shifts_text(shifts) or "–"
