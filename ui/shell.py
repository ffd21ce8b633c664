"""The window: navigation rail, page, status strip; it opens portfolios and knows no page's business."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app import __version__
from app.domain.changes import ChangeSet
from app.domain.values import ProjectId
from app.settings import Settings
from app.text import tr
from app.views.formats import date_text, time_text
from app.views.switcher import project_choices
from app.workspace import Workspace
from ui import finding, opening
from ui.actions import Actions, escaped
from ui.bridge import Bridge, Tone
from ui.dialogs import asked
from ui.dialogs.manual import Manual
from ui.dialogs.preferences import Preferences
from ui.editing import Editing
from ui.flows import Flows
from ui.menus import fill_menus
from ui.notices import Notices
from ui.page import Page
from ui.places import PLACES, Place
from ui.recent import RECENT, recent_actions
from ui.theme import Density, Scheme, current
from ui.watch import Watch
from ui.welcome import DropVeil, Welcome
from ui.widgets.command_palette import CommandPalette
from ui.widgets.rail import Rail, RailItem, Switcher
from ui.widgets.status_strip import StatusStrip
from ui.window_actions import WINDOW_ACTIONS
from ui.window_parts import go_to_part
from ui.work import Work

_NEEDS_FILE = ("export", "saved", "backups", "close", "project_new")


class Shell(QMainWindow):
    """One window on at most one portfolio. ``open_file`` and ``close_file`` change which."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.bridge: Bridge | None = None
        self.pages: dict[str, Page] = {}
        self._project: ProjectId | None = None
        self._recent = QObject(self)
        self.setAcceptDrops(True)
        self.setMinimumSize(900, 560)
        self.notices = Notices(self)
        self.palette_box = CommandPalette(self)
        self.actions_ = Actions(self, WINDOW_ACTIONS)
        self.flows = Flows(self)
        self._build()
        self.work = Work(self._strip, self)
        self.work.ended.connect(self.on_work_ended, Qt.ConnectionType.QueuedConnection)
        self._waiting: list[Path] = []
        self._is_leaving = False
        self.watch = Watch(self)
        self._connect()
        self.editing = Editing(self)
        self._veil = DropVeil(self)
        self._restore_geometry()
        self.show_welcome()

    @property
    def page(self) -> Page | None:
        """The page in sight."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def open_file(self, path: Path) -> bool:
        """Open a portfolio in this window; trouble is said and offers its way out."""
        if self.bridge is not None and self.bridge.workspace.path == path.resolve():
            self.raise_()
            return True
        return self.flows.open_path(path)

    def show_workspace(self, workspace: Workspace) -> None:
        """Show an open portfolio; the window closes it when it is done with it."""
        self.bridge = Bridge(workspace, self.settings, self, self.work.in_thread)
        self.bridge.troubled.connect(self.watch.on_troubled)
        self.bridge.noticed.connect(self.on_noticed)
        self.bridge.changed.connect(self.on_changed)
        if str(workspace.path) != ":memory:":
            self.settings.remember_file(workspace.path)
        self._rail.setVisible(True)
        self._strip.setVisible(True)
        self._strip.show_file(opening.short_place(workspace.path), str(workspace.path))
        self.watch.begin()
        self._list_projects()
        wanted = self.settings.last_page if len(self.bridge.document.projects) else ""
        self.go_to(wanted if any(place.key == wanted for place in PLACES) else PLACES[0].key)
        self._refresh_state()

    def close_file(self) -> None:
        """Let go of the portfolio and its pages."""
        self.watch.end()
        for page in self.pages.values():
            self._stack.removeWidget(page)
            page.setParent(None)
            page.deleteLater()
        self.pages = {}
        self._project = None
        self.notices.clear()
        if self.bridge is not None:
            self.bridge.close()
            self.bridge.deleteLater()
            self.bridge = None
        self.show_welcome()

    def show_welcome(self) -> None:
        """Show the first screen."""
        self._rail.setVisible(False)
        self._strip.setVisible(False)
        self._welcome.show_recent([Path(text) for text in self.settings.recent_files], self.settings.locale)
        self._stack.setCurrentWidget(self._welcome)
        self._fill_menus({})
        self._refresh_state()

    def go_to(self, key: str, project: str = "", record: str = "") -> None:
        """Go to a page, to a project there, and to a record of it."""
        if self.bridge is None:
            return
        if project:
            self.choose_project(ProjectId(project))
        page = self._page(key)
        self._stack.setCurrentWidget(page)
        self._rail.show_place(key)
        self.settings.last_page = key
        self._fill_menus(page.menus())
        if record:
            page.show_record(record)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self._refresh_state()

    @contextmanager
    def showing_work(self, title: str) -> Iterator[None]:
        """Say on the first screen, painted at once, what is going on until it is done."""
        self._welcome.show_work(title)
        if self._welcome.isVisible():
            self._welcome.repaint()
        try:
            yield
        finally:
            self._welcome.show_work("")

    def choose_project(self, project: ProjectId | None) -> None:
        """Have every page that is about one project be about this one."""
        self._project = project
        self._switcher.setCurrentIndex(self._switcher.findData(project))
        self.settings.last_project = project or ""
        for page in self.pages.values():
            if page.about_project:
                page.show_project(project)
        self._refresh_state()

    def project(self) -> ProjectId | None:
        """The project that pages about one project show; a template stands on no line of the switcher."""
        return self._project

    def _build(self) -> None:
        self._rail = Rail([RailItem(p.key, tr(p.title), p.icon, p.is_low) for p in PLACES])
        self._rail.set_narrow(self.settings.rail_collapsed)
        self._switcher = Switcher()
        self._switcher.setAccessibleName(tr("Project"))
        self._rail.set_switcher(self._switcher)
        self._stack = QStackedWidget()
        self._welcome = Welcome()
        self._stack.addWidget(self._welcome)
        bars = QVBoxLayout()
        self.notices.place_bars_in(bars)
        self._strip = StatusStrip()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(bars)
        right.addWidget(self._stack, 1)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(right, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row, 1)
        column.addWidget(self._strip)
        self.setCentralWidget(whole)

    def _fill_menus(self, page: Mapping[str, Sequence[QAction]]) -> None:
        shown = self.bridge.workspace.path if self.bridge else None
        recent = recent_actions(self._recent, self.settings, shown, self.open_file)
        for menu in fill_menus(self.menuBar(), self.actions_, {RECENT: recent, **page}):
            menu.aboutToShow.connect(self.editing.refresh)

    def _connect(self) -> None:
        self._rail.place_chosen.connect(self.go_to)
        self._rail.collapsed.connect(self.on_rail_collapsed)
        self._switcher.activated.connect(lambda _place: self.choose_project(self._switcher.currentData()))
        self._welcome.new_wanted.connect(self.flows.make)
        self._welcome.open_wanted.connect(self.flows.open)
        self._welcome.import_wanted.connect(lambda: self.flows.import_plan())
        self._welcome.sample_wanted.connect(self.flows.sample)
        self._welcome.file_chosen.connect(lambda text: self.open_file(Path(text)))
        calls: dict[str, Callable[[], object]] = {
            "new": self.flows.make,
            "open": self.flows.open,
            "sample": self.flows.sample,
            "import": self.flows.import_plan,
            "export": lambda: self.flows.export(self.project()),
            "saved": self.flows.save_copy,
            "backups": self.flows.backups,
            "preferences": self.on_preferences,
            "close": self.close_file,
            "quit": self.close,
            "undo": self.on_undo,
            "redo": self.on_redo,
            "palette": self.on_palette,
            "part_next": lambda: go_to_part(self, 1),
            "part_back": lambda: go_to_part(self, -1),
            "rail": lambda: self._rail.set_narrow(not self._rail.is_narrow),
            "dark": self.on_dark,
            "project_new": self.flows.new_project,
            "help": lambda: self.show_manual(self.page.key if self.page else "first_steps"),
            "keys": lambda: self.show_manual("keys"),
            "news": lambda: self.show_manual("whats_new"),
            "about": self.on_about,
        }
        self.actions_.connect(calls)

    def _page(self, key: str) -> Page:
        if key not in self.pages:
            assert self.bridge is not None
            place: Place = next(place for place in PLACES if place.key == key)
            page = place.made(self.bridge)
            page.travel_wanted.connect(self.go_to)
            page.selection_changed.connect(self.editing.refresh)
            if page.about_project:
                page.show_project(self.project())
            self.pages[key] = page
            self._stack.addWidget(page)
        return self.pages[key]

    def _list_projects(self) -> None:
        """Bring the switcher up to date and keep to the project in sight while it is there."""
        assert self.bridge is not None
        wanted = self._project or ProjectId(self.settings.last_project)
        shown = project_choices(self.bridge.document)
        self._switcher.blockSignals(True)
        self._switcher.clear()
        for project, words in shown:
            self._switcher.addItem(words, project)
        self._switcher.setEnabled(bool(shown))
        place = self._switcher.findData(wanted)
        is_there = wanted in self.bridge.document.projects
        self._switcher.setCurrentIndex(place if is_there else 0 if shown else -1)
        self._switcher.blockSignals(False)
        found = wanted if is_there else self._switcher.currentData()
        if found != self._project:
            self.choose_project(found)

    def _refresh_state(self) -> None:
        """Bring titles, menus and the status strip up to what is true now."""
        door = self.bridge.workspace if self.bridge else None
        self.actions_.enable(**dict.fromkeys(_NEEDS_FILE, door is not None))
        may_write = door is not None and not door.is_read_only
        self.actions_.enable(project_new=may_write)
        self.actions_["import"].setEnabled(door is None or may_write)
        undone = door.undo_entry if door else None
        undo_label = undone.label if undone and not undone.sealed else None
        for key, label in (("undo", undo_label), ("redo", door and door.redo_label)):
            undo = key == "undo"
            words = tr("&Undo") if undo else tr("&Redo")
            if label:
                what = escaped(label.text)
                words = tr("&Undo {label}", label=what) if undo else tr("&Redo {label}", label=what)
            self.actions_.name(key, words)
            # A step that undo does not take back leaves it enabled: it says then what does.
            self.actions_[key].setEnabled(may_write and bool(undone if key == "undo" else label))
        self.editing.refresh()
        self.actions_["dark"].setChecked(current().tokens.is_dark)
        self.actions_["rail"].setChecked(self._rail.is_narrow)
        if door is None:
            self.setWindowTitle("pm-portfolio")
            return
        self.setWindowTitle(f"{door.path.stem} — pm-portfolio")
        saved = door.saved_at
        when = time_text(saved.astimezone()) if saved else ""
        self._strip.show_saved(
            tr("Read only") if door.is_read_only else tr("All changes saved {time}", time=when).rstrip()
        )
        project = door.document.projects.get(self.project())
        status = project.status_date if project else None
        self._strip.show_status_date(
            tr("Status date {date}", date=date_text(status, self.settings.locale))
            if status is not None
            else ""
        )

    def _restore_geometry(self) -> None:
        room = self.screen().availableSize()
        self.resize(min(1366, room.width() - 32), min(768, room.height() - 48))
        if self.settings.window_geometry:
            self.restoreGeometry(QByteArray.fromBase64(self.settings.window_geometry.encode("ascii")))

    def on_changed(self, changes: ChangeSet) -> None:
        if "projects" in changes.tables:
            self._list_projects()
        self._refresh_state()

    def on_noticed(self, tone: Tone, sentence: str, offers_undo: bool) -> None:
        undo = (tr("Undo"), self.bridge.undo) if offers_undo and self.bridge else None
        if tone is Tone.TROUBLE:
            self.notices.bar(sentence, None, "bad")
        else:
            self.notices.toast(sentence, undo, "watch" if tone is Tone.REFUSED else "good")

    def on_rail_collapsed(self, narrow: bool) -> None:
        self.settings.rail_collapsed = narrow
        self.actions_["rail"].setChecked(narrow)

    def on_undo(self) -> None:
        if self.bridge is not None:
            self.bridge.undo()

    def on_redo(self) -> None:
        if self.bridge is not None:
            self.bridge.redo()

    def on_preferences(self) -> None:
        asked(Preferences(self.settings, self.on_preference_changed, self))

    def on_preference_changed(self, key: str) -> None:
        if key == "display_name" and self.bridge is not None:
            self.bridge.workspace.owner = opening.owner(self.settings)
        if key in ("theme", "density"):
            current().choose(Scheme(self.settings.theme), Density[self.settings.density.upper()])
        for page in self.pages.values():
            page.ask_again()
        self._refresh_state()

    def on_dark(self) -> None:
        self.settings.theme = "light" if current().tokens.is_dark else "dark"
        self.on_preference_changed("theme")

    def on_palette(self) -> None:
        self.editing.refresh()
        self.palette_box.open(
            finding.entries(self._actions_now(), self.bridge.document if self.bridge else None, self.go_to)
        )

    def _actions_now(self) -> list[QAction]:
        """The actions of the window and of the page in sight."""
        return [*self.actions_.made.values(), *finding.actions_of(self.page)]

    def show_manual(self, topic: str) -> None:
        """Open the manual at a topic; it does not block the window."""
        keys = finding.key_list(self._actions_now())
        manual = Manual(topic, keys, self)
        manual.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        manual.show()

    def on_about(self) -> None:
        QMessageBox.about(
            self,
            tr("About pm-portfolio"),
            tr("pm-portfolio {version}\n\nYour projects in one file, on this computer.", version=__version__),
        )

    def on_bug_reported(self, place: Path | None) -> None:
        """Say calmly that the program made a mistake and where, if anywhere, it wrote it down."""
        folder = "" if place is None else str(place.parent)
        show = (
            tr("Show the report"),
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)),
        )
        self.notices.bar(
            tr("Something went wrong in the program; your file is as it was. You can go on working."),
            show if folder else None,
            "bad",
            str(place or ""),
        )

    def take_files(self, files: list[Path]) -> None:
        """Open or import each file given to the window, in turn, when no long work is going on."""
        if self.work.is_busy:
            self._waiting += files
            return
        for file in files:
            if file.suffix.lower() == opening.ENDING:
                self.open_file(file)
            else:
                self.flows.import_plan(file)

    def on_work_ended(self) -> None:
        """Close, or take the files, that waited for long work to end; more work is waited for as well."""
        if self.work.is_busy:
            return
        if self._is_leaving:
            self._is_leaving = False
            self.close()
            return
        files, self._waiting = self._waiting, []
        self.take_files(files)

    # Qt overrides

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files := opening.dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._veil.say(opening.drop_sentence(files[0], self.bridge is not None))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        files = opening.dropped_files(event.mimeData())
        event.acceptProposedAction()
        QTimer.singleShot(0, self, lambda: self.take_files(files))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.work.is_busy:  # it is left, or comes to its end; then the window closes
            self._is_leaving = True
            self.work.leave()
            event.ignore()
            return
        self.settings.window_geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self.close_file()
        super().closeEvent(event)
