"""Pictures of every page are taken without touching the user's settings or the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.operations import projects, tasks
from app.workspace import Who, Workspace
from ui.pictures import take_pictures
from ui.places import PLACES


@pytest.mark.slow
def test_every_page_is_pictured_in_both_looks_and_sizes(qapp, tmp_path, private_folders, capsys) -> None:
    place = tmp_path / "Work.pmpf"
    with Workspace.create(place, owner=Who("pm", "desk")) as door:
        project = door.run(projects.create("Relaunch")).result
        door.run(tasks.add_many(project, ("One", "Two")))
    before = place.read_bytes()
    folder = tmp_path / "pictures"
    assert take_pictures(qapp, [place], folder) == 0
    named = sorted(Path(line).name for line in capsys.readouterr().out.splitlines())
    assert named == sorted(each.name for each in folder.iterdir())
    assert len(named) == 4 * (len(PLACES) + 1)
    for name in named:
        picture = QImage(str(folder / name))
        width, height = map(int, name.removesuffix(".png").rsplit("-", 1)[1].split("x"))
        assert (picture.width(), picture.height()) == (width, height)
        assert len({picture.pixel(x, y) for x in range(0, width, 37) for y in range(0, height, 37)}) > 3, name
    assert place.read_bytes() == before
    assert not list(private_folders.rglob("settings.json"))
