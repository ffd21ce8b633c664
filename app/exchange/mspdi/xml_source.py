"""An XML plan from outside, read so that no file can hurt: no document type, bounded size and depth."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from app.domain.errors import FileTrouble, TroubleKind
from app.exchange.mspdi.constraint_sense import is_written_here
from app.text import tr

MAX_BYTES = 200 * 1024 * 1024
MAX_DEPTH = 100
_HEAD = 65_536
_SHORT, _SHARED = 40, 100_000
"""Texts up to this length are kept once for all elements that hold them, so many at the most."""

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
    name = name or (tr("The plan") if isinstance(source, bytes) else source.name)
    try:
        with _opened(source, name) as stream:
            head = stream.read(_HEAD)
            _refuse_other_kinds(head, name)
            return _plan(_Fingerprinted(stream, head, name), name)
    except FileNotFoundError:
        raise FileTrouble(
            TroubleKind.MISSING, tr("There is no file {name}; check its place and name.", name=name)
        ) from None
    except OSError as error:
        raise FileTrouble(
            TroubleKind.INPUT,
            tr("{name} cannot be read: {reason}.", name=name, reason=error.strerror or str(error)),
        ) from error


def _opened(source: Path | bytes, name: str) -> BinaryIO:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        raise _too_large(name)
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


class _Fingerprinted(io.RawIOBase):
    """A file read once from its start, with the SHA-256 of what was read; never more than is allowed."""

    def __init__(self, rest: BinaryIO, head: bytes, name: str) -> None:
        super().__init__()
        self.head, self._rest, self._name = head, rest, name
        self._waiting, self._read, self._hash = head, len(head), hashlib.sha256(head)

    def read(self, size: int = -1) -> bytes:
        """The next bytes; no bytes at the end."""
        if self._waiting:
            found, self._waiting = self._waiting, b""
            return found
        found = self._rest.read(size)
        self._hash.update(found)
        self._read += len(found)
        if self._read > MAX_BYTES:
            raise _too_large(self._name)
        return found

    @property
    def digest(self) -> str:
        """The fingerprint of all that was read so far."""
        return self._hash.hexdigest()


def _plan(stream: _Fingerprinted, name: str) -> XmlPlan:
    root = _tree(stream, name)
    while stream.read(_HEAD):
        pass
    return XmlPlan(root, name, stream.digest, is_written_here(stream.head))


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


def _tree(stream: _Fingerprinted, name: str) -> Element:
    depth = 0
    root: Element | None = None
    slim = _Slim()
    try:
        for event, element in _events(stream):
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
                slim.finish(element)
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


class _Slim:
    """Takes from finished elements what no reader needs: namespaces, white space, texts held twice."""

    def __init__(self) -> None:
        self._tags: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def finish(self, element: Element) -> None:
        tag = self._tags.get(element.tag)
        if tag is None:
            tag = self._tags[element.tag] = element.tag.rpartition("}")[2]
        element.tag = tag
        if len(element):
            for child in element:
                child.tail = None
            if element.text is not None and element.text.isspace():
                element.text = None
            return
        text = element.text
        if text is not None and len(text) <= _SHORT:
            known = self._texts.get(text)
            if known is not None:
                element.text = known
            elif len(self._texts) < _SHARED:
                self._texts[text] = text


def _events(stream: _Fingerprinted) -> Iterator[tuple[str, Element]]:
    events: Iterator[tuple[str, Element]] = iterparse(stream, events=("start", "end"), forbid_dtd=True)
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
