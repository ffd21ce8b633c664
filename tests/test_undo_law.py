"""The universal undo law: what any operation does can be taken back and done again, exactly."""

from __future__ import annotations

import inspect
import re
import signal
import typing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, Union

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.calendars import Week
from app.domain.changes import ChangeSet
from app.domain.document import Document
from app.domain.draft import Draft
from app.domain.errors import FileTrouble, Refusal
from app.domain.history import Who
from app.domain.plan_import import PlanImport, PlanSource
from app.domain.records import KINDS, Record
from app.domain.rules import check
from app.domain.values import EIGHT_HOURS, Moment, ProjectId, Shift, Shifts, Span
from app.operations import register
from app.operations.arguments import IDS
from app.operations.operation import Operation, Step
from app.views.dump import dump
from app.workspace import Clock, Workspace
from tests.builders import NOW, TestClock, at, busy

ME = Who("someone", "laptop", "Someone")
TABLES = {
    "project": "projects", "task": "tasks", "link": "links", "calendar": "calendars",
    "exception": "calendar_exceptions", "work_week": "work_weeks", "resource": "resources", "rate": "rates",
    "availability": "availabilities", "assignment": "assignments", "baseline": "baselines",
    "field": "custom_fields", "view": "saved_views",
}  # fmt: skip
WORDS = (
    "", "A", "B", "New name", "3d", "4h?", "2ed", "50%", "100%", "0%", "3FS+2d;5", "1SS", "yes", "no", "12.5",
    "High", "Ann; Bob[50%]", "today", "2027-01-20", "+5", "Standard", "Fixed work", "Must start on", "Manual",
    "EUR", "DE", "BY", "NEXT", "2w", "8h", "-", "700",
)  # fmt: skip
COLUMN_WORDS = (
    "name", "duration", "start", "finish", "predecessors", "percent", "resources", "constraint", "deadline",
    "type", "mode", "active", "priority", "work", "notes", "actual_start", "remaining_duration", "calendar",
)  # fmt: skip
TELLING: dict[str, tuple[Any, ...]] = {
    "country": ("DE", "FR", "GB", "XX"),
    "region": ("", "BY"),
    "first_year": (2027,),
    "last_year": (2027, 2028),
    "currency": ("USD", "JPY", "euro"),
    "table": ("A", "B", "Z"),
    "number": (0, 1, 2, 11),
    "percent": (0, 30, 100, 101),
    "source": ("DE", "DE-BY"),
    "weekday": (0, 6, 7),
    "choices": (("Low", "High", "Medium"), ("Low",), ()),
}
"""Values that mean something to an argument of that name, and one that does not."""
LINK_WORDS = ("", "1", "2SS+1d", "3;4FF", "BUSY/7", "NEXT/1FS-50%", "uid:6", "99", "nonsense")
FIELD_WORDS = ("name", "code", "start", "manager", "minutes_per_day", "progress_rule", "max_units", "email")
VERBS = sorted(register())
SLOW = frozenset({"samples.create_sample"})


@lru_cache(maxsize=1)
def base() -> Document:
    return busy()


def values(document: Document, name: str, kind: Any) -> st.SearchStrategy[Any]:
    """Values of an argument: mostly some that mean something in the document."""
    if name in TELLING:
        return st.sampled_from(TELLING[name])
    if typing.get_origin(kind) in (Union, type(int | None)):
        parts = [part for part in typing.get_args(kind) if part is not type(None)]
        return st.one_of(st.none(), values(document, name, parts[0]))
    if kind in IDS:
        ids = [record.id for record in document.table(TABLES[IDS[kind]])]
        return st.sampled_from([*ids, "nobody"])
    if kind == Week:
        return st.sampled_from([(None,) * 7, (EIGHT_HOURS,) * 5 + ((), ()), (EIGHT_HOURS,) * 6])
    if kind == Shifts:
        return st.sampled_from([(), EIGHT_HOURS, (Shift(0, 300),), (Shift(600, 900), Shift(300, 400))])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if typing.get_origin(kind) is tuple:
        return rows(document, name, typing.get_args(kind))
    return plain(document, name, kind)


