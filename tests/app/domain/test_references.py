"""References as people write them find the record meant, or say which ones they may mean."""

from __future__ import annotations

import pytest

from app.domain.errors import Ambiguous, Refusal
from app.domain.references import find, project_named, task_named
from app.operations import arrange, calendars, links, people, projects, tasks
from tests.builders import after, busy, done, plan, portfolio


def test_projects_are_found_by_code_id_and_name() -> None:
    document, project, _ = plan(code="WEB")
    for text in ("WEB", "web", " WEB ", project, "Project WEB", "project:WEB"):
        assert project_named(document, text).id == project
    document, _ = done(document, projects.create("Project WEB", "WEB2"))
    with pytest.raises(Ambiguous) as no:
        project_named(document, "Project WEB")
    assert no.value.candidates == ("WEB", "WEB2")
    with pytest.raises(Refusal):
        project_named(document, "nothing")


def test_tasks_are_found_by_wbs_number_uid_and_name() -> None:
    document, project, (_a, b, c) = plan(code="WEB")
    document = after(document, arrange.indent((b,)), tasks.set_wbs(c, "X.9"))
    for text in ("WEB/1.1", "WEB/uid:2", "web/B", b, f"task:{b}", "1.1", "uid:2"):
        assert task_named(document, text).id == b
    assert task_named(document, "WEB/X.9").id == task_named(document, "WEB/2").id == c
    assert task_named(document, "2", project, by_row=True).id == b
    assert task_named(document, "WEB/3", by_row=True).id == c
    for text in ("WEB/7", "WEB/uid:9", "WEB/Z", "NO/1"):
        with pytest.raises(Refusal):
            task_named(document, text)
    with pytest.raises(Refusal):
        task_named(document, "4", project, by_row=True)


def test_a_name_given_twice_is_ambiguous_and_a_number_needs_its_project() -> None:
    document, project, (a, b, _c) = plan(code="WEB")
    document = after(document, tasks.rename(b, "A"))
    with pytest.raises(Ambiguous) as no:
        task_named(document, "WEB/A")
    assert no.value.candidates == ("WEB/uid:1", "WEB/uid:2")
    document, _, _ = plan(code="Q", document=document)
    with pytest.raises(Ambiguous, match="WEB/1") as no:
        task_named(document, "1")
    assert no.value.candidates == ("WEB/1", "Q/1")
    document = after(document, tasks.rename(a, "a/b"))
    assert task_named(document, "a/b", project).id == a


def test_everything_else_is_found_by_what_it_is_called() -> None:
    document = busy()
    for kind, text in {
        "calendar": "Standard",
        "resource": "ann",
        "field": "Risk",
        "view": "Mine",
        "baseline": "BUSY/1",
        "exception": "Closing",
        "work_week": "Winter",
        "project": "BUSY",
        "task": "BUSY/uid:3",
        "link": "BUSY/uid:2>BUSY/uid:3",
        "portfolio": "Portfolio",
    }.items():
        assert find(document, kind, text)
        assert find(document, kind, f"{kind}:{text}")
    link = next(iter(document.links))
    assert find(document, "link", link.id) is link
    for kind, text in {
        "calendar": "Lunar",
        "robot": "x",
        "link": "nothing",
        "rate": "12345678-1234-1234-1234-123456789012",
    }.items():
        with pytest.raises(Refusal):
            find(document, kind, text)


def test_what_a_project_owns_comes_before_what_all_share() -> None:
    document, project, _ = plan()
    document, own = done(document, calendars.create("Night", project))
    document, other, _ = plan((), "Q", document)
    document, _theirs = done(document, calendars.create("Night", other))
    assert find(document, "calendar", "P/Night").id == own
    assert find(document, "calendar", "Night", project).id == own
    with pytest.raises(Ambiguous):
        find(document, "calendar", "Night")
    document, ann = done(portfolio(), people.add_resource("A/B"))
    assert find(document, "resource", "A/B").id == ann


def test_two_links_between_two_tasks_are_told_apart_by_their_ids() -> None:
    document, _, (a, b, _c) = plan()
    document = after(document, links.add(a, b), links.add(a, b, links.LinkType.FF))
    with pytest.raises(Ambiguous):
        find(document, "link", "P/1>P/2")
