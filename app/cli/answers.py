"""How commands answer: plain text for people or JSON for programs, errors as one sentence."""

from __future__ import annotations

import io
import json
import platform
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from app import settings
from app.text import tr


def speak_plainly() -> None:
    """Have signs that a terminal or a pipe cannot show come out escaped instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class Console:
    """Where one command's answer goes; ``as_json`` chooses its form."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def answer(self, value: Any, lines: Sequence[str]) -> None:
        """Print ``value`` as JSON, or the lines for a person."""
        if self.as_json:
            sys.stdout.write(json.dumps(value, ensure_ascii=not _takes_all(sys.stdout), indent=1) + "\n")
        else:
            sys.stdout.write("".join(f"{line}\n" for line in lines))

    def error(self, sentence: str, candidates: Sequence[str] = ()) -> None:
        """Say what went wrong, on one line whatever it quotes; on lines of their own what may be meant."""
        sys.stderr.write("".join(f"{' '.join(line.splitlines())}\n" for line in (sentence, *candidates)))


def _takes_all(stream: TextIO) -> bool:
    return (stream.encoding or "").lower().startswith("utf")


def report_bug(bug: BaseException) -> str:
    """Write a local report of a bug and return the sentence that says where it is.

    It holds where in the program it happened and the kind of mistake, never its words: they may quote
    the file.
    """
    when = datetime.now(UTC)
    text = "".join([*traceback.format_tb(bug.__traceback__), f"{type(bug).__qualname__}\n"])
    head = f"pm-portfolio {settings.VERSION} · Python {platform.python_version()} · {platform.platform()}\n"
    try:
        folder: Path = settings.report_folder()
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / f"bug-{when:%Y%m%dT%H%M%S%f}.txt"
        place.write_text(head + text, encoding="utf-8")
    except OSError:
        sys.stderr.write(head + text)
        return tr("The program made a mistake; what happened is printed above. Your file is as it was.")
    return tr(
        "The program made a mistake; your file is as it was. The report is in {place}.", place=str(place)
    )


def columns(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """Lines with the texts lined up in columns; those in ``right`` end flush."""
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines: list[str] = []
    for row in rows:
        cells = [
            text.rjust(width) if place in right else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines
