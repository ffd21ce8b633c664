"""Public holidays by country and region, as the shipped library knows them, without any network."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from app.domain.errors import Refusal
from app.text import tr

FIRST_YEAR, LAST_YEAR = 1990, 2100


# The library is large and most sessions never ask, so it is imported when somebody does.


@lru_cache(maxsize=1)
def countries() -> tuple[str, ...]:
    """The ISO codes of the countries whose holidays are known, sorted."""
    import holidays

    return tuple(sorted(holidays.list_supported_countries(include_aliases=False)))


@lru_cache(maxsize=64)
def regions(country: str) -> tuple[str, ...]:
    """The regions of a country that have holidays of their own; empty where there are none.

    Raises:
        Refusal: the country is not known.
    """
    import holidays

    code = _country(country)
    return tuple(holidays.list_supported_countries(include_aliases=False)[code])


@lru_cache(maxsize=64)
def region_names(country: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of the regions of a country, by name; a region without a known name has its code.

    Raises:
        Refusal: the country is not known.
    """
    import holidays

    aliases: dict[str, str] = getattr(
        holidays.country_holidays(_country(country)), "subdivisions_aliases", {}
    )
    names: dict[str, str] = {}
    for name, code in aliases.items():
        names.setdefault(code, name)
    return tuple(sorted(((code, names.get(code, code)) for code in regions(country)), key=lambda one: one[1]))


@lru_cache(maxsize=64)
def holidays_of(country: str, region: str, first_year: int, last_year: int) -> tuple[tuple[date, str], ...]:
    """(day, name) of every public holiday of those years, in order of days.

    Raises:
        Refusal: the country, region or years are not known.
    """
    import holidays

    code, part = _country(country), region.strip().upper()
    known = {each.upper(): each for each in regions(code)}
    if part and part not in known:
        raise Refusal(
            tr("{country} has no region {region}; known are {known}.", country=code, region=part,
               known=", ".join(regions(code)) or "–")
        )  # fmt: skip
    if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
        raise Refusal(tr("Choose years from {first} to {last}.", first=FIRST_YEAR, last=LAST_YEAR))
    years = range(first_year, last_year + 1)
    found = holidays.country_holidays(code, subdiv=known.get(part), years=years)
    return tuple((day, name) for day, name in sorted(found.items()) if first_year <= day.year <= last_year)


def source_of(country: str, region: str) -> str:
    """How a holiday set is called, such as ``DE-BY`` or ``DE``."""
    return "-".join(part for part in (country.strip().upper(), region.strip().upper()) if part)


def _country(country: str) -> str:
    code = country.strip().upper()
    if code not in countries():
        raise Refusal(
            tr("The holidays of “{country}” are not known; use a code such as DE or GB.", country=country)
        )
    return code
