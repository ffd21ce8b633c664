"""Whether tasks honour their constraint dates: one element that two tools write in opposite senses.

Microsoft Project saves the setting "Tasks will always honor their constraint dates" as it keeps it in its own
files, switched on as 0. Seen on plans that it saved as they come, where the setting is on and the element 0,
and on one plan that is there in both forms. Tools that write the element by its name (they give a
SaveVersion of 14 and no build) mean 1 by it. Where neither is sure the usual setting is taken: honoured.
"""

from __future__ import annotations

from app.exchange.mspdi.fields import Fields

MARK = " Written by pm-portfolio "
"""The comment before our own files' root, by which they are known again as written the way Project does."""

_FIRST_WITH_BUILD = 14


def is_written_here(content: bytes) -> bool:
    """Whether a file says before its root that it was written by this program."""
    return f"<!--{MARK}-->".encode() in content[:200]


def honors_constraints(fields: Fields, *, written_here: bool) -> bool:
    """The setting a plan's element stands for."""
    says = fields.flag("HonorConstraints", False)
    if written_here or fields.has("BuildNumber"):
        return not says
    version = fields.integer("SaveVersion")
    if version >= _FIRST_WITH_BUILD:
        return says or not fields.has("HonorConstraints")
    return version == 0 or not says


def honor_constraints_flag(is_honored: bool) -> bool:
    """The element's value as Microsoft Project writes it."""
    return not is_honored
