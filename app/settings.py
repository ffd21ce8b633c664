"""Every preference of one person, each declared once: its key, kind, default and help sentence.

Preferences are taste and never part of a portfolio. They lie in ``settings.json`` in the user's own
folder, or below ``PM_PORTFOLIO_HOME`` where that is set. A setting is read and written as an
attribute: ``settings.theme = "dark"``.
"""

from __future__ import annotations

import contextlib
import json
import locale
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

import platformdirs

from app import __version__
from app.text import mark, tr

V = TypeVar("V")
VERSION = __version__
HOME_VARIABLE = "PM_PORTFOLIO_HOME"
NAME = "pm-portfolio"


def settings_folder() -> Path:
    """Where preferences lie."""
    own = os.environ.get(HOME_VARIABLE)
    return Path(own) if own else platformdirs.user_config_path(NAME, appauthor=False)


def data_folder() -> Path:
    """Where the program keeps what it makes for this user: backups, reports, unsent text."""
    own = os.environ.get(HOME_VARIABLE)
    return Path(own) if own else platformdirs.user_data_path(NAME, appauthor=False)


def report_folder() -> Path:
    """Where a report lies when the program made a mistake."""
    return data_folder() / "reports"


def recovery_folder() -> Path:
    """Where text waits that was typed but could not be saved."""
    return data_folder() / "recovery"


def system_locale() -> str:
    """The system's locale as Babel writes it (``de_DE``); ``en`` where it says nothing."""
    if sys.platform == "win32":
        import ctypes

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        found = locale.windows_locale.get(number, "")
    else:
        names = ("LC_ALL", "LC_TIME", "LANG")
        found = next((os.environ[name] for name in names if os.environ.get(name)), "")
    plain = re.match(r"[a-z]{2,3}(_[A-Z]{2})?", found)
    return plain.group() if plain else "en"


class Setting(Generic[V]):
    """One preference: its default (or how to find it), what it is for, and what it may be."""

    def __init__(self, default: V | Callable[[], V], sentence: str, choices: tuple[V, ...] = ()) -> None:
        self._default = default
        self.sentence = sentence
        self.choices = choices
        self.key = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.key = name

    @property
    def default(self) -> V:
        """The value while nobody has chosen another."""
        found: V = self._default() if callable(self._default) else self._default
        return found

    @property
    def kind(self) -> type:
        """The kind of value it holds."""
        return type(self.default)

    @property
    def help(self) -> str:
        """What it is for, in the user's language."""
        return tr(self.sentence)

    def accepted(self, value: object) -> V:
        """The value as this setting holds it; its default where it cannot."""
        if self.kind is tuple and isinstance(value, list | tuple):
            found: Any = tuple(part for part in value if isinstance(part, str))
        elif type(value) is self.kind:
            found = value
        else:
            return self.default
        return self.default if self.choices and found not in self.choices else found

    @overload
    def __get__(self, settings: None, owner: type) -> Setting[V]: ...
    @overload
    def __get__(self, settings: Settings, owner: type) -> V: ...
    def __get__(self, settings: Settings | None, owner: type) -> Setting[V] | V:
        if settings is None:
            return self
        found: V = settings.value(self)
        return found

    def __set__(self, settings: Settings, value: V) -> None:
        settings.keep({self.key: value})


