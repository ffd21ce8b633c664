"""Everything a person can do, one verb per function."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from app.operations.operation import REGISTER, Operation

ROOMS = (
    "arrange", "baselines", "calendars", "cells", "copies", "custom_fields", "dates", "imports", "links",
    "people", "portfolio", "progress", "projects", "rates", "samples", "saved_views", "tasks",
)  # fmt: skip
"""The modules in which operations are written."""


def register() -> dict[str, Operation[Any, Any]]:
    """Every operation of the program by its name, such as ``tasks.set_duration``, all rooms opened."""
    for room in ROOMS:
        import_module(f"app.operations.{room}")
    return REGISTER
