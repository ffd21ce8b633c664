"""Which rate holds when, and in which currency rates are kept."""

from __future__ import annotations

from app.domain.document import Reading
from app.domain.people import Rate, Resource
from app.domain.values import ProjectId

TABLES = ("A", "B", "C", "D", "E")
"""The cost rate tables of a resource; an assignment says which of them it is paid by."""


def rates_in(document: Reading, resource: Resource, table: str = "A") -> list[Rate]:
    """The rates of a resource in one table, by the day they begin."""
    found = [
        rate
        for rate in document.rates.of(resource.project).values()
        if rate.resource == resource.id and rate.table == table
    ]
    return sorted(found, key=begins)


def begins(rate: Rate) -> int:
    """The moment a rate begins; one without begins before all others."""
    return -1 if rate.rates_from is None else rate.rates_from


def rate_now(document: Reading, resource: Resource, now: int, table: str = "A") -> Rate | None:
    """The rate of a table in force at a moment; before the first one begins, the first."""
    found = rates_in(document, resource, table)
    begun = [rate for rate in found if begins(rate) <= now]
    return begun[-1] if begun else found[0] if found else None


def currency_for(document: Reading, project: ProjectId | None) -> str:
    """The currency rates are kept in: the project's, or the portfolio's for what all share."""
    found = document.projects.get(project) if project is not None else None
    head = next(iter(document.portfolio), None)
    return found.currency if found is not None else head.currency if head is not None else "EUR"
