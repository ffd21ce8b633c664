"""How the Plan page looked when it was left: columns, widths, zoom, filter, the pane and the halves.

The look is kept for each person in the settings; under a name it is a saved view of the portfolio.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QInputDialog, QMenu

from app.domain.looks import Look, look_of, written
from app.operations import saved_views
from app.text import tr
from app.views.plan_columns import USUAL
from ui.pages.plan.side import TABS

if TYPE_CHECKING:
    from ui.pages.plan.page import PlanPage

COLUMNS = tuple(key for key in USUAL if key != "row")
"""The usual columns; row numbers stand in the sheet's gutter."""
_PAUSE_MS = 400
_WIDTHS = {"signs": 64, "duration": 84, "start": 104, "finish": 104, "predecessors": 112, "percent": 100}
_NAME_LEAST, _NAME_USUAL, _NAME_MOST = 220, 280, 320
_GRID_SHARE, _NARROW_SHARE = 0.58, 0.68
_SMALL_ROOM, _SMALL_SHARE = 1000, 0.58
"""On a small screen the grid takes more, so that the start dates stay in sight."""
_CHART_LEAST = 220


class LookKeeper(QObject):
    """Keeps and restores the page's look, and lets the grid end where a column ends.

    ``grid`` is the grid's width as the user dragged it, 0 while it follows the columns.
    """

    def __init__(self, page: PlanPage) -> None:
        super().__init__(page)
        self._page = page
        self.grid = 0
        self.zoom = 0.0
        self.widths: dict[str, int] = {}
        self._shape: tuple[object, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.keep)
        self._is_ready = False

    # What is kept between two times

    def restore(self) -> None:
        """Look as the page was left; what cannot be read stays usual."""
        page, kept = self._page, self._page.bridge.settings.page_looks.get(self._page.key)
        found: dict[str, Any] = kept if isinstance(kept, dict) else {}
        self.widths = _numbers(found.get("widths"))
        self.grid = _number(found.get("grid"))
        self.zoom = float(found["zoom"]) if isinstance(found.get("zoom"), (int, float)) else 0.0
        columns = found.get("columns")
        named = [key for key in columns if isinstance(key, str)] if isinstance(columns, list) else []
        quick, group, sort = (
            text if isinstance(text := found.get(key), str) else "" for key in ("quick", "group", "sort")
        )
        page.look(
            columns=tuple(named) or COLUMNS,
            column_filters=(("only", quick),) if quick else (),
            group=group,
            sort=sort,
        )
        if isinstance(found.get("tab"), str):
            page.side.show_tab(found["tab"])
        page.actions_["plan_side"].setChecked(found.get("side") is True)
        self._is_ready = True

    def note(self) -> None:
        """Something of the look has changed; it is kept after a pause."""
        if self._is_ready:
            self._pause.start()

    def keep(self) -> None:
        """Write the look into the settings, where it differs from what stands there."""
        self._pause.stop()
        settings, page = self._page.bridge.settings, self._page
        look: dict[str, Any] = {
            "columns": list(self.shown_columns()),
            "widths": dict(self.widths),
            "zoom": round(self.zoom, 3),
            "grid": self.grid,
            "side": page.actions_["plan_side"].isChecked(),
            "tab": page.side.tab,
            "quick": dict(page.ask.column_filters).get("only", ""),
            "group": page.ask.group,
            "sort": page.ask.sort,
        }
        if self._is_ready and settings.page_looks.get(page.key) != look:
            settings.keep({"page_looks": {**settings.page_looks, page.key: look}})

    def flush(self) -> None:
        """Keep now what waits to be kept."""
        if self._pause.isActive():
            self.keep()

    def shown_columns(self) -> tuple[str, ...]:
        """The columns in their order on the screen."""
        page = self._page
        found = tuple(page.model.columns[at].key for at in page.sheet.column_order())
        return found or page.ask.columns

    # Halves and widths

    def on_column_resized(self, key: str, width: int) -> None:
        self.widths[key] = width
        if not self.grid:
            self.settle_halves()
        self.note()

    def on_halves_moved(self) -> None:
        self.grid = self._page.halves.sizes()[0]
        self.note()

    def on_zoomed(self) -> None:
        self.zoom = self._page.canvas.scale.day_width
        self.note()

    def settle(self) -> None:
        """Give the columns their widths and let the grid end at a column's edge."""
        page = self._page
        if page.model.columns:
            page.sheet.set_widths({**_WIDTHS, "name": self._name_width(), **self.widths})
            self.settle_halves()

    def follow(self) -> None:
        """Settle again where another view brought other columns, or anything widths hang on is another."""
        page = self._page
        shape = (page.model.columns, self._gutter(), page.halves.width(), self.grid, *self.widths.items())
        if shape != self._shape:
            self._shape = shape
            self.settle()

    def settle_halves(self) -> None:
        """Divide the room between grid, chart and pane."""
        page = self._page
        side = page.side.width() if page.actions_["plan_side"].isChecked() else 0
        room = page.halves.width() - side - page.halves.handleWidth() * (2 if side else 1)
        if room <= 0 or not page.model.columns:
            return
        grid = min(self.grid or self._edge(room), max(160, room - _CHART_LEAST))
        page.halves.setSizes([grid, room - grid, side])

    def _gutter(self) -> int:
        gutter = self._page.sheet.gutter
        return gutter.wanted_width() if not gutter.isHidden() else 0

    def _name_width(self) -> int:
        """So wide that the columns up to the dates fill the grid's share of a page without its pane."""
        shown = [self._page.model.columns[at] for at in self._page.sheet.column_order()]
        first = [column.key for column in shown[:5]]
        if "name" not in first or not {"start", "finish"} <= set(first):
            return _NAME_USUAL
        others = sum(
            self.widths.get(column.key, _WIDTHS.get(column.key, column.width))
            for column in shown[:5]
            if column.key != "name"
        )
        room = int(self._page.halves.width() * _GRID_SHARE) - self._gutter() - others
        return max(_NAME_LEAST, min(_NAME_MOST, room))

    def _edge(self, room: int) -> int:
        """The right edge of the last column that fits whole."""
        page = self._page
        share = _SMALL_SHARE if room < _SMALL_ROOM else _GRID_SHARE
        if page.actions_["plan_side"].isChecked():
            share = _NARROW_SHARE
        edge = best = self._gutter()
        for place, at in enumerate(page.sheet.column_order()):
            edge += page.sheet.heading.sectionSize(at)
            if place and edge > room * share + 2:
                break
            best = edge
        return best

    # Saved views

    def offer(self, menu: QMenu) -> None:
        """Fill a menu with the saved views, the usual look, and saving."""
        page = self._page
        found = [view for view in page.bridge.document.saved_views if view.page == page.key]
        for view in sorted(found, key=lambda view: view.name.casefold()):
            made = menu.addAction(view.name.replace("&", "&&"))
            made.triggered.connect(lambda _=False, id=view.id: self.take(id))
        if found:
            menu.addSeparator()
        usual = menu.addAction(tr("The usual view"))
        usual.triggered.connect(lambda _=False: self.take_usual())
        menu.addAction(page.actions_["plan_save_look"])
        if found and not page.bridge.is_read_only:
            gone = menu.addMenu(tr("Delete a view"))
            for view in sorted(found, key=lambda view: view.name.casefold()):
                made = gone.addAction(view.name.replace("&", "&&"))
                made.triggered.connect(
                    lambda _=False, id=view.id: page.bridge.run(saved_views.delete(id), announce=True)
                )

    def take_usual(self) -> None:
        """Go back to the columns, widths and halves of a page nobody has arranged."""
        self.widths, self.grid = {}, 0
        self._page.look(columns=COLUMNS, sort="", group="", filter="", column_filters=())
        self.settle()
        self.note()

    def take(self, id: str) -> None:
        """Look as a saved view says."""
        page = self._page
        view = page.bridge.document.saved_views.get(id)  # type: ignore[arg-type]
        if view is None:
            return
        look = look_of(view)
        self.widths, self.grid = dict(look.widths), look.grid
        page.look(
            columns=look.columns or COLUMNS,
            filter=look.words,
            column_filters=look.column_filters,
            sort=look.sort,
            group=look.group,
        )
        self.settle()
        page.actions_["plan_side"].setChecked(look.side in {key for key, _ in TABS})
        if look.side:
            page.side.show_tab(look.side)
        if look.day_width:
            page.canvas.set_day_width(look.day_width)
        self.note()

    def ask_name(self) -> None:
        """Ask what the look is to be called, and save it."""
        name, is_wanted = QInputDialog.getText(self._page, tr("Save this view"), tr("Name of the view"))
        if is_wanted and name.strip():
            self.save(name)

    def save(self, name: str) -> None:
        """Save the look under a name."""
        page = self._page
        look = Look(
            columns=self.shown_columns(),
            widths=self.widths,
            words=page.ask.filter,
            column_filters=page.ask.column_filters,
            sort=page.ask.sort,
            group=page.ask.group,
            day_width=page.canvas.scale.day_width,
            grid=self.grid,
            side=page.side.tab if page.actions_["plan_side"].isChecked() else "",
        )
        page.bridge.run(saved_views.save(page.key, name, **written(look)))


def _number(found: object) -> int:
    return found if type(found) is int and found > 0 else 0


def _numbers(found: object) -> dict[str, int]:
    if not isinstance(found, dict):
        return {}
    return {key: width for key, width in found.items() if isinstance(key, str) and _number(width)}
