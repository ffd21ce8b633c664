"""How the program says no: refusals, file trouble and findings. Everything else is a bug."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Refusal(Exception):
    """The user asked for something the rules forbid; ``sentence`` says so with the way out.

    ``at`` is where it hurts: (record id, field name), or ``None`` for the whole gesture.
    """

    def __init__(self, sentence: str, at: tuple[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.at = at

    def __reduce__(self) -> tuple[Any, ...]:  # a job's process sends it home whole
        return type(self), (self.sentence, self.at)


class Ambiguous(Refusal):
    """A reference fits several records; ``candidates`` are written so that each names one."""

    def __init__(self, sentence: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.candidates = candidates

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.sentence, self.candidates)


class TroubleKind(StrEnum):
    """What is wrong with a file, for those who must act on it (exit codes, ways out)."""

    MISSING = "missing"
    NOT_OURS = "not_ours"
    HELD = "held"
    READ_ONLY = "read_only"
    NEWER = "newer"
    DAMAGED = "damaged"
    FULL = "full"
    REPLACED = "replaced"
    EXISTS = "exists"
    INPUT = "input"
    OTHER = "other"


class FileTrouble(Exception):
    """Disk, lock, version or damage, said in one sentence with the way out."""

    def __init__(self, kind: TroubleKind, sentence: str) -> None:
        super().__init__(sentence)
        self.kind = kind
        self.sentence = sentence

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.kind, self.sentence)


class Severity(StrEnum):
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding of an import or of a plan: listed with its place, never raised."""

    severity: Severity
    place: str
    sentence: str
