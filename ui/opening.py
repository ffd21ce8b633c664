"""The ways in and out of a portfolio: open, make, sample, copy, and what a drop may mean."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.domain.errors import FileTrouble, TroubleKind
from app.jobs import Cancelled
from app.settings import Settings
from app.text import mark, tr
from app.workspace import Who, Workspace
from ui.bridge import Bridge, Tone

ENDING = ".pmpf"
PLAN_ENDINGS = (".xml",)
FORMS = {
    ".xml": mark("Microsoft Project XML"),
    ".xlsx": mark("Excel workbook"),
    ".csv": mark("Comma-separated values"),
    ".json": mark("JSON"),
}
"""What can be imported and written, by ending; a test holds these against the formats themselves."""


def owner(settings: Settings) -> Who:
    """The person at the keyboard, by the name the settings give them."""
    return Who.here(settings.display_name or None)


def opened(path: Path, settings: Settings) -> Workspace:
    """Open a file for changing, or for reading where somebody else holds it.

    Raises:
        FileTrouble: it cannot be opened either way.
    """
    try:
        return Workspace.open(path, owner=owner(settings), backups=settings.backups)
    except FileTrouble as trouble:
        if trouble.kind is not TroubleKind.HELD:
            raise
        return Workspace.open(path, owner=owner(settings), read_only=True)


def made(path: Path, settings: Settings) -> Workspace:
    """Make an empty portfolio; its ending is added where it is missing.

    Raises:
        FileTrouble: the place is taken or cannot be written.
    """
    return Workspace.create(with_ending(path), owner=owner(settings), backups=settings.backups)


def sample_place(folder: Path) -> Path:
    """Where the user's own copy of the sample portfolio lies, or will lie."""
    # In every language the same file: another language finds the sample that was made before.
    return folder / f"Sample portfolio{ENDING}"


def sample(place: Path, settings: Settings) -> Workspace:
    """The user's own copy of the sample portfolio: made at the first look, found again later.

    One that could not be made whole is taken away again, so that the next look makes it anew.

    Raises:
        FileTrouble: it cannot be made or opened.
    """
    if place.exists():
        return opened(place, settings)
    from app.operations.samples import create_sample

    place.parent.mkdir(parents=True, exist_ok=True)
    workspace = Workspace.create(place, owner=owner(settings), backups=settings.backups)
    try:
        workspace.run(create_sample())
    except BaseException:
        workspace.close()
        place.unlink(missing_ok=True)
        raise
    return workspace


def asked_file(parent: QWidget, folder: Path) -> Path | None:
    """The portfolio the user picks, or none."""
    name, _kind = QFileDialog.getOpenFileName(
        parent, tr("Open a portfolio"), str(folder), tr("Portfolios (*{ending})", ending=ENDING)
    )
    return Path(name) if name else None


def with_ending(path: Path, ending: str = ENDING) -> Path:
    """The path as a portfolio, or another kind of file, is called: the ending added where it is missing."""
    return path if path.suffix.lower() == ending else path.with_name(path.name + ending)


def folder_of(settings: Settings) -> Path:
    """Where file dialogs start: beside the open or the last portfolio, else at home."""
    recent = settings.recent_files
    folder = Path(recent[0]).parent if recent else Path.home()
    return folder if folder.is_dir() else Path.home()


def plan_name(path: Path) -> str:
    """What a portfolio made for a plan is called: as its file, without ``.xml`` or ``.mspdi.xml``."""
    return path.stem.removesuffix(".mspdi") or path.stem


def asked_new_place(parent: QWidget, proposed: Path, title: str) -> Path | None:
    """Where the user wants a new portfolio, or nowhere; a portfolio never takes another file's place."""
    while (place := asked_place(parent, title, proposed, replaces=False)) is not None:
        if not place.exists():
            return place
        sentence = tr("{name} exists already. Choose another name, or open it instead.", name=place.name)
        QMessageBox.information(parent, title, sentence)
        proposed = place
    return None


