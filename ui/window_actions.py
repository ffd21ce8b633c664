"""The actions that belong to the window whatever page it shows, declared as data."""

from __future__ import annotations

from app.text import mark
from ui.actions import ActionSpec

MENUS: tuple[tuple[str, str], ...] = (
    ("File", mark("&File")),
    ("Edit", mark("&Edit")),
    ("View", mark("&View")),
    ("Project", mark("&Project")),
    ("Task", mark("&Task")),
    ("Help", mark("&Help")),
)

WINDOW_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", mark("&New portfolio…"), "File", 0, ("Ctrl+N",), "file-plus"),
    ActionSpec("open", mark("&Open…"), "File", 0, ("Ctrl+O",), "folder"),
    ActionSpec("sample", mark("Open the sample portfolio"), "File", 0, (), "layers"),
    ActionSpec("import", mark("&Import a plan…"), "File", 1, ("Ctrl+Shift+I",), "file-input"),
    ActionSpec("export", mark("&Export the project…"), "File", 1, ("Ctrl+Shift+E",), "file-output"),
    ActionSpec("saved", mark("&Save a copy…"), "File", 2, ("Ctrl+Shift+S",), "copy"),
    ActionSpec("backups", mark("&Backups…"), "File", 2, (), "archive"),
    ActionSpec("preferences", mark("Se&ttings…"), "File", 8, ("Ctrl+,",), "settings"),
    ActionSpec("close", mark("&Close portfolio"), "File", 9, ("Ctrl+W",), "x"),
    ActionSpec("quit", mark("&Quit"), "File", 9, ("Ctrl+Q",), ""),
    ActionSpec("undo", mark("&Undo"), "Edit", 0, ("Ctrl+Z",), "undo-2"),
    ActionSpec("redo", mark("&Redo"), "Edit", 0, ("Ctrl+Y", "Ctrl+Shift+Z"), "redo-2"),
    ActionSpec("cut", mark("Cu&t"), "Edit", 1, ("Ctrl+X",), "scissors"),
    ActionSpec("copy", mark("&Copy"), "Edit", 1, ("Ctrl+C",), "copy"),
    ActionSpec("paste", mark("&Paste"), "Edit", 1, ("Ctrl+V",), "clipboard-paste"),
    ActionSpec("delete", mark("&Delete"), "Edit", 1, ("Del",), "trash-2"),
    ActionSpec("fill", mark("&Fill down"), "Edit", 2, ("Ctrl+D",), "arrow-down"),
    ActionSpec("select_all", mark("Select &all"), "Edit", 3, ("Ctrl+A",), ""),
    ActionSpec("find", mark("Find or f&ilter"), "Edit", 4, ("Ctrl+F",), "search"),
    ActionSpec("palette", mark("&Go to or do…"), "View", 0, ("Ctrl+K", "Ctrl+Shift+P"), "command"),
    ActionSpec("part_next", mark("Ne&xt part of the window"), "View", 0, ("F6",)),
    ActionSpec("part_back", mark("Pre&vious part of the window"), "View", 0, ("Shift+F6",)),
    ActionSpec("rail", mark("&Narrow navigation"), "View", 1, ("Ctrl+B",), "panel-left", "", True),
    ActionSpec("dark", mark("&Dark colours"), "View", 2, (), "moon", "", True),
    ActionSpec("project_new", mark("&New project…"), "Project", 0, ("Ctrl+Shift+N",), "plus"),
    ActionSpec("help", mark("&Manual"), "Help", 0, ("F1",), "circle-help"),
    ActionSpec("keys", mark("&Keys"), "Help", 0, ("?", "Shift+F1"), "command"),
    ActionSpec("news", mark("&What's new"), "Help", 0, (), "star"),
    ActionSpec("about", mark("&About pm-portfolio"), "Help", 1, (), "info"),
)
