"""The same program without a window: every command is a door to what the window does too.

Exit codes: 0 done · 1 a bug (a report is written) · 2 usage, an ambiguous reference too · 3 refused ·
4 file trouble. A source that cannot be read is a refusal: nothing is wrong with the portfolio's file.
Answers go to standard output, errors in one sentence to standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.cli.answers import Console, report_bug, speak_plainly
from app.cli.given import Usage
from app.cli.parser import parser_of
from app.domain.errors import Ambiguous, FileTrouble, Refusal, TroubleKind

DONE, BUG, USAGE, REFUSED, TROUBLE = 0, 1, 2, 3, 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing is ever raised to the caller."""
    speak_plainly()
    console = Console(as_json=False)
    try:
        parsed = parser_of().parse_args(arguments)
        console = Console(as_json=parsed.json)
        code: int = parsed.command(parsed, console)
        return code
    except SystemExit:
        return DONE  # the help was printed
    except Usage as wrong:
        console.error(wrong.sentence)
        return USAGE
    except Ambiguous as trouble:
        console.error(trouble.sentence, trouble.candidates)
        return USAGE
    except Refusal as refusal:
        console.error(refusal.sentence)
        return REFUSED
    except FileTrouble as trouble:
        console.error(trouble.sentence)
        return REFUSED if trouble.kind is TroubleKind.INPUT else TROUBLE
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except KeyboardInterrupt:
        return USAGE
    except Exception as bug:
        console.error(report_bug(bug))
        return BUG
