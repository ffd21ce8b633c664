"""The preview of an import: what comes in, which dates differ and why, what is not used; then the word."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain.document import Document
from app.domain.errors import FileTrouble, Refusal
from app.domain.plan_import import PlanImport
from app.domain.work import Task
from app.operations.imports import import_plan
from app.text import tr, trn
from app.views.fidelity import fidelity, headline
from app.views.plan_import import brings, not_used, problems
from app.views.switcher import project_choices
from app.views.tables import Ask, TableView
from ui.bridge import Bridge
from ui.theme import LARGE, MEDIUM, WIDE, Role, set_role
from ui.widgets.label import Label, OneLine
from ui.widgets.told_sheet import ToldSheet


def drafted(bridge: Bridge, plan: PlanImport) -> Document | None:
    """The portfolio as the plan would make it, its dates worked out and compared; ``None`` where refused.

    This is the long part of a preview; it may be done in any thread.
    """
    draft = bridge.what_if(import_plan(plan, again=True))
    if draft is not None and plan.project in draft.projects:
        headline(draft, plan.project)
        fidelity(draft, plan.project, Ask(locale=bridge.locale))
    return draft


class ImportPreview(QDialog):
    """Shows a plan that was read; *Import* takes it in as one step. Until then nothing has changed.

    It ends with ``ELSEWHERE`` when the plan is wanted in another project than it was read for:
    ``into`` is then that project's code, or ``None`` for a new one, and the plan is to be read again.
    """

    ELSEWHERE = 2

    def __init__(
        self, bridge: Bridge, plan: PlanImport, parent: QWidget | None = None, draft: Document | None = None
    ) -> None:
        super().__init__(parent)
        self._draft = drafted(bridge, plan) if draft is None else draft
        self._bridge = bridge
        self._plan = plan
        self.setWindowTitle(tr("Import {name}", name=plan.source.name))
        self.resize(1270, 640)
        tasks = sum(1 for record in plan.records if isinstance(record, Task))
        title = OneLine(plan.source.title or plan.source.name)
        set_role(title, Role.TITLE)
        self._answer = Label()
        self._answer.setWordWrap(True)
        self._answer.setProperty("tone", "secondary")
        self._tabs = QTabWidget()
        self._accept_vanished = QCheckBox(
            trn(
                "Also delete {count} record that the source no longer has",
                "Also delete {count} records that the source no longer has",
                len(plan.vanished),
            )
        )
        self._accept_vanished.setVisible(bool(plan.vanished))
        self.into: str | None = plan.project_code if plan.is_update else None
        self._into = self._choice()
        self._why = Label()
        self._why.setWordWrap(True)
        self._why.setProperty("tone", "bad")
        self._why.hide()
        buttons = QDialogButtonBox()
        words = (
            tr("Bring {code} up to date", code=plan.project_code)
            if plan.is_update
            else trn("Import {count} task", "Import {count} tasks", tasks)
        )
        self.import_button = buttons.addButton(words, QDialogButtonBox.ButtonRole.AcceptRole)
        self.import_button.setProperty("primary", True)
        buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.on_import)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE, WIDE, WIDE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(title)
        column.addWidget(self._answer)
        if self._into.count() > 1:
            form = QFormLayout()
            form.setHorizontalSpacing(LARGE)
            form.addRow(tr("&Into"), self._into)
            column.addLayout(form)
        column.addWidget(self._tabs, 1)
        column.addWidget(self._accept_vanished)
        column.addWidget(self._why)
        column.addWidget(buttons)
        self._show_report()

    def _choice(self) -> QComboBox:
        """Where the plan can go: into a new project, or into one that it brings up to date."""
        choice = QComboBox(self)
        twice = tr("A new project, though {code} holds this file already", code=self._plan.already_in)
        choice.addItem(twice if self._plan.already_in else tr("A new project"), None)
        for project, words in project_choices(self._bridge.document, active=True):
            choice.addItem(words, self._bridge.document.projects[project].code)
        choice.setCurrentIndex(max(0, choice.findData(self.into)))
        choice.setVisible(choice.count() > 1)
        choice.activated.connect(lambda _place: self.on_into_chosen())
        return choice

    def _show_report(self) -> None:
        draft = self._draft
        if draft is None:
            self._say(tr("This plan breaks a rule of the portfolio; see the problems."))
            self.import_button.setEnabled(False)
            draft = self._bridge.document
        ask = Ask(locale=self._bridge.locale)
        self._add(tr("What it brings"), brings(self._plan))
        if self._plan.project in draft.projects:
            self._answer.setText(headline(draft, self._plan.project))
            self._add(tr("Differences"), fidelity(draft, self._plan.project, ask))
        self._add(tr("Problems"), problems(self._plan))
        self._add(tr("Not used yet"), not_used(self._plan))

    def _add(self, title: str, view: TableView) -> None:
        if not view.rows:
            note = Label(view.empty)
            note.setProperty("tone", "secondary")
            note.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.addWidget(note)
            column.addStretch(1)
            self._tabs.addTab(holder, f"{title} (0)")
            return
        sheet = ToldSheet(title)
        sheet.show_view(view)
        self._tabs.addTab(sheet, f"{title} ({len(view.rows)})")

    def on_into_chosen(self) -> None:
        if self._into.currentData() != self.into:
            self.into = self._into.currentData()
            self.done(self.ELSEWHERE)

    def on_import(self) -> None:
        step = import_plan(
            self._plan,
            accept_vanished=self._accept_vanished.isVisible() and self._accept_vanished.isChecked(),
            again=bool(self._plan.already_in),
        )
        try:
            self._bridge.try_run_apart(step, tr("Importing"))
        except (Refusal, FileTrouble) as trouble:
            self._say(trouble.sentence)
            return
        self.accept()

    def _say(self, sentence: str) -> None:
        self._why.setText(sentence)
        self._why.show()
