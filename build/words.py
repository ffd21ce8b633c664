"""The sentences for translators: extracted from the program into one template, by Babel."""

from __future__ import annotations

import subprocess

from environment import ROOT, say, venv_python

TEMPLATE = ROOT / "resources" / "locale" / "pm-portfolio.pot"
_KEYWORDS = ("tr", "trn:1,2", "mark")


def extract() -> int:
    """Write the template anew; the exit code is Babel's."""
    TEMPLATE.parent.mkdir(parents=True, exist_ok=True)
    words = [argument for keyword in _KEYWORDS for argument in ("-k", keyword)]
    command = [
        *(str(venv_python()), "-m", "babel.messages.frontend", "extract", "--no-default-keywords", *words),
        *("--no-location", "--sort-output", "--omit-header", "--project", "pm-portfolio"),
        *("-o", str(TEMPLATE), "app", "ui"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        say(done.stderr)
    else:
        count = TEMPLATE.read_text(encoding="utf-8").count("\nmsgid ")
        say(f"{count} sentences are in {TEMPLATE.relative_to(ROOT)}.")
    return done.returncode
