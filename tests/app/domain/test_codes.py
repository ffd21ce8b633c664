"""Codes made from names."""

from __future__ import annotations

import pytest

from app.domain.codes import free_code
from app.domain.portfolio import Project
from app.domain.values import ProjectId
from tests.builders import MONDAY


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Website relaunch", "WEBSITE"),
        ("Data centre exit", "DCE"),
        ("Microsoft Office Project 2003 Deployment", "MOP2003D"),
        ("Überseehandel", "UBERSEEH"),
        ("…", "P1"),
    ],
)
def test_a_code_is_a_word_or_initials_short_enough_to_say(name: str, code: str) -> None:
    assert free_code(name, ()) == code


def test_a_taken_code_gets_a_number_that_can_be_told_from_its_own() -> None:
    projects = [Project(ProjectId(code), code, code, "m", MONDAY) for code in ("DCE", "dce2", "BU2027")]
    assert free_code("Data centre exit", projects) == "DCE3"
    assert free_code("Büro Umzug 2027", projects) == "BU2027-2"
