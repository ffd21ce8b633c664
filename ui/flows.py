"""What the window does with files, step by step: make, open, sample, import, export, copy, restore.

Every flow says its trouble in one sentence with the way out, and leaves the window as it was when
it cannot go through. Dialogs and foreign formats are imported when they are wanted: not at the start.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app import workspace as door
from app.domain.document import EMPTY, Document
from app.domain.errors import FileTrouble, Refusal, TroubleKind
from app.domain.values import ProjectId
from app.jobs import Cancelled, JobFailed, Progress
from app.settings import data_folder
from app.text import tr
from ui import opening
from ui.dialogs import asked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from app.domain.plan_import import PlanImport
    from app.workspace import Workspace
    from ui.bridge import Bridge
    from ui.shell import Shell


class Flows:
    """The file flows of one window."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell

    @property
    def _folder(self) -> Path:
        return opening.folder_of(self._shell.settings)

    def make(self) -> None:
        """Ask where a new portfolio shall be, make it, show it, and ask for its first project."""
        if self._made(tr("Portfolio")):
            self.new_project()

    def open(self) -> None:
        """Ask for a portfolio and show it."""
        if (path := opening.asked_file(self._shell, self._folder)) is not None:
            self.open_path(path)

    def sample(self) -> None:
        """Show the user's copy of the sample portfolio."""
        place = opening.sample_place(data_folder())
        title = "" if place.exists() else tr("Making the sample portfolio, which takes a few seconds")
        self._show(lambda: opening.sample(place, self._shell.settings), place, title)

    def open_path(self, path: Path) -> bool:
        """Show a portfolio; a damaged one offers its ways out."""
        return self._show(lambda: opening.opened(path, self._shell.settings), path)

    def import_plan(self, path: Path | None = None) -> None:
        """Read a plan, show what it would bring with the fidelity report, and take it in if wanted.

        While no portfolio is open, one is made for the plan: the user says where.
        """
        path = path or opening.asked_plan(self._shell, self._folder)
        if path is None:
            return
        if self._shell.bridge is None:
            where = tr("Where shall the portfolio for {name} be kept?", name=path.name)
            if self._read(path, EMPTY) is None or not self._made(opening.plan_name(path), where):
                return
        bridge = self._shell.bridge
        plan = None if bridge is None else self._read(path, bridge.document)
        if bridge is not None and plan is not None and plan.already_in:
            # The same file again brings its project up to date, unless the preview is told otherwise.
            plan = self._read(path, bridge.document, plan.already_in)
        while bridge is not None and plan is not None:
            plan = self._previewed(bridge, plan, path)

    def _previewed(self, bridge: Bridge, plan: PlanImport, path: Path) -> PlanImport | None:
        """Show what a plan brings and take it in if wanted; the plan anew where it shall go elsewhere."""
        from ui.dialogs.import_plan import ImportPreview, drafted

        draft = bridge.apart(tr("Comparing dates"), partial(drafted, bridge, plan))
        preview = ImportPreview(bridge, plan, self._shell, draft)
        result = asked(preview)
        if result == ImportPreview.ELSEWHERE:
            return self._read(path, bridge.document, preview.into)
        if result == ImportPreview.DialogCode.Accepted:
            self._shell.go_to("plan", plan.project)
        return None

    def export(self, project: ProjectId | None) -> None:
        """Ask where the project shall be written, and write it."""
        bridge = self._shell.bridge
        chosen = bridge.document.projects.get(project) if bridge else None
        if bridge is None or chosen is None:
            self._shell.notices.toast(tr("There is no project to export yet."), None, "watch")
            return
        from app.exchange import exporting

        target = opening.asked_target(self._shell, self._folder / f"{chosen.code}.xml")
        if target is not None:
            document = bridge.document
            behind: list[str] = []

            def write(progress: Progress) -> tuple[str, ...]:
                before = partial(progress.reaches, 0.9)
                return exporting.write(document, chosen.id, target, before_replacing=before)

            title = tr("Writing {name}", name=target.name)
            done = tr("Wrote {name}.", name=target.name)
            work = self._shell.work
            written = opening.say_trouble(
                bridge, lambda: behind.extend(work.in_leavable_thread(title, write)), ""
            )
            if written and behind:
                self._shell.notices.bar(" ".join([done, *behind]), None, "watch")
            elif written:
                self._shell.notices.toast(done)

    def save_copy(self) -> None:
        """Ask where a copy shall be, and make it; this window stays with its own file."""
        bridge = self._shell.bridge
        if bridge is None:
            return
        stem = tr("{name} copy", name=bridge.workspace.path.stem)
        place = opening.asked_place(self._shell, tr("Save a copy"), opening.with_ending(self._folder / stem))
        if place is not None:
            done = tr("A copy is at {place}.", place=place)
            copy = partial(bridge.workspace.save_copy, place)
            opening.say_trouble(bridge, lambda: bridge.apart(tr("Saving a copy"), copy), done)

    def backups(self) -> None:
        """List the backups, make one now, or put one in the file's place."""
        bridge = self._shell.bridge
        if bridge is None:
            return
        from ui.dialogs.backups import BackupChoice

        path = bridge.workspace.path
        dialog = BackupChoice(bridge, self._shell)
        if asked(dialog) == BackupChoice.DialogCode.Accepted and dialog.chosen is not None:
            self._shell.close_file()
            self._restore(path, dialog.chosen)

    def new_project(self, typed: Mapping[str, str] | None = None) -> None:
        """Ask for a project, make it and show its plan; ``typed`` fills fields in by their labels."""
        bridge = self._shell.bridge
        if bridge is None:
            return
        from ui.dialogs.new_project import NewProject

        dialog = NewProject(bridge, self._shell)
        dialog.fill(typed or {})
        if asked(dialog) == NewProject.DialogCode.Accepted and dialog.made is not None:
            self._shell.go_to("plan", dialog.made)

    def _read(self, path: Path, document: Document, code: str | None = None) -> PlanImport | None:
        """The plan in a file, for the project of a code; nothing once it was said why it cannot be read."""
        from app.exchange import importing

        title = tr("Reading {name}", name=path.name)
        needed = importing.needed(document, code)
        try:
            return self._shell.work.in_process(
                title,
                importing.read_patiently,
                path,
                needed,
                importing.PLAN,
                code,
                limits=importing.LIMITS,
            )
        except Cancelled:
            self._shell.notices.toast(tr("Nothing was imported."))
        except JobFailed as failure:
            sentence = tr("{name} could not be read. {reason}", name=path.name, reason=failure.sentence)
            self._shell.notices.bar(sentence, None, "bad")
        except (FileTrouble, Refusal) as trouble:
            self._shell.notices.bar(trouble.sentence, None, "bad")
        return None

    def _made(self, stem: str, question: str = "") -> bool:
        """Ask where a new portfolio shall be and show it; whether there is one now."""
        proposed = self._folder / f"{stem}{opening.ENDING}"
        place = opening.asked_new_place(self._shell, proposed, question or tr("New portfolio"))
        return place is not None and self._show(lambda: opening.made(place, self._shell.settings), place)

    def _show(self, way: Callable[[], Workspace], path: Path, title: str = "") -> bool:
        title = title or tr("Opening {name}", name=path.stem)
        try:
            with self._shell.showing_work(title):
                workspace = self._shell.work.in_thread(title, way)
        except FileTrouble as trouble:
            self._say(trouble, path)
            return False
        self._shell.close_file()
        self._shell.show_workspace(workspace)
        return True

    def _say(self, trouble: FileTrouble, path: Path) -> None:
        act = None
        if trouble.kind is TroubleKind.DAMAGED:
            act = (tr("Ways out…"), lambda: self.mend(path))
        elif trouble.kind is TroubleKind.MISSING:
            self._shell.settings.forget_file(path)
            self._shell.show_welcome()
        self._shell.notices.bar(trouble.sentence, act, "bad")

    def mend(self, path: Path) -> None:
        """For a damaged file: restore the newest good backup, or salvage what can be read."""
        from ui.dialogs.damage import DamageChoice

        dialog = DamageChoice(path, self._shell.settings, self._shell, self._shell.work.in_thread)
        if asked(dialog) != DamageChoice.DialogCode.Accepted:
            return
        if dialog.backup is not None or dialog.salvaged is not None:
            self._shell.close_file()
        if dialog.backup is not None:
            self._restore(path, dialog.backup)
        elif dialog.salvaged is not None:
            self.open_path(dialog.salvaged)

    def _restore(self, path: Path, backup: Path) -> None:
        restore = partial(door.restore, path, backup, owner=opening.owner(self._shell.settings))
        try:
            kept = self._shell.work.in_thread(tr("Restoring {name}", name=path.stem), restore)
        except FileTrouble as trouble:
            if path.exists():  # the file is as it was: it is shown again
                self.open_path(path)
            self._shell.notices.bar(trouble.sentence, None, "bad")
            return
        if self.open_path(path):
            self._shell.notices.toast(tr("Restored. The file as it was is kept at {place}.", place=kept))
