"""Every sentence a person reads passes through here (gettext; English is the source language).

``tr`` translates at the moment of showing, ``trn`` chooses the plural, ``mark`` only marks a
sentence that is declared at import time and translated later with ``tr``.
"""

from __future__ import annotations

import gettext
from pathlib import Path

DOMAIN = "pm-portfolio"
LOCALES = Path(__file__).resolve().parent.parent / "resources" / "locale"

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language: str | None = None


def use_language(language: str | None) -> None:
    """Speak ``language`` (such as ``de``) from now on; ``None`` or an unknown one means English."""
    global _translations, _language
    _language = language
    languages = [language] if language else []
    _translations = gettext.translation(DOMAIN, LOCALES, languages, fallback=True)


def language() -> str | None:
    """The language spoken now, as it was asked for: what a job's process is to speak, too."""
    return _language


def tr(message: str, /, **values: object) -> str:
    """The message in the user's language, with ``{name}`` places filled from ``values``."""
    text = _translations.gettext(message)
    return text.format(**values) if values else text


def trn(one: str, many: str, count: int, /, **values: object) -> str:
    """The message in the right plural; ``{count}`` is filled with the number."""
    return _translations.ngettext(one, many, count).format(count=count, **values)


def mark(message: str, /) -> str:
    """The message itself: marks it for extraction where it is declared, to be shown by ``tr``."""
    return message
