"""What must hold in every document: each rule is one plain sentence, checked on the drafted result.

Rules look at what a change set touches, so that one edit in a large plan costs next to nothing.
"""

from __future__ import annotations

from app.domain.rules import calendars, facts, links, ownership, plan, texts
from app.domain.rules.register import RULES, Rule, check, rule

__all__ = ["RULES", "Rule", "calendars", "check", "facts", "links", "ownership", "plan", "rule", "texts"]
