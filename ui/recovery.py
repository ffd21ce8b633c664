"""What outlives a crash: that there was one, what file was open, and text that had not been taken yet.

Every change that was committed is in the portfolio; here lies only the rest. While the program runs,
a small file in the user's recovery folder says which portfolio is open and, looked for every two
seconds, what is being typed. It goes when the program ends in order. One that is found at a start was
left behind by a crash: the window then says what was kept and offers the text back.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QPlainTextEdit, QWidget

from app.text import tr
from ui.pages.setup.form import NotesField
from ui.places import PLACES
from ui.widgets.command_palette import CommandPalette
from ui.widgets.inspector import InspectorField, InspectorText
from ui.widgets.search_line import SearchLine
from ui.widgets.sheet import Sheet
from ui.widgets.sheet_editor import CellEditor

if TYPE_CHECKING:
    from ui.page import Page
    from ui.shell import Shell

EVERY_MS = 2000
_LOOKED_FOR = (CommandPalette, SearchLine, QFileDialog)
"""Where text is typed to find something: nobody misses it."""


@dataclass(frozen=True, slots=True)
class UnsentText:
    """Text in a field, not yet taken: where it stood (``page`` or the dialog's class) and what it says.

    ``record`` and ``column`` say which cell of a sheet it was typed in; ``field`` is the field's name.
    """

    text: str
    field: str
    page: str
    project: str = ""
    record: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One run of the program that did not end in order."""

    place: Path
    file: Path | None
    texts: tuple[UnsentText, ...]

    def forget(self) -> None:
        """Take it away: everything in it is back in place, or not wanted."""
        self.place.unlink(missing_ok=True)


def unsent_texts(shell: Shell) -> tuple[UnsentText, ...]:
    """What is being typed anywhere in the program."""
    found: list[UnsentText] = []
    page = shell.page
    for window in QApplication.topLevelWidgets():
        if not window.isVisible() or isinstance(window, QFileDialog):
            continue
        where = type(window).__name__ if isinstance(window, QDialog) else page.key if page else ""
        for field in _fields(window):
            text = _typed(field)
            if text is None:
                continue
            record, column = page.detailed() if page is not None and where == page.key else "", ""
            if isinstance(field, CellEditor) and (cell := _cell_of(field)) is not None:
                record, column = cell
            project = (page.project or "") if page is not None and where == page.key else ""
            found.append(UnsentText(text, _name(field), where, project, record, column))
    return tuple(found)


def left_behind(folder: Path) -> tuple[Sitting, ...]:
    """The runs that did not end in order, the latest last; what cannot be read is taken away."""
    found: list[tuple[float, Sitting]] = []
    for place in folder.glob("sitting-*.json"):
        try:
            told = json.loads(place.read_text(encoding="utf-8"))
            texts = tuple(UnsentText(**each) for each in told["texts"])
            file = Path(told["file"]) if told["file"] else None
            found.append((place.stat().st_mtime, Sitting(place, file, texts)))
        except (OSError, ValueError, KeyError, TypeError):
            with contextlib.suppress(OSError):
                place.unlink()
    return tuple(sitting for _, sitting in sorted(found, key=lambda pair: pair[0]))


class Recovery(QObject):
    """Keeps note of one window's sitting. ``begin`` at the start, ``greet`` once the first file is open."""

    def __init__(self, shell: Shell, folder: Path) -> None:
        super().__init__(shell)
        self._shell = shell
        self._folder = folder
        self._place = folder / f"sitting-{uuid4()}.json"
        self._written = ""
        self._left: tuple[Sitting, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.keep)

    def begin(self) -> None:
        """Look for what an earlier run left behind, and keep note of this one from now on."""
        self._left = left_behind(self._folder)
        self.keep()
        self._timer.start()

    def end(self) -> None:
        """End in order: nothing is left to say."""
        self._timer.stop()
        self._place.unlink(missing_ok=True)

    def keep(self) -> None:
        """Note the open file and the text being typed, where that is not what was noted last."""
        bridge = self._shell.bridge
        file = "" if bridge is None or bridge.is_read_only else str(bridge.workspace.path)
        told = {"file": file, "texts": [asdict(text) for text in unsent_texts(self._shell)]}
        content = json.dumps(told, ensure_ascii=False)
        if content == self._written:
            return
        draft = self._place.with_suffix(".new")
        with contextlib.suppress(OSError):  # nothing is worse off than without it
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file_:
                file_.write(content.encode("utf-8"))
            os.replace(draft, self._place)
            self._written = content

    def greet(self) -> None:
        """Say what was kept of a run that did not end in order, and offer its unsent text."""
        for sitting in self._left:
            if sitting.file is not None:
                self._say_kept(sitting.file)
            if sitting.texts:
                self._offer(sitting)
            else:
                sitting.forget()
        self._left = ()

    def _say_kept(self, file: Path) -> None:
        bridge = self._shell.bridge
        if bridge is None or bridge.workspace.path != file:
            act = (tr("Open {name}", name=file.stem), lambda: self._shell.open_file(file))
            sentence = tr(
                "The program stopped without being closed. All changes made in {name} until then are saved.",
                name=file.stem,
            )
            self._shell.notices.bar(sentence, act if file.exists() else None, "watch")
            return
        newest = bridge.workspace.history(1)
        last = newest[0].label.text if newest else ""
        sentence = tr(
            "The program stopped without being closed. All changes made in {name} until then are saved; "
            "the last was “{last}”.",
            name=file.stem,
            last=last,
        )
        self._shell.notices.bar(sentence, None, "watch")

    def _offer(self, sitting: Sitting) -> None:
        from ui.dialogs import asked
        from ui.dialogs.unsent import UnsentChoice

        def show() -> None:
            dialog = UnsentChoice(sitting.texts, self._shell)
            if asked(dialog) != UnsentChoice.DialogCode.Accepted:
                return
            if dialog.chosen is not None:
                self.put_back(sitting, dialog.chosen)
            sitting.forget()

        sentence = tr("Text that you were typing when the program stopped was kept.")
        self._shell.notices.bar(sentence, (tr("Show it…"), show), "watch")

    def put_back(self, sitting: Sitting, text: UnsentText) -> None:
        """Put text where it stood, not yet taken; where that is gone, on the clipboard."""
        if sitting.file is not None and not self._shell.open_file(sitting.file):
            self._copy(text)
            return
        if text.page == "NewProject":
            typed = {each.field: each.text for each in sitting.texts if each.page == text.page}
            self._shell.flows.new_project(typed)
            return
        if text.page not in (place.key for place in PLACES):
            self._copy(text)
            return
        is_there = text.record in self._shell.bridge.document.tasks if self._shell.bridge else False
        self._shell.go_to(text.page, text.project, text.record if is_there else "")
        page = self._shell.page
        if page is not None and is_there and not text.column:
            page.show_details(text.record)
        if page is None or not (_into_cell(page, text) or _into_field(page, text)):
            self._copy(text)

    def _copy(self, text: UnsentText) -> None:
        QGuiApplication.clipboard().setText(text.text)
        self._shell.notices.toast(tr("The text is on the clipboard: paste it where it belongs."))


def _fields(window: QWidget) -> Iterator[QLineEdit | QPlainTextEdit]:
    fields: list[QLineEdit | QPlainTextEdit] = [
        *window.findChildren(QLineEdit),
        *window.findChildren(QPlainTextEdit),
    ]
    for field in fields:
        if not field.isVisible() or field.isReadOnly() or field.window() is not window:
            continue
        above: QWidget | None = field
        while above is not None and not isinstance(above, _LOOKED_FOR):
            above = above.parentWidget()
        if above is None:
            yield field


def _typed(field: QLineEdit | QPlainTextEdit) -> str | None:
    """The text in a field that is not what it was opened with; ``None`` where nothing was typed."""
    text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
    if isinstance(field, CellEditor):
        return text if text != field.original else None
    if isinstance(field, InspectorField | InspectorText):
        return text if text != field.line.value else None
    if isinstance(field, NotesField):
        return text if field.is_typing else None
    is_changed = field.isModified() if isinstance(field, QLineEdit) else field.document().isModified()
    return text if is_changed and text else None


def _name(field: QWidget) -> str:
    """What a screen reader calls a field."""
    return QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Name)


def _cell_of(editor: CellEditor) -> tuple[str, str] | None:
    above = editor.parentWidget()
    while above is not None and not isinstance(above, Sheet):
        above = above.parentWidget()
    return None if above is None else above.edited_cell()


def _into_cell(page: Page, text: UnsentText) -> bool:
    if not text.column:
        return False
    return any(
        sheet.isVisible() and sheet.type_into(text.record, text.column, text.text)
        for sheet in page.findChildren(Sheet)
    )


def _into_field(page: Page, text: UnsentText) -> bool:
    if text.column:
        return False
    for field in _fields(page.window()):
        if _name(field) == text.field and not isinstance(field, CellEditor):
            field.setText(text.text) if isinstance(field, QLineEdit) else field.setPlainText(text.text)
            field.setFocus()
            return True
    return False
