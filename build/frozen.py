"""What both packaged programs need before anything else is imported."""

from __future__ import annotations

import os

import platformdirs


def keep_chart_fonts() -> None:
    """Give matplotlib a folder that lasts.

    PyInstaller's own start-up hook gives it a new empty one at every start, so that it would search all
    fonts of the system each time: half a second.
    """
    os.environ["MPLCONFIGDIR"] = os.path.join(platformdirs.user_cache_dir("pm-portfolio", False), "charts")
