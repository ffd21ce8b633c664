"""What may go into the packaged program: an allow-list of names, and what is left out of what is found."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

# A new name here is a decision: it costs size, start-up time and a licence to name.
ALLOWED = frozenset(
    """app ui resources frozen entry_window entry_command
    PySide6 shiboken6 sqlalchemy alembic mako markupsafe numpy numpy.libs
    matplotlib contourpy cycler kiwisolver PIL pillow.libs pyparsing packaging dateutil six fontTools
    openpyxl et_xmlfile xlsxwriter python_calamine defusedxml holidays babel
    platformdirs filelock typing_extensions""".split()
)

# Modules of PyInstaller's own start-up.
STARTUP = re.compile(
    r"^(pyi_?\w*|_pyi_\w+|pyimod\d\d_\w+|struct|base_library\.zip|lib-dynload|python3\.\d+|_sysconfigdata[-\w]*|[-.\w]+\.dist-info)$"
)

# System libraries that go in beside the packages: Python's own and those Qt's X11 and Wayland plug-ins load.
LIBRARIES = re.compile(
    r"^(lib(python3|z|ffi|crypto|ssl|sqlite3|bz2|lzma|expat|uuid|readline|tinfo|ncursesw?|stdc\+\+|gcc_s|mpdec"
    r"|X11|X11-xcb|Xau|Xdmcp|Xext|Xrender|xcb|xkbcommon|wayland|dbus-1|fontconfig|freetype|png16|glib-2|gthread-2"
    r"|pcre2|pcre|brotli\w+|bsd|md|systemd|cap|gcrypt|gpg-error|lz4|zstd|graphite2|harfbuzz|intl|selinux|mount|blkid"
    r"|gssapi_krb5|krb5|krb5support|k5crypto|com_err|keyutils)"
    r"[-.\w]*\.(so|dylib)[.\d]*|[\w.-]+\.(dll|pyd))$"
)

LEFT_OUT = [
    re.compile(pattern)
    for pattern in (
        r"PySide6/(Qt/)?(qml|metatypes|typesystems|glue|support|include|scripts)/",
        r"PySide6/.*(Qml|Quick|EglFS|VirtualKeyboard|Designer|Help|Sql|Test|3D|Lottie|Multimedia)[^/]*$",
        r"PySide6/.*plugins/(sqldrivers|tls|qmltooling|designer|networkinformation|virtualkeyboard|egldeviceintegrations)/",
        r"PySide6/.*plugins/platforms/libq(eglfs|linuxfb|vnc|minimalegl|vkkhrdisplay)",
        r"PySide6/.*plugins/platforminputcontexts/.*virtualkeyboard",
        r"PySide6/.*plugins/platformthemes/.*gtk",
        r"PySide6/.*plugins/imageformats/libq(tiff|webp|tga|wbmp|icns|pdf)",
        r"lib(gtk|gdk|atk|cairo|pango|gio|gobject|gmodule|epoxy|tiff|webp|jbig|Xi|Xinerama|Xcursor|Xrandr|Xcomposite)[^/]*$",
        r"lib(Xdamage|Xfixes|fribidi|datrie|thai|atspi|deflate|jpeg|cloudproviders|tracker|json|rsvg|pixman)[^/]*$",
        # Printing uses the system's own CUPS where there is one; its libraries must fit its server.
        r"lib(cups|avahi|gnutls|nettle|hogweed|idn2|p11-kit|tasn1|unistring|gmp)[^/]*$",
        r"matplotlib/mpl-data/(sample_data|fonts/(afm|pdfcorefonts)|plot_directive|images)/",
        r"(numpy|matplotlib|openpyxl)/.*tests?/",
        r".*\.pyi$",
    )
]

# Languages whose dates, numbers and money can be formatted, and those Qt's own dialogs speak.
FORMATS = {"root", "en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "no", "fi", "cs"}
DIALOGS = {"en", "de"}


def wanted(destination: str) -> bool:
    """Whether a collected file belongs into the package; `destination` is its path inside it."""
    path = PurePosixPath(destination.replace("\\", "/"))
    text = path.as_posix()
    if any(pattern.match(text) for pattern in LEFT_OUT):
        return False
    if text.startswith("babel/locale-data/"):
        return path.stem.split("_")[0] in FORMATS
    if path.suffix == ".qm":
        return path.stem.startswith(("qtbase_", "qt_")) and path.stem.split("_")[1] in DIALOGS
    return True


def top_names(modules: Iterable[str], files: Iterable[str]) -> set[str]:
    """The first parts of module names and of file paths inside the package, without Python's own modules."""
    names = {module.split(".")[0] for module in modules}
    names |= {PurePosixPath(file.replace("\\", "/")).parts[0] for file in files}
    return {name for name in names if name not in sys.stdlib_module_names}


def strangers(names: Iterable[str]) -> Sequence[str]:
    """The names that nobody decided to ship, sorted."""
    return sorted(
        name
        for name in names
        if name not in ALLOWED and not STARTUP.match(name) and not LIBRARIES.match(name)
    )
