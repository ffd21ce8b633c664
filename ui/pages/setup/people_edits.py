"""Which operation a typed cell of the sheet of people is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from app.domain.document import Reading
from app.domain.errors import Refusal
from app.domain.people import ResourceType
from app.domain.rates import rate_now
from app.domain.values import CalendarId, ResourceId
from app.operations import calendars, people, rates
from app.operations.operation import Step
from app.operations.together import Asked, then
from app.text import tr
from app.views.people import own_calendar, type_words
from app.views.project_settings import calendar_choices


def step_of(
    document: Reading, resource: ResourceId, column: str, text: str, locale: str, now: int
) -> Step[Any]:
    """The step a cell asks for.

    Raises:
        Refusal: the text cannot be read, or the resource is gone.
    """
    if column == "calendar":
        return _calendar(document, resource, text)
    if column in ("rate", "overtime"):
        return _rate(document, resource, column, text, locale, now)
    if column == "type":
        return people.set_resource_field(resource, "type", _type(text), locale)
    return people.set_resource_field(resource, column, text, locale)


def step_of_new(texts: Mapping[str, str], locale: str, now: int) -> Step[ResourceId]:
    """What a row of texts by column becomes: a resource of that name, and what its cells say of it."""

    def follow(made: ResourceId) -> list[Asked]:
        return [
            partial(step_of, resource=made, column=column, text=text, locale=locale, now=now)
            for column, text in texts.items()
            if column != "name" and text.strip()
        ]

    return then(people.add_resource(texts.get("name", "")), follow)


def _type(text: str) -> str:
    plain = text.strip().casefold()
    found = [kind for kind, words in type_words().items() if plain in (words.casefold(), kind.value)]
    if not found:
        listed = ", ".join(type_words()[kind] for kind in ResourceType)
        raise Refusal(tr("“{text}” is not one of {words}.", text=text.strip(), words=listed))
    return found[0].value


def _calendar(document: Reading, resource: ResourceId, text: str) -> Step[None]:
    """The calendar a resource works by; one with leave of its own keeps it and takes another base."""
    record = document.resources.get(resource)
    if record is None:
        raise Refusal(tr("That resource is no longer there."))
    plain = text.strip().casefold()
    offered = calendar_choices(document, record.project, "")
    found = [value for value, words in offered if words.casefold() == plain]
    if not found:
        raise Refusal(tr("There is no calendar {text}.", text=text.strip()))
    chosen = CalendarId(found[0]) if found[0] else None
    own = own_calendar(document, record)
    if own is not None:
        return calendars.set_base(own.id, chosen)
    return people.set_resource_calendar(resource, chosen)


def _rate(
    document: Reading, resource: ResourceId, column: str, text: str, locale: str, now: int
) -> Step[Any]:
    """The rate in force now in table A, or the first one where there is none."""
    record = document.resources.get(resource)
    if record is None:
        raise Refusal(tr("That resource is no longer there."))
    field = "standard" if column == "rate" else "overtime"
    rate = rate_now(document, record, now)
    if rate is not None:
        return rates.set_rate_field(rate.id, field, text, locale)
    return then(people.set_rate(resource, 0), lambda made: [rates.set_rate_field(made, field, text, locale)])
