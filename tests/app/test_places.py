"""Where a file lies: shares and sync folders are known by their names and by the table of mounts."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest

from app.workspace.places import is_on_share, sync_program_of, where_it_lies

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/plans /mnt/plans nfs4 rw 0 0
//server/team /mnt/team\\040files cifs rw 0 0
me@host:/ /mnt/far fuse.sshfs rw 0 0
/dev/sdb1 /mnt/plans/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "program"),
    [
        ("OneDrive", "OneDrive"),
        ("OneDrive - Example Ltd", "OneDrive"),
        ("Dropbox (Personal)", "Dropbox"),
        ("Nextcloud", "Nextcloud"),
        ("com~apple~CloudDocs", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Google Drive", "Google Drive"),
    ],
)
def test_a_sync_program_is_known_by_the_name_of_its_folder(folder: str, program: str) -> None:
    assert sync_program_of(Path("/data") / folder / "plans" / "a.pmpf") == program
    assert sync_program_of(PureWindowsPath(f"C:\\Users\\pm\\{folder}\\a.pmpf")) == program
    assert program in where_it_lies(Path("/data") / folder / "a.pmpf", MOUNTS)


@pytest.mark.parametrize("name", ["/data/Dropboxes/a.pmpf", "/data/plans/OneDrive.pmpf", "/data/a.pmpf"])
def test_what_only_looks_like_a_sync_folder_is_none(name: str) -> None:
    assert sync_program_of(Path(name)) is None
    assert where_it_lies(Path(name), MOUNTS) == ""


@pytest.mark.parametrize(
    ("name", "is_far"),
    [
        ("/mnt/plans/a.pmpf", True),
        ("/mnt/team files/x/a.pmpf", True),
        ("/mnt/far/a.pmpf", True),
        ("/mnt/plans/local/a.pmpf", False),
        ("/mnt/plansplus/a.pmpf", False),
        ("/data/a.pmpf", False),
    ],
)
def test_a_share_is_known_by_the_mount_it_lies_under(name: str, is_far: bool) -> None:
    assert is_on_share(Path(name), MOUNTS) is is_far
    assert ("network share" in where_it_lies(Path(name), MOUNTS)) is is_far


def test_a_unc_path_is_a_share_and_a_device_path_is_not() -> None:
    assert is_on_share(PureWindowsPath(r"\\server\team\a.pmpf"), "")  # type: ignore[arg-type]
    assert not is_on_share(PureWindowsPath(r"\\?\C:\a.pmpf"), "")  # type: ignore[arg-type]