class Settings:
    """The preferences of the person at the keyboard, kept in a file as they are set.

    What a newer program wrote is kept as it is. ``trouble`` says why the last change could not be
    kept; it then holds until the program ends.
    """

    theme = Setting[str]("system", mark("Light, dark, or as the system is."), ("system", "light", "dark"))
    density = Setting[str]("comfortable", mark("How tall rows are."), ("comfortable", "compact"))
    palette = Setting[str](
        "standard", mark("Colours of bars and lights; one set is safe for red-green blindness."),
        ("standard", "colour_safe"),
    )  # fmt: skip
    language = Setting[str]("en", mark("The language of labels and sentences."))
    locale = Setting[str](system_locale, mark("How dates, numbers and money are written."))
    display_name = Setting[str]("", mark("Your name in the history, where your login is not enough."))
    recent_files = Setting[tuple[str, ...]]((), mark("Portfolio files opened lately, the newest first."))
    warned_files = Setting[tuple[str, ...]](
        (), mark("Portfolio files on a share or in a sync folder about which you were told.")
    )
    open_last_file = Setting[bool](
        True, mark("Open the portfolio you worked on last when the program starts.")
    )
    backup_folder = Setting[str]("", mark("Where backups go; empty for your own data folder."))
    backup_minutes = Setting[int](30, mark("Minutes of editing after which a backup is made."))
    window_geometry = Setting[str]("", mark("Where the window was and how large."))
    rail_collapsed = Setting[bool](False, mark("Show the navigation rail as icons only."))
    last_page = Setting[str]("portfolio", mark("The page that was shown last."))
    last_project = Setting[str]("", mark("The project that was shown last."))
    page_looks = Setting[dict[str, Any]](
        {}, mark("Columns, widths, zoom and filters of each page as you left them.")
    )
    gantt_links = Setting[bool](True, mark("Draw the links between tasks."))
    gantt_critical = Setting[bool](True, mark("Show critical tasks in their own colour."))
    gantt_baseline = Setting[bool](True, mark("Draw the baseline below each bar."))
    gantt_slack = Setting[bool](False, mark("Draw total float behind each bar."))
    gantt_progress = Setting[bool](True, mark("Draw progress inside each bar."))
    gantt_non_working = Setting[bool](True, mark("Shade days on which nobody works."))
    gantt_labels = Setting[str](
        "resources", mark("The text beside each bar."), ("none", "name", "resources", "finish")
    )

    def __init__(self, place: Path | None = None) -> None:
        self.place = place or settings_folder() / "settings.json"
        self.trouble = ""
        self._values: dict[str, Any] = _read(self.place)

    @classmethod
    def declared(cls) -> Mapping[str, Setting[Any]]:
        """Every setting by its key."""
        return {key: found for key, found in vars(cls).items() if isinstance(found, Setting)}

    def value(self, setting: Setting[Any]) -> Any:
        """What a setting is now."""
        return setting.accepted(self._values.get(setting.key, setting.default))

    def keep(self, values: Mapping[str, Any]) -> None:
        """Set several at once; what other windows wrote meanwhile stays.

        Raises:
            KeyError: there is no setting of that key.
            ValueError: a value is not of its setting's kind or choices.
        """
        for key, value in values.items():
            setting = self.declared()[key]
            if type(value) is not setting.kind or (setting.choices and value not in setting.choices):
                raise ValueError(f"{value!r} is no value of the setting {key}")
        self._values.update(values)
        written = {**_read(self.place), **{key: values[key] for key in values}}
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            draft = self.place.with_name(f"{self.place.name}.{os.getpid()}")
            draft.write_text(json.dumps(written, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(draft, self.place)
            self.trouble = ""
        except OSError as error:
            self.trouble = tr(
                "Settings could not be saved: {reason}. They hold until you close the program.",
                reason=error.strerror or str(error),
            )

    def remember_file(self, path: Path) -> None:
        """Put a portfolio on top of the recent files, of which twelve are kept."""
        text = str(path.resolve())
        others = tuple(other for other in self.recent_files if other != text)
        self.recent_files = (text, *others)[:12]

    def forget_file(self, path: Path) -> None:
        """Take a portfolio off the recent files."""
        gone = {str(path), str(path.resolve())}
        self.recent_files = tuple(other for other in self.recent_files if other not in gone)

    @property
    def backups(self) -> Path:
        """The folder backups go to."""
        return Path(self.backup_folder) if self.backup_folder else data_folder() / "backups"


def _read(place: Path) -> dict[str, Any]:
    """What the file holds; nothing where there is none or it cannot be read."""
    try:
        found = json.loads(place.read_text(encoding="utf-8"))
    except OSError:
        return {}
    except ValueError:  # somebody edited it by hand: keep it for them, and start again
        with contextlib.suppress(OSError):
            os.replace(place, place.with_suffix(".broken.json"))
        return {}
    return found if isinstance(found, dict) else {}
