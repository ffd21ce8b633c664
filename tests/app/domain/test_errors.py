"""What the program says no with comes home whole from another process, and knows who said it."""

from __future__ import annotations

import getpass
import pickle
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from app.domain.changes import Label
from app.domain.errors import Ambiguous, FileTrouble, Refusal, TroubleKind
from app.domain.history import EntryKind, JournalEntry, Who


def test_refusals_and_trouble_travel_with_all_they_say() -> None:
    refusal = pickle.loads(pickle.dumps(Refusal("No.", at=("t", "name"))))
    assert (refusal.sentence, refusal.at, str(refusal)) == ("No.", ("t", "name"), "No.")
    ambiguous = pickle.loads(pickle.dumps(Ambiguous("Which?", ("P/1", "Q/1"))))
    assert (ambiguous.sentence, ambiguous.candidates) == ("Which?", ("P/1", "Q/1"))
    trouble = pickle.loads(pickle.dumps(FileTrouble(TroubleKind.FULL, "The disk is full.")))
    assert (trouble.kind, trouble.sentence) == (TroubleKind.FULL, "The disk is full.")


def test_a_person_is_shown_by_the_name_they_chose(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "ann")
    assert Who.here().name == "ann"
    assert Who.here("Ann B.").name == "Ann B."
    assert Who.here("Ann B.").user == "ann"
    assert Who.here().machine


@pytest.mark.parametrize("trouble", [OSError, KeyError])
def test_without_a_login_name_somebody_still_did_it(
    monkeypatch: pytest.MonkeyPatch, trouble: Callable[[], Exception]
) -> None:
    def nobody() -> str:
        raise trouble()

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert Who.here().name == "unknown"


def test_an_entry_of_the_history_names_person_and_machine() -> None:
    who = Who("ann", "laptop", "Ann")
    entry = JournalEntry(
        "u", 1, "b", who, datetime(2027, 1, 4, tzinfo=UTC), EntryKind.DO, None, Label("x"), "o"
    )
    assert (entry.user, entry.machine) == ("Ann", "laptop")