def rows(document: Document, name: str, parts: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if len(parts) == 2 and parts[1] is Ellipsis:
        return st.lists(values(document, name, parts[0]), max_size=3).map(tuple)
    return st.tuples(*(values(document, "column" if n == 1 else name, part) for n, part in enumerate(parts)))


def plain(document: Document, name: str, kind: Any) -> st.SearchStrategy[Any]:
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.sampled_from([0, 1, 2, 5, 40, 100, 480, 960, 2027, -3])
    if kind is float:
        return st.sampled_from([0.0, 0.5, 1.0, 2.0])
    if kind is date:
        return st.integers(0, 60).map(lambda days: date(2027, 1, 1) + timedelta(days=days))
    if kind is Moment:
        return st.integers(0, 60).map(lambda days: Moment(at(1) + days * 1440))
    if kind is Span:
        return st.builds(
            Span, st.sampled_from([0, 240, 480, 1440, 4800]), st.just(Span(0).unit), st.booleans()
        )
    if kind is PlanImport:
        return st.just(proposal(document))
    assert kind is str, f"no way to make up {name} of {kind}"
    if name in ("column", "columns"):
        custom = [f"field:{field.id}" for field in document.custom_fields]
        return st.sampled_from([*COLUMN_WORDS, *custom])
    if name == "owner":
        return st.sampled_from([record.id for record in (*document.tasks, *document.projects)])
    return st.sampled_from([*WORDS, *FIELD_WORDS] if name != "field" else [*FIELD_WORDS, *COLUMN_WORDS])


def proposal(document: Document) -> PlanImport:
    """The plan of a small project as reading a foreign file would propose it: one project, renamed."""
    project = next(iter(document.projects))
    records: list[Record] = [record for record in document.records() if record.id == project.id]
    gone = tuple(task for task in document.tasks.of(project.id).values() if not task.parent)[:1]
    return PlanImport(
        ProjectId(project.id), project.code, True, tuple(records), (), (), len(records), gone, (), (), 0,
        PlanSource("plan.xml", "", "Test"),
    )  # fmt: skip


@st.composite
def steps(draw: st.DrawFn, document: Document, name: str) -> Step[Any]:
    """A step of one operation with made-up arguments; the optional ones are often left out."""
    verb = register()[name]
    hints = typing.get_type_hints(verb.function)
    given_values: dict[str, Any] = {}
    for parameter in list(inspect.signature(verb.function).parameters.values())[1:]:
        required = parameter.default is inspect.Parameter.empty
        if required or draw(st.booleans()):
            is_links = name.startswith("links.set_") and parameter.name == "text"
            kind = hints[parameter.name]
            made_up = st.sampled_from(LINK_WORDS) if is_links else values(document, parameter.name, kind)
            given_values[parameter.name] = draw(made_up)
    return Step(verb, (), tuple(given_values.items()))


def drafted(document: Document, step: Step[Any]) -> tuple[Document, ChangeSet] | None:
    """The document after a step, or nothing where it is refused."""
    draft = Draft(document, NOW)
    try:
        step.apply(draft)
        changes = draft.changes()
        after = document.after(changes)
        check(after, changes)
    except Refusal:
        return None
    return after, changes


def held_together(document: Document, changes: ChangeSet) -> None:
    """Every rule holds for the whole document, not only for what the step touched."""
    everything = ChangeSet(
        changes.label, tuple(change for change in changes.changes if change.after is not None)
    )
    check(document, everything)
    for change in everything.changes:
        for field in fields(change.after):  # type: ignore[arg-type]
            assert type(getattr(change.after, field.name)).__module__ != "numpy", (change.table, field.name)
    for kind in KINDS:
        table = document.table(kind.table)
        assert sum(len(table.of(scope)) for scope in {None, *(p.id for p in document.projects)}) == len(table)


@pytest.mark.parametrize("name", VERBS)
def test_every_operation_has_a_label_and_a_promise(name: str) -> None:
    verb = register()[name]
    assert verb.label.strip()
    assert verb.promise.endswith(".")
    assert not verb.sealed or verb.counter


@pytest.mark.parametrize("name", VERBS)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_an_operation_does_can_be_taken_back_and_done_again(name: str, data: st.DataObject) -> None:
    document = base()
    if name not in SLOW and data.draw(st.booleans()):
        before = drafted(document, data.draw(steps(document, data.draw(st.sampled_from(VERBS)))))
        document = document if before is None else before[0]
    found = drafted(document, data.draw(steps(document, name)))
    if found is None:
        return
    after, changes = found
    held_together(after, changes)
    assert after.after(changes.inverted()) == document
    assert after.after(changes.inverted()).after(changes) == after


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    clock = TestClock()
    with Workspace.in_memory(owner=ME, clock=Clock(clock.utc, clock.civil)) as made:
        made.run(Step(Operation("test.fill", "Fill", fill), ()))
        yield made


def fill(draft: Draft) -> None:
    for record in list(draft.document.records()):
        draft.drop(record)
    for record in base().records():
        draft.put(record)


@pytest.mark.parametrize("name", VERBS)
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_undo_and_redo_bring_back_the_same_document_and_the_same_dump(
    workspace: Workspace, name: str, data: st.DataObject
) -> None:
    document, text = workspace.document, dump(workspace.document, ids=True)
    step = data.draw(steps(document, name))
    label = workspace.undo_label
    try:
        outcome = workspace.run(step)
    except Refusal:
        assert workspace.document is document
        assert workspace.undo_label == label
        return
    if not outcome.changes:
        assert workspace.document is document
        return
    after, after_text = workspace.document, dump(workspace.document, ids=True)
    if step.operation.sealed:
        assert_undo_stops(workspace, step.operation.counter)
        assert workspace.document is after
        workspace.run(Step(Operation("test.fill", "Fill", fill), ()))
        return
    workspace.undo()
    assert workspace.document == document
    assert dump(workspace.document, ids=True) == text
    workspace.redo()
    assert workspace.document == after
    assert dump(workspace.document, ids=True) == after_text
    workspace.undo()
    assert workspace.document == document


def assert_undo_stops(workspace: Workspace, counter: str) -> None:
    """Undo of a sealed step is refused with the way that does take it back, and moves nothing."""
    label = workspace.undo_label
    with pytest.raises(Refusal, match=re.escape(counter)):
        workspace.undo()
    assert workspace.undo_label == label


@contextmanager
def disk_that_takes_no_more(place: Path) -> Iterator[None]:
    """Let no file of this process grow beyond what the portfolio has now, as on a full disk."""
    resource = pytest.importorskip("resource", reason="this system has no file size limits")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_disk_that_refuses_changes_nothing_whatever_was_asked(tmp_path: Path) -> None:
    clock = TestClock()
    place = tmp_path / "full.pmpf"
    with Workspace.create(place, owner=ME, clock=Clock(clock.utc, clock.civil)) as made:
        made.run(Step(Operation("test.fill", "Fill", fill), ()))
        document, label, written = made.document, made.undo_label, place.read_bytes()
        refused = 0
        for step in told_steps(document):
            with disk_that_takes_no_more(place):
                try:
                    outcome = made.run(step)
                except (FileTrouble, Refusal) as no:
                    refused += isinstance(no, FileTrouble)
                else:
                    assert not outcome.changes
            assert made.document is document
            assert made.undo_label == label
        assert refused > 20
    with Workspace.open(place, owner=ME) as again:
        assert again.document == document
    assert len(place.read_bytes()) == len(written)


def told_steps(document: Document) -> list[Step[Any]]:
    """A step of every operation that takes one task, project or calendar and a text or nothing more."""
    found: list[Step[Any]] = []
    for name in VERBS:
        hints = typing.get_type_hints(register()[name].function)
        needed = [
            each.name
            for each in list(inspect.signature(register()[name].function).parameters.values())[1:]
            if each.default is inspect.Parameter.empty
        ]
        if all(hints[each] in IDS or hints[each] is str for each in needed):
            chosen = [
                (each, "Renamed" if hints[each] is str else next(iter(rows_of(document, hints[each]))).id)
                for each in needed
            ]
            found.append(Step(register()[name], (), tuple(chosen)))
    return found


def rows_of(document: Document, kind: Any) -> list[Any]:
    return list(document.table(TABLES[IDS[kind]]))


def test_a_file_holds_what_memory_holds_after_every_kind_of_step(tmp_path: Path) -> None:
    clock = TestClock()
    place = tmp_path / "law.pmpf"
    with Workspace.create(place, owner=ME, clock=Clock(clock.utc, clock.civil)) as made:
        made.run(Step(Operation("test.fill", "Fill", fill), ()))
        told = dump(made.document, ids=True)
        document = made.document
    with Workspace.open(place, owner=ME) as again:
        assert again.document == document
        assert dump(again.document, ids=True) == told
        again.undo()
        with suppress(Refusal):
            again.undo()
        again.redo()
        assert dump(again.document, ids=True) == told
