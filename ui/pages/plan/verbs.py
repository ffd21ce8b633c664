"""The actions of the Plan page, and which step a drag on the chart is."""

from __future__ import annotations

from app.domain.values import Moment, TaskId
from app.operations import dates, links, progress
from app.operations import tasks as task_verbs
from app.operations.operation import Step
from app.text import mark
from ui.actions import ActionSpec
from ui.pages.plan.parts import PART_ACTIONS
from ui.widgets.gantt_drag import Drag, Grip

_EXPORT = "File/" + mark("Save this &view as")
_PRIORITY = "Task/" + mark("P&riority")
PRIORITIES: tuple[tuple[int, str], ...] = (
    (1000, mark("Highest (1000)")),
    (800, mark("High (800)")),
    (500, mark("Usual (500)")),
    (200, mark("Low (200)")),
    (0, mark("Lowest (0)")),
)
EXPORTS: tuple[tuple[str, str], ...] = (
    ("pdf", mark("&PDF…")),
    ("png", mark("P&icture (PNG)…")),
    ("svg", mark("&Drawing (SVG)…")),
    ("xlsx", mark("&Workbook (XLSX)…")),
    ("csv", mark("&Text table (CSV)…")),
)


def _task(key: str, text: str, section: int, keys: tuple[str, ...] = (), icon: str = "") -> ActionSpec:
    return ActionSpec(f"plan_{key}", text, "Task", section, keys, icon, window_wide=False)


def _view(
    key: str, text: str, section: int, keys: tuple[str, ...] = (), icon: str = "", *, checks: bool = False
) -> ActionSpec:
    return ActionSpec(f"plan_{key}", text, "View", section, keys, icon, checkable=checks, window_wide=True)


def _project(key: str, text: str, section: int, keys: tuple[str, ...] = (), icon: str = "") -> ActionSpec:
    return ActionSpec(f"plan_{key}", text, "Project", section + 5, keys, icon)


ACTIONS: tuple[ActionSpec, ...] = (
    _task("insert", mark("&Insert a task above"), 0, ("Ins",), "plus"),
    _task("delete", mark("&Delete tasks"), 0, ("Ctrl+-",), "trash-2"),
    _task("duplicate", mark("D&uplicate"), 0, ("Ctrl+Shift+D",), "copy"),
    _task("indent", mark("Inde&nt"), 1, ("Alt+Shift+Right",), "indent-increase"),
    _task("outdent", mark("&Outdent"), 1, ("Alt+Shift+Left",), "indent-decrease"),
    _task("up", mark("Move u&p"), 1, ("Alt+Shift+Up",), "arrow-up"),
    _task("down", mark("Move do&wn"), 1, ("Alt+Shift+Down",), "arrow-down"),
    _task("link", mark("&Link in order"), 2, ("Ctrl+F2",), "link"),
    _task("unlink", mark("&Unlink"), 2, ("Ctrl+Shift+F2",), "unlink"),
    _task("split", mark("&Split…"), 2, ("Ctrl+Shift+K",), "split"),
    _task("unsplit", mark("Remove the splits"), 2),
    _task("milestone", mark("Make a &milestone"), 3, (), "milestone"),
    _task("manual", mark("Schedule by &hand"), 3, (), "pin"),
    _task("auto", mark("Schedule &automatically"), 3, (), "route"),
    _task("inactive", mark("Take out of the schedule"), 3, (), "eye"),
    _task("active", mark("Bring back into the schedule"), 3, (), "eye"),
    _task("complete", mark("Mark as &complete"), 4, ("Ctrl+Shift+Return",), "circle-check"),
    _task("on_track", mark("Mark on trac&k"), 4, ("Ctrl+Shift+T",), "calendar-days"),
    _task("reschedule", mark("Move unfinished work behind the status date"), 4, (), "calendar-range"),
    _task("details", mark("De&tails"), 5, ("Shift+F2",), "panel-right"),
    *(
        ActionSpec(f"plan_priority_{value}", text, _PRIORITY, 3, window_wide=False)
        for value, text in PRIORITIES
    ),
    _project("baseline", mark("Take the &baseline"), 0, ("Ctrl+Shift+B",), "flag"),
    _project("baselines", mark("B&aselines…"), 0, (), "flag"),
    _project("all_on_track", mark("Mark all tasks on &track"), 1, (), "calendar-days"),
    _project("all_reschedule", mark("Move all unfinished work behind the &status date"), 1),
    _project("fidelity", mark("&Fidelity report…"), 2, (), "check"),
    _view("go_to", mark("&Go to a task…"), 0, ("Ctrl+G",), "target"),
    _view("side", mark("Details pane"), 1, ("Ctrl+I",), "panel-right", checks=True),
    _view("why", mark("&Why this date"), 1, ("Ctrl+Shift+W",), "circle-help"),
    _view("zoom_in", mark("Zoom &in"), 3, ("Ctrl+/", "Ctrl++"), "zoom-in"),
    _view("zoom_out", mark("Zoom &out"), 3, ("Ctrl+Shift+/", "Ctrl+?"), "zoom-out"),
    _view("fit", mark("Show the whole &plan"), 3, ("Ctrl+0",), "calendar-range"),
    _view("start", mark("Go to the &start of the plan"), 4, ("Alt+Home",), "arrow-left"),
    _view("today", mark("Go to t&oday"), 4, ("Alt+End",), "calendar"),
    _view("to_task", mark("Scroll to the &task"), 4, ("Ctrl+Shift+F5",), "target"),
    _view("fold_all", mark("&Close all summaries"), 5, (), "list-tree"),
    _view("unfold_all", mark("Open all summaries"), 5, (), "list-tree"),
    _view("save_look", mark("Sa&ve this view…"), 6, (), "bookmark"),
    *PART_ACTIONS,
    ActionSpec("plan_print", mark("&Print…"), "File", 5, ("Ctrl+P",), "printer"),
    *(ActionSpec(f"plan_as_{ending}", text, _EXPORT, 5) for ending, text in EXPORTS),
)

CHANGING = frozenset(
    f"plan_{key}"
    for key in (
        "insert delete duplicate indent outdent up down link unlink split unsplit milestone manual auto "
        "inactive active complete on_track reschedule baseline all_on_track all_reschedule save_look"
    ).split()
) | {f"plan_priority_{value}" for value, _ in PRIORITIES}
"""The actions that a read-only window cannot offer."""

CONTEXT: tuple[tuple[str, ...], ...] = (
    ("insert", "delete", "duplicate"),
    ("indent", "outdent", "up", "down"),
    ("link", "unlink", "split", "unsplit"),
    ("milestone", "manual", "auto", "inactive", "active", "complete", "on_track"),
    ("why", "to_task", "details"),
)
"""What a right click offers, as far as it applies."""


def is_about_tasks(spec: ActionSpec) -> bool:
    """Whether an action needs tasks to be selected."""
    is_in_menu = spec.menu.partition("/")[0] == "Task"
    return (is_in_menu and spec.key != "plan_insert") or spec.key == "plan_to_task"


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
    elif drag.grip is Grip.SPLIT and drag.finish > drag.start:
        made = task_verbs.interrupt(task, Moment(drag.start), Moment(drag.finish))
    elif drag.grip is Grip.LINK and drag.target:
        made = links.add(task, TaskId(drag.target))
    return made  # type: ignore[return-value]
