"""What of the chart is drawn: the same choices in the settings and in the View menu, in force at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup

from app.text import mark
from ui.actions import ActionSpec

if TYPE_CHECKING:
    from ui.pages.plan.page import PlanPage

_MENU = "View/" + mark("In the &chart")
PARTS: tuple[tuple[str, str, str], ...] = (
    ("critical", "gantt_critical", mark("Mark critical tasks")),
    ("links", "gantt_links", mark("Draw links")),
    ("baseline", "gantt_baseline", mark("Draw the baseline")),
    ("float", "gantt_slack", mark("Draw float")),
    ("progress", "gantt_progress", mark("Draw progress")),
    ("rest", "gantt_non_working", mark("Shade days off")),
)
"""The painter's name of each part, its setting, and what the menu calls it."""
LABELS: tuple[tuple[str, str], ...] = (
    ("none", mark("Nothing beside the bars")),
    ("name", mark("Names beside the bars")),
    ("resources", mark("People beside the bars")),
    ("finish", mark("Finish dates beside the bars")),
)
PART_ACTIONS: tuple[ActionSpec, ...] = (
    *(ActionSpec(f"plan_draw_{part}", text, _MENU, 3, checkable=True) for part, _, text in PARTS),
    *(ActionSpec(f"plan_label_{key}", text, _MENU, 3, checkable=True) for key, text in LABELS),
)


class ChartParts(QObject):
    """Keeps actions, settings and chart agreed on what is drawn."""

    def __init__(self, page: PlanPage) -> None:
        super().__init__(page)
        self._page = page
        for part, setting, _ in PARTS:
            page.actions_[f"plan_draw_{part}"].triggered.connect(
                lambda is_on, setting=setting: self._keep(setting, is_on)
            )
        self._labels = QActionGroup(self)
        for key, _ in LABELS:
            action = page.actions_[f"plan_label_{key}"]
            self._labels.addAction(action)
            action.triggered.connect(lambda _on, key=key: self._keep("gantt_labels", key))

    def dress(self) -> None:
        """Draw what the settings say, and check it in the menu."""
        page, settings = self._page, self._page.bridge.settings
        states = {part: bool(getattr(settings, setting)) for part, setting, _ in PARTS}
        for part, is_on in states.items():
            page.actions_[f"plan_draw_{part}"].setChecked(is_on)
        page.actions_[f"plan_label_{settings.gantt_labels}"].setChecked(True)
        page.canvas.show_parts(labels=settings.gantt_labels != "none", **states)

    def _keep(self, setting: str, value: object) -> None:
        self._page.bridge.settings.keep({setting: value})
        self._page.refresh()
