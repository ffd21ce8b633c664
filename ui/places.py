"""Where the rail leads: every page with its name, icon and how it is made, imported when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.text import mark
from ui.bridge import Bridge
from ui.page import Page


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the rail; ``made`` builds it for a window. ``is_low`` ones stand at the rail's foot."""

    key: str
    title: str
    icon: str
    made: Callable[[Bridge], Page]
    is_low: bool = False


def _portfolio(bridge: Bridge) -> Page:
    from ui.pages.portfolio import PortfolioPage

    return PortfolioPage(bridge)


def _plan(bridge: Bridge) -> Page:
    from ui.pages.plan import PlanPage

    return PlanPage(bridge)


def _history(bridge: Bridge) -> Page:
    from ui.pages.history import HistoryPage

    return HistoryPage(bridge)


def _setup(bridge: Bridge) -> Page:
    from ui.pages.setup import SetupPage

    return SetupPage(bridge)


PLACES: tuple[Place, ...] = (
    Place("portfolio", mark("Portfolio"), "layout-dashboard", _portfolio),
    Place("plan", mark("Plan"), "chart-gantt", _plan),
    Place("history", mark("History"), "history", _history),
    Place("setup", mark("Set-up"), "sliders-horizontal", _setup, is_low=True),
)
