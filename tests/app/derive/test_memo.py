"""Remembered answers are the answers: after any changes they equal those of a document read anew."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.derive import memo
from app.derive.memo import Reader, forget, last, remember
from app.derive.schedule import schedule_of
from app.domain.document import Document
from app.domain.errors import Refusal
from app.domain.values import Span
from app.operations import arrange, baselines, calendars, dates, links, people, progress, projects, tasks
from app.operations.operation import Step
from app.views.gantt import gantt
from app.views.plan import plan as plan_view
from app.views.plan_columns import COLUMNS
from app.views.tables import Ask
from tests.builders import after, at, busy, plan, shared_calendar

ASK = Ask(columns=tuple(COLUMNS))

Gesture = Callable[[Document, int, int], Step[Any]]


def _task(document: Document, number: int):  # type: ignore[no-untyped-def]
    found = sorted(document.tasks, key=lambda task: (task.project, task.uid))
    return found[number % len(found)].id


def _project(document: Document, number: int):  # type: ignore[no-untyped-def]
    found = sorted(document.projects, key=lambda project: project.code)
    return found[number % len(found)].id


GESTURES: tuple[Gesture, ...] = (
    lambda d, n, k: tasks.set_duration(_task(d, n), Span(120 * (k % 30))),
    lambda d, n, k: tasks.rename(_task(d, n), f"Name {k}"),
    lambda d, n, k: tasks.add(_project(d, n), f"New {k}"),
    lambda d, n, k: tasks.delete((_task(d, n),)),
    lambda d, n, k: links.add(_task(d, n), _task(d, k)),
    lambda d, n, k: links.unlink((_task(d, n),)),
    lambda d, n, k: arrange.indent((_task(d, n),)),
    lambda d, n, k: arrange.outdent((_task(d, n),)),
    lambda d, n, k: dates.set_start(_task(d, n), at(4 + k % 20)),
    lambda d, n, k: dates.set_deadline(_task(d, n), at(4 + k % 20, 17)),
    lambda d, n, k: dates.set_manual((_task(d, n),), bool(k % 2)),
    lambda d, n, k: tasks.set_active((_task(d, n),), bool(k % 2)),
    lambda d, n, k: progress.set_percent((_task(d, n),), k % 101),
    lambda d, n, k: people.assign(_task(d, n), sorted(r.id for r in d.resources)[k % len(d.resources)]),
    lambda d, n, k: people.set_rate(sorted(r.id for r in d.resources)[k % len(d.resources)], 100 * k),
    lambda d, n, k: calendars.add_exception(shared_calendar(d), f"Off {k}", date(2027, 1, 5 + k % 20)),
    lambda d, n, k: tasks.set_calendar((_task(d, n),), shared_calendar(d)),
    lambda d, n, k: baselines.take(_project(d, n), k % 2),
    lambda d, n, k: projects.set_status_date(_project(d, n), at(4 + k % 20, 17)),
    lambda d, n, k: projects.set_start(_project(d, n), at(4 + k % 5)),
    lambda d, n, k: projects.rename(_project(d, n), f"Project {k}"),
)


def tried(document: Document, gesture: Gesture, n: int, k: int) -> Document:
    try:
        return after(document, gesture(document, n, k))
    except Refusal:
        return document


def assert_equal(one: Any, other: Any) -> None:
    """Two frozen results hold the same, arrays included."""
    for field in dataclasses.fields(one):
        left, right = getattr(one, field.name), getattr(other, field.name)
        if isinstance(left, np.ndarray):
            assert np.array_equal(left, right), field.name
        elif (
            dataclasses.is_dataclass(left) and not isinstance(left, type) and field.name in ("bars", "links")
        ):
            assert_equal(left, right)
        elif field.name != "outline":
            assert left == right, field.name


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(GESTURES), st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_what_is_remembered_equals_what_is_worked_out_anew(steps: list[tuple[Gesture, int, int]]) -> None:
    versions = [busy()]
    for gesture, n, k in steps:
        versions.append(tried(versions[-1], gesture, n, k))
        for project in versions[-1].projects:
            plan_view(versions[-1], project.id, ASK)
    for document in (versions[-1], versions[0], versions[len(versions) // 2]):
        fresh = Document.holding(document.records())
        for project in document.projects:
            assert_equal(schedule_of(document, project.id), schedule_of(fresh, project.id))
            assert plan_view(document, project.id, ASK) == plan_view(fresh, project.id, ASK)
            assert_equal(gantt(document, project.id, ASK), gantt(fresh, project.id, ASK))


def test_reads_of_an_inner_result_count_for_the_outer_one() -> None:
    document, project, (a, *_) = plan(["1d"])
    made: list[int] = []

    def inner(reader: Reader, _: int | None) -> int:
        reader.note(project)
        return reader.document.tasks[a].duration

    def outer(reader: Reader, _: int | None) -> int:
        made.append(1)
        return remember(reader, "inner", inner) * 2

    assert remember(document, "outer", outer) == 960
    assert remember(document, "outer", outer) == 960
    longer = after(document, tasks.set_duration(a, Span(960)))
    assert remember(longer, "outer", outer) == 1920
    assert remember(document, "outer", outer) == 960
    assert len(made) == 2


def test_only_so_many_results_are_kept() -> None:
    document, _, _ = plan(["1d"])
    for number in range(memo.KEYS + 5):
        remember(document, ("filler", number), lambda reader, _: 1)
    assert last(document, ("filler", 0)) is None
    assert last(document, ("filler", memo.KEYS + 4)) == 1
    forget(document)
    assert last(document, ("filler", memo.KEYS + 4)) is None
