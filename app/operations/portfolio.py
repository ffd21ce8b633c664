"""Verbs for the portfolio itself: its name, owner, currency, calendar and notes."""

from __future__ import annotations

from dataclasses import replace

from babel.numbers import list_currencies

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.portfolio import Portfolio
from app.domain.values import CalendarId, PortfolioId
from app.operations.operation import operation
from app.text import mark, tr


def head(draft: Draft) -> Portfolio:
    """The portfolio's record, made where a file has none yet."""
    found = next(iter(draft.portfolio), None)
    return Portfolio(PortfolioId(draft.new_id()), tr("Portfolio")) if found is None else found


@operation(mark("Rename portfolio"), merges=True)
def rename(draft: Draft, name: str) -> None:
    """Give the portfolio another name."""
    if not name.strip():
        raise Refusal(tr("A portfolio needs a name."))
    draft.put(replace(head(draft), name=name.strip()))


@operation(mark("Change portfolio owner"))
def set_owner(draft: Draft, owner: str) -> None:
    """Say who owns the portfolio."""
    draft.put(replace(head(draft), owner=owner.strip()))


@operation(mark("Change portfolio notes"), merges=True)
def set_notes(draft: Draft, notes: str) -> None:
    """Write the portfolio's notes."""
    draft.put(replace(head(draft), notes=notes))


@operation(mark("Change currency"))
def set_currency(draft: Draft, currency: str) -> None:
    """Set the currency that new projects take, by its ISO code; existing projects keep theirs."""
    draft.put(replace(head(draft), currency=known_currency(currency)))


@operation(mark("Change portfolio calendar"))
def set_calendar(draft: Draft, calendar: CalendarId | None) -> None:
    """Set the calendar that new projects take."""
    found = draft.calendars.get(calendar)
    if calendar is not None and (found is None or found.project is not None):
        raise Refusal(tr("Choose one of the calendars that all projects share."))
    draft.put(replace(head(draft), calendar=calendar))


def known_currency(code: str) -> str:
    """The ISO code in capitals.

    Raises:
        Refusal: there is no such currency.
    """
    plain = code.strip().upper()
    if plain not in list_currencies():
        raise Refusal(tr("“{code}” is not a currency code such as EUR or USD.", code=code.strip()))
    return plain
