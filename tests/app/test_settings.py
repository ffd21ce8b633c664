"""Preferences: declared once, kept as they are set, harmless when the file is not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from app.settings import HOME_VARIABLE, Settings, data_folder, settings_folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "own" / "settings.json"


def test_every_setting_has_a_default_of_its_kind_and_a_help_sentence() -> None:
    for key, setting in Settings.declared().items():
        assert setting.key == key
        assert setting.help.endswith(".")
        assert setting.accepted(setting.default) == setting.default
        assert not setting.choices or setting.default in setting.choices


def test_every_setting_is_heeded_somewhere() -> None:
    root = Path(__file__).resolve().parents[2]
    told = (root / "app" / "settings.py", root / "ui" / "dialogs" / "preferences.py")
    sources = [file for room in ("app", "ui") for file in (root / room).rglob("*.py") if file not in told]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    own = {"backup_folder"}  # heeded in the settings themselves
    heeded = set(re.findall(r"[sS]ettings(?:\(\))?\.(\w+)|\"(\w+)\"", text))
    used = {word for pair in heeded for word in pair}
    assert set(Settings.declared()) - used - own == set()


def test_what_is_set_is_there_again_at_the_next_start(place: Path) -> None:
    settings = Settings(place)
    settings.theme = "dark"
    settings.recent_files = ("b", "a")
    again = Settings(place)
    assert again.theme == "dark"
    assert again.recent_files == ("b", "a")
    assert again.density == "comfortable"


def test_two_programs_keep_each_others_changes(place: Path) -> None:
    one, other = Settings(place), Settings(place)
    one.theme = "dark"
    other.density = "compact"
    assert (Settings(place).theme, Settings(place).density) == ("dark", "compact")


def test_a_value_of_the_wrong_kind_is_refused_and_in_the_file_ignored(place: Path) -> None:
    settings = Settings(place)
    with pytest.raises(ValueError, match="theme"):
        settings.keep({"theme": "pink"})
    settings.theme = "dark"
    place.write_text(json.dumps({"theme": 7, "density": "huge", "from_the_future": 1}), encoding="utf-8")
    again = Settings(place)
    assert (again.theme, again.density) == ("system", "comfortable")
    again.theme = "light"
    assert json.loads(place.read_text(encoding="utf-8"))["from_the_future"] == 1


def test_a_broken_file_is_put_aside_and_the_defaults_hold(place: Path) -> None:
    place.parent.mkdir()
    place.write_text("{not json", encoding="utf-8")
    settings = Settings(place)
    assert settings.theme == "system"
    assert place.with_suffix(".broken.json").read_text(encoding="utf-8") == "{not json"


def test_a_folder_that_takes_nothing_is_said_and_the_choice_holds(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings.theme = "dark"
    assert settings.theme == "dark"
    assert settings.trouble


def test_recent_files_come_newest_first_and_at_most_twelve(place: Path, tmp_path: Path) -> None:
    settings = Settings(place)
    for number in range(14):
        settings.remember_file(tmp_path / f"{number}.pmpf")
    settings.remember_file(tmp_path / "5.pmpf")
    assert len(settings.recent_files) == 12
    assert settings.recent_files[0].endswith("5.pmpf")
    settings.forget_file(tmp_path / "5.pmpf")
    assert not any(file.endswith("5.pmpf") for file in settings.recent_files)


def test_a_home_of_ones_own_holds_settings_and_backups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert settings_folder() == data_folder() == tmp_path
    assert Settings().backups == tmp_path / "backups"
    settings = Settings()
    settings.backup_folder = "elsewhere"
    assert settings.backups == Path("elsewhere")


@pytest.mark.parametrize(
    ("said", "meant"), [("de_DE.UTF-8", "de_DE"), ("C.UTF-8", "en"), ("fr", "fr"), ("", "en")]
)
def test_the_systems_locale_is_read_as_babel_writes_it(
    said: str, meant: str, monkeypatch: pytest.MonkeyPatch, place: Path
) -> None:
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", said)
    assert Settings(place).locale == meant
