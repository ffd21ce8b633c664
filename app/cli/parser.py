"""The words of the command line: every command with its arguments and help."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any, NoReturn

from app.cli import editing, files, plans
from app.cli.given import Usage, place, word
from app.text import tr

Command = Callable[[argparse.Namespace, Any], int]


class _Parser(argparse.ArgumentParser):
    """A parser that says in one sentence what is written wrongly, and which help shows it right."""

    def error(self, message: str) -> NoReturn:
        """End the parsing.

        Raises:
            Usage: always.
        """
        why = " ".join(message.split()).removesuffix(".")
        raise Usage(
            tr(
                "The command is not written right ({why}); “{help}” says how.",
                why=why,
                help=f"{self.prog} --help",
            )
        )


def parser_of() -> argparse.ArgumentParser:
    """The parser of the whole command line; a parsed command carries its function as ``command``.

    Parsing raises Usage for a command written wrongly, and SystemExit when help was asked for.
    """
    top = _Parser(
        prog="pm-portfolio-cli",
        description=tr("Plan, follow and report a portfolio of projects from the command line."),
    )
    top.add_argument("--as", dest="user", type=word, metavar="NAME", help=tr("the name the history records"))
    top.add_argument("--json", action="store_true", help=tr("answer in JSON"))
    commands = top.add_subparsers(title=tr("commands"), metavar=tr("COMMAND"), required=True)

    def command(
        name: str, function: Command, purpose: str, *, takes_user: bool = True
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=purpose, description=purpose)
        made.set_defaults(command=function)
        made.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help=tr("answer in JSON"))
        if takes_user:
            made.add_argument(
                "--as",
                dest="user",
                type=word,
                metavar="NAME",
                default=argparse.SUPPRESS,
                help=tr("the name the history records"),
            )
        return made

    def on_file(
        name: str, function: Command, purpose: str, *, takes_user: bool = True
    ) -> argparse.ArgumentParser:
        made = command(name, function, purpose, takes_user=takes_user)
        made.add_argument("file", type=place, metavar="FILE", help=tr("the portfolio file (.pmpf)"))
        return made

    made = on_file("new", files.new, tr("Make a new portfolio file."))
    made.add_argument("--sample", action="store_true", help=tr("fill it with the sample portfolio"))
    made.add_argument("--currency", default="EUR", metavar="C", help=tr("its currency, such as EUR"))
    on_file("show", files.show, tr("List the projects of a portfolio with their dates."))
    made = on_file("dump", files.dump, tr("Print everything decided, in a stable order."))
    made.add_argument("--ids", action="store_true", help=tr("with the internal ids"))
    made.add_argument("--history", action="store_true", help=tr("with the history"))
    made = on_file("check", files.check, tr("Examine a file without changing it."))
    made.add_argument("--full", action="store_true", help=tr("read every page of the file"))
    made = on_file("backup", files.backup, tr("Make a verified backup now, or list those there are."))
    made.add_argument("--list", action="store_true", help=tr("list the backups, the newest first"))
    made = on_file(
        "restore", files.restore, tr("Put a backup in the place of the file, keeping a copy of it.")
    )
    made.add_argument("backup", type=place, metavar="BACKUP", help=tr("the backup to restore"))
    made = on_file("salvage", files.salvage, tr("Write what can be read of a damaged file into a new one."))
    made.add_argument("target", type=place, metavar="TARGET", help=tr("the new portfolio file"))

    made = on_file(
        "import", plans.import_, tr("Import a plan and report every difference."), takes_user=False
    )
    made.add_argument("source", type=place, metavar="SOURCE", help=tr("the plan (.xml as Project saves it)"))
    made.add_argument(
        "--as",
        dest="kind",
        choices=("plan", "auto"),
        default="auto",
        help=tr("what the source is; auto looks into it"),
    )
    made.add_argument("--project", type=word, metavar="CODE", help=tr("the project it becomes or updates"))
    made.add_argument("--dry-run", action="store_true", help=tr("report only, change nothing"))
    made.add_argument(
        "--accept-vanished", action="store_true", help=tr("also delete what the source no longer has")
    )
    made.add_argument("--again", action="store_true", help=tr("import a source that was imported before"))
    made = on_file("schedule", plans.schedule, tr("Print the dates of one project or of all."))
    made.add_argument("--project", type=word, metavar="CODE")
    made = on_file("export", plans.export, tr("Write a project as .xml, .csv, .xlsx or .json."))
    made.add_argument(
        "target", type=place, metavar="TARGET", help=tr("the file to write; its ending tells how")
    )
    made.add_argument("--project", type=word, metavar="CODE")

    on_file("history", editing.history, tr("List what was changed, when and by whom."))
    on_file("undo", editing.undo, tr("Take back the last step, whoever made it."))
    on_file("redo", editing.redo, tr("Do the step again that was taken back last."))
    command("operations", editing.operations, tr("List every operation with its arguments."))
    made = on_file("do", editing.do, tr("Run one operation, or several as one step with @steps.json."))
    made.add_argument("operation", metavar="OPERATION", help=tr("its name, or @FILE.json with a list"))
    made.add_argument("arguments", nargs="*", metavar="ARG=VALUE")
    return top
