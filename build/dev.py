"""The developers' commands: python3 build/dev.py COMMAND, with Python 3.11 or newer and nothing else."""

from __future__ import annotations

import argparse
import contextlib
import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said kindly to whoever starts it with an older one
    sys.exit("pm-portfolio needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import bundle
import checking
import environment
import locks
import measuring
import running
import words


def setup(arguments: argparse.Namespace) -> int:
    """Set up .venv from the pinned lock, and the system libraries the window needs."""
    environment.set_up()
    environment.say("Set up. Next: python3 build/dev.py run")
    return 0


def run(arguments: argparse.Namespace) -> int:
    """Set up, then open the window on a copy of the sample portfolio; without a display do the main job."""
    environment.set_up()
    return running.run(fresh=arguments.fresh)


def test(arguments: argparse.Namespace) -> int:
    """Set up, then run formatting, lint, types, contracts and all tests; or only the tests you name."""
    environment.set_up()
    return 0 if checking.test(arguments.tests, coverage=arguments.coverage) else 1


def check(arguments: argparse.Namespace) -> int:
    """Set up, then run formatting, lint, types and contracts, without the tests."""
    environment.set_up()
    return 0 if checking.check() else 1


def bench(arguments: argparse.Namespace) -> int:
    """Measure and print the figures as JSON; all benches, or those you name."""
    with contextlib.redirect_stdout(sys.stderr):
        environment.set_up()
    return measuring.bench(arguments.benches)


def reliability(arguments: argparse.Namespace) -> int:
    """Kill the real store and cut its power, many times, and show that nothing is lost."""
    with contextlib.redirect_stdout(sys.stderr):
        environment.set_up()
    return measuring.reliability(kills=arguments.kills, images=arguments.images)


def package(arguments: argparse.Namespace) -> int:
    """Make the program's folder in dist/ from a runtime-only environment, then run its self-check."""
    environment.ensure_system_libraries()
    return bundle.package()


def lock(arguments: argparse.Namespace) -> int:
    """Remake the lock files after pyproject.toml changed; --upgrade takes the newest versions that fit."""
    locks.remake(upgrade=arguments.upgrade)
    return 0


def messages(arguments: argparse.Namespace) -> int:
    """Write the template of all sentences for translators."""
    environment.set_up()
    return words.extract()


COMMANDS = {
    command.__name__: command
    for command in (setup, run, test, check, bench, reliability, package, lock, messages)
}


def parser() -> argparse.ArgumentParser:
    """What may stand on the command line."""
    described = argparse.ArgumentParser(prog="build/dev.py", description=__doc__)
    commands = described.add_subparsers(dest="command", required=True, metavar="COMMAND")
    parts = {
        name: commands.add_parser(name, help=command.__doc__, description=command.__doc__)
        for name, command in COMMANDS.items()
    }
    parts["run"].add_argument("--fresh", action="store_true", help="start from a new copy of the sample")
    parts["test"].add_argument(
        "tests", nargs="*", metavar="PATH", help="only these tests, without the other checks"
    )
    parts["test"].add_argument("--coverage", action="store_true", help="show what the tests reached")
    parts["bench"].add_argument("benches", nargs="*", metavar="NAME", help="only these benches")
    parts["reliability"].add_argument("--kills", type=int, default=1000)
    parts["reliability"].add_argument("--images", type=int, default=3000)
    parts["lock"].add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    return described


def main() -> int:
    """Run the command named on the command line; the result is the exit code."""
    arguments = parser().parse_args()
    try:
        return COMMANDS[arguments.command](arguments)
    except environment.SetUpTrouble as trouble:
        print(trouble, file=sys.stderr, flush=True)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
