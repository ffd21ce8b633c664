"""Rules of calendars: no base loop, shifts within the day, sorted and apart, exceptions that can come."""

from __future__ import annotations

from app.domain.calendars import Calendar, CalendarException, Recurrence, WorkWeek
from app.domain.changes import ChangeSet
from app.domain.document import Document
from app.domain.errors import Refusal
from app.domain.rules.plan import arrived, left
from app.domain.rules.register import rule
from app.domain.values import CalendarId, Shifts
from app.text import tr


@rule("calendars")
def calendar_bases(result: Document, changes: ChangeSet) -> None:
    """A calendar builds on calendars that are there and never on itself."""
    for _, after in arrived(changes, "calendars"):
        assert isinstance(after, Calendar)
        if not after.name.strip():
            raise Refusal(tr("A calendar needs a name."), at=(after.id, "name"))
        if len(after.week) != 7:
            raise Refusal(tr("A week has seven days."), at=(after.id, "week"))
        for shifts in after.week:
            if shifts is not None:
                shifts_hold(shifts, (after.id, "week"))
        seen: set[CalendarId] = {after.id}
        base = after.base
        while base is not None:
            found = result.calendars.get(base)
            if found is None or (found.project is not None and found.project != after.project):
                raise Refusal(
                    tr("The base calendar of {name} is not there.", name=after.name), at=(after.id, "base")
                )
            if base in seen:
                raise Refusal(tr("{name} would build on itself.", name=after.name), at=(after.id, "base"))
            seen.add(base)
            base = found.base


@rule("calendars")
def calendars_in_use_stay(result: Document, changes: ChangeSet) -> None:
    """A calendar that something uses is not deleted."""
    gone = {change.id: change.before for change in left(changes, "calendars")}
    if not gone:
        return
    users = [
        (calendar, record)
        for table, field in (
            ("portfolio", "calendar"),
            ("projects", "calendar"),
            ("tasks", "calendar"),
            ("resources", "calendar"),
            ("calendars", "base"),
        )
        for record in result.table(table)
        if (calendar := getattr(record, field)) in gone
    ]
    if users:
        calendar, record = users[0]
        raise Refusal(
            tr(
                "{calendar} is used by “{user}”; give that another calendar first.",
                calendar=getattr(gone[calendar], "name", ""),
                user=record.name,
            ),
            at=(record.id, "calendar"),
        )
    for table in ("calendar_exceptions", "work_weeks"):
        if any(record.calendar in gone for record in result.table(table)):
            raise Refusal(tr("Days of a deleted calendar would be left behind."))


@rule("calendar_exceptions")
def exceptions_can_come(result: Document, changes: ChangeSet) -> None:
    """An exception has a calendar, an order of dates, whole shifts, and a pattern that can come."""
    for _, after in arrived(changes, "calendar_exceptions"):
        assert isinstance(after, CalendarException)
        _on_calendar(result, after)
        shifts_hold(after.shifts, (after.id, "shifts"))
        if after.every < 1 or after.occurrences < 0:
            raise Refusal(tr("A repetition comes every 1 or more units."), at=(after.id, "every"))
        kind = after.recurrence
        if kind is Recurrence.WEEKLY and not 0 < after.weekdays < 128:
            raise Refusal(tr("A weekly exception needs at least one weekday."), at=(after.id, "weekdays"))
        if kind in (Recurrence.MONTHLY_DAY, Recurrence.YEARLY_DAY) and not 1 <= after.month_day <= 31:
            raise Refusal(tr("The day of a month lies between 1 and 31."), at=(after.id, "month_day"))
        if kind in (Recurrence.MONTHLY_POSITION, Recurrence.YEARLY_POSITION) and not (
            1 <= after.position <= 5 and 0 <= after.position_day <= 9
        ):
            raise Refusal(
                tr("A position in the month is first to fourth or last, of a kind of day."),
                at=(after.id, "position"),
            )
        if kind in (Recurrence.YEARLY_DAY, Recurrence.YEARLY_POSITION) and not 1 <= after.month <= 12:
            raise Refusal(tr("A yearly exception needs a month."), at=(after.id, "month"))


@rule("work_weeks")
def work_weeks_hold(result: Document, changes: ChangeSet) -> None:
    """Another working week has a calendar, an order of dates and whole shifts."""
    for _, after in arrived(changes, "work_weeks"):
        assert isinstance(after, WorkWeek)
        _on_calendar(result, after)
        if len(after.week) != 7:
            raise Refusal(tr("A week has seven days."), at=(after.id, "week"))
        for shifts in after.week:
            if shifts is not None:
                shifts_hold(shifts, (after.id, "week"))


def _on_calendar(result: Document, record: CalendarException | WorkWeek) -> None:
    calendar = result.calendars.get(record.calendar)
    if calendar is None or calendar.project != record.project:
        raise Refusal(
            tr("The calendar of “{name}” is not there.", name=record.name), at=(record.id, "calendar")
        )
    if record.to_date < record.from_date:
        raise Refusal(tr("“{name}” would end before it begins.", name=record.name), at=(record.id, "to_date"))


def shifts_hold(shifts: Shifts, at: tuple[str, str]) -> None:
    """Shifts lie within the day, in order and apart.

    Raises:
        Refusal: they do not.
    """
    last = -1
    for shift in shifts:
        if not 0 <= shift.start < shift.end <= 1440:
            raise Refusal(tr("Working hours lie within one day, from earlier to later."), at=at)
        if shift.start < last:
            raise Refusal(tr("Working hours of a day follow one another without overlap."), at=at)
        last = shift.end
