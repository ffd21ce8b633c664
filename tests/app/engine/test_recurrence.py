from __future__ import annotations

from datetime import date

import pytest

from app.engine.recurrence import Recurrence, Repeat, days_of


def _day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


def _dates(recurrence: Recurrence) -> list[str]:
    return [str(date.fromordinal(day + date(1970, 1, 1).toordinal())) for day in days_of(recurrence)]


def _recurrence(first: str, last: str, repeat: Repeat, **rest: int) -> Recurrence:
    return Recurrence(_day(first), _day(last), repeat, **rest)


def test_thanksgiving_is_the_fourth_thursday_of_november() -> None:
    rule = _recurrence(
        "2007-11-22", "2026-11-30", Repeat.YEARLY_BY_POSITION, month=10, month_item=7, month_position=3
    )
    found = _dates(rule)
    assert found[:3] == ["2007-11-22", "2008-11-27", "2009-11-26"]
    assert found[-1] == "2026-11-26"
    assert len(found) == 20


def test_new_year_comes_once_a_year_for_as_many_years_as_asked() -> None:
    rule = _recurrence("2007-01-01", "2026-12-31", Repeat.YEARLY_BY_DAY, month_day=1, occurrences=3)
    assert _dates(rule) == ["2007-01-01", "2008-01-01", "2009-01-01"]


def test_a_yearly_day_before_the_first_day_waits_for_the_next_year() -> None:
    rule = _recurrence("2024-03-01", "2025-12-31", Repeat.YEARLY_BY_DAY, month=1, month_day=29)
    assert _dates(rule) == ["2025-02-28"]


def test_days_run_in_steps() -> None:
    assert _dates(_recurrence("2024-01-01", "2024-01-07", Repeat.DAILY, period=3)) == [
        "2024-01-01",
        "2024-01-04",
        "2024-01-07",
    ]
    assert len(_dates(_recurrence("2024-01-01", "2024-12-31", Repeat.DAY_COUNT, occurrences=5))) == 5


def test_weekdays_pass_over_the_weekend() -> None:
    rule = _recurrence("2024-01-05", "2024-12-31", Repeat.WEEKDAY_COUNT, occurrences=2)
    assert _dates(rule) == ["2024-01-05", "2024-01-08"]


def test_every_second_week_on_wednesday_and_friday() -> None:
    rule = _recurrence("2024-01-04", "2024-01-20", Repeat.WEEKLY, period=2, days_of_week=8 + 32)
    assert _dates(rule) == ["2024-01-05", "2024-01-17", "2024-01-19"]


def test_the_thirty_first_of_a_short_month_is_its_last_day() -> None:
    rule = _recurrence("2024-01-01", "2024-04-30", Repeat.MONTHLY_BY_DAY, month_day=31)
    assert _dates(rule) == ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]


@pytest.mark.parametrize(
    ("item", "position", "expected"),
    [
        (0, 0, "2024-06-01"),
        (1, 0, "2024-06-03"),
        (2, 4, "2024-06-30"),
        (3, 1, "2024-06-09"),
        (9, 4, "2024-06-29"),
        (1, 4, "2024-06-28"),
    ],
)
def test_positions_in_a_month(item: int, position: int, expected: str) -> None:
    rule = _recurrence(
        "2024-06-01", "2024-06-30", Repeat.MONTHLY_BY_POSITION, month_item=item, month_position=position
    )
    assert _dates(rule) == [expected]


def test_no_exception_type_means_no_days() -> None:
    assert _dates(_recurrence("2024-01-01", "2024-12-31", Repeat.NONE)) == []
