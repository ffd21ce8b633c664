"""Renews the fonts and icons in resources/ from the npm packages inter-ui and lucide-static.

Run it in the development environment, after `npm install inter-ui lucide-static` in any folder:
`python build/vendor.py FOLDER/node_modules`. Which icons are shipped, and what for, stands in
resources/icons/list.json.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
# "calt" stays out: it draws "->" as an arrow and "2x4" as "2×4", and a grid must show what was typed.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "pnum", "case", "zero"]


def renew_fonts(modules: Path) -> None:
    """Write Inter as TrueType in three weights, all its characters, with the features the program uses."""
    options = subset.Options(layout_features=FEATURES, hinting=True, name_IDs=["*"], notdef_outline=True)
    for name in WEIGHTS.values():
        font = subset.load_font(str(modules / "inter-ui" / "web" / f"Inter-{name}.woff2"), options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=font.getBestCmap())
        cutter.subset(font)
        font.flavor = None
        font.save(RESOURCES / "fonts" / f"Inter-{name}.ttf")
    copy_text(modules / "inter-ui" / "LICENSE.txt", RESOURCES / "licences" / "inter-OFL-1.1.txt")


def renew_icons(modules: Path) -> None:
    """Write the listed icons on one line each, drawn in currentColor so that the theme can colour them.

    Raises:
        FileNotFoundError: a listed icon is not in the package under that name.
    """
    source = modules / "lucide-static"
    for name in json.loads((RESOURCES / "icons" / "list.json").read_text(encoding="utf-8")):
        drawing = (source / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        drawing = re.sub(r"<!--.*?-->", "", drawing, flags=re.DOTALL)
        drawing = re.sub(r'\s+class="[^"]*"', "", drawing)
        drawing = re.sub(r">\s+<", "><", " ".join(drawing.split())).replace(" >", ">")
        (RESOURCES / "icons" / f"{name}.svg").write_text(drawing + "\n", encoding="utf-8", newline="\n")
    copy_text(source / "LICENSE", RESOURCES / "licences" / "lucide-ISC.txt")


def copy_text(source: Path, target: Path) -> None:
    """Copy a text with plain line ends."""
    target.write_text(source.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew_fonts(Path(sys.argv[1]))
    renew_icons(Path(sys.argv[1]))
