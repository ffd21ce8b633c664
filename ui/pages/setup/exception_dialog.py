"""A calendar exception, new or changed: its days, its hours and how it comes back, with the next days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from app.domain.calendars import CalendarException, Recurrence
from app.domain.errors import Refusal
from app.domain.typed import parse_day, parse_shifts
from app.domain.values import CalendarId, ExceptionId
from app.operations import calendars
from app.operations.operation import Step
from app.text import mark, tr, trn
from app.views.calendars import days_of_exception, position_day_words, position_words, shifts_text
from app.views.formats import day_text, month_names, weekday_names
from ui.bridge import Bridge
from ui.dialogs.asking import Asking, choices, number
from ui.pages.setup.year_view import YearView
from ui.theme import SMALL
from ui.widgets.label import Label

_REPEATS = (
    (Recurrence.ONCE, mark("Once")),
    (Recurrence.DAILY, mark("Every so many days")),
    (Recurrence.WEEKLY, mark("On weekdays")),
    (Recurrence.MONTHLY_DAY, mark("Monthly, on a date")),
    (Recurrence.MONTHLY_POSITION, mark("Monthly, on a weekday")),
    (Recurrence.YEARLY_DAY, mark("Yearly, on a date")),
    (Recurrence.YEARLY_POSITION, mark("Yearly, on a weekday")),
)
_YEARLY = (Recurrence.YEARLY_DAY, Recurrence.YEARLY_POSITION)
_BY_DAY = (Recurrence.MONTHLY_DAY, Recurrence.YEARLY_DAY)
_BY_POSITION = (Recurrence.MONTHLY_POSITION, Recurrence.YEARLY_POSITION)
_SHOWN_DAYS = 4


class ExceptionDialog(Asking):
    """Adds an exception to a calendar, or changes the one it is given."""

    def __init__(
        self,
        bridge: Bridge,
        calendar: CalendarId,
        day: date,
        changed: CalendarException | None = None,
        parent: QWidget | None = None,
    ) -> None:
        title = tr("Calendar exception") if changed else tr("New calendar exception")
        super().__init__(bridge, title, tr("Change exception") if changed else tr("Add exception"), parent)
        self._calendar, self._changed = calendar, changed
        one = changed or CalendarException(ExceptionId(""), calendar, None, "", day, day)
        locale = bridge.locale
        self.name = QLineEdit(one.name)
        self.name.setPlaceholderText(tr("Such as Works meeting"))
        self.first = QLineEdit(day_text(one.from_date, locale))
        self.last = QLineEdit(day_text(one.to_date, locale))
        self.hours = QLineEdit(shifts_text(one.shifts))
        self.hours.setPlaceholderText(tr("Not working"))
        self.repeats = choices(tuple((kind.value, tr(words)) for kind, words in _REPEATS), one.recurrence)
        self.ask_for(tr("&Name"), self.name)
        self.ask_for(tr("&From"), self.first)
        self.ask_for(tr("&To"), self.last)
        self.ask_for(tr("&Hours"), self.hours)
        self.ask_for(tr("&Repeats"), self.repeats)
        self._add_pattern(one, locale)
        self.next_days = Label()
        self.next_days.setProperty("tone", "secondary")
        self.next_days.setWordWrap(True)
        self.form.addRow("", self.next_days)
        self.year = YearView()
        self.year.year_moved.connect(self.on_year_moved)
        self._year: int | None = None
        self.column.insertWidget(1, self.year)
        self._listen()
        self.on_edited()

    def _add_pattern(self, one: CalendarException, locale: str) -> None:
        """The parts of a pattern, of which each kind shows its own."""
        self.every = number(1, 999, one.every)
        self.weekdays = QWidget()
        row = QHBoxLayout(self.weekdays)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SMALL)
        self.days = tuple(QCheckBox(name) for name in weekday_names(locale, is_short=True))
        mask = one.weekdays or 1 << one.from_date.weekday()
        for day, box in enumerate(self.days):
            box.setChecked(bool(mask >> day & 1))
            row.addWidget(box)
        row.addStretch(1)
        self.month_day = number(1, 31, one.month_day or one.from_date.day)
        positions = tuple((str(at), word) for at, word in enumerate(position_words(), 1))
        self.position = choices(positions, str(one.position or min((one.from_date.day + 6) // 7, 5)))
        kinds = tuple((str(at), word) for at, word in enumerate(position_day_words(locale)))
        is_new = one.position == 0
        self.position_day = choices(kinds, str(one.from_date.weekday() if is_new else one.position_day))
        named = tuple((str(at), name) for at, name in enumerate(month_names(locale), 1))
        self.month = choices(named, str(one.month or one.from_date.month))
        self.occurrences = number(0, 999, one.occurrences)
        self.occurrences.setSpecialValueText(tr("As long as it runs"))
        self.ask_for(tr("&Every"), self.every, tr("Every so many days, weeks or months"))
        self.ask_for(tr("&Weekdays"), self.weekdays)
        self.ask_for(tr("&Day of the month"), self.month_day)
        self.ask_for(tr("&Which"), self.position)
        self.ask_for(tr("Day"), self.position_day)
        self.ask_for(tr("&Month"), self.month)
        self.ask_for(tr("How &often"), self.occurrences, tr("How many times at most"))

    def _listen(self) -> None:
        for line in (self.first, self.last, self.hours):
            line.textEdited.connect(self.on_edited)
        for combo in (self.repeats, self.position, self.position_day, self.month):
            combo.activated.connect(self.on_edited)
        for spin in (self.every, self.month_day, self.occurrences):
            spin.valueChanged.connect(self.on_edited)
        for box in self.days:
            box.toggled.connect(self.on_edited)

    def record(self) -> CalendarException:
        """The exception as it is entered.

        Raises:
            Refusal: a date or the hours cannot be read.
        """
        now, locale = self.bridge.workspace.clock.moment, self.bridge.locale
        kind = Recurrence(self.repeats.currentData())
        first = parse_day(self.first.text(), now, locale)
        # One day is the usual case: what ends before it begins for want of typing twice is that day.
        last = parse_day(self.last.text(), now, locale) if self.last.text().strip() else first
        return CalendarException(
            ExceptionId(""),
            self._calendar,
            None,
            self.name.text().strip(),
            first,
            last,
            parse_shifts(self.hours.text()),
            kind,
            self.every.value() if kind not in (Recurrence.ONCE, *_YEARLY) else 1,
            sum(1 << day for day, box in enumerate(self.days) if box.isChecked())
            if kind is Recurrence.WEEKLY
            else 0,
            self.month_day.value() if kind in _BY_DAY else 0,
            int(self.position.currentData()) if kind in _BY_POSITION else 0,
            int(self.position_day.currentData()) if kind in _BY_POSITION else 0,
            int(self.month.currentData()) if kind in _YEARLY else 0,
            self.occurrences.value() if kind is not Recurrence.ONCE else 0,
        )

    def step(self) -> Step[Any]:
        one = self.record()
        if not one.name:
            raise Refusal(tr("Give the exception a name."))
        pattern = (
            one.name, one.from_date, one.to_date, one.shifts, one.recurrence, one.every, one.weekdays,
            one.month_day, one.position, one.position_day, one.month, one.occurrences,
        )  # fmt: skip
        if self._changed is None:
            return calendars.add_exception(self._calendar, *pattern)
        return calendars.change_exception(self._changed.id, *pattern)

    def on_edited(self) -> None:
        """Show what this kind of repetition asks for, and the days it comes to."""
        kind = Recurrence(self.repeats.currentData())
        is_repeated = kind is not Recurrence.ONCE
        for editor, is_wanted in (
            (self.every, is_repeated and kind not in _YEARLY),
            (self.weekdays, kind is Recurrence.WEEKLY),
            (self.month_day, kind in _BY_DAY),
            (self.position, kind in _BY_POSITION),
            (self.position_day, kind in _BY_POSITION),
            (self.month, kind in _YEARLY),
            (self.occurrences, is_repeated),
        ):
            self.form.setRowVisible(editor, is_wanted)
        self.say("")
        self.next_days.setText(self._next_days())
        self._show_year()
        self.adjustSize()

    def on_year_moved(self, year: int) -> None:
        self._year = year
        self._show_year()

    def _show_year(self) -> None:
        """Show on which days of a year it falls: of the one turned to, else of the one it begins in."""
        try:
            one = self.record()
        except Refusal:
            self.year.show_year(self.year.year, (), self.bridge.locale)
            return
        year = one.from_date.year if self._year is None else self._year
        days = (
            ()
            if one.to_date < one.from_date
            else days_of_exception(one, date(year, 1, 1), date(year, 12, 31))
        )
        self.year.show_year(year, days, self.bridge.locale)

    def _next_days(self) -> str:
        try:
            one = self.record()
        except Refusal as refusal:
            return refusal.sentence
        if one.recurrence is Recurrence.WEEKLY and not one.weekdays:
            return tr("Choose at least one weekday.")
        if one.to_date < one.from_date:
            return tr("It would end before it begins.")
        last = min(one.to_date, one.from_date + timedelta(days=3660))
        found = days_of_exception(one, one.from_date, last)
        if not found:
            return tr("No day fits between these dates.")
        shown = ", ".join(day_text(day, self.bridge.locale) for day in found[:_SHOWN_DAYS])
        rest = ", …" if len(found) > _SHOWN_DAYS else ""
        return trn("{count} day: {days}", "{count} days: {days}", len(found), days=shown + rest)
