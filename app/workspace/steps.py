"""What the door hands about: the time, what a step gave, the newest step while it may grow, a commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from app.domain.calendars import Calendar
from app.domain.changes import ChangeSet, joined
from app.domain.document import Document
from app.domain.draft import fresh_id
from app.domain.history import JournalEntry, Who
from app.domain.portfolio import Portfolio
from app.domain.values import CalendarId, Moment, PortfolioId, moment_of
from app.operations.operation import Operation
from app.text import tr

T = TypeVar("T")
MERGES_WITHIN = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is: the instant in UTC for the history, and the civil time on the wall for plans."""

    utc: Callable[[], datetime]
    civil: Callable[[], datetime]

    @property
    def moment(self) -> Moment:
        """The civil moment of now."""
        return moment_of(self.civil())


SYSTEM_CLOCK = Clock(lambda: datetime.now(UTC), datetime.now)


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a step changed, and what its operation returned."""

    changes: ChangeSet
    result: T


@dataclass(frozen=True, slots=True)
class Warm:
    """The newest step while quick repeats of it may still join it."""

    entry: JournalEntry
    whole: ChangeSet
    window: str

    def joined_by(
        self, operation: Operation[Any, Any], changes: ChangeSet, utc: datetime, window: str
    ) -> ChangeSet | None:
        """The newest step and this one as one, where this is a quick repeat of it; else ``None``."""
        if not operation.merges or self.entry.operation != operation.name:
            return None
        if self.window != window or not timedelta(0) <= utc - self.entry.utc <= MERGES_WITHIN:
            return None
        touched = changes.fields
        if touched != self.whole.fields or any(field == "*" for _, _, field in touched):
            return None
        return joined(changes.label, self.whole, changes) or None


@dataclass(frozen=True, slots=True)
class Commit:
    """What is to be saved and, once it is, taken into memory; ``whole`` is what the journal will tell."""

    changes: ChangeSet
    entry: JournalEntry
    whole: ChangeSet
    grows: bool
    document: Document


def first_records(name: str, currency: str, owner: Who) -> tuple[Portfolio | Calendar, ...]:
    """What every portfolio begins with: itself, and a calendar to plan on."""
    standard = Calendar(CalendarId(fresh_id()), None, 1, tr("Standard"))
    portfolio = Portfolio(
        PortfolioId(fresh_id()), name, currency=currency, calendar=standard.id, owner=owner.name
    )
    return portfolio, standard
