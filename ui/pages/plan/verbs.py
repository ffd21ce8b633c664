"""The actions of the Plan page, and which step a drag on the chart is."""

from __future__ import annotations

from app.domain.values import Moment, TaskId
from app.operations import dates, links, progress
from app.operations.operation import Step
from app.text import mark
from ui.actions import ActionSpec
from ui.widgets.gantt_drag import Drag, Grip


def _task(key: str, text: str, keys: tuple[str, ...] = (), icon: str = "") -> ActionSpec:
    return ActionSpec(f"plan_{key}", text, "Task", 0, keys, icon, window_wide=False)


def _view(
    key: str, text: str, keys: tuple[str, ...] = (), icon: str = "", *, checks: bool = False
) -> ActionSpec:
    return ActionSpec(f"plan_{key}", text, "View", 5, keys, icon, checkable=checks, window_wide=True)


ACTIONS: tuple[ActionSpec, ...] = (
    _task("insert", mark("&Insert a task above"), ("Ins",), "plus"),
    _task("delete", mark("&Delete tasks"), ("Ctrl+-",), "trash-2"),
    _task("duplicate", mark("D&uplicate"), ("Ctrl+Shift+D",), "copy"),
    _task("indent", mark("Inde&nt"), ("Alt+Shift+Right",), "indent-increase"),
    _task("outdent", mark("&Outdent"), ("Alt+Shift+Left",), "indent-decrease"),
    _task("up", mark("Move u&p"), ("Alt+Shift+Up",), "arrow-up"),
    _task("down", mark("Move do&wn"), ("Alt+Shift+Down",), "arrow-down"),
    _task("link", mark("&Link in order"), ("Ctrl+F2",), "link"),
    _task("unlink", mark("&Unlink"), ("Ctrl+Shift+F2",), "unlink"),
    _task("fill", mark("&Fill down"), ("Ctrl+D",), "arrow-down"),
    _task("details", mark("De&tails"), ("Shift+F2",), "panel-right"),
    _task("milestone", mark("Make a &milestone"), (), "milestone"),
    _task("manual", mark("Schedule by &hand"), (), "pin"),
    _task("auto", mark("Schedule &automatically"), (), "route"),
    _task("inactive", mark("Take out of the schedule"), (), "eye"),
    _task("active", mark("Bring back into the schedule"), (), "eye"),
    _task("complete", mark("Mark as &complete"), (), "circle-check"),
    ActionSpec("plan_baseline", mark("Take the &baseline"), "Project", 4, (), "flag"),
    ActionSpec("plan_on_track", mark("Update to the &status date"), "Project", 4, (), "calendar-days"),
    _view("find", mark("&Filter tasks"), ("Ctrl+F",), "search"),
    _view("side", mark("Details and &why"), ("Ctrl+I",), "panel-right", checks=True),
    _view("zoom_in", mark("Zoom &in"), ("Ctrl+/", "Ctrl++"), "zoom-in"),
    _view("zoom_out", mark("Zoom &out"), ("Ctrl+Shift+/", "Ctrl+?"), "zoom-out"),
    _view("fit", mark("Show the &whole plan"), ("Ctrl+0",), "calendar-range"),
    _view("start", mark("Go to the &start of the plan"), ("Alt+Home",), "arrow-left"),
    _view("today", mark("Go to t&oday"), ("Alt+End",), "calendar"),
    _view("to_task", mark("Scroll to the &task"), ("Ctrl+Shift+F5",), "target"),
    _view("fold_all", mark("&Close all summaries"), (), "list-tree"),
    _view("unfold_all", mark("Open all summaries"), (), "list-tree"),
    _view("save_look", mark("Save this view…"), (), "bookmark"),
    ActionSpec("plan_print", mark("&Print…"), "File", 5, ("Ctrl+P",), "printer"),
    ActionSpec("plan_pdf", mark("Save the chart as &PDF…"), "File", 5, (), "file-text"),
    ActionSpec("plan_picture", mark("Save the chart as a &picture…"), "File", 5, (), "download"),
)

CHANGING = frozenset(
    f"plan_{key}"
    for key in (
        "insert delete duplicate indent outdent up down link unlink fill milestone manual auto inactive "
        "active complete baseline on_track save_look"
    ).split()
)
"""The actions that a read-only window cannot offer."""


def step_of(drag: Drag) -> Step[object] | None:
    """The step that letting go now would run, or ``None`` while it would be none."""
    task = TaskId(drag.key)
    made: object = None
    if drag.grip is Grip.MOVE:
        made = dates.set_start(task, Moment(drag.start))
    elif drag.grip is Grip.RESIZE:
        made = dates.stretch(task, Moment(drag.finish))
    elif drag.grip is Grip.PROGRESS:
        made = progress.set_percent((task,), drag.percent)
    elif drag.grip is Grip.LINK and drag.target:
        made = links.add(task, TaskId(drag.target))
    return made  # type: ignore[return-value]
