"""An XML plan from outside, read so that no file can hurt: no document type, bounded size and depth."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from app.domain.errors import FileTrouble, TroubleKind
from app.exchange.mspdi.constraint_sense import is_written_here
from app.text import tr

MAX_BYTES = 200 * 1024 * 1024
MAX_DEPTH = 100

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_FILE = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class XmlPlan:
    """The tree of a plan, its tags without namespaces, with the file's name and SHA-256.

    ``written_here`` says that this program wrote the file.
    """

    root: Element
    name: str
    digest: str
    written_here: bool = False


def read_xml(source: Path | bytes, name: str = "") -> XmlPlan:
    """Read a Microsoft Project XML file.

    Raises:
        FileTrouble: MISSING or INPUT, in one sentence with the way out.
    """
    content, name = _content(source, name)
    _refuse_other_kinds(content, name)
    digest = hashlib.sha256(content).hexdigest()
    return XmlPlan(_tree(content, name), name, digest, is_written_here(content))


def _content(source: Path | bytes, name: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        content = source
    else:
        name = name or source.name
        try:
            if source.stat().st_size > MAX_BYTES:
                raise _too_large(name)
            content = source.read_bytes()
        except FileNotFoundError:
            raise FileTrouble(
                TroubleKind.MISSING, tr("There is no file {name}; check its place and name.", name=name)
            ) from None
        except OSError as error:
            raise FileTrouble(
                TroubleKind.INPUT,
                tr("{name} cannot be read: {reason}.", name=name, reason=error.strerror or str(error)),
            ) from error
    if len(content) > MAX_BYTES:
        raise _too_large(name)
    return content, name or tr("The plan")


def _too_large(name: str) -> FileTrouble:
    return FileTrouble(
        TroubleKind.INPUT,
        tr(
            "{name} is larger than 200 MB; split the plan in Microsoft Project and import the parts.",
            name=name,
        ),
    )


def _refuse_other_kinds(content: bytes, name: str) -> None:
    if content.startswith(_COMPOUND_FILE):
        raise FileTrouble(
            TroubleKind.INPUT,
            tr(
                "{name} is a Microsoft Project file in its own binary form; open it in Microsoft Project, "
                "choose Save As and the type XML, and import that file.",
                name=name,
            ),
        )
    if content.startswith(_ZIP_FILE):
        raise FileTrouble(
            TroubleKind.INPUT,
            tr(
                "{name} is a workbook or an archive, not a plan saved as XML; save the plan as XML in "
                "Microsoft Project and import that file.",
                name=name,
            ),
        )
    if not content.strip(b"\x00 \t\r\n"):
        raise FileTrouble(TroubleKind.INPUT, tr("{name} is empty; save the plan again as XML.", name=name))


def _tree(content: bytes, name: str) -> Element:
    depth = 0
    root: Element | None = None
    try:
        for event, element in _events(content):
            if event == "start":
                depth += 1
                if depth > MAX_DEPTH:
                    raise FileTrouble(
                        TroubleKind.INPUT,
                        tr("{name} is nested too deeply to be a plan; save it again as XML.", name=name),
                    )
                if root is None:
                    root = element
                    _require_project(element, name)
            else:
                depth -= 1
                element.tag = element.tag.rpartition("}")[2]
    except DefusedXmlException:
        raise FileTrouble(
            TroubleKind.INPUT,
            tr(
                "{name} carries a document type or entities, which a plan saved by Microsoft Project never "
                "does; save it again as XML without them.",
                name=name,
            ),
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise FileTrouble(
            TroubleKind.INPUT,
            tr(
                "{name} is not readable XML ({reason}); save the plan again as XML in Microsoft Project.",
                name=name,
                reason=str(error),
            ),
        ) from None
    if root is None:
        raise _not_a_plan(name)
    return root


def _events(content: bytes) -> Iterator[tuple[str, Element]]:
    events: Iterator[tuple[str, Element]] = iterparse(
        io.BytesIO(content), events=("start", "end"), forbid_dtd=True
    )
    return events


def _require_project(root: Element, name: str) -> None:
    namespace, _, tag = root.tag.rpartition("}")
    known = not namespace or "schemas.microsoft.com/project" in namespace
    if tag != "Project" or not known:
        raise _not_a_plan(name)


def _not_a_plan(name: str) -> FileTrouble:
    return FileTrouble(
        TroubleKind.INPUT,
        tr(
            "{name} is XML but not a Microsoft Project plan; in Microsoft Project choose Save As and the "
            "type XML.",
            name=name,
        ),
    )
