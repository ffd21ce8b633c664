"""Smart dates, times, percentages, money and flags as people type them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Refusal
from app.domain.numerals import locale_of, parse_number
from app.domain.typed import (
    moment_from_iso,
    parse_day,
    parse_flag,
    parse_moment,
    parse_money,
    parse_percent,
    parse_time,
)
from app.domain.values import date_of, iso, moment

NOW = moment(2026, 11, 25, 10, 20)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("today", "2026-11-25T08:00"),
        ("now", "2026-11-25T10:20"),
        ("tomorrow 14:30", "2026-11-26T14:30"),
        ("yesterday", "2026-11-24T08:00"),
        ("+5", "2026-11-30T08:00"),
        ("-2w", "2026-11-11T08:00"),
        ("+3mo", "2027-02-25T08:00"),
        ("+1y", "2027-11-25T08:00"),
        ("wed", "2026-11-25T08:00"),
        ("next wed", "2026-12-02T08:00"),
        ("next mon", "2026-11-30T08:00"),
        ("last fri", "2026-11-20T08:00"),
        ("this thu", "2026-11-26T08:00"),
        ("15 mar", "2027-03-15T08:00"),
        ("Mar 15, 2028", "2028-03-15T08:00"),
        ("15th march 27", "2027-03-15T08:00"),
        ("2027-03-15", "2027-03-15T08:00"),
        ("2027-03-15T14:05", "2027-03-15T14:05"),
        ("2027-03-15 2pm", "2027-03-15T14:00"),
        ("2027-03-15 12am", "2027-03-15T00:00"),
        ("15/3/27", "2027-03-15T08:00"),
        ("15.3.", "2027-03-15T08:00"),
        ("10:15", "2026-11-25T10:15"),
        ("2027 mar 15", "2027-03-15T08:00"),
    ],
)
def test_dates_are_read_as_people_type_them(text: str, found: str) -> None:
    assert iso(parse_moment(text, NOW)) == found


def test_the_language_decides_the_order_of_day_and_month() -> None:
    assert iso(parse_moment("3/4/27", NOW, 480, "en_US")) == "2027-03-04T08:00"
    assert iso(parse_moment("3/4/27", NOW, 480, "en_GB")) == "2027-04-03T08:00"
    assert iso(parse_moment("3. März 2027", NOW, 480, "de_DE")) == "2027-03-03T08:00"
    assert iso(parse_moment("mo", NOW, 480, "de_DE")) == "2026-11-30T08:00"
    assert iso(parse_moment("12/31", NOW, 1020, "en_US")) == "2026-12-31T17:00"


def test_a_month_of_fewer_days_ends_the_step() -> None:
    assert parse_day("+1mo", moment(2027, 1, 31)).isoformat() == "2027-02-28"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31 feb",
        "2027-13-01",
        "32.1.2027",
        "1.1.1900",
        "25:70",
        "+99999y",
        "next",
        "9 9 9 9",
        "2027-03",
        "feb mar",
        "13:61",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_moment(text, NOW)


@given(
    st.dates(parse_day("1990-01-01", NOW), parse_day("2090-01-01", NOW)),
    st.sampled_from(["en_GB", "de_DE", "fr_FR", "en_US"]),
)
def test_a_date_as_the_program_shows_it_can_be_typed_again(day: object, locale: str) -> None:
    text = format_date(day, "medium", locale=locale_of(locale))
    assert parse_day(text, NOW, locale) == day


def test_times_of_day() -> None:
    assert [parse_time(text) for text in ("8:30", "17", "2pm", "0:00", "24:00")] == [510, 1020, 840, 0, 1440]
    for text in ("", "8:99", "mon", "25"):
        with pytest.raises(Refusal):
            parse_time(text)


def test_iso_moments() -> None:
    assert iso(moment_from_iso("2027-03-15")) == "2027-03-15T00:00"
    with pytest.raises(Refusal):
        moment_from_iso("15 mar")
    with pytest.raises(Refusal):
        moment_from_iso("2027-03-15T08:00+02:00")


def test_percentages() -> None:
    assert [parse_percent(text) for text in ("50", "50 %", "0", "100%", "33.4%")] == [50, 50, 0, 100, 33]
    for text in ("101", "-1", "half"):
        with pytest.raises(Refusal):
            parse_percent(text)


def test_money_in_minor_units_of_its_currency() -> None:
    assert parse_money("1,250.50") == 125050
    assert parse_money("1.2m") == 120_000_000
    assert parse_money("3k") == 300_000
    assert parse_money("(1.500,00)", "EUR", "de") == -150_000
    assert parse_money("€ 300") == parse_money("300 EUR") == 30_000
    assert parse_money("500", "JPY") == 500
    assert parse_money("1.5", "KWD") == 1500
    with pytest.raises(Refusal):
        parse_money("lots")


@pytest.mark.parametrize("text", ["$ 300", "300 USD", "usd 300", "£5", "300 CHF", "5 ₹"])
def test_an_amount_in_another_currency_is_refused_and_never_taken_for_ours(text: str) -> None:
    with pytest.raises(Refusal, match="EUR"):
        parse_money(text, "EUR")


@pytest.mark.parametrize("text", ["300 EURO", "300 XYZ", "300 xEUR", "EURUSD 300"])
def test_a_word_that_is_no_currency_makes_no_amount(text: str) -> None:
    with pytest.raises(Refusal, match="not an amount"):
        parse_money(text, "EUR")


def test_a_currency_s_own_code_and_signs_may_stand_with_the_amount() -> None:
    assert (
        parse_money("$ 300", "USD") == parse_money("$300", "CAD") == parse_money("300 usd", "USD") == 30_000
    )
    assert parse_money("300 zł", "PLN", "pl") == 30_000
    assert parse_money("¥500", "JPY") == 500


def test_yes_and_no() -> None:
    assert parse_flag("Yes")
    assert parse_flag("ja")
    assert not parse_flag("")
    assert not parse_flag("0")
    with pytest.raises(Refusal):
        parse_flag("perhaps")


def test_numbers_in_any_dress() -> None:
    assert parse_number("1 234,5", "fr_FR") == Decimal("1234.5")
    assert parse_number("1’234.5", "de_CH") == Decimal("1234.5")
    assert parse_number("−3") == -3
    assert parse_number("1,234,567") == 1234567
    for text in ("", "-", "1,23,4", "1.2.3", "①"):
        with pytest.raises(Refusal):
            parse_number(text)
    assert locale_of("xx_nonsense").language == "en"


def test_the_day_of_a_moment_is_its_civil_date() -> None:
    assert date_of(parse_moment("2027-03-15 23:59", NOW)).isoformat() == "2027-03-15"
