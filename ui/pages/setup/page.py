"""The Set-up page: its sections as a row of tabs, each made when it is first looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.text import mark, tr
from ui.bridge import Bridge
from ui.page import Page
from ui.pages.setup.calendars import CalendarSection
from ui.pages.setup.columns import ColumnSection
from ui.pages.setup.people import PeopleSection
from ui.pages.setup.portfolio import PortfolioSection
from ui.pages.setup.project import ProjectSection
from ui.pages.setup.section import SetupSection
from ui.sheet_edits import say_skipped
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_frame import PageFrame
from ui.widgets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Tab:
    """A section of the page; ``needs_project`` ones say so where there is none."""

    key: str
    title: str
    made: Callable[[Bridge], SetupSection]
    needs_project: bool = False


TABS: tuple[Tab, ...] = (
    Tab("project", mark("Project"), ProjectSection, True),
    Tab("calendars", mark("Calendars"), CalendarSection),
    Tab("people", mark("People"), PeopleSection),
    Tab("columns", mark("Custom columns"), ColumnSection),
    Tab("portfolio", mark("Portfolio"), PortfolioSection),
)


class SetupPage(Page):
    """Our rules: what dates, people and columns are counted by."""

    key = "setup"
    title = mark("Set-up")
    icon = "sliders-horizontal"
    about_project = True

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(bridge, parent)
        self.frame = PageFrame(tr(self.title))
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(tr("Sections of the set-up"))
        self.sections: dict[str, SetupSection] = {}
        self._stack = QStackedWidget()
        self._nothing = EmptyState(
            tr("There is no project yet. Its dates, calendar and rules will stand here."),
            (tr("Go to the portfolio"), lambda: self.travel_wanted.emit("portfolio", "", "")),
            title=tr("No project"),
            drawing="sliders-horizontal",
        )
        self._stack.addWidget(self._nothing)
        for tab in TABS:
            self.tabs.addTab(tr(tab.title))
        self.frame.add_tabs(self.tabs)
        self.frame.set_content(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.frame)
        self.tabs.currentChanged.connect(lambda _place: self.refresh())
        self.setFocusProxy(self.tabs)

    def section(self, key: str) -> SetupSection:
        """A section by its key, made now where nobody looked at it before."""
        if key not in self.sections:
            tab = next(tab for tab in TABS if tab.key == key)
            made = tab.made(self.bridge)
            made.answered.connect(self._show_answer)
            for sheet in made.findChildren(Sheet):
                sheet.cells_skipped.connect(lambda count: say_skipped(self.bridge, count))
            self.sections[key] = made
            self._stack.addWidget(made)
        return self.sections[key]

    def show_section(self, key: str) -> None:
        """Turn to a section."""
        self.tabs.setCurrentIndex([tab.key for tab in TABS].index(key))

    def refresh(self) -> None:
        tab = TABS[self.tabs.currentIndex()]
        section = self.section(tab.key)
        if self.project is not None and self.project not in self.bridge.document.projects:
            self.project = None
        section.project = self.project
        if tab.needs_project and self.project is None:
            self._stack.setCurrentWidget(self._nothing)
            self.frame.show_answer(tr(self.title), "")
            return
        section.refresh()
        self._stack.setCurrentWidget(section)
        self._show_answer()

    def show_record(self, record: str) -> None:
        for tab in TABS:
            section = self.section(tab.key)
            section.project = self.project
            if section.show_record(record):
                self.show_section(tab.key)
                return

    def _show_answer(self) -> None:
        self.frame.show_answer(tr(self.title), self.section(TABS[self.tabs.currentIndex()].key).answer())