def asked_place(parent: QWidget, title: str, proposed: Path, *, replaces: bool = True) -> Path | None:
    """Where the user wants a portfolio file, or nowhere; with ``replaces`` Qt asks before it replaces one."""
    kind = tr("Portfolios (*{ending})", ending=ENDING)
    if replaces:
        name, _kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kind)
    else:
        without = QFileDialog.Option.DontConfirmOverwrite
        name, _kind = QFileDialog.getSaveFileName(parent, title, str(proposed), kind, options=without)
    if not name:
        return None
    place = with_ending(Path(name))
    return place if not replaces or _may_be(parent, title, Path(name), place) else None


def asked_export(parent: QWidget, title: str, proposed: Path, ending: str) -> Path | None:
    """Where the user wants a file of one kind, or nowhere; another file is replaced only after a question."""
    name, _kind = QFileDialog.getSaveFileName(parent, title, str(proposed), f"*{ending}")
    if not name:
        return None
    place = with_ending(Path(name), ending)
    return place if _may_be(parent, title, Path(name), place) else None


def _may_be(parent: QWidget, title: str, typed: Path, place: Path) -> bool:
    """Whether a file may be written there: Qt asked about the name as typed, not about the completed one."""
    if place == typed or not place.exists():
        return True
    question = tr("{name} exists already. Replace it?", name=place.name)
    return QMessageBox.question(parent, title, question) is QMessageBox.StandardButton.Yes


def asked_plan(parent: QWidget, folder: Path) -> Path | None:
    """The plan the user wants to import, or none."""
    endings = " ".join(f"*{ending}" for ending in PLAN_ENDINGS)
    name, _kind = QFileDialog.getOpenFileName(
        parent, tr("Import a plan"), str(folder), tr("Plans ({endings})", endings=endings)
    )
    return Path(name) if name else None


def asked_target(parent: QWidget, place: Path) -> Path | None:
    """Where the user wants a project written, or nowhere; the ending chooses the form."""
    kinds = ";;".join(f"{tr(name)} (*{ending})" for ending, name in FORMS.items())
    title = tr("Export the project")
    name, kind = QFileDialog.getSaveFileName(parent, title, str(place), kinds)
    if not name:
        return None
    typed = Path(name)
    if typed.suffix.lower() in FORMS:
        return typed
    target = typed.with_name(typed.name + kind.rpartition("*")[2].rstrip(")"))
    return target if _may_be(parent, title, typed, target) else None


def say_trouble(bridge: Bridge, work: Callable[[], object], done: str) -> bool:
    """Do something with files; say what went wrong or, where given, what was done. Whether it went well."""
    try:
        work()
    except Cancelled:
        bridge.noticed.emit(Tone.DONE, tr("Nothing was written."), False)
        return False
    except FileTrouble as trouble:
        bridge.noticed.emit(Tone.TROUBLE, trouble.sentence, False)
        return False
    if done:
        bridge.noticed.emit(Tone.DONE, done, False)
    return True


def dropped_files(dropped: QMimeData) -> list[Path]:
    """The files in a drop that this program can do something with."""
    known = {ENDING, *PLAN_ENDINGS, ".mpp"}
    files = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    return [file for file in files if file.suffix.lower() in known]


def drop_sentence(file: Path, has_portfolio: bool) -> str:
    """What letting go of a file over the window will do."""
    if file.suffix.lower() == ENDING:
        return tr("Open {name}", name=file.name)
    if not has_portfolio:
        return tr("Make a portfolio for {name}; you will see what it brings first", name=file.name)
    return tr("Import {name}: you will see what it brings before anything changes", name=file.name)


def short_folder(folder: Path, most: int = 0) -> str:
    """A folder with ``~`` for the user's own and, beyond ``most`` letters, only its last part."""
    home = Path.home()
    text = str(Path("~") / folder.relative_to(home)) if folder.is_relative_to(home) else str(folder)
    return text if not most or len(text) <= most else os.path.join("…", folder.name)


def short_place(path: Path) -> str:
    """A file for the status strip: its name and, shortened, the folder it lies in."""
    return tr("{file} in {folder}", file=path.name, folder=short_folder(path.parent, 40))
