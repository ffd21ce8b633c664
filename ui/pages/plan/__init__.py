"""The Plan page: the outline grid beside its Gantt chart, and why each date is what it is."""

from __future__ import annotations

from ui.pages.plan.page import PlanPage

__all__ = ["PlanPage"]
