"""The commands of pm-portfolio's developers: python3 build/dev.py COMMAND. Needs Python 3.11 and nothing else."""

from __future__ import annotations

import argparse
import sys

if sys.version_info < (3, 11):
    sys.exit("pm-portfolio needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import environment


def setup(arguments: argparse.Namespace) -> int:
    """Set up .venv from the pinned lock and the system's libraries."""
    environment.set_up()
    environment.say("Set up. Next: python3 build/dev.py run")
    return 0


COMMANDS = {"setup": setup}


def main() -> int:
    """Run the command named on the command line; the result is the exit code."""
    parser = argparse.ArgumentParser(prog="build/dev.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        commands.add_parser(name, help=command.__doc__, description=command.__doc__)
    arguments = parser.parse_args()
    try:
        return COMMANDS[arguments.command](arguments)
    except environment.SetUpTrouble as trouble:
        print(trouble, file=sys.stderr, flush=True)
        return 2


if __name__ == "__main__":
    sys.exit(main())
