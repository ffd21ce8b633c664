"""How figures read, beyond what the tables that show them prove."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.views.formats import size_text, stamp_text, time_text


@pytest.mark.parametrize(
    ("size", "locale", "text"),
    [
        (0, "en_GB", "1 kB"),
        (999_499, "en_GB", "999 kB"),
        (1_340_000, "en_GB", "1.3 MB"),
        (1_340_000, "de_DE", "1,3 MB"),
        (25_000_000_000, "en_GB", "25,000 MB"),
    ],
)
def test_a_file_s_size_reads_in_the_unit_that_fits(size: int, locale: str, text: str) -> None:
    assert size_text(size, locale) == text


def test_a_time_of_day_reads_alike_alone_and_behind_its_date() -> None:
    when = datetime(2027, 3, 12, 8, 5)
    assert time_text(when) == "08:05"
    assert stamp_text(when, "en_GB") == "12 Mar 2027, 08:05"
