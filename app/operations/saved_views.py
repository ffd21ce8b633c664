"""Verbs for looks that got a name: save a view of a page, rename it, delete it."""

from __future__ import annotations

from dataclasses import replace

from app.domain.draft import Draft
from app.domain.errors import Refusal
from app.domain.portfolio import SavedView
from app.domain.values import SavedViewId, date_of
from app.operations.operation import operation
from app.text import mark, tr


@operation(mark("Save view"))
def save(
    draft: Draft,
    page: str,
    name: str,
    columns: tuple[str, ...] = (),
    filter: str = "",
    sort: str = "",
    group: str = "",
    zoom: str = "",
) -> SavedViewId:
    """Keep how a page looks under a name; a view of that name on the page is replaced."""
    plain = name.strip()
    same = [
        each for each in draft.saved_views if each.page == page and each.name.casefold() == plain.casefold()
    ]
    id = same[0].id if same else SavedViewId(draft.new_id())
    created = same[0].created if same else date_of(draft.now)
    draft.put(SavedView(id, page, plain, columns, filter, sort, group, zoom, created))
    return id


def _view_of(draft: Draft, view: SavedViewId) -> SavedView:
    found = draft.saved_views.get(view)
    if found is None:
        raise Refusal(tr("That saved view is no longer there."))
    return found


@operation(mark("Rename view"))
def rename(draft: Draft, view: SavedViewId, name: str) -> None:
    """Give a saved view another name."""
    draft.put(replace(_view_of(draft, view), name=name.strip()))


@operation(mark("Delete view"))
def delete(draft: Draft, view: SavedViewId) -> None:
    """Forget a saved view; what it showed stays."""
    draft.drop(_view_of(draft, view))
