"""Results remembered by the stamps they read.

A result is asked for by key. What it read of the document is noted by stamp while it is made, and it is
given again as long as every one of those stamps stands. Stamps are never used twice, so an older document
or a what-if of the same lineage finds its own results and never somebody else's.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from app.domain.document import Document

T = TypeVar("T")

VERSIONS = 4
"""How many results of one key are kept: the document of now, the one before, and what-ifs beside them."""

KEYS = 4000
"""How many keys are kept; the ones not asked for longest go first."""

_PLACE = "results"


@dataclass(frozen=True, slots=True)
class Kept:
    """A remembered result and the stamps it read."""

    stamps: dict[str, int]
    value: Any


class Reader:
    """A document being read for one result: whoever reads through it notes whose stamps matter."""

    __slots__ = ("document", "stamps")

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stamps: dict[str, int] = {}

    def note(self, key: str) -> None:
        """The result depends on this project or shared record, there or not."""
        self.stamps[key] = self.document.stamp(key)


def remember(
    source: Document | Reader,
    key: Hashable,
    make: Callable[[Reader, T | None], T],
) -> T:
    """The result of that key for this document, made only if no remembered one still stands.

    ``make`` gets a reader that notes what it reads, and the last result of the key (of whatever document) to
    take over what has not changed. Asked through a reader, the reads count for the outer result as well.
    """
    document = source.document if isinstance(source, Reader) else source
    found = _standing(document, key)
    if found is None:
        reader = Reader(document)
        value = make(reader, last(document, key))
        found = Kept(reader.stamps, value)
        _keep(document, key, found)
    if isinstance(source, Reader):
        source.stamps.update(found.stamps)
    return cast(T, found.value)


def stands(document: Document, key: Hashable) -> bool:
    """Whether the result of that key is remembered and need not be made."""
    return _standing(document, key) is not None


def last(document: Document, key: Hashable) -> Any:
    """The result of the key that was asked for last, for whatever document; ``None`` where there is none."""
    with document.pocket.lock:
        versions = _shelf(document).get(key)
        return versions[-1].value if versions else None


def forget(document: Document) -> None:
    """Throw every remembered result of the document's lineage away."""
    with document.pocket.lock:
        document.pocket.kept.pop(_PLACE, None)


def _standing(document: Document, key: Hashable) -> Kept | None:
    stamp = document.stamp
    with document.pocket.lock:
        shelf = _shelf(document)
        versions = shelf.get(key)
        if versions is None:
            return None
        for place in range(len(versions) - 1, -1, -1):
            kept = versions[place]
            if all(stamp(read) == seen for read, seen in kept.stamps.items()):
                if place != len(versions) - 1:
                    versions.append(versions.pop(place))
                shelf.move_to_end(key)
                return kept
    return None


def _keep(document: Document, key: Hashable, kept: Kept) -> None:
    with document.pocket.lock:
        shelf = _shelf(document)
        versions = shelf.setdefault(key, [])
        versions.append(kept)
        del versions[:-VERSIONS]
        shelf.move_to_end(key)
        while len(shelf) > KEYS:
            shelf.popitem(last=False)


def _shelf(document: Document) -> OrderedDict[Hashable, list[Kept]]:
    kept = document.pocket.kept
    shelf: OrderedDict[Hashable, list[Kept]] | None = kept.get(_PLACE)
    if shelf is None:
        shelf = kept[_PLACE] = OrderedDict()
    return shelf
