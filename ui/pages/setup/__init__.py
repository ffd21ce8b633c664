"""The Set-up page: our rules. Projects, calendars, people, columns of one's own and the portfolio."""

from ui.pages.setup.page import SetupPage

__all__ = ["SetupPage"]
