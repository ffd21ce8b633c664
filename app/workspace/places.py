"""Where a file lies: a network share and the folder of a sync program deserve a word of warning."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath

from app.text import tr

SYNC_FOLDERS: Mapping[str, str] = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "seafile": "Seafile",
    "syncthing": "Syncthing",
}
"""Folder names that sync programs make, in lower case. ``OneDrive - Company`` and the like count, too."""

_NETWORK = frozenset(
    "9p afs afpfs cifs davfs fuse.davfs2 fuse.gvfsd-fuse fuse.rclone fuse.sshfs ncpfs nfs nfs4 smb smb2 smb3"
    " smbfs webdav".split()
)
"""File systems that lie on another computer, as Linux names them."""
_DRIVE_REMOTE = 4


def where_it_lies(path: Path, mounts: str | None = None) -> str:
    """The warning a file's place deserves, as one sentence; empty where it lies well.

    ``mounts`` is the system's table of mounts, in the form of Linux; by default it is read.
    """
    if (name := sync_program_of(path)) is not None:
        return tr(
            "{file} lies in a folder that {program} keeps in sync. Work on it on one computer at a time, "
            "and let {program} finish before you open it on another.",
            file=path.name,
            program=name,
        )
    if is_on_share(path, mounts):
        return tr(
            "{file} lies on a network share. It is kept as safe as the share allows; only one person "
            "can change it at a time, and backups lie on this computer.",
            file=path.name,
        )
    return ""


def sync_program_of(path: PurePath) -> str | None:
    """The sync program whose folder a file lies in, by the folder's name."""
    for folder in path.parts[:-1]:
        plain = folder.casefold()
        for start, name in SYNC_FOLDERS.items():
            if plain == start or plain.startswith((f"{start} -", f"{start} (", f"{start}-")):
                return name
    return None


def is_on_share(path: Path, mounts: str | None = None) -> bool:
    """Whether a file lies on another computer: a UNC path, a network drive, or a network file system."""
    text = str(path)
    if text.startswith(("\\\\", "//")):
        return not text.startswith(("\\\\?\\", "\\\\.\\"))
    if sys.platform == "win32" and mounts is None:
        import ctypes

        drive: int = ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\")
        return drive == _DRIVE_REMOTE
    table = _mount_table() if mounts is None else mounts
    return _file_system_of(path, table) in _NETWORK


def _mount_table() -> str:
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:  # other systems keep no such file; their sync folders are known by name
        return ""


def _file_system_of(path: Path, table: str) -> str:
    """The kind of file system a path lies on: that of the longest mount point above it."""
    best, kind = "", ""
    place = os.path.abspath(path)
    for line in table.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ").rstrip("/")
        if (place == point or place.startswith(f"{point}/")) and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind
