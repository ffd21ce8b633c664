"""Durations, lags and predecessors as people type them, and what is written comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.durations import (
    STANDARD,
    Measure,
    TypedLink,
    format_lag,
    format_link,
    format_span,
    parse_lag,
    parse_links,
    parse_span,
)
from app.domain.errors import Refusal
from app.domain.values import DurationFormat, Span
from app.domain.work import LinkType

LENGTHS = [unit for unit in DurationFormat if not unit.is_percent]
LOCALES = ("en_GB", "de_DE", "fr_FR", "sv_SE", "de-CH")
MEASURES = st.builds(
    Measure, st.sampled_from([480, 450, 462, 1440]), st.sampled_from([2400, 2310]), st.integers(1, 31)
)


@pytest.mark.parametrize(
    ("text", "minutes", "unit"),
    [
        ("3", 1440, DurationFormat.DAYS),
        ("4h", 240, DurationFormat.HOURS),
        ("0,5d", 240, DurationFormat.DAYS),
        ("0.5 days", 240, DurationFormat.DAYS),
        ("2w", 4800, DurationFormat.WEEKS),
        ("3mo", 28800, DurationFormat.MONTHS),
        ("2ed", 2880, DurationFormat.ELAPSED_DAYS),
        ("90 min", 90, DurationFormat.MINUTES),
        ("1w 2d", 3360, DurationFormat.DAYS),
        ("1,500m", 1500, DurationFormat.MINUTES),
        (".5h", 30, DurationFormat.HOURS),
        ("2 Tage", 960, DurationFormat.DAYS),
        ("0", 0, DurationFormat.DAYS),
    ],
)
def test_lengths_are_read_as_people_type_them(text: str, minutes: int, unit: DurationFormat) -> None:
    assert parse_span(text) == Span(minutes, unit)


def test_a_question_mark_means_estimated() -> None:
    assert parse_span("3d?") == parse_span("3 ?") == Span(1440, DurationFormat.DAYS, True)
    assert format_span(parse_span("3d?")) == "3d?"


def test_the_language_decides_what_groups_and_what_is_a_decimal_mark() -> None:
    assert parse_span("1.500m", STANDARD, "de").minutes == 1500
    assert parse_span("1,5h", STANDARD, "de").minutes == 90
    assert parse_span("1.5h", STANDARD, "de").minutes == 90
    assert parse_span("1,500.5m", STANDARD, "en").minutes == 1501
    assert format_span(Span(240), STANDARD, "de") == "0,5d"


def test_the_project_says_how_long_a_day_is() -> None:
    seven = Measure(420, 2100, 18)
    assert [parse_span(text, seven).minutes for text in ("1d", "1w", "1mo", "1ed")] == [420, 2100, 7560, 1440]


@pytest.mark.parametrize(
    "text", ["", "abc", "3x", "-3d", "50%", "1d 1ed", "d", "3d4", "1..5d", "?", "5 000 000 d", "²d"]
)
def test_what_is_no_length_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refusal) as no:
        parse_span(text) if text != "3d4" else parse_span("3d4x")
    assert no.value.sentence.endswith(".")


@given(
    st.integers(0, 10_000_000), st.sampled_from(LENGTHS), st.booleans(), MEASURES, st.sampled_from(LOCALES)
)
def test_a_length_written_and_typed_again_is_the_same(
    minutes: int, unit: DurationFormat, estimated: bool, measure: Measure, locale: str
) -> None:
    span = Span(minutes, unit, estimated)
    assert parse_span(format_span(span, measure, locale), measure, locale) == span


@given(st.integers(-5_000_000, 5_000_000), st.sampled_from(list(DurationFormat)), st.sampled_from(LOCALES))
def test_a_lag_written_and_typed_again_is_the_same(minutes: int, unit: DurationFormat, locale: str) -> None:
    lag = Span(minutes, unit)
    text = format_lag(lag, STANDARD, locale)
    assert (parse_lag(text, STANDARD, locale) if text else Span(0, unit)) == lag


def test_percent_lags_are_whole_and_stand_alone() -> None:
    assert parse_lag("-50%") == Span(-50, DurationFormat.PERCENT)
    assert parse_lag("+25e%") == Span(25, DurationFormat.ELAPSED_PERCENT)
    for text in ("12.5%", "1d 50%", "+", "2d+"):
        with pytest.raises(Refusal):
            parse_lag(text)


def test_predecessors_are_read_with_type_and_lag() -> None:
    assert parse_links("3FS+2d;5SS-50%") == (
        TypedLink("3", LinkType.FS, Span(960)),
        TypedLink("5", LinkType.SS, Span(-50, DurationFormat.PERCENT)),
    )
    assert [link.reference for link in parse_links("3, 5")] == ["3", "5"]
    assert [link.reference for link in parse_links("CODE/12ff; A-1/uid:4 ss+1w;1.2.3")] == [
        "CODE/12", "A-1/uid:4", "1.2.3",
    ]  # fmt: skip
    assert parse_links(" ") == ()


def test_a_decimal_comma_in_a_lag_is_not_the_next_predecessor() -> None:
    assert [format_link(link) for link in parse_links("3FS+0,5d, 7")] == ["3FS+0.5d", "7"]
    assert len(parse_links("3FS+0,5;7", STANDARD, "de")) == 2


@pytest.mark.parametrize("text", ["abc", "3XX", "FS", "3FS+", "3;;x", "/3"])
def test_what_is_no_link_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        parse_links(text)


@given(
    st.lists(
        st.builds(
            TypedLink,
            st.from_regex(r"\A([A-Z][A-Z0-9 ]{0,5}/)?(uid:)?[1-9][0-9]{0,3}\Z"),
            st.sampled_from(list(LinkType)),
            st.builds(Span, st.integers(-9600, 9600).filter(bool), st.sampled_from(list(DurationFormat)))
            | st.just(Span(0)),
        ),
        max_size=4,
    ),
    st.sampled_from(LOCALES),
)
def test_links_written_and_typed_again_are_the_same(links: list[TypedLink], locale: str) -> None:
    text = ";".join(format_link(link, STANDARD, locale) for link in links)
    assert parse_links(text, STANDARD, locale) == tuple(links)
