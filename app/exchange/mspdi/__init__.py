"""Microsoft Project XML (MSPDI): read into records as a proposal, and written so that Project opens it."""

from __future__ import annotations

from app.exchange.mspdi.left_out import left_out
from app.exchange.mspdi.reader import read_plan
from app.exchange.mspdi.writer import write_plan

__all__ = ["left_out", "read_plan", "write_plan"]
